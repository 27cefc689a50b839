"""Sixty ways in which a site answers wrongly, made from what the reader expects of it.

Each takes a good answer and gives the one that is served in its place. None of them needs the
network, and each is the same in every run.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.news.sources.site import Reply

Breaking = Callable[[bytes], Reply]
HUGE = "1" + 400 * "0"  # more than a float holds
ODD: Mapping[str, Any] = {
    "a number": 7,
    "a text": "七",
    "null": None,
    "true": True,
    "an empty list": [],
    "an empty object": {},
    "a list of lists": [[["深"]]],
    "an object of objects": {"0": {"title": {"text": 7}}},
    "a half character": "\ud83d",
    "a control character": "a\x00\x07\x1b[2J\u202eb",
}


def make_answers() -> dict[str, Breaking]:
    """All of them by name; the number is what the benchmark promises."""
    made = dict(_all())
    assert len(made) == 60, len(made)
    return made


def _all() -> Iterator[tuple[str, Breaking]]:
    yield from _cut()
    yield from _other_values()
    yield from _numbers()
    yield from _texts()
    yield from _references()
    yield from _encodings()
    yield from _packings()
    yield from _whole_pages()
    yield from _headers()


def _cut() -> Iterator[tuple[str, Breaking]]:
    for percent in (1, 25, 50, 75, 99):
        yield f"cut at {percent} %", lambda body, p=percent: Reply(body[: len(body) * p // 100])
    yield "cut inside a character", lambda body: Reply(body[: _find_han(body) + 1])
    yield "less than was announced", lambda body: Reply(body, cut=True)
    yield "twice", lambda body: Reply(body + body)


def _find_han(body: bytes) -> int:
    return next((place for place, byte in enumerate(body) if byte >= 0xE0), len(body) // 2)


def _other_values() -> Iterator[tuple[str, Breaking]]:
    """Every value of the answer, one kind at a time, is something else."""
    for name, odd in ODD.items():
        yield f"every value {name}", lambda body, v=odd: Reply(_swap(body, v))
    yield "every list of rows an object", lambda body: Reply(_swap_lists(body))


def _swap(body: bytes, odd: Any) -> bytes:
    """JSON: each leaf becomes `odd`. Feeds and pages: each text between two marks does."""
    shown = json.dumps(odd, ensure_ascii=True)
    data = _load(body)
    if data is None:
        return _between_marks(body, str(odd) if isinstance(odd, str) else shown)
    return json.dumps(_map_leaves(data, odd)).encode()


def _swap_lists(body: bytes) -> bytes:
    data = _load(body)
    return body.replace(b"<item", b"<items") if data is None else json.dumps(_unlist(data)).encode()


def _load(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _map_leaves(value: Any, odd: Any) -> Any:
    if isinstance(value, dict):
        return {name: _map_leaves(inner, odd) for name, inner in value.items()}
    if isinstance(value, list):
        return [_map_leaves(inner, odd) for inner in value]
    return odd


def _unlist(value: Any) -> Any:
    if isinstance(value, list):
        return {str(number): _unlist(inner) for number, inner in enumerate(value)}
    return {k: _unlist(v) for k, v in value.items()} if isinstance(value, dict) else value


def _between_marks(body: bytes, text: str) -> bytes:
    parts = body.split(b">")
    shown = text.encode("utf-8", "surrogatepass")
    return b">".join(shown + part[part.find(b"<") :] if b"<" in part else part for part in parts)


def _raw(literal: str) -> Breaking:
    """Every value becomes a literal that JSON itself need not know."""

    def replace(body: bytes) -> Reply:
        data = _load(body)
        if data is None:
            return Reply(_between_marks(body, literal))
        return Reply(json.dumps(_map_leaves(data, "@@")).replace('"@@"', literal).encode())

    return replace


def _numbers() -> Iterator[tuple[str, Breaking]]:
    for name, literal in {
        "1 and 400 zeros": HUGE,
        "1 and 100,000 zeros": "1" + 100_000 * "0",
        "1e400": "1e400",
        "NaN": "NaN",
        "Infinity": "-Infinity",
        "-0.0": "-0.0",
        "1 and 400 zeros as text": f'"{HUGE}"',
    }.items():
        yield f"every value {name}", _raw(literal)


def _texts() -> Iterator[tuple[str, Breaking]]:
    for name, text in {
        "a title of 1 MB": "长" * 350_000,
        "5,000 comments that never end": "<!--" * 5000,
        "5,000 scripts": "<script>" * 5000,
        "50,000 spaces": " " * 50_000 + "x",
        "the year 0": "0000-00-00T00:00:00Z",
        "the year 9999": "9999-12-31T23:59:59+14:00",
        "yesterday": "昨天 25:61",
        "one combining mark 20,000 times": "e" + "\u0301" * 20_000,
        "one ligature 20,000 times": "\ufdfa" * 20_000,
    }.items():
        yield f"every value {name}", lambda body, t=text: Reply(_swap(body, t))
    yield "the same row 3,000 times", lambda body: Reply(_repeat_rows(body, 3000))


def _repeat_rows(body: bytes, times: int) -> bytes:
    data = _load(body)
    if data is None:
        start, end = body.find(b"<item"), body.find(b"</item>")
        return body[:start] + body[start : end + 7] * times + body[end + 7 :] if start > 0 else body
    return json.dumps(_grow(data, times)).encode()


def _grow(value: Any, times: int) -> Any:
    if isinstance(value, list):
        rows = value and all(isinstance(row, dict) for row in value)
        return value[:1] * times if rows else [_grow(inner, times) for inner in value]
    return {k: _grow(v, times) for k, v in value.items()} if isinstance(value, dict) else value


def _references() -> Iterator[tuple[str, Breaking]]:
    for text in ("&#x110000;", "&#55357;", "&#" + 100_000 * "9" + ";", "&nosuch;&amp&lt"):
        yield f"every value {text[:12]}", lambda body, t=text: Reply(_swap(body, t))
    subset = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [{subset}]><rss version="2.0"><channel><item><title>&a11;</title></item></channel></rss>'
    yield "an entity bomb", lambda _: Reply(bomb.encode())
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>'
    yield "an entity from outside", lambda _: Reply(outside.encode())


def _encodings() -> Iterator[tuple[str, Breaking]]:
    yield "two byte-order marks", lambda body: Reply(b"\xef\xbb\xbf\xef\xbb\xbf" + body)
    yield "UTF-16", lambda body: Reply(body.decode("utf-8", "replace").encode("utf-16"))
    yield (
        "GB18030 that calls itself UTF-8",
        lambda body: Reply(
            body.decode("utf-8", "replace").encode("gb18030"),
            headers={"Content-Type": "application/json; charset=utf-8"},
        ),
    )
    yield "a NUL after each byte", lambda body: Reply(b"\x00".join(bytes([b]) for b in body))


def _packings() -> Iterator[tuple[str, Breaking]]:
    packed = {"Content-Encoding": "gzip"}
    yield "gzip, cut", lambda body: Reply(gzip.compress(body, mtime=0)[:-12], headers=packed)
    yield (
        "gzip, a bomb",
        lambda _: Reply(gzip.compress(bytes(32 << 20), 9, mtime=0), headers=packed),
    )
    yield (
        "a second gzip member, cut",
        lambda body: Reply(
            gzip.compress(body, mtime=0) + gzip.compress(body, mtime=0)[:9], headers=packed
        ),
    )
    yield "gzip that is none", lambda body: Reply(body, headers=packed)
    yield (
        "deflate that calls itself br",
        lambda body: Reply(zlib.compress(body), headers={"Content-Encoding": "br"}),
    )


def _whole_pages() -> Iterator[tuple[str, Breaking]]:
    captcha = "<!DOCTYPE html><html><head><title>安全验证</title></head><body><form>请拖动滑块</form></body></html>"
    yield "a captcha page", lambda _: Reply(captcha.encode())
    yield "nothing", lambda _: Reply(b"")
    yield "10,000 brackets", lambda _: Reply(b"[" * 10_000)
    yield "10,000 elements deep", lambda _: Reply(b"<rss><channel>" + b"<item>" * 10_000)


def _headers() -> Iterator[tuple[str, Breaking]]:
    yield "an image by its type", lambda body: Reply(body, headers={"Content-Type": "image/png"})
    yield (
        "a charset that nobody knows",
        lambda body: Reply(body, headers={"Content-Type": "text/xml; charset=\xfcnicode-99"}),
    )
    yield (
        "a redirect that leads nowhere",
        lambda _: Reply(status=302, headers={"Location": "http://[::1"}),
    )
    yield (
        "429 for 400 digits of seconds",
        lambda _: Reply(status=429, headers={"Retry-After": HUGE}),
    )
    yield (
        "200 with a date of the year 0",
        lambda body: Reply(
            body, headers={"Expires": "Xxx, 00 Xxx 0000 99:99:99", "Age": HUGE, "ETag": '"\xff\xfe'}
        ),
    )
