"""The facade's part for drafts: reviewed for an account, improved, kept. Each verb a few lines."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from copyassist.desk.context import Context
from copyassist.desk.contract import report_to_json
from copyassist.desk.review import Desk, compare, prepare, review, review_many
from copyassist.desk.scoring import Models, load_models
from copyassist.errors import UsageError
from copyassist.ground import Ground
from copyassist.keywords.seo import SeoHint, suggest_seo
from copyassist.resources import find_models
from copyassist.store import SavedDraft
from copyassist.text import parse
from copyassist.types import Account, Comparison, Draft, Report

if TYPE_CHECKING:  # loaded by the verb that uses it: a single score does without
    from copyassist.desk.scoring.whatif import Edit

NO_POSTS = -1  # the version of a desk that rests on nobody's posts, and so never outgrows them
_Key = tuple[object, ...]


class _Building:
    """A desk that one thread builds while the others who want it wait."""

    def __init__(self, build: Callable[[], Desk], state: _Key) -> None:
        self.state = state
        self._build = build
        self._lock = threading.Lock()
        self._desk: Desk | None = None

    def get(self) -> Desk:
        with self._lock:
            if self._desk is None:
                self._desk = self._build()
            return self._desk


class Drafting:
    """Reviews drafts for accounts. Safe for threads: a desk is built once and shared."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._lock = threading.Lock()
        self._desks: dict[_Key, _Building] = {}

    @cached_property
    def models(self) -> Models:
        """The shipped models. Raises ModelError where one is missing or altered."""
        return load_models(find_models())

    def open(self, account: Account | None, platform: str) -> Desk:
        """The desk of an account on a platform.

        It is built anew when the account's posts, the settings or the platform's rules changed,
        and every day: posts mature while nothing else happens.
        """
        settings, today = self._ground.settings, datetime.now(UTC).date()
        version = self._ground.store.version() if account else NO_POSTS
        profile = self._ground.platforms[platform]
        state: _Key = (version, today)
        key: _Key = (account, profile, self._ground.metric(platform), settings.ignored, *state)
        with self._lock:
            found = self._desks.get(key)
            if found is None:
                current = {state, (NO_POSTS, today)}
                self._desks = {k: b for k, b in self._desks.items() if b.state in current}
                found = self._desks[key] = _Building(
                    lambda: prepare(
                        self.context(account, platform), self.models, ignored=settings.ignored
                    ),
                    state,
                )
        return found.get()

    def context(self, account: Account | None, platform: str, metric: str = "") -> Context:
        """What a draft is judged against: the account's posts, its platform, the metric, now."""
        history = tuple(self._ground.store.posts(account.id)) if account else ()
        return Context(
            platform=self._ground.platforms[platform],
            now=datetime.now(UTC),
            metric=metric or self._ground.metric(platform),
            account=account,
            posts=tuple(post for post in history if post.platform == platform),
            history=history,
        )

    def review(self, draft: Draft, account: Account | None = None) -> Report:
        """Everything about one draft on its platform."""
        return review(draft, self.open(account, draft.platform))

    def review_many(self, drafts: Sequence[Draft], account: Account | None = None) -> list[Report]:
        """The reports of drafts that may be for several platforms, in their order."""
        reports: dict[int, Report] = {}
        for platform in dict.fromkeys(draft.platform for draft in drafts):
            rows = [row for row, draft in enumerate(drafts) if draft.platform == platform]
            desk = self.open(account, platform)
            found = review_many([drafts[row] for row in rows], desk)
            reports |= dict(zip(rows, found, strict=True))
        return [reports[row] for row in range(len(drafts))]

    def compare(self, drafts: Sequence[Draft], account: Account | None = None) -> Comparison:
        """Drafts for one platform side by side. Raises UsageError for mixed platforms."""
        platforms = {draft.platform for draft in drafts}
        if len(platforms) != 1:
            raise UsageError("compare_one_platform", platforms=" ".join(sorted(platforms)))
        return compare(drafts, self.open(account, platforms.pop()))

    def suggest_edits(self, draft: Draft, account: Account | None = None) -> "list[Edit]":
        """Edits of the title that were made, scored again, and clearly gain."""
        from copyassist.desk.scoring.whatif import suggest_edits  # a plain score does without

        return suggest_edits(self.open(account, draft.platform).scorer, parse(draft))

    def review_edits(
        self, draft: Draft, account: Account | None = None
    ) -> "list[tuple[Edit, Report]]":
        """The same edits, each with the report of its title: a better title may break a rule."""
        edits = self.suggest_edits(draft, account)
        drafts = [replace(draft, title=edit.title) for edit in edits]
        return list(zip(edits, self.review_many(drafts, account), strict=True))

    def suggest_seo(self, report: Report) -> list[SeoHint]:
        """Hints for being found: where the keywords stand, and tags as the platform writes them."""
        return suggest_seo(parse(report.draft), report.keywords, report.platform)

    def save_draft(self, draft: Draft, reports: Sequence[Report], account: Account | None) -> int:
        """Keeps a draft with its reports as they are now; its id."""
        documents = [report_to_json(report, self._ground.settings.language) for report in reports]
        return self._ground.store.save_draft(
            draft, documents, account_id=account.id if account else None
        )

    def recent_drafts(self, limit: int = 50) -> list[SavedDraft]:
        """The drafts that were scored last, newest first, with their reports."""
        return self._ground.store.drafts(limit)
