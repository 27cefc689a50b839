"""Keywords against jieba's own TF-IDF: right ones among the first five and ten, texts a second.

The table of words is made anew without the CSL abstracts, and everything that was chosen was
chosen on the first half of each set: these are the second halves.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from benchmarks.data import find_data, print_table, read_json_lines
from copyassist.keywords import extract, extract_keywords
from copyassist.keywords.words import load_words
from copyassist.text import normalize, parse_text
from copyassist.training.keywords_idf import count_documents, read_csl, read_documents, save_table
from copyassist.types import Draft, ParsedDraft

Gold = tuple[str, set[str]]


def main() -> None:
    import jieba.analyse

    jieba.setLogLevel(60)
    data = find_data()
    abstracts = [(text, _fold(keywords)) for text, keywords in read_csl(data)]
    titles = [
        (str(row["sentence"]), _fold(str(row["keywords"]).split(",")))
        for row in read_json_lines("keywords/tnews_dev.jsonl")
        if row["keywords"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "weights.npz"
        save_table(table, count_documents(read_documents(data, csl=False)))
        own = load_words(table)
    extract.load_words = lambda: own  # type: ignore[assignment]
    rows = []
    for name, texts in (("CSL abstracts", abstracts), ("TNEWS headlines", titles)):
        held = texts[len(texts) // 2 :]
        rows.append([name, "copyassist", *_measure(_extract, held)])
        rows.append(
            [name, "jieba", *_measure(lambda t: jieba.analyse.extract_tags(t, topK=10), held)]
        )
    print_table(["texts", "extractor", "F1@5", "R@10", "texts a second"], rows)


def _fold(keywords: Sequence[str]) -> set[str]:
    return {_same(keyword) for keyword in keywords if keyword}


def _same(keyword: str) -> str:
    return "".join(normalize(keyword)[0].split())


def _extract(text: str) -> list[str]:
    parsed = ParsedDraft(Draft(title=text), parse_text(text))
    return [keyword.text for keyword in extract_keywords(parsed, 10)]


def _measure(work: Callable[[str], Sequence[str]], texts: Sequence[Gold]) -> list[str]:
    work(texts[0][0])
    started = process_time()
    found = [work(text) for text, _ in texts]
    rate = len(texts) / (process_time() - started)
    f1 = recall = 0.0
    for keywords, (_, gold) in zip(found, texts, strict=True):
        guessed = [_same(keyword) for keyword in keywords]
        right = len(set(guessed[:5]) & gold)
        f1 += 2 * right / (5 + len(gold))
        recall += len(set(guessed[:10]) & gold) / len(gold)
    return [f"{f1 / len(texts):.3f}", f"{recall / len(texts):.3f}", f"{rate:,.0f}"]
