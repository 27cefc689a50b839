"""What is wrong with a draft: one family of checks per file, listed here by hand."""

from copyassist.desk.checks import (
    characters,
    cover,
    emptiness,
    hashtags,
    invisible,
    length,
    lexicon,
    promises,
    punctuation,
    quotes,
    size,
    spacing,
    width,
)
from copyassist.desk.checks.family import Case, Family, find_form
from copyassist.desk.checks.length import measure_lengths
from copyassist.desk.checks.lexicon import CATEGORIES
from copyassist.desk.law.purpose import detect_purpose
from copyassist.types import Finding, ParsedDraft, Platform, Purpose

FAMILIES: tuple[Family, ...] = (
    emptiness.FAMILY,
    invisible.FAMILY,
    size.FAMILY,
    length.FAMILY,
    characters.FAMILY,
    cover.FAMILY,
    lexicon.FAMILY,
    hashtags.FAMILY,
    promises.FAMILY,
    punctuation.FAMILY,
    quotes.FAMILY,
    width.FAMILY,
    spacing.FAMILY,
)

__all__ = ["CATEGORIES", "FAMILIES", "detect_purpose", "find_findings", "measure_lengths"]


def find_findings(parsed: ParsedDraft, platform: Platform, purpose: Purpose) -> list[Finding]:
    """Everything the checks find in title and body, family by family, in text order within one.

    `purpose` AUTO is resolved by `detect_purpose`. Never raises on any text.
    """
    if purpose is Purpose.AUTO:
        purpose = detect_purpose(parsed)
    case = Case(parsed, platform, find_form(platform, parsed.draft.form), purpose)
    return [finding for family in FAMILIES for finding in family.find(case)]
