"""The commands that are killed, and what must hold of each wherever it was cut off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile.homes import LISTS, OTHER, OWN, View, is_whole_zip, make_posts

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A run that was killed: what was there before and is there now, what an unkilled run leaves."""

    folder: Path
    before: View
    now: View
    whole: View
    said: str  # on standard output and error


Check = Callable[[Cut], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A command. `changes` are the tables of which rows may go; `steps` says that its rows come
    in several commits, so that any number of them may be there.

    `check` finds what else was lost; `said` is how many lines a whole run says on standard output.
    """

    name: str
    arguments: Sequence[str]
    changes: frozenset[str] = NOTHING
    steps: frozenset[str] = NOTHING
    check: Check = lambda _: []


def _backup(cut: Cut) -> list[str]:
    return [] if is_whole_zip(cut.folder / "old.zip") else ["the earlier backup is gone"]


def _batch(cut: Cut) -> list[str]:
    out = cut.folder / "titles.out.csv"
    if not out.exists():
        return []
    rows = out.read_text("utf-8-sig").count("\n")
    return [] if rows == make_posts(6000, "").count("\n") + 1 else [f"half a result: {rows} rows"]


def _collect(cut: Cut) -> list[str]:
    """Each source is told once its poll is stored."""
    told = sum(f"{name}：" in cut.said or f"{name} " in cut.said for name in LISTS)
    new = cut.now.counts["polls"] - cut.before.counts["polls"]
    return [] if new >= told else [f"{told} sources told, {new} polls stored"]


def _history(cut: Cut) -> list[str]:
    """Each file is told once all its lists are stored: 24 an archive."""
    told = sum(f"{day}.csv" in cut.said for day in range(1, 7))
    new = cut.now.counts["polls"] - cut.before.counts["polls"]
    return [] if new >= 24 * told else [f"{told} files told, {new} lists stored"]


def _export(cut: Cut) -> list[str]:
    out = cut.folder / "out.json"
    whole = not out.exists() or out.read_text("utf-8").rstrip().endswith("}")
    return [] if whole else ["half an export"]


_POSTS = frozenset({"posts", "sightings", "observations", "post_sightings"})
_ACCOUNT = _POSTS | {"accounts", "imports", "drafts"}
_HOT = frozenset({"polls", "hot_items", "hot_sightings"})

DEEDS: Sequence[Deed] = (
    Deed(name="demo", arguments=("demo",), steps=frozenset({"accounts"})),
    Deed(
        name="import",
        arguments=("import", "new.csv", "-a", "丙", "-p", "weibo", "-y"),
        steps=frozenset({"accounts"}),
    ),
    Deed(name="imports undo", arguments=("imports", "undo", "2"), changes=_ACCOUNT),
    Deed(name="accounts add", arguments=("accounts", "add", "丁")),
    Deed(
        name="accounts rename",
        arguments=("accounts", "rename", OWN, "戊"),
        changes=frozenset({"accounts"}),
    ),
    Deed(name="accounts delete", arguments=("accounts", "delete", OTHER, "-y"), changes=_ACCOUNT),
    Deed(
        name="accounts export",
        arguments=("accounts", "export", OWN, "out.json", "-y"),
        check=_export,
    ),
    Deed(name="backup", arguments=("backup", "old.zip", "-y"), check=_backup),
    Deed(
        name="restore",
        arguments=("restore", "other.zip", "-y"),
        changes=_ACCOUNT | _HOT | {"topics"},
        check=_backup,
    ),
    Deed(
        name="batch",
        arguments=("batch", "titles.csv", "-o", "titles.out.csv", "-p", "weibo"),
        check=_batch,
    ),
    Deed(name="collect", arguments=("collect", *LISTS, "--force"), steps=_HOT, check=_collect),
    Deed(name="sources add", arguments=("sources", "add", "https://a.cn/feed", "--name", "新")),
    Deed(name="sources disable", arguments=("sources", "disable", "weibo")),
    Deed(
        name="history import",
        arguments=("history", "import", "weibo", "--source", "weibo"),
        steps=_HOT,
        check=_history,
    ),
    Deed(name="settings", arguments=("accounts", "default", OTHER)),
)


def find_losses(deed: Deed, cut: Cut) -> list[str]:
    """What was committed and is no more, or was said to be done and is not, or stands half."""
    found = [*cut.now.broken, *deed.check(cut)]
    for table, rows in cut.before.rows.items():
        gone = rows - cut.now.rows.get(table, NOTHING)
        if gone and table not in deed.changes:
            found.append(f"{len(gone)} rows of {table} are gone")
    for table, many in cut.now.counts.items():
        ends = (cut.before.counts.get(table, 0), cut.whole.counts.get(table, 0))
        if table not in deed.steps and many not in ends:
            found.append(f"{table} has {many} rows, neither of {ends}")
    for what in ("settings", "sources"):
        now = getattr(cut.now, what)
        if now not in (getattr(cut.before, what), getattr(cut.whole, what)):
            found.append(f"{what}.toml is neither as before nor as after")
    return found


def is_done(cut: Cut) -> bool:
    """Whether the folder is as an unkilled run leaves it."""
    same = cut.now.settings == cut.whole.settings and cut.now.sources == cut.whole.sources
    return same and cut.now.counts == cut.whole.counts
