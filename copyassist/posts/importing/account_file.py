"""The JSON document that an account is exported to, read back."""

import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from copyassist.errors import InputError
from copyassist.tables.cells import mend_cell, parse_time
from copyassist.tables.metrics import METRICS
from copyassist.types import MetricValue, Post

MARK = "copyassist_account"
_VERSION = 1
_BOUNDS = ("exact", "at_least", "at_most")
_TEXTS = ("kind", "platform_post_id", "url", "body")


def is_account_file(data: bytes) -> bool:
    """Whether the bytes begin like an exported account."""
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and MARK.encode() in head


def parse_account(name: str, data: bytes) -> tuple[list[Post], list[int]]:
    """The posts and the numbers (from 1) of those that cannot be read. Raises InputError."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
        listed = document["posts"] if document[MARK] == _VERSION else None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("file_unreadable", name=name, reason=str(error)) from error
    if not isinstance(listed, list):
        raise InputError("file_unreadable", name=name, reason=MARK)
    posts: list[Post] = []
    bad: list[int] = []
    for number, row in enumerate(listed, 1):
        try:
            posts.append(_read_post(row))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            bad.append(number)
    return posts, bad


def _read_post(row: Mapping[str, Any]) -> Post:
    texts = {name: _text(row.get(name, "")) for name in _TEXTS}
    if not texts["url"].lower().startswith(("http://", "https://")):
        texts["url"] = ""
    return Post(
        title=_text(row["title"]),
        platform=_text(row["platform"]),
        published_at=_time(row["published_at"]),
        metrics={name: _value(value) for name, value in row["metrics"].items() if name in METRICS},
        kind=texts["kind"],
        platform_post_id=texts["platform_post_id"],
        url=texts["url"],
        body=texts["body"],
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return mend_cell(value)  # no spreadsheet program reads it: nothing was disarmed


def _time(value: object) -> datetime | None:
    return None if value is None else parse_time(_text(value))


def _value(value: Mapping[str, Any]) -> MetricValue:
    number, bound = float(value["value"]), value["bound"]
    if bound not in _BOUNDS or not math.isfinite(number):
        raise ValueError(value)
    return MetricValue(number, bound)
