"""Cells of the tables that are written: as text, and never a formula."""

import json
import re

# What spreadsheet programs read as the beginning of a formula, full width included.
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?(\d[\d,]*\.?\d*|\.\d+)([eE][+-]?\d+)?%?")


def show_cell(value: object) -> str:
    """A cell as text: whole numbers without a point, times in ISO form, what is unknown empty."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def arm(text: str) -> str:
    """A text as it was before `disarm`: without the apostrophe before a sign."""
    sign = text.lstrip("'")[:1]
    return text[1:] if text.startswith("'") and sign in RISKY else text


def disarm(text: str) -> str:
    """A text that no spreadsheet program takes for a formula: an apostrophe before the sign.

    Numbers such as -12.5 stay as they are.
    """
    if text[:1] in RISKY and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
