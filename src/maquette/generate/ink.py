"""Ink: pen lines, filled marks in faces, and a grey wash on white paper."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import U8, DrawSettings
from maquette.generate.chains import trace
from maquette.generate.clearing import surroundings
from maquette.generate.faces import features_of
from maquette.generate.folds import fold_strength
from maquette.generate.linework import buffers_of, find_cracks, part_kinds
from maquette.generate.marks import face_marks, shrunk
from maquette.generate.strokes import Hand, pen_strokes, rasterise
from maquette.generate.wash import values_of, wash

INK = 0.045
"""Paper brightness of full ink."""
REVERSED = 0.50
"""Brightness of a line where it crosses a spotted black: the white that a pen leaves."""
HALO_PX = 3.0
"""Paper left free between a figure and the lines behind it."""
REFERENCE_WIDTH = 640


class Ink:
    """A storyboard artist's pen and wash."""

    name = "ink"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes, neutral grey."""
        rng = np.random.default_rng((settings.seed, 1))
        width, height = passes.size
        scale = settings.hand.line_scale * max(width / REFERENCE_WIDTH, 0.4)
        buffers = buffers_of(passes)
        hand = Hand(
            width_px=2.1 * scale, least_px=max(0.75 * scale, 0.7), wobble_px=0.3 * scale, overshoot_px=2.0 * scale
        )
        kinds = part_kinds(passes)
        paper = wash(values_of(passes, settings.exposure_stops, settings.grade.contrast), rng)
        dark = ndimage.gaussian_filter(paper, 1.5 * scale) < 0.25
        around = surroundings(passes, kinds, dark, HALO_PX * scale, scale)
        features = features_of(passes, buffers, kinds, width / REFERENCE_WIDTH)
        cracks = find_cracks(buffers, kinds, fold_strength(passes, buffers, kinds, features.faces))
        strokes = pen_strokes(trace(cracks), buffers.fineness, hand, rng, around) + features.strokes
        lines = rasterise(strokes, width, height)
        marks = face_marks(buffers, kinds, features, (height, width))
        paper += (1 - paper) * shrunk(features.bare, buffers.fineness, (height, width))
        color = np.where(dark, REVERSED, INK)
        shown = paper * (1 - lines) + color * lines
        shown = shown * (1 - marks) + INK * marks
        code = (np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8)
        return np.repeat(code[..., None], 3, axis=2)
