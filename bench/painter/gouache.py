"""Gouache: flat planes of few mixed colours with crisp edges on cream paper, and a dry brush where one plane turns into
the next. Every material has four pots, light to night; which one is used the light decides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, minimum_filter

from maquette.imaging.oklab import linear_to_oklab

from .brush import Brush, Canvas
from .fields import blurred, noise
from .layers import Layer, painted, turned
from .motif import Kind, Motif
from .pigment import paint

F32 = NDArray[np.float32]

PAPER = paint("#efe4cc")
POTS: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    ("#f0ece4", ("#fbf1d9", "#d6dacb", "#8f9fae", "#3d4a72")),
    ("#8c8a88", ("#c9c2ae", "#9a9c98", "#5f6b80", "#2c3358")),
    ("#2a2a2c", ("#5a5a62", "#3b3b49", "#272a40", "#171a33")),
    ("#b5262b", ("#f06a4a", "#cf3a36", "#84254a", "#3f1a45")),
    ("#d4622a", ("#f79a4b", "#df6b31", "#9a3b3c", "#4a2347")),
    ("#e0b22f", ("#fbd765", "#e9b23c", "#a97a3a", "#544a52")),
    ("#4e7a3a", ("#b5bf5c", "#739a4b", "#36694f", "#1c3d4d")),
    ("#1f4a34", ("#6aa06a", "#35785a", "#1f5055", "#152f4a")),
    ("#157a86", ("#5cc3b8", "#249a9f", "#1b6483", "#173463")),
    ("#2346b0", ("#6f9ee8", "#3a6bd0", "#2b449a", "#1e2463")),
    ("#6a4426", ("#c08d5b", "#93623f", "#5e3d41", "#30243f")),
    ("#a9825a", ("#ecc892", "#c99a68", "#8a6660", "#433a58")),
    ("#63273f", ("#c2687c", "#8f3f5c", "#592a54", "#2c1a44")),
)
"""(material's own colour, its pots from light to night)"""
FLESH: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    ("#dfae94", ("#ffdcb4", "#f0ab86", "#bd6a6c", "#5a3a6a")),
    ("#b07a58", ("#f3ba84", "#cf875c", "#8f5050", "#472f55")),
    ("#4a2c1e", ("#b0714a", "#7f4a38", "#51303f", "#2a2040")),
)
SKIES = ("#f2ecd2", "#b9d7d6", "#6f9fbe", "#2f4a86", "#1b2456")
"""From the brightest to the darkest."""
TURNS = (0.83, 0.66, 0.46)
"""Light at which a plane turns into the next."""
SKY_TURNS = (0.86, 0.70, 0.5, 0.3)

FLAT = Brush(streaks=0.05, dry=0.03, runs_out=0.9, clip_px=1.1, bristle_px=1.0, tip=0.12)
DRY = Brush(streaks=0.1, dry=0.62, runs_out=0.35, clip_px=2.0, bristle_px=0.9, tip=0.1)
LAYERS = (
    Layer(22, 120, 0.5, FLAT, tolerance=0.02, stray_px=4, vary_lightness=0.012, vary_hue=0.006),
    Layer(10, 60, 0.6, FLAT, everywhere=0.5, where_it_differs=0.6, tolerance=0.02, stray_px=2, vary_lightness=0.012,
          vary_hue=0.006),
    Layer(5, 26, 0.65, FLAT, everywhere=0.0, where_it_matters=0.6, where_it_differs=1.2, tolerance=0.02, stray_px=1,
          vary_lightness=0.01, vary_hue=0.004),
    Layer(2.4, 12, 0.7, FLAT, everywhere=-0.3, where_it_matters=0.9, where_it_differs=0.9, tolerance=0.02, stray_px=0.5,
          vary_lightness=0.008, vary_hue=0.003),
)  # fmt: skip
DRAGGED = Layer(7, 34, 0.7, DRY, tolerance=9.0, stray_px=0, vary_lightness=0.01, vary_hue=0.005)


def planes(motif: Motif, rng: np.random.Generator) -> NDArray[np.int32]:
    """(H, W) which pot, 0 light .. 3 night (4 in the sky): cut a little unevenly, as by hand."""
    wobble = 0.012 * noise(motif.shape, 7 * motif.scale, rng)
    light = blurred(motif.light, 1.2 * motif.scale) + wobble
    solid = (light[..., None] < np.array(TURNS, np.float32)).sum(axis=-1)
    sky = ((motif.value + wobble)[..., None] < np.array(SKY_TURNS, np.float32)).sum(axis=-1)
    return np.where(motif.kind == Kind.SKY, sky, solid).astype(np.int32)


def colours(motif: Motif, plane: NDArray[np.int32]) -> F32:
    """(H, W, 3) linear: the pot for each place."""
    lab = np.asarray(linear_to_oklab(motif.local), np.float32)
    solid, flesh = (_from(table, lab, plane) for table in (POTS, FLESH))
    sky = np.stack([paint(c) for c in SKIES])[np.minimum(plane, len(SKIES) - 1)]
    kind = motif.kind[..., None]
    return np.where(kind == Kind.SKIN, flesh, np.where(kind == Kind.SKY, sky, solid)).astype(np.float32)


def _from(table: tuple[tuple[str, tuple[str, str, str, str]], ...], lab: F32, plane: NDArray[np.int32]) -> F32:
    own = np.asarray(linear_to_oklab(np.stack([paint(name) for name, _ in table])), np.float32)
    weight = np.array([0.6, 1.6, 1.6], np.float32)
    off = np.linalg.norm((lab[..., None, :] - own) * weight, axis=-1)
    pots = np.stack([np.stack([paint(c) for c in row]) for _, row in table])
    return pots[off.argmin(axis=-1), np.minimum(plane, 3)]


def draw(motif: Motif, rng: np.random.Generator) -> F32:
    """(H, W, 3) linear: the painting."""
    canvas = Canvas.toned(motif.shape, 2, PAPER)
    plane = planes(motif, rng)
    wanted = colours(motif, plane)
    cut = replace(motif, region=motif.region * 8 + plane)
    along = turned(motif.along, 140.0, 0.35)
    for layer in LAYERS:
        painted(canvas, cut, wanted, along, layer, rng)
    # The dry brush drags each plane's colour a little way into the neighbour's.
    size = round(7 * motif.scale) * 2 + 1
    turning = np.maximum(maximum_filter(plane, size) - plane, plane - minimum_filter(plane, size)) > 0
    broad = blurred((turning & (motif.contour < 0.3)).astype(np.float32), 2 * motif.scale)
    painted(canvas, motif, wanted, along, replace(DRAGGED, mask=np.clip(broad * 0.8 - 0.1, 0, 0.6)), rng)
    return canvas.finished()
