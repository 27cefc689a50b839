"""What a draft is in the eyes of advertising law, where the writer did not say.

Conservative on purpose: "advert" takes a sign of a sale (a price to pay, an order, a coupon, a
shop) or two weak ones together, because in an advert a word can be a violation that is harmless everywhere else. Without
signs the answer is "unknown", not "news". Looked at: the title and the first 2,000 characters of
the body.
"""

import re
from functools import cache

from copyassist.desk.checks.lexicon_rows import load_goods, load_sale_words
from copyassist.types import ParsedDraft, Purpose

_LOOKED_AT = 2_000

# One of these is enough: nobody writes them without selling something.
_SELLS = (
    r"点击链接|戳链接|链接(?:自取|在|见|放)(?:评论|主页|下面|下方|这|简介|橱窗)?|点链接|购买链接|下单(?:立减|送|即|领|链接)"
    r"|现在下单|快下单|立即下单|立即购买|拼手速|点击(?:购买|抢|下单)|立减\d*|券后|到手价|领券|优惠券|优惠码|折扣码|口令红包"
    r"|买[一二三两1-9]送[一二三两1-9]|买[一二三1-9]免一|第二[杯件]半价|满(?:减|赠|千减百)|每?满\d+(?:元)?(?:减|送|包邮|打)|跨店满减"
    r"|包邮|现货速发|拍下(?:即|立)|先到先得|手慢无|囤货价|官方旗舰店|旗舰店(?:有售|直降|下单)|专卖店|假一赔|买贵退差"
    r"|加盟(?:热线|电话|费|有补贴)|招商加盟|诚?招代理|厂家(?:直销|直供|特价)|工厂(?:直销|特价|团购)|产地直(?:发|供)"
    r"|限时(?:特价|优惠|折扣|领|五折|直降|\d折)|(?:早鸟|预售|众筹|新客|学生|专享|套餐|团购|大促)价|(?:特价|清仓)(?:处理|甩卖)?[，,！!]"
    r"|扫码(?:领|进|加|购|咨询)|免费量尺|预约(?:到店|面诊|试驾|参观|立减)|到店试驾|办卡(?:送|立)|以旧换新补贴"
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


def detect_purpose(parsed: ParsedDraft) -> Purpose:
    """What "auto" resolves to: advert, news, experience, recommendation, or unknown.

    Signs of a sale win over all others; then news, own experience, recommendation.
    """
    text = parsed.title.norm[:_LOOKED_AT]
    if parsed.body is not None:
        text = f"{text}\n{parsed.body.norm[:_LOOKED_AT]}"
    kinds = {found.lastgroup for found in load_signs().finditer(text)}
    if Purpose.AD not in kinds and Purpose.NEWS not in kinds and _sounds_like_sale(text):
        return Purpose.AD
    return next((purpose for purpose in _ORDER if purpose.value in kinds), Purpose.UNKNOWN)


def _sounds_like_sale(text: str) -> bool:
    """Weak signs together: goods and a word of sale, or two words of sale; and no question."""
    words = set(load_sale_words().findall(text))
    if not words or _QUESTION.search(text):
        return False
    return len(words) > 1 or load_goods().search(text) is not None


_QUESTION = re.compile(r"[?吗呢]|如何|怎么|怎样|为什么|为何|哪[些个款家里]|是否|什么|多少")
_ORDER = (Purpose.AD, Purpose.NEWS, Purpose.EXPERIENCE, Purpose.RECOMMENDATION)


@cache
def load_signs() -> re.Pattern[str]:
    return re.compile(
        f"(?P<ad>{_SELLS})|(?P<news>{_REPORTS})"
        f"|(?P<experience>{_EXPERIENCES})|(?P<recommendation>{_RECOMMENDS})"
    )
