"""头条号. docs/facts/exports.md#头条号, headings from real files.

The sheets' styles.xml is broken (openpyxl refuses it); 平均…完成率 is a bare percent.
"""

from copyassist.tables.forms.form import ExportForm, name_columns

_COLUMNS = name_columns(
    title="标题",
    published_at="发布时间",
    platform_post_id="id",
    url="链接",
    impressions="展现量",
    fan_impressions="粉丝展现量",
    views="阅读量|播放量",
    fan_views="粉丝阅读量|粉丝播放量",
    ctr="点击率",
    completion="平均阅读完成率|平均播放完成率",
    dwell_seconds="平均阅读时长|平均播放时长",
    likes="点赞量",
    comments="评论量",
    reposts="转发量",
    shares="分享量",
    favourites="收藏量",
)
_COMPLETION = frozenset({"平均阅读完成率", "平均播放完成率"})

ARTICLES = ExportForm(
    id="toutiao_articles",
    platform="toutiao",
    signature=frozenset({"标题", "粉丝展现量", "阅读量"}),
    columns=_COLUMNS,
    percent=_COMPLETION,
    fractions=True,
)

VIDEOS = ExportForm(
    id="toutiao_videos",
    platform="toutiao",
    signature=frozenset({"标题", "粉丝展现量", "播放量"}),
    columns=_COLUMNS,
    percent=_COMPLETION,
    fractions=True,
    title_optional=True,
)

TREND = ExportForm(
    id="toutiao_trend",
    platform="toutiao",
    kind="account_day",
    signature=frozenset({"时间", "展现量", "粉丝展现量"}),
    without=frozenset({"标题"}),
)

FANS = ExportForm(
    id="toutiao_fans",
    platform="toutiao",
    kind="account_day",
    signature=frozenset({"时间", "总粉丝数", "粉丝变化数"}),
)
