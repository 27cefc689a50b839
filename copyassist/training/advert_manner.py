"""How adverts talk: the weights of words and pairs of characters behind the purpose's "manner".

    python -m copyassist.training.advert_manner DATA

A logistic regression of our own sentences (`corpora/law`: adverts, lawful and not, against sentences
that only look alike) and of titles of hot lists, notes and videos that may be used for weights
(`DATA`: /trends, /headlines). Writes `assets/lexicons/manner.json`. Never measure on what is in here.
"""

import csv
import gzip
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from copyassist.desk.law.manner import list_tokens
from copyassist.resources import find_asset, find_corpora
from copyassist.text import parse_text

ADVERTS = (
    "violations.txt",
    "violations_2.txt",
    "violations_3.txt",
    "violations_4.txt",
    "lookalikes_2.txt",
)
OTHERS = "lookalikes.txt"
# What breaks these rules is mostly no advert.
NO_ADVERTS = frozenset(
    {"inducement", "discrimination_vulgar", "minors", "diversion", "marks_missing"}
)
LISTS = (
    ("trends/weibo_hourly_heat.csv.gz", 6_000),
    ("trends/zhihu_hourly_heat_2024.csv.gz", 8_000),
    ("headlines/xhs_notes.csv.gz", 5_000),
    ("headlines/bilibili_videos.csv.gz", 6_000),
)
STRENGTH = 0.03  # C: few sentences, many words
LIGHTEST = 3  # hundredths below which a weight is left out


def read_sentences(name: str, skipped: frozenset[str] = frozenset()) -> Iterator[str]:
    """The sentences of a file of `corpora/law`, without marks, but for the skipped categories."""
    category = ""
    for line in (find_corpora() / "law" / name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            category = line[3:]
        elif line and not line.startswith("#") and category not in skipped:
            text = line.split(" ", 1)[1] if line.startswith("@") else line
            yield text.replace("【", "").replace("】", "")


def read_titles(data: Path, chooser: random.Random) -> list[str]:
    """Titles of hot lists, notes and videos, without what was marked as advertised."""
    titles: list[str] = []
    for name, count in LISTS:
        with gzip.open(data / name, "rt", encoding="utf-8", newline="") as lines:
            found = sorted({r["title"] for r in csv.DictReader(lines) if r.get("ads") != "1"})
        chooser.shuffle(found)
        titles += found[:count]
    return titles


def fit_manner(data: Path) -> dict[str, object]:
    """The bias and the weights in hundredths by token."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    adverts = [text for name in ADVERTS for text in read_sentences(name, NO_ADVERTS)]
    others = list(read_sentences(OTHERS))
    titles = read_titles(data, random.Random(1))  # noqa: S311 (a draw, no secret)
    vectorizer = CountVectorizer(
        analyzer=lambda text: list_tokens(parse_text(text)), binary=True, min_df=3
    )
    table = vectorizer.fit_transform(adverts + titles + others)
    labels = np.r_[np.ones(len(adverts)), np.zeros(len(titles) + len(others))]
    weights = np.r_[
        np.full(len(adverts), len(titles) / len(adverts) / 3),
        np.ones(len(titles)),
        np.full(len(others), 10.0),
    ]
    model = LogisticRegression(C=STRENGTH, max_iter=400).fit(table, labels, sample_weight=weights)
    names = vectorizer.get_feature_names_out()
    rounded = {str(t): round(100 * w) for t, w in zip(names, model.coef_[0], strict=True)}
    kept = {token: weight for token, weight in sorted(rounded.items()) if abs(weight) >= LIGHTEST}
    return {"bias": round(100 * float(model.intercept_[0])), "weights": kept}


def main() -> None:
    manner = fit_manner(Path(sys.argv[1]))
    text = json.dumps(manner, ensure_ascii=False, separators=(",", ":"))
    find_asset("lexicons", "manner.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
