"""A list's history replayed look by look, as the program itself would have seen it.

What is described of a row was known at its moment; what came true of it is what later looks show.
"""

import math
import pickle  # a cache of one's own making, never a model or an input
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.describe import FEATURES, describe_last
from copyassist.news.topics.forecast import TOP, Target
from copyassist.news.topics.history import ListHistory
from copyassist.news.topics.looks import ListLook
from copyassist.news.topics.memory import TitleMemory
from copyassist.training.lists import load_looks

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

JUDGED = 0.1  # the last hours, never trained on while a figure is measured


class Replay(NamedTuple):
    """Every row of the history, described as of its own moment. One entry a row throughout.

    `hour` is the clock hour since the epoch, `rank` NaN on pinned rows and adverts, `first` whether
    the row began a run. `cut` is the first judged hour, `memory` what was remembered at it, `latest`
    what was at the end.
    """

    measured: NDArray[np.float32]
    hour: NDArray[np.int64]
    rank: Floats
    first: Mask
    title: list[str]
    category: list[str]
    cut: int
    memory: TitleMemory
    latest: TitleMemory


def replay_history(
    looks: list[ListLook], *, memory: TitleMemory | None = None, cut: int | None = None
) -> Replay:
    """Describe every look as of its own moment.

    `memory` is what was learnt before the first look; `cut` the first judged hour, the last tenth
    of the hours by default.
    """
    if cut is None:
        hours = sorted({int(look.hours) for look in looks})
        cut = hours[int(len(hours) * (1 - JUDGED))]
    history = ListHistory(memory)
    measured: list[NDArray[np.float32]] = []
    kept: TitleMemory | None = None
    for look in looks:
        if kept is None and measured and look.hours >= cut:
            kept = history.memory.copy()
            kept.fade_to(float(cut))
        history.absorb(look)
        measured.append(describe_last(history))
    rows = [(look, row) for look in looks for row in look.rows]
    table = np.concatenate(measured)
    return Replay(
        measured=table,
        hour=np.array([int(look.hours) for look, _ in rows]),
        rank=np.array([math.nan if row.rank is None else row.rank for _, row in rows]),
        first=table[:, FEATURES.index("observations")] == 1,
        title=[row.title for _, row in rows],
        category=[row.category for _, row in rows],
        cut=cut,
        memory=kept or history.memory.copy(),
        latest=_end_memory(history),
    )


def _end_memory(history: ListHistory) -> TitleMemory:
    latest = history.memory.copy()
    latest.fade_to(math.floor(history.last.hours))
    return latest


def find_truth(replay: Replay, target: Target) -> tuple[Floats, Mask]:
    """What came true (0 or 1), and which rows the question is asked of.

    Listed: in the look at exactly that clock hour; hours without a look are left out, pinned rows
    and adverts too. Top ten: at rank 10 or better in any look of the six hours after.
    """
    ordinary = ~np.isnan(replay.rank)
    if target.startswith("listed"):
        ahead = int(target.removeprefix("listed_"))
        seen = set(zip(replay.title, replay.hour.tolist(), strict=True))
        later = (replay.hour + ahead).tolist()
        truth = [key in seen for key in zip(replay.title, later, strict=True)]
        asked = ordinary & np.isin(replay.hour + ahead, replay.hour)
        return np.array(truth, dtype=np.float64), asked
    truth = _find_reached(replay, hours=6)
    first = replay.first if target == "top10_first" else ~replay.first
    return np.array(truth, dtype=np.float64), ordinary & (replay.rank > TOP) & first


def _find_reached(replay: Replay, hours: int) -> list[bool]:
    tops: dict[str, list[int]] = {}
    for place in np.flatnonzero(replay.rank <= TOP).tolist():
        tops.setdefault(replay.title[place], []).append(int(replay.hour[place]))
    return [
        any(hour < top <= hour + hours for top in tops.get(title, ()))
        for title, hour in zip(replay.title, replay.hour.tolist(), strict=True)
    ]


def load_replay(data: Path, cache: Path | None = None, source: str = "weibo") -> Replay:
    """The described history; kept in and read from the folder `cache` where one is given."""
    path = cache / f"replay-{source}.pickle" if cache is not None else None
    if path is not None and path.is_file():
        with path.open("rb") as file:
            return Replay(*pickle.load(file))  # noqa: S301
    replay = replay_history(list(load_looks(data, source)))
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            pickle.dump(tuple(replay), file)
    return replay
