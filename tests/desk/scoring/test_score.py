"""Scores: evidence first, exact reasons, sane numbers for every kind of account and title."""

import itertools
import math

import pytest

from copyassist.desk.scoring import find_comparables, p_beats
from tests.desk.scoring.helpers import drafts, post, scorer

TITLES = ("北美租房避雷攻略，建议收藏", "日常vlog｜普通的一天", "没想到这家火锅这么好吃！！")
WORDLESS = ("", "😋😋😋", "？" * 300, "\ufffd", " \t ", "1", "的" * 5000)
ODD_TITLES = ("啊", "\u202e北京", *WORDLESS)


def test_contributions_sum_to_the_score() -> None:
    for history in ([], [post(10 + i, 100 - i) for i in range(30)]):
        found = scorer(history).score_many(drafts(*TITLES, *ODD_TITLES))
        assert [score.value for score in found[-len(WORDLESS) :]] == [None] * len(WORDLESS)
        for score in found[: -len(WORDLESS)]:
            assert score.value is not None
            assert 0 <= score.value <= 100
            total = math.fsum(c.points for c in score.contributions)
            assert total == pytest.approx(score.value - 50, abs=1e-6)


def test_pieces_are_pieces_of_the_title() -> None:
    titles = ("没想到…【好吃】ＡＢＣ咖啡", *TITLES)
    for title, score in zip(titles, scorer([]).score_many(drafts(*titles)), strict=True):
        pieces = [c.text for c in score.contributions if c.text]
        assert pieces
        assert all(piece in title for piece in pieces)


def test_scores_do_not_depend_on_company() -> None:
    desk = scorer([])
    together = desk.score_many(drafts(*TITLES, *ODD_TITLES))
    for draft, score in zip(drafts(*TITLES, *ODD_TITLES), together, strict=True):
        assert desk.score_many([draft])[0].value == pytest.approx(score.value)


def test_p_beats_is_antisymmetric() -> None:
    desk = scorer([])
    for first, second in itertools.product(desk.score_many(drafts(*TITLES)), repeat=2):
        one, other = p_beats(desk, first, second), p_beats(desk, second, first)
        assert one is not None
        assert other is not None
        assert one + other == pytest.approx(1)
        assert (one > 0.5) == (first.value > second.value)  # type: ignore[operator]


def test_no_number_without_evidence() -> None:
    desk = scorer([post(10, 100 - i) for i in range(8)], platform="wechat")
    first, second = desk.score_many(drafts(*TITLES[:2]))
    assert first.value is None
    assert first.evidence.kind == "none"
    assert first.evidence.needed == 4
    assert first.interval is None
    assert first.contributions == ()
    assert p_beats(desk, first, second) is None


def test_no_number_in_a_language_that_was_not_measured_there() -> None:
    english = scorer([]).score_many(drafts("this is an english headline for nobody"))[0]
    assert english.value is None
    assert english.evidence.reason == "no_model_language"


def test_reference_is_the_account_where_it_has_posts() -> None:
    assert scorer([]).score_many(drafts(*TITLES))[0].reference == "training"
    own = scorer([post(10, 100 - i, title="北美租房攻略") for i in range(9)])
    assert own.score_many(drafts(*TITLES))[0].reference == "account"


def test_the_average_title_of_an_account_scores_about_fifty() -> None:
    own = scorer([post(10, 100 - i, title="北美租房攻略") for i in range(30)])
    value = own.score_many(drafts("北美租房攻略"))[0].value
    assert value == pytest.approx(50, abs=3)


def test_interval_in_figures_needs_own_posts() -> None:
    bare = scorer([]).score_many(drafts(TITLES[0]))[0].interval
    assert bare is not None
    assert 0 < bare.low < bare.high
    assert bare.low_value is None
    own = scorer([post(100, 100 - i) for i in range(9)]).score_many(drafts(TITLES[0]))[0].interval
    assert own is not None
    assert own.low_value is not None
    assert own.high_value is not None
    assert 0 <= own.low_value < own.high_value


def test_interval_ends_at_nothing() -> None:
    """Of an account that usually has 1 like, ratios below 1/2 would mean fewer than none."""
    few = scorer([post(1, 100 - i) for i in range(9)]).score_many(drafts(TITLES[1]))[0].interval
    assert few is not None
    assert few.low_value == 0
    assert few.low == pytest.approx(1 / 2)
    assert few.high > 1


@pytest.mark.parametrize(
    "history",
    [
        [post(10, 100)],
        [post(10, 100 - i) for i in range(40)],
        [post(0, 100 - i) for i in range(40)],
        [post(10, -i) for i in range(40)],
        [post(10, 100 - i, title="😋😋") for i in range(40)],
        [post(10, 100 - i, title="") for i in range(40)],
        [post(None, 100 - i) for i in range(40)],
        [post(1e12, 100 - i, bound="at_least") for i in range(40)],
    ],
    ids=["one", "equal", "zero", "future", "emoji", "untitled", "unknown", "bounds"],
)
def test_odd_accounts_are_scored(history: list) -> None:  # type: ignore[type-arg]
    for platform in ("xiaohongshu", "wechat"):
        for score in scorer(history, platform).score_many(drafts(*TITLES, *ODD_TITLES)):
            assert score.value is None or math.isfinite(score.value)


def test_comparables_are_the_most_similar_own_posts() -> None:
    history = [post(10 + i, 100 - i, title=f"第{i}次烘焙面包记录") for i in range(10)]
    history += [post(50, 60, title="芝加哥租房避雷攻略"), post(9, 50, title="周末看电影")]
    found = find_comparables(scorer(history), drafts("芝加哥租房攻略来了")[0])
    assert found[0].rated.post.title == "芝加哥租房避雷攻略"
    assert 0 < found[0].similarity <= 1
    assert find_comparables(scorer([]), drafts("芝加哥")[0]) == []
    assert find_comparables(scorer(history), drafts("")[0]) == []


def test_comparables_share_a_topic_not_a_pattern() -> None:
    titles = (
        "后悔买的三样东西",
        "去皖南看油菜花的三天",
        "皖南小村里住了一晚",
        "烤吐司的三种懒人吃法",
        "隔夜吐司怎么复烤",
        "周末看电影",
        "三样东西不值得买",
    )
    history = [post(10 + i, 100 - i, title=title) for i, title in enumerate(titles * 2)]
    desk = scorer(history)

    def find(title: str) -> set[str]:
        return {c.rated.post.title for c in find_comparables(desk, drafts(title)[0], 6)}

    assert find("去皖南后悔没带的三样东西") == {titles[1], titles[2]}
    assert find("吐司边别扔，三种吃法") == {titles[3], titles[4]}
    assert find("后悔的三件事") == set()
