"""The database: whether it can be read, is whole and of this version, and what it holds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from copyassist.doctor.folder import MEGABYTE
from copyassist.doctor.result import CheckResult, failed, fine, note, trouble
from copyassist.doctor.surroundings import Surroundings
from copyassist.errors import StoreError

if TYPE_CHECKING:
    from copyassist.store.looking import DatabaseLook

_TODO = {
    "store_bad_url": "database_url",
    "store_no_driver": "driver",
    "store_unreachable": "database_url",
    "store_locked": "unlock",
    "store_unwritable": "home_rights",
}
# What the clocks of two machines, and a list's of a minute that is just beginning, may differ by.
TOLERANCE = timedelta(minutes=10)
_FUTURE_DAYS = timedelta(days=1)  # a time without a zone may lie a day ahead


def check_database(here: Surroundings) -> Iterator[CheckResult]:
    """Whether there is a database that can be opened."""
    from copyassist.store.looking import find_file, is_locked

    try:
        if not here.has_database:
            yield fine("database_absent", path=str(find_file(here.place)))
            return
        look = here.database
    except StoreError as error:
        yield failed(error, find_todo(error))
        return
    file = find_file(here.place)
    if file is None:
        yield fine("database_server", kind=look.kind, host=look.host)
        return
    values = {"path": str(file), "megabytes": file.stat().st_size / MEGABYTE}
    if is_locked(file):
        yield trouble("database_locked", "unlock", **values)
    else:
        yield fine("database", **values)


def check_schema(here: Surroundings) -> Iterator[CheckResult]:
    """Whether the tables are those of this version."""
    from copyassist.store.schema import HEAD, REVISIONS

    if here.readable is None or not _is_whole(here):
        return
    found, path = here.readable.revision(), str(here.place)
    values = {"found": found, "head": HEAD, "path": path}
    if found is None:
        yield note("schema_empty", "restore_if_lost", **values)
    elif not found:
        yield failed(StoreError("store_foreign", path=path), "home_elsewhere")
    elif found not in REVISIONS:
        yield trouble("schema_newer", "upgrade", **values)
    elif found != HEAD:
        yield note("schema_older", "backup_first", **values)
    elif gaps := here.readable.gaps():
        yield trouble("schema_gaps", "restore", gaps=gaps, **values)
    else:
        yield fine("schema", **values)


def check_integrity(here: Surroundings) -> Iterator[CheckResult]:
    """Whether SQLite finds the file whole."""
    if here.readable is None or here.readable.kind != "sqlite":
        return
    try:
        damage = here.damage
    except StoreError as error:
        yield failed(error, find_todo(error))
        return
    if damage:
        yield trouble("damaged", "restore", path=str(here.place), damage=damage)
    else:
        yield fine("sound")


def check_contents(here: Surroundings) -> Iterator[CheckResult]:
    """How much there is, and whether the default account is among it."""
    wanted = here.settings.default_account
    look = find_present(here)
    if look is None:
        if wanted and here.lacks_database:
            yield trouble("default_account", "default_account", name=wanted, known=[])
        return
    held = look.contents()
    names = [account.name for account, _ in held.accounts]
    if wanted and wanted not in names:
        yield trouble("default_account", "default_account", name=wanted, known=names)
    posts = sum(count for _, count in held.accounts)
    yield fine("contents", accounts=len(names), posts=posts, drafts=held.drafts, polls=held.polls)


def check_future(here: Surroundings) -> Iterator[CheckResult]:
    """Whether posts, figures or lists lie in the future: a year mistaken, a wrong zone."""
    look = find_present(here)
    if look is None:
        return
    found = look.future(here.now + _FUTURE_DAYS)
    for kind in ("published", "figures", "archives"):
        if kind in found:
            some = found[kind]
            yield note(f"future_{kind}", f"future_{kind}", count=some.count, latest=some.latest)
    if not found.keys() & {"published", "figures", "archives"}:
        yield fine("no_future")


def check_written(here: Surroundings) -> Iterator[CheckResult]:
    """Whether the program wrote something later than the clock says it is."""
    look = find_present(here)
    if look is None:
        return
    written = look.future(here.now + TOLERANCE).get("written")
    if written:
        yield trouble("clock_behind", "clock", now=here.now, latest=written.latest)


def find_todo(error: StoreError) -> str:
    """What to do about an error of the database."""
    return _TODO.get(error.code, "restore")


def _is_whole(here: Surroundings) -> bool:
    """Whether the file is sound; the check of its integrity tells what is not."""
    try:
        return not here.damage
    except StoreError:
        return False


def find_present(here: Surroundings) -> "DatabaseLook | None":
    """The database where its tables can be asked: whole, and in the form of this version."""
    look = here.readable if _is_whole(here) else None
    try:
        return None if look is None or look.gaps() else look
    except StoreError:
        return None  # told of its schema
