"""Everything that affects a picture, in one value. Its digest is cache key, provenance record and golden name."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field

from maquette.film.base import Noun
from maquette.film.camera import CameraControls
from maquette.film.cast import Identity, Performance
from maquette.film.controls import Track
from maquette.film.grade import Grade
from maquette.film.lighting import Lighting
from maquette.film.look import AppliedLook
from maquette.film.screenplay import Heading
from maquette.film.shot import Shot, Side
from maquette.film.style import PanelStyle


class PropNeed(Noun):
    """A prop that the action names."""

    word: str
    """As the script calls it ("chipped mug")."""
    kind: str
    """One of the prop makers' names ("cup")."""
    holder: str | None = None
    """Character who has it in hand at the moment, else it stands on the set."""
    at: str | None = None
    """Set feature it lies on ("table", "floor"), if the action says so."""
    near: str | None = None
    """Character to whom it belongs while nobody holds it: it lies within their reach."""


class Dressing(Noun):
    """The place of a scene and the things in it."""

    heading: Heading
    set_kind: str
    """A `SetKind` value; "neutral stage" where the heading is not known."""
    set_seed: int
    """From the location's name and the production's seed: the same place is the same set in every scene."""
    props: tuple[PropNeed, ...] = ()
    weather: str = "clear"
    """clear, overcast, rain, snow, fog"""


class FrameSettings(Noun):
    """The picture's size and how carefully its light is traced."""

    width: int = 640
    """Pixels."""
    height: int = 360
    """Pixels."""
    samples_per_pixel: int = 4
    """Light paths for each pixel, before denoising."""
    path_depth: int = 4
    """Most segments of a light path from the camera: 2 is direct light alone."""
    style: PanelStyle = PanelStyle.PHOTO


class Versions(Noun):
    """What made the picture: a new version of any of these is a new picture."""

    maquette: str
    stage: int
    render: int
    develop: int
    """Exposure and white balance."""
    generate: int
    look: int = 0
    """Colours and finish."""
    renderer_variant: str
    """llvm_ad_rgb, scalar_rgb, cuda_ad_rgb"""


class ScreenLine(Noun):
    """The scene's screen direction, as its first shot fixes it."""

    character: str
    looks: Side
    """Side of the frame that this character looks to, in every shot of the scene."""


class Kept(Noun):
    """The picture that an edit goes on from: it stays wherever the edit has changed nothing."""

    request: str
    """Digest of the request that it was drawn from."""
    version: int
    """Of what tells the one from the other: `edit.EDIT_VERSION`."""


class TakeRequest(Noun):
    """Everything that affects the result."""

    shot: Shot
    dressing: Dressing
    scene_cast: tuple[Identity, ...]
    """Everyone present in the scene, seen in this shot or not: they share the blocking."""
    opening: tuple[Performance, ...]
    """What each of them does as the scene opens: blocking follows from it, the same for all shots of the scene."""
    line: ScreenLine | None = None
    """None: the stage chooses the side of the line."""
    performances: tuple[Performance, ...]
    """What each of them does at the shot's moment."""
    lighting: Lighting
    camera: CameraControls = Field(default_factory=CameraControls)
    """What is stated about the camera beyond what `shot` says."""
    grade: Grade = Field(default_factory=Grade)
    look: AppliedLook | None = None
    """The production's look, as this picture has it; None: as developed."""
    tracks: tuple[Track, ...] = ()
    """Controls that change over the shot."""
    frame: FrameSettings = Field(default_factory=FrameSettings)
    moment_s: Fraction = Fraction(0)
    """Seconds into the shot."""
    kept: Kept | None = None
    """None: all of the picture is drawn from this request."""
    seed: int
    versions: Versions
