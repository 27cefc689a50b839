"""Runs a plan: reads blocks, judges them, writes shards, joins them at the end.

What is held at a time is one block and the desks, whatever the size of the file.
"""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from copyassist.batch.plan import BatchPlan
from copyassist.batch.readers import Block, TitleRow, read_blocks
from copyassist.batch.repeats import EarlierRow, SeenTitles
from copyassist.batch.results import (
    Result,
    describe_report,
    describe_unreadable,
    tell_repeat,
    word_cells,
)
from copyassist.batch.shards import ShardFolder, lock_parts, open_parts, remove_parts
from copyassist.batch.summary import (
    BEST,
    PROBLEMS,
    BatchSummary,
    BatchTally,
    Blocked,
    Problem,
    Ranked,
)
from copyassist.batch.writers import Writer, make_writer
from copyassist.cells import show_cell
from copyassist.desk.review import Desk, review_many
from copyassist.errors import StoreError, UsageError
from copyassist.home import replace_whole
from copyassist.platforms import find_form_named
from copyassist.types import Draft, Report, Severity

RARE = (1_000_000, 50, 1_000)  # more than a block's records: about 300,000
MakeDesk: TypeAlias = Callable[[str], Desk]


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a run is: rows done in all, share 0..1 of the file, rows a second, seconds left."""

    rows: int
    share: float
    rate: float
    seconds_left: float | None


def run_batch(
    plan: BatchPlan,
    make_desk: MakeDesk,
    *,
    progress: Callable[[BatchProgress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    overwrite: bool = False,
) -> BatchSummary:
    """Judge every row of the plan's file and write the output.

    `make_desk` gives the desk of a platform by id or name, or raises UsageError for an unknown
    one, which becomes the row's problem. `cancelled` is asked after each shard. Raises InputError
    where OUT exists or another plan's shards lie beside it (unless `overwrite`), where another
    process is at it, or a file cannot be read; StoreError where the disk cannot be written.
    """
    if plan.out.exists() and not overwrite:
        raise UsageError("batch_out_exists", name=str(plan.out))
    lock = None
    try:
        lock = lock_parts(plan.parts)
        with _rare_collections():
            summary = _Run(plan, make_desk, progress, cancelled).run(discard=overwrite)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError("batch_write_failed", path=str(plan.out), reason=reason) from error
    except StoreError as error:
        if error.code not in ("file_unwritable", "file_disk_full"):
            raise
        reason = str(error.params["reason"])
        raise StoreError("batch_write_failed", path=str(plan.out), reason=reason) from error
    finally:
        if lock is not None:
            lock.close()
    if summary.finished:
        remove_parts(plan.parts)
    return summary


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Rows make no cycles, so the collector would walk the account's 100,000 posts in vain."""
    before = gc.get_threshold()
    if before[0] >= RARE[0]:  # another run of this process is at it, and will set it back
        yield
        return
    gc.set_threshold(*RARE)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Run:
    def __init__(
        self,
        plan: BatchPlan,
        make_desk: MakeDesk,
        progress: Callable[[BatchProgress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.plan = plan
        self.find_desk = cache(make_desk)
        self.progress = progress
        self.cancelled = cancelled
        self.writer: Writer = make_writer(plan)
        self.parts = ShardFolder(plan.parts, self.writer.suffix)
        self.tally = BatchTally()
        self.seen = SeenTitles()
        self.started = time.monotonic()
        self.resumed = 0

    def run(self, *, discard: bool) -> BatchSummary:
        done = open_parts(self.parts, self.plan.fingerprint(), discard=discard)
        for number in range(done):
            self.tally.add(self.parts.load_tally(number))
        self.resumed = self.tally.rows
        number = 0
        for block in read_blocks(self.plan.source, self.plan.title):
            repeats = self._find_repeats(block)
            number += 1
            if number <= done:
                continue
            self._do_block(number - 1, block, repeats)
            self._tell(block.read)
            if self.cancelled is not None and self.cancelled():
                return self._summarise(finished=False)
        if number == 0:
            self._do_block(0, Block((), 1.0), {})
            number = 1
        self._join(number)
        self._tell(1.0)
        return self._summarise(finished=True)

    def _find_repeats(self, block: Block) -> dict[int, EarlierRow]:
        """By the place of a row the earlier one whose title it repeats."""
        places = [place for place, row in enumerate(block.rows) if row.readable]
        rows = [block.rows[place] for place in places]
        titles = [show_cell(row.cells[self.plan.title]) for row in rows]
        found = self.seen.add(titles, [row.line for row in rows])
        return {place: one for place, one in zip(places, found, strict=True) if one is not None}

    def _do_block(self, number: int, block: Block, repeats: Mapping[int, EarlierRow]) -> None:
        results, tally = judge_block(block, self.plan, self.find_desk)
        language = self.plan.options.language if self.plan.worded else None
        for place, earlier in repeats.items():
            results[place] = tell_repeat(results[place], earlier.line, earlier.relation, language)
        tally.repeats = len(repeats)
        draft = self.parts.draft()
        self.writer.write_shard(draft, block, results)
        self.parts.save(number, draft, tally)
        self.tally.add(tally)

    def _join(self, count: int) -> None:
        self.parts.require_whole(count)
        shards = [self.parts.shard(number) for number in range(count)]
        draft = self.parts.folder / f"joined.new.{self.plan.form}"
        self.writer.join(shards, draft)
        replace_whole(draft, self.plan.out)

    def _tell(self, share: float) -> None:
        if self.progress is None:
            return
        seconds = time.monotonic() - self.started
        rows = self.tally.rows
        rate = (rows - self.resumed) / max(seconds, 1e-9)
        left = rows / share * (1 - share) / rate if share > 0 and rate > 0 else None
        self.progress(BatchProgress(rows, share, rate, left))

    def _summarise(self, *, finished: bool) -> BatchSummary:
        return BatchSummary(
            out=self.plan.out,
            tally=self.tally,
            finished=finished,
            seconds=time.monotonic() - self.started,
            resumed_rows=self.resumed,
        )


# --- one block ---------------------------------------------------------------------------------


def judge_block(
    block: Block, plan: BatchPlan, find_desk: MakeDesk
) -> tuple[list[Result], BatchTally]:
    """The result cells of each row of a block, and the block's figures."""
    language = plan.options.language
    tally = BatchTally(rows=len(block.rows))
    results: list[Result | None] = [None] * len(block.rows)
    for platform, places in _group(block.rows, plan).items():
        try:
            desk = find_desk(platform)
        except UsageError:
            for place in places:
                _note(tally, block.rows[place], "unknown_platform")
                results[place] = describe_unreadable("unknown_platform", language, platform)
            continue
        rows = [block.rows[place] for place in places]
        name = desk.context.platform.name(language)
        known, forms = desk.context.platform, [_read_form(row, plan) for row in rows]
        found = [find_form_named(known, form) for form in forms]
        drafts = [
            _draft(row, plan, desk, form.id if form else "")
            for row, form in zip(rows, found, strict=True)
        ]
        rows = [
            row if form or not wanted else replace(row, problem=row.problem or "unknown_form")
            for row, form, wanted in zip(rows, found, forms, strict=True)
        ]
        reports = review_many(drafts, desk)
        for place, row, report in zip(places, rows, reports, strict=True):
            result = describe_report(report, language, row.problem)
            results[place] = word_cells(result, language, name) if plan.worded else result
        _count(tally, rows, reports)
    for place, row in enumerate(block.rows):
        if not row.readable:
            _note(tally, row, row.problem)
            results[place] = describe_unreadable(row.problem, language)
    return [result for result in results if result is not None], tally


def _group(rows: Sequence[TitleRow], plan: BatchPlan) -> dict[str, list[int]]:
    """Places of the readable rows by the name of their platform."""
    usual = plan.options.platform
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if row.readable:
            cell = None if plan.platform is None else row.cells[plan.platform]
            name = show_cell(cell).strip() or usual
            groups.setdefault(name, []).append(place)
    return groups


def _read_form(row: TitleRow, plan: BatchPlan) -> str:
    """The form that the row names, else the one that was named for all."""
    cell = None if plan.post_form is None else row.cells[plan.post_form]
    return show_cell(cell).strip() or plan.options.post_form


def _draft(row: TitleRow, plan: BatchPlan, desk: Desk, form: str) -> Draft:
    return Draft(
        title=show_cell(row.cells[plan.title]),
        body="" if plan.body is None else show_cell(row.cells[plan.body]),
        form=form,
        platform=desk.context.platform.id,
        purpose=plan.options.purpose,
    )


def _block(row: TitleRow, report: Report) -> Blocked:
    codes = dict.fromkeys(f.code for f in report.findings if f.severity is Severity.ERROR)
    return Blocked(row.line, report.title.raw[:200], " ".join(codes))


def _note(tally: BatchTally, row: TitleRow, problem: str) -> None:
    tally.unreadable += 1
    _note_problem(tally, row, problem)


def _note_problem(tally: BatchTally, row: TitleRow, problem: str) -> None:
    tally.problem_count += 1
    if len(tally.problems) < PROBLEMS:
        tally.problems.append(Problem(row.line, problem))


def _count(tally: BatchTally, rows: Sequence[TitleRow], reports: Sequence[Report]) -> None:
    tally.findings.update([finding.code for report in reports for finding in report.findings])
    tally.wordless += sum(report.score.evidence.wordless for report in reports)
    worst = (report.worst for report in reports)
    tally.severities.update([one.value for one in worst if one is not None])
    scored = [(r.score.value, row, r) for row, r in zip(rows, reports, strict=True)]
    tally.scored += sum(value is not None for value, _, _ in scored)
    known = [(value, row, r) for value, row, r in scored if value is not None and r.publishable]
    for row, report in zip(rows, reports, strict=True):
        if not report.publishable:
            tally.blocked_count += 1
            if len(tally.blocked) < BEST:
                tally.blocked.append(_block(row, report))

    def find(place: int) -> Ranked:
        value, row, report = known[place]
        return Ranked(round(value, 1), row.line, report.title.raw[:200])

    tally.rank([value for value, _, _ in known], find)
    for row in rows:
        if row.problem:
            _note_problem(tally, row, row.problem)
