"""今日热点, run whole against a real store: list, filters, a topic's page, sources, subscriptions."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from copyassist.assistant import Assistant
from copyassist.news.board.views import TopicView
from copyassist.news.sources.aggregators import Wishes
from copyassist.types.news import Poll, PollOutcome
from copyassist.ui.kit.bench import _open_bench
from tests.news.board.lists import EVENT, HOSTILE, OTHERS, now, save_list, save_morning
from tests.ui.conftest import OpenPage, html_of
from tests.ui.server import free_port


def find_event(assistant: Assistant) -> TopicView:
    return next(v for v in assistant.news.topics.hot_topics() if set(v.titles) & set(EVENT))


def topics_of(app: AppTest) -> list[str]:
    return [body for body in html_of(app).split("\n") if body.startswith('<div class="ca-topic">')]


def test_an_empty_store_says_what_to_do(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(open_page("hot"))
    assert "还没有看过榜单" in html
    assert "采集一次" in html
    assert "<code>" not in html.split("ca-empty")[1].split("</ol>")[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_event_of_three_platforms_is_one_card(
    assistant: Assistant, open_page: OpenPage, language: str
) -> None:
    save_morning(assistant.store, now())
    assistant.change_settings(language=language)
    cards = topics_of(open_page("hot"))
    mine = [one for one in cards if any(title in one for title in EVENT)]
    assert len(mine) == 1
    assert len(cards) == 1 + len(OTHERS)
    for name in (
        ("微博热搜", "知乎热榜", "今日头条热榜") if language == "zh" else ("Weibo", "Zhihu")
    ):
        assert name in mine[0]
    assert ("上升" if language == "zh" else "rising") in mine[0]
    assert ("次观察" if language == "zh" else "looks") in mine[0]
    assert "clip-path: polygon(" in mine[0]


def test_nothing_seen_once_is_called_rising(assistant: Assistant, open_page: OpenPage) -> None:
    save_list(assistant.store, "weibo", now(), OTHERS)
    cards = topics_of(open_page("hot"))
    assert len(cards) == len(OTHERS)
    for one in cards:
        assert "上升" not in one.replace("还看不出升降", "")
        assert "只看到一次" in one


def test_titles_of_lists_are_escaped(assistant: Assistant, open_page: OpenPage) -> None:
    save_morning(assistant.store, now())
    html = html_of(open_page("hot"))
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_lists_of_long_ago_are_shown_as_out_of_date(
    assistant: Assistant, open_page: OpenPage
) -> None:
    save_morning(assistant.store, now() - timedelta(days=90))
    app = open_page("hot")
    html = html_of(app)
    assert 'class="ca-stale" role="alert"' in html
    assert "【数据已过期】" in html
    assert "90 天前" in html
    assert topics_of(app)


def test_fresh_lists_carry_no_warning(assistant: Assistant, open_page: OpenPage) -> None:
    save_morning(assistant.store, now())
    assert "ca-stale" not in html_of(open_page("hot")).replace(".ca-stale", "")


def test_a_source_that_stopped_is_named(assistant: Assistant, open_page: OpenPage) -> None:
    from copyassist.types.news import SourceState

    save_morning(assistant.store, now())
    old = now() - timedelta(hours=5)
    state = SourceState(
        source="zhihu", last_try=now(), last_good=old, good_rows=30, error="source_http",
        params={"host": "api.zhihu.com", "status": 401}, failures=3,
    )  # fmt: skip
    poll = Poll(source="zhihu", seen_at=now(), outcome=PollOutcome.HTTP, error="source_http")
    assistant.store.hot.save_poll(poll, [], state)
    html = html_of(open_page("hot"))
    assert "1 个来源里有 1 个已过期" in html
    assert "知乎热榜 (5 小时前)" in html
    assert "api.zhihu.com 拒绝了请求（HTTP 401）" in html


def test_filters_choose_topics(assistant: Assistant, open_page: OpenPage) -> None:
    save_morning(assistant.store, now())
    app = open_page("hot")
    app.multiselect(key="hot_platforms").set_value(["toutiao"]).run()
    assert len(topics_of(app)) == 2
    app.multiselect(key="hot_platforms").set_value([]).run()
    app.text_input(key="hot_words").set_value("大熊猫").run()
    assert len(topics_of(app)) == 1
    app.text_input(key="hot_words").set_value("没有这样的词").run()
    assert topics_of(app) == []
    assert "没有符合条件的热点" in html_of(app)


def test_only_what_is_new_since_the_last_visit(assistant: Assistant, open_page: OpenPage) -> None:
    save_morning(assistant.store, now() - timedelta(minutes=2))
    assistant.news.topics.mark_seen(now() - timedelta(minutes=1))
    later = "刚刚才出现的新话题"
    save_list(assistant.store, "weibo", now(), [later, *OTHERS[:3]])
    app = open_page("hot")
    app.toggle(key="hot_only_new").set_value(True).run()
    cards = topics_of(app)
    assert [later in one for one in cards] == [True]
    app.button(key="hot_mark_seen").click().run()
    assert topics_of(app) == []


def test_a_topics_page_has_history_titles_and_a_way_back(
    assistant: Assistant, open_page: OpenPage
) -> None:
    save_morning(assistant.store, now())
    event = find_event(assistant)
    app = open_page("hot", topic=event.id)
    html = html_of(app)
    for title in event.titles:
        assert title in html
    assert len(app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")) == 1
    app.button(key="topic_back").click().run()
    assert len(topics_of(app)) > 1


def test_an_unknown_topic_is_told(assistant: Assistant, open_page: OpenPage) -> None:
    save_morning(assistant.store, now())
    app = open_page("hot", topic="<b>no</b>")
    assert "48 小时" in app.error[0].value
    assert "<b>no" not in app.error[0].value


def test_a_title_is_split_off_and_joined_again(assistant: Assistant, open_page: OpenPage) -> None:
    save_morning(assistant.store, now())
    event = find_event(assistant)
    app = open_page("hot", topic=event.id)
    app.checkbox(key=f"split_{event.id}_{len(event.titles) - 1}").set_value(True)
    next(b for b in app.button if b.label == "拆开").click().run()
    assert not app.error
    out = assistant.news.topics
    groups = {v.titles for v in out.hot_topics() if set(v.titles) & set(EVENT)}
    assert sorted(map(len, groups)) == [1, len(event.titles) - 1]
    assert len(Assistant(assistant.settings).store.topics.choices()) == len(event.titles) - 1


def test_a_topic_is_taken_to_the_desk(assistant: Assistant, open_page: OpenPage) -> None:
    save_morning(assistant.store, now())
    event = find_event(assistant)
    app = open_page("hot")
    app.button(key=f"write_{event.id}").click().run()
    assert app.text_area(key="desk_title").value == event.title
    html = html_of(app)
    assert "正在写的热点" in html
    for word in event.keywords:
        assert word in html


def test_a_list_is_pasted(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("hot")
    app.selectbox(key="paste_platform").set_value("xiaohongshu")
    app.text_area(key="paste_text").set_value(f"1 秋日穿搭 123.4万\n2 {HOSTILE}")
    next(b for b in app.button if b.label == "保存榜单").click().run()
    assert not app.error
    (first, *_) = assistant.news.topics.hot_topics()
    assert first.title == "秋日穿搭"
    assert "小红书 第 1" in html_of(app)


def test_an_empty_paste_is_told(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("hot")
    app.text_area(key="paste_text").set_value("  \n")
    next(b for b in app.button if b.label == "保存榜单").click().run()
    assert app.error


def test_a_source_is_switched_off_and_on(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("hot")
    app.toggle(key="on_weibo").set_value(False).run()
    assert not assistant.news.own.is_on(assistant.news.own.find("weibo"))
    app.toggle(key="on_weibo").set_value(True).run()
    assert assistant.news.own.is_on(assistant.news.own.find("weibo"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_subscriptions_of_another_program_keep_their_characters(
    assistant: Assistant, open_page: OpenPage, encoding: str
) -> None:
    app = open_page("hot")
    text = "[天气]\n暴雨\n寒潮预警\n"
    app.file_uploader(key="subscriptions_upload").set_value(
        [("订阅.txt", text.encode(encoding), "text/plain")]
    ).run()
    assert assistant.news.topics.subscriptions == text


def test_subscriptions_are_kept_as_text(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("hot")
    app.text_area(key="subscriptions_text").set_value("[天气]\n暴雨\n")
    app.button(key="subscriptions_save").click().run()
    assert (assistant.settings.home / "subscriptions.txt").read_text("utf-8") == "[天气]\n暴雨\n"


def test_a_failed_collection_says_so_and_what_to_do(
    assistant: Assistant, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assistant.news.switch([source.id for source in assistant.news.sources()], False)
    assistant.news.allow(["127.0.0.1"])
    nobody = f"http://127.0.0.1:{free_port()}/feed.xml"
    assistant.news.add("feed", nobody, wishes=Wishes(name="没人应答"))
    app = open_page("hot")
    app.button(key="collect_once").click().run()
    job = _open_bench(str(assistant.settings.home)).jobs["collect"]
    assert job.wait(60)
    again = open_page("hot")  # a reload: what came of it is still told
    html = html_of(again)
    assert "没连上网，1 个来源都没取到。" in html
    assert "采集完成" not in html
    assert "Errno" not in html
    assert "已过期" not in html
    assert "连不上 127.0.0.1" in html
    assert ">没取到<" in html
    again.button(key="collect_once").click().run()  # the network may be back: it is asked at once
    second = _open_bench(str(assistant.settings.home)).jobs["collect"]
    assert second.wait(60)
    assert [one.skipped for one in second.progress.asked] == [None]


def test_a_bad_subscription_is_told_where_it_stands(
    assistant: Assistant, open_page: OpenPage
) -> None:
    app = open_page("hot")
    app.session_state["hot_tabs_zh"] = "订阅"
    app.run()
    app.text_area(key="subscriptions_text").set_value("/(/\n")
    app.button(key="subscriptions_save").click().run()
    assert len(app.error) == 1
    assert app.session_state["hot_tabs_zh"] == "订阅"
    assert app.text_area(key="subscriptions_text").value == "/(/\n"


def test_a_feed_is_added_and_taken_away(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("hot")
    app.text_input(key="add_address").set_value("https://example.com/feed.xml")
    app.text_input(key="add_name").set_value("某人的博客")
    next(b for b in app.button if b.label == "添加").click().run()
    assert not app.error
    (added,) = assistant.news.own.tables
    assert app.text_input(key="add_address").value == ""
    app.button(key=f"remove_{added['id']}").click().run()
    assert not assistant.news.own.tables
    app.selectbox(key="add_service").set_value("rsshub")
    app.text_input(key="add_address").set_value("https://rsshub.example.com")
    next(b for b in app.button if b.label == "添加").click().run()
    assert "请写明要哪个榜单或路由" in app.error[0].value
    assert app.text_input(key="add_address").value == "https://rsshub.example.com"


def test_an_archive_is_loaded(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("hot")
    rows = f"commit_time,rank,title\n{now():%s},1,{OTHERS[0]}\n"
    app.file_uploader(key="history_upload").set_value([("a.csv", rows.encode(), "text/csv")])
    app.run()
    app.text_input(key="history_source").set_value("weibo")
    app.button(key="history_load").click().run()
    assert not app.exception
    assert not app.error, app.error[0].value
    assert assistant.store.hot.latest()["weibo"]


def test_the_day_is_handed_out_as_a_report(assistant: Assistant, open_page: OpenPage) -> None:
    save_morning(assistant.store, now())
    app = open_page("hot")
    assert not app.exception
    assert {button.key for button in app.get("download_button")} >= {"report_html", "report_md"}
