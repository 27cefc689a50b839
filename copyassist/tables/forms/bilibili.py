"""B站 近期稿件对比. docs/facts/exports.md#B站, headings from real files.

2–10 works a file and only the metrics that the user ticked. 封标点击率 is blurred and relative to
other creators, so it is not a click-through rate.
"""

from copyassist.tables.forms.form import ExportForm, name_columns

COMPARISON = ExportForm(
    id="bilibili_comparison",
    weak=True,
    platform="bilibili",
    signature=frozenset({"视频标题", "发布时间"}),
    columns=name_columns(
        title="视频标题|稿件标题",
        published_at="发布时间",
        platform_post_id="bv号|稿件id",
        views="播放量",
        guest_view_share="游客播放占比",
        fan_view_rate="粉丝观看率",
        relative_ctr="封标点击率",
        fan_ctr="粉丝点击率",
        guest_ctr="游客点击率",
        bounce_3s="3秒跳出率",
        interaction_rate="互动率",
        follows="涨粉量",
        follow_rate="播转粉率",
        unfollows="取关量",
        likes="点赞量",
        like_rate="点赞率",
        comments="评论量",
        comment_rate="评论率",
        danmaku="弹幕量",
        danmaku_rate="弹幕率",
        favourites="收藏量",
        favourite_rate="收藏率",
        coins="投币量",
        coin_rate="投币率",
        reposts="转发量",
        repost_rate="转发率",
        completion="平均播放进度",
    ),
)
