"""Every run of one to five neighbouring pieces that could be a keyword, each text of a draft once.

Many drafts are read at once: the work is done on arrays, and a draft alone costs nearly as much as
thirty together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copyassist.keywords.hashing import Hasher, Hashes, HashTable, Ints, encode
from copyassist.keywords.pieces import Kind, Pieces, cut_pieces

WIDEST = 5  # pieces
LONGEST = 24  # characters
_NOT_ALONE = (Kind.SINGLE, Kind.ACT, Kind.WEAK)
# After these a number counts: 自驾7天 holds no 自驾7, 哪吒2票房 holds 哪吒2.
_MEASURES = "个种招步点条款件本位名岁年月日号天次元块分秒周斤人只家张层座台部集篇夜晚倍折万亿度米公小比时页.:：%"
SPREAD = np.uint64(0xD6E8FEB86659FD93)  # tells the same word in two drafts apart


@dataclass(slots=True)
class Batch:
    """The candidates of many drafts, in the order in which they first stand there.

    `text` is all drafts, each a title and a body; `codes` its code points. For each piece: `kinds`,
    `starts`, `ends`, the draft it is `of`, its `hashes`. For each draft: where it begins (`begins`),
    how long its title and the whole are (`titles`, `lengths`). `grid[i, n]` is the number of the
    candidate that begins at piece i and is n + 1 pieces wide, -1 where there is none. For each
    candidate: the piece it first begins at (`place`), its `width` - 1, how often it stands in its
    draft (`counts`), the draft it is in (`draft`), its score as a known name
    (`names`), the hash of its text (`keys`).
    """

    text: str
    codes: NDArray[np.uint32]
    kinds: Ints
    starts: Ints
    ends: Ints
    of: Ints
    hashes: Hashes
    begins: Ints
    titles: Ints
    lengths: Ints
    grid: Ints
    place: Ints
    width: Ints
    counts: Ints
    draft: Ints
    names: NDArray[np.float32]
    keys: Hashes

    def spell(self, candidate: int) -> str:
        """The text of a candidate."""
        first = int(self.place[candidate])
        last = first + int(self.width[candidate])
        return self.text[int(self.starts[first]) : int(self.ends[last])]


def find_windows(
    drafts: Sequence[tuple[str, str]], known: HashTable, whole: re.Pattern[str] | None = None
) -> Batch:
    """The candidates of normalised titles and bodies: windows that begin and end with content, and
    every known name. What `whole` matches is one piece, whatever stands in it."""
    text, pieces, of, begins = _read(drafts, whole)
    codes = encode(text)
    kinds, starts = np.array(pieces.kinds, np.int64), np.array(pieces.starts, np.int64)
    ends = np.array(pieces.ends, np.int64)
    hasher = Hasher(codes)
    owners = np.repeat(np.arange(len(drafts)), of)
    fits, names, hashes = _find_cells((kinds, starts, ends), codes, hasher, known)
    cells = np.flatnonzero(fits)
    keys = hashes.ravel()[cells] ^ ((owners[cells // WIDEST].astype(np.uint64) + 1) * SPREAD)
    _, first, numbers, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    grid = np.full(len(kinds) * WIDEST, -1, np.int64)
    grid[cells] = rank[numbers.ravel()]
    at = cells[first[order]]
    return Batch(
        text, codes, kinds, starts, ends, owners, hashes[:, 0],
        begins=begins,
        titles=np.array([len(title) for title, _ in drafts], np.int64),
        lengths=np.array([len(title) + len(body) + bool(body) for title, body in drafts], np.int64),
        grid=grid.reshape(-1, WIDEST),
        place=at // WIDEST,
        width=at % WIDEST,
        counts=counts[order],
        draft=owners[at // WIDEST],
        names=names.ravel()[at],
        keys=hashes.ravel()[at],
    )  # fmt: skip


def _read(
    drafts: Sequence[tuple[str, str]], whole: re.Pattern[str] | None
) -> tuple[str, Pieces, list[int], Ints]:
    """All drafts as one text, its pieces, how many each draft has, and where each begins."""
    pieces = Pieces()
    texts, of, begins = [], [], []
    place, before = 0, 0
    for title, body in drafts:
        text = f"{title}\n{body}" if body else title
        if whole is None:
            cut_pieces(text, pieces, place)
        else:
            _cut_around(text, pieces, place, whole)
        begins.append(place)
        place += len(text)
        pieces.kinds.append(int(Kind.BREAK))
        pieces.starts.append(place)
        place += 1
        pieces.ends.append(place)
        texts.append(text)
        of.append(len(pieces.kinds) - before)
        before = len(pieces.kinds)
    return "\n".join(texts) + "\n", pieces, of, np.array(begins, np.int64)


def _cut_around(text: str, pieces: Pieces, place: int, whole: re.Pattern[str]) -> None:
    last = 0
    for found in whole.finditer(text):
        cut_pieces(text[last : found.start()], pieces, place + last)
        last = found.end()
        pieces.kinds.append(int(Kind.NAME))
        pieces.starts.append(place + found.start())
        pieces.ends.append(place + last)
    cut_pieces(text[last:], pieces, place + last)


def _find_cells(
    pieces: tuple[Ints, Ints, Ints], codes: NDArray[np.uint32], hasher: Hasher, known: HashTable
) -> tuple[NDArray[np.bool_], NDArray[np.float32], Hashes]:
    """For each piece and width whether that window is a candidate, its score as a name, its hash."""
    kinds, starts, ends = pieces
    total = len(kinds)
    first = np.arange(total)[:, None]
    last = first + np.arange(WIDEST)
    inside = last < total
    last = np.minimum(last, total - 1)
    breaks = np.concatenate([[0], np.cumsum(kinds == Kind.BREAK)])
    functions = np.concatenate([[0], np.cumsum(kinds == Kind.FUNCTION)])
    whole = inside & (breaks[last + 1] == breaks[first]) & (ends[last] - starts[first] <= LONGEST)
    start = np.broadcast_to(starts[first], last.shape)
    hashes = hasher.of(start, ends[last])
    names = np.zeros(last.shape, np.float32)
    names[whole] = known.look_up(hashes[whole])
    tail = kinds[last]
    fits = whole & (functions[last + 1] == functions[first])
    fits &= (kinds[first] >= Kind.NUMERAL) & (tail > Kind.NUMERAL)
    fits[:, 0] &= ~np.isin(kinds, _NOT_ALONE)
    fits &= (tail != Kind.DIGITS) | _number_names(pieces, codes)[last]
    fits[:, 0] &= kinds != Kind.DIGITS
    return fits | (names > 0), names, hashes


def _number_names(pieces: tuple[Ints, Ints, Ints], codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether a number belongs to what stands before it: iphone 17, 哪吒2, not 自驾7天."""
    kinds, starts, ends = pieces
    before = np.concatenate([[0], kinds[:-1]])
    after = codes[np.minimum(ends, len(codes) - 1)]
    short = (ends - starts <= 2) & ~np.isin(after, encode(_MEASURES))
    return np.asarray((before == Kind.LATIN) | ((before > Kind.DIGITS) & short))
