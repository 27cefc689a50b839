"""The window of the last call, kept in a file: the next one need only add what came in since.

A cache: whatever is odd about the file, the window is made anew. Numbers and texts only, as JSON.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from copyassist import __version__
from copyassist.errors import CopyAssistError
from copyassist.home import keep_file
from copyassist.news.board.window import Window
from copyassist.news.topics.merge import Choice, Engine, Node
from copyassist.news.topics.trend import Look
from copyassist.types.news import HotItem, Poll

FORM = 1
_TIMES = ("seen_at", "published_at")
_FIELDS = tuple(field.name for field in fields(HotItem))


def save_window(path: Path, window: Window, state: Mapping[str, Any]) -> None:
    """Keeps a window and what belongs to it. Where nothing can be written, nothing is kept."""
    nodes = window.merger.nodes()
    table = {
        "form": [FORM, __version__],
        "state": state,
        "polls": {source: _pack_times(times) for source, times in window.polls.items()},
        "newest": _pack(window.newest),
        "keys": window.keys,
        "titles": {
            key: {
                source: [_pack_item(last), [[_pack(k.at), k.rank, k.heat] for k in looks]]
                for source, last, looks in rows
            }
            for key, rows in window.rows()
        },
        "nodes": [_pack_node(number, node) for number, node in nodes],
    }
    with suppress(OSError, CopyAssistError):
        path.parent.mkdir(exist_ok=True)
        keep_file(path, json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode())


def load_window(
    path: Path,
    engine: Callable[[], Engine],
    known: Mapping[str, str],
    choices: Iterable[Choice],
) -> tuple[Window, dict[str, Any]] | None:
    """The kept window and its state, None without one that this program can read."""
    try:
        table = json.loads(path.read_bytes())
        if table["form"] != [FORM, __version__]:
            return None
        window = Window(engine, known, choices)
        window.newest = _unpack(table["newest"])
        window.polls = {source: _unpack_times(times) for source, times in table["polls"].items()}
        rows = {
            key: [
                (source, _unpack_item(last), _unpack_looks(looks))
                for source, (last, looks) in one.items()
            ]
            for key, one in table["titles"].items()
        }
        window.restore(table["keys"], rows)
        window.merger.restore([_unpack_node(one) for one in table["nodes"]])
        return window, dict(table["state"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None


def fits(window: Window, polls: Sequence[Poll], newest: int) -> bool:
    """Whether the polls that the window was made of are still those of the store."""
    counts: dict[str, int] = {}
    for poll in polls:
        if (poll.id or 0) <= newest:
            counts[poll.source] = counts.get(poll.source, 0) + 1
    first = min((poll.seen_at for poll in polls), default=None)
    kept = {
        source: sum(first is not None and at >= first for at in times)
        for source, times in window.polls.items()
    }
    return counts == {source: count for source, count in kept.items() if count}


def _pack(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


def _unpack(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _pack_times(times: Sequence[datetime]) -> list[float]:
    return [at.timestamp() for at in times]


def _unpack_times(times: Sequence[float]) -> list[datetime]:
    return [datetime.fromtimestamp(at, UTC) for at in times]


def _unpack_looks(looks: Sequence[tuple[float, int | None, float | None]]) -> list[Look]:
    return [Look(datetime.fromtimestamp(at, UTC), rank, heat) for at, rank, heat in looks]


def _pack_item(item: HotItem) -> dict[str, Any]:
    values = ((name, getattr(item, name)) for name in _FIELDS)
    told = {name: value for name, value in values if value not in ("", None, False)}
    return told | {name: _pack(told[name]) for name in _TIMES if name in told}


def _unpack_item(told: Mapping[str, Any]) -> HotItem:
    times = {name: _unpack(told[name]) for name in _TIMES if name in told}
    return HotItem(**{name: told[name] for name in _FIELDS if name in told} | times)


def _pack_node(number: int, node: Node) -> list[Any]:
    times = _pack(node.first_seen), _pack(node.last_seen)
    edges = [[other, round(chance, 6)] for other, chance in node.edges.items()]
    return [number, node.key, node.title, node.description, *times, node.topic, edges]


def _unpack_node(one: Sequence[Any]) -> tuple[int, Node]:
    number, key, title, description, first, last, topic, edges = one
    began, ended = (datetime.fromtimestamp(at, UTC) for at in (first, last))
    known = {int(other): float(chance) for other, chance in edges}
    return int(number), Node(key, title, description, began, ended, topic=topic, edges=known)
