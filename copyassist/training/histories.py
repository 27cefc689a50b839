"""Accounts' histories in order of time, and the desks that are simulated on them.

A desk is an account at a moment at which it has N mature posts behind it, judged on the posts that
come next. Nothing of a desk is made of what came after its moment.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from copyassist.desk.scoring.features.facts import measure_facts
from copyassist.desk.scoring.features.hand import measure_hand
from copyassist.desk.scoring.guard import measure_pull, strip_calls
from copyassist.desk.scoring.history import follow
from copyassist.desk.scoring.model import OWN_GRAMS
from copyassist.desk.scoring.ngrams import Floats, Ints, char_grams, count_once, lay_out
from copyassist.text import detect_language, parse_text
from copyassist.training.datasets import (
    CLEAR_LIKES,
    CLEAR_RATIO,
    MATURE_DAYS,
    PAIR_DAYS,
    TRAILING,
    TRAILING_LEAST,
    load_note_rows,
    note_facts,
    posted,
    read_csv,
)

COUNTS = (12, 20, 50, 100)  # mature posts behind a desk
STEP, AHEAD = 10, 20  # a desk every ten posts, judged on the next twenty
AHEAD_LEAST = 5

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class History:
    """One account, oldest post first. `target` is the log ratio to the trailing median, NaN for 5.

    `hand` and `facts` are unscaled, `alike` the gram kernel, `prior` the platform's expectation;
    `chinese` says which titles are, `pull` what each loses in logits for reading unlike titles.
    """

    name: str
    fold: int
    logs: Floats
    when: Floats
    target: Floats
    hand: Floats
    facts: Floats
    alike: Floats
    prior: Floats
    chinese: Mask
    pull: Floats

    def __len__(self) -> int:
        return len(self.logs)


def build_history(
    where: tuple[str, int], titles: Sequence[str], logs: Floats, when: Floats, facts: Floats
) -> History:
    """Measures the titles of one account (its name and fold); they are in order of time."""
    name, fold = where
    parsed = [strip_calls(parse_text(title)) for title in titles]  # as the product counts them
    laid = lay_out(parsed)
    target = np.full(len(logs), np.nan)
    for at in range(TRAILING_LEAST, len(logs)):
        target[at] = logs[at] - np.median(logs[max(0, at - TRAILING) : at])
    counted = count_once(laid, char_grams(laid, *OWN_GRAMS))
    _, column = np.unique(counted.grams.keys, return_inverse=True)
    rows = np.zeros((len(titles), int(column.max(initial=0)) + 1))
    np.add.at(rows, (counted.grams.owner, column), counted.values)
    nothing = np.zeros(len(logs))
    hand = measure_hand(parsed, laid, "zh")
    return History(
        name,
        fold,
        logs,
        when,
        target,
        hand,
        facts,
        alike=rows @ rows.T,
        prior=nothing,
        chinese=np.array([detect_language(one.norm) == "zh" for one in parsed]),
        pull=measure_pull(parsed, 0.0),
    )


def load_note_histories(headlines: Path) -> list[History]:
    """The shared Xiaohongshu accounts with their folds."""
    found = []
    for name, (fold, rows) in load_note_rows(headlines).items():
        if not rows:
            continue
        logs = np.log1p([float(row["liked"]) for row in rows])
        given = note_facts(rows)
        facts = measure_facts(
            [dict(zip(given, values, strict=True)) for values in zip(*given.values(), strict=True)]
        )
        titles = [row["title"].strip() for row in rows]
        when = np.array([posted(row).timestamp() for row in rows])
        found.append(build_history((name, fold), titles, logs, when, facts))
    return found


def load_video_histories(headlines: Path, least: int) -> list[History]:
    """Bilibili accounts of at least `least` videos that were a week old. Nothing is tuned on them."""
    seen: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for row in read_csv(headlines / "bilibili_videos.csv.gz"):
        views, age = row["views"], row["age_days"]
        if views and row["title"].strip() and row["published_at"] and age and float(age) >= 7:
            key = f"{row['title'].strip()} {row['published_at'][:10]}"
            seen[row["account"]].setdefault(key, row)
    found = []
    for name, videos in sorted(seen.items()):
        rows = sorted(videos.values(), key=lambda row: row["published_at"])
        if len(rows) < least:
            continue
        times = [datetime.fromisoformat(row["published_at"]) for row in rows]
        facts = measure_facts([{} for _ in rows])
        logs = np.log1p([float(row["views"]) for row in rows])
        titles = [row["title"].strip() for row in rows]
        when = np.array([(time - datetime(2000, 1, 1)) / timedelta(seconds=1) for time in times])
        found.append(build_history((name, -1), titles, logs, when, facts))
    return found


@dataclass(frozen=True, slots=True)
class Desk:
    """An account (its number), the posts behind the desk, and those that come next."""

    account: int
    behind: slice
    ahead: slice

    @property
    def posts(self) -> int:
        """How many posts are behind it."""
        return int(self.behind.stop) - int(self.behind.start)


def place_desks(histories: Sequence[History], posts: int) -> list[Desk]:
    """All desks with so many posts behind them."""
    return [
        Desk(number, slice(at - posts, at), slice(at, min(len(history), at + AHEAD)))
        for number, history in enumerate(histories)
        for at in range(posts, len(history) - AHEAD_LEAST + 1, STEP)
    ]


@dataclass(frozen=True, slots=True)
class DeskPairs:
    """Pairs of the posts ahead, numbered from 0; `better` did better; `clear` where one sees it."""

    better: Ints
    worse: Ints
    clear: Mask


def pair_ahead(history: History, desk: Desk) -> DeskPairs:
    """The pairs at most 90 days apart with different figures."""
    logs, when = history.logs[desk.ahead], history.when[desk.ahead]
    a, b = np.triu_indices(len(logs), 1)
    kept = (np.abs(when[a] - when[b]) <= PAIR_DAYS * 86_400) & (logs[a] != logs[b])
    a, b = a[kept], b[kept]
    better, worse = np.where(logs[a] > logs[b], a, b), np.where(logs[a] > logs[b], b, a)
    more, less = np.expm1(logs[better]), np.expm1(logs[worse])
    clear = (more >= CLEAR_RATIO * less - 1e-6) & (more >= CLEAR_LIKES - 1e-6)
    return DeskPairs(better, worse, clear)


def trail_of(history: History, desk: Desk) -> tuple[float, float, float]:
    """Recent and longer mean ratio and spread, as they are known at the desk's moment."""
    known = history.target[desk.behind]
    trail = follow(known[np.isfinite(known)])
    return float(trail.recent[-1]), float(trail.longer[-1]), float(trail.spread[-1])


__all__ = [
    "COUNTS",
    "MATURE_DAYS",
    "Desk",
    "DeskPairs",
    "History",
    "build_history",
    "load_note_histories",
    "load_video_histories",
    "pair_ahead",
    "place_desks",
    "trail_of",
]
