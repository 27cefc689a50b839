"""The JSON and the table of a check: contract copyassist.dup/1, documented in docs/contracts.md."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from copyassist.repeats.checking import CheckedText, EarlierText, RepeatGroup

VERSION = "copyassist.dup/1"
HEADINGS = (
    "place", "title", "repeat", "relation", "p_same", "similarity", "earlier_title", "group",
    "where", "when", "share", "passages",
)  # fmt: skip


def check_to_json(
    checked: Sequence[CheckedText],
    groups: Sequence[RepeatGroup] | None,
    threshold: float,
) -> dict[str, Any]:
    """The document; `groups` are there where a file was looked through for its own repeats."""
    return {
        "version": VERSION,
        "threshold": threshold,
        "texts": [_text(one, threshold) for one in checked],
        "groups": None
        if groups is None
        else [{"representative": one.first, "repeats": list(one.others)} for one in groups],
    }


def _text(one: CheckedText, threshold: float) -> Mapping[str, Any]:
    return {
        "place": one.place,
        "title": one.title,
        "repeat": one.is_repeat(threshold),
        "matches": [
            {
                "relation": repeat.relation,
                "p_same": round(repeat.same, 4),
                "similarity": round(repeat.similarity, 4),
                **_earlier(repeat.text),
            }
            for repeat in one.repeats
        ],
        "own_share": None if one.share is None else round(one.share.share, 4),
        "letters": None if one.share is None else one.share.letters,
        "counted": None if one.share is None else one.share.counted,
        "passages": [
            {
                "start": passage.start,
                "end": passage.end,
                "other_start": passage.other_start,
                "other_end": passage.other_end,
                "kept": round(passage.kept, 3),
                "text": passage.text,
                "other_text": passage.other_text,
                **_earlier(one.sources[passage.source]),
            }
            for passage in (one.share.passages if one.share else ())
        ],
    }


def _earlier(text: EarlierText) -> Mapping[str, Any]:
    return {
        "title": text.title,
        "group": text.group,
        "where": text.where,
        "when": text.when.isoformat() if text.when else None,
        "url": text.url or None,
    }


def check_to_csv(checked: Sequence[CheckedText], threshold: float) -> str:
    """A line for each text with its nearest earlier title."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for one in checked:
        best = one.repeats[0] if one.repeats else None
        writer.writerow(
            [
                one.place,
                one.title,
                int(one.is_repeat(threshold)),
                best.relation if best else "",
                f"{best.same:.4f}" if best else "",
                f"{best.similarity:.4f}" if best else "",
                best.text.title if best else "",
                best.text.group if best else "",
                best.text.where if best else "",
                best.text.when.isoformat() if best and best.text.when else "",
                f"{one.share.share:.4f}" if one.share else "",
                len(one.share.passages) if one.share else "",
            ]
        )
    return out.getvalue()
