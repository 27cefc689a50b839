"""Collecting beside the pages: in its own thread, watched and stopped from the browser."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from copyassist.assistant import Assistant
from copyassist.errors import CopyAssistError
from copyassist.news.collecting import Collection, CollectOptions, Progress, collect_every
from copyassist.ui.kit.log import LOGGER


@dataclass(slots=True)
class CollectJob:
    """One or more rounds. `every` None is a single one; `total` is how many sources a round asks."""

    total: int
    every: timedelta | None = None
    rounds: int = 0
    done: list[Progress] = field(default_factory=list)
    last: Collection | None = None
    next_at: datetime | None = None
    error: CopyAssistError | None = None
    failed: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether the thread still works or waits for its next round."""
        return self.thread is not None and self.thread.is_alive()

    @property
    def asking(self) -> bool:
        """Whether a round is under way."""
        return self.running and self.next_at is None

    def stop(self) -> None:
        """Ends it; what was stored stays."""
        self.stopping.set()


def start_collecting(
    assistant: Assistant, total: int, every: timedelta | None = None, *, force: bool = False
) -> CollectJob:
    """Starts collecting the sources that are on."""
    job = CollectJob(total, every)
    job.thread = threading.Thread(
        target=_work, args=(job, assistant, force), name="copyassist-collect", daemon=True
    )
    job.thread.start()
    return job


def _work(job: CollectJob, assistant: Assistant, force: bool) -> None:
    options = CollectOptions(force=force, stop=job.stopping)

    def run() -> None:
        job.done, job.next_at = [], None
        job.last = assistant.news.collect((), options, on_progress=job.done.append)
        job.rounds += 1
        if job.every is not None:
            job.next_at = datetime.now(UTC) + job.every

    try:
        if job.every is None:
            run()
        else:
            collect_every(job.every, run, job.stopping)
    except CopyAssistError as error:
        job.error = error
    except Exception:
        # A thread's exception reaches nobody: the page says so, and the log has the trace.
        LOGGER.exception("collecting failed")
        job.failed = True
