"""Replacing a finding's text in a draft that may have been edited since it was judged."""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from copyassist.types import Finding

MAX_UNDO = 50
ALIKE = 0.5  # of two titles: half of what is written stayed


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftText:
    """What stands in the editor."""

    title: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The texts a report is about, and the line of the title field that its title came from."""

    title: str
    body: str
    line: int = 0


def split_titles(title: str) -> list[tuple[int, str]]:
    """The titles of the title field, one a line, each with its line number; blank lines dropped."""
    lines = title.replace("\r\n", "\n").split("\n")
    return [(n, line) for n, line in enumerate(lines) if line.strip()]


def replace_finding(now: DraftText, judged: Judged, finding: Finding) -> DraftText | None:
    """The draft with the finding's replacement in place, None where its text is gone.

    The place is trusted only while the judged text still stands there; otherwise the same words
    are looked for, and taken where they occur exactly once.
    """
    if finding.span is None or finding.replacement is None:
        return None
    if finding.span.field == "body":
        body = _swap(now.body, judged.body, finding)
        return None if body is None else replace(now, body=body)
    lines = now.title.replace("\r\n", "\n").split("\n")
    row = judged.line if judged.line < len(lines) else len(lines) - 1
    line = _swap(lines[row], judged.title, finding)
    if line is None:
        return None
    lines[row] = line
    return replace(now, title="\n".join(lines))


def replace_title(now: DraftText, judged: Judged, title: str) -> DraftText | None:
    """The draft with another title on the judged line, None where the judged title is gone.

    A title that moved to another line is taken where it stands exactly once.
    """
    lines = now.title.replace("\r\n", "\n").split("\n")
    if judged.line < len(lines) and lines[judged.line] == judged.title:
        row = judged.line
    elif lines.count(judged.title) == 1:
        row = lines.index(judged.title)
    else:
        return None
    lines[row] = title
    return replace(now, title="\n".join(lines))


def is_same_draft(before: DraftText, after: DraftText) -> bool:
    """Whether a text is another state of the same draft: a title or the text stayed, or is alike."""
    if before.body.strip() and before.body == after.body:
        return True
    titles, now = ({line for _, line in split_titles(text.title)} for text in (before, after))
    if titles & now:
        return True
    return SequenceMatcher(None, before.title, after.title).ratio() >= ALIKE


def push_undo(stack: list[DraftText], before: DraftText) -> list[DraftText]:
    """The stack with one more state to return to; the oldest are forgotten."""
    return [*stack, before][-MAX_UNDO:]


def _swap(now: str, judged: str, finding: Finding) -> str | None:
    span = finding.span
    if span is None or finding.replacement is None:
        return None
    old = judged[span.start : span.end]
    if now[span.start : span.end] == old and (old or now == judged):
        return now[: span.start] + finding.replacement + now[span.end :]
    if old and now.count(old) == 1:
        return now.replace(old, finding.replacement)
    return None
