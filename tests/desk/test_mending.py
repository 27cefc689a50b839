"""A draft that cannot be published says what must go first, and what it would be without it."""

from datetime import UTC, datetime

import pytest

from copyassist.desk.context import Context
from copyassist.desk.contract import Beside, reports_to_json
from copyassist.desk.mending import find_errors, mend
from copyassist.desk.review import Desk, prepare, review
from copyassist.desk.wording import word_verdict
from copyassist.platforms import load_platforms
from copyassist.types import Draft
from tests.desk.scoring.helpers import models

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
LONG = "周末去杭州吃了三天，这五家小馆子值得专门跑一趟，人均都不到六十块"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return prepare(Context(platform=load_platforms(None)["xiaohongshu"], now=NOW), models())


def test_a_title_over_its_limit_is_not_publishable_and_is_shortened(desk: Desk) -> None:
    report = review(Draft(title=LONG), desk)
    assert not report.publishable
    mended = mend(report, desk)
    assert mended is not None
    assert mended.publishable
    assert mended.draft.title == "周末去杭州吃了三天，人均都不到六十块"
    assert mended.score.value is not None


def test_a_title_without_clauses_is_cut_after_a_word(desk: Desk) -> None:
    title = "周末去杭州吃了三天的五家小馆子每一家都值得专门跑一趟"
    mended = mend(review(Draft(title=title), desk), desk)
    assert mended is not None
    assert title.startswith(mended.draft.title)
    assert mended.publishable


def test_replacements_of_errors_are_put_in() -> None:
    context = Context(platform=load_platforms(None)["shipinhao"], now=NOW)
    desk = prepare(context, models())
    report = review(Draft(title="周末去杭州😋吃了三天#美食", platform="shipinhao"), desk)
    assert [one.code for one in find_errors(report)] == ["emoji_refused", "symbol_refused"]
    mended = mend(report, desk)
    assert mended is not None
    assert mended.draft.title == "周末去杭州吃了三天美食"


def test_a_draft_without_errors_needs_no_mending(desk: Desk) -> None:
    report = review(Draft(title="周末去杭州吃了三天"), desk)
    assert report.publishable
    assert find_errors(report) == []
    assert mend(report, desk) is None
    assert word_verdict("zh", report) == ""


def test_an_empty_title_has_no_way_out(desk: Desk) -> None:
    report = review(Draft(title="", body=""), desk)
    assert mend(report, desk) is None


def test_the_document_says_publishable_and_the_mended_score(desk: Desk) -> None:
    reports = [review(Draft(title=title), desk) for title in (LONG, "周末去杭州吃了三天")]
    beside = [Beside(mended=mend(report, desk)) for report in reports]
    first, second = reports_to_json(reports, "zh", beside=beside)["reports"]
    assert first["publishable"] is False
    assert first["mended"]["value"] is not None
    assert second["publishable"] is True
    assert second["mended"] is None
    assert "标题超长" in word_verdict("zh", reports[0])
