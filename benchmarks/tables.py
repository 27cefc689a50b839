"""Export tables that were written from docs/facts/exports.md alone, without sight of the reader.

Each set holds ten real-shaped tables a platform, with the truth of every post; only this file
opens them, so that nothing is tuned on them. A table is right where every post is there and none
besides, with every figure and day (and the time where the table has one). Its platform counts where
the table itself names it.

    python -m benchmarks tables              the counts of each set
    python -m benchmarks tables --wrong 2    and which tables of set 2 are wrong, once it is spent
"""

import json
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.data import print_table
from copyassist.errors import CopyAssistError
from copyassist.posts.importing import ImportHints, preview_file
from copyassist.reading.zones import CHINA
from copyassist.types import Post

SETS = sorted(Path(__file__).with_name("blind").glob("export_tables_*.zip"))
NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
_METRICS = {
    "views": ("views", "readers"),
    "likes": ("likes",),
    "comments": ("comments",),
    "shares": ("shares", "reposts"),
    "favourites": ("favourites",),
}
_IDS = {"channels": "shipinhao"}


@dataclass(slots=True)
class Verdict:
    """What was read of one table; `faults` in words, none where all is right."""

    file: str
    platform: str
    faults: list[str]
    posts: int
    found: int
    platform_right: bool | None


def main(options: Sequence[str] = ()) -> None:
    shown = set(options[1:]) if options[:1] == ["--wrong"] else set()
    for path in SETS:
        verdicts = judge_set(path)
        print(f"\n{path.stem}\n")
        _print(verdicts)
        if path.stem.rpartition("_")[2] in shown:
            for one in verdicts:
                if one.faults or one.platform_right is False:
                    sys.stdout.write(f"{one.file}: {one.platform_right} {one.faults[:3]}\n")


def judge_set(path: Path) -> list[Verdict]:
    """The verdict on each table of a set."""
    with zipfile.ZipFile(path) as archive:
        truths = [json.loads(line) for line in archive.read("expected.jsonl").splitlines() if line]
        return [_judge(truth, archive.read(truth["file"])) for truth in truths]


def _judge(truth: Mapping[str, Any], data: bytes) -> Verdict:
    expected = truth["posts"]
    named = _IDS.get(truth["platform"], truth["platform"])
    try:
        found = preview_file(Path(truth["file"]).name, data, ImportHints(now=NOW))
    except CopyAssistError as error:
        return Verdict(truth["file"], named, [error.code], len(expected), 0, None)
    faults = _compare(expected, found.posts)
    right = None
    if truth["platform_in_file"]:
        right = bool(found.posts) and {post.platform for post in found.posts} == {named}
    hits = len(expected) - len({fault.partition("|")[0] for fault in faults})
    return Verdict(truth["file"], named, faults, len(expected), max(hits, 0), right)


def _compare(expected: Sequence[Mapping[str, Any]], posts: Sequence[Post]) -> list[str]:
    waiting: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        waiting[_fold(post.title)].append(post)
    faults = []
    for wanted in expected:
        candidates = waiting.get(_fold(wanted["title"]), [])
        found = min(candidates, key=lambda post: len(_differ(wanted, post)), default=None)
        if found is None:
            faults.append(f"{wanted['title']}|missing")
            continue
        candidates.remove(found)
        faults += [f"{wanted['title']}|{fault}" for fault in _differ(wanted, found)]
    faults += [f"{post.title}|extra" for left in waiting.values() for post in left]
    return faults


def _differ(wanted: Mapping[str, Any], post: Post) -> list[str]:
    faults = []
    for name, names in _METRICS.items():
        value = wanted.get(name)
        found = next((post.metrics[one].value for one in names if one in post.metrics), None)
        if value is not None and (found is None or abs(found - value) > 0.5):
            faults.append(f"{name} {value} {found}")
    if wanted.get("published"):
        local = post.published_at and post.published_at.astimezone(CHINA)
        text = wanted["published"]
        said = local.strftime("%Y-%m-%dT%H:%M") if local else "none"
        if not said.startswith(text[:16]):
            faults.append(f"published {text} {said}")
    return faults


def _fold(title: str | None) -> str:
    return "".join((title or "").split())


def _print(verdicts: Sequence[Verdict]) -> None:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[verdict.platform].append(verdict)
    groups["all"] = list(verdicts)
    rows = []
    for name, some in groups.items():
        right = sum(not one.faults for one in some)
        named = [one.platform_right for one in some if one.platform_right is not None]
        posts = f"{sum(one.found for one in some)} / {sum(one.posts for one in some)}"
        rows.append([name, f"{right} / {len(some)}", posts, f"{sum(named)} / {len(named)}"])
    print_table(["platform", "tables right", "posts right", "platform right"], rows)
    kinds = Counter(
        fault.partition("|")[2].partition(" ")[0] or fault
        for one in verdicts
        for fault in one.faults
    )
    sys.stdout.write(f"kinds of fault: {dict(kinds)}\n")
