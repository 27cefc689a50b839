"""Records as one HTML page: no scripts, nothing loaded from elsewhere, every text escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from copyassist.desk.scoring.results import Bin
from copyassist.i18n import Language, say
from copyassist.posts.record.shape import Record, Section
from copyassist.posts.record.words import describe_record, head_record

CODES: Mapping[Language, str] = MappingProxyType({"zh": "zh-CN", "en": "en"})
# The page may be opened from anywhere: it forbids itself everything but its own style.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root{color-scheme:light dark;--text:#22262a;--line:#dcd8cc;--mark:#0f6b5c;--soft:#f3f1ea;--page:#fff;--muted:#5f6468;--warn:#8a5200}
@media (prefers-color-scheme:dark){:root{--text:#e6e4df;--line:#3a3f44;--mark:#45b39c;--soft:#212427;--page:#17191b;--muted:#a6a9a5;--warn:#f0b85a}}
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--page)}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.4rem;border-top:1px solid var(--line);padding-top:1rem}h3{font-size:1.05rem;margin:1.6rem 0 .4rem}
p{margin:.3rem 0;overflow-wrap:anywhere}p.note{border:1px dashed var(--warn);border-radius:6px;padding:.4rem .7rem}
div.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{padding:.3rem .8rem .3rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{color:var(--muted);font-weight:560}svg{max-width:24rem;width:100%;height:auto}svg text{fill:var(--text);font-size:12px}
"""
SIDE, EDGE = 240, 44  # of the drawn square and the room for its labels, in units of the picture


def write_page(language: Language, records: Sequence[Record]) -> str:
    """The page of one or several records, one after another."""
    title = escape(say(language, "evaluate.title"))
    body = "".join(_write_record(language, record) for record in records)
    return (
        f'<!doctype html>\n<html lang="{CODES[language]}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>"
        f"<body><h1>{title}</h1>{body}</body></html>\n"
    )


def _write_record(language: Language, record: Record) -> str:
    head = head_record(language, record)
    loud = record.account.is_demo or record.account.relation == "followed"
    lines = "".join(
        f'<p class="note">{escape(line)}</p>' if loud and n == 0 else f"<p>{escape(line)}</p>"
        for n, line in enumerate(head.lines)
    )
    parts = "".join(_write_section(language, one) for one in describe_record(language, record))
    return f"<section><h2>{escape(head.heading)}</h2>{lines}{parts}</section>"


def _write_section(language: Language, section: Section) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in section.lines)
    picture = draw_calibration(language, section.bins) if section.bins else ""
    table = _write_table(section) if section.rows else ""
    return f"<h3>{escape(section.heading)}</h3>{lines}{picture}{table}"


def _write_table(section: Section) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in section.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in section.rows
    )
    return f'<div class="wide"><table><tr>{head}</tr>{rows}</table></div>'


def draw_calibration(language: Language, bins: Sequence[Bin]) -> str:
    """What the score said against what happened, as SVG: on the dashed line both are the same."""
    dots = "".join(
        f'<circle cx="{_right(b.stated):.1f}" cy="{_down(b.observed):.1f}" r="5" fill="var(--mark)">'
        f"<title>{b.stated:.0%} / {b.observed:.0%} ({b.posts})</title></circle>"
        for b in bins
    )
    ticks = "".join(
        f'<text x="{_right(at):.0f}" y="{SIDE + 24}" text-anchor="middle">{at:.0%}</text>'
        f'<text x="{EDGE - 8}" y="{_down(at) + 4:.0f}" text-anchor="end">{at:.0%}</text>'
        for at in (0.0, 0.5, 1.0)
    )
    stated, real = (
        escape(say(language, f"evaluate.{name}")) for name in ("stated_axis", "share_axis")
    )
    return (
        f'<svg viewBox="0 0 {SIDE + EDGE + 20} {SIDE + 50}" role="img" aria-label="{real} / {stated}">'
        f'<rect x="{EDGE}" y="8" width="{SIDE}" height="{SIDE}" fill="var(--soft)"/>'
        f'<line x1="{_right(0):.0f}" y1="{_down(0):.0f}" x2="{_right(1):.0f}" y2="{_down(1):.0f}" '
        'stroke="var(--muted)" stroke-dasharray="5 4"/>'
        f"{dots}{ticks}"
        f'<text x="{EDGE + SIDE / 2:.0f}" y="{SIDE + 44}" text-anchor="middle">{stated}</text>'
        f'<text x="{EDGE + 6}" y="24">{real}</text></svg>'
    )


def _right(share: float) -> float:
    return EDGE + SIDE * share


def _down(share: float) -> float:
    return 8 + SIDE * (1 - share)
