"""Text of users is shown, never executed or laid out."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.ui.kit.escape import as_html, as_markdown, html_params, markdown_params, shorten

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</p><script>alert(1)</script>",
    "[点我](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "$\\frac{1}{2}$ 和 $b$",
    ":material/home: :red[x] :smile:",
    "# 标题\n\n- 列表\n> 引用",
    "`code` *em* **strong** ~~del~~ |a|b|",
    "https://evil.example www.evil.example a@evil.example",
    "&lt;b&gt; &amp;",
    "'\" onmouseover='alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_html_holds_no_tag(text: str) -> None:
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            tags.append(tag)

    Reader().feed(f'<p title="{as_html(text)}">{as_html(text)}</p>')
    assert tags == ["p"]


@given(st.text())
def test_markdown_leaves_no_mark_unescaped(text: str) -> None:
    escaped = as_markdown(text)
    assert "\n" not in escaped
    # Every ASCII mark has its own backslash: what is left after taking pairs away has none.
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\v\f\u2028\u2029\u2060\u200b")))
def test_markdown_keeps_the_text(text: str) -> None:
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", as_markdown(text)).replace("\u2060", "")
    assert shown in (text.strip(" \t"), "\u200b")


def test_addresses_are_no_links() -> None:
    escaped = as_markdown("https://a.example www.b.example c@d.example")
    assert re.sub(r"\\", "", escaped) == (
        "https\u2060://a.example www\u2060.b.example c@\u2060d.example"
    )


def test_params_keep_numbers_and_escape_the_rest() -> None:
    assert html_params({"n": 3, "t": "<b>"}) == {"n": 3, "t": "&lt;b&gt;"}
    assert markdown_params({"n": 2.5, "t": "*"}) == {"n": 2.5, "t": "\\*"}
    assert "{:,}".format(html_params({"n": 1234})["n"]) == "1,234"


def test_shorten_counts_columns() -> None:
    assert shorten("一二三四五", 10) == "一二三四五"
    assert shorten("一二三四五六", 10) == "一二三四…"
    assert shorten("abc\n def", 20) == "abc def"
    assert shorten("", 5) == ""
