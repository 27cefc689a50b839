"""`copyassist dup FILE`: which titles and passages were published before."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copyassist.commands.console import echo, echo_data, echo_json, show_text
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.reading.encodings import decode_file

if TYPE_CHECKING:
    from copyassist.repeats.checking import CheckedText, EarlierText, RepeatGroup
    from copyassist.repeats.corpus import CorpusText

FORMATS = ("text", "json", "csv")
_SHOWN = 120  # letters of a passage


@click.command("dup", cls=SpokenCommand)
@click.argument("source", metavar="FILE|-", type=click.Path(path_type=Path))
@click.option("--against", "against", multiple=True)
@click.option("--within", is_flag=True)
@click.option("--passages", is_flag=True)
@click.option("--threshold", type=click.FloatRange(0, 1), default=None)
@click.option("-a", "--account", default="")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--fail", is_flag=True)
@click.pass_obj
def command(
    session: Session, /, source: Path, against: tuple[str, ...], form: str, **options: Any
) -> int:
    """Which titles and passages were published before, and which stand twice in a file."""
    from copyassist.desk.duplicates import THRESHOLD
    from copyassist.repeats.contract import check_to_csv, check_to_json

    least = THRESHOLD if options["threshold"] is None else options["threshold"]
    texts = _read(source, options["passages"])
    repeats = session.assistant.repeats
    groups = repeats.group([text.title for text in texts], least) if options["within"] else None
    checked: list[CheckedText] = []
    if not options["within"] or against:
        owner = session.assistant.posts.account(options["account"])
        checked = repeats.check(
            texts, owner, against, passages=options["passages"] or len(texts) == 1
        )
    if form == "json":
        echo_json(check_to_json(checked, groups, least))
    elif form == "csv":
        _tell_csv(checked, groups, texts) if groups is not None else echo_data(
            check_to_csv(checked, least), "csv"
        )
    else:
        for line in _word(session, checked, groups, (texts, least)):
            echo(line)
    found = bool(groups) or any(one.is_repeat(least) for one in checked)
    return int(options["fail"] and found)


def _read(source: Path, whole: bool) -> "list[CorpusText]":
    from copyassist.repeats.corpus import CorpusText
    from copyassist.repeats.documents import parse_plain, read_texts

    if str(source) != "-":
        texts = list(read_texts(source))
        if not whole or len(texts) < 2 or source.suffix.lower() != ".txt":
            return texts
        return [
            CorpusText(str(source), str(source), source.stem, "\n".join(t.title for t in texts))
        ]
    text = decode_file(sys.stdin.buffer.read(), "-").text
    if whole:
        first, _, rest = text.strip().partition("\n")
        return [CorpusText("-", "-", first, rest) if rest else CorpusText("-", "-", "", first)]
    return parse_plain("-", Path("-"), text)


def _tell_csv(
    checked: "Sequence[CheckedText]", groups: "Sequence[RepeatGroup]", texts: "Sequence[CorpusText]"
) -> None:
    import csv
    import io

    del checked
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("group", "representative", "place", "title"))
    for number, group in enumerate(groups, 1):
        for place in (group.first, *group.others):
            text = texts[place]
            writer.writerow((number, int(place == group.first), text.place, text.title))
    echo_data(out.getvalue(), "csv")


def _word(
    session: Session,
    checked: "Sequence[CheckedText]",
    groups: "Sequence[RepeatGroup] | None",
    asked: "tuple[Sequence[CorpusText], float]",
) -> Iterator[str]:
    texts, least = asked
    if groups is not None:
        repeats = sum(len(group.others) for group in groups)
        yield session.say("dup.within", texts=len(texts), groups=len(groups), repeats=repeats)
        for group in groups:
            yield f"  {_title(texts[group.first])}"
            yield from (f"    = {_title(texts[place])}" for place in group.others)
    for one in checked:
        if len(checked) > 1 and not one.is_repeat(least):
            continue
        yield show_text(f"{one.title}  [{one.place}]" if one.place != "-" else one.title)
        yield from _word_one(session, one, least)
    if checked:
        found = sum(one.is_repeat(least) for one in checked)
        yield session.say("dup.summary", texts=len(checked), found=found)


def _title(text: "CorpusText") -> str:
    return show_text(f"{text.title}  [{text.place}]")


def _word_one(session: Session, one: "CheckedText", least: float) -> Iterator[str]:
    for repeat in one.repeats:
        mark = "!" if repeat.same >= least else "·"
        relation = session.say(f"ui.matches.relation.{repeat.relation}")
        yield f"  {mark} " + session.say(
            "dup.match",
            relation=relation,
            title=show_text(repeat.text.title),
            where=_where(session, repeat.text),
            percent=f"{100 * repeat.same:.0f}",
        )
    if not one.repeats:
        yield f"  {session.say('dup.no_title')}"
    if one.share is None:
        return
    share = one.share
    yield "  " + session.say(
        "dup.share",
        percent=f"{100 * share.share:.0f}",
        letters=share.letters,
        counted=share.counted,
    )
    for passage in share.passages:
        source = one.sources[passage.source]
        yield "  " + session.say(
            "dup.passage",
            start=passage.start + 1,
            end=passage.end,
            percent=f"{100 * passage.kept:.0f}",
            title=show_text(source.title),
            where=_where(session, source),
        )
        yield f"    | {_cut(passage.text)}"
        yield f"    | {_cut(passage.other_text)}"


def _where(session: Session, text: "EarlierText") -> str:
    day = text.when.date().isoformat() if text.when else ""
    group = session.say(f"dup.group.{text.group}")
    return show_text(" · ".join(part for part in (group, text.where, day) if part))


def _cut(text: str) -> str:
    shown = show_text(text)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
