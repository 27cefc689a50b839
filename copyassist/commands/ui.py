"""`copyassist ui`: the pages in the browser."""

import click

from copyassist.commands.session import Session


@click.command("ui")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="端口，默认从 8501 起找空闲的 / port",
)
@click.option("--no-browser", is_flag=True, help="不自动打开浏览器 / do not open the browser")
@click.pass_obj
def command(session: Session, port: int | None, no_browser: bool) -> None:
    """打开网页版写作台（只在本机）。 Open the pages, on this machine only."""
    from copyassist.ui.launch import HOST, find_port, launch

    chosen = find_port(port)
    click.echo(session.say("ui.launch.address", address=f"http://{HOST}:{chosen}"))
    launch(chosen, browser=not no_browser)
