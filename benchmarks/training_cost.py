"""What training both models from the raw files costs, and how long loading them takes.

Each is a process of its own, with one arithmetic thread; peaks are of that process alone.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.data import find_data, print_table

LOADS = 7
TRAIN = """
import sys
from benchmarks.training_cost import print_cost
from copyassist.training.__main__ import main
main(["--data", sys.argv[1], "--out", sys.argv[2]])
print_cost()
"""
LOAD = """
from time import perf_counter
from copyassist.resources import find_models
from copyassist.desk.scoring import load_models
started = perf_counter()
models = load_models(find_models())
print(len(models.all), perf_counter() - started)
"""


def main() -> None:
    print_training(find_data())
    print()
    print_loading()


def print_training(data: Path) -> None:
    """Wall and processor seconds and the peak of `python -m copyassist.training`."""
    with tempfile.TemporaryDirectory() as out:
        started = perf_counter()
        told = _run(TRAIN, str(data), out)
        wall = perf_counter() - started
        size = sum(path.stat().st_size for path in Path(out).rglob("*") if path.is_file())
    used, peak = told.split()[-2:]
    header = ["training both models", "s", "processor s", "peak MB", "models MB"]
    print_table(header, [["from the raw files", f"{wall:.0f}", used, peak, f"{size / 1e6:.1f}"]])


def print_loading() -> None:
    """Loading both shipped models in a fresh process, all hashes and golden titles checked."""
    found = sorted(float(_run(LOAD).split()[1]) for _ in range(LOADS))
    row = [f"{found[0] * 1e3:.0f}", f"{found[LOADS // 2] * 1e3:.0f}"]
    print_table(
        [f"loading both models ({LOADS} fresh processes)", "best ms", "median ms"], [["", *row]]
    )


def print_cost() -> None:
    """Processor seconds and peak megabytes of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{usage.ru_utime + usage.ru_stime:.0f} {_measure_peak(usage.ru_maxrss):.0f}")


def _measure_peak(most: int) -> float:
    """Megabytes of this program alone where that can be told: ru_maxrss begins with the parent."""
    status = Path("/proc/self/status")
    if not status.exists():
        return most / 1024
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024


def _run(program: str, *arguments: str) -> str:
    command: Sequence[str] = [sys.executable, "-c", program, *arguments]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    main()
