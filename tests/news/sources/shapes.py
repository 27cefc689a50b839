"""Answers in the shapes of every source, written by hand: a frame with @ROWS@ and its rows."""

import json
from dataclasses import dataclass
from typing import Any

ROWS = "@ROWS@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One way of one source. `titles` are those of the rows that a reader must find, in order."""

    source: str
    frame: str
    rows: tuple[Any, ...]
    titles: tuple[str, ...]
    way: int = 0

    @property
    def name(self) -> str:
        return f"{self.source}-{self.way}"

    def body(self, rows: Any = None) -> bytes:
        shown = list(self.rows) if rows is None else rows
        return self.frame.replace(ROWS, json.dumps(shown, ensure_ascii=False)).encode()


def baidu(word: str, **more: Any) -> dict[str, Any]:
    return {
        "word": word,
        "query": word,
        "hotScore": "7808391",
        "hotTag": "3",
        "desc": "近日",
        **more,
    }


def weibo(word: str, **more: Any) -> dict[str, Any]:
    return {"word": word, "note": word, "num": 1136119, "realpos": 1, "icon_desc": "热", **more}


def question(title: str, heat: str = "617 万热度") -> dict[str, Any]:
    return {
        "card_id": "Q_1896577976344213449",
        "target": {
            "title_area": {"text": title},
            "excerpt_area": {"text": "近日，有网友发帖称"},
            "metrics_area": {"text": heat},
            "link": {"url": "https://www.zhihu.com/question/1896577976344213449"},
        },
    }


def douyin(word: str, **more: Any) -> dict[str, Any]:
    return {"word": word, "hot_value": 11988423, "label": 3, "position": 1, "sentence_id": "2618570",
            "event_time": 1787305785, "word_type": 1, **more}  # fmt: skip


TITLES = ("油价或迎二连涨", "高考今日开考")
ZHIHU_PAGE = (
    '<html><script id="js-initialData" type="text/json">{"initialState":{"topsearch":{"data":'
    + ROWS
    + '}}}</script><script>var x = "</script>";</script></html>'
)
SHAPES: tuple[Shape, ...] = (
    Shape(
        source="weibo",
        frame='{"ok":1,"data":{"realtime":@ROWS@,"hotgovs":[{"name":"#置顶的话题#","icon_desc":"热"}]}}',
        rows=(weibo("油价或迎二连涨"), weibo("某新品上市", is_ad=1), weibo("高考今日开考", icon_desc="商")),
        titles=("置顶的话题", "油价或迎二连涨", "某新品上市", "高考今日开考"),
    ),
    Shape(
        source="weibo",
        way=1,
        frame='{"ok":1,"data":{"band_list":@ROWS@}}',
        rows=(weibo("油价或迎二连涨", onboard_time=1786627702, category="财经"), weibo("高考今日开考")),
        titles=TITLES,
    ),
    Shape(
        source="zhihu",
        frame='{"data":@ROWS@,"paging":{"is_end":true}}',
        rows=(question("油价或迎二连涨"), question("高考今日开考", "热度累计中")),
        titles=TITLES,
    ),
    Shape(
        source="zhihu",
        way=1,
        frame='{"data":@ROWS@}',
        rows=(
            {"target": {"title": "油价或迎二连涨", "excerpt": "x", "created": 1609996409,
                        "url": "https://api.zhihu.com/questions/438275588"}, "detail_text": "4606 万热度"},
            {"target": {"title": "高考今日开考"}, "detail_text": "广告"},
        ),
        titles=TITLES,
    ),
    Shape(
        source="zhihu-search",
        frame=ZHIHU_PAGE,
        rows=({"queryDisplay": "油价或迎二连涨", "realQuery": "油价", "isNew": True},
              {"queryDisplay": "高考今日开考", "realQuery": "高考", "queryDescription": "加油"}),
        titles=TITLES,
    ),
    Shape(
        source="zhihu-search",
        way=1,
        frame='{"top_search":{"words":@ROWS@}}',
        rows=({"query": "油价", "display_query": "油价或迎二连涨"}, {"query": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="baidu",
        frame='{"success":true,"data":{"cards":[{"content":@ROWS@,'
        '"topContent":[{"word":"置顶的话题","hotScore":"7904106"}]}]}}',
        rows=(baidu("油价或迎二连涨"), baidu("高考今日开考", desc="")),
        titles=("置顶的话题", *TITLES),
    ),
    Shape(
        source="baidu",
        way=1,
        frame='<html><!--s-data:{"data":{"cards":[{"content":[{"content":@ROWS@}]}]}}--></html>',
        rows=(baidu("油价或迎二连涨", isTop=True), baidu("高考今日开考")),
        titles=TITLES,
    ),
    Shape(
        source="douyin",
        frame='{"status_code":0,"data":{"word_list":@ROWS@,"trending_list":[{"word":"上升"}]}}',
        rows=(
            douyin("置顶的话题", position=None, hot_value=0, event_time=0, word_type=2),
            douyin("油价或迎二连涨"),
            douyin("某新品上市", ad_data="x"),
        ),
        titles=("置顶的话题", "油价或迎二连涨", "某新品上市"),
    ),
    Shape(
        source="douyin",
        way=1,
        frame='{"word_list":@ROWS@,"status_code":0}',
        rows=({"word": "油价或迎二连涨", "hot_value": 11629010, "label": 1},
              {"word": "高考今日开考", "hot_value": 11164490, "label": 3}),
        titles=TITLES,
    ),
    Shape(
        source="tencent",
        frame='{"ret":0,"idlist":[{"newslist":@ROWS@}]}',
        rows=(
            {"articletype": "560", "title": "腾讯新闻用户最关注的热点"},
            {"id": "1", "title": "长标题", "hotEvent": {"title": "油价或迎二连涨", "hotScore": 2117802,
             "is_top": 1}, "abstract": "摘要", "timestamp": 1780531751, "url": "https://view.inews.qq.com/a/1"},
            {"id": "2", "title": "高考今日开考", "time": "2026-06-02 20:05:15"},
        ),
        titles=TITLES,
    ),
    Shape(
        source="toutiao",
        frame='{"status":"success","data":@ROWS@,"fixed_top_data":[{"Title":"置顶的话题"}]}',
        rows=({"ClusterId": 7682375308184387610, "ClusterIdStr": "7682375308184387610",
               "Title": "油价或迎二连涨", "HotValue": "13830954", "Label": "hot", "InterestCategory": ["finance"]},
              {"Title": "高考今日开考", "HotValue": 9327610}),
        titles=("置顶的话题", *TITLES),
    ),
    Shape(
        source="bilibili-search",
        frame='{"code":0,"list":@ROWS@}',
        rows=({"keyword": "油价", "show_name": "油价或迎二连涨", "heat_score": 123456, "pos": 1},
              {"keyword": "高考今日开考", "stat_datas": {"is_commercial": "1"}}),
        titles=TITLES,
    ),
    *(
        Shape(
            source="bilibili-popular",
            way=way,
            frame='{"code":0,"data":{"list":@ROWS@}}',
            rows=({"bvid": "BV1", "title": "油价或迎二连涨", "pubdate": 1780531751, "stat": {"view": 5}},
                  {"bvid": "BV2", "title": "高考今日开考", "short_link_v2": "https://b23.tv/BV2"}),
            titles=TITLES,
        )
        for way in (0, 1)
    ),
    Shape(
        source="netease",
        frame='{"code":200,"data":{"list":@ROWS@}}',
        rows=({"docid": "K1", "title": "油价或迎二连涨", "ptime": "2026-06-04 11:28:22", "source": "财经"},
              {"docid": "K2", "title": "高考今日开考", "url": "https://www.163.com/K2.html"}),
        titles=TITLES,
    ),
    Shape(
        source="ifeng",
        frame='<html><script>var allData = {"hotNews1":@ROWS@};var b = 2;</script></html>',
        rows=({"title": "油价或迎二连涨", "url": "//news.ifeng.com/c/1", "newsTime": "2026-06-04 11:28:22"},
              {"title": "高考今日开考", "url": "https://news.ifeng.com/c/2"}),
        titles=TITLES,
    ),
    Shape(
        source="tieba",
        frame='{"errno":0,"data":{"bang_topic":{"topic_list":@ROWS@}}}',
        rows=({"topic_id": 28350, "topic_name": "油价或迎二连涨", "topic_desc": "x", "discuss_num": 2000,
               "topic_url": "https://tieba.baidu.com/t?a=1&amp;b=2", "create_time": 1780531751, "tag": 1},
              {"topic_id": 2, "topic_name": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="douban-movie",
        frame='{"items":@ROWS@,"total":2}',
        rows=({"id": "1", "title": "油价或迎二连涨", "card_subtitle": "2026 / 中国"}, {"id": "2", "title": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="36kr",
        frame='{"code":0,"data":{"hotRankList":@ROWS@}}',
        rows=({"itemId": 1, "publishTime": 1780531751000, "templateMaterial": {"widgetTitle": "油价或迎二连涨",
               "statRead": 99}}, {"itemId": 2, "templateMaterial": {"widgetTitle": "高考今日开考"}}),
        titles=TITLES,
    ),
    *(
        Shape(
            source=f"36kr-{board}",
            frame='{"code":0,"data":{"' + path + '":@ROWS@}}',
            rows=({"itemId": 1, "templateMaterial": {"widgetTitle": "油价或迎二连涨"}},
                  {"itemId": 2, "templateMaterial": {"widgetTitle": "高考今日开考", "statCollect": 9}}),
            titles=TITLES,
        )
        for board, path in (("video", "videoList"), ("comment", "remarkList"), ("collect", "collectList"))
    ),
    *(
        Shape(
            source=f"baidu-{board}",
            frame='{"success":true,"data":{"cards":[{"content":@ROWS@}]}}',
            rows=(baidu("油价或迎二连涨"), baidu("高考今日开考")),
            titles=TITLES,
        )
        for board in ("movie", "teleplay", "novel", "car", "game")
    ),
    Shape(
        source="sspai",
        frame='{"error":0,"data":@ROWS@}',
        rows=({"id": 1, "title": "油价或迎二连涨", "summary": "x", "like_count": 9, "released_time": 1780531751},
              {"id": 2, "title": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="juejin",
        frame='{"err_no":0,"data":@ROWS@}',
        rows=({"content": {"title": "油价或迎二连涨", "content_id": "1"}, "content_counter": {"hot_rank": 5}},
              {"content": {"title": "高考今日开考", "content_id": "2"}}),
        titles=TITLES,
    ),
    Shape(
        source="hupu",
        frame='{"data":{"topicThreads":@ROWS@}}',
        rows=({"tid": 1, "title": "油价或迎二连涨", "replies": 99}, {"tid": 2, "title": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="thepaper",
        frame='{"data":{"hotNews":@ROWS@}}',
        rows=({"contId": "1", "name": "油价或迎二连涨", "praiseTimes": "99", "pubTimeLong": 1780531751000},
              {"contId": "2", "name": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="sina",
        frame='{"data":{"hotList":@ROWS@}}',
        rows=({"info": {"title": "油价或迎二连涨", "hotValue": "123万"}, "base": {"base": {"url": "https://a.sina.cn/1"}}},
              {"info": {"title": "高考今日开考"}}),
        titles=TITLES,
    ),
    Shape(
        source="sina-news",
        frame='var data = {"conf":{},"data":@ROWS@};',
        rows=({"id": "1", "title": "油价或迎二连涨", "url": "https://a.sina.cn/1", "top_num": "1,234"},
              {"id": "2", "title": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="weread",
        frame='{"books":@ROWS@}',
        rows=({"bookInfo": {"bookId": "1", "title": "油价或迎二连涨", "author": "某"}, "readingCount": 12},
              {"bookInfo": {"bookId": "2", "title": "高考今日开考"}}),
        titles=TITLES,
    ),
    Shape(
        source="csdn",
        frame='{"code":200,"data":@ROWS@}',
        rows=({"articleTitle": "油价或迎二连涨", "hotRankScore": "1234", "articleDetailUrl": "https://a.cn/1"},
              {"articleTitle": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="huxiu",
        frame='{"data":{"moment_list":{"datalist":@ROWS@}}}',
        rows=({"object_id": 1, "content": "油价或迎二连涨", "url": "https://a.cn/1"}, {"content": "高考今日开考"}),
        titles=TITLES,
    ),
    Shape(
        source="zhihu-daily",
        frame='{"date":"20260604","stories":@ROWS@}',
        rows=({"id": 1, "title": "油价或迎二连涨", "url": "https://daily.zhihu.com/1", "hint": "某 · 3 分钟"},
              {"id": 2, "title": "高考今日开考"}),
        titles=TITLES,
    ),
)  # fmt: skip

KUAISHOU = (
    '<script>window.__APOLLO_STATE__={"defaultClient":{"$ROOT_QUERY.visionHotRank({\\"page\\":\\"home\\"})":'
    '{"items":[{"id":"VisionHotRankItem:a"},{"id":"VisionHotRankItem:b"},{"id":"VisionHotRankItem:gone"}]},'
    '"VisionHotRankItem:a":{"id":"a","name":"置顶的话题","tagType":"置顶","hotValue":null},'
    '"VisionHotRankItem:b":{"id":"b","name":"油价或迎二连涨","tagType":"热","hotValue":"123.4万",'
    '"photoIds":{"json":["3x2j99cp7cg3vjy"]}}}};(function(){})()</script>'
).encode()

FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>'
    "<item><title>油价或迎二连涨</title><link>https://a.cn/1</link>"
    "<pubDate>Thu, 04 Jun 2026 11:28:22 CST</pubDate></item>"
    "<item><title>高考今日开考</title><link>https://a.cn/2</link></item></channel></rss>"
).encode()
