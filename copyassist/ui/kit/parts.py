"""The pieces that pages are built from: headings, cards, empty states, figures, small tables."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from copyassist.resources import find_asset
from copyassist.types import Account
from copyassist.ui.kit.accounts import choose_account
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.platforms import follow_account
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded

# Streamlit's uploader and status line speak English only; the sentence that replaces them is ours.
_RESTATED = """
[data-testid="stFileUploaderDropzoneInstructions"] span {{ display: none; }}
[data-testid="stFileUploaderDropzoneInstructions"] div::after {{ content: "{limit}"; font-size: .88rem; color: var(--ca-muted); }}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p::after {{ content: "{choose}"; font-size: .95rem; }}
"""


# In Chinese fonts quotation marks are as wide as a hanzi, which English text cannot bear. The
# theme's first font exists in English alone, and only for these marks.
_NARROW_QUOTES = """
@font-face {
  font-family: "Narrow Quotes"; unicode-range: U+2018-201D;
  src: local("Segoe UI"), local("Helvetica Neue"), local("Arial"), local("Liberation Sans"), local("DejaVu Sans");
}
"""


def apply_style() -> None:
    """Puts the pages' own style sheet in, with the texts that stand in for Streamlit's."""
    style = find_asset("ui", "style.css").read_text("utf-8")
    restated = _RESTATED.format(limit=words("upload.limit"), choose=words("upload.choose"))
    fonts = _NARROW_QUOTES if language() == "en" else ""
    st.html(f"<style>{style}{restated}{fonts}</style>")


def show_header(page: str) -> None:
    """The page's name and what it is for, and the notice where figures are simulated."""
    st.html(
        f'<div class="ca-head"><h1>{markup(f"{page}.title")}</h1>'
        f"<p>{markup(f'{page}.subtitle')}</p></div>"
    )


def show_demo_notice(account: Account | None) -> None:
    """Says that an account's figures are simulated, with the button that removes them."""
    place = st.container()  # there in any case: what stands below must not move
    if account is None or not account.is_demo:
        return
    with place, st.container(horizontal=True, vertical_alignment="center", key="demo_notice"):
        st.html(f'<div class="ca-demo" role="note">{markup("demo.notice")}</div>')
        st.button(label("demo.remove"), key="demo_remove", on_click=guarded(remove_demo))


def remove_demo() -> None:
    """Deletes the simulated account, and what the session remembers of it."""
    get_assistant().posts.remove_demo()
    st.session_state.pop("desk_result", None)
    st.toast(label("demo.removed"))


def load_demo() -> None:
    """Loads the simulated account and chooses it where none was chosen."""
    account, _ = get_assistant().posts.load_demo()
    choose_account(account)
    follow_account()


def card(name: str) -> AbstractContextManager[Any]:
    """A bordered card; `name` becomes its CSS class, and what tests find it by."""
    return st.container(border=True, key=f"card_{name}")


def show_card_title(text: str, note: str = "") -> None:
    """A card's heading with a quiet note beside it. Both are plain text."""
    small = f"<small>{as_html(note)}</small>" if note else ""
    st.html(f'<h3 class="ca-h">{as_html(text)}{small}</h3>')


def show_text(text: str) -> None:
    """A paragraph of plain text."""
    st.html(f'<p class="ca-p">{as_html(text)}</p>')


def show_note(text: str) -> None:
    """A quiet paragraph of plain text."""
    st.html(f'<p class="ca-muted">{as_html(text)}</p>')


def show_empty(key: str, steps: int = 0, **params: Any) -> None:
    """An empty state: what is missing, and what to do next, as `steps` numbered sentences."""
    items = "".join(f"<li>{markup(f'{key}.step{n}', **params)}</li>" for n in range(1, steps + 1))
    ordered = f"<ol>{items}</ol>" if items else ""
    st.html(
        f'<div class="ca-empty"><b>{markup(f"{key}.title", **params)}</b>'
        f'<div class="ca-muted">{markup(f"{key}.text", **params)}</div>{ordered}</div>'
    )


def show_figures(figures: Sequence[tuple[str, str]]) -> None:
    """A row of figures as (value, what it is), plain text both."""
    cells = "".join(
        f"<div><b>{as_html(value)}</b><span>{as_html(name)}</span></div>" for value, name in figures
    )
    st.html(f'<div class="ca-figures">{cells}</div>')


def severity_tag(severity: str) -> str:
    """A severity as an HTML label that carries its word."""
    return f'<span class="ca-tag ca-{severity}">{markup(f"severity.{severity}")}</span>'


def show_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], numeric: frozenset[int] = frozenset()
) -> None:
    """A small table of ready HTML cells that stacks on a narrow screen.

    `columns` are plain text; cells are HTML, escaped by the caller. The first column is the name.
    """
    head = "".join(
        f'<th class="{"n" if n in numeric else ""}">{as_html(name)}</th>'
        for n, name in enumerate(columns)
    )
    body = "".join(_row(columns, cells, numeric) for cells in rows)
    st.html(
        f'<div class="ca-scroll"><table class="ca-table stack"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(columns: Sequence[str], cells: Sequence[str], numeric: frozenset[int]) -> str:
    shown = "".join(
        f'<td class="{"name" if n == 0 else "n" if n in numeric else ""}" '
        f'data-label="{as_html(columns[n])}">{cell}</td>'
        for n, cell in enumerate(cells)
    )
    return f"<tr>{shown}</tr>"
