"""Every family is listed, every code has sentences in both languages and an example that holds."""

import tomllib
from pathlib import Path
from string import Formatter

import pytest

import copyassist.desk.checks
from copyassist.desk.checks import FAMILIES, find_findings
from copyassist.i18n import LANGUAGES, find_sentence, say
from copyassist.platforms import load_platforms
from copyassist.text import parse
from copyassist.types import Cover, Draft, Finding, ParsedDraft, Purpose

EXAMPLES = Path(__file__).parents[2] / "examples" / "checks.toml"
CASES = tomllib.loads(EXAMPLES.read_text("utf-8"))["cases"]
PLATFORMS = load_platforms()
HELPERS = {"__init__", "family", "lexicon_rows"}
# No shipped platform states a hard limit for a first line or a hard minimum for a body, and no
# limit is only advice for a title's minimum: a user's own file may.
BY_USERS_FILES = {
    "first_line_too_long",
    "body_too_short",
    "title_short_hint",
    "digest_maybe_too_long",
    "digest_long_hint",
}


def build(case: dict) -> ParsedDraft:
    def text(name: str) -> str:
        piece, times = case.get(f"{name}_repeat", ("", 0))
        return case.get(name, piece * times)

    size = case.get("cover")
    return parse(
        Draft(
            title=text("title"),
            body=text("body"),
            digest=text("digest"),
            cover=Cover(width=size[0], height=size[1], size=size[2]) if size else None,
            platform=case["platform"],
            form=case.get("form", ""),
        )
    )


def check(case: dict) -> tuple[ParsedDraft, list[Finding]]:
    parsed = build(case)
    purpose = Purpose(case.get("purpose", "unknown"))
    return parsed, find_findings(parsed, PLATFORMS[case["platform"]], purpose)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.get("title", "…"))[:20])
def test_examples(case):
    parsed, findings = check(case)
    codes = [finding.code for finding in findings]
    assert set(case.get("finds", [])) <= set(codes)
    assert not set(case.get("without", [])) & set(codes)
    if case.get("clean"):
        assert codes == []
    if case.get("finds"):
        first = next(finding for finding in findings if finding.code == case["finds"][0])
        assert first.severity == case.get("severity", first.severity)
        assert first.replacement == case.get("replacement", first.replacement)
        if "text" in case:
            assert first.span is not None
            text = parsed.title if first.span.field == "title" else parsed.body
            assert text is not None
            assert text.raw[first.span.start : first.span.end] == case["text"]


def test_no_file_is_forgotten():
    folder = Path(copyassist.desk.checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - HELPERS
    assert files == {family.id for family in FAMILIES}


def test_codes_are_not_shared():
    codes = [code for family in FAMILIES for code in family.codes]
    assert len(codes) == len(set(codes))


def test_every_code_has_an_example():
    shown = {code for case in CASES for code in case.get("finds", [])}
    codes = {code for family in FAMILIES for code in family.codes}
    assert codes - shown == BY_USERS_FILES
    assert shown <= codes


@pytest.mark.parametrize("code", [code for family in FAMILIES for code in family.codes])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_named_in_both_languages(language, code):
    for part in ("what", "why", "how"):
        assert find_sentence(language, f"findings.{code}.{part}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_fill_their_sentences(language):
    for case in CASES:
        for finding in check(case)[1]:
            for part in ("what", "why", "how"):
                sentence = say(language, f"findings.{finding.code}.{part}", **finding.params)
                assert "{" not in sentence
            for basis in finding.basis:
                assert find_sentence(language, f"law.{basis}")


def test_findings_have_the_params_that_their_sentences_name():
    for case in CASES:
        for finding in check(case)[1]:
            used = {
                name
                for language in LANGUAGES
                for part in ("what", "why", "how")
                for _, name, _, _ in Formatter().parse(
                    find_sentence(language, f"findings.{finding.code}.{part}") or ""
                )
                if name
            }
            assert used <= set(finding.params), finding.code


def test_replacing_mends():
    """Taking what is offered removes the finding, for every example that offers something."""
    for case in CASES:
        parsed, findings = check(case)
        for finding in findings:
            if finding.replacement is None or finding.span is None or finding.rule:
                continue
            field = finding.span.field
            text = parsed.title if field == "title" else parsed.body
            assert text is not None
            start, end = finding.span.start, finding.span.end
            mended = text.raw[:start] + finding.replacement + text.raw[end:]
            again = check({**case, f"{field}_repeat": (mended, 1), field: mended})[1]
            before = sum(f.code == finding.code for f in findings)
            assert sum(f.code == finding.code for f in again) < before, (case, finding)
