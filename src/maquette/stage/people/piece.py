"""What a dressed person is made of: parts with colour, roughness and a place in one texture atlas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maquette.stage.people.sheet import F32, F64, I64, Sheet

U8 = NDArray[np.uint8]

ATLAS_SIZE = (2048, 1024)
"""(width, height) in pixels: the face on the left, 16 tiles of 256 pixels on the right."""
FACE_SIZE = 1024
TILE = 256
WHITE, EYE, HAIR, CLOTH = 0, 1, 2, 3
"""Tiles: plain white, the eye ball, strands of hair, and the first of the wardrobe's."""
CLOTH_TILES = 16 - CLOTH


@dataclass(frozen=True, eq=False)
class Piece:
    """One named part of a person."""

    part: str
    """skin, hair, brow, iris, shirt, shoe_left ..."""
    sheet: Sheet
    color: F64
    """(N, 3) linear Rec. 709, 0..1"""
    roughness: F64
    """(N,)"""
    uv: F64
    """(N, 2) on the atlas, v up."""
    normal: F64 | None = None
    """(N, 3) rest normals to shade with, where the surface's own would show every ribbon of hair; None: its own."""
    lock: I64 | None = None
    """(N,) number of the lock of hair that each vertex belongs to; None: it is no hair that hangs in locks."""
    ribbon: tuple[int, int] = (0, 0)
    """(rows, columns) of the vertices of one whole lock."""

    def kept(self, keep_faces: NDArray[np.bool_]) -> Piece:
        """Only these faces (F,)."""
        used = np.unique(self.sheet.faces[keep_faces])
        return replace(
            self,
            sheet=self.sheet.kept(keep_faces),
            color=self.color[used],
            roughness=self.roughness[used],
            uv=self.uv[used],
            normal=None if self.normal is None else self.normal[used],
            lock=None if self.lock is None else self.lock[used],
        )

    def shaded(self, factor: ArrayLike) -> Piece:
        """The same piece with its colour multiplied by (N,) or (N, 3)."""
        by = np.asarray(factor, np.float64)
        return replace(self, color=np.clip(self.color * (by[:, None] if by.ndim == 1 else by), 0, 1))


def piece(
    part: str,
    sheet: Sheet,
    color: ArrayLike,
    roughness: float | F64,
    uv: F64 | None = None,
    normal: F64 | None = None,
) -> Piece:
    """A piece with one colour and roughness (or per-vertex ones); without `uv` it lies on white."""
    n = len(sheet.rest)
    return Piece(
        part,
        sheet,
        np.broadcast_to(np.asarray(color, np.float64), (n, 3)).copy(),
        np.broadcast_to(np.asarray(roughness, np.float64), (n,)).copy(),
        np.tile(tile_uv(WHITE, np.full((1, 2), 0.5)), (n, 1)) if uv is None else uv,
        normal,
    )


def tile_uv(tile: int, inside: ArrayLike) -> F64:
    """(N, 2) atlas coordinates of places (N, 2) in 0..1 within one tile, kept off its rim."""
    column, row = tile % 4, tile // 4
    at = np.clip(np.asarray(inside, np.float64), 0.004, 0.996)
    x = (FACE_SIZE + (column + at[:, 0]) * TILE) / ATLAS_SIZE[0]
    y = (row + 1 - at[:, 1]) * TILE / ATLAS_SIZE[1]
    return np.stack([x, 1 - y], axis=1)


def face_uv(inside: ArrayLike) -> F64:
    """(N, 2) atlas coordinates of places (N, 2) in 0..1 (v up) on the face picture."""
    at = np.clip(np.asarray(inside, np.float64), 0.001, 0.999)
    return np.stack([at[:, 0] * FACE_SIZE / ATLAS_SIZE[0], at[:, 1]], axis=1)


def atlas(face: F32, tiles: dict[int, F64]) -> U8:
    """The (1024, 2048, 3) picture from a linear face picture and linear tiles by number."""
    sheet = np.ones((ATLAS_SIZE[1], ATLAS_SIZE[0], 3), np.float32)
    sheet[:, :FACE_SIZE] = face
    for tile, pixels in tiles.items():
        column, row = tile % 4, tile // 4
        x = FACE_SIZE + column * TILE
        sheet[row * TILE : (row + 1) * TILE, x : x + TILE] = pixels
    return encoded(sheet)


@lru_cache(maxsize=1)
def _srgb_bytes() -> U8:
    x = np.arange(65536) / 65535
    curve = np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.maximum(x, 1e-9) ** (1 / 2.4) - 0.055)
    return (curve * 255 + 0.5).astype(np.uint8)


def encoded(linear: F64 | F32) -> U8:
    """sRGB bytes of linear values 0..1."""
    return _srgb_bytes()[(np.clip(linear, 0, 1) * 65535).astype(np.uint16)]


def skin_headroom(skin: Sequence[float] | F64) -> float:
    """Vertex colours of the head are this much brighter than the skin, so that the texture can brighten as well."""
    return min(1.35, 0.99 / max(float(np.max(skin)), 1e-3))


def luminance(color: Sequence[float] | F64) -> float:
    """Rec. 709 luminance."""
    return float(np.dot(np.asarray(color, np.float64), (0.2126, 0.7152, 0.0722)))


def mixed_color(a: Sequence[float] | F64, b: Sequence[float] | F64, share: float) -> F64:
    """`a` with `share` (0..1) of `b`."""
    return np.asarray(a, np.float64) * (1 - share) + np.asarray(b, np.float64) * share
