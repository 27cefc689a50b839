"""Writes a model folder of the topics, as `topics.folder` reads it."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
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
    """An npz, the same bytes for the same arrays, each packed by what makes it smaller.

    numpy reads every packing that zipfile knows. Sorted keys shrink by a quarter more under LZMA.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, array in arrays.items():
            content = _dump_array(array)
            smaller = min(
                (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA),
                key=lambda packing: _measure_packed(content, packing),
            )
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content, smaller)
    return packed.getvalue()


def _dump_array(array: Any) -> bytes:
    content = io.BytesIO()
    np.save(content, np.asarray(array), allow_pickle=False)
    return content.getvalue()


def _measure_packed(content: bytes, packing: int) -> int:
    """Bytes of the content under a packing of zipfile."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a"), content, packing)
        return archive.infolist()[0].compress_size


def dump(content: object) -> bytes:
    """JSON as the model folders hold it."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def hash_file(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def today() -> str:
    """The day on which figures were measured."""
    return f"{datetime.now(UTC):%Y-%m-%d}"
