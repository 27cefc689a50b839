"""Tags that a person would paste: the likely keywords, in the platform's syntax, each with its origin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from copyassist.types import Keyword, Platform, TagSyntax

Origin = Literal["title", "body", "user", "account", "hot", "corpus"]

_MOST = 5
_LEAST_CHANCE = 0.3  # of a keyword that is offered as a tag; the first is offered anyway
_LONGEST = 12
_NO_NAME = re.compile(r"[^\w+·-]|_")  # what a tag cannot hold: 3·15, c++ and gpt-5 are whole
_KNOWN = "known_"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as the platform writes it, the keyword it is made of, and where that comes from."""

    text: str
    keyword: str
    origin: Origin


def find_tags(keywords: Sequence[Keyword], platform: Platform) -> tuple[Tag, ...]:
    """At most five tags, or as many as the platform takes; none where it has no tags."""
    if platform.tag_syntax == "none":
        return ()
    most = _MOST if platform.max_tags is None else min(_MOST, platform.max_tags)
    found: dict[str, Tag] = {}
    for keyword in keywords:
        name = _NO_NAME.sub("", keyword.text)
        if not _fits(name, keyword, first=not found) or name.casefold() in found:
            continue
        tag = Tag(write_tag(name, platform.tag_syntax), keyword.text, _find_origin(keyword))
        found[name.casefold()] = tag
    return tuple(found.values())[:most]


def suggest_tags(keywords: Sequence[Keyword], platform: Platform) -> tuple[str, ...]:
    """The tags' texts."""
    return tuple(tag.text for tag in find_tags(keywords, platform))


def write_tag(name: str, syntax: TagSyntax) -> str:
    """A name as a tag: #早餐# on 微博, #早餐 on 小红书, 早餐 where tags have a field of their own."""
    return {"closed_hash": f"#{name}#", "open_hash": f"#{name}"}.get(syntax, name)


def _fits(name: str, keyword: Keyword, *, first: bool) -> bool:
    if not 1 <= len(name) <= _LONGEST or name.isdigit():
        return False
    return first or keyword.chance is None or keyword.chance >= _LEAST_CHANCE


def _find_origin(keyword: Keyword) -> Origin:
    known = next((reason for reason in keyword.reasons if reason.startswith(_KNOWN)), "")
    if known:
        return known.removeprefix(_KNOWN)  # type: ignore[return-value]
    return "title" if keyword.in_title else "body"
