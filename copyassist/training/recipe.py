"""What is trained for which language: data and views. One `Recipe` per shipped model."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from copyassist.i18n import Language
from copyassist.training.datasets import Dataset, load_notes, load_upworthy
from copyassist.training.fit import Stage, ViewSpec


@dataclass(frozen=True, slots=True)
class Source:
    """Where training data came from, and what that obliges to. Files are below the data folder."""

    files: tuple[str, ...]
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides one model."""

    name: str
    language: Language
    platforms: tuple[str, ...]
    causal: bool
    load: Callable[[Path], Dataset]
    stages: tuple[Stage, ...]
    source: Source

    @property
    def views(self) -> tuple[ViewSpec, ...]:
        """The views of all stages."""
        return tuple(view for stage in self.stages for view in stage.views)


def _load_notes(data: Path) -> Dataset:
    return load_notes(data / "headlines")


def _load_upworthy(data: Path) -> Dataset:
    return load_upworthy(data / "headlines")


# Views of a stage are fitted together, so that none repeats what another has said; fitted one by
# one and summed they are right half a point less often.
# Of grams only single words earn their place on unseen accounts: characters beside them add 0.0
# [-0.2, 0.2] points, pairs of words nothing, and neither makes a reason that anybody believes.
XIAOHONGSHU = Recipe(
    name="zh-xiaohongshu",
    language="zh",
    platforms=("xiaohongshu",),
    causal=False,
    load=_load_notes,
    stages=(
        Stage(
            views=(
                ViewSpec("word", "word", 1, 1, least=2),
                ViewSpec("hand", "hand"),
            ),
            l2=5e-4,
        ),
    ),
    source=Source(
        files=("headlines/xhs_notes.csv.gz", "headlines/splits/xhs_account_fold.csv"),
        licence="Apache-2.0",
        attribution="Xiaohongshu notes with account-level metrics from Dr-Spicy/MF_KOC",
    ),
)

UPWORTHY = Recipe(
    name="en-upworthy",
    language="en",
    platforms=("upworthy",),
    causal=True,
    load=_load_upworthy,
    stages=(
        Stage(
            views=(
                ViewSpec("char", "char", 2, 4, least=5),
                ViewSpec("word", "word", 1, 2),
                ViewSpec("hand", "hand"),
            ),
            l2=5e-5,
        ),
        # Words by their meaning, each in its usual company: alone as good as the other three.
        Stage(views=(ViewSpec("vector", "vector"),), l2=1e-4, share=0.8),
    ),
    source=Source(
        files=(
            "headlines/upworthy_exploratory.parquet",
            "headlines/upworthy_winner_pairs_exploratory.csv",
            "headlines/upworthy_winner_pairs_confirmatory.csv",
            "headlines/splits/upworthy_test_story_fold.csv",
        ),
        licence="CC-BY-4.0",
        attribution=(
            "Upworthy Research Archive: Matias, Munger, Le Quere, Ebersole 2021, Scientific Data 8,"
            " 195, doi 10.1038/s41597-021-00934-7; via elilk2/Upworthy-Analysis-Project and"
            " DDDOH/LLM_News. Word vectors distilled from all-MiniLM-L6-v2 (Apache-2.0)"
        ),
    ),
)

RECIPES: tuple[Recipe, ...] = (XIAOHONGSHU, UPWORTHY)
