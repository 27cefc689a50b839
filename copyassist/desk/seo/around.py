"""What a draft is held against: the account's posts with their ratios, hot titles of 30 days."""

from datetime import timedelta

from copyassist.desk.review import Desk
from copyassist.desk.seo.focus import choose_focus, read_forms
from copyassist.desk.seo.result import SeoAround
from copyassist.store import Store
from copyassist.types import Report

HOT_DAYS = timedelta(days=30)
MOST_TITLES = 60


def find_surroundings(report: Report, keyword: str, desk: Desk, store: Store) -> SeoAround:
    """The surroundings of a report for a focus keyword, "" for the proposed one. May raise StoreError."""
    focus = choose_focus(keyword, report.keywords)
    context = desk.context
    words = () if focus is None else tuple(form for form in read_forms(focus).all if len(form) >= 2)
    return SeoAround(
        history=context.history,
        ratios={
            rated.post.id: rated.ratio
            for rated in desk.rated
            if rated.post.id is not None and rated.ratio is not None and rated.mature
        },
        now=context.now,
        hot=store.hot_titles(words, context.now - HOT_DAYS, MOST_TITLES),
    )
