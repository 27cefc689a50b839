"""Writes a model folder of the topics, as `topics.folder` reads it."""

import hashlib
import io
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from copyassist.model_folder import MANIFEST, manifest_digest
from copyassist.news.topics.folder import FORMAT, GOLDEN, WEIGHTS


def write_folder(
    folder: Path, manifest: Mapping[str, Any], arrays: Mapping[str, Any], golden: Any
) -> None:
    """Write the folder whole: the old one is replaced only by a complete new one."""
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    files = {WEIGHTS: pack_arrays(arrays), GOLDEN: dump(golden)}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    described: dict[str, Any] = {**manifest, "format": FORMAT, "files": hashes}
    described["digest"] = manifest_digest(described)
    for name, content in {**files, MANIFEST: dump(described)}.items():
        (draft / name).write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def pack_arrays(arrays: Mapping[str, Any]) -> bytes:
    """A compressed npz."""
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    return packed.getvalue()


def dump(content: object) -> bytes:
    """JSON as the model folders hold it."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def hash_file(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
