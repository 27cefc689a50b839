"""Files: exports to import, settings and profiles, models, backups."""

import io
import json
import os
import random
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from benchmarks.hostile.mutations import mutate_bytes, mutate_json, mutate_toml
from copyassist.assistant import Assistant
from copyassist.desk.scoring.model import load_model
from copyassist.model_folder import MANIFEST, manifest_digest
from copyassist.news.sources.decide import describe_health
from copyassist.news.sources.opml import dump_opml
from copyassist.news.sources.own import load_own, save_own
from copyassist.news.topics.folder import load_folder
from copyassist.platforms import parse_platform
from copyassist.posts.importing import ImportHints, preview_file
from copyassist.resources import find_asset, find_corpora, find_models
from copyassist.settings import load_settings
from copyassist.store import Store
from tests.posts.importing import exports

NOW = datetime(2026, 6, 4, 12, tzinfo=UTC)
ACCOUNT = b'{"copyassist_account":1,"posts":[{"title":"a","platform":"weibo","published_at":"2026-06-04T11:00:00+00:00","kind":"","url":"https://a.cn/","body":"","platform_post_id":"1","metrics":{"views":{"value":12,"bound":"exact"},"ctr":{"value":0.1,"bound":"at_least"}}}]}'
SETTINGS = b'language = "en"\ndatabase_url = ""\ndefault_account = "a"\nplatforms = ["wechat", "zhihu"]\nignored = ["a:b"]\n[target_metrics]\nwechat = "views"\n'
SOURCES = b"""enabled = ["csdn"]
disabled = ["weibo"]
allowed = ["10.0.0.0/8", "nas"]
[[source]]
id = "mine"
name_zh = "mine"
kind = "list"
minutes = 10
headers = { Referer = "https://a.cn/" }
url = "https://a.cn/list"
rows = ["data", "items"]
pinned_rows = "top"
link = "https://a.cn/{id}"
labels = { 1 = "hot" }
skip = { ad = [1] }
fields = { title = ["t", "w"], heat = "h", id = "id" }
[[source.ways]]
url = "https://b.cn/feed"
format = "feed"
"""
MODEL = "zh-xiaohongshu"  # the smallest


# --- exports -------------------------------------------------------------------------------------


def load_text_exports() -> list[bytes]:
    """Exports of the back ends as text and as pages."""
    rows = (exports.wechat_rows(), exports.douyin_rows(), exports.weibo_rows(), exports.own_rows())
    found = [exports.csv_bytes(table) for table in rows]
    found += [exports.csv_bytes(rows[0], "gb18030", "\t"), exports.html_bytes(exports.users_rows())]
    return [*found, (find_corpora() / "examples" / "xiaohongshu_export.csv").read_bytes()]


def load_workbooks() -> list[bytes]:
    """Exports as .xlsx."""
    return [
        exports.xlsx_bytes(exports.xiaohongshu_rows()),
        exports.xlsx_bytes(exports.toutiao_rows(), merged=("A2:A3",)),
    ]


def load_old_workbooks() -> list[bytes]:
    """Exports as .xls."""
    return [exports.xls_bytes(exports.bilibili_rows())]


def change_zip(draw: random.Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """Half the time the bytes of the file, half the time those of one part, packed anew."""
    if draw.random() < 0.5:
        return mutate_bytes(draw, seed, others)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = draw.choice(names)
        for name in names:
            data = old.read(name)
            new.writestr(
                name,
                _change_part(draw, name, data) if name == chosen else data,
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def _change_part(draw: random.Random, name: str, data: bytes) -> bytes:
    if name.endswith(".toml"):
        return mutate_toml(draw, data, [data])
    if name.endswith(".json"):
        return mutate_json(draw, data, [data])
    return mutate_bytes(draw, data, [data])


def call_import(name: str, data: bytes) -> None:
    """An export, understood and kept."""
    preview = preview_file(name, data, ImportHints(now=NOW))
    assert preview.first is None or preview.last is not None
    if preview.posts:
        store = _store()
        account = store.accounts()[0]
        receipt = store.save_import(preview, account.id, preview.platform or "weibo")
        store.posts(account.id)
        store.undo_import(receipt.id or 0)


@cache
def _store() -> Store:
    """A database of this process's own."""
    store = Store.open(Path(tempfile.mkdtemp(prefix="hostile-")) / "a.db")
    store.add_account("a")
    return store


# --- the user's folder ---------------------------------------------------------------------------


@contextmanager
def _home(name: str, data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        yield Path(folder)


def call_settings(data: bytes) -> None:
    """settings.toml."""
    with _home("settings.toml", data) as home:
        load_settings({"COPYASSIST_HOME": str(home)})


def call_sources(data: bytes) -> None:
    """sources.toml; what can be read can be asked for what it holds."""
    with _home("sources.toml", data) as home:
        own = load_own(home)
        own.allow_list()
        for source in own.sources().values():
            describe_health(source, None, enabled=own.is_on(source))
        dump_opml(own.sources().values(), "a")
        save_own(own)
        load_own(home)


def load_platforms() -> list[bytes]:
    """Platform profiles."""
    folder = find_asset("platforms")
    return [(folder / f"{name}.toml").read_bytes() for name in ("xiaohongshu", "weibo", "wechat")]


def call_platform(data: bytes) -> None:
    """A profile that the user edited, under the name that it was shipped with."""
    found = re.search(rb'(?m)^id = "(\w{1,20})"', data)
    name = found[1].decode() if found else "xiaohongshu"
    parse_platform(data, Path(f"{name}.toml"), user_edited=True)


# --- models --------------------------------------------------------------------------------------


def load_manifests() -> list[bytes]:
    """The manifest of the smallest model."""
    return [(find_models() / MODEL / MANIFEST).read_bytes()]


def load_topic_manifests() -> list[bytes]:
    """The manifest of the model that merges titles."""
    return [(find_models() / "topics-merge" / MANIFEST).read_bytes()]


def load_weights() -> list[bytes]:
    """The beginning of the weights: an npz is a zip, and its end is where it begins."""
    return [(find_models() / MODEL / "weights.npz").read_bytes()]


def call_manifest(model: str, load: Callable[[Path], object], data: bytes) -> None:
    """A manifest as it stands, and with the digest that fits it: as if it had been released so."""
    for text in (data, _sign(data)):
        with _model(model, MANIFEST, text) as folder:
            _load(load, folder)


def _load(load: Callable[[Path], object], folder: Path) -> None:
    from copyassist.errors import CopyAssistError

    try:
        load(folder)
    except CopyAssistError:
        return


def _sign(data: bytes) -> bytes:
    try:
        manifest = json.loads(data)
        if isinstance(manifest, dict):
            manifest["digest"] = manifest_digest(manifest)
        return json.dumps(manifest).encode()
    except (ValueError, TypeError, RecursionError):
        return data


def call_weights(data: bytes) -> None:
    """Weights that are not what the manifest says."""
    with _model(MODEL, "weights.npz", data) as folder:
        load_model(folder)


@contextmanager
def _model(model: str, name: str, data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for path in (find_models() / model).iterdir():
            (Path(folder) / path.name).symlink_to(path)
        (Path(folder) / name).unlink()
        (Path(folder) / name).write_bytes(data)
        yield Path(folder)


# --- backups -------------------------------------------------------------------------------------


@cache
def load_backups() -> tuple[bytes, ...]:
    """A backup with a database, settings, sources, groups and a profile."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        assistant = _assistant(home)
        assistant.posts.load_demo()
        (home / "sources.toml").write_bytes(SOURCES)
        (home / "subscriptions.txt").write_text("[a]\nb\n", "utf-8")
        assistant.copy_platform("weibo")
        assistant.backup(Path(folder) / "a.zip")
        assistant.store.close()
        return ((Path(folder) / "a.zip").read_bytes(),)


def call_backup(data: bytes) -> None:
    """A backup that is restored over an account: it is there then, or the account still is."""
    with tempfile.TemporaryDirectory() as folder:
        home, path = Path(folder) / "home", Path(folder) / "a.zip"
        shutil.copytree(_started_home(), home)
        path.write_bytes(data)
        assistant = _assistant(home)
        refused = True
        try:
            assistant.restore(path)
            refused = False
        finally:
            names = [account.name for account in assistant.store.accounts()]
            assistant.store.close()
            assert not refused or names == ["a"], names


@cache
def _started_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="hostile-")) / "home"
    assistant = _assistant(home)
    assistant.posts.add_account("a")
    assistant.store.close()
    return home


def _assistant(home: Path) -> Assistant:
    os.environ.pop("COPYASSIST_DATABASE_URL", None)
    return Assistant(load_settings({"COPYASSIST_HOME": str(home)}))


WAYS: Sequence[tuple[str, int, object, object, object]] = (
    ("exports, text and HTML", 12, load_text_exports, mutate_bytes, partial(call_import, "a.csv")),
    ("exports, xlsx", 6, load_workbooks, change_zip, partial(call_import, "a.xlsx")),
    ("exports, xls", 1, load_old_workbooks, mutate_bytes, partial(call_import, "a.xls")),
    ("exported accounts", 3, lambda: [ACCOUNT], mutate_json, partial(call_import, "a.json")),
    ("settings.toml", 3, lambda: [SETTINGS], mutate_toml, call_settings),
    ("sources.toml", 6, lambda: [SOURCES], mutate_toml, call_sources),
    ("platform profiles", 5, load_platforms, mutate_toml, call_platform),
    ("model manifests", 3, load_manifests, mutate_json, partial(call_manifest, MODEL, load_model)),
    (
        "topic model manifests",
        2,
        load_topic_manifests,
        mutate_json,
        partial(call_manifest, "topics-merge", load_folder),
    ),
    ("model weights", 1, load_weights, mutate_bytes, call_weights),
    ("backups", 2, load_backups, change_zip, call_backup),
)
