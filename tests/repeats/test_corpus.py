"""Corpora: grown by parts, whole after any crash, read as files are."""

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from copyassist.errors import InputError, StoreError
from copyassist.repeats import corpus as corpus_module
from copyassist.repeats.corpus import AddedTexts, Corpus, CorpusText
from copyassist.repeats.documents import parse_plain, parse_texts, read_texts
from copyassist.text import parse_text

BODY = (
    "搬进这间老房子的第一天，我把窗帘全部拆下来洗了一遍，阳光照进来的时候，"
    "才发现墙角有一块水渍，房东说是去年夏天漏雨留下的，现在已经修好了。"
)
TITLES = [
    "三百块改造出租屋，房东都想涨价",
    "减脂期的早餐怎么吃",
    "46㎡老破小入住第一天",
    "阳台种菜第七天",
]


def make(titles: list[str] = TITLES, origin: str = "a") -> list[CorpusText]:
    return [CorpusText(origin, str(n), title, BODY * (n == 2)) for n, title in enumerate(titles)]


def find(corpus: Corpus, title: str) -> list[str]:
    return [text.title for text, _ in corpus.find_titles([parse_text(title)])[0]]


def test_texts_are_found_after_closing_and_opening(tmp_path: Path) -> None:
    with Corpus(tmp_path / "c") as corpus:
        assert corpus.add(make()) == AddedTexts(new=4, known=0)
    with Corpus(tmp_path / "c") as corpus:
        assert find(corpus, "震惊！三百块改造出租屋，房东都想涨价")[0] == TITLES[0]
        (found,) = corpus.find_bodies("开头。" + BODY[5:50] + "结尾。")
        assert found[0].title == TITLES[2]
        assert found[1].text == BODY


def test_adding_does_not_index_anew(tmp_path: Path) -> None:
    with Corpus(tmp_path / "c") as corpus:
        corpus.add(make())
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / "c").glob("part-*/*")}
        added = corpus.add([*make(), CorpusText("a", "9", "深海里的鲸鱼如何睡觉")])
        assert added == AddedTexts(new=1, known=4)
        assert {path: path.stat().st_mtime_ns for path in before} == before
        assert find(corpus, "深海里的鲸鱼如何睡觉？") == ["深海里的鲸鱼如何睡觉"]


def test_many_small_parts_become_one(tmp_path: Path) -> None:
    with Corpus(tmp_path / "c") as corpus:
        for number in range(9):
            corpus.add([CorpusText("a", str(number), f"阳台种菜第{number + 20}天的收成")])
        assert len(list((tmp_path / "c").glob("part-*"))) <= 3
        assert find(corpus, "阳台种菜第23天的收成")[0] == "阳台种菜第23天的收成"


def test_a_changed_file_replaces_its_text(tmp_path: Path) -> None:
    with Corpus(tmp_path / "c") as corpus:
        corpus.add([CorpusText("a", "x.md", "旧标题是关于早餐的")])
        corpus.add([CorpusText("a", "x.md", "新标题说的是晚饭了")])
        assert len(corpus) == 1
        assert find(corpus, "旧标题是关于早餐的") == []


def test_a_crash_while_adding_leaves_the_corpus_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Corpus(tmp_path / "c") as corpus:
        corpus.add(make())
        monkeypatch.setattr(corpus_module, "save_part", _fail)
        with pytest.raises(KeyboardInterrupt):
            corpus.add([CorpusText("b", "1", "新来的一篇")])
    monkeypatch.undo()
    with Corpus(tmp_path / "c") as corpus:
        assert len(corpus) == 4
        assert find(corpus, TITLES[1])[0] == TITLES[1]


def _fail(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("harm", ["form", "array", "folder"])
def test_a_foreign_or_damaged_index_is_made_anew(tmp_path: Path, harm: str) -> None:
    with Corpus(tmp_path / "c") as corpus:
        corpus.add(make())
    (part,) = (tmp_path / "c").glob("part-*")
    if harm == "form":
        with sqlite3.connect(tmp_path / "c" / "texts.db") as database:
            database.execute("UPDATE parts SET form = 99")
        database.close()
    else:
        (part / "keys.npy").unlink()
        if harm == "array":
            (part / "grams.npy").write_bytes(b"nothing")
    seen: list[int] = []
    with Corpus(tmp_path / "c", progress=seen.append) as corpus:
        assert find(corpus, TITLES[1])[0] == TITLES[1]
    assert len(list((tmp_path / "c").glob("part-*"))) == 1


def test_what_came_from_a_file_is_taken_out(tmp_path: Path) -> None:
    with Corpus(tmp_path / "c") as corpus:
        corpus.add(make())
        corpus.add(make(["深海里的鲸鱼如何睡觉"], "b"))
        assert corpus.remove("a") == 4
        assert corpus.origins() == {"b": 1}
        assert find(corpus, TITLES[0]) == []


def test_a_database_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "texts.db").write_bytes(b"no database at all, only text" * 40)
    with pytest.raises(StoreError) as told:
        Corpus(tmp_path / "c")
    assert told.value.code == "corpus_unusable"


# --- documents -----------------------------------------------------------------------------------


def word(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        paragraphs = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{t}</w:t></w:r></w:p>' for t in text.split("\n")
        )
        packed.writestr(
            "word/document.xml", f"<w:document><w:body>{paragraphs}</w:body></w:document>"
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", f"# 老房子\n\n**{BODY}**\n".encode()),
        ("a.md", f"---\ntitle: 老房子\n---\n{BODY}".encode()),
        ("a.txt", f"老房子\n\n{BODY * 3}".encode("gb18030")),
        ("a.docx", word(f"老房子\n{BODY} 3 &lt; 4")),
        ("a.html", f"<html><head><title>老房子</title><style>p{{}}</style></head><p>{BODY}</p>".encode()),
        ("a.csv", f"标题,正文\n老房子,{BODY}\n".encode()),
        ("a.jsonl", f'{{"title": "老房子", "body": "{BODY}"}}\n'.encode()),
    ],
)  # fmt: skip
def test_every_kind_of_file_gives_title_and_body(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    (text,) = read_texts(tmp_path)
    assert text.title == "老房子"
    assert BODY in text.body
    assert "<" not in text.body.replace("3 < 4", "")


def test_a_list_of_titles_is_one_text_a_line() -> None:
    found = parse_plain("x", Path("t.txt"), "\n".join(TITLES))
    assert [(text.place, text.title) for text in found][:2] == [
        ("t.txt:1", TITLES[0]),
        ("t.txt:2", TITLES[1]),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", b"PK\x03\x04broken"), ("a.pdf", b"%PDF"), ("a.csv", b"1,2\n3,4\n")],
)
def test_what_cannot_be_read_is_told_and_passed_over_in_a_folder(
    name: str, data: bytes, tmp_path: Path
) -> None:
    with pytest.raises(InputError):
        parse_texts("x", Path(name), data)
    (tmp_path / name).write_bytes(data)
    assert list(read_texts(tmp_path)) == []
