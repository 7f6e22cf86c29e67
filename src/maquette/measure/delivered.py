"""Asked beside delivered: every measure of one picture, in a director's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.delivered import TOLERANCE, Asked, Delivered, Quantity, Reading
from maquette.film.passes import Passes
from maquette.measure import words
from maquette.measure.angle import angle_named, pitch_at_subject
from maquette.measure.exposure import frame_exposure_stops, key_exposure_stops
from maquette.measure.face_light import FaceLight, face_light, head_named
from maquette.measure.key_fill import Planes, read_planes
from maquette.measure.key_side import KeySide, key_side
from maquette.measure.palette import palette_of
from maquette.measure.resection import MeasuredCamera, camera_from_passes
from maquette.measure.shot_size import shot_size
from maquette.measure.temperature import key_light, light_temperature

U8 = NDArray[np.uint8]

NO_CAMERA = "Nothing but sky is in the picture: the camera cannot be told."
TURNED_AWAY = "The key lights a side of the face that is turned away."
SIDE_LEAST_PIXELS = 60
"""A smaller face shows how bright and which colour its light is, not where it comes from."""
CLEAR_RATIO = 2.0
"""An asked ratio from which a key's side must be seen."""
TINGED = 0.006
"""Duv from which light looks green or magenta."""


@dataclass(frozen=True, eq=False)
class _Seen:
    """What all readings are taken from."""

    passes: Passes
    asked: Asked
    applied_stops: float
    camera: MeasuredCamera | None
    face: FaceLight | None
    side: KeySide | None
    planes: Planes | None
    no_face: str
    """Why there is no face to read."""


def measure_shot(passes: Passes, pixels: U8, asked: Asked, applied_stops: float) -> Delivered:
    """Everything that can be read off one picture, in the order of `Quantity`.

    pixels: (H, W, 3) sRGB codes as finished; applied_stops: exposure that they were developed with, white balance by
    `passes.camera.white_balance_k`. A quantity that the picture does not show has an empty `delivered` and a note that
    says why; nothing raises, whatever is in the picture.
    """
    camera = camera_from_passes(passes)
    face = _face(passes, asked, camera)
    side = key_side(face, camera) if face is not None and camera is not None else None
    planes = None
    if face is not None and side is not None:
        planes = read_planes(face, side.azimuth_deg if asked.key_azimuth_deg is None else asked.key_azimuth_deg)
    seen = _Seen(passes, asked, applied_stops, camera, face, side, planes, _no_face(passes, asked))
    readings = [read(seen) for read in _READINGS]
    return Delivered(readings=(*readings, _palette(pixels)))


def _face(passes: Passes, asked: Asked, camera: MeasuredCamera | None) -> FaceLight | None:
    if asked.subject is None or camera is None:
        return None
    return face_light(passes, asked.subject, camera.position)


def _no_face(passes: Passes, asked: Asked) -> str:
    if asked.subject is None:
        return "Nobody's face is measured in this picture."
    if head_named(passes, asked.subject) is None:
        return f"{words.person(asked.subject)} is not on the stage."
    return f"Too little of {words.person(asked.subject)}'s face is seen."


# --- the camera -----------------------------------------------------------------------------------------------


def _size(seen: _Seen) -> Reading:
    asked = seen.asked
    wanted = str(asked.size) if asked.size else ""
    if seen.camera is None:
        return _unseen(Quantity.SIZE, wanted, NO_CAMERA)
    head = head_named(seen.passes, asked.subject) if asked.subject else None
    height = asked.height_m or (head.height_m if head is not None else None)
    if asked.subject is None or height is None:
        return _unseen(Quantity.SIZE, wanted, "There is no figure to name a size by.")
    read = shot_size(seen.passes, seen.camera, asked.subject, height, head)
    if read is None:
        return _unseen(Quantity.SIZE, wanted, f"{words.person(asked.subject)} is not in the picture.")
    within = None if asked.size is None else read.size is asked.size
    return Reading(
        quantity=Quantity.SIZE, asked=wanted, delivered=str(read.size), delivered_value=read.share,
        miss=words.sizes_off(asked.size, read.size) if asked.size else "", within=within,
        note=f"The frame is {read.frame_height_m:.2f} m high at {words.person(asked.subject)}.",
    )  # fmt: skip


def _angle(seen: _Seen) -> Reading:
    wanted = seen.asked.pitch_deg
    if seen.camera is None:
        return _unseen(Quantity.ANGLE, _if(wanted, words.pitch), NO_CAMERA)
    pitch = pitch_at_subject(seen.camera)
    return _number(Quantity.ANGLE, wanted, pitch, words.pitch, words.pitch_off, note=str(angle_named(pitch)))


def _lens(seen: _Seen) -> Reading:
    asked = seen.asked
    if seen.camera is None:
        return _unseen(Quantity.LENS, _if(asked.lens_mm, words.lens), NO_CAMERA)
    lens = seen.camera.lens_mm(asked.sensor_width_mm, asked.squeeze)
    off = lens / asked.lens_mm - 1 if asked.lens_mm else None
    return _number(Quantity.LENS, asked.lens_mm, lens, words.lens, words.lens_off, off)


def _horizon(seen: _Seen) -> Reading:
    wanted = seen.asked.roll_deg
    roll = seen.camera.roll_deg if seen.camera is not None else None
    if roll is None:
        plumb = "The camera looks straight up or down: there is no horizon."
        return _unseen(Quantity.HORIZON, _if(wanted, words.roll), NO_CAMERA if seen.camera is None else plumb)
    return _number(Quantity.HORIZON, wanted, roll, words.roll, words.roll_off)


# --- the light ------------------------------------------------------------------------------------------------


def _key_side(seen: _Seen) -> Reading:
    wanted, side = seen.asked.key_side, seen.side
    asked = str(wanted) if wanted else ""
    if side is None:
        return _unseen(Quantity.KEY_SIDE, asked, seen.no_face)
    if seen.face is not None and seen.face.pixels < SIDE_LEAST_PIXELS:
        return _unseen(Quantity.KEY_SIDE, asked, "The face is too small to tell the key's side.")
    angles = f"{abs(side.azimuth_deg):.0f} degrees off the nose, {words.height(side.elevation_deg)}"
    right = wanted is None or (side.across_deg > 0) == (wanted == "right")
    if side.even and not right:
        strong = (seen.asked.key_fill_ratio or 1.0) >= CLEAR_RATIO
        return Reading(
            quantity=Quantity.KEY_SIDE, asked=asked, delivered="even", delivered_value=side.across_deg,
            miss="no side to be seen", within=False if strong else None, note="Both sides of the face are as bright.",
        )  # fmt: skip
    return Reading(
        quantity=Quantity.KEY_SIDE, asked=asked, delivered=words.side(side.side, side.across_deg),
        delivered_value=side.across_deg, miss="" if right else "from the other side" if side.side else "from the front",
        within=right if wanted else None, note=f"The key stands {angles}.",
    )  # fmt: skip


def _ratio(seen: _Seen) -> Reading:
    wanted = seen.asked.key_fill_ratio
    asked = _if(wanted, words.ratio)
    if seen.planes is None:
        return _unseen(Quantity.RATIO, asked, seen.no_face)
    ratio = seen.planes.ratio
    if ratio is None:
        side = "lit side" if seen.planes.lit is None else "shadow side"
        return _unseen(Quantity.RATIO, asked, f"The {side} of the face is not in the picture, or too little of it.")
    ratio = float(np.clip(ratio, 1 / words.MOST_RATIO, words.MOST_RATIO))
    off = float(np.log2(ratio / wanted)) if wanted else None
    return _number(Quantity.RATIO, wanted, ratio, words.ratio, words.stops_off, off)


def _temperature(seen: _Seen) -> Reading:
    wanted = seen.asked.key_kelvin
    asked = _if(wanted, words.kelvin)
    if seen.face is None or seen.planes is None:
        return _unseen(Quantity.TEMPERATURE, asked, seen.no_face)
    light = key_light(seen.face, seen.planes)
    kelvin, duv = light_temperature(light) if light is not None else (float("nan"), float("nan"))
    if not np.isfinite(kelvin):
        return _unseen(Quantity.TEMPERATURE, asked, TURNED_AWAY)
    tinge = f"A little {'green' if duv > 0 else 'magenta'} (Duv {duv:+.3f})." if abs(duv) > TINGED else ""
    return _number(Quantity.TEMPERATURE, wanted, kelvin, words.kelvin, words.kelvin_off, note=tinge)


def _exposure(seen: _Seen) -> Reading:
    asked, white = seen.asked, seen.passes.camera.white_balance_k
    wanted = asked.exposure_stops
    if seen.face is not None and seen.planes is not None:
        light = key_light(seen.face, seen.planes)
        light = light if light is not None else seen.face.weight @ seen.face.light / seen.face.weight.sum()
        stops = key_exposure_stops(light, white, seen.applied_stops, asked.normal_level)
        if stops is not None and seen.planes.lit is not None:
            note = "A white card in the key light."
            return _number(Quantity.EXPOSURE, wanted, stops, words.stops, words.stops_off, note=note)
        if stops is not None:
            note = "A white card in what is seen of the light."
            return _seen_only(Quantity.EXPOSURE, wanted, stops, words.stops, note)
    stops = frame_exposure_stops(seen.passes.beauty, white, seen.applied_stops)
    if stops is None:
        return _unseen(Quantity.EXPOSURE, _if(wanted, words.stops), "The picture is black.")
    # What is normal for a place depends on the hour and the weather: there is nothing to hold it against.
    note = "The frame's average against middle grey: no face to meter."
    return _seen_only(Quantity.EXPOSURE, wanted, stops, words.stops, note)


def _palette(pixels: U8) -> Reading:
    palette = palette_of(pixels)
    note = f"Saturation {100 * palette.saturation:.0f}%, {palette.temper}."
    return Reading(
        quantity=Quantity.PALETTE, delivered=words.palette(palette), delivered_value=palette.saturation, note=note
    )


_READINGS: tuple[Callable[[_Seen], Reading], ...] = (
    _size, _angle, _lens, _horizon, _key_side, _ratio, _temperature, _exposure,
)  # fmt: skip


# --- small parts ----------------------------------------------------------------------------------------------


def _if(value: float | None, say: Callable[[float], str]) -> str:
    return "" if value is None else say(value)


def _unseen(quantity: Quantity, asked: str, why: str) -> Reading:
    return Reading(quantity=quantity, asked=asked, delivered="", note=why)


def _seen_only(
    quantity: Quantity, asked: float | None, value: float, say: Callable[[float], str], note: str
) -> Reading:
    """A reading of something else than what was asked: shown beside it, not held against it."""
    return Reading(
        quantity=quantity, asked=_if(asked, say), delivered=say(value), asked_value=asked, delivered_value=value,
        note=note,
    )  # fmt: skip


def _number(
    quantity: Quantity, asked: float | None, value: float, say: Callable[[float], str], say_off: Callable[[float], str],
    off: float | None = None, note: str = "",
) -> Reading:  # fmt: skip
    """A reading of a number. `off`: the miss as the tolerance counts it; None: the plain difference."""
    if asked is None:
        return Reading(quantity=quantity, delivered=say(value), delivered_value=value, note=note)
    miss = value - asked if off is None else off
    within = abs(miss) <= TOLERANCE[quantity]
    return Reading(
        quantity=quantity, asked=say(asked), delivered=say(value), asked_value=asked, delivered_value=value,
        miss=say_off(miss), within=within, note=note,
    )  # fmt: skip
