"""A proposed title, where it comes from and what it does about the given one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from copyassist.types import NO_PARAMS, Params, Report

Origin = Literal["shortened", "lawful", "moved", "rules", "own", "model"]
Fault = Literal["too_long", "violation", "keyword_late"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A title that somebody may choose. `code` names its sentence (rewriting.did.<code>)."""

    title: str
    code: str
    origin: Origin
    params: Params = field(default_factory=lambda: NO_PARAMS)
    weight: float = 0.0  # how much its maker thinks of it; compared only among its own kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A candidate that passed every gate, judged.

    `kinds` are the types that it has, `mends` the faults of the given title that it has no more.
    `p_better` is P(it beats the given title), None without a score. `marks` are what stays to be
    looked at: "warning" (a finding that is no error) or "clickbait".
    """

    candidate: Candidate
    report: Report
    kinds: tuple[str, ...]
    mends: tuple[Fault, ...]
    p_better: float | None
    fit: float
    marks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The proposed title."""
        return self.candidate.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """All that is proposed for a title.

    `faults` are what is wrong with it, `fixes` the titles that mend them, `variants` others, best
    first. `dropped` counts the candidates that a gate held back, by gate. `keyword` is what the title
    should begin with.
    """

    report: Report
    faults: tuple[Fault, ...]
    fixes: tuple[Variant, ...]
    variants: tuple[Variant, ...]
    keyword: str = ""
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong with the title: it may stay as it is."""
        return not self.faults
