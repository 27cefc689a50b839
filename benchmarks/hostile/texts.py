"""Texts: the text layer, readers of numbers and times, and everything that the user pastes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import get_args

from benchmarks.hostile.mutations import mutate_bytes
from copyassist.errors import CopyAssistError
from copyassist.news.sources.csv_list import parse_csv_list
from copyassist.news.sources.pasted import parse_pasted
from copyassist.news.topics.subscriptions import parse_subscriptions, write_subscriptions
from copyassist.posts.importing import ImportHints, preview_text
from copyassist.reading.encodings import decode_file
from copyassist.reading.moments import find_days, parse_moment
from copyassist.reading.numbers import find_number, parse_duration, parse_number
from copyassist.resources import find_asset, find_corpora
from copyassist.text import (
    char_ngrams,
    count,
    detect_language,
    normalize,
    parse_text,
    segment,
    title_key,
)
from copyassist.types import Counter

NOW = datetime(2026, 6, 4, 12, tzinfo=UTC)


def read(data: bytes) -> str:
    """The bytes as any text that Python can hold, half characters included."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def load_titles() -> list[bytes]:
    """Titles, short and long, simplified and traditional, with marks."""
    lines = (find_corpora() / "examples" / "titles.txt").read_bytes().splitlines()
    odd = ("後來的故事，於是…", "iPhone 17 Pro Max 开箱 ㎡ ﷺ", "한국어 ①②③", "हिन्दी 👨‍👩‍👧‍👦", "　")
    return [*lines[:40], *(text.encode() for text in odd)]


def load_figures() -> list[bytes]:
    """Numbers, lengths and times as they are written."""
    written = (
        *("1.2万", "10万+", "<0.1%", "1,234", "4606 万热度", "00:01:12", "1分12秒", "３．５亿"),
        *("2026-06-04 11:28:22 +0800", "昨天 11:28", "3小时前", "2026年6月4日", "20260604T112822Z"),
        *("Thu, 04 Jun 2026 11:28:22 GMT", "周五 10:30", "06-04 11:28", "1787305785", "半年前"),
        "报表_20260604_2026-06-05.csv",
    )
    return [text.encode() for text in written]


def load_tables() -> list[bytes]:
    """Tables as they are copied, and lists of a hot page."""
    examples = find_corpora() / "examples"
    names = ("xiaohongshu_export.csv", "weibo_hot.csv", "xiaohongshu_hot.txt", "zhihu_hot.csv")
    found = [(examples / name).read_bytes() for name in names]
    return [*found, found[0].replace(b",", b"\t"), "1\t油价\t123万 热\n2 高考 沸\n".encode()]


def load_groups() -> list[bytes]:
    """Files of keyword groups."""
    text = "[GLOBAL_FILTER]\n!广告\n\n[WORD_GROUPS]\n[新能源]\n比亚迪\n蔚来 => NIO\n/固态电?池/\n+电池\n!二手\n@10\n\n/a(b|c)*d/\n"
    shipped = find_asset("subscriptions.txt")
    return [text.encode(), *([shipped.read_bytes()] if shipped.is_file() else [])]


def call_text(data: bytes) -> None:
    """The text layer raises nothing, folds twice to the same, and keeps its offsets."""
    text = read(data)
    parsed = parse_text(text)
    assert normalize(parsed.norm)[0] == parsed.norm
    assert parsed.offsets is None or len(parsed.offsets) == len(parsed.norm) + 1
    for raw in (text, parsed.raw):
        norm, _ = normalize(raw)
        segment(norm)
        detect_language(norm)
        title_key(raw)
        for counter in get_args(Counter):
            assert count(raw, counter) >= 0
    char_ngrams(parsed.norm[:2000], 2, 3)


def call_figures(data: bytes) -> None:
    """Numbers and lengths raise ValueError and nothing else; times and searches nothing."""
    text = read(data)
    for parse in (parse_number, parse_duration):
        try:
            parse(text)
        except ValueError:
            continue
    find_number(text)
    for in_table in (False, True):
        parse_moment(text, now=NOW, in_table=in_table)
    list(find_days(text))


def call_pasted(data: bytes) -> None:
    """A list that was copied from an app, and a table from the clipboard."""
    parse_pasted(read(data), "weibo")
    preview_text(read(data), ImportHints(now=NOW))


def call_csv_list(data: bytes) -> None:
    """A list in a CSV file."""
    parse_csv_list(data, "weibo", "a.csv")


def call_groups(data: bytes) -> None:
    """A file of groups; what can be read can be written, read again, and looked for."""
    groups = parse_subscriptions(decode_file(data, "a.txt").text)
    groups.find_groups(["比亚迪发布固态电池", "a" * 120])
    try:
        parse_subscriptions(write_subscriptions(groups))
    except CopyAssistError as error:
        raise AssertionError(f"written, and not to be read again: {error}") from error


WAYS: Sequence[tuple[str, int, object, object, object]] = (
    ("text layer", 12, load_titles, mutate_bytes, call_text),
    ("numbers and times", 8, load_figures, mutate_bytes, call_figures),
    ("pasted lists and tables", 5, load_tables, mutate_bytes, call_pasted),
    ("CSV lists", 3, load_tables, mutate_bytes, call_csv_list),
    ("keyword groups", 6, load_groups, mutate_bytes, call_groups),
)
