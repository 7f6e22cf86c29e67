"""A control that holds while a shot is being resolved, and how a nearer statement is laid on top of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maquette.film.controls import Origin, Scope, Track
from maquette.film.lighting import LightPattern

OUTSIDE_IN: tuple[tuple[Scope, Origin, Origin], ...] = (
    (Scope.PRODUCTION, Origin.PRODUCTION_MOOD, Origin.PRODUCTION),
    (Scope.SCENE, Origin.SCENE_MOOD, Origin.SCENE),
    (Scope.SHOT, Origin.SHOT_MOOD, Origin.SHOT),
)
"""Each scope with the origin of its mood and of its controls, from the outermost; within a scope the controls win."""

SHOT_FIELDS: dict[str, str] = {
    "size": "size",
    "angle": "angle",
    "roll": "roll_deg",
    "lens": "lens_mm",
    "move": "move",
    "framing": "framing",
    "subjects": "subjects",
    "over": "over",
    "side": "camera_side",
    "height": "camera_height_m",
    "azimuth": "azimuth_deg",
    "duration": "duration_s",
}
"""Controls that `Shot` has a field for."""

MOOD_CONTROLS = ("mood", "mood-intensity", "second-mood", "mood-blend")

PATH = "path"
"""Held like a control, though it is not in the table: it is drawn, not typed."""

_FRAMED_BY_HAND = ("size", "tightness", "angle", "pitch", "height", "azimuth", "side", "composition", "headroom")
WINS_OVER: dict[str, tuple[str, ...]] = {
    "pitch": ("angle",),
    "height": ("angle", "pitch"),
    "place": _FRAMED_BY_HAND,
    PATH: (*_FRAMED_BY_HAND, "place", "move"),
    "focus-distance": ("focus",),
    "deep-focus": ("t-stop", "focus", "focus-distance", "rack"),
    "key-azimuth": ("lighting", "motivation"),
    "key-height": ("lighting", "motivation"),
    "key-kelvin": ("motivation",),
    "flicker": ("motivation",),
}
"""Of two controls that fix one thing the stage obeys the first. Stated further out, it gives way to the second."""
_TONAL_PATTERNS = (LightPattern.FLAT, LightPattern.SILHOUETTE, LightPattern.HIGH_KEY, LightPattern.LOW_KEY,
                   LightPattern.CHIAROSCURO)  # fmt: skip
_TONE = ("key-fill", "background", "back")
"""What a tonal pattern fixes beside the direction of the key."""


@dataclass(frozen=True)
class Held:
    """What holds for one control, and why."""

    value: Any
    """Typed value, or a `Track`, or for `PATH` its keys."""
    origin: Origin
    why: str = ""

    @property
    def steady(self) -> Any:
        """The value, of a track the first."""
        return self.value.keys[0].value if isinstance(self.value, Track) else self.value


def lay(held: dict[str, Held], layer: Mapping[str, Held], of_mood: bool = False) -> None:
    """Put a nearer layer on top, in place. What would overrule it at the stage gives way, unless a mood asks for it."""
    for name, entry in layer.items():
        for winner in _given_way(name, entry.steady):
            if winner not in layer and not (of_mood and name != "lighting"):
                held.pop(winner, None)
    held.update(layer)


def _given_way(name: str, value: Any) -> tuple[str, ...]:
    winners = tuple(w for w, losers in WINS_OVER.items() if name in losers)
    return (*winners, *_TONE) if name == "lighting" and value in _TONAL_PATTERNS else winners
