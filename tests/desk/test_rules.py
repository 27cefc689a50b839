"""Packs that are off, words of one's own, exemptions: what is asked, and what is kept back and why."""

from datetime import date
from pathlib import Path

import pytest

from copyassist.assistant import Assistant
from copyassist.errors import InputError, SettingsError, UsageError
from copyassist.packs import parse_pack, read_words
from copyassist.settings import load_settings
from copyassist.types import Draft, Exemption, Severity

BAD = Draft(title="国家级品质的面霜，全网最低价，现在下单", platform="weibo")


@pytest.fixture
def assistant(home: Path) -> Assistant:
    """An assistant with two accounts."""
    made = Assistant(load_settings())
    made.posts.add_account("甲")
    made.posts.add_account("乙")
    return made


def codes(assistant: Assistant, account: str = "", draft: Draft = BAD) -> list[str]:
    found = assistant.posts.account(account) if account else None
    return [one.code for one in assistant.desk.review(draft, found).findings]


def test_a_pack_is_off_for_one_account_or_for_all(assistant: Assistant) -> None:
    assert "absolute_term" in codes(assistant, "甲")
    assistant.rules.switch(["absolute_term"], "甲", on=False)
    assert "absolute_term" not in codes(assistant, "甲")
    assert "absolute_term" in codes(assistant, "乙")
    assistant.rules.switch(["absolute_term"], on=False)
    assert "absolute_term" not in codes(assistant, "乙")
    coverage = assistant.desk.review(BAD).coverage
    assert [pack.id for pack in coverage.left_out] == ["absolute_term"]
    assistant.rules.switch(["absolute_term"], on=True)
    assert "absolute_term" in codes(assistant, "乙")
    with pytest.raises(UsageError):
        assistant.rules.switch(["no_such"], on=False)


def test_what_an_account_chose_follows_its_name(assistant: Assistant) -> None:
    account = assistant.posts.account("甲")
    assert account is not None
    assistant.rules.switch(["absolute_term"], "甲", on=False)
    assistant.rules.exempt(Exemption(word="面霜", account="甲"))
    assistant.posts.rename_account(account, "丙")
    assert "absolute_term" not in codes(assistant, "丙")
    assert [one.account for one in assistant.rules.exemptions()] == ["丙"]
    renamed = assistant.posts.account("丙")
    assert renamed is not None
    assistant.posts.delete_account(renamed)
    assert assistant.rules.exemptions() == ()
    assert assistant.settings.packs_off == {}


def test_an_allowed_word_hides_what_lies_inside_it_and_no_more(assistant: Assistant) -> None:
    rules = assistant.rules
    rules.exempt(Exemption(word="国家级品质", reason="客户的商标"))
    report = assistant.desk.review(BAD)
    kept = [one.params["text"] for one in report.findings if one.code == "absolute_term"]
    assert all(str(one).startswith("全网最") for one in kept)
    assert {one.exemption.reason for one in report.hidden} == {"客户的商标"}
    again = Assistant(load_settings())
    (found,) = again.rules.exemptions()
    assert (found.word, found.reason) == ("国家级品质", "客户的商标")
    assert found.since is not None
    rules.take_back(found)
    assert len(assistant.desk.review(BAD).hidden) == 0


def test_a_rule_is_exempt_for_one_account(assistant: Assistant) -> None:
    finding = assistant.desk.review(BAD).findings[0]
    assistant.rules.exempt(Exemption(rule=finding.key, word="国家级", account="甲"))
    assert len(codes(assistant, "甲")) == len(codes(assistant, "乙")) - 1
    assistant.rules.exempt(Exemption(rule=finding.key, word="别的", account="甲", reason="改了"))
    assert [one.reason for one in assistant.rules.exemptions()] == ["改了"]
    with pytest.raises(UsageError):
        assistant.rules.exempt(Exemption(word="  "))


def test_rules_ignored_by_an_earlier_version_still_are(assistant: Assistant) -> None:
    finding = assistant.desk.review(BAD).findings[0]
    assistant.change_settings(ignored=(finding.key,))
    (old,) = assistant.rules.exemptions()
    assert finding.key not in [one.key for one in assistant.desk.review(BAD).findings]
    assistant.rules.take_back(old)
    assert assistant.settings.ignored == ()


def test_a_hint_that_was_ignored_twice_is_offered_for_silence(assistant: Assistant) -> None:
    hints = assistant.desk.review(Draft(title='他说"好"，周末去皖南', platform="weibo")).findings
    hint = next(one for one in hints if one.severity is Severity.INFO)
    assert not assistant.rules.note_ignored(hint)
    assert assistant.rules.note_ignored(hint)
    grave = next(
        one for one in assistant.desk.review(BAD).findings if one.severity is not Severity.INFO
    )
    assert not assistant.rules.note_ignored(grave)


def test_a_list_of_words_becomes_a_pack_of_hints(assistant: Assistant) -> None:
    data = "词,换成\n咖啡,拿铁\nPR,\n好,\n".encode()
    pack, read = assistant.rules.import_words("品牌 用词", data, "w.csv")
    assert (pack.id, len(pack.words), read.dropped) == ("品牌-用词", 2, 1)
    draft = Draft(title="喝咖啡，聊 pr，april", platform="weibo")
    found = [one for one in assistant.desk.review(draft).findings if one.code == "own_word"]
    assert [(one.params["text"], one.replacement) for one in found] == [
        ("咖啡", "拿铁"),
        ("pr", None),
    ]
    assert {one.severity for one in found} == {Severity.INFO}
    assistant.rules.switch([pack.id], on=False)
    assert "own_word" not in codes(assistant, draft=draft)
    assistant.rules.remove_pack(pack.id)
    assert assistant.settings.packs_off == {}
    with pytest.raises(UsageError):
        assistant.rules.remove_pack(pack.id)


def test_a_pack_of_ones_own_says_why_and_how_grave(assistant: Assistant) -> None:
    pack = b'name = "x"\n[[words]]\ntext = "abc"\nwhy = "old"\nseverity = "warning"\n'
    (word,) = parse_pack(pack, Path("x.toml")).words
    assert (word.why, word.severity) == ("old", Severity.WARNING)
    assistant.rules.import_words("x", pack, "x.toml")
    assert assistant.rules.own_packs()["x"].words == (word,)
    assert assistant.rules.own_packs()["x"].added is not None


@pytest.mark.parametrize(
    "data",
    [
        b"words = 3",
        b"words = [3]",
        b'words = ["a"]',
        b"[[words]]\ntext = 3",
        b"name = 3\nwords = []",
        b"=",
    ],
)
def test_a_bad_pack_names_its_file(data: bytes) -> None:
    with pytest.raises(SettingsError) as told:
        parse_pack(data, Path("packs/x.toml"))
    assert told.value.params["path"] == str(Path("packs/x.toml"))


def test_a_list_without_words_is_refused() -> None:
    with pytest.raises(InputError):
        read_words("好\n的\n".encode(), "x.txt")


def test_coverage_says_the_day_of_the_oldest_rules(assistant: Assistant) -> None:
    coverage = assistant.desk.review(BAD).coverage
    assert isinstance(coverage.as_of, date)
    assert coverage.unchecked == ("pictures", "proof", "licences")
