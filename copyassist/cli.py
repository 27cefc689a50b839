"""The command line: `copyassist COMMAND`. Each command is one file in `commands`."""

import os
import sys
from collections.abc import Sequence

import click

from copyassist.commands import COMMANDS, Session, fail
from copyassist.commands.spoken import SpokenGroup, find_flag, translate_click
from copyassist.errors import CopyAssistError
from copyassist.home import close_to_others
from copyassist.i18n import LANGUAGES


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


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(LANGUAGES), default=None)
@click.version_option(package_name="copyassist", message="copyassist %(version)s")
@click.pass_obj
def cli(session: Session, lang: str | None) -> None:
    """The desk for Chinese new-media writers."""
    session.language_flag = lang


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and exits: 0 fine, 1 findings, 2 wrong use, 3 store or model trouble."""
    close_to_others(folder=not _only_looks(sys.argv[1:] if arguments is None else arguments))
    _use_utf8()
    _use_one_thread()
    session = Session()
    try:
        code = cli.main(args=arguments, obj=session, standalone_mode=False)
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except CopyAssistError as error:
        code = fail(error, session.language)
    except BrokenPipeError:
        # The reader went away, as `| head` does: nothing to say, and nothing more to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code or 0)


def _only_looks(arguments: Sequence[str]) -> bool:
    """Whether the command is the one that changes nothing."""
    return next((one for one in arguments if one in COMMANDS), "") == "doctor"


def _use_one_thread() -> None:
    """The models' arithmetic is small: threads would cost more to start than they save.

    Measured on two busy cores: 0.65 s of processor time for a cold score instead of 0.75-1.3 s.
    """
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def _use_utf8() -> None:
    """A console that cannot show a character gets a replacement, not a stack trace."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
