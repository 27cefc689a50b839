"""The rules of law and conduct: each hits and misses what it says, and all of them our sentences."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from copyassist.desk.checks import CATEGORIES, find_findings
from copyassist.desk.law.excuses import split_sentences
from copyassist.desk.law.match import _match, find_breaches, find_categories
from copyassist.desk.law.rules import LawRule, load_classes, load_rule_book, load_rules
from copyassist.errors import SettingsError
from copyassist.i18n import LANGUAGES, find_sentence
from copyassist.platforms import load_platforms
from copyassist.text import normalize, parse
from copyassist.types import Draft, Finding, Purpose, Severity

SENTENCES = Path(__file__).parents[3] / "corpora" / "law"
PLATFORMS = load_platforms()
BOOK = load_rule_book()


def read_sentences(name: str) -> Iterator[tuple[str, str, str]]:
    """Category, platform, sentence with its marks."""
    category = ""
    for line in (SENTENCES / name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            category = line[3:]
        elif line and not line.startswith("#"):
            platform, text = line[1:].split(" ", 1) if line.startswith("@") else ("", line)
            yield category, {"weixin": "wechat", "": "wechat"}.get(platform, platform), text


def find_grave(text: str, purpose: Purpose, platform: str = "wechat") -> list[Finding]:
    parsed = parse(Draft(title=text, platform=platform))
    found = find_findings(parsed, PLATFORMS[platform], purpose)
    return [f for f in found if f.code in CATEGORIES and f.severity is not Severity.INFO]


def hits(rule: LawRule, text: str) -> bool:
    norm = normalize(text)[0]
    return any(
        list(_match(sentence, construction, rule))
        for construction, owner in BOOK.constructions
        if owner is rule
        for sentence in split_sentences(norm)
    )


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_rules_hit_and_miss_what_they_say(rule: LawRule) -> None:
    assert rule.hit
    assert rule.miss
    assert [text for text in rule.hit if not hits(rule, text)] == []
    assert [text for text in rule.miss if hits(rule, text)] == []


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_rules_are_whole(rule: LawRule) -> None:
    assert rule.category in CATEGORIES
    assert 1 <= rule.gravity <= 4
    assert set(rule.platforms) <= {*PLATFORMS, ""}
    for language in LANGUAGES:
        for basis in rule.basis:
            assert find_sentence(language, f"law.{basis}")


def test_rules_have_their_own_ids() -> None:
    assert max(Counter(rule.id for rule in BOOK.rules).values()) == 1
    assert set(find_categories()) <= set(CATEGORIES)


def test_no_class_of_words_is_idle() -> None:
    patterns = " ".join(pattern for rule in BOOK.rules for pattern in rule.patterns)
    idle = {n for n in load_classes()["classes"] if f"{{{n}}}" not in patterns}
    assert idle == set()


@pytest.mark.parametrize(
    ("name", "purpose", "least"),
    [
        ("violations.txt", Purpose.AUTO, 0.94),
        ("violations.txt", Purpose.AD, 0.95),
        ("violations_2.txt", Purpose.AUTO, 0.88),
        ("violations_2.txt", Purpose.AD, 0.94),
        ("violations_3.txt", Purpose.AUTO, 0.92),
    ],
)
def test_what_breaks_a_rule_is_found(name: str, purpose: Purpose, least: float) -> None:
    found: dict[str, list[bool]] = defaultdict(list)
    for category, platform, marked in read_sentences(name):
        places, text = [], ""
        for piece in marked.replace("】", "【").split("【"):
            places.append((len(text), len(text) + len(piece)))
            text += piece
        spans = [f.span for f in find_grave(text, purpose, platform) if f.span]
        marks = places[1::2] or places
        found[category].append(any(s.start < e and b < s.end for s in spans for b, e in marks))
    everything = [one for ones in found.values() for one in ones]
    assert sum(everything) / len(everything) >= least
    assert {c: ones for c, ones in found.items() if sum(ones) / len(ones) < 0.6} == {}


@pytest.mark.parametrize("name", ["lookalikes.txt", "lookalikes_2.txt"])
def test_what_is_lawful_is_spared(name: str) -> None:
    rows = list(read_sentences(name))
    false = [text for _, platform, text in rows if find_grave(text, Purpose.AUTO, platform)]
    assert len(false) / len(rows) <= 0.03, false


def test_severity_is_category_times_purpose() -> None:
    (cure,) = find_grave("治愈鼻炎的茶", Purpose.AD)
    assert cure.severity is Severity.ERROR
    (cure,) = find_grave("治愈鼻炎的茶", Purpose.UNKNOWN)
    assert cure.severity is Severity.WARNING
    assert find_grave("冰爽薄荷烟，现货", Purpose.AD)
    assert find_grave("冰爽薄荷烟的历史", Purpose.NEWS) == []


def test_what_no_rule_confirms_is_a_hint_and_says_so() -> None:
    found = find_findings(
        parse(Draft(title="网盘提取码：x8k2，需要的自取", platform="zhihu")),
        PLATFORMS["zhihu"],
        Purpose.UNKNOWN,
    )
    (one,) = (f for f in found if f.code == "diversion")
    assert one.severity is Severity.INFO
    assert one.basis == ("conduct_unconfirmed",)
    assert find_grave("网盘提取码：x8k2，需要的自取", Purpose.UNKNOWN, "xiaohongshu")


def test_each_place_is_told_once() -> None:
    text = "国家级配方根治糖尿病，稳赚不赔，加V：abc12345"
    spans = sorted((f.span.start, f.span.end) for f in find_grave(text, Purpose.AD) if f.span)
    assert len(spans) >= 2
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_long_texts_are_looked_at_so_far_and_no_flood_comes() -> None:
    assert 1 <= len(find_breaches("根治糖尿病," * 30_000, "wechat")) <= 200


def test_a_bad_rule_names_file_row_and_field(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    text = (
        "[[rules]]\nid = 'one'\ncategory = 'medical'\ngravity = 3\npatterns = ['<包治>']\n"
        "basis = ['ad_law_17']\nhit = ['包治']\n"
    )
    path.write_text(text, "utf-8")
    assert load_rules(path)[0].patterns == ("<包治>",)
    path.write_text(text.replace("gravity", "gravty"), "utf-8")
    with pytest.raises(SettingsError):
        load_rules(path)
