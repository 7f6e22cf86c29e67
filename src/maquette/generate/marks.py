"""Marks in heads too small for features of their own: dark spots where eyes, brows and mouths are."""

from __future__ import annotations

import numpy as np

from maquette.generate.base import F32
from maquette.generate.faces import Features
from maquette.generate.linework import Buffers, PartKinds

FILL = {"lashes": 0.6, "iris": 0.9, "mouth": 0.7, "tongue": 0.3}
"""Ink of a part by its name."""


def face_marks(b: Buffers, kinds: PartKinds, features: Features, pixels: tuple[int, int]) -> F32:
    """(H, W) ink 0..1. `pixels`: H, W."""
    known = np.unique(kinds.object[b.part[features.faces]])
    amount = np.array([
        FILL.get(name, 0.0) if cast and owner not in known else 0.0
        for name, cast, owner in zip(kinds.name, kinds.cast, kinds.object, strict=True)
    ], np.float32)  # fmt: skip
    return shrunk(np.maximum(amount[b.part], features.ink), b.fineness, pixels)


def shrunk(fine: F32, fineness: int, pixels: tuple[int, int]) -> F32:
    """(H, W) means of the fine samples of each pixel."""
    height, width = pixels
    return fine.reshape(height, fineness, width, fineness).mean(axis=(1, 3)).astype(np.float32)
