"""Brush, pen and stick on a ground: strokes become paint, hair by hair.

Every stroke is a ribbon of samples finer than the pixels it covers. The later stroke lies over the earlier one; where
the bristles carry no paint the ground shows. Nothing here looks at the picture: only at strokes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from .fields import blurred, gradients, noise, ranked
from .pigment import mixed
from .strokes import I32, I64, Strokes

F32 = NDArray[np.float32]

SAMPLE_PX = 0.75
"""Distance of samples in fine pixels: less than one, so that a ribbon has no holes."""
BANK = (512, 2048)
"""Bristles across, places along, of the sheet that all brushes are cut from."""
MOST_SAMPLES = 3_000_000
"""Samples that are laid down at a time."""


@dataclass(frozen=True)
class Brush:
    """How a brush gives off its paint."""

    opacity: float = 1.0
    streaks: float = 0.15
    """How much lighter and darker the paint of single bristles is."""
    dry: float = 0.1
    """0 loaded: covers all .. 1 nearly empty: broken by the ground"""
    runs_out: float = 0.4
    """How much drier it is at the end of the stroke."""
    ridge: float = 0.0
    """Paint pushed to the edges of the stroke: darker rims of a wash, or ridges of thick paint."""
    body: float = 0.0
    """Thickness of the paint: it catches the light."""
    tip: float = 0.35
    """Share of the stroke over which it comes to its full width, and goes."""
    clip_px: float = 0.0
    """0: paints over edges; else paint stays within its region, but for so many pixels of an unsteady hand."""
    bristle_px: float = 1.0
    """Width of a bristle in pixels of the picture."""


@dataclass(eq=False)
class Canvas:
    """Paint on a ground, finer than the picture; changes as it is painted on."""

    colour: F32
    """(H*k, W*k, 3) linear reflectance"""
    height: F32
    """(H*k, W*k) thickness of the paint, 0..1"""
    fineness: int

    @classmethod
    def toned(cls, shape: tuple[int, int], fineness: int, ground: F32) -> Canvas:
        """A canvas of (H, W) pixels, each `fineness` fine ones across, primed in one colour."""
        size = (shape[0] * fineness, shape[1] * fineness)
        return cls(np.broadcast_to(ground, (*size, 3)).astype(np.float32), np.zeros(size, np.float32), fineness)

    def at(self, seeds: I64) -> F32:
        """(N, 3) colour now at pixels (N, 2) row, column."""
        k = self.fineness
        return self.colour[seeds[:, 0] * k + k // 2, seeds[:, 1] * k + k // 2]

    def lay(self, strokes: Strokes, colours: F32, brush: Brush, region: I32, rng: np.random.Generator,
            tooth: F32 | None = None) -> None:  # fmt: skip
        """Paint strokes in colours (N, 3) linear, one after the other.

        region: (H, W) numbers of parts, for brushes that keep to them. tooth: (H*k, W*k) 0..1 height of the paper's
        grain; a stick only touches what stands higher than its pressure lets it reach.
        """
        if len(strokes) == 0:
            return
        k, size = self.fineness, self.height.shape
        owner = np.full(size[0] * size[1], -1, np.int32)
        grain = np.zeros(size[0] * size[1], np.float32)
        thick = np.zeros(size[0] * size[1], np.float32)
        wander = _wander(region.shape, brush.clip_px, rng) if brush.clip_px > 0 else None
        shifts = rng.integers(0, BANK, (len(strokes), 2))
        for part in _parts(strokes, k):
            _deposit(part, strokes, brush, k, size, shifts, region, wander, tooth, owner, grain, thick)
        self._settle(owner, grain, thick, strokes, colours, brush)

    def _settle(self, owner: I32, grain: F32, thick: F32, strokes: Strokes, colours: F32, brush: Brush) -> None:
        painted = np.flatnonzero(owner >= 0)
        who, bristle, edge = owner[painted], grain[painted], thick[painted]
        fresh = colours[who] * (1 + 2 * brush.streaks * (bristle - 0.5))[:, None]
        rim = 0.0 if brush.body else 0.5 * brush.ridge
        fresh = np.asarray(np.clip(fresh * (1 - rim * edge)[:, None], 0, 1), np.float32)
        ground = self.colour.reshape(-1, 3)
        if brush.opacity < 1:
            share = np.clip(brush.opacity * (0.7 + 0.6 * bristle) * (1 + brush.ridge * edge), 0, 1)
            fresh = mixed(ground[painted], fresh, share.astype(np.float32))
        ground[painted] = fresh
        if brush.body > 0:
            self.height.reshape(-1)[painted] = np.clip(brush.body * (0.35 + 0.65 * bristle + brush.ridge * edge), 0, 1)

    def finished(self, relief: float = 0.0) -> F32:
        """(H, W, 3) linear: as the picture hangs under a lamp from the upper left. relief: strength of its ridges."""
        colour, k = self.colour, self.fineness
        if relief > 0:
            dx, dy = gradients(blurred(self.height, 0.6))
            slope = np.clip(-(dx + dy) * relief, -0.5, 0.5)[..., None]
            colour = colour * (1 + slope) + np.clip(slope - 0.1, 0, 1) * 0.12
        h, w = colour.shape[0] // k, colour.shape[1] // k
        return np.clip(colour.reshape(h, k, w, k, 3).mean(axis=(1, 3)), 0, 1).astype(np.float32)


@lru_cache(maxsize=1)
def _bank() -> F32:
    """(BANK) 0..1: how much paint each bristle holds along its way, evenly distributed; the same for all time."""
    rng = np.random.default_rng(1998)
    hairs = rng.standard_normal(BANK).astype(np.float32)
    streaks = gaussian_filter1d(gaussian_filter1d(hairs, 40, axis=1, mode="wrap"), 0.8, axis=0, mode="wrap")
    specks = gaussian_filter(rng.standard_normal(BANK).astype(np.float32), (0.8, 2.0), mode="wrap")
    both = streaks / streaks.std() + 0.55 * specks / specks.std()
    return ranked(np.asarray(both, np.float32))


def _wander(shape: tuple[int, int], reach_px: float, rng: np.random.Generator) -> F32:
    """(H, W, 2) smooth displacement in pixels of where a hand thinks that an edge is."""
    return np.stack([noise(shape, 5, rng) for _ in range(2)], axis=-1) * np.float32(reach_px * 0.6)


def _parts(strokes: Strokes, fineness: int) -> list[slice]:
    """Runs of strokes that are laid down together, so that memory stays small."""
    each = _rows_of(strokes, fineness) * _across_of(strokes, fineness)
    cuts = np.searchsorted(np.cumsum(each), np.arange(MOST_SAMPLES, each.sum() + MOST_SAMPLES, MOST_SAMPLES), "right")
    edges = [0, *sorted({int(c) for c in cuts if 0 < c < len(each)}), len(each)]
    return [slice(a, b) for a, b in pairwise(edges) if b > a]


def _lengths(strokes: Strokes) -> F32:
    """(N,) pixels along each stroke."""
    steps = np.linalg.norm(np.diff(strokes.points, axis=1), axis=-1)
    return np.asarray(steps.sum(axis=1), np.float32)


def _rows_of(strokes: Strokes, fineness: int) -> I64:
    return np.maximum(2, np.ceil(_lengths(strokes) * fineness / SAMPLE_PX)).astype(np.int64)


def _across_of(strokes: Strokes, fineness: int) -> I64:
    return np.maximum(2, np.ceil(strokes.width * fineness / SAMPLE_PX) + 1).astype(np.int64)


def _deposit(
    part: slice, strokes: Strokes, brush: Brush, fineness: int, size: tuple[int, int], shifts: I64, region: I32,
    wander: F32 | None, tooth: F32 | None, owner: I32, grain: F32, thick: F32,
) -> None:  # fmt: skip
    """Lay the samples of some strokes down: owner, bristle and edge of each fine pixel, the later over the earlier."""
    number = np.arange(part.start, part.stop)
    some = strokes.chosen(number)
    rows, across = _rows_of(some, fineness), _across_of(some, fineness)
    stroke = np.repeat(np.arange(len(some)), rows)
    along = (np.arange(len(stroke)) - np.repeat(np.cumsum(rows) - rows, rows)) / np.repeat(rows - 1, rows)
    at = some.first[stroke] + along * (some.last - some.first)[stroke]
    low = np.minimum(at.astype(np.int64), some.points.shape[1] - 2)
    a, b = some.points[stroke, low], some.points[stroke, low + 1]
    middle = (a + (b - a) * (at - low)[:, None]).astype(np.float32)
    normal = _normals(some, stroke, low, at)
    half = 0.5 * some.width[stroke] * _taper(along, brush.tip)
    # From rows to samples.
    row = np.repeat(np.arange(len(stroke)), across[stroke])
    begins = np.cumsum(across[stroke]) - across[stroke]
    place = np.arange(len(row)) - begins[row]
    side = (place / (across[stroke] - 1)[row] * 2 - 1).astype(np.float32)
    offset = normal * half[:, None]
    x = middle[row, 0] + offset[row, 0] * side
    y = middle[row, 1] + offset[row, 1] * side
    px, py = (x * fineness).astype(np.int64), (y * fineness).astype(np.int64)
    who = stroke[row]
    step = SAMPLE_PX / fineness / max(brush.bristle_px, 0.1)
    hair = ((side + 1) * half[row] / max(brush.bristle_px, 0.1)).astype(np.int64) + shifts[part, 0][who]
    reach = ((np.arange(len(stroke)) - (np.cumsum(rows) - rows)[stroke]) * step).astype(np.int64)
    bristle = _bank()[hair % BANK[0], (reach[row] + shifts[part, 1][who]) % BANK[1]]
    rim = np.abs(side)
    least = brush.dry * (1 + brush.runs_out * (along[row] * 2 - 1)) + 0.5 * brush.dry * rim**4
    keep = (bristle >= least) & (px >= 0) & (py >= 0) & (px < size[1]) & (py < size[0])
    if wander is not None:
        keep &= _within(x, y, some.seeds, who, region, wander)
    if tooth is not None:
        touched = tooth[np.clip(py, 0, size[0] - 1), np.clip(px, 0, size[1] - 1)]
        keep &= touched > 1 - some.strength[who] * (1 - 0.35 * rim**2)
    target = py[keep] * size[1] + px[keep]
    owner[target] = part.start + who[keep]
    grain[target] = bristle[keep]
    thick[target] = (rim**6)[keep]


def _within(x: F32, y: F32, seeds: I64, who: I64, region: I32, wander: F32) -> NDArray[np.bool_]:
    """Whether samples lie within the region that their stroke began in, as an unsteady hand sees it."""
    h, w = region.shape
    c, r = np.clip(x, 0, w - 1).astype(np.int64), np.clip(y, 0, h - 1).astype(np.int64)
    off = wander[r, c]
    c = np.clip(x + off[:, 0], 0, w - 1).astype(np.int64)
    r = np.clip(y + off[:, 1], 0, h - 1).astype(np.int64)
    return region[r, c] == region[seeds[:, 0], seeds[:, 1]][who]


def _normals(some: Strokes, stroke: I64, low: I64, at: NDArray[np.float64]) -> F32:
    """(R, 2) unit vectors across the stroke, turning smoothly from point to point."""
    run = np.gradient(some.points, axis=1)
    run /= np.maximum(np.linalg.norm(run, axis=-1, keepdims=True), 1e-6)
    lower = np.clip(low, some.first[stroke], np.maximum(some.last[stroke] - 1, some.first[stroke]))
    share = (at - low)[:, None]
    heading = run[stroke, lower] * (1 - share) + run[stroke, np.minimum(lower + 1, run.shape[1] - 1)] * share
    heading /= np.maximum(np.linalg.norm(heading, axis=-1, keepdims=True), 1e-6)
    return np.stack([-heading[:, 1], heading[:, 0]], axis=-1).astype(np.float32)


def _taper(along: NDArray[np.float64], tip: float) -> F32:
    """Width 0.25..1 over the stroke: set down round, lifted to a point."""
    start = np.clip(along / max(0.6 * tip, 1e-3), 0, 1)
    end = np.clip((1 - along) / max(tip, 1e-3), 0, 1)
    return (np.sqrt(1 - (1 - start) ** 2) * np.sqrt(1 - (1 - end) ** 2) * 0.85 + 0.15).astype(np.float32)
