"""What speaks for and against a candidate, as numbers: one row each, one column a feature."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from copyassist.keywords.boundaries import Boundaries, Floats
from copyassist.keywords.hashing import HashTable, Ints, encode
from copyassist.keywords.pieces import Kind
from copyassist.keywords.windows import SPREAD, WIDEST, Batch

Column: TypeAlias = NDArray[Any]
SCHEME = "windows3"  # raised whenever a column changes: the model remembers it
_FAR = 1.5  # of a place in the title, for what doesn't stand there
_EDGES = (
    Kind.BREAK, Kind.FUNCTION, Kind.NUMERAL, Kind.DIGITS, Kind.SINGLE, Kind.LATIN, Kind.VERB, Kind.ACT,
)  # fmt: skip
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武"
    "戴莫孔向汤鞠鹿易檀倪古司章樊童关莎全宁景乔毕柳季裴霍虞娄靳辛安柯洪祝欧晏岳舒阮"
)
_QUOTES = '《》「」『』“”"#【】'
_TOP = 0xFFFF


@cache
def _mark(signs: str) -> NDArray[np.bool_]:
    """For each code point up to _TOP whether it is one of these."""
    marked = np.zeros(_TOP + 1, bool)
    marked[encode(signs)] = True
    return marked


@dataclass(frozen=True, slots=True)
class Lookups:
    """The tables that features are read from, all by hash.

    `weights`: how much a word says, -1 for one that is in no table; `unknown` is for such. `names`:
    known names with a score. `priors`: how much oftener than others a keyword starts with, ends with
    holds and is a word, as log odds, four columns.
    """

    weights: HashTable
    unknown: float
    names: HashTable
    boundaries: Boundaries
    priors: HashTable


def measure_candidates(batch: Batch, tables: Lookups) -> dict[str, Column]:
    """The features of each candidate, by name. There must be at least one candidate."""
    columns = _measure_words(batch, tables)
    columns |= _measure_counts(batch)
    columns |= _measure_places(batch)
    columns |= _measure_edges(batch, tables.boundaries)
    return columns | _compare(columns, batch.draft)


def _measure_words(batch: Batch, tables: Lookups) -> dict[str, Column]:
    """What its words say: rarity, whether the whole is a word or a name, how keywords use them."""
    rarity = _weigh(batch, tables)
    first, last = batch.place, batch.place + batch.width
    wide = batch.width + 1
    total = _sum_over(rarity, first, last)
    priors = tables.priors.look_up(batch.hashes)
    return {
        "wide": wide,
        "weight": total,
        "mean": total / wide,
        "least": _spread(rarity, np.minimum)[first, batch.width],
        "most": _spread(rarity, np.maximum)[first, batch.width],
        "first_weight": rarity[first],
        "last_weight": rarity[last],
        "name": batch.names / 64,
        "named": (batch.names > 0).astype(np.float32),
        "starts": priors[first, 0],
        "ends": priors[last, 1],
        "holds": _sum_over(priors[:, 2], first, last) / wide,
        "is": tables.priors.look_up(batch.keys)[:, 3],
        "whole_weight": tables.weights.look_up(batch.keys),
    }


def _weigh(batch: Batch, tables: Lookups) -> Floats:
    """The rarity of each piece; a longer unknown word says more, a single character nothing."""
    found = tables.weights.look_up(batch.hashes)
    lengths = batch.ends - batch.starts
    latin = batch.kinds == Kind.LATIN
    unknown = np.where(latin, 1.0, 1 + 0.2 * (np.minimum(lengths, 4) - 2)) * tables.unknown
    weights = np.where(found < 0, np.where(lengths > 1, unknown, 0), found)
    return np.where(batch.kinds > Kind.DIGITS, weights, 0).astype(np.float32)


def _measure_counts(batch: Batch) -> dict[str, Column]:
    """How often it stands where, alone and inside a longer candidate."""
    counts = batch.counts
    rows, widths = np.nonzero(batch.grid >= 0)
    numbers = batch.grid[rows, widths]
    titled = batch.starts[rows] - batch.begins[batch.of[rows]] < batch.titles[batch.of[rows]]
    titles = np.bincount(numbers[titled], minlength=len(counts))
    inside = _count_inside(batch)
    uses = _count_pieces(batch)
    first, width = batch.place, batch.width
    most = _spread(uses, np.maximum)[first, width]
    least = _spread(uses, np.minimum)[first, width]
    return {
        "count": counts,
        "in_title": titles,
        "in_body": counts - titles,
        "inside": inside,
        "inside_share": inside / counts,
        "alone": counts - inside,
        "most_uses": most,
        "least_uses": least,
        "cohesion": counts / np.maximum(most, 1),
        "binding": counts / np.maximum(least, 1),
    }


def _count_pieces(batch: Batch) -> Floats:
    keys = batch.hashes ^ ((batch.of.astype(np.uint64) + 1) * SPREAD)
    _, numbers, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return counts[numbers.ravel()].astype(np.float32)


def _count_inside(batch: Batch) -> Ints:
    """For each candidate the count of the most frequent one that is a piece longer."""
    grid, counts = batch.grid, batch.counts
    inside = np.zeros(len(counts), np.int64)
    after = np.vstack([grid[1:], np.full((1, WIDEST), -1)])
    for width in range(1, WIDEST):
        longer = grid[:, width]
        for shorter in (grid[:, width - 1], after[:, width - 1]):
            both = (longer >= 0) & (shorter >= 0)
            np.maximum.at(inside, shorter[both], counts[longer[both]])
    return inside


def _measure_places(batch: Batch) -> dict[str, Column]:
    """Where it stands: in the title, how early, how far its uses lie apart."""
    begins = batch.begins[batch.draft]
    length, title = batch.lengths[batch.draft], batch.titles[batch.draft]
    start = batch.starts[batch.place] - begins
    end = batch.ends[batch.place + batch.width] - begins
    rows, widths = np.nonzero(batch.grid >= 0)
    numbers = batch.grid[rows, widths]
    places = batch.starts[rows] - batch.begins[batch.of[rows]]
    last = np.zeros(len(start))
    np.maximum.at(last, numbers, places)
    body = length.copy()
    below = places >= batch.titles[batch.of[rows]]
    np.minimum.at(body, numbers[below], places[below])
    titled = start < title
    ascii_ = np.concatenate([[0], np.cumsum(batch.codes < 128)])
    safe, rest = np.maximum(title, 1), np.maximum(length - title, 1)
    return {
        "characters": end - start,
        "titled": titled.astype(np.float32),
        "from_start": np.where(titled, start / safe, _FAR),
        "from_end": np.where(titled, (title - end) / safe, _FAR),
        "first": start / length,
        "last": last / length,
        "spread": (last - start) / length,
        "body_first": np.where(body < length, (body - title) / rest, 1.2),
        "body_early": np.minimum(body - title, 200),
        "ascii": (ascii_[end + begins] > ascii_[start + begins]).astype(np.float32),
        "title_length": title,
        "body_length": length - title,
    }


def _measure_edges(batch: Batch, boundaries: Boundaries) -> dict[str, Column]:
    """Whether it is a whole: boundaries at its ends, none inside, what stands beside it."""
    odds = boundaries.measure(batch.codes)
    starts, ends, kinds = batch.starts, batch.ends, batch.kinds
    first, last = batch.place, batch.place + batch.width
    left, right = odds[starts[first]], odds[ends[last]]
    gaps = odds[starts]
    inner = np.full((len(gaps), WIDEST), -6.0, np.float32)
    for width in range(1, WIDEST):
        inner[:-width, width] = np.maximum(inner[:-width, width - 1], gaps[width:])
    inside = inner[first, batch.width]
    padded = np.concatenate([[0], kinds, [0]])
    codes = np.concatenate([[10], batch.codes, [10]])
    quotes, surnames = _mark(_QUOTES), _mark(_SURNAMES)
    opened = quotes[np.minimum(codes[starts[first]], _TOP)]
    closed = quotes[np.minimum(codes[ends[last] + 1], _TOP)]
    columns: dict[str, Column] = {
        "left": left,
        "right": right,
        "inner": inside,
        "whole": left + right - inside,
        "quoted": opened & closed,
        "person": surnames[np.minimum(batch.codes[starts[first]], _TOP)] & _is_short(batch),
    }
    for name, kind in (("singles", Kind.SINGLE), ("verbs", Kind.VERB), ("acts", Kind.ACT)):
        columns[name] = _sum_over((kinds == kind).astype(np.float32), first, last)
    head, tail, before, after = kinds[first], kinds[last], padded[first], padded[last + 2]
    for kind in Kind:
        columns[f"first_{kind.name}"] = head == kind
        columns[f"last_{kind.name}"] = tail == kind
    for kind in _EDGES:
        columns[f"before_{kind.name}"] = before == kind
        columns[f"after_{kind.name}"] = after == kind
    return columns


def _is_short(batch: Batch) -> NDArray[np.bool_]:
    """Two or three characters that the dictionary doesn't know together, as names of persons are."""
    lengths = batch.ends[batch.place + batch.width] - batch.starts[batch.place]
    return np.asarray((lengths >= 2) & (lengths <= 3) & (batch.width > 0))


def _compare(columns: Mapping[str, Column], draft: Ints) -> dict[str, Column]:
    """The candidate against the others of its draft."""
    frequent = columns["count"] ** 0.8 * columns["weight"]
    heads = np.flatnonzero(np.concatenate([[True], draft[1:] != draft[:-1]]))
    sizes = np.diff(np.concatenate([heads, [len(draft)]]))
    base, size = np.repeat(heads, sizes), np.repeat(sizes, sizes)
    found: dict[str, Column] = {"frequent": frequent}
    for name, values in (
        ("frequent", frequent),
        ("weight", columns["weight"]),
        ("count", columns["count"]),
        ("mean", columns["mean"]),
    ):
        order = np.lexsort((-values, draft))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        found[f"{name}_rank"] = (rank - base) / size
        most = np.maximum.reduceat(values, heads)
        found[f"{name}_share"] = values / np.maximum(np.repeat(most, sizes), 1e-6)
    return found


def _sum_over(values: Floats, first: Ints, last: Ints) -> Floats:
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return np.asarray(sums[last + 1] - sums[first], np.float32)


def _spread(values: Floats, over: np.ufunc) -> Floats:
    """For each piece and each width the least or the most of the pieces of that window."""
    found = np.tile(values[:, None], (1, WIDEST))
    for width in range(1, WIDEST):
        found[:-width, width] = over(found[:-width, width - 1], values[width:])
    return found
