"""Pastel and charcoal on toned paper: broken, grainy strokes from a box of sticks. The paper is the middle tone and is
left alone there; lights are warm chalk, shadows indigo and turquoise, the darkest accents and outlines charcoal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.oklab import linear_to_oklab, oklab_to_linear

from .brush import Brush, Canvas
from .fields import noise, ranked
from .layers import Layer, painted, turned
from .motif import Kind, Motif
from .pigment import at_value, mixed, paint
from .strokes import Way, contour_strokes

F32 = NDArray[np.float32]

PAPER, PAPER_LIGHTNESS = paint("#524f5a"), 0.43
CREAM, PEACH = paint("#ffe9bd"), paint("#f2a07a")
INDIGO, TURQUOISE, CHARCOAL = paint("#2b2f66"), paint("#3f9aa0"), paint("#1d1b1f")

SIDE = Brush(streaks=0.10, dry=0.18, runs_out=0.3, bristle_px=2.0, tip=0.1)
"""The stick laid flat."""
POINT = Brush(streaks=0.12, dry=0.10, runs_out=0.6, bristle_px=1.2, tip=0.2)
BROAD = Layer(15, 70, 0.5, SIDE, tolerance=0.16, stray_px=5, vary_lightness=0.02, vary_hue=0.015)
STROKES = Layer(6, 58, 0.8, POINT, everywhere=0.6, tolerance=0.1, stray_px=3, vary_lightness=0.05, vary_hue=0.03)
BROKEN = Layer(4.5, 44, 1.9, POINT, everywhere=0.7, tolerance=0.12, stray_px=2, vary_lightness=0.03, vary_hue=0.02)
FINE = Layer(2.6, 18, 0.9, POINT, everywhere=-0.1, where_it_matters=0.9, tolerance=0.07, stray_px=0.8, vary_hue=0.015)
FINEST = Layer(1.5, 9, 0.9, POINT, everywhere=-0.5, where_it_matters=0.9, tolerance=0.06, stray_px=0.3, vary_hue=0.008)


def tooth(shape: tuple[int, int], rng: np.random.Generator) -> F32:
    """(H, W) 0..1, evenly distributed: height of the paper's grain."""
    grain = noise(shape, 1.5, rng) + 0.6 * noise(shape, 4.0, rng)
    laid = np.sin(np.arange(shape[0], dtype=np.float32) * (2 * np.pi / 7))[:, None] * 0.12
    return ranked(np.asarray(grain + laid, np.float32))


def colours(motif: Motif) -> F32:
    """(H, W, 3) linear: which stick for each place."""
    lit = np.clip((motif.light - 0.68) / 0.25, 0, 1)
    dark = np.clip((0.66 - motif.light) / 0.35, 0, 1)
    people = motif.kind >= Kind.CLOTH
    whole = (*motif.shape, 3)
    mix = mixed(motif.local, np.broadcast_to(CREAM, whole), 0.45 * lit)
    mix = mixed(mix, np.broadcast_to(PEACH, whole), 0.35 * lit * (motif.kind == Kind.SKIN))
    mix = mixed(mix, np.broadcast_to(INDIGO, whole), 0.30 * dark)
    mix = mixed(mix, np.broadcast_to(TURQUOISE, whole), 0.22 * dark * ~people)
    value = motif.value + 0.35 * motif.value * (1 - motif.value) * (2 * motif.value - 0.8)
    return _stick(at_value(mix, np.clip(value * 0.92 + 0.1, 0.16, 0.97).astype(np.float32), 1.35))


def _stick(colour: F32) -> F32:
    """(H, W, 3) linear: the nearest stick of the box."""
    lab = np.asarray(linear_to_oklab(colour), np.float32)
    step = np.array([0.075, 0.035, 0.035], np.float32)
    return np.clip(oklab_to_linear(np.rint(lab / step) * step), 0, 1).astype(np.float32)


def draw(motif: Motif, rng: np.random.Generator) -> F32:
    """(H, W, 3) linear: the drawing."""
    canvas = Canvas.toned(motif.shape, 2, PAPER)
    grain = tooth(canvas.height.shape, rng)
    canvas.colour = np.asarray(canvas.colour * (0.94 + 0.12 * grain[..., None]), np.float32)
    wanted = colours(motif)
    # What is near the paper's own tone stays paper.
    lab = np.asarray(linear_to_oklab(wanted), np.float32)
    off = np.hypot(np.abs(lab[..., 0] - PAPER_LIGHTNESS), 1.4 * np.hypot(lab[..., 1], lab[..., 2]))
    need = np.clip(off * 5 - 0.1, 0.2, 1).astype(np.float32)
    people = motif.kind >= Kind.CLOTH
    deep = np.clip(PAPER_LIGHTNESS - lab[..., 0] - 0.08, 0, 0.25)
    press = np.clip(0.38 + 0.52 * need + 0.08 * people + 0.6 * deep, 0, 0.96).astype(np.float32)
    slant = turned(motif.along, 122.0, 0.75)
    painted(canvas, motif, wanted, slant, replace(BROAD, mask=need), rng, grain, press * 0.8)
    painted(canvas, motif, wanted, turned(motif.along, 122.0, 0.4), replace(STROKES, mask=need), rng, grain, press)
    # Broken colour: a warm stick over lights, a cool one over shadows.
    warm = (motif.light > 0.7)[..., None]
    second = _stick(mixed(wanted, np.where(warm, PEACH, TURQUOISE).astype(np.float32), 0.5))
    painted(
        canvas,
        motif,
        at_value(second, lab[..., 0], 1.2),
        slant,
        replace(BROKEN, mask=need * 0.6),
        rng,
        grain,
        press * 0.6,
    )
    painted(canvas, motif, wanted, motif.along, FINE, rng, grain, np.clip(press + 0.1, 0, 0.95))
    painted(canvas, motif, wanted, motif.along, FINEST, rng, grain, np.clip(press + 0.2, 0, 1))
    lines = contour_strokes(motif, Way(42 * motif.scale, 2 * motif.scale), 0.16, 5 * motif.scale, rng)
    width = (1.1 + 1.3 * lines.strength) * motif.scale * rng.uniform(0.7, 1.2, len(lines))
    lines = replace(lines, width=width.astype(np.float32), strength=np.clip(0.35 + 0.45 * lines.strength, 0, 0.85))
    canvas.lay(lines, np.repeat(CHARCOAL[None], len(lines), axis=0), POINT, motif.region, rng, grain)
    return canvas.finished()
