"""How sentences read: what no rule names is still pointed out, and plain sentences are left alone."""

from copyassist.desk.checks import CATEGORIES, find_findings
from copyassist.desk.law.reading import list_pieces, measure_reading, read_sentence
from copyassist.platforms import load_platforms
from copyassist.text import parse
from copyassist.types import Draft, Finding, Purpose, Severity

XIAOHONGSHU = load_platforms()["xiaohongshu"]


def find_grave(title: str, purpose: Purpose) -> list[Finding]:
    found = find_findings(parse(Draft(title=title)), XIAOHONGSHU, purpose)
    return [one for one in found if one.code in CATEGORIES and one.severity is not Severity.INFO]


def test_pieces_know_no_marks_and_no_numbers():
    assert list_pieces("瘦12斤,") == {"瘦", "0", "斤", "瘦0", "0斤", "瘦0斤"}


def test_adverts_read_more_like_breaches_than_reports():
    advert = measure_reading("这款面膜保证三天祛斑,无效全额退款")
    assert advert > 0 > measure_reading("市博物馆周三起延长开放两小时")


def test_what_reads_like_a_breach_says_where_and_of_which_category():
    reading = read_sentence("这款面膜保证三天祛斑,无效全额退款,姐妹们冲", 0.0)
    assert reading is not None
    assert reading.category in CATEGORIES
    assert reading.start < reading.end
    assert read_sentence("市博物馆周三起延长开放两小时", 0.0) is None
    assert read_sentence("祛斑", -9.0) is None


def test_reading_takes_nothing_from_an_advert_or_from_promises_of_health_and_money():
    for title in ("2025年保本保息", "可以根治糖尿病"):
        assert find_grave(title, Purpose.AD)
        assert find_grave(title, Purpose.AUTO)
