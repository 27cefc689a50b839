"""Several titles, or several platforms, side by side."""

import streamlit as st

from copyassist.types import Comparison, Report, Severity
from copyassist.ui.desk.cards import severity_counts, short_title
from copyassist.ui.desk.state import DeskResult, visible_findings
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.parts import card, show_card_title, show_table, show_text
from copyassist.ui.kit.platforms import platform_name
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.wording import NO_DIFFERENCE, say_beats, say_limit


def show_platforms(found: DeskResult) -> None:
    """The first title on each platform, and the choice of the one to look at."""
    firsts = [comparison.reports[0] for comparison in found.comparisons]
    with card("platforms"):
        show_card_title(words("platforms.title"), words("platforms.note"))
        show_table(
            [
                words(f"platforms.{column}")
                for column in ("platform", "length", "problems", "score")
            ],
            [_platform_row(report) for report in firsts],
            numeric=frozenset({1, 3}),
        )
        names = {report.platform.id: platform_name(report.platform) for report in firsts}
        st.segmented_control(
            words("platforms.pick"),
            list(names),
            key="desk_tab",
            default=None if st.session_state.get("desk_tab") in names else next(iter(names)),
            format_func=names.__getitem__,
            required=True,
        )


def _platform_row(report: Report) -> list[str]:
    titles = [m for m in report.measures if m.field in ("title", "first_line")]
    lengths = " · ".join(dict.fromkeys(say_limit(m) for m in titles)) or "—"
    return [
        as_html(platform_name(report.platform)),
        as_html(lengths),
        severity_counts(visible_findings(report)),
        _score_cell(report),
    ]


def _score_cell(report: Report) -> str:
    value = report.score.value
    return markup("score.none_short") if value is None else f"{value:.0f}"


def show_comparison(comparison: Comparison) -> None:
    """The titles, best first, and the choice of the one to look at."""
    reports = comparison.reports
    with card("compare"):
        show_card_title(words("compare.title"), words("compare.note"))
        order = best_first(comparison)
        show_table(
            [
                words(f"compare.{c}")
                for c in ("candidate", "length", "problems", "score", "against")
            ],
            [_candidate_row(comparison, row, order[0]) for row in order],
            numeric=frozenset({1, 3}),
        )
        known = [row for row in order if comparison.p_beats[row][row] is not None]
        if not known:
            show_text(words("compare.no_evidence"))
        elif len(known) > 2:
            _show_pairs(comparison, known)
        st.radio(
            words("compare.pick"),
            order,
            key="desk_pick",
            format_func=lambda row: short_title(reports[row].title.raw, 60),
        )


def _show_pairs(comparison: Comparison, order: list[int]) -> None:
    with st.expander(label("compare.pairs")):
        lines = [
            _pair(comparison, first, second)
            for place, first in enumerate(order)
            for second in order[place + 1 :]
            if comparison.p_beats[first][second] is not None
        ]
        st.html(f'<ul class="ca-list">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')


def _pair(comparison: Comparison, first: int, second: int) -> str:
    chance = comparison.p_beats[first][second]
    if chance is None:
        return ""
    same = NO_DIFFERENCE[0] <= chance <= NO_DIFFERENCE[1]
    return markup(
        "compare.pair_same" if same else "compare.pair_beats",
        first=comparison.reports[first].title.raw,
        second=comparison.reports[second].title.raw,
        percent=f"{100 * chance:.0f}%",
    )


def best_first(comparison: Comparison) -> list[int]:
    """By score, but what must not be published comes last however well it may do."""

    def place(row: int) -> tuple[bool, float]:
        report = comparison.reports[row]
        return report.worst is Severity.ERROR, -(report.score.value or 0.0)

    return sorted(range(len(comparison.reports)), key=place)


def _candidate_row(comparison: Comparison, row: int, best: int) -> list[str]:
    report = comparison.reports[row]
    lengths = [m for m in report.measures if m.field in ("title", "first_line")]
    if row == best:
        rivals = [c for n, c in enumerate(comparison.p_beats[row]) if n != row and c is not None]
        against = words("compare.leads") if rivals else "—"
    else:
        chance = comparison.p_beats[best][row]
        against = "—" if chance is None else say_beats(chance)
    return [
        as_html(report.title.raw),
        as_html(say_limit(lengths[0]) if lengths else "—"),
        severity_counts(visible_findings(report)),
        _score_cell(report),
        as_html(against),
    ]
