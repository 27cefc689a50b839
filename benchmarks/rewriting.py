"""Better titles on sets written from docs/facts alone, before the code and without sight of it.

Only this file opens them. `types.jsonl` are titles with the types that a reader gives them (`maybe`
counts neither way); `faults.jsonl` titles with a fault that can be mended; `variants_inputs.jsonl`
titles with a body.

    python -m benchmarks rewriting                  the figures of each set
    python -m benchmarks rewriting --wrong 1        and what is wrong in set 1, once it is spent
    python -m benchmarks rewriting --show 1         and the variants of set 1, for reading
"""

import json
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.data import print_table
from copyassist.desk.context import Context
from copyassist.desk.review import Desk, prepare
from copyassist.desk.rewriting.candidate import Rewriting
from copyassist.desk.rewriting.front import EARLY
from copyassist.desk.rewriting.kinds import label_title, load_kinds
from copyassist.desk.rewriting.propose import propose
from copyassist.desk.scoring import Models, load_models
from copyassist.i18n import say
from copyassist.platforms import find_platform, load_platforms
from copyassist.resources import find_models
from copyassist.text import count
from copyassist.types import Draft, Severity

SETS = sorted(Path(__file__).with_name("blind").glob("writing_*.zip"))
NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
Row = dict[str, Any]


def main(options: Sequence[str] = ()) -> None:
    wrong = set(options[1:]) if options[:1] == ["--wrong"] else set()
    shown = set(options[1:]) if options[:1] == ["--show"] else set()
    if not SETS:
        sys.stdout.write("no sets in benchmarks/blind\n")
    for path in SETS:
        number = path.stem.rpartition("_")[2]
        print(f"\n{path.stem}\n")
        judge_types(_read(path, "types.jsonl"), wrong=number in wrong)
        judge_faults(_read(path, "faults.jsonl"), wrong=number in wrong)
        judge_variants(_read(path, "variants_inputs.jsonl"), show=number in shown)


def _read(path: Path, name: str) -> list[Row]:
    with zipfile.ZipFile(path) as archive:
        found = [one for one in archive.namelist() if one.rpartition("/")[2] == name]
        if not found:
            return []
        return [json.loads(line) for line in archive.read(found[0]).splitlines() if line.strip()]


# --- types -----------------------------------------------------------------------------------------


def judge_types(rows: Sequence[Row], *, wrong: bool = False) -> None:
    """F1 of each type, over all (micro) and as a mean over types (macro)."""
    if not rows:
        return
    names = {row.id: say("zh", f"title_types.{row.id}") for row in load_kinds()}
    tally: dict[str, Counter[str]] = {_fold(name): Counter() for name in names.values()}
    for row in rows:
        found = {_fold(names[kind]) for kind in label_title(row["title"])}
        wanted, maybe = (
            {_fold(name) for name in row.get(key) or []} & set(tally) for key in ("types", "maybe")
        )
        for name, counts in tally.items():
            if name in maybe:
                continue
            counts["hit"] += name in found and name in wanted
            counts["false"] += name in found and name not in wanted
            counts["missed"] += name in wanted and name not in found
        if wrong and (found - maybe) != (wanted - maybe):
            extra, missed = found - wanted - maybe, wanted - found - maybe
            sys.stdout.write(f"{row['title']}  +{' '.join(extra)}  -{' '.join(missed)}\n")
    whole = sum(tally.values(), Counter())
    lines = [[name, *_figures(counts)] for name, counts in tally.items()]
    macro = [_f1(counts) for counts in tally.values() if counts["hit"] + counts["missed"]]
    lines.append(["micro", *_figures(whole)])
    lines.append(["macro", "", "", f"{sum(macro) / len(macro):.3f}", len(rows)])
    print_table(["type", "precision", "recall", "F1", "titles"], lines)


def _fold(name: str) -> str:
    return name.partition("/")[0].removesuffix("型")


def _f1(counts: Counter[str]) -> float:
    whole = 2 * counts["hit"] + counts["false"] + counts["missed"]
    return 2 * counts["hit"] / whole if whole else 1.0


def _figures(counts: Counter[str]) -> list[object]:
    found, wanted = counts["hit"] + counts["false"], counts["hit"] + counts["missed"]
    precision = counts["hit"] / found if found else 1.0
    recall = counts["hit"] / wanted if wanted else 1.0
    return [f"{precision:.3f}", f"{recall:.3f}", f"{_f1(counts):.3f}", wanted]


# --- faults ----------------------------------------------------------------------------------------


def judge_faults(rows: Sequence[Row], *, wrong: bool = False) -> None:
    """The share of titles with a fault that get at least one title without it."""
    tally: dict[str, Counter[str]] = {}
    for row in rows:
        rewriting = _propose(row)
        good = [
            one.title for one in (*rewriting.fixes, *rewriting.variants) if _mends(one.title, row)
        ]
        offered = [one.title for one in rewriting.fixes if _mends(one.title, row)]
        counts = tally.setdefault(row["fault"], Counter())
        counts.update(all=1, fixed=bool(offered), any=bool(good), fine=rewriting.fine)
        if wrong and not offered:
            shown = [one.title for one in rewriting.fixes]
            sys.stdout.write(f"{row['fault']} {row['title']} {rewriting.faults} {shown}\n")
    if tally:
        tally["all"] = sum(tally.values(), Counter())
        head = ["fault", "titles", "a fixing candidate", "among the variants too", "called fine"]
        print_table(
            head, [[name, c["all"], c["fixed"], c["any"], c["fine"]] for name, c in tally.items()]
        )


def _mends(title: str, row: Row) -> bool:
    if not _fits(title, _desk(row["platform"])):
        return False
    if row["fault"] == "violation":
        terms = row.get("terms") or []
        return title != row["title"] and not any(term in title for term in terms)
    if row["fault"] == "keyword_late":
        at = title.lower().find(str(row.get("keyword", "")).lower())
        return 0 <= at <= max(2, len(title) * EARLY)
    return bool(title != row["title"])


def _fits(title: str, desk: Desk) -> bool:
    limits = [
        one
        for one in desk.context.platform.form.limits
        if one.field in ("title", "first_line") and one.severity is Severity.ERROR
    ]
    return all(one.maximum is None or count(title, one.counter) <= one.maximum for one in limits)


# --- variants --------------------------------------------------------------------------------------


def judge_variants(rows: Sequence[Row], *, show: bool = False) -> None:
    """The share of titles with a body that get at least three variants."""
    if not rows:
        return
    counts: Counter[str] = Counter()
    for row in rows:
        rewriting = _propose(row)
        counts.update(all=1, three=len(rewriting.variants) >= 3, variants=len(rewriting.variants))
        if show:
            sys.stdout.write(f"\n{row.get('id', '')} [{row['platform']}] {row['title']}\n")
            for one in rewriting.variants:
                sys.stdout.write(f"    {one.title}\n")
    head = ["titles with a body", "with three variants or more", "share", "variants"]
    share = f"{counts['three'] / counts['all']:.3f}"
    print_table(head, [[counts["all"], counts["three"], share, counts["variants"]]])


def _propose(row: Row) -> Rewriting:
    desk = _desk(row["platform"])
    draft = Draft(title=row["title"], body=row.get("body") or "", platform=desk.context.platform.id)
    return propose(draft, desk, keyword=row.get("keyword") or "")


@cache
def _load() -> Models:
    return load_models(find_models())


@cache
def _desk(name: str) -> Desk:
    platforms = load_platforms()
    platform = find_platform(platforms, name) or platforms["xiaohongshu"]
    return prepare(Context(platform=platform, now=NOW), _load())
