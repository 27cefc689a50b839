"""Saving one read export: which posts it names, what is new about them, all in bulk statements."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from copyassist.store.bulk import execute_rows
from copyassist.store.clock import from_seconds, latest, now, to_seconds
from copyassist.store.figures import Figures, dump_figures, load_figures, observe
from copyassist.store.identity import Identity, Register
from copyassist.store.posts import FIELDS, update_posts
from copyassist.store.records import ImportReceipt, ReadTable
from copyassist.store.schema import imports, observations, posts, sightings
from copyassist.store.sightings import (
    NOTHING,
    Fields,
    find_fields,
    find_keys,
    find_observations,
    fold,
    measure_digest,
)
from copyassist.types import MetricValue, Post

_KEYS = ("key_title", "key_url", "key_time")
_UPDATED = ("id", *FIELDS, *_KEYS, "figures", "figures_of", "deleted_at")


@dataclass(slots=True, kw_only=True)
class Target:
    """A post that the export names: as it was, and what this import adds. `id` 0: not stored."""

    id: int = 0
    platform: str
    fields: Fields
    figures: Figures = field(default_factory=dict)
    edited: frozenset[str] = frozenset()
    deleted_at: int | None = None
    keys: Fields = field(default_factory=dict)
    seen: Fields = field(default_factory=dict)
    observed: dict[str, MetricValue] = field(default_factory=dict)
    changed: bool = False

    def see(self, fields: Fields, observed: dict[str, MetricValue], day: int, latest: int) -> None:
        """Takes what one row says."""
        self.seen = fold(self.seen or NOTHING, fields)
        self.observed |= observed
        self._show(fold(self.fields, fields))
        for metric, value in observed.items():
            self.changed |= observe(self.figures, metric, value, day, latest)

    def _show(self, fields: Fields) -> None:
        shown = fields | {name: self.fields[name] for name in self.edited}
        keys = find_keys(fields)
        self.changed |= shown != self.fields or keys != self.keys
        self.fields = shown
        self.keys = keys


class Saving:
    """One import on its way into the database."""

    def __init__(self, connection: Connection, account_id: int, platform: str) -> None:
        self._connection = connection
        self._account_id = account_id
        self._platform = platform
        self._latest = latest()
        self._rows: list[Row[Any]] = []
        self._targets: dict[int, Target] = {}
        self._register = Register()
        self._repeated = 0
        self._skipped: set[int] = set()

    def save(self, table: ReadTable, *, restore_deleted: bool = False) -> ImportReceipt:
        """Saves what is new. Rows of deleted posts are left out unless `restore_deleted`."""
        digest = measure_digest(table)
        earlier = self._find_repeat(digest)
        if earlier is not None and not restore_deleted:
            return self._receipt(table, None, repeat_of=earlier)
        self._load_known()
        day = to_seconds(table.as_of)
        for post in table.posts:
            self._take(post, day, restore_deleted)
        if earlier is not None:
            return self._restore(table, earlier)
        return self._write(table, digest)

    def _find_repeat(self, digest: str) -> int | None:
        found: int | None = self._connection.scalar(
            select(imports.c.id).where(
                imports.c.account_id == self._account_id,
                imports.c.platform == self._platform,
                imports.c.digest == digest,
            )
        )
        return found

    def _load_known(self) -> None:
        query = select(posts).where(posts.c.account_id == self._account_id).order_by(posts.c.id)
        self._rows = list(self._connection.execute(query))
        self._register = Register(
            Identity(
                key=index,
                platform=row.platform,
                post_id=row.platform_post_id,
                url=row.key_url,
                title=row.key_title,
                time=row.key_time,
            )
            for index, row in enumerate(self._rows)
        )

    def _take(self, post: Post, day: int, restore_deleted: bool) -> None:
        fields = find_fields(post)
        row = self._identify(post, fields)
        known = self._register.find(row)
        if known is None:
            self._register.add(row)
            self._targets[row.key] = Target(platform=row.platform, fields=dict(NOTHING))
        else:
            self._register.learn(known, row)
            self._repeated += known.key in self._targets or known.key in self._skipped
            row = known
        if row.key not in self._targets and not self._open(row.key, restore_deleted):
            return
        self._targets[row.key].see(fields, find_observations(post), day, self._latest)

    def _identify(self, post: Post, fields: Fields) -> Identity:
        keys = find_keys(fields)
        return Identity(
            key=len(self._rows) + len(self._targets),
            platform=post.platform or self._platform,
            post_id=fields["platform_post_id"],
            url=keys["key_url"],
            title=keys["key_title"],
            time=keys["key_time"],
        )

    def _open(self, key: int, restore_deleted: bool) -> bool:
        row = self._rows[key]
        if row.deleted_at is not None and not restore_deleted:
            self._skipped.add(key)
            return False
        self._targets[key] = Target(
            id=row.id,
            platform=row.platform,
            fields={name: getattr(row, name) for name in FIELDS},
            figures=load_figures(row.figures, row.figures_of),
            edited=frozenset(json.loads(row.edited)),
            deleted_at=row.deleted_at,
            keys={name: getattr(row, name) for name in _KEYS},
            changed=row.deleted_at is not None,
        )
        return True

    def _restore(self, table: ReadTable, earlier: int) -> ImportReceipt:
        # The same rows again, asked to bring deleted posts back: nothing else changes.
        back = [target for target in self._targets.values() if target.deleted_at is not None]
        if not back:
            return self._receipt(table, None, repeat_of=earlier)
        for evidence in (sightings, observations):
            self._connection.execute(
                delete(evidence).where(
                    evidence.c.import_id == earlier, evidence.c.post_id == bindparam("b_post")
                ),
                [{"b_post": target.id} for target in back],
            )
        self._update_posts(back)
        self._insert_evidence(earlier, back, to_seconds(table.as_of))
        return self._receipt(table, earlier, updated_posts=len(back), repeat_of=earlier)

    def _write(self, table: ReadTable, digest: str) -> ImportReceipt:
        targets = list(self._targets.values())
        new = [target for target in targets if not target.id]
        updated = [target for target in targets if target.id and target.changed]
        counts = {
            "new_posts": len(new),
            "updated_posts": len(updated),
            "unchanged_posts": len(targets) - len(new) - len(updated),
            "observations": sum(len(target.observed) for target in targets),
        }
        import_id = self._insert_import(table, digest, counts)
        self._insert_posts(new)
        self._update_posts(updated)
        self._insert_evidence(import_id, targets, to_seconds(table.as_of))
        return self._receipt(table, import_id, **counts)

    def _insert_import(self, table: ReadTable, digest: str, counts: dict[str, int]) -> int:
        statement = insert(imports).values(
            account_id=self._account_id,
            platform=self._platform,
            file=table.file,
            form=table.form,
            as_of=to_seconds(table.as_of),
            imported_at=now(),
            digest=digest,
            rejected_rows=table.rejected_rows,
            **counts,
        )
        import_id: int = self._connection.scalars(statement.returning(imports.c.id)).one()
        return import_id

    def _insert_posts(self, targets: list[Target]) -> None:
        if not targets:
            return
        rows = [
            {
                "account_id": self._account_id,
                "platform": target.platform,
                "edited": "[]",
                "deleted_at": None,
                **dump_figures(target.figures),
                **target.fields,
                **target.keys,
            }
            for target in targets
        ]
        statement = insert(posts).returning(posts.c.id, sort_by_parameter_order=True)
        for target, post_id in zip(
            targets, self._connection.scalars(statement, rows).all(), strict=True
        ):
            target.id = post_id

    def _update_posts(self, targets: list[Target]) -> None:
        rows = [
            {"id": t.id, **dump_figures(t.figures), "deleted_at": None, **t.fields, **t.keys}
            for t in targets
        ]
        update_posts(self._connection, _UPDATED, rows)

    def _insert_evidence(self, import_id: int, targets: list[Target], day: int) -> None:
        seen = [
            (import_id, target.id, *(target.seen[name] for name in FIELDS)) for target in targets
        ]
        observed = [
            (target.id, metric, import_id, found.value, found.bound, day)
            for target in targets
            for metric, found in target.observed.items()
        ]
        for table, rows in ((sightings, seen), (observations, observed)):
            execute_rows(self._connection, insert(table), table.columns.keys(), rows)

    def _receipt(self, table: ReadTable, import_id: int | None, **counts: int) -> ImportReceipt:
        return ImportReceipt(
            id=import_id,
            file=table.file,
            form=table.form,
            account_id=self._account_id,
            platform=self._platform,
            as_of=table.as_of,
            imported_at=from_seconds(now()),
            rejected_rows=table.rejected_rows,
            deleted_posts=len(self._skipped),
            repeated_rows=self._repeated,
            **counts,
        )
