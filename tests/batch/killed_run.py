"""Run as a process of its own by test_resume: a batch that kills itself after some shards."""

import os
import signal
import sys
from pathlib import Path

from copyassist.batch import (
    BatchOptions,
    BatchProgress,
    inspect_source,
    make_plan,
    readers,
    run_batch,
)
from tests.batch.files import build_desk


def main() -> None:
    source, out, shards = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    readers.BLOCK_ROWS = int(sys.argv[4])
    told: list[BatchProgress] = []

    def tell(state: BatchProgress) -> None:
        told.append(state)
        if len(told) == shards:
            os.kill(os.getpid(), signal.SIGKILL)  # no handler runs, nothing is tidied up

    run_batch(make_plan(inspect_source(source), out, BatchOptions()), build_desk, progress=tell)


main()
