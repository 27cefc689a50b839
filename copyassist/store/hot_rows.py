"""Between the hot topics' records and their rows."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from copyassist.store.clock import from_seconds, to_seconds
from copyassist.store.schema import hot_items, hot_sightings, source_states
from copyassist.text.parse import repair
from copyassist.types.news import HotItem, Poll, SourceState, WayState

ItemRow = tuple[int, HotItem, bool]
"""A stored row's id, what was seen, and whether it was new."""

# Built once: putting a statement together costs more than running it.
_COLUMNS = (
    hot_items.c.id,
    hot_items.c.key,
    hot_items.c.url,
    hot_items.c.description,
    hot_items.c.category,
    hot_items.c.published_at,
)
_OF_SOURCE = hot_items.c.source == bindparam("b_source")
_KNOWN = select(*_COLUMNS).where(
    _OF_SOURCE, hot_items.c.key.in_(bindparam("b_keys", expanding=True))
)
_KNOWN_BY_ID = (
    select(*_COLUMNS, hot_items.c.external_id, hot_items.c.title)
    .where(_OF_SOURCE, hot_items.c.external_id.in_(bindparam("b_ids", expanding=True)))
    .order_by(hot_items.c.id)  # the newest one stays
)
_DIGITS = re.compile(r"\d+")
_ALIKE = 0.6  # of the characters of two titles of one entry
_TOLD = ("url", "description", "category", "published_at")


def find_key(item: HotItem) -> str:
    """What a row is recognised by within its source: the platform's key and the title."""
    return hashlib.blake2b(
        f"{item.external_id}\n{item.title}".encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


def pack_poll(poll: Poll) -> dict[str, Any]:
    """The columns of a poll, without its id."""
    return {
        "source": poll.source,
        "seen_at": to_seconds(poll.seen_at),
        "outcome": poll.outcome.value,
        "rows": poll.rows,
        "way": poll.way,
        "error": poll.error,
        "params": _dump(poll.params),
    }


def upsert_items(
    connection: Connection,
    source: str,
    seen: Sequence[tuple[datetime, HotItem]],
    *,
    edited: bool = False,
) -> list[ItemRow]:
    """The rows of what was `seen`, in its order; new ones are inserted, known ones told more.

    `edited`: one with the platform's key of a known row is that row with another title.
    """
    keyed = [(find_key(item), when, item) for when, item in seen]
    known = _load_known(connection, source, list({key for key, _, _ in keyed}))
    if edited:
        found = _find_edited(connection, source, [one for one in keyed if one[0] not in known])
        found = {key: row for key, row in found.items() if row.key not in known}
        known |= {row.key: row for row in found.values()}
        keyed = [(found[key].key if key in found else key, when, item) for key, when, item in keyed]
    fresh = {key: (when, item) for key, when, item in reversed(keyed) if key not in known}
    ids = {key: int(row.id) for key, row in known.items()}
    if fresh:
        ids |= _insert_items(connection, source, fresh)
    _tell(connection, [(known[key], item) for key, _, item in keyed if key in known])
    return [(ids[key], item, key in fresh) for key, _, item in keyed]


def _load_known(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for start in range(0, len(keys), 400):  # within every database's limit of parameters
        values = {"b_source": source, "b_keys": keys[start : start + 400]}
        found |= {row.key: row for row in connection.execute(_KNOWN, values)}
    return found


def _find_edited(
    connection: Connection, source: str, keyed: Sequence[tuple[str, datetime, HotItem]]
) -> dict[str, Row[Any]]:
    """The rows that are known under an earlier title, by the keys of the new ones; told the new.

    A key that several entries share names none of them, nor does one that a site gives to each new
    entry: the title must be alike, or the time the same.
    """
    counts = Counter(item.external_id for _, _, item in keyed)
    asked = {
        repair(item.external_id)[0]: (key, item)
        for key, _, item in keyed
        if item.external_id and counts[item.external_id] == 1
    }
    rows: dict[str, Row[Any]] = {}
    for start in range(0, len(asked), 400):
        values = {"b_source": source, "b_ids": list(asked)[start : start + 400]}
        rows |= {row.external_id: row for row in connection.execute(_KNOWN_BY_ID, values)}
    found = {asked[name][0]: row for name, row in rows.items() if _is_edit(row, asked[name][1])}
    titles = [
        {"b_id": found[key].id, "b_title": repair(item.title)[0]}
        for key, item in asked.values()
        if key in found
    ]
    if titles:
        statement = update(hot_items).where(hot_items.c.id == bindparam("b_id"))
        connection.execute(statement.values(title=bindparam("b_title")), titles)
    return found


def _is_edit(row: Row[Any], item: HotItem) -> bool:
    published = None if item.published_at is None else to_seconds(item.published_at)
    if published is not None and row.published_at is not None:
        if published == row.published_at:
            return True
        if _DIGITS.sub("", row.title) == _DIGITS.sub("", item.title):
            return False  # the next number of a series, at an address that always shows the newest
    return SequenceMatcher(None, row.title, item.title).ratio() >= _ALIKE


def _insert_items(
    connection: Connection, source: str, fresh: Mapping[str, tuple[datetime, HotItem]]
) -> dict[str, int]:
    rows = [
        {
            "source": source,
            "key": key,
            "title": repair(item.title)[0],
            "external_id": repair(item.external_id)[0],
            "first_seen": to_seconds(when),
            **_pack_told(item),
        }
        for key, (when, item) in fresh.items()
    ]
    # Not "returning": on SQLite that is one statement per row, and half of a poll's time.
    connection.execute(insert(hot_items), rows)
    return {key: int(row.id) for key, row in _load_known(connection, source, list(fresh)).items()}


def _pack_told(item: HotItem) -> dict[str, Any]:
    published = item.published_at
    return {
        "url": repair(item.url)[0],
        "description": repair(item.description)[0],
        "category": repair(item.category)[0],
        "published_at": None if published is None else to_seconds(published),
    }


def _tell(connection: Connection, pairs: Sequence[tuple[Row[Any], HotItem]]) -> None:
    """Known rows take what a new sighting says; silence never wipes out what was known."""
    changes = []
    for row, item in pairs:
        told = _pack_told(item)
        merged = {name: told[name] or getattr(row, name) for name in _TOLD}
        if any(merged[name] != getattr(row, name) for name in _TOLD):
            changes.append(
                {f"b_{name}": value for name, value in merged.items()} | {"b_id": row.id}
            )
    if changes:
        statement = update(hot_items).where(hot_items.c.id == bindparam("b_id"))
        values: dict[str, Any] = {name: bindparam(f"b_{name}") for name in _TOLD}
        connection.execute(statement.values(values), changes)


def insert_sightings(
    connection: Connection, polls: Sequence[tuple[int, Sequence[ItemRow]]]
) -> None:
    """Stores where each row stood in each poll."""
    packed = [
        {
            "poll_id": poll_id,
            "place": place,
            "item_id": item_id,
            "rank": item.rank,
            "heat": item.heat,
            "heat_text": repair(item.heat_text)[0],
            "label": repair(item.label)[0],
            "kind": item.pinned + 2 * item.advert,
        }
        for poll_id, rows in polls
        for place, (item_id, item, _) in enumerate(rows)
    ]
    if packed:
        connection.execute(insert(hot_sightings), packed)


def insert_missing_state(connection: Connection, source: str) -> bool:
    """Makes sure that the source has a row; whether that was missing."""
    values: dict[str, Any] = {**dump_state(SourceState(source=source)), "source": source}
    statement = _insert_ignoring(connection, source_states).values(**values)
    return bool(connection.execute(statement).rowcount)


def _insert_ignoring(connection: Connection, table: Table) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()


def dump_state(state: SourceState) -> dict[str, Any]:
    """The columns of a state, without its key."""
    return {
        "last_try": _pack_time(state.last_try),
        "last_good": _pack_time(state.last_good),
        "good_rows": state.good_rows,
        "usual_rows": state.usual_rows,
        "failures": state.failures,
        "error": state.error,
        "params": _dump(state.params),
        "next_try": _pack_time(state.next_try),
        "way": state.way,
        "ways": _dump(
            {
                address: {
                    "etag": way.etag,
                    "last_modified": way.last_modified,
                    "digest": way.digest,
                    "not_before": _pack_time(way.not_before),
                }
                for address, way in state.ways.items()
            }
        ),
    }


def load_state(row: Row[Any]) -> SourceState:
    """The state that a row says."""
    ways = {
        address: WayState(**{**way, "not_before": _unpack_time(way["not_before"])})
        for address, way in json.loads(row.ways).items()
    }
    return SourceState(
        source=row.source,
        last_try=_unpack_time(row.last_try),
        last_good=_unpack_time(row.last_good),
        good_rows=row.good_rows,
        usual_rows=row.usual_rows,
        failures=row.failures,
        error=row.error,
        params=json.loads(row.params),
        next_try=_unpack_time(row.next_try),
        way=row.way,
        ways=ways,
    )


def _dump(value: Mapping[str, object]) -> str:
    return repair(json.dumps(dict(value), ensure_ascii=False, default=str))[0]


def _pack_time(moment: datetime | None) -> int | None:
    return None if moment is None else to_seconds(moment)


def _unpack_time(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)
