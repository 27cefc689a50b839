"""视频号 动态数据明细. docs/facts/exports.md#视频号, headings from real files, 2026."""

from copyassist.tables.forms.form import ExportForm, name_columns

WORKS = ExportForm(
    id="shipinhao_works",
    platform="shipinhao",
    signature=frozenset({"视频描述", "转发聊天和朋友圈"}),
    columns=name_columns(
        title="视频描述",
        platform_post_id="视频id",
        published_at="发布时间",
        completion="完播率",
        dwell_seconds="平均播放时长",
        views="播放量",
        recommended="推荐",
        likes="喜欢",
        comments="评论量",
        shares="分享量",
        follows="关注量",
        reposts="转发聊天和朋友圈",
        link_clicks="企微链接点击次数",
    ),
    title_optional=True,
)
