"""Tries to break it: broken answers, hostile inputs, and kill -9 at any moment.

python -m benchmarks hostile [--part answers|inputs|kills] [--inputs N] [--kills N] [--seed N]

Needs no data and no network beyond loopback. Everything is made from the seed, so that what was
found can be made again; only the moments of the kills depend on how fast the machine is.
"""

import argparse
from collections import Counter

from benchmarks.data import print_table

PARTS = ("answers", "inputs", "kills")
_SHOWN = 40


def main(options: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks hostile")
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(options)
    parts = chosen.part or PARTS
    if "answers" in parts:
        _answers()
    if "inputs" in parts:
        _inputs(chosen.inputs, chosen.seed)
    if "kills" in parts:
        _kills(chosen.kills, chosen.seed)


def _answers() -> None:
    from benchmarks.hostile.rounds import run_rounds

    outcomes, faults = run_rounds()
    print(
        "### Broken answers\n\n60 broken answers x every shipped source, a good one beside them\n"
    )
    rows = [[name, f"{count:,}"] for name, count in outcomes.most_common()]
    print_table(["looks that ended", "count"], [*rows, ["faults", f"{len(faults):,}"]])
    kinds = Counter((fault.what[:100], fault.answer) for fault in faults)
    for (what, answer), count in kinds.most_common(_SHOWN):
        example = next(f for f in faults if (f.what[:100], f.answer) == (what, answer))
        print(f"- {count} x {answer} ({example.source} …): {what}")
    print(flush=True)


def _inputs(count: int, seed: int) -> None:
    from benchmarks.hostile.fuzz import run_fuzz

    run_fuzz(count, seed)


def _kills(count: int, seed: int) -> None:
    from benchmarks.hostile.kills import run_kills

    run_kills(count, seed)
