"""What the guard of titles does: nonsense and padding against the titles that they are made of.

Titles are ordinary ones whose hash is odd (the guard was tuned on the even half), B站 titles, which
nothing was learnt from, and 小红书 notes of the fold that the table of pairs left out. "Before" is the
same model without the guard.
"""

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from benchmarks.data import measure_best, ordinary_titles, print_table, read_plain_rows, read_rows
from copyassist.desk.context import Context
from copyassist.desk.scoring import Scorer, load_models, prepare_scorer
from copyassist.desk.scoring.guard import look
from copyassist.desk.scoring.model import measure_parts
from copyassist.desk.scoring.ngrams import Floats, lay_out
from copyassist.platforms import load_platforms
from copyassist.resources import find_models
from copyassist.text import parse, segment
from copyassist.types import Draft, ParsedDraft

LIMIT, FILLER = 20, 16
FILL = "的了是我在有人这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天"
WORDS = "真的太好吃了姐妹们一定要去试试看绝绝子家人们冲冲冲呀"
TITLES, ORDINARY = 1_000, 4_000

Score = Callable[[Sequence[str]], Floats]


def main() -> None:
    chooser = random.Random(7)
    scorer = _find_scorer()
    sets = _find_titles(chooser)
    for name, titles in sets.items():
        print(f"### {name} ({len(titles):,} titles of 4 to {LIMIT} characters)\n")
        print("Share that gains more than 1 point, %:\n")
        _print_gains(scorer, titles, chooser)
        print("\nOriginal higher, or the other unscored, %:\n")
        _print_nonsense(scorer, titles, chooser)
        print()
    odd = [title for title in ordinary_titles() if _is_odd(title)]
    chosen = chooser.sample(odd, ORDINARY)
    for label, measure in (("before", _bare(scorer)), ("now", _guarded(scorer))):
        left = 100 * float(np.isnan(measure(chosen)).mean())
        print(
            f"ordinary titles left without a score, {label}: {left:.2f} % of {ORDINARY:,} (bar 1)"
        )
    drafts = _draft(chosen)
    print(
        f"the guard looks at a title in {measure_best(lambda: look(drafts)) / ORDINARY * 1e6:.0f} us"
    )


def _find_scorer() -> Scorer:
    context = Context(
        platform=load_platforms(None)["xiaohongshu"], now=datetime(2026, 11, 1, tzinfo=UTC)
    )
    return prepare_scorer(load_models(find_models()), context, [])


def _is_odd(title: str) -> bool:
    return hashlib.sha256(title.encode()).digest()[0] % 2 == 1


def _find_titles(chooser: random.Random) -> Mapping[str, list[str]]:
    folds = read_plain_rows("headlines/splits/xhs_account_fold.csv")
    held = {row["account"] for row in folds if row["fold"] == "0"}
    notes = read_rows("headlines/xhs_notes.csv.gz")
    found = {
        "ordinary titles": [title for title in ordinary_titles() if _is_odd(title)],
        "B站": [row["title"] for row in read_rows("headlines/bilibili_videos.csv.gz")],
        "小红书": [row["title"] for row in notes if row["account"] in held],
    }
    return {
        name: chooser.sample(sorted({t for t in titles if 4 <= len(t) <= LIMIT}), TITLES)
        for name, titles in found.items()
    }


def _draft(titles: Sequence[str]) -> list[ParsedDraft]:
    return [parse(Draft(title=title)) for title in titles]


def _guarded(scorer: Scorer) -> Score:
    def measure(titles: Sequence[str]) -> Floats:
        scores = scorer.score_many(_draft(titles))
        return np.array([np.nan if s.value is None else s.value for s in scores])

    return measure


def _bare(scorer: Scorer) -> Score:
    """The same model's scores without the guard: of any title, in Chinese."""
    base = scorer.bases["zh"]

    def measure(titles: Sequence[str]) -> Floats:
        parsed = [draft.title for draft in _draft(titles)]
        edge = measure_parts(base.model, parsed, lay_out(parsed)).utility - base.reference.utility
        return np.asarray(100 / (1 + np.exp(-base.start - base.model.calibration.slope * edge)))

    return measure


def _print_gains(scorer: Scorer, titles: Sequence[str], chooser: random.Random) -> None:
    def fill_up(title: str, text: str) -> str:
        return title + (text * 40)[: LIMIT - len(title) + FILLER]

    changes: Mapping[str, tuple[Callable[[str], str], str]] = {
        "doubled": (lambda t: t + t, "2"),
        "doubled, with a comma": (lambda t: f"{t}，{t}", "2"),
        "padded past the limit: 啊": (lambda t: fill_up(t, "啊"), "0"),
        "padded: common characters": (
            lambda t: fill_up(t, "".join(chooser.sample(FILL, len(FILL)))),
            "0",
        ),
        "padded: words that do well": (lambda t: fill_up(t, WORDS), "0"),
        "一定要看！ in front": (lambda t: f"一定要看！{t}", "10"),
        "震惊！ in front": (lambda t: f"震惊！{t}", ""),
        "攻略 behind": (lambda t: f"{t}攻略", "15"),
        "攻略 ten times behind": (lambda t: t + "攻略" * 10, ""),
    }
    rows = []
    for name, (change, bar) in changes.items():
        changed = [change(title) for title in titles]
        before, now = (
            100 * float((measure(changed) - measure(titles) > 1).mean())
            for measure in (_bare(scorer), _guarded(scorer))
        )
        rows.append([name, bar, f"{before:.1f}", f"{now:.1f}"])
    print_table(["change", "bar, at most", "before", "now"], rows)


def _print_nonsense(scorer: Scorer, titles: Sequence[str], chooser: random.Random) -> None:
    signs = sorted({sign for title in titles for sign in title if "\u4e00" <= sign <= "\u9fff"})
    changes: Mapping[str, tuple[Callable[[str], str], int]] = {
        "characters shuffled": (lambda t: "".join(chooser.sample(t, len(t))), 97),
        "words shuffled": (lambda t: _shuffle_words(t, chooser), 80),
        "random characters": (lambda t: "".join(chooser.choices(signs, k=len(t))), 99),
    }
    rows = []
    for name, (change, bar) in changes.items():
        changed = [change(title) for title in titles]
        cells = []
        for measure in (_bare(scorer), _guarded(scorer)):
            first, second = measure(titles), measure(changed)
            known = ~np.isnan(first)
            worse = (np.isnan(second) | (first > second))[known]
            cells.append(f"{100 * worse.mean():.1f}")
        unscored = 100 * float(np.isnan(second[known]).mean())
        rows.append([name, bar, *cells, f"{unscored:.1f}"])
    print_table(["other", "bar, at least", "before", "now", "unscored now"], rows)


def _shuffle_words(title: str, chooser: random.Random) -> str:
    words = list(segment(title))
    shuffled = list(words)
    for _ in range(5):
        chooser.shuffle(shuffled)
        if shuffled != words:
            break
    return "".join(shuffled)
