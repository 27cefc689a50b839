"""`copyassist rewrite TITLE`: what mends a title's faults, and other ways to say it."""

import click

from copyassist.commands.console import echo, echo_json
from copyassist.commands.score import choose_platform, read_body
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.types import Draft


@click.command("rewrite", cls=SpokenCommand)
@click.argument("title", metavar="TITLE")
@click.option("--body", type=click.Path(dir_okay=False))
@click.option("-p", "--platform", default=None)
@click.option("-a", "--account", default="")
@click.option("-k", "--keyword", default="")
@click.option("-n", "--n", "shown", type=click.IntRange(1, 50), default=10)
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def command(session: Session, /, title: str, shown: int, **options: str | None) -> int:
    """Propose better titles."""
    assistant = session.assistant
    account = assistant.posts.account(options["account"] or "")
    platform, why = choose_platform(session, options["platform"] or "", account)
    draft = Draft(title=title, body=read_body(options["body"]), platform=platform.id)
    found = assistant.desk.rewrite(draft, account, keyword=options["keyword"] or "", shown=shown)
    if options["output"] == "json":
        from copyassist.desk.rewriting.contract import rewriting_to_json

        echo_json(rewriting_to_json(found, session.language))
        return 0
    if why:
        echo(why)
    from copyassist.commands.rewrite_text import rewriting_lines  # JSON does without

    for line in rewriting_lines(session.language, found):
        echo(line)
    return 0
