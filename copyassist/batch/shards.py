"""The folder OUT.parts: finished shards, the plan they were made under, and a lock.

A shard counts once its figures lie beside it with its digest, and both are renamed into place when
whole: a kill at any moment leaves either a finished shard or none, and one that a failing disk cut
short is judged anew.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from copyassist.batch.summary import BatchTally
from copyassist.errors import InputError, StoreError
from copyassist.home import make_folder, replace_whole, write_whole
from copyassist.home.passing import lock

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
        while self._is_whole(number):
            number += 1
        return number

    def _is_whole(self, number: int) -> bool:
        try:
            figures = json.loads(self.tally(number).read_bytes())
            return bool(figures["shard"] == _measure(self.shard(number)))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return False

    def load_tally(self, number: int) -> BatchTally:
        """The figures of a finished shard."""
        figures = json.loads(self.tally(number).read_bytes())
        return BatchTally.from_json(figures["tally"])

    def save(self, number: int, draft: Path, tally: BatchTally) -> None:
        """Take a written shard and its figures as finished."""
        figures = {"shard": _measure(draft), "tally": tally.to_json()}
        replace_whole(draft, self.shard(number))
        text = json.dumps(figures)
        write_whole(self.tally(number), text.encode("utf-8", "surrogatepass"))

    def require_whole(self, count: int) -> None:
        """Raises StoreError batch_shard_damaged where one is not as it was written.

        It is judged anew by the next run.
        """
        for number in range(count):
            if not self._is_whole(number):
                self.tally(number).unlink(missing_ok=True)
                raise StoreError("batch_shard_damaged", path=str(self.shard(number)))

    def draft(self) -> Path:
        """Where the next shard is written."""
        return self.folder / f"shard.new.{self.suffix}"


def _measure(shard: Path) -> dict[str, object]:
    """By what a shard is known again: its length in bytes and its SHA-256."""
    with shard.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": shard.stat().st_size, "sha256": digest}


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
        write_whole(parts.folder / _PLAN, json.dumps(dict(fingerprint), indent=2).encode())
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
    make_folder(folder)
    file = (folder / _LOCK).open("ab")
    try:
        lock(file, wait=False)
    except OSError as error:
        file.close()
        raise InputError("batch_running", folder=str(folder)) from error
    return file
