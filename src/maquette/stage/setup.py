"""A camera set-up, and the things that one can be made for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import PlacedCamera

Vec = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Thing:
    """A prop or set feature that an insert can show."""

    word: str
    center: Vec
    extent_m: float
    """Largest visible extent."""
    holder: str | None = None
    up: bool = False
    """Lies flat: looked at from above."""


@dataclass(frozen=True, eq=False)
class Setup:
    """A camera set-up at the shot's first moment."""

    camera: PlacedCamera
    target: Vec
    """The point on the subject that the frame is built on."""
    frame_height_m: float
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    """Characters the camera cannot see: the owner of a POV."""
    struck: tuple[str, ...] = ()
    """Set bodies that the camera looks through because they stand before the subject."""
