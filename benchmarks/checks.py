"""Text and checks: time per title, false alarms on ordinary titles, catches among advert sentences.

The baseline for false alarms is what most tools do: look for some fifty usual words anywhere.
`held out` are sentences that no row of the lexicon was changed for; the others were also used to
find what rows missed. Both are our own and in tests/examples.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import law
from benchmarks.data import measure_best, ordinary_titles, print_table, read_rows
from copyassist.desk.checks import (
    FAMILIES,
    detect_purpose,
    find_findings,
    lexicon,
    measure_lengths,
)
from copyassist.desk.checks.family import Case, find_form
from copyassist.desk.checks.lexicon import CATEGORIES
from copyassist.platforms import load_platforms
from copyassist.text import normalize, parse, segment
from copyassist.text.segment import load_reference_cutter
from copyassist.types import Draft, ParsedDraft, Purpose

EXAMPLES = Path(__file__).parent.parent / "tests" / "examples"
NAIVE = [
    "最",
    "第一",
    "首个",
    "首选",
    "唯一",
    "顶级",
    "极品",
    "极致",
    "完美",
    "绝对",
    "永久",
    "万能",
    "国家级",
    "世界级",
    "全网",
    "独家",
    "终极",
    "王牌",
    "冠军",
    "领导",
    "领先",
    "100%",
    "百分百",
    "保证",
    "无敌",
    "史上",
    "绝无仅有",
    "独一无二",
    "史无前例",
    "空前",
    "免费",
    "特效",
    "治愈",
    "根治",
    "减肥",
    "祛斑",
    "抗癌",
    "排毒",
    "稳赚",
    "保本",
    "包过",
    "躺赚",
    "零风险",
    "转运",
    "招财",
    "开运",
    "老字号",
    "驰名",
    "特供",
    "专供",
]


def main(options: Sequence[str] = ()) -> None:
    """All tables; `--wrong N` shows the faults of blind set N, 0 those on ordinary titles."""
    titles = ordinary_titles()
    parsed = [parse(Draft(title=title)) for title in titles]
    _show_times(titles, parsed)
    _show_speed(parsed)
    _show_false_alarms()
    _show_catches()
    law.main(_read_wrong(options))


def _read_wrong(options: Sequence[str]) -> str:
    parser = argparse.ArgumentParser(prog="benchmarks checks")
    parser.add_argument("--wrong", default="")
    return str(parser.parse_args(options).wrong)


def _show_speed(parsed: Sequence[ParsedDraft]) -> None:
    """All packs on, the purpose found, one core."""
    wechat = load_platforms()["wechat"]
    form = find_form(wechat, "")

    def check(one: ParsedDraft) -> object:
        return list(lexicon.FAMILY.find(Case(one, wechat, form, detect_purpose(one))))

    seconds = measure_best(lambda: [check(one) for one in parsed], runs=3)
    print(f"\nAll packs on, with the purpose: {len(parsed) / seconds:,.0f} titles a second")


def _show_times(titles: Sequence[str], parsed: Sequence[ParsedDraft]) -> None:
    reference = load_reference_cutter()
    rows: list[tuple[str, str]] = []

    def add(name: str, work: Callable[..., object], items: Sequence[object]) -> None:
        seconds = measure_best(lambda: [work(item) for item in items], runs=3)
        rows.append((name, f"{seconds / len(items) * 1e6:.1f}"))

    add("normalize", normalize, titles)
    add("segment (rjieba)", lambda one: segment(one.title.norm), parsed)
    add("jieba.lcut alone", lambda one: reference(one.title.norm), parsed[:5_000])
    add("parse, whole", lambda title: parse(Draft(title=title)), titles)
    add("detect_purpose", detect_purpose, parsed)
    for name in ("wechat", "xiaohongshu"):
        platform = load_platforms()[name]
        add(f"measure_lengths, {name}", lambda one, p=platform: measure_lengths(one, p), parsed)
        add(
            f"find_findings, {name}",
            lambda one, p=platform: find_findings(one, p, Purpose.UNKNOWN),
            parsed,
        )
    wechat = load_platforms()["wechat"]
    form = find_form(wechat, "")
    for family in FAMILIES:
        add(
            f"- {family.id}",
            lambda one, f=family: list(f.find(Case(one, wechat, form, Purpose.UNKNOWN))),
            parsed,
        )
    print_table(("step", "µs a title"), rows)


def _find_categories(title: str, purpose: Purpose) -> list[str]:
    findings = find_findings(parse(Draft(title=title)), load_platforms()["wechat"], purpose)
    return [finding.code for finding in findings if finding.code in CATEGORIES]


def _show_false_alarms() -> None:
    titles: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    naive: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    adverts: Counter[str] = Counter()
    for row in read_rows("titles/ordinary_titles.csv.gz"):
        platform, title = row["platform"], row["title"]
        found = _find_categories(title, Purpose.AUTO)
        for name in (platform, "all"):
            titles[name] += 1
            alarms[name] += bool(found)
            naive[name] += any(word in title for word in NAIVE)
            adverts[name] += detect_purpose(parse(Draft(title=title))) is Purpose.AD
        kinds.update(found)
    print("\nOrdinary titles with an alarm, purpose left open:\n")
    print_table(
        ("platform", "titles", "lexicon", "some fifty words anywhere", "taken for an advert"),
        [
            (name, number, *(f"{100 * c[name] / number:.2f} %" for c in (alarms, naive, adverts)))
            for name, number in sorted(titles.items(), key=lambda item: item[1])
        ],
    )
    print("\nby kind:", ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))


def _show_catches() -> None:
    rows = []
    for name in ("absolute_terms_positive", "absolute_terms_held_out"):
        text = (EXAMPLES / f"{name}.txt").read_text("utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        shares = [
            sum("absolute_term" in _find_categories(line, purpose) for line in lines) / len(lines)
            for purpose in (Purpose.AD, Purpose.AUTO, Purpose.UNKNOWN)
        ]
        rows.append((name, len(lines), *(f"{100 * share:.1f} %" for share in shares)))
    print("\nAdvert sentences caught:\n")
    print_table(("set", "sentences", "said to be an advert", "left open", "unknown"), rows)
