"""Language, n-grams, drafts."""

import pytest

from copyassist.text import char_ngrams, detect_language, normalize, parse
from copyassist.types import Draft


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("今天吃什么", "zh"),
        ("iPhone 17 Pro Max 开箱", "zh"),
        ("She Tried 关系 At Work And It Changed Everything", "en"),
        ("What Nobody Tells You", "en"),
        ("2026", "zh"),
        ("🔥🔥", "zh"),
        ("", "zh"),
        ("臺灣", "zh"),
    ],
)
def test_languages(raw, language):
    assert detect_language(normalize(raw)[0]) == language


def test_ngrams():
    assert char_ngrams("标题党", 1, 2) == ["标", "题", "党", "标题", "题党"]
    assert char_ngrams("a", 2, 3) == []
    with pytest.raises(ValueError, match=r"0\.\.2"):
        char_ngrams("abc", 0, 2)


def test_a_draft_without_a_body_has_none():
    assert parse(Draft(title="标题")).body is None
    parsed = parse(Draft(title="标题", body="正文ＡＢ"))
    assert parsed.body is not None
    assert parsed.body.norm == "正文ab"
