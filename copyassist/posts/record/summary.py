"""What a record says first: three sentences, and the best and the worst posts."""

from collections.abc import Iterator

from copyassist.desk.scoring.results import TESTABLE, Results, TraitGroup
from copyassist.i18n import Language, find_sentence, say


def sum_up(language: Language, results: Results) -> Iterator[str]:
    """How often the score was right, how often its interval held, and what did better than usual."""
    right, coverage = results.pairs_right, results.coverage
    if right is None or coverage is None:
        key = f"results.untested.{results.untested}"
        yield say(language, key, posts=results.posts, needed=TESTABLE)
    else:
        yield say(
            language,
            "results.pairs_right",
            tested=results.tested,
            percent=100 * right.value,
            low=100 * right.low,
            high=100 * right.high,
        )
        yield say(language, "results.coverage", percent=100 * coverage)
    yield _say_best(language, results)


def _say_best(language: Language, results: Results) -> str:
    """The kind of post that did better most surely, among all that were looked at."""
    looked = [
        (dimension, group)
        for dimension, groups in results.groups.items()
        for group in groups
        if group.ratio is not None
    ]
    if not looked:
        return say(language, "evaluate.best_few")
    dimension, group = max(looked, key=lambda one: one[1].ratio.low if one[1].ratio else 0.0)
    if group.ratio is None or group.ratio.low <= 1:
        return say(language, "evaluate.best_none", looked=len(looked))
    return say(
        language,
        "evaluate.best",
        name=name_group(language, dimension, group),
        dimension=say(language, f"evaluate.section.{dimension}"),
        ratio=group.ratio.value,
        posts=group.posts,
        looked=len(looked),
    )


def name_group(language: Language, dimension: str, group: TraitGroup) -> str:
    """A group's name as it is read."""
    area = {"words": "features", "weekday": "results.weekday"}.get(dimension, "")
    name = (find_sentence(language, f"{area}.{group.name}") if area else None) or group.name
    if dimension == "hour":
        return say(language, "evaluate.hours", span=name.replace("-", "–"))
    return name
