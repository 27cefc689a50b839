"""Every broken answer, given to every reader, beside a good source in the same round.

What must hold: no exception leaves `collect`, the good source is stored every time, and whatever
is wrong with the others is told as their own poll, by a sentence that was written for it.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.hostile.answers import Breaking, make_answers
from copyassist.commands.source_text import describe_error
from copyassist.i18n import LANGUAGES
from copyassist.news.collecting import CollectOptions, collect
from copyassist.news.sources.own import OwnSources, load_own
from copyassist.news.sources.registry import shipped_sources
from copyassist.news.sources.source import Source
from copyassist.store import Store
from copyassist.types.news import Poll, PollOutcome
from tests.news.sources.shapes import FEED, KUAISHOU, SHAPES
from tests.news.sources.site import Reply, Site, serve

TOGETHER = 6  # broken sources in one round
QUICK = CollectOptions(force=True, pause=0.0, attempts=1, total_seconds=10.0)
GOOD = Source(id="good", name_zh="好的", name_en="good", ways=(), from_user=True)
GOOD_BODY = '{"data": [{"t": "今天的第一条"}, {"t": "今天的第二条"}]}'.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What should not have happened: which answer, at which source, and what it was."""

    answer: str
    source: str
    what: str


def run_rounds() -> tuple[Counter[str], list[Fault]]:
    """How many looks ended how, and what should not have happened."""
    outcomes: Counter[str] = Counter()
    faults: list[Fault] = []
    with serve() as site:
        sources = _at_site(site)
        for name, breaking in make_answers().items():
            with tempfile.TemporaryDirectory() as folder:
                found = _run_answer(site, Path(folder), sources, (name, breaking))
                for poll, fault in found:
                    outcomes.update([poll.outcome.value] if poll else [])
                    faults += [fault] if fault else []
    return outcomes, faults


def _at_site(site: Site) -> list[Source]:
    """The shipped sources with every address of theirs at the site."""
    return [
        replace(
            source,
            ways=tuple(
                replace(way, url=site.url(f"/{source.id}/{number}"))
                for number, way in enumerate(source.ways)
            ),
        )
        for source in shipped_sources().values()
    ]


def _good_bodies() -> Mapping[tuple[str, int], bytes]:
    return {(shape.source, shape.way): shape.body() for shape in SHAPES}


def _find_body(source: Source, way: int) -> bytes:
    if source.ways[way].parse_page is not None:
        return FEED
    return KUAISHOU if source.id == "kuaishou" else _good_bodies()[source.id, way]


Found = tuple[Poll | None, Fault | None]


def _run_answer(
    site: Site, folder: Path, sources: Sequence[Source], answer: tuple[str, Breaking]
) -> Iterator[Found]:
    name, breaking = answer
    for source in sources:
        for number in range(len(source.ways)):
            reply = breaking(_find_body(source, number))
            site.routes[f"/{source.id}/{number}"] = reply
    site.routes["/good"] = Reply(GOOD_BODY)
    own = load_own(folder).allow("127.0.0.1").add(_good_table(site))
    with Store.open(folder / "hot.db") as store:
        for start in range(0, len(sources), TOGETHER):
            yield from _run_round(store, own, sources[start : start + TOGETHER], name)
    site.asked.clear()


def _good_table(site: Site) -> dict[str, object]:
    return {
        "id": GOOD.id,
        "name_zh": GOOD.name_zh,
        "url": site.url("/good"),
        "rows": "data",
        "fields": {"title": "t"},
    }


def _run_round(
    store: Store, own: OwnSources, broken: Sequence[Source], name: str
) -> Iterator[Found]:
    try:
        done = collect(store.hot, own, [*broken, own.find(GOOD.id)], QUICK)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        yield None, Fault(answer=name, source="collect", what=_name_error(error))
        return
    polls = {poll.source: poll for poll in done.polls}
    good = polls.pop(GOOD.id, None)
    stored = store.hot.latest().get(GOOD.id, ())
    if good is None or not good.outcome.is_good or len(stored) != 2:
        yield None, Fault(answer=name, source=GOOD.id, what=f"not stored: {good}")
    for source in broken:
        poll = polls.get(source.id)
        what = "no poll" if poll is None else _judge(store, poll)
        yield poll, Fault(answer=name, source=source.id, what=what) if what else None


def _judge(store: Store, poll: Poll) -> str:
    """What is wrong with a poll, "" for nothing: a fault of ours, or rows that nobody may see."""
    if poll.error == "source_failed":
        return str(poll.params.get("reason", poll.error))
    if not poll.outcome.is_good:
        said = [describe_error(language, poll.error, poll.params) for language in LANGUAGES]
        return f"no sentence for {poll.error!r}" if poll.error in said else ""
    if poll.outcome is PollOutcome.GOOD:
        for item in store.hot.latest().get(poll.source, ()):
            shown = f"{item.title}{item.description}{item.label}{item.category}{item.heat_text}"
            if not item.title or any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in shown):
                return f"a row that cannot be shown: {item.title[:40]!a}"
    return ""


def _name_error(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"[:120]
