"""Colour transfer, the baseline that a house model has to beat: one map of colours for the sequence, and no strokes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import to_code
from maquette.imaging.oklab import code_to_oklab, oklab_to_linear

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

ROUNDS, QUANTILES, MOST_SAMPLES = 24, 128, 60_000
STEP = 0.7
"""How far each round goes: whole steps overfit single strokes."""


@dataclass(frozen=True, eq=False)
class Transfer:
    """Rounds of one-dimensional transport along rotated axes of Oklab."""

    axes: list[F32]
    """Of each round, (3, 3), rows are directions."""
    before: list[F32]
    """Of each round, (3, QUANTILES), rising."""
    after: list[F32]

    def applied(self, picture: U8) -> U8:
        """(H, W, 3) sRGB codes in the paintings' colours."""
        lab = self._moved(code_to_oklab(picture).reshape(-1, 3))
        return to_code(np.asarray(oklab_to_linear(lab), np.float32).reshape(picture.shape))

    def _moved(self, lab: F32) -> F32:
        for axes, before, after in zip(self.axes, self.before, self.after, strict=True):
            along = lab @ axes.T
            shift = np.stack([np.interp(along[:, i], before[i], after[i]) - along[:, i] for i in range(3)], axis=1)
            lab = (lab + STEP * shift @ axes).astype(np.float32)
        return lab


def fitted(pictures: Sequence[U8], paintings: Sequence[U8], seed: int = 0) -> Transfer:
    """Oklab optimal transport by iterated one-dimensional transfer (Pitie, Kokaram and Dahyot 2007), one fit for all.

    pictures and paintings: the same frames (H, W, 3), as developed and as painted.
    """
    rng = np.random.default_rng(seed)
    film, art = (np.concatenate([code_to_oklab(p).reshape(-1, 3) for p in group]) for group in (pictures, paintings))
    film, art = (x[rng.choice(len(x), min(MOST_SAMPLES, len(x)), replace=False)] for x in (film, art))
    fit = Transfer([], [], [])
    at = (np.arange(QUANTILES) + 0.5) / QUANTILES
    for i in range(ROUNDS):
        turned, _ = np.linalg.qr(rng.standard_normal((3, 3)))
        axes = np.asarray(np.eye(3) if i == 0 else turned, np.float32)
        before, after = (np.quantile(x @ axes.T, at, axis=0).T.astype(np.float32) for x in (film, art))
        before = np.maximum.accumulate(before + 1e-6 * np.arange(QUANTILES, dtype=np.float32), axis=1)
        fit.axes.append(axes)
        fit.before.append(before)
        fit.after.append(after)
        film = Transfer(fit.axes[-1:], fit.before[-1:], fit.after[-1:])._moved(film)
    return fit
