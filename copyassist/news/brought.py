"""Lists that the user brings: pasted from an app, in a CSV file, or a whole history of them."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from copyassist.errors import CopyAssistError, InputError, UsageError
from copyassist.news.sources.archives import Snapshot, find_archives, load_archive
from copyassist.news.sources.csv_list import parse_csv_list
from copyassist.news.sources.decide import stamp
from copyassist.news.sources.pasted import parse_pasted
from copyassist.store.hot import HotStore
from copyassist.types.news import HotItem, Poll, PollOutcome

_ARCHIVE_BATCH = 200  # lists that are stored in one step
OnTrouble = Callable[[Path, CopyAssistError], None]


def save_pasted(store: HotStore, platform: str, text: str, now: datetime) -> Poll:
    """Stores a list that was copied from an app as a poll of `platform`.

    Raises UsageError list_empty where the text holds no rows.
    """
    return _save_list(store, platform, parse_pasted(text, platform), now)


def save_csv_list(
    store: HotStore, platform: str, data: bytes, now: datetime, *, file: str = ""
) -> Poll:
    """Stores a CSV list as a poll of `platform`. Raises InputError or UsageError list_empty."""
    return _save_list(store, platform, parse_csv_list(data, platform, file), now)


def _save_list(store: HotStore, platform: str, items: Sequence[HotItem], now: datetime) -> Poll:
    if not items:
        raise UsageError("list_empty", platform=platform)
    poll = Poll(source=platform, seen_at=now, outcome=PollOutcome.GOOD, rows=len(items))
    return store.save_poll(poll, stamp(items, now))


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryReceipt:
    """What one archive file brought: lists seen, of them new ones, rows, topics described.

    `whole_days` are files of a day without a time: their topics are known, but no list was seen.
    """

    file: Path
    source: str = ""
    snapshots: int = 0
    new: int = 0
    rows: int = 0
    described: int = 0
    whole_days: int = 0


def import_history(
    store: HotStore,
    paths: Sequence[Path],
    load: Callable[[Path], Iterator[Snapshot]] = load_archive,
    *,
    on_file: Callable[[HistoryReceipt], None] | None = None,
    on_trouble: OnTrouble | None = None,
) -> list[HistoryReceipt]:
    """Loads archives of hot lists (see sources.archives); what is there already stays.

    `load` reads one file. One that cannot be read is told to `on_trouble`, and
    the others are read; without it, it raises InputError or UsageError. The files before it, and
    the parts of it that were stored, stay, so that the same call again goes on.
    """
    receipts = []
    for path in _find_all(paths, on_trouble or _raise):
        try:
            receipt = _import_file(store, path, load(path))
        except (InputError, UsageError) as error:
            (on_trouble or _raise)(path, error)
            continue
        receipts.append(receipt)
        if on_file is not None:
            on_file(receipt)
    return receipts


def _find_all(paths: Sequence[Path], on_trouble: OnTrouble) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        try:
            found |= dict.fromkeys(find_archives([path]))
        except InputError as error:
            on_trouble(path, error)
    return list(found)


def _raise(_: Path, error: CopyAssistError) -> None:
    raise error


def _import_file(store: HotStore, path: Path, snapshots: Iterator[Snapshot]) -> HistoryReceipt:
    receipt = HistoryReceipt(file=path)
    while batch := list(itertools.islice(snapshots, _ARCHIVE_BATCH)):
        named = batch[0].source
        lists = [(one.when, one.items) for one in batch if not one.describes]
        told = [one for one in batch if one.describes]
        receipt = replace(
            receipt,
            source=named,
            snapshots=receipt.snapshots + len(lists),
            new=receipt.new + store.save_archive(named, lists),
            rows=receipt.rows + sum(len(items) for _, items in lists),
            whole_days=receipt.whole_days + sum(one.whole_day for one in told),
            described=receipt.described
            + sum(store.describe_items(named, one.items, one.when) for one in told),
        )
    return receipt
