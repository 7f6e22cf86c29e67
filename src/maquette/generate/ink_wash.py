"""Ink and wash: brush-pen contours, and diluted ink laid in three or four tones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import U8, DrawSettings
from maquette.generate.contours import Contours
from maquette.generate.glaze import Brush, lay_wash
from maquette.generate.paper import grain
from maquette.generate.pigment import on_paper
from maquette.generate.strokes import Pen
from maquette.generate.study import USUAL_WASH, Study
from maquette.generate.wash import blacks_of

INK, PAPER = (0.075, 0.07, 0.085), (0.975, 0.965, 0.94)
WASHES = (
    (0.66, 0.10, 0.20, Brush(12.0, 46.0, 25.0, ragged=0.16)),
    (0.44, 0.08, 0.38, Brush(9.5, 36.0, 19.0)),
    (0.25, 0.06, 0.72, Brush(7.5, 26.0, 14.0)),
    (0.11, 0.04, 1.60, Brush(6.0, 20.0, 11.0, ragged=0.2)),
)
"""Value below which a dilution is laid and over how much it comes in, its density, and the brush."""
PEN = Pen(width_px=2.5, least_px=0.7, wobble_px=0.6, overshoot_px=3.0, taper=0.38)
REVERSED = 0.55
"""Brightness of a line where it crosses the darkest wash."""
HALO_PX = 2.5


class InkWash:
    """Pen contours over washes of the same ink."""

    name = "ink-wash"
    version = 3

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes, a warm grey where the hand asks for no colours."""
        study = Study(passes, picture, settings)
        hand, shape = settings.hand, (study.height, study.width)
        value = study.value
        tooth = grain(*shape, study.scale, "rough", settings.seed)
        none = np.repeat(value.reshape(-1, 1), 3, axis=1)
        pools = np.clip(1 + 0.12 * study.noise(80.0, 20) + 0.07 * study.noise(28.0, 21), 0.4, 1.7)
        blackest = min(WASHES[-1][0], blacks_of(value) if settings.key is None else settings.key.blacks)
        density = np.zeros(shape, np.float32)
        with ThreadPoolExecutor(1) as beside:
            finding = beside.submit(Contours(study, None, HALO_PX).found)
            for number, (below, soft, strength, brush) in enumerate(WASHES):
                limit = blackest if number == len(WASHES) - 1 else below
                wash = lay_wash(study, 10 + number, brush, value, limit, soft, none, tooth)
                granular = np.clip(1 - 0.2 * hand.texture * tooth, 0.3, 2)
                density += strength * wash.wet * pools * (1 + 0.8 * wash.rim) * granular
            contours = finding.result()
        paper = np.exp(-density * min(hand.wash / USUAL_WASH, 1.4))
        dark = ndimage.gaussian_filter(paper, 1.5 * study.scale) < 0.2
        contours.black = dark
        paper = paper + (1 - paper) * contours.bare()
        # A brush pen runs dry on rough paper.
        skipped = np.clip(1.12 - 0.3 * hand.texture * np.clip(tooth, 0, 2), 0, 1)
        lines, marks = contours.lines(PEN) * skipped, contours.marks()
        shown = paper * (1 - lines) + np.where(dark, REVERSED, 0) * lines
        return on_paper(shown * (1 - marks), hand, INK, PAPER)
