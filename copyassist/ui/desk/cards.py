"""The cards of one report, in their fixed order: parts before totals."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from copyassist.desk.wording import sum_by_group, word_evidence, word_finding, word_verdict
from copyassist.i18n import say
from copyassist.types import Finding, Keyword, Match, Measure, Report, Severity
from copyassist.ui.desk.body_card import show_own_share
from copyassist.ui.desk.ignoring import show_ignoring
from copyassist.ui.desk.pattern_card import show_patterns
from copyassist.ui.desk.reason_cards import show_edits, show_reasons
from copyassist.ui.desk.scope_notes import show_purpose, show_scope
from copyassist.ui.desk.seo_card import show_seo
from copyassist.ui.desk.state import (
    apply_replacement,
    apply_title,
    visible_findings,
)
from copyassist.ui.desk.tidy_card import show_tidying
from copyassist.ui.kit.accounts import account_label
from copyassist.ui.kit.escape import as_html, as_markdown, shorten
from copyassist.ui.kit.page import link_to
from copyassist.ui.kit.parts import (
    card,
    severity_tag,
    show_card_title,
    show_empty,
    show_note,
    show_text,
)
from copyassist.ui.kit.platforms import platform_name
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.wording import (
    say_against_usual,
    say_day,
    say_interval,
    say_limit,
    say_ordinary,
)

REPLACEMENT_COLUMNS = 28  # of the button's label; the card says the rest


def show_cards(report: Report, line: int) -> None:
    """All cards of a report. `line` is where its title stands in the title field."""
    show_problems(report, line)
    show_score(report, line)
    show_reasons(report.score)
    show_edits(report, line)
    show_patterns(report)
    show_comparables(report)
    show_keywords(report)
    show_seo(report)
    show_matches(report)


def show_problems(report: Report, line: int) -> None:
    """What is wrong, why, the legal basis, and a way out of each."""
    found = visible_findings(report)
    with card("problems"):
        show_card_title(words("problems.title"), words("problems.count", count=len(found)))
        show_purpose(report)
        show_meters(report)
        show_tidying(report, line)
        if ignored := len(report.findings) - len(found):
            show_note(words("problems.ignored", count=ignored))
        elif not found:
            show_note(words("problems.none"))
        for number, finding in enumerate(found, 1):
            _show_finding(report, line, number, finding)
        show_scope(report)


def _show_finding(report: Report, line: int, number: int, finding: Finding) -> None:
    said = word_finding(language(), finding)
    rest = "".join(f"<p>{as_html(text)}</p>" for text in (said.why, said.how) if text)
    law = (
        f'<p class="ca-law">{markup("problems.basis", basis=said.basis)}</p>' if said.basis else ""
    )
    with st.container(key=f"finding_{number}", gap="small"):
        st.html(
            f'<div class="ca-finding">{severity_tag(finding.severity.value)}'
            f'<span class="ca-what">{number}. {as_html(said.what)}</span>{rest}{law}</div>'
        )
        with st.container(horizontal=True, gap="small"):
            _show_ways_out(report, line, number, finding)


def _show_ways_out(report: Report, line: int, number: int, finding: Finding) -> None:
    if finding.replacement is not None and finding.span is not None:
        text = shorten(finding.replacement, REPLACEMENT_COLUMNS)
        st.button(
            label("problems.replace", text=text) if text else label("problems.delete"),
            key=f"fix_{number}",
            on_click=partial(apply_replacement, report, line, finding),
        )
    show_ignoring(report, number, finding)


def show_meters(report: Report) -> None:
    """Every counted length beside its limit, with the way the platform counts."""
    shown = [m for m in report.measures if m.maximum is not None or m.minimum is not None]
    if shown:
        fields = [measure.field for measure in shown]
        meters = (_meter(m, again=m.field in fields[:n]) for n, m in enumerate(shown))
        st.html(f'<div class="ca-meters">{"".join(meters)}</div>')


def _meter(measure: Measure, *, again: bool) -> str:
    state = {"error": "over", "warning": "soft"}.get(measure.severity or "", "")
    share = min(100.0, 100 * measure.value / measure.maximum) if measure.maximum else 0.0
    name = say(language(), f"platforms.fields.{measure.field}")
    if again:  # some platforms count in two ways, or hold two limits
        name += words("meter.again")
    counter = as_html(say(language(), f"platforms.counters.{measure.counter}"))
    verdict = ""
    if measure.severity is not None:
        over = measure.maximum is not None and measure.value > measure.maximum
        verdict = f" · {markup('meter.over' if over else 'meter.under')}"
    elif measure.minimum:
        verdict = f" · {markup('meter.minimum', minimum=f'{measure.minimum:g}')}"
    return (
        f'<div class="ca-meter {state}"><span>{as_html(name)}</span>'
        f'<span class="n">{as_html(say_limit(measure))}</span>'
        f'<span class="bar"><i style="width:{share:.0f}%"></i></span>'
        f'<span class="why">{counter}{verdict}</span></div>'
    )


def _show_verdict(report: Report, line: int) -> None:
    """What must go before any score, and what the draft would be without it."""
    st.html(
        f'<div class="ca-finding">{severity_tag(Severity.ERROR.value)}'
        f'<span class="ca-what">{as_html(word_verdict(language(), report))}</span></div>'
    )
    mended = get_assistant().desk.mend(report)
    if mended is None:
        show_note(words("score.no_mend"))
        return
    value = mended.score.value
    if value is None:
        show_text(words("score.mended_unscored"))
    else:
        show_text(words("score.mended", value=f"{value:.0f}"))
    st.html(f'<div class="ca-edit"><div class="t">{as_html(mended.title.raw)}</div></div>')
    if mended.draft.title != report.draft.title:
        st.button(
            label("score.use_mended"),
            key="use_mended",
            on_click=partial(apply_title, report, line, mended.draft.title),
        )


def show_score(report: Report, line: int) -> None:
    """The score with its interval and what it rests on; never a bare number."""
    score = report.score
    with card("score"):
        note = platform_name(report.platform)
        if report.account is not None:
            note = f"{note} · {account_label(report.account)}"
        show_card_title(words("score.title"), note)
        if not report.publishable:
            _show_verdict(report, line)
        if score.value is None:
            _show_no_evidence(report)
            return
        if not report.publishable:
            show_note(words("score.as_is"))
        st.html(_scale(score.value))
        show_text(words("score.meaning", percent=f"{score.value:.0f}"))
        if score.interval is not None:
            metric = get_assistant().desk.open(report.account, report.platform.id).context.metric
            show_text(say_interval(score.interval, metric))
        if facts := sum_by_group(score.contributions).get("facts"):
            show_text(words("score.facts", points=f"{facts:+.1f}"))
        simulated = bool(report.account and report.account.is_demo)
        sentence = word_evidence(language(), score.evidence, simulated=simulated)
        show_note(words("score.evidence", sentence=sentence) + " " + words("score.humble"))


def _show_no_evidence(report: Report) -> None:
    evidence = report.score.evidence
    if evidence.wordless:
        show_note(word_evidence(language(), evidence))
        return
    show_empty(
        "no_evidence",
        sentence=word_evidence(language(), evidence),
        platform=platform_name(report.platform),
    )
    if report.account is None:
        show_note(words("no_evidence.choose_account"))
    if evidence.needed:
        link_to("posts", label("no_evidence.import"))


def _scale(value: float) -> str:
    place = min(99.0, max(1.0, value))
    return (
        f'<div class="ca-score"><span class="num">{value:.0f}</span>'
        f'<span class="of">{markup("score.of")}</span></div>'
        '<div class="ca-scale" aria-hidden="true"><span class="rail"></span>'
        '<span class="usual"></span><span class="mid"></span>'
        f'<span class="dot" style="left:{place:.1f}%"></span>'
        '<span class="l first">0</span><span class="l" style="left:35%">35</span>'
        f'<span class="l" style="left:50%">{markup("score.usual")}</span>'
        '<span class="l" style="left:65%">65</span><span class="l last">100</span></div>'
    )


def show_comparables(report: Report) -> None:
    """Own posts on a similar topic, and how they did against the account's usual."""
    with card("comparables"):
        show_card_title(words("comparables.title"), words("comparables.note"))
        if not report.comparables:
            show_note(words("comparables.none" if report.account else "comparables.no_account"))
            return
        items = "".join(
            f'<li><div class="t">{as_html(c.rated.post.title)}</div>'
            f"<div>{as_html(say_against_usual(c.rated))}</div>"
            f'<div class="d">{as_html(_details(say_ordinary(c.rated), say_day(c.rated.post.published_at)))}'
            f" · {markup('comparables.similarity', percent=round(100 * c.similarity))}</div></li>"
            for c in report.comparables
        )
        st.html(f'<ul class="ca-list">{items}</ul>')


def _details(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def show_keywords(report: Report) -> None:
    """The draft's keywords, those in the title set apart, and hints for being found."""
    keywords: tuple[Keyword, ...] = report.keywords
    with card("keywords"):
        show_card_title(words("keywords.title"), words("keywords.note"))
        if not keywords:
            show_note(words("keywords.none"))
            return
        chips = "".join(
            f'<span class="{"t" if k.in_title else ""}">{as_html(k.text)}'
            f"<small>{markup('keywords.in_title' if k.in_title else 'keywords.in_body')}</small></span>"
            for k in keywords
        )
        st.html(f'<div class="ca-chips">{chips}</div>')
        for hint in get_assistant().desk.suggest_seo(report):
            if hint.code != "tags":  # where the keyword stands is judged on the next card
                continue
            key = (
                "keywords.seo.tags_picked"
                if hint.params.get("picked")
                else f"keywords.seo.{hint.code}"
            )
            show_text(say(language(), key, **hint.params))


def show_matches(report: Report) -> None:
    """Earlier posts of the writer that this title repeats or resembles, and passages of the body."""
    with card("matches"):
        show_card_title(words("matches.title"), words("matches.note"))
        if report.matches:
            st.html(f'<ul class="ca-list">{"".join(_match(m) for m in report.matches)}</ul>')
        else:
            show_note(words("matches.none"))
        if report.own_share is not None:
            show_own_share(report)


def _match(match: Match) -> str:
    where = ""
    if match.post is not None:
        profile = get_assistant().platforms.get(match.post.platform)
        name = platform_name(profile) if profile else match.post.platform
        where = _details("", name, say_day(match.post.published_at))
    kind = {"identical": "error", "near": "warning", "similar": "info"}[match.kind]
    relation = markup(f"matches.relation.{match.relation}")
    return (
        f'<li><div class="t"><span class="ca-tag ca-{kind}">{relation}</span>'
        f"{as_html(match.title)}</div>"
        f'<div class="d">{markup("matches.percent", percent=round(100 * match.similarity))}'
        f" · {markup('matches.same', percent=round(100 * match.same))}"
        f"{' · ' + as_html(where) if where else ''}</div></li>"
    )


def severity_counts(findings: Sequence[Finding]) -> str:
    """How many findings of each severity, as HTML labels, gravest first."""
    counts = {s: sum(f.severity is s for f in findings) for s in Severity}
    tags = "".join(
        f'<span class="ca-tag ca-{s.value}">{markup(f"severity.{s.value}")} {n}</span>'
        for s, n in counts.items()
        if n
    )
    if tags:
        return f'<span class="ca-tags">{tags}</span>'
    return f'<span class="ca-muted">{markup("problems.none_short")}</span>'


def short_title(title: str, limit: int = 36) -> str:
    """A title for a Markdown label: one line, cut, literal."""
    return as_markdown(shorten(title, limit) or words("desk.untitled"))
