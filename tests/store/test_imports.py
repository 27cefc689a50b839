from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copyassist.errors import UsageError
from copyassist.store import NewAccount, Store
from copyassist.types import Account, MetricValue, Post

from .tables import JULY, JUNE, MIDNIGHT, NOON, post, table


def figures(store: Store, account: Account) -> list[tuple[str, dict[str, float]]]:
    return [
        (p.title, {name: v.value for name, v in p.metrics.items()}) for p in store.posts(account.id)
    ]


def test_an_import_is_told_and_kept(store: Store, account: Account) -> None:
    receipt = store.save_import(
        table(post("甲", NOON), post("乙", MIDNIGHT), rejected=3), account.id, "xiaohongshu"
    )
    assert (receipt.new_posts, receipt.observations, receipt.rejected_rows) == (2, 2, 3)
    assert (receipt.file, receipt.platform, receipt.as_of) == ("笔记.xlsx", "xiaohongshu", JUNE)
    (kept,) = store.imports(account.id)
    assert (kept.id, kept.new_posts, kept.as_of) == (receipt.id, 2, JUNE)
    assert [p.title for p in store.posts(account.id)] == ["乙", "甲"]
    assert store.platforms(account.id) == {"xiaohongshu": 2}


@pytest.mark.parametrize("source", ["name", "now"])
def test_importing_twice_changes_nothing(store: Store, account: Account, source: str) -> None:
    first = store.save_import(table(post(), source=source), account.id, "xiaohongshu")
    version, posts = store.version(), store.posts(account.id)
    later = JUNE if source == "name" else JULY
    again = store.save_import(
        table(post(), source=source, as_of=later, file="笔记(1).xlsx"), account.id, "xiaohongshu"
    )
    assert again.id is None
    assert again.repeat_of == first.id
    assert store.posts(account.id) == posts
    assert store.version() == version
    assert len(store.imports()) == 1


def test_the_same_rows_are_new_to_another_account(store: Store, account: Account) -> None:
    other = store.add_account("另一个")
    store.save_import(table(post()), account.id, "xiaohongshu")
    assert store.save_import(table(post()), other.id, "xiaohongshu").new_posts == 1


def test_the_newest_figure_wins_whatever_the_order_of_imports(
    store: Store, account: Account
) -> None:
    store.save_import(table(post(metrics={"views": 900}), as_of=JULY), account.id, "weibo")
    receipt = store.save_import(
        table(post(metrics={"views": 100, "likes": 5}), as_of=JUNE), account.id, "weibo"
    )
    assert (receipt.new_posts, receipt.updated_posts) == (0, 1)
    assert figures(store, account) == [("三步做好番茄炒蛋", {"views": 900, "likes": 5})]


def test_of_one_day_the_later_import_wins(store: Store, account: Account) -> None:
    store.save_import(table(post(metrics={"views": 900})), account.id, "weibo")
    store.save_import(table(post(metrics={"views": 901})), account.id, "weibo")
    assert figures(store, account) == [("三步做好番茄炒蛋", {"views": 901})]


def test_bounds_and_times_come_back_as_they_were(store: Store, account: Account) -> None:
    metrics = {
        "views": MetricValue(100000, "at_least"),
        "ctr": MetricValue(0.001, "at_most"),
        "likes": MetricValue(0.5),
        "bad": MetricValue(float("nan")),
    }
    old = Post(title="老", platform="", published_at=NOON.replace(year=1969), metrics=metrics)
    undated = Post(title="无", platform="", published_at=None)
    store.save_import(table(old, undated), account.id, "wechat")
    first, second = store.posts(account.id, "wechat")
    assert (first.title, first.published_at, dict(first.metrics)) == ("无", None, {})
    assert second.published_at == NOON.replace(year=1969)
    assert dict(second.metrics) == {n: v for n, v in metrics.items() if n != "bad"}
    assert store.posts(account.id, "weibo") == []


def test_unchanged_updated_and_new_posts_are_counted_apart(store: Store, account: Account) -> None:
    store.save_import(table(post("甲"), post("乙")), account.id, "weibo")
    receipt = store.save_import(
        table(post("甲"), post("乙", metrics={"views": 7}), post("丙"), post("丙"), as_of=JULY),
        account.id,
        "weibo",
    )
    assert (receipt.new_posts, receipt.updated_posts, receipt.unchanged_posts) == (1, 1, 1)
    assert receipt.repeated_rows == 1


def test_undoing_takes_away_what_only_this_import_said(store: Store, account: Account) -> None:
    store.save_import(table(post("甲"), post("乙")), account.id, "weibo")
    second = store.save_import(
        table(post("乙", metrics={"views": 7, "likes": 1}), post("丙"), as_of=JULY),
        account.id,
        "weibo",
    )
    assert second.id is not None
    undone = store.undo_import(second.id)
    assert (undone.observations, undone.removed_posts, undone.kept_posts) == (3, 1, 1)
    assert figures(store, account) == [("甲", {"views": 100}), ("乙", {"views": 100})]
    with pytest.raises(UsageError) as caught:
        store.undo_import(second.id)
    assert caught.value.code == "import_unknown"


def test_undoing_the_first_of_two_keeps_what_the_second_knows(
    store: Store, account: Account
) -> None:
    first = store.save_import(table(post("甲"), post("乙")), account.id, "weibo")
    store.save_import(table(post("甲"), as_of=JULY), account.id, "weibo")
    assert first.id is not None
    store.undo_import(first.id)
    assert figures(store, account) == [("甲", {"views": 100})]


def test_an_undone_import_can_be_made_again(store: Store, account: Account) -> None:
    first = store.save_import(table(post()), account.id, "weibo")
    assert first.id is not None
    store.undo_import(first.id)
    assert store.posts(account.id) == []
    assert store.save_import(table(post()), account.id, "weibo").new_posts == 1


def test_a_wrong_title_column_is_taken_back_with_its_import(store: Store, account: Account) -> None:
    store.save_import(table(post("对的标题", platform_post_id="a")), account.id, "weibo")
    wrong = store.save_import(
        table(post("图文", platform_post_id="a"), as_of=JULY), account.id, "weibo"
    )
    assert [p.title for p in store.posts(account.id)] == ["图文"]
    assert wrong.id is not None
    store.undo_import(wrong.id)
    assert [p.title for p in store.posts(account.id)] == ["对的标题"]


def test_an_edit_outlives_imports_and_their_undoing(store: Store, account: Account) -> None:
    first = store.save_import(table(post("旧题", NOON)), account.id, "weibo")
    (stored,) = store.posts(account.id)
    assert stored.id is not None
    edited = store.edit_post(stored.id, title="新题", kind="视频")
    assert (edited.title, edited.kind) == ("新题", "视频")
    again = store.save_import(
        table(post("旧题", NOON, {"views": 300}, url="https://e.cn/1"), as_of=JULY),
        account.id,
        "weibo",
    )
    assert (again.new_posts, again.updated_posts) == (0, 1)
    (stored,) = store.posts(account.id)
    assert (stored.title, stored.kind, stored.url) == ("新题", "视频", "https://e.cn/1")
    assert first.id is not None
    store.undo_import(first.id)
    (stored,) = store.posts(account.id)
    assert (stored.title, stored.kind, stored.exact("views")) == ("新题", "视频", 300)


def test_a_deleted_post_comes_back_only_when_asked(store: Store, account: Account) -> None:
    store.save_import(table(post("甲"), post("乙")), account.id, "weibo")
    gone = next(p for p in store.posts(account.id) if p.title == "甲")
    assert gone.id is not None
    store.delete_post(gone.id)
    assert [p.title for p in store.posts(account.id)] == ["乙"]
    assert store.platforms(account.id) == {"weibo": 1}
    repeat = store.save_import(table(post("甲"), post("乙")), account.id, "weibo")
    assert repeat.id is None
    later = store.save_import(
        table(post("甲", metrics={"views": 5}), post("乙"), as_of=JULY), account.id, "weibo"
    )
    assert later.deleted_posts == 1
    assert [p.title for p in store.posts(account.id)] == ["乙"]
    asked = store.save_import(
        table(post("甲", metrics={"views": 5}), post("乙"), as_of=JULY),
        account.id,
        "weibo",
        restore_deleted=True,
    )
    assert asked.updated_posts == 1
    assert figures(store, account) == [("甲", {"views": 5}), ("乙", {"views": 100})]
    assert asked.id is not None
    store.undo_import(asked.id)
    assert figures(store, account) == [("甲", {"views": 100}), ("乙", {"views": 100})]


def test_a_deleted_post_stays_deleted_through_undo_and_can_be_restored(
    store: Store, account: Account
) -> None:
    first = store.save_import(table(post("甲")), account.id, "weibo")
    (stored,) = store.posts(account.id)
    assert stored.id is not None
    assert first.id is not None
    store.delete_post(stored.id)
    with pytest.raises(UsageError):
        store.edit_post(stored.id, title="x")
    store.undo_import(first.id)
    assert store.save_import(table(post("甲")), account.id, "weibo").deleted_posts == 1
    store.restore_post(stored.id)
    assert [p.title for p in store.posts(account.id)] == ["甲"]
    with pytest.raises(UsageError) as caught:
        store.restore_post(stored.id)
    assert caught.value.code == "post_unknown"


def test_a_row_fills_in_what_was_not_known_and_blurs_nothing(
    store: Store, account: Account
) -> None:
    store.save_import(table(post("甲", NOON)), account.id, "wechat")
    store.save_import(
        table(post("甲", MIDNIGHT, url="https://e.cn/1", body="正文"), as_of=JULY),
        account.id,
        "wechat",
    )
    (stored,) = store.posts(account.id)
    assert (stored.published_at, stored.url, stored.body) == (NOON, "https://e.cn/1", "正文")
    store.save_import(
        table(post("甲", NOON, {"views": 1}, url="http://e.cn/1#top"), as_of=JULY + timedelta(1)),
        account.id,
        "wechat",
    )
    assert len(store.posts(account.id)) == 1


def test_rows_that_state_their_platform_keep_it(store: Store, account: Account) -> None:
    mixed = table(post("甲", platform="wechat"), post("甲", platform="weibo"))
    assert store.save_import(mixed, account.id, "").new_posts == 2
    assert store.platforms(account.id) == {"wechat": 1, "weibo": 1}
    with pytest.raises(UsageError) as caught:
        store.save_import(table(post("乙")), account.id, "")
    assert caught.value.code == "import_needs_platform"


def test_an_unknown_account_saves_nothing(store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        store.save_import(table(post()), 77, "weibo")
    assert caught.value.code == "unknown_account"
    assert store.imports() == []


def test_broken_characters_are_stored_mended(store: Store, account: Account) -> None:
    store.save_import(table(post("坏\ud800\x00字")), account.id, "weibo")
    assert [p.title for p in store.posts(account.id)] == ["坏\ufffd\ufffd字"]


def test_posts_of_the_program_itself_are_an_import_too(store: Store, account: Account) -> None:
    receipt = store.save_posts([post(platform="wechat")], account.id)
    assert (receipt.new_posts, receipt.form) == (1, "direct")


def test_every_change_moves_the_version_and_reading_does_not(
    store: Store, account: Account
) -> None:
    versions = [store.version()]

    def moved() -> bool:
        versions.append(store.version())
        return versions[-1] > versions[-2]

    receipt = store.save_import(table(post()), account.id, "weibo")
    assert moved()
    (stored,) = store.posts(account.id)
    assert stored.id is not None
    assert not moved()
    store.edit_post(stored.id, title="新")
    assert moved()
    store.delete_post(stored.id)
    assert moved()
    assert receipt.id is not None
    store.undo_import(receipt.id)
    assert moved()
    store.rename_account(account.id, "新名")
    assert moved()


def test_figures_of_a_clock_that_was_ahead_do_not_win_for_ever(
    store: Store, account: Account
) -> None:
    ahead = datetime.now(UTC) + timedelta(days=400)
    early = store.save_import(table(post(metrics={"views": 1}), as_of=ahead), account.id, "weibo")
    sane = table(post(metrics={"views": 2}), as_of=JUNE)
    late = store.save_import(sane, account.id, "weibo")
    assert store.posts(account.id)[0].metrics["views"].value == 2
    other = table(post(metrics={"views": 3}), as_of=JULY)
    newest = store.save_import(other, account.id, "weibo")
    assert newest.id is not None
    store.undo_import(newest.id)  # what is folded anew goes by the same rule
    assert store.posts(account.id)[0].metrics["views"].value == 2
    assert early.id is not None
    assert late.id is not None
    store.undo_import(late.id)
    assert store.posts(account.id)[0].metrics["views"].value == 1


def test_a_new_account_comes_with_its_posts_or_not_at_all(store: Store) -> None:
    receipt = store.save_import(table(post()), NewAccount(name=" 新 号 "), "weibo")
    assert [(one.id, one.name) for one in store.accounts()] == [(receipt.account_id, "新 号")]
    assert len(store.posts(receipt.account_id)) == 1
    with pytest.raises(UsageError) as caught:
        store.save_import(table(post()), NewAccount(name="新 号"), "weibo")
    assert caught.value.code == "account_exists"
    broken = replace(table(post()), posts=(post(), None))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        store.save_import(broken, NewAccount(name="半个"), "weibo")
    assert [one.name for one in store.accounts()] == ["新 号"]
