"""Hostile inputs from good ones: bytes that are flipped, cut and spliced, values of another kind."""

import json
import random
import tomllib
from collections.abc import Callable, Sequence
from typing import Any

import tomli_w

Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
_TEXTS = (
    "9" * 100_000,
    "0." + "3" * 100_000,
    "1" + "0" * 400,
    "-1e999",
    "0x" + "f" * 5000,
    "\ufdfa" * 3000,
    "ﬃ" * 3000,
    "e" + "\u0301" * 3000,
    "\u0f71\u0f74\u0f7a" * 1500,
    "\u1100\u1161\u11a8" * 1500,
    "👨\u200d👩\u200d👧" * 500,
    "\u202e\u2066\u200b\ufeff" * 500,
    "\ud83d",
    "\ude00",
    "\x00",
    "\x1b[2J",
    "\ufffe\uffff",
    "[" * 20_000,
    '{"a":' * 20_000,
    "<a>" * 20_000,
    "<!--" * 5000,
    "<![CDATA[" * 2000,
    "&#x110000;&#55357;&#" + "9" * 5000 + ";",
    '"',
    "'" * 50,
    "," * 5000,
    "\t" * 5000,
    "a" * 30_000 + "!",
    "1" * 40 + ":" * 40,
    " " * 30_000 + "x",
    "1,1" * 5000,
    "(" * 300 + ")" * 300,
    "/(a|aa)+$/",
    "/(.*)*=(.*)*/",
    "/" + "(" * 150 + "a" + ")" * 150 + "/",
    "/[a-/",
    "/a{1,99999}{1,99999}/",
    "#" * 3000,
    "万" * 3000,
    "１２３" * 1000,
    "9999-12-31 23:59:59",
    "0000-00-00",
    "2026年13月45日",
    "昨天 99:99",
    "\r\n\r\n",
    "=" * 3000,
)
_PIECES: tuple[bytes, ...] = (
    *(text.encode("utf-8", "surrogatepass") for text in _TEXTS),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\x81\x30\x81", b"\xc0\x80", b"\x1f\x8b\x08", b"PK\x03\x04"),
)

ODD: tuple[Any, ...] = (
    *(7, -1, 0, 10**400, 1e308, -0.5, True, "", "七", "9" * 5000, "\ud83d", "a\x00b", "/" * 300),
    *([], [[]], [1, "a", None], {}, {"": {}}, [{"a": [{"b": 1}]}], "x" * 3000, ["x"], {"x": "y"}),
    *(2**63, "http://[", "http://a.cn:99999/", "../../etc/passwd", "%s{0}{x}", None),
)


def mutate_bytes(draw: random.Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """The seed with one to six changes to its bytes."""
    data = bytearray(seed)
    for _ in range(draw.randint(1, 6)):
        start, end = _span(draw, len(data))
        match draw.randrange(7):
            case 0 if data:
                data[min(start, len(data) - 1)] ^= 1 << draw.randrange(8)
            case 1:
                del data[start:end]
            case 2:
                data[end:end] = data[start:end] * draw.choice((1, 1, 2, 50))
            case 3:
                other = draw.choice(others)
                data[start:end] = other[slice(*_span(draw, len(other)))]
            case 4:
                del data[start:]
            case _:
                data[start : draw.choice((start, end))] = draw.choice(_PIECES)
    return bytes(data[:400_000])


def _span(draw: random.Random, length: int) -> tuple[int, int]:
    start = draw.randint(0, length)
    return start, min(length, start + draw.choice((1, 4, 30, 300, length)))


def mutate_json(draw: random.Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """JSON with values of other kinds; now and then its bytes are changed as well."""
    if draw.random() < 0.3:
        return mutate_bytes(draw, seed, others)
    value = _mutate_tree(draw, json.loads(seed))
    return json.dumps(value, ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")


def mutate_toml(draw: random.Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """TOML with values of other kinds; now and then its bytes are changed as well."""
    if draw.random() < 0.3:
        return mutate_bytes(draw, seed, others)
    value = _mutate_tree(draw, tomllib.loads(seed.decode()))
    table = value if isinstance(value, dict) else {"source": value}
    return tomli_w.dumps(_without_null(table)).encode("utf-8", "replace")


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_null(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_null(inner) for inner in value if inner is not None]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value if not isinstance(value, int) or abs(value) < 2**70 else 2**70


def _mutate_tree(draw: random.Random, value: Any) -> Any:
    for _ in range(draw.randint(1, 3)):
        value = _change_one(draw, value)
    return value


def _change_one(draw: random.Random, value: Any) -> Any:
    """One node of the tree, chosen by walking down, is another value, or gone, or twice there."""
    if not isinstance(value, dict | list) or not value or draw.random() < 0.15:
        return draw.choice(ODD)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = draw.choice(keys)
    copy = dict(value) if isinstance(value, dict) else list(value)
    match draw.randrange(12):
        case 0:
            del copy[key]
        case 1 if isinstance(copy, dict):
            copy[draw.choice(("", "id", "x", "名", str(key) * 2))] = copy.pop(key)
        case 2 if isinstance(copy, list):
            copy += [copy[key]] * draw.choice((1, 3, 600))
        case _:
            copy[key] = _change_one(draw, copy[key])
    return copy


def shrink(data: bytes, fails: Callable[[bytes], bool], tries: int = 250) -> bytes:
    """A short input that still fails: pieces are taken away for as long as it does."""
    size = max(1, len(data) // 2)
    while size and tries > 0:
        start, changed = 0, False
        while start < len(data) and tries > 0:
            shorter = data[:start] + data[start + size :]
            tries -= 1
            if len(shorter) < len(data) and fails(shorter):
                data, changed = shorter, True
            else:
                start += size
        size = size if changed and size > 1 else size // 2
    return data
