"""Drafts that were looked at, with the reports they got."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from copyassist.errors import UsageError
from copyassist.store.clock import from_seconds, now
from copyassist.store.records import SavedDraft
from copyassist.store.schema import drafts
from copyassist.text.parse import repair
from copyassist.types import Draft, Purpose

KEPT = 200  # older drafts make room


def insert_draft(
    connection: Connection,
    draft: Draft,
    reports: Sequence[Mapping[str, object]],
    account_id: int | None,
) -> int:
    """Keeps a draft with its reports and forgets the oldest beyond KEPT. Returns its id."""
    statement = insert(drafts).values(
        account_id=account_id,
        saved_at=now(),
        draft=_dump(asdict(draft)),
        reports=_dump(list(reports)),
    )
    draft_id: int = connection.scalars(statement.returning(drafts.c.id)).one()
    oldest_kept = (
        select(drafts.c.id).order_by(drafts.c.id.desc()).offset(KEPT - 1).limit(1)
    ).scalar_subquery()
    connection.execute(delete(drafts).where(drafts.c.id < oldest_kept))
    return draft_id


def load_drafts(connection: Connection, limit: int) -> list[SavedDraft]:
    """The newest drafts first, at most `limit`."""
    query = select(drafts).order_by(drafts.c.id.desc()).limit(limit)
    return [_read(row) for row in connection.execute(query)]


def remove_draft(connection: Connection, draft_id: int) -> None:
    """Forgets a draft. Raises UsageError draft_unknown."""
    if connection.execute(delete(drafts).where(drafts.c.id == draft_id)).rowcount == 0:
        raise UsageError("draft_unknown", number=draft_id)


def _dump(document: object) -> str:
    return repair(json.dumps(document, ensure_ascii=False))[0]


def _read(row: Row[Any]) -> SavedDraft:
    kept = json.loads(row.draft)
    kept["purpose"] = Purpose(kept["purpose"])
    return SavedDraft(
        id=row.id,
        account_id=row.account_id,
        saved_at=from_seconds(row.saved_at),
        draft=Draft(**kept),
        reports=tuple(json.loads(row.reports)),
    )
