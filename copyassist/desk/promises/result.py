"""What a title promises, and whether the body keeps it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["count", "number", "price", "time", "date", "name", "question", "attachment"]

LONG = 120  # letters of a body that would have said what it is silent about

State = Literal["kept", "broken", "unsure"]
"""unsure: the body has nothing that could be counted or compared; nothing is said against it."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of the title. `start` and `end` lie in its normalised text, which `text` is.

    `reason` names a sentence (promises.<kind>.<reason>); `wanted` is what was promised, `found` what
    the body has instead, "" where it has nothing.
    """

    kind: Kind
    state: State
    start: int
    end: int
    text: str
    reason: str
    wanted: str = ""
    found: str = ""
