"""Fixtures that several folders share."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: a first example pays for loading dictionaries, a busy machine for anything.
settings.register_profile("copyassist", deadline=None)
settings.load_profile("copyassist")

NO_DATA = "COPYASSIST_BENCH_DATA names no folder of real data"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of one's own, which the program takes for the user's."""
    folder = tmp_path / "home"
    monkeypatch.setenv("COPYASSIST_HOME", str(folder))
    for name in ("COPYASSIST_LANG", "COPYASSIST_DATABASE_URL", "COPYASSIST_ACCOUNT"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """The folder of real data, or a skip that says how to have it."""
    folder = os.environ.get("COPYASSIST_BENCH_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip(NO_DATA)
    return Path(folder)


@pytest.fixture(autouse=True)
def _keep_out_of_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that forgets to choose a data folder must not find the user's."""
    monkeypatch.setenv("COPYASSIST_HOME", str(tmp_path / "default-home"))


# Reasons for which a test may be left out even where CI runs it; any other skip there is a failure.
MAY_SKIP = (
    "the PostgreSQL driver is not installed",  # a server and its driver are the user's to bring
    "a page's data is not the whole of the answer",  # a recording inside HTML, not JSON to break
    "links and rights are others on Windows",  # and so are locks
    "XDG_DATA_HOME is asked on Linux alone",
    "streams as POSIX has them",
    "no /dev/full on this system",
    NO_DATA,
    "the openai client is not installed",  # the extra `llm`
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[None]"
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that is skipped for a reason that nobody named has failed."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if not any(known in reason for known in MAY_SKIP):
            report.outcome = "failed"
            report.longrepr = (
                f"{item.nodeid}: a skip in CI that tests/conftest.py does not name: {reason}"
            )
    return report
