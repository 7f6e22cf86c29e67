"""How a production looks: one style bible for every shot.

A `Look` is what a person keeps, names and talks about. Its `Recipe` is everything of it that affects a picture; only
the recipe goes into a request, so a new name or note draws nothing anew.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator

from maquette.film.base import Noun
from maquette.film.style import PanelStyle

Share = Annotated[float, Field(ge=0, le=1)]
"""0 none .. 1 all."""
Lab = tuple[float, float, float]
"""Oklab: L 0..1, a positive red against green, b positive yellow against blue."""
Hex = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
"""An sRGB colour, such as "#c8502a"."""


class Swatch(Noun):
    """One colour of a palette."""

    colour: Hex
    share: Share
    """Of the reference's area."""
    name: str = ""
    """As people call it ("rust")."""
    protected: bool = False
    """Named by a person: pictures keep this colour as it is."""


class Reference(Noun):
    """A picture that a look was made from."""

    name: str
    """The file's name."""
    media: str
    """Digest of the file in the production's media store."""
    suffix: str
    width: int
    height: int
    notes: tuple[str, ...] = ()
    """What was found or done on reading ("CMYK, converted by its profile")."""


class Suggestion(Noun):
    """A control that would bring the light nearer to the reference. Offered, never applied by itself."""

    control: str
    """Name in the control table."""
    value: str
    """As a person would state it."""
    reason: str


# --- colour -----------------------------------------------------------------------------------------------------


class Tone(Noun):
    """Contrast as a curve over lightness, and what happens at both ends."""

    points: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))
    """(Oklab lightness in, out), rising in both; a monotone cubic runs through them."""

    @field_validator("points")
    @classmethod
    def _rising(cls, value: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        inner = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(value))
        if not all(0 <= v <= 1 for point in value for v in point):
            raise ValueError("points of a tone curve lie from 0, black, to 1, white, in both directions")
        if len(value) < 2 or not inner:
            raise ValueError("a tone curve needs at least two points, each right of and not below the one before")
        return value


Slope = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Offset = Annotated[float, Field(allow_inf_nan=False)]
Power = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Balance(Noun):
    """ASC CDL: out = (in * slope + offset) ** power on sRGB codes 0..1, one value for red, green and blue each. The
    ranges are those of the ASC's specification."""

    slope: tuple[Slope, Slope, Slope] = (1.0, 1.0, 1.0)
    offset: tuple[Offset, Offset, Offset] = (0.0, 0.0, 0.0)
    power: tuple[Power, Power, Power] = (1.0, 1.0, 1.0)


class ColourFit(Noun):
    """A map of colours fitted to references, as pairs of corresponding colours: smooth in between and beyond."""

    pairs: tuple[tuple[Lab, Lab], ...]
    """(colour of the film as developed, the reference's colour for it)"""
    reach: float = 0.12
    """Oklab distance over which a pair has a say."""


class WeightedFit(Noun):
    """Mixed looks have several fits; weights add up to the mix's strength, at most 1."""

    fit: ColourFit
    weight: Share = 1.0


class Protection(Noun):
    """Colours that a fit leaves alone."""

    skin: Share = 0.6
    """How much of a fit's shift of hue and chroma is kept off skin tones."""
    colours: tuple[Hex, ...] = ()
    """Named colours that stay as they are: the red coat is the red coat."""


class Colour(Noun):
    """From the developed picture to the look's colours; the defaults change nothing."""

    tone: Tone = Field(default_factory=Tone)
    contrast: Annotated[float, Field(ge=0.25, le=4)] = 1.0
    saturation: Annotated[float, Field(ge=0, le=2)] = 1.0
    balance: Balance = Field(default_factory=Balance)
    fits: tuple[WeightedFit, ...] = ()
    protection: Protection = Field(default_factory=Protection)


# --- finish -----------------------------------------------------------------------------------------------------


class Finish(Noun):
    """What film and lens add to a picture; the defaults add nothing. Sizes are in pixels of a picture 640 wide."""

    grain: Share = 0.0
    grain_size_px: Annotated[float, Field(ge=0.3, le=8)] = 1.0
    halation: Share = 0.0
    """Red glow round what is brightest, as light scattered back from the film's base."""
    halation_px: Annotated[float, Field(ge=1, le=60)] = 9.0
    vignette: Share = 0.0
    softness_px: Annotated[float, Field(ge=0, le=8)] = 0.0
    """Lens softness in the middle."""
    edge_softness_px: Annotated[float, Field(ge=0, le=12)] = 0.0
    """More of it towards the corners."""
    fringe_px: Annotated[float, Field(ge=0, le=6)] = 0.0
    """Lateral chromatic aberration: red and blue apart in the corners by so much."""


class Hand(Noun):
    """How a drawn style is drawn. Lengths and widths are in pixels of a picture 640 wide."""

    line_scale: Annotated[float, Field(ge=0, le=4)] = 1.0
    """Line widths are multiplied by this; 0: no lines."""
    line_colour: Hex | None = None
    """None: the medium's own."""
    paper_colour: Hex | None = None
    """None: the medium's own."""
    wash: Share = 0.7
    """How much tone or pigment is laid down beside the lines."""
    stroke_scale: Annotated[float, Field(ge=0.25, le=4)] = 1.0
    """Width and length of brush strokes, hatching and marks."""
    texture: Share = 0.6
    """Paper's tooth, canvas, bristle marks, granulation."""
    looseness: Share = 0.35
    """How far lines wobble and strokes stray over edges."""
    boil: Share = 0.0
    """How much lines and strokes are drawn anew, drawing by drawing; 0: they stick to what they depict."""
    boil_hold: Annotated[int, Field(ge=1, le=12)] = 2
    """Frames that a drawing is held while it boils: on twos."""
    steadiness: Share = 0.9
    """House model in takes: share of the frame before that is carried along by exact motion; less is livelier."""
    seed: Annotated[int, Field(ge=0, le=999_999)] = 0
    """Another one places strokes, bristles, grain and the edges of washes otherwise, and changes nothing else."""


# --- house model ------------------------------------------------------------------------------------------------


WEIGHTS_SUFFIX = ".safetensors"


class KeyPainting(Noun):
    """A frame that an artist painted over."""

    shot_id: str
    shot_number: str
    moment_s: Fraction = Fraction(0)
    request: str
    """Digest of the `TakeRequest` whose picture was painted over."""
    body: str
    """That request as JSON, so that the passes can be made again."""
    painting: str
    """Digest of the painting as PNG in the media store, at the size of the frame and laid over it; its alpha says where
    the artist painted."""
    source_name: str
    """File that it came from."""
    artist: str = ""
    shift_px: tuple[float, float] = (0.0, 0.0)
    """How far the painting lay beside the frame, x to the right and y down; it was moved back by that."""
    agreement: float = 1.0
    """How well its edges lie on the frame's, 0..1."""
    notes: tuple[str, ...] = ()


class HouseModel(Noun):
    """A network trained from nothing but this production's own paintings."""

    weights: str
    """SHA-256 of the safetensors file in the media store, suffix `WEIGHTS_SUFFIX`."""
    keys: tuple[str, ...]
    """Digests of the paintings it was trained on."""
    dataset: str
    """SHA-256 over paintings and requests, also in the weights' header."""
    steps: int
    seed: int
    version: int
    """Of the network and what it is fed; weights of another version are trained anew."""


# --- the look ---------------------------------------------------------------------------------------------------


class Recipe(Noun):
    """Everything of a look that affects a picture."""

    colour: Colour = Field(default_factory=Colour)
    finish: Finish = Field(default_factory=Finish)
    style: PanelStyle = PanelStyle.PHOTO
    """What it is drawn with where no command says otherwise."""
    hand: Hand = Field(default_factory=Hand)
    palette: tuple[Hex, ...] = ()
    """Pigments of drawn styles, most used first; empty: the picture's own colours."""
    house: HouseModel | None = None


class Look(Noun):
    """One entry of the style bible. Every change is a new version of its document."""

    name: str
    recipe: Recipe = Field(default_factory=Recipe)
    notes: str = ""
    references: tuple[Reference, ...] = ()
    palette: tuple[Swatch, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    keys: tuple[KeyPainting, ...] = ()
    """Paintings handed in for the house model, trained on or not."""
    parents: tuple[tuple[str, float], ...] = ()
    """(name, share) of the looks that it was mixed from."""


class ElementUse(Noun):
    """Another look, or another intensity, for one element of the picture."""

    element: str
    """Beginning of an object's name: "cast/MARA", "set", "prop/cup"; "background": everything but the cast."""
    look: str | None = None
    """None: the same look; "": none, as developed."""
    intensity: Share = 1.0


class LookUse(Noun):
    """Where a look holds: stated for the production, a scene or a shot."""

    look: str | None
    """Name; "" switches the look of the wider scope off; None: that one, and `elements` beside its own."""
    intensity: Share = 1.0
    elements: tuple[ElementUse, ...] = ()


class LookUses(Noun):
    """All places where something is stated about looks."""

    at: dict[str, LookUse] = Field(default_factory=lambda: dict[str, LookUse]())
    """By scope and id: "production:", "scene:ID", "shot:ID"."""


class RemovedLooks(Noun):
    """Names that are no longer in the style bible; their versions are kept."""

    names: tuple[str, ...] = ()


class AppliedElement(Noun):
    element: str
    recipe: Recipe | None = None
    """None: the whole picture's."""
    intensity: Share = 1.0


class AppliedLook(Noun):
    """A look as one picture has it: part of the request."""

    recipe: Recipe
    intensity: Share = 1.0
    elements: tuple[AppliedElement, ...] = ()
    """Later ones win where they overlap."""
