"""What strokes hold on to: a place in object space for every pixel, and how it changes from pixel to pixel.

Places are rest-pose coordinates, so they stay with skin, cloth and props wherever these go. The sky is a sphere around
the camera: what is drawn on it stays with the direction that it is seen in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.generate.base import F32
from maquette.generate.view import pixel_tangent, view_axes

U32 = NDArray[np.uint32]
I64 = NDArray[np.int64]
Three = tuple[F32, F32, F32]

SKY_M = 40.0
"""Radius of the sphere that the sky is drawn on."""
TORN = 14.0
"""Neighbouring pixels of one part that lie further apart than this many footprints are not next to each other on it."""
VOLUME, SAMPLES = 128, 8
"""Voxels along the noise volume, and voxels in one wavelength."""


@dataclass(frozen=True, eq=False)
class Surface:
    """All (H, W)."""

    part: NDArray[np.int32]
    place: Three
    """Object space, metres."""
    footprint: F32
    """Metres that a pixel spans where the surface faces the camera."""
    along_x: Three
    along_y: Three
    """How the place changes to the next pixel to the right and down."""
    inverse: Three
    """Of the 2x2 matrix of products of the two, [[a, b], [b, c]]."""
    facing: F32
    """0 seen edge on .. 1 seen from the front."""
    whole: NDArray[np.bool_]
    """False where no neighbour is on the same surface."""
    part_hash: U32
    """(parts,) of the parts' names: the same in every frame and shot."""

    @property
    def shape(self) -> tuple[int, int]:
        return self.part.shape[0], self.part.shape[1]


def surface_of(passes: Passes) -> Surface:
    """What there is to hold on to in these passes."""
    part = passes.part_id.astype(np.int32)
    rays, pixel = _rays(passes)
    sky = ~np.isfinite(passes.depth)
    depth = np.where(sky, np.float32(SKY_M), passes.depth)
    at = _places(passes, rays, depth, sky)
    footprint = np.where(sky, np.float32(SKY_M), passes.depth) * np.float32(pixel)
    x, y, z = (np.ascontiguousarray(at[..., i]) for i in range(3))
    fit_x = _slopes((x, y, z), part, footprint, 1)
    fit_y = _slopes((x, y, z), part, footprint, 0)
    dx, dy = fit_x[0], fit_y[0]
    a, b, c = _dot(dx, dx), _dot(dx, dy), _dot(dy, dy)
    determinant = np.maximum(a * c - b * b, 1e-20)
    facing = np.clip(footprint**2 / np.sqrt(determinant), 0, 1)
    return Surface(
        part=part,
        place=(x, y, z),
        footprint=footprint,
        along_x=dx,
        along_y=dy,
        inverse=(c / determinant, -b / determinant, a / determinant),
        facing=facing.astype(np.float32),
        whole=fit_x[1] & fit_y[1] & (determinant > 1e-18),
        part_hash=np.array([crc32(name.encode()) for name in passes.part_names], np.uint32),
    )


def _rays(passes: Passes) -> tuple[F32, float]:
    """(H, W, 3) world directions at depth 1, and the width of a pixel there."""
    height, width = passes.depth.shape
    right, up, forward = view_axes(passes.camera)
    pixel = pixel_tangent(passes.camera, width)
    x = (np.arange(width, dtype=np.float32) + np.float32(0.5 - width / 2)) * np.float32(pixel)
    y = (np.float32(height / 2 - 0.5) - np.arange(height, dtype=np.float32)) * np.float32(pixel)
    return forward + x[None, :, None] * right + y[:, None, None] * up, pixel


def _places(passes: Passes, rays: F32, depth: F32, sky: NDArray[np.bool_]) -> F32:
    if passes.rest is None:
        seen = rays * depth[..., None] + np.array(passes.camera.position, np.float32)
    else:
        seen = passes.rest
    if not sky.any():
        return seen
    return np.where(sky[..., None], rays * np.float32(SKY_M), seen)


def _slopes(place: Three, part: NDArray[np.int32], footprint: F32, axis: int) -> tuple[Three, NDArray[np.bool_]]:
    """Mean of the steps to both neighbours on this axis, of those that stay on the surface; and whether any does."""

    def pair(v: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        return (v[:-1], v[1:]) if axis == 0 else (v[:, :-1], v[:, 1:])

    steps = [np.diff(p, axis=axis) for p in place]
    p, q = pair(part)
    reach = pair(footprint)[0] * np.float32(TORN)
    near = (p == q) & (steps[0] ** 2 + steps[1] ** 2 + steps[2] ** 2 < reach * reach)
    share = near.astype(np.float32)
    count = np.zeros(part.shape, np.float32)
    for side in pair(count):
        side += share
    scale = 1 / np.maximum(count, 1)
    out: list[F32] = []
    for step in steps:
        total = np.zeros(part.shape, np.float32)
        kept = step * share
        for side in pair(total):
            side += kept
        out.append(total * scale)
    return (out[0], out[1], out[2]), count > 0


def _dot(a: Three, b: Three) -> F32:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def halved(surface: Surface, by: int) -> Surface:
    """The same surfaces on every so many-th pixel of every so many-th row."""

    def thin(values: NDArray[Any]) -> NDArray[Any]:
        return np.ascontiguousarray(values[::by, ::by])

    def wide(steps: Three) -> Three:
        return (thin(steps[0]) * by, thin(steps[1]) * by, thin(steps[2]) * by)

    place, inverse = surface.place, surface.inverse
    return Surface(
        part=thin(surface.part),
        place=(thin(place[0]), thin(place[1]), thin(place[2])),
        footprint=thin(surface.footprint) * np.float32(by),
        along_x=wide(surface.along_x),
        along_y=wide(surface.along_y),
        inverse=(thin(inverse[0]) / by**2, thin(inverse[1]) / by**2, thin(inverse[2]) / by**2),
        facing=thin(surface.facing),
        whole=thin(surface.whole),
        part_hash=surface.part_hash,
    )


def octave(surface: Surface, size_px: float, at: I64 | None = None) -> tuple[NDArray[np.int32], F32]:
    """Exponent of the largest power of two metres that spans at most `size_px` pixels, and how far it is on the way to
    the next one, 0..1. `at`: flat pixel numbers; None: all, (H, W)."""
    footprint = surface.footprint if at is None else surface.footprint.reshape(-1)[at]
    exact = np.log2(footprint * np.float32(size_px))
    whole = np.floor(exact)
    return whole.astype(np.int32), (exact - whole).astype(np.float32)


@lru_cache(maxsize=4)
def _volume(seed: int) -> F32:
    """Smooth noise that repeats, unit deviation, `SAMPLES` voxels a wavelength."""
    rng = np.random.default_rng((seed, 77))
    noise = rng.standard_normal((VOLUME,) * 3, dtype=np.float32)
    along = np.fft.fftfreq(VOLUME).astype(np.float32)
    square = along[:, None, None] ** 2 + along[None, :, None] ** 2 + (along[: VOLUME // 2 + 1] ** 2)[None, None]
    # A band around the wavelength, with some of what is half as long: as lumpy as water and hands are.
    band = np.exp(-0.5 * ((np.sqrt(square) * SAMPLES - 0.8) / 0.45) ** 2)
    noise = np.fft.irfftn(np.fft.rfftn(noise) * band, (VOLUME,) * 3, axes=(0, 1, 2))
    return (noise / noise.std()).astype(np.float32).reshape(-1)


def surface_noise(surface: Surface, wave_px: float, seed: int, channel: int = 0, at: I64 | None = None) -> F32:
    """Noise with unit deviation that is fixed to the surfaces and keeps its size on the screen: (H, W), or (N,) for
    flat pixel numbers `at`."""
    level, toward = octave(surface, wave_px, at)
    part = surface.part if at is None else surface.part.reshape(-1)[at]
    own = surface.part_hash ^ np.uint32(channel * 2654435761 % 2**32)
    place = [p if at is None else p.reshape(-1)[at] for p in surface.place]
    volume = _volume(seed)
    shifts = [((own >> np.uint32(7 * i)) & np.uint32(127)).astype(np.float32)[part] for i in range(3)]
    total = np.zeros(level.shape, np.float32)
    for k in (0, 1):
        scale = np.ldexp(np.float32(SAMPLES), -(level + k)).astype(np.float32)
        index = np.zeros(level.shape, np.int32)
        for i, (p, shift) in enumerate(zip(place, shifts, strict=True)):
            voxel = np.floor(p * scale + shift).astype(np.int32) + 37 * (level + k) * (i + 1)
            index = index * VOLUME + (voxel & (VOLUME - 1))
        total += volume[index] * (toward if k else 1 - toward)
    return total / np.sqrt((1 - toward) ** 2 + toward**2)
