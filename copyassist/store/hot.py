"""What was seen on hot lists and feeds, and what is known of each source.

A poll is stored whole or not at all: its row, its sightings and the source's state are one
transaction, so that a killed collector leaves nothing half written.
"""

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from copyassist.store.clock import from_seconds, latest, to_seconds
from copyassist.store.engine import reading, writing
from copyassist.store.hot_rows import (
    dump_state,
    insert_missing_state,
    insert_sightings,
    load_state,
    pack_poll,
    upsert_items,
)
from copyassist.store.schema import hot_items, hot_sightings, polls, source_states
from copyassist.types.news import HotItem, Poll, PollOutcome, SourceState

_GOOD = tuple(outcome.value for outcome in PollOutcome if outcome.is_good)
Snapshot = tuple[datetime, Sequence[HotItem]]
"""A list at one moment."""

_SKEW = 60  # seconds that two collectors may have read the clock apart
_BATCH = 200  # archive polls in one transaction: short enough to let others write in between


class HotStore:
    """Polls, sightings and source states. Safe for threads and processes.

    Every verb may raise StoreError; nothing is then changed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- writing -------------------------------------------------------------------------------

    def claim(
        self,
        source: str,
        now: datetime,
        until: datetime,
        by: str = "",
        is_gone: Callable[[str], bool] = lambda _: False,
    ) -> SourceState | None:
        """Takes a source for one collector until it saves a poll, or `until` at the latest.

        `by` names the collector; `is_gone` tells of another's name whether it runs no more: what
        it claimed is free. The source's present state, or None where another collector has it.
        """
        claim = {
            "b_source": source,
            "b_now": to_seconds(now),
            "b_until": to_seconds(until),
            "b_ahead": to_seconds(until) + _SKEW,
            "b_by": by,
            "b_gone": None,
        }
        with writing(self._engine) as connection:
            row = connection.execute(_CLAIM, claim).one_or_none()
            if row is None and insert_missing_state(connection, source):
                row = connection.execute(_CLAIM, claim).one_or_none()
            if row is None:
                other = connection.scalar(_CLAIMED_BY, {"b_source": source})
                if other and is_gone(other):
                    row = connection.execute(_CLAIM, {**claim, "b_gone": other}).one_or_none()
            return None if row is None else load_state(row)

    def release(self, source: str, by: str = "") -> None:
        """Gives a claimed source back without a poll, where it is still `by`'s."""
        with writing(self._engine) as connection:
            row = update(source_states).where(
                source_states.c.source == source, source_states.c.claimed_by == by
            )
            connection.execute(row.values(claimed_until=None, claimed_by=None))

    def save_poll(
        self,
        poll: Poll,
        items: Sequence[HotItem],
        state: SourceState | None = None,
        *,
        only_new: bool = False,
    ) -> Poll:
        """Stores one poll with its rows and the source's new state; returns it with its id.

        A SAME poll repeats the rows of the last good one. `only_new` leaves out rows that the
        source had before: a feed shows its entries for weeks, and edits them. Setting `state` ends the claim.
        """
        with writing(self._engine) as connection:
            if poll.outcome is PollOutcome.SAME and not only_new:
                items = _load_items(connection, _find_last_good(connection, poll.source))
            saved = _insert_poll(connection, poll)
            if items:
                seen = [(poll.seen_at, item) for item in items]
                rows = upsert_items(connection, poll.source, seen, edited=only_new)
                shown = [row for row in rows if row[2]] if only_new else rows
                insert_sightings(connection, [(saved, shown)])
            if state is not None:
                values = {**dump_state(state), "b_source": state.source}
                if not connection.execute(_SET_STATE, values).rowcount:
                    insert_missing_state(connection, state.source)
                    connection.execute(_SET_STATE, values)
            return replace(poll, id=saved)

    def save_archive(self, source: str, snapshots: Sequence[Snapshot]) -> int:
        """Stores imported history; a moment that the source already has is left as it is.

        Returns how many snapshots were new. Each batch of 200 is one transaction.
        """
        return sum(
            self._save_batch(source, snapshots[start : start + _BATCH])
            for start in range(0, len(snapshots), _BATCH)
        )

    def _save_batch(self, source: str, snapshots: Sequence[Snapshot]) -> int:
        with writing(self._engine) as connection:
            times = [to_seconds(when) for when, _ in snapshots]
            known = set(
                connection.scalars(
                    select(polls.c.seen_at).where(
                        polls.c.source == source,
                        polls.c.seen_at.in_(times),
                        polls.c.outcome.in_(_GOOD),
                    )
                )
            )
            new = {to_seconds(when): (when, items) for when, items in snapshots}
            _insert_archive(
                connection, source, [one for when, one in new.items() if when not in known]
            )
            return len(new.keys() - known)

    def describe_items(self, source: str, items: Sequence[HotItem], when: datetime) -> int:
        """Adds descriptions and categories to rows of a source by title, new rows included.

        Returns how many rows were told something. No sighting is invented.
        """
        with writing(self._engine) as connection:
            for start in range(0, len(items), _BATCH):
                some = items[start : start + _BATCH]
                upsert_items(connection, source, [(when, item) for item in some])
        return len(items)

    def set_usual_rows(self, source: str, rows: int) -> None:
        """Says how long the list usually is: the user accepts a list that became shorter."""
        with writing(self._engine) as connection:
            insert_missing_state(connection, source)
            row = update(source_states).where(source_states.c.source == source)
            connection.execute(row.values(usual_rows=rows, next_try=None))

    def forget_source(self, source: str) -> None:
        """Deletes everything seen on a source, and its state."""
        with writing(self._engine) as connection:
            for table in (polls, hot_items, source_states):
                connection.execute(delete(table).where(table.c.source == source))

    def forget_before(self, moment: datetime) -> int:
        """Deletes the polls before a moment and rows nobody sees any more; returns the polls."""
        with writing(self._engine) as connection:
            old = delete(polls).where(polls.c.seen_at < to_seconds(moment))
            count = connection.execute(old).rowcount
            seen = select(hot_sightings.c.item_id)
            lost = hot_items.c.first_seen < to_seconds(moment)
            connection.execute(delete(hot_items).where(lost, hot_items.c.id.not_in(seen)))
            return count

    # --- reading -------------------------------------------------------------------------------

    def newest(self) -> int:
        """The id of the newest poll, 0 without any: a key for caches."""
        with reading(self._engine) as connection:
            return int(connection.scalar(select(func.max(polls.c.id))) or 0)

    def states(self) -> dict[str, SourceState]:
        """What is known of each source that was ever asked."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(source_states))
            return {row.source: load_state(row) for row in rows}

    def polls(
        self,
        since: datetime,
        until: datetime | None = None,
        *,
        sources: Sequence[str] | None = None,
        good_only: bool = True,
    ) -> list[Poll]:
        """The polls in [since, until), oldest first: the moments at which a list was looked at."""
        query = _between(select(polls), since, until, sources)
        if good_only:
            query = query.where(polls.c.outcome.in_(_GOOD))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(polls.c.seen_at, polls.c.id))
            return [_unpack_poll(row) for row in rows]

    def sightings(
        self,
        since: datetime,
        until: datetime | None = None,
        *,
        sources: Sequence[str] | None = None,
    ) -> list[HotItem]:
        """Every row seen in [since, until), by time, poll and place in the list."""
        query = _between(_SIGHTINGS, since, until, sources)
        query = query.order_by(polls.c.seen_at, polls.c.id, hot_sightings.c.place)
        with reading(self._engine) as connection:
            return [_unpack_item(row) for row in connection.execute(query)]

    def sightings_of(self, poll_ids: Sequence[int]) -> list[HotItem]:
        """Every row of the named polls, by time, poll and place in the list."""
        found: list[HotItem] = []
        with reading(self._engine) as connection:
            for start in range(0, len(poll_ids), _BATCH):
                query = _SIGHTINGS.where(polls.c.id.in_(poll_ids[start : start + _BATCH]))
                query = query.order_by(polls.c.seen_at, polls.c.id, hot_sightings.c.place)
                found += [_unpack_item(row) for row in connection.execute(query)]
        return found

    def latest(self, sources: Sequence[str] | None = None) -> dict[str, list[HotItem]]:
        """The last good list of each source: its rows in order, stamped with when it was seen."""
        with reading(self._engine) as connection:
            query = select(polls.c.source).distinct()
            names = sources if sources is not None else list(connection.scalars(query))
            found = {
                name: _load_items(connection, _find_last_good(connection, name)) for name in names
            }
        return {name: items for name, items in found.items() if items}


_SIGHTINGS: Select[Any] = (
    select(
        polls.c.seen_at,
        hot_items.c.source,
        hot_items.c.title,
        hot_items.c.external_id,
        hot_items.c.url,
        hot_items.c.description,
        hot_items.c.category,
        hot_items.c.published_at,
        hot_sightings.c.rank,
        hot_sightings.c.heat,
        hot_sightings.c.heat_text,
        hot_sightings.c.label,
        hot_sightings.c.kind,
    )
    .join_from(hot_sightings, polls, hot_sightings.c.poll_id == polls.c.id)
    .join(hot_items, hot_sightings.c.item_id == hot_items.c.id)
)


_INSERT_POLL = insert(polls).returning(polls.c.id)
_CLAIM = (
    update(source_states)
    .where(
        source_states.c.source == bindparam("b_source"),
        source_states.c.claimed_until.is_(None)
        | (source_states.c.claimed_until <= bindparam("b_now"))
        # Longer than any claim: it was made under a clock that was ahead.
        | (source_states.c.claimed_until > bindparam("b_ahead"))
        | (source_states.c.claimed_by == bindparam("b_gone")),
    )
    .values(claimed_until=bindparam("b_until"), claimed_by=bindparam("b_by"))
    .returning(source_states)
)
_CLAIMED_BY = select(source_states.c.claimed_by).where(
    source_states.c.source == bindparam("b_source")
)
_SET_STATE = (
    update(source_states)
    .where(source_states.c.source == bindparam("b_source"))
    .values({name: bindparam(name) for name in dump_state(SourceState(source=""))})
    .values(claimed_until=None, claimed_by=None)
)


def _between(
    query: Select[Any], since: datetime, until: datetime | None, sources: Sequence[str] | None
) -> Select[Any]:
    query = query.where(polls.c.seen_at >= to_seconds(since))
    if until is not None:
        query = query.where(polls.c.seen_at < to_seconds(until))
    return query if sources is None else query.where(polls.c.source.in_(sources))


def _find_last_good(connection: Connection, source: str) -> int | None:
    """The newest good poll that has rows: a feed's poll without news has none."""
    query = (
        select(polls.c.id)
        .where(polls.c.source == source, polls.c.outcome.in_(_GOOD))
        .where(select(hot_sightings.c.place).where(hot_sightings.c.poll_id == polls.c.id).exists())
        # What was seen in a time to come was seen under a clock that was ahead: only for want of else.
        .order_by(polls.c.seen_at > latest(), polls.c.seen_at.desc(), polls.c.id.desc())
        .limit(1)
    )
    found: int | None = connection.scalar(query)
    return found


def _load_items(connection: Connection, poll_id: int | None) -> list[HotItem]:
    if poll_id is None:
        return []
    query = _SIGHTINGS.where(hot_sightings.c.poll_id == poll_id).order_by(hot_sightings.c.place)
    return [_unpack_item(row) for row in connection.execute(query)]


def _insert_poll(connection: Connection, poll: Poll) -> int:
    saved: int = connection.scalars(_INSERT_POLL, pack_poll(poll)).one()
    return saved


def _insert_archive(connection: Connection, source: str, snapshots: Sequence[Snapshot]) -> None:
    """All of a batch in a few statements: rows, then polls, then where each row stood."""
    if not snapshots:
        return
    rows = iter(
        upsert_items(connection, source, [(when, i) for when, items in snapshots for i in items])
    )
    packed = [
        pack_poll(Poll(source=source, seen_at=when, outcome=PollOutcome.ARCHIVE, rows=len(items)))
        for when, items in snapshots
    ]
    statement = insert(polls).returning(polls.c.id, sort_by_parameter_order=True)
    ids = connection.scalars(statement, packed).all()
    insert_sightings(
        connection,
        [
            (poll_id, list(itertools.islice(rows, len(items))))
            for poll_id, (_, items) in zip(ids, snapshots, strict=True)
        ],
    )


def _unpack_poll(row: Row[Any]) -> Poll:
    return Poll(
        id=row.id,
        source=row.source,
        seen_at=from_seconds(row.seen_at),
        outcome=PollOutcome(row.outcome),
        rows=row.rows,
        way=row.way,
        error=row.error,
        params=json.loads(row.params),
    )


def _unpack_item(row: Row[Any]) -> HotItem:
    return HotItem(
        source=row.source,
        title=row.title,
        url=row.url,
        rank=row.rank,
        heat=row.heat,
        heat_text=row.heat_text,
        label=row.label,
        pinned=bool(row.kind & 1),
        advert=bool(row.kind & 2),
        description=row.description,
        category=row.category,
        seen_at=from_seconds(row.seen_at),
        published_at=None if row.published_at is None else from_seconds(row.published_at),
        external_id=row.external_id,
    )
