"""Small exports in the shapes that the platforms write, built here by hand: no real rows."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import xlwt

Rows = Sequence[Sequence[object]]

WECHAT_HEADINGS = (
    "内容标题", "发表时间", "总阅读人数", "总阅读次数", "总分享人数", "总分享次数", "阅读后关注人数", "送达人数",
    "公众号消息阅读次数", "送达阅读率", "首次分享次数", "分享产生阅读次数", "首次分享率", "每次分享带来阅读次数",
    "阅读完成率", "内容url",
)  # fmt: skip
_WECHAT_UNSENT = tuple(
    heading
    for heading in WECHAT_HEADINGS
    if heading not in ("送达人数", "公众号消息阅读次数", "送达阅读率", "首次分享率")
)
DOUYIN_HEADINGS = (
    "作品名称", "发布时间", "体裁", "审核状态", "播放量", "完播率", "5s完播率", "封面点击率", "2s跳出率", "平均播放时长",
    "点赞量", "分享量", "评论量", "收藏量", "主页访问量", "粉丝增量",
)  # fmt: skip
SHIPINHAO_HEADINGS = (
    "视频描述", "视频ID", "发布时间", "完播率", "平均播放时长", "播放量", "推荐", "喜欢", "评论量", "分享量", "关注量",
    "转发聊天和朋友圈", "设为铃声", "设为状态", "设为朋友圈封面",
)  # fmt: skip
TOUTIAO_HEADINGS = (
    "标题", "发布时间", "ID", "链接", "展现量", "粉丝展现量", "阅读量", "粉丝阅读量", "点击率", "平均阅读完成率",
    "平均阅读时长", "点赞量", "评论量", "转发量", "分享量", "收藏量",
)  # fmt: skip


def csv_bytes(rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """Text with every cell in quotation marks, as the back ends write it."""
    lines = (
        delimiter.join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows
    )
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def xlsx_bytes(rows: Rows, *, merged: Sequence[str] = (), sheet: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def broken_styles(workbook: bytes) -> bytes:
    """The workbook with a fill that openpyxl refuses ("Fill() takes no arguments")."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/styles.xml":
                data = data.replace(b"<fill><patternFill/></fill>", b"<fill/>", 1)
                data = data.replace(b"<fill><patternFill /></fill>", b"<fill/>", 1)
                assert b"<fill/>" in data
            new.writestr(name, data)
    return out.getvalue()


def xls_bytes(rows: Rows) -> bytes:
    """A real BIFF workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("sheet")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            page.write(y, x, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def html_bytes(rows: Rows, encoding: str = "utf-8") -> bytes:
    """An HTML page, as 公众号 names .xls."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = (
        f'<html><head><meta charset="{encoding}"></head><body><table>{body}</table></body></html>'
    )
    return page.encode(encoding)


def wechat_rows() -> Rows:
    return (
        WECHAT_HEADINGS,
        ("一碗热汤面的周末", "20260405", 900, 1200, 30, 41, 5, 8000, 700, 0.0875, 12, 300, 0.0133, 7.3,
         0.62, "http://mp.weixin.qq.com/s?__biz=A&mid=1&idx=1&sn=a&chksm=1#rd"),
        ("三步做好番茄炒蛋", "20260406", "10万+", "10万+", 300, 410, 50, 8010, 900, 0.1122, 120, 3000,
         0.0233, 8.3, 0.51, "http://mp.weixin.qq.com/s?__biz=A&mid=2&idx=1&sn=b&chksm=2#rd"),
    )  # fmt: skip


def wechat_unsent_rows() -> Rows:
    return (
        _WECHAT_UNSENT,
        ("旧文重发", 20260407, 10, 12, 1, 1, "-", 0, 3, 0.5, 0.4, "http://mp.weixin.qq.com/s/x"),
    )


def tendency_rows() -> Rows:
    return (
        ("图文群发每日数据", "", "", "", "", "", "", "", "", "", "传播渠道数据", "", "", ""),
        ("日期", "渠道", "阅读人数", "", "日期", "分享人数", "跳转阅读原文", "微信收藏人数", "发表篇数", "",
         "传播渠道", "发表日期", "内容标题", "阅读人数"),
        ("2026-04-05", "全部", 900, "", "2026-04-05", 30, 0, 4, 1, "", "聊天会话", "20260405",
         "一碗热汤面的周末", 300),
        ("2026-04-06", "全部", 700, "", "2026-04-06", 20, 0, 3, 0, "", "全部", "20260405",
         "一碗热汤面的周末", 560),
        ("2026-04-05", "聊天会话", 300, "", "", "", "", "", "", "", "朋友圈", "20260405",
         "一碗热汤面的周末", 280),
    )  # fmt: skip


def tendency_days_rows() -> Rows:
    return tuple(row[:9] for row in tendency_rows())


def detail_rows() -> Rows:
    return (
        ("", "数据概况", ""),
        ("", "阅读（次/人）", "1200/900"),
        ("", "平均停留时长(秒)", "48"),
        ("", "完读率", "62%"),
        ("", "阅读后关注", "5"),
        ("", "分享", "41"),
        ("", "数据趋势明细", ""),
    )


def users_rows() -> Rows:
    return (
        ("时间", "新关注人数", "取消关注人数", "净增关注人数", "累积关注人数"),
        ("2026-04-05", 12, 3, 9, 8000),
        ("2026-04-06", 20, 5, 15, 8015),
    )


def xiaohongshu_rows() -> Rows:
    return (
        ("最多导出排序后前1000条笔记",),
        ("笔记标题", "首次发布时间", "体裁", "曝光", "观看量", "封面点击率", "点赞", "评论", "收藏", "涨粉", "分享",
         "人均观看时长", "弹幕"),
        ("早八人的5分钟早餐", "2026年05月19日15时39分28秒", "图文", 20000, 2400, 0.12, 210, 33, 180, 9, 21, 14, 0),
        ("", "2026年05月20日09时00分00秒", "视频", 9000, 800, 0.081, 40, 3, 18, 1, 2, 21, 4),
    )  # fmt: skip


def douyin_rows() -> Rows:
    return (
        DOUYIN_HEADINGS,
        ("五分钟学会葱油面\n#美食 #家常菜", "2026-07-18 14:11:20", "视频", "公开", 120000, 0.21, 0.44, "", 0.31,
         17.5, 5400, 320, 210, 900, 150, 77),
        ("'@老妈 的秘方", "2026-07-19 10:00:00", "图文", "公开", 3000, 1.02, 0.6, 0.05, 0.2, 8, 90, 4, 5, 30, 3,
         -1),
    )  # fmt: skip


def shipinhao_rows() -> Rows:
    return (
        SHIPINHAO_HEADINGS,
        ("周末去赶海 #赶海", "export/UzFfAgt", "2026/7/24", "20%", "12秒", 5000, 30, 40, 5, 6, 7, 8, 0, 0, 0),
        ("小院的一天", "export/UzFfAgu", "2026/7/25", "18.5%", "1分12秒", "1.2万", 31, 41, 5, 6, 7, 8, 0, 0, 0),
    )  # fmt: skip


def toutiao_rows(views: str = "阅读量") -> Rows:
    kind = "播放" if views == "播放量" else "阅读"
    headings = tuple(heading.replace("阅读", kind) for heading in TOUTIAO_HEADINGS)
    return (
        headings,
        ("老房子翻新要花多少钱", "2026-06-01 08:00", "7512345678901234567", "https://www.toutiao.com/item/1/",
         50000, 300, 4000, 90, 0.08, 16.55, "00:01:12", 20, 8, 3, 9, 30),
        ("阳台种菜的三个坑", "2026-06-02 08:00", "7512345678901234568", "https://www.toutiao.com/item/2/",
         20000, 100, 900, 30, 0.045, -1, "48秒", 5, 2, 1, 2, 9),
    )  # fmt: skip


def toutiao_trend_rows() -> Rows:
    return (
        ("时间", "展现量", "粉丝展现量", "阅读(播放)量", "粉丝阅读(播放)量", "点赞量", "评论量"),
        ("累计", 70000, 400, 4900, 120, 25, 10),
        ("2026-06-01", 50000, 300, 4000, 90, 20, 8),
    )


def toutiao_fans_rows() -> Rows:
    return (
        ("时间", "总粉丝数", "粉丝变化数", "新增粉丝数", "流失粉丝数", "活跃粉丝数", "总铁粉数"),
        ("2026-06-01", 900, 3, 5, 2, 40, 6),
    )


def bilibili_rows() -> Rows:
    return (
        ("视频标题", "发布时间", "播放量", "游客播放占比", "粉丝观看率", "封标点击率", "3秒跳出率", "互动率", "涨粉量",
         "点赞量", "点赞率", "弹幕量", "投币量", "收藏量", "转发量", "平均播放进度"),
        ("一镜到底拍完整条老街", "2026-05-01 18:00:00", "1.2万", "88.1%", "12.0%", "★★★", "31.5%", "4.4%", 21, 600,
         "5.0%", 88, 120, 300, 44, "38.2%"),
        ("修一把三十年的椅子", "2026-05-08 18:00:00", "980", "70%", "<0.1%", "-", "-", "1.2%", "-", 20, "2.0%", 3, 4,
         5, 1, "41%"),
    )  # fmt: skip


def zhihu_rows() -> Rows:
    return (
        ("日期", "阅读", "播放", "点赞", "喜欢", "评论", "收藏", "分享"),
        ("2026-05-01", 1200, 0, 30, 4, 5, 18, 2),
    )


def weibo_rows() -> Rows:
    return (
        ("发布时间", "微博内容", "阅读数", "转发数", "评论数", "点赞数", "点击数", "URL"),
        (
            "2026-05-01 12:30",
            "【周末菜单】五道快手菜 #美食#",
            "3.4w",
            12,
            8,
            90,
            5,
            "https://weibo.com/1/Nabc",
        ),
    )


def weibo_daily_rows() -> Rows:
    return (
        ("日期", "粉丝总数", "阅读数", "发博数", "转发数", "评论数", "点赞数"),
        ("2026-05-01", 900, 12000, 3, 4, 5, 6),
    )


def own_rows() -> Rows:
    return (
        ("platform", "title", "published_at", "kind", "platform_post_id", "url", "body", "views", "ctr"),
        ("wechat", "'=1+1 是多少", "2026-05-04T04:00:00+00:00", "图文", "", "", "", "100000+", "<0.001"),
    )  # fmt: skip


# form id -> file name, bytes
EXAMPLES: dict[str, tuple[str, bytes]] = {
    "copyassist_account": ("小满的厨房.csv", csv_bytes(own_rows())),
    "wechat_articles_notified": ("数据明细.xls", xls_bytes(wechat_rows())),
    "wechat_articles": ("数据明细.csv", csv_bytes(wechat_unsent_rows(), "gb18030")),
    "wechat_tendency": ("tendency_20260401_20260430.xls", xls_bytes(tendency_rows())),
    "wechat_tendency_days": ("tendency.xls", xls_bytes(tendency_days_rows())),
    "wechat_users": ("user.xls", html_bytes(users_rows())),
    "wechat_article_detail": ("detail.xls", xls_bytes(detail_rows())),
    "xiaohongshu_notes": (
        "笔记列表明细表 (1).xlsx",
        xlsx_bytes(xiaohongshu_rows(), merged=["A1:M1"]),
    ),
    "douyin_works": ("作品列表.csv", csv_bytes(douyin_rows())),
    "shipinhao_works": ("动态数据明细.csv", csv_bytes(shipinhao_rows(), "utf-16")),
    "toutiao_articles": ("图文.xlsx", broken_styles(xlsx_bytes(toutiao_rows()))),
    "toutiao_videos": ("小视频.xlsx", broken_styles(xlsx_bytes(toutiao_rows("播放量")))),
    "toutiao_trend": ("trend.xlsx", xlsx_bytes(toutiao_trend_rows())),
    "toutiao_fans": ("fans.xlsx", xlsx_bytes(toutiao_fans_rows())),
    "bilibili_comparison": ("近期稿件对比.csv", csv_bytes(bilibili_rows())),
    "zhihu_daily": ("日报表.xls", csv_bytes(zhihu_rows(), "gb18030")),
    "weibo_posts": ("weibo.csv", csv_bytes(weibo_rows(), "utf-8")),
    "weibo_daily": ("weibo_day.tsv", csv_bytes(weibo_daily_rows(), delimiter="\t")),
}
