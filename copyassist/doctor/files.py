"""The files that a user may edit: each mistake told with its file and field."""

from collections.abc import Iterator

from copyassist.doctor.result import CheckResult, Told, failed, fine, note, trouble
from copyassist.doctor.surroundings import Surroundings
from copyassist.errors import CopyAssistError
from copyassist.home import PLATFORMS, SETTINGS, SOURCES, SUBSCRIPTIONS
from copyassist.platforms import load_platform, load_platforms


def check_settings(here: Surroundings) -> Iterator[CheckResult]:
    """Whether every setting can be used, in the file and in the environment."""
    settings, faults = here.usable
    for error in faults:
        yield failed(error, "edit_file")
    if settings.unknown:
        path = SETTINGS.place(here.home)
        yield note(
            "settings_unknown", "settings_unknown", names=[*settings.unknown], path=str(path)
        )
    unknown = sorted({*settings.platforms, *settings.target_metrics} - {*load_platforms(None)})
    own = PLATFORMS.place(here.home)
    unknown = [name for name in unknown if not (own / f"{name}.toml").is_file()]
    if unknown:
        yield note("settings_platforms", "settings_platforms", names=unknown)
    if not faults:
        path = SETTINGS.place(here.home)
        yield fine("settings" if path.is_file() else "settings_absent", path=str(path))


def check_sources_file(here: Surroundings) -> Iterator[CheckResult]:
    """Whether the user's own sources and choices can be read."""
    from copyassist.news.sources.own import find_faults, load_own
    from copyassist.news.sources.registry import shipped_sources

    path = SOURCES.place(here.home)
    faults = find_faults(here.home)
    for error in faults:
        yield failed(error, "edit_file")
    if faults:
        return
    if not path.is_file():
        yield fine("sources_absent")
        return
    own = load_own(here.home)
    known = {*own.sources(), *shipped_sources()}
    if unknown := sorted((own.enabled | own.disabled) - known):
        yield note("sources_unknown", "sources_unknown", names=unknown, path=str(path))
    yield fine("sources_file", count=len(own.tables), path=str(path))


def check_subscriptions(here: Surroundings) -> Iterator[CheckResult]:
    """Whether the keyword groups can be read."""
    from copyassist.news.topics.subscriptions import load_subscriptions

    path = SUBSCRIPTIONS.place(here.home)
    if not path.exists() and not path.is_symlink():
        yield fine("subscriptions_absent")
        return
    try:
        found = load_subscriptions(path)
        faults: tuple[CopyAssistError, ...] = found.faults
    except CopyAssistError as error:
        found, faults = None, (error,)
    for fault in faults:
        told = Told(fault.code, fault.params)
        yield trouble("subscriptions_fault", "edit_file", path=str(path), reason=told)
    if found is not None and not faults:
        yield fine("subscriptions", count=len(found.groups), path=str(path))


def check_platforms(here: Surroundings) -> Iterator[CheckResult]:
    """Whether each of the user's platform files can be used, and all shipped ones."""
    count = sum(1 for _ in load_platforms(None).values())
    folder = PLATFORMS.place(here.home)
    paths = sorted(folder.glob(PLATFORMS.pattern.rpartition("/")[2])) if folder.is_dir() else []
    good = 0
    for path in paths:
        try:
            load_platform(path, user_edited=True)
            good += 1
        except CopyAssistError as error:
            yield failed(error, "edit_file")
    if good == len(paths):
        yield fine("platforms", count=count, own=good)
