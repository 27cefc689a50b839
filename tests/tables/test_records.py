"""Rows of text: quoted cells of any kind, and marks that are none."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.tables.records import LONGEST_CELL, split_rows

ROWS = [f"第{number}篇,{number},2026-01-{number % 28 + 1:02}" for number in range(1000)]


def split(text: str, width: int = 3) -> list[list[str]]:
    return [row.cells for row in split_rows(io.StringIO(text, newline=""), ",", width)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "places", [[21], [21, 522], [21, 22], [0], [999], [*range(0, 1000, 7)]], ids=str
)
def test_a_mark_without_its_pair_swallows_nothing(places: list[int], end: str) -> None:
    rows = [f'"{row}' if number in places else row for number, row in enumerate(ROWS)]
    found = split(end.join(rows))
    assert len(found) == len(rows)
    assert found[places[0]][0] == f'"第{places[0]}篇'


def test_it_swallows_nothing_however_long_the_file() -> None:
    rows = [*ROWS[:5], f'"{ROWS[5]}', *(ROWS * 200)]
    assert sum(map(len, rows)) > 10 * LONGEST_CELL
    found = list(split_rows(iter([f"{row}\n" for row in rows]), ",", 3))
    assert len(found) == len(rows)
    assert [row.line for row in found if row.stray] == [6]


def test_a_mark_at_the_end_of_another_cell_swallows_nothing() -> None:
    rows = [*ROWS[:5], f'"{ROWS[5]}', *ROWS[6:50], '他说"好",1,2026-01-01', *ROWS[50:60]]
    assert len(split("\n".join(rows))) == len(rows)


def test_cells_of_several_lines_are_cells() -> None:
    text = '标题,正文,赞\n"甲\n#一 #二","第一行\n第二行, 有逗号\n",3\n乙,丙,4\n'
    assert split(text)[1:] == [["甲\n#一 #二", "第一行\n第二行, 有逗号\n", "3"], ["乙", "丙", "4"]]


@given(
    st.lists(
        st.tuples(
            st.text("ab,\"'\n\r;\t 中", min_size=1, max_size=6), st.text('ab,"\n', max_size=4)
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_the_csv_module_writes_is_read(rows: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    assert split(written.getvalue(), 2) == [list(row) for row in rows]
