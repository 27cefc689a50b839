"""Edits are really made, really scored, and shown only with a clear gain."""

import pytest

from copyassist.desk.scoring.whatif import CLEAR, PROPOSERS, _drop_part, _swap_parts, suggest_edits
from copyassist.i18n import LANGUAGES, say
from tests.desk.scoring.helpers import drafts, scorer

TITLES = (
    "日常vlog｜北美租房避雷攻略",
    "😋😋达拉斯火锅",
    "周末！！！去哪儿",
    "【日记】芝加哥咖啡，打卡新店",
    "芝加哥必吃的五家店，日常vlog",
    "周末日常，北美最全攻略合集",
    "今天的碎片，达拉斯天花板级火锅攻略",
)


def test_gains_are_those_of_the_edited_title() -> None:
    desk = scorer([])
    found = 0
    for draft in drafts(*TITLES):
        before = desk.score_many([draft])[0]
        for edit in suggest_edits(desk, draft):
            found += 1
            after = desk.score_many(drafts(edit.title))[0]
            assert edit.title != draft.title.raw
            assert after.value == pytest.approx((before.value or 0) + edit.gain)
            assert edit.p_better >= CLEAR
            assert edit.gain > 0
    assert found >= 3


def test_one_edit_of_each_kind_best_first() -> None:
    desk = scorer([])
    for draft in drafts(*TITLES):
        edits = suggest_edits(desk, draft)
        assert len({edit.code for edit in edits}) == len(edits)
        assert [e.gain for e in edits] == sorted((e.gain for e in edits), reverse=True)


def test_nothing_without_evidence() -> None:
    assert suggest_edits(scorer([], platform="wechat"), drafts(TITLES[0])[0]) == []


@pytest.mark.parametrize("title", ["", "😋", "a", "，，，", "\u202e", "的" * 3000])
def test_odd_titles_have_no_edits_or_sane_ones(title: str) -> None:
    for edit in suggest_edits(scorer([]), drafts(title)[0]):
        assert edit.title.strip()


def test_every_edit_has_a_sentence() -> None:
    for code, _ in PROPOSERS:
        for language in LANGUAGES:
            assert say(language, f"edits.{code}")


def test_a_text_of_many_clauses_has_no_edits_of_its_parts() -> None:
    # Every pair of clauses swapped and scored would take half a minute.
    assert list(_swap_parts("早餐，午饭，" * 70)) == []
    assert list(_drop_part("早餐，午饭，" * 70)) == []
    assert len(list(_swap_parts("早餐，午饭，晚饭"))) == 3
