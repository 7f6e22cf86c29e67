"""Where strokes stand: points of a jittered grid in object space, found again in any picture from that picture alone.

A point's foot on the surface is where a stroke is placed. Every pixel asks for the point of the grid cell that it lies
in whether the foot is within the pixel, to first order; so nothing is carried from frame to frame, and what is drawn in
one region does not depend on any other. Grids of neighbouring octaves are faded into each other by the pixel's
footprint: density on the screen stays constant while the camera moves (after Bénard et al. 2009, "Dynamic solid
textures", and Meier 1996, "Painterly rendering for animation").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.generate.base import F32, DrawSettings
from maquette.generate.surface import I64, U32, Surface, octave

REACH_PX = 0.75
"""A foot may lie this far from the middle of the pixel that finds it."""
FADE = 0.3
"""A stroke comes in while the share of strokes that are seen grows by this much."""
FILL = 0.84
"""Coarser grid, so that one anchor falls on a square of the asked spacing: a layer two cells deep has feet in one."""


@dataclass(frozen=True, eq=False)
class Anchors:
    """N places for strokes, in the order in which they are laid: for every subset the order is the same."""

    x: F32
    y: F32
    """Pixels from the picture's top left corner."""
    pixel: I64
    """Flat number of the pixel that it stands in."""
    part: NDArray[np.int32]
    amount: F32
    """0..1: how far it has come in; below 1 for the share of an octave only."""
    key: U32
    """Of the anchor itself, the same in every frame."""

    def __len__(self) -> int:
        return len(self.x)

    def share(self, salt: int) -> F32:
        """(N,) evenly spread 0..1 numbers that belong to the anchors; another `salt`, other numbers."""
        return _mixed(self.key + np.uint32(salt * 0x9E3779B1 % 2**32)).astype(np.float32) / np.float32(2**32)

    def where(self, kept: NDArray[np.bool_] | I64) -> Anchors:
        """Some of them."""
        return Anchors(self.x[kept], self.y[kept], self.pixel[kept], self.part[kept], self.amount[kept], self.key[kept])


def find_anchors(surface: Surface, spacing_px: float, settings: DrawSettings, layer: int, *, jitter: float = 0.8,
                 within: NDArray[np.bool_] | None = None) -> Anchors:  # fmt: skip
    """About one anchor to every square of `spacing_px` on the screen; fewer on surfaces seen edge on.

    layer: tells grids of one drawing apart. jitter: 0 for a regular grid .. 1. within: (H, W) where anchors are wanted.
    """
    wanted = surface.whole if within is None else surface.whole & within
    at = np.flatnonzero(wanted)
    level, toward = octave(surface, spacing_px / FILL, at)
    facing = surface.facing.reshape(-1)[at]
    tangent = [[v.reshape(-1)[at] for v in side] for side in (surface.along_x, surface.along_y)]
    inverse = [v.reshape(-1)[at] for v in surface.inverse]
    place = [p.reshape(-1)[at] for p in surface.place]
    part = surface.part.reshape(-1)[at]
    salt = _salt(settings.seed, layer)
    found = [
        _feet(level + k, (toward if k else 1 - toward) * facing, place, tangent, inverse,
              surface.part_hash[part] ^ salt, settings, jitter)
        for k in (0, 1)
    ]  # fmt: skip
    near, dx, dy, amount, key = (np.concatenate(v) for v in zip(*found, strict=True))
    kept = _once(key, np.abs(dx) + np.abs(dy), at[near], surface.shape[1])
    near, dx, dy, amount, key = (v[kept] for v in (near, dx, dy, amount, key))
    pixel = at[near]
    width = surface.shape[1]
    return Anchors(
        x=(pixel % width + np.float32(0.5) + dx).astype(np.float32),
        y=(pixel // width + np.float32(0.5) + dy).astype(np.float32),
        pixel=pixel,
        part=part[near],
        amount=amount,
        key=key,
    )


def _feet(level: NDArray[np.int32], presence: F32, place: list[F32], tangent: list[list[F32]], inverse: list[F32],
          own: U32, settings: DrawSettings, jitter: float) -> tuple[I64, F32, F32, F32, U32]:  # fmt: skip
    """Of the pixels those that hold the foot of their cell's point, with its shift from the middle, amount and key."""
    scale = np.ldexp(np.float32(1), -level).astype(np.float32)
    key = own ^ (level.astype(np.uint32) * np.uint32(0x9E3779B1))
    cells: list[F32] = []
    for p, prime, offset in zip(place, (0x8DA6B343, 0xD8163841, 0xCB1AB31F), (0.317, 0.571, 0.733), strict=True):
        # Off the round numbers on which floors and walls lie, or these would be on the border of two layers of cells.
        inside = p * scale + np.float32(offset)
        cell = np.floor(inside)
        key = key ^ (cell.astype(np.int32).astype(np.uint32) * np.uint32(prime))
        cells.append(inside - cell)
    key = _mixed(key)
    key = _boiling(key, settings)
    size = np.float32(1) / scale
    bx = by = np.float32(0)
    for i, inside in enumerate(cells):
        ten_bits = ((key >> np.uint32(10 * i)) & np.uint32(1023)).astype(np.float32)
        away = (np.float32(0.5) + (ten_bits * np.float32(1 / 1023) - np.float32(0.5)) * np.float32(jitter)) - inside
        away *= size
        bx = bx + tangent[0][i] * away
        by = by + tangent[1][i] * away
    dx = inverse[0] * bx + inverse[1] * by
    dy = inverse[1] * bx + inverse[2] * by
    here = np.flatnonzero((np.abs(dx) <= REACH_PX) & (np.abs(dy) <= REACH_PX) & (presence > 0.02))
    rank = _mixed(key[here] ^ np.uint32(0x5BD1E995)).astype(np.float32) / np.float32(2**32)
    amount = np.clip((1 + FADE - rank / presence[here]) / FADE, 0, 1)
    shown = amount > 0.01
    here = here[shown]
    return here, dx[here], dy[here], amount[shown].astype(np.float32), key[here]


def _boiling(key: U32, settings: DrawSettings) -> U32:
    """A share of the anchors is another one in every drawing."""
    if settings.hand.boil <= 0:
        return key
    moves = _mixed(key ^ np.uint32(0x27D4EB2F)) < np.uint32(min(settings.hand.boil, 1.0) * (2**32 - 1))
    return np.where(moves, _mixed(key + np.uint32((settings.drawing + 1) * 0x85EBCA6B % 2**32)), key)


def _once(key: U32, off: F32, pixel: I64, width: int) -> I64:
    """Of anchors that several neighbouring pixels hold, the one nearest to its pixel's middle; in order of keys."""
    order = np.lexsort((pixel, off, key))
    k, x, y = key[order], pixel[order] % width, pixel[order] // width
    again = np.zeros(len(order), bool)
    again[1:] = (k[1:] == k[:-1]) & (np.abs(x[1:] - x[:-1]) <= 2) & (np.abs(y[1:] - y[:-1]) <= 2)
    return order[~again]


def _salt(seed: int, layer: int) -> np.uint32:
    return np.uint32((seed * 0x9E3779B1 + layer * 0x85EBCA6B + 0x165667B1) % 2**32)


def _mixed(key: U32) -> U32:
    """Every bit depends on every bit (the finaliser of Wellons 2018)."""
    key = key ^ (key >> np.uint32(16))
    key = key * np.uint32(0x7FEB352D)
    key = key ^ (key >> np.uint32(15))
    key = key * np.uint32(0x846CA68B)
    return key ^ (key >> np.uint32(16))
