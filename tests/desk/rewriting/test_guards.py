"""No invented number or name gets into a title, and no title turns what was meant."""

import random

import pytest

from copyassist.desk.rewriting.guards import find_foreign, load_plain_words, loses_meaning

TITLE = "戚风蛋糕不塌的四个细节"
BODY = (
    "我烤戚风翻车了六次，才弄明白问题出在哪里。烤箱用150度烤50分钟，模具是六寸的，用3个鸡蛋。"
    "出炉以后倒扣两个小时再脱模，在上海的梅雨天要多放半小时。面粉100克，成本12.5元。"
)
SOURCE = f"{TITLE}\n{BODY}"
TRUE = [
    "戚风蛋糕不塌，记住这四个细节",
    "烤箱150度烤50分钟，戚风不塌",
    "倒扣两个小时再脱模，戚风蛋糕不塌",
]

NUMBERS = [
    *(
        "5个",
        "8步",
        "30天",
        "99元",
        "1万",
        "200度",
        "七天",
        "十年",
        "三千元",
        "80%",
        "2.5倍",
        "40分钟",
        "第一名",
    ),
    *(
        "24小时",
        "九成",
        "两百克",
        "百分之九十",
        "12月",
        "2027年",
        "一百五十元",
        "4寸",
        "3.5公斤",
        "500万",
        "六成",
    ),
]
NAMES = [
    *(
        "张伟",
        "李佳琦",
        "王小明",
        "马云",
        "雷军",
        "欧阳娜娜",
        "陈建国",
        "刘医生",
        "北京",
        "杭州",
        "四川",
        "日本",
        "巴黎",
    ),
    *(
        "华为",
        "小米",
        "联想",
        "美的",
        "平安",
        "星巴克",
        "瑞幸",
        "海底捞",
        "拼多多",
        "泡泡玛特",
        "特斯拉",
        "比亚迪",
        "茅台",
    ),
    *(
        "iPhone",
        "ChatGPT",
        "DeepSeek",
        "LV",
        "Nike",
        "清华大学",
        "协和医院",
        "央视",
        "新华社",
        "教育部",
        "哈佛",
        "人民日报",
    ),
    *(
        "下厨房",
        "小红书",
        "抖音",
        "B站",
        "麦当劳",
        "肯德基",
        "蜜雪冰城",
        "喜茶",
        "故宫",
        "西湖",
        "鼓浪屿",
        "迪士尼",
    ),
]


def inject(chooser: random.Random) -> tuple[str, str]:
    """A true title with something that nobody said put in at the edge of a word."""
    title, said = chooser.choice(TRUE), chooser.choice([*NUMBERS, *NAMES])
    places = [0, len(title), title.index("，") + 1]
    at = chooser.choice(places)
    ways = (said, f"{said}推荐", f"来自{said}", f"{said}也在用")
    return f"{title[:at]}{chooser.choice(ways)}{title[at:]}", said


def test_none_of_five_hundred_inventions_passes() -> None:
    chooser = random.Random(12)
    passed = [title for title, _ in map(inject, [chooser] * 500) if not find_foreign(title, SOURCE)]
    assert passed == []


@pytest.mark.parametrize("title", TRUE)
def test_what_stands_in_the_source_passes(title: str) -> None:
    assert find_foreign(title, SOURCE) == []


@pytest.mark.parametrize(
    ("title", "foreign"),
    [
        ("戚风蛋糕不塌的4个细节", False),  # the same number in other signs
        ("烤箱用一百五十度，戚风不塌", False),
        ("烤箱用150分钟，戚风不塌", True),  # the number of something else
        ("戚风蛋糕，成本12元", True),  # a part of a number
        ("怎样做戚风蛋糕才不塌？", False),
        ("戚风蛋糕这样烤，一定不塌", False),
    ],
)
def test_numbers_are_compared_with_what_they_measure(title: str, foreign: bool) -> None:
    assert bool(find_foreign(title, SOURCE)) is foreign


def test_plain_words_hold_no_name() -> None:
    assert not load_plain_words() & {*NAMES, "微软", "大众", "百度", "上海", "中国"}


@pytest.mark.parametrize(
    ("title", "new", "why"),
    [
        ("避雷｜达拉斯医美踩坑经历", "达拉斯医美经历", "warning"),
        ("千万别买这种充电器", "这种充电器值得买", "warning"),
        ("戚风蛋糕不塌的四个细节", "四个细节，戚风蛋糕塌了", "negation"),
        ("存不下钱的人，都忽略了这一点", "存钱的人都忽略了这一点", "negation"),
        ("油皮不适合用面霜", "油皮适合用面霜", "negation"),
        ("网传停课，教育局回应", "停课，教育局回应", "hedge"),
        ("油价或将下调", "油价将下调", "hedge"),
        ("戚风蛋糕不塌的四个细节", "想要戚风蛋糕不塌？记住这四个细节", ""),
        ("特别好吃的面", "好吃的面", ""),
        ("要不要买第二套房", "第二套房要不要买", ""),
    ],
)
def test_what_was_meant_stays(title: str, new: str, why: str) -> None:
    assert loses_meaning(title, new, title) == why
