"""Proposals as lines of plain text for the terminal."""

from collections.abc import Iterator, Sequence

from copyassist.desk.rewriting.candidate import Rewriting, Variant
from copyassist.desk.rewriting.kinds import label_title
from copyassist.desk.rewriting.wording import (
    word_did,
    word_dropped,
    word_faults,
    word_kinds,
    word_why,
)
from copyassist.i18n import Language, say


def rewriting_lines(language: Language, rewriting: Rewriting) -> Iterator[str]:
    """What is wrong first, what mends it, then other titles, and what was held back."""
    report = rewriting.report
    name = report.platform.name(language)
    yield say(language, "rewriting.text.title", title=_one_line(report.title.raw), platform=name)
    kinds = word_kinds(language, label_title(report.title.raw))
    yield f"  {say(language, 'rewriting.text.kinds', kinds=kinds)}"
    if rewriting.fine:
        yield f"  {say(language, 'rewriting.text.fine')}"
    else:
        faults = word_faults(language, rewriting, rewriting.faults)
        yield f"  {say(language, 'rewriting.text.faults', faults=faults)}"
        yield f"  {say(language, 'rewriting.text.fixes' if rewriting.fixes else 'rewriting.text.no_fix')}"
        yield from _variants(language, rewriting, rewriting.fixes)
    yield f"  {say(language, 'rewriting.text.variants' if rewriting.variants else 'rewriting.text.none')}"
    yield from _variants(language, rewriting, rewriting.variants)
    if not report.draft.body:
        yield f"  {say(language, 'rewriting.text.need_body')}"
    if said := word_dropped(language, rewriting.dropped):
        yield f"  {said}"
    if any(one.candidate.origin == "model" for one in rewriting.variants):
        yield f"  {say(language, 'rewriting.text.ai')}"


def _variants(
    language: Language, rewriting: Rewriting, variants: Sequence[Variant]
) -> Iterator[str]:
    for number, one in enumerate(variants, 1):
        yield f"    {number}. {_one_line(one.title)}"
        said = [word_kinds(language, one.kinds), word_did(language, one.candidate)]
        if one.mends:
            faults = word_faults(language, rewriting, one.mends)
            said.append(say(language, "rewriting.text.mends", faults=faults))
        if one.report.score.value is not None:
            said.append(say(language, "rewriting.text.score", value=one.report.score.value))
        if one.p_better is not None:
            said.append(say(language, "rewriting.text.p_better", percent=100 * one.p_better))
        if "warning" in one.marks:
            said.append(say(language, "rewriting.text.warning"))
        yield f"       {' · '.join(said)}"
        yield f"       {word_why(language, one.candidate)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
