"""A collector killed at random moments, fifty times: nothing stored is lost, nothing is half."""

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.news.collecting import CollectOptions, collect
from copyassist.news.sources.own import load_own, save_own
from copyassist.store import Store
from tests.news.collecting.killed import work
from tests.news.sources.site import Asked, Reply, Site

NAMES = ["a", "b", "c"]
KILLS = 50
PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="no fork on this system"
)
def test_killed_fifty_times(site: Site, tmp_path: Path) -> None:
    answered = random.Random(7)  # new rows every time, so that every poll writes

    def reply(asked: Asked) -> Reply:
        rows = [{"t": f"{asked.path}{answered.random()}"} for _ in range(40)]
        return Reply(json.dumps({"data": rows}).encode())

    own = load_own(tmp_path).allow("127.0.0.1")
    for name in NAMES:
        site.routes[f"/{name}"] = reply
        own = own.add(
            {
                "id": name,
                "name_zh": name,
                "url": site.url(f"/{name}"),
                "rows": "data",
                "fields": {"title": "t"},
            }
        )
    save_own(own)
    Store.open(tmp_path / "hot.db").close()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["tests.news.collecting.killed", "copyassist.news.sources.fetch"]
    )
    stored: set[int] = set()
    for number in range(KILLS):
        stored |= run_and_kill(context, tmp_path, random.Random(number))
        check_whole(tmp_path / "hot.db", stored)
    assert len(stored) >= KILLS
    with closing(sqlite3.connect(tmp_path / "hot.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store.open(tmp_path / "hot.db") as store:
        polls = store.hot.polls(PAST)
        assert len(store.hot.sightings(PAST)) == 40 * len(polls)


def run_and_kill(
    context: "multiprocessing.context.BaseContext", folder: Path, chance: random.Random
) -> set[int]:
    """The ids of the polls that the collector said it had stored before it was killed."""
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(folder, NAMES, there), daemon=True)  # type: ignore[attr-defined]
    child.start()
    there.close()
    assert here.recv() == "ready"
    told = [here.recv() for _ in range(chance.randrange(1, 6))]
    for _ in range(chance.randrange(40_000)):  # a moment of no fixed length, without waiting
        pass
    child.kill()
    child.join()
    try:
        while True:
            told.append(here.recv())
    except EOFError:
        pass
    return {one for one in told if isinstance(one, int)}


def check_whole(path: Path, stored: set[int]) -> None:
    """Looks into the file itself: another reader's view, without the store's code."""
    with closing(sqlite3.connect(path)) as database:
        counts = dict(
            database.execute(
                "SELECT polls.id, count(place) FROM polls LEFT JOIN hot_sightings"
                " ON poll_id = polls.id WHERE outcome IN ('good', 'same') GROUP BY polls.id"
            ).fetchall()
        )
        known = {row[0] for row in database.execute("SELECT id FROM polls")}
        orphans = (
            "SELECT count(*) FROM hot_sightings WHERE item_id NOT IN (SELECT id FROM hot_items)"
        )
        assert database.execute(orphans).fetchone() == (0,)
    assert stored <= known
    assert set(counts.values()) == {40}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("number", ["SIGKILL", "SIGTERM"])
def test_what_an_ended_collector_held_is_free_at_once(
    number: str, force: bool, site: Site, tmp_path: Path
) -> None:
    asked, answer = threading.Event(), threading.Event()

    def reply(_: Asked) -> Reply:
        asked.set()
        answer.wait()
        return Reply(json.dumps({"data": [{"t": "一条"}]}).encode())

    table = {"id": "a", "name_zh": "甲", "url": site.url("/a"), "rows": "data"}
    own = load_own(tmp_path).allow("127.0.0.1").add({**table, "fields": {"title": "t"}})
    site.routes["/a"] = reply
    save_own(own)
    home = {**os.environ, "COPYASSIST_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-m", "copyassist", "collect", "a"]
    with subprocess.Popen(command, env=home, stderr=subprocess.DEVNULL) as held:
        assert asked.wait(60)
        held.send_signal(getattr(signal, number))
        assert held.wait(60) in (-signal.SIGKILL, 130)
    answer.set()
    with Store.open(tmp_path / "copyassist.db") as store:
        options = CollectOptions(pause=0.0, force=force)
        (done,) = collect(store.hot, own, [own.find("a")], options).done
    assert done.skipped is None
    assert done.poll is not None
    assert done.poll.rows == 1
