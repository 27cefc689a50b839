"""Forecasts of the newest look at each list, kept in a file for the next run of the program.

A cache: what is odd about the file is passed over, and the forecast is made anew.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from copyassist import __version__
from copyassist.errors import CopyAssistError
from copyassist.home import keep_file
from copyassist.news.topics.forecast import Forecast

_FIELDS = tuple(field.name for field in fields(Forecast))
_TIMES = ("seen_at", "until")


class KeptForecasts:
    """The file; `name` says which look of a list a forecast is of."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def find(self, source: str, name: Sequence[str]) -> list[Forecast] | None:
        """The forecasts of that look, None where they are not kept."""
        try:
            told = self._load()[source]
            if told["name"] != [__version__, *name]:
                return None
            return [_unpack(row) for row in told["rows"]]
        except (KeyError, ValueError, TypeError, AttributeError):
            return None

    def keep(self, source: str, name: Sequence[str], rows: Sequence[Forecast]) -> None:
        """Keeps the forecasts of one look; those of other lists stay."""
        told = {"name": [__version__, *name], "rows": [_pack(row) for row in rows]}
        with suppress(OSError, CopyAssistError):
            self._file.parent.mkdir(exist_ok=True)
            whole = json.dumps(self._load() | {source: told}, ensure_ascii=False)
            keep_file(self._file, whole.encode())

    def _load(self) -> dict[str, Any]:
        try:
            found = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _pack(row: Forecast) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in _FIELDS}
    return told | {name: told[name] and told[name].isoformat() for name in _TIMES}


def _unpack(told: dict[str, Any]) -> Forecast:
    times = {name: told[name] and datetime.fromisoformat(told[name]) for name in _TIMES}
    return Forecast(**{name: told[name] for name in _FIELDS} | times)
