"""A data folder in which every kind of file lies, made by the verbs that users call."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from copyassist.assistant import Assistant
from copyassist.batch import BatchOptions
from copyassist.home import DATABASE
from copyassist.news.collecting import CollectOptions
from copyassist.types import Draft
from copyassist.ui.batch.job import keep_upload
from tests.news.sources.shapes import FEED
from tests.news.sources.site import Reply, Site

QUICK = CollectOptions(force=True, pause=0.0, attempts=1, total_seconds=5.0)
TITLES = "title\n下班后一小时，把阳台变成小花园\n三步做好番茄炒蛋\n"


def fill(assistant: Assistant, site: Site) -> None:
    """Uses everything that writes: accounts, settings, platforms, sources, subscriptions, batch."""
    account, _ = assistant.posts.load_demo()
    assistant.change_settings(language="en", ignored=("title_long",))
    assistant.copy_platform("weibo")
    assistant.rules.import_words("品牌", "咖啡\n".encode(), "words.txt")
    (assistant.settings.home / "words.txt").write_text("云朵面包\n", "utf-8")  # written by hand
    assistant.rules.switch(["superstition"], on=False)
    fill_news(assistant, site)
    draft = Draft(title="三步做好番茄炒蛋", platform="xiaohongshu")
    assistant.desk.save_draft(draft, [assistant.desk.review(draft, account)], account)
    (folder := assistant.settings.home.parent / "texts").mkdir(exist_ok=True)
    (folder / "旧文.txt").write_text(TITLES, "utf-8")
    assistant.repeats.add_corpus("旧文", [folder / "旧文.txt"])
    upload = keep_upload(assistant.settings.home, "标题.csv", TITLES.encode())
    for stop in (True, False):  # one run leaves its shards, the other its result
        out = upload.with_name(f"{stop}.csv")
        plan = assistant.batch.plan(upload, out, account, BatchOptions())
        assistant.batch.run(plan, account, cancelled=lambda stop=stop: stop)
    assistant.news.topics.board()  # keeps its window for the next run


def fill_news(assistant: Assistant, site: Site) -> None:
    """A feed of our own that was collected, a source switched off, subscriptions, a pasted list."""
    site.routes["/feed"] = Reply(FEED, headers={"Content-Type": "application/rss+xml"})
    news = assistant.news
    news.allow(["127.0.0.1"])
    (added,) = news.add("feed", site.url("/feed"))
    news.collect([added.id], QUICK)
    news.switch(["weibo"], False)
    news.paste("wechat", "高考今日开考\n油价或迎二连涨\n")
    news.topics.save_subscriptions("[理财]\n油价\n")
    news.topics.board()


def list_files(home: Path) -> list[str]:
    """Every file and folder below, folders that hold nothing but others left out."""
    found = [path for path in home.rglob("*") if path.is_file()]
    return sorted(path.relative_to(home).as_posix() for path in found)


def dump(path: Path) -> Mapping[str, list[str]]:
    """Every row of every table in an SQLite file, but for the counters that caches go by."""
    with closing(sqlite3.connect(path)) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in ("meta", "sqlite_sequence")
        ]
        return {
            name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names
        }


def snapshot(home: Path, names: list[str]) -> Mapping[str, object]:
    """The content of the named files; of the database what stands in it."""
    return {
        name: dump(home / name) if name == DATABASE.pattern else (home / name).read_bytes()
        for name in names
    }
