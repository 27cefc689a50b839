"""Names of a title that the body never mentions: works, models, people, places."""

import re
from collections.abc import Iterator

from copyassist.desk.promises.result import Promise
from copyassist.text import find_names

_WORK = re.compile(r"《([^》]{1,40})》")
_LATIN = re.compile(
    r"(?<![a-z0-9])[a-z][a-z+#]*(?:[\s\-]?\d+[a-z]*|[a-z0-9+#\-]*)(?:\s(?:pro|max|plus|ultra|mini|air|se))*"
)
# Latin words that are no names.
_PLAIN = re.compile(
    "vlog|plog|diy|app|ok|top|get|up|tips|tip|vs|ootd|citywalk|pk|no|day|step|part|how|"
    "to|the|a|an|of|in|on|my|and|or|for|with|it|is|are|you|me|ai|ip|ppt|cp|hr|ceo|kol|"
    "kpi|offer|pdf|excel|word|tv|dj|vip|wifi|it|ins|live|hot|new|best|diss|emo|cool|look|"
    "man|boss|gap|year|bgm|bug|down|party|brunch|dna|mbti|nb|yyds"
)
_CITY = re.compile(
    "北京|上海|广州|深圳|天津|重庆|成都|杭州|南京|武汉|西安|苏州|长沙|郑州|青岛|大连|厦门|宁波|无锡|合肥|福州|济南|昆明|"
    "沈阳|长春|哈尔滨|石家庄|太原|南昌|南宁|海口|三亚|贵阳|兰州|西宁|银川|乌鲁木齐|拉萨|呼和浩特|佛山|东莞|珠海|惠州|"
    "汕头|潮州|泉州|漳州|温州|绍兴|嘉兴|台州|金华|扬州|常州|徐州|南通|洛阳|开封|大理|丽江|桂林|北海|威海|烟台|淄博|"
    "香港|澳门|台北|东京|大阪|京都|首尔|曼谷|新加坡|巴黎|伦敦|纽约|景德镇|黄山|秦皇岛|阿那亚|乐山|延吉|柳州|顺德"
)
_ACTS = re.compile(
    r"\s?(?:首次|再次|再|正式|终于|本人|发声|深夜|独家|今日)?的?(?:回应|称|说|聊|演唱会|专访|采访|新书|新专辑|婚礼|离婚|结婚|恋情|发声|获奖|"
    r"辞职|卸任|被|参加|退役|复出|演讲|直播|发文|道歉|宣布|官宣|现身|去世|否认|承认|谈|晒|开撕|起诉|夺冠|退赛|出席|离职|加盟|新歌|新剧|新片|新戏|账号|带货)"
)
_MODEL = re.compile(r"\d")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛狄"
    "米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支"
    "柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段焦巴牧车侯全班仰秋仲伊宫宁仇栾"
    "甘厉祖武符刘景詹束龙叶司黎薄印白怀蒲从鄂索赖卓屠蒙池乔阴胥苍双闻党翟谭贡姬申冉桑牛边温庄晏柴瞿阎充慕连习艾"
    "鱼容向古易慎戈廖终居衡步耿满弘匡国文寇广欧沃利越巩聂敖冷辛阚简饶曾沙鞠关查游权岳马"
)


def find_named(title: str, body: str) -> Iterator[Promise]:
    """The names of a normalised title, each looked for in the normalised body."""
    yield from _find_works(title, body)
    yield from _find_latin(title, body)
    yield from _find_known(title, body)


def _find_works(title: str, body: str) -> Iterator[Promise]:
    given = _WORK.findall(body)
    for found in _WORK.finditer(title):
        core = re.split(r"[·:\s]", found[1])[0]
        kept = core in body
        reason = "found" if kept else "other" if given else "absent"
        other = "" if kept or not given else f"《{given[0]}》"
        yield Promise(
            "name", "kept" if kept else "broken", *found.span(), found[0], reason, found[0], other
        )


def _find_latin(title: str, body: str) -> Iterator[Promise]:
    squeezed = re.sub(r"[\s\-]", "", body)
    wanted = [
        found
        for found in _LATIN.finditer(title)
        if len(found[0].strip()) >= 2 and not _PLAIN.fullmatch(found[0].strip())
    ]
    kept = [re.sub(r"[\s\-]", "", found[0]) in squeezed for found in wanted]
    for found, here in zip(wanted, kept, strict=True):
        name = found[0].strip()
        told = _MODEL.search(name) is not None or any(kept)
        state = "kept" if here else "broken" if told and len(name) >= 3 else "unsure"
        yield Promise("name", state, *found.span(), name, "found" if here else "absent", name)  # type: ignore[arg-type]


def _find_known(title: str, body: str) -> Iterator[Promise]:
    for name, kind in find_names(title) if _ACTS.search(title) else ():
        start = title.find(name)
        where = (start, start + len(name))
        # The dictionary takes 关东煮 and 安静 for people; what people do tells them apart.
        if kind != "person" or name[0] not in _SURNAMES or not _ACTS.match(title, where[1]):
            continue
        kept = name in body or _is_hinted(name, body)
        state, reason = ("kept", "found") if kept else ("broken", "absent")
        yield Promise("name", state, *where, name, reason, name)  # type: ignore[arg-type]
    yield from _find_places(title, body)


def _find_places(title: str, body: str) -> Iterator[Promise]:
    """A city of the title of which the body says nothing while it speaks of another one."""
    named = list(_CITY.finditer(title))
    others = [found[0] for found in _CITY.finditer(body) if found[0] not in title]
    if any(found[0] in body for found in named):
        return
    for found in named:
        if others:
            yield Promise("name", "broken", *found.span(), found[0], "other", found[0], others[0])


def _is_hinted(name: str, body: str) -> bool:
    """Whether the body means the person by a part of the name: 小刘, 刘某, 德华."""
    surname, given = name[0], name[1:]
    near = rf"[小老阿]{surname}|{surname}(?:某|先生|女士|老师|哥|姐|导|总|教授|医生|氏|同学)"
    return (len(given) >= 2 and given in body) or re.search(near, body) is not None
