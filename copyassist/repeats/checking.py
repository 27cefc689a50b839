"""Texts held against what was published, is kept, or stands beside them in one file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from copyassist.desk.duplicates import Found, TitleIndex
from copyassist.desk.passages import (
    Earlier,
    PrintIndex,
    find_letters,
    find_prints,
    learn_boilerplate,
    measure_share,
)
from copyassist.repeats.corpus import Corpus, CorpusText
from copyassist.text import parse_text
from copyassist.types import Likeness, OwnShare, ParsedText

Against: TypeAlias = Literal["own", "followed", "hot", "drafts", "corpora"]
AGAINST: tuple[Against, ...] = ("own", "followed", "hot", "drafts", "corpora")
LIMIT = 3  # titles shown of one that is looked up
_MOST = 12  # texts compared by the passage


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText:
    """A text that others are held against, and where it is from.

    `group` is one of AGAINST; `where` names the account, the platform, the list or the file.
    """

    group: Against
    title: str
    body: str = ""
    where: str = ""
    when: datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An earlier title that a title repeats or resembles, and in which way."""

    text: EarlierText
    similarity: float
    same: float
    relation: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedText:
    """What was found of one text. `share` is there where its body was compared; its passages
    number `sources`."""

    title: str
    place: str
    repeats: tuple[Repeat, ...] = ()
    share: OwnShare | None = None
    sources: tuple[EarlierText, ...] = ()

    def is_repeat(self, threshold: float) -> bool:
        """Whether its title is that of an earlier text, or its body stands in earlier ones."""
        copied = self.share is not None and bool(self.share.passages)
        return copied or any(repeat.same >= threshold for repeat in self.repeats)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatGroup:
    """Titles of one file that are one: the number of the representative and of the others."""

    first: int
    others: tuple[int, ...]


@dataclass(slots=True)
class Holdings:
    """Everything that is held against: texts in memory, and corpora on the disk."""

    texts: Sequence[EarlierText]
    corpora: Mapping[str, Corpus] = field(default_factory=dict)
    learnt: frozenset[int] = frozenset()
    _titles: TitleIndex | None = None
    _bodies: PrintIndex | None = None

    @classmethod
    def of(cls, texts: Iterable[EarlierText], corpora: Mapping[str, Corpus]) -> "Holdings":
        """A collection; what stands under the own posts is learnt from them."""
        listed = list(texts)
        own = [text.body for text in listed if text.group == "own"]
        return cls(listed, corpora, learn_boilerplate(own))

    def find_titles(self, titles: Sequence[ParsedText]) -> list[list[Repeat]]:
        """The earlier titles of each, best first."""
        if self._titles is None:
            self._titles = TitleIndex.build([text.title for text in self.texts])
        found = [
            [_repeat(self.texts[hit.row], hit) for hit in hits]
            for hits in self._titles.find_many(titles, LIMIT)
        ]
        for name, corpus in self.corpora.items():
            for place, hits in enumerate(corpus.find_titles(titles, LIMIT)):
                found[place] += [_repeat(_from_corpus(name, text), hit) for text, hit in hits]
        for repeats in found:
            repeats.sort(key=lambda one: (-one.same, -one.similarity))
            del repeats[LIMIT:]
        return found

    def compare(self, body: str) -> tuple[OwnShare, tuple[EarlierText, ...]]:
        """The passages of a body that stand in earlier ones, and those texts."""
        if self._bodies is None:
            self._bodies = PrintIndex.build([text.body for text in self.texts])
        prints = find_prints(find_letters(body))
        sources = [self.texts[number] for number, _ in self._bodies.find(prints, _MOST)]
        for name, corpus in self.corpora.items():
            sources += [_from_corpus(name, text) for text, _ in corpus.find_bodies(body, _MOST)]
        earlier = [Earlier(number, text.body) for number, text in enumerate(sources)]
        return measure_share(body, earlier, self.learnt), tuple(sources)


def check_texts(
    texts: Sequence[CorpusText], collection: Holdings, *, passages: bool
) -> list[CheckedText]:
    """What was found of each text; bodies are compared only where `passages` are asked for."""
    found = collection.find_titles([parse_text(text.title) for text in texts])
    checked = []
    for text, repeats in zip(texts, found, strict=True):
        share, sources = collection.compare(text.body) if passages and text.body else (None, ())
        checked.append(
            CheckedText(
                title=text.title,
                place=text.place,
                repeats=tuple(repeats),
                share=share,
                sources=sources,
            )
        )
    return checked


def group_titles(titles: Sequence[str], threshold: float) -> list[RepeatGroup]:
    """Titles that are one, in groups of two and more, each with its first one as representative.

    A title joins the group of an earlier title that it repeats, never that of a title that only
    repeats another one of the group: boilerplate would chain strangers.
    """
    heads: dict[int, list[int]] = {}
    head_of: dict[int, int] = {}
    index = TitleIndex.build(list(reversed(titles)))  # so that of equal titles the first is found
    last = len(titles) - 1
    for number, hits in enumerate(index.find_many([parse_text(one) for one in titles], 8)):
        earlier = sorted(last - hit.row for hit in hits if hit.same >= threshold)
        head = next((one for one in earlier if one < number and one not in head_of), None)
        if head is not None:
            head_of[number] = head
            heads.setdefault(head, []).append(number)
    return [RepeatGroup(first=one, others=tuple(heads[one])) for one in sorted(heads)]


def _repeat(text: EarlierText, hit: Found) -> Repeat:
    return Repeat(text=text, similarity=hit.similarity, same=hit.same, relation=hit.relation)


def _from_corpus(name: str, text: CorpusText) -> EarlierText:
    where = f"{name} · {text.place}"
    return EarlierText(group="corpora", title=text.title, body=text.body, where=where)
