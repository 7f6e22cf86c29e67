"""A stroke painter: stands in for the artist who paints over previs frames, where a benchmark needs many paintings.

It looks at a frame as a painter would (what is skin, what is cloth, where light falls, how forms run), decides on
colours by the style's rules, and puts real strokes on a ground, large ones first. It paints the picture, not the
surfaces: nothing ties the strokes of one frame to those of the next. The same frame, style and seed give
the same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.imaging.color import to_code

from . import gouache, ink, oil, pastel
from .motif import Motif, motif_of

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

PAINTER_VERSION = 1
"""Goes up whenever the same frame is painted otherwise."""

STYLES: dict[str, Callable[[Motif, np.random.Generator], F32]] = {
    "oil": oil.draw,
    "gouache": gouache.draw,
    "ink": ink.draw,
    "pastel": pastel.draw,
}


def paint(passes: Passes, picture: U8, style: str, seed: int = 0) -> U8:
    """(H, W, 3) sRGB codes: the frame as this painter paints it.

    passes: of the frame, light balanced. picture: (H, W, 3) sRGB codes, the frame as developed. style: one of `STYLES`.
    """
    rng = np.random.default_rng([seed, zlib.crc32(style.encode())])
    return to_code(STYLES[style](motif_of(passes, picture), rng))
