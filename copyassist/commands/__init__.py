"""The commands by name. Each loads its own file when it is called, so that `score` stays quick.

A new command is one file here with a `command`, and one line in COMMANDS.
"""

from collections.abc import Callable, Mapping

import click

from copyassist.commands.session import Session, fail

__all__ = ["COMMANDS", "Session", "fail"]


def _score() -> click.Command:
    from copyassist.commands.score import command

    return command


def _check() -> click.Command:
    from copyassist.commands.check import command

    return command


def _packs() -> click.Command:
    from copyassist.commands.packs import command

    return command


def _allow() -> click.Command:
    from copyassist.commands.allow import command

    return command


def _rewrite() -> click.Command:
    from copyassist.commands.rewrite import command

    return command


def _keywords() -> click.Command:
    from copyassist.commands.keywords import command

    return command


def _import() -> click.Command:
    from copyassist.commands.import_posts import command

    return command


def _imports() -> click.Command:
    from copyassist.commands.import_posts import imports_command

    return imports_command


def _evaluate() -> click.Command:
    from copyassist.commands.evaluate import command

    return command


def _accounts() -> click.Command:
    from copyassist.commands.accounts import command

    return command


def _posts() -> click.Command:
    from copyassist.commands.posts import command

    return command


def _batch() -> click.Command:
    from copyassist.commands.batch import command

    return command


def _ui() -> click.Command:
    from copyassist.commands.ui import command

    return command


def _demo() -> click.Command:
    from copyassist.commands.demo import command

    return command


def _backup() -> click.Command:
    from copyassist.commands.backup import command

    return command


def _restore() -> click.Command:
    from copyassist.commands.backup import restore_command

    return restore_command


def _platforms() -> click.Command:
    from copyassist.commands.platforms import command

    return command


def _where() -> click.Command:
    from copyassist.commands.where import command

    return command


def _doctor() -> click.Command:
    from copyassist.commands.doctor import command

    return command


def _collect() -> click.Command:
    from copyassist.commands.collect import command

    return command


def _hot() -> click.Command:
    from copyassist.commands.hot import command

    return command


def _sources() -> click.Command:
    from copyassist.commands.sources import command

    return command


def _history() -> click.Command:
    from copyassist.commands.history import command

    return command


def _dup() -> click.Command:
    from copyassist.commands.dup import command

    return command


def _corpus() -> click.Command:
    from copyassist.commands.corpus import command

    return command


COMMANDS: Mapping[str, Callable[[], click.Command]] = {
    "score": _score,
    "check": _check,
    "rewrite": _rewrite,
    "keywords": _keywords,
    "batch": _batch,
    "dup": _dup,
    "corpus": _corpus,
    "import": _import,
    "imports": _imports,
    "posts": _posts,
    "evaluate": _evaluate,
    "accounts": _accounts,
    "platforms": _platforms,
    "packs": _packs,
    "allow": _allow,
    "hot": _hot,
    "collect": _collect,
    "sources": _sources,
    "history": _history,
    "ui": _ui,
    "demo": _demo,
    "backup": _backup,
    "restore": _restore,
    "where": _where,
    "doctor": _doctor,
}
