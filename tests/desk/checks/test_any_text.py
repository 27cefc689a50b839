"""Whatever is typed, the checks come back with findings inside the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from copyassist.desk.checks import detect_purpose, find_findings, measure_lengths
from copyassist.platforms import load_platforms
from copyassist.text import parse
from copyassist.types import Draft, Purpose

PLATFORMS = list(load_platforms().values())
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=80),
    st.text(
        alphabet=st.sampled_from(
            "最好用第一品牌国家级100%顶极唯的面膜，！！？？#＃[]话题 \n\u200b\u202e\x00\ud800\ufe0f👨‍👩‍👧Ａａa1,:"
        ),
        max_size=60,
    ),
)


@settings(max_examples=300)
@given(TEXTS, TEXTS, st.sampled_from(PLATFORMS), st.sampled_from(list(Purpose)))
def test_findings_lie_inside_the_text(title, body, platform, purpose):
    form = platform.forms[-1].id
    parsed = parse(Draft(title=title, body=body, platform=platform.id, form=form))
    for finding in find_findings(parsed, platform, purpose):
        if finding.span is None:
            continue
        text = parsed.title if finding.span.field == "title" else parsed.body
        assert text is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(text.raw)
        if finding.replacement is not None:
            finding.replacement.encode("utf-8")
    assert all(measure.value >= 0 for measure in measure_lengths(parsed, platform))
    assert detect_purpose(parsed) is not Purpose.AUTO


def test_megabytes_of_text():
    body = "最好用的面膜！！ #话题 全网最低价，" * 100_000
    parsed = parse(Draft(title="早饭", body=body))
    findings = find_findings(parsed, load_platforms()["douyin"], Purpose.AD)
    assert "body_huge" in {finding.code for finding in findings}
    assert len(findings) < 200
