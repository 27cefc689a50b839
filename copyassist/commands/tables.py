"""Lists in the terminal: a drawn table for eyes, lines with tabs for a pipe."""

import re
import sys
from collections.abc import Sequence

import click

# Control characters in a title could move the cursor or recolour the terminal.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints rows under headings. Cells are shown as they are, on one line, never as markup."""
    if not sys.stdout.isatty():
        for row in (headings, *rows):
            click.echo("\t".join(map(show_text, row)))
        return
    from rich.console import Console  # only for eyes
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings)
    for row in rows:
        table.add_row(*(Text(show_text(cell), overflow="fold") for cell in row))
    Console().print(table)


def show_text(text: str) -> str:
    """A user's text on one line, without control characters."""
    return _CONTROL.sub(" ", text).strip()
