"""`copyassist demo`: an account to try everything on, and its removal."""

import click

from copyassist.commands.session import Session


@click.command("demo")
@click.option("--remove", is_flag=True, help="删除示例账号 / remove it")
@click.option(
    "--if-empty", is_flag=True, help="仅当还没有任何账号时载入 / only into an empty store"
)
@click.pass_obj
def command(session: Session, remove: bool, if_empty: bool) -> None:
    """载入示例账号（数据为模拟）。 Load the demo account (simulated figures)."""
    assistant = session.assistant
    if remove:
        gone = assistant.posts.remove_demo()
        click.echo(session.say("cli.demo.removed" if gone else "cli.demo.absent"))
    elif if_empty and assistant.posts.accounts():
        click.echo(session.say("cli.demo.not_empty"))
    else:
        account, count = assistant.posts.load_demo()
        click.echo(session.say("cli.demo.loaded", account=account.name, count=count))
