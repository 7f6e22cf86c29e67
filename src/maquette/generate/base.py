"""What every panel style is: passes and a few settings in, a picture out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from maquette.film.grade import Grade
from maquette.film.passes import Passes

F32 = NDArray[np.floating[Any]]
"""Single precision wherever it is stored; what numpy makes of it in between is not checked."""
U8 = NDArray[np.uint8]


@dataclass(frozen=True)
class DrawSettings:
    """What a style needs beside the passes. The same passes and settings give the same bytes."""

    seed: int = 0
    """Of the hand: wobble, overshoot, grain."""
    line_scale: float = 1.0
    """Line widths are multiplied by this; 1 suits a panel printed 9 to 18 cm wide."""
    exposure_stops: float = 0.0
    vignette: float = 0.0
    """Photo: 0 none .. 1 dark corners."""
    grain: float = 0.0
    """Photo: 0 none .. 1 coarse film grain."""
    grade: Grade = field(default_factory=Grade)
    """The finish. Photo has all of it; ink and pencil have its contrast in their tones."""


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

    def draw(self, passes: Passes, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes."""
        ...
