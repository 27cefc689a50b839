"""Gives the demo account's hand-written titles their invented figures: titles.csv -> posts.csv.

No number in posts.csv was ever measured. Each is drawn from a log-normal around a median that
drifts over the fourteen months, times a factor for the topic, the kind and the weekday; the
wording of a title has no influence. The spreads are those of real accounts: a factor of about 1.5
for the read rate of a pushed article, about 2.6 for the views of a note.

A row's draws are seeded by its own title and date, so that a new row leaves the others alone, and
use nothing but `Random.random`, the one draw that Python promises to keep from version to version.

Run it from anywhere: python corpora/demo/simulate.py
"""

import csv
import io
import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import NormalDist

HERE = Path(__file__).parent
SEED = "slow-fire-1"
START = datetime.fromisoformat("2025-09-15T00:00:00+08:00")

Row = dict[str, str]
METRICS = (
    *("impressions", "views", "ctr", "push_views", "delivered", "delivered_read_rate", "readers"),
    *("likes", "comments", "favourites", "shares", "follows", "watching"),
)

TOPICS: Mapping[str, Mapping[str, float]] = {
    "wechat": {
        **{"记账": 1.35, "小屋": 1.22, "做饭": 1.05, "睡眠": 1.08, "日常": 1.0, "周末游": 0.95},
        **{"便当": 0.92, "散步": 0.86, "植物": 0.78, "读书": 0.72, "好物": 0.7},
    },
    "xiaohongshu": {
        **{"便当": 1.55, "小屋": 1.45, "做饭": 1.2, "记账": 1.15, "好物": 1.1, "周末游": 1.0},
        **{"散步": 0.85, "睡眠": 0.8, "植物": 0.75, "日常": 0.65, "读书": 0.55},
    },
}
# Monday first.
WEEKDAYS = {
    "wechat": (1.0, 1.03, 1.0, 0.97, 0.94, 0.9, 1.08),
    "xiaohongshu": (0.95, 0.95, 0.98, 1.0, 1.06, 1.12, 1.1),
}
KINDS = {"头条": 1.0, "次条": 0.36, "图文": 1.0, "视频": 1.25}


def simulate(titles: str) -> str:
    """The text of posts.csv for the text of titles.csv."""
    out = io.StringIO()
    columns = ("platform", "published_at", "kind", "topic", "title", *METRICS)
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in csv.DictReader(io.StringIO(titles)):
        writer.writerow({**row, **simulate_metrics(row)})
    return out.getvalue()


def simulate_metrics(row: Row) -> Row:
    """One post's figures by canonical metric name; rates are fractions."""
    draws = Draws(f"{SEED}|{row['published_at']}|{row['title']}")
    simulated = _simulate_article if row["platform"] == "wechat" else _simulate_note
    return simulated(row, draws)


class Draws:
    """The random draws of one row."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311 - figures for show, not secrets

    def spread(self, sigma: float) -> float:
        """A log-normal factor with median 1."""
        # random() may be 0, whose normal quantile does not exist.
        return math.exp(sigma * NormalDist().inv_cdf(max(self._random.random(), 1e-12)))

    def count(self, expected: float, sigma: float = 0.35) -> int:
        return round(expected * self.spread(sigma))


def _simulate_article(row: Row, draws: Draws) -> Row:
    delivered = draws.count(8200 * (1 + 0.55 * _progress(row)), 0.01)
    rate = 0.041 * _factor(row) * (1 - 0.18 * _progress(row)) * draws.spread(0.42)
    push_views = max(1, round(delivered * rate))
    views = push_views + draws.count(push_views * 0.35, 0.7)
    return _texts(
        delivered=delivered,
        push_views=push_views,
        delivered_read_rate=round(push_views / delivered, 4),
        views=views,
        readers=min(views, draws.count(views * 0.83, 0.03)),
        shares=draws.count(views * 0.035, 0.5),
        likes=draws.count(views * 0.022, 0.45),
        watching=draws.count(views * 0.011, 0.45),
    )


def _simulate_note(row: Row, draws: Draws) -> Row:
    impressions = draws.count(9500 * (1 + 0.9 * _progress(row)) * _factor(row), 0.85)
    ctr = min(0.35, 0.118 * draws.spread(0.33))
    views = round(impressions * ctr)
    return _texts(
        impressions=impressions,
        views=views,
        ctr=round(ctr, 3),
        likes=draws.count(views * 0.045, 0.4),
        comments=draws.count(views * 0.006, 0.6),
        favourites=draws.count(views * 0.032, 0.6),
        shares=draws.count(views * 0.008, 0.6),
        follows=draws.count(views * 0.004, 0.7),
    )


def _factor(row: Row) -> float:
    platform = row["platform"]
    weekday = WEEKDAYS[platform][datetime.fromisoformat(row["published_at"]).weekday()]
    return TOPICS[platform][row["topic"]] * KINDS[row["kind"]] * weekday * _season(row)


def _season(row: Row) -> float:
    """A slow wave of a tenth up and down, so that the median has something to follow."""
    return 1 + 0.1 * math.sin(2 * math.pi * 2 * _progress(row))


def _progress(row: Row) -> float:
    """0 on the first day, about 1 after fourteen months."""
    return (datetime.fromisoformat(row["published_at"]) - START).days / 426


def _texts(**metrics: float) -> Row:
    return {name: str(value) for name, value in metrics.items()}


if __name__ == "__main__":
    simulated = simulate((HERE / "titles.csv").read_text("utf-8"))
    (HERE / "posts.csv").write_text(simulated, "utf-8", newline="\n")
