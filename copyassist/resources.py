"""Finds what ships with the program: assets, default models, the demo account.

In a wheel `models/` and `corpora/` lie inside the package; in a checkout they lie beside it.
"""

from pathlib import Path

from copyassist.errors import ModelError

PACKAGE = Path(__file__).resolve().parent


def find_asset(*parts: str) -> Path:
    """The path of a file or folder under `copyassist/assets`."""
    return PACKAGE.joinpath("assets", *parts)


def find_models() -> Path:
    """The folder that holds one folder per shipped model. Raises ModelError where there is none."""
    return _find_shipped("models")


def find_corpora() -> Path:
    """The folder of the data written for the product, the demo account among it."""
    return _find_shipped("corpora")


def _find_shipped(name: str) -> Path:
    for candidate in (PACKAGE / name, PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise ModelError("shipped_folder_missing", folder=str(PACKAGE / name))
