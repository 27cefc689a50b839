"""One line of plain text of whatever a site sends, and the value at a path of whatever shape."""

import pytest

from copyassist.news.sources.reading import clean, find_path


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a&#65;b", "aAb"),
        ("&#0065;&#x41;&#X41", "AAA"),
        ("&#x1F600;", "😀"),
        (f"&#{'0' * 6000}65;", "A"),
        ("&#0;&#000", "\ufffd\ufffd"),
        ("&#1114112;", "\ufffd"),
        ("&#99999999;", "\ufffd"),
        (f"a&#{'9' * 6000};b", "a\ufffdb"),
        (f"a&#{'9' * 6000}", "a\ufffd"),
        ("&#55357;", "\ufffd"),
        ("&#;&#x;&amp;&nosuch;", "&#;&#x;&&nosuch;"),
    ],
)
def test_references(written: str, read: str) -> None:
    assert clean(written, 2000) == read


@pytest.mark.parametrize("place", ["²", "٣", "-1", "3", "9" * 5000, "1e1", " 1", "", "x"])
def test_what_is_no_place_in_a_list(place: str) -> None:
    assert find_path({"a": [1, 2, 3]}, f"a.{place}") is None


def test_places() -> None:
    assert find_path({"a": [[1, 2], {"b": 3}]}, "a.0.1") == 2
    assert find_path({"a": [[1, 2], {"b": 3}]}, "a.1.b") == 3
