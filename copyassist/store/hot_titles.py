"""Titles of hot lists by the words in them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, func, or_, select

from copyassist.store.clock import from_seconds, to_seconds
from copyassist.store.engine import reading
from copyassist.store.schema import hot_items, hot_sightings, polls


def find_hot_titles(
    engine: Engine, words: Sequence[str], since: datetime, limit: int
) -> list[tuple[str, str, datetime, int]]:
    """Titles with any of the words seen since a moment: source, title, last seen, how often.

    The last seen come first.
    """
    if not words:
        return []
    last = func.max(polls.c.seen_at)
    query = (
        select(hot_items.c.source, hot_items.c.title, last, func.count())
        .join_from(hot_items, hot_sightings, hot_sightings.c.item_id == hot_items.c.id)
        .join(polls, hot_sightings.c.poll_id == polls.c.id)
        .where(or_(*(hot_items.c.title.contains(word, autoescape=True) for word in words)))
        .where(polls.c.seen_at >= to_seconds(since))
        .group_by(hot_items.c.source, hot_items.c.title)
        .order_by(last.desc(), hot_items.c.title)
        .limit(limit)
    )
    with reading(engine) as connection:
        return [
            (str(source), str(title), from_seconds(int(seen)), int(count))
            for source, title, seen, count in connection.execute(query)
        ]
