"""Texts held against everything that is kept, and against each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copyassist.assistant import Assistant
from copyassist.errors import UsageError
from copyassist.repeats.checking import group_titles
from copyassist.repeats.contract import check_to_csv, check_to_json
from copyassist.repeats.corpus import CorpusText
from copyassist.settings import load_settings
from copyassist.store import NewAccount
from copyassist.types import Draft, Post

TITLE = "三百块改造出租屋，房东看了都想涨价"
BODY = "窗台上的薄荷又长高了两寸，剪下来的枝条插在水杯里，三天就冒出了白色的根，这比买花便宜得多。"


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    opened = Assistant(load_settings())
    yield opened
    opened.store.close()


def save(
    assistant: Assistant, name: str, title: str, body: str = "", relation: str = "own"
) -> None:
    post = Post(title=title, platform="xiaohongshu", published_at=None, body=body)
    account = NewAccount(name=name, relation="followed" if relation == "followed" else "own")
    assistant.store.save_posts([post], account)


def groups(assistant: Assistant, title: str, *against: str) -> set[str]:
    (found,) = assistant.repeats.check([CorpusText("-", "-", title)], None, against)
    return {repeat.text.group for repeat in found.repeats}


def test_every_kind_of_earlier_text_is_looked_at(assistant: Assistant, tmp_path: Path) -> None:
    save(assistant, "我", "阳台种菜第七天，今天收了三个番茄")
    save(assistant, "别人", "减脂期的早餐怎么吃才不饿", relation="followed")
    assistant.news.paste("weibo", "油价或迎二连涨\n高考今日开考\n")
    assistant.desk.save_draft(Draft(title="打工人的一周早餐，十分钟搞定"), [], None)
    (tmp_path / "t.md").write_text(f"# {TITLE}\n\n{BODY}", "utf-8")
    assistant.repeats.add_corpus("旧文", [tmp_path / "t.md"])
    assert groups(assistant, "阳台种菜第七天，今天收了三个番茄！") == {"own"}
    assert groups(assistant, "减脂期的早餐，怎么吃才不饿") == {"followed"}
    assert groups(assistant, "油价或迎二连涨") == {"hot"}
    assert groups(assistant, "打工人一周早餐，十分钟就搞定") == {"drafts"}
    assert groups(assistant, f"震惊！{TITLE}") == {"corpora"}
    assert groups(assistant, TITLE, "旧文") == {"corpora"}
    assert groups(assistant, TITLE, "own") == set()
    with pytest.raises(UsageError, match="corpus_unknown"):
        groups(assistant, TITLE, "没有")


def test_passages_of_own_posts_are_told_side_by_side(assistant: Assistant) -> None:
    save(assistant, "我", "薄荷怎么养", BODY)
    text = CorpusText(
        "-", "-", "新的一篇", f"今年换了大盆。{BODY[:30]}还想再种一排迷迭香，看看谁先开花。"
    )
    (found,) = assistant.repeats.check([text])
    assert found.share is not None
    assert 0.3 < found.share.share < 0.8
    (passage,) = found.share.passages
    assert found.sources[passage.source].title == "薄荷怎么养"
    assert passage.text == text.body[passage.start : passage.end]
    assert passage.other_text == BODY[passage.other_start : passage.other_end]
    document = check_to_json([found], None, 0.5)
    assert document["texts"][0]["repeat"]
    assert document["texts"][0]["passages"][0]["title"] == "薄荷怎么养"
    assert len(check_to_csv([found], 0.5).splitlines()) == 2


def test_groups_have_one_representative_and_do_not_chain() -> None:
    titles = [TITLE, "减脂期的早餐怎么吃", f"震惊！{TITLE}", "深海里的鲸鱼如何睡觉", TITLE]
    (group,) = group_titles(titles, 0.5)
    assert (group.first, group.others) == (0, (2, 4))
    assert group_titles([], 0.5) == []


@pytest.mark.parametrize("name", ["", " ", "own", "a/b", "..", "x" * 61, "a\nb"])
def test_a_name_that_is_none_is_refused(assistant: Assistant, name: str) -> None:
    with pytest.raises(UsageError, match="corpus_name"):
        assistant.repeats.add_corpus(name, [])


def test_corpora_are_listed_and_taken_away(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(f"{TITLE}\n减脂期的早餐怎么吃\n", "utf-8")
    assistant.repeats.add_corpus("旧文", [tmp_path / "t.txt"])
    assert assistant.repeats.corpora() == {"旧文": {str(tmp_path / "t.txt"): 2}}
    assert assistant.repeats.remove_corpus("旧文", str(tmp_path / "t.txt")) == 2
    assert assistant.repeats.remove_corpus("旧文") == 0
    assert assistant.repeats.corpora() == {}
