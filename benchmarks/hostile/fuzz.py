"""Feeds every way in with inputs made from seeds; each ends with a value or a CopyAssistError.

Processes of their own do the work, and one that does not come back is ended: a hang is counted,
not waited for. An input is made again from its target and number, `python -m benchmarks hostile
--part inputs --seed N` makes the same ones.
"""

import base64
import multiprocessing
import os
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from benchmarks.data import print_table
from benchmarks.hostile.mutations import shrink
from benchmarks.hostile.targets import Target, make_targets, share
from copyassist.errors import CopyAssistError
from copyassist.i18n import LANGUAGES, Language, find_sentence, say_error

PER_THOUSAND = 2.0  # seconds of processor time for a thousand characters
_SHRINK_SECONDS = 20.0
_LONGEST = 60.0  # seconds on the clock, however long the input
_SHORT = 120  # characters of an input that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one input ended: `kind` is value, refused, trace, slow or hang."""

    target: str
    number: int
    kind: str
    length: int
    seconds: float = 0.0
    trace: str = ""
    shortest: bytes = b""


@dataclass(slots=True)
class Tally:
    """The outcomes of one target."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0  # seconds per thousand characters
    bad: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Counts one more."""
        self.counts[outcome.kind] += 1
        self.slowest = max(self.slowest, outcome.seconds / max(1.0, outcome.length / 1000))
        if outcome.kind in ("trace", "slow", "hang"):
            self.bad.append(outcome)


def run_fuzz(inputs: int, seed: int) -> dict[str, Tally]:
    """Runs all targets and prints the table and what went wrong."""
    targets = make_targets()
    tallies = {target.name: Tally() for target in targets}
    jobs = [
        (place, number)
        for place, many in enumerate(share(targets, inputs))
        for number in range(many)
    ]
    random.Random(seed).shuffle(jobs)
    with _own_folder():
        for outcome in _run_jobs(jobs, seed):
            tallies[outcome.target].add(outcome)
    _print(tallies, seed)
    return tallies


def make_input(target: Target, seed: int, number: int) -> bytes:
    """The input of that number: the first ones are the seeds themselves."""
    seeds = target.seeds()
    if number < len(seeds):
        return seeds[number]
    draw = random.Random(f"{seed}:{target.name}:{number}")
    return target.change(draw, draw.choice(seeds), seeds)


@contextmanager
def _own_folder() -> Iterator[None]:
    """Whatever the processes write, also those that were ended, goes with this folder."""
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        os.environ["TMPDIR"] = folder
        try:
            yield
        finally:
            os.environ.pop("TMPDIR")
            os.environ.update({"TMPDIR": before} if before else {})


# --- the processes -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Hand:
    """A process that works, and what it is at."""

    process: Any
    line: Connection
    job: tuple[int, int]
    length: int = 0
    until: float = float("inf")


def _run_jobs(jobs: list[tuple[int, int]], seed: int) -> Iterator[Outcome]:
    targets = make_targets()
    waiting = iter(jobs)
    hands = [hand for hand in (_hire(seed, waiting) for _ in range(os.cpu_count() or 1)) if hand]
    while hands:
        ready = wait([hand.line for hand in hands], timeout=0.2)
        for hand in list(hands):
            done = _hear(hand, targets, hand.line in ready)
            if done is None:
                continue
            yield done
            if done.kind == "hang" or not _send(hand, waiting):
                _dismiss(hand)
                hands.remove(hand)
                fresh = _hire(seed, waiting) if done.kind == "hang" else None
                hands += [fresh] if fresh else []


def _hire(seed: int, waiting: Iterator[tuple[int, int]]) -> _Hand | None:
    job = next(waiting, None)
    if job is None:
        return None
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_work, args=(there, seed))
    process.start()
    there.close()
    here.send(job)
    return _Hand(process, here, job)


def _send(hand: _Hand, waiting: Iterator[tuple[int, int]]) -> bool:
    job = next(waiting, None)
    if job is not None:
        hand.job, hand.until = job, float("inf")
        hand.line.send(job)
    return job is not None


def _dismiss(hand: _Hand) -> None:
    hand.process.kill()
    hand.process.join()
    hand.line.close()


def _hear(hand: _Hand, targets: tuple[Target, ...], ready: bool) -> Outcome | None:
    """What a process says; a hang where it says nothing for too long, or has died."""
    gone = dict(target=targets[hand.job[0]].name, number=hand.job[1], length=hand.length)
    if not ready:
        late = time.monotonic() > hand.until
        return Outcome(kind="hang", trace="no answer", **gone) if late else None  # type: ignore[arg-type]
    try:
        said = hand.line.recv()
    except (EOFError, OSError):
        return Outcome(kind="hang", trace="the process died", **gone)  # type: ignore[arg-type]
    if isinstance(said, Outcome):
        return said
    hand.length, seconds = said
    hand.until = time.monotonic() + seconds
    return None


def _work(line: Connection, seed: int) -> None:
    """The other side: makes inputs, calls, and tells how it ended."""
    targets = make_targets()
    seen: set[str] = set()
    while True:
        place, number = line.recv()
        target = targets[place]
        data = make_input(target, seed, number)
        limit = PER_THOUSAND * max(1.0, len(data) / 1000)
        line.send((len(data), min(2 * limit + 10, _LONGEST)))
        started = time.process_time()
        kind, trace = call_target(target, data)
        seconds = time.process_time() - started
        kind = "slow" if not trace and seconds > limit else kind
        shortest = data
        if trace and trace not in seen:
            seen.add(trace)
            line.send((len(data), 3 * _SHRINK_SECONDS))
            shortest = _shrink(target, data, trace)
        line.send(
            Outcome(
                target=target.name,
                number=number,
                kind=kind,
                length=len(data),
                seconds=seconds,
                trace=trace,
                shortest=shortest if trace else b"",
            )
        )


def _shrink(target: Target, data: bytes, trace: str) -> bytes:
    end = time.monotonic() + _SHRINK_SECONDS
    return shrink(
        data, lambda shorter: time.monotonic() < end and call_target(target, shorter)[1] == trace
    )


def call_target(target: Target, data: bytes) -> tuple[str, str]:
    """How a call ends (value, refused, trace), and the stack trace in one line.

    What is refused must also be said: an error without a sentence is a trace.
    """
    try:
        return _refuse_or_return(target, data), ""
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return "trace", _name(error)


def _refuse_or_return(target: Target, data: bytes) -> str:
    try:
        target.call(data)
    except CopyAssistError as error:
        for language in LANGUAGES:
            _need_sentence(language, error)
        return "refused"
    return "value"


def _need_sentence(language: Language, error: CopyAssistError) -> None:
    assert find_sentence(language, f"errors.{error.code}"), error.code
    say_error(language, error)


def _name(error: BaseException) -> str:
    """The kind of error and the last line of the program that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "copyassist/" in frame.filename]
    last = (own or list(frames))[-1]
    place = last.filename.rpartition("copyassist/")[2]
    return f"{type(error).__name__} at {place}:{last.lineno} ({last.name})"


# --- what was found ------------------------------------------------------------------------------


def _print(tallies: dict[str, Tally], seed: int) -> None:
    print(f"### Hostile inputs (seed {seed})\n")
    kinds = ("value", "refused", "trace", "slow", "hang")
    rows = [
        [name, *(f"{tally.counts[kind]:,}" for kind in kinds), f"{tally.slowest:.2f}"]
        for name, tally in tallies.items()
    ]
    sums = [sum(tally.counts[kind] for tally in tallies.values()) for kind in kinds]
    rows.append(["together", *(f"{many:,}" for many in sums), ""])
    print_table(
        ["way in", "read", "refused", "stack traces", "too slow", "hung", "worst s per 1,000"], rows
    )
    found: dict[tuple[str, str], list[Outcome]] = {}
    for tally in tallies.values():
        for one in tally.bad:
            found.setdefault((one.target, f"{one.kind} {one.trace}"), []).append(one)
    for (name, what), many in sorted(found.items(), key=lambda item: -len(item[1])):
        best = min(many, key=lambda one: len(one.shortest) or one.length)
        print(f"- {len(many)} x {name}: {what}; number {best.number}, {best.length:,} bytes")
        if best.shortest:
            print(f"  {best.shortest[:_SHORT]!r}{_more(best.shortest)}")
    print(flush=True)


def _more(data: bytes) -> str:
    if len(data) > _SHORT:
        return f" … ({len(data):,} bytes)"
    return f" base64 {base64.b64encode(data).decode()}" if not data.isascii() else ""
