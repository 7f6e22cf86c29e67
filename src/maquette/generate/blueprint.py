"""Blueprint: white lines on cyan-blue, with construction lines run past corners and sizes of what is shown."""

from __future__ import annotations

import numpy as np

from maquette.film.passes import Passes
from maquette.generate.base import U8, DrawSettings
from maquette.generate.contours import Contours
from maquette.generate.dimensions import dimension_lines
from maquette.generate.hatching import hatch
from maquette.generate.paper import grain
from maquette.generate.pigment import coded, hex_colour
from maquette.generate.strokes import Pen, Stroke, rasterise
from maquette.generate.study import USUAL_WASH, Study

BLUE, WHITE = "#1d4f86", "#e9f3fb"
PEN = Pen(width_px=1.75, least_px=0.6, wobble_px=0.12, overshoot_px=3.0, taper=0.02)
CONSTRUCTION = 0.34
"""How strongly construction lines are drawn."""
RUN_PX, STRAIGHT = 26.0, 0.994
"""Construction lines run so far past the end of what is straighter than this (chord over length)."""
LEAST_RUN_PX = 30.0
HEAVY_FROM, DASH_PX, GAP_PX = 0.5, 6.0, 3.6
"""Lines of less boldness lie within or behind, and are dashed."""
SHADES = ((0.40, 0.0, 5.0), (0.18, 1.35, 4.4))
"""Hatching: value below which it is laid, turn off the form, gap in pixels."""
SHEET_PX = 40.0
"""Squares of the sheet."""


class Blueprint:
    """A cyanotype of a drawing."""

    name = "blueprint"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes."""
        study = Study(passes, picture, settings)
        hand, shape = settings.hand, (study.height, study.width)
        contours = Contours(study, None, 1.5)
        strokes = contours.strokes(PEN)
        heavy = [s for s in strokes if s.boldness >= HEAVY_FROM]
        light = [_dashed(s, study.scale) for s in strokes if s.boldness < HEAVY_FROM]
        faces = contours.faces.strokes if hand.line_scale > 0 else []
        white = rasterise(heavy + light + faces, study.width, study.height)
        if hand.line_scale > 0:
            aid = [_run_on(s, study.scale) for s in heavy if _is_straight(s, study.scale)]
            drawn = rasterise(aid, study.width, study.height) * CONSTRUCTION
            white = np.maximum(white, np.maximum(drawn, dimension_lines(study, hand.line_scale)))
        white = np.maximum(white, 0.5 * contours.marks())
        value = study.value
        shade = np.zeros(shape, np.float32)
        for number, (below, turn, gap) in enumerate(SHADES):
            shade = np.maximum(shade, hatch(study, value, 10 + number, below, turn, gap, 26.0, 0.9))
        white = np.maximum(white, 0.42 * min(hand.wash / USUAL_WASH, 1.4) * shade)
        white = np.maximum(white, _sheet(study))
        tooth = grain(*shape, study.scale, "tooth", settings.seed)
        cloud = grain(*shape, 14 * study.scale, "rough", settings.seed)
        blue = hex_colour(hand.paper_colour or BLUE) * (1 + hand.texture * (0.035 * tooth + 0.05 * cloud))[..., None]
        worn = np.clip(white * (1 + 0.14 * hand.texture * tooth), 0, 1)[..., None]
        return coded(blue * (1 - worn) + hex_colour(hand.line_colour or WHITE) * worn)


def _is_straight(stroke: Stroke, scale: float) -> bool:
    step = np.hypot(*np.diff(stroke.points, axis=0).T).sum()
    chord = float(np.hypot(*(stroke.points[-1] - stroke.points[0])))
    return chord > LEAST_RUN_PX * scale and chord > STRAIGHT * float(step)


def _run_on(stroke: Stroke, scale: float) -> Stroke:
    """The straight line through a stroke, past both of its ends."""
    a, b = stroke.points[0], stroke.points[-1]
    way = (b - a) / max(float(np.hypot(*(b - a))), 1e-6) * RUN_PX * scale
    n = max(4, int(np.hypot(*(b - a + 2 * way)) / 2))
    points = np.linspace(a - way, b + way, n).astype(np.float32)
    fade = np.clip(np.minimum(np.arange(n), np.arange(n)[::-1]) / (0.4 * n), 0.25, 1).astype(np.float32)
    return Stroke(points, np.full(n, 0.8 * scale, np.float32), fade, stroke.depth_m, stroke.boldness)


def _dashed(stroke: Stroke, scale: float) -> Stroke:
    """The stroke with gaps."""
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke.points, axis=0).T))])
    on = (along % ((DASH_PX + GAP_PX) * scale)) < DASH_PX * scale
    return Stroke(stroke.points, stroke.width * 0.8, stroke.ink * np.where(on, 0.8, 0), stroke.depth_m, stroke.boldness)


def _sheet(study: Study) -> np.ndarray:
    """(H, W) the faint squares of the sheet and its border: printed on the paper, so fixed to the screen."""
    out = np.zeros((study.height, study.width), np.float32)
    step = SHEET_PX * study.scale
    for axis, size in ((0, study.height), (1, study.width)):
        middle = size / 2
        places = np.arange(middle % step, size, step).astype(int)
        np.moveaxis(out, axis, 0)[places] = 0.075
    return out
