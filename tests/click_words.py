"""click's own words in Chinese: from the text that people edit to the form that gettext reads.

python -m tests.click_words    writes click.mo anew after click.po was changed
"""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from copyassist.resources import find_asset

FOLDER = find_asset("click", "zh", "LC_MESSAGES")


def compile_words(path: Path = FOLDER / "click.po") -> bytes:
    """The bytes of click.mo."""
    with path.open("rb") as text:
        catalog = read_po(text)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    return compiled.getvalue()


if __name__ == "__main__":
    (FOLDER / "click.mo").write_bytes(compile_words())
