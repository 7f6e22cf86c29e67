"""The overhead lighting plot of a scene as data: what a gaffer reads before the truck is unloaded.

Plan view, metres, in the stage's world frame: x to the right of the sheet, y up it. Heights are above the stage floor.
Levels are in stops against the key, as an incident meter reads them at the subject's eyes with its dome turned to each
lamp in turn: direct light alone.
"""

from __future__ import annotations

from enum import StrEnum

from maquette.film.base import Noun
from maquette.film.stage import LampRole

Point = tuple[float, float]
Polygon = tuple[Point, ...]


class SourceKind(StrEnum):
    """Which symbol a lamp is drawn with."""

    FRESNEL = "fresnel"
    SOFT = "soft panel"
    BOUNCE = "bounce"
    PRACTICAL = "practical"
    WINDOW = "window"
    SUN = "sun"
    MOON = "moon"
    SKY = "sky"


class Quality(StrEnum):
    """How sharp a lamp's shadows are: the width of the source over its distance."""

    HARD = "hard"
    MEDIUM = "medium"
    SOFT = "soft"


CREW = frozenset({LampRole.KEY, LampRole.FILL, LampRole.BACK, LampRole.BACKGROUND, LampRole.EYE})
"""Lamps that the crew brings; the others belong to the place."""
_ANYWHERE = CREW | {LampRole.SUN, LampRole.MOON}
SET_UP_MARGIN_M = 0.8
"""Around people, cameras and the crew's lamps on the plan of one set-up."""

HARD_BELOW, SOFT_FROM = 0.13, 0.43
"""Width over distance: 0.3 m and 1 m at the 2.3 m of a key by the camera."""


def quality_of(width_m: float, distance_m: float) -> Quality:
    """Hard, medium or soft by the angle of the source, both in metres; a source without distance is soft."""
    ratio = width_m / distance_m if distance_m > 0 else SOFT_FROM
    return Quality.HARD if ratio < HARD_BELOW else Quality.SOFT if ratio >= SOFT_FROM else Quality.MEDIUM


class GapKind(StrEnum):
    WINDOW = "window"
    DOOR = "door"


class PlotWall(Noun):
    """A run of wall or a building as seen in a cut at breast height."""

    name: str
    outline: Polygon
    mass: bool = False
    """A house: only its edge is known."""
    out_in: tuple[str, ...] = ()
    """Shots in which it is taken out for the camera."""


class PlotGap(Noun):
    """A window or a door: a gap in a wall, or an opening without one (a car's)."""

    name: str
    kind: GapKind
    start: Point
    end: Point
    """On the middle line of the wall."""
    depth_m: float
    """Thickness of the wall there; 0: there is none."""
    inward: Point
    """Unit vector into the room."""
    daylight: bool
    """The sky lights through it."""


class PlotThing(Noun):
    """Furniture or ground seen from above."""

    name: str
    label: str = ""
    """Printed beside it; blank: it goes without saying."""
    outlines: tuple[Polygon, ...]
    details: tuple[Polygon, ...] = ()
    """Edges within the outline that are seen from above: cushions, a sink."""
    overhead: bool = False
    """It hangs: drawn dashed."""


class PlotMark(Noun):
    """Where somebody is, and which way they look."""

    name: str
    position: Point
    yaw_deg: float
    """0 looks down the sheet (-y), counter-clockwise seen from above, as on the stage."""
    eyes_m: float
    """Height of the eyes."""
    shots: tuple[str, ...] = ()
    """Empty: in every shot."""
    other_yaws: tuple[tuple[float, tuple[str, ...]], ...] = ()
    """(yaw in degrees, the shots in which they look that way from the same place)."""
    to: Point | None = None
    """Where they are at the end of the shot, if they walk."""


class CameraPlace(Noun):
    """A camera at one instant."""

    position: Point
    height_m: float
    look_at: Point
    half_angle_deg: float
    """Half the horizontal angle of view, squeeze included."""
    lens_mm: float


class PlotCamera(Noun):
    """A set-up, used by one shot or several."""

    shots: tuple[str, ...]
    start: CameraPlace
    end: CameraPlace | None = None
    """Where a move leads."""
    squeeze: float = 1.0
    sensor_width_mm: float = 24.89


class PlotLamp(Noun):
    """A lamp in one place. One that is moved between shots has an entry for each place."""

    channel: str
    """1, 2 ...; its later places are 1b, 1c ..."""
    name: str
    role: LampRole
    kind: SourceKind
    position: Point | None
    """None: everywhere, as the sky."""
    height_m: float | None = None
    direction: Point | None = None
    """Unit vector of its beam in plan; None: it shines all around or straight down."""
    aim: Point | None = None
    """Where its aim line ends."""
    aimed_at: str = ""
    """Who or what that is."""
    distance_m: float | None = None
    """To the subject's eyes, through the air; None: as far as the sun."""
    size_m: tuple[float, float] = (0.0, 0.0)
    """Width and height of the source."""
    quality: Quality = Quality.SOFT
    kelvin: int | None = None
    """Correlated colour temperature; None: a colour that has none."""
    color: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Linear Rec. 709, largest 1."""
    level_stops: float | None = None
    """Against the key, at the subject; None: none of it gets there."""
    shots: tuple[str, ...] = ()
    """Shots that it burns in. Empty: in all of them."""
    notes: tuple[str, ...] = ()
    """Gels, flags, what hides it, which frame it stands in."""

    @property
    def later(self) -> bool:
        """A later place of a lamp that has another before."""
        return not self.channel.isdigit()


class PlotFlag(Noun):
    """What keeps light off, as it stands in plan."""

    name: str
    start: Point
    end: Point
    low_m: float
    high_m: float
    """Its lower and upper edge."""
    outline: Polygon = ()
    """Seen from above, where it lies flat; empty: it stands upright and is a line."""
    shots: tuple[str, ...] = ()
    """Empty: in every shot."""


class PlotSun(Noun):
    """Where the sun or the moon stands."""

    moon: bool
    azimuth_deg: float
    """Compass bearing, clockwise from north."""
    bearing: Point
    """Unit vector towards it in plan."""
    elevation_deg: float


class ShotChange(Noun):
    """What is changed for one shot against the scene's plan."""

    shots: tuple[str, ...]
    text: str


class LightingPlot(Noun):
    """One scene's plot. Lamps and flags are those of all shots: `set_ups` and `set_up` take them apart."""

    title: str
    """The production."""
    scene: str = ""
    """Scene number."""
    heading: str = ""
    draft: str = ""
    shots: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """What is asked of the light, by name: ("time", "night"), ("pattern", "rembrandt") ..."""
    interior: bool = True
    ceiling_m: float | None = None
    low: Point
    high: Point
    """What the drawing must hold: lower left and upper right corner."""
    outline: Polygon = ()
    """The floor."""
    walls: tuple[PlotWall, ...] = ()
    gaps: tuple[PlotGap, ...] = ()
    ground: tuple[PlotThing, ...] = ()
    """Kerbs, roads: drawn under everything."""
    things: tuple[PlotThing, ...] = ()
    marks: tuple[PlotMark, ...] = ()
    cameras: tuple[PlotCamera, ...] = ()
    lamps: tuple[PlotLamp, ...] = ()
    flags: tuple[PlotFlag, ...] = ()
    sun: PlotSun | None = None
    north: Point = (0.0, 1.0)
    """Unit vector to the north."""
    subject: str = ""
    """At whose eyes levels and distances are read, in the first shot; blank: in the middle of the floor."""
    reference: str = ""
    """Channel of the lamp that the levels are counted against."""
    changes: tuple[ShotChange, ...] = ()
    notes: tuple[str, ...] = ()


def set_ups(plot: LightingPlot) -> tuple[tuple[str, ...], ...]:
    """The shots that are lit alike, lamps and flags in the same places, in the order they come."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for shot in plot.shots:
        lit = [lamp.channel for lamp in plot.lamps if _in(lamp.shots, (shot,))]
        lit += [f"{flag.name} {flag.start} {flag.end}" for flag in plot.flags if _in(flag.shots, (shot,))]
        alike.setdefault(tuple(lit), []).append(shot)
    return tuple(tuple(shots) for shots in alike.values())


def lit_for(plot: LightingPlot, shots: tuple[str, ...]) -> LightingPlot:
    """The plot with everybody and every camera, but with the lamps and flags of some of its shots alone."""
    return plot.model_copy(update={
        "lamps": tuple(lamp for lamp in plot.lamps if _in(lamp.shots, shots)),
        "flags": tuple(f.model_copy(update={"shots": ()}) for f in plot.flags if _in(f.shots, shots)),
    })  # fmt: skip


def set_up(plot: LightingPlot, shots: tuple[str, ...]) -> LightingPlot:
    """The plot of some of its shots: their lamps, flags, people and cameras alone, and the part of the set around them.

    Levels and distances stay those of the first shot that each lamp burns in.
    """
    lit = lit_for(plot, shots)
    marks = tuple(_facing(mark, shots) for mark in plot.marks if _in(mark.shots, shots))
    cameras = tuple(camera for camera in plot.cameras if _in(camera.shots, shots))
    walls = tuple(w if set(w.out_in) & set(shots) else w.model_copy(update={"out_in": ()}) for w in plot.walls)
    points = [p for mark in marks for p in (mark.position, mark.to) if p is not None]
    points += [place.position for c in cameras for place in (c.start, c.end) if place is not None]
    points += [x.position for x in lit.lamps if x.role in CREW and x.position is not None]
    low, high = _around(points, plot)
    # Of the place's own lamps those that are near; the sun's direction counts wherever it is.
    lamps = tuple(x for x in lit.lamps if x.role in _ANYWHERE or _holds(low, high, x.position))
    return lit.model_copy(update={
        "shots": shots, "lamps": lamps, "marks": marks, "cameras": cameras, "walls": walls, "low": low, "high": high,
        "changes": tuple(c for c in plot.changes if _in(c.shots, shots)),
    })  # fmt: skip


def _in(mine: tuple[str, ...], shots: tuple[str, ...]) -> bool:
    return not mine or bool(set(mine) & set(shots))


def _facing(mark: PlotMark, shots: tuple[str, ...]) -> PlotMark:
    """The mark with the way they look in these shots first."""
    here = tuple(yaw for yaw in mark.other_yaws if _in(yaw[1], shots))
    elsewhere = {shot for _, theirs in mark.other_yaws for shot in theirs}
    if here and set(shots) <= elsewhere:
        return mark.model_copy(update={"yaw_deg": here[0][0], "other_yaws": here[1:]})
    return mark.model_copy(update={"other_yaws": here})


def _holds(low: Point, high: Point, position: Point | None) -> bool:
    return position is None or (low[0] <= position[0] <= high[0] and low[1] <= position[1] <= high[1])


def _around(points: list[Point], plot: LightingPlot) -> tuple[Point, Point]:
    """A box around points, within the plot's own."""
    spans: list[tuple[float, float]] = []
    for axis in (0, 1):
        least, most = plot.low[axis], plot.high[axis]
        inside = [p[axis] for p in points if least <= p[axis] <= most] or [least, most]
        spans.append((max(min(inside) - SET_UP_MARGIN_M, least), min(max(inside) + SET_UP_MARGIN_M, most)))
    return (spans[0][0], spans[1][0]), (spans[0][1], spans[1][1])
