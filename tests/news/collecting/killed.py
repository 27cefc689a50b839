"""A collector to be killed: collects without end and tells the ids of the polls it has stored."""

from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from copyassist.news.collecting import CollectOptions, choose_sources, collect
from copyassist.news.sources.own import load_own
from copyassist.store import Store

NO_CLAIM = CollectOptions(force=True, pause=0.0, attempts=1, claim=timedelta(0))


def work(folder: Path, names: list[str], tell: Connection) -> None:
    own = load_own(folder)
    with Store.open(folder / "hot.db") as store:
        tell.send("ready")
        while True:
            collect(
                store.hot,
                own,
                choose_sources(own, names),
                NO_CLAIM,
                on_progress=lambda done: tell.send(done.poll.id if done.poll else None),
            )
