"""Photo: the render itself, exposed and gently graded like a print."""

from __future__ import annotations

import numpy as np

from maquette.film.grade import Grade
from maquette.film.passes import Passes
from maquette.generate.base import U8, DrawSettings
from maquette.imaging.grade import after_view, before_view
from maquette.imaging.tone import luminance, view_transform

SATURATION = 1.06
CONTRAST_PIVOT = 0.42
"""Code value that contrast leaves alone, 0..1."""
CONTRAST = 1.04


def photograph(passes: Passes, exposure_stops: float, grade: Grade) -> U8:
    """(H, W, 3) sRGB codes: the picture as developed, before any look."""
    beauty = before_view(passes.beauty, grade)
    code = view_transform(beauty, exposure_stops).astype(np.float32) / 255
    grey = luminance(code)[..., None]
    code = grey + (code - grey) * SATURATION
    code = CONTRAST_PIVOT + (code - CONTRAST_PIVOT) * (1 + (CONTRAST - 1) * 4 * code * (1 - code))
    code = after_view(code, grade)
    return (np.clip(code, 0, 1) * 255 + 0.5).astype(np.uint8)


class Photo:
    """The developed picture in the look's colours: nothing is drawn."""

    name = "photo"
    version = 1

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes."""
        return picture
