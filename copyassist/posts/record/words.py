"""An account's record on one platform, as headed sentences and tables, and as JSON.

Everything in a section is plain text that may hold the user's own words: escape it for HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from copyassist.desk.scoring.baseline import is_rate
from copyassist.desk.scoring.results import TESTABLE, Bin, Estimate, Results, TraitGroup
from copyassist.i18n import Language, find_sentence, say
from copyassist.reading.zones import CHINA
from copyassist.types import Account, Platform, RatedPost

SCHEMA = "copyassist.record/1"
DIMENSIONS = ("words", "kind", "hour", "weekday")
GROUPS_SHOWN = 6  # at each end: the best and the worst say what there is to say
POSTS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What happened on one platform of one account; accounts and platforms are never mixed.

    `rated` are its posts, oldest first. `left_out` counts older posts that were not looked at.
    """

    account: Account
    platform: Platform
    results: Results
    rated: tuple[RatedPost, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, sentences, and a table where there is one. `bins` are to be drawn as well."""

    key: str
    heading: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bins: tuple[Bin, ...] = ()


def head_record(language: Language, record: Record) -> Section:
    """Whose record on which platform, in which metric, with the notices that belong above it."""
    account = record.account
    followed = account.relation == "followed"
    results = record.results
    name = record.platform.name(language)
    heading = say(
        language,
        "evaluate.heading_followed" if followed else "evaluate.heading",
        account=account.name,
        platform=name,
    )
    metric = find_sentence(language, f"metrics.{results.metric}") or results.metric or "—"
    lines = [say(language, "evaluate.metric", metric=metric, posts=results.posts)]
    if record.left_out:
        lines.append(say(language, "evaluate.newest", count=len(record.rated)))
    if account.is_demo:
        lines.insert(0, say(language, "evaluate.simulated"))
    elif followed:
        lines.insert(0, say(language, "evaluate.followed"))
    return Section(key="head", heading=heading, lines=tuple(lines))


def describe_record(language: Language, record: Record) -> Iterator[Section]:
    """The sections below the head: the score's record, calibration, groups, the newest posts."""
    results = record.results
    yield Section(
        key="record",
        heading=say(language, "evaluate.section.record"),
        lines=tuple(_judge_score(language, results)),
    )
    if results.bins:
        yield _calibration(language, results.bins)
    for dimension in DIMENSIONS:
        if groups := results.groups.get(dimension, ()):
            yield _groups(language, dimension, groups)
    yield _verdicts(language, record)


def _judge_score(language: Language, results: Results) -> Iterator[str]:
    right, coverage = results.pairs_right, results.coverage
    if right is None or coverage is None:
        key = f"results.untested.{results.untested}"
        yield say(language, key, posts=results.posts, needed=TESTABLE)
        return
    yield say(
        language,
        "results.pairs_right",
        tested=results.tested,
        percent=100 * right.value,
        low=100 * right.low,
        high=100 * right.high,
    )
    yield say(language, "results.coverage", percent=100 * coverage)


def _calibration(language: Language, bins: Sequence[Bin]) -> Section:
    return Section(
        key="calibration",
        heading=say(language, "evaluate.section.calibration"),
        lines=(say(language, "evaluate.bins", posts=min(one.posts for one in bins)),),
        columns=tuple(say(language, f"results.bin.{n}") for n in ("stated", "real", "posts")),
        rows=tuple((f"{b.stated:.0%}", f"{b.observed:.0%}", str(b.posts)) for b in bins),
        bins=tuple(bins),
    )


def _groups(language: Language, dimension: str, groups: Sequence[TraitGroup]) -> Section:
    names = ("name", "ratio", "interval", "posts", "verdict")
    return Section(
        key=dimension,
        heading=say(language, f"evaluate.section.{dimension}"),
        lines=(say(language, "evaluate.caution"),) if dimension == "words" else (),
        columns=tuple(say(language, f"evaluate.column.{name}") for name in names),
        rows=tuple(_group(language, dimension, one) for one in _choose(dimension, groups)),
    )


def _choose(dimension: str, groups: Sequence[TraitGroup]) -> list[TraitGroup]:
    """Best first, those with too few posts last; hours and weekdays stay in their order."""
    if dimension == "weekday":
        return list(groups)
    if dimension == "hour":
        return sorted(groups, key=lambda group: int(group.name.split("-")[0]))
    known = sorted(groups, key=lambda group: -(group.ratio.value if group.ratio else -1.0))
    if len(known) > 2 * GROUPS_SHOWN:
        return known[:GROUPS_SHOWN] + known[-GROUPS_SHOWN:]
    return known


def _group(language: Language, dimension: str, group: TraitGroup) -> tuple[str, ...]:
    area = {"words": "features", "weekday": "results.weekday"}.get(dimension, "")
    name = (find_sentence(language, f"{area}.{group.name}") if area else None) or group.name
    if dimension == "hour":
        name = say(language, "evaluate.hours", span=name.replace("-", "–"))
    if group.ratio is None:
        few = say(language, "evaluate.group.few")
        return name, "—", "—", str(group.posts), few
    return (
        name,
        f"{group.ratio.value:.2f}×",
        f"{group.ratio.low:.2f}–{group.ratio.high:.2f}×",
        str(group.posts),
        say(language, f"evaluate.group.{_judge(group.ratio)}"),
    )


def _judge(ratio: Estimate) -> str:
    """Better or worse only where the whole interval says so."""
    if ratio.low > 1:
        return "better"
    return "worse" if ratio.high < 1 else "unclear"


# --- posts -----------------------------------------------------------------------------------------


def _verdicts(language: Language, record: Record) -> Section:
    names = ("title", "day", "value", "usual", "ratio", "verdict")
    known = [rated for rated in record.rated if rated.value is not None]
    return Section(
        key="verdicts",
        heading=say(language, "evaluate.section.verdicts"),
        columns=tuple(say(language, f"evaluate.column.{name}") for name in names),
        rows=tuple(_post(language, rated) for rated in known[::-1][:POSTS_SHOWN]),
    )


def _post(language: Language, rated: RatedPost) -> tuple[str, ...]:
    when = rated.post.published_at
    return (
        rated.post.title,
        when.astimezone(CHINA).strftime("%Y-%m-%d") if when else "—",
        _figure(rated.value, rated.metric),
        _figure(rated.usual, rated.metric),
        "—" if rated.ratio is None else f"{rated.ratio:.2f}×",
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


def record_to_json(record: Record) -> dict[str, Any]:
    """The record as `copyassist evaluate --format json` prints it; unknown is null."""
    account = record.account
    return {
        "account": account.name,
        "relation": account.relation,
        "demo": account.is_demo,
        "platform": record.platform.id,
        **asdict(record.results),
        "left_out": record.left_out,
        "newest": [
            {
                "title": one.post.title,
                "published_at": one.post.published_at.isoformat()
                if one.post.published_at
                else None,
                "value": one.value,
                "usual": one.usual,
                "ratio": one.ratio,
                "verdict": judge_post(one),
            }
            for one in record.rated[::-1][:POSTS_SHOWN]
            if one.value is not None
        ],
    }
