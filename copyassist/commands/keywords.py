"""`copyassist keywords FILE`: what a draft is about, and the tags to go with it."""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copyassist.commands.console import echo, echo_data, echo_json
from copyassist.commands.score import MAX_BODY_BYTES, choose_platform
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.errors import InputError
from copyassist.types import Draft, Keyword, Platform

if TYPE_CHECKING:
    from copyassist.keywords import Tag

SCHEMA = "copyassist.keywords/1"
METHODS = ("own", "tfidf", "textrank")
_COLUMNS = ("line", "keyword", "weight", "chance", "in_title", "in_body", "count", "reasons", "tag")


@dataclass(frozen=True, slots=True)
class _Found:
    """The keywords of one draft: of the file, or of one of its lines."""

    line: int
    title: str
    keywords: list[Keyword]
    tags: "tuple[Tag, ...]"


@click.command("keywords", cls=SpokenCommand)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("-k", "--count", type=click.IntRange(1, 100), default=8)
@click.option("--lines", is_flag=True)
@click.option("--method", type=click.Choice(METHODS), default="own")
@click.option("--corpus", type=click.Path(dir_okay=False))
@click.option("-p", "--platform", default=None)
@click.option("-a", "--account", default="")
@click.option("--format", "output", type=click.Choice(["text", "json", "csv"]), default="text")
@click.pass_obj
def command(session: Session, /, file: str, **options: Any) -> None:
    """Keywords and tags of a draft; - reads it from standard input."""
    account = session.assistant.posts.account(options["account"])
    platform, _ = choose_platform(session, options["platform"] or "", account)
    text = read_text(file)
    corpus = read_text(options["corpus"]).splitlines() if options["corpus"] else []
    drafts = list(_split(text, platform, lines=options["lines"]))
    found = []
    from copyassist.keywords import find_tags  # a page of help does without numpy

    for number, draft in drafts:
        keywords = session.assistant.desk.find_keywords(
            draft, account, limit=options["count"], method=options["method"], corpus=corpus
        )
        found.append(_Found(number, draft.title, keywords, find_tags(keywords, platform)))
    _WRITERS[options["output"]](session, found, options)


def read_text(path: str) -> str:
    """The text of a file, or of standard input for -. Raises InputError."""
    from copyassist.reading.encodings import decode_file  # a page of help does without

    try:
        if path == "-":
            data = sys.stdin.buffer.read(MAX_BODY_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAX_BODY_BYTES + 1)
    except OSError as error:
        raise InputError("file_not_readable", name=path, reason=error.strerror or "") from error
    if len(data) > MAX_BODY_BYTES:
        raise InputError("input_too_large", name=path, limit_mb=MAX_BODY_BYTES // 1_000_000)
    return decode_file(data, path).text


def _split(text: str, platform: Platform, *, lines: bool) -> Iterator[tuple[int, Draft]]:
    """The drafts of a text with the numbers of their first lines: each line, or title and body."""
    written = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if lines:
        for number, line in written:
            yield number, Draft(title=line.strip(), platform=platform.id)
    elif written:
        title, body = written[0][1].strip(), "\n".join(line for _, line in written[1:])
        yield written[0][0], Draft(title=title, body=body, platform=platform.id)


def _write_text(session: Session, found: Sequence[_Found], options: Any) -> None:
    for one in found:
        if options["lines"]:
            echo(one.title, bold=True)
        if not one.keywords:
            echo(f"  {session.say('keywords.columns.empty')}")
        for keyword in one.keywords:
            why = session.say("keywords.reason.between").join(
                session.say(f"keywords.reason.{code}", count=keyword.count)
                for code in keyword.reasons
            )
            echo(f"  {keyword.weight:4.2f}  {keyword.text}  {why}".rstrip())
        if one.tags:
            echo(f"  {session.say('keywords.tags')}")
        for tag in one.tags:
            echo(f"    {tag.text}  {session.say(f'keywords.origin.{tag.origin}')}")


def _write_json(session: Session, found: Sequence[_Found], options: Any) -> None:
    del session
    echo_json(
        {
            "schema": SCHEMA,
            "method": options["method"],
            "drafts": [
                {
                    "line": one.line,
                    "title": one.title,
                    "keywords": [_to_json(keyword) for keyword in one.keywords],
                    "tags": [
                        {"text": tag.text, "keyword": tag.keyword, "origin": tag.origin}
                        for tag in one.tags
                    ],
                }
                for one in found
            ],
        }
    )


def _to_json(keyword: Keyword) -> dict[str, Any]:
    return {
        "text": keyword.text,
        "weight": round(keyword.weight, 4),
        "chance": None if keyword.chance is None else round(keyword.chance, 4),
        "in_title": keyword.in_title,
        "in_body": keyword.in_body,
        "count": keyword.count,
        "reasons": list(keyword.reasons),
    }


def _write_csv(session: Session, found: Sequence[_Found], options: Any) -> None:
    del session, options
    block = io.StringIO()
    writer = csv.writer(block, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in found:
        tags = {tag.keyword: tag.text for tag in one.tags}
        for keyword in one.keywords:
            row = _to_json(keyword) | {"reasons": " ".join(keyword.reasons)}
            values = [row[name] for name in _COLUMNS[2:-1]]
            writer.writerow([one.line, keyword.text, *values, tags.get(keyword.text, "")])
    echo_data(block.getvalue())


_WRITERS = {"text": _write_text, "json": _write_json, "csv": _write_csv}
