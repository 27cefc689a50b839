"""An account written to a file that the importer reads back whole."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from copyassist.cells import arm, disarm
from copyassist.errors import UsageError
from copyassist.home import write_whole
from copyassist.store.figures import show_value
from copyassist.types import Account, MetricValue, Post

FORMATS = ("csv", "json")
JSON_VERSION = 1
COLUMNS = ("platform", "title", "published_at", "kind", "platform_post_id", "url", "body")


def write_account(path: Path, account: Account, posts: Sequence[Post]) -> None:
    """Writes the posts with their newest figures as .csv (UTF-8 with BOM) or .json.

    Raises UsageError export_format for another ending, StoreError where the disk refuses.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise UsageError("export_format", file=path.name, formats=", ".join(FORMATS))
    text = format_csv(posts) if ending == "csv" else format_json(account, posts)
    write_whole(path, text.encode("utf-8-sig" if ending == "csv" else "utf-8"))


def format_csv(posts: Sequence[Post]) -> str:
    """A table with one column a metric. Cells that a spreadsheet would run as a formula get '."""
    metrics = sorted({name for post in posts for name in post.metrics})
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(disarm, (*COLUMNS, *metrics)))
    for post in posts:
        writer.writerow([*_describe(post), *(_show(post.metrics.get(name)) for name in metrics)])
    return out.getvalue()


def format_json(account: Account, posts: Sequence[Post]) -> str:
    """A JSON document: the account and its posts, times in ISO 8601."""
    document = {
        "copyassist_account": JSON_VERSION,
        "account": {"name": account.name, "relation": account.relation, "demo": account.is_demo},
        "posts": [_document(post) for post in posts],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _document(post: Post) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(post, name) for name in COLUMNS}
    values["published_at"] = _iso(post)
    values["metrics"] = {name: asdict(value) for name, value in post.metrics.items()}
    return values


def _describe(post: Post) -> list[str]:
    texts = (_iso(post) if name == "published_at" else getattr(post, name) for name in COLUMNS)
    return [_disarm(text or "") for text in texts]


def _iso(post: Post) -> str | None:
    return None if post.published_at is None else post.published_at.isoformat()


def _disarm(text: str) -> str:
    # What begins like a disarmed cell gets one more, so that reading takes off no sign of its own.
    looks_disarmed = arm(text) != text
    return f"'{text}" if looks_disarmed else disarm(text)


def _show(found: MetricValue | None) -> float | str:
    return "" if found is None else show_value(found.value, found.bound)
