"""Samples of earlier frames, carried along by the motion vectors.

Kept is irradiance, that is radiance over base colour: textures are never looked up twice, so they stay sharp, and a
shadow that moves over a pattern is told from the pattern (as in Schied et al. 2017, spatiotemporal variance-guided
filtering). Twice over:

- raw samples, each moved to the nearest pixel and never mixed, so that to a denoiser their noise is still noise;
- denoised light, looked up between pixels, which takes out what the denoiser sees otherwise from frame to frame.

What no longer holds, because a shadow, a lamp or a reflection moved, is found and let go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, minimum_filter, uniform_filter

from maquette.imaging.color import luminance
from maquette.render.motion import MotionField

F32 = NDArray[np.floating[Any]]
"""Single precision wherever it is stored; what numpy makes of it in between is not checked."""
Bool = NDArray[np.bool_]

EPSILON = 0.1
"""Added to base colours where light is divided by them: what black things mirror is no irradiance."""
LONGEST_RAW, LONGEST_SMOOTH = 32.0, 16.0
"""Frames that are remembered at most: more makes lags visible, and no noise."""
EDGE_RAW, EDGE_SMOOTH = 6.0, 1.0
"""The same for pixels at the edge of something that moves."""
CALM = 0.02
"""Pixels a frame below which nothing moves."""
EDGE_SAY = 0.03
"""Weight of a denoised pixel at an edge, where something else looks it up: half of it is its neighbour."""
WINDOW = 7
"""Pixels across the windows in which old and new light are compared."""
SURE = 2.5
"""Old and new means may differ by so many of the new one's standard errors."""
FORGET = 0.6
"""How fast frames are forgotten from there on, for each standard error more."""
LEAST_ERROR = 0.03
"""Share of the mean that counts as no difference."""
BRIGHT = 16.0
"""Light above so many times the frame's median counts as that, where means are compared: a spark is no lamp."""
SPREAD, ERRORS = 1.0, 1.0
"""Denoised history lies within so many standard deviations of the pixels around, and standard errors of new light."""
AROUND = 5
"""Pixels across that neighbourhood."""
MIRRORED = 0.04
"""Reflectance of what is no metal, looked at straight."""
LOBE_SHARE = 0.3
"""A reflection is taken for the same while the view turns by this share of its lobe's width."""


@dataclass(frozen=True, eq=False)
class History:
    """What is remembered, by pixel of the last frame; (H, W, ...)."""

    light: F32
    """(H, W, 3) mean irradiance."""
    frames: F32
    """(H, W) over how many frames."""


@dataclass(frozen=True, eq=False)
class Agreement:
    """How the new light of a frame compares with what was remembered; (H, W)."""

    frames: F32
    """Frames of the history that still hold."""
    error: F32
    """Standard error of the new light's local mean."""


def irradiance(radiance: F32, base: F32) -> F32:
    """Radiance (..., 3) over base colour (..., 3)."""
    return radiance / (base + np.float32(EPSILON))


def remodulated(light: F32, base: F32) -> F32:
    """Radiance (..., 3) of irradiance on a base colour: undoes `irradiance`."""
    return light * (base + np.float32(EPSILON))


def moved(history: History, back: MotionField, was_inside: Bool, inside: Bool) -> History:
    """Raw history as the new frame sees it, from the nearest pixel that shows the same; 0 frames where none does.

    Samples of a pixel at the edge of a part are partly its neighbour's: what was no `was_inside` (H, W) says nothing
    about what is `inside` (H, W) now.
    """
    height, width = back.visible.shape
    left, top, fx, fy = back.corner
    shares = np.stack(_shares(fx, fy)) * np.stack(back.taps)
    best = np.argmax(shares, axis=0)
    there = np.take_along_axis(shares, best[None], axis=0)[0] > 0
    step = np.array([0, 1, width, width + 1])[best]
    index = np.where(there, top * width + left + step, 0)
    there &= was_inside.reshape(-1)[index] | ~inside.reshape(-1)
    light = np.where(there[:, None], history.light.reshape(-1, 3)[index], np.float32(0))
    frames = np.where(there, history.frames.reshape(-1)[index], np.float32(0))
    return History(light.reshape(height, width, 3), frames.reshape(height, width))


def looked_up(history: History, back: MotionField, was_inside: Bool, inside: Bool) -> History:
    """Denoised history as the new frame sees it, between pixels. What was no `was_inside` (H, W) of a part has little
    say, and none about what is `inside` (H, W) now: half of it was its neighbour's light."""
    height, width = back.visible.shape
    say = np.where(was_inside, np.float32(1), np.float32(EDGE_SAY))
    left, top, fx, fy = back.corner
    light, kept, weight_of = history.light.reshape(-1, 3), history.frames.reshape(-1), say.reshape(-1)
    total, frames = np.zeros((height * width, 3), np.float32), np.zeros(height * width, np.float32)
    weights, first = np.zeros(height * width, np.float32), top * width + left
    for share, tap, step in zip(_shares(fx, fy), back.taps, (0, 1, width, width + 1), strict=True):
        # Where there is no such pixel, its weight is 0.
        index = first + step
        weight = share * tap * weight_of.take(index, mode="clip")
        total += weight[:, None] * light.take(index, axis=0, mode="clip")
        frames += weight * kept.take(index, mode="clip")
        weights += weight
    there = weights > np.where(inside.reshape(-1), 2 * EDGE_SAY, 0.1 * EDGE_SAY)
    scale = np.where(there, 1 / np.maximum(weights, 1e-6), 0).astype(np.float32)
    return History((total * scale[:, None]).reshape(height, width, 3), (frames * scale).reshape(height, width))


def _shares(fx: F32, fy: F32) -> tuple[F32, F32, F32, F32]:
    return (1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy


def agreement(history: History, light: F32) -> Agreement:
    """Raw history held against the new frame's `light` (H, W, 3), in local means over what both know."""
    now = luminance(light)
    limit = BRIGHT * max(float(np.median(now)), 1e-6)
    now, was = np.minimum(now, limit), np.minimum(luminance(history.light), limit)
    known = (history.frames > 0).astype(np.float32)
    share = np.maximum(_mean(known), 1e-3)
    mean_now, mean_was = _mean(now * known) / share, _mean(was * known) / share
    spread = np.maximum(_mean(now * now * known) / share - mean_now * mean_now, 0)
    error = np.sqrt(spread / (WINDOW * WINDOW * share))
    excess = np.abs(mean_now - mean_was) / (error + LEAST_ERROR * mean_now + 1e-4 * limit) - SURE
    frames = history.frames * np.exp(-FORGET * np.maximum(excess, 0))
    return Agreement(frames.astype(np.float32), error.astype(np.float32))


def reflections_hold(base: F32, roughness: F32, metallic: F32, turned: F32) -> F32:
    """(H, W) frames over which what a surface mirrors stays the same.

    base: (H, W, 3) colour. roughness, metallic: (H, W). turned: (H, W) radians by which the view of each point turned
    since the frame before.
    """
    mirrored = MIRRORED + metallic * luminance(base)
    share = mirrored / (mirrored + (1 - metallic) * luminance(base) + 1e-4)
    lobe = LOBE_SHARE * np.maximum(roughness, 0.05) ** 2
    return np.minimum(lobe / np.maximum(turned * share * share, 1e-6), 1e3).astype(np.float32)


def without(history: History, fleeting: Bool) -> History:
    """The history with nothing remembered where things pass that no eye follows: rain, snow."""
    return History(history.light, np.where(fleeting, np.float32(0), history.frames))


def joined(history: History, frames: F32, light: F32, worth: F32) -> History:
    """History and new light together; `frames` (H, W) counts of the history, `worth` (H, W) of the new light."""
    total = frames + worth
    mean = history.light + (light - history.light) * (worth / total)[..., None]
    return History(mean.astype(np.float32), total.astype(np.float32))


def within(history: History, light: F32, error: F32) -> History:
    """Denoised history kept near the mean of the new frame's denoised `light` (H, W, 3) around each pixel.

    error: (H, W) as in `Agreement`."""
    mean = uniform_filter(light, AROUND, mode="nearest", axes=(0, 1))
    spread = uniform_filter(light * light, AROUND, mode="nearest", axes=(0, 1)) - mean * mean
    room = SPREAD * np.sqrt(np.maximum(spread, 0)) + (ERRORS * error)[..., None]
    return History(np.clip(history.light, mean - room, mean + room).astype(np.float32, copy=False), history.frames)


def inside_of(parts: NDArray[np.uint16]) -> Bool:
    """(H, W) whether all neighbours of a pixel show the same part."""
    return maximum_filter(parts, 3) == minimum_filter(parts, 3)


def _mean(values: Any) -> Any:
    return uniform_filter(values, WINDOW, mode="nearest")
