"""Controls of light and finish that change over the shot, at one moment of it."""

from __future__ import annotations

from fractions import Fraction

from maquette.film.control_table import CONTROLS
from maquette.film.controls import track_value
from maquette.film.grade import Grade
from maquette.film.lighting import Lighting
from maquette.film.request import TakeRequest


def share_at(request: TakeRequest, t_s: Fraction) -> float:
    """Share of the shot, 0..1, that has passed."""
    duration = request.shot.duration_s
    return float(min(max(t_s / duration, Fraction(0)), Fraction(1))) if duration > 0 else 0.0


def lighting_at(request: TakeRequest, t_s: Fraction) -> Lighting:
    """The light of the request with its keyed controls at this time."""
    return request.lighting.model_copy(update=_values(request, "lighting.", t_s))


def grade_at(request: TakeRequest, t_s: Fraction) -> Grade:
    """The finish of the request with its keyed controls at this time."""
    return request.grade.model_copy(update=_values(request, "grade.", t_s))


def light_is_keyed(request: TakeRequest) -> bool:
    """Whether any control of the light changes over the shot."""
    return any(CONTROLS[t.control].path.startswith("lighting.") for t in request.tracks)


def _values(request: TakeRequest, part: str, t_s: Fraction) -> dict[str, float]:
    share = share_at(request, t_s)
    paths = ((CONTROLS[t.control].path, t) for t in request.tracks)
    return {path.removeprefix(part): track_value(t, share) for path, t in paths if path.startswith(part)}
