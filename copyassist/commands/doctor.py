"""`copyassist doctor`: what is wrong with the installation and the data, and what to do."""

from typing import Literal

import click

from copyassist.commands.console import echo, echo_json
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand


@click.command("doctor", cls=SpokenCommand)
@click.option("--online", is_flag=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_obj
def command(session: Session, online: bool, form: Literal["text", "json"]) -> int:
    """What is wrong, and what to do."""
    from copyassist.commands.doctor_text import make_document, write_lines
    from copyassist.doctor import Surroundings, examine

    here = Surroundings(online=online)
    # Not the session's: with any other setting broken, that would be Chinese.
    language = session.language if session.language_flag else here.settings.language
    found = examine(here)
    if form == "json":
        echo_json(make_document(language, found))
    else:
        for line in write_lines(language, found):
            echo(line)
    return int(found.state == "trouble")
