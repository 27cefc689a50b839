"""Wording that was hidden from filters, written out again, with the way back.

Characters held apart (最 好, 根/治, emoji between), emoji and letters that stand for characters
(最🈚️, v信, zui好), homophones (跟治), characters written as two (氵台), ordinals (第Ⅰ). What is
written out is only a guess: it counts where a rule then finds a breach over it.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from copyassist.desk.law.compose import list_heads
from copyassist.resources import find_asset

_HAN = "\u4e00-\u9fff"
# Marks that no ordinary text puts between two characters of a word ...
_RARE = r"·・*_~^|\\`「」『』{}&$=•●○◆◇★☆/"
# ... and those that it does; they hide something only beside a character that stands alone.
_USUAL = r"\s.,、:;!?\"'“”‘’【】\[\]<>《》()#%@…—–\-+"
_EMOJI = (
    "\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\u20e3"
)
_BETWEEN = re.compile(f"(?<=[{_HAN}a-z0-9])[{_RARE}{_USUAL}{_EMOJI}]{{1,8}}(?=[{_HAN}a-z0-9])")
_ANY_MARK = re.compile(f"[{_RARE}{_USUAL}{_EMOJI}]")
_ONLY_USUAL = re.compile(f"[{_USUAL}]+")
_LONE = 1
_LONGEST = 2_000  # longer texts are looked at this far: nobody hides what fills pages


@dataclass(frozen=True, slots=True)
class Unmasked:
    """A text written out. `places` are the [start, end) of each of its characters in the text that
    it came from; `changed` are the indices of its characters before which, or in which, something
    was changed.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    changed: frozenset[int]

    def is_written(self, index: int) -> bool:
        """Whether the character at `index` was not in the text as it is, but written for others."""
        start, end = self.places[index]
        return end - start != 1 or self.places[index - 1 : index] == ((start, end),)

    def covers(self, start: int, end: int) -> bool:
        """Whether something was changed inside [start, end) of the text written out."""
        inside = not self.changed.isdisjoint(range(start + 1, end))
        return inside or (start in self.changed and self.is_written(start))


@dataclass(frozen=True, slots=True)
class _Table:
    """What stands for what: by first pair or single character, longest first."""

    spelt: Mapping[str, str]
    heads: frozenset[str]
    lengths: tuple[int, ...]


def unmask(norm: str) -> tuple[Unmasked, ...]:
    """The readings of the text without its masks, each once; none where it wears none.

    Emoji and letters are read as what they stand for, or left out as what only holds characters
    apart; homophones are read after what was held apart is together again.
    """
    return _unmask_short(norm) if len(norm) <= _REMEMBERED else _unmask(norm[:_LONGEST])


_REMEMBERED = 200  # several look at the same title, one after the other


@lru_cache(maxsize=4096)
def _unmask_short(norm: str) -> tuple[Unmasked, ...]:
    return _unmask(norm)


def _unmask(norm: str) -> tuple[Unmasked, ...]:
    spelt, gaps = _find_spelt(norm), _find_gaps(norm)
    if not spelt and not gaps:
        return ()
    readings: dict[str, Unmasked] = {}
    if gaps:
        joined = _apply(norm, gaps)
        readings[joined.text] = joined
        if again := _find_spelt(joined.text):
            read = _compose(joined, _apply(joined.text, again))
            readings.setdefault(read.text, read)
    if spelt:
        read = _apply(norm, spelt)
        if rest := _find_gaps(read.text):
            read = _compose(read, _apply(read.text, rest))
        readings.setdefault(read.text, read)
    return tuple(readings.values())


def _compose(first: Unmasked, second: Unmasked) -> Unmasked:
    """What `second` made of the text of `first`, by the places of the text that `first` came from."""
    places = tuple((first.places[a][0], first.places[b - 1][1]) for a, b in second.places)
    changed = set(second.changed)
    changed.update(
        index for index, (start, _) in enumerate(second.places) if start in first.changed
    )
    return Unmasked(second.text, places, frozenset(changed))


_Edit = tuple[int, int, str]


def _apply(norm: str, edits: list[_Edit]) -> Unmasked:
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    changed: set[int] = set()
    at = 0
    for start, end, written in [*edits, (len(norm), len(norm), "")]:
        pieces.append(norm[at:start])
        places += [(index, index + 1) for index in range(at, start)]
        changed.update(range(len(places), len(places) + max(1, len(written))))
        pieces.append(written)
        places += [(start, end)] * len(written)
        at = end
    changed.discard(len(places))
    return Unmasked("".join(pieces), tuple(places), frozenset(changed))


def _find_spelt(norm: str) -> list[_Edit]:
    """Spellings, emoji, homophones and split characters, none over another."""
    table = _load()
    heads = table.heads & list_heads(norm)
    if not heads:
        return []
    edits: list[_Edit] = []
    reached = 0
    for at in sorted({at for head in heads for at in _find_all(norm, head)}):
        found = _match_at(norm, at, table) if at >= reached else None
        if found is not None:
            edits.append(found)
            reached = found[1]
    return edits


def _find_all(norm: str, head: str) -> Iterator[int]:
    at = norm.find(head)
    while at >= 0:
        yield at
        at = norm.find(head, at + 1)


def _match_at(norm: str, at: int, table: _Table) -> _Edit | None:
    for length in table.lengths:
        piece = norm[at : at + length]
        if len(piece) == length and piece in table.spelt and _stands_alone(norm, at, at + length):
            return at, at + length, table.spelt[piece]
    return None


def _stands_alone(norm: str, start: int, end: int) -> bool:
    """Letters at an edge of a spelling are no part of a longer word, and lie beside characters."""
    before, after = norm[start - 1 : start], norm[end : end + 1]
    head, tail = norm[start], norm[end - 1]
    glued = (_is_letter(head) and _is_letter(before)) or (_is_letter(tail) and _is_letter(after))
    if glued:
        return False
    latin = all(char.isascii() for char in norm[start:end])
    return not latin or _is_han(before) or _is_han(after) or start == 0


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _find_gaps(norm: str) -> list[_Edit]:
    """What holds characters apart: marks that no word holds, or any beside a lone character."""
    edits: list[_Edit] = []
    if _ANY_MARK.search(norm) is None:
        return edits
    for found in _BETWEEN.finditer(norm):
        start, end = found.span()
        if not (_is_han(norm[start - 1]) or _is_han(norm[end])):
            continue
        if _ONLY_USUAL.fullmatch(found[0]) and not _is_lone(norm, start, end):
            continue
        edits.append((start, end, ""))
    return edits


def _is_lone(norm: str, start: int, end: int) -> bool:
    """Whether a single character stands on one side of the gap, cut off on its other side, too."""
    left_alone = start < 2 or not norm[start - 2].isalnum()
    right_alone = end + 1 >= len(norm) or not norm[end + 1].isalnum()
    return left_alone or right_alone


@cache
def _load() -> _Table:
    table = tomllib.loads(find_asset("lexicons", "disguise.toml").read_text("utf-8"))
    made = json.loads(find_asset("lexicons", "homophones.json").read_text("utf-8"))
    spelt = {**made["heard"], **made["spelt"], **table["split"], **table["emoji"]}
    spelt |= table["aliases"]
    heads = {key[:2] if len(key) > 1 else key for key in spelt}
    lengths = sorted({len(key) for key in spelt}, reverse=True)
    return _Table(spelt, frozenset(heads), tuple(lengths))
