"""The sentences of the hints for being found."""

from dataclasses import dataclass

from copyassist.desk.seo.result import (
    EarlierPost,
    Light,
    RelatedWord,
    SeoCheck,
    SeoReport,
    TitlePreview,
)
from copyassist.i18n import Language, find_sentence, say, say_day


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What is said of a check: its name, what was measured and what to do, who set the limits."""

    name: str
    said: str
    source: str


def word_check(language: Language, check: SeoCheck) -> CheckWords:
    """The sentences of a check."""
    group = "promise" if check.group == "promise" else check.code
    return CheckWords(
        name=say(language, f"seo.{check.code}.name"),
        said=say(language, f"seo.{group}.{check.outcome}", **_numbers(check), **check.params),
        source=say(language, f"seo.source.{check.source}"),
    )


def _numbers(check: SeoCheck) -> dict[str, object]:
    """Value and limits for the sentence, without needless decimals."""
    found = {"value": check.value, "low": check.low, "high": check.high}
    return {
        name: f"{number:g}" if number is not None else "—"
        for name, number in found.items()
        if name not in check.params
    }


def word_light(language: Language, light: Light) -> str:
    """The name of a light: colour alone tells not everybody anything."""
    return say(language, f"seo.light.{light}")


def word_counts(language: Language, seo: SeoReport) -> str:
    """How many checks show each light, in one line."""
    return say(
        language,
        "seo.counts",
        red=seo.count("red"),
        orange=seo.count("orange"),
        green=seo.count("green"),
    )


def word_place(language: Language, preview: TitlePreview) -> str:
    """The name of a place where titles are shown."""
    return say(language, f"seo.place.{preview.place}")


def word_preview(language: Language, preview: TitlePreview) -> str:
    """What is cut off there, and whether the keyword is still to be seen."""
    if not preview.hidden:
        return say(language, "seo.preview.whole")
    seen = {None: "cut", True: "cut_seen", False: "cut_unseen"}[preview.keyword_shown]
    return say(language, f"seo.preview.{seen}", hidden=preview.hidden)


def word_origin(language: Language, word: RelatedWord) -> str:
    """Where a related word comes from."""
    key = f"seo.origin.{word.origin}"
    if word.origin == "own" and word.ratio is not None:
        key = "seo.origin.own_rated"
    source = word.source and (find_sentence(language, f"seo.list.{word.source}") or word.source)
    return say(
        language,
        key,
        count=word.count,
        source=source,
        day=say_day(word.seen_at) if word.seen_at else "",
        ratio=word.ratio or 0.0,
    )


def word_earlier(language: Language, one: EarlierPost) -> str:
    """When an earlier post came out, and how it did."""
    day = say_day(one.post.published_at) if one.post.published_at else "—"
    if one.ratio is None:
        return say(language, "seo.earlier.unrated", day=day)
    return say(language, "seo.earlier.rated", day=day, ratio=one.ratio)
