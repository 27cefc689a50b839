"""The standard streams: that they are there, and what a text may not do to a terminal."""

import os
import re
import sys

# Control characters move the cursor, recolour, retitle, ring and answer for the user; direction
# marks let a text read as another. U+2028 and U+2029 are line breaks to some programs.
_CONTROL = re.compile("(?:[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|\r(?!\n))+")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALF = re.compile("[\ud800-\udfff]")
_IN_JSON = re.compile(f"{_DIRECTION.pattern}|{_HALF.pattern}|[\x7f-\x9f\u2028\u2029]")


def tame(text: str) -> str:
    """A text that a terminal shows and does nothing else with; line breaks and tabs stay.

    Control characters become a space, direction marks vanish, half characters become U+FFFD.
    """
    return _HALF.sub("\ufffd", _DIRECTION.sub("", _CONTROL.sub(" ", text)))


def tame_json(text: str) -> str:
    """A JSON document of the same meaning with what `tame` takes away written as \\uXXXX."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def open_closed() -> None:
    """Gives the program the standard streams that it was started without, as with `>&-`.

    Input is then empty, what is said on standard error is lost, and writing to standard output
    fails as it does on a closed one: without this the next file opened would be taken for it.
    """
    for name, mode in (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, mode)
            letter = "r" if name == "stdin" else "w"
            setattr(sys, name, os.fdopen(handle, letter, encoding="utf-8", errors="replace"))


def drop(stream: object) -> None:
    """Lets nothing more go out on a stream that failed, neither now nor when Python ends."""
    try:
        number = stream.fileno()  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return  # not the system's: a test's
    handle = os.open(os.devnull, os.O_WRONLY)
    os.dup2(handle, number)
    os.close(handle)
