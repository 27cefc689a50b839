"""Which titles of a file stand in it before: what a later row repeats of an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from copyassist.desk.duplicates import TitleIndex, find_in_many
from copyassist.desk.duplicates.fold import fold_key
from copyassist.text import parse_text
from copyassist.types import Likeness

# So many titles are also looked through for what is only nearly the same; of more rows only what is
# the same is told, which takes a hash a row: memory stays bounded whatever the file's length.
NEARLY = 200_000
_MOST_INDEXES = 4


class EarlierRow(NamedTuple):
    """The line of the earlier row, and in which way the title is the same."""

    line: int
    relation: Likeness


@dataclass(slots=True)
class SeenTitles:
    """The titles of the rows so far. The same rows give the same answers, also in a resumed run."""

    _lines: dict[int, int] = field(default_factory=dict)
    _titles: list[list[str]] = field(default_factory=list)
    _numbers: list[list[int]] = field(default_factory=list)
    _indexes: list[TitleIndex] = field(default_factory=list)
    _count: int = 0

    def add(self, titles: Sequence[str], lines: Sequence[int]) -> list[EarlierRow | None]:
        """What each title of a block repeats: the first row that is the same, else nearly so."""
        nearly = self._count < NEARLY
        found: list[EarlierRow | None] = [None] * len(titles)
        if nearly:
            own = TitleIndex.build(list(reversed(titles)))  # of equal titles the first is found
            self._find(titles, lines, own, found)
            self._keep(titles, lines)
        for place, title in enumerate(titles):
            folded = fold_key(title)
            if not folded:
                continue
            key = hash(folded)
            if (line := self._lines.setdefault(key, lines[place])) != lines[place]:
                near = found[place]
                if near is None or near.line != line:
                    found[place] = EarlierRow(line, "identical")
        self._count += len(titles)
        return found

    def _find(
        self,
        titles: Sequence[str],
        lines: Sequence[int],
        own: TitleIndex,
        found: list[EarlierRow | None],
    ) -> None:
        last = len(titles) - 1
        indexes = [*self._indexes, own]
        asked = [parse_text(title) for title in titles]
        for place, hits in enumerate(find_in_many(indexes, asked, 6)):
            rows = []
            for number, hit in hits:
                if hit.kind == "similar":
                    continue
                mine = number == len(self._indexes)
                line = lines[last - hit.row] if mine else self._numbers[number][hit.row]
                if line < lines[place]:
                    rows.append(EarlierRow(line, hit.relation))
            if rows:
                found[place] = min(rows)

    def _keep(self, titles: Sequence[str], lines: Sequence[int]) -> None:
        """Indexes the block; of equal titles the first stays. Small indexes are joined."""
        self._titles.append(list(titles)[::-1])
        self._numbers.append(list(lines)[::-1])
        self._indexes.append(TitleIndex.build(self._titles[-1]))
        if len(self._indexes) > _MOST_INDEXES:
            joined = [title for part in reversed(self._titles) for title in part]
            numbers = [line for part in reversed(self._numbers) for line in part]
            self._titles, self._numbers = [joined], [numbers]
            self._indexes = [TitleIndex.build(joined)]
