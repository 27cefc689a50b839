"""A writer to be killed: replaces one file without end and tells before each time."""

import itertools
from multiprocessing.connection import Connection
from pathlib import Path

from copyassist.home import keep_file

KINDS = (b"A" * 300_000, b"B" * 500_000)


def work(path: Path, tell: Connection) -> None:
    keep_file(path, KINDS[0])
    for data in itertools.cycle(reversed(KINDS)):
        tell.send("next")
        keep_file(path, data)
