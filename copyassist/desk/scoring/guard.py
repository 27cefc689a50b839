"""What of a title counts for its score, and which texts are no titles at all.

A model of titles knows nothing of texts that are none: it would add up their words all the same. So
repeated phrases and shuffled or random characters get no score; a text that reads less like titles
than most loses points; what is stuck on to any title, said again, or stands beyond the platform's
limit earns nothing.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from copyassist.desk.scoring.fluency import joins, measure_fluency
from copyassist.desk.scoring.ngrams import Floats
from copyassist.i18n import LANGUAGES
from copyassist.resources import find_asset
from copyassist.text import count, detect_language, has_words, parse_text
from copyassist.types import Limit, ParsedDraft, ParsedText, Platform

CALLS = ("lexicons", "calls.toml")
# Of the letters and their neighbours before them, read in a circle, as many are different at most in
# a text that says itself twice. Ordinary titles stay above it: 3 in 10,000 do not.
DOUBLED = 0.58
LEAST_LETTERS = 6
RUN_SHARE = 0.5  # of the letters in one phrase said three times or more
# Fluency (2 for ordinary titles) below which a Chinese title of five hanzi and more is no title: 1 in
# 200 of the ordinary titles whose hash is even. Below EASY a title loses PULL logits a unit, which is
# USUAL_PULL on average. Both were chosen on the same half: words in another order should not gain,
# and the order of the 小红书 notes stays as right as it was.
UNLIKE, LEAST_HANZI = 0.18, 5
EASY, PULL, USUAL_PULL = 2.6, 0.2, 0.13
SIGN_SHARE, LEAST_SIGNS = 0.7, 8
SHORTEST = 4
LEAST_OWN = 5

_RUN = re.compile(r"([^\W\d_]{2,12}?)\1{2,}")
_HAN = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W_]")
_WITHOUT_DIGITS = dict.fromkeys(map(ord, "0123456789"))
_WORDY = re.compile(r"[^\W\d_]")
_SIGNS = "[\\s!！?？:：,，、;；|｜~～。.…·—\\-]"


@dataclass(frozen=True, slots=True)
class Guard:
    """Knows how long a platform's titles may be: `limits` has one for each form that has one."""

    limits: Mapping[str, Limit]

    @classmethod
    def of(cls, platform: Platform) -> "Guard":
        """The guard of a platform: the first hard limit of each form's title."""
        found: dict[str, Limit] = {}
        for form in platform.forms:
            for limit in form.limits:
                is_hard = limit.severity == "error" and limit.maximum is not None
                if is_hard and limit.field in ("title", "first_line"):
                    found.setdefault(form.id, limit)
        first = platform.form.id
        if first in found:
            found[""] = found[first]
        return cls(found)

    def is_over(self, draft: ParsedDraft) -> bool:
        """Whether a title is longer than its platform takes."""
        limit = self.limits.get(draft.draft.form)
        if limit is None or limit.maximum is None or 2 * len(draft.title.raw) <= limit.maximum:
            return False
        return count(draft.title.raw.strip(), limit.counter) > limit.maximum

    def cut(self, draft: ParsedDraft) -> list[ParsedDraft]:
        """What an overlong title is within the limit, cut after each character from the fourth on."""
        limit = self.limits[draft.draft.form]
        raw, most = draft.title.raw.strip(), int(limit.maximum or 0)
        ends = range(SHORTEST, min(len(raw), 2 * most + 1))  # no character counts less than half
        kept = [raw[:end] for end in ends if count(raw[:end], limit.counter) <= most]
        return [replace(draft, title=parse_text(text)) for text in kept if has_words(text)]


def find_refusals(titles: Sequence[ParsedText], fluency: Floats) -> list[str]:
    """Why each title gets no score, "" where nothing stands against it."""
    return [_refuse(title, how) for title, how in zip(titles, fluency.tolist(), strict=True)]


def _refuse(title: ParsedText, fluency: float) -> str:
    norm = title.norm
    if not _WORDY.search(norm):
        return _refuse_wordless(norm)
    letters = "".join(_LETTER.findall(norm))
    if _says_itself_again(letters):
        return "title_repeats"
    signs = len(norm) - len(letters) - norm.count(" ")
    if signs >= LEAST_SIGNS and signs > SIGN_SHARE * len(norm):
        return "title_mostly_symbols"
    if fluency < UNLIKE and len(_HAN.findall(norm)) >= LEAST_HANZI:
        return "title_unlike"
    return ""


def _refuse_wordless(norm: str) -> str:
    if has_words(norm):
        return "title_only_digits"
    return "title_only_symbols" if norm.strip() else "title_empty"


def _says_itself_again(letters: str) -> bool:
    letters = letters.translate(_WITHOUT_DIGITS)
    size = len(letters)
    if size < LEAST_LETTERS or len(set(letters)) > DOUBLED * size:
        return False
    different = {letters[at - 1 : at + 1] if at else letters[-1] + letters[0] for at in range(size)}
    if len(different) <= DOUBLED * size:
        return True
    runs = (found for found in _RUN.finditer(letters) if len(set(found[1])) > 1)
    return any(len(found[0]) >= RUN_SHARE * size for found in runs)


def measure_pull(titles: Sequence[ParsedText], usual: float = USUAL_PULL) -> Floats:
    """How many logits each title loses for reading less like titles than usual. English: none."""
    pull = np.maximum(EASY - measure_fluency(titles), 0.0) * PULL - usual
    chinese = [detect_language(title.norm) == "zh" for title in titles]
    return np.asarray(np.where(chinese, pull, 0.0))


def find_usual_pull(titles: Sequence[ParsedText]) -> float:
    """What the titles of an account lose on average, the general average where there are few."""
    if len(titles) < LEAST_OWN:
        return USUAL_PULL
    return float(measure_pull(titles, 0.0).mean())


# --- what counts ------------------------------------------------------------------------------------


def strip_calls(title: ParsedText) -> ParsedText:
    """The title without what is stuck on to it and without what it says again."""
    raw = title.raw
    kept = _strip_back(_strip_front(_say_once(raw)))
    if kept == raw or not has_words(kept):
        return title
    return parse_text(kept)


def _say_once(raw: str) -> str:
    if len(raw) - len(set(raw)) < SHORTEST:
        return raw
    return _RUN.sub(lambda found: found[1] if len(set(found[1])) > 1 else found[0], raw)


@cache
def _fronts() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _load_calls("front")))
    return re.compile(f"^(?:[【「\\[#]?(?:{words})[】」\\]]?{_SIGNS}+)+", re.IGNORECASE)


@cache
def _backs() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _load_calls("back")))
    return re.compile(f"({_SIGNS}*)({words}){_SIGNS}*$", re.IGNORECASE)


def _load_calls(end: str) -> list[str]:
    table = tomllib.loads(find_asset(*CALLS).read_text("utf-8"))
    words = [word for language in LANGUAGES for word in table[language][end]]
    return sorted(words, key=len, reverse=True)


def _strip_front(raw: str) -> str:
    return _fronts().sub("", raw)


def _strip_back(raw: str) -> str:
    """Without calls at the end; a word that belongs to the one before it (旅游攻略) stays."""
    while found := _backs().search(raw):
        before = raw[: found.start()]
        belongs = not found[1] and before and joins(before[-1], found[2][0].lower())
        if belongs or len(_LETTER.findall(before)) < SHORTEST:
            break
        raw = before
    return raw


# --- all together -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Looks:
    """What the guard says of some drafts: why no score ("" none), and what of each counts."""

    reasons: list[str]
    counted: list[ParsedDraft]


def look(drafts: Sequence[ParsedDraft]) -> Looks:
    """Looks at drafts."""
    titles = [draft.title for draft in drafts]
    reasons = find_refusals(titles, measure_fluency(titles))
    counted = []
    for draft in drafts:
        title = strip_calls(draft.title)
        counted.append(draft if title is draft.title else replace(draft, title=title))
    return Looks(reasons, counted)
