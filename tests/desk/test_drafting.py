"""Desks that browser sessions share: built once, never behind the posts, new on a new day."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copyassist.desk import drafting
from copyassist.desk.context import Context
from copyassist.desk.drafting import Drafting
from copyassist.desk.review import Desk, prepare, review
from copyassist.desk.rules import Rules
from copyassist.desk.scoring import Models
from copyassist.ground import Ground
from copyassist.settings import load_settings
from copyassist.types import Account, Draft, MetricValue, Post
from tests.threads import run_together

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
PLATFORMS = ("xiaohongshu", "weibo", "zhihu")
THREADS = 6
ROUNDS = 40


def post(number: int, platform: str = "xiaohongshu", at: datetime = NOON) -> Post:
    return Post(
        title=f"周末探店第{number}家，{number % 7}个坑别踩",
        platform=platform,
        published_at=at - timedelta(hours=number),
        metrics={"likes": MetricValue(float(100 + number * 37 % 90))},
    )


@pytest.fixture
def ground(home: Path) -> Iterator[Ground]:
    opened = Ground(load_settings())
    yield opened
    opened.store.close()


@pytest.fixture
def accounts(ground: Ground) -> list[Account]:
    made = [ground.store.add_account(name) for name in ("小满", "隔壁", "楼上")]
    for account in made:
        found = [post(n, PLATFORMS[n % 3], NOON - timedelta(days=40)) for n in range(30)]
        ground.store.save_posts(found, account.id)
    return made


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Context]:
    """The contexts that desks were built from."""
    contexts: list[Context] = []

    def count(
        context: Context, models: Models, *, rules: Rules | None = None, words: Sequence[str] = ()
    ) -> Desk:
        contexts.append(context)
        return prepare(context, models, rules=rules, words=words)

    monkeypatch.setattr(drafting, "prepare", count)
    return contexts


def name_of(account: Account | None) -> str:
    return account.name if account else ""


# --- threads -----------------------------------------------------------------------------------


def test_each_desk_is_built_once_for_all_threads(
    ground: Ground, accounts: list[Account], built: list[Context]
) -> None:
    desks = Drafting(ground)
    wanted = [(account, platform) for account in (*accounts, None) for platform in PLATFORMS]

    def work(seed: int) -> set[tuple[str, str, int]]:
        order = wanted * 4
        random.Random(seed).shuffle(order)
        return {(name_of(a), p, id(desks.open(a, p))) for a, p in order}

    found = run_together([lambda seed=seed: work(seed) for seed in range(THREADS)])
    assert all(one == found[0] for one in found)
    assert len(found[0]) == len(wanted)
    times = Counter((name_of(one.account), one.platform.id) for one in built)
    assert times == {(name_of(account), platform): 1 for account, platform in wanted}


def test_a_thousand_desks_that_all_threads_open_in_one_order(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but the sharing itself: building takes no time, so that threads meet at every desk."""
    built: Counter[int] = Counter()
    versions = itertools.count()

    def build(_: Drafting, account: Account, __: object) -> int:
        built[account.id] += 1
        return account.id

    monkeypatch.setattr(Drafting, "_build", build)
    desks = Drafting(ground)
    accounts = [Account(id=n, name=str(n)) for n in range(1000)]
    monkeypatch.setattr(type(ground.store), "version", lambda _: 1)
    opened = run_together([lambda: [desks.open(a, "weibo") for a in accounts]] * THREADS)
    assert opened == [[account.id for account in accounts]] * THREADS
    assert built == dict.fromkeys(range(1000), 1)
    # And with a store that never rests, every opening forgets desks that others look for.
    monkeypatch.setattr(type(ground.store), "version", lambda _: next(versions))
    assert run_together([lambda: [desks.open(a, "weibo") for a in accounts]] * THREADS) == opened


def test_desks_keep_up_with_posts_that_are_saved_meanwhile(
    ground: Ground, accounts: list[Account], built: list[Context]
) -> None:
    desks = Drafting(ground)
    saved = {account.id: 30 for account in accounts}
    behind: list[object] = []

    def write() -> None:
        for number in range(ROUNDS):
            account = accounts[number % len(accounts)]
            ground.store.save_posts([post(100 + number)], account.id)
            saved[account.id] += 1

    def read(seed: int) -> None:
        chance = random.Random(seed)
        for number in range(ROUNDS):
            account = chance.choice([*accounts, None])
            platform = chance.choice(PLATFORMS)
            known = saved[account.id] if account else 0
            desk = desks.open(account, platform)
            right = (desk.context.account, desk.context.platform.id) == (account, platform)
            if not right or len(desk.context.history) < known:
                behind.append((seed, number, account, known))
            review(Draft(title="周末探店，三个坑别踩", platform=platform), desk)

    run_together([write, *(lambda seed=seed: read(seed) for seed in range(THREADS))])
    assert behind == []
    times = Counter((name_of(c.account), c.platform.id) for c in built)
    assert {times["", platform] for platform in PLATFORMS} <= {0, 1}  # nobody's outlive all saves
    # A desk is built for a version of the store, and there are as many as saves.
    assert max(times.values()) <= ROUNDS + 1


def test_a_thread_that_looked_earlier_does_not_turn_out_a_newer_desk(
    ground: Ground, accounts: list[Account], built: list[Context], monkeypatch: pytest.MonkeyPatch
) -> None:
    desks = Drafting(ground)
    before = ground.store.version()
    ground.store.save_posts([post(500)], accounts[0].id)
    newer = desks.open(accounts[0], "weibo")
    with monkeypatch.context() as earlier:
        earlier.setattr(type(ground.store), "version", lambda _: before)
        assert desks.open(accounts[0], "weibo") is newer
    assert desks.open(accounts[0], "weibo") is newer
    assert len(built) == 1


def test_opening_nobodys_desk_keeps_those_of_accounts(
    ground: Ground, accounts: list[Account], built: list[Context]
) -> None:
    desks = Drafting(ground)
    for _ in range(3):
        desks.open(accounts[0], "weibo")
        desks.open(None, "weibo")
        desks.open(None, "zhihu")
    assert len(built) == 3


def test_old_desks_do_not_pile_up(ground: Ground, accounts: list[Account]) -> None:
    desks = Drafting(ground)
    for number in range(5):
        for account in accounts:
            desks.open(account, "weibo")
        ground.change_settings(ignored=(f"code{number}",))
        ground.store.save_posts([post(600 + number)], accounts[0].id)
    desks.open(accounts[0], "weibo")
    assert len(desks._desks) == 1


def test_one_desk_answers_threads_as_it_answers_one(
    ground: Ground, accounts: list[Account]
) -> None:
    desk = Drafting(ground).open(accounts[0], "xiaohongshu")
    drafts = [
        Draft(
            title=f"周末探店第{n}家：全网最低价！{n}个坑别踩", platform="xiaohongshu", body="好" * n
        )
        for n in range(24)
    ]
    alone = [review(draft, desk) for draft in drafts]

    def work(seed: int) -> bool:
        rows = list(range(len(drafts))) * 3
        random.Random(seed).shuffle(rows)
        return all(review(drafts[row], desk) == alone[row] for row in rows)

    assert run_together([lambda seed=seed: work(seed) for seed in range(4)]) == [True] * 4


# --- what a desk rests on ----------------------------------------------------------------------


def test_a_desk_is_new_on_a_new_day_and_posts_mature_overnight(
    ground: Ground, built: list[Context]
) -> None:
    account = ground.store.add_account("小满")
    days = ground.platforms["xiaohongshu"].mature_days
    young = NOON - timedelta(days=days) + timedelta(hours=3)  # three hours short of mature
    ground.store.save_posts([post(0, at=young), post(900, at=NOON)], account.id)
    moment = [NOON]
    desks = Drafting(ground, clock=lambda: moment[0])
    today = desks.open(account, "xiaohongshu")
    nobodys = desks.open(None, "xiaohongshu")
    assert [rated.mature for rated in today.rated] == [True, False]
    moment[0] = NOON + timedelta(hours=11)  # the same day
    assert desks.open(account, "xiaohongshu") is today
    moment[0] = NOON + timedelta(hours=13)  # nothing was saved, the night went by
    tomorrow = desks.open(account, "xiaohongshu")
    assert tomorrow is not today
    assert [rated.mature for rated in tomorrow.rated] == [True, True]
    assert tomorrow.scorer.own_posts == today.scorer.own_posts + 1
    assert desks.open(None, "xiaohongshu") is not nobodys
    assert desks.open(account, "xiaohongshu") is tomorrow
    assert [one.now for one in built] == [NOON, NOON, moment[0], moment[0]]


def test_a_desk_is_new_with_other_settings_or_rules(
    ground: Ground, accounts: list[Account]
) -> None:
    desks = Drafting(ground)
    first = desks.open(accounts[0], "weibo")
    ground.change_settings(ignored=("title_long",))
    second = desks.open(accounts[0], "weibo")
    assert [one.rule for one in second.rules.exemptions] == ["title_long"]
    ground.change_settings(target_metrics={"weibo": "comments"})
    third = desks.open(accounts[0], "weibo")
    ground.copy_platform("weibo")
    fourth = desks.open(accounts[0], "weibo")
    assert fourth.context.platform.user_edited
    assert len({id(desk) for desk in (first, second, third, fourth)}) == 4
