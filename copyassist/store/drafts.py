"""Drafts that were looked at, with the reports they got."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from copyassist.errors import UsageError
from copyassist.store.clock import from_seconds, now
from copyassist.store.records import SavedDraft
from copyassist.store.schema import drafts
from copyassist.text.parse import repair
from copyassist.types import Draft, Purpose

KEPT = 200  # older drafts make room, but for those that were published


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
    connection.execute(
        delete(drafts).where(drafts.c.id < oldest_kept, drafts.c.published_at.is_(None))
    )
    return draft_id


def load_drafts(connection: Connection, limit: int) -> list[SavedDraft]:
    """The newest drafts first, at most `limit`."""
    query = select(drafts).order_by(drafts.c.id.desc()).limit(limit)
    return [_read(row) for row in connection.execute(query)]


def mark_draft(
    connection: Connection, draft_id: int, platform: str, account_id: int | None
) -> None:
    """Marks a draft as published now, "" takes the mark back. Raises UsageError draft_unknown.

    A draft of no account becomes that of the account.
    """
    statement = update(drafts).where(drafts.c.id == draft_id)
    changed = connection.execute(
        statement.values(
            published_at=now() if platform else None,
            published_on=platform or None,
            account_id=func.coalesce(drafts.c.account_id, account_id),
        )
    )
    if changed.rowcount == 0:
        raise UsageError("draft_unknown", number=draft_id)


def load_published(connection: Connection, account_id: int, platform: str) -> list[SavedDraft]:
    """The drafts of an account that were marked as published on a platform, oldest first."""
    query = select(drafts).where(
        drafts.c.account_id == account_id, drafts.c.published_on == platform
    )
    return [_read(row) for row in connection.execute(query.order_by(drafts.c.id))]


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
        published_at=None if row.published_at is None else from_seconds(row.published_at),
        published_on=row.published_on or "",
    )
