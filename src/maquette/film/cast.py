"""Who a character is to the eye, and what they are doing at one moment."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from maquette.film.base import Noun

Rgb = tuple[float, float, float]
"""Linear Rec. 709, 0..1."""


class HairStyle(StrEnum):
    BALD = "bald"
    BUZZ = "buzz cut"
    SHORT = "short"
    SIDE_PART = "side part"
    CURLY = "curly"
    AFRO = "afro"
    BOB = "bob"
    LONG = "long"
    PONYTAIL = "ponytail"
    BUN = "bun"
    RECEDING = "receding"


class Beard(StrEnum):
    NONE = "none"
    STUBBLE = "stubble"
    MOUSTACHE = "moustache"
    FULL = "full"


class GarmentKind(StrEnum):
    TSHIRT = "t-shirt"
    SHIRT = "shirt"
    BLOUSE = "blouse"
    SWEATER = "sweater"
    JACKET = "jacket"
    SUIT_JACKET = "suit jacket"
    COAT = "coat"
    DRESS = "dress"
    SKIRT = "skirt"
    TROUSERS = "trousers"
    JEANS = "jeans"
    SHORTS = "shorts"
    SHOES = "shoes"
    BOOTS = "boots"
    APRON = "apron"
    TIE = "tie"
    SCARF = "scarf"
    HAT = "hat"
    CAP = "cap"
    GLASSES = "glasses"
    UNIFORM = "uniform"


class Pattern(StrEnum):
    PLAIN = "plain"
    STRIPES = "stripes"
    PLAID = "plaid"
    DOTS = "dots"
    KNIT = "knit"


class Garment(Noun):
    kind: GarmentKind
    color: Rgb
    accent: Rgb | None = None
    """Second colour of the pattern, buttons or trim."""
    pattern: Pattern = Pattern.PLAIN


class Identity(Noun):
    """One fixed look: the same in every shot. Phenotype ranges are Anny's, 0..1."""

    name: str
    female: float
    """0 male .. 1 female."""
    age_years: float
    """2 .. 90."""
    muscle: float = 0.5
    weight: float = 0.5
    height_m: float = 1.72
    """Standing height without shoes."""
    proportions: float = 0.6
    ethnicity: tuple[float, float, float] = (0.34, 0.33, 0.33)
    """Weights of Anny's african, asian and caucasian features; sum 1."""
    face: dict[str, float] = Field(default_factory=dict)
    """Anny's local face changes by label, -1..1."""
    skin: Rgb
    hair_style: HairStyle
    hair: Rgb
    beard: Beard = Beard.NONE
    brow: Rgb
    iris: Rgb
    lips: Rgb
    wardrobe: tuple[Garment, ...]
    seed: int = 0
    sources: dict[str, str] = Field(default_factory=dict)
    """For each field: the words of the script that decided it, or "seed"."""


class Posture(StrEnum):
    STAND = "standing"
    SIT = "sitting"
    WALK = "walking"
    RUN = "running"
    LIE = "lying"
    LEAN = "leaning"
    KNEEL = "kneeling"
    CROUCH = "crouching"
    DRIVE = "driving"


class Gesture(StrEnum):
    """What the arms do on top of the posture."""

    REST = "at rest"
    TALK = "talking hands"
    REACH = "reaching"
    HOLD = "holding"
    POINT = "pointing"
    ARMS_CROSSED = "arms crossed"
    HANDS_ON_HIPS = "hands on hips"
    HAND_TO_FACE = "hand to face"
    PHONE = "phone at ear"
    WAVE = "waving"
    TYPE = "typing"
    EMBRACE = "embracing"
    HANDS_UP = "hands up"
    TO_MOUTH = "to the mouth"
    """Drinking, smoking, biting into something."""
    READ = "reading"
    """What is held is up before the eyes."""
    RAISE = "raising"
    """What is held is lifted to eye height: a toast, a lantern."""


class Nearness(StrEnum):
    """How somebody stands to another person."""

    WITH = "with"
    BESIDE = "beside"
    """Shoulder to shoulder, looking the same way: walking together."""
    BEHIND = "behind"
    BEFORE = "in front of"
    EMBRACING = "embracing"


class Emotion(StrEnum):
    NEUTRAL = "neutral"
    JOY = "joy"
    AMUSEMENT = "amusement"
    TENDERNESS = "tenderness"
    SADNESS = "sadness"
    GRIEF = "grief"
    FEAR = "fear"
    TERROR = "terror"
    ANGER = "anger"
    CONTEMPT = "contempt"
    DISGUST = "disgust"
    SURPRISE = "surprise"
    AWE = "awe"
    SHAME = "shame"
    PAIN = "pain"
    SUSPICION = "suspicion"
    DETERMINATION = "determination"
    EXHAUSTION = "exhaustion"


class Performance(Noun):
    """What one character does at one moment."""

    character: str
    posture: Posture = Posture.STAND
    gesture: Gesture = Gesture.REST
    emotion: Emotion = Emotion.NEUTRAL
    intensity: float = 0.6
    """0..1"""
    speaking: bool = False
    gaze: str | None = None
    """A character's name, a prop or set feature by its word, "down", "up", "away", or None: ahead."""
    holding: str | None = None
    """Word of the prop in hand."""
    at: str | None = None
    """Set feature they are at ("window", "table", "door", "bed", "wheel"), from the action."""
    eyes_closed: bool = False
    near: str | None = None
    """Another character whose place decides theirs ("stands behind him"), from the action."""
    nearness: Nearness = Nearness.WITH
    present: bool = True
    """False: not there at this moment, before they come in or after they went out."""
    why: str = ""
    """The words that led here."""
