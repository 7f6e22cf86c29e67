"""Frames to paint over: which moment of which shot, as developed and without a look, with all passes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import UsageError
from maquette.film.paint import PaintFrame
from maquette.film.rate import RATES
from maquette.film.request import TakeRequest
from maquette.film.shot import Shot, ShotStatus
from maquette.film.style import PanelStyle
from maquette.film.take import FIRST_FRAME
from maquette.imaging.png import encode_png
from maquette.pipeline.frames import frame_of
from maquette.pipeline.production import Production

if TYPE_CHECKING:
    from maquette.film.passes import Passes
    from maquette.studio import Studio

U8 = NDArray[np.uint8]
KIND = "paint-frame"
LONGEST_NUMBER = 24
"""Signs of a time: a number of thousands of digits is none."""


@dataclass(frozen=True, eq=False)
class Rendered:
    """A frame and what it was made from."""

    passes: Passes
    """Balanced to the camera's white, with the fine ones for lines."""
    picture: U8
    """(H, W, 3) sRGB codes as developed."""


def shot_to_paint(production: Production, number: str) -> Shot:
    """The shot of that number, as it is directed. Raises UsageError for several or an omitted one."""
    shot = production.direction.shot(number)
    if shot.status is ShotStatus.OMITTED:
        raise UsageError(f"Shot {number} is omitted: bring it back with `maquette shots DIR --accept {number}`.")
    return production.direction.directed(shot).shot


def moment_of(production: Production, shot: Shot, frame: int | None, at_s: str | None) -> Fraction:
    """Seconds into the shot that a frame number (as in takes: 1001 is the first) or a time says; 0 where neither is."""
    if frame is not None and at_s is not None:
        raise UsageError("Say where in the shot once: --frame or --at, not both.")
    if frame is not None:
        rate = RATES[production.settings.rate]
        last = FIRST_FRAME + max(1, rate.frames(shot.duration_s)) - 1
        if not FIRST_FRAME <= frame <= last:
            raise UsageError(
                f"Shot {shot.number} has the frames {FIRST_FRAME} to {last}, numbered as in takes; there is no {frame}."
            )
        return rate.seconds(frame - FIRST_FRAME)
    text = (at_s or "0").strip().removesuffix("s")
    try:
        if len(text) > LONGEST_NUMBER or "e" in text.lower():
            raise ValueError(text)
        at = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise UsageError(f'"{text[:40]}" is no time: write seconds into the shot, such as 1.5.') from None
    if not 0 <= at <= shot.duration_s:
        raise UsageError(f"Shot {shot.number} lasts {float(shot.duration_s):g} seconds: {float(at):g} is outside it.")
    return at


def request_to_paint(
    production: Production, number: str, moment_s: Fraction, size: str | None = None
) -> TakeRequest:  # fmt: skip
    """What the frame is made from: the picture as developed, without a look. The look's colours are the painting's."""
    directed = production.direction.directed(production.direction.shot(number))
    frame = frame_of(size, production.settings, PanelStyle.PHOTO.value)
    request = production.request_as(directed, production.screenplay, frame, moment_s)
    return request.model_copy(update={"look": None})


def rendered(studio: Studio, request: TakeRequest) -> Rendered:
    """The passes and the picture of a request."""
    from maquette.studio.develop import balanced, metered_stops
    from maquette.studio.picture import picture_of

    frame = request.frame
    moment, _ = studio.moment(request)
    passes = balanced(
        studio.renderer.render(
            moment, frame.width, frame.height, frame.samples_per_pixel, frame.path_depth, request.seed, for_lines=True
        )
    )
    stops = metered_stops(passes, request) + passes.camera.exposure_stops
    plain = request.model_copy(update={"look": None, "frame": frame.model_copy(update={"style": PanelStyle.PHOTO})})
    picture, _ = picture_of(passes, plain, request.moment_s, stops)
    return Rendered(passes, picture)


def keep_frame(production: Production, shot: Shot, request: TakeRequest, picture: U8) -> PaintFrame:
    """Put a frame on record, so that what was painted over it is known again. For the production's one writer."""
    digest = request.digest()
    media = production.folder.media.put(encode_png(picture, {"maquette:request": digest}), ".png")
    kept = PaintFrame(
        shot_id=shot.id,
        shot_number=shot.number,
        moment_s=request.moment_s,
        request=digest,
        body=request.canonical_json(),
        picture=media,
    )
    production.database.put(KIND, digest, kept)
    return kept


def frames_handed_out(production: Production) -> tuple[PaintFrame, ...]:
    """All of them, oldest first."""
    found = (production.database.get(KIND, name, PaintFrame) for name in production.database.names(KIND))
    return tuple(f for f in found if f is not None)


def frame_called(shot_number: str, moment_s: Fraction) -> str:
    """ "shot 2F", "shot 2F at 1.5 s"."""
    return f"shot {shot_number}" + (f" at {float(moment_s):g} s" if moment_s else "")
