"""The sources: how many are on, how they fare, and with `--online` whether they answer now."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from copyassist.doctor.database import find_present
from copyassist.doctor.result import CheckResult, Told, fine, note, trouble
from copyassist.doctor.surroundings import Surroundings
from copyassist.errors import SettingsError
from copyassist.types.news import SourceState

if TYPE_CHECKING:
    from copyassist.news.sources.own import OwnSources
    from copyassist.news.sources.source import Source


def check_sources(here: Surroundings) -> Iterator[CheckResult]:
    """How many sources are on, were never asked, are failing and since when."""
    from copyassist.news.sources.own import load_own

    try:
        own = load_own(here.home)
    except SettingsError:
        return  # told of the file
    sources, states = _find_on(own), _load_states(here)
    if states is None:
        return
    known = [states[source.id] for source in sources if source.id in states]
    failing = [state for state in known if state.failures]
    asked = [state for state in known if state.last_try is not None]
    values = {
        "on": len(sources),
        "never": len(sources) - len(asked),
        "failing": len(failing),
        "last_good": max((s.last_good for s in known if s.last_good), default=None),
        "names": [state.source for state in failing],
        "since": _find_since(failing),
    }
    if not sources:
        yield note("sources_none", "sources_none", **values)
    elif not asked:
        yield fine("sources_unasked", **values)
    elif failing and len(failing) == len(asked):
        yield trouble("sources_all_fail", "online", **values, reason=_tell(failing[0]))
    elif failing:
        yield note("sources_fail", "sources", **values, reason=_tell(failing[0]))
    else:
        yield fine("sources", **values)


def check_online(here: Surroundings) -> Iterator[CheckResult]:
    """Asks each source that is on, as a collection would, and stores nothing."""
    if not here.online:
        return
    from copyassist.news.collecting import CollectOptions, try_sources
    from copyassist.news.sources.own import load_own

    try:
        own = load_own(here.home)
    except SettingsError:
        return
    states = _load_states(here) or {}
    looks = try_sources(own, _find_on(own), states, CollectOptions(attempts=1))
    bad = {name: look for name, look in looks.items() if look and not look.outcome.is_good}
    waiting = [name for name, look in looks.items() if look is None]
    asked = len(looks) - len(waiting)
    told = {name: Told(look.error, look.params) for name, look in bad.items()}
    if asked and len(bad) == asked:
        # One cause, most likely: it is told once.
        first = next(iter(told.values()))
        yield trouble("sources_silent", "no_network", names=list(told), count=asked, reason=first)
    else:
        for name, reason in told.items():
            yield note("source_silent", "source_silent", source=name, reason=reason)
    if waiting:
        yield fine("sources_waiting", names=waiting)
    if len(bad) < asked:
        yield fine("sources_answer", count=asked - len(bad))


def _find_on(own: "OwnSources") -> "list[Source]":
    return [source for source in own.sources().values() if own.is_on(source)]


def _load_states(here: Surroundings) -> Mapping[str, SourceState] | None:
    """What is known of each source; None where the database, of whose trouble is told, hides it."""
    look = find_present(here)
    if look is not None:
        return look.states()
    return {} if here.lacks_database else None


def _find_since(failing: list[SourceState]) -> datetime | None:
    """When the first of the failing sources was last good."""
    return min((state.last_good for state in failing if state.last_good), default=None)


def _tell(state: SourceState) -> Told:
    return Told(state.error, state.params)
