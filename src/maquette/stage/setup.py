"""A camera set-up, and the things that one can be made for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    eyes: Vec | None = None
    """(3,) of the first subject; None where the frame is on a thing or a place."""
    struck: tuple[str, ...] = ()
    """Set bodies that the camera looks through because they stand before the subject."""


def thing_named(words: str, things: Sequence[Thing]) -> Thing | None:
    """The first thing that the words name."""
    word = words.lower()
    for thing in things:
        if thing.word == word or thing.word in word.split() or word in thing.word.split():
            return thing
    return None


def moved_camera(camera: PlacedCamera, position: Vec, look_at: Vec) -> PlacedCamera:
    """The camera put elsewhere, focused on what it looks at."""
    return replace(
        camera,
        position=(float(position[0]), float(position[1]), float(position[2])),
        look_at=(float(look_at[0]), float(look_at[1]), float(look_at[2])),
        focus_m=float(np.linalg.norm(np.asarray(look_at) - position)),
    )


def carried(setup: Setup, turn_deg: float = 0.0, share: float = 1.0, lift_m: float = 0.0) -> Setup:
    """The set-up turned about the vertical through its target (counter-clockwise seen from above), brought to a share
    of its distance with the lens that keeps its frame, and raised."""
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    position = setup.target + share * (turn @ (np.array(setup.camera.position) - setup.target)) + [0, 0, lift_m]
    look = setup.target + share * (turn @ (np.array(setup.camera.look_at) - setup.target))
    camera = moved_camera(setup.camera, position, look)
    return replace(setup, camera=replace(camera, lens_mm=camera.lens_mm * share))
