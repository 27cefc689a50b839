"""Hand features by example, and the hashed grams under every view."""

import numpy as np
import pytest

from copyassist.desk.scoring.explain import PIECE, REST, SHOWN_AS, USUAL
from copyassist.desk.scoring.features.facts import FACTS, measure_facts, sum_by_fact
from copyassist.desk.scoring.features.hand import hand_groups, hand_names, measure_hand
from copyassist.desk.scoring.ngrams import EDGE, Vocabulary, char_grams, lay_out, word_grams
from copyassist.i18n import LANGUAGES, find_sentence
from copyassist.text import parse_text
from copyassist.types import Draft, ParsedDraft
from tests.desk.scoring.helpers import scorer

CASES = [
    ("zh", "这5家店，必去！！", "numbers", 1),
    ("zh", "2026年10月3日", "numbers", 3),
    ("zh", "这5家店，必去！！", "exclamations", 1),
    ("zh", "这5家店，必去！", "exclamations", 0),
    ("zh", "去哪儿？", "question_mark", 1),
    ("zh", "后来……", "ellipsis", 1),
    ("zh", "北美租房攻略", "how_to", 1),
    ("zh", "北美租房", "how_to", 0),
    ("zh", "😋好吃", "starts_with_emoji", 1),
    ("zh", "好吃😋", "starts_with_emoji", 0),
    ("zh", "短", "very_short", 1),
    ("zh", "【避雷】这家店", "brackets", 2),
    ("zh", "达拉斯｜咖啡", "column_mark", 1),
    ("zh", "我和你", "first_person", 1),
    ("zh", "我和你", "second_person", 1),
    ("en", "Why YOU should NEVER do this", "capitals", 2),
    ("en", "Why you should never do this", "second_person", 1),
    ("en", "10 reasons we love this", "starts_with_number", 1),
    ("en", "He didn't say it", "negation", 1),
]


@pytest.mark.parametrize(("language", "title", "name", "value"), CASES)
def test_examples(language: str, title: str, name: str, value: float) -> None:
    parsed = [parse_text(title)]
    row = measure_hand(parsed, lay_out(parsed), language)[0]  # type: ignore[arg-type]
    assert row[hand_names(language).index(name)] == value  # type: ignore[arg-type]


def test_every_feature_is_named_in_both_languages() -> None:
    names = {PIECE, REST, USUAL, *(f"fact_{fact}" for fact in FACTS)}
    for language in LANGUAGES:
        assert len(hand_names(language)) == len(hand_groups(language))
        assert len(set(hand_names(language))) == len(hand_names(language))
        names |= set(hand_names(language))
    assert set(SHOWN_AS) | set(SHOWN_AS.values()) <= names
    for name in names:
        for language in LANGUAGES:
            assert find_sentence(language, f"features.{name}"), name


def test_features_are_finite_for_any_title() -> None:
    parsed = [parse_text(t) for t in ("", "😋" * 50, "a", "的" * 9999, "\u202e\u200b", "!?" * 99)]
    for language in LANGUAGES:
        assert np.isfinite(measure_hand(parsed, lay_out(parsed), language)).all()


def test_grams_are_those_of_each_title() -> None:
    laid = lay_out([parse_text("ab"), parse_text(""), parse_text("abc")])
    grams = char_grams(laid, 1, 2)
    assert np.bincount(grams.owner, minlength=3).tolist() == [2 + 3, 1, 3 + 4]
    text = "".join(chr(code) for code in laid.codes.tolist())
    pieces = [text[b:e] for b, e in zip(grams.begin.tolist(), grams.end.tolist(), strict=True)]
    assert pieces.count("ab") == 2
    assert pieces.count("a") == 2
    assert EDGE + EDGE in pieces  # the edges of the empty title
    keys = {piece: key for piece, key in zip(pieces, grams.keys.tolist(), strict=True)}
    assert len(set(keys.values())) == len(keys)


def test_words_hash_alike_wherever_they_stand() -> None:
    laid = lay_out([parse_text("咖啡 好喝"), parse_text("好喝 咖啡")])
    first, second = (
        set(word_grams(laid, 1).keys[word_grams(laid, 1).owner == t].tolist()) for t in (0, 1)
    )
    assert first == second
    pairs = word_grams(laid, 2)
    both = [set(pairs.keys[pairs.owner == t].tolist()) for t in (0, 1)]
    assert both[0] != both[1]


def test_no_titles() -> None:
    laid = lay_out([])
    assert laid.size == 0
    assert len(char_grams(laid, 1, 3).keys) == 0
    assert scorer([]).score_many([]) == []


def test_vocabulary_finds_what_it_has() -> None:
    keys = np.unique(np.random.default_rng(0).integers(0, 2**63, 5000).astype(np.uint64))
    vocabulary = Vocabulary.of(keys)
    assert (vocabulary.find(keys) == np.arange(len(keys))).all()
    assert (vocabulary.find(keys + np.uint64(1))[:100] == -1).all()
    assert Vocabulary.of(keys[:0]).find(keys[:3]).tolist() == [-1, -1, -1]


def test_a_fact_that_is_not_given_adds_nothing() -> None:
    shares = sum_by_fact(measure_facts([{}, {"hour": 12.0}]))
    assert not shares[0].any()
    assert shares[1][FACTS.index("hour")] == 1
    assert shares[1].sum() == 1


def test_facts_are_a_separate_part() -> None:
    title = parse_text("北美租房避雷攻略")
    bare = ParsedDraft(Draft(title=title.raw), title)
    facts = {"video": 0.0, "body_chars": 900.0, "n_tags": 8.0}
    known = ParsedDraft(Draft(title=title.raw, facts=facts), title)
    without, given = scorer([]).score_many([bare, known], shown=40)
    assert not any(c.group == "facts" for c in without.contributions)
    assert {c.feature for c in given.contributions if c.group == "facts"} <= {
        f"fact_{name}" for name in facts
    }
    assert any(c.group == "facts" for c in given.contributions)
    total = sum(c.points for c in given.contributions)
    assert total == pytest.approx((given.value or 0) - 50)
