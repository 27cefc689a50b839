"""Word clouds: every word has a place, none outside, the weightiest in the middle."""

from copyassist.ui.kit.cloud import WIDTH, lay_out


def test_every_word_is_placed_inside() -> None:
    words = [(f"词语{n}", float(40 - n)) for n in range(40)]
    placed = lay_out(words)
    assert {one.text for one in placed} == {text for text, _ in words}
    assert all(0 < one.x < WIDTH for one in placed)
    assert max(placed, key=lambda one: one.size).text == "词语0"


def test_the_first_row_is_in_the_middle() -> None:
    placed = lay_out([(f"很长的一个词语{n}", 10.0) for n in range(12)])
    rows = {one.row for one in placed}
    assert rows == set(range(len(rows)))
    first = next(one for one in placed if one.text == "很长的一个词语0")
    assert abs(first.row - (len(rows) - 1) / 2) <= 1


def test_no_words_make_no_cloud() -> None:
    assert lay_out([]) == []
