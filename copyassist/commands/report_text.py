"""A report as lines of plain text for the terminal."""

from collections.abc import Iterator, Mapping, Sequence

from copyassist.commands.seo_text import seo_lines
from copyassist.desk.contract import Beside
from copyassist.desk.coverage_words import word_lure, word_purpose, word_short, word_unchecked
from copyassist.desk.pattern_words import (
    caution_patterns,
    head_patterns,
    list_common,
    list_traits,
)
from copyassist.desk.patterns import Patterns, find_standing
from copyassist.desk.scoring.baseline import is_rate
from copyassist.desk.scoring.whatif import Edit
from copyassist.desk.wording import (
    pick_reasons,
    pick_title_findings,
    sum_by_group,
    word_advice,
    word_evidence,
    word_feature,
    word_finding,
    word_group,
    word_proof,
    word_verdict,
    word_what,
)
from copyassist.i18n import Language, say
from copyassist.text import parse
from copyassist.types import (
    Comparison,
    Finding,
    Interval,
    Match,
    Measure,
    Platform,
    Purpose,
    RatedPost,
    Report,
    Score,
)

NOTHING = Beside()
MAX_COMPARABLES = 3
MARKS = {"error": "✗", "warning": "!", "info": "·"}


def report_lines(
    language: Language,
    report: Report,
    platforms: Mapping[str, Platform],
    beside: Beside = NOTHING,
) -> Iterator[str]:
    """Problems first, then the score with its evidence, reasons, better titles, what else is known."""
    name = report.platform.name(language)
    yield f"{_one_line(report.title.raw)}  [{name}]  {_meters(language, report.measures)}".rstrip()
    yield f"  {word_purpose(language, report)}"
    if report.draft.purpose is Purpose.AUTO:
        yield f"  {say(language, 'checkup.text.change_purpose')}"
    if not report.findings:
        yield f"  {say(language, 'cli.score.no_findings')}"
    for finding in report.findings:
        yield from _finding(language, finding)
    if lure := word_lure(language, report):
        yield f"  {lure}"
    yield f"  {word_short(language, report.coverage)}"
    yield f"  {word_unchecked(language, report.coverage)}"
    if report.hidden:
        yield f"  {say(language, 'coverage.hidden', count=len(report.hidden))}"
    if not report.publishable:
        yield from _verdict(language, report, beside.mended)
    yield from _score(language, report)
    if report.score.value is None and beside.patterns is not None:
        yield from _patterns(language, report, beside.patterns)
    yield from _edits(language, beside.edits)
    yield from _others(language, report, platforms)
    if beside.seo is not None:
        yield from seo_lines(language, beside.seo)


def comparison_lines(language: Language, comparison: Comparison) -> Iterator[str]:
    """P(A beats B) for each pair, or that there is no clear difference; nothing without evidence."""
    reports, chances = comparison.reports, comparison.p_beats
    pairs = [
        (i, j, chance)
        for i in range(len(reports))
        for j in range(i + 1, len(reports))
        if (chance := chances[i][j]) is not None
    ]
    if pairs:
        yield ""
        yield say(language, "cli.score.compare")
    for i, j, chance in pairs:
        first, second = (i, j) if chance >= 0.5 else (j, i)
        unclear = 0.45 <= chance <= 0.55
        yield "  " + say(
            language,
            "cli.score.no_difference" if unclear else "cli.score.beats",
            first=_one_line(reports[first].title.raw),
            second=_one_line(reports[second].title.raw),
            percent=100 * max(chance, 1 - chance),
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _label(language: Language, report: Report) -> str:
    return say(language, f"metrics.{report.metric}") if report.metric else ""


def _meters(language: Language, measures: Sequence[Measure]) -> str:
    """Each field's count beside its limit; a second, stricter counter in brackets behind it."""
    shown: dict[str, str] = {}
    for measure in measures:
        limit = "—" if measure.maximum is None else f"{measure.maximum:g}"
        if measure.field in shown:
            shown[measure.field] += say(
                language, "cli.score.strictly", value=measure.value, limit=limit
            )
        elif measure.value or measure.severity:
            shown[measure.field] = say(
                language,
                "cli.score.length",
                field=say(language, f"cli.field.{measure.field}"),
                value=measure.value,
                limit=limit,
            )
    return "  ".join(shown.values())


def _finding(language: Language, finding: Finding) -> Iterator[str]:
    words = word_finding(language, finding)
    mark = MARKS[finding.severity.value]
    offer = ""
    if finding.replacement is not None:
        key = "cli.score.replacement" if finding.replacement else "cli.score.delete"
        offer = "  " + say(language, key, text=finding.replacement)
    yield f"  {mark} {say(language, f'cli.severity.{finding.severity}')}  {words.what}{offer}"
    for line in (words.why, words.how, words.basis):
        if line:
            yield f"      {line}"


def _verdict(language: Language, report: Report, mended: Report | None) -> Iterator[str]:
    """What must go before anything else, and what the draft scores without it."""
    yield f"  {word_verdict(language, report)}"
    if mended is None:
        return
    value = mended.score.value
    key = "cli.score.mended_unscored" if value is None else "cli.score.mended"
    title = _one_line(mended.title.raw)
    yield f"      {say(language, key, title=title, value=value)}"


def _score(language: Language, report: Report) -> Iterator[str]:
    score, metric = report.score, _label(language, report)
    simulated = bool(report.account and report.account.is_demo)
    if score.value is None:
        yield f"  {say(language, 'cli.score.no_value')}"
    else:
        interval = _interval(language, score.interval, metric)
        key = "cli.score.value" if report.publishable else "cli.score.value_as_is"
        yield f"  {say(language, key, value=score.value)}  {interval}".rstrip()
    yield f"      {word_evidence(language, score.evidence, simulated=simulated)}"
    if score.contributions:
        yield from _reasons(language, score)


def _reasons(language: Language, score: Score) -> Iterator[str]:
    """The reasons with their proof and what to do about each, then what each group of reasons comes to."""
    reference = f"cli.score.reference_{score.reference}"
    yield (
        f"  {say(language, 'cli.score.reasons')}"
        f"{say(language, 'cli.score.bracket', text=say(language, reference))}"
    )
    for one in pick_reasons(score.contributions):
        shown = f"  {word_proof(language, one.evidence)}" if one.evidence else ""
        yield f"      {one.points:+.1f}  {word_feature(language, one)}{shown}"
        yield f"            {word_advice(language, one)}"
    sums = sum_by_group(score.contributions).items()
    said = say(language, "cli.score.between").join(
        f"{word_group(language, group)} {points:+.1f}" for group, points in sums
    )
    yield f"      {say(language, 'cli.score.groups', groups=said)}"


def _patterns(language: Language, report: Report, patterns: Patterns) -> Iterator[str]:
    """What the account's own posts say, where the draft stands in it, and what is sure."""
    yield f"  {head_patterns(language, patterns)}"
    yield f"      {caution_patterns(language, patterns)}"
    rows = list_traits(language, patterns, find_standing(patterns, parse(report.draft)))
    for row in rows:
        said = {"name": row.name, "has": row.has, "others": row.others, "verdict": row.verdict}
        yield f"      {say(language, 'patterns.row_here' if row.here else 'patterns.row', **said)}"
    yield f"  {say(language, 'patterns.common_head', best=patterns.best_posts)}"
    yield from (f"      {line}" for line in list_common(language, patterns))


def _edits(language: Language, edits: Sequence[tuple[Edit, Report]]) -> Iterator[str]:
    if edits:
        yield f"  {say(language, 'cli.score.edits')}"
    for edit, report in edits:
        made = say(
            language,
            "cli.score.edit",
            change=say(language, f"edits.{edit.code}"),
            percent=100 * edit.p_better,
        )
        yield f"      {edit.gain:+.1f}  {_one_line(edit.title)}  {made}"
        for finding in pick_title_findings(report):
            mark = MARKS[finding.severity.value]
            yield f"          {mark} {word_what(language, finding)}"


def _interval(language: Language, interval: Interval | None, metric: str) -> str:
    if interval is None:
        return ""
    if interval.low_value is None or interval.high_value is None or not metric:
        return say(language, "cli.score.interval", low=interval.low, high=interval.high)
    return say(
        language,
        "cli.score.interval_value",
        low=interval.low_value,
        high=interval.high_value,
        metric=metric,
    )


def _others(language: Language, report: Report, platforms: Mapping[str, Platform]) -> Iterator[str]:
    if report.matches:
        yield f"  {say(language, 'cli.score.matches')}"
    for match in report.matches:
        yield "      " + say(
            language,
            "cli.score.match",
            title=_one_line(match.title),
            platform=_where(language, match, platforms),
            percent=100 * match.similarity,
        )
    rated = [comparable.rated for comparable in report.comparables[:MAX_COMPARABLES]]
    if rated:
        yield f"  {say(language, 'cli.score.comparables')}"
    yield from (f"      {_comparable(language, one)}" for one in rated)
    if report.keywords:
        words = "  ".join(keyword.text for keyword in report.keywords)
        yield f"  {say(language, 'cli.score.keywords')}  {words}"


def _where(language: Language, match: Match, platforms: Mapping[str, Platform]) -> str:
    """The platform of an earlier title: its name, or its id where its profile is gone."""
    if match.post is None:
        return ""
    platform = platforms.get(match.post.platform)
    return match.post.platform if platform is None else platform.name(language)


def _comparable(language: Language, rated: RatedPost) -> str:
    return say(
        language,
        "cli.score.comparable",
        title=_one_line(rated.post.title),
        value=_figure(rated),
        ratio=rated.ratio or 0,
    )


def _figure(rated: RatedPost) -> str:
    value = rated.value or 0.0
    return f"{value:.1%}" if is_rate(rated.metric) else f"{value:,.4g}"
