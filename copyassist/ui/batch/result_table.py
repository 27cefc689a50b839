"""The rows of a finished batch as a table: filtered, and taken to the desk one by one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from copyassist.batch import COLUMNS, BatchPlan, BatchSummary, inspect_source
from copyassist.batch.readers import TitleRow, read_blocks
from copyassist.i18n import say
from copyassist.platforms import find_platform
from copyassist.ui.kit.grid import show_grid
from copyassist.ui.kit.handover import HandedDraft, hand_over
from copyassist.ui.kit.parts import show_card_title, show_note, show_text
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant

ROWS_SHOWN = 5_000  # what a person looks through, and a browser draws at once
KINDS = ("all", "clean", "sendable", "forbidden")
SHOWN = ("score", "worst", "length", "nearest_title")
TABLE = "batch_rows"


def show_rows(plan: BatchPlan, summary: BatchSummary) -> None:
    """The first rows of the result with a filter; a ticked one is told whole."""
    rows = _load_rows(plan, (summary.out, summary.out.stat().st_mtime_ns))
    show_card_title(words("batch.table"), words("batch.table_note"))
    if summary.tally.rows > len(rows):
        show_note(words("batch.table_capped", count=len(rows)))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        wanted = st.text_input(words("batch.filter_words"), key="batch_filter_words").strip()
        kind = st.segmented_control(
            words("batch.filter_kind"),
            KINDS,
            key="batch_filter_kind",
            default=KINDS[0],
            required=True,
            format_func=lambda one: label(f"batch.kind_{one}"),
        )
    found = _filter(rows, wanted, kind or KINDS[0])
    show_note(words("batch.table_count", count=len(found)))
    if found.empty:
        return
    with st.container(key=TABLE):
        chosen = show_grid(
            _dress(found),
            hide_index=True,
            width="stretch",
            height=min(420, 37 + 35 * max(1, len(found))),
            key=f"{TABLE}_{kind}_{wanted}",  # what is ticked belongs to what is shown
            on_select="rerun",
            selection_mode="single-row",
            placeholder="—",
            column_config={
                words("batch.score"): st.column_config.NumberColumn(format="%.0f", width="small"),
                words("batch.title_name"): st.column_config.TextColumn(width="large"),
            },
        )
    ticked = chosen["selection"]["rows"]
    if ticked and ticked[0] < len(found):
        _show_row(found.iloc[ticked[0]])


@st.cache_data(show_spinner=False, max_entries=4, hash_funcs={BatchPlan: lambda plan: plan.out})
def _load_rows(plan: BatchPlan, written: tuple[Path, int]) -> pd.DataFrame:
    """The result's first rows; `written` is the file and when it was."""
    out, _ = written
    source = inspect_source(out)
    names = {column.name: shown for column, shown in zip(COLUMNS, plan.results, strict=True)}
    names["title"] = plan.source.columns[plan.title]
    if plan.body is not None:
        names["body"] = plan.source.columns[plan.body]
    at = {
        name: source.columns.index(shown)
        for name, shown in names.items()
        if shown in source.columns
    }
    return pd.DataFrame(
        [
            {name: row.cells[place] for name, place in at.items()}
            | {"line": plan.source.first_line + n}
            for n, row in _read(out)
        ],
        columns=[*at, "line"],
    ).assign(
        score=lambda table: pd.to_numeric(table["score"], errors="coerce"),
        worst=lambda table: table["worst"].replace(_find_codes(plan)),
    )


def _find_codes(plan: BatchPlan) -> dict[str, str]:
    """The codes of severities by their words, where the file has words."""
    if not plan.worded:
        return {}
    language = plan.options.language
    return {say(language, f"batch.severity.{code}"): code for code in ("error", "warning", "info")}


def _read(out: Path) -> Iterator[tuple[int, TitleRow]]:
    rows = (row for block in read_blocks(inspect_source(out)) for row in block.rows)
    for number, row in zip(range(ROWS_SHOWN), rows, strict=False):
        if row.readable:
            yield number, row


def _filter(rows: pd.DataFrame, wanted: str, kind: str) -> pd.DataFrame:
    worst = rows["worst"].fillna("").astype(str)
    kept = {
        "all": worst.notna(),
        "clean": worst == "",
        "sendable": worst != "error",
        "forbidden": worst == "error",
    }[kind]
    if wanted:
        titles = rows["title"].fillna("").astype(str)
        kept &= titles.str.contains(wanted, case=False, regex=False)
    ranked = rows[kept].sort_values("score", ascending=False, na_position="last", kind="stable")
    # What cannot be published comes last, whatever it scores.
    last = ranked["worst"].eq("error")
    return pd.concat([ranked[~last], ranked[last]])


def _dress(rows: pd.DataFrame) -> pd.DataFrame:
    columns: dict[str, Any] = {
        words("batch.score"): rows["score"],
        words("batch.title_name"): rows["title"],
        words("batch.worst"): rows["worst"].map(_name_severity),
        words("batch.length"): rows["length"],
        words("batch.nearest"): rows["nearest_title"],
        words("batch.row"): rows["line"],
    }
    return pd.DataFrame(columns).replace("", None).dropna(axis="columns", how="all")


def _name_severity(worst: object) -> str:
    return words(f"severity.{worst}") if worst in ("error", "warning", "info") else "—"


def _show_row(row: "pd.Series[Any]") -> None:
    title = _text(row.get("title"))
    with st.container(border=True, key="card_row"):
        show_card_title(title)
        for name in ("findings", "reasons", "row_problem"):
            if said := _text(row.get(name)):
                for line in said.splitlines():
                    show_text(line)
        platform = find_platform(get_assistant().platforms, _text(row.get("scored_for")))
        known = platform.id if platform else ""
        if st.button(label("batch.to_desk"), key="batch_to_desk", type="primary"):
            hand_over(HandedDraft(title, _text(row.get("body")), known))


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell)
