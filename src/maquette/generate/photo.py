"""Photo: the render itself, exposed and gently graded like a print."""

from __future__ import annotations

import numpy as np

from maquette.film.passes import Passes
from maquette.generate.base import U8, DrawSettings
from maquette.imaging.grade import after_view, before_view
from maquette.imaging.tone import luminance, view_transform

SATURATION = 1.06
CONTRAST_PIVOT = 0.42
"""Code value that contrast leaves alone, 0..1."""
CONTRAST = 1.04


class Photo:
    """The graded render."""

    name = "photo"
    version = 1

    def draw(self, passes: Passes, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes."""
        beauty = before_view(passes.beauty, settings.grade)
        height, width = beauty.shape[:2]
        if settings.vignette > 0:
            y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
            beauty = beauty * (1 - 0.45 * settings.vignette * ((x * x + y * y) / 2) ** 1.5)[..., None].astype(
                np.float32
            )
        code = view_transform(beauty, settings.exposure_stops).astype(np.float32) / 255
        grey = luminance(code)[..., None]
        code = grey + (code - grey) * SATURATION
        code = CONTRAST_PIVOT + (code - CONTRAST_PIVOT) * (1 + (CONTRAST - 1) * 4 * code * (1 - code))
        code = after_view(code, settings.grade)
        if settings.grain > 0:
            noise = np.random.default_rng(settings.seed).normal(0, 0.035 * settings.grain, (height, width, 1))
            code = code + noise.astype(np.float32) * np.sqrt(np.clip(grey * (1 - grey), 0, 1)) * 2
        return (np.clip(code, 0, 1) * 255 + 0.5).astype(np.uint8)
