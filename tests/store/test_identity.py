from datetime import timedelta

import pytest

from copyassist.store.clock import to_seconds
from copyassist.store.identity import Identity, Register, find_url_key, is_day_of

from .tables import MIDNIGHT, NOON

_NOON = to_seconds(NOON)
_DAY = to_seconds(MIDNIGHT)


def named(key: int = 0, **more: object) -> Identity:
    fields: dict[str, object] = {"platform": "wechat", "post_id": "", "url": "", "title": "标题"}
    fields |= {"time": _NOON} | more
    return Identity(key=key, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "row", "same"),
    [
        (named(post_id="a"), named(post_id="a", title="改了标题", time=None), True),
        (named(post_id="a"), named(post_id="b"), False),
        (named(url="e.cn/1"), named(url="e.cn/1", title="别的", time=None), True),
        (named(url="e.cn/1"), named(url="e.cn/2"), False),
        (named(url="e.cn/1", post_id="a"), named(url="e.cn/1", post_id="b", title="别的"), False),
        (named(post_id="a"), named(), True),
        (named(), named(post_id="a", url="e.cn/1"), True),
        (named(), named(), True),
        (named(), named(time=_NOON + 60), False),
        (named(), named(time=_DAY), True),
        (named(time=_DAY), named(), True),
        (named(time=_DAY), named(time=_DAY + 86400), False),
        (named(time=None), named(time=None), True),
        (named(time=None), named(), False),
        (named(), named(platform="weibo"), False),
        (named(post_id="a"), named(post_id="a", platform="weibo"), False),
    ],
)
def test_two_rows_are_one_post_or_two(known: Identity, row: Identity, same: bool) -> None:
    assert (Register([known]).find(row) is known) is same


def test_the_exact_time_is_preferred_to_the_day() -> None:
    day, noon = named(1, time=_DAY), named(2)
    register = Register([day, noon])
    assert register.find(named()) is noon
    assert register.find(named(time=_DAY)) is day


def test_what_a_row_adds_is_learned() -> None:
    known = named()
    register = Register([known])
    register.learn(known, named(post_id="a", url="e.cn/1"))
    assert register.find(named(post_id="a", title="别的")) is known
    assert register.find(named(url="e.cn/1", title="别的")) is known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "http://mp.weixin.qq.com/s?__biz=A&mid=1&idx=1&sn=9&chksm=77&scene=27#wechat_redirect",
            "https://mp.weixin.qq.com/s?sn=9&__biz=A&mid=1&idx=1",
        ),
        (
            "https://www.xiaohongshu.com/explore/66?xsec_token=AB&utm_source=x",
            "https://www.XIAOHONGSHU.com/explore/66/",
        ),
    ],
)
def test_copies_of_an_address_are_one(one: str, other: str) -> None:
    assert find_url_key(one) == find_url_key(other)


def test_articles_of_one_push_are_two_addresses() -> None:
    first = "https://mp.weixin.qq.com/s?__biz=A&mid=1&idx=1"
    assert find_url_key(first) != find_url_key(first.replace("idx=1", "idx=2"))


@pytest.mark.parametrize("odd", ["", "http://[", "不是网址", "//", "?"])
def test_any_text_has_a_key(odd: str) -> None:
    assert isinstance(find_url_key(odd), str)


def test_a_day_holds_its_times_only() -> None:
    last = to_seconds(MIDNIGHT + timedelta(hours=23, minutes=59))
    assert is_day_of(_DAY, _DAY)
    assert is_day_of(_DAY, last)
    assert not is_day_of(_DAY, last + 60)
    assert not is_day_of(_NOON, last)
    assert not is_day_of(None, _NOON)
