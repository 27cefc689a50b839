"""The imports that were made, and taking one back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select

from copyassist.errors import UsageError
from copyassist.store.clock import from_seconds, latest
from copyassist.store.figures import Figures, dump_figures, observe
from copyassist.store.posts import FIELDS, update_posts
from copyassist.store.records import ImportReceipt, UndoReceipt
from copyassist.store.schema import imports, observations, posts, sightings
from copyassist.store.sightings import find_keys, fold_all
from copyassist.types import MetricValue

_REFOLDED = ("id", *FIELDS, "key_title", "key_url", "key_time", "figures", "figures_of")
_CHUNK = 500  # posts in one IN (…): well below every database's limit of parameters


def load_imports(connection: Connection, account_id: int | None) -> list[ImportReceipt]:
    """The imports that stand, newest first."""
    query = select(imports).order_by(imports.c.id.desc())
    if account_id is not None:
        query = query.where(imports.c.account_id == account_id)
    return [_receipt(row) for row in connection.execute(query)]


def undo_import(connection: Connection, import_id: int) -> UndoReceipt:
    """Removes what the import said, and the posts that no other import knows.

    Posts that others know keep what those said and what the user edited; posts that the user
    deleted stay deleted. Raises UsageError import_unknown.
    """
    row = connection.execute(select(imports).where(imports.c.id == import_id)).one_or_none()
    if row is None:
        raise UsageError("import_unknown", number=import_id)
    named = sightings.c.import_id == import_id
    touched = list(connection.scalars(select(sightings.c.post_id).where(named)))
    number = select(func.count()).where(observations.c.import_id == import_id)
    removed_observations = connection.scalar(number) or 0
    connection.execute(delete(imports).where(imports.c.id == import_id))
    removed = _drop_orphans(connection, touched)
    _refold(connection, [post for post in touched if post not in removed])
    return UndoReceipt(
        import_id=import_id,
        file=row.file,
        observations=removed_observations,
        removed_posts=len(removed),
        kept_posts=len(touched) - len(removed),
    )


def _receipt(row: Row[Any]) -> ImportReceipt:
    return ImportReceipt(
        id=row.id,
        file=row.file,
        form=row.form,
        account_id=row.account_id,
        platform=row.platform,
        as_of=from_seconds(row.as_of),
        imported_at=from_seconds(row.imported_at),
        new_posts=row.new_posts,
        updated_posts=row.updated_posts,
        unchanged_posts=row.unchanged_posts,
        observations=row.observations,
        rejected_rows=row.rejected_rows,
    )


def _drop_orphans(connection: Connection, touched: Sequence[int]) -> set[int]:
    orphans: list[int] = []
    for chunk in _chunks(touched):
        seen = select(sightings.c.post_id).where(sightings.c.post_id.in_(chunk))
        query = select(posts.c.id).where(
            posts.c.id.in_(chunk), posts.c.id.not_in(seen), posts.c.deleted_at.is_(None)
        )
        orphans += connection.scalars(query)
    if orphans:
        statement = delete(posts).where(posts.c.id == bindparam("b_id"))
        connection.execute(statement, [{"b_id": post} for post in orphans])
    return set(orphans)


def _refold(connection: Connection, kept: Sequence[int]) -> None:
    for chunk in _chunks(kept):
        figures = _load_figures(connection, chunk)
        stored = _load_stored(connection, chunk)
        query = (
            select(sightings)
            .where(sightings.c.post_id.in_(chunk))
            .order_by(sightings.c.post_id, sightings.c.import_id)
        )
        seen = connection.execute(query).mappings().all()
        rows: list[Mapping[str, object]] = []
        for post, group in groupby(seen, key=lambda row: row["post_id"]):
            fields = fold_all(dict(row) for row in group)
            edited = {name: stored[post][name] for name in json.loads(stored[post]["edited"])}
            found = dump_figures(figures.get(post, {}))
            rows.append({"id": post, **fields, **edited, **find_keys(fields), **found})
        update_posts(connection, _REFOLDED, rows)


def _load_figures(connection: Connection, chunk: Sequence[int]) -> dict[int, Figures]:
    bound = latest()  # what is later came under a clock that was ahead: before all others
    query = (
        select(observations)
        .where(observations.c.post_id.in_(chunk))
        .order_by(observations.c.as_of <= bound, observations.c.as_of, observations.c.import_id)
    )
    figures: dict[int, Figures] = {}
    for row in connection.execute(query):
        value = MetricValue(row.value, row.bound)
        observe(figures.setdefault(row.post_id, {}), row.metric, value, row.as_of, bound)
    return figures


def _load_stored(connection: Connection, chunk: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    query = select(posts).where(posts.c.id.in_(chunk))
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
