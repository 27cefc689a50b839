"""What training learns of words and of pairs of titles from when titles stood beside each other.

Which words tell one event: titles of one day that share such a word are alike in the rest as well
(贝壳 … 创始人), titles that share another are not (520, 官宣). Which pairs are one event: topics of
one day whose descriptions report the same. And the days labelled for copyassist, titles by hash.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.lexicon import (
    EVENT,
    NAME,
    Lexicon,
    find_words,
    hash_term,
    measure_terms,
)
from copyassist.news.topics.postings import Postings
from copyassist.news.topics.similarity import measure_pairs
from copyassist.resources import find_corpora
from copyassist.text import normalize
from copyassist.text.segment import tag_words
from copyassist.training.archives import DESCRIBED, LISTS, hash_title, load_rows

Floats = NDArray[np.float64]

DRAWN = 80  # pairs of titles looked at for each word
BELIEF = 6  # pairs' worth of belief that a word is like the average one
NAMES = frozenset(("nr", "ns", "nt", "nz", "nrt", "nrfg"))  # jieba's tags of names
LEAST_TOLD = 35  # signs of a description that says anything
SAME_TOLD, OTHER_TOLD = 0.5, 0.12  # cosine of two descriptions' words


def measure_kinds(data: Path, keys: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """A byte for each word of `keys`: its share of telling one event, and whether it is a name."""
    days = load_days(data)
    events = _measure_events(days)
    names = _find_names(days)
    kinds = {
        hash_term(word): round(min(1.0, share) * EVENT) | (NAME if word in names else 0)
        for word, share in events.items()
    }
    return np.array([kinds.get(key, 0) for key in keys.tolist()], dtype=np.uint8)


def load_days(data: Path) -> dict[str, int]:
    """The first day (ordinal) of every distinct title of the archives."""
    found: dict[str, int] = {}
    for name in (*LISTS, DESCRIBED):
        for row in load_rows(data / name):
            if "date" in row:
                day = date.fromisoformat(row["date"]).toordinal()
            else:
                day = datetime.fromtimestamp(int(row["commit_time"]), UTC).toordinal()
            found[row["title"]] = min(day, found.get(row["title"], day))
    return found


def _measure_events(days: dict[str, int]) -> dict[str, float]:
    from scipy import sparse

    words = [set(find_words(title)) for title in days]
    counts = Counter(word for some in words for word in some)
    vocabulary = [word for word, count in counts.items() if count > 1]
    place = {word: i for i, word in enumerate(vocabulary)}
    idf = np.array([np.log((len(days) + 1) / (counts[word] + 1)) for word in vocabulary])
    cells = [(i, place[w]) for i, some in enumerate(words) for w in sorted(some) if w in place]
    rows, columns = np.array(cells).T
    table = sparse.csr_matrix((idf[columns], (rows, columns)), shape=(len(days), len(vocabulary)))
    one, two, word = _draw_pairs(table.tocsc(), np.array(list(days.values())))
    likeness = _measure_rest(table, idf, one, two, word)
    sums = np.bincount(word, np.clip(likeness, 0, 1), minlength=len(vocabulary))
    seen = np.bincount(word, minlength=len(vocabulary))
    shares = (sums + BELIEF * likeness.mean()) / (seen + BELIEF)
    return dict(zip(vocabulary, shares.tolist(), strict=True))


def _draw_pairs(
    table: Any, day: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of titles of one day or the next that share a word: the two titles and the word."""
    rng = np.random.default_rng(0)
    found = []
    for word in range(table.shape[1]):
        rows = table.indices[table.indptr[word] : table.indptr[word + 1]]
        rows = rows[np.argsort(day[rows], kind="stable")]
        when = day[rows]
        one = rng.integers(0, len(rows), min(DRAWN, 4 * len(rows)))
        low = np.searchsorted(when, when[one] - 1, side="left")
        high = np.searchsorted(when, when[one] + 1, side="right")
        two = (low + rng.random(len(one)) * (high - low)).astype(int)
        pairs = np.unique(np.sort(np.stack([one, two])[:, one != two], axis=0), axis=1)
        found.append(np.stack([rows[pairs[0]], rows[pairs[1]], np.full(pairs.shape[1], word)]))
    one, two, word_of = np.concatenate(found, axis=1)
    return one, two, word_of


def _measure_rest(
    table: Any, idf: Floats, one: NDArray[np.int64], two: NDArray[np.int64], word: NDArray[np.int64]
) -> Floats:
    """How alike two titles are without the word that they were drawn for."""
    squares = np.asarray(table.multiply(table).sum(axis=1)).ravel()
    dots = np.asarray(table[one].multiply(table[two]).sum(axis=1)).ravel()
    shared = idf[word] ** 2
    lengths = np.maximum(squares[one] - shared, 1e-6) * np.maximum(squares[two] - shared, 1e-6)
    rest: Floats = (dots - shared) / np.maximum(np.sqrt(lengths), 1)
    return rest


def _find_names(titles: Iterable[str]) -> frozenset[str]:
    """Words that jieba's tagger mostly takes for a person, a place, a company or a work."""
    tags: dict[str, Counter[bool]] = defaultdict(Counter)
    for title in titles:
        for word, tag in tag_words(normalize(title)[0]):
            if len(word) > 1:
                tags[word][tag in NAMES] += 1
    return frozenset(word for word, said in tags.items() if said[True] > said[False])


class LabelledDay(NamedTuple):
    """Titles of one day: sources, the event of each (negative where alone), pairs not judged."""

    sources: list[str]
    titles: list[str]
    events: list[int]
    debatable: set[tuple[int, int]]


def load_labelled_days(titles: Iterable[str], part: str = "") -> dict[str, LabelledDay]:
    """The days of corpora/topics/event_days.csv; `part` is "learnt" or "judged", "" both."""
    by_hash = {hash_title(title): title for title in titles}
    days: dict[str, list[dict[str, str]]] = defaultdict(list)
    path = find_corpora() / "topics" / "event_days.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["title"] in by_hash and part in ("", row["part"]):
                days[row["day"]].append(row)
    return {day: _read_day(rows, by_hash) for day, rows in days.items()}


def _read_day(rows: Sequence[dict[str, str]], by_hash: dict[str, str]) -> LabelledDay:
    events = [int(row["event"]) if row["event"] else -1 - i for i, row in enumerate(rows)]
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for group in row["debatable"].split():
            groups[group].append(place)
    debatable = {
        (i, j) for some in groups.values() for i in some for j in some if events[i] != events[j]
    }
    titles = [by_hash[row["title"]] for row in rows]
    return LabelledDay([row["source"] for row in rows], titles, events, debatable)


def find_day_pairs(lexicon: Lexicon, day: LabelledDay) -> list[tuple[str, str, float]]:
    """The pairs of a day that share enough to be compared: 1 same event, 0 not, 0.5 debatable."""
    terms = {i: measure_terms(lexicon, title) for i, title in enumerate(day.titles)}
    postings = Postings()
    for one in terms.values():
        postings.add(postings.next_number(), one)
    return [
        (
            day.titles[a],
            day.titles[b],
            0.5 if {(a, b), (b, a)} & day.debatable else float(day.events[a] == day.events[b]),
        )
        for a, b in postings.find_pairs(range(len(terms)), terms)
    ]


def find_told_pairs(lexicon: Lexicon, data: Path) -> list[tuple[str, str, float]]:
    """Topics of one day, compared by their descriptions: 1 where these report the same, 0 where not."""
    days: dict[str, dict[str, str]] = defaultdict(dict)
    for row in load_rows(data / DESCRIBED):
        title, told = row["title"], row["description"]
        if len(told) >= LEAST_TOLD and title not in told[: len(title) + 2]:
            days[row["date"]].setdefault(title, told)
    found = []
    for _, topics in sorted(days.items()):
        found += _compare_told(lexicon, topics)
    return found


def _compare_told(lexicon: Lexicon, topics: dict[str, str]) -> list[tuple[str, str, float]]:
    titles = list(topics)
    terms = {i: measure_terms(lexicon, title) for i, title in enumerate(titles)}
    postings = Postings()
    for one in terms.values():
        postings.add(postings.next_number(), one)
    pairs = postings.find_pairs(range(len(titles)), terms)
    if not pairs:
        return []
    told = [measure_terms(lexicon, text[:200]) for text in topics.values()]
    likeness = measure_pairs(lexicon, [told[a] for a, _ in pairs], [told[b] for _, b in pairs])[0]
    return [
        (titles[a], titles[b], float(alike >= SAME_TOLD))
        for (a, b), alike in zip(pairs, likeness[:, 0].tolist(), strict=True)
        if alike >= SAME_TOLD or alike < OTHER_TOLD
    ]
