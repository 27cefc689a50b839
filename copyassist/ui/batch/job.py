"""A batch run beside the pages: in its own thread, watched and stopped from the browser."""

import hashlib
import shutil
from pathlib import Path

from copyassist.assistant import Assistant
from copyassist.batch import BatchPlan, BatchProgress, BatchSummary
from copyassist.home import BATCH, keep_file
from copyassist.types import Account
from copyassist.ui.kit.job import Job

KEPT_JOBS = 5


class BatchJob(Job[BatchProgress, BatchSummary]):
    """The run of a plan. Stopped, it keeps what is done for the next run of an equal plan."""

    def __init__(self, assistant: Assistant, account: Account | None, plan: BatchPlan) -> None:
        self.plan, self.account = plan, account

        def run(job: Job[BatchProgress, BatchSummary]) -> BatchSummary:
            return assistant.batch.run(
                plan,
                account,
                progress=job.tell,
                cancelled=job.stopping.is_set,
                overwrite=True,
            )

        super().__init__("batch", run, BatchProgress(0, 0.0, 0.0, None))


def start_batch(assistant: Assistant, account: Account | None, plan: BatchPlan) -> BatchJob:
    """Starts the run of a plan. An equal plan that was stopped goes on."""
    job = BatchJob(assistant, account, plan)
    job.start()
    return job


def keep_upload(home: Path, name: str, data: bytes) -> Path:
    """Puts an uploaded file where a stopped run finds it again; the oldest uploads make room."""
    digest = hashlib.sha256(data).hexdigest()[:16]
    folder = BATCH.place(home) / digest
    path = folder / _safe_name(name)
    if not path.exists() or path.stat().st_size != len(data):
        keep_file(path, data)
    folder.touch()
    _forget_oldest(folder.parent, keep=folder)
    return path


def _safe_name(name: str) -> str:
    """The last part of an uploaded file's name, without what a file system would trip over."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in last).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    return f"{(stem or 'titles')[:60]}{dot or '.'}{ending or 'txt'}"


def _forget_oldest(folder: Path, keep: Path) -> None:
    others = [one for one in folder.iterdir() if one.is_dir() and one != keep]
    for old in sorted(others, key=lambda one: one.stat().st_mtime)[: -(KEPT_JOBS - 1)]:
        shutil.rmtree(old, ignore_errors=True)
