"""How breaches read: the weights of pieces of characters behind `desk.law.reading`.

    python -m copyassist.training.breach_manner DATA SET

A logistic regression of sentences that break a rule against lawful ones that look alike, the
sentences of clean drafts, and titles that may be used for weights (`DATA`: /trends, /headlines).
`SET` is a set of sentences that is spent: `benchmarks/blind/compliance_1.zip`. Writes
`assets/lexicons/breach_manner.json.xz`. Never measure on what is in here.
"""

import json
import lzma
import random
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from copyassist.desk.law.reading import list_pieces
from copyassist.resources import find_asset, find_corpora
from copyassist.text import normalize
from copyassist.training.advert_manner import read_titles

BREACHES = ("violations.txt", "violations_2.txt", "violations_3.txt", "violations_4.txt")
LAWFUL = ("lookalikes.txt", "lookalikes_2.txt")
CODES = {
    "absolute": "absolute_term",
    "guarantee_efficacy": "guarantee",
    "discrimination_vulgar": "discrimination",
}
STRENGTH = 1.0
LAWFUL_WEIGHT, TITLE_WEIGHT = 3.0, 0.5
LIGHTEST = 8  # hundredths below which a weight is left out
_ENDS = re.compile(r"[。!?;\n]+")


class Sentences(NamedTuple):
    """Breaches as (category, text), what is lawful, and titles of any kind; all normalised."""

    breaches: list[tuple[str, str]]
    lawful: list[str]
    titles: list[str]


def read_all(data: Path, spent: Path) -> Sentences:
    """Everything that is learnt from."""
    breaches = [pair for name in BREACHES for pair in _read_marked(name)]
    lawful = [text for name in LAWFUL for _, text in _read_marked(name)]
    rows = read_spent(spent)
    breaches += [(r["category"], _plain(r["text"])) for r in rows["violations"]]
    lawful += [_plain(row["text"]) for row in rows["lookalikes"]]
    for draft in rows["drafts"]:
        if not draft["violations"]:
            lawful += [part for part in _ENDS.split(_plain(draft["body"])) if len(part) > 5]
    titles = read_titles(data, random.Random(1))  # noqa: S311 (a draw, no secret)
    return Sentences(breaches, lawful, [_plain(title) for title in titles])


def read_spent(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a set by the name of their file."""
    with zipfile.ZipFile(path) as archive:
        return {
            Path(name).stem: [json.loads(line) for line in archive.read(name).splitlines() if line]
            for name in archive.namelist()
            if name.endswith(".jsonl")
        }


def fit(sentences: Sentences) -> dict[str, object]:
    """The model: bias and weights in hundredths, and what category each weighty piece speaks for."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    breaches = [text for _, text in sentences.breaches]
    rest = sentences.lawful + sentences.titles
    vectorizer = CountVectorizer(
        analyzer=lambda text: sorted(list_pieces(text)), binary=True, min_df=3
    )
    table = vectorizer.fit_transform(breaches + rest)
    labels = np.r_[np.ones(len(breaches)), np.zeros(len(rest))]
    weights = np.r_[
        np.ones(len(breaches)),
        np.full(len(sentences.lawful), LAWFUL_WEIGHT),
        np.full(len(sentences.titles), TITLE_WEIGHT),
    ]
    model = LogisticRegression(C=STRENGTH, max_iter=400).fit(table, labels, sample_weight=weights)
    names = vectorizer.get_feature_names_out()
    rounded = {str(t): round(100 * w) for t, w in zip(names, model.coef_[0], strict=True)}
    kept = {piece: weight for piece, weight in sorted(rounded.items()) if abs(weight) >= LIGHTEST}
    return {
        "bias": round(100 * float(model.intercept_[0])),
        "weights": kept,
        **_tell_kinds(sentences.breaches, {piece for piece, weight in kept.items() if weight > 0}),
    }


def _tell_kinds(breaches: Sequence[tuple[str, str]], pieces: set[str]) -> dict[str, object]:
    """The category in which a piece stands most often for its share of the sentences."""
    counts: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for category, text in breaches:
        totals[category] += 1
        for piece in list_pieces(text) & pieces:
            counts.setdefault(piece, Counter())[category] += 1
    letters = {name: chr(ord("a") + at) for at, name in enumerate(sorted(totals))}
    kinds = {
        piece: letters[max(found, key=lambda name: (found[name] / (totals[name] + 20), name))]
        for piece, found in sorted(counts.items())
    }
    return {
        "kinds": kinds,
        "categories": {letter: CODES.get(name, name) for name, letter in letters.items()},
    }


def _read_marked(name: str) -> list[tuple[str, str]]:
    pairs, category = [], ""
    for line in (find_corpora() / "law" / name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            category = line[3:]
        elif line and not line.startswith("#"):
            text = line.split(" ", 1)[1] if line.startswith("@") else line
            pairs.append((category, _plain(text.replace("【", "").replace("】", ""))))
    return pairs


def _plain(text: str) -> str:
    return normalize(text)[0]


def write_model(model: dict[str, object]) -> None:
    """Writes the model among the assets."""
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    packed = lzma.compress(text.encode(), preset=9)
    find_asset("lexicons", "manner.json").with_name("breach_manner.json.xz").write_bytes(packed)


def main() -> None:
    write_model(fit(read_all(Path(sys.argv[1]), Path(sys.argv[2]))))


if __name__ == "__main__":
    main()
