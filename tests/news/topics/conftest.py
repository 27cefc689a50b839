import pytest

from copyassist.news.topics.merge import Engine, load_engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    return load_engine()
