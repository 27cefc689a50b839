"""Whether a question of the title is answered, and whether what is said to be attached is there."""

import re
from collections.abc import Iterator

from copyassist.desk.promises.lists import Lists
from copyassist.desk.promises.numerals import NUMBER
from copyassist.desk.promises.result import Promise
from copyassist.desk.promises.verdicts import is_compared, is_decided
from copyassist.once import Once

_MONEY = rf"{NUMBER}\s?(?:元|块|万|%|折|美元|千)|免费|不要钱|\d{{3,}}"
_TIME = (
    rf"{NUMBER}\s?(?:秒|分钟|个?小时|天|周|个?星期|个?月|年|岁|点|次)|半[天年个]|马上|立刻|每天|随时|当天|次日|早上|晚上|周末|上午|下午|"
    r"\d{1,2}[:月]\d|以前|之前|以后|之后|的时候|时就"
)
_CAUSE = (
    "因为|由于|原因|所以|导致|之所以|在于|缘于|源于|是为了|说白了|其实是|归根|关键是|说到底|怪|造成|引起|影响|使得|"
    "让人|怕|没有.{0,8}就|如果.{0,20}就|一旦|只要|意味着|背后|不是.{1,20}(?:而)?是|越.{1,10}越|才会|主要是|多半|关键|让你|靠的是|来自|秘诀|加上|出于|为了|难怪|说起|本来就|这就是|还有一层|原来是|多亏|才"
)
_ADVICE = "先|再|然后|可以|建议|记得|不要|别|试试|方法|步骤|需要|最好|尽量|选|用|把|首先|第一|就行|就好|就能|注意|推荐|应该|看(?![到着了见])|检查|确认|避开|要(?!是)"
_VERDICT = (
    "结论|答案|值得|不值|建议|推荐|不推荐|可以|不可以|能|不能|不会|会|应该|不应该|没必要|有必要|必要|适合|不适合|划算|"
    "是真的|是假的|谣言|属实|不属实|靠谱|不靠谱|并非|并不|其实|最好|不用|需要|够用|后悔|是的|没有|当然|千万别|别买|我选|总之"
)
_STRONG = (
    "结论|答案|值得买|不值|建议|推荐|不可以|不能|没必要|有必要|适合|划算|谣言|属实|靠谱|并非|并不|其实|不用|够用|后悔|"
    "我选|总之|可以|值得|需要|应该|如果|能|会"
)
_ASKED: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (name, re.compile(asked), re.compile(answer))
    for name, asked, answer in (
        (
            "how_much",
            r"多少钱|要多少|多贵|花多少|取多少|赚多少|交多少|贵不贵|能拿多少|多少(?:元|块|万|工资|薪)",
            _MONEY,
        ),
        ("when", r"什么时候|何时|几点|多久|几天|多长时间|哪天|几月|几号", _TIME),
        (
            "why",
            r"为什么|为何|为啥|怎么会|何以|凭什么|咋回事|怎么回事|什么原因|原因(?:竟|是什么|何在)",
            _CAUSE,
        ),
        (
            "whether",
            r"(?:值不值|能不能|要不要|好不好|该不该|会不会|是不是|可不可|有没有|行不行|靠不靠谱|需不需|管不管用|真的?假的?)|吗(?=[?!\s]|$)",
            _VERDICT,
        ),
        ("how", r"怎么(?!会|回事|看|样了|了)|如何(?!看待|评价)|怎样|咋(?!回事)", _ADVICE),
        (
            "which",
            r"哪(?:里|家|个|款|种|些|儿|本|部|一)|该放哪|谁(?=.{0,10}[?])",
            r"是|选|推荐|首选|建议|适合|去|放|买|《|在",
        ),
    )
)
_TALKED = re.compile("(?:聊聊|谈谈|说说|教你|学学|看看|揭秘|讲讲|想知道|不知道|忘了|研究).{0,6}$")
_EVADED = re.compile(
    r"下(?:期|篇|集|回)(?:再|揭晓|见|聊|讲|说|接着)|(?:你们?|大家)(?:怎么看|觉得呢|家呢|呢)|评论区(?:聊聊|见|告诉|说说|讨论)|"
    r"(?:我也?|谁也?|目前|暂时)(?:也)?(?:不知道|不清楚|说不准|说不好|没有答案|不好说)|众说纷纭|见仁见智|不得而知|没有定论|"
    r"答案(?:留给|交给)|敬请期待|拭目以待|未完待续|关注我"
)
_ATTACHED = re.compile(
    r"(?:内)?附(?:上|送|赠|带|有|完整|详细|全套|最新|具体)?(?P<what>清单|表格?|模板|链接|地址|价格|价目|菜谱|食谱|教程|路线|攻略|书单|代码|"
    r"名单|答案|时间表|方法|流程|材料|电话|配方|歌单|片单|图纸|对照表|温度表|步骤|公式|资料|案例)"
)
_SHOWN = re.compile(r"如下|见下|文末|下面是|下表|清单:|链接:|https?://|地址:|\|.+\|")


def find_questions(title: str, body: str, lists: Once[Lists]) -> Iterator[Promise]:
    """The question that a normalised title asks, and what it says is attached."""
    for name, asked, answer in _ASKED:
        found = asked.search(title)
        if found is None or _TALKED.search(title[: found.start()]):
            continue
        yield _judge(name, found, answer, body, lists.get())
        break
    if attached := _ATTACHED.search(title):
        what = attached["what"]
        kept = what in body or lists.get().most >= 2 or _SHOWN.search(body) is not None
        state, reason = ("kept", "found") if kept else ("broken", "absent")
        yield Promise("attachment", state, *attached.span(), attached[0], reason, what)  # type: ignore[arg-type]


def _judge(
    name: str, found: re.Match[str], answer: re.Pattern[str], body: str, lists: Lists
) -> Promise:
    where, text, title = found.span(), found[0], found.string
    evaded = _EVADED.search(body)
    answered = answer.search(body) is not None
    if name == "how":  # one 先 or 用 stands in any story
        answered = len(set(answer.findall(body))) >= 2
    if name in ("how", "which", "whether") and lists.most >= 2:
        answered = True
    if name == "whether" and answered and not is_decided(title, body):
        answered = False
    if name == "which" and not is_compared(title, body):
        answered = False
    if evaded and not (
        answered and re.search(_CAUSE + "|" + _STRONG, body[: evaded.start()]) and name != "which"
    ):
        return Promise("question", "broken", *where, text, "evaded", text, evaded[0])
    if not answered:
        return Promise("question", "broken", *where, text, name, text)
    return Promise("question", "kept", *where, text, "answered", text)
