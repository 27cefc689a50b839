"""Rows that repeat an earlier row of the file, told whatever the blocks."""

from copyassist.batch.repeats import SeenTitles

TITLES = [
    "三百块改造出租屋，房东都想涨价",
    "减脂期的早餐怎么吃",
    "震惊！三百块改造出租屋，房东都想涨价",
    "深海里的鲸鱼如何睡觉",
    "三百块改造出租屋，房东都想涨价",
    "",
    "",
]


def tell(sizes: list[int]) -> list[tuple[int, str] | None]:
    seen, found, at = SeenTitles(), [], 0
    for size in sizes:
        lines = list(range(at + 1, at + size + 1))
        found += seen.add(TITLES[at : at + size], lines)
        at += size
    return [None if one is None else (one.line, one.relation) for one in found]


def test_the_same_line_twice_is_flagged_and_edits_of_it() -> None:
    expected = [None, None, (1, "edited"), None, (1, "identical"), None, None]
    assert tell([7]) == expected
    assert tell([1] * 7) == expected
    assert tell([2, 1, 4]) == expected


def test_beyond_the_limit_what_is_the_same_is_still_told(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("copyassist.batch.repeats.NEARLY", 0)
    assert tell([7])[4] == (1, "identical")
    assert tell([7])[2] is None
