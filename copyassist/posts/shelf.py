"""The facade's part for accounts and posts: imports, corrections, the record, the demo account."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from copyassist.desk.drafting import Drafting
from copyassist.desk.scoring import choose_metric, rate_posts
from copyassist.desk.scoring.shrinkage import FEWEST_POSTS as NEEDED_POSTS
from copyassist.errors import CopyAssistError, InputError, UsageError
from copyassist.ground import Ground
from copyassist.platforms import name_platforms
from copyassist.settings import DEFAULT_PLATFORMS, FIRST_PLATFORM
from copyassist.store import ImportReceipt, NewAccount, UndoReceipt
from copyassist.store.accounts import clean_name
from copyassist.types import Account, Post, PostChanges, RatedPost, Relation, UsualPlatform

if TYPE_CHECKING:  # loaded by the verbs that use them: a single score does without
    from copyassist.desk.scoring.results import Results
    from copyassist.posts.importing import ImportHints, ImportPreview
    from copyassist.posts.record import Record
    from copyassist.posts.record.meeting import Meeting
    from copyassist.posts.subjects import Subject

# Every two of the last 30 % are compared, and that often: more posts take long and say nothing new.
RECORD_POSTS = 1500
_REMEMBERED = 49  # tables whose columns the user named, besides the newest


class Shelf:
    """The user's accounts and what stands on their shelves. Every verb may raise StoreError."""

    def __init__(self, ground: Ground, drafting: Drafting) -> None:
        self._ground = ground
        self._drafting = drafting

    # --- accounts and posts ---------------------------------------------------------------------

    def accounts(self) -> list[Account]:
        """All accounts, own ones first, each group by name."""
        return sorted(self._ground.store.accounts(), key=lambda a: (a.relation != "own", a.name))

    def account(self, name: str = "") -> Account | None:
        """The named account, else the default one, else None. Raises UsageError if unknown."""
        wanted = name or self._ground.settings.default_account
        if not wanted:
            return None
        found = next((a for a in self._ground.store.accounts() if a.name == wanted), None)
        if found is None:
            known = "、".join(a.name for a in self.accounts()) or "—"
            code = "unknown_account" if name else "unknown_default_account"
            raise UsageError(code, name=wanted, known=known)
        return found

    def add_account(self, name: str, relation: Relation = "own") -> Account:
        """A new account; the first own one becomes the default. Raises UsageError if taken."""
        with self._first_default(name, relation):
            return self._ground.store.add_account(name, relation)

    @contextmanager
    def _first_default(self, name: str, relation: Relation) -> Iterator[None]:
        """Makes an own account the default where none is; not where what follows fails.

        Said before the account is there: killed in between, the next command names what is missing
        instead of passing over the account.
        """
        is_first = relation == "own" and not self._ground.settings.default_account
        if not is_first:
            yield
            return
        self._ground.change_settings(default_account=clean_name(name))
        try:
            yield
        except BaseException:
            self._ground.change_settings(default_account="")
            raise

    def rename_account(self, account: Account, name: str) -> None:
        """Renames an account; a default account stays the default. Raises UsageError if taken."""
        with self._settings_follow(account, clean_name(name)):
            self._ground.store.rename_account(account.id, name)

    def delete_account(self, account: Account) -> None:
        """Deletes an account with its posts, figures and imports."""
        with self._settings_follow(account, ""):
            self._ground.store.delete_account(account.id)

    @contextmanager
    def _settings_follow(self, account: Account, name: str) -> Iterator[None]:
        """What the settings say of an account stands under its next name before it has it: so the
        same command, given again after a kill, finds the account and does the rest."""
        before = self._ground.settings
        self._drafting.rules.follow_rename(account.name, name)
        if before.default_account == account.name:
            self._ground.change_settings(default_account=name)
        try:
            yield
        except CopyAssistError:
            self._ground.change_settings(
                default_account=before.default_account,
                packs_off=before.packs_off,
                exemptions=before.exemptions,
            )
            raise

    def export_account(self, account: Account, path: Path) -> int:
        """Writes the account's posts to a .csv or .json file; returns how many."""
        return self._ground.store.export_account(account.id, path)

    def account_platforms(self, account: Account) -> dict[str, int]:
        """How many posts the account has on each platform, the most used first."""
        return self._ground.store.platforms(account.id)

    def usual_platform(self, account: Account | None) -> UsualPlatform:
        """The platform that is meant where none is named, with the reason.

        Where the account posts most; without posts the first that the writer chose in the
        settings; where nothing was chosen the one that can be scored without posts.
        """
        known = self._ground.platforms
        used = self.account_platforms(account) if account else {}
        if account and (name := next((name for name in used if name in known), "")):
            return UsualPlatform(known[name], "account", account.name)
        chosen = self._ground.settings.platforms
        if chosen != DEFAULT_PLATFORMS and (name := next((n for n in chosen if n in known), "")):
            return UsualPlatform(known[name], "settings")
        return UsualPlatform(known[FIRST_PLATFORM], "default")

    def of(self, account: Account, platform: str | None = None) -> list[Post]:
        """The account's posts, oldest first, undated ones at the front."""
        return self._ground.store.posts(account.id, platform)

    def metrics(self, platform: str) -> list[str]:
        """The metrics that enough own posts on a platform have to be judged by, the most common first."""
        own = [account for account in self.accounts() if account.relation == "own"]
        posts = [post for account in own for post in self.of(account, platform)]
        counts = Counter(name for post in posts for name in post.metrics if post.exact(name))
        return [name for name, count in counts.most_common() if count >= NEEDED_POSTS]

    def rated_posts(self, account: Account, platform: str) -> tuple[str, list[RatedPost]]:
        """The target metric, and every post on the platform against the account's usual."""
        posts, profile = self.of(account, platform), self._ground.platforms[platform]
        metric = choose_metric(posts, profile, self._ground.metric(platform))
        rated = rate_posts(posts, metric, mature_days=profile.mature_days, now=datetime.now(UTC))
        return metric, rated

    def record(self, account: Account, platform: str) -> "Record":
        """How the score did on the account's own last posts of a platform, and what did better."""
        from copyassist.desk.scoring.results import review_results
        from copyassist.posts.record import Record  # no draft needs it

        metric, rated = self.rated_posts(account, platform)
        newest = tuple(rated[-RECORD_POSTS:])
        context = self._drafting.context(account, platform, metric)
        return Record(
            account=account,
            platform=self._ground.platforms[platform],
            results=_hide_of_demo(account, review_results(self._drafting.models, context, newest)),
            rated=newest,
            meetings=self.meetings(account, platform, rated),
            left_out=len(rated) - len(newest),
        )

    def meetings(
        self, account: Account, platform: str, rated: Sequence[RatedPost] | None = None
    ) -> "tuple[Meeting, ...]":
        """The account's drafts that were marked as published on a platform, with their posts."""
        from copyassist.posts.record.meeting import meet_posts

        published = self._ground.store.published_drafts(account.id, platform)
        if not published:
            return ()
        return meet_posts(published, rated or self.rated_posts(account, platform)[1])

    def subjects(self, account: Account, platform: str) -> "list[Subject]":
        """What the account's posts on a platform are about, how they did, and what is new."""
        from copyassist.posts.subjects import find_subjects  # no draft needs it

        desk = self._drafting.open(account, platform)
        return find_subjects(desk.rated, desk.extractor.get())

    def records(self, account: Account, platform: str | None = None) -> "list[Record]":
        """The account's records, one a platform; of all platforms where none is named."""
        used = self.account_platforms(account)
        names = [self._ground.platform(platform).id] if platform else list(used)
        return [self.record(account, name) for name in names if name in used]

    def load_demo(self) -> tuple[Account, int]:
        """Loads the demo account anew; the account and how many posts it has."""
        from copyassist.posts.demo import (  # a newcomer's first minute only
            DEMO_ACCOUNT,
            load_demo_posts,
        )

        posts = load_demo_posts()
        demo = NewAccount(name=DEMO_ACCOUNT, is_demo=True)
        with self._first_default(demo.name, demo.relation):
            self._ground.store.save_posts(posts, demo)
        return self._ground.store.account(demo.name), len(posts)

    def remove_demo(self) -> bool:
        """Deletes the demo account and all its posts. False where there is none."""
        found = [account for account in self._ground.store.accounts() if account.is_demo]
        for account in found:
            self._ground.store.delete_account(account.id)
            self._drafting.rules.follow_rename(account.name, "")
            if self._ground.settings.default_account == account.name:
                self._ground.change_settings(default_account="")
        return bool(found)

    def preview_import(
        self,
        name: str,
        data: bytes,
        *,
        platform: str | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> "ImportPreview":
        """What a file was understood as; nothing is saved. Raises InputError.

        Columns that were named before for a table of the same headings are taken so again, which
        `remembered` of the preview says.
        """
        from copyassist.posts.importing import preview_file

        return self._preview(lambda told: preview_file(name, data, told), platform, mapping)

    def preview_paste(
        self,
        text: str,
        *,
        platform: str | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> "ImportPreview":
        """What a table pasted from the clipboard was understood as. Raises InputError."""
        from copyassist.posts.importing import preview_text

        return self._preview(lambda told: preview_text(text, told), platform, mapping)

    def _preview(
        self,
        read: "Callable[[ImportHints], ImportPreview]",
        platform: str | None,
        mapping: Mapping[str, str] | None,
    ) -> "ImportPreview":
        from copyassist.posts.importing import ImportHints

        names = name_platforms(self._ground.platforms)
        told = ImportHints(now=datetime.now(UTC), platform=platform, mapping=mapping, names=names)
        preview = read(told)
        known = self._ground.settings.columns.get(preview.shape)
        if mapping or not known:
            return preview
        try:
            return replace(read(replace(told, mapping=known)), remembered=known)
        except (InputError, UsageError):  # of another version of the program
            return preview

    def remember_columns(self, shape: str, mapping: Mapping[str, str]) -> None:
        """Keeps which columns the user named, for the next table of the same headings."""
        known = self._ground.settings.columns
        if shape and mapping and known.get(shape) != dict(mapping):
            others = [one for one in known.items() if one[0] != shape]
            kept = dict([*others[-_REMEMBERED:], (shape, dict(mapping))])
            self._ground.change_settings(columns=kept)

    def forget_columns(self, shape: str) -> None:
        """Lets tables of these headings be understood by themselves again."""
        known = self._ground.settings.columns
        if shape in known:
            kept = {one: columns for one, columns in known.items() if one != shape}
            self._ground.change_settings(columns=kept)

    def save_import(
        self,
        preview: "ImportPreview",
        account: Account | NewAccount,
        platform: str | None = None,
        *,
        restore_deleted: bool = False,
    ) -> ImportReceipt:
        """Saves a preview's posts for the account, all or none; a new one comes with them.

        `platform` is for posts whose rows do not state theirs. Posts that the user deleted stay
        so unless `restore_deleted`. Raises UsageError import_needs_platform or unknown_platform.
        """
        chosen = platform or preview.platform or ""
        for name in {post.platform or chosen for post in preview.posts} - {""}:
            self._ground.platform(name)
        save = partial(self._ground.store.save_import, restore_deleted=restore_deleted)
        if isinstance(account, Account):
            return save(preview, account.id, chosen)
        with self._first_default(account.name, account.relation):
            return save(preview, account, chosen)

    def imports(self, account: Account | None = None) -> list[ImportReceipt]:
        """The imports that stand, newest first."""
        return self._ground.store.imports(account.id if account else None)

    def undo_import(self, import_id: int) -> UndoReceipt:
        """Takes an import back: its figures, and the posts that no other import knows."""
        return self._ground.store.undo_import(import_id)

    def edit_post(self, post_id: int, **changes: Unpack[PostChanges]) -> Post:
        """Corrects title, published_at, kind, url or body; later imports leave them so."""
        return self._ground.store.edit_post(post_id, **changes)

    def delete_post(self, post_id: int) -> None:
        """Hides a post for good: imports do not bring it back."""
        self._ground.store.delete_post(post_id)

    def restore_post(self, post_id: int) -> None:
        """Brings a deleted post back with its figures."""
        self._ground.store.restore_post(post_id)

    def rated_everywhere(self, account: Account) -> list[RatedPost]:
        """The account's posts on every platform, each against the usual of its own."""
        used = [name for name in self.account_platforms(account) if name in self._ground.platforms]
        return [rated for name in used for rated in self.rated_posts(account, name)[1]]


def _hide_of_demo(account: Account, results: "Results") -> "Results":
    """Simulated posts say nothing about how good the score is: their record holds no such figure."""
    if not account.is_demo:
        return results
    return replace(
        results, tested=0, pairs_right=None, coverage=None, bins=(), untested="demo", told=()
    )
