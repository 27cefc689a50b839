"""Proposals in words. Plain text that holds the user's own and a model's words: escape it for HTML."""

from collections.abc import Mapping, Sequence

from copyassist.desk.rewriting.candidate import Candidate, Fault, Rewriting
from copyassist.desk.rewriting.kinds import UNSORTED
from copyassist.i18n import Language, say


def word_did(language: Language, candidate: Candidate) -> str:
    """What a candidate does about the given title."""
    return say(language, f"rewriting.did.{candidate.code}", **candidate.params)


def word_why(language: Language, candidate: Candidate) -> str:
    """Why that may help."""
    return say(language, f"rewriting.why.{candidate.code}")


def word_kinds(language: Language, kinds: Sequence[str], shown: int = 2) -> str:
    """The names of a title's types, at most `shown`."""
    names = [say(language, f"title_types.{kind}") for kind in (kinds or (UNSORTED,))[:shown]]
    return ("、" if language == "zh" else ", ").join(names)


def word_faults(language: Language, rewriting: Rewriting, faults: Sequence[Fault]) -> str:
    """What is wrong with the given title, in one line."""
    said = [say(language, f"rewriting.fault.{one}", keyword=rewriting.keyword) for one in faults]
    return ("；" if language == "zh" else "; ").join(said)


def word_dropped(language: Language, dropped: Mapping[str, int]) -> str:
    """How many candidates were held back, and by which gate; "" where none was."""
    if not dropped:
        return ""
    reasons = [
        say(
            language,
            "rewriting.text.dropped_one",
            reason=say(language, f"rewriting.gate.{gate}"),
            count=count,
        )
        for gate, count in sorted(dropped.items(), key=lambda item: -item[1])
    ]
    joined = ("、" if language == "zh" else ", ").join(reasons)
    return say(language, "rewriting.text.dropped", count=sum(dropped.values()), reasons=joined)
