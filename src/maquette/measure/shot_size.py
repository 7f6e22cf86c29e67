"""Shot size as delivered: how high the frame is where the subject stands, against the subject's own height."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head
from maquette.film.passes import Passes
from maquette.film.shot import FRAME_SHARE, FRAME_SHARE_LYING, ShotSize
from maquette.measure.resection import MeasuredCamera

Vec = NDArray[np.float64]

LEAST_PIXELS = 12
"""Fewer of the subject are nobody in the picture."""
UPRIGHT = 0.3
"""Cosine of the head's own up to the vertical above which the body hangs below it."""
STEEP = 0.5
"""Cosine of the pitch below which the camera looks along the body rather than at it."""
BODY_M = 0.08
"""From the skin, which pixels show, to the middle of the body, which sizes are framed at."""
AROUND_M = 0.4
"""Pixels of the subject lie within this of the depth that the head tells, else they tell it themselves."""
_DROP = (-0.003, 0.009, 0.029, 0.062, 0.115, 0.196, 0.248, 0.38, 0.39, 0.31, -0.067)
"""How far the middle of the frame is below the eyes, in standing heights, from the closest size to the widest."""


@dataclass(frozen=True)
class SizeRead:
    """The size of one figure in the frame."""

    size: ShotSize
    share: float
    """Height of the frame at the subject over the standing height."""
    frame_height_m: float
    depth_m: float
    """Along the axis, to where the middle of the frame meets the subject."""


def shot_size(
    passes: Passes, camera: MeasuredCamera, subject: str, height_m: float, head: Head | None = None
) -> SizeRead | None:
    """The size that the frame's height at the subject comes nearest to (in its logarithm); None: nobody is seen.

    The depth is that of the subject's vertical at the middle of the frame, known from the head where there is one: a
    high camera is nearer to the eyes than to the waist that it looks at. The subject's pixels confirm it.
    """
    depth = _subject_depths(passes, subject)
    if len(depth) < LEAST_PIXELS or height_m <= 0:
        return None
    seen = float(np.median(depth))
    low, high = (float(v) for v in np.quantile(depth, [0.02, 0.98]))
    lying = head is not None and float(head.rotation[2, 2]) < UPRIGHT
    at = seen + BODY_M
    if head is not None and not lying:
        told = _depth_on_vertical(camera, head.eyes, height_m)
        if low - AROUND_M <= told <= high + AROUND_M:
            at = told
    frame = camera.frame_height_at(at)
    share = frame / height_m
    return SizeRead(nearest_size(share, lying), share, frame, at)


def nearest_size(share: float, lying: bool = False) -> ShotSize:
    """The size whose usual frame is nearest, for the height of a frame over the standing height (> 0)."""
    usual = FRAME_SHARE_LYING if lying else FRAME_SHARE
    return min(usual, key=lambda size: abs(log(share / usual[size])))


def _subject_depths(passes: Passes, subject: str) -> Vec:
    """(N,) depths in metres of the subject's pixels."""
    own = np.array([name.startswith(f"cast/{subject}:") for name in passes.part_names], bool)
    if not own.any():
        return np.zeros(0)
    depth = passes.depth[own[np.minimum(passes.part_id, len(own) - 1)]].astype(np.float64)
    return depth[np.isfinite(depth) & (depth > 0)]


def _depth_on_vertical(camera: MeasuredCamera, eyes: Vec, height_m: float) -> float:
    """Depth of the point under (or over) the eyes that lies at the height of the frame's middle."""
    eyes_depth = camera.depth_of(eyes)
    rise = float(camera.forward[2])
    level = float(np.sqrt(max(1 - rise * rise, 0.0)))
    if level > STEEP:
        upright = (np.array([0.0, 0.0, 1.0]) - rise * camera.forward) / level
        below = float((eyes - camera.position) @ upright) / level
        return eyes_depth - float(np.clip(below, -0.2 * height_m, 0.95 * height_m)) * rise
    # Along the body the frame's middle has no height: it is where the size has it, which depends on the depth.
    logs, depth = np.log(sorted(FRAME_SHARE.values())), eyes_depth
    for _ in range(6):
        share = camera.frame_height_at(max(depth, 1e-3)) / height_m
        depth = eyes_depth - float(np.interp(np.log(share), logs, _DROP)) * height_m * rise
    return depth
