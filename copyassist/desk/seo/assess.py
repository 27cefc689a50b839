"""assess_draft(report, around) -> SeoReport: everything about how a draft is found and read."""

from collections.abc import Iterator, Sequence

from copyassist.desk.checks.family import find_form
from copyassist.desk.promises import Promise, find_promises
from copyassist.desk.seo.earlier import check_used, find_used
from copyassist.desk.seo.focus import Forms, choose_focus, load_rules, read_forms
from copyassist.desk.seo.keyword_checks import check_keyword, look_for
from copyassist.desk.seo.layout import BodyLayout, read_layout
from copyassist.desk.seo.previews import show_previews
from copyassist.desk.seo.reading_checks import check_reading
from copyassist.desk.seo.related import find_related
from copyassist.desk.seo.result import GROUPS, LIGHTS, Focus, Light, SeoAround, SeoCheck, SeoReport
from copyassist.desk.seo.text_checks import check_digest, check_text, check_title
from copyassist.keywords import suggest_tags
from copyassist.text import parse
from copyassist.types import ParsedDraft, Report, Span

MOST_EARLIER = 5
NOWHERE = SeoAround()
_SURE = frozenset({"fewer", "other", "longer"})


def assess_draft(report: Report, around: SeoAround = NOWHERE, *, keyword: str = "") -> SeoReport:
    """The hints for a reviewed draft. `keyword` is the focus, "" for the program's proposal.

    Synonyms may follow the keyword after a bar or a comma.
    """
    parsed = parse(report.draft)
    layout = read_layout(parsed.body.raw if parsed.body is not None else "")
    focus = choose_focus(keyword, report.keywords)
    forms = read_forms(focus) if focus is not None else None
    if forms is not None and not forms.exact:
        focus = forms = None
    digest = report.draft.digest.strip()
    summary = digest or _take_digest(report, layout)
    used = find_used(around, forms, report.title.raw) if forms is not None else []
    checks = [
        *(_check_focus(parsed, layout, summary, focus, forms) if focus and forms else ()),
        *(check_used(around, focus, used) if focus else ()),
        *check_title(report.measures, report.title.raw),
        *check_digest(summary, bool(digest), report.platform, find_form(report.platform, report.draft.form)),
        *check_text(layout, report.platform),
        *check_reading(layout),
        *_check_promises(parsed),
    ]  # fmt: skip
    tags = suggest_tags(report.keywords, report.platform)
    return SeoReport(
        focus=focus,
        checks=tuple(sorted(checks, key=_rank)),
        previews=show_previews(report.title.raw, digest or _begin(layout), forms),
        related=find_related(parsed, forms, used, around) if forms is not None else (),
        earlier=tuple(used[:MOST_EARLIER]),
        tags=tags,
        copy=_join(report, tags),
    )


def _check_focus(
    parsed: ParsedDraft, layout: BodyLayout, summary: str, focus: Focus, forms: Forms
) -> Iterator[SeoCheck]:
    yield from check_keyword(look_for(parsed, layout, summary, focus, forms))


def _rank(check: SeoCheck) -> tuple[int, int]:
    return LIGHTS.index(check.light), GROUPS.index(check.group)


def _take_digest(report: Report, layout: BodyLayout) -> str:
    """What the platform takes for the digest where none is given; "" where it takes nothing."""
    size = load_rules()["digest"].get(report.platform.id)
    form = find_form(report.platform, report.draft.form)
    if size is None or not any(limit.field == "digest" for limit in form.limits):
        return ""
    return _begin(layout)[:size]


def _begin(layout: BodyLayout) -> str:
    return " ".join("".join(one.text for one in layout.paragraphs[:6]).split())


def _check_promises(parsed: ParsedDraft) -> Iterator[SeoCheck]:
    for promise in find_promises(parsed):
        start, end = parsed.title.raw_span(promise.start, promise.end)
        text = parsed.title.raw[start:end]
        yield SeoCheck(
            code=f"promise_{promise.kind}", group="promise", outcome=promise.reason,
            light=_light(promise), source="text", unit="times",
            value=float(promise.found) if promise.kind == "count" and promise.found else None,
            low=float(promise.wanted) if promise.kind == "count" else None,
            params={"text": text, "wanted": promise.wanted, "found": promise.found},
            spans=(Span("title", start, end),),
        )  # fmt: skip


def _light(promise: Promise) -> Light:
    if promise.state == "broken":
        return "red" if promise.reason in _SURE else "orange"
    return "green" if promise.state == "kept" else "grey"


def _join(report: Report, tags: Sequence[str]) -> str:
    """Title, text and tags as they go on the clipboard."""
    parts = (report.title.raw.strip(), report.draft.body.strip(), " ".join(tags))
    return "\n\n".join(part for part in parts if part)
