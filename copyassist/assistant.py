"""The facade: what the command line and the pages may ask for, each verb a few lines.

It joins the pure core to the store, the settings and the clock, and caches what is dear to build
by the store's version, so that both shells stay thin.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copyassist.desk.context import Context
from copyassist.desk.contract import report_to_json
from copyassist.desk.review import Desk, compare, prepare, review, review_many
from copyassist.desk.scoring import Models, choose_metric, load_models, rate_posts
from copyassist.errors import UsageError
from copyassist.keywords.seo import SeoHint, suggest_seo
from copyassist.platforms import copy_platform, load_platforms
from copyassist.resources import find_models
from copyassist.settings import Settings, load_settings, save_settings
from copyassist.store import ImportReceipt, SavedDraft, Store, UndoReceipt
from copyassist.text import parse
from copyassist.types import (
    Account,
    Comparison,
    Draft,
    Platform,
    Post,
    RatedPost,
    Relation,
    Report,
)

if TYPE_CHECKING:  # loaded by the verbs that use them: a single score does without
    from copyassist.batch import BatchOptions, BatchPlan, BatchSummary, Progress
    from copyassist.desk.scoring.whatif import Edit
    from copyassist.news.board.board import HotTopics
    from copyassist.news.newsroom import Newsroom
    from copyassist.posts.importing import ImportPreview
    from copyassist.posts.record import Record

DATABASE_NAME = "copyassist.db"
PLATFORM_FOLDER = "platforms"
# Every two of the last 30 % are compared, and that often: more posts take long and say nothing new.
RECORD_POSTS = 1500
NO_POSTS = -1  # the version of a desk that rests on nobody's posts, and so never grows old


class Assistant:
    """One user's copyassist. Opens the store when it is first needed, and keeps it open."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._desks: dict[tuple[object, ...], Desk] = {}

    # --- what everything rests on ---------------------------------------------------------------

    @cached_property
    def store(self) -> Store:
        """The database. Raises StoreError where it cannot be used."""
        return Store.open(self.settings.database_url or self.settings.home / DATABASE_NAME)

    @cached_property
    def news(self) -> "Newsroom":
        """Hot lists and feeds: sources, collecting, history."""
        from copyassist.news.newsroom import Newsroom  # a score needs none of it

        return Newsroom(self.settings.home, self.store.hot)

    @cached_property
    def hot(self) -> "HotTopics":
        """What the lists mean: topics with trend and forecast, subscriptions, splits and joins."""
        from copyassist.news.board.board import HotTopics  # a score needs none of it

        return HotTopics(self.settings.home, self.store, self.platforms, self._all_rated)

    @cached_property
    def models(self) -> Models:
        """The shipped models. Raises ModelError where one is missing or altered."""
        return load_models(find_models())

    @property
    def platform_folder(self) -> Path:
        """Where the user's edited copies of the platform profiles lie."""
        return self.settings.home / PLATFORM_FOLDER

    @cached_property
    def platforms(self) -> Mapping[str, Platform]:
        """All platforms by id, the user's copies first."""
        return load_platforms(self.platform_folder)

    def platform(self, name: str) -> Platform:
        """The platform of an id or of its Chinese or English name. Raises UsageError."""
        for platform in self.platforms.values():
            if name.casefold() in (platform.id, platform.name_zh, platform.name_en.casefold()):
                return platform
        raise UsageError("unknown_platform", name=name, known=" ".join(self.platforms))

    def change_settings(self, **changes: Any) -> None:
        """Saves changed settings and forgets what was built under the old ones.

        Only what is changed is saved: a language given for one command stays that command's.
        """
        kept = load_settings({"COPYASSIST_HOME": str(self.settings.home)})
        save_settings(replace(kept, **changes))
        self.settings = replace(self.settings, **changes)
        self._desks.clear()
        self.__dict__.pop("platforms", None)

    def copy_platform(self, platform: str) -> Path:
        """A copy of the platform's profile for the user to edit; its path."""
        path = copy_platform(platform, self.platform_folder)
        self.__dict__.pop("platforms", None)
        return path

    # --- accounts and posts ---------------------------------------------------------------------

    def accounts(self) -> list[Account]:
        """All accounts, own ones first, each group by name."""
        return sorted(self.store.accounts(), key=lambda a: (a.relation != "own", a.name))

    def account(self, name: str = "") -> Account | None:
        """The named account, else the default one, else None. Raises UsageError if unknown."""
        wanted = name or self.settings.default_account
        if not wanted:
            return None
        found = next((a for a in self.store.accounts() if a.name == wanted), None)
        if found is None and name:
            known = "、".join(a.name for a in self.accounts()) or "—"
            raise UsageError("unknown_account", name=name, known=known)
        return found

    def add_account(self, name: str, relation: Relation = "own") -> Account:
        """A new account; the first own one becomes the default. Raises UsageError if taken."""
        account = self.store.add_account(name, relation)
        if relation == "own" and not self.settings.default_account:
            self.change_settings(default_account=name)
        return account

    def rename_account(self, account: Account, name: str) -> None:
        """Renames an account; a default account stays the default. Raises UsageError if taken."""
        self.store.rename_account(account.id, name)
        if self.settings.default_account == account.name:
            self.change_settings(default_account=name)

    def delete_account(self, account: Account) -> None:
        """Deletes an account with its posts, figures and imports."""
        self.store.delete_account(account.id)
        if self.settings.default_account == account.name:
            self.change_settings(default_account="")

    def export_account(self, account: Account, path: Path) -> int:
        """Writes the account's posts to a .csv or .json file; returns how many."""
        return self.store.export_account(account.id, path)

    def account_platforms(self, account: Account) -> dict[str, int]:
        """How many posts the account has on each platform, the most used first."""
        return self.store.platforms(account.id)

    def posts(self, account: Account, platform: str | None = None) -> list[Post]:
        """The account's posts, oldest first, undated ones at the front."""
        return self.store.posts(account.id, platform)

    def rated_posts(self, account: Account, platform: str) -> tuple[str, list[RatedPost]]:
        """The target metric, and every post on the platform against the account's usual."""
        posts, profile = self.posts(account, platform), self.platforms[platform]
        metric = choose_metric(posts, profile, self._metric(platform))
        rated = rate_posts(posts, metric, mature_days=profile.mature_days, now=datetime.now(UTC))
        return metric, rated

    def record(self, account: Account, platform: str) -> "Record":
        """How the score did on the account's own last posts of a platform, and what did better."""
        from copyassist.desk.scoring.results import review_results
        from copyassist.posts.record import Record  # no draft needs it

        metric, rated = self.rated_posts(account, platform)
        newest = tuple(rated[-RECORD_POSTS:])
        context = replace(self._context(account, platform), metric=metric)
        return Record(
            account=account,
            platform=self.platforms[platform],
            results=review_results(self.models, context, newest),
            rated=newest,
            left_out=len(rated) - len(newest),
        )

    def records(self, account: Account, platform: str | None = None) -> "list[Record]":
        """The account's records, one a platform; of all platforms where none is named."""
        used = self.account_platforms(account)
        names = [self.platform(platform).id] if platform else list(used)
        return [self.record(account, name) for name in names if name in used]

    def load_demo(self) -> tuple[Account, int]:
        """Loads the demo account anew; the account and how many posts it has."""
        from copyassist.posts.demo import (  # a newcomer's first minute only
            DEMO_ACCOUNT,
            load_demo_posts,
        )

        self.remove_demo()
        account = self.store.add_account(DEMO_ACCOUNT, "own", is_demo=True)
        posts = load_demo_posts()
        self.store.save_posts(posts, account.id)
        if not self.settings.default_account:
            self.change_settings(default_account=account.name)
        return account, len(posts)

    def remove_demo(self) -> bool:
        """Deletes the demo account and all its posts. False where there is none."""
        found = [account for account in self.store.accounts() if account.is_demo]
        for account in found:
            self.store.delete_account(account.id)
            if self.settings.default_account == account.name:
                self.change_settings(default_account="")
        return bool(found)

    # --- imports --------------------------------------------------------------------------------

    def preview_import(
        self,
        name: str,
        data: bytes,
        *,
        platform: str | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> "ImportPreview":
        """What a file was understood as; nothing is saved. Raises InputError."""
        from copyassist.posts.importing import preview_file

        return preview_file(name, data, platform=platform, mapping=mapping, now=datetime.now(UTC))

    def preview_paste(
        self,
        text: str,
        *,
        platform: str | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> "ImportPreview":
        """What a table pasted from the clipboard was understood as. Raises InputError."""
        from copyassist.posts.importing import preview_text

        return preview_text(text, platform=platform, mapping=mapping, now=datetime.now(UTC))

    def save_import(
        self,
        preview: "ImportPreview",
        account: Account,
        platform: str | None = None,
        *,
        restore_deleted: bool = False,
    ) -> ImportReceipt:
        """Saves a preview's posts for the account, all or none.

        `platform` is for posts whose rows do not state theirs. Posts that the user deleted stay
        so unless `restore_deleted`. Raises UsageError import_needs_platform or unknown_platform.
        """
        chosen = platform or preview.platform or ""
        for name in {post.platform or chosen for post in preview.posts} - {""}:
            self.platform(name)
        return self.store.save_import(preview, account.id, chosen, restore_deleted=restore_deleted)

    def imports(self, account: Account | None = None) -> list[ImportReceipt]:
        """The imports that stand, newest first."""
        return self.store.imports(account.id if account else None)

    def undo_import(self, import_id: int) -> UndoReceipt:
        """Takes an import back: its figures, and the posts that no other import knows."""
        return self.store.undo_import(import_id)

    def edit_post(self, post_id: int, **changes: object) -> Post:
        """Corrects title, published_at, kind, url or body; later imports leave them so."""
        return self.store.edit_post(post_id, **changes)

    def delete_post(self, post_id: int) -> None:
        """Hides a post for good: imports do not bring it back."""
        self.store.delete_post(post_id)

    def restore_post(self, post_id: int) -> None:
        """Brings a deleted post back with its figures."""
        self.store.restore_post(post_id)

    # --- drafts ---------------------------------------------------------------------------------

    def desk(self, account: Account | None, platform: str) -> Desk:
        """The desk of an account on a platform, built anew when the account's posts changed."""
        version = self.store.version() if account else NO_POSTS
        key = (account, platform, version, self._metric(platform), self.settings.ignored)
        if key not in self._desks:
            if account:
                kept = (version, NO_POSTS)
                self._desks = {k: d for k, d in self._desks.items() if k[2] in kept}
            self._desks[key] = prepare(
                self._context(account, platform), self.models, ignored=self.settings.ignored
            )
        return self._desks[key]

    def review(self, draft: Draft, account: Account | None = None) -> Report:
        """Everything about one draft on its platform."""
        return review(draft, self.desk(account, draft.platform))

    def review_many(self, drafts: Sequence[Draft], account: Account | None = None) -> list[Report]:
        """The reports of drafts that may be for several platforms, in their order."""
        reports: dict[int, Report] = {}
        for platform in dict.fromkeys(draft.platform for draft in drafts):
            rows = [row for row, draft in enumerate(drafts) if draft.platform == platform]
            desk = self.desk(account, platform)
            found = review_many([drafts[row] for row in rows], desk)
            reports |= dict(zip(rows, found, strict=True))
        return [reports[row] for row in range(len(drafts))]

    def compare(self, drafts: Sequence[Draft], account: Account | None = None) -> Comparison:
        """Drafts for one platform side by side. Raises UsageError for mixed platforms."""
        platforms = {draft.platform for draft in drafts}
        if len(platforms) != 1:
            raise UsageError("compare_one_platform", platforms=" ".join(sorted(platforms)))
        return compare(drafts, self.desk(account, platforms.pop()))

    def suggest_edits(self, draft: Draft, account: Account | None = None) -> "list[Edit]":
        """Edits of the title that were made, scored again, and clearly gain."""
        from copyassist.desk.scoring.whatif import suggest_edits  # a plain score does without

        return suggest_edits(self.desk(account, draft.platform).scorer, parse(draft))

    def review_edits(
        self, draft: Draft, account: Account | None = None
    ) -> "list[tuple[Edit, Report]]":
        """The same edits, each with the report of its title: a better title may break a rule."""
        edits = self.suggest_edits(draft, account)
        drafts = [replace(draft, title=edit.title) for edit in edits]
        return list(zip(edits, self.review_many(drafts, account), strict=True))

    # --- files of titles ------------------------------------------------------------------------

    def plan_batch(
        self, source: Path, out: Path | None, account: Account | None, options: "BatchOptions"
    ) -> "BatchPlan":
        """What a batch of a file would do. Raises InputError or UsageError; writes nothing."""
        from copyassist.batch import inspect_source, make_plan

        rests_on = [
            self.store.version() if account else 0,
            account.id if account else None,
            [model.manifest.get("digest") for model in self.models.all],
            sorted(self.settings.ignored),
            sorted(self.settings.target_metrics.items()),
        ]
        name = account.name if account else ""
        options = replace(options, account=name, basis=repr(rests_on))
        return make_plan(inspect_source(source), out, options)

    def run_batch(
        self,
        plan: "BatchPlan",
        account: Account | None,
        *,
        progress: "Callable[[Progress], None] | None" = None,
        cancelled: Callable[[], bool] | None = None,
        overwrite: bool = False,
    ) -> "BatchSummary":
        """Judges every row of a planned batch; see `copyassist.batch.run_batch`."""
        from copyassist.batch import run_batch

        def make_desk(platform: str) -> Desk:
            return self.desk(account, self.platform(platform).id)

        return run_batch(
            plan, make_desk, progress=progress, cancelled=cancelled, overwrite=overwrite
        )

    def suggest_seo(self, report: Report) -> list[SeoHint]:
        """Hints for being found: where the keywords stand, and tags as the platform writes them."""
        return suggest_seo(parse(report.draft), report.keywords, report.platform)

    def save_draft(self, draft: Draft, reports: Sequence[Report], account: Account | None) -> int:
        """Keeps a draft with its reports as they are now; its id."""
        documents = [report_to_json(report, self.settings.language) for report in reports]
        return self.store.save_draft(draft, documents, account_id=account.id if account else None)

    def recent_drafts(self, limit: int = 50) -> list[SavedDraft]:
        """The drafts that were scored last, newest first, with their reports."""
        return self.store.drafts(limit)

    def backup(self, path: Path) -> None:
        """Writes database, settings and edited platform rules to one zip file."""
        extra = {f"{PLATFORM_FOLDER}/{f.name}": f for f in self.platform_folder.glob("*.toml")}
        if self.settings.file.is_file():
            extra[self.settings.file.name] = self.settings.file
        self.store.backup(path, extra)

    def restore(self, path: Path) -> None:
        """Replaces everything by a backup: database, settings and edited platform rules."""
        others = self.store.restore(path)
        for name, data in others.items():
            folder, _, file = name.rpartition("/")
            if name == self.settings.file.name or (
                folder == PLATFORM_FOLDER and Path(file).name == file and file.endswith(".toml")
            ):
                goal = self.settings.home / name
                goal.parent.mkdir(parents=True, exist_ok=True)
                goal.write_bytes(data)
        self._desks.clear()
        self.__dict__.pop("platforms", None)

    def _all_rated(self, account: Account) -> list[RatedPost]:
        """The account's posts on every platform, each against the usual of its own."""
        used = [name for name in self.account_platforms(account) if name in self.platforms]
        return [rated for name in used for rated in self.rated_posts(account, name)[1]]

    def _metric(self, platform: str) -> str:
        return self.settings.target_metrics.get(platform, "")

    def _context(self, account: Account | None, platform: str) -> Context:
        history = tuple(self.posts(account)) if account else ()
        return Context(
            platform=self.platforms[platform],
            now=datetime.now(UTC),
            metric=self._metric(platform),
            account=account,
            posts=tuple(post for post in history if post.platform == platform),
            history=history,
        )
