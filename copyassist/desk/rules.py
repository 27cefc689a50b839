"""Which rules a draft is asked, and what of their findings the writer does not want to hear of.

Every category of the lexicon is a pack that can be switched off; the user's own packs come beside
them. An exemption hides a rule, or whatever lies inside an allowed word; what it hid is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from copyassist.desk.checks import CATEGORIES
from copyassist.desk.own_words import CODE, OwnWords
from copyassist.errors import UsageError
from copyassist.types import (
    Coverage,
    Exemption,
    Finding,
    HiddenFinding,
    OwnPack,
    PackState,
    ParsedDraft,
)

# The law and the platforms' notices were last read against docs/facts/compliance.md on this day.
RULES_AS_OF = date(2026, 11, 27)


@dataclass(frozen=True)  # no slots: what is looked for is prepared once
class Rules:
    """What one account's drafts are asked. `off` are ids of packs, shipped or the user's own."""

    off: frozenset[str] = frozenset()
    exemptions: tuple[Exemption, ...] = ()
    own: tuple[OwnPack, ...] = field(default=(), repr=False)

    @cached_property
    def words(self) -> OwnWords:
        """The words of the user's packs that are on."""
        return OwnWords(pack for pack in self.own if pack.id not in self.off)

    @cached_property
    def coverage(self) -> Coverage:
        """What is asked and what is not, to be told beside every report."""
        shipped = [PackState(id=id, on=id not in self.off, as_of=RULES_AS_OF) for id in CATEGORIES]
        brought = [
            PackState(id=one.id, on=one.id not in self.off, as_of=one.added, name=one.name)
            for one in self.own
        ]
        return Coverage(packs=(*shipped, *brought))

    def apply(
        self, parsed: ParsedDraft, findings: Sequence[Finding]
    ) -> tuple[list[Finding], tuple[HiddenFinding, ...]]:
        """The findings with those of the user's words, less those of packs that are off and those
        that are exempt; and the exempt ones with what exempts them."""
        found = [*findings, *self.words.find(parsed)] if self.words else list(findings)
        if self.off:
            found = [one for one in found if one.code not in self.off]
        if not self.exemptions:
            return found, ()
        excuses = [_find_excuse(one, parsed, self.exemptions) for one in found]
        shown = [one for one, excuse in zip(found, excuses, strict=True) if excuse is None]
        hidden = tuple(
            HiddenFinding(one, excuse)
            for one, excuse in zip(found, excuses, strict=True)
            if excuse is not None
        )
        return shown, hidden


def _find_excuse(
    finding: Finding, parsed: ParsedDraft, exemptions: Iterable[Exemption]
) -> Exemption | None:
    for one in exemptions:
        if one.rule == finding.key if one.rule else _lies_inside(finding, parsed, one.word):
            return one
    return None


def _lies_inside(finding: Finding, parsed: ParsedDraft, word: str) -> bool:
    span, wanted = finding.span, word.casefold()
    text = parsed.body if span is not None and span.field == "body" else parsed.title
    if span is None or text is None or not wanted:
        return False
    raw = text.raw.casefold()
    if len(raw) != len(text.raw):  # ß and its like: places would no longer agree
        raw, wanted = text.raw, word
    at = raw.find(wanted, max(0, span.end - len(wanted)))
    return 0 <= at <= span.start


def narrow(rules: Rules, packs: Sequence[str]) -> Rules:
    """The rules of the named packs alone. Raises UsageError pack_unknown that lists them."""
    known = list_packs(rules)
    for name in packs:
        if name not in known:
            raise UsageError("pack_unknown", name=name, known=" ".join(known))
    return Rules(frozenset(known) - set(packs), rules.exemptions, rules.own)


def list_packs(rules: Rules) -> tuple[str, ...]:
    """The ids of all packs, shipped ones first."""
    return (*CATEGORIES, *(one.id for one in rules.own))


def is_own(finding: Finding) -> bool:
    """Whether a finding comes from a pack of the user's."""
    return finding.code == CODE
