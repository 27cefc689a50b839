"""Runs the named benchmarks, or all of them."""

import importlib
import sys
from time import perf_counter

from benchmarks.data import MissingDataError

NAMES = (
    "startup",
    "checks",
    "duplicates",
    "keywords",
    "store",
    "collect",
    "topics",
    "scoring",
    "learning",
    "batch",
)
MODULES = {"learning": "learning_curve"}


def main(names: list[str]) -> None:
    unknown = set(names) - set(NAMES)
    if unknown:
        sys.exit(f"unknown: {' '.join(sorted(unknown))}; there are: {' '.join(NAMES)}")
    for name in names or NAMES:
        print(f"\n## {name}\n", flush=True)
        started = perf_counter()
        try:
            importlib.import_module(f"benchmarks.{MODULES.get(name, name)}").main()
        except MissingDataError as missing:
            print(f"skipped: {missing}")
        print(f"\n({name}: {perf_counter() - started:.0f} s)", flush=True)


main(sys.argv[1:])
