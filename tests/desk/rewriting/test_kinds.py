"""Types of titles: each is recognised by what it says, and not by what only looks like it."""

import pytest

from copyassist.desk.rewriting.kinds import UNSORTED, label_title, load_kinds, name_kind
from copyassist.i18n import LANGUAGES, find_sentence

KINDS = load_kinds()


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.id)
def test_types_are_recognised(row):
    assert [text for text in row.hit if row.id not in label_title(text)] == []


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.id)
def test_traps_are_avoided(row):
    assert [text for text in row.miss if row.id in label_title(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_has_a_name(language):
    for name in [*(row.id for row in KINDS), UNSORTED]:
        assert find_sentence(language, f"title_types.{name}")


def test_a_title_may_have_no_type():
    assert label_title("周末的阳台") == ()
    assert name_kind("周末的阳台") == UNSORTED
    assert label_title("") == ()
