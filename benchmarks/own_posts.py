"""What own posts add, on simulated desks: an account at a moment, judged on its next twenty posts.

Variances, slopes and hit rates are learnt on other folds than those that are judged; the platform
model's utilities too. Bilibili's accounts are judged by what the Xiaohongshu accounts taught, and
nothing is tuned there. Intervals are 95 % bootstraps over accounts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.data import find_data, print_table
from copyassist.desk.context import Context
from copyassist.desk.scoring import load_models, prepare_scorer, rate_posts
from copyassist.desk.scoring.bases import LANGUAGE_POSTS, PULL_BESIDE_OWN
from copyassist.desk.scoring.features.facts import COLUMNS
from copyassist.desk.scoring.ngrams import Floats
from copyassist.desk.scoring.score import PULLED
from copyassist.desk.scoring.shrinkage import OwnPrior, claim_hits
from copyassist.platforms import load_platforms
from copyassist.resources import find_models
from copyassist.text import parse
from copyassist.training.datasets import Dataset
from copyassist.training.histories import COUNTS, History, load_video_histories
from copyassist.training.measure import Tally, draw_clusters, measure_ece, summarise
from copyassist.training.own_posts import Outcome, Scales, simulate
from copyassist.training.own_train import Setting, learn_setting, load_settings
from copyassist.training.recipe import XIAOHONGSHU
from copyassist.training.train import parse_corpus, predict_facts_unseen, predict_unseen
from copyassist.types import Draft, MetricValue, Post

FORM = ("video",)
STATED = ("video", "hour", "weekend")  # what an export states of a post by itself
LEAST_VIDEOS = 17  # twelve behind the desk, five ahead
# The figures of the release before (its gate, its ridge), as judged then, and what was asked for.
BEFORE = {12: "no score", 20: "no score", 50: "51.3", 100: "51.6"}
BARS = {12: "52.5 / 53.5", 20: "54 / 55.5", 50: "56 / 58.5", 100: "57 / 60"}
BRIER_BARS = {12: ".247", 20: ".244", 50: ".241", 100: ".239"}
GAIN_BEFORE = {12: "", 20: "0.0", 50: "+0.3", 100: "+0.2"}
GAIN_BARS = {12: "", 20: "+1.4 / +2.5", 50: "+1.6 / +3.0", 100: "+1.6 / +3.0"}


@dataclass(frozen=True, slots=True)
class Told:
    """A desk's outcome and what the score said there: chances of beating the usual, hit rate."""

    outcome: Outcome
    chances: Floats
    hits: float
    prior: Floats
    edge: Floats
    scored: bool


def main() -> None:
    data = find_data()
    dataset = XIAOHONGSHU.load(data)
    title = predict_unseen(XIAOHONGSHU, dataset, parse_corpus(XIAOHONGSHU, dataset))
    print_own_posts(dataset, title, predict_facts_unseen(dataset))
    print_two_kinds()


def print_own_posts(dataset: Dataset, title: Floats, facts: Floats) -> None:
    """All tables. `title` and `facts` are out-of-fold utilities of the notes."""
    data = find_data()
    alone, on_prior = load_settings(data, dataset, title, facts)
    scales = Scales.of(alone.full)
    learnt = [learn_folds(setting, scales) for setting in (alone, on_prior)]
    print("\nOwn posts, no platform model:\n")
    print_table(HEAD, _rows_alone(alone, scales, learnt[0]))
    print("\nOwn posts on the platform model:\n")
    print_table(GAIN_HEAD, _rows_on_prior(on_prior, scales, learnt[1]))
    print("\nWith facts, on the platform model:\n")
    print_table(FACTS_HEAD, _rows_facts(on_prior, scales, learnt[1]))
    print("\nBilibili by what Xiaohongshu's accounts taught:\n")
    print_table(HEAD, _rows_videos(data, alone, scales))


def learn_folds(setting: Setting, scales: Scales) -> dict[int, OwnPrior]:
    """For each fold what the others taught."""
    folds = sorted({one.fold for one in setting.full})
    return {
        fold: learn_setting(setting.pick([f for f in folds if f != fold]), scales) for fold in folds
    }


def tell(
    histories: Sequence[History], scales: Scales, learnt: dict[int, OwnPrior], steep: bool = False
) -> list[Told]:
    """Every desk of every count, each judged by what the other folds taught."""
    found = []
    for fold, level in learnt.items():
        # accounts keep their numbers, so that a bootstrap draws each once
        chosen = [one if one.fold == fold else _emptied(one) for one in histories]
        for count in COUNTS:
            for outcome in simulate(chosen, scales, level, count):
                found.append(_tell(outcome, level, histories, steep))
    return found


def _emptied(history: History) -> History:
    nothing = slice(0, 0)
    return replace(
        history,
        logs=history.logs[nothing],
        when=history.when[nothing],
        target=history.target[nothing],
        hand=history.hand[nothing],
        facts=history.facts[nothing],
        alike=history.alike[nothing, nothing],
        prior=history.prior[nothing],
        chinese=history.chinese[nothing],
        pull=history.pull[nothing],
    )


def _tell(one: Outcome, level: OwnPrior, histories: Sequence[History], steep: bool) -> Told:
    learnt, history = level.calibration, histories[one.account]
    recent, longer, _ = one.trail
    shift = learnt.recent * recent + learnt.longer * longer
    slope = learnt.slope_at(one.posts) * (learnt.facts_slope if steep else 1.0)
    edge = one.edge - _find_pull(one, history) * one.noise / slope
    logit = learnt.bias + learnt.trend * shift + slope * edge / one.noise
    claimed = claim_hits(one.claimed, learnt.pair_slope_at(one.posts) / one.noise)
    hits = learnt.expect_hits(claimed, one.posts)
    behind = slice(one.ahead.start - one.posts, one.ahead.start)
    return Told(
        outcome=one,
        chances=1 / (1 + np.exp(-logit)),
        hits=hits,
        prior=history.prior[one.ahead],
        edge=edge,
        scored=bool(history.chinese[behind].sum() >= LANGUAGE_POSTS),
    )


def _find_pull(one: Outcome, history: History) -> Floats:
    """What the guard takes off for titles that read unlike the account's: logits."""
    before = history.pull[max(0, one.ahead.start - PULLED) : one.ahead.start]
    return PULL_BESIDE_OWN * (history.pull[one.ahead] - before.mean())


# --- figures ---------------------------------------------------------------------------------------

Measure = Callable[[Told], tuple[float, float]]  # a desk's top and bottom


def right_of(edge: Callable[[Told], Floats], clear: bool) -> Measure:
    """Pairs right by an edge, of all pairs or of the clear ones."""

    def measure(told: Told) -> tuple[float, float]:
        pairs = told.outcome.pairs
        utility = edge(told)
        margin = utility[pairs.better] - utility[pairs.worse]
        right = (margin > 0) + 0.5 * (margin == 0)
        chosen = pairs.clear if clear else np.ones(len(right), dtype=bool)
        return float(right[chosen].sum()), float(chosen.sum())

    return measure


def own_edge(told: Told) -> Floats:
    return told.edge


def prior_edge(told: Told) -> Floats:
    return told.prior


def brier(told: Told) -> tuple[float, float]:
    """Squared error of P(beats the usual); a post that equals its usual is left out."""
    target = told.outcome.target
    told_of = np.isfinite(target) & (target != 0)
    miss = (told.chances - (target > 0))[told_of]
    return float((miss**2).sum()), float(told_of.sum())


def overstated(told: Told) -> tuple[float, float]:
    """Stated less realised hit rate; each desk counts once."""
    if not len(told.outcome.pairs.better):
        return 0.0, 0.0
    right, of = right_of(own_edge, clear=False)(told)
    return told.hits - right / of, 1.0


def tally(desks: Sequence[Told], measure: Measure) -> Tally:
    """The sums by account."""
    size = max(one.outcome.account for one in desks) + 1
    top, bottom = np.zeros(size), np.zeros(size)
    for one in desks:
        more, of = measure(one)
        top[one.outcome.account] += more
        bottom[one.outcome.account] += of
    seen = bottom > 0
    return Tally(top[seen], bottom[seen])


def show(tallied: Tally, scale: float = 100, digits: int = 1, sign: str = "") -> str:
    """A figure with its interval."""
    figure = summarise(tallied, draw_clusters(len(tallied.top)))
    value, low, high = (scale * v for v in (figure.value, figure.low, figure.high))
    return f"{value:{sign}.{digits}f} [{low:{sign}.{digits}f}, {high:{sign}.{digits}f}]"


HEAD = [
    "known of a post", "own posts", "desks (accounts)", "with a score", "all", "clear", "bar", "before",
    "Brier", "bar", "stated − realised",
]  # fmt: skip
GAIN_HEAD = ["known of a post", "own posts", "desks", "all", "clear", "gain, all", "gain, clear", "bar",
             "before", "Brier", "stated − realised"]  # fmt: skip
FACTS_HEAD = ["own posts", "all", "clear", "Brier", "ECE", "bar at 50", "before"]


def keep_facts(histories: Sequence[History], names: Sequence[str]) -> list[History]:
    """The same accounts where only some facts are known."""
    kept = np.array([column.fact in names for column in COLUMNS])
    return [replace(one, facts=np.where(kept, one.facts, np.nan)) for one in histories]


def _sorts(setting: Setting) -> list[tuple[str, Sequence[History]]]:
    return [
        ("title", setting.titles),
        ("title, form", _join(setting.titles, keep_facts(setting.full, FORM))),
        ("title, form, time", _join(setting.titles, keep_facts(setting.full, STATED))),
    ]


def _join(titles: Sequence[History], facts: Sequence[History]) -> list[History]:
    """The prior of titles alone beside some facts: the platform's model is not told them."""
    return [replace(one, facts=two.facts) for one, two in zip(titles, facts, strict=True)]


def _rows_alone(setting: Setting, scales: Scales, learnt: dict[int, OwnPrior]) -> list[list[str]]:
    rows = []
    for name, histories in _sorts(setting):
        desks = tell(histories, scales, learnt)
        rows += [_row_alone(name, desks, count) for count in COUNTS]
    return rows


def _row_alone(name: str, desks: Sequence[Told], count: int) -> list[str]:
    chosen = [one for one in desks if one.outcome.posts == count]
    accounts = len({one.outcome.account for one in chosen})
    return [
        name,
        str(count),
        f"{len(chosen):,} ({accounts})",
        f"{100 * np.mean([one.scored for one in chosen]):.1f} %",
        show(tally(chosen, right_of(own_edge, clear=False))),
        show(tally(chosen, right_of(own_edge, clear=True))),
        BARS[count],
        BEFORE[count],
        show(tally(chosen, brier), 1, 4),
        BRIER_BARS[count],
        show(tally(chosen, overstated), sign="+"),
    ]


def _rows_on_prior(
    setting: Setting, scales: Scales, learnt: dict[int, OwnPrior]
) -> list[list[str]]:
    rows = []
    for name, histories in _sorts(setting):
        desks = tell(histories, scales, learnt)
        for count in COUNTS:
            chosen = [one for one in desks if one.outcome.posts == count]
            figures = {
                (edge, clear): tally(chosen, right_of(edge, clear))
                for edge in (own_edge, prior_edge)
                for clear in (False, True)
            }
            gains = [
                Tally(
                    figures[own_edge, clear].top - figures[prior_edge, clear].top,
                    figures[own_edge, clear].bottom,
                )
                for clear in (False, True)
            ]
            rows.append(
                [
                    name,
                    str(count),
                    f"{len(chosen):,}",
                    *(show(figures[own_edge, clear]) for clear in (False, True)),
                    *(show(gain, sign="+") for gain in gains),
                    GAIN_BARS[count],
                    GAIN_BEFORE[count],
                    show(tally(chosen, brier), 1, 4),
                    show(tally(chosen, overstated), sign="+"),
                ]
            )
    return rows


def _rows_facts(setting: Setting, scales: Scales, learnt: dict[int, OwnPrior]) -> list[list[str]]:
    desks = tell(setting.full, scales, learnt, steep=True)
    rows = []
    for count in COUNTS:
        chosen = [one for one in desks if one.outcome.posts == count]
        chances = np.concatenate([one.chances for one in chosen])
        target = np.concatenate([one.outcome.target for one in chosen])
        known = np.isfinite(target) & (target != 0)
        at_fifty = count == 50
        rows.append(
            [
                str(count),
                show(tally(chosen, right_of(own_edge, clear=False))),
                show(tally(chosen, right_of(own_edge, clear=True))),
                show(tally(chosen, brier), 1, 4),
                f"{measure_ece(chances[known], (target[known] > 0).astype(float)):.3f}",
                "61.5 / 66, .232, .02" if at_fifty else "",
                "59.9 / –, .2440, .06" if at_fifty else "",
            ]
        )
    return rows


def _rows_videos(data: Path, setting: Setting, scales: Scales) -> list[list[str]]:
    """Bilibili's accounts: levels and slopes are Xiaohongshu's."""
    histories = load_video_histories(data / "headlines", LEAST_VIDEOS)
    desks = tell(histories, scales, {-1: learn_setting(setting, scales)})
    rows = [_row_alone("title", desks, count) for count in COUNTS if count <= 50]
    return [[*row[:6], "", "", row[8], "", row[10]] for row in rows]


# --- an account of two kinds -----------------------------------------------------------------------

KINDS = (("北美租房避雷攻略第{}期", 1_000.0), ("周末随手拍的咖啡第{}杯", 100.0))
TWO_KINDS_POSTS, ACCOUNTS, SPREAD = 32, 50, 0.3


def print_two_kinds() -> None:
    """The product's scores for accounts whose one kind of title always does ten times as well."""
    models, now = load_models(find_models()), datetime(2026, 11, 1, tzinfo=UTC)
    rows = []
    for platform in ("wechat", "xiaohongshu"):
        context = Context(platform=load_platforms(None)[platform], now=now)
        values = []
        for seed in range(ACCOUNTS):
            posts = _draw_two_kinds(np.random.default_rng(seed), platform, now)
            rated = rate_posts(posts, "likes", mature_days=14, now=now)
            scorer = prepare_scorer(models, context, rated)
            drafts = [parse(Draft(title=name.format(99), platform=platform)) for name, _ in KINDS]
            values.append([score.value or 50.0 for score in scorer.score_many(drafts)])
        good, bad = np.array(values).T
        rows.append([platform, f"{good.mean():.0f} (least {good.min():.0f})",
                     f"{bad.mean():.0f} (most {bad.max():.0f})", ">= 80 / <= 20", "53 / 47"])  # fmt: skip
    print(f"\nTwo kinds of titles, tenfold, {TWO_KINDS_POSTS} posts, {ACCOUNTS} accounts:\n")
    print_table(["platform", "the good kind", "the other", "bar", "before"], rows)


def _draw_two_kinds(draw: np.random.Generator, platform: str, now: datetime) -> list[Post]:
    posts = []
    for number in range(TWO_KINDS_POSTS):
        name, value = KINDS[int(draw.integers(0, 2))]
        figure = MetricValue(round(value * float(np.exp(draw.normal(0, SPREAD)))))
        when = now - timedelta(days=20 + TWO_KINDS_POSTS - number)
        title = name.format(number)
        posts.append(
            Post(title=title, platform=platform, published_at=when, metrics={"likes": figure})
        )
    return posts


if __name__ == "__main__":
    main()
