"""What if the title were edited? Each edit is really made and really scored again.

Only edits that need no new fact are tried: dropping, thinning or reordering what is there.
Numbers and question marks are never proposed: the data contradicts them. Nor is a word put in
because it did well: a sentence with 攻略 behind it is no better title.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from copyassist.desk.scoring.score import Scorer, p_beats
from copyassist.text import parse
from copyassist.types import ParsedDraft, Score

# P(the edited title beats the original) from which a gain is clear: below is "no clear difference".
CLEAR = 0.55
LEAST_CHARS = 4
# Clauses of a title that are dropped or swapped: what has more is a text, and pairs grow squared.
MOST_PARTS = 8
SHOWN = 3
SEPARATORS = re.compile(r"(\s*[|｜·•,，、;；:：。—]+\s*|\s+-\s+)")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+")
REPEATED = re.compile(r"([!！?？~～。.…])\1+")
COLUMN = re.compile(r"^\s*(?:【[^】]{1,8}】|\[[^\]]{1,12}\])\s*")
DIARY = re.compile(r"\s*(?:日常|日记|随手拍|碎片|[vp]log)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit that helps: `code` names its sentence (edits.<code>), `title` is the new title.

    `gain` is in points of the score, `p_better` P(the edited title beats the original), 0..1.
    """

    code: str
    title: str
    gain: float
    p_better: float
    score: Score


def suggest_edits(scorer: Scorer, parsed: ParsedDraft, *, limit: int = SHOWN) -> list[Edit]:
    """The edits with a clear gain, best first, at most one of each code. None without evidence."""
    original = scorer.score_many([parsed])[0]
    proposals = list(propose_titles(parsed)) if original.value is not None else []
    if not proposals:
        return []
    drafts = [parse(replace(parsed.draft, title=title)) for _, title in proposals]
    found = [
        edit
        for (code, _), draft, score in zip(
            proposals, drafts, scorer.score_many(drafts), strict=True
        )
        if (edit := _judge(scorer, original, code, (draft, score))) is not None
    ]
    best: dict[str, Edit] = {}
    for edit in sorted(found, key=lambda edit: -edit.gain):
        best.setdefault(edit.code, edit)
    return list(best.values())[:limit]


def _judge(
    scorer: Scorer, original: Score, code: str, edited: tuple[ParsedDraft, Score]
) -> Edit | None:
    draft, score = edited
    chance = p_beats(scorer, score, original)
    if chance is None or chance < CLEAR or score.value is None or original.value is None:
        return None
    return Edit(code, draft.draft.title, score.value - original.value, chance, score)


def propose_titles(parsed: ParsedDraft) -> Iterator[tuple[str, str]]:
    """Different, usable titles with the code of the edit."""
    raw = parsed.title.raw.strip()
    seen = {raw}
    for code, propose in PROPOSERS:
        for title in propose(raw):
            title = title.strip()
            if title not in seen and sum(c.isalnum() for c in title) >= LEAST_CHARS:
                seen.add(title)
                yield code, title


def _drop_emoji(raw: str) -> Iterator[str]:
    yield EMOJI.sub("", raw)


def _thin_marks(raw: str) -> Iterator[str]:
    yield REPEATED.sub(r"\1", raw)


def _drop_column(raw: str) -> Iterator[str]:
    yield COLUMN.sub("", raw)


def _drop_diary(raw: str) -> Iterator[str]:
    yield DIARY.sub("", raw).strip("|｜·,， ")


def _split_parts(raw: str) -> list[str]:
    """Clauses and the separators between them, in turn; nothing where there are too many."""
    parts = SEPARATORS.split(raw)
    return parts if len(parts) < 2 * MOST_PARTS else []


def _drop_part(raw: str) -> Iterator[str]:
    parts = _split_parts(raw)
    for at in range(0, len(parts), 2):
        kept = parts[: max(0, at - 1)] + parts[at + 1 if at else 2 :]
        yield "".join(kept)


def _swap_parts(raw: str) -> Iterator[str]:
    parts = _split_parts(raw)
    for first, second in combinations(range(0, len(parts), 2), 2):
        swapped = list(parts)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        yield "".join(swapped)


PROPOSERS: tuple[tuple[str, Callable[[str], Iterator[str]]], ...] = (
    ("drop_emoji", _drop_emoji),
    ("thin_marks", _thin_marks),
    ("drop_column", _drop_column),
    ("drop_diary", _drop_diary),
    ("drop_part", _drop_part),
    ("swap_parts", _swap_parts),
)
