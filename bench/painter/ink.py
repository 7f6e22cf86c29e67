"""Ink: pen contours, hatching and grey wash on cream paper, and vermilion, the only colour, on whatever is red or
orange by nature, however it is lit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.oklab import linear_to_oklab

from .brush import Brush, Canvas
from .fields import blurred, noise
from .layers import Layer, painted, turned
from .motif import Kind, Motif
from .pigment import paint
from .strokes import Way, contour_strokes

F32 = NDArray[np.float32]

PAPER, INK, GREY = paint("#f2ead8"), paint("#1a181f"), paint("#4a5160")
VERMILION, DEEP = paint("#d8402a"), paint("#8e2530")
TONES = (0.62, 0.43, 0.27)
"""Lightness below which a first, second and third wash is laid."""
SPOT = (0.065, 0.105)
"""Red share and chroma (Oklab) from which a material takes the spot colour."""

WET = Brush(opacity=0.13, streaks=0.03, dry=0.02, runs_out=0.0, ridge=0.5, clip_px=1.6, bristle_px=3.0, tip=0.1)
COLOUR = Brush(opacity=0.82, streaks=0.04, dry=0.03, runs_out=0.5, ridge=0.25, clip_px=1.3, bristle_px=2.0, tip=0.1)
PEN = Brush(streaks=0.0, dry=0.02, runs_out=1.0, bristle_px=0.7, tip=0.5)
WASH = Layer(19, 130, 0.45, WET, tolerance=0.5, stray_px=5, vary_lightness=0.012, vary_hue=0.0015)
SMALL = Layer(6, 30, 0.45, WET, everywhere=-0.2, where_it_matters=0.9, tolerance=0.5, stray_px=2, vary_lightness=0.01,
              vary_hue=0.0015)  # fmt: skip
TINT = Layer(8, 60, 0.45, COLOUR, tolerance=0.5, stray_px=2, vary_lightness=0.015, vary_hue=0.008)
HATCH = Layer(0.85, 30, 5.4, PEN, tolerance=0.5, stray_px=2.5, turning=0.12, vary_lightness=0.0, vary_hue=0.0)


def tones(motif: Motif) -> NDArray[np.int32]:
    """(H, W) washes 0..3: as dark as the place looks, a dark picture a little lighter than it is."""
    value = blurred(motif.value, 0.9 * motif.scale)
    value = value + 0.45 * max(0.0, 0.5 - float(np.median(motif.value)))
    # Faces are kept open.
    value = value + np.where(motif.kind == Kind.SKIN, 0.06, 0).astype(np.float32)
    return (value[..., None] < np.array(TONES, np.float32)).sum(axis=-1).astype(np.int32)


def spot(motif: Motif) -> NDArray[np.bool_]:
    """(H, W) where the spot colour goes."""
    lab = np.asarray(linear_to_oklab(motif.local), np.float32)
    warm = (lab[..., 1] > SPOT[0]) & (np.hypot(lab[..., 1], lab[..., 2]) > SPOT[1])
    return warm & (motif.kind != Kind.SKIN) & (motif.kind != Kind.SKY)


def draw(motif: Motif, rng: np.random.Generator) -> F32:
    """(H, W, 3) linear: the drawing."""
    canvas = Canvas.toned(motif.shape, 2, PAPER)
    fibre = noise(canvas.height.shape, 1.2, rng)[..., None]
    canvas.colour = np.clip(canvas.colour * (1 + 0.012 * fibre), 0, 1).astype(np.float32)
    tone, red = tones(motif), spot(motif)
    level = tone[..., None].astype(np.float32)
    whole = (*motif.shape, 3)
    grey = np.broadcast_to(GREY, whole).astype(np.float32)
    for wash in (1, 2, 3):
        here = (tone >= wash) & ~red
        cut = replace(motif, region=here.astype(np.int32))
        mask, ends = here.astype(np.float32), mask_of(here)
        for layer in (WASH, SMALL) if wash == 1 else (replace(WASH, width_px=14, length_px=90), SMALL):
            painted(canvas, cut, grey, turned(motif.along, 150.0, 0.5), replace(layer, mask=mask), rng, ends=ends)
    hue = np.where((tone >= 3)[..., None], DEEP, VERMILION).astype(np.float32)
    cut = replace(motif, region=red * 2 + red * (tone >= 3))
    painted(canvas, cut, hue, motif.along, replace(TINT, mask=red.astype(np.float32)), rng)
    small = replace(TINT, width_px=3, length_px=16, mask=red.astype(np.float32), everywhere=0.2)
    painted(canvas, cut, hue, motif.along, small, rng)
    _hatch(canvas, motif, tone, level, rng)
    _outline(canvas, motif, rng)
    return canvas.finished()


def mask_of(here: NDArray[np.bool_]) -> F32:
    """(H, W, 1) 0 or 1: strokes end where it changes."""
    return here[..., None].astype(np.float32)


def _hatch(canvas: Canvas, motif: Motif, tone: NDArray[np.int32], level: F32, rng: np.random.Generator) -> None:
    """Parallel lines in the second tone, crossed in the third; on people they follow the form."""
    black = np.broadcast_to(INK, (*motif.shape, 3)).astype(np.float32)
    people = (motif.kind >= Kind.CLOTH)[..., None]
    for least, degrees, share, chance in ((2, 128.0, 0.85, 0.85), (3, 100.0, 0.9, 0.65), (3, 160.0, 0.9, 0.35)):
        mask = (tone >= least).astype(np.float32) * chance
        along = np.where(people, turned(motif.along, degrees, 0.45), turned(motif.along, degrees, share))
        ends = np.minimum(level, least)
        painted(canvas, motif, black, along.astype(np.float32), replace(HATCH, mask=mask), rng, ends=ends)


def _outline(canvas: Canvas, motif: Motif, rng: np.random.Generator) -> None:
    """Contours with a pen that swells: bold round people, fine in what is far or small."""
    k = motif.scale
    lines = contour_strokes(motif, Way(64 * k, 1.6 * k), 0.10, 4 * k, rng)
    people = motif.kind[lines.seeds[:, 0], lines.seeds[:, 1]] >= Kind.CLOTH
    width = (0.7 + 1.2 * lines.strength) * np.where(people, 1.25, 0.85) * rng.uniform(0.75, 1.3, len(lines)) * k
    wobble = blurred(rng.standard_normal(lines.points.shape), (0, 6, 0)) * 1.4 * k
    lines = replace(lines, points=(lines.points + wobble).astype(np.float32), width=width.astype(np.float32))
    canvas.lay(lines, np.repeat(INK[None], len(lines), axis=0), PEN, motif.region, rng)
