"""Finds out how a feed's bytes are encoded, and says so when it cannot.

feedparser falls back to windows-1252 without a word: one stray byte in a GB18030 feed, or a GBK
feed that declares UTF-8, comes out as mojibake.
"""

import codecs
import re

from copyassist.news.sources.reading import format_error

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
_CHINESE = {"gb2312", "gbk", "x-gbk", "cp936", "gb_2312-80", "gb2312-80", "euc-cn", "hz-gb-2312"}
# Every byte is a letter in these, so that decoding proves nothing: only a declaration can.
_SINGLE_BYTE = re.compile(
    r"(iso-?8859|windows-?125|cp125|latin|koi8|tis-?620|us-ascii|ascii)", re.I
)
_CHINESE_RUN = re.compile(rb"([\x80-\xff]+)[\x40-\x7e]?")
_FAULT = "\ufffd".encode("gb18030")
_LEADS = range(0xA1, 0xF8)  # first bytes of GB2312: a stray one of these cannot be told apart
_MAX_RUN = 400  # bytes tried for one stray; longer runs without any ASCII are rare
_MAX_FAULTS = 0.05
_MAX_FAULTS_DECLARED = 0.2


def decode_feed(body: bytes, content_type: str, source: str) -> str:
    """The text of a feed, faulty bytes as U+FFFD where they are few.

    Byte order marks first; then UTF-8 if the bytes are valid; then what is declared (in the
    document before the header); then the same with faults. Raises SourceFormatError where too
    much would be faults: a fifth of the characters beyond ASCII in a declared encoding, 5 % in
    a guessed one.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _UNMARKED:
        if body.startswith(start):
            return body.decode(name, "replace")
    declared = find_declared(body, content_type)
    for name in ("utf-8", *declared):
        if (text := _decode(body, name)) is not None:
            return text
    return _decode_faulty(body, declared, source)


def find_declared(body: bytes, content_type: str) -> tuple[str, ...]:
    """The encodings that the document and then the header name, as Python knows them."""
    inside, outside = _DECLARED.match(body), _CHARSET.search(content_type)
    names = [inside[1].decode("ascii")] if inside else []
    names += [outside[1]] if outside else []
    known = [("gb18030" if name.lower() in _CHINESE else name.lower()) for name in names]
    return tuple(dict.fromkeys(name for name in known if _is_usable(name)))


def _is_usable(name: str) -> bool:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return bool(getattr(info, "_is_text_encoding", True)) and info.name not in (
        "utf-7",
        "idna",
        "punycode",
    )


def _decode(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, ValueError):
        return None


def _decode_faulty(body: bytes, declared: tuple[str, ...], source: str) -> str:
    """The declared encoding where its faults are few, else GB18030 or UTF-8, whichever has fewer."""
    for name in declared:
        if _SINGLE_BYTE.match(name):
            continue
        text = _decode_marking(body, name)
        if _measure_faults(text) <= _MAX_FAULTS_DECLARED:
            return text
    text = min((_decode_marking(body, name) for name in ("gb18030", "utf-8")), key=_measure_faults)
    if _measure_faults(text) > _MAX_FAULTS:
        raise format_error(source, "UTF-8 | GB18030", body)
    return text


def _measure_faults(text: str) -> float:
    """The share 0..1 of faults among the characters beyond ASCII."""
    return text.count("\ufffd") / max(1, sum(character > "\x7f" for character in text))


def _decode_marking(body: bytes, name: str) -> str:
    if name == "gb18030":
        body = _CHINESE_RUN.sub(_drop_stray, body)
    return body.decode(name, "replace")


def _drop_stray(run: re.Match[bytes]) -> bytes:
    """A run of two-byte characters with one byte too many, that byte marked.

    Without this every character after the stray byte is misread, up to the next ASCII one.
    """
    whole, core = run[0], run[1]
    if _decode(whole, "gbk") is not None or _decode(core, "gbk") is not None:
        return whole
    for place in range(0, min(len(core), _MAX_RUN), 2):  # it stands between two characters
        rest = core[:place] + core[place + 1 :]
        if core[place] not in _LEADS and _decode(rest, "gb2312") is not None:
            return core[:place] + _FAULT + core[place + 1 :] + whole[len(core) :]
    return whole
