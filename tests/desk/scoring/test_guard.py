"""What is no title gets no score, and what is stuck on, said again or too long earns nothing."""

import random

import pytest

from copyassist.desk.scoring.fluency import measure_fluency, reduce_signs
from copyassist.desk.scoring.guard import UNLIKE, strip_calls
from copyassist.text import parse_text
from tests.desk.scoring.helpers import drafts, post, scorer

ORDINARY = (
    "周末去哪儿玩？这家咖啡店值得一去",
    "北京今天迎来入冬后的第一场雪",
    "新手第一次做红烧肉就成功了",
    "大理旅游攻略",
    "iPhone 17 Pro 用了一个月的真实感受",
    "后悔买的三样东西",
    "哈哈哈哈哈哈太好笑了吧",
)
NO_TITLES = {
    "我的周末日常我的周末日常": "title_repeats",
    "新手做红烧肉，新手做红烧肉！": "title_repeats",
    "周末" + "攻略" * 10: "title_repeats",
    "好吃！！！！！！！！！！！！": "title_mostly_symbols",
    "2024.10.27": "title_only_digits",
    "！！！": "title_only_symbols",
    "": "title_empty",
    "雪一入来场第北天今的冬京迎后": "title_unlike",
    "齉龘靐驫麤鱻爨齾": "title_unlike",
}


def test_ordinary_titles_are_scored() -> None:
    for title, score in zip(ORDINARY, scorer([]).score_many(drafts(*ORDINARY)), strict=True):
        assert score.value is not None, title


@pytest.mark.parametrize(("title", "reason"), NO_TITLES.items())
def test_what_is_no_title_gets_no_score_and_says_why(title: str, reason: str) -> None:
    score = scorer([]).score_many(drafts(title))[0]
    assert score.value is None
    assert score.evidence.reason == reason
    assert score.evidence.wordless


def test_own_posts_do_not_lift_the_guard() -> None:
    own = scorer([post(10 + i, 100 - i, title=ORDINARY[i % 6]) for i in range(40)])
    assert [s.value for s in own.score_many(drafts(*NO_TITLES))] == [None] * len(NO_TITLES)


@pytest.mark.parametrize("title", ORDINARY[:3])
def test_what_is_stuck_on_to_a_title_earns_nothing(title: str) -> None:
    stuck = [f"一定要看！{title}", f"震惊！！{title}", f"{title}，建议收藏", f"{title}攻略攻略攻略"]
    first, *others = scorer([]).score_many(drafts(title, *stuck))
    assert first.value is not None
    for other in others:
        assert other.value == pytest.approx(first.value, abs=1)


def test_a_word_that_belongs_to_the_title_counts() -> None:
    assert strip_calls(parse_text("大理旅游攻略")).raw == "大理旅游攻略"
    assert strip_calls(parse_text("我和她分手了攻略")).raw == "我和她分手了"


@pytest.mark.parametrize(
    "filler", ["啊", "真的太好吃了姐妹们一定要去", "的了是我在有人这中大来上个国"]
)
@pytest.mark.parametrize("title", ORDINARY[:3])
def test_nothing_is_gained_beyond_the_limit(title: str, filler: str) -> None:
    padded = (title + filler * 40)[:36]
    first, other = scorer([]).score_many(drafts(title, padded))
    assert first.value is not None
    assert other.value is None or other.value <= first.value + 0.01


def test_shuffled_characters_read_less_like_titles() -> None:
    chooser = random.Random(3)
    titles = [parse_text(title) for title in ORDINARY[:3]]
    shuffled = [parse_text("".join(chooser.sample(t.raw, len(t.raw)))) for t in titles]
    for before, after in zip(measure_fluency(titles), measure_fluency(shuffled), strict=True):
        assert before > after
        assert before > UNLIKE


def test_a_latin_word_a_number_and_emoji_count_as_one_sign() -> None:
    assert reduce_signs("iphone 17 pro开箱😋😋!") == "a0a开箱\x04!"
    assert measure_fluency([]).size == 0


def test_reading_unlike_titles_is_a_reason_with_points() -> None:
    found = scorer([]).score_many(drafts("京后的入冬雪第一场北今天迎来"), shown=99)[0]
    if found.value is None:
        assert found.evidence.reason == "title_unlike"
    else:
        [unlike] = [c for c in found.contributions if c.feature == "unlike_titles"]
        assert unlike.points < 0
