"""Runs the named benchmarks, or all of them but those that are only run by name.

What follows a name and begins with a dash is that benchmark's: `hostile --inputs 1000`.
"""

import importlib
import sys
from time import perf_counter

from benchmarks.data import MissingDataError

NAMES = (
    "startup",
    "checks",
    "duplicates",
    "keywords",
    "promises",
    "store",
    "collect",
    "topics",
    "scoring",
    "own-posts",
    "guard",
    "learning",
    "batch",
)
BY_NAME = ("hostile", "tables", "rewriting")  # the first takes the better part of an hour
WITH_OPTIONS = (*BY_NAME, "checks", "duplicates", "keywords")
MODULES = {"learning": "learning_curve", "own-posts": "own_posts"}


def main(arguments: list[str]) -> None:
    dash = next((i for i, text in enumerate(arguments) if text.startswith("-")), len(arguments))
    names, options = arguments[:dash], arguments[dash:]
    unknown = set(names) - {*NAMES, *BY_NAME}
    if unknown:
        sys.exit(f"unknown: {' '.join(sorted(unknown))}; there are: {' '.join((*NAMES, *BY_NAME))}")
    if options and (len(names) != 1 or names[0] not in WITH_OPTIONS):
        sys.exit(f"options belong to one of: {' '.join(WITH_OPTIONS)}")
    for name in names or NAMES:
        print(f"\n## {name}\n", flush=True)
        started = perf_counter()
        module = importlib.import_module(f"benchmarks.{MODULES.get(name, name)}")
        try:
            module.main(options) if name in WITH_OPTIONS else module.main()
        except MissingDataError as missing:
            print(f"skipped: {missing}")
        print(f"\n({name}: {perf_counter() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
