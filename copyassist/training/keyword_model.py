"""Makes models/keywords: names, boundaries, priors and the network.

    COPYASSIST_BENCH_DATA=… python -m copyassist.training.keyword_model [-o FOLDER] [--keep-tables]

Learnt from sets whose derived figures may ship (corpora/README.md names them); TNEWS is only
measured on.
"""

import argparse
import hashlib
import io
import json
import lzma
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from copyassist.keywords.boundaries import Boundaries
from copyassist.keywords.features import SCHEME, Lookups, measure_candidates
from copyassist.keywords.hashing import HashTable
from copyassist.keywords.ranker import FILE, FOLDER, FORMAT, Ranker, RankerNetwork
from copyassist.keywords.words import load_words
from copyassist.model_folder import MANIFEST, manifest_digest
from copyassist.resources import find_corpora, find_models
from copyassist.text import normalize, tokenizer_version
from copyassist.training.keyword_boundaries import MOST_TEXTS, fit_boundaries
from copyassist.training.keyword_examples import read_abstracts, read_labelled, read_notes
from copyassist.training.keyword_names import LISTS, mine_names, pack_names, read_rows
from copyassist.training.keyword_ranker import (
    NO_PRIORS,
    PriorCounts,
    fit_network,
    read_example,
)

MOST_NOTES = 3_000
SOURCES = (
    *(f"{name}.csv.gz" for name in LISTS),
    "trends/weibo_topics_described.csv.gz",
    "headlines/xhs_notes.csv.gz",
    "keywords/csl_dev.tsv",
)
ATTRIBUTION = (
    "lxw15337674/weibo-trending-hot-history",
    "lonnyzhang423/zhihu-hot-hub",
    "cxyfreedom/website-hot-hub",
    "Dr-Spicy/MF_KOC",
    "ydli-ai/CSL",
)
_EMPTY = np.zeros(0, np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=find_models() / FOLDER)
    parser.add_argument("--keep-tables", action="store_true", help="fit the network only")
    options = parser.parse_args()
    folder = os.environ.get("COPYASSIST_BENCH_DATA")
    if not folder:
        parser.error("COPYASSIST_BENCH_DATA names no folder of data")
    if options.keep_tables:
        tables, names = load_tables(options.out)
    else:
        tables, names = make_tables(Path(folder))
    blank = Ranker(tables, empty_network())
    examples = [*read_abstracts(Path(folder)), *read_labelled()]
    examples += read_notes(Path(folder), MOST_NOTES)
    reads = [read_example(one, blank) for one in examples]
    counts = PriorCounts(reads)
    network = fit_network(reads, counts, list_columns(blank))
    data = pack_ranker((tables.boundaries, names), counts, network)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / FILE).write_bytes(data)
    write_manifest(options.out, data, Path(folder))


def make_tables(folder: Path) -> tuple[Lookups, dict[str, int]]:
    """Names and boundaries from the archives."""
    names = mine_names(folder)
    titles = sorted(
        {
            normalize(row["title"])[0]
            for name in (*LISTS, "headlines/xhs_notes")
            for row in read_rows(folder / f"{name}.csv.gz")
        }
    )
    np.random.default_rng(3).shuffle(titles)
    fitted = fit_boundaries(titles[:MOST_TEXTS], names)
    boundaries = Boundaries(fitted["boundaries"], float(fitted["boundary_bias"]))
    return join_tables(names, boundaries), names


def join_tables(names: Mapping[str, int], boundaries: Boundaries) -> Lookups:
    """The tables without priors."""
    words = load_words().weights
    return Lookups(
        weights=HashTable.of(words, -1),
        unknown=words.unknown,
        names=HashTable.of(names),
        boundaries=boundaries,
        priors=NO_PRIORS,
    )


def empty_network() -> RankerNetwork:
    """One that scores nothing."""
    return RankerNetwork((), _EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY, 0.0)


def list_columns(ranker: Ranker) -> list[str]:
    """The names of the features, in their order."""
    return list(measure_candidates(ranker.read([("中国新闻", "")]), ranker.tables))


def load_tables(folder: Path) -> tuple[Lookups, dict[str, int]]:
    """Names and boundaries of a folder that was made before."""
    with np.load(io.BytesIO(lzma.decompress((folder / FILE).read_bytes()))) as stored:
        names = stored["names"].tobytes().decode().split("\n")
        scores = stored["name_scores"].tolist()
        boundaries = Boundaries(stored["boundaries"], float(stored["boundary_bias"]))
    found = dict(zip(names, scores, strict=True))
    return join_tables(found, boundaries), found


def pack_ranker(
    tables: tuple[Boundaries, Mapping[str, int]], counts: PriorCounts, network: RankerNetwork
) -> bytes:
    """The one packed file."""
    boundaries, names = tables
    words, priors = counts.pack()
    arrays: dict[str, Any] = {
        **pack_names(names),
        "boundaries": boundaries.table,
        "boundary_bias": np.float32(boundaries.bias),
        "prior_words": _pack(words),
        "priors": priors,
        "columns": _pack(network.columns),
        "out_bias": np.float32(network.out_bias),
    }
    for name in ("mean", "scale", "hidden", "bias", "out"):
        arrays[name] = getattr(network, name).astype(np.float16)
    block = io.BytesIO()
    np.savez(block, **arrays)
    return lzma.compress(block.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def write_manifest(folder: Path, data: bytes, source: Path) -> None:
    """Sign the packed file, and say what it was made from."""
    sha256 = {name: _hash((source / name).read_bytes()) for name in SOURCES}
    written = find_corpora() / "keywords"
    sha256 |= {
        f"corpora/keywords/{one.name}": _hash(one.read_bytes()) for one in sorted(written.iterdir())
    }
    manifest: dict[str, Any] = {
        "name": FOLDER,
        "kind": "keywords",
        "format": FORMAT,
        "features": SCHEME,
        "tokenizer": tokenizer_version(),
        "languages": ["zh"],
        "licence": "MIT",
        "licence_of_data": "MIT; Apache-2.0 (CSL, notes)",
        "attribution": list(ATTRIBUTION),
        "trained_on": {"sha256": sha256},
        "files": {FILE: _hash(data)},
    }
    manifest["digest"] = manifest_digest(manifest)
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(f"{text}\n", "utf-8")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _pack(texts: Sequence[str]) -> Any:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


if __name__ == "__main__":
    main()
