"""What a writer does again and again, told with how it did."""

from datetime import UTC, datetime, timedelta

from copyassist.desk.habits import DAYS, find_habits, find_pattern
from copyassist.keywords import extract_keywords
from copyassist.text import parse, parse_text
from copyassist.types import Draft, Finding, Post, RatedPost

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def rated(titles: list[str], ratio: float | None = 1.5, days: int = 4) -> list[RatedPost]:
    return [
        RatedPost(
            post=Post(title=title, platform="x", published_at=NOW - timedelta(days=days * n)),
            metric="views",
            value=None,
            ratio=ratio,
        )
        for n, title in enumerate(titles, 1)
    ]


def find(title: str, posts: list[RatedPost]) -> list[Finding]:
    parsed = parse(Draft(title=title))
    return find_habits(parsed.title, extract_keywords(parsed), posts, NOW)


SAME = ["为什么我劝你不要熬夜？", "为什么我劝你不要囤货？", "为什么我劝你不要买烤箱？"]


def test_a_pattern_used_often_is_told_with_how_it_did() -> None:
    assert find_pattern(parse_text(SAME[0])) == find_pattern(parse_text("为什么我劝你不要裸辞？"))
    (found,) = [f for f in find("为什么我劝你不要裸辞？", rated(SAME)) if "pattern" in f.code]
    assert found.code == "pattern_often"
    assert found.params["count"] == 3
    assert found.params["times"] == 1.5
    (found,) = [f for f in find("为什么我劝你不要裸辞？", rated(SAME, None)) if "pattern" in f.code]
    assert found.code == "pattern_often_unrated"


def test_what_is_long_ago_or_rare_is_not_told() -> None:
    assert find("为什么我劝你不要裸辞？", rated(SAME, days=DAYS + 1)) == []
    assert find("为什么我劝你不要裸辞？", rated(SAME[:2])) == []
    assert find("番茄炒蛋", rated(["番茄炖牛腩", "番茄意面", "番茄沙拉"])) == []


def test_a_topic_that_was_covered_is_told() -> None:
    posts = rated(["巴斯克蛋糕不塌的三个细节", "第一次烤巴斯克蛋糕就成功"])
    codes = [finding.code for finding in find("巴斯克蛋糕的烤箱温度到底多少", posts)]
    assert codes == ["topic_again"]
