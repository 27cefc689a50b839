"""The posts of a record: the best and the worst, the published drafts, the newest."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from copyassist.desk.scoring.baseline import is_rate
from copyassist.desk.scoring.results import StatedPost
from copyassist.i18n import Language, say
from copyassist.posts.record.meeting import Meeting
from copyassist.posts.record.shape import Record, Section
from copyassist.reading.zones import CHINA
from copyassist.types import RatedPost

POSTS_SHOWN = 12
EXTREMES = 5  # best and worst posts that are named


def find_extremes(record: Record) -> Mapping[str, list[StatedPost]]:
    """The best and the worst posts against their usual, with what the score had said of them.

    Of those that were tested, where there are enough; else of all, whose score nobody stated.
    """
    told = list(record.results.told)
    if len(told) < 2 * EXTREMES:
        rated = [one for one in record.rated if one.mature and one.ratio is not None]
        told = [StatedPost(one, None, None, None) for one in rated]
    ordered = sorted(told, key=lambda one: -(one.post.ratio or 0.0))
    some = min(EXTREMES, len(ordered) // 2)
    return {"best": ordered[:some], "worst": ordered[::-1][:some]}


def describe_extremes(language: Language, record: Record) -> Iterator[Section]:
    """The best five and the worst five, expected against come."""
    names = ("title", "day", "value", "ratio", "score", "expected")
    for end, found in find_extremes(record).items():
        if not found:
            continue
        stated = any(one.score is not None for one in found)
        shown = names if stated else names[:4]
        yield Section(
            key=end,
            heading=say(language, f"evaluate.section.{end}"),
            columns=tuple(say(language, f"evaluate.column.{name}") for name in shown),
            rows=tuple(_told(one)[: len(shown)] for one in found),
        )


def _told(told: StatedPost) -> tuple[str, ...]:
    rated = told.post
    return (
        rated.post.title,
        _day(rated.post.published_at),
        _figure(rated.value, rated.metric),
        _ratio(rated.ratio),
        *_stated(told.score, told.low, told.high),
    )


def _stated(score: float | None, low: float | None, high: float | None) -> tuple[str, str]:
    between = "—" if low is None or high is None else f"{low:.2f}–{high:.2f}×"
    return ("—" if score is None else f"{score:.0f}"), between


def _ratio(ratio: float | None) -> str:
    return "—" if ratio is None else f"{ratio:.2f}×"


def _day(when: datetime | None) -> str:
    return when.astimezone(CHINA).strftime("%Y-%m-%d") if when else "—"


def describe_meetings(language: Language, meetings: Sequence[Meeting]) -> Section:
    """The drafts that were marked as published, beside their posts."""
    came = Counter(one.came for one in meetings)
    names = ("title", "day", "score", "expected", "ratio", "came")
    return Section(
        key="published",
        heading=say(language, "evaluate.section.published"),
        lines=(
            say(
                language,
                "evaluate.published",
                drafts=len(meetings),
                known=came["within"] + came["above"] + came["below"],
                within=came["within"],
                above=came["above"],
                below=came["below"],
            ),
        ),
        columns=tuple(say(language, f"evaluate.column.{name}") for name in names),
        rows=tuple(_meeting(language, one) for one in meetings[:POSTS_SHOWN]),
    )


def _meeting(language: Language, one: Meeting) -> tuple[str, ...]:
    return (
        one.title,
        _day(one.post.post.published_at if one.post else one.draft.published_at),
        *_stated(one.score, one.low, one.high),
        _ratio(one.post.ratio if one.post and one.post.mature else None),
        say(language, f"evaluate.came.{one.came}"),
    )


def describe_newest(language: Language, record: Record) -> Section:
    """The newest posts, each against what was usual then."""
    names = ("title", "day", "value", "usual", "ratio", "verdict")
    known = [rated for rated in record.rated if rated.value is not None]
    return Section(
        key="verdicts",
        heading=say(language, "evaluate.section.verdicts"),
        columns=tuple(say(language, f"evaluate.column.{name}") for name in names),
        rows=tuple(_post(language, rated) for rated in known[::-1][:POSTS_SHOWN]),
    )


def _post(language: Language, rated: RatedPost) -> tuple[str, ...]:
    return (
        rated.post.title,
        _day(rated.post.published_at),
        _figure(rated.value, rated.metric),
        _figure(rated.usual, rated.metric),
        _ratio(rated.ratio),
        say(language, f"evaluate.verdict.{judge_post(rated)}"),
    )


def _figure(value: float | None, metric: str) -> str:
    if value is None:
        return "—"
    return f"{value:.1%}" if is_rate(metric) else f"{value:,.0f}"


def judge_post(rated: RatedPost) -> str:
    """A post's verdict against its trailing median, by how ordinary it is for the account."""
    share = rated.rank_share
    if not rated.mature:
        return "young"
    if share is None:
        return "unknown"
    bounds = ((0.1, "bottom"), (0.25, "below"), (0.75, "ordinary"), (0.9, "above"))
    return next((verdict for bound, verdict in bounds if share <= bound), "top")


# --- JSON ------------------------------------------------------------------------------------------


def post_to_json(one: RatedPost) -> dict[str, Any]:
    """A post against its usual."""
    when = one.post.published_at
    return {
        "title": one.post.title,
        "published_at": when.isoformat() if when else None,
        "value": one.value,
        "usual": one.usual,
        "ratio": one.ratio,
        "verdict": judge_post(one),
    }


def extreme_to_json(told: StatedPost) -> dict[str, Any]:
    """A post with what was expected of it, null where nobody said."""
    return {
        **post_to_json(told.post),
        "expected": {"score": told.score, "low": told.low, "high": told.high},
    }


def meeting_to_json(one: Meeting) -> dict[str, Any]:
    """A published draft with what was expected, and its post, null while it is awaited."""
    marked = one.draft.published_at
    return {
        "draft": one.draft.id,
        "title": one.title,
        "marked_at": marked.isoformat() if marked else None,
        "expected": {"score": one.score, "low": one.low, "high": one.high},
        "post": None if one.post is None else post_to_json(one.post),
        "came": one.came,
    }
