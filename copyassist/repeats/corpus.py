"""A corpus: many texts that drafts are held against, kept on the disk and grown by parts.

The texts are in an SQLite file; what they are found by is in parts beside it (parts.py). Texts and the
name of their part are one transaction: killed at any moment, a corpus is as it was before. One whose
parts are of another version of the program, or damaged, is indexed anew from its own texts.
"""

import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple, overload

from copyassist.desk.duplicates import Found, find_in_many
from copyassist.desk.duplicates.fold import fold_key
from copyassist.desk.passages import Earlier, find_letters, find_prints
from copyassist.errors import StoreError
from copyassist.home import make_folder
from copyassist.repeats.parts import CorpusPart, load_part, save_part
from copyassist.types import ParsedText

FORM = 1  # raised whenever parts are made or read otherwise
_PART = 125_000  # texts of one part: bounds the memory of adding
_PART_LETTERS = 40_000_000
_SMALL, _MOST_SMALL = 20_000, 6  # so many parts of fewer texts are made one
# Numbers are never used twice: a part may still name a text that was taken out.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (id INTEGER PRIMARY KEY AUTOINCREMENT, origin TEXT NOT NULL, place TEXT NOT NULL,
  title TEXT NOT NULL, body BLOB NOT NULL, digest BLOB NOT NULL UNIQUE);
CREATE INDEX IF NOT EXISTS texts_place ON texts (origin, place);
CREATE TABLE IF NOT EXISTS parts (id INTEGER PRIMARY KEY AUTOINCREMENT, form INTEGER NOT NULL,
  low INTEGER NOT NULL, high INTEGER NOT NULL, texts INTEGER NOT NULL);
"""


class CorpusText(NamedTuple):
    """A text: the file or table it came from, where in it, its title and body."""

    origin: str
    place: str
    title: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class AddedTexts:
    """What adding did: texts that are new, and those that were there already."""

    new: int
    known: int


Progress = Callable[[int], None]


class Corpus:
    """The texts of one folder. Not to be used by two threads at once."""

    def __init__(self, folder: Path, *, progress: Progress | None = None) -> None:
        self.folder = folder
        self._progress = progress
        make_folder(folder)
        try:
            self._database = sqlite3.connect(folder / "texts.db", timeout=30)
            self._database.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise StoreError("corpus_unusable", path=str(folder), reason=str(error)) from error
        self._parts: list[CorpusPart] | None = None

    def close(self) -> None:
        """Gives the file back."""
        self._parts = None
        self._database.close()

    def __enter__(self) -> "Corpus":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM texts").fetchone()[0])

    def text(self, number: int) -> CorpusText | None:
        """The text of a number; None where it was taken out."""
        row = self._database.execute(
            "SELECT origin, place, title, body FROM texts WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            return None
        return CorpusText(row[0], row[1], row[2], zlib.decompress(row[3]).decode())

    def add(self, texts: Iterable[CorpusText]) -> AddedTexts:
        """Adds texts. One that is there already is left; one of a place that changed is replaced."""
        new = known = 0
        try:
            for chunk in _chunks(texts):
                added = self._add_part(chunk)
                new, known = new + added, known + len(chunk) - added
            self._join_small()
        except (sqlite3.Error, OSError) as error:
            self._database.rollback()
            raise StoreError("corpus_unusable", path=str(self.folder), reason=str(error)) from error
        self._parts = None
        return AddedTexts(new, known)

    def _add_part(self, chunk: Sequence[CorpusText]) -> int:
        with self._database:
            numbers = []
            for text in chunk:
                number = self._insert(text)
                if number is not None:
                    numbers.append(number)
            if numbers:
                self._write_part(numbers[0], numbers[-1])
        return len(numbers)

    def _insert(self, text: CorpusText) -> int | None:
        digest = blake2b(
            f"{text.origin}\0{text.title}\0{text.body}".encode(), digest_size=16
        ).digest()
        found = self._database.execute("SELECT place FROM texts WHERE digest = ?", (digest,))
        if found.fetchone() is not None:
            return None
        self._database.execute(
            "DELETE FROM texts WHERE origin = ? AND place = ?", (text.origin, text.place)
        )
        row = (text.origin, text.place, text.title, zlib.compress(text.body.encode(), 1), digest)
        added = self._database.execute(
            "INSERT INTO texts (origin, place, title, body, digest) VALUES (?, ?, ?, ?, ?)", row
        )
        return added.lastrowid

    def _write_part(self, low: int, high: int) -> None:
        keys: dict[str, int] = {}
        prints = []
        rows = self._database.execute(
            "SELECT id, title, body FROM texts WHERE id BETWEEN ? AND ? ORDER BY id", (low, high)
        )
        count = 0
        for number, title, body in rows:
            count += 1
            keys[fold_key(title)] = number
            if len(body) > 16:
                found = find_prints(find_letters(zlib.decompress(body).decode()))
                if len(found):
                    prints.append((number, found))
            if self._progress is not None and count % 1000 == 0:
                self._progress(count)
        keys.pop("", None)
        cursor = self._database.execute(
            "INSERT INTO parts (form, low, high, texts) VALUES (?, ?, ?, ?)",
            (FORM, low, high, count),
        )
        save_part(self._place(int(cursor.lastrowid or 0)), keys, prints)

    def _place(self, part: int) -> Path:
        return self.folder / f"part-{part}"

    def _join_small(self) -> None:
        """Makes one part of many small ones that follow each other."""
        parts = self._database.execute(
            "SELECT id, low, high, texts FROM parts ORDER BY low"
        ).fetchall()
        small: list[tuple[int, int, int, int]] = []
        for part in reversed(parts):
            if part[3] >= _SMALL:
                break
            small.append(part)
        if len(small) <= _MOST_SMALL:
            return
        with self._database:
            ids = [part[0] for part in small]
            self._database.executemany("DELETE FROM parts WHERE id = ?", [(one,) for one in ids])
            self._write_part(small[-1][1], small[0][2])
        self._parts = None
        self._sweep()

    def remove(self, origin: str) -> int:
        """Takes out what came from a file or folder; how many texts that were."""
        with self._database:
            gone = self._database.execute("DELETE FROM texts WHERE origin = ?", (origin,)).rowcount
        return int(gone)

    def origins(self) -> dict[str, int]:
        """Where the texts came from, and how many from each."""
        rows = self._database.execute("SELECT origin, count(*) FROM texts GROUP BY origin")
        return dict(rows.fetchall())

    # --- looking up ------------------------------------------------------------------------------

    def find_titles(
        self, titles: Sequence[ParsedText], limit: int = 3
    ) -> list[list[tuple[CorpusText, Found]]]:
        """For each title the texts whose titles it repeats or resembles, best first."""
        parts = [part.titles for part in self._open_parts()]
        found: list[list[tuple[CorpusText, Found]]] = []
        for hits in find_in_many(parts, titles, limit + 2):
            texts = [(self.text(hit.row), hit) for _, hit in hits]
            found.append([(text, hit) for text, hit in texts if text is not None][:limit])
        return found

    def find_bodies(self, body: str, most: int = 12) -> list[tuple[CorpusText, Earlier]]:
        """The texts that may share passages with a body, the likeliest first."""
        prints = find_prints(find_letters(body))
        likely: list[tuple[float, int]] = []
        for part in self._open_parts():
            likely += [(-weight, number) for number, weight in part.bodies.find(prints, most)]
        found: list[tuple[CorpusText, Earlier]] = []
        for _, number in sorted(likely)[:most]:
            text = self.text(number)
            if text is not None:
                found.append((text, Earlier(len(found), text.body)))
        return found

    def _open_parts(self) -> list[CorpusPart]:
        if self._parts is None:
            rows = self._database.execute(
                "SELECT id, form, texts FROM parts ORDER BY id"
            ).fetchall()
            if any(form != FORM for _, form, _ in rows):
                self.rebuild()
                return self._open_parts()
            titles = _StoredTitles(self._database)
            try:
                self._parts = [load_part(self._place(one), titles, texts) for one, _, texts in rows]
            except (OSError, ValueError):  # damaged: its texts are whole
                self.rebuild()
                return self._open_parts()
        return self._parts

    def rebuild(self) -> None:
        """Indexes all texts anew. Raises StoreError."""
        try:
            with self._database:
                self._database.execute("DELETE FROM parts")
                bounds = self._database.execute("SELECT min(id), max(id) FROM texts").fetchone()
                low, high = bounds if bounds[0] is not None else (1, 0)
                for start in range(low, high + 1, _PART):
                    self._write_part(start, min(start + _PART - 1, high))
        except (sqlite3.Error, OSError) as error:
            raise StoreError("corpus_unusable", path=str(self.folder), reason=str(error)) from error
        self._parts = None
        self._sweep()

    def _sweep(self) -> None:
        named = {f"part-{one}" for (one,) in self._database.execute("SELECT id FROM parts")}
        for path in self.folder.glob("*part-*"):
            if path.name not in named:
                shutil.rmtree(path, ignore_errors=True)


class _StoredTitles(Sequence[str]):
    """The titles by their text's number, read when they are asked for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __len__(self) -> int:
        return int(self._database.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()[0])

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        with closing(
            self._database.execute("SELECT title FROM texts WHERE id = ?", (place,))
        ) as rows:
            row = rows.fetchone()
        return row[0] if row else ""


def _chunks(texts: Iterable[CorpusText]) -> Iterator[list[CorpusText]]:
    source = iter(texts)
    while chunk := list(_until(source)):
        yield chunk


def _until(source: Iterator[CorpusText]) -> Iterator[CorpusText]:
    letters = 0
    for text in islice(source, _PART):
        yield text
        letters += len(text.title) + len(text.body)
        if letters > _PART_LETTERS:
            return
