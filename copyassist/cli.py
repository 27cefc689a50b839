"""The command line: `copyassist COMMAND`. Each command is one file in `commands`."""

import os
import sys
from collections.abc import Sequence

import click

from copyassist.commands import COMMANDS, Session, fail
from copyassist.commands.console import echo, flush_output, tell_misuse
from copyassist.commands.spoken import SpokenGroup, find_flag, translate_click
from copyassist.errors import CopyAssistError, OutputClosed, OutputError
from copyassist.home import close_to_others
from copyassist.i18n import LANGUAGES
from copyassist.streams import open_closed


class _LazyGroup(SpokenGroup):
    """Loads a command's module when it is called: `score` does not pay for `batch`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Settles the language before anything is said, mistakes and help included."""
        session = ctx.ensure_object(Session)
        session.language_flag = find_flag(args)
        translate_click(session.language)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        load = COMMANDS.get(name)
        return load() if load else None


def _show_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version  # asked for once in a while

        echo(f"copyassist {version('copyassist')}")
        ctx.exit()


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(LANGUAGES), default=None)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version)
@click.pass_obj
def cli(session: Session, lang: str | None) -> None:
    """The desk for Chinese new-media writers."""
    session.language_flag = lang


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and exits: 0 fine, 1 findings, 2 wrong use, 3 store or model trouble, 4 and 141 where
    standard output takes no more (docs/contracts.md)."""
    open_closed()
    close_to_others(folder=not _only_looks(sys.argv[1:] if arguments is None else arguments))
    _replace_unencodable()
    _use_one_thread()
    session = Session()
    code = _run(session, arguments)
    try:
        flush_output()
    except OutputError as error:
        code = code or error.exit_code
    sys.exit(code)


def _run(session: Session, arguments: Sequence[str] | None) -> int:
    """Runs a command, says what stopped it, and gives the exit code."""
    try:
        return cli.main(args=arguments, obj=session, standalone_mode=False) or 0
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        tell_misuse(error)
        return 2
    except OutputClosed as error:
        return error.exit_code
    except CopyAssistError as error:
        return fail(error, session.language)


def _only_looks(arguments: Sequence[str]) -> bool:
    """Whether the command is the one that changes nothing."""
    return next((one for one in arguments if one in COMMANDS), "") == "doctor"


def _use_one_thread() -> None:
    """The models' arithmetic is small: threads would cost more to start than they save.

    Measured on two busy cores: 0.65 s of processor time for a cold score instead of 0.75-1.3 s.
    """
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def _replace_unencodable() -> None:
    """A console that cannot show a character gets a replacement, not a stack trace."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
