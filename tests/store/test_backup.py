import zipfile
from pathlib import Path

import pytest

from copyassist.errors import CopyAssistError, StoreError
from copyassist.store import Store, backup
from copyassist.types import Account

from .tables import post, table


def test_a_backup_brings_everything_back(store: Store, account: Account, tmp_path: Path) -> None:
    store.save_import(table(post("甲")), account.id, "weibo")
    settings = tmp_path / "settings.toml"
    settings.write_text("language = 'en'", "utf-8")
    store.backup(tmp_path / "all.zip", {"settings.toml": settings})
    version = store.version()
    store.delete_account(account.id)
    store.add_account("后来的")
    assert store.restore(tmp_path / "all.zip") == {"settings.toml": b"language = 'en'"}
    assert [a.name for a in store.accounts()] == ["小满的厨房"]
    assert [p.title for p in store.posts(account.id)] == ["甲"]
    assert store.version() > version + 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.zip", "home", "settings.toml"]


def test_a_backup_opens_in_another_place(store: Store, account: Account, tmp_path: Path) -> None:
    store.save_import(table(post("甲")), account.id, "weibo")
    store.backup(tmp_path / "all.zip")
    with Store.open(tmp_path / "other" / "copyassist.db") as other:
        other.restore(tmp_path / "all.zip")
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
        archive.writestr(backup.DATABASE, "x" * 5000)


def _empty_database(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(backup.DATABASE, "")


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
        store.restore(path)
    assert caught.value.code == "backup_unreadable"
    assert store.accounts() == [account]


def test_a_missing_or_later_backup_is_named(
    store: Store, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CopyAssistError) as missing:
        store.restore(tmp_path / "none.zip")
    assert missing.value.code == "file_missing"
    store.backup(tmp_path / "all.zip")
    monkeypatch.setattr(backup, "REVISIONS", ("0000",))
    with pytest.raises(CopyAssistError) as later:
        store.restore(tmp_path / "all.zip")
    assert later.value.code == "store_newer"
    assert store.accounts() == [account]
