"""知乎 日报表: CSV text in a file named .xls. docs/facts/exports.md#知乎. A day a row, no titles."""

from copyassist.tables.forms.form import ExportForm

DAILY = ExportForm(
    id="zhihu_daily",
    platform="zhihu",
    kind="account_day",
    signature=frozenset({"日期", "阅读", "点赞", "喜欢", "收藏"}),
    without=frozenset({"标题", "内容标题"}),
)
