"""Both READMEs tell the truth: every `$ copyassist …` in them runs, and prints what they show."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from copyassist.resources import find_corpora

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"^```(?:console|sh)\n(\$ copyassist .*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)(#[^)]*)?\)")


class Example(NamedTuple):
    """A command of a README and the lines that it shows below it, `…` left out."""

    arguments: list[str]
    shown: list[str]


def read_examples(text: str) -> list[Example]:
    """The commands of all console blocks, in order."""
    examples = []
    for block in BLOCK.findall(text):
        for call in re.split(r"^\$ copyassist ", block, flags=re.MULTILINE)[1:]:
            command, *shown = call.splitlines()
            kept = [line for line in map(squeeze, shown) if line not in ("", "…")]
            examples.append(Example(shlex.split(command), kept))
    return examples


def squeeze(line: str) -> str:
    return " ".join(line.split())


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("COPYASSIST_")
    }
    environment |= {"COPYASSIST_HOME": str(folder / "home"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", "from copyassist.cli import main; main()", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fresh folder with the example files where a checkout has them."""
    shutil.copytree(find_corpora() / "examples", tmp_path / "corpora" / "examples")
    return tmp_path


@pytest.mark.parametrize("name", READMES)
def test_every_command_prints_what_the_readme_shows(name: str, folder: Path) -> None:
    examples = read_examples((ROOT / name).read_text("utf-8"))
    assert examples
    for example in examples:
        done = run(example.arguments, folder)
        assert done.returncode == 0, f"{example.arguments}: {done.stderr}"
        real = [squeeze(line) for line in (done.stdout + done.stderr).splitlines()]
        missing = [line for line in example.shown if not is_printed(line, real)]
        assert not missing, f"{example.arguments} did not print {missing}, but:\n{done.stdout}"


def is_printed(shown: str, real: list[str]) -> bool:
    """Whether a line of the README is among the real ones; `…` inside it stands for anything."""
    pattern = re.compile(".*".join(re.escape(part) for part in shown.split("…")))
    return any(pattern.fullmatch(line) for line in real)


@pytest.mark.parametrize("name", READMES)
def test_every_everyday_command_is_shown_at_work(name: str) -> None:
    examples = read_examples((ROOT / name).read_text("utf-8"))
    used = {next(a for a in e.arguments if not a.startswith("-") and a != "en") for e in examples}
    assert used >= {"import", "score", "batch", "posts", "demo", "where", "backup"}


def test_both_readmes_show_the_same_commands() -> None:
    first, second = (
        [
            [argument for argument in example.arguments if argument not in ("--lang", "en")]
            for example in read_examples((ROOT / name).read_text("utf-8"))
        ]
        for name in READMES
    )
    assert first == second


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "corpora/README.md"])
def test_every_link_to_a_file_of_the_repository_leads_somewhere(name: str) -> None:
    page = ROOT / name
    links = [link for link, _ in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_a_line_with_an_ellipsis_matches_what_surrounds_it() -> None:
    assert is_printed("数据 …copyassist.db", ["数据 /home/a/copyassist.db"])
    assert not is_printed("数据 … settings", ["数据 /home/a/copyassist.db"])


def test_commands_and_their_output_are_read_from_console_blocks() -> None:
    text = "```console\n$ copyassist score 'a b'\nout  1\n…\n$ copyassist where\n```\n"
    assert read_examples(text) == [
        Example(["score", "a b"], ["out 1"]),
        Example(["where"], []),
    ]
