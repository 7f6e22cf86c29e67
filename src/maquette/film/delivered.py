"""What a picture delivered beside what was asked."""

from __future__ import annotations

from enum import StrEnum

from maquette.film.base import Noun
from maquette.film.shot import ShotSize, Side
from maquette.film.stage import SUPER_35_WIDTH_MM


class Quantity(StrEnum):
    """What is measured in a picture."""

    SIZE = "size"
    ANGLE = "angle"
    LENS = "lens"
    HORIZON = "horizon"
    KEY_SIDE = "key side"
    RATIO = "key:fill"
    TEMPERATURE = "temperature"
    EXPOSURE = "exposure"
    PALETTE = "palette"


TOLERANCE: dict[Quantity, float] = {
    Quantity.ANGLE: 3.0,
    Quantity.LENS: 0.02,
    Quantity.HORIZON: 1.0,
    Quantity.RATIO: 0.5,
    Quantity.TEMPERATURE: 300.0,
    Quantity.EXPOSURE: 0.5,
}
"""How far off is still as asked: degrees, share of the focal length, degrees, stops, K, stops. Size and key side are
exact."""


class Asked(Noun):
    """What a picture was asked to be, in the quantities that can be measured in it. None: it follows."""

    subject: str | None = None
    """Whose figure, face and light are measured; None: the picture has nobody."""
    height_m: float | None = None
    """Standing height of the subject."""
    size: ShotSize | None = None
    pitch_deg: float | None = None
    lens_mm: float | None = None
    sensor_width_mm: float = SUPER_35_WIDTH_MM
    squeeze: float = 1.0
    roll_deg: float | None = None
    key_side: Side | None = None
    """Side of this frame."""
    key_azimuth_deg: float | None = None
    """Of the key on the subject's head, signed as in `face`: which planes of the face the ratio compares."""
    key_fill_ratio: float | None = None
    key_kelvin: float | None = None
    exposure_stops: float | None = None
    """On top of normal exposure."""
    normal_level: float = 0.8
    """What a white card in the subject's key light is exposed to, normally."""


class Reading(Noun):
    """One quantity of one picture."""

    quantity: Quantity
    asked: str = ""
    """As a director reads it; empty: nobody asked, it followed."""
    delivered: str
    """Empty: it cannot be seen in this picture; `note` says why."""
    asked_value: float | None = None
    delivered_value: float | None = None
    """In the quantity's unit: degrees, mm, ratio, K, stops."""
    miss: str = ""
    """The difference in words: "0.3 stops less", "one size wider"; empty where it is as asked or nothing was asked."""
    within: bool | None = None
    """Whether the miss is within the quantity's tolerance; None: nothing was asked or nothing seen."""
    note: str = ""


class Delivered(Noun):
    """All readings of one picture."""

    readings: tuple[Reading, ...] = ()

    def reading(self, quantity: Quantity) -> Reading | None:
        """The reading of a quantity, if it was taken."""
        return next((r for r in self.readings if r.quantity is quantity), None)
