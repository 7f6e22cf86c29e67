"""What a shot asks of its camera: the shot and the controls beside it, read together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maquette.film.camera import SENSOR_WIDTH_MM, CameraControls, Sensor
from maquette.film.shot import ANGLE_PITCH_DEG, Angle, Shot
from maquette.film.stage import SUPER_35_WIDTH_MM, SetPlan
from maquette.stage.framing import PRIMES_MM, Figure
from maquette.stage.setup import Thing

SHORTEST_MM = 14.0
"""On Super 35: what is shorter than this is a fisheye's business and is taken only if it is asked for."""
PLUMB_DEG = -88.0
"""Below this pitch the camera looks straight down: it has no direction to stand in any more."""
NO_CONTROLS = CameraControls()
"""Nothing stated beyond the shot itself."""
_SMALL_GATE_PRIMES_MM = (8.0, 9.5)
"""Lenses made for Super 16."""


@dataclass(frozen=True, eq=False)
class Ask:
    """One shot's camera as it is asked for, with everything that it is set up by."""

    shot: Shot
    controls: CameraControls
    figures: Mapping[str, Figure]
    things: Sequence[Thing]
    plan: SetPlan
    aspect: float
    keyed: frozenset[str] = frozenset()
    """Names of the controls that change over the shot."""

    @property
    def sensor_mm(self) -> float:
        """Width of the recording area."""
        return SENSOR_WIDTH_MM[self.controls.sensor or Sensor.SUPER_35]

    @property
    def squeeze(self) -> float:
        return self.controls.squeeze or 1.0

    @property
    def gate_mm(self) -> float:
        """Width of the view's trace on a spherical lens's sensor: an anamorphic lens sees `squeeze` times as wide."""
        return self.sensor_mm * self.squeeze

    @property
    def tightness(self) -> float:
        return self.controls.tightness or 1.0

    @property
    def pitch_deg(self) -> float | None:
        """The pitch that is law. None: eye level, or a stated height decides."""
        if self.shot.camera_height_m is not None:
            return None
        if self.controls.pitch_deg is not None:
            return self.controls.pitch_deg
        return None if self.shot.angle is Angle.EYE else ANGLE_PITCH_DEG[self.shot.angle]

    @property
    def looks_down(self) -> bool:
        """Straight down, as a top shot does."""
        if self.controls.pitch_deg is not None and self.shot.camera_height_m is None:
            return self.controls.pitch_deg <= PLUMB_DEG
        return self.shot.angle is Angle.OVERHEAD

    @property
    def height_is_law(self) -> bool:
        """The camera may be carried around its subject, but neither lifted nor lowered. Eye level follows from the
        subject and leaves it half a metre."""
        return self.pitch_deg is not None or self.shot.camera_height_m is not None

    @property
    def lens_is_stated(self) -> bool:
        """Somebody named the lens: whatever is in the way, it stays."""
        return self.controls.lens_mm is not None or self.is_said("lens")

    @property
    def direction_is_stated(self) -> bool:
        """The director said from where the subject is seen: the camera steps aside for nothing. The script's own words
        for it leave the crew some room."""
        return self.controls.azimuth_deg is not None or "azimuth" in self.keyed

    def is_said(self, control: str) -> bool:
        """Whether the script's words or keys over the shot state this control."""
        return control in self.shot.stated or control in self.keyed

    @property
    def shorter_lenses_mm(self) -> tuple[float, ...]:
        """Lenses below the shot's own, longest first, down to the view of 14 mm on Super 35."""
        shortest = SHORTEST_MM * self.gate_mm / SUPER_35_WIDTH_MM
        primes = (*_SMALL_GATE_PRIMES_MM, *PRIMES_MM)
        return tuple(float(p) for p in reversed(primes) if shortest * 0.999 <= p < self.shot.lens_mm)
