"""Posts: reading them, and what the user does to one."""

import gc
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from copyassist.errors import UsageError
from copyassist.store.bulk import execute_rows
from copyassist.store.clock import from_seconds, now, to_seconds
from copyassist.store.figures import Values, parse_many
from copyassist.store.schema import posts
from copyassist.types import Post

# What an export says about a post, and what a user may correct.
FIELDS = ("title", "published_at", "kind", "platform_post_id", "url", "body")
EDITABLE = ("title", "published_at", "kind", "url", "body")

_SHOWN = select(posts.c.id, posts.c.platform, *(posts.c[name] for name in FIELDS), posts.c.figures)


def load_posts(connection: Connection, account_id: int, platform: str | None) -> list[Post]:
    """The account's posts, oldest first, those without a time before all others."""
    query = _SHOWN.where(posts.c.account_id == account_id, posts.c.deleted_at.is_(None)).order_by(
        posts.c.published_at.is_not(None), posts.c.published_at, posts.c.id
    )
    if platform is not None:
        query = query.where(posts.c.platform == platform)
    with _no_collection():
        return _read_all(connection.execute(query).all())


@contextmanager
def _no_collection() -> Iterator[None]:
    # 100,000 posts are a million small objects of which none is garbage: walking over them again
    # and again while they are made takes longer than making them.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def find_post(connection: Connection, post_id: int) -> Row[Any]:
    """The row of a post that is not deleted. Raises UsageError post_unknown."""
    row = connection.execute(
        select(posts).where(posts.c.id == post_id, posts.c.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        raise UsageError("post_unknown", post=post_id)
    return row


def read_post(connection: Connection, post_id: int) -> Post:
    """One post by its id. Raises UsageError post_unknown."""
    find_post(connection, post_id)
    return _read_all(connection.execute(_SHOWN.where(posts.c.id == post_id)).all())[0]


def change_post(connection: Connection, post_id: int, changes: Mapping[str, object]) -> None:
    """Sets fields of EDITABLE; later imports leave them as the user set them."""
    row = find_post(connection, post_id)
    values = {name: _plain(value) for name, value in changes.items() if name in EDITABLE}
    edited = sorted({*json.loads(row.edited), *values})
    connection.execute(
        update(posts).where(posts.c.id == post_id).values(**values, edited=json.dumps(edited))
    )


def update_posts(
    connection: Connection, names: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """Sets the columns `names` of many posts; `id`, the first of them, says which post it is."""
    marked = [f"b_{name}" for name in names]  # not the columns' own names: those are SET by them
    statement = (
        update(posts)
        .where(posts.c.id == bindparam("b_id"))
        .values({name: bindparam(f"b_{name}") for name in names[1:]})
    )
    execute_rows(connection, statement, marked, [[row[name] for name in names] for row in rows])


def set_deleted(connection: Connection, post_id: int, deleted: bool) -> None:
    """Hides a post or brings it back. Raises UsageError post_unknown."""
    known = posts.c.deleted_at.is_(None) if deleted else posts.c.deleted_at.is_not(None)
    result = connection.execute(
        update(posts)
        .where(posts.c.id == post_id, known)
        .values(deleted_at=now() if deleted else None)
    )
    if result.rowcount == 0:
        raise UsageError("post_unknown", post=post_id)


def count_platforms(connection: Connection, account_id: int) -> dict[str, int]:
    """Posts of the account by platform, the most used first; of equals the one posted on last."""
    number, newest = func.count(), func.coalesce(func.max(posts.c.published_at), 0)
    query = (
        select(posts.c.platform, number)
        .where(posts.c.account_id == account_id, posts.c.deleted_at.is_(None))
        .group_by(posts.c.platform)
        .order_by(number.desc(), newest.desc(), posts.c.platform)
    )
    return {platform: count for platform, count in connection.execute(query)}


def _plain(value: object) -> object:
    return to_seconds(value) if isinstance(value, datetime) else value


def _read_all(rows: Sequence[Any]) -> list[Post]:
    values = Values()
    figures = parse_many([row[-1] for row in rows])
    return [
        Post(
            id=post_id,
            platform=platform,
            title=title,
            published_at=None if seconds is None else from_seconds(seconds),
            kind=kind,
            platform_post_id=platform_post_id,
            url=url,
            body=body,
            metrics={name: values[stored] for name, stored in found.items()},
        )
        for (post_id, platform, title, seconds, kind, platform_post_id, url, body, _), found in zip(
            rows, figures, strict=True
        )
    ]
