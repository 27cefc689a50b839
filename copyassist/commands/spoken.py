"""Commands that speak the language chosen: their help is sentences, click's own words are translated.

The text of a command `hot report` is the sentence help.hot.report.about, that of its option
`only_new` help.hot.report.only_new.
"""

import copy
import gettext
import os
import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

import click

from copyassist.commands.console import echo
from copyassist.i18n import LANGUAGES, Language, find_sentence, say
from copyassist.resources import find_asset

_DOMAIN = "click"
_FLAG = "--lang"
_LONG_DASHES = re.compile("[-–—―−－]*[–—―−－][-–—―−－]*([a-z][a-z-]*)(=.*)?")


class _NotAnOption(click.NoSuchOption):
    """A mistyped option, with a word on how a title that begins like one is written."""

    def __init__(self, error: click.NoSuchOption, hint: str) -> None:
        super().__init__(error.option_name, error.message, error.possibilities, error.ctx)
        self._hint = hint

    def format_message(self) -> str:
        return f"{super().format_message()}\n{self._hint}"


class SpokenCommand(click.Command):
    """A command whose help comes from the sentences. No mistyped option is taken for a title."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuses what looks like an option and is none, also with the dashes of a word processor."""
        given = list(args)
        try:
            _refuse_long_dashes(self, ctx, args)
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            # A group's context may end the same way for a command below: it has been told there.
            takes_texts = any(isinstance(param, click.Argument) for param in self.params)
            if error.ctx is not ctx or not takes_texts:
                raise
            typed = next((one for one in given if one.startswith(error.option_name)), "")
            raise _NotAnOption(error, _word_dashes(ctx, typed or error.option_name)) from None

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The parameters, the options with their help."""
        return [_speak(param, ctx) for param in super().get_params(ctx)]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands in the line of usage behind the command's name."""
        pieces = super().collect_usage_pieces(ctx)
        return [gettext.gettext(piece) if piece else piece for piece in pieces]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what the command is for."""
        with formatter.indentation():
            for number, paragraph in enumerate(_find(ctx, "about").split("\n\n")):
                formatter.write_paragraph() if number else formatter.write("\n")
                formatter.write_text(paragraph)


class SpokenGroup(SpokenCommand, click.Group):
    """A group whose commands are shown with the first sentence of what they are for."""

    command_class = SpokenCommand
    group_class = type

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes a line for each command."""
        rows = [(name, _shorten(_find(ctx, f"{name}.about"))) for name in self.list_commands(ctx)]
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl(rows)


def find_language(ctx: click.Context) -> Language:
    """The language of the call that a context belongs to."""
    from copyassist.commands.session import Session  # which stands on more than words

    session = ctx.find_root().obj
    return session.language if isinstance(session, Session) else "zh"


def word_value(ctx: click.Context | None, kind: str, value: object) -> str:
    """That a value is not of a kind, and how one is written."""
    language = find_language(ctx) if ctx is not None else "zh"
    return say(language, f"cli.wrong.{kind}", value=value)


def find_flag(arguments: Sequence[str]) -> Language | None:
    """The language that arguments ask for, wherever they do: mistakes before it speak it too."""
    wanted = [after for flag, after in pairwise(arguments) if flag == _FLAG]
    wanted += [one.removeprefix(f"{_FLAG}=") for one in arguments if one.startswith(f"{_FLAG}=")]
    return next((language for language in LANGUAGES if language in wanted), None)


def translate_click(language: Language) -> None:
    """Lets click's own words be said in a language, from assets/click/<language>."""
    os.environ["LANGUAGE"] = language  # what gettext looks at first
    gettext.bindtextdomain(_DOMAIN, str(find_asset("click")))
    gettext.textdomain(_DOMAIN)


def _refuse_long_dashes(command: click.Command, ctx: click.Context, args: Sequence[str]) -> None:
    """Raises NoSuchOption for —platform: where -- became a dash on its way from a page or a chat."""
    names = {name for param in command.params for name in param.opts if name.startswith("--")}
    for one in takewhile(lambda text: text != "--", args):
        if (found := _LONG_DASHES.fullmatch(one)) and f"--{found[1]}" in names:
            raise click.NoSuchOption(one, possibilities=[f"--{found[1]}"], ctx=ctx)


def _word_dashes(ctx: click.Context, typed: str) -> str:
    return say(find_language(ctx), "cli.dashes", command=ctx.command_path, text=typed)


def _speak(param: click.Parameter, ctx: click.Context) -> click.Parameter:
    """The option with its help and its kind of value."""
    if not isinstance(param, click.Option):
        return param
    spoken = copy.copy(param)
    spoken.help = _find(ctx, param.name or "") or param.help
    if "--help" in param.opts:  # click makes it once, in the language of that moment
        spoken.help = gettext.gettext("Show this message and exit.")
        spoken.callback = _show_help
    if param.metavar is None:
        kind = param.type.name.replace(" ", "_")
        spoken.metavar = find_sentence(find_language(ctx), f"help.kinds.{kind}")
    return spoken


def _show_help(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        echo(ctx.get_help())
        ctx.exit()


def _find(ctx: click.Context, name: str) -> str:
    key = ".".join(["help", *_find_path(ctx), name])
    return find_sentence(find_language(ctx), key) or ""


def _find_path(ctx: click.Context) -> list[str]:
    """The names of the commands down to this one, without the program's."""
    if ctx.parent is None:
        return []
    return [*_find_path(ctx.parent), ctx.info_name or ""]


def _shorten(text: str) -> str:
    """The first sentence, without its full stop."""
    first = text.split("\n")[0].split("。")[0].split("; ")[0].split(". ")[0]
    return first.rstrip(".")
