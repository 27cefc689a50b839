"""Reads a model folder of the topics: a manifest, arrays, golden cases, each checked by its hash.

The same rules as for the scoring models: JSON and npz only, nothing is unpickled, and a file that
is not what was released is an error that names it.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.errors import ModelError

FORMAT = 1
MANIFEST, WEIGHTS, GOLDEN = "manifest.json", "weights.npz", "golden.json"


class Folder(NamedTuple):
    """A model folder that is what its manifest says."""

    manifest: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    golden: Any


def load_folder(folder: Path) -> Folder:
    """Read and check a model folder.

    Raises ModelError: `model_file_missing`, `model_altered`, `model_format`.
    """
    manifest = _load_manifest(folder / MANIFEST)
    weights = _load_checked(folder, WEIGHTS, manifest)
    golden = json.loads(_load_checked(folder, GOLDEN, manifest))
    with np.load(io.BytesIO(weights), allow_pickle=False) as npz:
        arrays = {name: npz[name] for name in npz.files}
    return Folder(manifest, arrays, golden)


def manifest_digest(manifest: Mapping[str, Any]) -> str:
    """The sha256 of a manifest without its own `digest`."""
    rest = {name: value for name, value in manifest.items() if name != "digest"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _load_manifest(path: Path) -> Mapping[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(_read(path))
        version, digest = manifest["format"], manifest["digest"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError("model_altered", path=str(path)) from error
    if version != FORMAT:
        raise ModelError("model_format", path=str(path), found=version, expected=FORMAT)
    if digest != manifest_digest(manifest):
        raise ModelError("model_altered", path=str(path))
    return manifest


def _load_checked(folder: Path, name: str, manifest: Mapping[str, Any]) -> bytes:
    data = _read(folder / name)
    if hashlib.sha256(data).hexdigest() != manifest["files"].get(name):
        raise ModelError("model_altered", path=str(folder / name))
    return data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError("model_file_missing", path=str(path), reason=str(error)) from error
