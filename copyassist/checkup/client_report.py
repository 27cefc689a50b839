"""A checkup as one HTML page that stands alone: what a client is sent.

Whatever comes from the files is escaped; nothing is fetched from anywhere.
"""

from collections.abc import Iterator
from datetime import tzinfo
from html import escape

from copyassist.checkup.checking import Checked, Checkup, Placed, sort_findings
from copyassist.desk.coverage_words import word_coverage, word_exemption, word_purpose
from copyassist.desk.wording import word_finding
from copyassist.i18n import Language, say, say_moment
from copyassist.reading.zones import CHINA
from copyassist.resources import find_asset
from copyassist.types import HiddenFinding, Severity


def checkup_to_html(checkup: Checkup, language: Language, zone: tzinfo = CHINA) -> str:
    """The page: the sum, what was checked and what cannot be, then file by file."""
    style = find_asset("ui", "check_report.css").read_text("utf-8")
    title = _say(language, "title")
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{style}</style></head><body><main>",
            f"<h1>{title}</h1>",
            *_head(checkup, language, zone),
            *(part for one in checkup.documents for part in _document(one, language)),
            f"<footer>{_say(language, 'footer')}</footer></main></body></html>\n",
        )
    )


def _say(language: Language, key: str, /, **params: object) -> str:
    safe = {name: escape(v) if isinstance(v, str) else v for name, v in params.items()}
    return say(language, f"checkup.html.{key}", **safe)


def _head(checkup: Checkup, language: Language, zone: tzinfo) -> Iterator[str]:
    moment = say_moment(checkup.moment, zone)
    yield f"<p>{_say(language, 'checked', moment=moment, count=len(checkup.documents))}</p>"
    counts = "".join(
        f'<td class="{one.value}"><b>{checkup.count(one)}</b> {_say(language, f"level.{one.value}")}</td>'
        for one in Severity
    )
    yield f"<table class=sum><tr>{counts}</tr></table>"
    yield f"<section class=coverage><h2>{_say(language, 'coverage')}</h2>"
    yield from (f"<p>{escape(line)}</p>" for line in word_coverage(language, checkup.coverage))
    yield "</section>"


def _document(checked: Checked, language: Language) -> Iterator[str]:
    report = checked.report
    yield f"<article><h2>{escape(report.title.raw.strip() or checked.document.name)}</h2>"
    platform = report.platform.name(language)
    form = say(language, f"platforms.forms.{report.draft.form or report.platform.form.id}")
    where = _say(language, "where", file=checked.document.name, platform=platform, form=form)
    yield f"<p class=muted>{where}<br>{escape(word_purpose(language, report))}</p>"
    if not checked.findings:
        yield f"<p>{_say(language, 'nothing')}</p>"
    else:
        yield "<ol>"
        yield from (_finding(one, language) for one in sort_findings(checked.findings))
        yield "</ol>"
    if checked.hidden:
        yield f"<h3>{_say(language, 'hidden')}</h3><ul>"
        yield from (_hidden(placed, one, language) for placed, one in checked.hidden)
        yield "</ul>"
    yield "</article>"


def _finding(placed: Placed, language: Language) -> str:
    finding = placed.finding
    said = word_finding(language, finding)
    level = finding.severity.value
    place = ""
    if placed.start is not None:
        place = _say(language, "place", line=placed.start.line, column=placed.start.column)
    rest = "".join(f"<p>{escape(text)}</p>" for text in (said.why, said.how) if text)
    if finding.replacement is not None:
        key = "instead" if finding.replacement else "delete"
        rest += f"<p>{_say(language, key, text=finding.replacement)}</p>"
    if said.basis:
        rest += f"<p class=law>{_say(language, 'basis', basis=said.basis)}</p>"
    tag = f'<span class="tag {level}">{_say(language, f"level.{level}")}</span>'
    return f"<li>{tag} <b>{escape(said.what)}</b> <small>{place}</small>{rest}</li>"


def _hidden(placed: Placed, hidden: HiddenFinding, language: Language) -> str:
    one = hidden.exemption
    said = word_finding(language, placed.finding).what
    reason = one.reason or _say(language, "no_reason")
    since = one.since.isoformat() if one.since else "—"
    what = word_exemption(language, one)
    return f"<li>{_say(language, 'exempt', what=said, exemption=what, reason=reason, since=since)}</li>"
