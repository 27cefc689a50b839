"""Drafts that were marked as published meet their posts at the next import."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from copyassist.assistant import Assistant
from copyassist.commands.evaluate import command as evaluate
from copyassist.commands.import_posts import command as import_posts
from copyassist.commands.score import command as score
from copyassist.commands.session import Session
from copyassist.posts.record.meeting import meet_posts
from copyassist.store import SavedDraft
from copyassist.types import Account, Draft, Post, RatedPost

NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)
OUT = "阳台种菜的三个坑，第二个最费钱"


@pytest.fixture
def session(home: object) -> Session:
    return Session()


def kept(title: str, number: int = 1, low: float | None = 0.5, high: float = 2.0) -> SavedDraft:
    between = None if low is None else {"low": low, "high": high}
    report = {"platform": "xiaohongshu", "score": {"value": 55.0, "interval": between}}
    return SavedDraft(
        id=number,
        account_id=1,
        saved_at=NOW,
        draft=Draft(title=title),
        reports=(report,),
        published_at=NOW,
        published_on="xiaohongshu",
    )


def came(title: str, days: float = 1, ratio: float | None = 1.0, mature: bool = True) -> RatedPost:
    post = Post(title=title, platform="xiaohongshu", published_at=NOW + timedelta(days=days))
    return RatedPost(
        post=post, metric="likes", value=100.0, usual=100.0, ratio=ratio, mature=mature
    )


@pytest.mark.parametrize(
    ("ratio", "low", "mature", "said"),
    [
        (1.0, 0.5, True, "within"),
        (2.5, 0.5, True, "above"),
        (0.4, 0.5, True, "below"),
        (2.5, 0.5, False, "young"),
        (2.5, None, True, "unscored"),
        (None, 0.5, True, "unscored"),
    ],
)
def test_what_was_expected_stands_beside_what_came(
    ratio: float | None, low: float | None, mature: bool, said: str
) -> None:
    (one,) = meet_posts([kept(OUT, low=low)], [came(OUT, ratio=ratio, mature=mature)])
    assert one.came == said
    assert one.score == 55.0


def test_a_touched_up_title_finds_its_draft_and_another_does_not() -> None:
    touched, other = came("阳台种菜三个坑！第二个最费钱"), came("吐司怎么做才松软")
    (one,) = meet_posts([kept(OUT)], [other, touched])
    assert one.post is touched
    (none,) = meet_posts([kept(OUT)], [other])
    assert (none.post, none.came) == (None, "waiting")


def test_no_post_belongs_to_two_drafts_nor_to_one_written_later() -> None:
    found = meet_posts([kept(OUT, 1), kept(OUT, 2)], [came(OUT)])
    assert sorted(one.post is None for one in found) == [False, True]
    (early,) = meet_posts([kept(OUT)], [came(OUT, days=-9)])
    assert early.came == "waiting"


def test_the_nearest_in_time_of_equal_titles_is_taken() -> None:
    near, far = came(OUT, days=0.1), came(OUT, days=30)
    (one,) = meet_posts([kept(OUT)], [far, near])
    assert one.post is near


def fill(assistant: Assistant, account: Account) -> None:
    posts = [
        Post(
            title=f"园艺日记第{n}篇",
            platform="wechat",
            published_at=datetime.now(UTC) - timedelta(days=100 - n),
        )
        for n in range(30)
    ]
    assistant.store.save_posts(posts, account.id)


def call(session: Session, command: object, *arguments: str, text: str | None = None) -> Result:
    done = CliRunner().invoke(command, arguments, obj=session, input=text)  # type: ignore[arg-type]
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_from_the_score_over_the_import_to_the_record(session: Session) -> None:
    session.assistant.posts.add_account("我的")
    assert "已记下 1 篇" in call(session, score, OUT, "-p", "xiaohongshu", "--published").stderr
    day = datetime.now(UTC) - timedelta(days=1)
    table = f"标题,发布时间,点赞\n{OUT},{day:%Y-%m-%d},12\n"
    done = call(session, import_posts, "-", "-a", "我的", "-p", "xiaohongshu", "-y", text=table)
    assert "其中 1 篇找到了作品" in done.stdout
    shown = call(session, evaluate).stdout
    assert "稿子发出去以后" in shown
    record = json.loads(call(session, evaluate, "--format", "json").stdout)["records"][0]
    (one,) = record["published"]
    assert (one["title"], one["came"]) == (OUT, "young")
    assert 0 < one["expected"]["low"] < one["expected"]["high"]


def test_without_an_account_nothing_is_marked(session: Session) -> None:
    done = CliRunner().invoke(score, [OUT, "--published"], obj=session)
    assert getattr(done.exception, "code", "") == "import_needs_account"
    assert session.assistant.desk.recent_drafts() == []


def test_published_drafts_outlive_the_others(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copyassist.store.drafts.KEPT", 2)
    account = session.assistant.posts.add_account("我的")
    desk, store = session.assistant.desk, session.assistant.store
    number = store.save_draft(Draft(title=OUT))
    desk.mark_draft(number, "xiaohongshu", account)
    for n in range(3):
        store.save_draft(Draft(title=f"第{n}稿"))
    (one,) = store.published_drafts(account.id, "xiaohongshu")
    assert (one.draft.title, one.account_id) == (OUT, account.id)
    desk.mark_draft(number, "", None)
    assert store.published_drafts(account.id, "xiaohongshu") == []
