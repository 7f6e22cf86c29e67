"""The stage: a small 3D scene in SI units, as a function of time.

World frame: metres, Z up, right-handed. A person with yaw 0 faces -Y (Anny's rest pose); yaw is in degrees,
counter-clockwise seen from above, so the facing vector is (sin yaw, -cos yaw, 0).
Colours are linear Rec. 709. Radiance is in W/(m2 sr) up to one common scale (exposure is the camera's business).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import cos, radians, sin
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]
U8 = NDArray[np.uint8]


def facing_vector(yaw_deg: float) -> tuple[float, float, float]:
    """Unit vector a person with this yaw looks along."""
    return (sin(radians(yaw_deg)), -cos(radians(yaw_deg)), 0.0)


def yaw_towards(origin: tuple[float, float], target: tuple[float, float]) -> float:
    """Yaw in degrees of a person at `origin` (x, y) who faces `target` (x, y)."""
    dx, dy = target[0] - origin[0], target[1] - origin[1]
    return float(np.degrees(np.arctan2(dx, -dy)))


class BodyKind(StrEnum):
    CAST = "cast"
    PROP = "prop"
    SET = "set"


@dataclass(frozen=True, eq=False)
class Texture:
    """A picture that multiplies a body's vertex colours."""

    key: str
    """Names the content: equal keys mean equal pixels."""
    pixels: U8
    """(H, W, 3) sRGB-encoded; row 0 is the top (v = 1)."""


@dataclass(frozen=True, eq=False)
class Body:
    """One named thing on the stage as a triangle mesh."""

    name: str
    """Unique on the stage: "cast/MARA", "prop/cup", "set/floor"."""
    kind: BodyKind
    vertices: F32
    """(V, 3) metres, world."""
    faces: U32
    """(F, 3), counter-clockwise seen from outside."""
    base_color: F32
    """(V, 3) linear Rec. 709."""
    roughness: F32
    """(V,) 0.05..1"""
    normals: F32 | None = None
    """(V, 3) unit shading normals; None: flat facets (the renderer splits vertices)."""
    metallic: F32 | None = None
    """(V,) 0..1; None: 0."""
    emission: F32 | None = None
    """(V, 3) radiance that the camera sees but that lights nothing (screens, neon, lit windows); None: none."""
    parts: NDArray[np.uint16] | None = None
    """(V,) index into `part_names`: skin, hair, shirt ... Lines are drawn where it changes. None: all 0."""
    part_names: tuple[str, ...] = ("",)
    uv: F32 | None = None
    """(V, 2) in 0..1 on `texture`."""
    texture: Texture | None = None
    rest: F32 | None = None
    """(V, 3) rest-pose coordinates in metres, so that textures stick; None: `vertices` never deform."""
    seen: bool = True
    """False: it holds light in and casts shadows, but the camera looks through it: a wild wall."""


class LampRole(StrEnum):
    KEY = "key"
    FILL = "fill"
    BACK = "back"
    PRACTICAL = "practical"
    WINDOW = "window"
    SUN = "sun"
    MOON = "moon"
    AMBIENT = "ambient"
    BACKGROUND = "background"
    EYE = "eye"


@dataclass(frozen=True, eq=False)
class Lamp:
    """An area light. The renderer has a bank of them; moving one never compiles a kernel."""

    name: str
    role: LampRole
    vertices: F32
    """(V, 3) metres; small meshes only."""
    faces: U32
    """(F, 3); light leaves on the counter-clockwise side."""
    radiance: tuple[float, float, float]
    """Linear Rec. 709, W/(m2 sr)."""
    visible: bool = True
    """False: lights, but the camera does not see its shape (film lamps out of the picture)."""
    beam: float = 0.0
    """For lamps that the camera does not see: radiance off the axis falls as the cosine to this power. 0 is a bare soft
    box, 4 one with a grid, 30 a fresnel, 300 a torch."""


@dataclass(frozen=True, eq=False)
class Sky:
    """Light from all around, as a latitude-longitude map."""

    radiance: F32
    """(H, W, 3) with H = W / 2; row 0 is the zenith; column 0 looks along +Y, increasing columns turn clockwise
    seen from above (towards +X)."""


@dataclass(frozen=True)
class Haze:
    """Homogeneous haze or fog between the camera and what it sees."""

    extinction_per_m: float = 0.0
    color: tuple[float, float, float] = (0.5, 0.55, 0.6)
    """Radiance of the air itself."""


SUPER_35_WIDTH_MM = 24.89
"""Width of a Super 35 frame, which a shot's `lens_mm` is stated for."""


@dataclass(frozen=True)
class PlacedCamera:
    """A camera that stands somewhere, with real optics."""

    position: tuple[float, float, float]
    look_at: tuple[float, float, float]
    roll_deg: float = 0.0
    lens_mm: float = 35.0
    sensor_width_mm: float = SUPER_35_WIDTH_MM
    aspect: float = 16 / 9
    """Width over height of the picture."""
    t_stop: float | None = None
    """None: everything in focus."""
    focus_m: float = 3.0
    exposure_stops: float = 0.0
    """On top of the metered exposure, or the whole of it where nothing is metered."""
    metered_level: float | None = None
    """The exposure is set so that a white card in the subject's light has this radiance. None: not metered."""
    white_balance_k: float = 6500.0
    """Colour temperature of the light that is rendered as white."""
    squeeze: float = 1.0
    """Anamorphic squeeze: the view is this much wider than the focal length's, the blur that much narrower."""


@dataclass(frozen=True)
class LightBalance:
    """What the lamps of a planned light are dimmed to, with the first head's meter readings."""

    key_azimuth_deg: float
    """Of the key on the first head, signed as in `face`: which planes are lit and which are left to the fill."""
    ratio: float
    """Lit planes to shadow planes."""
    background_stops: float | None
    """Light on what the camera sees behind the cast, against the lit planes. None: as it comes."""
    key_level: float
    """Radiance of a white card in the key that the set's own light is made for."""
    key_rgb: tuple[float, float, float] | None
    """Colour of all light on the lit planes together, linear Rec. 709. None: as it comes."""
    level: float
    """What a white card in the lit planes' light is exposed to."""
    wideness: float = 0.0
    """0 where the face fills the frame .. 1 where it is a speck: the wider, the more the place keeps its own light."""
    expose_background: bool = False
    """The exposure is set for the background instead: a silhouette."""


@dataclass(frozen=True, eq=False)
class Moment:
    """The stage at one instant: everything the renderer needs."""

    bodies: tuple[Body, ...]
    lamps: tuple[Lamp, ...]
    sky: Sky | None
    camera: PlacedCamera
    haze: Haze = field(default_factory=Haze)
    heads: tuple[Head, ...] = ()
    """Everybody whose face is there, the shot's first subject first."""
    balance: LightBalance | None = None
    """None: the lamps are as they should be."""
    notes: tuple[str, ...] = ()
    """What a person should know: "no set for ABATTOIR: neutral stage", "wall removed for the camera" ..."""


class Stage(Protocol):
    """A stage is a function of time; a panel is one moment of it."""

    def at(self, t_s: Fraction) -> Moment:
        """The stage `t_s` seconds into the shot."""
        ...


# --- sets -----------------------------------------------------------------------------------------------------


class SetKind(StrEnum):
    LIVING_ROOM = "living room"
    BEDROOM = "bedroom"
    KITCHEN = "kitchen"
    OFFICE = "office"
    BAR = "bar"
    DINER = "diner"
    CORRIDOR = "corridor"
    STAIRWELL = "stairwell"
    CAR = "car interior"
    STREET = "street"
    FOREST = "forest"
    FIELD = "field"
    ROAD = "road"
    ROOFTOP = "rooftop"
    SHORE = "shore"
    NEUTRAL = "neutral stage"


class SpotUse(StrEnum):
    STAND = "stand"
    SIT = "sit"
    LIE = "lie"
    LEAN = "lean"
    DRIVE = "drive"
    WALK = "walk"


@dataclass(frozen=True)
class Spot:
    """A place on the set where someone can be."""

    name: str
    """"sofa left", "door", "bar stool 2" ..."""
    feature: str
    """The set feature it belongs to: "sofa", "door", "window", "table", "counter", "bed", "open floor" ..."""
    use: SpotUse
    position: tuple[float, float, float]
    """The floor point under the person (stand, walk, lean), or under the seat's middle (sit, drive), metres; for LIE
    the floor point under the middle of the body."""
    yaw_deg: float
    """Natural facing here. For LIE: the direction from head to feet."""
    seat_height_m: float = 0.0
    """Height of the seat, mattress or leaning edge above `position`."""
    group: str = ""
    """Spots that face each other share a group: two at a table, sofa and armchair."""


@dataclass(frozen=True)
class Feature:
    """A named thing of the set that action lines and inserts can refer to."""

    word: str
    """"window", "door", "table", "clock" ..."""
    position: tuple[float, float, float]
    """Middle of the thing, metres."""
    size: tuple[float, float, float]
    """Extent along x, y, z, metres."""
    surface_height_m: float | None = None
    """Where props can be put down, if they can: world z of the surface around `position`."""


@dataclass(frozen=True)
class Opening:
    """A window or open door through which daylight comes: a rectangle."""

    name: str
    center: tuple[float, float, float]
    normal: tuple[float, float, float]
    """Unit, into the room."""
    width_m: float
    height_m: float


@dataclass(frozen=True, eq=False)
class SetPlan:
    """A built set: what stands there and how it can be used."""

    kind: SetKind
    bodies: tuple[Body, ...]
    """Bodies named "wall/..." (or "set/ceiling", and what hangs on a wall: "wall/north/picture") are wild: the camera
    looks through those between it and the subject."""
    practicals: tuple[Lamp, ...]
    """Lamps that belong to the place, with their radiance when switched on."""
    openings: tuple[Opening, ...]
    spots: tuple[Spot, ...]
    features: tuple[Feature, ...]
    floor: tuple[tuple[float, float], ...]
    """Walkable outline as (x, y) corners, counter-clockwise, metres: cast and camera stay inside where they can."""
    ceiling_m: float | None
    """Height of the ceiling; None outside."""
    interior: bool
    note: str = ""
    """Said to the user: e.g. which heading was not known and got the neutral stage."""
