"""What every panel style is: passes and a few settings in, a picture out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from maquette.film.grade import Grade
from maquette.film.look import Hand
from maquette.film.passes import Passes

F32 = NDArray[np.floating[Any]]
"""Single precision wherever it is stored; what numpy makes of it in between is not checked."""
U8 = NDArray[np.uint8]


@dataclass(frozen=True)
class TonalKey:
    """What styles of tones set their greys by (`wash.tonal_key`)."""

    lights: float
    """Code value 0..1 of the brightest tenth of a picture."""
    blacks: float
    """Tonal value 0..1 below which lies the share of a picture that spotted blacks may take, `wash.MOST_BLACK`."""


@dataclass(frozen=True)
class DrawSettings:
    """What a style needs beside the passes. The same passes and settings give the same bytes."""

    seed: int = 0
    """Of the hand: wobble, overshoot, grain."""
    exposure_stops: float = 0.0
    grade: Grade = field(default_factory=Grade)
    """The finish. The developed picture has all of it; ink and pencil have its contrast in their tones."""
    hand: Hand = field(default_factory=Hand)
    """How drawn styles are drawn."""
    palette: tuple[str, ...] = ()
    """Pigments as "#rrggbb", most used first; empty: the picture's own colours."""
    key: TonalKey | None = None
    """None: this picture's own. Takes and edits state it, so that nothing breathes and nothing changes far from an
    edit."""
    drawing: int = 0
    """Which drawing of a line that boils; plays a part only where `hand.boil` is above 0."""


class Generator(Protocol):
    """One panel style."""

    @property
    def name(self) -> str:
        """As in `PanelStyle`."""
        ...

    @property
    def version(self) -> int:
        """Goes up whenever the same passes give another picture."""
        ...

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes. `picture`: the same moment developed, in the look's colours, (H, W, 3) sRGB codes."""
        ...
