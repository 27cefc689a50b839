"""What importing says in the terminal."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from copyassist.commands.console import echo, print_table, show_text
from copyassist.commands.session import Session
from copyassist.i18n import say_moment
from copyassist.posts.importing import ImportPreview
from copyassist.posts.importing.preview import say_remark
from copyassist.reading.zones import CHINA, find_hour
from copyassist.store import ImportReceipt
from copyassist.types import Account

_SHOWN = 10  # rows of a kind before "and more"


def show_preview(session: Session, preview: ImportPreview) -> None:
    """Form, platform, posts, period, metrics, and everything that was not read."""
    form = session.say(f"import.forms.{preview.form}")
    name = show_text(preview.file) or session.say("import.preview.pasted")
    echo(session.say("import.preview.heading", file=name, form=form), bold=True)
    if preview.kind != "posts":
        echo("  " + session.say(f"import.kinds.{preview.kind}"))
    elif preview.needs_mapping:
        _show_mapping(session, preview)
    else:
        _show_posts(session, preview)


def _show_posts(session: Session, preview: ImportPreview) -> None:
    lines = _name_platform(session, preview)
    key = "posts" if preview.posts else "no_posts"
    lines.append(session.say(f"import.preview.{key}", posts=len(preview.posts)))
    if preview.first and preview.last:
        first, last = show_day(preview.first), show_day(preview.last)
        lines.append(session.say("import.preview.period", first=first, last=last))
    source = session.say(f"import.as_of.{preview.as_of_source}")
    lines.append(session.say("import.preview.as_of", day=show_day(preview.as_of), source=source))
    if preview.metrics:
        shown = (
            session.say("import.preview.metric", name=session.say(f"metrics.{name}"), posts=posts)
            for name, posts in preview.metrics.items()
        )
        lines.append(session.say("import.preview.metrics", metrics=_join(session, shown)))
    if preview.unused_headings:
        headings = _join(session, preview.unused_headings)
        lines.append(session.say("import.preview.unused", headings=headings))
    if preview.skipped_rows:
        lines.append(session.say("import.preview.skipped", rows=preview.skipped_rows))
    lines += [say_remark(session.language, remark) for remark in preview.remarks]
    for line in lines:
        echo(f"  {line}")
    _show_rejected(session, preview)
    _show_unread(session, preview)


def _show_rejected(session: Session, preview: ImportPreview) -> None:
    if not preview.rejected:
        return
    echo("  " + session.say("import.preview.rejected", rows=len(preview.rejected)))
    for row in preview.rejected[:_SHOWN]:
        params = {name: show_text(str(value)) for name, value in row.params.items()}
        reason = session.say(f"import.rejected.{row.reason}", **params)
        echo("    " + session.say("import.preview.rejected_row", line=row.line, reason=reason))
    _show_rest(session, len(preview.rejected))


def _show_unread(session: Session, preview: ImportPreview) -> None:
    if not preview.unread:
        return
    echo("  " + session.say("import.preview.unread", cells=len(preview.unread)))
    for cell in preview.unread[:_SHOWN]:
        shown = {
            "line": cell.line,
            "heading": show_text(cell.heading),
            "text": show_text(cell.text),
        }
        echo("    " + session.say("import.preview.unread_cell", **shown))
    _show_rest(session, len(preview.unread))


def _show_rest(session: Session, number: int) -> None:
    if number > _SHOWN:
        echo("    " + session.say("import.preview.more", rest=number - _SHOWN))


def _show_mapping(session: Session, preview: ImportPreview) -> None:
    headings = _join(session, preview.headings)
    echo("  " + session.say("import.preview.needs_mapping", headings=headings))
    title = show_text(preview.guess.get("title", ""))
    key = "import.preview.guess" if title else "import.preview.ask_mapping"
    echo("  " + session.say(key, heading=title))


def show_receipt(session: Session, receipt: ImportReceipt, account: Account) -> None:
    """What was saved, and how to take it back."""
    if receipt.id is None:
        echo(session.say("import.receipt.repeat", number=receipt.repeat_of))
        return
    if receipt.repeat_of is not None:
        echo(session.say("import.receipt.restored", updated=receipt.updated_posts))
        return
    echo(
        session.say(
            "import.receipt.saved",
            account=account.name,
            new=receipt.new_posts,
            updated=receipt.updated_posts,
            unchanged=receipt.unchanged_posts,
            number=receipt.id,
        )
    )
    if receipt.deleted_posts:
        echo(session.say("import.receipt.deleted", rows=receipt.deleted_posts))
    _show_meetings(session, receipt, account)
    echo(session.say("import.receipt.undo_hint", number=receipt.id))


def _show_meetings(session: Session, receipt: ImportReceipt, account: Account) -> None:
    """How many drafts that were marked as published have met their posts by now."""
    if not receipt.platform:
        return
    meetings = session.assistant.posts.meetings(account, receipt.platform)
    met = sum(one.post is not None for one in meetings)
    if met:
        echo(session.say("import.receipt.met", met=met, drafts=len(meetings)))


def show_imports(session: Session, receipts: Sequence[ImportReceipt]) -> None:
    """The imports that stand, newest first."""
    if not receipts:
        echo(session.say("import.imports.none"))
        return
    names = {account.id: account.name for account in session.assistant.posts.accounts()}
    columns = ("number", "time", "account", "platform", "file", "form", "posts", "as_of")
    rows = [
        (
            str(receipt.id),
            say_moment(receipt.imported_at, session.assistant.settings.zone),
            names.get(receipt.account_id, ""),
            receipt.platform,
            receipt.file,
            session.say(f"import.forms.{receipt.form}"),
            f"{receipt.new_posts}/{receipt.updated_posts}",
            show_day(receipt.as_of),
        )
        for receipt in receipts
    ]
    print_table([session.say(f"import.imports.{column}") for column in columns], rows)


def show_day(moment: datetime) -> str:
    """The day in Beijing, where the platforms' days are counted."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d}"


def show_time(moment: datetime) -> str:
    """Day and minute in Beijing; the day alone where no more is known."""
    if find_hour(moment) is None:
        return show_day(moment)
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _name_platform(session: Session, preview: ImportPreview) -> list[str]:
    if not preview.platform:
        stated = all(post.platform for post in preview.posts)
        return [] if stated else [session.say("import.preview.platform_unknown")]
    profile = session.assistant.platforms.get(preview.platform)
    name = preview.platform
    if profile is not None:
        name = profile.name(session.language)
    source = session.say(f"import.platform_source.{preview.platform_source}")
    return [session.say("import.preview.platform", platform=name, source=source)]


def _join(session: Session, parts: Iterable[str]) -> str:
    mark = "、" if session.language == "zh" else ", "
    return mark.join(map(show_text, parts))
