"""Edited titles among many: recall where the precision is held, alarms on titles never seen.

Precision counts a found title as right where it is the one that was edited, or so near a copy of it
(ratio of 85 and more) that any reader would call it one. The peers answer the same questions in the
same run.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.data import ordinary_titles, print_table, read_rows
from benchmarks.duplicates_edits import Editor
from copyassist.desk.duplicates import THRESHOLD, TitleIndex
from copyassist.desk.duplicates.fold import fold_key
from copyassist.text import parse_text

EDITED = 3_300
UNSEEN = 3_000
COPY = 85.0
LEAST = 6  # shorter titles say nothing
# (row, score) of the best known title for each question
Answer = tuple[np.ndarray, np.ndarray]
Peer = Callable[[Sequence[str], Sequence[str]], Answer]


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked: the texts, the row that each was made from (-1: never seen) and the kinds."""

    known: list[str]
    texts: list[str]
    rows: np.ndarray
    kinds: list[str]


def load_corpus(count: int) -> tuple[list[str], list[str]]:
    """`count` distinct titles, and others that are not among them; the ordinary ones first."""
    chooser = random.Random(5)
    first = _distinct(ordinary_titles())
    chooser.shuffle(first)
    unseen, rest = first[:UNSEEN], first[UNSEEN:]
    if len(rest) < count:
        keys = {fold_key(title) for title in first}
        more = [row["title"] for row in read_rows("trends/weibo_topics_described.csv.gz")]
        more += [row["title"] for row in read_rows("trends/zhihu_hourly_heat_2024.csv.gz")]
        more += [row["title"] for row in read_rows("headlines/xhs_notes.csv.gz")]
        rest += [title for title in _distinct(more) if fold_key(title) not in keys]
    return rest[:count], unseen


def _distinct(titles: Sequence[str]) -> list[str]:
    by_key = {fold_key(title): title for title in titles}
    return [title for key, title in by_key.items() if len(key) >= LEAST]


def make_questions(editor: Editor, known: list[str], unseen: list[str]) -> Questions:
    """Edits of every kind in equal shares, then titles that are not there, then look-alikes."""
    chooser = random.Random(17)
    texts: list[str] = []
    rows: list[int] = []
    kinds: list[str] = []
    asked = min(len(known), 30_000)  # the ordinary titles: nothing was fitted on them
    each = EDITED // len(editor.edits)
    for kind, edit in editor.edits.items():
        for row in chooser.sample(range(asked), 3 * each):
            edited = edit(known[row], chooser)
            if edited and edited != known[row] and kinds.count(kind) < each:
                texts, rows, kinds = [*texts, edited], [*rows, row], [*kinds, kind]
    texts += unseen
    rows += [-1] * len(unseen)
    kinds += ["unseen"] * len(unseen)
    if editor.lookalike is not None:
        for row in chooser.sample(range(asked), 1_000):
            other = editor.lookalike(known[row], chooser)
            if other:
                texts, rows, kinds = [*texts, other], [*rows, -1], [*kinds, "look-alike"]
    return Questions(known, texts, np.array(rows), kinds)


# --- who answers -----------------------------------------------------------------------------------


def ask_index(known: Sequence[str], texts: Sequence[str]) -> Answer:
    index = TitleIndex.build(known)
    found = index.find_many([parse_text(text) for text in texts], 1, least=0.0)
    rows = np.array([hits[0].row if hits else -1 for hits in found])
    return rows, np.array([hits[0].same if hits else 0.0 for hits in found])


def ask_tfidf(known: Sequence[str], texts: Sequence[str]) -> Answer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    cutter = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), dtype=np.float32)
    table = cutter.fit_transform([fold_key(title) for title in known]).T.tocsr()
    asked = cutter.transform([fold_key(text) for text in texts])
    rows, scores = [], []
    for start in range(0, asked.shape[0], 64):
        part = (asked[start : start + 64] @ table).tocsr()
        for at in range(part.shape[0]):
            line = part.data[part.indptr[at] : part.indptr[at + 1]]
            best = int(line.argmax()) if len(line) else -1
            rows.append(int(part.indices[part.indptr[at] + best]) if len(line) else -1)
            scores.append(float(line[best]) if len(line) else 0.0)
    return np.array(rows), np.array(scores)


def ask_rapidfuzz(known: Sequence[str], texts: Sequence[str]) -> Answer:
    from rapidfuzz import fuzz, process

    keys = [fold_key(title) for title in known]
    rows, scores = [], []
    for start in range(0, len(texts), 100):
        part = [fold_key(text) for text in texts[start : start + 100]]
        table = process.cdist(part, keys, scorer=fuzz.ratio, dtype=np.uint8, workers=2)
        rows += table.argmax(axis=1).tolist()
        scores += (table.max(axis=1) / 100).tolist()
    return np.array(rows), np.array(scores)


PEERS: dict[str, Peer] = {
    "copyassist": ask_index,
    "character TF-IDF": ask_tfidf,
    "rapidfuzz ratio": ask_rapidfuzz,
}


# --- what came of it -------------------------------------------------------------------------------


def measure_recall(asked: Questions, answer: Answer, least: float) -> tuple[float, float]:
    """The largest share of edits found at a precision of at least `least`, and its threshold."""
    rows, scores = answer
    chosen = np.array([kind != "look-alike" for kind in asked.kinds])
    hit = (rows == asked.rows) & (asked.rows >= 0)
    right = hit | find_copies(asked, rows)
    order = np.flatnonzero(chosen)[np.argsort(-scores[chosen], kind="stable")]
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    recall = np.cumsum(hit[order]) / max(int((asked.rows >= 0).sum()), 1)
    # Equal scores stand or fall together.
    ends = np.append(scores[order][1:] != scores[order][:-1], True)
    good = np.flatnonzero((precision >= least) & ends)
    return (float(recall[good[-1]]), float(scores[order][good[-1]])) if len(good) else (0.0, 1.0)


def find_copies(asked: Questions, rows: np.ndarray) -> np.ndarray:
    """Which answers are so near to what was asked, or edited, that they are copies of it."""
    from rapidfuzz import fuzz

    found = np.zeros(len(rows), bool)
    for place, row in enumerate(rows.tolist()):
        if row < 0 or asked.kinds[place] == "look-alike":
            continue
        source = asked.rows[place]
        text = asked.known[source] if source >= 0 else asked.texts[place]
        found[place] = fuzz.ratio(fold_key(asked.known[row]), fold_key(text)) >= COPY
    return found


def print_titles(editor: Editor, count: int) -> None:
    known, unseen = load_corpus(count)
    asked = make_questions(editor, known, unseen)
    lines, ours = [], None
    for name, ask in PEERS.items():
        answer = ask(known, asked.texts)
        ours = ours or answer
        first = float(
            ((answer[0] == asked.rows) & (asked.rows >= 0)).sum() / (asked.rows >= 0).sum()
        )
        held = [measure_recall(asked, answer, least)[0] for least in (0.97, 0.99)]
        lines.append([name, f"{first:.3f}", *(f"{share:.3f}" for share in held)])
    print(f"\n{editor.name} edits among {len(known):,} titles ({len(asked.texts):,} questions):\n")
    print_table(["who", "first", "recall at P .97", "at P .99"], lines)
    assert ours is not None
    _print_kinds(asked, ours)


def _print_kinds(asked: Questions, answer: Answer) -> None:
    rows, scores = answer
    alarm = scores >= THRESHOLD
    kinds = np.array(asked.kinds)
    copies = find_copies(asked, rows)
    lines = []
    for kind in dict.fromkeys(asked.kinds):
        here = kinds == kind
        if kind in ("unseen", "look-alike"):
            continue
        hit = (rows == asked.rows) & here
        lines.append(
            [kind, f"{hit.sum() / here.sum():.3f}", f"{(hit & alarm).sum() / here.sum():.3f}"]
        )
    print(f"\nAt the shipped threshold ({THRESHOLD}):\n")
    print_table(["edit", "first", "found"], lines)
    edited, unseen = asked.rows >= 0, kinds == "unseen"
    judged = (edited | unseen) & alarm
    right = ((rows == asked.rows) & edited) | copies
    print(
        f"\nrecall {((rows == asked.rows) & edited & alarm).sum() / edited.sum():.3f}, precision "
        f"{(right & judged).sum() / judged.sum():.3f}; alarms on {unseen.sum():,} unseen titles "
        f"{(alarm & unseen).sum() / unseen.sum():.4f}, of which real copies "
        f"{(alarm & unseen & copies).sum() / unseen.sum():.4f}"
    )
    other = kinds == "look-alike"
    if other.any():
        print(
            f"look-alikes (the same pattern, another subject) called repeats: {alarm[other].mean():.4f}"
        )
