"""A shot as the script or the director asks for it, in the field's words."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from maquette.film.base import Noun
from maquette.film.screenplay import Place


class ShotSize(StrEnum):
    """How much of the figure the frame shows."""

    EWS = "EWS"
    VWS = "VWS"
    WS = "WS"
    FS = "FS"
    MLS = "MLS"
    COWBOY = "COWBOY"
    MS = "MS"
    MCU = "MCU"
    CU = "CU"
    BCU = "BCU"
    ECU = "ECU"


FRAME_SHARE: dict[ShotSize, float] = {
    ShotSize.ECU: 0.057,
    ShotSize.BCU: 0.107,
    ShotSize.CU: 0.223,
    ShotSize.MCU: 0.322,
    ShotSize.MS: 0.472,
    ShotSize.COWBOY: 0.674,
    ShotSize.MLS: 0.809,
    ShotSize.FS: 0.96,
    ShotSize.WS: 1.6,
    ShotSize.VWS: 2.95,
    ShotSize.EWS: 8.2,
}
"""Height of the frame at the subject over the subject's standing height, typical for each size: what a frame is called
by. From people of all ages, standing and sitting, framed by the sizes' own rules."""

FRAME_SHARE_LYING: dict[ShotSize, float] = {
    ShotSize.ECU: 0.072,
    ShotSize.BCU: 0.13,
    ShotSize.CU: 0.22,
    ShotSize.MCU: 0.34,
    ShotSize.MS: 0.49,
    ShotSize.COWBOY: 0.70,
    ShotSize.MLS: 0.86,
    ShotSize.FS: 1.2,
    ShotSize.WS: 1.7,
    ShotSize.VWS: 3.4,
    ShotSize.EWS: 9.1,
}
"""The same for people who lie: there sizes go by heads."""


class Angle(StrEnum):
    """Camera pitch by name; reference pitches are in `ANGLE_PITCH_DEG`."""

    EYE = "eye level"
    LOW = "low angle"
    HIGH = "high angle"
    WORMS_EYE = "worm's eye"
    BIRDS_EYE = "bird's eye"
    OVERHEAD = "overhead"


ANGLE_PITCH_DEG: dict[Angle, float] = {
    Angle.EYE: 0.0,
    Angle.LOW: 30.0,
    Angle.HIGH: -15.0,
    Angle.WORMS_EYE: 45.0,
    Angle.BIRDS_EYE: -30.0,
    Angle.OVERHEAD: -90.0,
}
"""Camera pitch in degrees, positive looks up."""


class Move(StrEnum):
    """What the camera does during the shot."""

    STATIC = "static"
    PAN_LEFT = "pan left"
    PAN_RIGHT = "pan right"
    TILT_UP = "tilt up"
    TILT_DOWN = "tilt down"
    PUSH_IN = "push in"
    PULL_OUT = "pull out"
    TRUCK_LEFT = "truck left"
    TRUCK_RIGHT = "truck right"
    PEDESTAL_UP = "pedestal up"
    PEDESTAL_DOWN = "pedestal down"
    CRANE_UP = "crane up"
    CRANE_DOWN = "crane down"
    ARC_LEFT = "arc left"
    ARC_RIGHT = "arc right"
    FOLLOW = "follow"
    LEAD = "lead"
    HANDHELD = "handheld"
    ZOOM_IN = "zoom in"
    ZOOM_OUT = "zoom out"
    DOLLY_ZOOM = "dolly zoom"
    WHIP_PAN = "whip pan"
    RACK_FOCUS = "rack focus"
    ROLL_LEFT = "roll left"
    ROLL_RIGHT = "roll right"
    WHIP_PAN_LEFT = "whip pan left"
    WHIP_TILT_UP = "whip tilt up"
    WHIP_TILT_DOWN = "whip tilt down"
    JIB_UP = "jib up"
    JIB_DOWN = "jib down"
    STEADICAM = "Steadicam"
    GIMBAL = "gimbal"
    DRONE = "drone"
    CABLE = "cable"
    VEHICLE = "vehicle"
    CRASH_ZOOM = "crash zoom"
    REFRAME = "reframe"
    REVEAL = "reveal"


class Framing(StrEnum):
    """Whom the frame holds, and from where."""

    SINGLE = "single"
    TWO_SHOT = "two-shot"
    THREE_SHOT = "three-shot"
    GROUP = "group"
    OTS = "over the shoulder"
    POV = "POV"
    PROFILE = "profile"
    INSERT = "insert"
    PLACE = "place"
    """The set itself, whoever is in it."""


class ShotRole(StrEnum):
    """What the shot is for in the cut."""

    ESTABLISHING = "establishing"
    MASTER = "master"
    COVERAGE = "coverage"
    REVERSE = "reverse"
    REACTION = "reaction"
    INSERT = "insert"
    CUTAWAY = "cutaway"


class Side(StrEnum):
    """Left or right as the camera sees it."""

    LEFT = "left"
    RIGHT = "right"


class ShotStatus(StrEnum):
    """Who wants it."""

    ASKED = "asked"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    OMITTED = "omitted"


class Shot(Noun):
    """One shot. A field that the script does not state is None until the defaults of `script` fill it."""

    id: str
    """Stable: kept over drafts and renumbering."""
    number: str
    scene_id: str
    scene_number: str
    role: ShotRole
    framing: Framing
    size: ShotSize
    angle: Angle = Angle.EYE
    roll_deg: float = 0.0
    """Dutch angle; positive leans the horizon clockwise as seen."""
    lens_mm: float
    """Focal length on a Super 35 sensor (24.89 mm wide)."""
    move: Move = Move.STATIC
    subjects: tuple[str, ...] = ()
    """Character names in capitals, or for an insert the thing's word in lower case. The first is framed."""
    over: str | None = None
    """OTS: whose shoulder is in front. POV: whose eyes."""
    camera_side: Side | None = None
    """Which side of the frame the (first) subject's look goes to: fixed by the 180-degree line."""
    eyeline: str | None = None
    """Whom or what the (first) subject looks at, where the shot list knows: a character's name or a thing's word.
    `camera_side` is the side of the frame on which that is."""
    camera_height_m: float | None = None
    """Height of the lens above the floor in metres, where the script states it. None: by angle and subject."""
    azimuth_deg: float | None = None
    """Camera direction off the subject's own facing: 0 is frontal, 90 its profile. None: chosen by the stage."""
    line_ids: tuple[str, ...] = ()
    """Screenplay elements that the shot covers, in order."""
    moment_id: str | None = None
    """The element whose moment the panel shows."""
    text: str = ""
    """What is seen, in words from the script: the caption."""
    dialogue: str = ""
    """Dialogue under the shot, as "NAME: words" lines."""
    notes: str = ""
    status: ShotStatus
    reason: str = ""
    """For a proposal: why. For an asked shot: the words that asked for it."""
    source: Place | None = None
    stated: tuple[str, ...] = ()
    """Controls that the words of the script state, by their names in `CONTROLS`: "lens", "size" ..."""
    duration_s: Fraction = Fraction(3)
    """Estimated running time in seconds."""
    duration_estimated: bool = True


class ShotList(Noun):
    """All shots of a production, in script order, omitted ones included."""

    shots: tuple[Shot, ...] = ()


class ShotChangeKind(StrEnum):
    """What a new draft did to a shot."""

    CHANGED = "changed"
    """Same shot, other words or another set-up: its panel needs a look."""
    ADDED = "added"
    OMITTED = "omitted"
    """Its lines or its scene are gone; the number stays taken."""
    RESTORED = "restored"
    """A former draft had dropped it; its lines are back."""


class ShotChange(Noun):
    """One shot that a new draft affects."""

    kind: ShotChangeKind
    shot_id: str
    number: str
    scene_number: str
    reason: str
    """One plain sentence: what changed, with the old and the new words."""


class ShotListChange(Noun):
    """What a new draft did to a shot list."""

    shots: ShotList
    """The list of the new draft: kept, changed, added and omitted shots in script order."""
    changes: tuple[ShotChange, ...] = ()
    """Affected shots, in script order."""
    kept: tuple[str, ...] = ()
    """Ids of the shots that nothing has changed: their panels stay good."""
