"""Words: one engine, one reference, the same cuts."""

import csv
import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.text import normalize, parse_text, segment, tokenizer_version
from copyassist.text.segment import _HAN_RUN, load_cutter, load_reference_cutter

TITLES = [
    "三十岁以后才明白的五个道理",
    "周末在家做一顿像样的早饭",
    "上海这家小店藏在弄堂深处",
    "孩子不爱吃饭怎么办医生这样说",
    "考研英语阅读怎么提高正确率",
    "刚刚装修完的小户型客厅太治愈了",
    "小龙虾降价了一斤只要二十块",
    "他来到了网易杭研大厦",
    "这个国庆假期我们去了青海湖",
    "武汉市长江大桥迎来晚高峰",
    "结婚的和尚未结婚的都来看看",
    "程序员相亲被问年终奖有多少",
]


def find_differences(titles: list[str]) -> list[str]:
    engine, reference = load_cutter(), load_reference_cutter()
    runs = {run for title in titles for run in _HAN_RUN.findall(normalize(title)[0])}
    return [run for run in runs if engine(run) != reference(run)]


def test_the_engine_is_not_the_reference():
    assert load_cutter() is not load_reference_cutter()


def test_engine_and_reference_agree_on_titles_written_for_this():
    assert find_differences(TITLES) == []


def test_engine_and_reference_agree_on_the_shared_titles(bench_data):
    path = bench_data / "titles/ordinary_titles.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert find_differences(titles) == []


@pytest.mark.parametrize(
    ("norm", "words"),
    [
        ("", ()),
        ("今天天气不错", ("今天天气", "不错")),
        ("iphone 17 pro开箱", ("iphone", "17", "pro", "开箱")),
        ("3.5折,省50%!", ("3.5", "折", ",", "省", "50%", "!")),
        ("r.kelly don't stop", ("r", ".", "kelly", "don't", "stop")),
        ("café 1.5h", ("café", "1.5", "h")),
        ("c++ -- ok", ("c", "++", "--", "ok")),
        ("好🔥吃", ("好", "🔥", "吃")),
        ("〇㐀ab", ("〇", "㐀", "ab")),
    ],
)
def test_segments(norm, words):
    assert segment(norm) == words


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=80))
def test_words_joined_are_the_text_without_spaces(raw):
    parsed = parse_text(raw)
    assert "".join(parsed.words) == re.sub(r"\s+", "", parsed.norm)


def test_tokenizer_version_names_scheme_and_dictionary():
    assert tokenizer_version() == "runs1+jieba0.42"


def test_ten_megabytes_parse():
    raw = "标题党\u200b的 world㎡！" * 400_000
    assert len(raw.encode()) > 10_000_000
    parsed = parse_text(raw)
    assert parsed.raw_span(0, len(parsed.norm)) == (0, len(parsed.raw))
