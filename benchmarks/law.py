"""What the rules of law and conduct find, on sentences that nobody who wrote the rules has seen.

`benchmarks/blind/compliance_*.zip` are opened here and nowhere else. Both with the purpose told and
with the purpose left open. A violation is found where a finding of a rule, at warning or higher,
overlaps what was marked.
"""

import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.data import MissingDataError, print_table, read_plain_rows, read_rows
from copyassist.desk.checks import CATEGORIES, find_findings
from copyassist.desk.law.clickbait import measure_clickbait
from copyassist.platforms import load_platforms
from copyassist.text import normalize, parse
from copyassist.types import Draft, Finding, Purpose

BLIND = Path(__file__).parent / "blind"
PLATFORMS = {"weixin": "wechat", "": "xiaohongshu"}
PURPOSES = {
    "advert": Purpose.AD,
    "ad": Purpose.AD,
    "editorial": Purpose.NEWS,
    "experience": Purpose.EXPERIENCE,
    "recommendation": Purpose.RECOMMENDATION,
    "news": Purpose.NEWS,
}
Row = dict[str, Any]
Place = tuple[int, int]


def main(wrong: str = "") -> None:
    """Every blind set that is there, then what needs no set.

    `wrong` is the number of a set whose faults are shown, once it is spent; "0" for ordinary titles.
    """
    for path in sorted(BLIND.glob("compliance_*.zip")):
        print(f"\n### {path.stem}\n")
        measure_set(read_set(path), wrong=path.stem.rpartition("_")[2] == wrong)
    _show_ordinary(wrong=wrong == "0")
    _show_clickbait_titles()


def read_set(path: Path) -> Mapping[str, list[Row]]:
    """The rows of a set by the name of their file, without its ending."""
    with zipfile.ZipFile(path) as archive:
        return {
            Path(name).stem: [json.loads(line) for line in archive.read(name).splitlines() if line]
            for name in archive.namelist()
            if name.endswith(".jsonl")
        }


def measure_set(rows: Mapping[str, list[Row]], *, wrong: bool) -> None:
    """The tables of one set."""
    _show_recall(rows.get("violations", []), wrong=wrong)
    _show_lookalikes(rows.get("lookalikes", []), wrong=wrong)
    _show_drafts(rows.get("drafts", []), wrong=wrong)
    _show_disguised(rows.get("disguised", []), wrong=wrong)
    _show_clickbait(rows.get("clickbait", []))


def find_grave(row: Row, purpose: Purpose, title: str, body: str = "") -> list[Finding]:
    """The findings of rules at warning or higher."""
    name = str(row.get("platform") or "")
    platforms = load_platforms()
    platform = platforms.get(PLATFORMS.get(name, name)) or platforms["xiaohongshu"]
    parsed = parse(Draft(title=title, body=body, platform=platform.id, purpose=purpose))
    found = find_findings(parsed, platform, purpose)
    return [one for one in found if one.code in CATEGORIES and one.severity.rank >= 1]


def tell_purpose(row: Row) -> Purpose:
    """The purpose that the row states."""
    return PURPOSES.get(str(row.get("purpose") or ""), Purpose.UNKNOWN)


def find_places(text: str, where: object) -> list[Place]:
    """The marked ranges: pairs of numbers, pieces of the text, or records of either."""
    places: list[Place] = []
    for one in where if isinstance(where, list) else []:
        if isinstance(one, dict):
            one = one.get("text") or [one.get("start"), one.get("end")]
        if isinstance(one, str):
            start = text.find(one)
            places += [(start, start + len(one))] if start >= 0 and one else []
        elif isinstance(one, list) and len(one) == 2:
            places.append((int(one[0]), int(one[1])))
    if not places and isinstance(where, list) and len(where) == 2 and isinstance(where[0], int):
        places = [(where[0], where[1])]
    return places or [(0, len(text))]


def overlaps(finding: Finding, places: Sequence[Place]) -> bool:
    span = finding.span
    return span is not None and any(span.start < end and start < span.end for start, end in places)


def wilson(hits: int, total: int) -> str:
    """A share with its 95 % interval."""
    if not total:
        return "–"
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    spread = z * ((share * (1 - share) + z * z / (4 * total)) / total) ** 0.5 / (1 + z * z / total)
    return f"{share:.2f} ({middle - spread:.2f}–{middle + spread:.2f})"


def _show_recall(rows: Sequence[Row], *, wrong: bool) -> None:
    if not rows:
        return
    totals: Counter[str] = Counter()
    hits: dict[str, Counter[str]] = {name: Counter() for name in ("auto", "told", "loose")}
    missed: list[str] = []
    for row in rows:
        places = find_places(row["text"], row.get("where"))
        found = find_grave(row, Purpose.AUTO, row["text"])
        told = find_grave(row, tell_purpose(row), row["text"])
        for name in (row["category"], "all"):
            totals[name] += 1
            hits["auto"][name] += any(overlaps(one, places) for one in found)
            hits["told"][name] += any(overlaps(one, places) for one in told)
            hits["loose"][name] += bool(found)
        if not any(overlaps(one, places) for one in found):
            missed.append(f"{row['category']}: {row['text']}")
    print("Violations found at warning or higher:\n")
    print_table(
        ("category", "sentences", "purpose left open", "purpose told", "open, anywhere"),
        [
            (name, totals[name], *(wilson(hits[kind][name], totals[name]) for kind in hits))
            for name in sorted(totals, key=lambda name: (name == "all", name))
        ],
    )
    _show_wrong("missed", missed, wrong=wrong)


def _show_lookalikes(rows: Sequence[Row], *, wrong: bool) -> None:
    if not rows:
        return
    totals: Counter[str] = Counter()
    alarms: dict[str, Counter[str]] = {"auto": Counter(), "told": Counter()}
    false: list[str] = []
    for row in rows:
        found = find_grave(row, Purpose.AUTO, row["text"])
        told = find_grave(row, tell_purpose(row), row["text"])
        for name in (row["category"], "all"):
            totals[name] += 1
            alarms["auto"][name] += bool(found)
            alarms["told"][name] += bool(told)
        if found:
            false.append(f"{row['category']}: {row['text']} <- {[one.rule for one in found]}")
    print("\nLawful sentences that look alike, with a warning:\n")
    print_table(
        ("category", "sentences", "purpose left open", "purpose told"),
        [
            (name, totals[name], *(wilson(alarms[kind][name], totals[name]) for kind in alarms))
            for name in sorted(totals, key=lambda name: (name == "all", name))
        ],
    )
    _show_wrong("false", false, wrong=wrong)


def _show_drafts(rows: Sequence[Row], *, wrong: bool) -> None:
    if not rows:
        return
    marked = found_marks = false = characters = 0
    faults: list[str] = []
    for row in rows:
        title, body = row["title"], row.get("body", "")
        texts = {"title": title, "body": body}
        findings = find_grave(row, Purpose.AUTO, title, body)
        characters += len(title) + len(body)
        places = {
            field: [place for v in row["violations"] for place in _find_piece(text, v["text"])]
            for field, text in texts.items()
        }
        for violation in row["violations"]:
            marked += 1
            hit = any(
                overlaps(one, _find_piece(texts[one.span.field], violation["text"]))
                for one in findings
                if one.span is not None
            )
            found_marks += hit
            faults += [] if hit else [f"missed {violation['category']}: {violation['text']}"]
        wild = [o for o in findings if o.span is None or not overlaps(o, places[o.span.field])]
        false += len(wild)
        faults += [f"false {one.rule}: {one.params.get('text')}" for one in wild]
    print("\nDrafts, purpose left open:\n")
    print_table(
        ("drafts", "characters", "violations found", "false per 1,000 characters"),
        [(len(rows), characters, wilson(found_marks, marked), f"{1000 * false / characters:.2f}")],
    )
    _show_wrong("drafts", faults, wrong=wrong)


def _find_piece(text: str, piece: str) -> list[Place]:
    start = text.find(piece)
    return [(start, start + len(piece))] if start >= 0 and piece else []


def _show_disguised(rows: Sequence[Row], *, wrong: bool) -> None:
    if not rows:
        return
    totals: Counter[str] = Counter()
    hits: dict[str, Counter[str]] = {"open": Counter(), "advert": Counter(), "plain": Counter()}
    missed: list[str] = []
    for row in rows:
        found = {
            "open": find_grave(row, Purpose.AUTO, row["text"]),
            "advert": find_grave(row, Purpose.AD, row["text"]),
            "plain": find_grave(row, Purpose.AUTO, row.get("plain") or row["text"]),
        }
        totals[row["kind"]] += 1
        for name, findings in found.items():
            hits[name][row["kind"]] += bool(findings)
        if not found["open"]:
            missed.append(f"{row['kind']}: {row['text']}")
    print("\nDisguised wording found at warning or higher:\n")
    print_table(
        ("kind", "texts", "purpose left open", "said to be an advert", "the same undisguised"),
        [
            (kind, totals[kind], *(wilson(hits[name][kind], totals[kind]) for name in hits))
            for kind in sorted(totals)
        ],
    )
    _show_wrong("disguised", missed, wrong=wrong)


def _show_clickbait(rows: Sequence[Row]) -> None:
    if rows:
        pairs = [(_value(row["text"]), _is_bait(row["label"])) for row in rows]
        print(f"\nClickbait, blind titles: AUC {auc(pairs):.3f} ({len(rows)} titles)")


def _is_bait(label: object) -> bool:
    return label in (1, True, "1", "clickbait", "bait", "yes")


def _value(title: str) -> int:
    return measure_clickbait(normalize(title)[0]).value


def auc(pairs: Sequence[tuple[float, bool]]) -> float:
    """How often a title that is bait has the higher value; ties count by half."""
    baits = [value for value, bait in pairs if bait]
    others = [value for value, bait in pairs if not bait]
    wins = sum((one > two) + 0.5 * (one == two) for one in baits for two in others)
    return wins / max(1, len(baits) * len(others))


def _show_clickbait_titles() -> None:
    rows = read_plain_rows("headlines/clickbait_tencent.csv")
    pairs = [(_value(row["title"]), row["clickbait"] == "1") for row in rows]
    print(f"\nClickbait, {len(rows)} labelled titles: AUC {auc(pairs):.3f}")


def _show_ordinary(*, wrong: bool) -> None:
    totals: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    false: list[str] = []
    for row in _ordinary():
        found = find_grave(row, Purpose.AUTO, row["title"])
        for name in (row["platform"], "all"):
            totals[name] += 1
            alarms[name] += bool(found)
        if found:
            false.append(f"{row['platform']}: {row['title']} <- {[one.rule for one in found]}")
    print("\nOrdinary titles with a warning, purpose left open:\n")
    print_table(
        ("platform", "titles", "with a warning"),
        [(name, totals[name], f"{100 * alarms[name] / totals[name]:.2f} %") for name in totals],
    )
    _show_wrong("ordinary", false, wrong=wrong)


def _ordinary() -> Iterator[Row]:
    try:
        yield from read_rows("titles/ordinary_titles.csv.gz")
    except MissingDataError as missing:
        print(f"skipped: {missing}")


def _show_wrong(name: str, lines: Sequence[str], *, wrong: bool) -> None:
    if wrong and lines:
        print(f"\n{name}, {len(lines)}:")
        print("\n".join(f"- {line}" for line in lines))
