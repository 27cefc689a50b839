"""A used home, and ways to look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copyassist.store import Store
from tests.news.sources.conftest import _no_proxy, site

from .looking import NOW, make_post

__all__ = ["_no_proxy", "site"]


@pytest.fixture
def used(home: Path) -> Path:
    """A home with an account and two posts, its database closed."""
    with Store.open(home / "copyassist.db") as store:
        account = store.add_account("小满的厨房")
        posts = [make_post("红烧肉怎么做", NOW), make_post("番茄鸡蛋面", NOW)]
        store.save_posts(posts, account.id)
    return home


@pytest.fixture
def store(used: Path) -> Iterator[Store]:
    """The store of the used home, open: its database has a log beside it."""
    with Store.open(used / "copyassist.db") as opened:
        opened.accounts()
        yield opened
