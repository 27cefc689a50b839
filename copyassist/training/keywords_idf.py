"""Makes assets/keywords/weights.npz.xz: how much each word says.

    COPYASSIST_BENCH_DATA=… python -m copyassist.training.keywords_idf [--without-csl] [-o FILE]

Document frequencies come from sets whose derived figures may ship (corpora/README.md names them),
averaged with the frequencies in jieba's own table (MIT); the share of a word's kind comes from the
parts of speech in jieba's dictionary (MIT).
"""

import argparse
import csv
import gzip
import io
import lzma
import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from copyassist.keywords.words import STEPS, TABLE, is_content, weigh_length
from copyassist.resources import find_asset
from copyassist.text import normalize, segment

_LEAST_WORD = 3  # documents that a word must stand in to be worth a row

# How often a word of a kind is a keyword, against a noun. Chosen on the first half of the CSL
# abstracts of the benchmark; the tables in the benchmark are measured on the second half.
_VERB, _OTHER = 0.6, 0.5
_NOUN_LIKE = ("vn", "an", "l", "i", "j", "t", "s", "b", "eng", "x")


@dataclass(slots=True)
class Frequencies:
    """In how many of `documents` texts each word stands."""

    documents: int
    words: Counter[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=find_asset(*TABLE))
    parser.add_argument("--without-csl", action="store_true", help="for measuring on CSL")
    options = parser.parse_args()
    folder = os.environ.get("COPYASSIST_BENCH_DATA")
    if not folder:
        parser.error("COPYASSIST_BENCH_DATA names no folder of data")
    save_table(
        options.out, count_documents(read_documents(Path(folder), csl=not options.without_csl))
    )


def read_documents(folder: Path, *, csl: bool) -> Iterator[str]:
    """The texts that are counted, one a document."""
    for row in _read_rows(folder / "trends/weibo_topics_described.csv.gz"):
        yield f"{row['title']}\n{row['description']}"
    for row in _read_rows(folder / "headlines/xhs_notes.csv.gz"):
        yield "\n".join([row["title"], *row["tags"].split(",")])
    for name in ("zhihu_hourly_heat_2024", "douyin_hourly_rank", "kuaishou_hourly_rank"):
        rows = _read_rows(folder / f"trends/{name}.csv.gz")
        yield from dict.fromkeys(row["title"] for row in rows)
    rows = _read_rows(folder / "duplicates/zhihu_retitle_pairs.csv.gz")
    yield from dict.fromkeys(row["a"] for row in rows)
    yield from _read_english(folder)
    if csl:
        yield from (abstract for abstract, _ in read_csl(folder))


def read_csl(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Abstracts with their authors' keywords."""
    with (folder / "keywords/csl_dev.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            _, abstract, keywords = line.rstrip("\n").split("\t")
            yield abstract, [keyword for keyword in keywords.split("_") if keyword]


def _read_english(folder: Path) -> Iterator[str]:
    for part in ("exploratory", "confirmatory"):
        path = folder / f"headlines/upworthy_winner_pairs_{part}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield f"{row['headline_1']}\n{row['headline_2']}"


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def count_documents(texts: Iterable[str]) -> Frequencies:
    """Document frequencies of words."""
    found = Frequencies(0, Counter())
    for text in texts:
        words = segment(normalize(text)[0])
        found.documents += 1
        found.words.update(set(words))
    return found


def save_table(path: Path, found: Frequencies) -> None:
    """Write the weights as bytes and the words as one block, packed."""
    counted = found.words.items()
    words = sorted(word for word, count in counted if count >= _LEAST_WORD and is_content(word))
    weights = np.array(weigh_words(words, found))
    scale = float(weights.max())
    arrays: dict[str, Any] = {
        "words": _to_bytes(words),
        "weights": np.round(weights / scale * STEPS).astype(np.uint8),
        "scale": np.float64(scale),
        "unknown": np.float64(math.log(found.documents)),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    block = io.BytesIO()
    np.savez(block, **arrays)
    path.write_bytes(lzma.compress(block.getvalue(), preset=9 | lzma.PRESET_EXTREME))


def _to_bytes(texts: Iterable[str]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def weigh_words(words: Iterable[str], found: Frequencies) -> list[float]:
    """Rarity x kind x length of each word."""
    kinds, rarity = _load_jieba_kinds(), _load_jieba_rarity()
    weights = []
    for word in words:
        own = math.log(found.documents / (found.words[word] + 1))
        both = (own + rarity[word]) / 2 if word in rarity else own
        weights.append(max(both, 0.0) * _weigh_kind(word, kinds) * weigh_length(word))
    return weights


def _weigh_kind(word: str, kinds: Mapping[str, str]) -> float:
    kind = kinds.get(word, "n")
    if kind.startswith("n") or kind in _NOUN_LIKE:
        return 1.0
    return _VERB if kind.startswith("v") else _OTHER


def load_jieba_words() -> frozenset[str]:
    """Every word of jieba's dictionary."""
    return frozenset(_load_jieba_kinds())


def _load_jieba_kinds() -> dict[str, str]:
    rows = (line.split(" ") for line in _read_jieba("dict.txt"))
    return {word.lower(): kind for word, _, kind in rows}


def _load_jieba_rarity() -> dict[str, float]:
    rows = (line.split(" ") for line in _read_jieba("analyse/idf.txt"))
    return {word: float(value) for word, value in rows}


def _read_jieba(name: str) -> list[str]:
    from importlib.util import find_spec  # jieba's files are read, jieba is not imported

    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba")
    return Path(spec.origin).parent.joinpath(name).read_text("utf-8").splitlines()


if __name__ == "__main__":
    main()
