"""Passes -> finished picture: developed, in the look's colours, drawn, and finished as film or paper is."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from maquette.film.look import AppliedLook, Recipe
from maquette.film.passes import Passes
from maquette.film.request import TakeRequest
from maquette.generate import GENERATORS, DrawSettings, photograph
from maquette.stage.keyed import grade_at

U8 = NDArray[np.uint8]


def picture_of(shown: Passes, request: TakeRequest, time: Fraction, stops: float, index: int = 0) -> U8:
    """(H, W, 3) sRGB codes of balanced passes.

    time: seconds into the shot. stops: exposure, the camera's own included. index: number of the frame in its take.
    """
    grade = grade_at(request, time)
    recipe = _recipe(request.look)
    settings = DrawSettings(
        seed=request.seed,
        exposure_stops=stops,
        grade=grade,
        hand=recipe.hand,
        palette=recipe.palette,
        drawing=index // recipe.hand.boil_hold,
    )
    return GENERATORS[request.frame.style].draw(shown, photograph(shown, stops, grade), settings)


def _recipe(look: AppliedLook | None) -> Recipe:
    return Recipe() if look is None else look.recipe
