"""Texts with the keywords that people chose: abstracts, labelled titles and drafts, notes with tags."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from copyassist.resources import find_corpora
from copyassist.text import normalize
from copyassist.training.keywords_idf import read_csl

_TITLE = re.compile(
    r"[.。!！?？;；:：)）%0-9]\s+"
)  # what stands before a title at an abstract's end
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Example:
    """Normalised title and body, with the folded keywords. `weight`: what its rows count for."""

    title: str
    body: str
    keywords: frozenset[str]
    weight: float = 1.0


def read_abstracts(folder: Path) -> list[Example]:
    """The abstracts of CSL, whose titles stand at their ends."""
    return [_example(*split_title(text), keywords) for text, keywords in read_csl(folder)]


def split_title(text: str) -> tuple[str, str]:
    """Title and abstract of a text that ends with its title; all is abstract where none is found."""
    found = list(_TITLE.finditer(text))
    if found and len(text) - found[-1].end() >= _SHORTEST:
        return text[found[-1].end() :], text[: found[-1].end()]
    return "", text


def read_headlines(path: Path) -> list[Example]:
    """TNEWS headlines of which at least one keyword stands in the headline. Only for measuring."""
    opened = gzip.open if path.suffix == ".gz" else open
    found = []
    with opened(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            one = _example(row["sentence"], "", row["keywords"].split(","))
            if any(keyword in fold(one.title) for keyword in one.keywords):
                found.append(one)
    return found


def read_labelled() -> list[Example]:
    """The titles and drafts that were labelled for copyassist."""
    folder = find_corpora() / "keywords"
    found = []
    for name, weight in (("titles.txt", TITLE_WEIGHT), ("drafts.txt", DRAFT_WEIGHT)):
        for line in (folder / name).read_text("utf-8").splitlines():
            if not line.startswith("#"):
                _, title, *body, keywords = line.split("|") if name == "drafts.txt" else _cut(line)
                found.append(_example(title, "".join(body), keywords.split(","), weight))
    return found


TITLE_WEIGHT, DRAFT_WEIGHT, NOTE_WEIGHT = 6.0, 10.0, 0.3


def _cut(line: str) -> list[str]:
    return line.split("|")


def read_notes(folder: Path, most: int) -> Iterator[Example]:
    """小红书 notes whose title holds one of their tags."""
    path = folder / "headlines/xhs_notes.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            one = _example(row["title"], "", row["tags"].split(","), NOTE_WEIGHT)
            if most and any(tag in fold(one.title) for tag in one.keywords):
                most -= 1
                yield one


def _example(title: str, body: str, keywords: list[str], weight: float = 1.0) -> Example:
    folded = frozenset(fold(keyword) for keyword in keywords if keyword)
    return Example(normalize(title)[0], normalize(body)[0], folded, weight)


def fold(keyword: str) -> str:
    """A keyword as it is compared: normal form without spaces."""
    return "".join(normalize(keyword)[0].split())
