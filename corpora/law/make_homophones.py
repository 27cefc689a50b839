"""Makes copyassist/assets/lexicons/homophones.json from the words of disguise.toml.

    python corpora/law/make_homophones.py DICT TITLES

Needs pypinyin (MIT) for the sounds of characters, jieba's dictionary DICT, to leave out what is a word
of its own, and titles of hot lists TITLES (gzipped CSV), to leave out what stands in them by chance. One character of a word is exchanged for another of the same sound among the 3,755
commonest; half-pinyin spellings exchange one character for its sound.
"""

import csv
import gzip
import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin

ROOT = Path(__file__).parents[2]
LEXICONS = ROOT / "copyassist" / "assets" / "lexicons"


def list_common() -> list[str]:
    """The characters of the first level of GB 2312."""
    pairs = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return [char for pair in pairs if (char := pair.decode("gb2312", "ignore"))]


def main(dictionary: Path, titles: list[Path]) -> None:
    """Writes the table. `dictionary` is jieba's dict.txt."""
    known = {line.split(" ", 1)[0] for line in dictionary.read_text("utf-8").splitlines()}
    table = tomllib.loads((LEXICONS / "disguise.toml").read_text("utf-8"))
    words = list(dict.fromkeys(table["words"].split()))
    by_sound: dict[str, list[str]] = defaultdict(list)
    for char in list_common():
        for sound in pinyin(char, style=Style.NORMAL, heteronym=True)[0][:2]:
            by_sound[sound.replace("ü", "v")].append(char)
    heard: dict[str, str] = {}
    spelt: dict[str, str] = {}
    for word in words:
        sounds = [sound.replace("ü", "v") for sound in lazy_pinyin(word)]
        spelt.setdefault("".join(sounds), word)
        for place, sound in enumerate(sounds):
            spelt.setdefault(word[:place] + sound + word[place + 1 :], word)
            for char in by_sound[sound]:
                other = word[:place] + char + word[place + 1 :]
                if other not in words and not is_word(other, place, known):
                    heard.setdefault(other, word)
    ordinary = "\n".join(read_titles(titles))
    heard = {other: word for other, word in heard.items() if other not in ordinary}
    document = {"heard": heard, "spelt": {k: v for k, v in spelt.items() if len(k) > 2}}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (LEXICONS / "homophones.json").write_text(text + "\n", "utf-8")


def read_titles(paths: list[Path]) -> set[str]:
    """The titles of gzipped tables."""
    found: set[str] = set()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            found.update(row["title"] for row in csv.DictReader(lines))
    return found


def is_word(text: str, place: int, known: set[str]) -> bool:
    """Whether the exchanged character makes a word with a neighbour, or the whole is one."""
    left, right = text[max(0, place - 1) : place + 1], text[place : place + 2]
    return (
        text in known or (len(left) == 2 and left in known) or (len(right) == 2 and right in known)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
