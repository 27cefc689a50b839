"""The value of luring: apart from the score, 0..100, with its kinds."""

from copyassist.desk.law.clickbait import measure_clickbait
from copyassist.text import normalize


def measure(title: str) -> int:
    return measure_clickbait(normalize(title)[0]).value


def test_lures_are_told_from_plain_titles() -> None:
    lures = [
        "震惊！这个真相没人敢说，看完沉默了",
        "不转后悔一辈子，医生忠告：这东西千万别吃",
        "她竟然做了这件事，结果全网炸锅",
    ]
    plain = ["国务院印发数字经济发展规划", "全国科技工作会议在北京召开", "新地铁线路开工建设"]
    assert min(map(measure, lures)) > max(map(measure, plain)) + 20


def test_kinds_are_named_and_the_value_has_its_bounds() -> None:
    found = measure_clickbait(normalize("内部消息！速看，马上删，全网都疯了")[0])
    assert "insider_or_deletion" in found.kinds
    assert 0 <= found.value <= 100
    assert 0 <= measure("") <= 100
