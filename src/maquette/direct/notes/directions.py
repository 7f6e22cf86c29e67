"""Directions in meaning of the described vocabulary, embedded once and shipped, so that no note waits for it.

`python -m maquette.direct.notes` makes the file anew after a change of the vocabulary; what it lacks (a mood of
the production's own) is embedded when it is needed.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from maquette.direct.notes.encoder import WEIGHTS_SHA256, WIDTH, encoder

FILE = Path(__file__).with_name("directions.npz")
Array = NDArray[np.float32]


def directions_of(phrases: Sequence[str]) -> Array:
    """(len(phrases), 384) float32, rows of length 1 within 0.5%: from the shipped file, what it lacks embedded."""
    shipped = _shipped()
    result = np.zeros((len(phrases), WIDTH), np.float32)
    missing = [i for i, p in enumerate(phrases) if _key(p) not in shipped]
    for index, phrase in enumerate(phrases):
        row = shipped.get(_key(phrase))
        if row is not None:
            result[index] = row
    if missing:
        result[missing] = encoder().embed([phrases[i] for i in missing])
    return result


def missing_from(phrases: Sequence[str]) -> list[str]:
    """Phrases that the shipped file lacks."""
    return [p for p in phrases if _key(p) not in _shipped()]


def _key(phrase: str) -> int:
    return int.from_bytes(hashlib.sha256(phrase.encode()).digest()[:8], "little")


@cache
def _shipped() -> dict[int, Array]:
    """Rows by their phrase's key; nothing if the file was made with other weights or is not there."""
    try:
        with np.load(io.BytesIO(FILE.read_bytes())) as stored:
            if str(stored["weights"]) != WEIGHTS_SHA256:
                return {}
            rows = stored["directions"].astype(np.float32) / stored["scale"][:, None]
            return {int(key): row for key, row in zip(stored["keys"], rows, strict=True)}
    except (OSError, KeyError, ValueError):
        return {}


def write(phrases: Sequence[str], file: Path = FILE) -> None:
    """Embed the phrases and store them as bytes, each row scaled to its largest part: cosines within 0.005."""
    kept = sorted(set(phrases))
    rows = encoder().embed(kept)
    scale = 127 / np.abs(rows).max(axis=1)
    np.savez_compressed(
        file,
        weights=np.array(WEIGHTS_SHA256),
        keys=np.array([_key(p) for p in kept], np.uint64),
        scale=scale.astype(np.float32),
        directions=np.round(rows * scale[:, None]).astype(np.int8),
    )
