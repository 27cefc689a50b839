"""When the figures of an export were true: the export says so, or its file's name, or nothing."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from copyassist.posts.importing.preview import AsOfSource
from copyassist.reading.moments import find_days
from copyassist.tables.cells import Cell, parse_text_cell

_SPEAKS_OF_DATE = re.compile("截至|截止|导出|更新|统计|下载|数据时间|数据周期|时间范围")
_LAST_SECOND = timedelta(days=1, seconds=-1)


def find_as_of(
    name: str, notices: Sequence[Sequence[Cell]], now: datetime
) -> tuple[datetime, AsOfSource]:
    """The time and where it was found; `notices` are the rows above the headings.

    A date means the end of its day in Beijing, or `now` where that day has not ended. Dates after
    `now` are no answer.
    """
    said = (
        text
        for row in notices
        for text in map(parse_text_cell, row)
        if _SPEAKS_OF_DATE.search(text[:500])
    )
    for text in said:
        if found := _find_last(text[:500], now):
            return found, "file"
    if found := _find_last(name, now):
        return found, "name"
    return now.astimezone(UTC), "now"


def _find_last(text: str, now: datetime) -> datetime | None:
    past = [day for day in find_days(text) if day <= now]
    return min(max(past) + _LAST_SECOND, now).astimezone(UTC) if past else None
