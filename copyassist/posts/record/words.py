"""An account's record on one platform, as headed sentences and tables, and as JSON.

Everything in a section is plain text that may hold the user's own words: escape it for HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from copyassist.desk.scoring.results import Bin, Estimate, Results, TraitGroup
from copyassist.i18n import Language, find_sentence, say
from copyassist.posts.record.posts import (
    POSTS_SHOWN,
    describe_extremes,
    describe_meetings,
    describe_newest,
    extreme_to_json,
    find_extremes,
    meeting_to_json,
    post_to_json,
)
from copyassist.posts.record.shape import Record, Section
from copyassist.posts.record.summary import name_group, sum_up

SCHEMA = "copyassist.record/1"
DIMENSIONS = ("words", "kind", "hour", "weekday")
GROUPS_SHOWN = 6  # at each end: the best and the worst say what there is to say


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
    """The sections below the head: what to know first, calibration last."""
    results = record.results
    yield Section(
        key="record",
        heading=say(language, "evaluate.section.record"),
        lines=tuple(sum_up(language, results)),
    )
    if record.meetings:
        yield describe_meetings(language, record.meetings)
    yield from describe_extremes(language, record)
    for dimension in DIMENSIONS:
        if groups := results.groups.get(dimension, ()):
            yield _groups(language, dimension, groups)
    yield describe_newest(language, record)
    if results.bins:
        yield _calibration(language, results.bins)


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
    name = name_group(language, dimension, group)
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


# --- JSON ------------------------------------------------------------------------------------------


def record_to_json(record: Record) -> dict[str, Any]:
    """The record as `copyassist evaluate --format json` prints it; unknown is null."""
    account = record.account
    ends = find_extremes(record)
    return {
        "account": account.name,
        "relation": account.relation,
        "demo": account.is_demo,
        "platform": record.platform.id,
        **_measured(record.results),
        "left_out": record.left_out,
        "newest": [
            post_to_json(one) for one in record.rated[::-1][:POSTS_SHOWN] if one.value is not None
        ],
        **{end: [extreme_to_json(one) for one in found] for end, found in ends.items()},
        "published": [meeting_to_json(one) for one in record.meetings],
    }


def _measured(results: Results) -> dict[str, Any]:
    """All figures; the single posts have their own lists."""
    return {
        name: value for name, value in asdict(replace(results, told=())).items() if name != "told"
    }
