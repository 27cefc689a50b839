"""All offered replacements at once: no overlap, and again until nothing is left."""

from copyassist.desk.review import review
from copyassist.desk.tidying import pick_changes, put_in, tidy
from copyassist.types import Draft, Finding, Report, Severity, Span

from .test_review import make_desk


def find(start: int, end: int, text: str | None, severity: Severity = Severity.INFO) -> Finding:
    return Finding(code="x", severity=severity, span=Span("title", start, end), replacement=text)


def test_of_two_that_overlap_the_graver_goes_first_then_the_longer() -> None:
    grave, small = find(2, 4, "A", Severity.WARNING), find(0, 3, "B")
    assert pick_changes([small, grave]) == [grave]
    long, short = find(0, 5, "A"), find(4, 6, "B")
    assert pick_changes([short, long]) == [long]
    assert pick_changes([find(0, 1, None)]) == []


def test_they_are_put_in_from_the_end() -> None:
    assert put_in("abcdef", "title", [find(0, 1, "xx"), find(3, 4, "")]) == "xxbcef"
    assert put_in("abcdef", "body", [find(0, 1, "xx")]) == "abcdef"


def test_a_draft_is_tidied_in_title_and_body() -> None:
    desk = make_desk()

    def judge(draft: Draft) -> Report:
        return review(draft, desk)

    draft = Draft(title="周末去皖南！！！", body="他说:“好”。。。真的,很好。\n  ")
    report, made = tidy(judge(draft), judge)
    assert report.title.raw == "周末去皖南！"
    assert report.draft.body == "他说：“好”……真的，很好。\n  "
    assert len(made) == 4
    assert tidy(report, judge) == (report, ())
