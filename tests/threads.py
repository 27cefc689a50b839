"""Many threads at one moment, with the interpreter changing between them as often as it can."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Found = TypeVar("Found")


@contextmanager
def switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def run_together(works: Sequence[Callable[[], Found]]) -> list[Found]:
    """Runs each in a thread of its own, all begun together. Raises the first error of any."""
    barrier = threading.Barrier(len(works))

    def begin(work: Callable[[], Found]) -> Found:
        barrier.wait()
        return work()

    with switching_often(), ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(begin, work) for work in works]
        return [future.result() for future in futures]
