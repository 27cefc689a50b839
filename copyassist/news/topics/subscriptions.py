"""Groups of keywords that pick topics: any of these words, all of those, none of the others.

A word is found inside longer ones of the same matter (`title_words`): 养老 finds 养老金, 黄金 finds
黄金价格 but not 黄金周, ai does not find email. Where any piece is wanted, a pattern finds it: /黄金/.
The file is TrendRadar's frequency_words.txt, so that one can be brought along; unlike there, `!word`
counts for its own group only. A block of nothing but `!word` counts for all, as `[GLOBAL_FILTER]` does.

    [新能源]           the group's name
    比亚迪             any of these …
    蔚来 => NIO        shown under another name
    /固态电?池/        a regular expression, on the normalised title
    +电池              … and all of these …
    !二手              … and none of these
    @10                at most ten topics
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex  # as re, but with a limit of time: a pattern is the user's, and may be anybody's

from copyassist.errors import InputError
from copyassist.news.topics.title_words import Title
from copyassist.reading.encodings import decode_file
from copyassist.text import normalize

FILTER, GROUPS = "GLOBAL_FILTER", "WORD_GROUPS"
_HEADING = re.compile(r"\[([^\[\]]+)\]")
_PATTERN = re.compile(r"/(.+)/([a-z]*)")
_FULL_WIDTH = str.maketrans("＋！＠＃［］／", "+!@#[]/")
_ARROW = re.compile("=>|＝＞|=＞|＝>")
LONGEST_PATTERN = 200
PATTERN_SECONDS = 0.2  # for one pattern on one title; a sound one takes microseconds
_PROBE_LENGTH = 120  # as long as titles get; a pattern that repeats repeats takes years on it


@dataclass(frozen=True, slots=True)
class Term:
    """One word, name or pattern. `text` is normalised; `shown` is what the user sees.

    A pattern is compiled once; `text` is then what stands between its slashes.
    """

    text: str
    shown: str
    pattern: "regex.Pattern[str] | None" = field(default=None, compare=False)

    def finds(self, title: Title) -> bool:
        """Whether a title has this term.

        Raises InputError subscription_slow where a pattern takes longer than PATTERN_SECONDS.
        """
        if self.pattern is None:
            return title.has(self.text)
        try:
            return self.pattern.search(title.norm, timeout=PATTERN_SECONDS) is not None
        except TimeoutError as error:
            raise InputError("subscription_slow", text=f"/{self.text}/") from error


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription: any of `any_of` (all titles where empty), all of `must`, none of `none_of`."""

    name: str
    any_of: tuple[Term, ...] = ()
    must: tuple[Term, ...] = ()
    none_of: tuple[Term, ...] = ()
    limit: int | None = None

    def find_terms(self, title: Title) -> tuple[Term, ...]:
        """The terms that make a title match, () where it does not."""
        if any(term.finds(title) for term in self.none_of):
            return ()
        if not all(term.finds(title) for term in self.must):
            return ()
        hits = tuple(term for term in self.any_of if term.finds(title))
        return self.must + hits if hits or not self.any_of else ()


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """All groups, and the terms that no topic may have; `faults` tell of lines left out."""

    groups: tuple[Subscription, ...] = ()
    filters: tuple[Term, ...] = ()
    faults: tuple[InputError, ...] = field(default=(), compare=False)

    def find_groups(self, titles: Iterable[str]) -> dict[str, tuple[Term, ...]]:
        """The groups that a topic with these titles matches, with the terms that matched.

        A group matches where one title matches it; a filter on any title removes the topic.
        """
        seen = [Title(title) for title in titles]
        if any(term.finds(title) for term in self.filters for title in seen):
            return {}
        found: dict[str, dict[Term, None]] = {}
        for group in self.groups:
            for title in seen:
                hits = group.find_terms(title)
                if hits:
                    found.setdefault(group.name, {}).update(dict.fromkeys(hits))
        return {name: tuple(terms) for name, terms in found.items()}


def load_subscriptions(path: Path) -> Subscriptions:
    """Read a file of groups; a line that makes no sense is left out. Raises InputError as `load_text`."""
    return parse_subscriptions(load_text(path), forgiving=True)


def load_text(path: Path) -> str:
    """A file of groups as it is written, in whichever encoding an editor saved it.

    Raises InputError subscriptions_unreadable, file_binary.
    """
    try:
        return decode_file(path.read_bytes(), str(path)).text
    except OSError as error:
        raise InputError("subscriptions_unreadable", path=str(path), reason=str(error)) from error


def parse_subscriptions(text: str, *, forgiving: bool = False) -> Subscriptions:
    """Groups from the text of a file, blocks between empty lines.

    `forgiving` leaves lines out that make no sense, and tells them as faults. Else raises InputError `subscription_pattern` with the line where a pattern is no regular expression,
    `subscription_slow` where it takes too long, `subscription_limit` where @ is not followed by a
    number.
    """
    groups: list[Subscription] = []
    filters: list[Term] = []
    faults: list[InputError] = []
    section = GROUPS
    for block in _split_blocks(text):
        heading = _HEADING.fullmatch(block[0][1])
        if heading and heading[1].upper() in (FILTER, GROUPS):
            section, block = heading[1].upper(), block[1:]
        if not block:
            continue
        if section == FILTER:
            filters += _parse_terms([(n, line.lstrip("!+")) for n, line in block], faults)
        elif all(line.startswith("!") for _, line in block):
            filters += _parse_terms([(n, line.lstrip("!")) for n, line in block], faults)
        elif group := _parse_group(block, faults):
            groups.append(group)
        if faults and not forgiving:
            raise faults[0]
    return Subscriptions(tuple(_name_apart(groups)), tuple(filters), tuple(faults))


def _parse_terms(lines: Iterable[tuple[int, str]], faults: list[InputError]) -> Iterator[Term]:
    for number, line in lines:
        try:
            yield _parse_term(line, number)
        except InputError as error:
            faults.append(error)


def _split_blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines that are not empty, with their numbers; comments left out."""
    block: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        line = line[:1].translate(_FULL_WIDTH) + line[1:]  # as a Chinese keyboard types the marks
        if line.startswith("["):
            line = line.translate(_FULL_WIDTH)
        if line.startswith("#"):
            continue
        if line:
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _parse_group(block: Sequence[tuple[int, str]], faults: list[InputError]) -> Subscription | None:
    """The group of a block; None where faults left nothing of it that asks for anything."""
    name, limit, before = "", None, len(faults)
    lists: dict[str, list[Term]] = {"": [], "+": [], "!": []}
    for number, line in block:
        heading = _HEADING.fullmatch(line)
        if heading:
            name = heading[1].strip()
        elif line.startswith("@"):
            try:
                limit = _parse_limit(line, number)
            except InputError as error:
                faults.append(error)
        else:
            sign = line[0] if line[0] in "+!" and len(line) > 1 else ""
            lists[sign] += _parse_terms([(number, line[len(sign) :])], faults)
    if len(faults) > before and not (lists[""] or lists["+"]):
        return None  # without its words it would take every topic
    shown = name or " ".join(term.shown for term in (lists[""] or lists["+"])[:3])
    return Subscription(shown, tuple(lists[""]), tuple(lists["+"]), tuple(lists["!"]), limit)


def _parse_limit(line: str, number: int) -> int | None:
    digits = line[1:].strip()
    if not digits.isdecimal():
        raise InputError("subscription_limit", line=number, text=line)
    return int(digits) or None  # TrendRadar writes @0 for no limit


def _parse_term(line: str, number: int) -> Term:
    text, *rest = _ARROW.split(line, maxsplit=1)
    text, alias = text.strip(), "".join(rest).strip()
    pattern = _PATTERN.fullmatch(text)
    if pattern is None:
        norm = normalize(text)[0].strip()
        return Term(norm, alias or text)
    term = Term(pattern[1], alias or text, _compile(pattern[1], text, number))
    for probe in _make_probes(pattern[1]):
        term.finds(probe)
    return term


def _compile(pattern: str, text: str, number: int) -> "regex.Pattern[str]":
    try:
        if len(pattern) > LONGEST_PATTERN:
            raise regex.error("too long")
        return regex.compile(pattern, regex.IGNORECASE)
    except (regex.error, OverflowError, RecursionError, MemoryError, ValueError) as error:
        raise InputError(
            "subscription_pattern", line=number, text=text, reason=str(error)
        ) from error


def _make_probes(pattern: str) -> Iterator[Title]:
    """Titles on which a pattern that can run away does so: its own characters, over and over."""
    literals = dict.fromkeys(c for c in normalize(pattern)[0] if c.isalnum())
    for char in ["a", "1", "中", " ", *literals][:20]:
        yield Title(char * _PROBE_LENGTH + "!")
    yield Title(("".join(literals) or "a") * _PROBE_LENGTH + "!")


def _name_apart(groups: Iterable[Subscription]) -> Iterator[Subscription]:
    """Two groups of one name would hide each other: the second gets a number."""
    seen: dict[str, int] = {}
    for group in groups:
        seen[group.name] = seen.get(group.name, 0) + 1
        count = seen[group.name]
        name = group.name if count == 1 else f"{group.name} {count}"
        yield Subscription(name, group.any_of, group.must, group.none_of, group.limit)


def write_subscriptions(subscriptions: Subscriptions) -> str:
    """The text of a file that `parse_subscriptions` reads back to the same groups."""
    blocks = []
    if subscriptions.filters:
        blocks.append([f"[{FILTER}]", *map(_write_term, subscriptions.filters)])
        blocks.append([f"[{GROUPS}]"])
    for group in subscriptions.groups:
        lines = [f"[{group.name}]", *map(_write_term, group.any_of)]
        lines += [f"+{_write_term(term)}" for term in group.must]
        lines += [f"!{_write_term(term)}" for term in group.none_of]
        lines += [f"@{group.limit}"] if group.limit else []
        blocks.append(lines)
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def _write_term(term: Term) -> str:
    if term.pattern is not None:
        text = f"/{term.text}/"
        return text if term.shown == text else f"{text} => {term.shown}"
    same = normalize(term.shown)[0].strip() == term.text
    return term.shown if same else f"{term.text} => {term.shown}"
