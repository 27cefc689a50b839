"""Commands that speak the language chosen: their help is sentences, click's own words are translated.

The text of a command `hot report` is the sentence help.hot.report.about, that of its option
`only_new` help.hot.report.only_new.
"""

import copy
import gettext
import os
from collections.abc import Sequence
from itertools import pairwise

import click

from copyassist.commands.console import echo
from copyassist.i18n import LANGUAGES, Language, find_sentence
from copyassist.resources import find_asset

_DOMAIN = "click"
_FLAG = "--lang"


class SpokenCommand(click.Command):
    """A command whose help comes from the sentences."""

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
