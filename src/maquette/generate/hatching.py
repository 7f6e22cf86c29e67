"""Hatching: short strokes that follow the form, laid in layers where the light falls off."""

from __future__ import annotations

import numpy as np

from maquette.generate.anchors import find_anchors
from maquette.generate.base import F32
from maquette.generate.brush import strokes_at, touched_on
from maquette.generate.study import Study

SOFT = 0.05
"""Difference of value over which a stroke comes in."""
PRESSURE = (0.47, 0.92)
"""Of the hand: the lightest and the firmest stroke."""


def hatch(study: Study, value: F32, layer: int, below: float, turn: float, gap_px: float, length_px: float,
          width_px: float) -> F32:  # fmt: skip
    """(H, W) coverage 0..1 of one layer of strokes where `value` (H, W) is less than `below`, `turn` radians off the
    form. Lengths are in pixels of a picture 640 wide."""
    size = study.scale * study.hand.stroke_scale
    shape = study.surface.shape
    # One stroke to every rectangle of gap and length.
    spacing = float(np.sqrt(gap_px * 0.62 * length_px)) * size
    anchors = find_anchors(study.surface, spacing, study.settings, 40 + layer, jitter=0.9, within=value < below)
    if len(anchors) == 0:
        return np.zeros(shape, np.float32)
    at = anchors.pixel
    deep = np.clip((below - value.reshape(-1)[at]) / SOFT, 0, 1) * anchors.amount
    loose = (anchors.share(1) - 0.5) * (0.1 + 0.25 * study.hand.looseness)
    length = length_px * size * (0.7 + 0.5 * anchors.share(2)) * (0.45 + 0.55 * deep)
    strokes = strokes_at(anchors, study.direction, length, width_px * study.scale * (0.75 + 0.5 * anchors.share(3)),
                         turn=loose + turn)  # fmt: skip
    touch = touched_on(strokes, study.surface.part, 1.2 * study.hand.looseness * size)
    # A stroke stops where the light begins, and is lighter where the hand comes down and lifts off.
    inside = np.clip((below * 1.1 - value.reshape(-1)[touch.pixel]) / SOFT, 0, 1)
    taper = np.clip((1 - np.abs(touch.along)) * 3.2, 0, 1)
    press = PRESSURE[0] + (PRESSURE[1] - PRESSURE[0]) * anchors.share(4)
    cover = touch.cover * inside * (0.4 + 0.6 * taper) * (press * deep)[touch.stroke]
    coverage = np.zeros(shape[0] * shape[1], np.float32)
    np.maximum.at(coverage, touch.pixel, cover.astype(np.float32))
    return coverage.reshape(shape)
