"""The cards that say why a title scores as it does, and which titles would score better."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from copyassist.desk.wording import (
    pick_reasons,
    pick_title_findings,
    sum_by_group,
    word_advice,
    word_feature,
    word_group,
    word_proof,
    word_what,
)
from copyassist.i18n import say
from copyassist.types import Contribution, Report, Score
from copyassist.ui.desk.charts import Reason, show_contributions
from copyassist.ui.desk.state import apply_title
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.parts import (
    card,
    severity_tag,
    show_card_title,
    show_note,
    show_table,
)
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.session import get_assistant, language


def show_reasons(score: Score) -> None:
    """At most five reasons as a chart, each with what to do about it, and the sums by group."""
    if score.value is None:
        return
    with card("reasons"):
        show_card_title(words("reasons.title"), words(f"reasons.reference_{score.reference}"))
        reasons = pick_reasons(score.contributions)
        if not reasons:
            show_note(words("reasons.none"))
            return
        show_contributions(
            [Reason(word_feature(language(), one), one.points, _proof(one)) for one in reasons]
        )
        _show_advice(reasons)
        sums = sum_by_group(score.contributions)
        _show_sums(sums)
        total = sum(one.points for one in score.contributions)
        show_note(words("reasons.sum", total=f"{total:+.1f}", value=f"{score.value:.0f}"))
        with st.expander(label("reasons.table", count=len(reasons))):
            _show_by_group(score.contributions, sums)


def _show_advice(reasons: Sequence[Contribution]) -> None:
    items = "".join(
        f'<li><div class="t">{as_html(word_feature(language(), one))}</div>'
        f'<div class="d">{as_html(word_advice(language(), one))}</div></li>'
        for one in reasons
    )
    st.html(f'<ul class="ca-list">{items}</ul>')


def _show_sums(sums: Mapping[str, float]) -> None:
    chips = "".join(
        f"<span>{as_html(word_group(language(), group))}<small>{points:+.1f}</small></span>"
        for group, points in sums.items()
    )
    st.html(f'<div class="ca-chips ca-sums">{chips}</div>')


def _show_by_group(contributions: Sequence[Contribution], sums: Mapping[str, float]) -> None:
    rows = []
    for group, points in sums.items():
        inside = [one for one in contributions if group in sum_by_group([one])]
        total = words("reasons.group_sum", group=word_group(language(), group))
        count = words("reasons.group_count", count=len(inside))
        rows.append([f"<b>{as_html(total)}</b>", f"<b>{points:+.2f}</b>", as_html(count)])
        rows += [
            [as_html(word_feature(language(), one)), f"{one.points:+.2f}", as_html(_proof(one))]
            for one in inside
            if one.feature != "rest"  # its group's sum says it already
        ]
    show_table(
        [words("reasons.reason"), words("reasons.points"), words("reasons.proof")],
        rows,
        numeric=frozenset({1}),
    )


def _proof(contribution: Contribution) -> str:
    """The reason's own evidence; a word of the title has a weight, but no win rate of its own."""
    if contribution.evidence is not None:
        return word_proof(language(), contribution.evidence)
    known = {"usual", "rest"} & {contribution.feature}
    key = next(iter(known), "facts" if contribution.group == "facts" else "piece")
    return words(f"reasons.no_proof_{key}")


# --- better titles ---------------------------------------------------------------------------------


def show_edits(report: Report, line: int) -> None:
    """Titles that were really made and really scored again, where they clearly gain."""
    if report.score.value is None or not report.title.raw.strip():
        return
    with card("edits"):
        show_card_title(words("edits.title"), words("edits.note"))
        found = get_assistant().desk.review_edits(report.draft, report.account)
        if not found:
            fine = get_assistant().desk.is_fine(report)
            show_note(words("edits.none" if fine else "edits.none_faulty"))
            return
        for number, (edit, edited) in enumerate(found, 1):
            with st.container(key=f"edit_{number}", gap="small"):
                change = say(language(), f"edits.{edit.code}")
                st.html(
                    f'<div class="ca-edit"><span class="gain">{edit.gain:+.1f}</span>'
                    f'<div><div class="t">{as_html(edit.title)}</div>'
                    f'<div class="d">{as_html(change)} · '
                    f"{markup('edits.chance', percent=round(100 * edit.p_better))}</div>"
                    f"{_problems(edited)}</div></div>"
                )
                st.button(
                    label("edits.use"),
                    key=f"use_edit_{number}",
                    on_click=partial(apply_title, report, line, edit.title),
                )


def _problems(edited: Report) -> str:
    found = pick_title_findings(edited)
    if not found:
        return f'<div class="d">{markup("edits.clean")}</div>'
    return "".join(
        f'<div class="d">{severity_tag(finding.severity.value)}'
        f"{as_html(word_what(language(), finding))}</div>"
        for finding in found
    )
