"""The camera as a director asks for it: every control typed, every one optional. What is not stated follows."""

from __future__ import annotations

from enum import StrEnum

from maquette.film.base import Noun
from maquette.film.shot import Angle, Framing, Move, ShotSize, Side

Point = tuple[float, float, float]
"""World metres, Z up."""


class Sensor(StrEnum):
    """The recording area that a focal length is stated for."""

    SUPER_16 = "Super 16"
    SUPER_35 = "Super 35"
    FULL_FRAME = "full frame"
    SIXTY_FIVE = "65 mm"


SENSOR_WIDTH_MM: dict[Sensor, float] = {
    Sensor.SUPER_16: 12.52,
    Sensor.SUPER_35: 24.89,
    Sensor.FULL_FRAME: 36.0,
    Sensor.SIXTY_FIVE: 52.48,
}
"""Width of the picture area in mm."""

SQUEEZES = (1.0, 1.33, 1.5, 1.8, 2.0)
"""Anamorphic squeezes that lenses are made with; 1 is spherical."""


class Composition(StrEnum):
    """Where the subject stands in the frame."""

    LEAD_ROOM = "lead room"
    """A little off the middle, with room before the look: the usual frame."""
    CENTRED = "centred"
    THIRDS = "thirds"
    """The face on the vertical third away from the look, eyes on the upper third."""
    SHORT_SIDED = "short-sided"
    """The face close to the edge that it looks at; the room is behind it."""
    NEGATIVE_SPACE = "negative space"
    """The figure small at one edge, the look into the empty frame."""


class Foreground(StrEnum):
    """Whether the partner's shoulder is in the frame."""

    CLEAN = "clean"
    DIRTY = "dirty"


class Easing(StrEnum):
    """How a value gets from one key to the next."""

    LINEAR = "linear"
    EASE_IN = "ease in"
    """Starts slowly, arrives at full speed."""
    EASE_OUT = "ease out"
    EASE_IN_OUT = "ease in-out"
    HOLD = "hold"
    """Stays, then jumps at the next key."""


def eased(share: float, easing: Easing) -> float:
    """Progress 0..1 after a share 0..1 of the time. Smoothstep for in-out, quadratics for one-sided easing."""
    t = min(max(share, 0.0), 1.0)
    if easing is Easing.LINEAR:
        return t
    if easing is Easing.EASE_IN:
        return t * t
    if easing is Easing.EASE_OUT:
        return t * (2 - t)
    if easing is Easing.HOLD:
        return 1.0 if t >= 1 else 0.0
    return t * t * (3 - 2 * t)


class Placement(Noun):
    """A camera put down by hand: the last word over size, angle, height, side and composition."""

    position: Point
    look_at: Point


class PlacementKey(Noun):
    """A hand-placed camera at one moment of the shot."""

    at: float
    """Share of the shot, 0..1."""
    placement: Placement
    easing: Easing = Easing.EASE_IN_OUT
    """How the camera gets here from the key before."""


class CameraControls(Noun):
    """What is stated about the camera at one scope. None everywhere: the shot list and the defaults decide."""

    size: ShotSize | None = None
    tightness: float | None = None
    """Continuous size: the frame's height is divided by this. 1 is as the size says, 1.15 a bit tighter."""
    angle: Angle | None = None
    pitch_deg: float | None = None
    """Continuous angle at the subject: positive looks up. Wins over `angle`."""
    height_m: float | None = None
    """Lens above the floor. Wins over `angle` and `pitch_deg`."""
    roll_deg: float | None = None
    """Dutch; positive leans the horizon clockwise as seen."""
    azimuth_deg: float | None = None
    """Camera direction off the subject's facing: 0 frontal, 90 profile, 180 from behind."""
    eyeline_side: Side | None = None
    """The side of the frame that the subject looks to: which side of the line the camera is on."""
    framing: Framing | None = None
    subjects: tuple[str, ...] | None = None
    over: str | None = None
    """OTS: whose shoulder. POV: whose eyes."""
    composition: Composition | None = None
    foreground: Foreground | None = None
    headroom: float | None = None
    """Free share of the frame above the head, negative cuts into it."""
    lens_mm: float | None = None
    """Focal length engraved on the lens, for the sensor in use."""
    sensor: Sensor | None = None
    squeeze: float | None = None
    """Anamorphic squeeze; the horizontal equivalent is the focal length divided by it."""
    t_stop: float | None = None
    focus: str | None = None
    """Whom or what the focus is on: a character's name, a thing's word. None: the first subject."""
    focus_m: float | None = None
    """Focus distance along the axis. Wins over `focus`."""
    rack_to: str | None = None
    """Whom or what the focus goes to during the shot."""
    deep_focus: bool | None = None
    """True: everything in focus whatever the stop."""
    aspect: str | None = None
    """A name of `ASPECT_RATIOS`."""
    move: Move | None = None
    move_speed: float | None = None
    """1: the whole move fills the shot; 2: done at half time; 0.5: half the way by the end."""
    move_extent: float | None = None
    """How far the move goes, 1 is its usual way."""
    easing: Easing | None = None
    shake: float | None = None
    """Strength of a handheld camera's shake, 1 is a calm operator. Needs no `move`."""
    operator: bool | None = None
    """False: nobody turns the camera, or gives ground with it, for people who go somewhere; only its move goes on."""
    placement: Placement | None = None
    path: tuple[PlacementKey, ...] | None = None
    """A hand-placed camera over time; wins over `placement` and `move`."""
