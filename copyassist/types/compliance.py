"""What is known about law beside the findings: what a draft is, what was looked at, how it lures."""

from dataclasses import dataclass

from copyassist.types.drafts import Purpose


@dataclass(frozen=True, slots=True)
class PurposeSign:
    """A word that speaks for or against an advert. `kind` names a sentence (purpose.<kind>)."""

    kind: str
    text: str
    points: float


@dataclass(frozen=True, slots=True)
class PurposeReading:
    """What a draft is taken for, and what decided it, the weightiest first. No signs where told."""

    purpose: Purpose
    signs: tuple[PurposeSign, ...] = ()
    told: bool = False


@dataclass(frozen=True, slots=True)
class LawScope:
    """What a look at law covered. `packs` are ids of the packs that were asked, `date` the day of
    the facts that they rest on, `unchecked` what no text can tell (scope.<name>): never say that
    there are no problems.
    """

    packs: tuple[str, ...]
    date: str
    unchecked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clickbait:
    """How much a title lures, 0..100, apart from the score; `kinds` are the constructions found."""

    value: int
    kinds: tuple[str, ...] = ()
