"""What a topic means to one writer: forecast, closeness, earlier posts, subscriptions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from copyassist.hot.views import TopicView
from copyassist.store import Store
from copyassist.types import Account, RatedPost

FILE_NAME = "subscriptions.txt"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judge of one account at one moment."""

    group_names: tuple[str, ...] = ()

    def judge(self, view: TopicView) -> TopicView:
        return view


class Judge:
    def __init__(
        self, home: Path, store: Store, rated_posts: Callable[[Account], Sequence[RatedPost]]
    ) -> None:
        self._file = home / FILE_NAME
        self._store = store
        self._rated_posts = rated_posts

    def group_names(self) -> tuple[str, ...]:
        return ()

    def prepare(self, account: Account | None, moment: datetime) -> Judgement:
        return Judgement()

    def load_subscriptions(self) -> str:
        try:
            return self._file.read_text("utf-8-sig")
        except FileNotFoundError:
            return ""

    def save_subscriptions(self, text: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_suffix(".txt.new")
        draft.write_text(text, "utf-8")
        draft.replace(self._file)
