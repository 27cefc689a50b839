"""The commands that the READMEs show: how to find them, run them, and compare what they print.

python -m tests.readme_examples    writes today's output and the models' figures into both READMEs,
                                   after a model was trained anew or a sentence changed. Look at the
                                   diff: a line that is no longer printed is to be mended by hand.
"""

import contextlib
import difflib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from copyassist.cli import main
from copyassist.resources import find_corpora, find_models

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"^```(?:console|sh)\n(\$ copyassist .*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = "$ copyassist "
FIGURE = re.compile(r"[\d.]+ ?% \[[\d.]+, [\d.]+\]")


class Example(NamedTuple):
    """A command of a README and the lines that it shows below it."""

    arguments: list[str]
    shown: list[str]


def read_examples(text: str) -> list[Example]:
    """The commands of all console blocks, in order."""
    calls = [call for block in BLOCK.findall(text) for call in _split_calls(block)]
    return [Example(shlex.split(command), shown) for command, *shown in calls]


def _split_calls(block: str) -> list[list[str]]:
    parts = re.split(f"^{re.escape(PROMPT)}", block, flags=re.MULTILINE)[1:]
    return [part.splitlines() for part in parts]


def prepare_folder(folder: Path) -> Path:
    """Puts the example files where a checkout has them."""
    shutil.copytree(find_corpora() / "examples", folder / "corpora" / "examples")
    return folder


class Done(NamedTuple):
    """What a command did: its exit code, and both its outputs together."""

    returncode: int
    stdout: str


def run(arguments: list[str], folder: Path, python: str = sys.executable) -> Done:
    """Runs copyassist by a Python in the folder, with a data folder of its own."""
    done = subprocess.run(
        [python, "-m", "copyassist", *arguments],
        cwd=folder,
        env=make_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Done(done.returncode, done.stdout)


def run_here(arguments: list[str], folder: Path) -> Done:
    """The same in this process: what is imported once need not be imported for each command."""
    output = io.StringIO()
    before, mask = dict(os.environ), os.umask(0o022)
    with contextlib.chdir(folder), redirect_stdout(output), redirect_stderr(output):
        try:
            os.environ.clear()
            os.environ.update(make_environment(folder))
            time.tzset()
            main(arguments)
        except SystemExit as stop:
            code = stop.code
        finally:
            os.umask(mask)
            os.environ.clear()
            os.environ.update(before)
            time.tzset()
    return Done(int(code or 0), output.getvalue())


def make_environment(folder: Path) -> dict[str, str]:
    """The environment of a user who set nothing, somewhere in China."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("COPYASSIST_")}
    kept |= {"COPYASSIST_HOME": str(folder / "home"), "PYTHONIOENCODING": "utf-8"}
    return kept | {"TZ": "CST-8"}


def find_missing(shown: list[str], printed: str) -> list[str]:
    """The shown lines that were not printed, `…` alone on a line standing for anything."""
    real = [squeeze(line) for line in printed.splitlines()]
    return [line for line in shown if not is_printed(squeeze(line), real)]


def is_printed(shown: str, real: list[str]) -> bool:
    """Whether a line is among the real ones; `…` inside it stands for anything."""
    if shown in ("", "…"):
        return True
    pattern = re.compile(".*".join(re.escape(part) for part in shown.split("…")))
    return any(pattern.fullmatch(line) for line in real)


def squeeze(line: str) -> str:
    """The line with all white space made one space."""
    return " ".join(line.split())


def refresh(text: str, folder: Path) -> str:
    """The README with each outdated line replaced by the printed line most like it."""
    for example in read_examples(text):
        printed = run(example.arguments, folder).stdout
        for line, new in _find_replacements(example, printed):
            text = text.replace(f"\n{line}\n", f"\n{new}\n", 1)
    return text


def _find_replacements(example: Example, printed: str) -> Iterator[tuple[str, str]]:
    missing = find_missing(example.shown, printed)
    known = {squeeze(line) for line in example.shown}
    fresh = [line for line in printed.splitlines() if squeeze(line) not in known]
    for line in missing:
        likest = difflib.get_close_matches(line, fresh, n=1, cutoff=0.5)
        if likest and "…" not in line:
            fresh.remove(likest[0])
            yield line, likest[0]
        else:
            sys.stderr.write(f"no longer printed by {example.arguments}: {line}\n")


def read_figures() -> dict[str, list[str]]:
    """By the name of a model or of a forecast's question, its shares of pairs right.

    A model of the score has two, of all pairs and of clear ones; a question has one: 57.4 % [56, 59].
    """
    figures: dict[str, list[str]] = {}
    for path in sorted(find_models().glob("*/manifest.json")):
        manifest = json.loads(path.read_text("utf-8"))
        if "metrics" in manifest and "value_low_high" in manifest["metrics"]:
            metrics = manifest["metrics"]["value_low_high"]
            # A model that can use other facts of a post too has figures of the title alone as well.
            metrics = metrics.get("title", metrics)
            figures[path.parent.name] = [_show(*metrics[name]) for name in ("all", "clear")]
        questions = manifest.get("targets", {}) if "weibo" in manifest.get("sources", ()) else {}
        for name, target in questions.items():
            auc = target["metrics"]["auc"]
            figures[name] = [_show(auc["value"], auc["low"], auc["high"])]
    return figures


def _show(value: float, low: float, high: float) -> str:
    return f"{100 * value:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def refresh_figures(text: str) -> str:
    """The README with the figures in the rows of its tables as the manifests have them."""
    for model, figures in read_figures().items():
        old = re.search(rf"^\| `{model}` .*$", text, re.MULTILINE)
        if old is not None:
            row = old.group()
            for outdated, figure in zip(FIGURE.findall(row), figures, strict=True):
                row = row.replace(outdated, figure)
            text = text.replace(old.group(), row)
    return text


def refresh_all() -> None:
    """Refreshes both READMEs in place."""
    for name in READMES:
        with tempfile.TemporaryDirectory() as folder:
            text = (ROOT / name).read_text("utf-8")
            new = refresh_figures(refresh(text, prepare_folder(Path(folder))))
            (ROOT / name).write_text(new, "utf-8", newline="\n")


if __name__ == "__main__":
    refresh_all()
