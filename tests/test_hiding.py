"""Logins and keys of addresses: what is hidden, what is left alone."""

import pytest

from copyassist.errors import StoreError, UsageError
from copyassist.hiding import has_secrets, hide_secrets, strip_secrets
from copyassist.i18n import say_error


@pytest.mark.parametrize(("address", "hidden", "stripped"), [
    ("https://me:pw@a.cn/f", "https://***@a.cn/f", "https://a.cn/f"),
    ("https://token@a.cn/f", "https://***@a.cn/f", "https://a.cn/f"),
    ("https://me:p@w@a.cn/f", "https://***@a.cn/f", "https://a.cn/f"),
    ("postgresql://me:s3cr@t@db/desk", "postgresql://***@db/desk", "postgresql://db/desk"),
    ("https://a.cn/f?key=1", "https://a.cn/f?key=***", "https://a.cn/f"),
    ("https://a.cn/f?a=1&key=2", "https://a.cn/f?a=1&key=***", "https://a.cn/f?a=1"),
    ("https://a.cn/f?key=2&a=1", "https://a.cn/f?key=***&a=1", "https://a.cn/f?a=1"),
    ("https://a.cn/f?a=1&TOKEN=2&b=3", "https://a.cn/f?a=1&TOKEN=***&b=3", "https://a.cn/f?a=1&b=3"),
    ("https://a.cn/f?a=1&token=2&sign=3", "https://a.cn/f?a=1&token=***&sign=***", "https://a.cn/f?a=1"),
    ("https://a.cn/f?key=1#top", "https://a.cn/f?key=***", "https://a.cn/f"),
    ("https://a.cn/f#access_token=1", "https://a.cn/f#access_token=***", "https://a.cn/f"),
    ("/zhihu/hot?key=1&limit=5", "/zhihu/hot?key=***&limit=5", "/zhihu/hot?limit=5"),
])  # fmt: skip
def test_logins_and_keys_go(address: str, hidden: str, stripped: str) -> None:
    assert hide_secrets(address) == hidden
    assert strip_secrets(address) == stripped
    assert has_secrets(address)
    assert hide_secrets(hidden) == hidden
    assert not has_secrets(stripped)


@pytest.mark.parametrize("name", [
    "key", "api_key", "apikey", "apiKey", "API-KEY", "access_key", "accessKeyId", "access_token",
    "secret", "client_secret", "appSecret", "sign", "signature", "X-Amz-Signature", "sig", "auth",
    "auth_key", "password", "passwd", "pwd", "session_id", "rsskey", "code", "jwt", "%6Bey",
    "OSSAccessKeyId", "x-amz-security-token",
])  # fmt: skip
def test_names_of_keys(name: str) -> None:
    assert hide_secrets(f"https://a.cn/?{name}=abc") == f"https://a.cn/?{name}=***"


@pytest.mark.parametrize("text", [
    "https://a.cn/f", "https://a.cn/f?keyword=猫&page=2", "https://a.cn/f?id=weibo&design=1",
    "https://medium.com/@me/feed", "https://a.cn/f?key=", "写信给 me@a.cn", "三点：见@小满", "a=b",
    "https://a.cn/f?author=me&encoding=utf8", "比分 3:2@主场",
])  # fmt: skip
def test_what_is_no_secret_stays(text: str) -> None:
    assert strip_secrets(text) == text
    if "3:2" not in text:
        assert hide_secrets(text) == text


def test_errors_tell_addresses_without_them() -> None:
    error = UsageError("source_bad_address", url="ftp://me:s3cr3t@a.cn/?token=t0ken")
    for said in (say_error("zh", error), say_error("en", error), str(error)):
        assert "a.cn" in said
        assert "s3cr3t" not in said
        assert "t0ken" not in said
    failed = StoreError("store_bad_url", url="me:s3cr3t@db/desk")
    assert "s3cr3t" not in say_error("zh", failed)
