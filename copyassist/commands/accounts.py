"""`copyassist accounts`: the writer's own accounts and those they follow."""

from pathlib import Path

import click

from copyassist.commands.console import ask, echo, print_table, show_text
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenGroup
from copyassist.errors import UsageError
from copyassist.types import Account


@click.group("accounts", cls=SpokenGroup, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List, add, rename, delete and export accounts."""
    if context.invoked_subcommand is None:
        _list(context.obj)


def _list(session: Session) -> None:
    assistant = session.assistant
    found = assistant.posts.accounts()
    if not found:
        echo(session.say("accounts.none"))
        return
    rows = [
        (
            account.name,
            session.say(f"accounts.relation.{'demo' if account.is_demo else account.relation}"),
            _count_posts(session, account),
            session.say("accounts.default_mark")
            if account.name == session.settings.default_account
            else "",
        )
        for account in found
    ]
    headings = ("name", "relation_heading", "posts", "default_heading")
    print_table([session.say(f"accounts.{heading}") for heading in headings], rows)


def _count_posts(session: Session, account: Account) -> str:
    counted = session.assistant.posts.account_platforms(account)
    return " ".join(f"{platform} {posts}" for platform, posts in counted.items())


@command.command("add")
@click.argument("name")
@click.option("--followed", is_flag=True)
@click.pass_obj
def add(session: Session, name: str, followed: bool) -> None:
    """Add an account."""
    account = session.assistant.posts.add_account(name, "followed" if followed else "own")
    echo(session.say("accounts.added", name=show_text(account.name)))


@command.command("rename")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename(session: Session, old: str, new: str) -> None:
    """Rename an account."""
    session.assistant.posts.rename_account(require_account(session, old), new)
    echo(session.say("accounts.renamed", old=show_text(old), new=show_text(new)))


@command.command("delete")
@click.argument("name")
@click.option("-y", "--yes", is_flag=True)
@click.pass_obj
def delete(session: Session, name: str, yes: bool) -> None:
    """Delete an account with all that is its own."""
    account = require_account(session, name)
    posts = sum(session.assistant.posts.account_platforms(account).values())
    question = session.say("accounts.ask_delete", name=show_text(name), posts=posts)
    if not yes and not ask(question, default=False):
        echo(session.say("accounts.kept"))
        return
    session.assistant.posts.delete_account(account)
    echo(session.say("accounts.deleted", name=show_text(name)))


@command.command("default")
@click.argument("name", required=False)
@click.option("--none", "clear", is_flag=True)
@click.pass_obj
def default(session: Session, name: str | None, clear: bool) -> None:
    """Show or set the default account."""
    assistant = session.assistant
    if clear:
        assistant.change_settings(default_account="")
    elif name is not None:
        assistant.change_settings(default_account=require_account(session, name).name)
    chosen = assistant.settings.default_account
    key = "accounts.default_is" if chosen else "accounts.default_none"
    echo(session.say(key, name=show_text(chosen)))


@command.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("-y", "--yes", is_flag=True)
@click.pass_obj
def export(session: Session, name: str, file: Path, yes: bool) -> None:
    """Write an account to a .csv or .json file."""
    account = require_account(session, name)
    if file.exists() and not yes:
        raise UsageError("file_exists", path=str(file))
    posts = session.assistant.posts.export_account(account, file)
    echo(session.say("accounts.exported", name=show_text(name), posts=posts, file=str(file)))


def require_account(session: Session, name: str) -> Account:
    """The named account, the default one for "". Raises UsageError."""
    account = session.assistant.posts.account(name)
    if account is None:
        raise UsageError("import_needs_account")
    return account
