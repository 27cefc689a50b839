"""How much a text reads like titles: which characters stand beside which, and which words are known.

The table `assets/titles/pairs.npz` (training/title_pairs.py) holds, for the pairs of neighbours that
say most, the log of how much oftener they meet than chance would have it. Latin words, numbers and
runs of emoji count as one sign each. Shuffled or random characters meet no oftener than by chance.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.scoring.ngrams import Floats, Ints
from copyassist.keywords.words import load_words
from copyassist.resources import find_asset
from copyassist.types import ParsedText

TABLE = ("titles", "pairs.npz")
STEPS = 16  # a stored byte is a log in sixteenths
CAP = 4.0  # one common phrase must not make up for the rest
SHRINK = 2.0  # pairs of no say that every mean is taken with
FIRST, LAST, EMOJI, LATIN, NUMBER = "\x02", "\x03", "\x04", "a", "0"
LOWEST, HIGHEST = -6, 8  # classes of how often two signs would meet by chance, as powers of two

_SIGNS = re.compile(
    "(?P<latin>[a-z\u00df-\u00ff]+)|(?P<number>[0-9]+)|(?P<space>\\s+)"
    "|(?P<emoji>[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+)"
)
_STANDS_FOR = {"latin": LATIN, "number": NUMBER, "space": "", "emoji": EMOJI}


def reduce_signs(norm: str) -> str:
    """A normalised text with one sign for each Latin word, number and run of emoji, without spaces."""
    return _SIGNS.sub(_stand_in, norm)


def _stand_in(found: re.Match[str]) -> str:
    return _STANDS_FOR[found.lastgroup or "space"]


@dataclass(frozen=True, slots=True)
class PairTable:
    """`place` gives each code point its row (0: unknown), `sizes` the log2 of a sign's frequency.

    `keys` are left x rows + right of the stored pairs, sorted, `logs` theirs; `rest` are the logs of
    all other pairs by the class of how often they would meet by chance.
    """

    place: NDArray[np.uint16]
    sizes: Floats
    keys: Ints
    logs: Floats
    rest: Floats
    total: float

    def look_up(self, left: Ints, right: Ints) -> Floats:
        """The log of each pair of rows."""
        wanted = left * len(self.sizes) + right
        found = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        chance = np.floor(self.sizes[left] + self.sizes[right] - self.total)
        classes = np.clip(chance, LOWEST, HIGHEST).astype(np.int64) - LOWEST
        known = self.keys[found] == wanted
        return np.asarray(np.where(known, self.logs[found], self.rest[classes]))


@cache
def load_pairs() -> PairTable:
    """The shipped table."""
    with np.load(find_asset(*TABLE), allow_pickle=False) as stored:
        signs = stored["signs"].tobytes().decode()
        counts, rights = stored["counts"].astype(np.int64), stored["rights"].astype(np.int64)
        sizes = np.concatenate([[0.0], stored["sizes"] / 8.0])
        logs, rest, total = stored["logs"] / STEPS, stored["rest"], float(stored["total"])
    place = np.zeros(0x10000, dtype=np.uint16)
    place[[ord(sign) for sign in signs]] = np.arange(1, len(signs) + 1)
    lefts = np.repeat(np.arange(1, len(signs) + 1), counts)
    return PairTable(place, sizes, lefts * len(sizes) + rights, logs, rest, total)


def measure_fluency(titles: Sequence[ParsedText]) -> Floats:
    """One number a title, about 2 for ordinary ones and 0 for shuffled characters."""
    if not titles:
        return np.zeros(0)
    table = load_pairs()
    texts = [reduce_signs(title.norm) for title in titles]
    text = FIRST + f"{LAST}{FIRST}".join(texts) + LAST
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    rows = table.place[np.minimum(codes, 0xFFFF)].astype(np.int64)
    owner = np.repeat(np.arange(len(texts)), [len(one) + 2 for one in texts])
    inside = owner[:-1] == owner[1:]
    logs = np.minimum(table.look_up(rows[:-1], rows[1:]), CAP)[inside]
    owners = owner[:-1][inside]
    sums = np.bincount(owners, logs, minlength=len(texts))
    pairs = np.bincount(owners, minlength=len(texts))
    known = np.array([share_known(title.words) for title in titles])
    return np.asarray(sums / (pairs + SHRINK) + known)


@lru_cache(maxsize=20_000)  # a title is looked at once for what it is, and once for how it reads
def share_known(words: tuple[str, ...]) -> float:
    """The share of a title's hanzi that stand in words of two and more that are known."""
    known = load_words().weights
    hanzi = in_words = 0
    for word in words:
        if word >= "\u3400" and word[0] < "\ua000":
            hanzi += len(word)
            if len(word) > 1 and word in known:
                in_words += len(word)
    return in_words / hanzi if hanzi else 1.0


def joins(left: str, right: str) -> bool:
    """Whether two characters are known to stand side by side in titles."""
    table = load_pairs()
    rows = [int(table.place[min(ord(sign), 0xFFFF)]) for sign in (left, right)]
    log = table.look_up(np.array(rows[:1]), np.array(rows[1:]))
    return bool(log[0] > 0)
