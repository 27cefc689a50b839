"""A user's folder to be killed over, and what a stranger sees in it: plain SQLite, plain files."""

import json
import sqlite3
import tomllib
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from copyassist.assistant import Assistant
from copyassist.home import DATABASE, find_kept
from copyassist.settings import load_settings
from tests.news.sources.site import Asked, Reply, Site

OWN, OTHER = "甲", "乙"
LISTS = ("a", "b", "c")
ROWS = 40  # of each list
_COUNTERS = ("meta", "sqlite_sequence", "source_states")  # change by themselves


@dataclass(frozen=True, slots=True)
class View:
    """What is there: rows of each table, the settings, the sources; `broken` says what is half."""

    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    sources: Mapping[str, object] = field(default_factory=dict)
    broken: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        return {name: len(rows) for name, rows in self.rows.items()}


def look(home: Path) -> View:
    """The folder as it lies, without the program's code; nothing in it is changed."""
    broken: list[str] = []
    settings, sources = (_read_toml(home / f"{n}.toml", broken) for n in ("settings", "sources"))
    rows = _read_database(home / DATABASE.pattern, broken)
    for path in home.rglob("*") if home.is_dir() else ():
        if path.is_file() and find_kept(path.relative_to(home).as_posix()) is None:
            broken.append(f"a file that is not ours: {path.name}")
    return View(rows, settings, sources, tuple(broken))


def _read_toml(path: Path, broken: list[str]) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        broken.append(f"{path.name}: {error}")
        return {}


def _read_database(path: Path, broken: list[str]) -> dict[str, frozenset[str]]:
    if not path.exists() or not path.stat().st_size:
        return {}
    with closing(sqlite3.connect(path)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            broken.append("integrity_check")
        broken += [f"foreign key: {row}" for row in database.execute("PRAGMA foreign_key_check")]
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        if ("hot_sightings",) in names:
            broken += _find_half_polls(database)
        return {
            name: frozenset(map(repr, database.execute(f'SELECT * FROM "{name}"')))
            for (name,) in names
            if name not in _COUNTERS
        }


def _find_half_polls(database: sqlite3.Connection) -> list[str]:
    half = (
        "SELECT polls.id, rows, count(place) FROM polls LEFT JOIN hot_sightings ON poll_id = polls.id"
        " WHERE outcome = 'good' GROUP BY polls.id HAVING rows != count(place)"
    )
    return [f"half a poll: {row}" for row in database.execute(half)]


def is_whole_zip(path: Path) -> bool:
    """Whether a backup, where there is one, is whole."""
    if not path.exists():
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except zipfile.BadZipFile:
        return False


# --- making it -----------------------------------------------------------------------------------


def make_home(folder: Path, sites: Mapping[str, Site]) -> None:
    """Two accounts with posts, settings, three lists at sites of ours, and what was seen on them."""
    assistant = open_home(folder / "home")
    for name in (OWN, OTHER):
        account = assistant.posts.add_account(name)
        data = make_posts(600, name).encode()
        assistant.posts.save_import(
            assistant.posts.preview_import("旧.csv", data, platform="weibo"), account
        )
    assistant.news.allow(["127.0.0.1"])
    (folder / "home" / "sources.toml").write_text(_make_sources(sites), "utf-8")
    for name, site in sites.items():
        site.routes["/list"] = _answer(name)
    assistant.news.collect(LISTS)
    assistant.backup(folder / "old.zip")
    assistant.store.close()
    (folder / "new.csv").write_text(make_posts(3000, "新"), "utf-8")
    (folder / "titles.csv").write_text(make_posts(6000, "批"), "utf-8")
    _make_archives(folder / "weibo")


def open_home(home: Path) -> Assistant:
    """The program over a folder."""
    return Assistant(load_settings({"COPYASSIST_HOME": str(home)}))


def make_posts(count: int, mark: str) -> str:
    """A table of posts."""
    start = datetime(2024, 1, 1, 8)
    lines = (
        f"{mark}第{n}篇：今天吃什么好呢,{start + timedelta(hours=n)},{1000 + n},{n % 90}"
        for n in range(count)
    )
    return "\n".join(["标题,发布时间,阅读量,点赞", *lines])


def _make_sources(sites: Mapping[str, Site]) -> str:
    tables = (
        f'[[source]]\nid = "{name}"\nname_zh = "{name}"\nurl = "{site.url("/list")}"\n'
        'rows = "data"\nfields = { title = "t" }\n'
        for name, site in sites.items()
    )
    return 'allowed = ["127.0.0.1"]\n' + "\n".join(tables)


def _answer(name: str) -> Reply | object:
    """New rows every time, so that every poll writes."""
    asked: list[Asked] = []

    def reply(one: Asked) -> Reply:
        asked.append(one)
        rows = [{"t": f"{name} 第{n}条 {len(asked)}"} for n in range(ROWS)]
        return Reply(json.dumps({"data": rows}).encode())

    return reply


def _make_archives(folder: Path) -> None:
    folder.mkdir()
    for day in range(1, 7):
        rows = [
            f"第{n}条 {day} {hour},2025-03-{day:02} {hour:02}:00:00,{n},x{n}"
            for hour in range(24)
            for n in range(1, 21)
        ]
        text = "\n".join(["title,commit_time,rank,id", *rows])
        (folder / f"{day}.csv").write_text(text, "utf-8")
