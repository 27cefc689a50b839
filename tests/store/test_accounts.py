import csv
import json
from pathlib import Path

import pytest

from copyassist.errors import StoreError, UsageError
from copyassist.store import Store
from copyassist.types import Account, MetricValue, Post

from .tables import NOON, post, table


def test_accounts_are_listed_own_first_and_the_demo_last(store: Store) -> None:
    store.add_account("示例", is_demo=True)
    store.add_account("对标号", "followed")
    store.add_account("我的号")
    assert [(a.name, a.relation, a.is_demo) for a in store.accounts()] == [
        ("我的号", "own", False),
        ("对标号", "followed", False),
        ("示例", "own", True),
    ]
    assert store.account("对标号").relation == "followed"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("  ", "account_name_empty"),
        ("字" * 201, "account_name_too_long"),
        (" 甲 ", "account_exists"),
    ],
)
def test_a_name_must_be_new_and_readable(store: Store, name: str, code: str) -> None:
    store.add_account("甲")
    with pytest.raises(UsageError) as caught:
        store.add_account(name)
    assert caught.value.code == code


def test_a_name_with_broken_characters_is_kept_readable(store: Store) -> None:
    assert store.add_account("坏\ud800\x00名").name == "坏\ufffd\ufffd名"


def test_renaming_keeps_the_posts_and_refuses_a_taken_name(store: Store, account: Account) -> None:
    store.save_import(table(post()), account.id, "xiaohongshu")
    store.add_account("乙")
    with pytest.raises(UsageError) as caught:
        store.rename_account(account.id, "乙")
    assert caught.value.code == "account_exists"
    store.rename_account(account.id, "丙")
    assert store.account("丙").id == account.id
    assert len(store.posts(account.id)) == 1


def test_deleting_an_account_deletes_all_that_is_its_own(store: Store, account: Account) -> None:
    other = store.add_account("另一个")
    store.save_import(table(post()), account.id, "xiaohongshu")
    store.save_import(table(post()), other.id, "xiaohongshu")
    store.delete_account(account.id)
    assert [a.name for a in store.accounts()] == ["另一个"]
    assert store.posts(account.id) == []
    assert [i.account_id for i in store.imports()] == [other.id]
    assert len(store.posts(other.id)) == 1


@pytest.mark.parametrize("verb", ["rename_account", "delete_account", "export_account"])
def test_an_unknown_account_is_named(store: Store, tmp_path: Path, verb: str) -> None:
    arguments: dict[str, tuple[object, ...]] = {
        "rename_account": ("新",),
        "delete_account": (),
        "export_account": (tmp_path / "x.csv",),
    }
    with pytest.raises(UsageError) as caught:
        getattr(store, verb)(99, *arguments[verb])
    assert caught.value.code == "unknown_account"


def test_the_exported_table_guards_formulas_and_shows_bounds(
    store: Store, account: Account, tmp_path: Path
) -> None:
    formula = Post(
        title="=1+1 是多少",
        platform="wechat",
        published_at=NOON,
        metrics={
            "views": MetricValue(100000, "at_least"),
            "ctr": MetricValue(0.001, "at_most"),
            "likes": MetricValue(12),
        },
    )
    store.save_import(table(formula), account.id, "wechat")
    path = tmp_path / "out.csv"
    assert store.export_account(account.id, path) == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["title"] == "'=1+1 是多少"
    assert (row["views"], row["ctr"], row["likes"]) == ("100000+", "<0.001", "12")
    assert row["published_at"] == "2026-05-04T04:00:00+00:00"
    assert [p.name for p in tmp_path.iterdir() if "new" in p.name] == []


def test_the_exported_document_is_complete(store: Store, account: Account, tmp_path: Path) -> None:
    store.save_import(table(post(url="https://e.cn/1", kind="图文")), account.id, "xiaohongshu")
    store.export_account(account.id, tmp_path / "out.json")
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert document["copyassist_account"] == 1
    assert document["account"] == {"name": "小满的厨房", "relation": "own", "demo": False}
    (shown,) = document["posts"]
    assert shown["metrics"] == {"views": {"value": 100.0, "bound": "exact"}}
    assert (shown["platform"], shown["kind"], shown["url"]) == (
        "xiaohongshu",
        "图文",
        "https://e.cn/1",
    )


def test_an_export_says_what_it_cannot_do(store: Store, account: Account, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as wrong:
        store.export_account(account.id, tmp_path / "out.docx")
    assert wrong.value.code == "export_format"
    with pytest.raises(StoreError) as refused:
        store.export_account(account.id, tmp_path / "no" / "such" / "folder" / "out.csv")
    assert refused.value.code == "file_unwritable"
