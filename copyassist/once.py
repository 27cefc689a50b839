"""What is made when it is first asked for, by one thread, while the others who want it wait.

`functools.cached_property` has no lock since Python 3.12: two browser sessions would make it twice.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """A value that is made at most once. Where making it fails, the next one who asks tries again."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[Made] = []

    def get(self) -> Made:
        """The value. Raises whatever making it raises."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]
