"""How fine the people of a take need to be: what is far below a pixel in all of it is left out of all of it.

Decided once for a take, from the whole shot: detail that came and went within it would be seen to pop.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from maquette.film.request import FrameSettings
from maquette.film.take import Motion
from maquette.render.optics import Optics, optics_of
from maquette.stage.build import BuiltStage
from maquette.stage.people.rig import F32

PIXELS = 0.2
"""What is smaller than so many pixels may go."""
STEP_M, COARSEST_M = 0.00025, 0.006
"""Grains are multiples of the one and at most the other: takes of much the same size share what people are made of."""
LOOKS_A_SECOND, FEWEST_LOOKS, MOST_LOOKS = 2, 5, 25
"""Times at which people are measured, evenly over shot and take."""
BEYOND = 1.25
"""The picture counts as so much wider and higher: who is just outside it may come in between two looks."""


def grains(stage: BuiltStage, motion: Motion, frame: FrameSettings) -> dict[str, float]:
    """Metres below which nothing of a person shows, by name, at the nearest that the take's camera sees them."""
    pixel: dict[str, float] = {}
    for time in _times(motion, Fraction(stage.request.shot.duration_s)):
        now = stage.company.at(motion.played(time))
        optics = optics_of(stage.camera.at(time, now.figures, now.things), frame.width, frame.height)
        for name, person in now.people.items():
            pixel[name] = min(pixel.get(name, np.inf), _pixel_m(optics, person.posed.vertices))
    return {name: float(min(PIXELS * size, COARSEST_M) // STEP_M * STEP_M) for name, size in pixel.items()}


def _times(motion: Motion, duration_s: Fraction) -> list[Fraction]:
    start, end = min(motion.time_of(0), Fraction(0)), max(motion.time_of(motion.total - 1), duration_s)
    count = int(np.clip(float(end - start) * LOOKS_A_SECOND, FEWEST_LOOKS, MOST_LOOKS))
    return [start + (end - start) * i / (count - 1) for i in range(count)]


def _pixel_m(optics: Optics, vertices: F32) -> float:
    """Metres that a pixel is across at the nearest of the (V, 3) vertices in the picture; inf where none is."""
    away = vertices - np.array(optics.position, np.float32)
    x, y, depth = (away @ np.array(axis, np.float32) for axis in (optics.right, optics.up, optics.forward))
    wide, high = BEYOND * optics.tangent_x * depth, BEYOND * optics.tangent_y * depth
    seen = (depth > 0) & (np.abs(x) < wide) & (np.abs(y) < high)
    nearest = float(depth[seen].min()) if seen.any() else np.inf
    return nearest * 2 * optics.tangent_x * optics.inverse_width
