"""What a check rests on: packs of rules, exceptions of the writer's, and what decided the purpose."""

from dataclasses import dataclass
from datetime import date

from copyassist.types.common import Severity
from copyassist.types.drafts import Purpose

# What no program can see in a text; a sentence each (coverage.unchecked.<name>).
UNCHECKED = ("pictures", "proof", "licences")


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeSign:
    """One piece of the text that speaks for a purpose. `kind` is what it is (own, offer, goods,
    claim, manner …), `points` what it adds to an advert's, below 0 where it takes away.
    """

    purpose: Purpose
    text: str
    kind: str = ""
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Clickbait:
    """How much a title lures, 0..100, apart from the score; `kinds` are the constructions found."""

    value: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """What the writer does not want to hear of, and why.

    `rule` is a finding's key, "" for a word that is allowed whatever rule finds it. `word` is what
    was found, or the allowed word; it is what the settings show. `account` is a name, "" for all.
    """

    rule: str = ""
    word: str = ""
    account: str = ""
    reason: str = ""
    since: date | None = None

    def holds_for(self, account: str) -> bool:
        """Whether it is meant for drafts of the account."""
        return self.account in ("", account)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWord:
    """A word of a pack that the user brought. `instead` is the word that they prefer."""

    text: str
    instead: str | None = None
    why: str = ""
    severity: Severity = Severity.INFO


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPack:
    """A list of words that the user brought. `id` is the file's name without its ending."""

    id: str
    name: str
    words: tuple[OwnWord, ...]
    added: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackState:
    """A pack beside a report: whether it was asked, and of which day its rules are.

    `name` is "" for a shipped one, whose sentence is findings.<id>.name.
    """

    id: str
    on: bool
    as_of: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was checked in a draft, and what cannot be."""

    packs: tuple[PackState, ...] = ()
    unchecked: tuple[str, ...] = UNCHECKED

    @property
    def asked(self) -> tuple[PackState, ...]:
        """The packs that were asked."""
        return tuple(pack for pack in self.packs if pack.on)

    @property
    def left_out(self) -> tuple[PackState, ...]:
        """The packs that are switched off."""
        return tuple(pack for pack in self.packs if not pack.on)

    @property
    def as_of(self) -> date | None:
        """The day of the oldest rules that were asked."""
        return min((pack.as_of for pack in self.asked if pack.as_of), default=None)
