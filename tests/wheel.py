"""What a built wheel holds, and whether its commands do what the READMEs show.

python -m tests.wheel DIST PYTHON    looks at the wheel in the folder DIST, and runs every command
                                     of both READMEs with PYTHON, which has that wheel installed.
"""

import sys
import tempfile
import zipfile
from pathlib import Path

from tests.readme_examples import READMES, ROOT, find_missing, prepare_folder, read_examples, run

LARGEST = 8_000_000  # bytes
FORBIDDEN = ("training/", "word_vectors", "/en-upworthy/", "tests/", "benchmarks/")
NEEDED = (
    "copyassist/models/zh-xiaohongshu/weights.npz",
    "copyassist/models/topics-merge/weights.npz",
    "copyassist/models/forecast-weibo/weights.npz",
    "copyassist/models/keywords/tables.npz.xz",
    "copyassist/corpora/demo/posts.csv",
    "copyassist/assets/sources.toml",
    "copyassist/py.typed",
)


def find_faults(names: list[str], size: int) -> list[str]:
    """What is wrong with a wheel of these files and of this size in bytes."""
    faults = [f"{name} is in it" for name in names for bad in FORBIDDEN if bad in name]
    faults += [f"{name} is missing" for name in NEEDED if name not in names]
    return faults + ([f"{size} bytes are more than {LARGEST}"] if size > LARGEST else [])


def find_wrong_commands(python: str) -> list[str]:
    """The commands of the READMEs that fail, or print other lines than shown, with their output."""
    wrong = []
    for name in READMES:
        with tempfile.TemporaryDirectory() as folder:
            prepare_folder(Path(folder))
            for example in read_examples((ROOT / name).read_text("utf-8")):
                done = run(example.arguments, Path(folder), python=python)
                missing = find_missing(example.shown, done.stdout)
                if done.returncode or missing:
                    wrong.append(f"{name}: {example.arguments}: {missing}\n{done.stdout}")
    return wrong


def main(dist: str, python: str) -> int:
    """Prints what is wrong; the exit code is 1 where something is."""
    (wheel,) = Path(dist).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        faults = find_faults(archive.namelist(), wheel.stat().st_size)
    faults += find_wrong_commands(
        str(Path(python).absolute())
    )  # a link to it would lose its packages
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{wheel.name}: {wheel.stat().st_size} bytes, {len(faults)} faults\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
