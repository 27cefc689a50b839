"""Kills commands at random moments and looks what is left; then the command is run once more.

Half of the moments are spread evenly over the time that the command takes here; most of that is
loading. The other half lie in the time after it first touched a file. They differ from run to run;
what must hold does not: see deeds.py.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.data import print_table
from benchmarks.hostile.deeds import DEEDS, Cut, Deed, find_losses, is_done
from benchmarks.hostile.homes import LISTS, View, look, make_home, make_posts, open_home
from tests.news.sources.site import serve

_TIMES = 2  # runs that tell how long a command takes
_WRITING = 0.4  # of that time: about what is left of it once a file was touched
_PATIENCE = 120.0  # seconds for a command that nobody kills


@dataclass(slots=True)
class Score:
    """What came of killing one command."""

    kills: int = 0
    too_late: int = 0  # it had ended before
    undone: int = 0  # nothing was changed yet
    done: int = 0  # all was changed, though it was killed
    lost: int = 0
    failed: int = 0
    told: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def run_kills(kills: int, seed: int) -> dict[str, Score]:
    """Kills each command its share of times and prints the table."""
    scores = {deed.name: Score() for deed in DEEDS}
    with tempfile.TemporaryDirectory(prefix="hostile-") as name, ExitStack() as stack:
        folder = Path(name) / "start"
        folder.mkdir()
        make_home(folder, {one: stack.enter_context(serve()) for one in LISTS})
        _make_other(folder)
        for place, deed in enumerate(DEEDS):
            share = kills // len(DEEDS) + (place < kills % len(DEEDS))
            draw = random.Random(f"{seed}:{deed.name}")
            _kill_deed(deed, folder, share, draw, scores[deed.name])
    _print(scores)
    return scores


def _make_other(folder: Path) -> None:
    """A backup of another life, with more in it than is there."""
    assistant = open_home(folder / "other")
    account = assistant.posts.add_account("他")
    data = make_posts(4000, "他").encode()
    preview = assistant.posts.preview_import("他.csv", data, platform="weibo")
    assistant.posts.save_import(preview, account)
    assistant.backup(folder / "other.zip")
    assistant.store.close()
    shutil.rmtree(folder / "other")


def _kill_deed(deed: Deed, start: Path, kills: int, draw: random.Random, score: Score) -> None:
    before = look(start / "home")
    whole, lines, score.seconds = _measure(deed, start)
    for number in range(kills):
        with _copy(start) as folder:
            touched = number % 2 == 1
            moment = draw.uniform(0.0, score.seconds * (_WRITING if touched else 1.0))
            code, said, out = _run(deed, folder, moment, touched=touched)
            cut = Cut(
                folder=folder, before=before, now=look(folder / "home"), whole=whole, said=said
            )
            _judge(deed, cut, score, ended=code is not None, acknowledged=out.count("\n") >= lines)
            _run_again(deed, cut, score)


def _measure(deed: Deed, start: Path) -> tuple[View, int, float]:
    """What an unkilled run leaves, how many lines it says at least, and how long it takes."""
    times = []
    for _ in range(_TIMES):
        with _copy(start) as folder:
            begun = time.monotonic()
            code, said, out = _run(deed, folder, None)
            times.append(time.monotonic() - begun)
            if code != 0:
                raise RuntimeError(f"{deed.name}: exit {code}: {said[-400:]}")
            whole = look(folder / "home")
    return whole, max(1, out.count("\n")), min(times)


def _judge(deed: Deed, cut: Cut, score: Score, *, ended: bool, acknowledged: bool) -> None:
    score.kills += 1
    score.too_late += ended
    done = is_done(cut)
    same = cut.now.rows == cut.before.rows and cut.now.settings == cut.before.settings
    score.done += done and not ended
    score.undone += same and cut.now.sources == cut.before.sources and not ended
    losses = find_losses(deed, cut)
    if acknowledged and not deed.steps and not done:
        losses.append("it was told as done, and is not")
    score.lost += bool(losses)
    score.told.update(losses)


def _run_again(deed: Deed, cut: Cut, score: Score) -> None:
    """The next start: it succeeds, or says that all is done already."""
    code, said, _ = _run(deed, cut.folder, None)
    left = look(cut.folder / "home")
    again = Cut(folder=cut.folder, before=cut.before, now=left, whole=cut.whole, said="")
    troubles = list(left.broken)
    if "Traceback" in said or code is None or (code != 0 and not (code == 2 and is_done(cut))):
        troubles.append(f"exit {code}: {said.strip()[-160:]}")
    elif deed.name != "collect" and not is_done(again):
        troubles.append(f"run again, it left {_differ(again)}")
    score.failed += bool(troubles)
    score.told.update(troubles)


def _differ(cut: Cut) -> str:
    want = cut.whole.counts
    counts = {t: (n, want.get(t)) for t, n in cut.now.counts.items() if n != want.get(t)}
    other = [w for w in ("settings", "sources") if getattr(cut.now, w) != getattr(cut.whole, w)]
    return f"{counts or ''} {' '.join(other)}".strip()


@dataclass(frozen=True, slots=True)
class _copy:  # noqa: N801 - used as a context manager
    """A copy of the folder that goes afterwards."""

    start: Path

    def __enter__(self) -> Path:
        folder = Path(tempfile.mkdtemp(dir=self.start.parent))
        shutil.copytree(self.start, folder, dirs_exist_ok=True)
        object.__setattr__(self, "start", folder)
        return folder

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.start, ignore_errors=True)


def _run(
    deed: Deed, folder: Path, kill_after: float | None, *, touched: bool = False
) -> tuple[int | None, str, str]:
    """The exit code (None where it was killed), all that was said, and standard output alone.

    `kill_after` counts from the start, or from when a file was first `touched`.
    """
    out, err = folder / ".out", folder / ".err"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        before = _list_files(folder)
        process = subprocess.Popen(
            [sys.executable, "-m", "copyassist", *deed.arguments],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        while touched and process.poll() is None and _list_files(folder) == before:
            time.sleep(0.001)
        try:
            code = process.wait(_PATIENCE if kill_after is None else kill_after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            code = None
    shown = out.read_text("utf-8", "replace")
    return code, shown + err.read_text("utf-8", "replace"), shown


def _list_files(folder: Path) -> set[tuple[str, int, int]]:
    """What lies in the folder and the home inside it, with size and time; its own output left out."""
    places = [*os.scandir(folder), *os.scandir(folder / "home")]
    found = set()
    for entry in places:
        try:
            about = entry.stat()
        except FileNotFoundError:
            continue
        if entry.name not in (".out", ".err"):
            found.add((entry.name, about.st_size, about.st_mtime_ns))
    return found


def _environment(folder: Path) -> dict[str, str]:
    here = str(Path(__file__).resolve().parents[2])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COPYASSIST_")}
    kept = {name: value for name, value in kept.items() if not name.lower().endswith("_proxy")}
    own = {"COPYASSIST_HOME": str(folder / "home"), "PYTHONPATH": here, "PYTHONUNBUFFERED": "1"}
    return {**kept, **own, "COPYASSIST_LANG": "zh"}


def _print(scores: dict[str, Score]) -> None:
    print("### Kills at random moments\n")
    print_table(
        [
            "command",
            "s",
            "kills",
            "ended before",
            "nothing yet",
            "done",
            "lost",
            "failed next starts",
        ],
        [*_rows(scores), _sum(scores)],
    )
    for name, score in scores.items():
        for what, many in score.told.most_common(8):
            print(f"- {many} x {name}: {what}")
    print(flush=True)


def _rows(scores: dict[str, Score]) -> Iterator[list[str]]:
    for name, one in scores.items():
        counts = (one.kills, one.too_late, one.undone, one.done, one.lost, one.failed)
        yield [name, f"{one.seconds:.1f}", *map(str, counts)]


def _sum(scores: dict[str, Score]) -> list[str]:
    names = ("kills", "too_late", "undone", "done", "lost", "failed")
    return [
        "together",
        "",
        *(str(sum(getattr(s, name) for s in scores.values())) for name in names),
    ]
