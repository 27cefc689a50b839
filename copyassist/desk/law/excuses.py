"""What excuses a match: its own span, for its own reason, in its own clause.

An excuse is bound. "没有副作用，根治糖尿病" denies side effects, not the cure; "追求" excuses a
superlative, never a cure; "能" and "可以" excuse nothing. What would have to be bought by a word
anywhere in the sentence is not for sale.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Excuse = Literal["negation", "warning", "report", "question", "own", "aim", "usage", "evidence"]

_ENDS = re.compile(r"[。!?;\n]+")
_CLAUSE = re.compile(r"[,。!?;:\s\n|—~～]")
_CLAIMS_OF_RANK = frozenset({"absolute_term"})

_NOT = frozenset("不没未非勿")
_NEVER_PROVEN = frozenset({"medical", "finance", "infant", "education", "property"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """[start, end) of a normalised text, with the mark that ends it."""

    norm: str
    start: int
    end: int


# What has no full stop for so long is cut: a sentence of thousands of characters is none.
_LONGEST = 400


def split_sentences(norm: str) -> list[Sentence]:
    """The sentences of a text; each keeps its closing mark."""
    if len(norm) <= _LONGEST and _ENDS.search(norm) is None:
        return [Sentence(norm, 0, len(norm))]
    ends = [found.end() for found in _ENDS.finditer(norm)]
    if not ends or ends[-1] < len(norm):
        ends.append(len(norm))
    sentences, start = [], 0
    for end in ends:
        while end - start > _LONGEST:
            comma = norm.rfind(",", start + _LONGEST // 2, start + _LONGEST)
            cut = start + _LONGEST if comma < 0 else comma + 1
            sentences.append(Sentence(norm, start, cut))
            start = cut
        sentences.append(Sentence(norm, start, end))
        start = end
    return sentences


def find_excuse(sentence: Sentence, start: int, end: int, category: str) -> Excuse | None:
    """The reason that excuses [start, end) for a rule of that category, None for none."""
    before, after = _cut_clause(sentence, start, end)
    whole = sentence.norm[sentence.start : sentence.end]
    inside = _load("denied_inside").search(sentence.norm, start, end)
    glued = before[-1:] in _NOT and _load("deniable").match(sentence.norm, start, end)
    if inside or glued or _load("denied").search(before) or _load("denied_after").match(after):
        return "negation"
    if _load("warned").search(before) or _load("warned_after").match(after):
        return "warning"
    if _is_reported(sentence, start, end, whole):
        return "report"
    if category in _CLAIMS_OF_RANK and (excuse := _excuse_rank(before, after)):
        return excuse
    if category not in _NEVER_PROVEN and _has_evidence(sentence, start, end):
        return "evidence"
    return "question" if _is_asked(whole, before, sentence.norm[start:end], after) else None


def excuses_rank(norm: str, start: int, end: int) -> bool:
    """Whether a superlative at [start, end) is about oneself, an aim, a way of use, or proven."""
    sentence = next(s for s in split_sentences(norm) if start < s.end)
    return find_excuse(sentence, start, end, "absolute_term") in ("own", "aim", "usage", "evidence")


def _cut_clause(sentence: Sentence, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the span in its own clause, at most 24 characters each."""
    before = sentence.norm[max(sentence.start, start - 24) : start]
    after = sentence.norm[end : min(sentence.end, end + 24)]
    breaks = [found.end() for found in _CLAUSE.finditer(before)]
    return before[breaks[-1] if breaks else 0 :], after


def _is_reported(sentence: Sentence, start: int, end: int, whole: str) -> bool:
    """Another's claim, told with what became of it: 商家宣称…，被罚款."""
    near = sentence.norm[max(sentence.start, start - 24) : start]
    if _load("disbelieved").match(sentence.norm, end, sentence.end):
        return True
    if not _load("penalty").search(whole):
        return False
    return bool(_load("claimed").search(near) or _load("office").search(whole)) or bool(
        _load("penalty_next").match(sentence.norm, end, sentence.end)
    )


def _excuse_rank(before: str, after: str) -> Excuse | None:
    if _load("own").search(before):
        return "own"
    if _load("aim").search(before):
        return "aim"
    if _load("usage").match(after):
        return "usage"
    return None


def _has_evidence(sentence: Sentence, start: int, end: int) -> bool:
    """Source, date and range, all three, within the sentence or the brackets that follow it."""
    low, high = sentence.start, min(len(sentence.norm), sentence.end + 60)
    around = sentence.norm[max(low, start - 60) : min(high, end + 60)]
    return all(_load(name).search(around) for name in ("source", "date", "range"))


def _is_asked(whole: str, before: str, span: str, after: str) -> bool:
    """Whether the truth of the claim is asked, not the reader's wish: 想瘦10斤吗 asks for no truth."""
    if _load("wish").search(whole):
        return False
    if _load("asked_inside").search(span):
        return True
    asks = _load("asked_before").search(before) or _load("asked_after").match(after)
    return bool(asks or _load("asked").search(whole))


_SOURCES = {
    # Right before the span, in its clause. What may stand between is little.
    "denied": r"""(?:不能(?!错过|不|少|没有|缺)|不可能|不会(?!让你失望|再)|不得(?!不)|不应|不要(?!错过|再)|不是(?!一般|普通)|不具有|不具备|不存在|不承诺|不保证|不担保|不宣称|不代表
        |不等于|不构成|不属于|不涉及|不提供|不用于|不做|不搞|不卖|不建议|不鼓励|不接受|不设|不支持|不推荐|不敢说|无法(?!抗拒|拒绝|复制|超越)|难以(?!置信|想象|抗拒|忘)
        |未能|尚未|尚无|没法|并非|并不(?:是|能|会)?|绝非|从不|拒绝|谢绝|禁止|严禁|杜绝|请勿|切勿|勿(?!扰|进)|不求|不追求|谁说|谁敢说|哪有|哪来的|不一定|未必|目前还没有)[^,。!?;:\s]{0,6}$
        |(?:没有|无|不存在|并无|世上没有|从来没有|不靠|没)(?:任何|一[种款个]|哪[种个款家一]|什么|所谓的?|绝对的?|真正的?|人|药物?|产品|食物|食品|理财|投资|办法|方法|能够?|可以|会|敢|是|保证|百分百|的)*$""",
    # A span that begins with a verb which the character before denies: 不|承诺保本.
    "deniable": "承诺|保证|担保|确保|推荐|能|会|可|具有|代表|构成|提供",
    # Within the span, before the verb that makes it: 高血压目前无法根治.
    "denied_inside": r"(?:不能|无法|难以|不可|没法|未能|尚无法|不可能|并不能)(?:被|彻底|完全|真正|根本|立刻)?(?:根治|治愈|治好|治疗|根除|消除|预防|痊愈|断根|缓解|改善|逆转|保证|承诺|保本|通过|替代|代替)|(?:不是|并非|没有|不存在|哪有|不会有)[^,。!?]{0,3}(?:稳赚|保本|零风险|无风险|包赚|必赚|稳赢|保证|灵丹|神药)",
    "denied_after": r"""[”"’』」》）)]?(?:的)?(?:事|东西|药|说法|投资|产品|食物|理财|话|神话|承诺|宣传|广告|这种事|概念)?(?:是|都是|也是|均|这是|根本|其实|并|本身|基本|几乎|从来|真的)?
        (?:不可能|不存在|不现实|不可信|不能信|不靠谱|做不到|没有(?:科学)?依据|无依据|没有这个概念|是没有的|不可取|不成立|不合规|不合法|早已不|不再有|时代(?:已经|已|早已)?(?:结束|过去|落幕|终结|不再)|结束了|退出|消失了|被叫停|叫停|被取消)""",
    "warned": r"""(?:警惕|谨防|当心|小心|提防|防范|别信|别再信|莫信|不信|勿信|轻信|误信|相信了|抵制|反对|识破|识别|拆穿|揭穿|揭秘|揭露|曝光|起底|打击|整治|查处|查获|严查|严打|取缔|投诉|举报|别被|慎防|远离|所谓的?|假冒|冒充)
        [^,。!?;:\s]{0,10}$""",
    "warned_after": r"""[”"’』」》）)]?(?:的|等|这[类种]|之类)?(?<!不是)[^,。!?;:\s]{0,8}?(?<!不是)(?<!绝非)(?<!没有)(?<!不搞)(?<!拒绝)(?<!并非)(?<!告别)(?<!不玩)
        (?:骗局|骗人|陷阱|套路|忽悠|谣言|神话|谎言|误区|伪科学|话术|智商税|虚假宣传|夸大宣传|虚假广告|乱象|违法|违规|被罚|被查|被抓|被通报|被约谈|被下架|被起诉|被骗|辟谣|不实|假的|是假|不可信|用语|字样|一词|这个词|这样的词|说法|典型案例|公益诉讼)""",
    # Another speaks: who, and that he claims.
    "claimed": r"(?:宣称|声称|谎称|自称|号称|吹嘘|鼓吹|标榜|打着|假称|诱骗|轻信|误信|虚构|宣传|承诺|称|写着|标注|标有|使用|以|卖|出售|销售|发布|推销)[^。!?]{0,14}$",
    "penalty": r"罚款|被罚|处罚|罚没|骗走|被骗|骗了|骗局|诈骗|涉嫌|查处|查获|立案|被拘|刑拘|逮捕|获刑|判决|判[处赔]|维权|跑路|起诉|被告|败诉|曝光|通报|投诉|上当|受害|损失|违法|违规|虚假宣传|虚假广告|下架|约谈|整改|处理|辟谣|无门|警示|提醒|处分|被查|被抓|监管",
    "penalty_next": r"[^,。!?]{0,8},[^,。!?]{0,8}(?:被|遭|已被|涉嫌|系|属|实为|结果|法院|警方|市监|监管|官方|专家)[^,。!?]{0,12}(?:罚|查|拘|抓|起诉|下架|约谈|立案|通报|警告|骗|判|辟谣|违|虚假)",
    "disbelieved": r"[^,。!?]{0,8},?[^,。!?]{0,4}(?:请?(?:不要|别|勿|切勿)(?:轻易)?(?:相信|轻信|信|当真|上当)|(?:多半|都|大多)是骗)",
    "office": r"市监局|市场监管|监管部门|警方|民警|公安机关|法院|检察院|药监局|卫健委|教育部门|金融监管|网信办|消协|消费者协会|记者|央视曝光|公益诉讼",
    # For superlatives only.
    "own": r"(?:本店|我店|我们店|我们餐厅|我们这|小店|店里|店内|自家|我们家|我家|咱家|全店|本系列|全系|全系列|本品牌|公司|家里|本人|我|他|她|孩子|个人|自己)(?:今年|本月|目前|里|内|中|卖得|卖的|销得|历来|有史以来|用过|买过|吃过|做过|觉得|认为|心中|的|店里|几款里|产品里|菜单里)*$",
    "aim": r"(?:目标|愿景|希望|力争|追求|争取|努力|立志|梦想|愿望|理想|使命|初心|向着|朝着|成为|打造|冲刺|瞄准|想做|要做)[^,。!?;:\s]{0,10}$",
    "usage": r"(?:的)?(?:食用|饮用|赏味|观景|观赏|使用|保存|保质|拍摄|游览|出行|种植|浇水|冲泡|睡眠|训练|赏花)(?:期|时间|方法|方式|温度|季节|时机|期限)?",
    "source": r"(?:据|来源|数据|统计|报告|调研|检测|检验|认证|证书|编号|公证)(?:来自|自|为|由|:)?|尼尔森|欧睿|沙利文|艾瑞|国家统计局|协会|研究院",
    "date": r"20\d\d\s?年|20\d\d[-./]\d|#?\d+月\d*日?|20\d\d-20\d\d|截至",
    "range": r"全国|中国|全球|省|市|地区|华东|华南|华北|华中|西南|东北|天猫|京东|平台|类目|品类|行业|线上|国内|范围|样本|sgs|cma|gb|批次|送检|受试|实验室|n=",
    # Asking for the truth of a claim.
    "asked_before": r"(?:能不能|可不可以|会不会|是不是|是否|能否|可否|真能|真的能|真的会|真的可以|真的有|真有|到底能|究竟能|有没有|为什么|为何|为啥|凭什么|怎么看|如何看|如何评价|哪些|哪种|什么|谁说|怎样才能|怎么才能|如何才能|怎么|如何|难道)[^,。!?;:\s]{0,8}$",
    "asked_inside": r"(?:吃|喝|用|买|选|做|靠)什么|哪[些种个款]|怎么[^样都]|如何|怎样才|为什么|能不能|是不是|会不会|是否",
    "asked_after": r"""[”"’』」》）)]?[^,。!?;:\s]{0,6}(?:吗|么\?|靠谱吗|可信吗|是真的吗|存在吗|是什么体验|意味着什么|真的假的|为什么|是怎么|怎么选|怎么办|如何|该不该|要不要|值不值|有多|多久|几年|是什么|有哪些|\?)""",
    "asked": r"(?:吗|么|呢)(?:\?|$)|是真的吗|靠谱吗|可信吗|真的假的|是不是真的|\?$",
    "wish": r"(?:还在|想|要不要|愿意|渴望|你敢|是否也|有没有过|苦恼|困扰|担心|受够|羡慕|心动|还等|等什么|何不|为什么不|怎能|你还|错过|好不好|行不行|试试|试一下|了解一下)[^。!]{0,24}\?|(?:还在|想|渴望|苦于|受够)[^。!?]{0,16}(?:吗|么)",
}


@cache
def _load(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name], re.VERBOSE)
