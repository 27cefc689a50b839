"""In words: what was checked, of which day the rules are, what no program can see; and the purpose."""

from copyassist.i18n import Language, find_sentence, say
from copyassist.types import Coverage, Exemption, PackState, Purpose, Report

MOST_SIGNS = 4
LURES = 60  # of 100, where an ordinary title has some 45: from here on it is told


def name_pack(language: Language, pack: PackState) -> str:
    """What a pack is called."""
    return pack.name or find_sentence(language, f"findings.{pack.id}.name") or pack.id


def word_coverage(language: Language, coverage: Coverage) -> list[str]:
    """That packs were asked and which are off, of which day, and what cannot be checked.

    Never that nothing is wrong: what nobody looked for may still be there.
    """
    between = say(language, "coverage.between")
    asked = [name_pack(language, one) for one in coverage.asked]
    left = [name_pack(language, one) for one in coverage.left_out]
    said = [
        say(
            language,
            "coverage.asked" if asked else "coverage.none_asked",
            names=between.join(asked),
            count=len(asked),
            day=coverage.as_of.isoformat() if coverage.as_of else "—",
        )
    ]
    if left:
        said.append(say(language, "coverage.left_out", names=between.join(left), count=len(left)))
    said.append(word_unchecked(language, coverage))
    return said


def word_short(language: Language, coverage: Coverage) -> str:
    """The same in one line, for where a list of names would be in the way."""
    day = coverage.as_of.isoformat() if coverage.as_of else "—"
    counts = {"asked": len(coverage.asked), "off": len(coverage.left_out), "day": day}
    key = "coverage.short_off" if coverage.left_out else "coverage.short"
    return say(language, key, **counts)


def word_unchecked(language: Language, coverage: Coverage) -> str:
    """What no program can see in a text."""
    names = [say(language, f"coverage.unchecked.{name}") for name in coverage.unchecked]
    return say(language, "coverage.cannot", names=say(language, "coverage.between").join(names))


def word_purpose(language: Language, report: Report) -> str:
    """What the draft was taken for, and what decided that."""
    purpose = say(language, f"coverage.purpose.{report.purpose.value}")
    if report.draft.purpose is not Purpose.AUTO:
        return say(language, "coverage.purpose_said", purpose=purpose)
    # Only what speaks for what it was taken for: beside it stands what was outweighed.
    found = [one.text for one in report.signs if one.purpose is report.purpose]
    whole = (one for one in found if not any(one != other and one in other for other in found))
    shown = list(dict.fromkeys(whole))[:MOST_SIGNS]
    if not shown:
        return say(language, "coverage.purpose_unsigned", purpose=purpose)
    quoted = (say(language, "coverage.quote", text=one) for one in shown)
    signs = say(language, "coverage.between").join(quoted)
    return say(language, "coverage.purpose_signed", purpose=purpose, signs=signs)


def word_lure(language: Language, report: Report) -> str:
    """How much the title lures, 0..100, and by what; "" where it hardly does."""
    lure = report.clickbait
    if lure is None or lure.value < LURES or not lure.kinds:
        return ""
    names = dict.fromkeys(
        find_sentence(language, f"coverage.lure.{kind}") or kind for kind in lure.kinds
    )
    kinds = say(language, "coverage.between").join(names)
    return say(language, "coverage.lures", value=lure.value, kinds=kinds)


def word_exemption(language: Language, one: Exemption) -> str:
    """What an exemption is about: its word, else the name of its rule."""
    code, _, rule = one.rule.partition(":")
    named = (
        find_sentence(language, f"lexicon.{rule}.name")
        or find_sentence(language, f"findings.{code}.name")
        or rule.rpartition("/")[2]
        or code
    )
    if not one.rule:
        return say(language, "coverage.exempt_word", word=one.word)
    if not one.word:
        return named
    return say(language, "coverage.exempt_rule", word=one.word, name=named)
