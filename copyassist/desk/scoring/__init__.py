"""Headline scores: measured, calibrated, explained, and silent where there is no evidence."""

from collections.abc import Sequence

from copyassist.desk.scoring.baseline import choose_metric, measure_usual, rate_posts
from copyassist.desk.scoring.model import Model, Models, load_model, load_models
from copyassist.desk.scoring.score import Scorer, p_beats, prepare_scorer
from copyassist.types import Comparable, ParsedDraft


def find_comparables(scorer: Scorer, parsed: ParsedDraft, limit: int = 3) -> Sequence[Comparable]:
    """The account's own posts most like the draft, best first, with how they did."""
    return scorer.index.find(parsed.title, limit)


__all__ = [
    "Model",
    "Models",
    "Scorer",
    "choose_metric",
    "find_comparables",
    "load_model",
    "load_models",
    "measure_usual",
    "p_beats",
    "prepare_scorer",
    "rate_posts",
]
