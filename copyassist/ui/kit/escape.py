"""Makes text from users, feeds and files harmless wherever a page shows it.

Three places show text: HTML of our own (`as_html`), Streamlit labels and sentences, which are
Markdown (`as_markdown`), and plain widgets such as `st.text`, which need neither.
"""

import html
import re
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

# Every ASCII mark that Markdown, its Streamlit dialect ($math$, :material/…:, :red[…]) or inline
# HTML could take as more than itself. A backslash before ASCII punctuation is itself in CommonMark.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_BREAKS = re.compile(r"[\r\n\u2028\u2029\v\f]+")
_BARE_LINK = re.compile(r"(?i)(https?|ftp)(?=\\:)|(www)(?=\\\.)|(\\@)")


def as_html(text: object) -> str:
    """The text for an HTML element or a quoted attribute."""
    return html.escape(str(text), quote=True)


def as_markdown(text: object) -> str:
    """The text on one line of Markdown, shown literally: no links, images, maths or icons."""
    escaped = _MARKS.sub(r"\\\1", _BREAKS.sub(" ", str(text)))
    # Linkifiers look at the text after the escapes are gone; a zero-width joiner stops them.
    escaped = _BARE_LINK.sub(lambda found: f"{found[0]}\u2060", escaped)
    return escaped.strip(" \t") or "\u200b"


def html_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a sentence for HTML: numbers stay numbers, so that formats like {n:,} work."""
    return {name: value if _is_number(value) else as_html(value) for name, value in params.items()}


def markdown_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a sentence for Markdown."""
    return {
        name: value if _is_number(value) else as_markdown(value) for name, value in params.items()
    }


def shorten(text: str, limit: int) -> str:
    """The text on one line, cut to `limit` columns; a wide character counts as two."""
    line = " ".join(text.split())
    widths = list(accumulate(2 if ord(c) > 0x2E7F else 1 for c in line))
    if not widths or widths[-1] <= limit:
        return line
    return line[: sum(width <= limit - 1 for width in widths)] + "…"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
