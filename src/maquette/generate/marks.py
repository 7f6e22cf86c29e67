"""Marks that are filled, not outlined: brows, lashes, pupils, open mouths. A face is read by them."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import F32
from maquette.generate.linework import B, Buffers, PartKinds, part_kinds
from maquette.imaging.tone import luminance

FILL = {"lashes": 0.95, "brow": 0.9, "mouth": 0.8, "tongue": 0.45, "beard": 0.0, "iris": 0.55}
"""Ink of a part that is filled, by a word in its name."""
HEAD_M = 0.23


def face_marks(passes: Passes, b: Buffers) -> F32:
    """(H, W) ink 0..1."""
    kinds = part_kinds(passes)
    if not kinds.cast[np.unique(b.part)].any():
        return np.zeros(passes.depth.shape, np.float32)
    ink = np.zeros(b.part.shape, np.float32)
    for word, amount in FILL.items():
        numbers = [i for i, name in enumerate(kinds.name) if kinds.cast[i] and word in name]
        ink[np.isin(b.part, numbers)] = amount
    light = luminance(b.albedo)
    iris = np.isin(b.part, _numbers(kinds, "iris"))
    ink[iris] = np.clip(1.0 - 7 * light[iris], 0.3, 1)
    skin = np.isin(b.part, _numbers(kinds, "skin"))
    for owner in np.unique(kinds.object[b.part[skin]]):
        _painted(ink, light, skin & (kinds.object[b.part] == owner), b, passes)
    f = b.fineness
    height, width = passes.depth.shape
    return ink.reshape(height, f, width, f).mean(axis=(1, 3)).astype(np.float32)


def _numbers(kinds: PartKinds, word: str) -> list[int]:
    return [i for i, name in enumerate(kinds.name) if kinds.cast[i] and word in name]


def _painted(ink: F32, light: F32, mine: B, b: Buffers, passes: Passes) -> None:
    """Add what is painted darker than the skin around it: brows, lash lines, lips."""
    focal = passes.camera.lens_mm / passes.camera.sensor_width_mm * mine.shape[1]
    head = HEAD_M * focal / float(np.median(b.depth[mine]))
    if head < 16 * b.fineness:
        return
    rows, columns = ndimage.find_objects(mine.astype(np.int32))[0]
    here = mine[rows, columns]
    sigma = 0.09 * head
    share = ndimage.gaussian_filter(here.astype(np.float32), sigma, truncate=2.5)
    around = ndimage.gaussian_filter(np.where(here, light[rows, columns], 0), sigma, truncate=2.5)
    around = around / np.maximum(share, 1e-3)
    fine = ndimage.gaussian_filter(light[rows, columns], 0.5)
    darker = np.where(here, (around - fine) / np.maximum(around, 1e-3), 0)
    strength = np.clip((darker - 0.34) / 0.22, 0, 1)
    # Grey brows on warm skin are no darker than it, but have less colour.
    color = b.albedo[rows, columns]
    warmth = (color[..., 0] - color[..., 2]) / np.maximum(color[..., 0] + color[..., 2], 1e-3)
    warm_around = ndimage.gaussian_filter(np.where(here, warmth, 0), sigma, truncate=2.5) / np.maximum(share, 1e-3)
    paler = np.where(here, (warm_around - ndimage.gaussian_filter(warmth, 0.5)) / np.maximum(warm_around, 0.1), 0)
    strength = np.maximum(strength, 0.6 * np.clip((paler - 0.45) / 0.2, 0, 1))
    labels = np.zeros(strength.shape, np.int32)
    ndimage.label(strength > 0.25, output=labels)
    if labels.any():
        sizes = np.bincount(labels.reshape(-1))
        strength[(sizes < (0.022 * head) ** 2 * 2)[labels] | (labels == 0)] = 0
    target = ink[rows, columns]
    np.maximum(target, strength, out=target)
