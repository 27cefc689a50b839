"""The facade's part for drafts: reviewed for an account, improved, kept. Each verb a few lines."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from copyassist.desk.context import Context
from copyassist.desk.contract import report_to_json
from copyassist.desk.patterns import Patterns
from copyassist.desk.review import Desk, compare, find_names, prepare, review, review_many
from copyassist.desk.rule_choices import RuleChoices
from copyassist.desk.rules import Rules
from copyassist.desk.scoring import Models, load_models
from copyassist.errors import UsageError
from copyassist.ground import Ground
from copyassist.keywords import Method, build_extractor, extract_by
from copyassist.keywords.known import learn_names
from copyassist.keywords.seo import SeoHint, suggest_seo
from copyassist.once import Once
from copyassist.resources import find_models
from copyassist.store import SavedDraft
from copyassist.text import parse
from copyassist.types import (
    Account,
    Comparison,
    Draft,
    Finding,
    Keyword,
    Platform,
    Report,
    Severity,
)

if TYPE_CHECKING:  # loaded by the verb that uses it: a single score does without
    from copyassist.desk.rewriting.candidate import Candidate, Rewriting
    from copyassist.desk.rewriting.llm.request import Request
    from copyassist.desk.scoring.whatif import Edit
    from copyassist.desk.seo import SeoReport

NO_POSTS = -1  # the version of a desk that rests on nobody's posts, and so never outgrows them


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a desk rests on: with the same, it is the same desk."""

    day: date
    profile: Platform
    metric: str
    rules: Rules
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A desk that is shared, and what it was built on."""

    version: int
    basis: _Basis
    desk: Once[Desk]


def _now() -> datetime:
    return datetime.now(UTC)


class Drafting:
    """Reviews drafts for accounts. Safe for threads: a desk is built once and shared.

    `clock` gives the present as an aware UTC time.
    """

    def __init__(self, ground: Ground, *, clock: Callable[[], datetime] = _now) -> None:
        self._ground = ground
        self._clock = clock
        self.rules = RuleChoices(ground)
        self._models = Once(lambda: load_models(find_models()))
        self._lock = threading.Lock()
        self._desks: dict[tuple[Account | None, str], _Kept] = {}

    @property
    def models(self) -> Models:
        """The shipped models. Raises ModelError where one is missing or altered."""
        return self._models.get()

    def open(self, account: Account | None, platform: str) -> Desk:
        """The desk of an account on a platform.

        It is built anew when the account's posts, the settings or the platform's rules changed,
        and every day: posts mature while nothing else happens.
        """
        settings = self._ground.settings
        # The version is read before the posts are: a desk may know more than it says, never less.
        version = self._ground.store.version() if account else NO_POSTS
        basis = _Basis(
            day=self._clock().date(),
            profile=self._ground.platforms[platform],
            metric=settings.target_metrics.get(platform, ""),
            rules=self.rules.rules(account),
            words=tuple(self._ground.own_words()),
        )
        with self._lock:
            kept = self._desks.get((account, platform))
            # Another thread may have looked at the store later, and opened a newer desk already.
            if kept is None or kept.version < version or kept.basis != basis:
                self._forget_older(version, basis.day)
                desk = Once(lambda: self._build(account, basis))
                kept = self._desks[account, platform] = _Kept(version, basis, desk)
        return kept.desk.get()

    def _forget_older(self, version: int, day: date) -> None:
        self._desks = {
            key: kept
            for key, kept in self._desks.items()
            if kept.basis.day >= day and (kept.version >= version or kept.version == NO_POSTS)
        }

    def _build(self, account: Account | None, basis: _Basis) -> Desk:
        context = self._find_context(account, basis.profile, basis.metric)
        return prepare(context, self.models, rules=basis.rules, words=basis.words)

    def context(self, account: Account | None, platform: str, metric: str = "") -> Context:
        """What a draft is judged against: the account's posts, its platform, the metric, now."""
        profile = self._ground.platforms[platform]
        return self._find_context(account, profile, metric or self._ground.metric(platform))

    def _find_context(self, account: Account | None, profile: Platform, metric: str) -> Context:
        history = tuple(self._ground.store.posts(account.id)) if account else ()
        return Context(
            platform=profile,
            now=self._clock(),
            metric=metric,
            account=account,
            posts=tuple(post for post in history if post.platform == profile.id),
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
        # A plain score does without both.
        from copyassist.desk.rewriting.guards import loses_meaning
        from copyassist.desk.scoring.whatif import SHOWN, suggest_edits

        found = suggest_edits(
            self.open(account, draft.platform).scorer, parse(draft), limit=2 * SHOWN
        )
        return [one for one in found if not loses_meaning(draft.title, one.title)][:SHOWN]

    def review_edits(
        self, draft: Draft, account: Account | None = None
    ) -> "list[tuple[Edit, Report]]":
        """The same edits, each with the report of its title; none that still breaks a rule."""
        edits = self.suggest_edits(draft, account)
        drafts = [replace(draft, title=edit.title) for edit in edits]
        reports = self.review_many(drafts, account)
        return [
            (edit, report)
            for edit, report in zip(edits, reports, strict=True)
            if not any(one.rule and one.severity is not Severity.INFO for one in report.findings)
        ]

    def mend(self, report: Report) -> Report | None:
        """The draft mended so that it can be published, judged anew; None where there is no way."""
        from copyassist.desk.mending import mend  # most drafts need none

        if report.publishable:
            return None
        return mend(report, self.open(report.account, report.platform.id))

    def tidy(self, report: Report) -> tuple[Report, tuple[Finding, ...]]:
        """The draft with every offered replacement put in, judged anew, and what was changed."""
        from copyassist.desk.tidying import tidy  # where it is asked for

        desk = self.open(report.account, report.platform.id)
        return tidy(report, lambda draft: review(draft, desk))

    def rewrite(
        self,
        draft: Draft,
        account: Account | None = None,
        *,
        keyword: str = "",
        more: "Sequence[Candidate]" = (),
        shown: int = 10,
    ) -> "Rewriting":
        """Better titles: what mends its faults, and variants made of what title and body say.

        `more` are candidates from a language model; they pass the same gates.
        """
        from copyassist.desk.rewriting.propose import propose  # a plain score does without

        desk = self.open(account, draft.platform)
        return propose(draft, desk, keyword=keyword, more=more, shown=shown)

    def request_titles(
        self, draft: Draft, account: Account | None = None, *, count: int = 10
    ) -> "Request":
        """What a language model would be sent for titles: the fact card and the platform's rules."""
        from copyassist.desk.rewriting.card import make_card
        from copyassist.desk.rewriting.gates import find_limits
        from copyassist.desk.rewriting.llm.request import ask_for_titles
        from copyassist.keywords import extract_keywords

        desk = self.open(account, draft.platform)
        limits = [one.maximum for one in find_limits(desk, draft) if one.maximum]
        card = make_card(draft, extract_keywords(parse(draft)))
        platform = desk.context.platform
        return ask_for_titles(card, platform, 2 * count, min(limits, default=30.0))

    def is_fine(self, report: Report) -> bool:
        """Whether nothing is wrong with the title that another title could mend."""
        from copyassist.desk.rewriting.faults import find_faults, find_keyword

        return not find_faults(report, find_keyword(report))

    def patterns(self, report: Report) -> Patterns | None:
        """What the account's own posts on the platform say; None below eight mature ones."""
        return self.open(report.account, report.platform.id).patterns.get()

    def suggest_seo(self, report: Report) -> list[SeoHint]:
        """Hints for being found: where the keywords stand, and tags as the platform writes them."""
        return suggest_seo(parse(report.draft), report.keywords, report.platform)

    def assess(self, report: Report, *, keyword: str = "") -> "SeoReport":
        """How a draft is found and read: checks in colours, previews, related words.

        `keyword` is the focus, "" for the program's own proposal; synonyms may follow after a bar.
        """
        from copyassist.desk.seo import assess_draft  # a batch does without
        from copyassist.desk.seo.around import find_surroundings

        desk = self.open(report.account, report.platform.id)
        around = find_surroundings(report, keyword, desk, self._ground.store)
        return assess_draft(report, around, keyword=keyword)

    def find_keywords(
        self,
        draft: Draft,
        account: Account | None = None,
        *,
        limit: int = 8,
        method: Method = "own",
        corpus: Sequence[str] = (),
    ) -> list[Keyword]:
        """The keywords of a draft alone, by any of the methods.

        The extractor knows the user's own words, what the account often writes about, and what
        often stands in `corpus`, other texts of the user's.
        """
        parsed = parse(draft)
        if method != "own":
            return extract_by(method, parsed, limit)
        if not corpus:
            return self.open(account, draft.platform).extractor.get().extract(parsed, limit)
        context = self.context(account, draft.platform)
        names = dict.fromkeys(learn_names(corpus), "corpus")
        names |= find_names(context, self._ground.own_words())
        return build_extractor(names).extract(parsed, limit)

    def save_draft(self, draft: Draft, reports: Sequence[Report], account: Account | None) -> int:
        """Keeps a draft with its reports as they are now; its id."""
        documents = [report_to_json(report, self._ground.settings.language) for report in reports]
        return self._ground.store.save_draft(
            draft, documents, account_id=account.id if account else None
        )

    def recent_drafts(self, limit: int = 50) -> list[SavedDraft]:
        """The drafts that were scored last, newest first, with their reports."""
        return self._ground.store.drafts(limit)

    def mark_draft(self, number: int, platform: str, account: Account | None) -> None:
        """Says that a kept draft was published, so that it meets its post; "" takes that back.

        Raises UsageError draft_unknown.
        """
        self._ground.store.mark_draft(number, platform, account.id if account else None)

    def forget_draft(self, number: int) -> None:
        """Deletes a kept draft. Raises UsageError draft_unknown."""
        self._ground.store.delete_draft(number)
