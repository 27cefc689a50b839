"""The exports that are known, in the order in which they are tried."""

from copyassist.tables.forms import (
    bilibili,
    douyin,
    own,
    shipinhao,
    toutiao,
    wechat,
    weibo,
    xiaohongshu,
    zhihu,
)
from copyassist.tables.forms.form import ExportForm, TableKind

__all__ = ["FORMS", "GENERIC", "GENERIC_DAY", "ExportForm", "TableKind"]

# The stricter signature first where one export's headings contain another's.
FORMS: tuple[ExportForm, ...] = (
    own.ACCOUNT,
    wechat.ARTICLES_NOTIFIED,
    wechat.ARTICLES,
    wechat.TENDENCY,
    wechat.TENDENCY_DAYS,
    wechat.USERS,
    wechat.ARTICLE_DETAIL,
    xiaohongshu.NOTES,
    douyin.WORKS,
    shipinhao.WORKS,
    toutiao.ARTICLES,
    toutiao.VIDEOS,
    toutiao.TREND,
    toutiao.FANS,
    bilibili.COMPARISON,
    weibo.POSTS,
    weibo.DAILY,
    zhihu.DAILY,
)

# Any other table: read by the aliases of headings alone.
GENERIC = ExportForm(id="generic", platform="", signature=frozenset())
GENERIC_DAY = ExportForm(id="generic_day", platform="", kind="account_day", signature=frozenset())
