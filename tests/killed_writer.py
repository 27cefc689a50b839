"""A writer to be killed: replaces one file without end and tells before each time."""

import itertools
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from copyassist.home import keep_file
from copyassist.home.passing import alive

KINDS = (b"A" * 300_000, b"B" * 500_000)


def work(path: Path, tell: Connection) -> None:
    keep_file(path, KINDS[0])
    for data in itertools.cycle(reversed(KINDS)):
        tell.send("next")
        keep_file(path, data)


def live(home: Path, tell: Connection) -> None:
    with alive(home) as name:
        tell.send(name)
        threading.Event().wait()  # nobody says anything: until it is killed
