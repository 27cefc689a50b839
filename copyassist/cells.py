"""Cells of the tables that are written: as text, and never a formula."""

import json
import re
from decimal import Decimal

# What spreadsheet programs read as the beginning of a formula, full width included.
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
_EXACT = 2**53  # below it a float holds every whole number
_LONGEST = 1e40  # digits beyond it say less than an exponent
_NUMBER = re.compile(r"[+-]?(\d[\d,]*\.?\d*|\.\d+)([eE][+-]?\d+)?%?")


def show_cell(value: object) -> str:
    """A cell as text: numbers in digits, whole ones without a point, times in ISO form, what is unknown empty."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float):
        return write_digits(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def write_digits(value: float) -> str:
    """A number in digits: 12300000000000000000, not 1.23e+19. A whole one has no point.

    A sheet keeps some 16 digits of a number; the zeros behind them are what it shows itself.
    """
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = str(value)
    if "e" not in text or not 1 / _LONGEST < abs(value) < _LONGEST:
        return text
    return f"{Decimal(text):f}"


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
