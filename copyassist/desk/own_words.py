"""Words of the user's own packs in a draft.

A list may hold a hundred thousand words: they are looked up by their first two characters, so that
a text costs what its length is, whatever the list's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from copyassist.desk.checks.family import MOST_PER_CODE
from copyassist.text import parse_text
from copyassist.types import Finding, OwnPack, OwnWord, ParsedDraft, ParsedText, Span

CODE = "own_word"
_HEAD = 2


class OwnWords:
    """Several packs, ready to be looked for."""

    def __init__(self, packs: Iterable[OwnPack]) -> None:
        self._by_head: dict[str, list[tuple[str, OwnWord, OwnPack]]] = defaultdict(list)
        for pack in packs:
            for word in pack.words:
                norm = parse_text(word.text).norm.strip()
                if len(norm) >= _HEAD:
                    self._by_head[norm[:_HEAD]].append((norm, word, pack))
        for found in self._by_head.values():
            found.sort(key=lambda one: -len(one[0]))

    def __bool__(self) -> bool:
        return bool(self._by_head)

    def find(self, parsed: ParsedDraft) -> list[Finding]:
        """The words in title and body; at one place the longest of each pack."""
        texts = [("title", parsed.title), ("body", parsed.body)]
        found = (self._find_in(name, text) for name, text in texts if text is not None)
        return [one for field in found for one in islice(field, MOST_PER_CODE)]

    def _find_in(self, field: str, text: ParsedText) -> Iterator[Finding]:
        norm, reach = text.norm, dict[str, int]()
        for start in range(len(norm) - 1):
            for wanted, word, pack in self._by_head.get(norm[start : start + _HEAD], ()):
                end = start + len(wanted)
                inside = start < reach.get(pack.id, 0)
                if not inside and norm.startswith(wanted, start) and _is_whole(norm, start, end):
                    reach[pack.id] = end
                    yield _report(field, text.raw_span(start, end), text.raw, (word, pack))


def _is_whole(norm: str, start: int, end: int) -> bool:
    """Whether no Latin word goes on at either end: "pr" is not in "april"."""
    before = start > 0 and _joins(norm[start - 1], norm[start])
    after = end < len(norm) and _joins(norm[end - 1], norm[end])
    return not before and not after


def _joins(one: str, other: str) -> bool:
    return one.isascii() and other.isascii() and one.isalnum() and other.isalnum()


def _report(field: str, span: tuple[int, int], raw: str, of: tuple[OwnWord, OwnPack]) -> Finding:
    word, pack = of
    return Finding(
        code=CODE,
        severity=word.severity,
        span=Span("body" if field == "body" else "title", *span),
        params={"text": raw[slice(*span)], "pack": pack.name, "note": word.why},
        replacement=word.instead,
        rule=f"{pack.id}/{word.text}",
    )
