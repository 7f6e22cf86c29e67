"""What an edit changed in a picture: the thing itself, and the light that it gives or takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.imaging.tone import view_transform

F32 = NDArray[np.float32]
Mask = NDArray[np.bool_]

EDIT_VERSION = 1
"""Goes up whenever the same edit of the same picture keeps or draws otherwise."""
LEAST_DEPTH = 1e-3
"""Share of its depth by which a surface has moved."""
LEAST_COSINE = 0.995
"""Of the angle by which it has turned: 6 degrees."""
LEAST_ALBEDO = 0.01
EDGE_PX = 1
"""An edge's light is the mean of both sides of it: so far round what has changed, the light has, too."""
LIGHT_FROM, LIGHT_FULL = 6.0, 14.0
"""sRGB codes by which light that is traced anew differs without anything having changed, and from which on it is
another shadow or another bounce."""
LIGHT_SIGMA = 0.006
"""Shares of the width over which light is compared: what is left of its noise is finer."""
LEAST_SHARE = 0.02
"""Parts of which less of the region is are not named."""


@dataclass(frozen=True, eq=False)
class Region:
    """Where a picture is another after an edit."""

    things: Mask
    """(H, W) something else is seen, or it stands or looks otherwise."""
    light: F32
    """(H, W) 0..1, how much of the new light is seen: 1 where `things` is, falling to 0 where nothing can be told."""
    names: tuple[str, ...]
    """Objects that have changed, those with the most pixels first: "cast/MARA"."""

    @property
    def mask(self) -> Mask:
        """(H, W) all of it."""
        return self.light > 0

    @property
    def share(self) -> float:
        """Of the picture, 0..1."""
        return float(self.mask.mean())


def region_of(before: Passes, after: Passes, stops: float) -> Region:
    """Compare two moments that one camera sees, in pictures of one size.

    stops: exposure that both are judged with, the camera's own included.
    """
    changed = _changed(before, after)
    things = changed | _coarse(_fine_changed(before, after), before.depth.shape)
    things = within(things, EDGE_PX)
    light = np.maximum(_light_changed(before, after, stops), things.astype(np.float32))
    return Region(things, light, _names(before, after, changed))


def within(mask: Mask, radius: int) -> Mask:
    """(H, W) what lies within a square of this radius, pixels."""
    if radius <= 0 or not mask.any():
        return mask
    return np.asarray(ndimage.maximum_filter(mask, 2 * radius + 1, mode="constant"), np.bool_)


def _changed(before: Passes, after: Passes) -> Mask:
    was, now = (np.array(p.part_names)[p.part_id] for p in (before, after))
    return (was != now) | _surface_changed(
        (before.depth, after.depth), (before.normal, after.normal), (before.albedo, after.albedo)
    )


def _fine_changed(before: Passes, after: Passes) -> Mask | None:
    """The same of the finer buffers that lines are found in; None where there are none."""
    a, b = before.extra, after.extra
    if "fine_part_id" not in a or "fine_part_id" not in b:
        return None
    names = zip((before, after), (a, b), strict=True)
    was, now = (np.array(p.part_names)[x["fine_part_id"].astype(np.int64)] for p, x in names)
    return (was != now) | _surface_changed(
        *((a[f"fine_{name}"], b[f"fine_{name}"]) for name in ("depth", "normal", "albedo"))
    )


def _surface_changed(depth: tuple[F32, F32], normal: tuple[F32, F32], albedo: tuple[F32, F32]) -> Mask:
    a, b = depth
    near = np.minimum(a, b)
    with np.errstate(invalid="ignore"):
        moved = (a != b) & ~(np.abs(a - b) <= LEAST_DEPTH * near)
    turned = (normal[0] * normal[1]).sum(axis=-1) < LEAST_COSINE
    # Where nothing was hit there is no normal.
    turned &= np.isfinite(near)
    painted = np.abs(albedo[0] - albedo[1]).max(axis=-1) > LEAST_ALBEDO
    return np.asarray(moved | turned | painted, np.bool_)


def _coarse(fine: Mask | None, shape: tuple[int, ...]) -> Mask:
    """(H, W) where any of the finer pixels is set."""
    if fine is None:
        return np.zeros(shape, bool)
    height, width = shape
    pixels = fine.reshape(height, fine.shape[0] // height, width, fine.shape[1] // width)
    return np.asarray(pixels.any(axis=(1, 3)), np.bool_)


def _light_changed(before: Passes, after: Passes, stops: float) -> F32:
    sigma = LIGHT_SIGMA * before.depth.shape[1]
    was, now = (view_transform(p.beauty, stops).astype(np.float32) for p in (before, after))
    apart = ndimage.gaussian_filter(now - was, (sigma, sigma, 0), mode="nearest", truncate=3.0)
    t = np.clip((np.abs(apart).max(axis=-1) - LIGHT_FROM) / (LIGHT_FULL - LIGHT_FROM), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def _names(before: Passes, after: Passes, changed: Mask) -> tuple[str, ...]:
    """What went, what came and what changed. What only came into view behind it has not changed itself."""
    count: dict[str, int] = {}
    nearer = before.depth <= after.depth * (1 + LEAST_DEPTH), after.depth <= before.depth * (1 + LEAST_DEPTH)
    for passes, front in zip((before, after), nearer, strict=True):
        numbers, found = np.unique(passes.object_id[changed & front], return_counts=True)
        for number, pixels in zip(numbers.tolist(), found.tolist(), strict=True):
            if number:
                name = passes.object_names[number]
                count[name] = count.get(name, 0) + pixels
    least = LEAST_SHARE * max(int(changed.sum()), 1)
    return tuple(sorted((n for n in count if count[n] > least), key=lambda n: (-count[n], n)))
