"""Findings underlined in the draft's text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from copyassist.types import Finding, Severity, Span
from copyassist.ui.desk.marks import MAX_SHOWN, mark_findings, number_findings
from copyassist.ui.kit.escape import as_html


def finding(
    start: int, end: int, severity: Severity = Severity.ERROR, field: str = "title"
) -> Finding:
    return Finding(code="x", severity=severity, span=Span(field, start, end))  # type: ignore[arg-type]


def test_a_finding_is_underlined_and_numbered() -> None:
    marked = mark_findings("最好的茶", "title", number_findings([finding(0, 1)]))
    assert marked == '<mark class="m-error">最</mark><sup>1</sup>好的茶'


def test_overlapping_findings_take_the_gravest_severity() -> None:
    found = [finding(0, 3, Severity.INFO), finding(1, 2, Severity.ERROR)]
    marked = mark_findings("abcd", "title", number_findings(found))
    assert marked == (
        '<mark class="m-info">a</mark><mark class="m-error">b</mark><sup>2</sup>'
        '<mark class="m-info">c</mark><sup>1</sup>d'
    )


def test_only_the_asked_field_is_marked() -> None:
    found = number_findings([finding(0, 1, field="body"), finding(0, 1)])
    assert "<sup>2</sup>" in mark_findings("最", "title", found)
    assert "<sup>1</sup>" not in mark_findings("最", "title", found)


def test_a_megabyte_is_cut() -> None:
    marked = mark_findings("一" * 1_000_000, "body", number_findings([finding(5, 999_999)]))
    assert len(marked) < MAX_SHOWN + 200
    assert marked.endswith("…")


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6),
)
def test_the_text_is_kept_whatever_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    found = number_findings([finding(min(pair), max(pair)) for pair in spans])
    marked = mark_findings(text, "title", found)
    bare = re.sub(r"<sup>\d+</sup>|<mark class=\"m-error\">|</mark>", "", marked)
    assert bare == as_html(text)
