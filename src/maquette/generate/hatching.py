"""Hatching: short strokes that follow the form, laid in layers where the light falls off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import F32
from maquette.generate.linework import PartKinds
from maquette.generate.strokes import SUPERSAMPLING

STEP_PX = 2.0
HAND_DEGREES = -52.0
"""Where a right hand's strokes lean when no form asks for another way; 0 is to the right, negative is upwards."""


def form_directions(passes: Passes, kinds: PartKinds) -> F32:
    """(H, W) angle of strokes in the picture, radians: along the form on round things, by the hand on flat ones."""
    camera = passes.camera
    forward = np.array(camera.look_at, float) - np.array(camera.position, float)
    forward /= max(float(np.linalg.norm(forward)), 1e-9)
    right = np.cross(forward, [0, 0, 1]) if abs(forward[2]) < 0.9999 else np.array([1.0, 0, 0])
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    nx, ny = passes.normal @ right.astype(np.float32), -(passes.normal @ up.astype(np.float32))
    hand = np.radians(HAND_DEGREES)
    tilt = np.hypot(nx, ny)
    follow = np.clip((tilt - 0.15) * 1.6, 0, 1) * np.where(kinds.cast[passes.part_id], 1.0, 0.55)
    lying = np.abs(passes.normal[..., 2]) > 0.85
    # Angles that differ by half a turn are the same stroke, so directions are blended at twice the angle.
    form = np.arctan2(ny, nx) + np.pi / 2
    cosine = follow * np.cos(2 * form) + (1 - follow) * np.cos(2 * hand)
    sine = follow * np.sin(2 * form) + (1 - follow) * np.sin(2 * hand)
    cosine, sine = np.where(lying, np.cos(0.14), cosine), np.where(lying, np.sin(0.14), sine)
    sigma = 0.009 * passes.size[0]
    blurred = (ndimage.gaussian_filter(v.astype(np.float32), sigma) for v in (cosine, sine))
    c, s = blurred
    return (0.5 * np.arctan2(s, c)).astype(np.float32)


def hatch(value: F32, angle: F32, groups: NDArray[np.int64], below: float, turn: float, gap_px: float, length_px: float,
          width_px: float, rng: np.random.Generator) -> F32:  # fmt: skip
    """(H, W) coverage of one layer of strokes where `value` is less than `below`, `turn` radians off the form."""
    height, width = value.shape
    lean = np.radians(HAND_DEGREES) + turn
    along, aside = np.array([np.cos(lean), np.sin(lean)]), np.array([-np.sin(lean), np.cos(lean)])
    reach_px = float(np.hypot(width, height)) / 2 + length_px
    rows, places = np.mgrid[-reach_px:reach_px:gap_px, -reach_px : reach_px : length_px * 0.8]
    places = places + rng.uniform(0, length_px, (len(rows), 1))
    seeds = places.reshape(-1, 1) * along + rows.reshape(-1, 1) * aside + np.array([width / 2, height / 2])
    seeds += rng.normal(0, 0.22 * gap_px, seeds.shape)
    inside = (seeds[:, 0] >= 0) & (seeds[:, 0] < width) & (seeds[:, 1] >= 0) & (seeds[:, 1] < height)
    seeds = seeds[inside]
    x, y = seeds.astype(int).T
    dark = value[y, x] < below
    seeds = seeds[dark]
    if len(seeds) == 0:
        return np.zeros(value.shape, np.float32)
    reach = rng.uniform(0.35, 0.6, len(seeds)) * length_px
    paths = [_grow(seeds, angle, value, groups, below, turn, sign, reach) for sign in (-1.0, 1.0)]
    return _draw(paths[0], paths[1], width_px, width, height, rng)


def _grow(seeds: NDArray[np.float64], angle: F32, value: F32, groups: NDArray[np.int64], below: float, turn: float,
          sign: float, reach: NDArray[np.float64]) -> NDArray[np.float64]:  # fmt: skip
    """(S, N, 2) points along the direction field from each seed; a stroke that must end repeats its last point."""
    height, width = value.shape
    at = seeds.copy()
    home = groups[at[:, 1].astype(int), at[:, 0].astype(int)]
    heading = np.full(len(seeds), np.radians(HAND_DEGREES) + turn + (np.pi if sign < 0 else 0.0))
    alive = np.ones(len(seeds), bool)
    points = [at.copy()]
    for i in range(int(reach.max() / STEP_PX)):
        column, row = np.clip(at[:, 0].astype(int), 0, width - 1), np.clip(at[:, 1].astype(int), 0, height - 1)
        wanted = angle[row, column] + turn
        wanted = wanted + np.pi * np.round((heading - wanted) / np.pi)
        heading = wanted
        onward = at + STEP_PX * np.stack([np.cos(heading), np.sin(heading)], axis=1)
        c, r = np.clip(onward[:, 0].astype(int), 0, width - 1), np.clip(onward[:, 1].astype(int), 0, height - 1)
        alive &= (value[r, c] < below * 1.08) & (groups[r, c] == home) & (i * STEP_PX < reach)
        at = np.where(alive[:, None], onward, at)
        points.append(at.copy())
    return np.stack(points, axis=1)


def _draw(back: NDArray[np.float64], forth: NDArray[np.float64], width_px: float, width: int, height: int,
          rng: np.random.Generator) -> F32:  # fmt: skip
    s = SUPERSAMPLING
    canvas = Image.new("L", (width * s, height * s), 0)
    pen = ImageDraw.Draw(canvas)
    whole = np.concatenate([back[:, :0:-1], forth], axis=1) * s
    length = np.abs(np.diff(whole, axis=1)).sum(axis=(1, 2))
    thick = max(1, round(width_px * s))
    pressure = rng.integers(120, 235, len(whole))
    for path, press, long in zip(whole, pressure.tolist(), length.tolist(), strict=True):
        if long < 4 * s:
            continue
        n = len(path)
        pen.line(path.reshape(-1).tolist(), fill=int(press * 0.55), width=max(1, thick - 1))
        pen.line(path[n // 5 : n - n // 5].reshape(-1).tolist(), fill=press, width=thick)
    return np.asarray(canvas.reduce(s), np.float32) / 255
