"""批量评分: a file of titles in, the same file with results out; watched, stopped, gone on with."""

from pathlib import Path
from typing import get_args

import streamlit as st

from copyassist.batch import (
    BatchOptions,
    BatchPlan,
    BatchSummary,
    Format,
    TitleFile,
    inspect_source,
)
from copyassist.batch.plan import NO_COLUMN
from copyassist.batch.results import word_problem
from copyassist.batch.source import ENDINGS
from copyassist.desk.wording import word_codes
from copyassist.errors import CopyAssistError
from copyassist.i18n import find_sentence
from copyassist.ui.batch.job import BatchJob, keep_upload, start_batch
from copyassist.ui.batch.result_table import ROWS_SHOWN, show_rows
from copyassist.ui.kit.accounts import account_label, own_account
from copyassist.ui.kit.bench import find_job, put_job
from copyassist.ui.kit.choices import choose_one, read_choice
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.page import PageSpec
from copyassist.ui.kit.parts import (
    card,
    severity_tag,
    show_card_title,
    show_demo_notice,
    show_empty,
    show_figures,
    show_header,
    show_note,
    show_table,
)
from copyassist.ui.kit.platforms import (
    default_platform,
    list_platforms,
    name_platform,
    writer_platforms,
)
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded, show_error
from copyassist.ui.kit.wording import say_duration

JOB = "batch"
OUTPUTS: tuple[Format, ...] = tuple(name for name in get_args(Format) if name != "txt")
POLL_SECONDS = 0.5


def show() -> None:
    """Draws the page."""
    show_header("batch")
    show_demo_notice(own_account())
    job: BatchJob | None = find_job(JOB)
    if job is not None and job.running:
        _show_progress()
        return
    if job is not None:
        _show_end(job)
    _show_start(job)


PAGE = PageSpec("batch", ":material/table_rows:", show)


# --- before --------------------------------------------------------------------------------------


def _show_start(job: BatchJob | None) -> None:
    with card("upload"):
        show_card_title(words("batch.upload"))
        uploaded = st.file_uploader(
            words("batch.file"), type=list(ENDINGS), key="batch_file", label_visibility="collapsed"
        )
        show_note(words("batch.formats"))
    if uploaded is None:
        if job is None:
            show_empty("batch.empty", steps=3)
        return
    home = get_assistant().settings.home
    try:
        source = _inspect(str(keep_upload(home, uploaded.name, uploaded.getvalue())))
    except CopyAssistError as error:
        show_error(error)
        return
    with card("columns"):
        if len(source.sheets) > 1:
            chosen = choose_one(
                words("batch.sheet"), source.sheets, "batch_sheet", str, first=source.sheet
            )
            source = _inspect(str(source.path), chosen)
        _show_columns(source, uploaded.name)


@st.cache_data(show_spinner=False, max_entries=4)
def _inspect(path: str, sheet: str = "") -> TitleFile:
    return inspect_source(Path(path), sheet)


def _show_columns(source: TitleFile, name: str) -> None:
    rows = words("batch.rows", count=source.rows) if source.rows is not None else ""
    show_card_title(words("batch.settings"), " · ".join(part for part in (name, rows) if part))
    account = own_account()
    show_note(
        words("batch.account", name=account_label(account))
        if account
        else words("batch.no_account")
    )
    columns = list(source.columns)
    first, second, third = st.columns(3)
    with first:
        choose_one(
            words("batch.title_column"), columns, "batch_title", str, first=_guess(source, "title")
        )
    for place, key in ((second, "platform"), (third, "body")):
        with place:
            choose_one(
                words(f"batch.{key}_column"),
                [NO_COLUMN, *columns],
                f"batch_{key}",
                lambda name: words("batch.no_column") if name == NO_COLUMN else name,
                first=_guess(source, key),
            )
    _show_targets(source)
    st.button(label("batch.run"), type="primary", key="batch_run", on_click=_start, args=(source,))


def _show_targets(source: TitleFile) -> None:
    first, second = st.columns(2)
    with first:
        choose_one(
            words("batch.platform"),
            list_platforms(writer_platforms()),
            "batch_target",
            name_platform,
            first=default_platform(),
        )
    with second:
        choose_one(words("batch.format"), OUTPUTS, "batch_format", str, first=source.format)


def _guess(source: TitleFile, field: str) -> str:
    place = source.guess.get(field)
    return NO_COLUMN if place is None else source.columns[place]


@guarded
def _start(source: TitleFile) -> None:
    assistant, account = get_assistant(), own_account()
    form: Format = read_choice("batch_format")
    options = BatchOptions(
        title_column=read_choice("batch_title"),
        platform_column=read_choice("batch_platform"),
        body_column=read_choice("batch_body"),
        sheet=source.sheet,
        platform=read_choice("batch_target"),
        language=language(),
        worded=True,
        form=form,
    )
    out = source.path.with_name(f"{source.path.stem}.scored.{form}")
    plan = assistant.batch.plan(source.path, out, account, options)
    put_job(JOB, start_batch(assistant, account, plan))


# --- during --------------------------------------------------------------------------------------


@st.fragment(run_every=POLL_SECONDS)
def _show_progress() -> None:
    job: BatchJob | None = find_job(JOB)
    if job is None or not job.running:
        st.rerun()
    progress = job.progress
    with card("progress"):
        show_card_title(words("batch.running"), job.plan.source.path.name)
        st.progress(min(1.0, max(0.0, progress.share)))
        left = say_duration(progress.seconds_left)
        show_figures(
            [
                (f"{progress.rows:,}", words("batch.done_rows")),
                (f"{progress.rate:,.0f}", words("batch.rate")),
                (left, words("batch.left")),
            ]
        )
        stopping = job.stopping.is_set()
        st.button(
            label("batch.stopping" if stopping else "batch.stop"),
            key="batch_stop",
            disabled=stopping,
            on_click=job.stop,
        )


# --- after ---------------------------------------------------------------------------------------


def _show_end(job: BatchJob) -> None:
    with card("result"):
        if job.error is not None:
            show_card_title(words("batch.failed"))
            show_error(job.error)
        elif job.failed or job.result is None:
            show_card_title(words("batch.failed"))
            st.error(label("trouble.unexpected"))
        elif not job.result.finished:
            _show_stopped(job, job.result)
        else:
            _show_summary(job.plan, job.result)


def _show_stopped(job: BatchJob, summary: BatchSummary) -> None:
    show_card_title(words("batch.stopped"), job.plan.source.path.name)
    show_note(words("batch.stopped_note", count=summary.tally.rows))
    st.button(label("batch.go_on"), key="batch_go_on", type="primary", on_click=_go_on, args=(job,))


@guarded
def _go_on(job: BatchJob) -> None:
    put_job(JOB, start_batch(get_assistant(), job.account, job.plan))


def _show_summary(plan: BatchPlan, summary: BatchSummary) -> None:
    tally = summary.tally
    show_card_title(words("batch.finished"), plan.source.path.name)
    figures = [
        (f"{tally.rows:,}", words("batch.done_rows")),
        (f"{tally.scored:,}", words("batch.scored")),
        (f"{tally.unreadable:,}", words("batch.unreadable")),
        (say_duration(summary.seconds), words("batch.took")),
    ]
    show_figures(figures)
    st.download_button(
        label("batch.download", name=summary.out.name),
        data=summary.out.read_bytes,
        file_name=summary.out.name,
        key="batch_download",
        type="primary",
        on_click="ignore",
    )
    if not tally.scored:
        show_note(words("batch.none_scored"))
    show_rows(plan, summary)
    if tally.rows > ROWS_SHOWN:
        _show_ranked(summary)
    _show_blocked(summary)
    _show_findings(summary)
    _show_problems(summary)


def _show_ranked(summary: BatchSummary) -> None:
    for key, ranked in (("best", summary.tally.best), ("worst", summary.tally.worst)):
        if not ranked:
            continue
        show_card_title(words(f"batch.{key}"))
        show_table(
            [words("batch.title_name"), words("batch.line"), words("batch.score")],
            [[as_html(one.title), str(one.line), f"{one.score:.0f}"] for one in ranked],
            numeric=frozenset({1, 2}),
        )


def _show_blocked(summary: BatchSummary) -> None:
    tally = summary.tally
    if not tally.blocked_count:
        return
    note = words("batch.blocked_count", count=tally.blocked_count)
    show_card_title(words("batch.blocked"), note)
    show_table(
        [words("batch.title_name"), words("batch.line"), words("batch.blocked_why")],
        [
            [as_html(one.title), str(one.line), as_html(word_codes(language(), one.codes))]
            for one in tally.blocked
        ],
        numeric=frozenset({1}),
    )


def _show_findings(summary: BatchSummary) -> None:
    tally = summary.tally
    show_card_title(words("batch.findings"))
    if not tally.findings:
        show_note(words("problems.none"))
        return
    worst = "".join(
        f"{severity_tag(name)}{markup('batch.rows', count=tally.severities[name])} "
        for name in ("error", "warning", "info")
        if tally.severities[name]
    )
    st.html(f'<p class="ca-p">{worst}</p>')
    show_table(
        [words("batch.finding"), words("batch.count")],
        [[as_html(_name_finding(code)), f"{n:,}"] for code, n in tally.findings.most_common()],
        numeric=frozenset({1}),
    )


def _name_finding(code: str) -> str:
    return find_sentence(language(), f"findings.{code}.name") or code


def _show_problems(summary: BatchSummary) -> None:
    tally = summary.tally
    if not tally.problem_count:
        return
    with st.expander(label("batch.problems", count=tally.problem_count)):
        show_table(
            [words("import.line"), words("import.reason")],
            [[str(p.line), as_html(word_problem(p.code, language()))] for p in tally.problems],
        )
        if tally.problem_count > len(tally.problems):
            show_note(words("batch.more_problems", count=tally.problem_count - len(tally.problems)))
