"""review(draft, desk): pure, ordered, quiet about what the user ignores."""

from datetime import UTC, datetime, timedelta

import pytest

from copyassist.desk.context import Context
from copyassist.desk.review import Desk, compare, prepare, review, review_many
from copyassist.desk.rules import Rules
from copyassist.desk.scoring import load_models
from copyassist.platforms import load_platforms
from copyassist.resources import find_models
from copyassist.types import Account, Draft, Exemption, MetricValue, Post, Severity

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BAD = "全网最低价的最佳护肤品，下单立减！！！"


def make_posts(count: int, platform: str = "xiaohongshu") -> tuple[Post, ...]:
    return tuple(
        Post(
            title=f"阳台种菜第{number}天，今天收了{number % 7}个番茄",
            platform=platform,
            published_at=NOW - timedelta(days=20 + 2 * (count - number)),
            metrics={"views": MetricValue(1000.0 + 37 * (number % 11))},
            id=number,
        )
        for number in range(count)
    )


def make_desk(
    posts: tuple[Post, ...] = (), platform: str = "xiaohongshu", ignored: tuple[str, ...] = ()
) -> Desk:
    context = Context(
        platform=load_platforms()[platform],
        now=NOW,
        account=Account(id=1, name="我") if posts else None,
        posts=tuple(post for post in posts if post.platform == platform),
        history=posts,
    )
    return prepare(
        context,
        load_models(find_models()),
        rules=Rules(exemptions=tuple(Exemption(rule=key) for key in ignored)),
    )


def test_the_same_draft_gets_the_same_report() -> None:
    desk = make_desk(make_posts(40))
    draft = Draft(title=BAD)
    assert review(draft, desk) == review(draft, desk)
    # Sums over several titles at once may differ in the last bit, and in nothing else.
    for together in review_many([draft, draft], desk):
        assert together.findings == review(draft, desk).findings
        assert together.score.value == pytest.approx(review(draft, desk).score.value, abs=1e-9)


def test_worst_findings_come_first() -> None:
    report = review(Draft(title=BAD), make_desk())
    ranks = [finding.severity.rank for finding in report.findings]
    assert ranks == sorted(ranks, reverse=True)
    assert report.worst is report.findings[0].severity


def test_ignored_findings_stay_away() -> None:
    shown = review(Draft(title=BAD), make_desk()).findings
    quiet = review(Draft(title=BAD), make_desk(ignored=(shown[0].key,))).findings
    assert shown[0].key not in {finding.key for finding in quiet}
    assert len(quiet) < len(shown)


def test_a_title_published_before_is_a_warning() -> None:
    posts = make_posts(40)
    report = review(Draft(title=posts[3].title), make_desk(posts))
    assert report.matches[0].kind == "identical"
    assert any(
        finding.code == "duplicate_identical" and finding.severity is Severity.WARNING
        for finding in report.findings
    )


def test_the_same_title_elsewhere_is_only_worth_knowing() -> None:
    posts = make_posts(5, platform="zhihu")
    report = review(Draft(title=posts[3].title), make_desk(posts))
    found = [f for f in report.findings if f.code == "duplicate_elsewhere"]
    assert [finding.severity for finding in found] == [Severity.INFO]


def test_contributions_add_up() -> None:
    score = review(Draft(title="三十平米小家的收纳心得"), make_desk()).score
    assert score.value is not None
    assert sum(c.points for c in score.contributions) == pytest.approx(score.value - 50, abs=0.01)


def test_comparing_is_antisymmetric() -> None:
    drafts = [Draft(title=title) for title in ("早餐怎么吃", "三十平米小家的收纳心得", "周末")]
    chances = compare(drafts, make_desk()).p_beats
    for i in range(3):
        for j in range(3):
            first, second = chances[i][j], chances[j][i]
            assert first is not None
            assert second is not None
            assert first + second == pytest.approx(1)


@pytest.mark.parametrize("count", [0, 1, 4, 11])
def test_without_evidence_there_is_no_number(count: int) -> None:
    posts = make_posts(count, platform="zhihu")
    desk = make_desk(posts, platform="zhihu")
    comparison = compare([Draft(title="甲"), Draft(title="乙")], desk)
    assert all(report.score.value is None for report in comparison.reports)
    assert comparison.p_beats[0][1] is None
    assert comparison.reports[0].score.evidence.needed == 12 - count


def test_a_body_that_was_published_is_told() -> None:
    body = "窗台上的薄荷又长高了两寸，剪下来的枝条插在水杯里，三天就冒出了白色的根。"
    post = Post(title="薄荷怎么养", platform="xiaohongshu", published_at=None, body=body)
    desk = make_desk((post,))
    same = review(Draft(title="阳台上的新朋友", body=body), desk)
    assert "body_identical" in {finding.code for finding in same.findings}
    assert same.own_share is not None
    assert same.own_share.share == 0
    other = "今年我打算换个大一点的盆，再种一排迷迭香，看看谁先开花。"
    part = review(Draft(title="阳台上的新朋友", body=body[:30] + other), desk)
    assert "body_repeated" in {finding.code for finding in part.findings}
    assert part.own_share is not None
    assert part.passages_of[part.own_share.passages[0].source] == post


def test_a_title_that_repeats_another_row_is_told() -> None:
    titles = [
        "三百块改造出租屋，房东都想涨价",
        "减脂期的早餐",
        "震惊！三百块改造出租屋，房东都想涨价",
    ]
    reports = compare([Draft(title=title) for title in titles], make_desk()).reports
    told = [
        finding.params["row"]
        for report in reports
        for finding in report.findings
        if finding.code == "duplicate_row"
    ]
    assert told == [1]
