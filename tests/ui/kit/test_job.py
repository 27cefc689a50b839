"""Long work beside the pages: it tells how far it is, ends, stops, and says what broke."""

import logging
import threading

import pytest

from copyassist.errors import UsageError
from copyassist.ui.kit.job import Job

PATIENCE = 60  # seconds


def test_it_tells_how_far_it_is_and_what_came_out() -> None:
    told, seen = threading.Event(), threading.Event()

    def work(job: Job[int, str]) -> str:
        job.tell(3)
        told.set()
        assert seen.wait(PATIENCE)
        return "out"

    job = Job("test", work, 0)
    assert (job.running, job.progress) == (False, 0)
    job.start()
    assert told.wait(PATIENCE)
    assert (job.running, job.progress, job.result) == (True, 3, None)
    assert not job.wait(0)
    seen.set()
    assert job.wait(PATIENCE)
    assert (job.running, job.result, job.error, job.failed) == (False, "out", None, False)


def test_it_is_asked_to_stop() -> None:
    job = Job[int, bool]("test", lambda job: job.stopping.wait(PATIENCE), 0)
    job.start()
    job.stop()
    assert job.wait(PATIENCE)
    assert job.result is True


def test_a_mistake_with_a_sentence_is_kept() -> None:
    def work(_: Job[int, str]) -> str:
        raise UsageError("port_taken", port=1)

    job = Job("test", work, 0)
    job.start()
    assert job.wait(PATIENCE)
    assert job.error is not None
    assert job.error.code == "port_taken"
    assert (job.result, job.failed) == (None, False)


def test_what_nobody_foresaw_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def work(_: Job[int, str]) -> str:
        raise OSError(28, "No space left on device")

    job = Job("test", work, 0)
    with caplog.at_level(logging.ERROR, "copyassist.ui"):
        job.start()
        assert job.wait(PATIENCE)
    assert job.failed
    assert (job.result, job.error) == (None, None)
    assert "No space left on device" in caplog.text


def test_it_starts_once() -> None:
    job = Job[int, None]("test", lambda _: None, 0)
    job.start()
    with pytest.raises(RuntimeError):
        job.start()
    assert job.wait(PATIENCE)
