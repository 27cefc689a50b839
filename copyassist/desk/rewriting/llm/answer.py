"""A model's answer read as titles: strict JSON was asked for, and much else comes. Untrusted text."""

import json
import re
from collections.abc import Iterator
from typing import Any

from copyassist.desk.rewriting.candidate import Candidate
from copyassist.streams import tame

MOST = 40
LONGEST_ANSWER, LONGEST_TITLE = 20_000, 120
WEIGHT = 3.5  # among the rules' own candidates
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_FENCE = re.compile(r"```[a-zA-Z]*\s*(.*?)(?:```|\Z)", re.DOTALL)
_NUMBERING = re.compile(r"^\s*(?:[-*•]+|\d{1,2}\s*[.、)．）:：]|[①-⑳]|标题\s*\d*\s*[:：])\s*")
_STRANGE = re.compile(r"https?:|www\.|[<>{}\\]|```|^\s*$")


def read_titles(answer: str) -> list[Candidate]:
    """The titles of an answer, each once, at most forty. What is no title is left out."""
    text = _THOUGHT.sub("", answer[:LONGEST_ANSWER]).strip()
    found = dict.fromkeys(
        title for one in _find_texts(text) if (title := _clean(one)) and not _STRANGE.search(title)
    )
    return [Candidate(one, "model", "model", weight=WEIGHT) for one in list(found)[:MOST]]


def read_text(answer: str) -> str:
    """An answer that is a text: without a model's thoughts and what could steer a terminal."""
    return tame(_THOUGHT.sub("", answer[:LONGEST_ANSWER])).strip()


def _clean(text: str) -> str:
    line = " ".join(tame(text).split()).strip(" \"'`*")
    return line if len(line) <= LONGEST_TITLE else ""


def _find_texts(text: str) -> Iterator[str]:
    for part in (*_FENCE.findall(text), text):
        value = _load(part)
        if value is not None:
            yield from _walk(value, 0)
            return
    whole = list(re.finditer(r'"title"\s*:\s*("(?:[^"\\]|\\.)*")', text))
    if whole:  # an answer that was cut: what is whole in it
        yield from (str(json.loads(found[1], strict=False)) for found in whole)
        return
    for line in text.splitlines():
        if _NUMBERING.match(line):
            yield _NUMBERING.sub("", line)


def _load(text: str) -> Any:
    """The JSON in a text, from its first bracket to its last; None where there is none."""
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    end = max(text.rfind("}"), text.rfind("]"))
    if start < 0 or end <= start:
        return None
    try:
        return json.loads(text[start : end + 1], strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(value: Any, depth: int) -> Iterator[str]:
    if depth > 3:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value[: 2 * MOST]:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        named = value.get("title")
        if isinstance(named, str):
            yield named
            return
        for name in ("titles", "candidates", "data", "result"):
            if isinstance(value.get(name), list):
                yield from _walk(value[name], depth + 1)
