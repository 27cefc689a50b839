"""公众号 (mp.weixin.qq.com). docs/facts/exports.md#公众号, headings from real files, 2022–2026."""

import re

from copyassist.tables.forms.form import ExportForm, name_columns

_ARTICLE_COLUMNS = name_columns(
    title="内容标题",
    published_at="发表时间",
    readers="总阅读人数",
    views="总阅读次数",
    sharers="总分享人数",
    shares="总分享次数",
    follows="阅读后关注人数",
    delivered="送达人数",
    push_views="公众号消息阅读次数",
    delivered_read_rate="送达阅读率",
    first_shares="首次分享次数",
    share_views="分享产生阅读次数",
    share_rate="首次分享率",
    reads_per_share="每次分享带来阅读次数",
    completion="阅读完成率",
    url="内容url",
)

_PUSH_POSITION = re.compile(r"[?&]idx=(\d{1,2})(?!\d)")


def find_push_position(url: str) -> str:
    """头条 or 次条, "" where the address does not say: the first of a push is read far more."""
    found = _PUSH_POSITION.search(url)
    if found is None:
        return ""
    return "头条" if int(found[1]) == 1 else "次条"


# 内容分析 → 已通知内容 → 下载数据明细; figures freeze 7 days after the post.
ARTICLES_NOTIFIED = ExportForm(
    id="wechat_articles_notified",
    platform="wechat",
    signature=frozenset({"内容标题", "送达阅读率"}),
    columns=_ARTICLE_COLUMNS,
    fractions=True,
    find_kind=find_push_position,
)

# The same for posts without a notification: no 送达 columns.
ARTICLES = ExportForm(
    id="wechat_articles",
    platform="wechat",
    signature=frozenset({"内容标题", "发表时间", "总阅读次数"}),
    columns=_ARTICLE_COLUMNS,
    fractions=True,
    find_kind=find_push_position,
)

# Several tables side by side. The block 传播渠道 | 发表日期 | 内容标题 | 阅读人数 has one row per
# channel, and a reader who came by two channels is in both: 全部 is the post's own.
TENDENCY = ExportForm(
    id="wechat_tendency",
    platform="wechat",
    signature=frozenset({"日期", "渠道", "阅读人数", "传播渠道", "内容标题"}),
    columns=name_columns(title="内容标题", published_at="发表日期", readers="阅读人数"),
    block="传播渠道",
    only=("传播渠道", "全部"),
)

# The same without posts.
TENDENCY_DAYS = ExportForm(
    id="wechat_tendency_days",
    platform="wechat",
    kind="account_day",
    signature=frozenset({"日期", "渠道", "阅读人数"}),
)

# Key in column B, value beside it; nothing in it names the article.
ARTICLE_DETAIL = ExportForm(
    id="wechat_article_detail",
    platform="wechat",
    kind="detail",
    signature=frozenset({"平均停留时长", "完读率", "阅读后关注"}),
)

USERS = ExportForm(
    id="wechat_users",
    platform="wechat",
    kind="account_day",
    signature=frozenset({"时间", "新关注人数", "取消关注人数"}),
)
