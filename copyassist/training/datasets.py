"""Reads the raw data sets into rows of titles and pairs of rows. Nothing is fitted here.

`headlines/upworthy_*` are A/B tests (causal), `headlines/xhs_notes.csv.gz` is one platform's notes
with their likes (observational). Both become a `Dataset`: titles, pairs that share what a title
cannot change (test and image, or account), who won, and the cluster that must stay together.
"""

import csv
import gzip
import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from copyassist.desk.scoring.ngrams import Floats, Ints
from copyassist.errors import InputError
from copyassist.reading.zones import CHINA

MATURE_DAYS = 14
TRAILING, TRAILING_LEAST = 20, 5
PAIR_DAYS = 90
PAIRS_PER_ACCOUNT = 4_000
CLEAR_RATIO, CLEAR_LIKES = 2.0, 10
# What a lesson of each outcome weighs, and how many an account may give.
LESSONS = MappingProxyType({"liked": 1.0, "collected": 0.5, "shares": 0.5, "comments": 0.5})
LESSONS_PER_ACCOUNT = 8_000
GAP_CAP = 3.0  # a log ratio beyond 20 is a viral accident, not three times the lesson


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ordered pairs of rows: `left` did better than `right`.

    `cluster` is the story or account, `fold` where it is tested (-1: never), `p` the two-sided
    p-value of the difference (1 where unknown), `gap` |log ratio|, `clear` whether the difference
    is one that a person would see.
    """

    left: Ints
    right: Ints
    cluster: Ints
    fold: Ints
    p: Floats
    gap: Floats
    clear: np.ndarray[Any, np.dtype[np.bool_]]

    def __len__(self) -> int:
        return len(self.left)

    def pick(self, chosen: np.ndarray[Any, Any]) -> "Pairs":
        """The pairs that a mask or an index array names."""
        return Pairs(*(getattr(self, name)[chosen] for name in Pairs.__slots__))


@dataclass(frozen=True, slots=True)
class Lessons:
    """Weighted pairs to learn from; `cluster` and `fold` say what may be tested beside them."""

    left: Ints
    right: Ints
    cluster: Ints
    fold: Ints
    weight: Floats

    def without(self, fold: int | None) -> "Lessons":
        """The lessons outside one fold; all for None."""
        kept = np.ones(len(self.left), dtype=bool) if fold is None else self.fold != fold
        return Lessons(*(getattr(self, name)[kept] for name in Lessons.__slots__))

    @classmethod
    def of(cls, parts: Sequence[tuple[Pairs, Floats]]) -> "Lessons":
        """Several sets of pairs with their weights, one after the other."""
        return cls(
            np.concatenate([pairs.left for pairs, _ in parts]),
            np.concatenate([pairs.right for pairs, _ in parts]),
            np.concatenate([pairs.cluster for pairs, _ in parts]),
            np.concatenate([pairs.fold for pairs, _ in parts]),
            np.concatenate([weight for _, weight in parts]),
        )


@dataclass(frozen=True, slots=True)
class Dataset:
    """Titles and what is known about each.

    `target` is the log ratio to the account's trailing median (notes) or the log odds of a click
    (tests); `noise` its sampling variance, 0 where unknown; `base` log1p of what was usual; `group` the set inside which titles
    may be compared; `facts` the non-title columns by name; `when` epoch seconds.
    """

    titles: list[str]
    target: Floats
    noise: Floats
    group: Ints
    cluster: Ints
    fold: Ints
    pairs: Pairs
    lessons: Lessons
    facts: Mapping[str, Floats] = field(default_factory=dict)
    when: Floats | None = None
    base: Floats | None = None
    clusters: Sequence[str] = ()


# --- Upworthy ------------------------------------------------------------------------------------


def load_upworthy(folder: Path) -> Dataset:
    """Exploratory arms with their pairs; the lessons add the winner pairs of all parts.

    Arms of one (test, image) with the same headline are summed; pairs with equal rates are left
    out. The headlines of winner pairs are rows after the arms. Raises InputError where a file is
    missing.
    """
    stories = _load_stories(folder / "splits" / "upworthy_test_story_fold.csv")
    arms = _load_arms(folder / "upworthy_exploratory.parquet", stories)
    titles = [key[2] for key in arms]
    counts = np.array(list(arms.values()), dtype=float).reshape(-1, 2)
    shown, clicked = counts[:, 0], counts[:, 1]
    story = np.array([stories[key[0]] for key in arms], dtype=np.int64).reshape(-1, 2)
    _, group = np.unique([f"{key[0]} {key[1]}" for key in arms], return_inverse=True)
    odds = np.log((clicked + 0.5) / (shown - clicked + 0.5))
    pairs = _test_pairs(group.astype(np.int64), shown, clicked, story)
    winners = _load_winners(folder, stories, titles)
    sure = _measure_certainty(odds, 1 / (clicked + 0.5), pairs)
    spare = len(titles) - len(odds)
    nothing = np.full(spare, np.nan)
    alone = np.full(spare, -1, dtype=np.int64)
    return Dataset(
        titles=titles,
        target=np.concatenate([odds, nothing]),
        noise=np.concatenate([1 / (clicked + 0.5), nothing]),
        group=np.concatenate([group.astype(np.int64), alone]),
        cluster=np.concatenate([story[:, 0], alone]),
        fold=np.concatenate([story[:, 1], alone]),
        pairs=pairs,
        lessons=Lessons.of([(pairs, sure), (winners, np.ones(len(winners)))]),
    )


def _load_stories(path: Path) -> dict[str, tuple[int, int]]:
    return {
        row["clickability_test_id"]: (int(row["story"]), int(row["fold"])) for row in read_csv(path)
    }


def _load_arms(path: Path, known: Container[str]) -> dict[tuple[str, str, str], list[float]]:
    """Views and clicks by (test, image, headline); tests of one headline have no story."""
    from pyarrow import parquet  # training only

    _require(path)
    columns = ["clickability_test_id", "eyecatcher_id", "headline", "impressions", "clicks"]
    arms: dict[tuple[str, str, str], list[float]] = {}
    for row in parquet.read_table(path, columns=columns).to_pylist():
        if row["clickability_test_id"] not in known:
            continue
        key = (row["clickability_test_id"], row["eyecatcher_id"] or "", row["headline"].strip())
        summed = arms.setdefault(key, [0.0, 0.0])
        summed[0] += row["impressions"]
        summed[1] += row["clicks"]
    return arms


def _test_pairs(group: Ints, shown: Floats, clicked: Floats, story: Ints) -> Pairs:
    rate = clicked / np.maximum(shown, 1)
    sides = [
        (a, b) if rate[a] > rate[b] else (b, a)
        for members in _members(group)
        for a, b in combinations(members, 2)
        if rate[a] != rate[b]
    ]
    left, right = np.array(sides, dtype=np.int64).T
    pooled = (clicked[left] + clicked[right]) / (shown[left] + shown[right])
    error = np.sqrt(pooled * (1 - pooled) * (1 / shown[left] + 1 / shown[right]))
    z = (rate[left] - rate[right]) / error
    p = np.array([math.erfc(value / math.sqrt(2)) for value in z])
    gap = np.log((rate[left] + 1e-4) / (rate[right] + 1e-4))
    return Pairs(left, right, story[left, 0], story[left, 1], p, gap, p < 0.05)


def _measure_certainty(odds: Floats, noise: Floats, pairs: Pairs) -> Floats:
    """How sure it is that the arm that looks better is better: 2 P - 1, 0..1.

    The posterior under normal effects, whose variance is what the clicks' noise leaves over. It
    weighs the pairs: a coin toss teaches nothing, a significant pair everything.
    """
    gap = odds[pairs.left] - odds[pairs.right]
    error = noise[pairs.left] + noise[pairs.right]
    effect = max(1e-6, float((gap**2 - error).mean()))
    shrunk = gap * np.sqrt(effect / (error * (effect + error)))
    return np.maximum([math.erf(value / math.sqrt(2)) for value in shrunk], 0.0)


def _members(group: Ints) -> Iterable[list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row, name in enumerate(group.tolist()):
        found[name].append(row)
    return found.values()


def _load_winners(folder: Path, stories: Mapping[str, tuple[int, int]], titles: list[str]) -> Pairs:
    """Winner pairs; their headlines are appended to `titles`, one row for each distinct text."""
    rows: dict[str, int] = {}
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for part in ("exploratory", "confirmatory"):
        for row in read_csv(folder / f"upworthy_winner_pairs_{part}.csv"):
            both = [row["headline_1"].strip(), row["headline_2"].strip()]
            if float(row["higher_CTR"]) == 2:
                both.reverse()
            if both[0] == both[1]:
                continue
            better, worse = (rows.setdefault(text, len(titles) + len(rows)) for text in both)
            found.setdefault((better, worse), stories[row["clickability_test_id"]])
    titles.extend(rows)
    sides = np.array(list(found), dtype=np.int64).reshape(-1, 2)
    where = np.array(list(found.values()), dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(sides))
    return Pairs(
        sides[:, 0], sides[:, 1], where[:, 0], where[:, 1], ones * 0.01, ones, ones.astype(bool)
    )


# --- Xiaohongshu ---------------------------------------------------------------------------------


def load_notes(folder: Path, *, seed: int = 7) -> Dataset:
    """Notes at least 14 days old at the crawl with at least 5 earlier ones of their account.

    The target is log1p(likes) minus the median of the previous 5 to 20. Pairs are of one account
    and at most 90 days apart, at most 4,000 an account, drawn with `seed`.
    """
    accounts = load_note_rows(folder)
    names = list(accounts)
    folds = {name: fold for name, (fold, _) in accounts.items()}
    kept: list[tuple[dict[str, str], int, float]] = []
    for index, name in enumerate(names):
        kept += [(row, index, base) for row, base in _with_base(accounts[name][1])]
    return _notes_dataset(kept, names, folds, seed)


def load_note_rows(folder: Path) -> dict[str, tuple[int, list[dict[str, str]]]]:
    """Each account's fold and its mature notes, oldest first. Raises InputError: `data_missing`."""
    folds = {
        r["account"]: int(r["fold"]) for r in read_csv(folder / "splits" / "xhs_account_fold.csv")
    }
    found: dict[str, tuple[int, list[dict[str, str]]]] = {
        name: (folds[name], []) for name in sorted(folds)
    }
    for row in read_csv(folder / "xhs_notes.csv.gz"):
        if row["title"].strip() and _age_days(row) >= MATURE_DAYS:
            found[row["account"]][1].append(row)
    for _, rows in found.values():
        rows.sort(key=lambda row: row["posted_at"])
    return found


def posted(row: Mapping[str, str]) -> datetime:
    """When a note appeared."""
    return datetime.strptime(row["posted_at"], "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)


def _age_days(row: Mapping[str, str]) -> float:
    crawled = datetime.fromtimestamp(int(row["crawl_ts_ms"]) / 1000, tz=UTC)
    return (crawled - posted(row)).total_seconds() / 86_400


def _with_base(rows: list[dict[str, str]]) -> list[tuple[dict[str, str], float]]:
    likes = np.log1p([float(row["liked"]) for row in rows])
    return [
        (row, float(np.median(likes[max(0, at - TRAILING) : at])))
        for at, row in enumerate(rows)
        if at >= TRAILING_LEAST
    ]


def _notes_dataset(
    kept: Sequence[tuple[dict[str, str], int, float]],
    names: Sequence[str],
    folds: Mapping[str, int],
    seed: int,
) -> Dataset:
    rows = [row for row, _, _ in kept]
    account = np.array([index for _, index, _ in kept], dtype=np.int64)
    likes = np.array([float(row["liked"]) for row in rows])
    base = np.array([base for _, _, base in kept])
    when = np.array([posted(row).timestamp() for row in rows])
    fold = np.array([folds[names[index]] for index in account], dtype=np.int64)
    where = _Places(account, fold, when)
    return Dataset(
        titles=[row["title"].strip() for row in rows],
        target=np.log1p(likes) - base,
        noise=np.zeros(len(rows)),
        group=account,
        cluster=account,
        fold=fold,
        pairs=_note_pairs(likes, where, PAIRS_PER_ACCOUNT, seed),
        lessons=_note_lessons(rows, where, seed),
        facts=note_facts(rows),
        when=when,
        base=base,
        clusters=names,
    )


def _note_lessons(rows: Sequence[Mapping[str, str]], where: "_Places", seed: int) -> Lessons:
    """Pairs by likes, and with less weight by collects, comments and shares.

    What readers keep and pass on is the same lesson with other noise: it is worth half a point of
    pairs right. Weight: clipped |log ratio| over the root of the account's pairs.
    """
    parts = []
    for column, share in LESSONS.items():
        values = np.array([float(row[column]) for row in rows])
        pairs = _note_pairs(values, where, LESSONS_PER_ACCOUNT, seed)
        counts = np.bincount(pairs.cluster, minlength=1)
        weight = np.minimum(pairs.gap, GAP_CAP) / np.sqrt(counts[pairs.cluster])
        parts.append((pairs, share * weight / weight.sum()))
    return Lessons.of(parts)


@dataclass(frozen=True, slots=True)
class _Places:
    """Account, fold and time of each note."""

    account: Ints
    fold: Ints
    when: Floats


def _note_pairs(values: Floats, where: _Places, most: int, seed: int) -> Pairs:
    chosen = []
    draw = np.random.default_rng(seed)
    for members in _members(where.account):
        rows = np.array(members)
        a, b = np.triu_indices(len(rows), 1)
        a, b = rows[a], rows[b]
        near = np.abs(where.when[a] - where.when[b]) <= PAIR_DAYS * 86_400
        fit = np.flatnonzero(near & (values[a] != values[b]))
        if len(fit) > most:
            fit = draw.choice(fit, most, replace=False)
        a, b = a[fit], b[fit]
        better = values[a] > values[b]
        chosen.append(np.stack([np.where(better, a, b), np.where(better, b, a)]))
    left, right = np.concatenate(chosen, axis=1)
    gap = np.log1p(values[left]) - np.log1p(values[right])
    clear = (values[left] >= CLEAR_RATIO * values[right]) & (values[left] >= CLEAR_LIKES)
    account, fold = where.account[left], where.fold[left]
    return Pairs(left, right, account, fold, np.ones(len(left)), gap, clear)


def note_facts(rows: Sequence[Mapping[str, str]]) -> dict[str, Floats]:
    """What is known beside the title, by the names that `Draft.facts` uses."""
    times = [posted(row) for row in rows]
    return {
        "video": np.array([float(row["type"] == "video") for row in rows]),
        "n_images": np.array([float(row["n_images"]) for row in rows]),
        "body_chars": np.array([float(row["desc_chars"]) for row in rows]),
        "n_tags": np.array([float(len([t for t in row["tags"].split(",") if t])) for row in rows]),
        # The data state every minute, so that midnight is an hour here as any other.
        "hour": np.array([time.hour + time.minute / 60 for time in times]),
        "weekend": np.array([float(time.weekday() >= 5) for time in times]),
    }


# --- files ---------------------------------------------------------------------------------------


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, gzipped or not. Raises InputError: `data_missing`."""
    _require(path)
    opened: Any = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _require(path: Path) -> None:
    if not path.is_file():
        raise InputError("data_missing", path=str(path))
