"""What colours are mixed from: the picture's own, or the pigments of a palette and what two of them mix to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.look import Hand
from maquette.generate.base import F32, U8
from maquette.generate.brush import Strokes
from maquette.imaging.color import to_code
from maquette.imaging.oklab import code_to_oklab, oklab_to_linear

GRID = 33
"""Colours along each side of the table."""
MIXTURES = (0.0, 0.25, 0.5, 0.75)
"""Shares of a second pigment."""
CHOICE = 0.03
"""Oklab distance within which two mixtures are both taken in part, so that no border shows between them."""
LIGHTNESS = 0.5
"""Weight of lightness against hue and chroma in what is nearest: a shadow may be mixed from darker pigment."""
PULL = 0.85
"""How far colours go from the picture's to the palette's."""


def hex_colour(text: str) -> F32:
    """(3,) codes 0..1 of "#rrggbb"."""
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255


def on_paper(light: F32, hand: Hand, medium: Sequence[float], paper: Sequence[float]) -> U8:
    """(H, W, 3) sRGB codes: 1 of `light` (H, W) is paper, 0 the medium at its fullest, in the hand's colours; where it
    asks for none, in these codes 0..1."""
    dark = np.array(medium, np.float32) if hand.line_colour is None else hex_colour(hand.line_colour)
    bare = np.array(paper, np.float32) if hand.paper_colour is None else hex_colour(hand.paper_colour)
    return coded(dark + light[..., None] * (bare - dark))


def coded(colour: F32) -> U8:
    """sRGB codes of colours 0..1."""
    return (np.clip(colour, 0, 1) * 255 + 0.5).astype(np.uint8)


def on_palette(colour: F32, palette: tuple[str, ...]) -> F32:
    """(N, 3) codes 0..1 as the palette mixes them; unchanged without a palette."""
    if not palette:
        return colour
    table = _table(palette)
    place = np.clip(colour, 0, 1) * np.float32(GRID - 1)
    low = np.minimum(place.astype(np.int32), GRID - 2)
    part = place - low
    out = np.zeros_like(colour)
    for corner in range(8):
        bits = np.array([corner >> 2 & 1, corner >> 1 & 1, corner & 1], np.int32)
        weight = np.where(bits, part, 1 - part).prod(axis=1, keepdims=True)
        at = low + bits
        out += weight * table[(at[:, 0] * GRID + at[:, 1]) * GRID + at[:, 2]]
    return out.astype(np.float32)


@lru_cache(maxsize=8)
def _table(palette: tuple[str, ...]) -> F32:
    """(GRID ** 3, 3) codes 0..1 of what each colour becomes."""
    codes = np.round(np.stack([hex_colour(p) for p in palette]) * 255).astype(np.uint8)
    pigments: F32 = code_to_oklab(codes)
    mixed: list[F32] = [pigments]
    n = len(pigments)
    first, second = np.triu_indices(n, 1)
    mixed.extend(pigments[first] * (1 - m) + pigments[second] * m for m in MIXTURES[1:])
    # Paper or white thins every pigment, its own darkest deepens it.
    mixed.extend(pigments * (1 - m) + np.array([0.96, 0, 0], np.float32) * m for m in (0.35, 0.65, 0.9))
    mixed.extend(pigments * m for m in (0.75, 0.5, 0.25))
    choice = np.concatenate(mixed)
    axis = np.linspace(0, 255, GRID).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 3)
    own = code_to_oklab(grid)
    metric = np.array([LIGHTNESS, 1, 1], np.float32) ** 0.5
    out = np.empty_like(own)
    for start in range(0, len(own), 4096):
        mine = own[start : start + 4096]
        distance = np.sqrt((((mine[:, None] - choice[None]) * metric) ** 2).sum(axis=2))
        weight = np.exp(-(distance - distance.min(axis=1, keepdims=True)) / CHOICE * 3)
        out[start : start + 4096] = (weight @ choice) / weight.sum(axis=1, keepdims=True)
    # Lightness is what the picture is read by: it moves less than hue.
    out[:, 0] = own[:, 0] + 0.6 * (out[:, 0] - own[:, 0])
    blended = own + PULL * (out - own)
    return (to_code(np.asarray(oklab_to_linear(blended), np.float32)) / np.float32(255)).astype(np.float32)


def sampled(colour: F32, strokes: Strokes, part: NDArray[np.int32]) -> F32:
    """(N, 3) mean colour of the picture under the middle of each stroke, on the stroke's own part alone.

    colour: (H * W, 3) codes 0..1.
    """
    height, width = part.shape
    flat = part.reshape(-1)
    cos, sin = np.cos(strokes.angle), np.sin(strokes.angle)
    total = np.zeros((len(strokes), 3), np.float32)
    count = np.zeros(len(strokes), np.float32)
    for u, v, weight in ((0, 0, 2.0), (0.22, 0, 1.0), (-0.22, 0, 1.0), (0, 0.25, 1.0), (0, -0.25, 1.0)):
        du, dv = u * strokes.length, v * strokes.width
        x = np.clip(strokes.x + du * cos - dv * sin, 0, width - 1).astype(np.int64)
        y = np.clip(strokes.y + du * sin + dv * cos, 0, height - 1).astype(np.int64)
        at = y * width + x
        share = weight * (flat[at] == strokes.part).astype(np.float32)
        total += colour[at] * share[:, None]
        count += share
    middle = np.clip(strokes.y, 0, height - 1).astype(np.int64) * width + np.clip(strokes.x, 0, width - 1).astype(
        np.int64
    )
    return np.where(count[:, None] > 0, total / np.maximum(count, 1e-6)[:, None], colour[middle]).astype(np.float32)
