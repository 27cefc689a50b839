"""`copyassist import FILE…` and `copyassist imports`: what was understood, then saved or undone."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from copyassist.commands.console import ask, echo
from copyassist.commands.import_text import show_imports, show_preview, show_receipt
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand, SpokenGroup, find_language
from copyassist.errors import CopyAssistError, InputError, UsageError
from copyassist.i18n import say
from copyassist.posts.importing import ImportPreview
from copyassist.store import ImportReceipt, NewAccount
from copyassist.types import Account

MAX_BYTES = 200 * 1024**2
FORGET: Mapping[str, str] = {"-": "-"}
"""What `--map -` says: forget which columns were named for such a table."""
_Saved = tuple[ImportReceipt, Account, bool]  # and whether the account is new


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """The options of an import, as they were given."""

    account: str
    platform: str | None
    followed: bool
    yes: bool
    restore_deleted: bool


class _ImportCommand(SpokenCommand):
    """Lists behind the options what --map can name, each with its meaning."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from copyassist.posts.importing import FIELDS, METRICS

        language = find_language(ctx)
        rows = [(name, say(language, f"import.fields.{name}")) for name in FIELDS]
        rows += [(name, say(language, f"metrics.{name}")) for name in METRICS]
        with formatter.section(say(language, "import.fields_of_map")):
            formatter.write_dl(rows)


@click.command("import", cls=_ImportCommand)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("-a", "--account", default="")
@click.option("-p", "--platform", default=None)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN",
)
@click.option("--followed", is_flag=True)
@click.option("-y", "--yes", is_flag=True)
@click.option("--restore-deleted", is_flag=True)
@click.pass_obj
def command(session: Session, /, files: Sequence[str], mapping: Sequence[str], **given: Any) -> int:
    """Import metric exports; - reads a pasted table from standard input. In a terminal it asks before it saves; elsewhere it saves and says so."""
    assistant = session.assistant
    options = _Options(**given)
    platform = assistant.platform(options.platform).id if options.platform else None
    columns = _parse_mapping(mapping)
    codes = [_import_one(session, file, platform, columns, options) for file in files]
    return max(codes, default=0)


def _import_one(
    session: Session,
    file: str,
    platform: str | None,
    columns: Mapping[str, str],
    options: _Options,
) -> int:
    """Imports one file; a file that cannot be read is told and does not stop the others."""
    try:
        forget = columns == FORGET
        preview = _preview(session, file, platform, {} if forget else columns)
        if forget and preview.remembered:
            session.assistant.posts.forget_columns(preview.shape)
            preview = _preview(session, file, platform, {})
        columns = {} if forget else columns
        return _show_and_save(session, preview, platform, columns, options)
    except (InputError, UsageError) as error:
        return _tell(session, error)


def _tell(session: Session, error: CopyAssistError) -> int:
    from copyassist.commands.session import fail

    return fail(error, session.language)


def _preview(
    session: Session, file: str, platform: str | None, columns: Mapping[str, str]
) -> ImportPreview:
    if file == "-":
        return session.assistant.posts.preview_import(
            "", sys.stdin.buffer.read(MAX_BYTES + 1), platform=platform, mapping=columns
        )
    return session.assistant.posts.preview_import(
        Path(file).name, _read(file), platform=platform, mapping=columns
    )


def _read(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError("file_missing", path=file) from error
    except OSError as error:
        raise InputError("file_not_readable", name=file, reason=error.strerror or "") from error


def _show_and_save(
    session: Session,
    preview: ImportPreview,
    platform: str | None,
    columns: Mapping[str, str],
    options: _Options,
) -> int:
    """Shows a preview and asks; where nobody is asked, saves first: the output may fail."""
    if _must_ask(options) or not preview.posts:
        show_preview(session, preview)
    if not preview.posts:
        return 2  # the preview has said why
    try:
        saved = _save(session, preview, platform, columns, options)
    finally:
        if not _must_ask(options):
            show_preview(session, preview)
    if saved is None:
        echo(session.say("import.ask.cancelled"))
        return 0
    receipt, account, is_new = saved
    if is_new:
        echo(session.say("import.ask.new_account", account=account.name))
    show_receipt(session, receipt, account)
    return 0


def _save(
    session: Session,
    preview: ImportPreview,
    platform: str | None,
    columns: Mapping[str, str],
    options: _Options,
) -> _Saved | None:
    chosen = platform or preview.platform or ""
    if not chosen and any(not post.platform for post in preview.posts):
        raise UsageError("import_needs_platform", file=preview.file or "-")
    name = options.account or session.settings.default_account
    if not name:
        raise UsageError("import_needs_account")
    if _must_ask(options) and not ask(session.say("import.ask.save", account=name), default=True):
        return None
    account = _find_account(session, name, followed=options.followed)
    receipt = session.assistant.posts.save_import(
        preview, account, chosen, restore_deleted=options.restore_deleted
    )
    session.assistant.posts.remember_columns(preview.shape, columns)
    saved = next(a for a in session.assistant.posts.accounts() if a.id == receipt.account_id)
    return receipt, saved, isinstance(account, NewAccount)


def _must_ask(options: _Options) -> bool:
    # Without a terminal nobody can answer: the receipt says what was saved and how to undo it.
    return not options.yes and sys.stdin.isatty() and sys.stdout.isatty()


def _find_account(session: Session, name: str, *, followed: bool) -> Account | NewAccount:
    found = next((a for a in session.assistant.posts.accounts() if a.name == name), None)
    return found or NewAccount(name=name, relation="followed" if followed else "own")


def _parse_mapping(pairs: Sequence[str]) -> dict[str, str]:
    if list(pairs) == ["-"]:
        return dict(FORGET)
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, mark, heading = pair.partition("=")
        if not mark or not field.strip() or not heading.strip():
            raise UsageError("import_bad_mapping", text=pair)
        mapping[field.strip()] = heading.strip()
    return mapping


@click.group("imports", cls=SpokenGroup, invoke_without_command=True)
@click.option("-a", "--account", default="")
@click.pass_context
def imports_command(context: click.Context, account: str) -> None:
    """List imports; undo one by its number."""
    if context.invoked_subcommand is None:
        session: Session = context.obj
        found = session.assistant.posts.account(account) if account else None
        show_imports(session, session.assistant.posts.imports(found))


@imports_command.command("undo")
@click.argument("number", type=int)
@click.pass_obj
def undo_command(session: Session, number: int) -> None:
    """Take one import back."""
    undone = session.assistant.posts.undo_import(number)
    echo(
        session.say(
            "import.receipt.undone",
            number=undone.import_id,
            file=undone.file or session.say("import.preview.pasted"),
            removed=undone.removed_posts,
            observations=undone.observations,
            kept=undone.kept_posts,
        )
    )
