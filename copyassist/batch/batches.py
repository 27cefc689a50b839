"""The facade's part for files of titles: planned, then judged row by row."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from copyassist.batch.plan import BatchOptions, BatchPlan, make_plan
from copyassist.batch.run import BatchProgress, run_batch
from copyassist.batch.source import TitleFile, inspect_source
from copyassist.batch.summary import BatchSummary
from copyassist.desk.drafting import Drafting
from copyassist.desk.review import Desk
from copyassist.ground import Ground
from copyassist.types import Account


class Batches:
    """Judges files of titles for an account."""

    def __init__(self, ground: Ground, drafting: Drafting) -> None:
        self._ground = ground
        self._drafting = drafting

    def plan(
        self, source: Path, out: Path | None, account: Account | None, options: BatchOptions
    ) -> BatchPlan:
        """What a batch of a file would do. Raises InputError or UsageError; writes nothing."""
        rests_on = [
            self._ground.store.version() if account else 0,
            account.id if account else None,
            [model.manifest.get("digest") for model in self._drafting.models.all],
            repr(self._drafting.rules.rules(account)),
            sorted((id, len(pack.words)) for id, pack in self._ground.packs.items()),
            sorted(self._ground.settings.target_metrics.items()),
        ]
        name = account.name if account else ""
        options = replace(options, account=name, basis=repr(rests_on))
        return make_plan(self.inspect(source, options.sheet), out, options)

    def inspect(self, source: Path, sheet: str = "") -> TitleFile:
        """What a file of titles is. Raises InputError."""
        found = inspect_source(source, sheet)
        known = self._ground.settings.columns.get(found.shape)
        return inspect_source(source, sheet, known) if known else found

    def run(
        self,
        plan: BatchPlan,
        account: Account | None,
        *,
        progress: Callable[[BatchProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        overwrite: bool = False,
    ) -> BatchSummary:
        """Judges every row of a planned batch; see `copyassist.batch.run_batch`."""

        def make_desk(platform: str) -> Desk:
            return self._drafting.open(account, self._ground.platform(platform).id)

        return run_batch(
            plan, make_desk, progress=progress, cancelled=cancelled, overwrite=overwrite
        )
