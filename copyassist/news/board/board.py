"""The facade's part for what the lists mean: the board of topics, one topic, the user's choices."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from pathlib import Path

from copyassist.errors import InputError, UsageError
from copyassist.home import CACHE
from copyassist.news.board.judging import Judge
from copyassist.news.board.ordering import count_names, is_new, is_wanted, sort_topics
from copyassist.news.board.remembered import fits, load_window, save_window
from copyassist.news.board.viewing import ViewMaker
from copyassist.news.board.views import Board, TopicView, Wanted
from copyassist.news.board.window import TopicFacts, Window
from copyassist.news.sources.own import load_own
from copyassist.news.sources.source import Source
from copyassist.news.topics.lexicon import find_model_digest
from copyassist.news.topics.merge import (
    WINDOW,
    Choice,
    Engine,
    join_titles,
    load_engine,
    split_titles,
)
from copyassist.news.topics.trend import HeatScale, make_scale
from copyassist.platforms import find_platform
from copyassist.reading.zones import CHINA
from copyassist.store import Store
from copyassist.store.topics import StoredChoice
from copyassist.types import Account, Platform, RatedPost
from copyassist.types.news import Poll

PAGE = "hot"
HEAT_HISTORY = timedelta(days=30)
HEAT_SAMPLE = 5_000
KEPT_WINDOW = "window.json"
RatedPosts = Callable[[Account], Sequence[RatedPost]]


@dataclass(slots=True)
class _State:
    """The window as of one newest poll, and what was made of it."""

    window: Window
    newest: int
    choices: tuple[StoredChoice, ...]
    topics: dict[str, TopicFacts] = field(default_factory=dict)
    scales: dict[str, HeatScale] = field(default_factory=dict)
    scaled: dict[str, tuple[str, int]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    remembered: object = None


class HotTopics:
    """What is worth writing about now. Safe for threads; every verb may raise StoreError.

    `home` holds sources.toml and subscriptions.txt; `rated_posts` gives an account's own posts
    with how they did; `zone` is the one that the user wants times in.
    """

    def __init__(
        self,
        home: Path,
        store: Store,
        profiles: Mapping[str, Platform],
        rated_posts: RatedPosts,
        zone: Callable[[], tzinfo] = lambda: CHINA,
    ) -> None:
        self.home = home
        self.profiles = profiles
        self._zone = zone
        self._store = store
        self._judge = Judge(home, store, lambda: self._engine, rated_posts)
        self._lock = threading.RLock()
        self._state: _State | None = None
        self._maker: ViewMaker | None = None

    @cached_property
    def _engine(self) -> Engine:
        return load_engine()

    # --- topics --------------------------------------------------------------------------------

    def board(
        self,
        now: datetime | None = None,
        account: Account | None = None,
        wanted: Wanted | None = None,
    ) -> Board:
        """The topics of now, or of the last time that a list was seen, as the user wants them."""
        now, wanted = now or datetime.now(UTC), wanted or Wanted()
        with self._lock:
            sources = load_own(self.home).sources()
            moment, maker = self._refresh(now, sources)
            titles = [topic.titles[0] for topic in maker.topics.values()]
            judge = self._judge.prepare(account, now, maker.moment, sources, titles)
            previous = self._previous_visit(now)
            views = [judge.judge(view) for view in maker.views(wanted) if moment is not None]
            views = [replace(view, new=is_new(view, previous)) for view in views]
        chosen = sort_topics([v for v in views if is_wanted(v, wanted, sources)], wanted.order)
        most = [n for n in (wanted.limit, judge.limits.get(wanted.group)) if n]
        return Board(
            now=now,
            moment=moment,
            topics=tuple(chosen[: min(most)] if most else chosen),
            total=len(views),
            since_visit=previous,
            categories=count_names(view.category for view in views),
            platforms=count_names(s for view in views for s in view.sources),
            groups=tuple(judge.limits),
            sources=sources,
            profiles=self.profiles,
            account=account.name if account else "",
            zone=self._zone(),
        )

    def hot_topics(
        self,
        now: datetime | None = None,
        account: Account | None = None,
        wanted: Wanted | None = None,
    ) -> list[TopicView]:
        """The topics alone; see `board`."""
        return list(self.board(now, account, wanted).topics)

    def topic(
        self, id: str, now: datetime | None = None, account: Account | None = None
    ) -> TopicView:
        """One topic of the last 48 hours, on the lists or not. Raises UsageError unknown_topic."""
        now = now or datetime.now(UTC)
        with self._lock:
            sources = load_own(self.home).sources()
            _, maker = self._refresh(now, sources)
            view = maker.view(id)
            if view is None:
                raise UsageError("unknown_topic", id=id)
            titles = [topic.titles[0] for topic in maker.topics.values()]
            judge = self._judge.prepare(account, now, maker.moment, sources, titles)
            judged = judge.judge(view)
            return replace(judged, new=is_new(judged, self._previous_visit(now)))

    def related(self, id: str, now: datetime | None = None) -> list[tuple[TopicView, float]]:
        """Other topics of the same theme, strongest first, with a strength 0..1."""
        with self._lock:
            _, maker = self._refresh(now or datetime.now(UTC), load_own(self.home).sources())
            return maker.related(id)

    # --- the user's choices --------------------------------------------------------------------

    def split(self, id: str, titles: Sequence[str], now: datetime | None = None) -> list[str]:
        """Takes titles out of a topic, for good; the ids of the topics that its titles are in now.

        Raises UsageError unknown_topic, split_all: one title at least stays.
        """
        view = self.topic(id, now)
        out = [title for title in view.titles if title in set(titles)]
        rest = [title for title in view.titles if title not in out]
        if not out or not rest:
            raise UsageError("split_all")
        return self._choose([*split_titles(out, rest), *join_titles(out)], view.titles)

    def join(self, ids: Sequence[str], now: datetime | None = None) -> str:
        """Puts topics together, for good; the id of the joined one. Raises UsageError."""
        titles = [title for id in ids for title in self.topic(id, now).titles]
        return self._choose(join_titles(titles), titles)[0]

    def forget_choices(self) -> int:
        """Takes back every split and join; how many pairs of titles that were."""
        with self._lock:
            self._state = None
            return self._store.topics.forget_choices()

    def _choose(self, choices: Iterable[Choice], titles: Sequence[str]) -> list[str]:
        """Keeps the choices, and groups the titles anew from their first sighting."""
        with self._lock:
            if self._state is None:
                raise UsageError("unknown_topic", id="")
            made = list(choices)
            self._store.topics.choose([StoredChoice(*one) for one in made], datetime.now(UTC))
            merger = self._state.window.merger
            merger.choose(made)
            found = [merger.find_topic(title) for title in titles]
            self._state.choices = tuple(self._store.topics.choices())
            self._finish(self._state)
            return list(dict.fromkeys(id for id in found if id))

    # --- visits --------------------------------------------------------------------------------

    def visit(self, now: datetime | None = None) -> datetime | None:
        """Notes a look at the topics; gives when the visit before this one ended, or None."""
        return self._store.topics.visit(PAGE, now or datetime.now(UTC))

    def mark_seen(self, now: datetime | None = None) -> None:
        """Counts everything up to now as seen."""
        self._store.topics.mark_seen(PAGE, now or datetime.now(UTC))

    def _previous_visit(self, now: datetime) -> datetime | None:
        return self._store.topics.previous_visit(PAGE, now)

    # --- subscriptions -------------------------------------------------------------------------

    @property
    def subscriptions(self) -> str:
        """The user's keyword groups as they are written, "" without any."""
        return self._judge.text

    def save_subscriptions(self, text: str) -> None:
        """Keeps keyword groups. Raises InputError for a text that makes no sense."""
        with self._lock:
            self._judge.save(text)

    def find_groups(self) -> tuple[str, ...]:
        """The names of the subscriptions. Raises InputError."""
        with self._lock:
            return self._judge.group_names()

    def find_faults(self) -> tuple[InputError, ...]:
        """The lines of the keyword groups that make no sense and are left out. Raises InputError."""
        with self._lock:
            return self._judge.faults()

    def find_group(self, name: str) -> str:
        """The name of a subscription, "" for "". Raises UsageError unknown_group."""
        known = self.find_groups()
        if name and name not in known:
            raise UsageError("unknown_group", name=name, known="、".join(known) or "—")
        return name

    def find_sources(self, names: Iterable[str]) -> list[str]:
        """The ids of lists or platforms given by id or name. Raises UsageError unknown_list."""
        return [self._find_source(name) for name in names]

    def _find_source(self, name: str) -> str:
        wanted = name.casefold()
        sources = load_own(self.home).sources()
        seen = self._store.hot.states()
        for id in (*sources, *self.profiles, *seen):
            if wanted == id.casefold():
                return id
        for source in sources.values():
            if wanted in (source.name_zh.casefold(), source.name_en.casefold()):
                return source.id
        if profile := find_platform(self.profiles, name):
            return profile.id
        raise UsageError("unknown_list", name=name)

    # --- keeping up with the lists -------------------------------------------------------------

    def _refresh(
        self, now: datetime, sources: Mapping[str, Source]
    ) -> tuple[datetime | None, ViewMaker]:
        """The moment that is shown, and the views of its topics, made anew where polls came in."""
        last = self._store.topics.last_good(now)
        moment = now if last is None or now - last <= WINDOW else last
        newest, choices = self._store.hot.newest(), tuple(self._store.topics.choices())
        state = self._state
        until = moment + timedelta(seconds=1)
        if not self._is_current(state, newest, choices, until):
            state = self._catch_up(newest, choices, until)
            self._state = state
            self._remember(state)
        if state is None:
            raise RuntimeError("a refreshed state is a state")
        if self._maker is None or self._maker.topics is not state.topics:
            feeds = frozenset(s.id for s in sources.values() if s.kind == "feed")
            self._maker = ViewMaker(state.window, state.topics, state.scales, feeds, sources)
        self._maker.moment = moment
        return last, self._maker

    @staticmethod
    def _is_current(
        state: _State | None, newest: int, choices: tuple[StoredChoice, ...], until: datetime
    ) -> bool:
        if state is None or state.newest != newest or state.choices != choices:
            return False
        shown = state.window.newest
        return shown is None or shown < until

    def _catch_up(self, newest: int, choices: tuple[StoredChoice, ...], until: datetime) -> _State:
        """Absorbs the new polls; where they lie in the past, or choices changed, begins anew."""
        hot = self._store.hot
        polls = hot.polls(until - WINDOW, until)
        state = self._state or self._recall(choices, polls)
        if state is not None and state.choices == choices:
            fresh = [poll for poll in polls if (poll.id or 0) > state.newest]
            shown = state.window.newest
            if shown is not None and shown < until:
                if not fresh:
                    state.newest = newest
                    return state
                if fresh[0].seen_at >= shown:
                    state.window.absorb(hot.sightings(fresh[0].seen_at, until), fresh)
                    state.newest = newest
                    return self._finish(state)
        known = self._store.topics.known()
        window = Window(lambda: self._engine, known, _to_choices(choices))
        window.absorb(hot.sightings(until - WINDOW, until), polls)
        return self._finish(_State(window, newest, choices, kept={}))

    def _recall(self, choices: tuple[StoredChoice, ...], polls: Sequence[Poll]) -> _State | None:
        """The state that an earlier run of the program kept, where it is of this very store."""
        known = self._store.topics.known()
        path = CACHE.place(self.home) / KEPT_WINDOW
        found = load_window(path, lambda: self._engine, known, _to_choices(choices))
        if found is None:
            return None
        window, told = found
        same = told["store"] == self._describe_store() and told["choices"] == _pack(choices)
        if not same or not fits(window, polls, told["newest"]):
            return None
        state = _State(window, told["newest"], choices, kept=dict(window.merger.known))
        state.remembered = state.newest, choices
        state.scales = {name: HeatScale(tuple(levels)) for name, levels in told["scales"].items()}
        state.scaled = {name: (day, count) for name, (day, count) in told["scaled"].items()}
        return self._finish(state)

    def _remember(self, state: _State) -> None:
        """Keeps the state for the next run of the program, where it is not kept already."""
        if state.remembered == (state.newest, state.choices):
            return
        state.remembered = state.newest, state.choices
        told = {
            "store": self._describe_store(),
            "newest": state.newest,
            "choices": _pack(state.choices),
            "scales": {name: scale.levels for name, scale in state.scales.items()},
            "scaled": state.scaled,
        }
        save_window(CACHE.place(self.home) / KEPT_WINDOW, state.window, told)

    def _describe_store(self) -> list[str]:
        """What a kept window is of: this database, restored so often, merged by this model."""
        return [str(self._store.restored()), find_model_digest()]

    def _finish(self, state: _State) -> _State:
        state.topics = {id: topic for id, topic in state.window.groups().items() if topic.looks}
        self._keep_ids(state)
        self._measure_scales(state)
        return state

    def _keep_ids(self, state: _State) -> None:
        known = dict(state.window.merger.known)
        changed = {key: id for key, id in known.items() if state.kept.get(key) != id}
        if changed and state.window.newest is not None:
            self._store.topics.keep(changed, state.window.newest)
        state.kept = known

    def _measure_scales(self, state: _State) -> None:
        """Each list's heats of the last 30 days, once a day and as a short history grows."""
        newest = state.window.newest
        if newest is None:
            return
        day, after = newest.date().isoformat(), newest + timedelta(seconds=1)
        for source, times in state.window.polls.items():
            measured_on, polls = state.scaled.get(source, ("", 0))
            if measured_on != day or len(times) > 1.2 * polls:
                heats = self._store.topics.heats(source, newest - HEAT_HISTORY, after, HEAT_SAMPLE)
                state.scales[source] = make_scale(heats)
                state.scaled[source] = day, len(times)


def _to_choices(choices: Iterable[StoredChoice]) -> list[Choice]:
    return [Choice(*one) for one in choices]  # type: ignore[arg-type]


def _pack(choices: Iterable[StoredChoice]) -> list[list[str]]:
    return [list(one) for one in choices]
