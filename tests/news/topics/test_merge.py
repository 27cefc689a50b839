"""Sightings become topics, and topics stay what they are."""

import json
import random
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from copyassist.errors import ModelError
from copyassist.model_folder import manifest_digest
from copyassist.news.topics.merge import (
    Engine,
    Merger,
    join_titles,
    load_engine,
    measure_same_event,
    merge_items,
    split_titles,
)
from copyassist.resources import find_models
from copyassist.text import title_key
from tests.news.topics.helpers import START, sighting

STORY = (
    "滨江大桥合龙",
    "滨江大桥今日正式合龙",
    "滨江大桥顺利合龙 全长12公里",
)
OTHERS = ("七旬老人自学编程考上研究生", "暴雨致三条地铁线路停运", "国产动画电影票房破十亿")


def topics(merger: Merger) -> set[frozenset[str]]:
    return {frozenset(group.titles) for group in merger.groups()}


def test_one_event_on_three_platforms(engine: Engine) -> None:
    items = [sighting(t, s) for t, s in zip(STORY, ("weibo", "baidu", "toutiao"), strict=True)]
    groups = merge_items([*items, *map(sighting, OTHERS)], engine)
    assert {frozenset(g.titles) for g in groups} == {
        frozenset(STORY),
        *(frozenset({t}) for t in OTHERS),
    }


def test_spelling_does_not_matter(engine: Engine) -> None:
    groups = merge_items([sighting("濱江大橋 合龍！", "a"), sighting("滨江大桥合龙", "b")], engine)
    assert len(groups) == 1


def test_a_description_joins_titles_that_share_nothing(engine: Engine) -> None:
    text = "6月3日，平江运河实现全线通水，作为西部第一条通江达海的大运河，通航等级最高。"
    titles = ("这些第一太亮眼", "世纪工程终于来了")
    bare = [sighting(t, s) for t, s in zip(titles, "ab", strict=True)]
    told = [sighting(t, s, description=text) for t, s in zip(titles, "ab", strict=True)]
    assert len(merge_items(bare, engine)) == 2
    assert len(merge_items(told, engine)) == 1


def test_a_hub_swallows_no_story(engine: Engine) -> None:
    stories = ("世界杯揭幕战东道主两球取胜", "世界杯门票黄牛价涨到十倍", "球迷徒步两千公里看世界杯")
    merger = Merger(engine)
    merger.absorb(map(sighting, ("世界杯", *stories)))
    assert topics(merger) == {frozenset({t}) for t in ("世界杯", *stories)}


def test_theme_is_another_relation_than_event(engine: Engine) -> None:
    merger = Merger(engine)
    merger.absorb(map(sighting, ("柳城5.2级地震已致2人遇难", "柳城地震成因专家解读", OTHERS[0])))
    one = merger.find_topic("柳城5.2级地震已致2人遇难")
    assert one is not None
    related = dict(merger.find_related(one))
    assert merger.find_topic(OTHERS[0]) not in related
    two = merger.find_topic("柳城地震成因专家解读")
    assert one == two or two in related


def test_ids_stay_from_poll_to_poll(engine: Engine) -> None:
    merger = Merger(engine)
    merger.absorb([sighting(STORY[0]), *map(sighting, OTHERS)])
    before = {title: merger.find_topic(title) for title in (STORY[0], *OTHERS)}
    merger.absorb([sighting(t, "baidu", 1) for t in STORY[1:]])
    assert {title: merger.find_topic(title) for title in before} == before
    assert merger.find_topic(STORY[2]) == before[STORY[0]]


def test_ids_survive_a_restart(engine: Engine) -> None:
    first = Merger(engine)
    first.absorb([sighting(t, hours=i) for i, t in enumerate((*STORY, *OTHERS))])
    again = Merger(engine, known=first.known)
    again.absorb([sighting(t, hours=i) for i, t in enumerate((*STORY, *OTHERS))])
    assert again.known == first.known


def test_titles_leave_after_48_hours_and_take_their_topics_along(engine: Engine) -> None:
    merger = Merger(engine)
    merger.absorb([sighting(STORY[0]), sighting(OTHERS[0])])
    merger.absorb([sighting(STORY[0], hours=40)])
    merger.absorb([sighting(OTHERS[1], hours=49)])
    assert topics(merger) == {frozenset({STORY[0]}), frozenset({OTHERS[1]})}
    assert merger.groups()[0].last_seen == START + timedelta(hours=40)


def test_a_split_is_remembered(engine: Engine) -> None:
    merger = Merger(engine)
    merger.absorb(map(sighting, STORY))
    merger.choose(split_titles([STORY[0]], STORY[1:]))
    assert topics(merger) == {frozenset({STORY[0]}), frozenset(STORY[1:])}
    again = Merger(engine, choices=merger.choices)
    again.absorb(map(sighting, STORY))
    assert topics(again) == topics(merger)


def test_a_join_is_remembered_and_can_be_taken_back(engine: Engine) -> None:
    merger = Merger(engine)
    merger.absorb(map(sighting, OTHERS))
    merger.choose(join_titles(OTHERS[:2]))
    assert topics(merger) == {frozenset(OTHERS[:2]), frozenset({OTHERS[2]})}
    merger.absorb([sighting(OTHERS[0], hours=1), sighting(STORY[0], hours=1)])
    assert frozenset(OTHERS[:2]) in topics(merger)
    merger.choose(split_titles([OTHERS[0]], [OTHERS[1]]))
    assert topics(merger) >= {frozenset({OTHERS[0]}), frozenset({OTHERS[1]})}


def test_the_id_stays_with_the_larger_part(engine: Engine) -> None:
    merger = Merger(engine)
    merger.absorb(map(sighting, STORY))
    before = merger.find_topic(STORY[0])
    merger.choose(split_titles([STORY[0]], STORY[1:]))
    assert merger.find_topic(STORY[1]) == before
    assert merger.find_topic(STORY[0]) not in (before, None, "")


def test_empty_and_odd_titles_do_no_harm(engine: Engine) -> None:
    merger = Merger(engine)
    merger.absorb([])
    merger.absorb(map(sighting, ("", "  ", "😀", "？！", "a", "\u200b", "国" * 500)))
    assert sorted(len(group.titles) for group in merger.groups()) == [1, 1, 1, 1]


def test_at_once_is_nearly_poll_by_poll(engine: Engine) -> None:
    chance = random.Random(3)
    places = ("江城", "河县", "海州", "山阳", "云岭", "湖滨")
    acts = ("发生火灾", "举办音乐节", "暴雨停课", "发现古墓", "地铁开通")
    tails = ("", " 官方通报", "最新消息", " 现场画面曝光", "引热议")
    titles = [p + a + t for p in places for a in acts for t in tails]
    chance.shuffle(titles)
    once = Merger(engine)
    once.absorb(map(sighting, titles))
    slow = Merger(engine)
    for place in range(0, len(titles), 10):
        slow.absorb([sighting(t, hours=place / 10) for t in titles[place : place + 10]])
    pairs = [(a, b) for i, a in enumerate(titles) for b in titles[:i]]
    equal = sum(
        (once.find_topic(a) == once.find_topic(b)) == (slow.find_topic(a) == slow.find_topic(b))
        for a, b in pairs
    )
    assert equal / len(pairs) > 0.98


def test_golden_cases(engine: Engine) -> None:
    golden = json.loads((find_models() / "topics-merge" / "golden.json").read_text("utf-8"))
    one, two = ([(case[side], "") for case in golden] for side in ("one", "two"))
    found = measure_same_event(engine, one, two)
    assert found.tolist() == pytest.approx([case["same"] for case in golden], abs=1e-6)


def test_likeness_has_no_side(engine: Engine) -> None:
    one, two = [(STORY[0], ""), (OTHERS[0], "")], [(STORY[2], ""), (OTHERS[1], "")]
    there = measure_same_event(engine, one, two)
    assert there.tolist() == pytest.approx(measure_same_event(engine, two, one).tolist())
    assert there[0] > 0.8 > 0.05 > there[1]


@pytest.mark.parametrize("odd", [None, 7, "x", [], {"same": "x", "extra": 1, "theme": 1}, 10**400])
@pytest.mark.parametrize("field", ["documents", "cuts", "files"])
def test_a_signed_manifest_with_any_odd_value(tmp_path: Path, field: str, odd: object) -> None:
    source = find_models() / "topics-merge"
    for path in source.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    manifest = json.loads((source / "manifest.json").read_text("utf-8")) | {field: odd}
    manifest["digest"] = manifest_digest(manifest)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with suppress(ModelError):  # any number of documents will do
        assert isinstance(load_engine(tmp_path).lexicon.documents, int)
        assert field == "documents"


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    source = find_models() / "topics-merge"
    for path in source.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "golden.json").write_text("[]")
    with pytest.raises(ModelError, match="model_altered"):
        load_engine(tmp_path)
    (tmp_path / "weights.npz").unlink()
    with pytest.raises(ModelError, match="model_file_missing"):
        load_engine(tmp_path)


def test_keys_are_how_titles_are_known(engine: Engine) -> None:
    merger = Merger(engine)
    merger.absorb([sighting("滨江大桥，合龙！")])
    assert set(merger.known) == {title_key("滨江大桥合龙")}


def test_a_long_history_at_once(engine: Engine) -> None:
    """More than a window of titles: most of them leave before they were ever compared."""
    merger = Merger(engine)
    merger.absorb([sighting(f"第{i}号台风在{i}城登陆", hours=i / 10) for i in range(1500)])
    assert len(merger.known) == 481
    merger.absorb([sighting(STORY[0], hours=151), sighting(STORY[1], hours=151)])
    assert merger.find_topic(STORY[0]) == merger.find_topic(STORY[1])
