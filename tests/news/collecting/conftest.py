from tests.news.sources.conftest import _no_proxy, site

__all__ = ["_no_proxy", "site"]
