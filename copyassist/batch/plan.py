"""What a batch will do, decided before anything is written.

A plan is remembered beside the output; a killed run goes on only under an equal plan.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from copyassist import __version__
from copyassist.batch import readers
from copyassist.batch.columns import find_column
from copyassist.batch.results import VERSION, name_results
from copyassist.batch.source import (
    FORMATS,
    Format,
    TitleFile,
    find_format,
)
from copyassist.errors import InputError, UsageError
from copyassist.i18n import Language
from copyassist.types import Purpose, Severity

FORM_HEADINGS = ("form", "形式", "作品形式", "post_form")
NO_COLUMN = "-"
"""Said instead of a column's name: there is none, whatever it looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """What the user chose; a column that is not named is guessed. `worded` puts headings and codes of
    csv, tsv and xlsx into words. `basis` names what results rest on: models, store version, settings."""

    title_column: str = ""
    platform_column: str = ""
    body_column: str = ""
    form_column: str = ""
    sheet: str = ""
    platform: str = "xiaohongshu"
    account: str = ""
    purpose: Purpose = Purpose.AUTO
    post_form: str = ""
    language: Language = "zh"
    form: Format | None = None
    fail_on: Severity | None = None
    worded: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """One run: where from, where to, which columns. `results` are the added columns' names."""

    source: TitleFile
    out: Path
    form: Format
    options: BatchOptions
    title: int
    platform: int | None
    body: int | None
    results: tuple[str, ...]
    post_form: int | None = None
    worded: bool = False

    @property
    def parts(self) -> Path:
        """The folder of the finished shards."""
        return self.out.with_name(f"{self.out.name}.parts")

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the output."""
        return (*self.source.columns, *self.results)

    def fingerprint(self) -> Mapping[str, str]:
        """What must be equal for finished shards to be used: by name, so that it can be told."""
        options = asdict(replace(self.options, fail_on=None, basis=""))
        return {
            "input": self.source.sha256,
            "options": _digest(
                [
                    options,
                    self.form,
                    self.results,
                    self.title,
                    self.platform,
                    self.body,
                    self.post_form,
                ]
            ),
            "basis": _digest([self.options.basis]),
            "program": f"{__version__} {VERSION} {readers.FIRST_ROWS} {readers.BLOCK_ROWS}",
        }


def make_plan(source: TitleFile, out: Path | None, options: BatchOptions) -> BatchPlan:
    """Settle columns, format and place. Raises InputError or UsageError where that fails."""
    form = _choose_format(source, out, options)
    out = out or source.path.with_name(f"{source.path.stem}.scored.{form}")
    if out.resolve() == source.path.resolve():
        raise UsageError("batch_same_file", name=str(out))
    worded = options.worded and form in ("csv", "tsv", "xlsx")
    return BatchPlan(
        source=source,
        out=out,
        form=form,
        options=options,
        title=_find_title(source, options.title_column),
        platform=_find_optional(source, options.platform_column, "platform"),
        body=_find_optional(source, options.body_column, "body"),
        post_form=_find_form(source, options.form_column),
        results=name_results(source.columns, options.language if worded else None),
        worded=worded,
    )


def _choose_format(source: TitleFile, out: Path | None, options: BatchOptions) -> Format:
    if options.form is not None:
        form: Format | None = options.form
    elif out is not None:
        form = find_format(out)
    else:
        form = source.format if source.format != "txt" else "csv"
    if form is None or form == "txt":  # plain lines have no room for columns
        known = " ".join(name for name in FORMATS if name != "txt")
        raise UsageError("batch_out_format", name=out.name if out else "txt", known=known)
    return form


def _find_title(source: TitleFile, wanted: str) -> int:
    found = _find(source, wanted) if wanted else source.guess.get("title")
    if found is None:
        columns = _list_columns(source.columns)
        raise InputError("batch_no_title_column", name=source.path.name, columns=columns)
    return found


def _find_optional(source: TitleFile, wanted: str, field: str) -> int | None:
    """A column that was named, or guessed where none was; none where NO_COLUMN says so."""
    if wanted == NO_COLUMN:
        return None
    return _find(source, wanted) if wanted else source.guess.get(field)


def _find_form(source: TitleFile, wanted: str) -> int | None:
    """The column of forms that was named, else one that is called so."""
    if wanted == NO_COLUMN:
        return None
    if wanted:
        return _find(source, wanted)
    found = next(
        (found for one in FORM_HEADINGS if (found := find_column(source.columns, one))), ""
    )
    return source.columns.index(found) if found else None


def _find(source: TitleFile, wanted: str) -> int:
    found = find_column(source.columns, wanted)
    if found is None:
        columns = _list_columns(source.columns)
        raise InputError("batch_no_column", name=source.path.name, column=wanted, columns=columns)
    return source.columns.index(found)


def _list_columns(columns: Sequence[str]) -> str:
    shown = "、".join(columns[:20])
    return f"{shown} … (+{len(columns) - 20})" if len(columns) > 20 else shown


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
