"""A file as a draft: title, text and head, each with its place in the file."""

from pathlib import Path

import pytest

from copyassist.checkup.documents import list_files, parse_document
from copyassist.checkup.places import Lines
from copyassist.errors import InputError

FRONT = '---\ntitle: "早饭三样"\nplatform: 公众号\ndescription: 一句话\ncontext: ad\n---\n'


def parts(raw: str, name: str = "a.md") -> tuple[str, str]:
    document = parse_document(raw, name)
    return document.title.text, document.body.text


def test_the_first_heading_is_the_title() -> None:
    assert parts("引子\n\n# 早饭三样 #\n\n正文\n") == ("早饭三样", "引子\n\n\n\n正文")
    assert parts("早饭三样\n===\n\n正文\n") == ("早饭三样", "正文")


def test_the_front_matter_beats_the_heading_and_is_not_said_twice() -> None:
    document = parse_document(f"{FRONT}\n# 早饭三样\n\n正文\n", "a.md")
    assert (document.title.text, document.body.text) == ("早饭三样", "正文")
    assert document.head == {"platform": "公众号", "digest": "一句话", "purpose": "ad"}


def test_a_heading_in_code_is_no_title() -> None:
    assert parts("```\n# 最好\n```\n\n# 早饭\n\n正文")[0] == "早饭"


def test_without_any_the_first_line_is_the_title() -> None:
    assert parts("早饭三样\n\n正文\n") == ("早饭三样", "正文")
    assert parts("\n 早饭三样\r\n正文\r\n", "a.txt") == ("早饭三样", "正文")
    assert parts("", "a.txt") == ("", "")
    assert parts("", "a.md") == ("", "")


def test_what_is_no_text_is_left_out() -> None:
    raw = (
        "# 标题\n\n**最**好 `最佳` [链接](https://a.b/最好) ![图](x.png) <!-- 最 --> <b>粗</b>\n"
        "\n- [x] 一条\n> 引用\n\n~~~\n最好\n~~~\n\n***\n\n* 两条"
    )
    text = parts(raw)[1]
    assert "最好  链接 图  粗" in text
    assert "最佳" not in text
    assert "https" not in text
    assert [line for line in text.splitlines() if line.strip()][1:] == ["一条", "引用", "两条"]


def test_every_character_knows_where_it_stood() -> None:
    raw = f"\ufeff{FRONT}\r\n引子 **最**好\r\n\r\n## 小节 ##\r\n完"
    document = parse_document(raw, "a.md")
    for piece in (document.title, document.body):
        assert len(piece.offsets) == len(piece.text) + 1
        assert "".join(raw[at] for at in piece.offsets[:-1]) == piece.text


def test_a_range_with_marks_inside_is_not_whole() -> None:
    body = parse_document("# 题\n\n**最**好，最好", "a.md").body
    assert body.text == "最好，最好"
    assert not body.is_whole(0, 2)
    assert body.is_whole(3, 5)


def test_lines_count_as_editors_do() -> None:
    lines = Lines("a\r\nb\u2028c\n\rd")
    assert [lines.find(at) for at in (0, 3, 5, 7, 8)] == [(1, 1), (2, 1), (2, 3), (3, 1), (4, 1)]


def test_a_folder_gives_its_markdown_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.markdown", "d.txt", ".git/e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in list_files(tmp_path)]
    assert found == ["a/c.markdown", "b.md"]
    empty = tmp_path / "none"
    empty.mkdir()
    with pytest.raises(InputError):
        list_files(empty)
