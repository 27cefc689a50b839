"""The one way to the terminal: nothing that was imported, fetched or typed can steer it.

Texts are said in the console's own encoding, a character that it lacks replaced; documents and
tables for other programs are UTF-8 whatever the console is.
"""

import errno
import io
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from copyassist.errors import OutputClosed, OutputError
from copyassist.hiding import hide_secrets
from copyassist.streams import drop, tame, tame_json

if TYPE_CHECKING:
    from rich.console import Console

# On Windows a pipe whose reader went away answers with EINVAL.
_CLOSED = {errno.EPIPE, *([errno.EINVAL] if os.name == "nt" else [])}


def echo(text: object = "", *, err: bool = False, nl: bool = True, bold: bool = False) -> None:
    """Says a text on standard output, or on standard error, without what steers a terminal.

    Raises OutputError or OutputClosed where standard output does not take it; what standard error
    does not take is lost.
    """
    said = tame(str(text))
    with _watched(err):
        click.echo(click.style(said, bold=True) if bold else said, err=err, nl=nl)


def echo_data(text: str, form: str = "") -> None:
    """Writes a document or a table for other programs on standard output, in UTF-8.

    `form` "json" keeps the document's meaning to the last mark. Raises OutputError or OutputClosed.
    """
    tamed = tame_json(text) if form == "json" else tame(text)
    # What stands in for standard output inside another program may know no bytes.
    out = tamed.encode() if hasattr(sys.stdout, "buffer") else tamed
    with _watched(False):
        click.echo(out, nl=False)


def echo_json(document: object) -> None:
    """Writes a JSON document on standard output, in UTF-8. Raises OutputError or OutputClosed."""
    echo_data(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "json")


def ask(question: str, *, default: bool = False, err: bool = False) -> bool:
    """A question that is answered with yes or no. Raises OutputError, OutputClosed, click.Abort."""
    with _watched(err):
        return click.confirm(tame(question), default=default, err=err)
    return False  # nobody saw the question


def flush_output() -> None:
    """Sends what is still on its way out, as a question is. Raises OutputError, OutputClosed."""
    with _watched(False):
        sys.stdout.flush()


def tell_misuse(error: click.ClickException) -> None:
    """Says click's own mistake on standard error, without keys that were typed."""
    shown = io.StringIO()
    error.show(shown)
    echo(hide_secrets(shown.getvalue()), err=True, nl=False)


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints rows under headings. Cells are shown as they are, on one line, never as markup.

    A drawn table for eyes, UTF-8 lines with tabs for a pipe.
    """
    if not sys.stdout.isatty():
        lines = ("\t".join(map(show_text, row)) for row in (headings, *rows))
        echo_data("".join(f"{line}\n" for line in lines))
        return
    from rich.table import Table  # only for eyes
    from rich.text import Text

    table = Table(*headings)
    for row in rows:
        table.add_row(*(Text(show_text(cell), overflow="fold") for cell in row))
    with _watched(False):
        open_console().print(table)


def open_console(*, err: bool = False) -> "Console":
    """A console for tables and bars. What is put on it goes through `show_text` first."""
    from rich.console import Console  # only for eyes

    return Console(stderr=err)


def say_above(console: "Console", text: str) -> None:
    """Says a line above the bar of a console: plain text, never markup."""
    console.print(tame(text), markup=False, highlight=False, soft_wrap=True)


def show_text(text: str) -> str:
    """A user's text on one line, without control characters."""
    return re.sub(r"[\t\r\n]+", " ", tame(text)).strip()


@contextmanager
def _watched(err: bool) -> Iterator[None]:
    """Names the failures of a stream, and lets nothing more go out on one that failed."""
    try:
        yield
    except OSError as error:
        drop(sys.stderr if err else sys.stdout)
        if err:
            return
        if error.errno in _CLOSED:
            raise OutputClosed("output_closed") from error
        code = "output_full" if error.errno == errno.ENOSPC else "output_unwritable"
        raise OutputError(code, reason=error.strerror or str(error)) from error
