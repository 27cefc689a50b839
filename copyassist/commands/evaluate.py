"""`copyassist evaluate`: how good the score was on the account's own last posts, as text or HTML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copyassist.commands.accounts import require_account
from copyassist.commands.session import Session
from copyassist.commands.tables import print_table, show_text
from copyassist.i18n import Language, find_sentence, say

if TYPE_CHECKING:
    from copyassist.scoring.results import Estimate, Group, Results

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and a table where there is one."""

    heading: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@click.command("evaluate")
@click.option("-a", "--account", default="", help="账号，不写则用默认账号 / account")
@click.option("-p", "--platform", default=None, help="只看这个平台 / this platform alone")
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="另存为网页 / as a page"
)
@click.pass_obj
def command(session: Session, account: str, platform: str | None, page: Path | None) -> None:
    """评分在你自己最近的作品上准不准，哪些做法好于平时。 How the score did on your own posts."""
    found = session.assistant.results(require_account(session, account), platform)
    if not found:
        click.echo(session.say("accounts.no_posts"))
        return
    names = {
        name: getattr(session.assistant.platform(name), f"name_{session.language}")
        for name in found
    }
    sections = [
        section
        for name, results in found.items()
        for section in describe_results(session.language, names[name], results)
    ]
    if page is None:
        print_sections(sections)
        return
    page.write_text(write_page(session.language, sections), "utf-8")
    click.echo(session.say("results.saved", path=str(page)))


def describe_results(language: Language, platform: str, results: "Results") -> Iterator[Section]:
    """The sections of one platform's results, in the user's language."""
    yield Section(
        f"{platform}: {say(language, 'results.record')}", tuple(_record(language, results))
    )
    if results.bins:
        columns = tuple(
            say(language, f"results.bin.{name}") for name in ("stated", "real", "posts")
        )
        rows = tuple((f"{b.stated:.0%}", f"{b.observed:.0%}", str(b.posts)) for b in results.bins)
        yield Section(say(language, "results.calibration"), (), columns, rows)
    for dimension, groups in results.groups.items():
        if groups:
            yield _describe_groups(language, dimension, groups)


def _record(language: Language, results: "Results") -> Iterator[str]:
    if results.pairs_right is None or results.coverage is None:
        yield say(language, "results.no_record", posts=results.posts)
        return
    right = results.pairs_right
    yield say(
        language,
        "results.pairs_right",
        tested=results.tested,
        percent=100 * right.value,
        low=100 * right.low,
        high=100 * right.high,
    )
    yield say(language, "results.coverage", percent=100 * results.coverage)


def _describe_groups(language: Language, dimension: str, groups: "Sequence[Group]") -> Section:
    known = sorted(
        (g for g in groups if g.ratio is not None), key=lambda g: -(g.ratio.value if g.ratio else 0)
    )
    if len(known) > 2 * SHOWN:  # the best and the worst say what there is to say
        known = known[:SHOWN] + known[-SHOWN:]
    few = sum(g.ratio is None for g in groups)
    lines = (say(language, "results.too_few", count=few),) if few else ()
    columns = tuple(say(language, f"results.group.{name}") for name in ("name", "ratio", "posts"))
    rows = tuple((_name(language, dimension, g.name), _ratio(g.ratio), str(g.posts)) for g in known)
    return Section(say(language, f"results.by.{dimension}"), lines, columns if rows else (), rows)


def _name(language: Language, dimension: str, name: str) -> str:
    area = {"words": "features", "weekday": "results.weekday"}.get(dimension, "")
    return (find_sentence(language, f"{area}.{name}") if area else None) or name


def _ratio(estimate: "Estimate | None") -> str:
    if estimate is None:
        return ""
    return f"{estimate.value:.2f} × [{estimate.low:.2f}, {estimate.high:.2f}]"


def print_sections(sections: Sequence[Section]) -> None:
    """The sections as text."""
    for section in sections:
        click.echo(f"\n{section.heading}")
        for line in section.lines:
            click.echo(f"  {line}")
        if section.rows:
            print_table(list(section.columns), [[show_text(c) for c in r] for r in section.rows])


STYLE = (
    "body{font:16px/1.6 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;max-width:46rem;"
    "margin:2rem auto;padding:0 1rem;color-scheme:light dark}table{border-collapse:collapse}"
    "th,td{padding:.25rem .8rem;text-align:left;border-bottom:1px solid #8886}"
)


def write_page(language: Language, sections: Sequence[Section]) -> str:
    """The sections as one HTML page without scripts; every text is escaped."""
    body = "".join(_write_section(section) for section in sections)
    title = escape(say(language, "results.title"))
    code: Mapping[str, str] = {"zh": "zh-CN", "en": "en"}
    return (
        f'<!doctype html><html lang="{code[language]}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style><h1>{title}</h1>{body}</html>\n"
    )


def _write_section(section: Section) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in section.lines)
    if not section.rows:
        return f"<h2>{escape(section.heading)}</h2>{lines}"
    head = "".join(f"<th>{escape(column)}</th>" for column in section.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in section.rows
    )
    return f"<h2>{escape(section.heading)}</h2>{lines}<table><tr>{head}</tr>{rows}</table>"
