import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from copyassist.errors import CopyAssistError, StoreError
from copyassist.home import DATABASE
from copyassist.store import Store, backup
from copyassist.store.engine import find_url, make_engine
from copyassist.store.migrate import migrate
from copyassist.store.schema import REVISIONS
from copyassist.types import Account

from .tables import post, table


def restore(store: Store, path: Path) -> Mapping[str, bytes]:
    with store.unpack(path) as found:
        store.replace(found)
        return found.files


def test_a_backup_brings_everything_back(store: Store, account: Account, tmp_path: Path) -> None:
    store.save_import(table(post("甲")), account.id, "weibo")
    store.backup(tmp_path / "all.zip", {"settings.toml": b"language = 'en'"})
    version = store.version()
    store.delete_account(account.id)
    store.add_account("后来的")
    assert restore(store, tmp_path / "all.zip") == {"settings.toml": b"language = 'en'"}
    assert [a.name for a in store.accounts()] == ["小满的厨房"]
    assert [p.title for p in store.posts(account.id)] == ["甲"]
    assert store.version() > version + 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.zip", "home"]


def test_a_backup_opens_in_another_place(store: Store, account: Account, tmp_path: Path) -> None:
    store.save_import(table(post("甲")), account.id, "weibo")
    store.backup(tmp_path / "all.zip")
    with Store.open(tmp_path / "other" / "copyassist.db") as other:
        restore(other, tmp_path / "all.zip")
        assert [p.title for p in other.posts(account.id)] == ["甲"]


def test_a_backup_replaces_an_older_one_whole_or_not_at_all(
    store: Store, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.zip"
    store.backup(path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_pack", full)
    with pytest.raises(StoreError) as caught:
        store.backup(path)
    assert caught.value.code == "file_disk_full"
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.zip", "home"]


def test_a_folder_that_does_not_exist_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        store.backup(tmp_path / "no" / "all.zip")
    assert caught.value.code == "file_unwritable"


def _text(path: Path) -> None:
    path.write_text("not a zip")


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "x")


def _no_database(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(DATABASE.pattern, "x" * 5000)


def _empty_database(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(DATABASE.pattern, "")


def _cut(path: Path) -> None:
    with Store.open(path.with_name("whole.db")) as whole:
        whole.backup(path)
    path.write_bytes(path.read_bytes()[:-200])


@pytest.mark.parametrize("make", [_text, _other_zip, _no_database, _empty_database, _cut])
def test_what_is_no_backup_changes_nothing(
    store: Store, account: Account, tmp_path: Path, make: object
) -> None:
    path = tmp_path / "all.zip"
    make(path)  # type: ignore[operator]
    with pytest.raises(CopyAssistError) as caught:
        restore(store, path)
    assert caught.value.code == "backup_unreadable"
    assert store.accounts() == [account]


def test_a_missing_or_later_backup_is_named(
    store: Store, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CopyAssistError) as missing:
        restore(store, tmp_path / "none.zip")
    assert missing.value.code == "file_missing"
    store.backup(tmp_path / "all.zip")
    monkeypatch.setattr(backup, "REVISIONS", ("0000",))
    with pytest.raises(CopyAssistError) as later:
        restore(store, tmp_path / "all.zip")
    assert later.value.code == "store_newer"
    assert store.accounts() == [account]


def test_a_backup_of_an_earlier_schema_is_brought_to_the_present(
    store: Store, tmp_path: Path
) -> None:
    engine = make_engine(find_url(tmp_path / "earlier.db"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        migrate(connection, REVISIONS[0])
        connection.exec_driver_sql("INSERT INTO accounts VALUES (7, '从前的', 'own', 0)")
    engine.dispose()
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "earlier.db", DATABASE.pattern)
    assert restore(store, tmp_path / "all.zip") == {}
    assert [account.name for account in store.accounts()] == ["从前的"]
    assert store.hot.newest() == 0  # a table that the earlier schema had not
