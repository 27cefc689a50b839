from collections.abc import Iterator
from pathlib import Path

import pytest

from copyassist.store import Store
from copyassist.types import Account


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "copyassist.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def account(store: Store) -> Account:
    return store.add_account("小满的厨房")
