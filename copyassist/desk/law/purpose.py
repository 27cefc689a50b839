"""What a draft is in the eyes of advertising law, where the writer did not say, and what tells so.

Signs add up: an own product, goods, an offer, an invitation to the reader, a benefit, a claim that
would break a rule in an advert. Reports, questions and tales of one's own take away. Nothing is
decided by one word but by words of a sale that nobody writes without selling. Without signs the
answer is "unknown", not "news". Looked at: the title and the first 2,000 characters of the body.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from copyassist.desk.law.compose import Composer
from copyassist.desk.law.manner import measure_manner
from copyassist.desk.law.match import find_breaches, find_hidden
from copyassist.desk.law.reading import measure_reading
from copyassist.desk.law.unmask import unmask
from copyassist.resources import find_asset
from copyassist.types import ParsedDraft, ParsedText, Purpose, PurposeSign

_LOOKED_AT = 2_000
_CLAIM_POINTS = 0.5
_SURE_POINTS = 0.4  # what a promise of health, money or results adds: nobody makes it idly
_MANNER_FROM, _MANNER_MOST = -1.5, 0.6
_QUALITY = frozenset({"absolute_term", "disparaging", "price"})


class Decision(NamedTuple):
    """A purpose and what speaks for it; no signs where the writer said it, or nothing speaks."""

    purpose: Purpose
    signs: tuple[PurposeSign, ...] = ()


class _Sign(NamedTuple):
    """A sign before it is told; a title has several, and most are never told."""

    kind: str
    text: str
    points: float


_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class _Group:
    """A kind of sign: points of its first word, and the most that the kind may give."""

    kind: str
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class _Signs:
    """The groups with the composer that finds their words; ids are of the composer's elements."""

    composer: Composer
    groups: dict[int, _Group]
    advert: float


def detect_purpose(parsed: ParsedDraft) -> Purpose:
    """What "auto" resolves to, whatever the draft says of itself."""
    return guess_purpose(parsed).purpose


def guess_purpose(parsed: ParsedDraft) -> Decision:
    """What the draft is taken for by its words alone."""
    text = parsed.title.norm[:_LOOKED_AT]
    if parsed.body is not None:
        text = f"{text}\n{parsed.body.norm[:_LOOKED_AT]}"
    signs = _find_signs(text)
    sold = _load_sales().search(text)
    if sold is not None:
        return Decision(Purpose.AD, _tell([_Sign("sale", sold[0], 1.0), *signs]))
    if len(text) > _LONG:
        signs = _weigh_long(signs)
    total = sum(sign.points for sign in signs)
    needed = _load_signs().advert
    for_it = [sign for sign in signs if sign.points > 0]
    if total < needed and (claim := _find_claim(text, parsed.draft.platform)) is not None:
        manner = _weigh_manner(parsed.title if parsed.body is None else parsed.body)
        # 国务院特供: what the claim itself says is no report.
        total -= sum(s.points for s in signs if s.points < 0 and s.text in claim.text)
        total += claim.points + sum(sign.points for sign in manner)
        if len(text) <= _LONG and measure_reading(text) < _READS_PLAIN and not unmask(text):
            total = 0.0
        for_it = [claim, *manner, *for_it]
    if total >= needed:
        return Decision(Purpose.AD, _tell(for_it))
    return _guess_other(text)


# A claim makes no advert of a title that reads like a report all through.
_READS_PLAIN = -2.2
# In a long text goods, benefits and friendly words come by themselves: they count for no more than
# one sign, and only beside an own product or an offer.
_LONG, _BY_THEMSELVES, _LONG_MOST = 100, frozenset({"goods", "benefit", "invites", "trade"}), 0.4


def _weigh_long(signs: list[_Sign]) -> list[_Sign]:
    if not any(sign.kind in ("own", "offer") for sign in signs):
        return [sign for sign in signs if sign.kind not in _BY_THEMSELVES]
    kept, left = [], _LONG_MOST
    for sign in signs:
        if sign.kind not in _BY_THEMSELVES:
            kept.append(sign)
        elif left > 0:
            kept.append(sign._replace(points=min(left, sign.points)))
            left -= sign.points
    return kept


def _guess_other(text: str) -> Decision:
    """News, own experience, recommendation, or unknown."""
    kinds = {found.lastgroup for found in _load_others().finditer(text)}
    purpose = next((one for one in _ORDER if one.value in kinds), Purpose.UNKNOWN)
    if purpose is Purpose.UNKNOWN:
        return Decision(purpose)
    named = [one[0] for one in _load_others().finditer(text) if one.lastgroup == purpose.value]
    told = (PurposeSign(purpose=purpose, text=word, kind=purpose.value) for word in named[:5])
    return Decision(purpose, tuple(told))


def _find_signs(text: str) -> list[_Sign]:
    """The signs in the text, the weightiest first; each kind gives no more than its most."""
    table = _load_signs()
    words: dict[int, list[str]] = {}
    for word, ids in table.composer.find_words(text):
        for number in ids:
            words.setdefault(number, []).append(word)
    signs: list[_Sign] = []
    for number, found in words.items():
        group = table.groups[number]
        signs += _weigh(group, sorted(_drop_parts(found), key=lambda word: (-len(word), word)))
    if (product := _PRODUCT.search(text)) is not None and "goods" not in {s.kind for s in signs}:
        signs.append(_Sign("goods", product[0], _PRODUCT_POINTS))
    if (told := _TELLING.search(text)) is not None:
        signs.append(_Sign("report", told[0], _TELLING_POINTS))
    return sorted(signs, key=lambda sign: -abs(sign.points))


def _drop_parts(words: list[str]) -> list[str]:
    """The words that are no part of another found one: 品牌 beside 我们品牌."""
    return [one for one in words if not any(one != other and one in other for other in words)]


def _tell(signs: Sequence[_Sign]) -> tuple[PurposeSign, ...]:
    return tuple(
        PurposeSign(
            purpose=Purpose.AD if one.points > 0 else Purpose.UNKNOWN,
            text=one.text,
            kind=one.kind,
            points=round(one.points, 2),
        )
        for one in signs[:_MOST_TOLD]
    )


def _weigh(group: _Group, words: list[str]) -> list[_Sign]:
    signs, left, points = [], group.most, group.points
    for word in words:
        given = min(left, abs(points))
        if given <= 0:
            break
        signs.append(_Sign(group.kind, word, given if points > 0 else -given))
        left, points = left - given, group.points / 2
    return signs


def _find_claim(text: str, platform: str) -> _Sign | None:
    """A claim about goods that would break a rule in an advert."""
    for breach in [*find_breaches(text, platform), *find_hidden(text, platform)]:
        sells = breach.rule.context == "ad" or breach.rule.category not in _NO_CLAIMS
        if sells and not breach.asked:
            plain = breach.rule.category in _QUALITY or breach.rule.context == "ad"
            sure = 0.0 if plain else _SURE_POINTS if breach.rule.gravity > 3 else _SURE_POINTS / 2
            points = _CLAIM_POINTS + sure
            return _Sign("claim", text[breach.start : breach.end], points)
    return None


def _weigh_manner(text: ParsedText) -> list[_Sign]:
    """Talking like an advert, asked only of what makes a claim: it decides nothing by itself."""
    manner = measure_manner(text)
    points = max(-_MANNER_MOST, min(_MANNER_MOST, (manner.value - _MANNER_FROM) / 4))
    return [_Sign("manner", manner.word, points)]


# Rules of conduct and of decency are broken by posts that sell nothing, too.
_NO_CLAIMS = frozenset({"diversion", "inducement", "discrimination", "marks_missing"})
# What may be sold, by its last character, at the end of a clause: 手工牛肉酱, 除甲醛喷雾.
_PRODUCT = re.compile(
    r"[\u4e00-\u9fff]{1,5}(?:机|霜|膏|膜|茶|酒|奶|粥|饼|糕|糖|油|米|粉|酱|鞋|裤|裙|帽|椅|床垫|枕|灯|锅|杯|壶|锁|仪|器|液|剂|露|袜|手镯|毯|帘|柜|架|箱|雾|贴|丸|珠|袋|巾|刷|笔|香|珠宝|面料)"
    r"(?=$|[,。!?;:、\s]|的$)"
)
_PRODUCT_POINTS = 0.3
# Verbs of a report: something was done to somebody, somebody said.
_TELLING = re.compile(
    r"(?<![丝绒棉暖冬夏空毛双凉芯床件])被(?![子套芯单罩褥])|遭|(?<![名昵职号简人])称(?![心霸王重为号])"
)
_TELLING_POINTS = -0.4


@cache
def _load_signs() -> _Signs:
    table = tomllib.loads(find_asset("lexicons", "purpose.toml").read_text("utf-8"))
    composer, groups = Composer({}, {}), {}
    for kind, group in table.items():
        if kind != "advert":
            words = tuple(group["words"].split())
            number = composer.add_element(words)
            groups[number] = _Group(kind, group["points"], group["most"])
    return _Signs(composer, groups, table["advert"])


# One of these is enough: nobody writes them without selling something.
_SELLS = (
    r"点击链接|戳链接|链接(?:自取|在|见|放)(?:评论|主页|下面|下方|这|简介|橱窗)?|点链接|购买链接|下单(?:立减|送|即|领|链接)"
    r"|现在下单|快下单|立即下单|立即购买|拼手速|点击(?:购买|抢|下单)|立减\d*|券后|到手价|领券|优惠券|优惠码|折扣码|口令红包"
    r"|买[一二三两1-9]送[一二三两1-9]|买[一二三1-9]免一|第二[杯件]半价|满(?:减|赠|千减百)|每?满\d+(?:元)?(?:减|送|包邮|打)|跨店满减"
    r"|包邮|现货速发|拍下(?:即|立)|先到先得|手慢无|囤货价|官方旗舰店|旗舰店(?:有售|直降|下单)|专卖店|假一赔|买贵退差"
    r"|加盟(?:热线|电话|费|有补贴)|招商加盟|诚?招代理|厂家(?:直销|直供|特价)|工厂(?:直销|特价|团购)|产地直(?:发|供)"
    r"|限时(?:特价|优惠|折扣|领|五折|直降|\d折)|(?:早鸟|预售|众筹|新客|学生|专享|团购|大促)价|(?:特价|清仓)(?:处理|甩卖)?[，,！!]"
    r"|扫码(?:购|下单)|免费量尺|预约(?:到店|面诊|试驾|参观|立减)|到店试驾|办卡(?:送|立)|以旧换新补贴"
    r"|(?:今晚|限时|券后|旗舰店|预售|整箱)直降|双十?[一二]一?返场|返场价|限量补货|换季清仓|清仓(?:价|特惠)|整箱(?:价|特惠|批发|包邮)|限时拼单|拼单价"
    r"|[一二两三四五六\d]人团购|团购(?:更便宜|立减|\d+)|试用装|新客(?:立减|试用|体验)|可?抵现|办(?:年|月)卡|海外直邮|欢迎(?:参观|选购|订购)"
    r"|(?:尝鲜|体验|早鸟|整箱|拼团|到店|会员|活动|返场)价|首次体验\d+|匿名发货|置换补贴|以旧换新(?:价|立减|再减)|整箱发|免费(?:试听|试用)(?:装|课|名额)"
    r"|仅需\d+元|只要\d+元|只需\d+元|\d+元(?:包邮|秒杀|到手)|\d块9|[¥￥]\s?\d|原价\d+|现价\d+|秒杀价|直播间(?:专享|下单|抢|捡漏)"
)
_REPORTS = (
    r"记者|通报|警方|法院|检察院|国务院|外交部|商务部|教育部|卫健委|新华社|央视新闻|据.{0,8}报道|发布会|公告称|回应称|官方回应"
    r"|最高(?:法|检)|判决|被判|逮捕|落马|遇难|地震|台风|总统|总理|议会|财报|营收|涨停|跌停|股价|上市公司|官宣|夺冠|决赛"
)
_EXPERIENCES = (
    r"亲测|自用|我(?:用|吃|买|去|试|戴|穿|喝|住)(?:了|过|的)|用了(?:半|一|两|三|\d)|回购|踩雷|踩坑|空瓶记|开箱|实测|试吃|探店|打卡"
    r"|我的(?:第一|减肥|护肤|备考|装修|旅行)|本人|记录一下|复盘|真实感受|使用感受|体验"
)
_RECOMMENDS = r"推荐|种草|安利|必买|必入|好物|清单|平价|平替|值得买|值得入|闭眼入|红黑榜|怎么选|选购|攻略|合集|盘点|测评"
_ORDER = (Purpose.NEWS, Purpose.EXPERIENCE, Purpose.RECOMMENDATION)


@cache
def _load_sales() -> re.Pattern[str]:
    return re.compile(_SELLS)


@cache
def _load_others() -> re.Pattern[str]:
    return re.compile(
        f"(?P<news>{_REPORTS})|(?P<experience>{_EXPERIENCES})|(?P<recommendation>{_RECOMMENDS})"
    )
