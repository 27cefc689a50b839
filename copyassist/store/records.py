"""What goes into the store and comes out of it besides the central types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from copyassist.types import Draft, Post, Relation


class ReadTable(Protocol):
    """What the store needs of a read export (`importing.ImportPreview` is one).

    `as_of` is when the figures were true; `as_of_source` says how that is known ("file", "name"
    or "now"): only a date that the export itself states makes the same rows a different export.
    """

    @property
    def file(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def as_of(self) -> datetime: ...
    @property
    def as_of_source(self) -> str: ...
    @property
    def posts(self) -> Sequence[Post]: ...
    @property
    def rejected_rows(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTable:
    """A ReadTable of posts that the program itself made, such as the demo's."""

    file: str
    form: str
    as_of: datetime
    posts: Sequence[Post]
    as_of_source: str = "now"
    rejected_rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account that comes into being with its first posts. A demo takes the place of another."""

    name: str
    relation: Relation = "own"
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReceipt:
    """What one import did.

    `id` is None when it changed nothing because the same rows are there already; `repeat_of` is
    then the import that brought them. `deleted_posts` counts rows that belong to posts the user
    had deleted and that stayed deleted; `repeated_rows` those that named a post a second time.
    """

    id: int | None
    file: str
    form: str
    account_id: int
    platform: str
    as_of: datetime
    imported_at: datetime
    new_posts: int = 0
    updated_posts: int = 0
    unchanged_posts: int = 0
    observations: int = 0
    rejected_rows: int = 0
    deleted_posts: int = 0
    repeated_rows: int = 0
    repeat_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReceipt:
    """What undoing an import took away."""

    import_id: int
    file: str
    observations: int
    removed_posts: int
    kept_posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDraft:
    """A draft with its reports (JSON documents, one a platform), as they were when it was saved.

    `published_at` and `published_on` (a platform) are of a draft that was marked as published.
    """

    id: int
    account_id: int | None
    saved_at: datetime
    draft: Draft
    reports: tuple[Mapping[str, object], ...]
    published_at: datetime | None = None
    published_on: str = ""
