"""`copyassist check FILE…`: texts in files, looked at before they are published."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copyassist.commands.console import echo, echo_data, echo_json
from copyassist.commands.score import choose_platform
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.errors import InputError, UsageError
from copyassist.home import write_whole
from copyassist.types import Account, Cover, Draft, Purpose, Report, Severity

if TYPE_CHECKING:
    from copyassist.checkup.checking import Aim, Checked, Checkup, Judge
    from copyassist.checkup.documents import Document
    from copyassist.desk.review import Desk

FORMATS = ("text", "json", "jsonl", "sarif", "html")
_ENDINGS: Mapping[str, str] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".sarif": "sarif",
    ".html": "html",
    ".htm": "html",
}
_MOST_BYTES = 10_000_000


@click.command("check", cls=SpokenCommand)
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@click.option("-p", "--platform", default=None)
@click.option("--form", default="")
@click.option("-a", "--account", default="")
@click.option(
    "--context",
    "purpose",
    type=click.Choice([p.value for p in Purpose]),
    default=Purpose.AUTO.value,
)
@click.option("--packs", default="")
@click.option("--digest", default="")
@click.option("--cover", type=click.Path(dir_okay=False, path_type=Path), default=None)
@click.option("--format", "output", type=click.Choice(FORMATS), default=None)
@click.option("-o", "--out", type=click.Path(path_type=Path), default=None)
@click.option("--mend", is_flag=True)
@click.option("--in-place", is_flag=True)
@click.option("-y", "--yes", is_flag=True)
@click.option("--fail-on", type=click.Choice([s.value for s in Severity]), default=None)
@click.pass_obj
def command(session: Session, /, paths: Sequence[str], **options: str | bool | Path | None) -> int:
    """Check files, folders of Markdown or - before they are published."""
    run = _Run(session, options)
    documents = list(_read_all(paths))
    run.require_outlets(documents)
    checked = [run.check(document) for document in documents]
    if options["mend"]:
        checked = [run.mend(one, several=len(documents) > 1) for one in checked]
    checkup = run.sum_up(checked)
    run.report(checkup)
    bar = options["fail_on"]
    return int(
        bool(bar) and checkup.worst is not None and checkup.worst.rank >= Severity(str(bar)).rank
    )


class _Run:
    """One call: what it judges with, and where its results go."""

    def __init__(self, session: Session, options: Mapping[str, str | bool | Path | None]) -> None:
        self.session = session
        self.options = options
        self.account: Account | None = session.assistant.posts.account(
            str(options["account"] or "")
        )
        self.packs = [one.strip() for one in str(options["packs"] or "").split(",") if one.strip()]
        self.out = options["out"] if isinstance(options["out"], Path) else None
        self._desks: dict[str, Desk] = {}
        self._why = ""

    def check(self, document: "Document") -> "Checked":
        """A file with its report."""
        from copyassist.checkup.checking import check_document

        wanted = self._want(document)
        return check_document(document, wanted, self._judge(wanted))

    def mend(self, checked: "Checked", *, several: bool) -> "Checked":
        """The file mended and written to where it was asked for; what was changed is told."""
        from copyassist.checkup.checking import mend_document
        from copyassist.commands.check_text import mended_lines

        name = checked.document.name
        wanted = self._want(checked.document)
        mended, made = mend_document(checked, wanted, self._judge(wanted))
        out = Path(name) if self.options["in_place"] else self.out
        if out is None:
            raise UsageError("check_mend_needs_out")
        if several and not self.options["in_place"]:
            out = out / Path(name).name
        if out.exists() and not (self.options["yes"] or self.options["in_place"]):
            raise UsageError("file_exists", path=str(out))
        write_whole(out, mended.document.raw.encode())
        for line in mended_lines(made, name, str(out), self.session.language):
            echo(line, err=True)
        return mended

    def require_outlets(self, documents: "Sequence[Document]") -> None:
        """That a mended text has a place, before anything is judged. Raises UsageError."""
        if not self.options["mend"]:
            return
        if self.options["in_place"]:
            if any(one.name == "-" for one in documents):
                raise UsageError("check_mend_needs_out")
            return
        if self.out is None:
            raise UsageError("check_mend_needs_out")
        if len(documents) > 1:
            self.out.mkdir(parents=True, exist_ok=True)

    def _want(self, document: "Document") -> "Aim":
        from copyassist.checkup.checking import Aim

        head, session = document.head, self.session
        named = str(self.options["platform"] or "") or head.get("platform", "")
        platform, self._why = choose_platform(session, named, self.account)
        form = str(self.options["form"] or "") or head.get("form", "")
        purpose = str(self.options["purpose"])
        said = head.get("purpose", "").lower()
        if purpose == Purpose.AUTO and said in set(Purpose):
            purpose = said
        return Aim(
            platform=platform.id,
            form=session.assistant.form(platform, form).id if form else "",
            purpose=Purpose(purpose),
            digest=str(self.options["digest"] or ""),
            cover=self._read_cover(document),
        )

    def _read_cover(self, document: "Document") -> "Cover | None":
        """The picture that was named, else the one that the file's head names, if it lies there."""
        from copyassist.checkup.cover import read_cover

        given = self.options["cover"]
        if isinstance(given, Path):
            return read_cover(given)
        named = document.head.get("cover", "")
        path = Path(document.name).parent / named
        return read_cover(path) if named and document.name != "-" and path.is_file() else None

    def _judge(self, wanted: "Aim") -> "Judge":
        from copyassist.desk.review import review

        desk = self._open(wanted.platform)

        def judge(draft: Draft) -> Report:
            return review(draft, desk)

        return judge

    def _open(self, platform: str) -> "Desk":
        from dataclasses import replace

        from copyassist.desk.rules import narrow

        if platform not in self._desks:
            desk = self.session.assistant.desk.open(self.account, platform)
            if self.packs:
                desk = replace(desk, rules=narrow(desk.rules, self.packs))
            self._desks[platform] = desk
        return self._desks[platform]

    def sum_up(self, checked: "Sequence[Checked]") -> "Checkup":
        """Everything that was checked, with what it was checked against."""
        from copyassist.checkup.checking import Checkup

        return Checkup(
            documents=tuple(checked),
            moment=datetime.now(UTC),
            coverage=checked[0].report.coverage,
        )

    def report(self, checkup: "Checkup") -> None:
        """Says or writes the result in the form that was asked for."""
        out = None if self.options["mend"] else self.out
        guess = _ENDINGS.get(out.suffix.lower(), "text") if out else "text"
        form = str(self.options["output"] or guess)
        if out is not None:
            if out.exists() and not self.options["yes"]:
                raise UsageError("file_exists", path=str(out))
            write_whole(out, _write(checkup, form, self.session).encode())
            echo(self.session.say("checkup.text.written", path=out), err=True)
        elif form == "text":
            if self._why:
                echo(self._why)
            echo(_write(checkup, form, self.session), nl=False)
        elif form in ("json", "sarif"):
            echo_json(_make_json(checkup, form, self.session))
        else:
            echo_data(_write(checkup, form, self.session), "json" if form == "jsonl" else "")


def _make_json(checkup: "Checkup", form: str, session: Session) -> dict[str, object]:
    if form == "sarif":
        from copyassist.checkup.sarif import checkup_to_sarif

        return checkup_to_sarif(checkup, session.language)
    from copyassist.checkup.contract import checkup_to_json

    return checkup_to_json(checkup, session.language)


def _write(checkup: "Checkup", form: str, session: Session) -> str:
    import json

    language = session.language
    if form == "html":
        from copyassist.checkup.client_report import checkup_to_html

        return checkup_to_html(checkup, language, session.settings.zone)
    if form == "jsonl":
        from copyassist.checkup.contract import checkup_to_json_lines

        return checkup_to_json_lines(checkup, language)
    if form == "text":
        from copyassist.commands.check_text import checkup_lines

        return "".join(f"{line}\n" for line in checkup_lines(checkup, language))
    return json.dumps(_make_json(checkup, form, session), ensure_ascii=False, indent=2) + "\n"


def _read_all(paths: Sequence[str]) -> "Iterator[Document]":
    from copyassist.checkup.documents import STDIN, list_files, read_document

    for given in paths:
        if given == STDIN:
            yield read_document(sys.stdin.buffer.read(_MOST_BYTES + 1), STDIN)
            continue
        for path in list_files(Path(given)):
            try:
                with path.open("rb") as file:
                    data = file.read(_MOST_BYTES + 1)
            except OSError as error:
                reason = error.strerror or str(error)
                raise InputError("file_not_readable", name=str(path), reason=reason) from error
            yield read_document(data, str(path))
