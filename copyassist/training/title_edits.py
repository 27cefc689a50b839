"""Titles edited as writers edit them, to fit and to try the judge of duplicates.

`EDITS` keep what a title says; `change_subject` keeps how it is said and changes what about. Words
that may stand for each other are written by hand, everyday ones and those of headlines.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from copyassist.text import normalize, segment

Edit = Callable[[str, random.Random], str]

SYNONYMS = """如何 怎么 怎样|为什么 为何 为啥|公布 发布 公开|回应 发声 作出回应|曝光 爆出 被曝|宣布 官宣 宣告|网友 网民 大家|孩子 小孩 娃
看待 评价 看|有哪些 有什么 都有哪些|首次 第一次 首度|男子 小伙 男人|女子 姑娘 女人|被 遭|推荐 安利 种草|好吃 美味 好味|便宜 实惠 划算|教程 攻略 指南
方法 办法 方式|技巧 窍门 诀窍|秘密 秘诀|简单 容易 轻松|快速 迅速 很快|非常 特别 十分 超级|开始 启动 开启|结束 完结 收官|增加 增长 上升|减少 下降 降低
或 或者 或将|可能 也许 恐怕|已经 已|目前 当前 现在|立刻 马上 立即|喜欢 喜爱 爱|漂亮 好看 美|工作 上班|老板 领导 上司|妈妈 母亲 老妈|爸爸 父亲 老爸
朋友 好友|医生 大夫|警方 公安 民警|学生 同学|老师 教师|家长 父母|死亡 身亡 离世 去世|受伤 负伤|辟谣 否认|回家 返乡|购买 买 入手|使用 用|觉得 认为 感觉
知道 了解 清楚|告诉 教 告知|一定 必须 务必|千万 切记|最 顶|必备 必看 必入|值得 值|分享 晒出 整理|全部 所有 全都|很多 许多 不少|一些 部分 若干|将 会 要
上涨 涨价 走高|下跌 跌价 走低|突破 超过 超|达到 达|影响 波及|发生 出现|致 导致 造成|称 表示 说|建议 提议 呼吁|拒绝 不接受|同意 答应|离开 告别|加入 加盟
夺冠 拿下冠军 夺得冠军|击败 战胜 力克|官方 有关部门|通报 公告|电影 影片|电视剧 剧集|演员 艺人|粉丝 歌迷 迷妹|恋情 感情|分手 结束恋情|结婚 领证 完婚
减肥 瘦身 减脂|护肤 保养|穿搭 搭配|旅游 旅行 出游|酒店 宾馆|餐厅 饭店 馆子|早餐 早饭|晚餐 晚饭|家常菜 家常味|日常 每天|普通人 素人 一般人|新手 小白 入门者
免费 不要钱|价格 价钱 售价|省钱 省下钱|赚钱 挣钱|副业 兼职|城市 都市|农村 乡下 乡村|房子 住房 房屋|租房 租屋|汽车 车子|手机 电话|电脑 计算机|视频 短片
照片 相片 图片|文章 帖子|新闻 消息|原因 缘由|结果 后果|问题 疑问 难题|意味着 说明 代表|是否 是不是 有没有|能否 能不能 可否|到底 究竟|居然 竟然 竟|突然 忽然
终于 总算|真的 确实|其实 事实上|但是 但 不过 可是|因为 由于|所以 因此|如果 假如 要是|虽然 尽管|以及 和 与|什么样 怎么样的|哪里 哪儿|谁 哪位|年轻人 青年 年青人
老人 老年人 老者|女生 女孩 妹子|男生 男孩|情侣 恋人|夫妻 两口子|丈夫 老公|妻子 老婆|失败 落败|成功 顺利|严重 重大|重要 关键|全国 我国各地|世界 全球|美国 美方|中国 我国
体验 感受|经历 遭遇|变化 改变|提高 提升|降价 打折|停止 暂停 叫停|禁止 不准 严禁|允许 准许|计划 打算|希望 盼望|担心 担忧|害怕 恐惧|高兴 开心 快乐|难过 伤心 悲伤
生气 愤怒|聊聊 谈谈 说说|一起 一块儿|晚上 夜里|早上 清晨|今天 今日|明天 明日|昨天 昨日|今年 本年度|去年 上一年|多少 几多|几个 数个|这样 这么|那样 那么|厉害 牛 强"""
WRAPS = (
    "震惊！{}", "刚刚，{}", "{}，网友炸锅", "【热点】{}", "{}，你怎么看？", "突发！{}", "重磅：{}", "{}，网友：太真实了",
    "速看！{}", "{}（附详情）", "{}，看完沉默了", "{}，太意外了！", "必看｜{}", "独家：{}", "{}，转发收藏", "终于来了！{}",
    "{}，一文看懂", "干货！{}", "{}，建议收藏", "{}，到底怎么回事？", "{}，真相来了", "今天，{}", "姐妹们！{}", "{}，绝了",
    "【最新】{}", "{}，别再不知道了", "没想到，{}", "万万没想到！{}", "{}，全网热议", "{}！！！速来围观", "最新消息：{}",
    "关于{}，你需要知道的事", "如何看待{}？", "{}，引发热议", "网传{}", "{}｜深度", "真的会谢，{}", "#热门# {}", "{} #今日话题",
    "{}，后续来了", "家人们谁懂啊，{}", "{}，评论区吵翻了", "救命！{}", "听劝！{}", "求求你们都去看{}",
)  # fmt: skip
FILLERS = ["真的", "其实", "竟然", "居然", "到底", "今年", "最近", "目前", "一定要", "超级", "已经", "又", "正式", "最新", "终于", "也", "都", "一位", "这个", "那个", "完全", "彻底", "很多", "再次", "突然", "果然", "原来", "大概", "究竟", "网友", "官方", "近日", "昨日", "某", "著名", "知名", "本地", "全新", "热门", "最后", "开始", "就", "还"]  # fmt: skip
DROPPED = re.compile("的|了|吗|呢|吧|啊|也|都|就|还|一个|如何|怎么|什么|有哪些|这个|真的|最|很|超")
SPLIT = {"好": "女子", "的": "白勺", "钱": "钅戋", "朋": "月月", "明": "日月", "林": "木木", "加": "力口", "功": "工力", "外": "夕卜", "江": "氵工"}  # fmt: skip
HOMOPHONES = ["的地得", "他她它", "在再", "做作坐座", "是事市试式", "有又友右", "以已亿易", "会汇惠", "新心欣", "信芯", "美没每", "女绿", "钱前浅", "赚转", "微薇威", "减简检", "肥非飞", "高搞", "手首守", "买卖", "药要", "价架假", "福服伏", "因音", "人仁", "公工", "性姓", "色涩", "死似", "为位未", "到道", "电店", "车彻", "房防", "网往", "红虹", "家佳", "时实食", "大达", "小晓", "中钟终", "国果", "年念", "知之", "看刊", "成程城", "声生升", "马码", "李里理", "王旺", "张章", "方芳", "想响", "分纷", "开凯", "发法", "气汽", "美镁"]  # fmt: skip
TRADITIONAL_TAILS = "🔥✨💥❗🌟👍😭😂🎉💯"
_CLAUSE = re.compile(r"[，,。！!？?；;：:｜| ]+")
_DIGITS = re.compile(r"\d+")
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTERS = "的是了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学"


def _load_synonyms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in re.split(r"[|\n]", SYNONYMS):
        words = group.split()
        for word in words:
            found.setdefault(word, []).extend(other for other in words if other != word)
    return found


_SYNONYMS = _load_synonyms()


def cut(title: str) -> list[str]:
    """The words of a raw title, punctuation kept; joined they are the title without spaces."""
    norm, _ = normalize(title)
    return list(segment(norm))


def swap_words(title: str, chooser: random.Random) -> str:
    """Up to three words become others that say the same."""
    words = cut(title)
    places = [place for place, word in enumerate(words) if word in _SYNONYMS]
    for place in chooser.sample(places, min(len(places), chooser.choice((1, 2, 3, 4)))):
        words[place] = chooser.choice(_SYNONYMS[words[place]])
    return "".join(words)


def change_tenth(title: str, chooser: random.Random) -> str:
    """One character in ten becomes another."""
    letters = list(title)
    for _ in range(max(1, len(letters) // chooser.choice((7, 10)))):
        letters[chooser.randrange(len(letters))] = chooser.choice(_LETTERS)
    return "".join(letters)


def drop_tenth(title: str, chooser: random.Random) -> str:
    """One character in ten goes."""
    letters = list(title)
    for _ in range(max(1, len(letters) // chooser.choice((6, 10)))):
        del letters[chooser.randrange(len(letters))]
    return "".join(letters)


def drop_words(title: str, chooser: random.Random) -> str:
    """One to three words go, small ones first."""
    words = cut(title)
    for _ in range(chooser.choice((1, 1, 2, 3))):
        small = [place for place, word in enumerate(words) if DROPPED.fullmatch(word)]
        if len(words) > 3:
            del words[chooser.choice(small or range(len(words)))]
    return "".join(words)


def insert_words(title: str, chooser: random.Random) -> str:
    """One to three small words come in between."""
    words = cut(title)
    for _ in range(chooser.choice((1, 1, 2, 3))):
        words.insert(chooser.randrange(len(words) + 1), chooser.choice(FILLERS))
    return "".join(words)


def repeat_or_swap(title: str, chooser: random.Random) -> str:
    """Two neighbouring characters change places."""
    place = chooser.randrange(len(title) - 1)
    return title[:place] + title[place + 1] + title[place] + title[place + 2 :]


def turn_around(title: str, chooser: random.Random) -> str:
    """The clauses in another order; a title of one clause is turned at a word."""
    clauses = [part for part in _CLAUSE.split(title) if part]
    if len(clauses) < 2:
        words = cut(title)
        if len(words) < 3:
            return title[len(title) // 2 :] + title[: len(title) // 2]
        place = chooser.randrange(1, len(words))
        clauses = ["".join(words[:place]), "".join(words[place:])]
    turned = clauses[:]
    while turned == clauses:
        chooser.shuffle(turned)
        if len(set(clauses)) == 1:
            break
    return chooser.choice(("，", " ", "：", "")).join(turned)


def shuffle_words(title: str, chooser: random.Random) -> str:
    """One word moves to another place."""
    words = cut(title)
    word = words.pop(chooser.randrange(len(words)))
    words.insert(chooser.randrange(len(words) + 1), word)
    return "".join(words)


def wrap(title: str, chooser: random.Random) -> str:
    """Clickbait around it, once or twice."""
    wrapped = chooser.choice(WRAPS).format(title)
    return chooser.choice(WRAPS).format(wrapped) if chooser.random() < 0.2 else wrapped


def truncate(title: str, chooser: random.Random) -> str:
    """The beginning or the end alone: two thirds to nine tenths."""
    kept = max(5, round(len(title) * chooser.uniform(0.62, 0.9)))
    return title[:kept] if chooser.random() < 0.6 else title[-kept:]


def first_clauses(title: str, chooser: random.Random) -> str:
    """One clause goes, where there are several."""
    clauses = [part for part in _CLAUSE.split(title) if part]
    if len(clauses) < 2:
        return truncate(title, chooser)
    del clauses[chooser.randrange(len(clauses))]
    kept = "，".join(clauses)
    return kept if 2 * len(kept) >= len(title) else truncate(title, chooser)


def homophones(title: str, chooser: random.Random) -> str:
    """Up to three characters become others that sound alike."""
    letters = list(title)
    groups = {char: group for group in HOMOPHONES for char in group}
    places = [place for place, char in enumerate(letters) if char in groups]
    for place in chooser.sample(places, min(3, len(places))):
        letters[place] = chooser.choice(groups[letters[place]])
    return "".join(letters)


def split_characters(title: str, _: random.Random) -> str:
    """Characters taken apart."""
    return "".join(SPLIT.get(char, char) for char in title)


def scatter_signs(title: str, chooser: random.Random) -> str:
    """Signs and pictures between the characters."""
    return "".join(
        char + (chooser.choice("·.*_-/ 🔥✨") if chooser.random() < 0.4 else "") for char in title
    )


def hide(title: str, _: random.Random) -> str:
    """Zero-width characters between all."""
    return "\u200b".join(title)


def space_out(title: str, _: random.Random) -> str:
    """Spaces between all."""
    return " ".join(title)


def to_traditional(title: str, _: random.Random) -> str:
    """Traditional characters."""
    return _load_converter().convert(title)  # type: ignore[no-any-return]


@cache
def _load_converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def other_numerals(title: str, _: random.Random) -> str:
    """Digits as hanzi, or hanzi as digits."""
    if _DIGITS.search(title):
        return title.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    return title.translate(str.maketrans("二三四五六七八九", "23456789"))


def change_signs(title: str, chooser: random.Random) -> str:
    """Other punctuation, or none."""
    return _CLAUSE.sub(
        lambda _: chooser.choice(("，", "！", " ", "", "……", "｜", "丨", "~")), title
    ) + chooser.choice(("", "！", "？", "。", "~"))


def add_clause(title: str, chooser: random.Random) -> str:
    """A clause of another title is put on."""
    return (
        chooser.choice(("{}，{}", "{1}，{0}", "{0}：{1}"))
        .replace("{}", "{0}", 1)
        .replace("{}", "{1}", 1)
        .format(title, chooser.choice(CLAUSES))
    )


CLAUSES = ("这几点要注意", "过来人的真心话", "背后的原因令人深思", "网友纷纷点赞", "专家这样说", "你遇到过吗", "看看你中了几条", "手把手教你", "新手也能学会", "最后一点最关键", "附详细步骤", "亲测有效", "不看后悔", "当事人回应", "警方已介入", "官方通报来了", "原因曝光", "涉事方致歉", "现场画面曝光", "这次不一样了")  # fmt: skip

EDITS: Mapping[str, Edit] = {
    "synonym": swap_words,
    "sub10": change_tenth,
    "del10": drop_tenth,
    "drop_words": drop_words,
    "insert_words": insert_words,
    "swap_neighbours": repeat_or_swap,
    "reorder": turn_around,
    "move_word": shuffle_words,
    "wrap": wrap,
    "add_clause": add_clause,
    "truncate": truncate,
    "drop_clause": first_clauses,
    "homophone": homophones,
    "split_characters": split_characters,
    "scatter_signs": scatter_signs,
    "zero_width": hide,
    "spaces": space_out,
    "traditional": to_traditional,
    "numerals": other_numerals,
    "punctuation": change_signs,
}
_CHAINED = ("synonym", "sub10", "del10", "drop_words", "insert_words", "reorder", "move_word", "wrap", "add_clause", "homophone", "traditional", "numerals", "scatter_signs", "punctuation", "drop_clause")  # fmt: skip


def chain(title: str, chooser: random.Random, count: int = 3) -> str:
    """Several edits one after the other."""
    for kind in chooser.sample(_CHAINED, count):
        if len(title) > 4:
            title = EDITS[kind](title, chooser)
    return title


def change_subject(title: str, chooser: random.Random, words: Sequence[str]) -> str | None:
    """The same pattern with another subject: its rarest words or its number become others."""
    cuts = cut(title)
    if len(cuts) < 4:
        return None
    if (numbers := _DIGITS.findall(title)) and chooser.random() < 0.25:
        old = chooser.choice(numbers)
        return title.replace(old, str(int(old[:6]) + chooser.randrange(1, 30)), 1)
    known = [
        place
        for place, word in enumerate(cuts)
        if len(word) > 1 and _HAN.match(word) and word not in _SYNONYMS
    ]
    if not known:
        return None
    for place in chooser.sample(known, min(len(known), chooser.choice((1, 1, 2, 3)))):
        cuts[place] = chooser.choice(words)
    return "".join(cuts)
