"""Reads a model folder of the topics: a manifest, arrays, golden cases, each checked by its hash.

The same rules as for the scoring models: JSON and npz only, nothing is unpickled, and a file that
is not what was released is an error that names it.
"""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.model_folder import load_checked, load_manifest, named_fields

FORMAT = 1
WEIGHTS, GOLDEN = "weights.npz", "golden.json"


class Folder(NamedTuple):
    """A model folder that is what its manifest says."""

    manifest: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    golden: Any


def load_folder(folder: Path) -> Folder:
    """Read and check a model folder.

    Raises ModelError: `model_file_missing`, `model_altered`, `model_format`.
    """
    manifest = load_manifest(folder, FORMAT)
    weights = load_checked(folder, WEIGHTS, manifest)
    with named_fields(folder):
        golden = json.loads(load_checked(folder, GOLDEN, manifest))
        with np.load(io.BytesIO(weights), allow_pickle=False) as npz:
            arrays = {name: npz[name] for name in npz.files}
    return Folder(manifest, arrays, golden)
