"""What is markup in a text, and what only looks like it.

`List<String>`, `a<b 且 c>d`, `B&Q` and `?a=1&copy=2` are text. A tag is one whose name HTML knows
and whose attributes are written as attributes are, in a text where one thing at least shows that it
is HTML: a pair, an attribute, a break. A reference is one that HTML knows by its whole name. All
else stays as it was written.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5

# The elements of HTML that still turn up in feeds and answers, the obsolete ones among them.
_ELEMENT_ROWS = (
    "a abbr acronym address applet area article aside audio b base bdi bdo big blink",
    "blockquote body br button canvas caption center cite code col colgroup data datalist dd",
    "del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer",
    "form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins",
    "kbd label legend li link main map mark marquee menu meta meter nav nobr noframes",
    "noscript object ol optgroup option output p param picture pre progress q rb rp rt rtc",
    "ruby s samp script search section select slot small source span strike strong style sub",
    "summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u",
    "ul var video wbr path g",
)
_ELEMENTS = frozenset(name for row in _ELEMENT_ROWS for name in row.split())
_LONE = frozenset(["br", "hr", "img", "wbr"])  # they have no other half
_OPENING = frozenset(["p", "li", "tr", "td"])  # theirs may be left out
# Attributes that stand without a value; any other word makes a comparison of it: a<b and c>d.
_BARE = (
    "allowfullscreen|async|autofocus|autoplay|checked|compact|controls|default|defer|disabled|hidden"
    "|ismap|loop|multiple|muted|nomodule|noshade|novalidate|nowrap|open|playsinline|readonly|required"
    "|reversed|selected"
)
_ATTRIBUTE = (
    r"[a-z_:@][\w:.@-]{0,80}\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+)" + rf"|(?:{_BARE})\b"
)
# One mark after the other, each looked at once.
_MARK = re.compile(
    r"<!--|<(?P<hidden>script|style)\b|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>",
    re.IGNORECASE | re.ASCII,
)
_ATTRIBUTES = re.compile(rf"(?:[\s/]+(?:{_ATTRIBUTE}))*+[\s/]*", re.IGNORECASE | re.ASCII)
_CLOSING = {name: re.compile(rf"</{name}[^<>]*>", re.IGNORECASE) for name in ("script", "style")}
_OF_WORD = re.compile(r"(?:o:p|[vw]:\w+)\b[^<>]*", re.IGNORECASE)  # what Word leaves behind
# The seven digits that any character's number fits into, and those that are too many.
_NUMBER = re.compile(r"&#(?=[0-9])0*+([0-9]{0,7})([0-9]*);?")
_REFERENCE = re.compile(
    r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|(?P<name>[A-Za-z][A-Za-z0-9]{1,31})(?:;|(?![A-Za-z0-9=])))"
)
_XML_NAMES = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_BARE_IN_XML = re.compile(
    r"(?P<literal><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))"
    r"|&(?P<whole>#[0-9]+;|#[xX][0-9a-fA-F]+;|[A-Za-z][A-Za-z0-9]{0,31};)?"
    r"|<(?![A-Za-z_:/!?])",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where something that may be markup stands; `sure` where it cannot be anything else."""

    start: int
    end: int
    name: str = ""
    closes: bool = False
    sure: bool = False


def drop_markup(text: str) -> str:
    """The text without tags, comments, scripts and styles, in time linear in its length."""
    marks = list(_find_marks(text)) if "<" in text else []
    if not _are_markup(marks):
        return text
    kept, place = [], 0
    for mark in marks:
        kept.append(text[place : mark.start])
        place = mark.end
    return "".join([*kept, text[place:]])


def _find_marks(text: str) -> Iterator[_Mark]:
    place = 0
    while found := _MARK.search(text, place):
        mark = _read_mark(text, found)
        if mark is None:
            place = found.start() + 1
        else:
            yield mark
            place = mark.end


def _read_mark(text: str, found: re.Match[str]) -> _Mark | None:
    """What a mark opens ends after its closing mark, else with the text."""
    start = found.start()
    if found["hidden"]:
        closing = _CLOSING[found["hidden"].lower()].search(text, found.end())
        return _Mark(start, closing.end() if closing else len(text), sure=closing is not None)
    if found[0] == "<!--":
        end = text.find("-->", found.end())
        return _Mark(start, end + 3 if end >= 0 else len(text), sure=end >= 0)
    if _OF_WORD.fullmatch(found["name"] + found["rest"]):
        return _Mark(start, found.end(), sure=True)
    name, rest = found["name"].lower(), found["rest"]
    if name not in _ELEMENTS or not _ATTRIBUTES.fullmatch(rest):
        return None
    sure = "=" in rest or name in _LONE or (name in _OPENING and not text[:start].strip())
    return _Mark(start, found.end(), name, bool(found["end"]), sure)


def _are_markup(marks: Sequence[_Mark]) -> bool:
    opened = {mark.name for mark in marks if mark.name and not mark.closes}
    closed = {mark.name for mark in marks if mark.closes}
    return bool(opened & closed) or any(mark.sure for mark in marks)


def unescape(text: str) -> str:
    """The text with its references as characters, U+FFFD for one that names none.

    Without a semicolon a name counts as in an attribute: "&copy 2026", not "&copy=2" or "B&Q".
    """
    return _REFERENCE.sub(_read_reference, _NUMBER.sub(_shorten, text))


def _shorten(reference: re.Match[str]) -> str:
    # html.unescape makes an int of the digits, and Python refuses that beyond some thousands.
    return "\ufffd" if reference[2] else f"&#{reference[1] or 0};"


def _read_reference(found: re.Match[str]) -> str:
    return html5.get(found[0][1:], found[0]) if found["name"] else html.unescape(found[0])


def mend_xml(text: str) -> str:
    """A document whose & and < that begin nothing are text, as its writer meant them.

    Names that HTML knows and XML does not become numbers: parsers would guess at either.
    """
    return _BARE_IN_XML.sub(_mend, text)


def _mend(found: re.Match[str]) -> str:
    whole = found["whole"]
    if found["literal"] or (whole and (whole[0] == "#" or whole in _XML_NAMES)):
        return found[0]
    if found[0] == "<":
        return "&lt;"
    if whole in html5:
        return "".join(f"&#{ord(char)};" for char in html5[whole])
    return f"&amp;{found[0][1:]}"
