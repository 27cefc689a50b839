"""The title index: right titles found, wrong ones reported, time and memory.

Two tests. Titles edited by a generator of the kinds of edits that writers make, looked up among
84,000 titles of three sources; and questions whose own authors changed the title, looked up among
123,000. The weights were not fitted; the share of the cosine and the two thresholds were chosen on
these sets, so the figures are a little optimistic.
"""

import random
import tracemalloc
from collections.abc import Callable, Mapping, Sequence

from benchmarks.data import measure_best, ordinary_titles, print_table, read_rows
from copyassist.desk.duplicates import NEAR, SIMILAR, Found, TitleIndex
from copyassist.text import parse_text, title_key

Edit = Callable[[str, random.Random], str]
EDITED = 1_200
UNSEEN = 3_000
LETTERS = "的是了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学"
SWAPS = {
    "如何": "怎么",
    "为什么": "为何",
    "公布": "发布",
    "回应": "发声",
    "曝光": "爆出",
    "宣布": "官宣",
    "网友": "网民",
    "孩子": "小孩",
    "看待": "评价",
    "有哪些": "有什么",
    "首次": "第一次",
    "男子": "小伙",
    "女子": "姑娘",
    "被": "遭",
}


def change_tenth(title: str, chooser: random.Random) -> str:
    letters = list(title)
    for _ in range(max(1, len(letters) // 10)):
        letters[chooser.randrange(len(letters))] = chooser.choice(LETTERS)
    return "".join(letters)


def drop_tenth(title: str, chooser: random.Random) -> str:
    letters = list(title)
    for _ in range(max(1, len(letters) // 10)):
        del letters[chooser.randrange(len(letters))]
    return "".join(letters)


def swap_words(title: str, _: random.Random) -> str:
    for old, new in SWAPS.items():
        title = title.replace(old, new)
    return title


def turn_around(title: str, chooser: random.Random) -> str:
    place = chooser.randrange(2, len(title) - 2)
    return f"{title[place:]}，{title[:place]}"


def wrap(title: str, chooser: random.Random) -> str:
    return chooser.choice(
        ("震惊！{}", "刚刚，{}", "{}，网友炸锅", "【热点】{}", "{}，你怎么看？")
    ).format(title)


def space_out(title: str, _: random.Random) -> str:
    return " ".join(title)


def hide(title: str, _: random.Random) -> str:
    return "\u200b".join(title)


def do_all(title: str, chooser: random.Random) -> str:
    return wrap(change_tenth(swap_words(title, chooser), chooser), chooser)


EDITS: Mapping[str, Edit] = {
    "one character in ten changed": change_tenth,
    "one in ten left out": drop_tenth,
    "words swapped": swap_words,
    "halves turned around": turn_around,
    "clickbait around it": wrap,
    "spaces between all": space_out,
    "zero-width between all": hide,
    "swapped, changed and wrapped": do_all,
}


def main() -> None:
    _print_speed()
    _print_edits()
    _print_retitles()


def _print_speed() -> None:
    titles = [*ordinary_titles(), *_described(), *_notes()][:100_000]
    build = measure_best(lambda: TitleIndex.build(titles), runs=2)
    tracemalloc.start()
    index = TitleIndex.build(titles)
    kept = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    asked = [parse_text(title) for title in random.Random(1).sample(titles, 4_096)]
    many = measure_best(lambda: index.find_many(asked, 3)) / len(asked) * 1e6
    single = measure_best(lambda: [index.find(title, 3) for title in asked[:200]]) / 200 * 1e6
    print_table(
        ["titles", "build s", "memory MB", "µs a query, many at once", "µs, one alone"],
        [[len(titles), f"{build:.2f}", f"{kept:.0f}", f"{many:.0f}", f"{single:.0f}"]],
    )


def _described() -> list[str]:
    return [row["title"] for row in read_rows("trends/weibo_topics_described.csv.gz")]


def _notes() -> list[str]:
    return [row["title"] for row in read_rows("headlines/xhs_notes.csv.gz")]


def _print_edits() -> None:
    chooser = random.Random(5)
    by_key = {title_key(title): title for title in [*ordinary_titles(), *_described(), *_notes()]}
    titles = [title for key, title in by_key.items() if len(key) >= 6]
    chooser.shuffle(titles)
    unseen, known = titles[:UNSEEN], titles[UNSEEN:]
    index = TitleIndex.build(known)
    rows = []
    for name, edit in EDITS.items():
        picked = chooser.sample(range(len(known)), EDITED)
        edits = [(row, edit(known[row], chooser)) for row in picked]
        edits = [(row, edited) for row, edited in edits if edited != known[row]]
        found = index.find_many([parse_text(edited) for _, edited in edits])
        rows.append([name, *_count_right(found, [row for row, _ in edits])])
    print(f"\nEdited titles among {len(known):,}:\n")
    print_table(["edit", "first", f"near (>= {NEAR})", f"similar (>= {SIMILAR})"], rows)
    alarms = index.find_many([parse_text(title) for title in unseen])
    near = sum(bool(found) and found[0].kind != "similar" for found in alarms) / UNSEEN
    some = sum(map(bool, alarms)) / UNSEEN
    print(
        f"\nOf {UNSEEN:,} titles that are not in the index, {near:.3f} meet a near one and {some:.3f}"
        " a similar one; two fifths of the near ones are real copies of one report."
    )


def _count_right(found: Sequence[Sequence[Found]], rows: Sequence[int]) -> list[str]:
    pairs = list(zip(found, rows, strict=True))
    first = sum(bool(hits) and hits[0].row == row for hits, row in pairs)
    near = sum(any(h.row == row and h.similarity >= NEAR for h in hits) for hits, row in pairs)
    similar = sum(any(h.row == row for h in hits) for hits, row in pairs)
    return [f"{count / len(pairs):.3f}" for count in (first, near, similar)]


def _print_retitles() -> None:
    pairs = [
        row for row in read_rows("duplicates/zhihu_retitle_pairs.csv.gz") if row["label"] == "1"
    ]
    pairs = [pair for pair in pairs if title_key(pair["a"]) != title_key(pair["b"])]
    questions = [row["title"] for row in read_rows("trends/zhihu_hourly_heat_2024.csv.gz")]
    rest = [*ordinary_titles(), *_described(), *_notes(), *questions]
    corpus = list(dict.fromkeys([*rest, *(pair["a"] for pair in pairs)]))
    index = TitleIndex.build(corpus)
    found = index.find_many([parse_text(pair["b"]) for pair in pairs], 10, least=0.0)
    ranks = [_find_rank(hits, corpus, pair) for hits, pair in zip(found, pairs, strict=True)]
    first = sum(rank == 0 for rank in ranks) / len(ranks)
    five = sum(0 <= rank < 5 for rank in ranks) / len(ranks)
    print(
        f"\n{len(pairs):,} edited Zhihu questions among {len(corpus):,}: "
        f"R@1 {first:.3f}, R@5 {five:.3f} without a threshold"
    )


def _find_rank(hits: Sequence[Found], corpus: Sequence[str], pair: Mapping[str, str]) -> int:
    own, wanted = title_key(pair["b"]), title_key(pair["a"])
    keys = [title_key(corpus[hit.row]) for hit in hits]
    keys = [key for key in keys if key != own]
    return keys.index(wanted) if wanted in keys else -1
