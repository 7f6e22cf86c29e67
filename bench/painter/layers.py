"""Painting in layers, from large strokes to small ones, as painters do and as Hertzmann (1998) described it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.oklab import linear_to_oklab

from .brush import Brush, Canvas
from .fields import blurred
from .motif import Motif
from .pigment import mixed, varied
from .strokes import Strokes, Way, cell, scattered, traced

F32 = NDArray[np.float32]


@dataclass(frozen=True)
class Layer:
    """One going over the picture; lengths in pixels of a picture 640 wide."""

    width_px: float
    length_px: float
    spacing: float
    """Distance of strokes in widths."""
    brush: Brush
    everywhere: float = 1.0
    """Share of strokes that are made where nothing matters and the canvas is right already."""
    where_it_matters: float = 1.0
    where_it_differs: float = 0.0
    """More strokes where the canvas is not yet what it shall be."""
    tolerance: float = 0.09
    stray_px: float = 2.0
    turning: float = 0.6
    vary_lightness: float = 0.02
    vary_hue: float = 0.012
    wet: float = 0.0
    """Share of the paint below that comes along with the brush."""
    mask: F32 | None = field(default=None, compare=False)
    """(H, W) 0..1: multiplies the chance of a stroke."""


def painted(canvas: Canvas, motif: Motif, wanted: F32, along: F32, layer: Layer, rng: np.random.Generator,
            tooth: F32 | None = None, strength: F32 | None = None, ends: F32 | None = None) -> None:  # fmt: skip
    """Go over the canvas once. wanted: (H, W, 3) linear colour that the painter has in mind; along: (H, W, 2) unit
    vectors; tooth: grain of the ground as in `Canvas.lay`; strength: (H, W) 0..1 pressure; ends: (H, W, C), strokes end
    where it changes by more than the layer's tolerance (default: the wanted colour in Oklab)."""
    k = motif.scale
    width = max(layer.width_px * k, 0.8)
    mind = blurred(wanted, (width / 5, width / 5, 0))
    lab = np.asarray(linear_to_oklab(wanted), np.float32) if ends is None else ends
    seeds = scattered(max(width * layer.spacing, 1.0), _chance(canvas, motif, wanted, layer), rng)
    if len(seeds) == 0:
        return
    way = Way(layer.length_px * k, max(1.0, min(width / 2, 3 * k)), layer.tolerance, layer.stray_px * k, layer.turning)
    points, first, last = traced(motif, seeds, along, lab, way, rng.uniform(0.45, 1.0, len(seeds)).astype(np.float32))
    at = np.stack(cell(seeds, motif.shape), axis=-1)
    widths = (width * rng.uniform(0.7, 1.15, len(seeds))).astype(np.float32)
    pressure = np.ones(len(seeds), np.float32) if strength is None else strength[at[:, 0], at[:, 1]]
    strokes = Strokes(points, first, last, at, widths, pressure)
    # In the middle of a flat part the blurred colour is the part's own; at its rim only the seed's pixel is.
    crisp, soft = wanted[at[:, 0], at[:, 1]], mind[at[:, 0], at[:, 1]]
    near = np.linalg.norm(crisp - soft, axis=1, keepdims=True) < 0.05
    colours = varied(np.where(near, soft, crisp), layer.vary_lightness, layer.vary_hue, rng)
    if layer.wet > 0:
        colours = mixed(colours, canvas.at(at), layer.wet)
    # Fat over lean: dark paint goes on first, lights last, mostly.
    order = np.argsort(np.asarray(linear_to_oklab(colours))[:, 0] + rng.normal(0, 0.12, len(colours)), kind="stable")
    canvas.lay(strokes.chosen(order), colours[order], layer.brush, motif.region, rng, tooth)


def _chance(canvas: Canvas, motif: Motif, wanted: F32, layer: Layer) -> F32:
    chance = layer.everywhere + (layer.where_it_matters - layer.everywhere) * motif.interest
    if layer.where_it_differs > 0:
        # Stepping back: broken colour that is right from afar needs no more strokes.
        blur = (layer.width_px * motif.scale,) * 2 + (0,)
        now, mind = (np.asarray(linear_to_oklab(blurred(c, blur))) for c in (canvas.finished(), wanted))
        chance = chance + layer.where_it_differs * np.clip((np.linalg.norm(now - mind, axis=-1) - 0.035) * 14, 0, 1)
    return np.asarray(chance if layer.mask is None else chance * layer.mask, np.float32)


def turned(along: F32, degrees: float, share: float) -> F32:
    """(H, W, 2) the field bent towards one direction of the whole hand, counted from x to y (down)."""
    hand = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], np.float32)
    sign = np.where((along @ hand) < 0, -1, 1)[..., None].astype(np.float32)
    both = along * sign * (1 - share) + hand * share
    return both / np.maximum(np.linalg.norm(both, axis=-1, keepdims=True), 1e-6)
