"""Accounts through the facade: the default account follows its account, whatever stops in between."""

from pathlib import Path

import pytest

from copyassist.assistant import Assistant
from copyassist.errors import StoreError, UsageError
from copyassist.settings import load_saved, load_settings


@pytest.fixture
def assistant(home: Path) -> Assistant:
    made = Assistant(load_settings())
    made.posts.add_account("甲")
    made.posts.add_account("乙")
    made.change_settings(default_account="甲")
    return made


def test_the_default_account_keeps_its_place_under_a_new_name(
    assistant: Assistant, home: Path
) -> None:
    assistant.posts.rename_account(assistant.posts.account("甲"), " 戊 ")
    assert load_saved(home).default_account == "戊"
    assistant.posts.rename_account(assistant.posts.account("乙"), "己")
    assert load_saved(home).default_account == "戊"
    assistant.posts.delete_account(assistant.posts.account("戊"))
    assert load_saved(home).default_account == ""


def test_a_name_that_is_taken_changes_no_default(assistant: Assistant, home: Path) -> None:
    with pytest.raises(UsageError):
        assistant.posts.rename_account(assistant.posts.account("甲"), "乙")
    assert load_saved(home).default_account == "甲"


def test_a_renaming_that_was_cut_off_is_finished_by_the_same_command(
    assistant: Assistant, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        """What no code catches, as little as a kill."""

    def die(*_: object) -> None:
        raise KilledError

    account = assistant.posts.account("甲")
    with monkeypatch.context() as patch:
        patch.setattr(type(assistant.store), "rename_account", die)
        with pytest.raises(KilledError):
            assistant.posts.rename_account(account, "戊")
    again = Assistant(load_settings())
    again.posts.rename_account(again.posts.account("甲"), "戊")
    assert [one.name for one in again.posts.accounts()] == ["乙", "戊"]
    assert load_saved(home).default_account == "戊"


def test_a_store_that_refuses_leaves_the_default(
    assistant: Assistant, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("database_busy")

    monkeypatch.setattr(type(assistant.store), "delete_account", refuse)
    with pytest.raises(StoreError):
        assistant.posts.delete_account(assistant.posts.account("甲"))
    assert load_saved(home).default_account == "甲"
