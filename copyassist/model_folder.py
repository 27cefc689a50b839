"""A model folder is what its manifest says, or an error that names the file.

JSON and npz only. The manifest holds the format's number, the sha256 of every other file, and a
digest of itself.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from copyassist.errors import ModelError

MANIFEST = "manifest.json"


def load_manifest(folder: Path, form: int) -> dict[str, Any]:
    """The manifest of a folder of format `form`.

    Raises ModelError: `model_file_missing`, `model_altered`, `model_format`.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(_read(path))
        version, digest = manifest["format"], manifest["digest"]
        fits = digest == manifest_digest(manifest) and isinstance(manifest.get("files"), dict)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError("model_altered", path=str(path)) from error
    if version != form:
        raise ModelError("model_format", path=str(path), found=version, expected=form)
    if not fits:
        raise ModelError("model_altered", path=str(path))
    found: dict[str, Any] = manifest
    return found


def load_checked(folder: Path, name: str, manifest: Mapping[str, Any]) -> bytes:
    """A file's bytes, where they have the hash that the manifest gives. Raises ModelError."""
    data = _read(folder / name)
    if hashlib.sha256(data).hexdigest() != manifest["files"].get(name):
        raise ModelError("model_altered", path=str(folder / name))
    return data


@contextmanager
def named_fields(folder: Path) -> Iterator[None]:
    """Around what reads a folder's fields: one that is missing or odd is a ModelError that names it.

    Such a folder is whole and was signed, by a program that is not this one. Raises `model_field`.
    """
    path = str(folder / MANIFEST)
    try:
        yield
    except KeyError as error:
        raise ModelError("model_field", path=path, field=str(error.args[0])) from error
    except (ValueError, TypeError, AttributeError, ArithmeticError, LookupError) as error:
        raise ModelError("model_field", path=path, field=str(error)[:100]) from error
    except (BadZipFile, EOFError, RecursionError, MemoryError) as error:
        raise ModelError("model_altered", path=str(folder)) from error


def manifest_digest(manifest: Mapping[str, Any]) -> str:
    """The sha256 of a manifest without its own `digest`."""
    rest = {name: value for name, value in manifest.items() if name != "digest"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError("model_file_missing", path=str(path), reason=str(error)) from error
