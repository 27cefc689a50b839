"""What a list's history says about each row of its newest look: the forecast's features.

Training and forecasting read the very same numbers. Heats are natural logs, changes are now minus
then, ages are hours; NaN where a value is unknown, which the trees know what to do with.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.climate import HORIZONS, find_usual_of
from copyassist.news.topics.history import Level, ListHistory, Seen, Track
from copyassist.news.topics.looks import ListLook
from copyassist.news.topics.memory import FEATURES as MEMORY_FEATURES
from copyassist.reading.zones import CHINA_HOURS

Values = dict[str, float]

LAGS = (1, 2, 3, 6, 12)
LONG_AGO = 24.0
FEATURES: tuple[str, ...] = (
    *(
        [
            "rank",
            "position",
            "log_heat",
            "over_cutoff",
            "over_tenth",
            "over_top",
            "gap_above",
            "gap_below",
        ]
    ),
    *(["age", "observations", "first_rank", "first_over_cutoff", "best_rank", "hours_since_best"]),
    *(["below_peak", "peak_log_heat", "peak_over_cutoff", "runs", "absent_before", "seen_day"]),
    *(f"{name}_{lag}" for lag in LAGS for name in ("rank", "heat", "there")),
    *(
        [
            "over_heat_1",
            "over_heat_3",
            "speed",
            "acceleration",
            "ahead_3",
            "ahead_6",
            "heat_share_1",
        ]
    ),
    *(["label", "label_before", "label_hours", "hour", "weekday", "minute", "adverts", "cutoff"]),
    *(f"{name}_{lag}" for lag in (1, 3) for name in ("cutoff", "turnover")),
    *(f"{name}_{ahead}" for ahead in HORIZONS for name in ("bar", "kept")),
    *(f"usual_{of}_{ahead}" for ahead in HORIZONS for of in ("all", "band", "first")),
    *(["look_gap", "fresh_share", "young_share", "fresh_above", "neighbours", "past_neighbours"]),
    *(["neighbour_rank", "neighbour_similarity", "neighbour_above", "neighbour_age"]),
    *(["neighbour_move", "length", "digits", "latin"]),
    *MEMORY_FEATURES,
)


def describe_last(history: ListHistory) -> NDArray[np.float32]:
    """The features of every row of the newest look, shape (rows, len(FEATURES)).

    Raises IndexError where no look was absorbed.
    """
    look = history.last
    shared = _describe_list(history, look)
    moves = _find_moves(history, look)
    usual = {ahead: history.climate.find_usual(look.hours, ahead) for ahead in HORIZONS}
    rows = []
    fresh = 0
    for place, row in enumerate(look.rows):
        track = history.tracks[row.title]
        run = track.run
        values = shared | _describe_row(history, look, place) | {"fresh_above": fresh}
        values["heat_share_1"] = _share_below(moves, values["heat_1"])
        first = len(run) == 1
        for ahead in HORIZONS:
            shares = find_usual_of(usual[ahead], row.rank, first)
            values |= dict(zip(_usual_names(ahead), shares, strict=True))
            gain = ahead * values["speed"] - values[f"bar_{ahead}"]
            values[f"ahead_{ahead}"] = values["over_cutoff"] + gain
        rows.append([values[name] for name in FEATURES])
        fresh += first
    return np.array(rows, dtype=np.float32)


def _usual_names(ahead: int) -> tuple[str, str, str]:
    return f"usual_all_{ahead}", f"usual_band_{ahead}", f"usual_first_{ahead}"


def _describe_list(history: ListHistory, look: ListLook) -> Values:
    now = history.levels[-1]
    clock = now.hours + CHINA_HOURS
    ages = [now.hours - history.tracks[row.title].run[0].hours for row in look.rows]
    gap = now.hours - history.levels[-2].hours if len(history.levels) > 1 else math.nan
    values: Values = {
        "hour": math.floor(clock % 24),
        "minute": clock % 1,
        "weekday": (math.floor(clock / 24) + 4) % 7,
        "cutoff": now.cutoff,
        "adverts": sum(row.rank is None for row in look.rows),
        "look_gap": gap,
        "fresh_share": sum(age < 0.5 for age in ages) / len(ages),
        "young_share": sum(age < 1.5 for age in ages) / len(ages),
    }
    for lag in (1, 3):
        values |= _compare_levels(now, history.find_level(now.hours - lag), lag)
    for ahead in HORIZONS:
        values |= _find_rhythm(history, now, ahead)
    return values


def _compare_levels(now: Level, then: Level | None, lag: int) -> Values:
    if then is None:
        return {f"cutoff_{lag}": math.nan, f"turnover_{lag}": math.nan}
    new = len(now.titles - then.titles) / max(1, len(now.titles))
    return {f"cutoff_{lag}": now.cutoff - then.cutoff, f"turnover_{lag}": new}


def _find_rhythm(history: ListHistory, now: Level, ahead: int) -> Values:
    """How the bar moved and who stayed from this hour on, on the days before."""
    bars, kept = [], []
    for day in range(1, 7):
        then = history.find_level(now.hours - 24 * day)
        later = history.find_level(now.hours - 24 * day + ahead)
        if then is not None and later is not None:
            bars.append(later.cutoff - then.cutoff)
            kept.append(len(then.titles & later.titles) / max(1, len(then.titles)))
    return {f"bar_{ahead}": _mean(bars), f"kept_{ahead}": _mean(kept)}


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def _describe_row(history: ListHistory, look: ListLook, place: int) -> Values:
    title = look.rows[place].title
    track = history.tracks[title]
    run, now = track.run, history.levels[-1]
    values = _describe_place(look, place, run[-1], now)
    values |= _describe_run(run, now, history.find_level(run[0].hours, 0.01))
    values |= _describe_past(track, run)
    values |= _describe_lags(history, title, run)
    values |= _describe_label(run)
    values |= _describe_neighbours(history, look, place)
    values |= dict(zip(MEMORY_FEATURES, track.recalled, strict=True))
    values["length"] = len(title)
    values["digits"] = sum(c.isdigit() for c in title)
    values["latin"] = sum(c.isascii() and c.isalpha() for c in title)
    return values


def _describe_place(look: ListLook, place: int, seen: Seen, now: Level) -> Values:
    return {
        "rank": seen.rank,
        "position": place + 1.0,
        "log_heat": seen.heat,
        "over_cutoff": seen.heat - now.cutoff,
        "over_tenth": seen.heat - now.tenth,
        "over_top": seen.heat - now.top,
        "gap_above": _heat_at(look, place - 1) - seen.heat,
        "gap_below": seen.heat - _heat_at(look, place + 1),
    }


def _heat_at(look: ListLook, place: int) -> float:
    if not 0 <= place < len(look.rows):
        return math.nan
    heat = look.rows[place].heat
    return math.log(heat) if heat and heat > 0 else math.nan


def _describe_run(run: Sequence[Seen], now: Level, began: Level | None) -> Values:
    first, last = run[0], run[-1]
    best = min(run, key=lambda s: (math.inf if math.isnan(s.rank) else s.rank, -s.hours))
    peak = max((s.heat for s in run if not math.isnan(s.heat)), default=math.nan)
    return {
        "age": last.hours - first.hours,
        "observations": len(run),
        "first_rank": first.rank,
        "first_over_cutoff": first.heat - began.cutoff if began is not None else math.nan,
        "best_rank": best.rank,
        "hours_since_best": last.hours - best.hours,
        "below_peak": last.heat - peak,
        "peak_log_heat": peak,
        "peak_over_cutoff": peak - now.cutoff,
    }


def _describe_past(track: Track, run: Sequence[Seen]) -> Values:
    before = track.seen[track.run_start - 1].hours if track.run_start else math.nan
    day = sum(run[-1].hours - seen.hours <= LONG_AGO for seen in track.seen)
    return {"runs": track.runs, "absent_before": run[0].hours - before, "seen_day": day}


def _describe_lags(history: ListHistory, title: str, run: Sequence[Seen]) -> Values:
    now, level = run[-1], history.levels[-1]
    by_hours = {seen.hours: seen for seen in history.tracks[title].seen}
    values: Values = {"over_heat_1": math.nan, "over_heat_3": math.nan}
    for lag in LAGS:
        then = history.find_level(now.hours - lag)
        seen = by_hours.get(then.hours) if then is not None else None
        values[f"there_{lag}"] = math.nan if then is None else float(seen is not None)
        values[f"rank_{lag}"] = math.nan if seen is None else now.rank - seen.rank
        values[f"heat_{lag}"] = math.nan if seen is None else now.heat - seen.heat
        if lag in (1, 3) and seen is not None and then is not None:
            values[f"over_heat_{lag}"] = now.heat - seen.heat - (level.cutoff - then.cutoff)
    speeds = [_speed(run, back) for back in (1, 2)]
    return values | {"speed": speeds[0], "acceleration": speeds[0] - speeds[1]}


def _speed(run: Sequence[Seen], back: int) -> float:
    """Change of log heat an hour, `back` sightings ago."""
    if len(run) <= back:
        return math.nan
    one, two = run[-1 - back], run[-back]
    return (two.heat - one.heat) / max(0.3, two.hours - one.hours)


def _describe_label(run: Sequence[Seen]) -> Values:
    now = run[-1]
    since = now.hours
    for seen in reversed(run):
        if seen.label != now.label:
            break
        since = seen.hours
    before = run[-2].label if len(run) > 1 else math.nan
    return {"label": now.label, "label_before": before, "label_hours": now.hours - since}


def _describe_neighbours(history: ListHistory, look: ListLook, place: int) -> Values:
    now = look.hours
    near = history.tracks[look.rows[place].title].neighbours
    places = {row.title: i for i, row in enumerate(look.rows)}
    here = [(similarity, title) for title, similarity in near.items() if title in places]
    past = [history.tracks[t] for t in near if t not in places and t in history.tracks]
    values: Values = {
        "neighbours": len(here),
        "past_neighbours": sum(now - track.seen[-1].hours <= LONG_AGO for track in past),
        "neighbour_above": sum(places[title] < place for _, title in here),
    }
    return values | _describe_nearest(history, now, here, places)


def _describe_nearest(
    history: ListHistory, now: float, here: list[tuple[float, str]], places: Mapping[str, int]
) -> Values:
    names = ("rank", "similarity", "age", "move")
    if not here:
        return {f"neighbour_{name}": math.nan for name in names}
    similarity, title = max(here)
    run = history.tracks[title].run
    oldest = min(history.tracks[other].run[0].hours for _, other in here)
    move = run[-1].rank - run[-2].rank if len(run) > 1 else math.nan
    rank = min(places[other] for _, other in here)
    values = (rank, similarity, now - oldest, move)
    return {f"neighbour_{name}": value for name, value in zip(names, values, strict=True)}


def _find_moves(history: ListHistory, look: ListLook) -> list[float]:
    """The list's own changes of log heat in the last hour, sorted."""
    now = history.levels[-1]
    then = history.find_level(now.hours - 1)
    if then is None:
        return []
    moves = []
    for row in look.rows:
        by_hours = {seen.hours: seen for seen in history.tracks[row.title].seen}
        seen = by_hours.get(then.hours)
        if seen is not None:
            moves.append(by_hours[now.hours].heat - seen.heat)
    return sorted(move for move in moves if not math.isnan(move))


def _share_below(moves: Sequence[float], move: float) -> float:
    if math.isnan(move) or not moves:
        return math.nan
    return sum(other <= move for other in moves) / len(moves)
