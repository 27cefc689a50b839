"""Passages copied into other texts: plagdet of what is found, and what is marked where nothing was.

plagdet (Potthast et al., COLING 2010): the F1 of the characters that are marked, in both texts,
over the logarithm of how many pieces a copied passage is found in.
"""

import difflib
import math
import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from benchmarks.data import find_data, print_table
from benchmarks.duplicates_edits import load_blind
from copyassist.desk.passages.align import find_passages
from copyassist.desk.passages.letters import Letters, find_letters
from copyassist.desk.passages.prints import GRAM, WINDOW, hash_grams
from copyassist.training import title_edits

Span = tuple[int, int, int, int]  # [start, end) in the document, [start, end) in the source
Finder = Callable[[str, str], list[Span]]
CASES = 120
_CLAUSE = re.compile(r"(?<=[，。；,;])")


class Case(NamedTuple):
    document: str
    source: str
    spans: list[Span]


def load_abstracts() -> list[str]:
    lines = (find_data() / "keywords/csl_dev.tsv").read_text("utf-8").splitlines()
    texts = [max(line.split("\t"), key=len).strip() for line in lines]
    return [text for text in texts if len(text) > 120]


def make_cases(change: Callable[[str, random.Random], str], seed: int) -> Iterator[Case]:
    """Abstracts in a row, and one to three passages of others that are put in between."""
    chooser, texts = random.Random(seed), load_abstracts()
    for _ in range(CASES):
        own, theirs = chooser.sample(texts, 6), chooser.sample(texts, 6)
        source = "\n".join(theirs)
        document, spans = "", []
        taken = chooser.sample(range(6), chooser.choice((1, 2, 3)))
        for place, text in enumerate(own):
            document += text + "\n"
            if place in taken:
                part = theirs[place]
                length = chooser.randrange(80, max(81, min(300, len(part))))
                start = chooser.randrange(0, max(len(part) - length, 0) + 1)
                copied = change(part[start : start + length], chooser)
                at = sum(len(one) + 1 for one in theirs[:place]) + start
                spans.append((len(document), len(document) + len(copied), at, at + length))
                document += copied + "\n"
        yield Case(document, source, spans)


def verbatim(text: str, _: random.Random) -> str:
    return text


def light(text: str, chooser: random.Random) -> str:
    """Other punctuation, a word here and there; sometimes Traditional characters."""
    clauses = _CLAUSE.split(text)
    for place, clause in enumerate(clauses):
        if chooser.random() < 0.3 and len(clause) > 6:
            kind = chooser.choice(
                (title_edits.insert_words, title_edits.drop_words, title_edits.swap_words)
            )
            clauses[place] = kind(clause, chooser)
    changed = "".join(clauses)
    if chooser.random() < 0.3:
        changed = title_edits.to_traditional(changed, chooser)
    return changed.replace("，", ",") if chooser.random() < 0.5 else changed


def heavy(text: str, chooser: random.Random) -> str:
    """Every clause is changed, some twice; neighbours change places."""
    clauses = [part for part in _CLAUSE.split(text) if part]
    for place, clause in enumerate(clauses):
        for kind in chooser.sample((title_edits.insert_words, title_edits.drop_words, title_edits.swap_words, title_edits.change_tenth, title_edits.shuffle_words), chooser.choice((1, 2, 2, 3))):  # fmt: skip
            if len(clause) > 6:
                clause = kind(clause, chooser)
        clauses[place] = clause
    for place in range(0, len(clauses) - 1, 2):
        if chooser.random() < 0.5:
            clauses[place], clauses[place + 1] = clauses[place + 1], clauses[place]
    return "".join(clauses)


CHANGES = {"verbatim": verbatim, "light": light, "heavy": heavy}


# --- who finds -------------------------------------------------------------------------------------


def find_ours(document: str, source: str) -> list[Span]:
    one, other = find_letters(document), find_letters(source)
    return [
        (*one.span(p.start, p.end), *other.span(p.other_start, p.other_end))
        for p in find_passages(one, other)
    ]


def find_blocks(document: str, source: str) -> list[Span]:
    """difflib's matching blocks of 13 characters and more."""
    matcher = difflib.SequenceMatcher(None, document, source, autojunk=False)
    return [
        (b.a, b.a + b.size, b.b, b.b + b.size)
        for b in matcher.get_matching_blocks()
        if b.size >= 13
    ]


def find_winnowed(document: str, source: str) -> list[Span]:
    """Plain winnowing: fingerprints in common, those close to each other in one piece."""
    one, other = find_letters(document), find_letters(source)
    left, right = _pick(one), _pick(other)
    pairs = sorted((at, right[hashed]) for hashed, at in left.items() if hashed in right)
    found: list[list[int]] = []
    for at, where in pairs:
        if found and at - found[-1][1] < 20 and abs(where - found[-1][3]) < 40:
            found[-1][1] = at + GRAM
            found[-1][2:] = [min(found[-1][2], where), max(found[-1][3], where + GRAM)]
        else:
            found.append([at, at + GRAM, where, where + GRAM])
    return [(*one.span(a, b), *other.span(c, d)) for a, b, c, d in found if b - a > 12]


def _pick(letters: Letters) -> dict[int, int]:
    hashed = hash_grams(letters.points, GRAM)
    if len(hashed) <= WINDOW:
        return {}
    windows = np.lib.stride_tricks.sliding_window_view(hashed, WINDOW)
    places = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
    return {int(hashed[place]): int(place) for place in reversed(places.tolist())}


FINDERS: dict[str, Finder] = {
    "copyassist": find_ours,
    "difflib blocks": find_blocks,
    "plain winnowing": find_winnowed,
}


# --- how well --------------------------------------------------------------------------------------


def measure_plagdet(
    found: Sequence[Sequence[Span]], true: Sequence[Sequence[Span]]
) -> tuple[float, ...]:
    """Plagdet, precision, recall, granularity over many cases."""
    hit = said = there = 0
    pieces = detected = 0
    for spans, wanted in zip(found, true, strict=True):
        for side in (0, 2):
            marked = _cover(spans, side)
            real = _cover(wanted, side)
            hit, said, there = hit + len(marked & real), said + len(marked), there + len(real)
        for want in wanted:
            touching = sum(
                s[0] < want[1] and want[0] < s[1] and s[2] < want[3] and want[2] < s[3]
                for s in spans
            )
            detected += touching > 0
            pieces += touching
    precision, recall = hit / max(said, 1), hit / max(there, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    granularity = pieces / max(detected, 1)
    return f1 / math.log2(1 + max(granularity, 1)), precision, recall, granularity


def _cover(spans: Sequence[Span], side: int) -> set[int]:
    return {at for span in spans for at in range(span[side], span[side + 1])}


def print_passages() -> None:
    rows = []
    for kind, change in CHANGES.items():
        cases = list(make_cases(change, 3))
        for name, find in FINDERS.items():
            found = [find(case.document, case.source) for case in cases]
            figures = measure_plagdet(found, [case.spans for case in cases])
            rows.append([kind, name, *(f"{figure:.3f}" for figure in figures)])
    print_table(["copies", "who", "plagdet", "precision", "recall", "pieces"], rows)
    texts, chooser = load_abstracts(), random.Random(8)
    marked = total = 0
    for _ in range(CASES):
        chosen = chooser.sample(texts, 20)
        document, source = "\n".join(chosen[:10]), "\n".join(chosen[10:])
        marked += len(_cover(find_ours(document, source), 0))
        total += len(document)
    print(f"\nunrelated texts of one field: {marked / total:.4f} of the characters are marked")


def print_blind_passages() -> None:
    """The blind cases, each kind of copy by itself; `build(n, seed, modes)` makes them."""
    blind = load_blind()
    if blind is None or blind.passages is None:
        print("skipped: no blind passages in benchmarks/blind/duplicates_1")
        return
    rows = []
    for mode in ("verbatim", "light", "heavy", "unrelated"):
        cases = [_read_case(made) for made in blind.passages.build(CASES, 6, [mode])]
        for name, find in FINDERS.items():
            found = [find(case.document, case.source) for case in cases]
            figures = measure_plagdet(found, [case.spans for case in cases])
            marked = sum(len(_cover(spans, 0)) for spans in found)
            share = marked / max(sum(len(case.document) for case in cases), 1)
            rows.append([mode, name, *(f"{f:.3f}" for f in figures), f"{share:.4f}"])
    print("\nblind passages:\n")
    print_table(["copies", "who", "plagdet", "precision", "recall", "pieces", "marked"], rows)


def _read_case(made: Any) -> Case:
    document, source, spans = (
        (made["document"], made["source"], made["spans"]) if isinstance(made, dict) else made[:3]
    )
    return Case(document, source, [_read_span(span) for span in spans])


def _read_span(span: Any) -> Span:
    """Four places, however they are nested: in the document first, then in the source."""
    one, two, three, four = list(_flatten(span))[:4]
    return one, two, three, four


def _flatten(span: Any) -> Iterator[int]:
    if isinstance(span, int) and not isinstance(span, bool):
        yield span
    elif isinstance(span, dict):
        yield from _flatten(list(span.values()))
    elif isinstance(span, list | tuple):
        for part in span:
            yield from _flatten(part)
    elif hasattr(span, "__dict__"):
        yield from _flatten(vars(span))
