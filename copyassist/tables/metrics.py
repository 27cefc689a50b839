"""The metrics of all platforms under one name each, with their kinds and their usual headings."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

MetricKind = Literal["count", "rate", "seconds"]

_COUNTS = (
    *("impressions", "views", "readers", "likes", "comments", "favourites", "shares", "sharers"),
    *("follows", "unfollows", "delivered", "push_views", "first_shares", "share_views"),
    *("reads_per_share", "danmaku", "coins", "reposts", "watching", "rewards", "profile_visits"),
    *("fan_impressions", "fan_views", "link_clicks", "recommended"),
)
_RATES = (
    *("ctr", "completion", "completion_5s", "bounce_2s", "bounce_3s", "delivered_read_rate"),
    *("share_rate", "interaction_rate", "like_rate", "comment_rate", "danmaku_rate", "coin_rate"),
    *("favourite_rate", "repost_rate", "follow_rate", "relative_ctr", "fan_ctr", "guest_ctr"),
    *("fan_view_rate", "guest_view_share"),
)
_SECONDS = ("dwell_seconds", "duration_seconds")

# Rates are fractions 0..1 (a completion may exceed 1 where a video loops), seconds are seconds.
METRICS: Mapping[str, MetricKind] = MappingProxyType(
    {
        **dict.fromkeys(_COUNTS, "count"),
        **dict.fromkeys(_RATES, "rate"),
        **dict.fromkeys(_SECONDS, "seconds"),
    }
)

FIELDS = ("title", "published_at", "kind", "platform_post_id", "url", "body")


def _columns(**names: str) -> Mapping[str, str]:
    return MappingProxyType(
        {
            heading: name
            for name, headings in names.items()
            for heading in (name, *headings.split("|"))
        }
    )


# What a table of no known form calls these, headings as `find_heading_key` leaves them. The names
# themselves are headings too. From the exports that docs/facts/exports.md lists, and plain English.
FIELD_ALIASES = _columns(
    title="标题|内容标题|文章标题|笔记标题|作品名称|作品标题|视频标题|视频描述|微博内容|稿件标题|headline",
    published_at="发表时间|发文时间|发布时间|首次发布时间|发布日期|发表日期|日期|时间|date|time|published",
    kind="体裁|类型|内容类型|作品类型|形式|type",
    platform_post_id="id|作品id|视频id|笔记id|文章id|内容id|微博id|bv号",
    url="链接|内容url|url|作品链接|笔记链接|文章链接|视频链接|地址|link",
    body="正文|内容|文案|content|text",
)
METRIC_ALIASES = _columns(
    impressions="曝光|曝光量|曝光数|展现量|展现|展现数|推荐量",
    views="阅读量|阅读|阅读数|总阅读次数|阅读次数|观看量|观看|播放量|播放|播放数|播放次数|浏览量|reads|plays",
    readers="总阅读人数|阅读人数",
    ctr="点击率|封面点击率|click-throughrate",
    likes="点赞|点赞量|点赞数|喜欢|赞|获赞",
    comments="评论|评论量|评论数",
    favourites="收藏|收藏量|收藏数|微信收藏人数|favorites|collects|saves",
    shares="分享|分享量|分享数|总分享次数|转发量|转发",
    reposts="转发数",
    follows="涨粉|涨粉量|涨粉数|粉丝增量|阅读后关注人数|阅读后关注|关注量|newfollowers",
    completion="完播率|阅读完成率|平均阅读完成率|平均播放完成率|平均播放进度|完读率",
    dwell_seconds="人均观看时长|平均阅读时长|平均播放时长|平均停留时长|平均观看时长",
    delivered="送达人数",
    delivered_read_rate="送达阅读率",
    push_views="公众号消息阅读次数",
    danmaku="弹幕|弹幕量|弹幕数",
    coins="投币|投币量|投币数|硬币",
    watching="在看|在看数",
    interaction_rate="互动率",
    profile_visits="主页访问量",
    link_clicks="点击数|点击量",
)
