"""小红书 创作服务平台 笔记列表明细表. docs/facts/exports.md#小红书, headings from real files."""

from copyassist.tables.forms.form import ExportForm, name_columns

NOTES = ExportForm(
    id="xiaohongshu_notes",
    platform="xiaohongshu",
    signature=frozenset({"笔记标题", "首次发布时间", "体裁"}),
    columns=name_columns(
        title="笔记标题",
        published_at="首次发布时间",
        kind="体裁",
        impressions="曝光|曝光量",
        views="观看量|观看",
        ctr="封面点击率",
        likes="点赞",
        comments="评论",
        favourites="收藏",
        follows="涨粉",
        shares="分享",
        dwell_seconds="人均观看时长",
        danmaku="弹幕",
    ),
    fractions=True,
    title_optional=True,
)
