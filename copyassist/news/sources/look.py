"""One look at a source: its ways are asked in order, and what answers is read and judged.

Reading is bounded in time as fetching is, and any fault of a reader is that source's failure.
"""

import asyncio
import logging
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from copyassist.errors import SourceFormatError
from copyassist.hiding import hide_secrets
from copyassist.news.sources.answer import Answer
from copyassist.news.sources.decide import (
    SourceLook,
    find_validators,
    is_old,
    judge,
    may_ask,
    stamp,
)
from copyassist.news.sources.source import Page, Source
from copyassist.types.news import PollOutcome, SourceState

if TYPE_CHECKING:
    from copyassist.news.sources.fetch import Fetcher

LOGGER = logging.getLogger("copyassist.collecting")
READ_SECONDS = 30.0  # for one answer; the largest that is let in takes about three
_SHORT_BODY = 64 * 1024


async def look_at(fetcher: "Fetcher", source: Source, state: SourceState) -> SourceLook:
    """Tries the source's ways in order; the first that gives rows ends it."""
    answers: dict[str, Answer] = {}
    failed: list[SourceLook] = []
    for number, way in enumerate(source.ways):
        now = datetime.now(UTC)
        if not may_ask(source, state, number, now):
            continue
        answer = await fetcher.fetch(way, find_validators(source, state, number))
        answers[way.place] = answer
        look = await _read_aside(source, state, number, answer)
        if look.outcome.is_good:
            return replace(look, answers=answers)
        failed.append(look)
    # The first way is the best one: its failure is the one to tell.
    return replace(failed[0], answers=answers)


async def _read_aside(source: Source, state: SourceState, way: int, answer: Answer) -> SourceLook:
    """Feeds and long answers are read in a thread; for a short list the way there costs more."""
    short = answer.page is None or len(answer.page.body) < _SHORT_BODY
    if short and source.ways[way].parse is not None:
        return _read(source, state, way, answer)
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await asyncio.to_thread(_read, source, state, way, answer)
    except TimeoutError:
        look = SourceLook(way=way, seen_at=_seen_at(answer), outcome=PollOutcome.FORMAT)
        return replace(look, error="source_slow_to_read", params={"seconds": READ_SECONDS})


def _read(source: Source, state: SourceState, way: int, answer: Answer) -> SourceLook:
    look = SourceLook(way=way, seen_at=_seen_at(answer), outcome=answer.outcome)
    if answer.outcome is PollOutcome.SAME:
        return look
    if answer.page is None:
        return replace(look, error=answer.error, params=answer.params)
    return _read_page(source, state, look, answer.page)


def _seen_at(answer: Answer) -> datetime:
    return answer.page.seen_at if answer.page else datetime.now(UTC)


def trace() -> str:
    """The exception in hand for the log, without what addresses in it keep to themselves."""
    return hide_secrets(traceback.format_exc())


def fail_look(outcome: PollOutcome, error: Exception) -> SourceLook:
    """A look that ended in a fault of ours: what it was, in short, for the line of the source."""
    reason = hide_secrets(f"{type(error).__name__}: {error}")[:200]
    return SourceLook(
        way=0,
        seen_at=datetime.now(UTC),
        outcome=outcome,
        error="source_failed",
        params={"reason": reason},
    )


def _read_page(source: Source, state: SourceState, look: SourceLook, page: Page) -> SourceLook:
    try:
        items = stamp(source.ways[look.way].read(page), look.seen_at)
    except SourceFormatError as error:
        return replace(look, outcome=PollOutcome.FORMAT, error=error.code, params=error.params)
    except Exception as error:
        LOGGER.info("the answer of %s could not be read: %s", source.id, trace())
        failed = fail_look(PollOutcome.FORMAT, error)
        return replace(look, outcome=failed.outcome, error=failed.error, params=failed.params)
    made = source.ways[look.way].find_made(page)
    if items and is_old(source, look.seen_at - made):
        params = {"hours": round((look.seen_at - made) / timedelta(hours=1))}
        look = replace(look, outcome=PollOutcome.OLD, items=items, made=made)
        return replace(look, error="source_old", params=params)
    outcome = judge(source, state, items, page.body)
    if outcome is PollOutcome.EMPTY:
        return replace(look, outcome=outcome, error="source_empty")
    if outcome is PollOutcome.SHORT:
        params = {"rows": len(items), "usual": state.usual_rows}
        return replace(look, outcome=outcome, items=items, error="source_short", params=params)
    return replace(look, outcome=outcome, items=items)
