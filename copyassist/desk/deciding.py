"""What a draft is, and which words of it decided that."""

from copyassist.desk.checks import detect_purpose
from copyassist.desk.checks.lexicon_rows import load_goods, load_sale_words
from copyassist.desk.checks.purpose import load_signs
from copyassist.types import ParsedDraft, Purpose, PurposeReading, PurposeSign

_LOOKED_AT = 2_000
_MOST = 5


def read_purpose(parsed: ParsedDraft) -> PurposeReading:
    """What the writer said, else what the text sounds like, with the words that say so."""
    said = parsed.draft.purpose
    if said is not Purpose.AUTO:
        return PurposeReading(said, told=True)
    purpose = detect_purpose(parsed)
    return PurposeReading(purpose, _find_signs(parsed, purpose))


def _find_signs(parsed: ParsedDraft, purpose: Purpose) -> tuple[PurposeSign, ...]:
    if purpose is Purpose.UNKNOWN:
        return ()
    texts = [text for text in (parsed.title, parsed.body) if text is not None]
    found: dict[str, None] = {}
    for text in texts:
        norm = text.norm[:_LOOKED_AT]
        signs = (one for one in load_signs().finditer(norm) if one.lastgroup == purpose.value)
        found |= {text.raw[slice(*text.raw_span(*one.span()))]: None for one in signs}
    if not found and purpose is Purpose.AD:  # weak signs together
        for text in texts:
            for pattern in (load_sale_words(), load_goods()):
                spans = (one.span() for one in pattern.finditer(text.norm[:_LOOKED_AT]))
                found |= {text.raw[slice(*text.raw_span(*span))]: None for span in spans}
    return tuple(PurposeSign("sale", one, 1.0) for one in list(found)[:_MOST])
