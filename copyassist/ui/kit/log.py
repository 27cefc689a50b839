"""The pages' own log: read in the terminal that they were started from."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from copyassist.hiding import hide_secrets
from copyassist.streams import tame

LOGGER = logging.getLogger("copyassist.ui")


class _ToStandardError(logging.Handler):
    """Writes to whatever standard error is at the time: tests and servers exchange it."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(tame(hide_secrets(self.format(record))) + "\n")


def start_log() -> None:
    """Lets the pages' own log be read in the terminal that they were started from."""
    if not LOGGER.handlers:
        handler = _ToStandardError()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Logs how long the server worked on a request that the user is waiting for."""
    start = time.perf_counter()
    try:
        yield
    finally:
        LOGGER.info("%s took %.0f ms", step, 1000 * (time.perf_counter() - start))
