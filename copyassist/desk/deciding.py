"""What a draft is, and which words of it decided that."""

from copyassist.desk.law.purpose import Decision, guess_purpose
from copyassist.types import ParsedDraft, Purpose


def decide_purpose(parsed: ParsedDraft) -> Decision:
    """What the writer said, else what the text sounds like, with the words that say so."""
    said = parsed.draft.purpose
    return Decision(said) if said is not Purpose.AUTO else guess_purpose(parsed)
