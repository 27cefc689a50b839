"""Reasons in the units that a reader would say: 东城食府, not 东城 and 食府.

Shares are exact for the words that a segmenter cuts. What a title is about is known only with its
keywords, so the words of one keyword become one reason here, and what is no unit is summed up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from copyassist.desk.scoring.explain import NOTHING, PIECE, REST
from copyassist.desk.scoring.saying import is_phrase, tells_something
from copyassist.types import Contribution, Keyword

LEAST_NAMED = 1.0  # points: below that a reason only makes the list longer


def join_phrases(
    contributions: Iterable[Contribution], keywords: Sequence[Keyword]
) -> tuple[Contribution, ...]:
    """The contributions with the words of a keyword as one; their sum stays the same.

    A word that is in no keyword stays where it says something by itself; all that is named has at
    least LEAST_NAMED points, unless nothing has: then the strongest stays.
    """
    units = sorted((one.text for one in keywords), key=len, reverse=True)
    named: dict[str, Contribution] = {}
    rest = 0.0
    for number, one in enumerate(contributions):
        unit = _find_unit(one, units)
        if one.feature == REST or unit is None:
            rest += one.points
            continue
        key = f"{PIECE} {unit.lower()}" if unit else str(number)
        if before := named.get(key):
            named[key] = replace(before, points=before.points + one.points, text=unit)
        else:  # alone, a word that can stand for itself does
            alone = not unit or tells_something(one.text, things=True)
            named[key] = one if alone else replace(one, text=unit)
    ordered = sorted(named.values(), key=lambda one: -abs(one.points))
    kept = [one for one in ordered if abs(one.points) >= LEAST_NAMED] or ordered[:1]
    rest += sum(one.points for one in ordered[len(kept) :])
    if abs(rest) > NOTHING:
        kept.append(Contribution(feature=REST, group="format", points=rest))
    return tuple(kept)


def _find_unit(one: Contribution, units: Sequence[str]) -> str | None:
    """The phrase that a word is shown as; "" for what is no word, None where it is not shown."""
    if one.feature != PIECE:
        return ""
    small = one.text.lower()
    held = next((unit for unit in units if small in unit.lower()), "")
    if held and (is_phrase(held) or tells_something(one.text, things=True)):
        return held if is_phrase(held) else one.text
    return one.text if tells_something(one.text) else None
