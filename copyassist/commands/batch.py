"""`copyassist batch IN`: a file of titles in, the same file with results out."""

import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copyassist.commands.console import ask, echo, open_console, show_text
from copyassist.commands.score import choose_platform
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.errors import InputError, UsageError
from copyassist.home.passing import refused, scratch
from copyassist.types import Platform, Purpose, Severity

if TYPE_CHECKING:
    from copyassist.batch import BatchPlan, BatchProgress, BatchSummary
    from copyassist.types import Account

FORMATS = ("csv", "tsv", "xlsx", "jsonl", "parquet")
STOPPED = 130


@click.command("batch", cls=SpokenCommand)
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path))
@click.option("--title-col", default="")
@click.option("--platform-col", default="")
@click.option("--body-col", default="")
@click.option("--form-col", default="")
@click.option("--sheet", default="")
@click.option("-p", "--platform", default=None)
@click.option("-a", "--account", default="")
@click.option(
    "--context",
    "purpose",
    type=click.Choice([p.value for p in Purpose]),
    default=Purpose.AUTO.value,
)
@click.option("--form", "post_form", default="")
@click.option("--format", "form", type=click.Choice(FORMATS))
@click.option(
    "--headings", type=click.Choice(["words", "codes"]), default="words", show_default=True
)
@click.option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
)
@click.option("-y", "-f", "--yes", is_flag=True)
@click.pass_obj
def command(
    session: Session, /, source: Path, out: Path | None, **options: str | bool | None
) -> int:
    """Judge a file of titles (txt, csv, tsv, xlsx, xls, json, jsonl, parquet; - for standard input); a killed run can be resumed. A workbook is read into memory as a whole; the others may be larger than memory."""
    with _held(source, out) as held:
        return _judge(session, held, out, options)


def _judge(
    session: Session, source: Path, out: Path | None, options: dict[str, str | bool | None]
) -> int:
    plan, account = _make_plan(session, source, out, options)
    _tell_columns(session, plan)
    overwrite = bool(options["yes"]) or _ask_overwrite(session, plan)
    try:
        summary = _run(session, plan, account, overwrite=overwrite)
    except InputError as error:
        if error.code != "batch_plan_changed" or not _ask_discard(session, error):
            raise
        summary = _run(session, plan, account, overwrite=True)
    if not summary.finished:
        rows, folder = summary.tally.rows, plan.parts
        echo(session.say("batch.stopped", rows=rows, folder=folder), err=True)
        return STOPPED
    from copyassist.commands.batch_text import summary_lines

    for line in summary_lines(session.language, plan, summary):
        echo(line, err=True)
    _tell_coverage(session, account)
    return int(summary.reaches(plan.options.fail_on))


def _tell_coverage(session: Session, account: "Account | None") -> None:
    """Against what the titles were checked, and what cannot be."""
    from copyassist.desk.coverage_words import word_coverage

    for line in word_coverage(session.language, session.assistant.rules.rules(account).coverage):
        echo(line, err=True)


def _name_form(session: Session, platform: Platform, named: str) -> str:
    """The form of the platform that is usual here. Raises UsageError unknown_form."""
    return session.assistant.form(platform, named).id if named else ""


@contextmanager
def _held(source: Path, out: Path | None) -> Iterator[Path]:
    """A file as it is; what comes through a pipe, in a file that goes at the end.

    Raises UsageError batch_pipe_needs_out.
    """
    piped = str(source) == "-" or (source.exists() and not source.is_file() and not source.is_dir())
    if not piped:
        yield source
        return
    if out is None:
        raise UsageError("batch_pipe_needs_out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(out, error) from error
    with scratch(out) as folder:
        copy = folder / "standard-input"
        with copy.open("wb") as kept:
            if str(source) == "-":
                shutil.copyfileobj(sys.stdin.buffer, kept)
            else:
                with source.open("rb") as pipe:
                    shutil.copyfileobj(pipe, kept)
        yield copy


def _tell_columns(session: Session, plan: "BatchPlan") -> None:
    """Which columns were taken for what, where the user did not say so."""
    places = (plan.title, plan.platform, plan.body, plan.post_form)
    names = dict(zip(("title", "platform", "body", "form"), places, strict=True))
    said = [
        session.say(f"batch.column.{name}", column=plan.source.columns[place])
        for name, place in names.items()
        if place is not None
    ]
    if plan.source.sheet and len(plan.source.sheets) > 1:
        said.insert(0, session.say("batch.column.sheet", column=plan.source.sheet))
    if plan.source.kind != "lines":
        mark = "；" if session.language == "zh" else "; "
        echo(session.say("batch.columns_taken", columns=mark.join(said)), err=True)


def _make_plan(
    session: Session, source: Path, out: Path | None, options: dict[str, str | bool | None]
) -> "tuple[BatchPlan, Account | None]":
    from copyassist.batch import FORMATS as KNOWN
    from copyassist.batch import BatchOptions

    assistant = session.assistant
    account = assistant.posts.account(str(options["account"] or ""))
    platform, why = choose_platform(session, str(options["platform"] or ""), account)
    form = next((known for known in KNOWN if known == options["form"]), None)
    chosen = BatchOptions(
        title_column=str(options["title_col"] or ""),
        platform_column=str(options["platform_col"] or ""),
        body_column=str(options["body_col"] or ""),
        form_column=str(options["form_col"] or ""),
        post_form=_name_form(session, platform, str(options["post_form"] or "")),
        sheet=str(options["sheet"] or ""),
        platform=platform.id,
        purpose=Purpose(str(options["purpose"])),
        language=session.language,
        form=form,
        worded=options["headings"] == "words",
        fail_on=Severity(str(options["fail_on"])) if options["fail_on"] else None,
    )
    plan = assistant.batch.plan(source, out, account, chosen)
    if why:
        echo(session.say("batch.unnamed", why=why) if plan.platform is not None else why, err=True)
    return plan, account


def _ask_overwrite(session: Session, plan: "BatchPlan") -> bool:
    if not plan.out.exists() or not sys.stdin.isatty():
        return False
    if not ask(session.say("batch.overwrite", name=plan.out), err=True):
        raise UsageError("batch_out_exists", name=str(plan.out))
    return True


def _ask_discard(session: Session, error: InputError) -> bool:
    if not sys.stdin.isatty():
        return False
    changed = error.params["changed"]
    names = [changed] if isinstance(changed, str) else list(changed)  # type: ignore[call-overload]
    what = "、".join(session.say(f"batch.change.{name}") for name in names)
    folder = error.params["folder"]
    return ask(session.say("batch.changed", folder=folder, what=what), err=True)


def _run(
    session: Session, plan: "BatchPlan", account: "Account | None", *, overwrite: bool
) -> "BatchSummary":
    with _show_progress(session, plan) as tell, _catch_interrupt() as cancelled:
        return session.assistant.batch.run(
            plan, account, progress=tell, cancelled=cancelled, overwrite=overwrite
        )


@contextmanager
def _catch_interrupt() -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C ends the run after the shard in hand, the second at once."""
    stopped: list[int] = []

    def stop(number: int, _: object) -> None:
        stopped.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: bool(stopped)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _show_progress(
    session: Session, plan: "BatchPlan"
) -> "Iterator[Callable[[BatchProgress], None] | None]":
    """A bar with rate and time left on a terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich import progress as rich  # only where it is seen
    from rich.markup import escape

    columns = (
        rich.TextColumn(escape(show_text(plan.source.path.name))),
        rich.BarColumn(),
        rich.TaskProgressColumn(),
        rich.TextColumn("{task.fields[rate]}"),
        rich.TimeRemainingColumn(),
    )
    with rich.Progress(*columns, console=open_console(err=True)) as bar:
        task = bar.add_task("", total=1.0, rate="")

        def tell(state: "BatchProgress") -> None:
            rate = session.say("batch.rate", rate=state.rate)
            bar.update(task, completed=state.share, rate=rate)

        yield tell
