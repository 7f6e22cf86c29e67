"""Pencil: searching lines, hatching along the form, smudged tone, all broken up by the paper's tooth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.chains import trace
from maquette.generate.clearing import surroundings
from maquette.generate.faces import features_of
from maquette.generate.folds import fold_strength
from maquette.generate.hatching import form_directions, hatch
from maquette.generate.linework import PartKinds, buffers_of, find_cracks, part_kinds
from maquette.generate.marks import face_marks, shrunk
from maquette.generate.strokes import Hand, pen_strokes, rasterise
from maquette.generate.wash import brush_noise, values_of

PAPER = 0.985
GRAPHITE = 0.16
"""Brightness of the darkest a soft pencil gets."""
LAYERS = ((0.58, 0.0, 4.4, 0.36), (0.36, 0.40, 3.6, 0.50), (0.20, -0.22, 2.8, 0.70), (0.10, 0.16, 2.0, 0.85))
"""Hatching: value below which it is laid, turn off the form in radians, gap in pixels, strength."""
HALO_PX = 2.5
"""Paper left free between a figure and the lines behind it."""
REFERENCE_WIDTH = 640


class Pencil:
    """Graphite on toothed paper."""

    name = "pencil"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes, neutral grey."""
        rng = np.random.default_rng((settings.seed, 2))
        width, height = passes.size
        scale = settings.hand.line_scale * max(width / REFERENCE_WIDTH, 0.4)
        buffers, kinds = buffers_of(passes), part_kinds(passes)
        features = features_of(passes, buffers, kinds, width / REFERENCE_WIDTH)
        chains = trace(find_cracks(buffers, kinds, fold_strength(passes, buffers, kinds, features.faces)))
        value = values_of(passes, settings.exposure_stops, settings.grade.contrast)
        around = surroundings(passes, kinds, value < 0.06, HALO_PX * scale, scale)
        lines = np.zeros((height, width), np.float32)
        for wobble, strength in ((0.45, 0.72), (0.95, 0.38)):
            hand = Hand(width_px=1.55 * scale, least_px=max(0.7 * scale, 0.65), wobble_px=wobble * scale,
                        overshoot_px=4.5 * scale, taper=0.3)  # fmt: skip
            coverage = rasterise(pen_strokes(chains, buffers.fineness, hand, rng, around), width, height)
            lines = 1 - (1 - lines) * (1 - strength * coverage)
        marks = face_marks(buffers, kinds, features, (height, width))
        marks = np.maximum(marks, rasterise(features.strokes, width, height))
        value = np.maximum(value, shrunk(features.bare, buffers.fineness, (height, width)))
        tone = _hatched(passes, value, kinds, scale, rng)
        smudge = 0.62 * (np.clip(0.62 - value, 0, 1) / 0.62) ** 1.6
        tooth = 0.7 * brush_noise(height, width, 0.75, rng) + 0.5 * brush_noise(height, width, 1.6, rng)
        graphite = 1 - (1 - _on_tooth(tone, tooth, 0.34)) * (1 - _on_tooth(smudge, tooth, 0.2))
        graphite = 1 - (1 - graphite) * (1 - _on_tooth(lines, tooth, 0.28))
        graphite = 1 - (1 - graphite) * (1 - _on_tooth(0.9 * marks, tooth, 0.2))
        shown = PAPER - (PAPER - GRAPHITE) * np.clip(graphite, 0, 1)
        code = (np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8)
        return np.repeat(code[..., None], 3, axis=2)


def _hatched(passes: Passes, value: F32, kinds: PartKinds, scale: float, rng: np.random.Generator) -> F32:
    angle = form_directions(passes, kinds)
    groups: NDArray[np.int64] = np.where(
        kinds.cast[passes.part_id], passes.part_id, kinds.object[passes.part_id] + len(kinds.object)
    ).astype(np.int64)
    tone = np.zeros(value.shape, np.float32)
    for below, turn, gap, strength in LAYERS:
        layer = hatch(value, angle, groups, below, turn, gap * scale, 24 * scale, 1.0 * scale, rng)
        tone = 1 - (1 - tone) * (1 - strength * layer)
    return tone


def _on_tooth(amount: F32, tooth: F32, rough: float) -> F32:
    """Graphite skips the valleys of the paper where it is laid thinly, and fills them where it is pressed."""
    return np.clip(amount * (1 + rough * tooth * (1.15 - amount)), 0, 1)
