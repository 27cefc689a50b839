"""The facade's part for repeats: texts held against everything, corpora added, listed, taken out."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from copyassist.desk.duplicates import THRESHOLD
from copyassist.errors import UsageError
from copyassist.ground import Ground
from copyassist.home import CORPORA, changing
from copyassist.repeats.checking import (
    AGAINST,
    Against,
    CheckedText,
    EarlierText,
    Holdings,
    RepeatGroup,
    check_texts,
    group_titles,
)
from copyassist.repeats.corpus import AddedTexts, Corpus, CorpusText
from copyassist.repeats.documents import read_texts
from copyassist.types import Account

_LONGEST_NAME = 60
_FORBIDDEN = frozenset('/\\:*?"<>|.')


class Repeats:
    """Holds texts against own posts, followed accounts, hot lists, kept drafts and corpora."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    # --- corpora ---------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where the corpora lie, a folder each."""
        return CORPORA.place(self._ground.home)

    def corpora(self) -> dict[str, dict[str, int]]:
        """The corpora by name: where their texts came from, and how many."""
        found = {}
        for name in self._names():
            with Corpus(self.folder / name) as corpus:
                found[name] = corpus.origins()
        return found

    def _names(self) -> list[str]:
        return sorted(path.parent.name for path in self.folder.glob("*/texts.db"))

    def add_corpus(
        self, name: str, paths: Sequence[Path], progress: Callable[[int], None] | None = None
    ) -> AddedTexts:
        """Adds files and folders to a corpus, which is made where missing.

        What is there already is left. Raises InputError, UsageError corpus_name, StoreError.
        """
        _check_name(name)
        texts = [text for path in paths for text in read_texts(path)]
        with changing(self._ground.home), Corpus(self.folder / name, progress=progress) as corpus:
            return corpus.add(texts)

    def remove_corpus(self, name: str, origin: str = "") -> int:
        """Takes a corpus away, or what came from one file or folder; how many texts that were.

        Raises UsageError corpus_unknown.
        """
        self._require([name])
        with changing(self._ground.home):
            with Corpus(self.folder / name) as corpus:
                count = corpus.remove(origin) if origin else len(corpus)
            if not origin:
                shutil.rmtree(self.folder / name)
        return count

    def _require(self, names: Sequence[str]) -> None:
        known = self._names()
        for name in names:
            if name not in known:
                raise UsageError("corpus_unknown", name=name, known="、".join(known) or "—")

    # --- checking --------------------------------------------------------------------------------

    def check(
        self,
        texts: Sequence[CorpusText],
        account: Account | None = None,
        against: Sequence[str] = (),
        *,
        passages: bool = True,
    ) -> list[CheckedText]:
        """What was found of each text.

        `against` are names of AGAINST and of corpora, all by default; `own` is the account, or all
        own accounts where none is named. Raises UsageError corpus_unknown.
        """
        with self._collected(account, against) as collection:
            return check_texts(texts, collection, passages=passages)

    def group(self, titles: Sequence[str], threshold: float = THRESHOLD) -> list[RepeatGroup]:
        """Titles of one file that are one, in groups of two and more."""
        return group_titles(titles, threshold)

    @contextmanager
    def _collected(self, account: Account | None, against: Sequence[str]) -> Iterator[Holdings]:
        named = [name for name in against if name not in AGAINST]
        self._require(named)
        groups = [group for group in AGAINST if not against or group in against]
        names = self._names() if "corpora" in groups else named
        with ExitStack() as stack:
            corpora: Mapping[str, Corpus] = {
                name: stack.enter_context(Corpus(self.folder / name)) for name in names
            }
            yield Holdings.of(self._find_texts(account, groups), corpora)

    def _find_texts(
        self, account: Account | None, groups: Sequence[Against]
    ) -> Iterator[EarlierText]:
        # Own posts come last: of equal titles the last one is reported.
        if "hot" in groups:
            yield from self._find_hot()
        if "drafts" in groups:
            for kept in self._ground.store.drafts():
                draft = kept.draft
                yield EarlierText(
                    group="drafts", title=draft.title, body=draft.body,
                    where=self._name(draft.platform), when=kept.saved_at,
                )  # fmt: skip
        accounts = self._ground.store.accounts()
        if "followed" in groups:
            for one in accounts:
                if one.relation == "followed":
                    yield from self._find_posts(one, "followed")
        if "own" in groups:
            for one in [account] if account else accounts:
                if one.relation == "own":
                    yield from self._find_posts(one, "own")

    def _find_hot(self) -> Iterator[EarlierText]:
        for source, items in self._ground.store.hot.latest().items():
            for item in items:
                yield EarlierText(
                    group="hot", title=item.title, where=source, when=item.seen_at, url=item.url
                )

    def _find_posts(self, account: Account, group: Against) -> Iterator[EarlierText]:
        for post in self._ground.store.posts(account.id):
            where = f"{account.name} · {self._name(post.platform)}"
            yield EarlierText(
                group=group, title=post.title, body=post.body, where=where,
                when=post.published_at, url=post.url,
            )  # fmt: skip

    def _name(self, platform: str) -> str:
        known = self._ground.platforms.get(platform)
        return known.name(self._ground.settings.language) if known else platform


def _check_name(name: str) -> None:
    if (
        not name.strip()
        or len(name) > _LONGEST_NAME
        or _FORBIDDEN & set(name)
        or not name.isprintable()
        or name in AGAINST
    ):
        raise UsageError("corpus_name", name=name, limit=_LONGEST_NAME)
