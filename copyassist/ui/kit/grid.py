"""Tables and charts whose rows the reader's browser saves as CSV: no cell of them is a formula."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from copyassist.cells import disarm


def show_grid(rows: pd.DataFrame | Mapping[str, Sequence[Any]], **options: Any) -> Any:
    """Streamlit's table, whose download leaves it as it is shown. `options` are `st.dataframe`'s."""
    return st.dataframe(disarm_rows(pd.DataFrame(rows)), **options)


def disarm_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with headings and texts that no spreadsheet program takes for formulas."""
    safe = rows.rename(columns=_disarm)
    for place, kind in enumerate(rows.dtypes):
        if pd.api.types.is_object_dtype(kind) or pd.api.types.is_string_dtype(kind):
            safe.isetitem(place, rows.iloc[:, place].map(_disarm, na_action="ignore").array)
    return safe


def _disarm(cell: object) -> object:
    return disarm(cell) if isinstance(cell, str) else cell
