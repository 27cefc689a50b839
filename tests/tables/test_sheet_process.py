"""An old .xls is read in a process of its own, on every system, with or without a memory limit."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from copyassist.errors import InputError
from copyassist.tables import sheet_process
from copyassist.tables.sheet_process import answer_request, read_apart
from tests.posts.importing.exports import wechat_rows, xls_bytes


@pytest.fixture
def request_of_an_xls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input as the process that reads gets it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(xls_bytes(wechat_rows()))))


def make_limits(refusal: Exception | None, most: int = -1) -> tuple[SimpleNamespace, list[object]]:
    """A `resource` module as another system has it, and the limits that were set."""
    chosen: list[object] = []

    def setrlimit(_: int, limits: tuple[int, int]) -> None:
        if refusal is not None:
            raise refusal
        chosen.append(limits)

    fake = SimpleNamespace(
        RLIMIT_AS=9, RLIM_INFINITY=-1, getrlimit=lambda _: (-1, most), setrlimit=setrlimit
    )
    return fake, chosen


@pytest.mark.usefixtures("request_of_an_xls")
@pytest.mark.parametrize(
    "refusal",
    [ValueError("current limit exceeds maximum limit"), OSError(22, "Invalid argument")],
    ids=["macOS", "refused"],
)
def test_a_system_that_refuses_the_limit_still_reads(
    refusal: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "resource", make_limits(refusal)[0])
    answer_request()
    assert json.loads(capsys.readouterr().out)["sheets"]


@pytest.mark.usefixtures("request_of_an_xls")
def test_a_system_without_limits_still_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    answer_request()
    assert json.loads(capsys.readouterr().out)["sheets"]


@pytest.mark.usefixtures("request_of_an_xls")
@pytest.mark.parametrize(("most", "wanted"), [(-1, sheet_process._MEMORY), (1 << 30, 1 << 30)])
def test_the_limit_is_never_above_the_systems_own(
    most: int, wanted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits, chosen = make_limits(None, most)
    monkeypatch.setitem(sys.modules, "resource", limits)
    answer_request()
    assert chosen == [(wanted, most)]


@pytest.fixture
def short_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_process, "_SECONDS", 0.001)


@pytest.mark.usefixtures("short_time")
def test_reading_ends_at_its_time() -> None:
    with pytest.raises(InputError, match="file_unreadable"):
        read_apart("a.xls", xls_bytes(wechat_rows()))


def test_a_damaged_file_is_told() -> None:
    with pytest.raises(InputError, match="file_unreadable"):
        read_apart("a.xls", xls_bytes(wechat_rows())[:600])
