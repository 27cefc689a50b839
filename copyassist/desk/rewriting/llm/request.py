"""What is sent: for titles the fact card and the platform's rules, nothing else; for help with a body
the body. It is made before anything is sent, so that it can be shown.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from copyassist.desk.rewriting.card import FactCard
from copyassist.desk.rewriting.llm.service import load_texts
from copyassist.i18n import say
from copyassist.types import Platform

Help = Literal["shorten", "digest", "version"]
HELPS: tuple[Help, ...] = ("shorten", "digest", "version")
MOST_TITLES = 20
DIGEST = 120  # characters, where the platform says none
MOST_CLAIMS, MOST_BODY = 16, 12_000


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it is sent: the rules, and the material as JSON or as text."""

    rules: str
    material: str

    @property
    def shown(self) -> str:
        """All of it, to be read before it is sent."""
        return f"{self.rules}\n\n{self.material}"


def ask_for_titles(card: FactCard, platform: Platform, count: int, limit: float) -> Request:
    """The question for titles; `limit` is how many characters the platform takes."""
    rules = load_texts()["prompt"]["titles"].strip()
    return Request(
        rules.format(n=min(count, MOST_TITLES), limit=f"{limit:g}"),
        json.dumps(_describe(card, platform, limit), ensure_ascii=False, indent=1),
    )


def _describe(card: FactCard, platform: Platform, limit: float) -> Mapping[str, Any]:
    counts = [one.text for one in (card.count, card.body_count) if one is not None]
    return {
        "title": card.title,
        "topic": card.topic,
        "facts": [claim.text for claim in card.claims[:MOST_CLAIMS]],
        "counts": counts,
        "numbers": list(card.numbers[:30]),
        "names": list(card.names[:30]),
        "dates": list(card.dates[:10]),
        "readers": list(card.audiences),
        "types_now": [say("zh", f"title_types.{kind}") for kind in card.kinds],
        "platform": {"name": platform.name_zh, "title_limit": limit},
    }


def ask_about_body(body: str, help_with: Help, platform: Platform) -> Request:
    """The question for help with a body: shorter, a digest, or a version for `platform`."""
    limits = [one.maximum for one in platform.form.limits if one.field == "digest" and one.maximum]
    limit = f"{min(limits, default=DIGEST):g}"
    rules = load_texts()["prompt"][help_with].strip()
    return Request(rules.format(platform=platform.name_zh, limit=limit), body[:MOST_BODY])
