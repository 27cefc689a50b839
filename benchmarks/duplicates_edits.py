"""What titles are edited by: the kinds of this file, and the blind ones where they are there.

The blind set was written by somebody who did not see the matcher; it is read when the benchmark
runs and nothing is fitted or chosen on it.
"""

import importlib.util
import json
import random
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

Edit = Callable[[str, random.Random], str | None]
BLIND = Path(__file__).parent / "blind"
LETTERS = "的是了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学"
SWAPS = {
    "如何": "怎么",
    "为什么": "为何",
    "公布": "发布",
    "回应": "发声",
    "曝光": "爆出",
    "宣布": "官宣",
    "网友": "网民",
    "孩子": "小孩",
    "看待": "评价",
    "有哪些": "有什么",
    "首次": "第一次",
    "男子": "小伙",
    "女子": "姑娘",
    "被": "遭",
}


@dataclass(frozen=True, slots=True)
class Editor:
    """A set of edits. `lookalike` gives a title of the same pattern about something else."""

    name: str
    edits: Mapping[str, Edit]
    lookalike: Callable[[str, random.Random], str | None] | None = None
    rewrites: Sequence[Mapping[str, object]] = ()
    passages: ModuleType | None = None


def change_tenth(title: str, chooser: random.Random) -> str:
    letters = list(title)
    for _ in range(max(1, len(letters) // 10)):
        letters[chooser.randrange(len(letters))] = chooser.choice(LETTERS)
    return "".join(letters)


def drop_tenth(title: str, chooser: random.Random) -> str:
    letters = list(title)
    for _ in range(max(1, len(letters) // 10)):
        del letters[chooser.randrange(len(letters))]
    return "".join(letters)


def swap_words(title: str, _: random.Random) -> str:
    for old, new in SWAPS.items():
        title = title.replace(old, new)
    return title


def turn_around(title: str, chooser: random.Random) -> str:
    place = chooser.randrange(2, len(title) - 2)
    return f"{title[place:]}，{title[:place]}"


def wrap(title: str, chooser: random.Random) -> str:
    return chooser.choice(
        ("震惊！{}", "刚刚，{}", "{}，网友炸锅", "【热点】{}", "{}，你怎么看？")
    ).format(title)


def space_out(title: str, _: random.Random) -> str:
    return " ".join(title)


def hide(title: str, _: random.Random) -> str:
    return "\u200b".join(title)


def widen(title: str, _: random.Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in title) + "🔥"


def cut_end(title: str, _: random.Random) -> str:
    return title[: max(5, len(title) * 3 // 4)]


def do_all(title: str, chooser: random.Random) -> str:
    return wrap(change_tenth(swap_words(title, chooser), chooser), chooser)


OWN = Editor(
    "own",
    {
        "one character in ten changed": change_tenth,
        "one in ten left out": drop_tenth,
        "synonym": swap_words,
        "halves turned around": turn_around,
        "clickbait around it": wrap,
        "spaces between all": space_out,
        "zero-width between all": hide,
        "full width, a picture": widen,
        "a quarter cut off": cut_end,
        "chained: swapped, changed, wrapped": do_all,
    },
)


def find_editors() -> list[Editor]:
    """The own edits, and the blind ones where their folder or archive lies in benchmarks/blind."""
    blind = load_blind()
    return [OWN] if blind is None else [OWN, blind]


def load_blind(name: str = "duplicates_1") -> Editor | None:
    """The blind edits; None where they are not there."""
    folder, archive = BLIND / name, BLIND / f"{name}.zip"
    if not folder.is_dir():
        if not archive.is_file():
            return None
        folder = Path(tempfile.mkdtemp(prefix="blind-"))
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    found = {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}
    module = _load(found["edits.py"])
    rewrites = found.get("rewrites.jsonl")
    passages = found.get("passages.py")
    return Editor(
        "blind",
        {kind: _bind(module, kind) for kind in module.KINDS},
        getattr(module, "lookalike", None),
        [json.loads(line) for line in rewrites.read_text("utf-8").splitlines() if line.strip()]
        if rewrites
        else (),
        _load(passages) if passages else None,
    )


def _bind(module: ModuleType, kind: str) -> Edit:
    return lambda title, chooser: module.edit(title, kind, chooser)


def _load(path: Path) -> ModuleType:
    name = f"blind_{path.stem}"
    if str(path.parent) not in sys.path:
        sys.path.append(str(path.parent))  # its files may read each other
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
