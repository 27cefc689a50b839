"""What a batch found, in numbers, shard by shard and as a whole."""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from copyassist.types import Severity

BEST = 5  # titles named at either end
PROBLEMS = 50  # rows named


@dataclass(frozen=True, slots=True, order=True)
class Ranked:
    """A scored row."""

    score: float
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """A row that cannot be published as it is, and the codes of the errors, separated by spaces."""

    line: int
    title: str
    codes: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that could not be read as it should: its line, and the code of what is wrong."""

    line: int
    code: str


@dataclass(slots=True)
class BatchTally:
    """The figures of one shard, or of several together."""

    rows: int = 0
    unreadable: int = 0
    scored: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    best: list[Ranked] = field(default_factory=list)
    worst: list[Ranked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    wordless: int = 0  # rows whose title is empty or unlike titles, and so has no score
    # Rows with an error stand in neither list of scores: they come last, with what stands against them.
    blocked: list[Blocked] = field(default_factory=list)
    blocked_count: int = 0
    repeats: int = 0  # rows whose title an earlier row of the file has

    def add(self, other: "BatchTally") -> None:
        """Take another's figures in."""
        self.rows += other.rows
        self.unreadable += other.unreadable
        self.scored += other.scored
        self.problem_count += other.problem_count
        self.wordless += other.wordless
        self.repeats += other.repeats
        self.blocked_count += other.blocked_count
        self.blocked = (self.blocked + other.blocked)[:BEST]
        self.findings.update(other.findings)
        self.severities.update(other.severities)
        self.best = heapq.nlargest(BEST, self.best + other.best)
        self.worst = heapq.nsmallest(BEST, self.worst + other.worst)
        self.problems = (self.problems + other.problems)[:PROBLEMS]

    def rank(self, scores: Sequence[float], find: Callable[[int], Ranked]) -> None:
        """Note which rows scored best and worst. `find` gives the row of a place in `scores`."""
        by_score = sorted(range(len(scores)), key=scores.__getitem__)
        self.best = heapq.nlargest(BEST, self.best + [find(p) for p in by_score[-BEST:]])
        self.worst = heapq.nsmallest(BEST, self.worst + [find(p) for p in by_score[:BEST]])

    def to_json(self) -> dict[str, Any]:
        """For the shard's file."""
        values = {name: getattr(self, name) for name in self.__slots__}
        for name in ("best", "worst", "problems", "blocked"):
            values[name] = [asdict(one) for one in values[name]]
        return values

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "BatchTally":
        """What `to_json` gave."""
        values = dict(stored)
        for name in ("findings", "severities"):
            values[name] = Counter(values[name])
        for name in ("best", "worst"):
            values[name] = [Ranked(**one) for one in values[name]]
        values["blocked"] = [Blocked(**one) for one in values.get("blocked", ())]
        values["problems"] = [Problem(**one) for one in values["problems"]]
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """How a run ended. `finished` is False where it was stopped; its shards are kept.

    `resumed_rows` were done by an earlier run; `seconds` is the time of this one.
    """

    out: Path
    tally: BatchTally
    finished: bool
    seconds: float
    resumed_rows: int = 0

    @property
    def rate(self) -> float:
        """Rows a second in this run."""
        return (self.tally.rows - self.resumed_rows) / max(self.seconds, 1e-9)

    def reaches(self, level: Severity | None) -> bool:
        """Whether some row has a finding of `level` or above."""
        if level is None:
            return False
        return any(self.tally.severities[one.value] for one in Severity if one.rank >= level.rank)
