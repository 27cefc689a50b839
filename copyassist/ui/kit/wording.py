"""How the pages say figures: against the account's usual, with how sure and how ordinary."""

from datetime import datetime

from copyassist.posts.importing import METRICS
from copyassist.reading.zones import CHINA
from copyassist.types import Interval, Measure, MetricValue, RatedPost
from copyassist.ui.kit.platforms import metric_name
from copyassist.ui.kit.sentences import words

# The platforms date their posts in Beijing time, and so do their exports.
NO_DIFFERENCE = (0.45, 0.55)


def say_number(value: float | None, metric: str = "") -> str:
    """A metric's value: rates as percent, durations in seconds, counts with separators."""
    if value is None:
        return "—"
    kind = METRICS.get(metric, "count")
    if kind == "rate":
        return f"{value:.1%}"
    if kind == "seconds":
        return say_duration(value)
    return f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:,.1f}"


def say_metric(found: MetricValue | None, metric: str) -> str:
    """A figure with the sign of its bound, "—" where there is none."""
    if found is None:
        return "—"
    sign = {"exact": "", "at_least": "≥ ", "at_most": "≤ "}[found.bound]
    return sign + say_number(found.value, metric)


def say_day(moment: datetime | None) -> str:
    """The day in Beijing, "—" where unknown."""
    return moment.astimezone(CHINA).strftime("%Y-%m-%d") if moment else "—"


def say_against_usual(rated: RatedPost) -> str:
    """A post's figure against the account's usual: "3,000, half of a usual 6,000"."""
    if rated.value is None:
        return words("rated.no_value", metric=metric_name(rated.metric))
    value = say_number(rated.value, rated.metric)
    if rated.ratio is None or rated.usual is None:
        return words("rated.no_usual", value=value, metric=metric_name(rated.metric))
    return words(
        "rated.against",
        value=value,
        usual=say_number(rated.usual, rated.metric),
        ratio=say_ratio(rated.ratio),
        metric=metric_name(rated.metric),
    )


def say_ratio(ratio: float) -> str:
    """How many times the usual: one decimal from 0.1 up, two below."""
    return f"{ratio:.1f}" if ratio >= 0.1 else f"{ratio:.2f}"


def say_ordinary(rated: RatedPost) -> str:
    """How ordinary such a result is for this account, "" where too few posts tell."""
    share = rated.rank_share
    if share is None:
        return ""
    if not rated.mature:
        return words("rated.young")
    if share >= 0.9:
        return words("rated.top", percent=round(100 * (1 - share)) or 1)
    if share <= 0.1:
        return words("rated.bottom", percent=round(100 * share) or 1)
    if 0.25 <= share <= 0.75:
        return words("rated.ordinary", percent=round(100 * share))
    return words("rated.above" if share > 0.5 else "rated.below", percent=round(100 * share))


def say_interval(interval: Interval, metric: str) -> str:
    """What the post may reach, in the metric's unit where the account's posts allow it."""
    percent = round(100 * interval.coverage)
    low, high = say_ratio(interval.low), say_ratio(interval.high)
    if interval.low_value is None or interval.high_value is None:
        return words("score.interval", percent=percent, low=low, high=high)
    return words(
        "score.interval_values",
        percent=percent,
        low=low,
        high=high,
        low_value=say_number(interval.low_value, metric),
        high_value=say_number(interval.high_value, metric),
        metric=metric_name(metric) if metric else "",
    )


def say_beats(chance: float) -> str:
    """P(A beats B), or that there is no clear difference."""
    percent = f"{100 * chance:.0f}%"
    low, high = NO_DIFFERENCE
    if low <= chance <= high:
        return words("compare.no_difference", percent=percent)
    return words("compare.beats" if chance > high else "compare.loses", percent=percent)


def say_limit(measure: Measure) -> str:
    """A measured length beside its limit, in the platform's counting."""
    value = f"{measure.value:g}"
    if measure.maximum is None:
        return value
    return f"{value} / {measure.maximum:g}"


def say_duration(seconds: float | None) -> str:
    """A length of time as people say it; "—" where unknown."""
    if seconds is None:
        return "—"
    if seconds < 60:
        return words("time.seconds", n=round(seconds) or 1)
    if seconds < 5400:
        return words("time.minutes", n=round(seconds / 60))
    return words("time.hours", n=f"{seconds / 3600:.1f}")
