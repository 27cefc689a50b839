"""A replacement goes where the finding was, or nowhere."""

from dataclasses import replace

import pytest

from copyassist.types import Finding, Severity, Span
from copyassist.ui.desk.editing import (
    MAX_UNDO,
    DraftText,
    Judged,
    is_same_draft,
    push_undo,
    replace_finding,
    replace_title,
    split_titles,
)

FINDING = Finding(code="x", severity=Severity.ERROR, span=Span("title", 0, 1), replacement="很")
JUDGED = Judged(title="最好的茶", body="正文最好")


def test_the_span_is_replaced() -> None:
    assert replace_finding(DraftText(title="最好的茶"), JUDGED, FINDING) == DraftText(
        title="很好的茶"
    )


def test_in_the_body() -> None:
    finding = replace(FINDING, span=Span("body", 2, 3))
    now = DraftText(title="t", body="正文最好")
    assert replace_finding(now, JUDGED, finding) == DraftText(title="t", body="正文很好")


def test_an_edit_before_it_moves_the_place() -> None:
    assert replace_finding(DraftText(title="今天最好的茶"), JUDGED, FINDING) == DraftText(
        title="今天很好的茶"
    )


def test_words_that_are_gone_or_doubled_are_left_alone() -> None:
    assert replace_finding(DraftText(title="好的茶"), JUDGED, FINDING) is None
    assert replace_finding(DraftText(title="这最好那最好"), JUDGED, FINDING) is None


def test_an_insertion_needs_the_text_unchanged() -> None:
    insertion = replace(FINDING, span=Span("title", 4, 4), replacement="。")
    assert replace_finding(DraftText(title="最好的茶"), JUDGED, insertion) == DraftText(
        title="最好的茶。"
    )
    assert replace_finding(DraftText(title="最好的茶叶"), JUDGED, insertion) is None


def test_nothing_to_offer_changes_nothing() -> None:
    assert (
        replace_finding(DraftText(title="最"), JUDGED, replace(FINDING, replacement=None)) is None
    )
    assert replace_finding(DraftText(title="最"), JUDGED, replace(FINDING, span=None)) is None


def test_of_several_titles_only_the_judged_line_changes() -> None:
    judged = replace(JUDGED, line=1)
    assert replace_finding(DraftText(title="最新\n最好的茶"), judged, FINDING) == DraftText(
        title="最新\n很好的茶"
    )
    assert replace_finding(DraftText(title="最好的茶"), judged, FINDING) == DraftText(
        title="很好的茶"
    )


def test_titles_are_the_lines_that_say_something() -> None:
    assert split_titles("一\r\n\n  \n二") == [(0, "一"), (3, "二")]
    assert split_titles("") == []


def test_undo_forgets_the_oldest() -> None:
    stack: list[DraftText] = []
    for n in range(MAX_UNDO + 3):
        stack = push_undo(stack, DraftText(title=str(n)))
    assert len(stack) == MAX_UNDO
    assert stack[-1].title == str(MAX_UNDO + 2)


def test_a_title_is_replaced_where_it_stands() -> None:
    judged = Judged(title="旧", body="", line=1)
    assert replace_title(DraftText(title="甲\n旧"), judged, "新") == DraftText(title="甲\n新")
    assert replace_title(DraftText(title="旧\n甲"), judged, "新") == DraftText(title="新\n甲")
    assert replace_title(DraftText(title="旧\n甲\n旧"), judged, "新") is None
    assert replace_title(DraftText(title="改过"), judged, "新") is None


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (DraftText(title="周末去皖南"), DraftText(title="周末去皖南吧"), True),
        (DraftText(title="周末去皖南"), DraftText(title="三十平小家的收纳"), False),
        (DraftText(title="甲", body="同一篇正文"), DraftText(title="乙", body="同一篇正文"), True),
        (DraftText(title="甲\n乙"), DraftText(title="丙\n乙"), True),
        (DraftText(title="甲", body=""), DraftText(title="乙", body=""), False),
    ],
)
def test_a_draft_is_known_again(before: DraftText, after: DraftText, same: bool) -> None:
    assert is_same_draft(before, after) is same
