"""`copyassist ui`: the pages in the browser."""

import os
import subprocess
import sys

import click

from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand


@click.command("ui", cls=SpokenCommand)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
)
@click.option("--no-browser", is_flag=True)
@click.pass_obj
def command(session: Session, port: int | None, hosts: tuple[str, ...], no_browser: bool) -> None:
    """Open the pages, on this machine only."""
    arguments = [sys.executable, "-m", "copyassist.ui"]
    arguments += ["--port", str(port)] if port else []
    arguments += [word for host in hosts for word in ("--allow-host", host)]
    arguments += ["--no-browser"] if no_browser else []
    flag = session.language_flag
    _become(arguments, {**os.environ, **({"COPYASSIST_LANG": flag} if flag else {})})


def _become(arguments: list[str], environment: dict[str, str]) -> None:
    """Replaces this process, so that a signal to it reaches the server."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(arguments[0], arguments, environment)  # noqa: S606  our own interpreter
    # Windows has no exec that keeps the console: a child does.
    sys.exit(subprocess.run(arguments, env=environment, check=False).returncode)  # noqa: S603
