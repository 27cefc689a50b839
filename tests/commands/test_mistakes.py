"""A mistake is told in the language chosen to the last word, in every command."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from copyassist.cli import cli, main
from copyassist.commands import COMMANDS
from copyassist.commands.collect import Duration
from copyassist.commands.console import tell_misuse
from copyassist.commands.hot import MomentParam
from copyassist.commands.session import Session
from copyassist.platforms import load_platforms
from tests.commands.test_spoken import HAN, SAME, find_command, list_commands

NAMES = {*COMMANDS, *(name for way in list_commands() for name in way)}
# What is typed is said as it is typed, and so are lists of endings.
MEANT = re.compile(r"--map title|copyassist( [a-z-]+)+|txt csv tsv xlsx jsonl parquet")
TYPED = {"wat", "nosuch", "hel"}


def find_foreign(chinese: str, path: tuple[str, ...]) -> set[str]:
    """The English words that are neither names nor values nor what was typed."""
    params = find_command(path).params
    values = {v for one in params if isinstance(one.type, click.Choice) for v in one.type.choices}
    for quoted in values | TYPED:
        chinese = chinese.replace(f"'{quoted}'", "")
    return set(re.findall(r"[A-Za-z]{2,}", SAME.sub(" ", chinese))) - NAMES


def make_mistakes(path: tuple[str, ...]) -> Iterator[list[str]]:
    """Calls of a command that click refuses, one of each kind."""
    command = find_command(path)
    yield ["--wat"]
    yield ["-Z"]
    if isinstance(command, click.Group):
        yield ["nosuch"]
        yield ["hel"]
    given = [one for one in command.params if isinstance(one, click.Argument)]
    needed = ["7" for one in given if one.required]
    if needed:
        yield []
    elif not isinstance(command, click.Group):
        yield ["7"] * 9 if all(one.nargs == 1 for one in given) else ["--wat"]
    for option in command.params:
        if isinstance(option, click.Option):
            yield from ([*needed, *wrong] for wrong in misuse_option(option))


def misuse_option(option: click.Option) -> Iterator[list[str]]:
    name = max(option.opts, key=len)
    if option.is_flag:
        yield [f"{name}=7"]
        return
    yield [name]
    if isinstance(option.type, click.Choice | click.IntRange | Duration | MomentParam):
        yield [name, "wat"]
        yield [name, ""]
        yield [name, "-7"]
    if isinstance(option.type, click.Path) and not option.type.dir_okay:
        yield [name, "/"]


def tell(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is said on standard error."""
    with pytest.raises(click.ClickException) as caught:
        cli.main(args=arguments, prog_name="copyassist", obj=Session(), standalone_mode=False)
    tell_misuse(caught.value)
    return capsys.readouterr().err


@pytest.fixture(autouse=True)
def _leave_no_language(home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")


@pytest.mark.parametrize("path", [*list_commands()], ids=" ".join)
def test_mistakes_are_told_in_one_language(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    for mistake in make_mistakes(path):
        chinese = tell(["--lang", "zh", *path, *mistake], capsys)
        assert find_foreign(chinese, path) == set(), chinese
        assert "错误：" in chinese
        english = tell(["--lang", "en", *path, *mistake], capsys)
        assert HAN.findall(english) == [], english
        assert "Error:" in english


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a user stands, with files that cannot be read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dir").mkdir()
    (tmp_path / "broken.xlsx").write_bytes(b"no sheet at all")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "broken.zip").write_bytes(b"no archive")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "7", "--body", "none.txt"],
        ["score", "7", "-p", "wat"],
        ["score", "7", "-a", "wat"],
        ["batch", "none.csv"],
        ["batch", "dir"],
        ["batch", "broken.xlsx", "-o", "o.csv"],
        ["batch", "empty.csv"],
        ["import", "none.csv", "-a", "7"],
        ["import", "dir", "-a", "7"],
        ["import", "broken.xlsx", "-a", "7"],
        ["import", "none.csv", "--map", "7"],
        ["imports", "undo", "7"],
        ["posts", "delete", "7"],
        ["accounts", "rename", "7", "8"],
        ["hot", "-p", "wat"],
        ["sources", "enable", "wat"],
        ["sources", "opml", "import", "none.opml"],
        ["history", "import", "none.csv"],
        ["restore", "broken.zip", "-y"],
        ["restore", "none.zip", "-y"],
        ["evaluate"],
    ],
    ids=" ".join,
)
def test_what_goes_wrong_is_told_in_one_language(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def call(language: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["--lang", language, *arguments])
        assert ended.value.code
        return capsys.readouterr().err

    assert re.findall(r"[A-Za-z]{2,} [A-Za-z]{2,}", MEANT.sub("", call("zh"))) == []
    english = call("en")
    names = "、".join(platform.name_en for platform in load_platforms().values())
    assert set(HAN.findall(english)) <= set(HAN.findall(names)), english


def test_a_settings_file_that_is_wrong_says_where(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("language = \n", "utf-8")
    with pytest.raises(SystemExit):
        main(["--lang", "zh", "where"])
    assert "读不了：第 1 行第 12 列写法不对" in capsys.readouterr().err
