"""Polls and health lines in words."""

from collections.abc import Mapping
from datetime import UTC, datetime

from copyassist.hiding import hide_secrets
from copyassist.i18n import Language, find_sentence, say, say_age, say_reason
from copyassist.news.sources.reading import clean
from copyassist.types.news import Poll, SourceHealth


def describe_error(language: Language, code: str, params: Mapping[str, object]) -> str:
    """Why a source gave nothing, in one sentence."""
    key = f"sources.error.{code}"
    if find_sentence(language, key) is None:
        return code
    shown = {name: clean(hide_secrets(str(value)), 200) for name, value in params.items()}
    if "reason" in shown:
        shown["reason"] = say_reason(language, shown["reason"])
    return say(language, key, **shown)


def describe_poll(language: Language, name: str, poll: Poll) -> str:
    """What one look gave, in one line."""
    if poll.outcome.is_good:
        return say(language, f"hot_cli.collect.{poll.outcome}", name=name, rows=poll.rows)
    reason = describe_error(language, poll.error, poll.params)
    return say(language, "hot_cli.collect.failed", name=name, reason=reason)


def describe_health(language: Language, line: SourceHealth, now: datetime | None = None) -> str:
    """How the source fares: last good, its error, its next try."""
    now = now or datetime.now(UTC)
    parts = [say(language, f"sources.shape.{line.shape}")]
    if not line.enabled:
        parts.append(say(language, "sources.health.off"))
    if line.last_good is not None:
        age = say_age(language, now - line.last_good)
        parts.append(say(language, "sources.health.last_good", age=age, rows=line.good_rows))
    elif line.last_try is not None:
        parts.append(say(language, "sources.health.never_good"))
    else:
        parts.append(say(language, "sources.health.never_tried"))
    if line.last_good is not None and line.is_stale(now):
        parts.append(say(language, "sources.health.stale"))
    if line.error:
        parts.append(describe_error(language, line.error, line.params))
    if line.enabled and line.next_try is not None and line.next_try > now:
        wait = say_age(language, line.next_try - now)
        parts.append(say(language, "sources.health.next_try", wait=wait))
    return say(language, "sources.health.separator").join(parts)
