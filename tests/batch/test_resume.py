"""A killed run goes on where it stopped, and never mixes the results of two plans."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from copyassist.batch import (
    BatchOptions,
    BatchPlan,
    BatchProgress,
    inspect_source,
    make_plan,
    readers,
    run_batch,
)
from copyassist.batch.shards import lock_parts
from copyassist.desk.review import Desk
from copyassist.errors import InputError, StoreError
from tests.batch.files import ROWS, read_result, write_source

MakeDesk = Callable[[str], Desk]
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "BLOCK_ROWS", 10)


def make(
    tmp_path: Path, form: str = "csv", into: str = "csv", rows: int = 45, **options: object
) -> BatchPlan:
    source = tmp_path / f"in.{form}"
    if not source.exists():
        write_source(source, [[str(n), f"第{n}种早餐的做法", "小红书"] for n in range(rows)])
    out = tmp_path / f"out.{into}"
    return make_plan(inspect_source(source), out, BatchOptions(**options))  # type: ignore[arg-type]


def stop_after(shards: int) -> Callable[[], bool]:
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) >= shards

    return cancelled


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize(
    ("form", "into"), [("csv", "csv"), ("csv", "xlsx"), ("parquet", "parquet")]
)
def test_a_killed_process_loses_at_most_its_last_shard(
    form: str, into: str, tmp_path: Path, make_desk: MakeDesk
) -> None:
    plan = make(tmp_path, form, into)
    command = [
        sys.executable,
        "-m",
        "tests.batch.killed_run",
        plan.source.path,
        plan.out,
        "3",
        "10",
    ]
    killed = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert not plan.out.exists()
    assert plan.parts.is_dir()

    summary = run_batch(plan, make_desk)
    assert summary.finished
    assert summary.resumed_rows == 30
    assert summary.tally.rows == 45
    assert not plan.parts.exists()
    whole = make_plan(plan.source, tmp_path / f"whole.{into}", BatchOptions())
    run_batch(whole, make_desk)
    assert read_result(plan.out) == read_result(whole.out)


def test_a_stopped_run_keeps_its_shards(tmp_path: Path, make_desk: MakeDesk) -> None:
    plan = make(tmp_path)
    summary = run_batch(plan, make_desk, cancelled=stop_after(2))
    assert not summary.finished
    assert summary.tally.rows == 20
    assert not plan.out.exists()
    again = run_batch(plan, make_desk)
    assert (again.resumed_rows, again.tally.rows) == (20, 45)
    assert len(read_result(plan.out)) == 45


@pytest.mark.parametrize("change", [{"language": "en"}, {"basis": "newer posts"}])
def test_another_plan_is_not_mixed_in(
    change: dict[str, object], tmp_path: Path, make_desk: MakeDesk
) -> None:
    run_batch(make(tmp_path), make_desk, cancelled=stop_after(1))
    other = make(tmp_path, **change)
    with pytest.raises(InputError) as caught:
        run_batch(other, make_desk)
    assert caught.value.code == "batch_plan_changed"
    assert other.parts.is_dir()
    summary = run_batch(other, make_desk, overwrite=True)
    assert summary.resumed_rows == 0
    assert len(read_result(other.out)) == 45


def test_a_changed_input_is_not_mixed_in(tmp_path: Path, make_desk: MakeDesk) -> None:
    run_batch(make(tmp_path), make_desk, cancelled=stop_after(1))
    write_source(tmp_path / "in.csv", ROWS)
    with pytest.raises(InputError) as caught:
        run_batch(make(tmp_path), make_desk)
    assert caught.value.params["changed"] == ["input"]


def test_two_processes_do_not_write_one_output(tmp_path: Path, make_desk: MakeDesk) -> None:
    plan = make(tmp_path)
    with lock_parts(plan.parts), pytest.raises(InputError, match="batch_running"):
        run_batch(plan, make_desk)
    assert run_batch(plan, make_desk).finished


def test_progress_grows_to_the_end(tmp_path: Path, make_desk: MakeDesk) -> None:
    told: list[BatchProgress] = []
    run_batch(make(tmp_path), make_desk, progress=told.append)
    assert [state.rows for state in told] == [10, 20, 30, 40, 45, 45]
    assert all(0 < state.share <= 1 for state in told)
    assert told[-1].share == 1
    assert told[-1].seconds_left == 0


def test_a_disk_that_cannot_be_written_is_said(tmp_path: Path, make_desk: MakeDesk) -> None:
    write_source(tmp_path / "in.csv")
    (tmp_path / "wall").write_text("a file where a folder should be")
    plan = make_plan(
        inspect_source(tmp_path / "in.csv"), tmp_path / "wall" / "out.csv", BatchOptions()
    )
    with pytest.raises(StoreError, match="batch_write_failed"):
        run_batch(plan, make_desk)


def test_a_half_written_shard_is_done_again(tmp_path: Path, make_desk: MakeDesk) -> None:
    plan = make(tmp_path)
    run_batch(plan, make_desk, cancelled=stop_after(3))
    (plan.parts / "000002.tally.json").unlink()  # as if killed between the two renames
    (plan.parts / "shard.new.csv").write_bytes(b"half")
    summary = run_batch(plan, make_desk)
    assert summary.resumed_rows == 20
    assert [row["编号"] for row in read_result(plan.out)] == [str(n) for n in range(45)]


@pytest.mark.parametrize("damage", [b"", b"short", None])
def test_a_shard_that_was_cut_short_is_judged_anew(
    damage: bytes | None, tmp_path: Path, make_desk: MakeDesk
) -> None:
    plan = make(tmp_path)
    run_batch(plan, make_desk, cancelled=stop_after(3))
    shard = sorted(plan.parts.glob("*.csv"))[1]
    shard.write_bytes(shard.read_bytes()[:-1] if damage is None else damage)
    again = run_batch(plan, make_desk)
    assert (again.resumed_rows, again.tally.rows) == (10, 45)
    assert len(read_result(plan.out)) == 45


def test_a_shard_that_is_cut_short_meanwhile_is_not_joined(
    tmp_path: Path, make_desk: MakeDesk
) -> None:
    plan = make(tmp_path)

    def cut(state: BatchProgress) -> None:
        if state.rows == 45:
            shard = min(plan.parts.glob("*.csv"))
            shard.write_bytes(shard.read_bytes()[:-1])

    with pytest.raises(StoreError, match="batch_shard_damaged"):
        run_batch(plan, make_desk, progress=cut)
    assert not plan.out.exists()
    assert run_batch(plan, make_desk).tally.rows == 45
    assert len(read_result(plan.out)) == 45


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_short_file_has_several_shards(
    suffix: str, tmp_path: Path, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the lengths of blocks that users have
    plan = make(tmp_path, suffix, rows=900)
    run_batch(plan, make_desk, cancelled=stop_after(2))
    again = run_batch(plan, make_desk)
    assert (again.resumed_rows, again.tally.rows) == (768, 900)
    assert len(read_result(plan.out)) == 900
