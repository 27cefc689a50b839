"""The desks that the tests of this folder judge with."""

from collections.abc import Callable

import pytest

from copyassist.desk.review import Desk
from copyassist.errors import UsageError
from copyassist.platforms import load_platforms
from tests.batch.files import build_desk


@pytest.fixture(scope="session")
def make_desk() -> Callable[[str], Desk]:
    desks: dict[str, Desk] = {}
    names = {p.name_zh: p.id for p in load_platforms().values()}

    def make(name: str) -> Desk:
        platform = names.get(name, name)
        if platform not in load_platforms():
            raise UsageError("unknown_platform", name=name, known="")
        if platform not in desks:
            desks[platform] = build_desk(platform)
        return desks[platform]

    return make
