"""Help and click's own words are in the language chosen, every word of them."""

import gettext
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from copyassist.cli import cli
from copyassist.commands import COMMANDS
from copyassist.commands.session import Session
from copyassist.commands.spoken import find_flag, translate_click
from copyassist.i18n import LANGUAGES, Language, load_area
from copyassist.tables.metrics import FIELDS, METRICS
from tests.click_words import FOLDER, compile_words

HAN = re.compile("[\u3400-\u9fff]")
# Names of things that are the same in both languages, and placeholders of arguments.
SAME = re.compile(
    r"copyassist|keywords|jieba|tfidf|textrank|RSSHub|默认 \w+|--?[\w-]+|[A-Z_]{2,}…?|\[[\w|-]+\]|\.\w+|n=\d+|x[<>=]+\d+|[\d.]+[\w.]*"
    r"|csv|xlsx|xls|tsv|txt|jsonl|json|parquet|words|codes|zip|title|TrendRadar|newsnow|DailyHotApi|RSSHub|OPML|HTML"
    r"|Markdown|App|CSV|JSON|[\w-]+=\S*|weibo|imports|undo|posts|edit|delete|gz|English|rss|md|toml|jsonl|sarif|JSONL|TXT|DOCX|own|followed|drafts|corpora"
)


def list_commands() -> Iterator[tuple[str, ...]]:
    """Every command with the way to it."""

    def walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield path
        if isinstance(command, click.Group):
            for name, below in command.commands.items():
                yield from walk(below, (*path, name))

    yield ()
    for name, load in COMMANDS.items():
        yield from walk(load(), (name,))


@pytest.fixture(autouse=True)
def _leave_no_language(home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")


def show_help(path: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]) -> str:
    arguments = ["--lang", language, *path, "--help"]
    cli.main(args=arguments, prog_name="copyassist", obj=Session(), standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("path", [*list_commands()], ids=" ".join)
def test_help_speaks_one_language(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    english = show_help(path, "en", capsys)
    assert HAN.findall(english.replace("…", "")) == []
    assert "Usage:" in english
    chinese = show_help(path, "zh", capsys)
    assert "用法：" in chinese
    known = {*COMMANDS, *(name for way in list_commands() for name in way)}
    for name in (*FIELDS, *METRICS):
        chinese = chinese.replace(f"  {name} ", " ")
    left = set(re.findall(r"[A-Za-z]{2,}", SAME.sub(" ", chinese))) - known
    assert left == set()


def test_every_option_and_command_has_its_help() -> None:
    for language in LANGUAGES:
        sentences = load_area(language, "help")
        said = set(sentences) - {key for key in sentences if key.startswith("kinds.")}
        assert said == set(wanted_keys())


def wanted_keys() -> Iterator[str]:
    yield from ("about", "lang", "version")
    for path in list_commands():
        if path:
            command: click.Command = COMMANDS[path[0]]()
            for name in path[1:]:
                assert isinstance(command, click.Group)
                command = command.commands[name]
            yield ".".join((*path, "about"))
            for param in command.params:
                if isinstance(param, click.Option):
                    yield ".".join((*path, str(param.name)))


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["hot", "--wat"], "没有 '--wat' 这个选项", "No such option '--wat'"),
        (["scor"], "没有 'scor' 这个命令", "No such command 'scor'"),
        (["hot", "-n", "x"], "的值不对", "Invalid value"),
        (["hot", "-n"], "后面要写值", "requires an argument"),
        (["accounts", "add"], "缺少参数", "Missing argument"),
        (["accounts", "add", "a", "b"], "多出了参数", "unexpected extra argument"),
        (["hot", "--format", "doc"], "不在可选的", "is not one of"),
    ],
)
def test_mistakes_are_told_in_the_language_chosen(
    arguments: list[str], zh: str, en: str, home: object
) -> None:
    said: Mapping[Language, str] = {"zh": zh, "en": en}
    for language, text in said.items():
        with pytest.raises(click.ClickException) as caught:
            cli.main(args=["--lang", language, *arguments], obj=Session(), standalone_mode=False)
        assert text in caught.value.format_message()


@pytest.mark.parametrize("path", [*list_commands()], ids=" ".join)
def test_no_command_takes_a_mistyped_option_for_a_text(path: tuple[str, ...], home: object) -> None:
    arguments = ["--lang", "zh", *path, "标题", "--platfrom", "小红书"]
    with pytest.raises(click.UsageError) as caught:
        cli.main(args=arguments, obj=Session(), standalone_mode=False)
    said = caught.value.format_message()
    assert "这个选项" in said or "这个命令" in said
    takes_texts = any(isinstance(param, click.Argument) for param in find_command(path).params)
    assert ("单独写一个 --" in said) == takes_texts


def find_command(path: tuple[str, ...]) -> click.Command:
    found: click.Command = cli
    for name in path:
        assert isinstance(found, click.Group)
        below = found.get_command(click.Context(found), name)
        assert below is not None
        found = below
    return found


def test_the_flag_counts_wherever_it_stands() -> None:
    assert find_flag(["hot", "--lang", "en"]) == "en"
    assert find_flag(["--lang=zh"]) == "zh"
    assert find_flag(["--lang"]) is None
    assert find_flag(["--lang", "fr"]) is None


def test_the_compiled_words_are_those_of_the_text() -> None:
    with (FOLDER / "click.mo").open("rb") as shipped:
        said = gettext.GNUTranslations(shipped)
    fresh = gettext.GNUTranslations(io.BytesIO(compile_words()))
    with (FOLDER / "click.po").open("rb") as text:
        ids = [message.id for message in read_po(text) if message.id]
    plain = [one if isinstance(one, str) else one[0] for one in ids]
    assert len(plain) > 30
    assert [said.gettext(one) for one in plain] == [fresh.gettext(one) for one in plain]
    counted = [one for one in ids if not isinstance(one, str)]
    assert [said.ngettext(*one, 2) for one in counted] == [
        fresh.ngettext(*one, 2) for one in counted
    ]


def test_every_word_that_is_translated_is_clicks_own() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    with (FOLDER / "click.po").open("rb") as text:
        ids = [message.id for message in read_po(text) if message.id]
    plain = [one if isinstance(one, str) else one[0] for one in ids]
    missing = {one for one in plain if one.encode("unicode_escape").decode() not in sources}
    assert missing <= {"[COMMAND] [ARGS]..."}  # which click says from 8.5 on


def test_the_settings_choose_the_language_where_no_flag_does(home: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "copyassist", "hot", "--help"],
        env={**os.environ, "COPYASSIST_LANG": "en"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "Usage:" in done.stdout
    assert not HAN.search(done.stdout)


def test_english_is_what_click_says_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    translate_click("zh")
    assert gettext.gettext("Usage:") == "用法："
    translate_click("en")
    assert gettext.gettext("Usage:") == "Usage:"
