"""What is kept of topics: the ids of titles, what the user joined and split, visits, heats."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from copyassist.store.clock import SKEW, from_seconds, to_seconds
from copyassist.store.engine import reading, writing
from copyassist.store.schema import hot_sightings, polls, topic_choices, topic_titles, visits
from copyassist.types.news import PollOutcome

VISIT_GAP = timedelta(minutes=30)  # a look within half an hour of the last one is the same visit
KEPT = timedelta(days=7)  # a title not seen for longer starts a new topic when it comes back
_GOOD = tuple(outcome.value for outcome in PollOutcome if outcome.is_good)
_BATCH = 400  # keys in one statement: SQLite takes 32,766 parameters, older ones 999


class StoredChoice(NamedTuple):
    """Two titles by their keys, and whether they belong together: join or split."""

    one: str
    two: str
    verdict: str


class TopicStore:
    """Topic ids, choices and visits. Safe for threads and processes. Every verb may raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- ids of topics -------------------------------------------------------------------------

    def known(self) -> dict[str, str]:
        """The topic id of every title that was seen lately, by its key."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(topic_titles.c.key, topic_titles.c.topic))
            return {row.key: row.topic for row in rows}

    def keep(self, topics: Mapping[str, str], now: datetime) -> None:
        """Stores the topic ids of titles; those not kept for a week are forgotten."""
        rows = [
            {"key": key, "topic": topic, "kept_at": to_seconds(now)}
            for key, topic in topics.items()
        ]
        with writing(self._engine) as connection:
            old = delete(topic_titles).where(topic_titles.c.kept_at < to_seconds(now - KEPT))
            connection.execute(old)
            for start in range(0, len(rows), _BATCH):
                some = rows[start : start + _BATCH]
                keys = [row["key"] for row in some]
                connection.execute(delete(topic_titles).where(topic_titles.c.key.in_(keys)))
                connection.execute(insert(topic_titles), some)

    # --- what the user chose -------------------------------------------------------------------

    def choices(self) -> list[StoredChoice]:
        """Everything the user joined and split, the oldest first."""
        query = select(topic_choices).order_by(
            topic_choices.c.chosen_at, topic_choices.c.one, topic_choices.c.two
        )
        with reading(self._engine) as connection:
            return [
                StoredChoice(row.one, row.two, row.verdict) for row in connection.execute(query)
            ]

    def choose(self, choices: Iterable[StoredChoice], now: datetime) -> None:
        """Keeps choices; a later one replaces an earlier one on the same two titles."""
        found = {(min(c.one, c.two), max(c.one, c.two)): c.verdict for c in choices}
        with writing(self._engine) as connection:
            for (one, two), verdict in found.items():
                pair = (topic_choices.c.one == one, topic_choices.c.two == two)
                connection.execute(delete(topic_choices).where(*pair))
                row = {"one": one, "two": two, "verdict": verdict, "chosen_at": to_seconds(now)}
                connection.execute(insert(topic_choices).values(row))

    def forget_choices(self) -> int:
        """Takes back everything the user joined and split; how many pairs that were."""
        with writing(self._engine) as connection:
            return connection.execute(delete(topic_choices)).rowcount

    # --- visits --------------------------------------------------------------------------------

    def visit(self, page: str, now: datetime) -> datetime | None:
        """Notes that a page is looked at; gives when the visit before this one ended, or None.

        Looks within half an hour of each other are one visit.
        """
        with writing(self._engine) as connection:
            row = connection.execute(select(visits).where(visits.c.page == page)).one_or_none()
            if row is None or row.latest > to_seconds(now) + SKEW:  # the clock was ahead
                connection.execute(delete(visits).where(visits.c.page == page))
                values = {"page": page, "latest": to_seconds(now), "previous": None}
                connection.execute(insert(visits).values(values))
                return None
            same = to_seconds(now) - row.latest <= VISIT_GAP.total_seconds()
            previous = row.previous if same else row.latest
            change = {"latest": max(row.latest, to_seconds(now)), "previous": previous}
            connection.execute(update(visits).where(visits.c.page == page).values(change))
            return None if previous is None else from_seconds(previous)

    def previous_visit(self, page: str, now: datetime) -> datetime | None:
        """When the visit before this one ended, without noting a look; None before the second."""
        with reading(self._engine) as connection:
            row = connection.execute(select(visits).where(visits.c.page == page)).one_or_none()
        if row is None or row.latest > to_seconds(now) + SKEW:
            return None
        same = to_seconds(now) - row.latest <= VISIT_GAP.total_seconds()
        previous = row.previous if same else row.latest
        return None if previous is None else from_seconds(previous)

    def mark_seen(self, page: str, now: datetime) -> None:
        """Counts everything up to now as seen."""
        seconds = to_seconds(now)
        with writing(self._engine) as connection:
            connection.execute(delete(visits).where(visits.c.page == page))
            row = {"page": page, "latest": seconds, "previous": seconds}
            connection.execute(insert(visits).values(row))

    # --- what the lists showed -----------------------------------------------------------------

    def last_good(self, until: datetime) -> datetime | None:
        """When a list was last seen up to a moment, None where none was."""
        query = select(func.max(polls.c.seen_at)).where(
            polls.c.outcome.in_(_GOOD), polls.c.seen_at <= to_seconds(until)
        )
        with reading(self._engine) as connection:
            seconds = connection.scalar(query)
        return None if seconds is None else from_seconds(int(seconds))

    def heats(self, source: str, since: datetime, until: datetime, most: int) -> list[float]:
        """About `most` of the heats that a source showed in [since, until), from evenly chosen polls."""
        between = (
            polls.c.source == source,
            polls.c.seen_at >= to_seconds(since),
            polls.c.seen_at < to_seconds(until),
            polls.c.outcome.in_(_GOOD),
        )
        with reading(self._engine) as connection:
            query = select(polls.c.id, polls.c.rows).where(*between).order_by(polls.c.seen_at)
            looked = connection.execute(query).all()
            step = max(1, sum(row.rows for row in looked) // most)
            return _load_heats(connection, [row.id for row in looked[::step]])


def _load_heats(connection: Connection, ids: Sequence[int]) -> list[float]:
    found: list[float] = []
    for start in range(0, len(ids), _BATCH):
        query = select(hot_sightings.c.heat).where(
            hot_sightings.c.poll_id.in_(ids[start : start + _BATCH]),
            hot_sightings.c.heat.is_not(None),
            hot_sightings.c.kind == 0,
        )
        found += connection.scalars(query)
    return found
