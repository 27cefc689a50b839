"""Packs of words that the user brought: a file each in the folder `packs`, read and written here.

Any plain list becomes a pack of hints: one word a line, or a table whose first column is the word and
whose second, if any, what to write instead. A pack's own form is TOML, which also says why and how grave.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from copyassist.errors import InputError, SettingsError, UsageError
from copyassist.home import PACKS, keep_file
from copyassist.reading.encodings import decode_file
from copyassist.types import OwnPack, OwnWord, Severity

MOST_WORDS = 200_000
MOST_BYTES = 20_000_000
LONGEST = 40  # characters of a word; longer lines are sentences
_UNSAFE = re.compile(r"[^\w\-]+")
_FIELDS = frozenset({"text", "instead", "why", "severity"})
_HEADINGS = frozenset({"word", "words", "text", "term", "词", "词语", "敏感词", "违禁词", "关键词"})


@dataclass(frozen=True, slots=True)
class ReadWords:
    """What a list came to: its words, and how many lines were no word that can be looked for."""

    words: tuple[OwnWord, ...]
    dropped: int


def load_packs(home: Path) -> dict[str, OwnPack]:
    """All packs of the folder by id. Raises SettingsError naming the file and what is wrong."""
    paths = sorted(PACKS.place(home).glob("*.toml"))
    return {path.stem: parse_pack(path.read_bytes(), path) for path in paths}


def parse_pack(data: bytes, path: Path) -> OwnPack:
    """The pack of a file's bytes. Raises SettingsError naming `path` and the field."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SettingsError("pack_unreadable", path=str(path), reason=str(error)) from error
    rows, added = table.get("words"), table.get("added")
    if not isinstance(rows, list):
        raise SettingsError("pack_invalid", path=str(path), field="words")
    words = tuple(_read_row(row, number, path) for number, row in enumerate(rows, 1))
    name = table.get("name", path.stem)
    if not isinstance(name, str) or not (added is None or type(added) is date):
        raise SettingsError("pack_invalid", path=str(path), field="name | added")
    return OwnPack(id=path.stem, name=name, words=words, added=added)


def _read_row(row: object, number: int, path: Path) -> OwnWord:
    where = f"words[{number}]"
    if isinstance(row, str):
        row = {"text": row}
    if not isinstance(row, Mapping) or not row.keys() <= _FIELDS or "text" not in row:
        raise SettingsError("pack_invalid", path=str(path), field=where)
    if not all(isinstance(value, str) for value in row.values()):
        raise SettingsError("pack_invalid", path=str(path), field=where)
    severity = row.get("severity", Severity.INFO.value)
    if severity not in set(Severity) or not is_word(row["text"]):
        raise SettingsError("pack_invalid", path=str(path), field=where)
    rest = {name: row[name] for name in ("instead", "why") if name in row}
    return OwnWord(text=row["text"].strip(), severity=Severity(severity), **rest)


def read_words(data: bytes, name: str) -> ReadWords:
    """The words of a list that somebody brought: .txt, .csv, .tsv, or a pack's own .toml.

    Raises InputError for what is no text, holds no word or too many; SettingsError for a bad pack.
    """
    if len(data) > MOST_BYTES:
        raise InputError("input_too_large", name=name, limit_mb=MOST_BYTES // 1_000_000)
    if name.lower().endswith(".toml"):
        return ReadWords(parse_pack(data, Path(name)).words, 0)
    text = decode_file(data, name).text
    found: dict[str, OwnWord] = {}
    dropped = 0
    for row in _split(text, name):
        word = row[0].strip()
        if not is_word(word):
            dropped += bool(word)
            continue
        instead = row[1].strip() if len(row) > 1 and row[1].strip() else None
        found.setdefault(word, OwnWord(text=word, instead=instead))
    if not found:
        raise InputError("pack_empty", name=name)
    if len(found) > MOST_WORDS:
        raise InputError("pack_too_long", name=name, limit=MOST_WORDS)
    return ReadWords(tuple(found.values()), dropped)


def _split(text: str, name: str) -> Iterator[list[str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    suffix = Path(name).suffix.lower()
    if suffix not in (".csv", ".tsv"):
        yield from ([line] for line in lines)
        return
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter="\t" if suffix == ".tsv" else ",")
    for number, row in enumerate(rows):
        if row and not (number == 0 and row[0].strip().casefold() in _HEADINGS):
            yield row


def is_word(text: str) -> bool:
    """Whether a text can be looked for: a single character would be found everywhere."""
    return 2 <= len(text.strip()) <= LONGEST and "\n" not in text and "\x00" not in text


def save_pack(home: Path, name: str, words: Iterable[OwnWord], *, today: date) -> OwnPack:
    """Writes a pack of that name, in the place of an earlier one. Raises UsageError, StoreError."""
    import tomli_w  # writing is rare

    stem = _UNSAFE.sub("-", name).strip("-_")[:60]
    if not stem:
        raise UsageError("pack_name", name=name)
    pack = OwnPack(id=stem, name=name.strip(), words=tuple(words), added=today)
    rows = [_write_row(word) for word in pack.words]
    table: dict[str, Any] = {"name": pack.name, "added": today, "words": rows}
    keep_file(PACKS.place(home) / f"{stem}.toml", tomli_w.dumps(table).encode())
    return pack


def _write_row(word: OwnWord) -> str | dict[str, str]:
    row = {"text": word.text}
    if word.instead is not None:
        row["instead"] = word.instead
    if word.why:
        row["why"] = word.why
    if word.severity is not Severity.INFO:
        row["severity"] = word.severity.value
    return row if len(row) > 1 else word.text


def remove_pack(home: Path, id: str) -> None:
    """Deletes a pack of the user's. Raises UsageError pack_unknown."""
    path = PACKS.place(home) / f"{id}.toml"
    if id not in {one.stem for one in path.parent.glob("*.toml")}:
        known = " ".join(sorted(one.stem for one in path.parent.glob("*.toml")))
        raise UsageError("pack_unknown", name=id, known=known or "—")
    path.unlink()
