"""A batch run beside the pages: in its own thread, watched and stopped from the browser."""

import hashlib
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path

from copyassist.assistant import Assistant
from copyassist.batch import BatchPlan, BatchSummary, Progress
from copyassist.errors import CopyAssistError
from copyassist.types import Account
from copyassist.ui.kit.log import LOGGER

FOLDER = "batch"
KEPT_JOBS = 5


@dataclass(slots=True)
class BatchJob:
    """One run. `summary` or `error` stands when it has ended; `failed` for what nobody foresaw."""

    plan: BatchPlan
    progress: Progress = field(default_factory=lambda: Progress(0, 0.0, 0.0, None))
    summary: BatchSummary | None = None
    error: CopyAssistError | None = None
    failed: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether the thread still works."""
        return self.thread is not None and self.thread.is_alive()

    def stop(self) -> None:
        """Asks the run to end after the shard in hand; what is done is kept for the next run."""
        self.stopping.set()

    def tell(self, progress: Progress) -> None:
        """Takes in how far the run is."""
        self.progress = progress


def start_job(assistant: Assistant, account: Account | None, plan: BatchPlan) -> BatchJob:
    """Starts the run of a plan in a thread of its own. An equal plan that was stopped goes on."""
    job = BatchJob(plan)
    job.thread = threading.Thread(
        target=_work, args=(job, assistant, account), name="copyassist-batch", daemon=True
    )
    job.thread.start()
    return job


def _work(job: BatchJob, assistant: Assistant, account: Account | None) -> None:
    try:
        job.summary = assistant.batch.run(
            job.plan,
            account,
            progress=job.tell,
            cancelled=job.stopping.is_set,
            overwrite=True,
        )
    except CopyAssistError as error:
        job.error = error
    except Exception:
        # A thread's exception reaches nobody: the page says so, and the log has the trace.
        LOGGER.exception("the batch run failed")
        job.failed = True


def keep_upload(home: Path, name: str, data: bytes) -> Path:
    """Puts an uploaded file where a stopped run finds it again; the oldest uploads make room."""
    digest = hashlib.sha256(data).hexdigest()[:16]
    folder = home / FOLDER / digest
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _safe_name(name)
    if not path.exists() or path.stat().st_size != len(data):
        path.write_bytes(data)
    folder.touch()
    _forget_oldest(home / FOLDER, keep=folder)
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
