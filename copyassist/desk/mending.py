"""What a draft that cannot be published as it is would be once it could: mended, and judged again.

Only what is certain is changed: a replacement that a finding offers is put in, and a title beyond its
limit is shortened at the end of a clause, else of a word. Nothing is invented.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copyassist.desk.review import Desk, review_many
from copyassist.desk.rewriting.guards import loses_meaning
from copyassist.desk.scoring.whatif import propose_titles
from copyassist.text import parse, parse_text
from copyassist.types import Draft, Finding, Report, Severity

MOST = 24  # shorter titles that are tried
SHORTEST = 4
LONGEST = 400  # what is longer is a text put where a title belongs
_CLAUSES = re.compile(r"[\s|｜·•,，、;；:：。!！?？—~～…]+")


def find_errors(report: Report) -> list[Finding]:
    """The findings that must be settled before the draft can be published."""
    return [one for one in report.findings if one.severity is Severity.ERROR]


def mend(report: Report, desk: Desk) -> Report | None:
    """The report of the best mended draft that can be published; None where none was found.

    A draft without errors needs none, and gives None too, as does a whole text in a title's place.
    """
    if report.publishable or len(report.title.raw) > LONGEST:
        return None
    draft = _replace_errors(report)
    for titles in ([draft.title], list(_drop_clauses(draft)), _cut_words(draft.title)):
        drafts = [
            replace(draft, title=title) for title in titles if not loses_meaning(draft.title, title)
        ]
        changed = [one for one in drafts if one != report.draft]
        good = [one for one in review_many(changed, desk) if one.publishable]
        if good:
            return max(good, key=_worth)
    return None


def _worth(report: Report) -> tuple[float, int]:
    """The best score first; without scores the title that keeps most."""
    value = report.score.value
    return (0.0 if value is None else value), len(report.draft.title)


def _replace_errors(report: Report) -> Draft:
    """The draft with every replacement that its errors offer, from the end to the beginning."""
    texts = {"title": report.title.raw, "body": report.draft.body}
    reach = {name: len(text) for name, text in texts.items()}
    spanned = [one for one in find_errors(report) if one.span and one.replacement is not None]
    for one in sorted(spanned, key=_start, reverse=True):
        span = one.span
        if span is None or span.end > reach[span.field]:  # lies inside what was changed already
            continue
        text = texts[span.field]
        texts[span.field] = text[: span.start] + (one.replacement or "") + text[span.end :]
        reach[span.field] = span.start
    return replace(report.draft, title=texts["title"].strip(), body=texts["body"])


def _start(finding: Finding) -> int:
    return finding.span.start if finding.span else 0


def _drop_clauses(draft: Draft) -> Iterator[str]:
    """The title without some of its clauses, the longest first."""
    title = draft.title
    edges = [found.span() for found in _CLAUSES.finditer(title)]
    shorter = [title[:start] for start, _ in edges] + [title[end:] for _, end in edges]
    edited = [text for _, text in propose_titles(parse(draft))]
    found = dict.fromkeys(text for text in [*edited, *shorter] if _is_title(text))
    yield from sorted(found, key=len, reverse=True)[:MOST]


def _is_title(text: str) -> bool:
    return sum(sign.isalnum() for sign in text) >= SHORTEST


def _cut_words(title: str) -> Sequence[str]:
    """The title less its last words, at most half of it."""
    parsed = parse_text(title)
    found, at = [], len(parsed.norm)
    for word in reversed(parsed.words):
        at = parsed.norm.rfind(word, 0, at)
        if at <= len(parsed.norm) // 2:
            break
        kept = title[: parsed.raw_span(0, at)[1]].rstrip(" ,，、:：;；|｜—-")
        if _is_title(kept):
            found.append(kept)
    return found
