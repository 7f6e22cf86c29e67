"""Oil: warm impasto on a sienna ground. Lights go to ochre and Naples yellow, shadows to violet and blue, flesh turns
red where light leaves it; long strokes follow the form, broken colour lies side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.oklab import linear_to_oklab

from .brush import Brush, Canvas
from .layers import Layer, painted
from .motif import Kind, Motif
from .pigment import at_value, mixed, paint

F32 = NDArray[np.float32]

GROUND = paint("#7a4a30")
VIOLET, BLUE = paint("#3c2f6e"), paint("#23406e")
OCHRE, NAPLES = paint("#d79a3c"), paint("#f6d9a0")
CRIMSON, EARTH_GREEN = paint("#a02c34"), paint("#5d6a45")
ROSE, CERULEAN = paint("#e3a79a"), paint("#5c9fc0")

THICK = Brush(streaks=0.26, dry=0.04, runs_out=0.8, ridge=0.7, body=0.9, bristle_px=0.8)
LAYERS = (
    Layer(26, 170, 0.5, Brush(streaks=0.24, dry=0.06, runs_out=0.6, body=0.4, bristle_px=1.2),
          tolerance=0.2, stray_px=8, vary_lightness=0.03, vary_hue=0.024),
    Layer(13, 110, 0.6, THICK, everywhere=0.85, tolerance=0.1, stray_px=3, vary_lightness=0.045, vary_hue=0.028,
          wet=0.1),
    Layer(7.5, 70, 0.75, THICK, everywhere=0.16, where_it_matters=0.9, where_it_differs=0.6, tolerance=0.07,
          stray_px=1.6, vary_lightness=0.04, vary_hue=0.025, wet=0.1),
    Layer(4.2, 36, 0.85, THICK, everywhere=0.0, where_it_matters=0.5, where_it_differs=0.7, tolerance=0.06,
          stray_px=0.8, vary_lightness=0.03, vary_hue=0.02, wet=0.1),
    Layer(2.2, 17, 0.9, THICK, everywhere=-0.35, where_it_matters=0.5, where_it_differs=0.5, tolerance=0.05,
          stray_px=0.4, vary_lightness=0.02, vary_hue=0.01),
)  # fmt: skip


def colours(motif: Motif) -> F32:
    """(H, W, 3) linear: what the painter mixes for each place."""
    light = motif.light
    lit = np.clip((light - 0.62) / 0.3, 0, 1)
    dark = np.clip((0.72 - light) / 0.4, 0, 1)
    half = np.clip(1 - np.abs(light - 0.68) / 0.16, 0, 1)
    skin, sky = motif.kind == Kind.SKIN, motif.kind == Kind.SKY
    cool = np.where(motif.flat[..., None] > 0.5, BLUE, VIOLET).astype(np.float32)
    whole = (*motif.shape, 3)
    mix = mixed(motif.local, np.broadcast_to(OCHRE, whole), 0.16 * lit * ~skin * (1 - 0.6 * motif.value))
    mix = mixed(mix, np.broadcast_to(NAPLES, whole), 0.4 * lit * skin)
    mix = mixed(mix, np.broadcast_to(CRIMSON, whole), 0.10 * half * skin)
    mix = mixed(mix, cool, (0.10 + 0.16 * skin) * dark)
    mix = mixed(mix, np.broadcast_to(EARTH_GREEN, whole), 0.12 * skin * np.clip(dark - half, 0, 1))
    bands = np.where(np.sin(motif.value * 40) > 0, 1.0, 0.35).astype(np.float32)
    mix = mixed(mix, np.broadcast_to(ROSE, whole), 0.35 * sky * np.clip(motif.value * 1.4 - 0.3, 0, 1) * bands)
    mix = mixed(mix, np.broadcast_to(CERULEAN, whole), 0.3 * sky * np.clip(1.1 - motif.value, 0, 1))
    # Light and dark are driven apart, and deep shadow keeps a colour instead of black.
    value = motif.value
    key = 0.11 + 0.87 * (value + 0.55 * value * (1 - value) * (2 * value - 0.8))
    place = motif.kind == Kind.PLACE
    key = np.where(place, key * 0.95, key).astype(np.float32)
    lab = np.asarray(linear_to_oklab(mix), np.float32)
    pure = np.clip(1.5 - 2.2 * np.hypot(lab[..., 1], lab[..., 2]), 1.05, 1.6).astype(np.float32)
    tinted = at_value(mix, np.clip(key, 0.1, 0.97), pure)
    night = (0.5 * dark**1.5)[..., None] * (1 - 0.5 * skin[..., None])
    shadow = at_value(cool, np.clip(key, 0.1, 0.97), 1.0)
    return (tinted + (shadow - tinted) * night * 0.8).astype(np.float32)


def draw(motif: Motif, rng: np.random.Generator) -> F32:
    """(H, W, 3) linear: the painting."""
    canvas = Canvas.toned(motif.shape, 2, GROUND)
    wanted = colours(motif)
    for layer in LAYERS:
        painted(canvas, motif, wanted, motif.along, layer, rng)
    return canvas.finished(relief=0.55)
