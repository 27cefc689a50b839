import pytest

from copyassist.errors import UsageError
from copyassist.store import Store, drafts
from copyassist.types import Account, Draft, Purpose

_DRAFT = Draft(
    title="三步做好\ud800番茄炒蛋",
    body="先打蛋",
    platform="wechat",
    form="article",
    purpose=Purpose.EXPERIENCE,
    facts={"n_images": 3.0},
)


def test_a_draft_comes_back_with_its_reports(store: Store, account: Account) -> None:
    reports = [{"score": {"value": None}}, {"findings": ["字\x00"]}]
    number = store.save_draft(_DRAFT, reports, account_id=account.id)
    (kept,) = store.drafts()
    assert (kept.id, kept.account_id) == (number, account.id)
    assert kept.draft.title == "三步做好\ufffd番茄炒蛋"
    assert (kept.draft.purpose, kept.draft.facts) == (Purpose.EXPERIENCE, {"n_images": 3.0})
    assert kept.reports[0] == {"score": {"value": None}}
    assert kept.saved_at.tzinfo is not None


def test_only_the_newest_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "KEPT", 3)
    for number in range(5):
        store.save_draft(Draft(title=f"第{number}稿"))
    assert [d.draft.title for d in store.drafts()] == ["第4稿", "第3稿", "第2稿"]
    assert [d.draft.title for d in store.drafts(limit=1)] == ["第4稿"]


def test_a_draft_can_be_forgotten_once(store: Store) -> None:
    number = store.save_draft(Draft(title="稿"))
    store.delete_draft(number)
    assert store.drafts() == []
    with pytest.raises(UsageError) as caught:
        store.delete_draft(number)
    assert caught.value.code == "draft_unknown"


def test_a_draft_outlives_its_account_and_is_no_change_of_posts(
    store: Store, account: Account
) -> None:
    before = store.version()
    store.save_draft(_DRAFT, account_id=account.id)
    assert store.version() == before
    store.delete_account(account.id)
    (kept,) = store.drafts()
    assert kept.account_id is None
