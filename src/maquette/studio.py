"""Renderer, stage and generators behind one call: a request goes in, a finished picture comes out."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.exr import write_exr
from maquette.film.delivered import Asked, Delivered
from maquette.film.passes import Passes
from maquette.film.request import PanelStyle, TakeRequest, Versions
from maquette.film.screenplay import TimeOfDay
from maquette.film.stage import Moment
from maquette.generate import GENERATORS, DrawSettings
from maquette.imaging.exposure import incident_stops, white_gain
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.imaging.png import encode_png
from maquette.imaging.tone import meter
from maquette.measure.delivered import measure_shot
from maquette.render.renderer import RENDER_VERSION, Renderer
from maquette.render.variants import describe_variant
from maquette.stage.asked import asked_of
from maquette.stage.balance import dimmed, settle
from maquette.stage.build import STAGE_VERSION, build_stage
from maquette.stage.keyed import grade_at, light_is_keyed

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


@dataclass(frozen=True, eq=False)
class Drawn:
    """A finished picture and what it came from."""

    pixels: NDArray[np.uint8]
    """(H, W, 3) sRGB."""
    png: bytes
    """The same as PNG; its text chunks "maquette:request" and "maquette:notes" hold the request's digest and the notes
    as JSON."""
    passes: Passes
    notes: tuple[str, ...]
    delivered: Delivered
    """What the picture came to, beside what was asked."""

    def exr(self) -> bytes:
        """All passes as multi-layer EXR."""
        with tempfile.TemporaryDirectory(prefix="maquette-") as folder:
            path = Path(folder) / "passes.exr"
            write_exr(path, self.passes)
            return path.read_bytes()


class Studio:
    """Keep one for all pictures of a run: scene and kernels persist."""

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer()

    def versions(self, maquette: str, style: PanelStyle) -> Versions:
        """What makes pictures here."""
        return Versions(
            maquette=maquette,
            stage=STAGE_VERSION,
            render=RENDER_VERSION,
            develop=DEVELOP_VERSION,
            generate=GENERATORS[style].version,
            renderer_variant=describe_variant().name,
        )

    def draw(self, request: TakeRequest) -> Drawn:
        """Build the stage, render its moment and draw it in the request's style."""
        frame = request.frame
        moment, asked = self.moment(request)
        passes = self.renderer.render(
            moment, frame.width, frame.height, frame.samples_per_pixel, frame.path_depth, request.seed,
            for_lines=frame.style is not PanelStyle.PHOTO,
        )  # fmt: skip
        shown, settings = _exposed(passes, request)
        pixels = GENERATORS[frame.style].draw(shown, settings)
        delivered = measure_shot(passes, pixels, asked, settings.exposure_stops)
        text = {"maquette:request": request.digest()}
        if moment.notes:
            text["maquette:notes"] = json.dumps(moment.notes, ensure_ascii=False)
        return Drawn(pixels, encode_png(pixels, text), passes, moment.notes, delivered)

    def moment(self, request: TakeRequest) -> tuple[Moment, Asked]:
        """The stage at the request's moment with its lamps dimmed as planned, and what its picture is held against."""
        stage = build_stage(request)
        moment = stage.at(request.moment_s)
        asked = asked_of(request, moment, stage.front)
        if moment.balance is not None:
            # Metered once, in steady light, as the shot opens: what flickers later is meant to.
            metered_at = request.moment_s if light_is_keyed(request) else Fraction(0)
            steady = stage.at(metered_at, steady=True)
            aspect = request.frame.width / request.frame.height
            moment = dimmed(moment, settle(steady, self.renderer.meter(steady, aspect, request.seed)))
        return moment, asked


def _exposed(passes: Passes, request: TakeRequest) -> tuple[Passes, DrawSettings]:
    """The passes balanced to the camera's white, and the settings with its exposure."""
    camera = passes.camera
    gain = white_gain(kelvin_to_rgb(camera.white_balance_k))
    shown = replace(passes, beauty=passes.beauty * gain)
    stops = camera.exposure_stops
    if camera.metered_level is not None:
        skin = _metered(passes, request)
        if skin is not None:
            # A torch in the face is no reason to lose the night around it: it may burn.
            dark = not request.lighting.interior and request.lighting.time_of_day is TimeOfDay.NIGHT
            lowest = NIGHT_LOWEST_STOPS if dark else LOWEST_STOPS
            faces = incident_stops(shown.beauty, passes.albedo, skin, camera.metered_level, lowest)
            # The frame has a say, so that a lantern near a face does not turn the morning around it into night.
            stops += faces + FRAME_SAY * float(np.clip(_frame_stops(shown, request) - faces, -2.0, 3.0))
        else:
            stops += _frame_stops(shown, request)
    return shown, DrawSettings(seed=request.seed, exposure_stops=stops, grade=grade_at(request, request.moment_s))


def _frame_stops(shown: Passes, request: TakeRequest) -> float:
    """Stops by the whole frame, for places without people."""
    level = shown.camera.metered_level or DAY_LEVEL
    stops = meter(shown.beauty) + float(np.log2(level / DAY_LEVEL))
    stops -= NIGHT_PLACE_STOPS if request.lighting.time_of_day is TimeOfDay.NIGHT else 0.0
    # As with any meter that makes everything grey: open up for what is white.
    return stops + (WHITE_WEATHER_STOPS if request.dressing.weather in ("fog", "snow") else 0.0)


def _metered(passes: Passes, request: TakeRequest) -> NDArray[np.bool_] | None:
    """What the meter is held at: the skin of the shot's subjects, else of anybody; None where nobody is near enough."""
    subjects = [f"cast/{name}:skin" for name in request.shot.subjects]
    for wanted, least in ((subjects, 0.003), (["cast/"], 0.02)):
        parts = [i for i, name in enumerate(passes.part_names) if wanted and name.startswith(tuple(wanted))]
        mask = np.isin(passes.part_id, parts)
        if mask.mean() > least:
            return mask
    return None
