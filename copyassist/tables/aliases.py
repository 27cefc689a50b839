"""What the headings of a table of no known form mean.

Two steps. Exact headings first, as back ends, tools and spiders write them. Then the parts that
such headings are made of: 文章总阅读次数 is 文章, 总, 阅读 and 次数, and what counts is 阅读; a heading
about something else (a rate, a mean, followers' share, another day) is left alone.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType


def _columns(**names: str) -> Mapping[str, str]:
    return MappingProxyType(
        {
            heading: name
            for name, headings in names.items()
            for heading in (name, *headings.split("|"))
        }
    )


# Headings as `find_heading_key` leaves them. From the exports that docs/facts/exports.md lists, the
# usual spiders, and plain English; the names themselves are headings too.
EXACT = _columns(
    impressions="曝光|推荐|推荐量|推荐数|推荐次数",
    readers="阅读人数|总阅读人数",
    ctr="点击率|封面点击率|click-throughrate|ctr",
    reposts="转发数",
    follows="涨粉|粉丝增量|阅读后关注人数|阅读后关注|关注量|newfollowers|净增粉丝|带粉数",
    completion="完播率|阅读完成率|平均阅读完成率|平均播放完成率|平均播放进度|完读率|完整阅读率",
    completion_5s="5s完播率|5秒完播率",
    bounce_2s="2s跳出率|2秒跳出率",
    bounce_3s="3s跳出率|3秒跳出率",
    dwell_seconds="人均观看时长|平均阅读时长|平均播放时长|平均停留时长|平均观看时长|人均播放时长",
    duration_seconds="作品时长|视频时长|时长|duration",
    delivered="送达人数",
    delivered_read_rate="送达阅读率|打开率|图文打开率",
    push_views="公众号消息阅读次数",
    share_rate="分享率|首次分享率",
    interaction_rate="互动率",
    like_rate="点赞率",
    comment_rate="评论率",
    favourite_rate="收藏率",
    repost_rate="转发率",
    danmaku_rate="弹幕率",
    coin_rate="投币率",
    profile_visits="主页访问量",
    link_clicks="点击数|点击量",
    rewards="赞赏|打赏",
)

# The part that names a metric, the surer ones first: of 点赞 and 喜欢, 点赞 are the likes.
_STEMS = _columns(
    impressions="曝光|展现|展示|推荐|impression|exposure|showcount|rec|recommend",
    views="阅读播放|播放阅读|阅读|观看|播放|浏览|访问|小眼睛|read|viewd|viewed|view|play|played|watch|pv|hits",
    likes="点赞|获赞|赞同|双击|赞|喜欢|like|liked|digg|attitude|upvote|voteup|praise|thumbsup",
    comments="评论|留言|回复|跟贴|跟评|评|comment|commented|reply|answer",
    favourites="收藏|藏|collect|collected|favorite|favourite|favorited|bookmark|save|saved|fav|collection|repin",
    shares="分享|转发|转|share|shared|forward",
    reposts="repost|retweet|reposted",
    follows="涨粉|新增粉丝|新增关注|增粉|newfollower|newfans",
    danmaku="弹幕|danmaku|danmu",
    coins="投币|投硬币|硬币|coin",
    watching="在看|好看|wow",
)
_BEFORE = (
    r"(?:文章|图文|视频|作品|笔记|微博|内容|单篇|本篇|单条|稿件|短视频|动态|回答|帖子|群发|公众号|平台|全部"
    r"|总|累计|累积|合计|当前|实时|历史|精确|实际|真实|被|总的|total|all|article|video|note|post|item|user"
    r"|statistics|stats|stat|interactinfo|interact|data|metrics?|public|aweme|num|cnt|count|real|sum)*"
)
_AFTER = (
    r"(?:次数|总数|总量|总次数|数量|数|量|合计|总计|累计|次|个数|人次|枚数|人数|值"
    r"|total|counts?|cnt|nums?|number|amount|s|times|info|all)*"
)
_RANKS = {stem: rank for rank, stem in enumerate(_STEMS)}
_PATTERNS = tuple(
    (re.compile(rf"{_BEFORE}{re.escape(stem)}{_AFTER}"), stem)
    for stem in sorted(_STEMS, key=len, reverse=True)
)
# What makes of a count something else.
_OTHER = re.compile(
    r"率|占比|比例|时长|人均|平均|粉丝|排名|排行|环比|同比|较|目标|预估|昨日|今日|近\d|日均|进度|rate|ratio"
    r"|avg|mean|duration|percent|rank|author|fans|followers?$|time|date|url|list|status|is_|id$"
)
_THING = "(?:作品|视频|文章|笔记|稿件|内容|图文|帖子|动态|微头条|短视频|节目|推文|回答|问题|选题|素材|微博|博文|想法|说说)"
# Times of something else than the publication.
_NOT_PUBLISHED = (
    "(?!.*(?:更新|修改|编辑|提交|填写|登记|统计|采集|抓取|爬取|入库|导出|截止|截至|录入|数据|删除|审核|最后|下线"
    "|开始|结束|注册|update|modif|edit|crawl|fetch|spider|scrape|last_|delete|end_|import))"
)

# Fields by how they are written, the surest way first: of two columns the surer one is taken.
FIELD_PATTERNS: Mapping[str, Sequence[re.Pattern[str]]] = MappingProxyType(
    {
        name: tuple(re.compile(pattern) for pattern in patterns)
        for name, patterns in {
            "title": (
                r"标题|(?:\w*[._])*title|headline",
                rf"{_THING}*(?:标题|题目|题名|主标题)(?:/\w+)?",
                rf"(?!副|小|原){_THING}*[^副原]{{0,6}}(?:标题|题目|篇名|片名)",
                rf"{_THING}(?:名称|名|主题)|名称|片名|篇名",
                r"原标题",
                rf"{_THING}?(?:描述|文案|简介)",
                rf"{_THING}(?:内容|正文)",
                rf"{_THING}",
                r"(?:\w*[._])*(?:desc|caption|description|text_raw)",
                r"内容|正文|文案|(?:\w*[._])*(?:content|text)",
            ),
            "published_at": (
                r"完整(?:日期|时间)",
                rf"(?:首次|初次|正式|{_THING})*"
                r"(?:发布|发表|发文|首发|群发|推送|发博|发稿|发送|推文|刊发|发出)(?:时间|日期|日|于)?",
                r"(?:\w*[._])*(?:publish|published|pub|p|post|posted|release|released|issue)"
                r"_?(?:_?(?:at|on|time|date|datetime|ts|timestamp|day))+",
                r"(?:\w*[._])*(?:publish|published|pubdate|pubtime|ptime)",
                rf"{_NOT_PUBLISHED}{_THING}?(?:投稿|上线|上传|播出|回答|过审|创建|生成|上架|排期)(?:时间|日期)",
                r"(?:\w*[._])*creat(?:e|ed)_?(?:_?(?:at|on|time|date|datetime|ts|timestamp|day))*|(?:\w*[._])*ctime",
                rf"(?:日期|时间)|{_NOT_PUBLISHED}(?:\w*[._])*(?:date|time|datetime|day|timestamp)",
                rf"{_NOT_PUBLISHED}.{{0,8}}(?:日期|时间)",
            ),
            "platform": (
                r"(?:发布|所属|来源|媒体|内容|渠道|账号|分发|自媒体)?平台(?:名称|名)?|platform(?:_?name)?",
                r"(?:发布|分发)渠道|source_?platform",
            ),
            "kind": (
                r"体裁|(?:内容|作品|文章|笔记|稿件|素材|视频)?(?:类型|形式|类别|格式)",
                r"(?:\w*_)?type",
            ),
            "platform_post_id": (
                r"(?:\w*[._])?(?:note|aweme|item|article|video|content|post|feed|msg|answer|photo|weibo|mblog|status"
                r"|doc|group)_?(?:id|no)(?:_?str)?",
                rf"{_THING}(?:id|编号)|bv号?|(?:\w*[._])*(?:bvid|aid|mid|mblogid)",
                r"id|_id|id_?str",
            ),
            "url": (
                r"(?:\w*[._])?(?:note|aweme|article|content|post|share|page|web|answer|status|item|short)_?(?:url|link)",
                rf"(?:{_THING}|原文|永久|分享|页面)?(?:链接|网址|地址|url)",
                r"(?:\w*[._])*(?:url|link|href|arcurl|permalink)",
                r"video_?url",
            ),
            "body": (
                rf"正文|全文|文案|{_THING}?(?:正文|内容|文案|描述|简介)|摘要",
                r"(?:\w*[._])*(?:desc|description|content|text|body|caption)",
            ),
        }.items()
    }
)


def is_thing(key: str) -> bool:
    """Whether a heading only names a kind of thing, as a cell of a column of kinds does too."""
    return re.fullmatch(rf"{_THING}|内容|正文|文案", key) is not None


def find_metric(key: str) -> tuple[str, int] | None:
    """The metric that a heading names and how sure that is (0 most), None for none.

    `key` is as `find_heading_key` leaves it.
    """
    if key in EXACT:
        return EXACT[key], 0
    last = key.rpartition(".")[2]
    plain = re.sub(r"[\s_\-()（）/、.的]+", "", last)
    if _OTHER.search(last):
        return None
    stem = next((stem for pattern, stem in _PATTERNS if pattern.fullmatch(plain)), None)
    return None if stem is None else (_STEMS[stem], 1 + _RANKS[stem])
