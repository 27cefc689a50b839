"""Both READMEs tell the truth: every `$ copyassist …` in them runs, and prints what they show."""

import re
from pathlib import Path

import pytest

from tests.readme_examples import (
    READMES,
    ROOT,
    Example,
    find_missing,
    is_printed,
    prepare_folder,
    read_examples,
    refresh,
    run,
    run_here,
)

LINK = re.compile(r"\]\(([^)#]+)(#[^)]*)?\)")
PAGES = (
    *(*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "corpora/README.md"),
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
)
# The READMEs are shown outside the repository too, where only whole addresses lead somewhere.
OURS = re.compile(
    r"https://(?:github\.com/copyassist/copyassist/blob|raw\.githubusercontent\.com/copyassist/copyassist)"
    r"/main/"
)


@pytest.mark.parametrize("name", READMES)
def test_every_command_prints_what_the_readme_shows(name: str, tmp_path: Path) -> None:
    examples = read_examples((ROOT / name).read_text("utf-8"))
    assert examples
    folder = prepare_folder(tmp_path)
    for number, example in enumerate(examples):
        # The first one as a user runs it, in a process of its own; the others cost their work alone.
        done = (run_here if number else run)(example.arguments, folder)
        assert done.returncode == 0, f"{example.arguments}: {done.stdout}"
        missing = find_missing(example.shown, done.stdout)
        assert not missing, f"{example.arguments} did not print {missing}, but:\n{done.stdout}"


@pytest.mark.parametrize("name", READMES)
def test_every_everyday_command_is_shown_at_work(name: str) -> None:
    examples = read_examples((ROOT / name).read_text("utf-8"))
    used = {next(a for a in e.arguments if not a.startswith("-") and a != "en") for e in examples}
    everyday = {"import", "score", "batch", "posts", "demo", "where", "backup"}
    assert used >= everyday | {"hot", "history", "sources"}


def test_both_readmes_show_the_same_commands() -> None:
    first, second = (
        [
            [argument for argument in example.arguments if argument not in ("--lang", "en")]
            for example in read_examples((ROOT / name).read_text("utf-8"))
        ]
        for name in READMES
    )
    assert first == second


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_a_file_of_the_repository_leads_somewhere(name: str) -> None:
    page = ROOT / name
    links = [link for link, _ in LINK.findall(page.read_text("utf-8"))]
    inside = [page.parent / link for link in links if "://" not in link]
    inside += [ROOT / OURS.sub("", link) for link in links if OURS.match(link)]
    assert inside or name not in READMES
    assert [str(path) for path in inside if not path.exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_lead_somewhere_outside_the_repository_too(name: str) -> None:
    links = [link for link, _ in LINK.findall((ROOT / name).read_text("utf-8"))]
    assert [link for link in links if "://" not in link] == []


def test_a_line_with_an_ellipsis_matches_what_surrounds_it() -> None:
    assert is_printed("数据 …copyassist.db", ["数据 /home/a/copyassist.db"])
    assert not is_printed("数据 … settings", ["数据 /home/a/copyassist.db"])


def test_commands_and_their_output_are_read_from_console_blocks() -> None:
    text = "```console\n$ copyassist score 'a b'\nout  1\n…\n$ copyassist where\n```\n"
    assert read_examples(text) == [
        Example(["score", "a b"], ["out  1", "…"]),
        Example(["where"], []),
    ]


def test_a_shown_line_that_is_not_printed_is_missing() -> None:
    assert find_missing(["a  b", "…", "c"], "a b\nd\n") == ["c"]


def test_an_outdated_line_is_refreshed(tmp_path: Path) -> None:
    block = "```console\n$ copyassist demo --remove\n{}\n```\n"
    assert refresh(block.format("没有演示账号。"), tmp_path) == block.format("没有示例账号。")
