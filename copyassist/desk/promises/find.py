"""All promises of a title, held against its body."""

import re

from copyassist.desk.promises.amounts import find_amounts, find_pictures
from copyassist.desk.promises.called import find_called
from copyassist.desk.promises.counts import find_counts
from copyassist.desk.promises.dates import find_dates
from copyassist.desk.promises.figures import find_figures
from copyassist.desk.promises.lists import MOST, find_lists
from copyassist.desk.promises.names import find_named
from copyassist.desk.promises.questions import find_questions
from copyassist.desk.promises.result import Promise
from copyassist.once import Once
from copyassist.types import ParsedDraft

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
LEAST_BODY = 20  # letters; with less there is no text yet that could keep anything


def find_promises(parsed: ParsedDraft) -> tuple[Promise, ...]:
    """What the title promises and whether the body keeps it; nothing without a body."""
    body = parsed.body
    if body is None or sum(map(str.isalnum, body.norm[:200])) < LEAST_BODY:
        return ()
    title, text = parsed.title.norm, _THOUSANDS.sub("", body.norm[:MOST])
    # Most titles promise nothing that a list could keep.
    lists = Once(lambda: find_lists(body.raw))
    found = [
        *find_counts(title, text, lists),
        *find_figures(title, text),
        *find_amounts(title, text),
        *find_pictures(title, body.raw, lists),
        *find_dates(title, text),
        *find_named(title, text),
        *find_called(title, text),
        *find_questions(title, text, lists),
    ]
    return tuple(dict.fromkeys(found))
