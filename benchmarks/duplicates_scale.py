"""A million titles: indexed on the disk, opened, asked, and all compared with all; long drafts."""

import random
import resource
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from time import process_time

import numpy as np

from benchmarks.data import print_table, read_rows
from benchmarks.duplicates_passages import load_abstracts
from copyassist.desk.duplicates import TitleIndex
from copyassist.desk.passages import (
    Earlier,
    PrintIndex,
    find_letters,
    find_prints,
    measure_share,
)
from copyassist.repeats.corpus import Corpus, CorpusText
from copyassist.text import parse_text

TITLES = 1_000_000
ASKED = 300
PAIRED = 20_000  # titles asked of all; the whole million takes as much longer
POSTS, POST_LETTERS = 20_000, 5_000
SOURCES = ("weibo_hourly_heat", "kuaishou_hourly_rank", "zhihu_hourly_heat_2024", "weibo_topics_described")  # fmt: skip


def make_titles(count: int) -> Iterator[str]:
    """Real titles, then halves of two of them put together."""
    chooser = random.Random(3)
    rows = (row["title"] for name in SOURCES for row in read_rows(f"trends/{name}.csv.gz"))
    real = list(dict.fromkeys(rows))
    yield from real[:count]
    for number in range(count - len(real)):
        one, two = real[number % len(real)], chooser.choice(real)
        yield one[: len(one) // 2] + two[len(two) // 2 :]


def print_scale() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _print_corpus(Path(folder) / "corpus")
    _print_all_pairs()
    _print_drafts()


def _print_corpus(folder: Path) -> None:
    titles = make_titles(TITLES)
    first = next(titles)  # loads the real ones
    before = _measure_peak()
    started = process_time()
    with Corpus(folder) as corpus:
        corpus.add(
            CorpusText("titles", str(n), title) for n, title in enumerate(chain([first], titles))
        )
    built, memory = process_time() - started, _measure_peak() - before
    started = process_time()
    with Corpus(folder) as corpus:
        corpus.find_titles([parse_text("打开以后的第一问")])
        opened = process_time() - started
        chooser, taken = random.Random(1), []
        for number in chooser.sample(range(1, TITLES), ASKED):
            text = corpus.text(number)
            asked = parse_text((text.title if text else first)[:-2] + "吗")
            started = process_time()
            corpus.find_titles([asked])
            taken.append((process_time() - started) * 1000)
        count = len(corpus)
    middle, late = np.quantile(taken, [0.5, 0.99])
    print_table(
        ["titles", "build s", "memory MB", "query p50 ms", "p99 ms", "open and first answer s"],
        [[f"{count:,}", f"{built:.1f}", f"{memory:.0f}", f"{middle:.2f}", f"{late:.2f}", f"{opened:.3f}"]],
    )  # fmt: skip


def _print_all_pairs() -> None:
    titles = list(make_titles(TITLES))
    started = process_time()
    index = TitleIndex.build(titles)
    built = process_time() - started
    asked = [parse_text(title) for title in random.Random(2).sample(titles, PAIRED)]
    started = process_time()
    index.find_many(asked, 8)
    each = (process_time() - started) / PAIRED
    print(
        f"\nall pairs of {TITLES:,}: {built:.0f} s to index, {each * 1e6:.0f} µs a title, so "
        f"{built + each * TITLES / 2:.0f} s on two cores; peak {_measure_peak():,.0f} MB"
    )


def _print_drafts() -> None:
    chooser, texts = random.Random(2), load_abstracts()
    clauses = [clause for text in texts for clause in text.split("，") if len(clause) > 8]
    posts = []
    for _ in range(POSTS):
        post = "，".join(chooser.choices(clauses, k=POST_LETTERS // 15))
        letters = list(post[:POST_LETTERS])
        for at in range(0, len(letters), chooser.randrange(4, 7)):
            letters[at] = chooser.choice(post)
        posts.append("".join(letters))
    started = process_time()
    index = PrintIndex.build(posts)
    built = process_time() - started
    draft = posts[7][:800] + "".join(chooser.sample(clauses, 300))
    draft = draft[:POST_LETTERS]
    taken = []
    for _ in range(5):
        started = process_time()
        found = index.find(find_prints(find_letters(draft)))
        share = measure_share(draft, [Earlier(n, posts[n]) for n, _ in found])
        taken.append((process_time() - started) * 1000)
    print(
        f"\na draft of {len(draft):,} characters against {POSTS:,} posts of {POST_LETTERS:,}: "
        f"{min(taken):.0f} ms, {len(share.passages)} passages (index {built:.0f} s, "
        f"{(index.prints.nbytes + index.owners.nbytes) / 1e6:.0f} MB)"
    )


def _measure_peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
