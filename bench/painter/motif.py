"""What a painter sees in a frame: local colours, light, materials, the run of forms, contours, and what matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, uniform_filter

from maquette.film.passes import Passes
from maquette.imaging.color import luminance, to_linear
from maquette.imaging.oklab import linear_to_oklab

from .fields import blurred, gradients

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]
I32 = NDArray[np.int32]

REFERENCE_WIDTH = 640
"""Lengths in pixels are those of a picture this wide."""
WALL_RAD = np.radians(118.0)
"""Slant of strokes on walls, counted from x to y (down): from top right to bottom left."""


class Kind(IntEnum):
    """Materials that a painter has a recipe for."""

    SKY = 0
    PLACE = 1
    CLOTH = 2
    SKIN = 3
    HAIR = 4
    EYE = 5
    """And what else is small in a face."""


@dataclass(frozen=True, eq=False)
class Motif:
    """A frame as a painter looks at it; all (H, W, ...)."""

    scale: float
    """Pixels of this picture to a pixel of one 640 wide."""
    seen: F32
    """(H, W, 3) linear colour as it appears."""
    value: F32
    """(H, W) Oklab lightness as it appears, 0..1."""
    local: F32
    """(H, W, 3) linear colour of the material; of the sky, as it appears."""
    light: F32
    """(H, W) how much light falls there, 0 night .. 1 as bright as a white card can be."""
    kind: NDArray[np.uint8]
    """(H, W) `Kind`"""
    region: I32
    """(H, W) a number for each part: strokes know where they end."""
    flat: F32
    """(H, W) 1 where a surface lies like a table, 0 where it stands."""
    along: F32
    """(H, W, 2) unit vector in which strokes run."""
    contour: F32
    """(H, W) 0..1 strength of outlines and creases."""
    interest: F32
    """(H, W) 0..1: faces and contours matter, empty walls do not."""

    @property
    def shape(self) -> tuple[int, int]:
        return self.value.shape[0], self.value.shape[1]


def motif_of(passes: Passes, picture: U8) -> Motif:
    """Look at a frame. picture: (H, W, 3) sRGB codes, as developed from these passes."""
    scale = picture.shape[1] / REFERENCE_WIDTH
    seen = to_linear(picture)
    value = np.asarray(linear_to_oklab(seen), np.float32)[..., 0]
    kind = _kinds(passes)
    sky = kind == Kind.SKY
    local = np.where(sky[..., None], seen, np.clip(passes.albedo, 0, 1)).astype(np.float32)
    lit = np.asarray(luminance(seen), np.float32) / np.maximum(np.asarray(luminance(local), np.float32), 0.02)
    light = np.where(sky, value, np.clip(np.log2(np.maximum(lit, 1e-3)) / 6 + 1, 0, 1)).astype(np.float32)
    flat = np.where(sky, 0, np.clip((np.abs(passes.normal[..., 2]) - 0.7) / 0.25, 0, 1)).astype(np.float32)
    contour = _contours(passes, local, scale)
    return Motif(
        scale=scale,
        seen=seen,
        value=value,
        local=local,
        light=blurred(light, 0.7 * scale),
        kind=kind,
        region=passes.part_id.astype(np.int32),
        flat=flat,
        along=_along(passes, value, kind, flat, scale),
        contour=contour,
        interest=_interest(kind, contour, value, scale),
    )


def _kinds(passes: Passes) -> NDArray[np.uint8]:
    table = np.zeros(len(passes.part_names), np.uint8)
    for i, name in enumerate(passes.part_names):
        owner, _, part = name.partition(":")
        if not i:
            table[i] = Kind.SKY
        elif not owner.startswith("cast/"):
            table[i] = Kind.PLACE
        elif part == "skin":
            table[i] = Kind.SKIN
        elif part.startswith(("hair", "beard", "brow", "moustache")):
            table[i] = Kind.HAIR
        elif part in ("mouth", "eye", "iris", "lashes", "teeth", "tongue"):
            table[i] = Kind.EYE
        else:
            table[i] = Kind.CLOTH
    return table[passes.part_id]


def _along(passes: Passes, value: F32, kind: NDArray[np.uint8], flat: F32, scale: float) -> F32:
    """Strokes run across the steepest change of tone and form (structure tensor); where nothing changes, floors are
    painted level, walls on the slant, and people downwards."""
    xx, xy, yy = (np.zeros(value.shape, np.float32) for _ in range(3))
    smooth = blurred(value, 1.2 * scale)
    for channel, weight in ((smooth, 2.0), *((passes.normal[..., i], 0.5) for i in range(3))):
        dx, dy = gradients(blurred(channel, 1.2 * scale))
        # Outlines are steep and would drown the form beside them.
        size = 1 / np.sqrt(1 + (dx * dx + dy * dy) * 900)
        dx, dy = dx * weight * size, dy * weight * size
        xx, xy, yy = xx + dx * dx, xy + dx * dy, yy + dy * dy
    people = kind >= Kind.CLOTH
    angle = np.where(people, np.radians(80.0), np.where(kind == Kind.SKY, np.radians(12.0), WALL_RAD * (1 - flat)))
    angle = np.where((flat > 0.5) & ~people, 0.06, angle).astype(np.float32)
    habit = np.where(people, 2e-4, 6e-4).astype(np.float32)
    nx, ny = -np.sin(angle), np.cos(angle)
    sigma = 4.0 * scale
    xx, xy, yy = (
        blurred(t, sigma) + habit * n
        for t, n in ((xx, nx * nx), (xy, nx * ny), (yy, ny * ny))
    )  # fmt: skip
    across = 0.5 * np.arctan2(2 * xy, xx - yy)
    return np.stack([-np.sin(across), np.cos(across)], axis=-1).astype(np.float32)


def _contours(passes: Passes, local: F32, scale: float) -> F32:
    """Where one thing ends before another, and where forms crease or colours meet."""
    part = passes.part_id
    edge = np.zeros(part.shape, np.float32)
    depth = np.where(np.isfinite(passes.depth), passes.depth, 1e4).astype(np.float32)
    tone = np.asarray(linear_to_oklab(local), np.float32)
    for axis in (0, 1):
        a = tuple(slice(None, -1) if i == axis else slice(None) for i in range(2))
        b = tuple(slice(1, None) if i == axis else slice(None) for i in range(2))
        jump = np.abs(depth[a] - depth[b]) / np.minimum(depth[a], depth[b]).clip(0.1)
        crease = 1 - (passes.normal[a] * passes.normal[b]).sum(axis=-1)
        colour = np.linalg.norm(tone[a] - tone[b], axis=-1)
        strong = np.where(part[a] != part[b], np.clip(0.35 + 6 * jump, 0, 1), 0)
        here = np.maximum.reduce([strong, np.clip((jump - 0.05) * 8, 0, 1), np.clip(crease * 1.6 - 0.25, 0, 0.7),
                                  np.clip(colour * 5 - 0.25, 0, 0.7)]).astype(np.float32)  # fmt: skip
        edge[a] = np.maximum(edge[a], here)
        edge[b] = np.maximum(edge[b], here * 0.7)
    # Leaves and grass are texture, not a hundred contours.
    crowd = uniform_filter(edge, round(17 * scale))
    return edge * np.clip(1.5 - 3.2 * crowd, 0.1, 1).astype(np.float32)


def _interest(kind: NDArray[np.uint8], contour: F32, value: F32, scale: float) -> F32:
    dx, dy = gradients(blurred(value, scale))
    change = np.clip(np.hypot(dx, dy) * 18 * scale, 0, 1)
    near = maximum_filter(contour, round(3 * scale) * 2 + 1)
    person = np.array([0.03, 0.05, 0.3, 0.75, 0.55, 1.0], np.float32)[kind]
    return np.clip(np.maximum(blurred(np.maximum(near * 0.8, change), scale), person), 0, 1).astype(np.float32)
