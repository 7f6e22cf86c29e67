"""Where strokes begin and how they run: many at once, each on its own way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .fields import blurred, gradients
from .motif import Motif

F32 = NDArray[np.float32]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Strokes:
    """N movements of a brush, in the order in which they are made."""

    points: F32
    """(N, P, 2) x, y in pixels; (0, 0) is the top left corner of the picture."""
    first: I64
    """(N,) index of the first point that was reached; before it nothing is painted."""
    last: I64
    """(N,) index of the last one."""
    seeds: I64
    """(N, 2) row and column where the brush was set down; the colour is that of this place."""
    width: F32
    """(N,) pixels at the widest"""
    strength: F32
    """(N,) pressure 0..1"""

    def __len__(self) -> int:
        return len(self.width)

    def chosen(self, keep: NDArray[np.bool_] | I64) -> Strokes:
        """Some of them, or all in another order."""
        return Strokes(self.points[keep], self.first[keep], self.last[keep], self.seeds[keep],
                       self.width[keep], self.strength[keep])  # fmt: skip


@dataclass(frozen=True)
class Way:
    """How strokes run; lengths in pixels of the picture."""

    length_px: float
    step_px: float
    tolerance: float = 9.0
    """The brush is lifted where the wanted colour is this far (Oklab) from its own."""
    stray_px: float = 0.0
    """How far it goes on beyond the edge of what it paints."""
    turning: float = 0.6
    """0 straight on .. 1 follows every turn at once"""


def scattered(spacing_px: float, wanted: F32, rng: np.random.Generator) -> F32:
    """(N, 2) x, y on a jittered grid, each kept by the probability (H, W) `wanted` at its place; in random order."""
    height, width = wanted.shape
    gy, gx = np.mgrid[0 : height + spacing_px : spacing_px, 0 : width + spacing_px : spacing_px]
    places = np.stack([gx.ravel(), gy.ravel()], axis=-1) + rng.uniform(-0.6, 0.6, (gx.size, 2)) * spacing_px
    inside = (places >= 0).all(axis=1) & (places[:, 0] < width) & (places[:, 1] < height)
    chance = rng.random(len(places))
    places, chance = places[inside], chance[inside]
    keep = chance < wanted[places[:, 1].astype(int), places[:, 0].astype(int)]
    places = places[keep]
    return places[rng.permutation(len(places))].astype(np.float32)


def cell(points: F32, shape: tuple[int, int]) -> tuple[I64, I64]:
    """Row and column (...) of places (..., 2); beyond the edge, the edge's."""
    x = np.clip(points[..., 0], 0, shape[1] - 1).astype(np.int64)
    y = np.clip(points[..., 1], 0, shape[0] - 1).astype(np.int64)
    return y, x


def traced(motif: Motif, seeds: F32, along: F32, wanted: F32, way: Way, lengths: F32) -> tuple[F32, I64, I64]:
    """Points (N, P, 2), first and last index (N,) of strokes from seeds (N, 2) both ways along a field (H, W, 2).

    Hertzmann (1998): a stroke ends where the wanted colour, (H, W, 3) Oklab, leaves its own; ours end at the edges of
    things as well, and a little beyond them. lengths: (N,) share 0..1 of the longest.
    """
    steps = max(1, round(way.length_px / 2 / way.step_px))
    points = np.repeat(seeds[:, None], 2 * steps + 1, axis=1)
    ends: list[I64] = []
    for sign in (-1.0, 1.0):
        reached = _run(motif, seeds, along, wanted, way, sign, np.maximum(1, np.rint(lengths * steps)), points, steps)
        ends.append(steps + int(sign) * reached)
    return points, ends[0], ends[1]


def _run(
    motif: Motif, seeds: F32, along: F32, wanted: F32, way: Way, sign: float, most: F32, points: F32, steps: int
) -> I64:
    """Fill in one half of the strokes' points; returns how many steps each took."""
    shape = motif.shape
    row, column = cell(seeds, shape)
    own_region, own_colour = motif.region[row, column], wanted[row, column]
    heading = along[row, column] * np.float32(sign)
    place, alive = seeds.copy(), np.ones(len(seeds), bool)
    over, reached = np.zeros(len(seeds), np.float32), np.zeros(len(seeds), np.int64)
    for step in range(1, steps + 1):
        row, column = cell(place, shape)
        turn = along[row, column]
        turn = turn * np.where((turn * heading).sum(axis=1) < 0, -1, 1)[:, None].astype(np.float32)
        heading = heading + (turn - heading) * np.float32(way.turning)
        heading /= np.maximum(np.linalg.norm(heading, axis=1, keepdims=True), 1e-6)
        place = place + heading * np.float32(way.step_px) * alive[:, None]
        row, column = cell(place, shape)
        strange = motif.region[row, column] != own_region
        over += np.where(strange, way.step_px, 0)
        other = np.linalg.norm(wanted[row, column] - own_colour, axis=1) > way.tolerance
        alive &= (step <= most) & (over <= way.stray_px) & ~(other & ~strange)
        at = len(points[0]) // 2 + int(sign) * step
        points[:, at] = np.where(alive[:, None], place, points[:, at - int(sign)])
        reached += alive
    return reached


def contour_strokes(motif: Motif, way: Way, least: float, spacing_px: float, rng: np.random.Generator) -> Strokes:
    """Pen lines along the ridges of contour strength, from the strongest places on; each stretch once."""
    field = blurred(motif.contour, 0.9 * max(motif.scale, 0.7))
    dx, dy = gradients(field)
    blur = 1.5 * motif.scale
    xx, xy, yy = (blurred(t, blur) for t in (dx * dx, dx * dy, dy * dy))
    across = 0.5 * np.arctan2(2 * xy, xx - yy)
    normal = np.stack([np.cos(across), np.sin(across)], axis=-1).astype(np.float32)
    slope = np.stack([dx, dy], axis=-1).astype(np.float32)
    seeds = _peaks(field, least, max(2, round(spacing_px)))
    steps = max(2, round(way.length_px / 2 / way.step_px))
    points = np.repeat(seeds[:, None], 2 * steps + 1, axis=1)
    ends: list[I64] = []
    for sign in (-1, 1):
        place, alive, reached = seeds.copy(), np.ones(len(seeds), bool), np.zeros(len(seeds), np.int64)
        row, column = cell(place, motif.shape)
        heading = np.stack([-normal[row, column, 1], normal[row, column, 0]], axis=-1) * sign
        for step in range(1, steps + 1):
            n = normal[row, column]
            turn = np.stack([-n[:, 1], n[:, 0]], axis=-1)
            dot = (turn * heading).sum(axis=1)
            turn *= np.where(dot < 0, -1, 1)[:, None]
            heading = turn
            ahead = place + turn * np.float32(way.step_px)
            row, column = cell(ahead, motif.shape)
            rise = (slope[row, column] * normal[row, column]).sum(axis=1)
            back = np.clip(rise * 4, -0.6, 0.6)[:, None] * normal[row, column]
            ahead = (ahead + back).astype(np.float32)
            inside = (ahead >= 0).all(axis=1) & (ahead[:, 0] < motif.shape[1]) & (ahead[:, 1] < motif.shape[0])
            alive &= inside & (field[row, column] > least * 0.6) & (np.abs(dot) > 0.55)
            place = np.where(alive[:, None], ahead, place)
            row, column = cell(place, motif.shape)
            points[:, steps + sign * step] = place
            reached += alive
        ends.append(steps + sign * reached)
    row, column = cell(seeds, motif.shape)
    strength = np.clip(field[row, column] / 0.6, 0.25, 1).astype(np.float32)
    lines = Strokes(
        points, ends[0], ends[1], np.stack([row, column], axis=-1), np.ones(len(seeds), np.float32), strength
    )
    return lines.chosen(_each_once(lines, motif.shape, rng))


def _peaks(field: F32, least: float, size: int) -> F32:
    """(N, 2) x, y of the strongest place in every cell of the grid, strongest first."""
    height, width = (s // size * size for s in field.shape)
    cells = field[:height, :width].reshape(height // size, size, width // size, size).transpose(0, 2, 1, 3)
    flat = cells.reshape(cells.shape[0], cells.shape[1], -1)
    best, strength = flat.argmax(axis=-1), flat.max(axis=-1)
    gy, gx = np.mgrid[0 : cells.shape[0], 0 : cells.shape[1]]
    x, y = gx * size + best % size + 0.5, gy * size + best // size + 0.5
    keep = strength > least
    order = np.argsort(-strength[keep], kind="stable")
    return np.stack([x[keep], y[keep]], axis=-1)[order].astype(np.float32)


def _each_once(lines: Strokes, shape: tuple[int, int], rng: np.random.Generator) -> I64:
    """Indices of lines most of whose way was not drawn before; now and then one is restated."""
    drawn = np.zeros((shape[0] + 2, shape[1] + 2), bool)
    row, column = cell(lines.points, shape)
    restated = rng.random(len(lines)) < 0.04
    kept: list[int] = []
    for i in range(len(lines)):
        r, c = row[i, lines.first[i] : lines.last[i] + 1], column[i, lines.first[i] : lines.last[i] + 1]
        if len(r) < 4 or (drawn[r + 1, c + 1].mean() > 0.4 and not restated[i]):
            continue
        kept.append(i)
        for dy in (0, 1, 2):
            for dx in (0, 1, 2):
                drawn[r + dy, c + dx] = True
    return np.array(kept, np.int64)
