"""Fixtures that several folders share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: a first example pays for loading dictionaries, a busy machine for anything.
settings.register_profile("copyassist", deadline=None)
settings.load_profile("copyassist")


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
        pytest.skip("COPYASSIST_BENCH_DATA names no folder of real data")
    return Path(folder)


@pytest.fixture(autouse=True)
def _keep_out_of_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that forgets to choose a data folder must not find the user's."""
    monkeypatch.setenv("COPYASSIST_HOME", str(tmp_path / "default-home"))
