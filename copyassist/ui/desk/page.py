"""写作台: the draft on the left, everything that can be said about it on the right."""

import streamlit as st

from copyassist.i18n import say_moment
from copyassist.store import SavedDraft
from copyassist.types import Comparison, Purpose, Report, Severity
from copyassist.ui.desk.assignment import show_assignment, take_up_assignment
from copyassist.ui.desk.cards import severity_counts, short_title, show_cards
from copyassist.ui.desk.facts_panel import show_facts
from copyassist.ui.desk.marks import mark_findings, number_findings
from copyassist.ui.desk.state import (
    ALL_PLATFORMS,
    ASKED_KEY,
    MAX_TITLES,
    DeskResult,
    ask_for_score,
    editor_text,
    open_draft,
    read_score,
    refresh_for_account,
    restore_from_url,
    restore_typed,
    result,
    score_draft,
    undo_replacement,
    visible_findings,
)
from copyassist.ui.kit.accounts import current_account, own_account
from copyassist.ui.kit.components import keep_draft, show_copy_button
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.page import PageSpec, link_to
from copyassist.ui.kit.parts import (
    card,
    load_demo,
    show_card_title,
    show_demo_notice,
    show_empty,
    show_header,
    show_note,
    show_table,
    show_text,
)
from copyassist.ui.kit.platforms import default_platform, platform_name, writer_platforms
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.session import get_assistant
from copyassist.ui.kit.trouble import guarded, show_trouble
from copyassist.ui.kit.wording import NO_DIFFERENCE, say_beats, say_limit

MAX_RECENT = 20


def _prepare() -> None:
    # A topic that was just chosen goes before a draft that the address may name.
    take_up_assignment()
    restore_from_url()


def show() -> None:
    """Draws the page."""
    refresh_for_account()
    show_header("desk")
    show_demo_notice(own_account())
    left, right = st.columns([5, 6], gap="large")
    with right:
        _score_if_asked()
    with left:
        show_assignment()
        _show_editor()
        _show_marked()
        _show_recent()
        _keep_typed()
    with right:
        _show_results()


PAGE = PageSpec("desk", ":material/edit_note:", show, prepare=_prepare)


def _score_if_asked() -> None:
    if st.session_state.pop(ASKED_KEY, False):
        # An account of a hundred thousand posts takes seconds the first time, and is kept then.
        with st.spinner(label("desk.working")):
            score_draft()
        show_trouble()


def _show_editor() -> None:
    with st.container(key="desk_form", border=True):
        st.text_area(
            words("desk.titles"),
            key="desk_title",
            height=100,
            placeholder=words("desk.titles_hint"),
            on_change="ignore",
            persist_state="session",
        )
        st.text_area(
            words("desk.body"),
            key="desk_body",
            height=220,
            placeholder=words("desk.body_hint"),
            on_change="ignore",
            persist_state="session",
        )
        _show_choices()
        show_facts()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                label("desk.score"),
                key="desk_score",
                type="primary",
                shortcut="Ctrl+Enter",
                on_click=ask_for_score,
            )
            st.button(
                label("desk.undo"),
                key="desk_undo_button",
                disabled=not st.session_state.get("desk_undo"),
                on_click=undo_replacement,
            )
        _show_judge()


def _keep_typed() -> None:
    fresh = not st.session_state.get("desk_seen")
    st.session_state["desk_seen"] = True
    text = editor_text()
    keep_draft(text.title, text.body, fresh=fresh, on_restore=restore_typed)


def _show_choices() -> None:
    platforms = get_assistant().platforms
    mine = writer_platforms()
    others = [platform for platform in platforms if platform not in mine]
    options = [ALL_PLATFORMS, *mine, *others]
    if st.session_state.get("desk_platform") not in options:
        st.session_state["desk_platform"] = default_platform()
    names = {id: platform_name(platform) for id, platform in platforms.items()}
    names[ALL_PLATFORMS] = words("desk.all_platforms", count=len(mine))
    first, second = st.columns(2)
    first.selectbox(
        words("desk.platform"),
        options,
        key="desk_platform",
        format_func=names.__getitem__,
        on_change="ignore",
        persist_state="session",
    )
    second.selectbox(
        words("desk.purpose"),
        [purpose.value for purpose in Purpose],
        key="desk_purpose",
        format_func=lambda purpose: words(f"purpose.{purpose}"),
        on_change="ignore",
        persist_state="session",
        help=label("desk.purpose_help"),
    )


def _show_judge() -> None:
    account = current_account()
    if account is None:
        show_note(words("desk.no_account"))
    elif account.relation == "followed":
        show_note(words("desk.followed", name=account.name))
    else:
        show_note(words("desk.account", name=account.name))


def _picked() -> tuple[DeskResult, Comparison, Report, int] | None:
    found = result()
    if found is None:
        return None
    platforms = [c.reports[0].platform.id for c in found.comparisons]
    wanted = st.session_state.get("desk_tab", platforms[0])
    comparison = found.comparisons[platforms.index(wanted) if wanted in platforms else 0]
    row = st.session_state.get("desk_pick")
    if row is None or row >= len(comparison.reports):
        row = st.session_state["desk_pick"] = _best_first(comparison)[0]
    return found, comparison, comparison.reports[row], row


def _show_marked() -> None:
    picked = _picked()
    if picked is None:
        return
    found, _, report, _ = picked
    with card("marked"):
        show_card_title(words("marked.title"), platform_name(report.platform))
        if found.text != editor_text():
            show_note(words("marked.stale"))
        numbered = number_findings(visible_findings(report))
        title = mark_findings(report.title.raw, "title", numbered)
        st.html(f'<div class="ca-marked" data-field="title">{title or "&nbsp;"}</div>')
        if report.draft.body:
            body = mark_findings(report.draft.body, "body", numbered)
            st.html(f'<div class="ca-marked" data-field="body">{body}</div>')
        st.html(f'<p class="ca-legend">{markup("marked.legend")}</p>')
        with st.container(horizontal=True, gap="small"):
            show_copy_button(report.title.raw, "copy_title", words("copy.title"))
            if report.draft.body:
                show_copy_button(report.draft.body, "copy_body", words("copy.body"))


def _show_recent() -> None:
    with st.expander(label("recent.title")):
        drafts = get_assistant().desk.recent_drafts(MAX_RECENT)
        if not drafts:
            show_note(words("recent.none"))
        for draft in drafts:
            st.button(
                _name_draft(draft),
                key=f"recent_{draft.id}",
                type="tertiary",
                on_click=open_draft,
                args=(draft.id,),
                width="stretch",
            )


def _name_draft(kept: SavedDraft) -> str:
    title = short_title(kept.draft.title.strip() or kept.draft.body, 44)
    scores = [read_score(report) for report in kept.reports]
    known = [f"{score:.0f}" for score in scores if score is not None]
    day = label("recent.open", day=say_moment(kept.saved_at))
    return f"{day}{title}{label('recent.scores', scores=' / '.join(known)) if known else ''}"


def _show_results() -> None:
    picked = _picked()
    if picked is None:
        show_empty("desk.empty", steps=3)
        if not get_assistant().posts.accounts():
            link_to("posts", label("desk.empty.import"))
            st.button(label("demo.load"), key="demo_load", on_click=guarded(load_demo))
        return
    found, comparison, report, row = picked
    if found.dropped:
        st.warning(label("desk.dropped", count=found.dropped, limit=MAX_TITLES))
    if len(found.comparisons) > 1:
        _show_platforms(found)
    if len(comparison.reports) > 1:
        _show_comparison(comparison)
    show_cards(report, found.lines[row])


def _show_platforms(found: DeskResult) -> None:
    firsts = [comparison.reports[0] for comparison in found.comparisons]
    with card("platforms"):
        show_card_title(words("platforms.title"), words("platforms.note"))
        show_table(
            [
                words(f"platforms.{column}")
                for column in ("platform", "length", "problems", "score")
            ],
            [_platform_row(report) for report in firsts],
            numeric=frozenset({1, 3}),
        )
        names = {report.platform.id: platform_name(report.platform) for report in firsts}
        st.segmented_control(
            words("platforms.pick"),
            list(names),
            key="desk_tab",
            default=None if st.session_state.get("desk_tab") in names else next(iter(names)),
            format_func=names.__getitem__,
            required=True,
        )


def _platform_row(report: Report) -> list[str]:
    titles = [m for m in report.measures if m.field in ("title", "first_line")]
    lengths = " · ".join(dict.fromkeys(say_limit(m) for m in titles)) or "—"
    return [
        as_html(platform_name(report.platform)),
        as_html(lengths),
        severity_counts(visible_findings(report)),
        _score_cell(report),
    ]


def _score_cell(report: Report) -> str:
    value = report.score.value
    return markup("score.none_short") if value is None else f"{value:.0f}"


def _show_comparison(comparison: Comparison) -> None:
    reports = comparison.reports
    with card("compare"):
        show_card_title(words("compare.title"), words("compare.note"))
        order = _best_first(comparison)
        show_table(
            [
                words(f"compare.{c}")
                for c in ("candidate", "length", "problems", "score", "against")
            ],
            [_candidate_row(comparison, row, order[0]) for row in order],
            numeric=frozenset({1, 3}),
        )
        known = [row for row in order if comparison.p_beats[row][row] is not None]
        if not known:
            show_text(words("compare.no_evidence"))
        elif len(known) > 2:
            _show_pairs(comparison, known)
        st.radio(
            words("compare.pick"),
            order,
            key="desk_pick",
            format_func=lambda row: short_title(reports[row].title.raw, 60),
        )


def _show_pairs(comparison: Comparison, order: list[int]) -> None:
    with st.expander(label("compare.pairs")):
        lines = [
            _pair(comparison, first, second)
            for place, first in enumerate(order)
            for second in order[place + 1 :]
            if comparison.p_beats[first][second] is not None
        ]
        st.html(f'<ul class="ca-list">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')


def _pair(comparison: Comparison, first: int, second: int) -> str:
    chance = comparison.p_beats[first][second]
    if chance is None:
        return ""
    same = NO_DIFFERENCE[0] <= chance <= NO_DIFFERENCE[1]
    return markup(
        "compare.pair_same" if same else "compare.pair_beats",
        first=comparison.reports[first].title.raw,
        second=comparison.reports[second].title.raw,
        percent=f"{100 * chance:.0f}%",
    )


def _best_first(comparison: Comparison) -> list[int]:
    """By score, but what must not be published comes last however well it may do."""

    def place(row: int) -> tuple[bool, float]:
        report = comparison.reports[row]
        return report.worst is Severity.ERROR, -(report.score.value or 0.0)

    return sorted(range(len(comparison.reports)), key=place)


def _candidate_row(comparison: Comparison, row: int, best: int) -> list[str]:
    report = comparison.reports[row]
    lengths = [m for m in report.measures if m.field in ("title", "first_line")]
    if row == best:
        rivals = [c for n, c in enumerate(comparison.p_beats[row]) if n != row and c is not None]
        against = words("compare.leads") if rivals else "—"
    else:
        chance = comparison.p_beats[best][row]
        against = "—" if chance is None else say_beats(chance)
    return [
        as_html(report.title.raw),
        as_html(say_limit(lengths[0]) if lengths else "—"),
        severity_counts(visible_findings(report)),
        _score_cell(report),
        as_html(against),
    ]
