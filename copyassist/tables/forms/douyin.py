"""抖音 创作者中心 作品列表. docs/facts/exports.md#抖音, headings from real files, 2026."""

from copyassist.tables.forms.form import ExportForm, name_columns

WORKS = ExportForm(
    id="douyin_works",
    platform="douyin",
    signature=frozenset({"作品名称", "发布时间", "播放量"}),
    columns=name_columns(
        title="作品名称",
        published_at="发布时间",
        kind="体裁",
        views="播放量",
        completion="完播率",
        completion_5s="5s完播率",
        duration_seconds="作品时长",
        ctr="封面点击率",
        bounce_2s="2s跳出率",
        dwell_seconds="平均播放时长",
        likes="点赞量",
        shares="分享量",
        comments="评论量",
        favourites="收藏量",
        profile_visits="主页访问量",
        follows="粉丝增量",
    ),
    fractions=True,
    title_optional=True,
)
