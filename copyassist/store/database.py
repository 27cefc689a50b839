"""The store: every verb that reads or writes what is kept, each in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from sqlalchemy import Connection, Engine, select, update

from copyassist.errors import StoreError, UsageError
from copyassist.store import accounts, drafts, history, posts
from copyassist.store.engine import find_file, find_url, make_engine, make_reader, reading, writing
from copyassist.store.hot import HotStore
from copyassist.store.hot_titles import find_hot_titles
from copyassist.store.migrate import prepare_schema, read_revision
from copyassist.store.records import (
    ImportReceipt,
    NewAccount,
    PostTable,
    ReadTable,
    SavedDraft,
    UndoReceipt,
)
from copyassist.store.saving import Saving
from copyassist.store.schema import HEAD, meta
from copyassist.store.topics import TopicStore
from copyassist.text.parse import repair
from copyassist.types import Account, Draft, Post, PostChanges, Relation

if TYPE_CHECKING:
    from copyassist.store.backup import Backup

# Writers may be at work while a backup takes the place of everything: the counter leaps over
# whatever they count to meanwhile, so that no number stands for two states of the store.
_LEAP = 1 << 20


class Store(AbstractContextManager["Store"]):
    """Accounts, posts, imports and drafts in one database. Safe for threads and processes.

    `hot` is what was seen on hot lists and feeds; `topics` are topic ids, what the user joined and
    split, visits. Every verb may raise StoreError: store_locked, store_corrupt, store_full,
    store_unwritable, store_unreachable or store_failed; nothing is then changed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.hot = HotStore(engine)
        self.topics = TopicStore(engine)

    @classmethod
    def open(cls, where: str | Path) -> "Store":
        """The store at a path (SQLite, made where missing) or a database URL, at the head schema.

        A database that the disk lets nobody write can still be read. Raises StoreError:
        store_newer, store_foreign, store_emptied, store_bad_url besides the usual ones.
        """
        engine = make_engine(find_url(where))
        try:
            prepare_schema(engine)
        except StoreError as error:
            engine.dispose()
            return cls(_find_reader(engine, error))
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    def __exit__(self, *_failure: object) -> None:
        self.close()

    def version(self) -> int:
        """A number that grows with every change of accounts and posts: a key for caches."""
        return self._count("version")

    def restored(self) -> int:
        """A number that grows when a backup replaces everything: a key for all other caches."""
        return self._count("restored")

    def _count(self, name: str) -> int:
        with reading(self._engine) as connection:
            return int(connection.scalar(select(meta.c.value).where(meta.c.name == name)) or 0)

    # --- accounts ------------------------------------------------------------------------------

    def accounts(self) -> list[Account]:
        """All accounts: own before followed, the demo last."""
        with reading(self._engine) as connection:
            return accounts.load_accounts(connection)

    def account(self, name: str) -> Account:
        """The account of that name. Raises UsageError unknown_account."""
        found = self.accounts()
        for account in found:
            if account.name == name:
                return account
        raise accounts.unknown(name, found)

    def add_account(
        self, name: str, relation: Relation = "own", *, is_demo: bool = False
    ) -> Account:
        """Adds an account. Raises UsageError: account_exists, account_name_empty, …_too_long."""
        with self._writing() as connection:
            return accounts.insert_account(connection, name, relation, is_demo)

    def rename_account(self, account_id: int, name: str) -> None:
        """Renames an account. Raises UsageError: account_exists, unknown_account, …_name_empty."""
        with self._writing() as connection:
            accounts.update_name(connection, account_id, name)

    def delete_account(self, account_id: int) -> None:
        """Deletes an account with its posts, figures and imports. Raises UsageError."""
        with self._writing() as connection:
            accounts.remove_account(connection, account_id)

    def export_account(self, account_id: int, path: Path) -> int:
        """Writes the account's posts to a .csv or .json file; returns how many.

        Raises UsageError unknown_account or export_format.
        """
        from copyassist.store import export  # rare, and `score` need not load csv

        known = self.accounts()
        account = next((a for a in known if a.id == account_id), None)
        if account is None:
            raise accounts.unknown(account_id, known)
        found = self.posts(account_id)
        export.write_account(path, account, found)
        return len(found)

    # --- imports -------------------------------------------------------------------------------

    def save_import(
        self,
        table: ReadTable,
        account: int | NewAccount,
        platform: str,
        *,
        restore_deleted: bool = False,
    ) -> ImportReceipt:
        """Saves a read export for an account; `platform` is for posts that do not state theirs.

        A new account is there afterwards with its posts, or not at all.
        The same rows a second time change nothing (receipt.id is None). Posts that the user
        deleted stay deleted unless `restore_deleted`. Raises UsageError unknown_account,
        account_exists, account_name_empty, …_too_long or import_needs_platform.
        """
        if not platform and any(not post.platform for post in table.posts):
            raise UsageError("import_needs_platform", file=table.file)
        with writing(self._engine) as connection:
            account_id = accounts.find_or_insert(connection, account)
            receipt = Saving(connection, account_id, platform).save(
                table, restore_deleted=restore_deleted
            )
            if receipt.id is not None:
                _bump(connection)
            return receipt

    def save_posts(
        self,
        found: Sequence[Post],
        account: int | NewAccount,
        *,
        file: str = "",
        form: str = "direct",
    ) -> ImportReceipt:
        """Saves posts that come from no export, as an import of now that can be undone."""
        table = PostTable(file=file, form=form, as_of=datetime.now(UTC), posts=found)
        return self.save_import(table, account, "")

    def imports(self, account_id: int | None = None) -> list[ImportReceipt]:
        """The imports that stand, newest first."""
        with reading(self._engine) as connection:
            return history.load_imports(connection, account_id)

    def undo_import(self, import_id: int) -> UndoReceipt:
        """Takes an import back (see history.undo_import). Raises UsageError import_unknown."""
        with self._writing() as connection:
            return history.undo_import(connection, import_id)

    # --- posts ---------------------------------------------------------------------------------

    def posts(self, account_id: int, platform: str | None = None) -> list[Post]:
        """The account's posts with the newest value of each metric, oldest first.

        Newest is by the day the figures are of, then by the order of imports. Posts without a
        time come before all others.
        """
        with reading(self._engine) as connection:
            return posts.load_posts(connection, account_id, platform)

    def post(self, post_id: int) -> Post:
        """One post. Raises UsageError post_unknown."""
        with reading(self._engine) as connection:
            return posts.read_post(connection, post_id)

    def platforms(self, account_id: int) -> dict[str, int]:
        """How many posts the account has on each platform, the most used first."""
        with reading(self._engine) as connection:
            return posts.count_platforms(connection, account_id)

    def edit_post(self, post_id: int, **changes: Unpack[PostChanges]) -> Post:
        """Corrects title, published_at (aware or None), kind, url or body of a post.

        Later imports leave these fields as they are set here. Raises UsageError post_unknown.
        """
        mended = {
            name: repair(value)[0] if isinstance(value, str) else value
            for name, value in changes.items()
        }
        with self._writing() as connection:
            posts.change_post(connection, post_id, mended)
            return posts.read_post(connection, post_id)

    def delete_post(self, post_id: int) -> None:
        """Hides a post for good: imports do not bring it back unless they are asked to."""
        with self._writing() as connection:
            posts.set_deleted(connection, post_id, True)

    def restore_post(self, post_id: int) -> None:
        """Brings a deleted post back with its figures. Raises UsageError post_unknown."""
        with self._writing() as connection:
            posts.set_deleted(connection, post_id, False)

    # --- drafts --------------------------------------------------------------------------------

    def save_draft(
        self,
        draft: Draft,
        reports: Sequence[Mapping[str, object]] = (),
        *,
        account_id: int | None = None,
    ) -> int:
        """Keeps a draft with its reports (JSON documents); the newest 200 and the published ones stay."""
        with writing(self._engine) as connection:
            return drafts.insert_draft(connection, draft, reports, account_id)

    def drafts(self, limit: int = drafts.KEPT) -> list[SavedDraft]:
        """The newest drafts first."""
        with reading(self._engine) as connection:
            return drafts.load_drafts(connection, limit)

    def mark_draft(self, draft_id: int, platform: str, account_id: int | None = None) -> None:
        """Marks a draft as published on a platform, "" takes it back. Raises UsageError draft_unknown."""
        with writing(self._engine) as connection:
            drafts.mark_draft(connection, draft_id, platform, account_id)

    def published_drafts(self, account_id: int, platform: str) -> list[SavedDraft]:
        """The account's drafts that were marked as published on a platform, oldest first."""
        with reading(self._engine) as connection:
            return drafts.load_published(connection, account_id, platform)

    def delete_draft(self, draft_id: int) -> None:
        """Forgets a draft. Raises UsageError draft_unknown."""
        with writing(self._engine) as connection:
            drafts.remove_draft(connection, draft_id)

    # --- backup --------------------------------------------------------------------------------

    def hot_titles(
        self, words: Sequence[str], since: datetime, limit: int = 100
    ) -> list[tuple[str, str, datetime, int]]:
        """Titles of hot lists with any of the words: source, title, when seen last, how often."""
        return find_hot_titles(self._engine, words, since, limit)

    def backup(self, path: Path, files: Mapping[str, bytes] | None = None) -> None:
        """Writes everything to one zip file, whole or not at all. `files` are added by name."""
        from copyassist.store import backup  # rare, and `score` need not load zipfile

        backup.write_backup(self._engine, path, files or {})

    def unpack(self, path: Path) -> "AbstractContextManager[Backup]":
        """A backup, looked at; nothing is changed yet. Raises InputError: see backup.unpacked."""
        from copyassist.store import backup  # as in `backup`

        return backup.unpacked(self._engine, path)

    def replace(self, found: "Backup") -> None:
        """Replaces everything by an unpacked backup, in one step."""
        from copyassist.store import backup  # as in `backup`

        counters = {
            name: max(self._count(name), backup.load_counter(found, name)) + leap
            for name, leap in (("version", _LEAP), ("restored", 1))
        }
        backup.replace_database(self._engine, found, counters)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with writing(self._engine) as connection:
            yield connection
            _bump(connection)


def _find_reader(engine: Engine, error: StoreError) -> Engine:
    """An engine that only reads, where all that is wrong is that nothing can be written."""
    file = find_file(engine.url)
    if error.code not in ("store_unwritable", "store_full") or file is None or not file.is_file():
        raise error
    reader = make_reader(file, error)
    try:
        is_present = read_revision(reader) == HEAD
    except StoreError:
        is_present = False
    if not is_present:
        reader.dispose()
        raise error
    return reader


def _bump(connection: Connection) -> None:
    counter = update(meta).where(meta.c.name == "version")
    connection.execute(counter.values(value=meta.c.value + 1))
