"""The rules as records, read from assets/lexicons/law/*.toml and checked while reading."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from copyassist.desk.law.compose import Composer, Construction
from copyassist.errors import SettingsError
from copyassist.resources import find_asset

FILES = (
    "claims",
    "health",
    "money",
    "people",
    "conduct",
    "broad",
    "wider_claims",
    "wider_money",
    "wider_conduct",
    "wider_more",
)
Context = Literal["always", "goods", "ad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRule:
    """One construction that breaks a rule.

    `gravity` is 1..4 (4: forbidden in adverts). `context` is about drafts that are no adverts:
    "always" warns there too, "goods" only beside something that is sold, "ad" not at all.
    `unless` is an expression that excuses the match which it overlaps. `platforms` are ids, empty
    for all. `unconfirmed`: no rule was found that says so; at most a hint, and so on the platforms of
    `unconfirmed_on`, whose own rule was not found. `hit` and `miss` are
    texts in which the rule must and must not be found.
    """

    id: str
    category: str
    gravity: int
    patterns: tuple[str, ...]
    basis: tuple[str, ...]
    hit: tuple[str, ...]
    miss: tuple[str, ...] = ()
    context: Context = "ad"
    unless: str | None = None
    platforms: tuple[str, ...] = ()
    unconfirmed: bool = False
    unconfirmed_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, composed: each construction with its rule, also by the element that is least often
    there."""

    composer: Composer
    rules: tuple[LawRule, ...]
    constructions: tuple[tuple[Construction, LawRule], ...]
    by_key: Mapping[int, tuple[tuple[Construction, LawRule], ...]]


@cache
def load_classes() -> Mapping[str, Mapping[str, str]]:
    """The classes of words by name, each as words between spaces, and the macros."""
    table: dict[str, dict[str, str]] = tomllib.loads(
        find_asset("lexicons", "law", "classes.toml").read_text("utf-8")
    )
    return table


@cache
def load_rule_book() -> RuleBook:
    """The shipped rules. Raises SettingsError naming file, rule and field."""
    tables = load_classes()
    composer = Composer(tables["classes"], tables["macros"])
    rules: list[LawRule] = []
    for name in FILES:
        rules += load_rules(find_asset("lexicons", "law", f"{name}.toml"))
    return compose_rules(composer, rules)


@cache
def find_basis(category: str) -> tuple[str, ...]:
    """The law on which the first rule of a category rests."""
    return next((r.basis for r in load_rule_book().rules if r.category == category), ())


def compose_rules(composer: Composer, rules: list[LawRule]) -> RuleBook:
    """The rules with their constructions. Raises KeyError, ValueError as `Composer.compose` does."""
    constructions = [
        (composer.compose(pattern), rule) for rule in rules for pattern in rule.patterns
    ]
    by_key: dict[int, list[tuple[Construction, LawRule]]] = {}
    for one in constructions:
        key = min(one[0].needs, key=lambda number: (composer.measure(number), number))
        by_key.setdefault(key, []).append(one)
    return RuleBook(
        composer, tuple(rules), tuple(constructions), {k: tuple(v) for k, v in by_key.items()}
    )


def load_rules(path: Path) -> list[LawRule]:
    """The rules of one file. Raises SettingsError naming the file, the rule and the field."""
    table = tomllib.loads(path.read_text("utf-8"))
    return [_read_rule(path, number, rule) for number, rule in enumerate(table["rules"], 1)]


def _read_rule(path: Path, number: int, table: Mapping[str, Any]) -> LawRule:
    known = {item.name: item for item in fields(LawRule)}
    for name in table:
        if name not in known:
            raise SettingsError("lexicon_invalid", path=str(path), row=number, field=name)
    for name, item in known.items():
        if item.default is MISSING and name not in table:
            raise SettingsError("lexicon_invalid", path=str(path), row=number, field=name)
    lists = {name: tuple(value) for name, value in table.items() if isinstance(value, list)}
    return LawRule(**{**table, **lists})
