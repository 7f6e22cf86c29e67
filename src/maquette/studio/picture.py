"""Passes -> finished picture: developed, in the look's colours, drawn, and finished as film or paper is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.film.errors import UsageError
from maquette.film.look import AppliedElement, AppliedLook, Recipe
from maquette.film.passes import Passes
from maquette.film.request import TakeRequest
from maquette.film.style import PanelStyle
from maquette.generate import GENERATORS, DrawSettings, TonalKey, photograph
from maquette.look.colour import coloured
from maquette.look.finish import finished
from maquette.stage.keyed import grade_at

U8 = NDArray[np.uint8]
F32 = NDArray[np.floating[Any]]

PICTURE_VERSION = 2
"""Goes up whenever the same developed picture comes out of the same look otherwise."""
SEED_STEP = 0x9E3779B1
"""Seeds of a look are so far apart."""
EDGE_PX = 0.5
"""Masks of elements are softened by this much, as their edges are in the picture."""


class Painter(Protocol):
    """Paints as the production's artist does: `HousePainter` of a trained house model."""

    def paint(self, passes: Passes, picture: U8, before: U8 | None, seed: int, history: float) -> U8:
        """(H, W, 3) sRGB codes. before: the same of the frame before, of which the share `history` is carried along by
        exact motion."""
        ...


def picture_of(
    shown: Passes,
    request: TakeRequest,
    time: Fraction,
    stops: float,
    index: int = 0,
    painter: Painter | None = None,
    before: U8 | None = None,
    key: TonalKey | None = None,
) -> tuple[U8, U8]:
    """Of balanced passes: the finished picture, and the same before film and lens added anything; (H, W, 3) sRGB codes.

    time: seconds into the shot. stops: exposure, the camera's own included. index: number of the frame in its take.
    key: what monochrome media set their greys by, for all frames of a take; None: the picture's own.
    painter: of the house model, where that is the style. before: the second picture of the frame before.
    """
    grade = grade_at(request, time)
    developed = photograph(shown, stops, grade)
    look = request.look
    recipe = Recipe() if look is None else look.recipe
    intensity = 1.0 if look is None else look.intensity
    toned = developed if look is None else in_look(developed, shown, look)
    style = request.frame.style
    # What a look leaves open; light, weather and people go by the request's own seed.
    seed = (request.seed + SEED_STEP * recipe.hand.seed) % 2**31 if recipe.hand.seed else request.seed
    if style is PanelStyle.HOUSE:
        if painter is None:
            raise UsageError("There is no house model to paint with: train one with `maquette look DIR train NAME`.")
        # What the artist painted over had no look yet, and the colours are the painting's.
        drawn = painter.paint(shown, developed, before, seed, recipe.hand.steadiness)
    else:
        settings = DrawSettings(
            seed=seed,
            exposure_stops=stops,
            grade=grade,
            hand=recipe.hand,
            palette=recipe.palette,
            drawing=index // recipe.hand.boil_hold,
            key=key,
        )
        drawn = GENERATORS[style].draw(shown, toned, settings)
    if style is not PanelStyle.PHOTO and intensity < 1:
        drawn = _between(toned, drawn, np.float32(intensity))
    return finished(drawn, recipe.finish, intensity, seed, index), drawn


def in_look(developed: U8, passes: Passes, look: AppliedLook) -> U8:
    """The developed picture in the look's colours, element by element."""
    whole = coloured(developed, look.recipe.colour, look.intensity)
    shown = whole
    for element in look.elements:
        recipe = element.recipe or look.recipe
        own = coloured(developed, recipe.colour, look.intensity * element.intensity)
        if own is not shown:
            shown = _between(shown, own, _coverage(passes, element)[..., None])
    return shown


def _coverage(passes: Passes, element: AppliedElement) -> F32:
    """(H, W) how much of each pixel is of the element, 0..1."""
    if element.element == "background":
        mask = ~passes.mask("cast")
    elif element.element == "set":
        mask = passes.mask("set") | passes.mask("wall")
    else:
        mask = passes.mask(element.element)
    return ndimage.gaussian_filter(mask.astype(np.float32), EDGE_PX, mode="nearest")


def _between(start: U8, end: U8, share: Any) -> U8:
    mixed = start.astype(np.float32)
    mixed += share * (end - mixed)
    return (mixed + 0.5).astype(np.uint8)
