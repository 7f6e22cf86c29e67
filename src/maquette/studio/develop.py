"""From radiance to an exposed negative: the camera's white, and its stop by the meter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.film.request import TakeRequest
from maquette.film.screenplay import TimeOfDay
from maquette.imaging.exposure import incident_stops, white_gain
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.imaging.tone import meter

DEVELOP_VERSION = 1
"""Goes up whenever the same passes are exposed or balanced otherwise."""
FRAME_SAY = 0.3
"""Share of the whole frame in the exposure of a picture with people in it; their faces have the rest."""
DAY_LEVEL = 0.8
"""The metered level at which a picture without people is exposed to middle grey; darker hours fall below it."""

WHITE_WEATHER_STOPS = 0.8
"""Fog and snow are this much brighter than middle grey."""
NIGHT_PLACE_STOPS = 0.8
"""A place at night lies mostly in the dark; a meter that takes the whole of it would make it dusk."""
LOWEST_STOPS, NIGHT_LOWEST_STOPS = -3.0, 0.7


def balanced(passes: Passes) -> Passes:
    """The passes with their light balanced to the camera's white."""
    gain = white_gain(kelvin_to_rgb(passes.camera.white_balance_k))
    return replace(passes, beauty=passes.beauty * gain)


def metered_stops(shown: Passes, request: TakeRequest) -> float:
    """Stops by the meter on a balanced picture, to which the camera's own `exposure_stops` are added; 0 where the
    camera is not metered."""
    camera = shown.camera
    if camera.metered_level is None:
        return 0.0
    skin = metered_skin(shown, request)
    if skin is None:
        return _frame_stops(shown, request)
    # A torch in the face is no reason to lose the night around it: it may burn.
    dark = not request.lighting.interior and request.lighting.time_of_day is TimeOfDay.NIGHT
    lowest = NIGHT_LOWEST_STOPS if dark else LOWEST_STOPS
    faces = incident_stops(shown.beauty, shown.albedo, skin, camera.metered_level, lowest)
    # The frame has a say, so that a lantern near a face does not turn the morning around it into night.
    return faces + FRAME_SAY * float(np.clip(_frame_stops(shown, request) - faces, -2.0, 3.0))


def _frame_stops(shown: Passes, request: TakeRequest) -> float:
    """Stops by the whole frame, for places without people."""
    level = shown.camera.metered_level or DAY_LEVEL
    stops = meter(shown.beauty) + float(np.log2(level / DAY_LEVEL))
    stops -= NIGHT_PLACE_STOPS if request.lighting.time_of_day is TimeOfDay.NIGHT else 0.0
    # As with any meter that makes everything grey: open up for what is white.
    return stops + (WHITE_WEATHER_STOPS if request.dressing.weather in ("fog", "snow") else 0.0)


def metered_skin(passes: Passes, request: TakeRequest) -> NDArray[np.bool_] | None:
    """What the meter is held at: the skin of the shot's subjects, else of anybody; None where nobody is near enough."""
    subjects = [f"cast/{name}:skin" for name in request.shot.subjects]
    for wanted, least in ((subjects, 0.003), (["cast/"], 0.02)):
        parts = [i for i, name in enumerate(passes.part_names) if wanted and name.startswith(tuple(wanted))]
        mask = np.isin(passes.part_id, parts)
        if mask.mean() > least:
            return mask
    return None
