"""Long work beside the pages: in a thread of its own, watched and stopped from the browser."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from copyassist.errors import CopyAssistError
from copyassist.ui.kit.log import LOGGER

Progress = TypeVar("Progress")
Result = TypeVar("Result")


class Job(Generic[Progress, Result]):
    """Work that tells how far it is. Knows nothing of any browser session.

    One thread works, any may look: what is looked at is one value, exchanged and never changed.
    `progress` should therefore be of a frozen type. When `running` has become false, exactly one
    of `result`, `error` (a mistake that has a sentence) and `failed` (one that nobody foresaw)
    stands; a `result` of work that returns nothing is None.
    """

    def __init__(
        self, name: str, work: "Callable[[Job[Progress, Result]], Result]", progress: Progress
    ) -> None:
        self.stopping = threading.Event()
        self.progress = progress
        self.result: Result | None = None
        self.error: CopyAssistError | None = None
        self.failed = False
        self._work = work
        # A daemon: a server that ends does not wait for work which the next run goes on with.
        self._thread = threading.Thread(target=self._run, name=f"copyassist-{name}", daemon=True)

    def start(self) -> None:
        """Begins the work. Raises RuntimeError for a second start."""
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the thread still works."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Asks the work to end at its next good place; it looks at `stopping` for that."""
        self.stopping.set()

    def tell(self, progress: Progress) -> None:
        """Takes in how far the work is."""
        self.progress = progress

    def wait(self, seconds: float | None = None) -> bool:
        """Waits until the work has ended, `seconds` at most; whether it has."""
        self._thread.join(seconds)
        return not self.running

    def _run(self) -> None:
        try:
            self.result = self._work(self)
        except CopyAssistError as error:
            self.error = error
        except Exception:
            # A thread's exception reaches nobody: the page says so, and the log has the trace.
            LOGGER.exception("%s failed", self._thread.name)
            self.failed = True
