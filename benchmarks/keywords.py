"""Keywords against jieba's own: authors' keywords, headlines' keywords, and what a person would choose.

CSL is cross-validated: in each round the network and the priors of words are fitted without the part
that is judged. TNEWS headlines are judged by a network fitted to its training part, which never ships,
and by the shipped one. The blind sets hold titles and drafts that were labelled without sight of the
extractor; only this file opens them.

    python -m benchmarks keywords               every table
    python -m benchmarks keywords --wrong 1     and what is wrong in set 1, once it is spent
"""

import json
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.data import MissingDataError, find_data, measure_best, print_table
from copyassist.keywords import extract_by, extract_keywords, find_tags
from copyassist.keywords.extract import load_extractor
from copyassist.keywords.ranker import load_ranker
from copyassist.platforms import load_platforms
from copyassist.text import load_reference_keywords, parse
from copyassist.training.keyword_examples import (
    Example,
    fold,
    read_abstracts,
    read_headlines,
)
from copyassist.training.keyword_model import list_columns
from copyassist.training.keyword_ranker import (
    PriorCounts,
    Read,
    fit_network,
    measure_ranking,
    read_example,
    score_read,
)
from copyassist.types import Draft

SETS = sorted(Path(__file__).with_name("blind").glob("keywords_*.zip"))
FOLDS = 10
FIRST = 5  # keywords and tags that a person looks at
_LOOSE = "xiaohongshu"  # the syntax is taken off again

Choose = Callable[[str, str, str], tuple[list[str], list[str]]]


def main(options: Sequence[str] = ()) -> None:
    shown = set(options[1:]) if options[:1] == ["--wrong"] else set()
    try:
        data = find_data()
    except MissingDataError as missing:
        print(f"without authors' keywords: {missing}")
    else:
        _print_authors(data)
        _print_speed(data)
    _print_blind(shown)


# --- keywords of authors and editors ---------------------------------------------------------------


def _print_authors(data: Path) -> None:
    ranker = load_ranker()
    columns = list_columns(ranker)
    abstracts = [read_example(one, ranker) for one in read_abstracts(data)]
    learnt = [
        read_example(one, ranker) for one in read_headlines(data / "keywords/tnews_train.jsonl.gz")
    ]
    headlines = [
        read_example(one, ranker) for one in read_headlines(data / "keywords/tnews_dev.jsonl")
    ]
    rows = [
        ["CSL abstracts", "own, fitted to the other folds", *_cross_validate(abstracts, columns)],
        ["CSL abstracts", "jieba TF-IDF", *_measure_jieba(abstracts)],
        [
            "TNEWS headlines",
            "own, fitted to its training part",
            *_judge(learnt, headlines, columns),
        ],
        ["TNEWS headlines", "own, as shipped", *_judge_shipped(headlines)],
        ["TNEWS headlines", "jieba TF-IDF", *_measure_jieba(headlines)],
        ["TNEWS headlines", "ceiling: all that stand there", *_measure_ceiling(headlines)],
    ]
    print_table(["texts", "extractor", "F1@5", "R@10"], rows)


def _cross_validate(reads: Sequence[Read], columns: list[str]) -> list[str]:
    results = []
    for fold_number in range(FOLDS):
        held = reads[fold_number::FOLDS]
        rest = [one for at, one in enumerate(reads) if at % FOLDS != fold_number]
        results += _score(rest, held, columns)
    return _mean(results)


def _judge(learnt: Sequence[Read], held: Sequence[Read], columns: list[str]) -> list[str]:
    return _mean(_score(learnt, held, columns))


def _score(
    learnt: Sequence[Read], held: Sequence[Read], columns: list[str]
) -> list[tuple[float, float]]:
    counts = PriorCounts(learnt)
    network = fit_network(learnt, counts, columns)
    return [measure_ranking(one, score_read(one, counts, network)) for one in held]


def _judge_shipped(held: Sequence[Read]) -> list[str]:
    ranker = load_ranker()
    results = []
    for one in held:
        batch = ranker.read([(one.example.title, one.example.body)])
        results.append(measure_ranking(one, ranker.score(batch)))
    return _mean(results)


def _measure_jieba(reads: Sequence[Read]) -> list[str]:
    extract = load_reference_keywords("tfidf")
    return _mean([_compare(_take(extract, one.example), one.example) for one in reads])


def _take(extract: Any, example: Example) -> list[str]:
    return [fold(word) for word, _ in extract(f"{example.body} {example.title}", 10)]


def _measure_ceiling(reads: Sequence[Read]) -> list[str]:
    found = []
    for one in reads:
        text = fold(one.example.title + one.example.body)
        here = [keyword for keyword in one.example.keywords if keyword in text]
        found.append(_compare(here, one.example))
    return _mean(found)


def _compare(guessed: Sequence[str], example: Example) -> tuple[float, float]:
    gold = example.keywords
    five = len(set(guessed[:5]) & gold)
    return 2 * five / (5 + len(gold)), len(set(guessed[:10]) & gold) / len(gold)


def _mean(results: Sequence[tuple[float, float]]) -> list[str]:
    return [f"{value:.3f}" for value in np.mean(results, axis=0).tolist()]


# --- speed -----------------------------------------------------------------------------------------


def _print_speed(data: Path) -> None:
    """Texts a second of processor time, both in this run. Own: all texts in one call, and one by one."""
    extract, extractor = load_reference_keywords("tfidf"), load_extractor()
    rows = []
    for name, examples in (
        ("CSL abstracts", read_abstracts(data)),
        ("TNEWS headlines", read_headlines(data / "keywords/tnews_dev.jsonl")),
    ):
        drafts = [Draft(title=one.title, body=one.body) for one in examples]
        texts = [f"{one.body} {one.title}" for one in examples]
        works: list[Callable[[], Any]] = [
            lambda drafts=drafts: extractor.extract_many(list(map(parse, drafts)), 10),
            lambda drafts=drafts: [extractor.extract(parse(one), 10) for one in drafts],
            lambda texts=texts: [extract(text, 10) for text in texts],
        ]
        rates = [len(drafts) / measure_best(work, 3) for work in works]
        rows.append([name, *(f"{rate:,.0f}" for rate in rates), f"{rates[0] / rates[2]:.2f}"])
    print()
    print_table(
        ["texts a second", "own, all at once", "own, one by one", "jieba extract_tags", "times"],
        rows,
    )


# --- blind sets ------------------------------------------------------------------------------------


def _print_blind(shown: set[str]) -> None:
    for path in SETS:
        rows = []
        for part in ("titles", "drafts"):
            truths = _read_set(path, f"{part}_keywords.jsonl")
            for name, choose in (("own", _choose_own), ("jieba TF-IDF", _choose_jieba)):
                wrong = path.stem.rpartition("_")[2] in shown and name == "own"
                rows.append([part, name, *_judge_set(truths, choose, tell=wrong)])
        print(f"\n{path.stem}\n")
        print_table(
            [
                "texts", "extractor", "number", "first right", f"of the first {FIRST} tags right",
                "tags shown", f"F1@{FIRST}", "recall of keywords",
            ],
            rows,
        )  # fmt: skip


def _read_set(path: Path, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        found = next((one for one in archive.namelist() if one.endswith(name)), None)
        lines = archive.read(found).decode().splitlines() if found else []
    return [json.loads(line) for line in lines if line.strip()]


def _judge_set(truths: Sequence[Mapping[str, Any]], choose: Choose, *, tell: bool) -> list[str]:
    if not truths:
        return ["0", *["–"] * 5]
    first, right, shown, f1, recall = [], [], [], [], []
    for truth in truths:
        keywords, tags = choose(truth["title"], truth.get("body", ""), truth.get("platform", ""))
        gold = _fold_all(truth["keywords"])
        wanted = gold | _fold_all(truth.get("tags", []))
        guessed = [fold(keyword) for keyword in keywords]
        pasted = [_bare(tag) for tag in tags[:FIRST]]
        hits = [tag for tag in pasted if tag in wanted]
        first.append(guessed[:1] != [] and guessed[0] in _fold_all(truth["first"]))
        right.append(len(hits) / max(len(pasted), 1))
        shown.append(len(pasted))
        five = len(set(guessed[:FIRST]) & gold)
        f1.append(2 * five / (FIRST + len(gold)))
        recall.append(len(set(guessed) & gold) / max(len(gold), 1))
        if tell and (not first[-1] or len(hits) < len(pasted)):
            odd = [tag for tag in pasted if tag not in wanted]
            sys.stdout.write(
                f"{truth['id']} {truth['title']}: {keywords[:5]}; not wanted {odd}; "
                f"first {truth['first']}; keywords {truth['keywords']}\n"
            )
    return [str(len(truths)), *(f"{np.mean(one):.2f}" for one in (first, right, shown, f1, recall))]


def _choose_own(title: str, body: str, platform: str) -> tuple[list[str], list[str]]:
    keywords = extract_keywords(parse(Draft(title=title, body=body)), 10)
    platforms = load_platforms()
    profile = platforms.get(platform, platforms[_LOOSE])
    if profile.tag_syntax == "none":
        profile = platforms[_LOOSE]
    return [one.text for one in keywords], [tag.text for tag in find_tags(keywords, profile)]


def _choose_jieba(title: str, body: str, platform: str) -> tuple[list[str], list[str]]:  # noqa: ARG001
    found = extract_by("tfidf", parse(Draft(title=title, body=body)), 10)
    words = [one.text for one in found]
    return words, words[:FIRST]


def _fold_all(texts: Sequence[str]) -> set[str]:
    return {_bare(text) for text in texts}


def _bare(tag: str) -> str:
    return fold(tag).strip("#")
