"""Collecting beside the pages: one round, or rounds until it is stopped."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from copyassist.assistant import Assistant
from copyassist.errors import CopyAssistError
from copyassist.news.collecting import CollectOptions, SourceProgress, collect_every
from copyassist.ui.kit.job import Job


@dataclass(frozen=True, slots=True)
class Rounds:
    """How far collecting is: rounds that ended, what this one has asked, when the next begins.

    `next_at` is None while a round is under way, and where there is only one.
    """

    ended: int = 0
    asked: tuple[SourceProgress, ...] = ()
    next_at: datetime | None = None


class CollectJob(Job[Rounds, None]):
    """One round of `total` sources, or one `every` so often until stopped. What was stored stays."""

    def __init__(
        self,
        assistant: Assistant,
        total: int,
        every: timedelta | None = None,
        *,
        force: bool = False,
    ) -> None:
        self.total = total
        self._assistant, self._every, self._force = assistant, every, force
        super().__init__("collect", self._collect, Rounds())

    def _collect(self, _: Job[Rounds, None]) -> None:
        if self._every is None:
            self._ask_all()
        else:
            collect_every(self._every, self._ask_all, self.stopping, on_trouble=self._note_trouble)

    def _note_trouble(self, error: CopyAssistError) -> None:
        """A round that was not done: the page tells it until the next one is."""
        self.error = error
        every = self._every or timedelta()
        self.tell(replace(self.progress, next_at=datetime.now(UTC) + every))

    def _ask_all(self) -> None:
        self.tell(Rounds(self.progress.ended))
        options = CollectOptions(force=self._force, stop=self.stopping)
        self._assistant.news.collect((), options, on_progress=self._note)
        self.error = None  # that of a round before: this one was done
        next_at = None if self._every is None else datetime.now(UTC) + self._every
        self.tell(replace(self.progress, ended=self.progress.ended + 1, next_at=next_at))

    def _note(self, one: SourceProgress) -> None:
        self.tell(replace(self.progress, asked=(*self.progress.asked, one)))


def start_collecting(
    assistant: Assistant, total: int, every: timedelta | None = None, *, force: bool = False
) -> CollectJob:
    """Starts collecting the sources that are on."""
    job = CollectJob(assistant, total, every, force=force)
    job.start()
    return job
