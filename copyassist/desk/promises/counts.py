"""How many things a title promises, and how many the body has.

"5 个方法" is a promise; 3年, 第5次, 30岁, 8点, 三个和尚 are not. Where the body has a plain list that
is shorter, the promise is broken; where it has no list, it is in doubt.
"""

import re
from collections.abc import Iterator

from copyassist.desk.promises.lists import Lists
from copyassist.desk.promises.numerals import read_number
from copyassist.desk.promises.result import Promise, State
from copyassist.once import Once

MOST_COUNTED = 120
MOST_LIKELY = 30  # 100 种活法 is a way to say many, unless there is a list to hold it against

# What is listed when it is announced with 个, 大, 小 or without a measure word.
_NOUNS = (
    "方法|办法|方式|技巧|步骤|理由|原因|误区|建议|细节|习惯|信号|征兆|表现|症状|地方|景点|小店|店|咖啡馆|公园|城市|"
    "目的地|路线|菜谱|食谱|做法|搭配|穿搭|公式|工具|软件|app|网站|插件|神器|好物|单品|问题|真相|秘密|秘诀|秘籍|诀窍|窍门|"
    "要点|知识点|关键|重点|特点|优点|缺点|优势|劣势|好处|坏处|危害|后果|教训|经验|心得|感悟|故事|案例|例子|话题|选题|标题|"
    "模板|套路|陷阱|坑|雷区|禁忌|事项|动作|姿势|练习|游戏|玩法|攻略|思路|角度|维度|阶段|层次|类型|指标|变化|区别|不同|"
    "趋势|机会|方向|岗位|职业|副业|路子|项目|品牌|牌子|单词|句型|表达|瞬间|片段|画面|镜头|名场面|事实|知识|常识|谣言|"
    "谎言|答案|选择|条件|标准|原则|规则|规律|定律|法则|心法|模型|框架|环节|清单|迹象|时刻|作品|电影|书单|配色|"
    "发型|妆容|植物|花|品种|水果|蔬菜|食物|零食|地点|机位|去处|账号|博主|快捷键|函数|指令|提示词|素材|渠道|平台|"
    "功能|亮点|槽点|看点|疑点|难题|难点|错误|毛病|特征|特质|品质|能力|思维|认知|道理|启示|提醒|忠告|注意|"
    "面试题|考点|题型|观点|结论|预测|数字|数据|现象|情况|场景|套餐|部位|穴位|食材|饮料|小事|事|招数|小动作|捷径|"
    "玄机|门道|讲究|冷知识|生活|本事|底线|红线|雷|风险|隐患|痛点|变动|改变|措施|举措|新规|福利|补贴|骗局|"
    "书|歌|剧|菜|汤|早餐|晚餐|便当|甜品|饮品|店铺|餐厅|民宿|酒店|古镇|小镇|村|山|湖|岛|海滩|市集|夜市|展|课|话"
)
_LISTED_BY = (
    "种|条|款|类|项|道|本|部|句|首|处|座|组|套|样|味|支|瓶|双|则|篇|份|件|只|间|双|幅|封|家"
)
_SHOPS = "店|餐厅|咖啡|面馆|酒店|民宿|馆|铺|火锅|烧烤|烤肉|书屋|书店|食堂|茶|酒吧|甜品|面包|早餐|花店|市场|小吃|菜|影院|客栈"
_NUM = r"(?P<n>\d{1,3}|[一二两三四五六七八九十百]{1,4})"
_FIRST = r"(?<![\d.第前后上下约近超过每\-:一二三四五六七八九十百千万几数])"
_BETWEEN = r"[^,。!?;:、|「」《》“”\"\s]"
_CLAIMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_FIRST}{_NUM}\s?(?:个(?!月|半|小时|钟头|星期|季度|世纪|人|孩子|娃)|大(?!人|学|哥|姐)|小(?!时))\s?{_BETWEEN}{{0,9}}?(?P<what>{_NOUNS})",
        rf"{_FIRST}{_NUM}\s?(?:步|招|件事|句话|大招|小招|连招|绝招|妙招|问|宗罪|字诀)(?P<what>)(?!之遥|并|一)",
        rf"{_FIRST}{_NUM}\s?[点]\s?{_BETWEEN}{{0,4}}?(?P<what>建议|原因|理由|经验|心得|注意|感受|体会|提醒|启示|看法|变化|思考|教训)",
        rf"(?:[这那下记住到意握牢抓懂有好]|以下|只需|就靠|全靠){_NUM}\s?点(?P<what>)(?![半钟起到睡下前后])",
        rf"{_FIRST}{_NUM}\s?(?:{_LISTED_BY})\s?(?P<what>{_BETWEEN}{{1,12}})",
        rf"(?:的|这|以下|下面){_NUM}\s?(?:条|处|招|步|点|项|类|款|种)(?P<what>)(?=$|[,。!?:、|~])",
        rf"(?:top|盘点|合集)\s?{_NUM}(?P<what>)(?!\d|[年月])",
    )
)
# 四大名著, 三个和尚 … are names; 了 after these verbs tells a story.
_NAMES = re.compile(
    "四大名著|四大天王|四大发明|四大会计|三大运营商|五大联赛|八大菜系|三大件|七大洲|四大洋|三大战役|三个和尚|三个臭皮匠|"
    "七个小矮人|三只松鼠|三只羊|五道口|[一二三]本(?:大学|院校|线|学|逆袭|考|生)|一道|三个代表|六个核桃|三件套|四件套|两个人|两面|"
    "三类股东|两会|一个|一种|一条|一句|一件|一家|一本|一部|一款|一次|一套|一份|一步|一招|十个指头|两种声音|双十"
)
_STORY = re.compile(
    r"(?:开|关|换|面试|跑|裁|投|生|养|搬|相亲|卖|买|赔|亏|辞|加|送|写|考|坐|住|走|搬|删|扔|倒闭|破产|亏掉|离开|管)[了过着]"
    r"(?:我|整整|将近|快|近|超过|足足|差不多)?$|(?:每天|每周|每月|每年|每次|一天|一周|一年|一次|每人|人均|连续|连着|"
    r"全国|全球|全市|全省|覆盖|超|近|约|共有|新增|仅剩|还剩|减少|多达|有着|来自|家有|带着|家里|当了|过了)$|(?:每天|每周|每月|每年|每晚)[^,。!?:]{0,3}$"
)
_RATE = re.compile(
    r"(?:公司|企业|银行|医院|学校|机构|工厂|上市|人|孩子|员工|同事|车企|航司|券商|基金)"
)
_DEFERRED = re.compile(
    r"下(?:期|篇|集|回|次)(?:再|接着|继续|见|分享|揭晓|聊|讲|说|更)|(?:剩下|其余|其他|完整|全部|更多|余下)[^。!?\n]{0,10}"
    r"(?:私信|评论区|扫码|关注|主页|加微信|加我|进群|置顶|下期|下篇)|未完待续|(?:私信|扫码|加微信|进群)[^。!?\n]{0,8}(?:领|获取|拿|发你)"
)


def find_counts(title: str, body: str, lists: Once[Lists]) -> Iterator[Promise]:
    """The counts of a normalised title, each held against the lists of the body."""
    taken: list[tuple[int, int]] = []
    for pattern in _CLAIMS:
        for claim in _find_all(pattern, title):
            start, end = claim.start("n"), claim.end()
            if any(start < stop and first < end for first, stop in taken):
                continue
            wanted = read_number(claim["n"])
            if wanted is None or not 2 <= wanted <= MOST_COUNTED or _is_none(title, claim):
                continue
            taken.append((start, end))
            text = title[start:end]
            state, reason, found = _judge(int(wanted), claim["what"], body, lists.get())
            yield Promise("count", state, start, end, text, reason, f"{wanted:g}", found)


def _find_all(pattern: re.Pattern[str], title: str) -> Iterator[re.Match[str]]:
    """All matches, also those that begin inside another."""
    found = pattern.search(title)
    while found is not None:
        yield found
        found = pattern.search(title, found.start("n") + 1)


def _is_none(title: str, claim: re.Match[str]) -> bool:
    """Whether the number counts something that no list could follow."""
    start, text = claim.start("n"), title[claim.start("n") : claim.end() + 3]
    if _NAMES.match(text) or _STORY.search(title[:start]):
        return True
    if title[:start].count("《") > title[:start].count("》"):
        return True
    measure = title[claim.end("n") : claim.end("n") + 2].strip()[:1]
    if measure in "家只间" and not re.search(_SHOPS, claim["what"]):
        return True
    return _RATE.match(claim["what"]) is not None


def _judge(wanted: int, what: str, body: str, lists: Lists) -> tuple[State, str, str]:
    sizes = {*lists.hard, lists.works}
    if wanted in sizes or lists.most >= wanted:
        return "kept", "found", str(wanted if wanted in sizes else lists.most)
    if lists.works >= 2 and lists.works < wanted and re.search("书|剧|电影|片|歌|部|本|首", what):
        return "broken", "fewer", str(lists.works)
    if lists.most >= 2:
        return "broken", "fewer", str(lists.most)
    if _DEFERRED.search(body):
        return "broken", "deferred", ""
    if wanted in lists.soft or max(lists.soft, default=0) >= wanted or lists.paragraphs >= wanted:
        return "kept", "likely", ""
    if lists.sentences < wanted <= MOST_LIKELY:
        return "broken", "too_short", str(lists.sentences)
    return "unsure", "no_list", ""
