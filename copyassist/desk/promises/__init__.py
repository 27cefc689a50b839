"""Whether the body keeps what the title promises: counts, figures, names, an answer."""

from copyassist.desk.promises.find import find_promises
from copyassist.desk.promises.result import Kind, Promise, State

__all__ = ["Kind", "Promise", "State", "find_promises"]
