"""Paper and canvas: heights that stay where they are on the screen, as paper does while pictures change on it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy import ndimage

from maquette.generate.base import F32


@lru_cache(maxsize=12)
def grain(height: int, width: int, scale: float, kind: str, seed: int) -> F32:
    """(H, W) heights with mean 0 and unit deviation. `scale`: pixels to one of a picture 640 wide.

    "smooth" drawing paper, "tooth" (charcoal and pastel paper), "rough" (cold-pressed watercolour paper), "canvas".
    """
    rng = np.random.default_rng((seed, sum(kind.encode())))
    if kind == "canvas":
        return _canvas(height, width, scale, rng)
    waves = {"smooth": ((0.6, 1.0), (1.4, 0.6)), "tooth": ((0.7, 1.0), (1.5, 0.8), (4.0, 0.12)),
             "rough": ((0.7, 0.8), (1.4, 1.0), (2.6, 0.4))}[kind]  # fmt: skip
    total = np.zeros((height, width), np.float32)
    for sigma, share in waves:
        total += share * _noise(height, width, sigma * scale, rng)
    return _unit(total)


def _noise(height: int, width: int, sigma: float, rng: np.random.Generator) -> F32:
    noise = rng.standard_normal((height, width), dtype=np.float32)
    return _unit(ndimage.gaussian_filter(noise, sigma, mode="wrap"))


def _canvas(height: int, width: int, scale: float, rng: np.random.Generator) -> F32:
    """Threads over and under one another, a little uneven."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    pitch = 2.9 * max(scale, 0.75)
    x = x + 0.35 * pitch * _noise(height, width, 9.0, rng)
    y = y + 0.35 * pitch * _noise(height, width, 9.0, rng)
    across, down = np.sin(2 * np.pi * x / pitch), np.sin(2 * np.pi * y / pitch)
    weave = np.where(np.sin(np.pi * x / pitch) * np.sin(np.pi * y / pitch) > 0, across, down)
    return _unit(ndimage.gaussian_filter(weave.astype(np.float32), 0.5) + 0.3 * _noise(height, width, 0.8, rng))


def _unit(values: F32) -> F32:
    values = values - values.mean()
    return (values / max(float(values.std()), 1e-6)).astype(np.float32)
