"""What the exports said about a post, folded into what is shown and what it is known by."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from copyassist.store.clock import to_seconds
from copyassist.store.identity import find_day, find_url_key, is_day_of
from copyassist.store.posts import FIELDS
from copyassist.store.records import ReadTable
from copyassist.text.normalize import title_key
from copyassist.text.parse import repair
from copyassist.types import MetricValue, Post

Fields = dict[str, Any]

NOTHING: Mapping[str, Any] = {
    "title": "",
    "published_at": None,
    "kind": "",
    "platform_post_id": "",
    "url": "",
    "body": "",
}


def find_fields(post: Post) -> Fields:
    """The columns of a post, storable everywhere (no lone surrogates, no NUL)."""
    fields = {name: getattr(post, name) for name in FIELDS}
    fields["published_at"] = None if post.published_at is None else to_seconds(post.published_at)
    return {
        name: repair(value)[0] if isinstance(value, str) else value
        for name, value in fields.items()
    }


def fold(base: Mapping[str, Any], seen: Mapping[str, Any]) -> Fields:
    """`base` with everything that a later sighting says. A mere day never blurs a known time."""
    folded = {name: seen[name] or base[name] for name in FIELDS}
    if is_day_of(seen["published_at"], base["published_at"]):
        folded["published_at"] = base["published_at"]
    return folded


def fold_all(sightings: Iterable[Mapping[str, Any]]) -> Fields:
    """What all sightings together say, in the order they were imported."""
    folded: Fields = dict(NOTHING)
    for seen in sightings:
        folded = fold(folded, seen)
    return folded


def find_keys(fields: Mapping[str, Any]) -> Fields:
    """The columns by which later exports recognise the post."""
    title = fields["title"]
    return {
        "key_title": title_key(title) or title.strip(),
        "key_url": find_url_key(fields["url"]),
        "key_time": fields["published_at"],
    }


def find_observations(post: Post) -> dict[str, MetricValue]:
    """The post's figures that are numbers: a database has no place for NaN."""
    return {name: v for name, v in post.metrics.items() if math.isfinite(v.value)}


def measure_digest(table: ReadTable) -> str:
    """A fingerprint of the rows: the same export again, under any name, has the same one."""
    digest = hashlib.sha256()
    if table.as_of_source != "now":
        digest.update(str(find_day(to_seconds(table.as_of))).encode())
    for post in table.posts:
        digest.update(_canonical(post).encode())
    return digest.hexdigest()


def _canonical(post: Post) -> str:
    figures = sorted((name, float(v.value), v.bound) for name, v in post.metrics.items())
    return json.dumps([post.platform, find_fields(post), figures], allow_nan=True)
