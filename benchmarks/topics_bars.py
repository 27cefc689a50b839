"""The table of what topics have to reach: figures on days and pairs that settled no number.

`title_pairs_labels.csv` labels rows of the data's unlabelled pairs by their number: S same event,
R related, N neither, by one who also wrote the rules. 80 of them were labelled a second time, in another order and without looking:
79 of 80 the same way on "same event" (kappa .97). The pairs of its part "tuned" were looked at while
the code was written, those of "judged" once, at the end.
"""

import csv
import gzip
import json
import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.data import find_data, print_table
from copyassist.news.topics.merge import Engine, Merger, load_engine, measure_same_event
from copyassist.news.topics.relevance import Profile
from copyassist.resources import find_models
from copyassist.training.archives import load_described, load_titles
from copyassist.training.events import LabelledDay, load_labelled_days
from copyassist.training.merge_figures import (
    POPULATION,
    Day,
    TitlePairs,
    count_foreign,
    measure_bcubed,
    measure_recall,
)
from copyassist.types import Post, RatedPost
from copyassist.types.news import HotItem

UNLABELLED = "events/title_pairs_unlabelled.csv.gz"
LABELS = Path(__file__).with_name("title_pairs_labels.csv")
BOARD = 700
# Three made-up accounts: what they wrote, nobody published.
ACCOUNTS = {
    "food": "空气炸锅烤红薯 外皮流蜜/早餐三明治的五种搭配/自制吐司怎么做才松软/番茄牛腩的家常做法"
    "/一周减脂晚餐不重样/我们可以吃的一个低卡蛋糕/夏天必喝的三款冰饮/电饭煲焖饭合集/外婆教我的红烧肉",
    "technology": "iPhone 17 值不值得买/安卓旗舰拍照横评/小米新车智驾体验/大模型写周报的提示词/路由器怎么选"
    "/显卡降价了该入手吗/折叠屏用了三个月的感受/续航最长的笔记本/鸿蒙系统的五个隐藏功能",
    "children": "三岁宝宝不爱吃饭怎么办/幼儿园入园焦虑/孩子发烧护理/小学一年级识字方法/暑假带娃去哪玩"
    "/二胎家庭的一天/亲子阅读书单/孩子写作业拖拉/儿童牙齿护理",
}
BARS = {
    "weibo": {"listed_3": 0.89, "listed_6": 0.92, "top10_first": 0.76, "top10_later": 0.84},
    "zhihu": {"listed_3": 0.86},
    "kuaishou": {"listed_3": 0.80},
    "douyin": {"listed_3": 0.76},
}


def main() -> None:
    """Prints the table."""
    data, engine = find_data(), load_engine()
    rows = [*_measure_pairs(data, engine), *_measure_days(data, engine)]
    rows += [*_list_forecasts(), *_measure_relevance(data, engine)]
    print("\nWhat topics have to reach\n")
    print_table(["what", "now", "bar"], rows)


def _measure_pairs(data: Path, engine: Engine) -> list[list[str]]:
    found = []
    for part in ("tuned", "judged"):
        pairs = load_judged_pairs(data, part)
        one, two = ([(title, "") for title in side] for side in (pairs.one, pairs.two))
        recall = measure_recall(pairs, measure_same_event(engine, one, two))
        found.append(
            [f"cross-platform pairs ({part}), recall at precision .9", f"{recall:.3f}", ".65"]
        )
    return found


def load_judged_pairs(data: Path, part: str) -> TitlePairs:
    """The pairs of one part of the labels."""
    with gzip.open(data / UNLABELLED, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with LABELS.open(encoding="utf-8", newline="") as lines:
        labels = [row for row in csv.DictReader(lines) if row["part"] == part]
    chosen = [rows[int(label["row"])] for label in labels]
    drawn = Counter(row["bin"] for row in chosen)
    return TitlePairs(
        [row["title_a"] for row in chosen],
        [row["title_b"] for row in chosen],
        np.array([label["first"] == "S" for label in labels]),
        np.array([POPULATION[row["bin"]] / drawn[row["bin"]] for row in chosen]),
    )


def _measure_days(data: Path, engine: Engine) -> list[list[str]]:
    days = load_labelled_days(load_titles(data), "judged")
    found = []
    for name, labelled in sorted(days.items()):
        day = _to_day(labelled)
        merger = Merger(engine)
        merger.absorb(day.items)
        topics = [merger.find_topic(item.title) for item in day.items]
        figure, foreign = measure_bcubed(day, topics), count_foreign(day, topics)
        said = f"{figure.precision:.3f} / {figure.recall:.3f} / {figure.f1:.3f}"
        found.append([f"BCubed P / R / F of {name}", said, ".95"])
        share = foreign.topics / max(1, foreign.several)
        said = f"{foreign.topics} of {foreign.several} ({share:.0%})"
        found.append([f"topics holding a foreign title, {name}", said, "8%"])
        said = f"{100 * foreign.titles / foreign.shown:.1f}"
        found.append([f"foreign titles in 100 topics shown, {name}", said, ""])
    return found


def _to_day(labelled: LabelledDay) -> Day:
    when = datetime(2026, 2, 10, 4, tzinfo=UTC)
    items = [
        HotItem(source=source, title=title, seen_at=when)
        for source, title in zip(labelled.sources, labelled.titles, strict=True)
    ]
    return Day(items, labelled.events, labelled.debatable)


def _list_forecasts() -> list[list[str]]:
    """What training measured on the last tenth of each list's hours, before it refitted on all."""
    found = []
    for source, bars in BARS.items():
        folder = find_models() / f"forecast-{source}"
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
        for target, bar in bars.items():
            metrics = manifest["targets"][target]["metrics"]
            auc = metrics["auc"]
            said = f"{auc['value']:.3f} ({auc['low']:.3f} .. {auc['high']:.3f})"
            found.append([f"{source} {target}, AUC", said, f"{bar:.2f}"])
            errors = (metrics[f"calibration_error{rest}"] for rest in ("", "_followed"))
            said = " / ".join(f"{error:.3f}" for error in errors)
            found.append(
                [f"{source} {target}, calibration error as fitted / following", said, ".015"]
            )
    return found


def _measure_relevance(data: Path, engine: Engine) -> list[list[str]]:
    rng = random.Random(4)
    board = rng.sample([title for title, _ in load_described(data)], BOARD)
    now = datetime(2026, 5, 31, tzinfo=UTC)
    found = []
    for name, titles in ACCOUNTS.items():
        rated = [
            RatedPost(
                post=Post(title=t, platform="weibo", published_at=None),
                metric="likes",
                value=None,
                ratio=None,
            )
            for t in titles.split("/")
        ]
        profile = Profile(engine, rated, board=board)
        measured = [(profile.measure([title], now), title) for title in board]
        close = sum(one.level == "close" for one, _ in measured)
        found.append([f"close to the {name} account", f"{close / BOARD:.1%}", "5%"])
        best = sorted(measured, key=lambda pair: -(pair[0].closeness or 0))[:10]
        print(f"\nFirst ten for {name}: " + " / ".join(title for _, title in best))
    return found


if __name__ == "__main__":
    main()
