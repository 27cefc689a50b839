"""The chart of the posts: each month is named once."""

import json
from datetime import UTC, datetime

import pytest

from copyassist.ui.posts.charts import MARKS, _draw_posts, find_months


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ((2026, 10), (2026, 11), 1),
        ((2026, 1), (2026, 12), 1),
        ((2025, 1), (2026, 12), 3),
        ((2020, 1), (2026, 12), 6),
        ((2015, 1), (2026, 12), 12),
    ],
)
def test_the_marks_fit(first: tuple[int, int], last: tuple[int, int], step: int) -> None:
    begin, end = datetime(*first, 1, tzinfo=UTC), datetime(*last, 28, tzinfo=UTC)
    assert find_months(begin, end) == step
    assert (end.year - begin.year) * 12 / step <= MARKS


def test_the_axis_counts_in_months() -> None:
    drawn = json.loads(_draw_posts("views", 3, "light", "zh"))
    axes = [layer["encoding"]["x"]["axis"] for layer in drawn["layer"] if "x" in layer["encoding"]]
    assert [axis["tickCount"] for axis in axes] == [{"interval": "month", "step": 3}]
