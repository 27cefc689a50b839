"""The folder OUT.parts: finished shards, the plan they were made under, and a lock.

A shard counts once its figures lie beside it, and both are renamed into place when whole: a kill
at any moment leaves either a finished shard or none.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from copyassist.batch.summary import BatchTally
from copyassist.errors import InputError
from copyassist.home import lock

_PLAN = "plan.json"
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class ShardFolder:
    """The shards of one run, in `folder`."""

    folder: Path
    suffix: str

    def shard(self, number: int) -> Path:
        """Where shard `number` (from 0) lies."""
        return self.folder / f"{number:06d}.{self.suffix}"

    def tally(self, number: int) -> Path:
        """Where the figures of shard `number` lie."""
        return self.folder / f"{number:06d}.tally.json"

    def count(self) -> int:
        """How many shards are finished, without a gap from the first."""
        number = 0
        while self.tally(number).is_file() and self.shard(number).is_file():
            number += 1
        return number

    def load_tally(self, number: int) -> BatchTally:
        """The figures of a finished shard."""
        return BatchTally.from_json(json.loads(self.tally(number).read_text("utf-8")))

    def save(self, number: int, draft: Path, tally: BatchTally) -> None:
        """Take a written shard and its figures as finished."""
        draft.replace(self.shard(number))
        figures = self.folder / "tally.new"
        figures.write_text(json.dumps(tally.to_json()), "utf-8", "surrogatepass")
        figures.replace(self.tally(number))

    def draft(self) -> Path:
        """Where the next shard is written."""
        return self.folder / f"shard.new.{self.suffix}"


def open_parts(parts: ShardFolder, fingerprint: Mapping[str, str], *, discard: bool) -> int:
    """Make the folder, or go on with it; how many shards are finished.

    Shards of another plan raise InputError (batch_plan_changed, with what differs), unless they
    are to be discarded.
    """
    before = _load_plan(parts.folder / _PLAN)
    if before is not None and before != dict(fingerprint):
        if not discard:
            changed = [name for name in fingerprint if before.get(name) != fingerprint[name]]
            raise InputError("batch_plan_changed", folder=str(parts.folder), changed=changed)
        remove_shards(parts.folder)
        before = None
    if before is None:
        remove_shards(parts.folder)
        draft = parts.folder / "plan.new"
        draft.write_text(json.dumps(dict(fingerprint), indent=2), "utf-8")
        draft.replace(parts.folder / _PLAN)
    return parts.count()


def _load_plan(path: Path) -> dict[str, str] | None:
    try:
        plan = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return plan if isinstance(plan, dict) else None


def remove_shards(folder: Path) -> None:
    """Empty the folder of all but the lock."""
    for path in folder.iterdir():
        if path.name != _LOCK:
            path.unlink()


def remove_parts(folder: Path) -> None:
    """Delete the folder."""
    shutil.rmtree(folder, ignore_errors=True)


def lock_parts(folder: Path) -> IO[bytes]:
    """Hold the folder for this process until the file that is returned is closed.

    The system releases it when the process dies. Raises InputError where another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / _LOCK).open("ab")
    try:
        lock(file, wait=False)
    except OSError as error:
        file.close()
        raise InputError("batch_running", folder=str(folder)) from error
    return file
