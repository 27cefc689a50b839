"""Duplicates: titles edited, asked anew and by the million; bodies by the passage; peers beside.

`python -m benchmarks duplicates [--part titles|pairs|scale|passages|rewrites]`, all by default. The
blind edits, rewrites and passages are asked too where benchmarks/blind/duplicates_1 (or .zip) lies.
"""

import argparse
from collections.abc import Callable

from benchmarks.duplicates_edits import find_editors
from benchmarks.duplicates_pairs import print_pairs, print_retrieval
from benchmarks.duplicates_passages import print_blind_passages, print_passages
from benchmarks.duplicates_rewrites import print_rewrites
from benchmarks.duplicates_scale import print_scale
from benchmarks.duplicates_titles import print_titles


def titles() -> None:
    for editor in find_editors():
        for count in (20_000, 100_000):
            print_titles(editor, count)


def pairs() -> None:
    print_pairs()
    print_retrieval()


def passages() -> None:
    print_passages()
    print_blind_passages()


PARTS: dict[str, Callable[[], None]] = {
    "titles": titles,
    "pairs": pairs,
    "passages": passages,
    "rewrites": print_rewrites,
    "scale": print_scale,
}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks duplicates")
    parser.add_argument("--part", action="append", choices=list(PARTS))
    options = parser.parse_args(arguments or [])
    for name in options.part or PARTS:
        print(f"\n### {name}\n", flush=True)
        PARTS[name]()
