"""`copyassist ui`: the pages in the browser."""

import os
import subprocess
import sys

import click

from copyassist.commands.session import Session


@click.command("ui")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="端口，默认从 8501 起找空闲的 / port",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="还允许用这个主机名打开页面，可多次 / a further host name for the pages",
)
@click.option("--no-browser", is_flag=True, help="不自动打开浏览器 / do not open the browser")
@click.pass_obj
def command(session: Session, port: int | None, hosts: tuple[str, ...], no_browser: bool) -> None:
    """打开网页版写作台（只在本机）。 Open the pages, on this machine only."""
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
