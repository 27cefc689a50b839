"""Lists made by hand: a morning of three platforms, with one event on all of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from copyassist.store import Store
from copyassist.types.news import HotItem, Poll, PollOutcome

HOSTILE = "<img src=x onerror=alert(1)> [点](javascript:alert(1)) $x$ =1+1"
EVENT = ("华北暴雨多地停课", "华北多地暴雨 学校停课", "暴雨来袭华北多地停课")
OTHERS = (
    "国产大飞机完成首次远程飞行",
    "高考作文题公布引热议",
    "某品牌手机发布会定档下周",
    "央行宣布下调存款准备金率",
    "大熊猫幼崽首次亮相动物园",
    HOSTILE,
)


def save_list(
    store: Store, source: str, when: datetime, titles: Sequence[str], **rest: Any
) -> Poll:
    """One good poll; the titles in their order, the heat falling with the rank."""
    rows = [
        HotItem(
            source=source,
            title=title,
            rank=rank,
            heat=1_000_000 / rank,
            url=f"https://example.com/{source}/{rank}",
            external_id=title,
            seen_at=when,
            **rest,
        )
        for rank, title in enumerate(titles, 1)
    ]
    poll = Poll(source=source, seen_at=when, outcome=PollOutcome.GOOD, rows=len(rows))
    return store.hot.save_poll(poll, rows)


def save_morning(store: Store, now: datetime) -> None:
    """Four hours of hourly lists up to `now`: the event climbs on Weibo and reaches two others."""
    for hour in range(4):
        when = now - timedelta(hours=3 - hour)
        place = 5 - hour  # 6th, 5th, 4th, 3rd
        weibo = [*OTHERS[:place], EVENT[0], *OTHERS[place:]]
        save_list(store, "weibo", when, weibo, category="社会")
        if hour >= 2:
            save_list(store, "zhihu", when, [OTHERS[1], EVENT[1], OTHERS[0]])
    save_list(store, "toutiao", now, [EVENT[2], OTHERS[3]])


def now() -> datetime:
    """The present whole second: what the store keeps of a time."""
    return datetime.now(UTC).replace(microsecond=0)
