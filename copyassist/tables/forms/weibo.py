"""微博. docs/facts/exports.md#微博: headings of tools that read the back end, not of its own export."""

from copyassist.tables.forms.form import ExportForm, name_columns

POSTS = ExportForm(
    id="weibo_posts",
    weak=True,
    platform="weibo",
    signature=frozenset({"微博内容", "发布时间"}),
    columns=name_columns(
        title="微博内容",
        published_at="发布时间",
        platform_post_id="微博id|id",
        views="阅读数",
        reposts="转发数",
        comments="评论数",
        likes="点赞数",
        link_clicks="点击数",
        url="url",
    ),
)

DAILY = ExportForm(
    id="weibo_daily",
    platform="weibo",
    kind="account_day",
    signature=frozenset({"日期", "粉丝总数", "发博数"}),
)
