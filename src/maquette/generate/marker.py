"""Marker: overlapping translucent streaks of a chisel tip, in layered colours, within fineliner contours."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.anchors import find_anchors
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.brush import strokes_at, summed, touched_on
from maquette.generate.contours import Contours
from maquette.generate.paper import grain
from maquette.generate.pigment import coded, hex_colour, on_palette, sampled
from maquette.generate.strokes import Pen
from maquette.generate.study import HAND_DEGREES, USUAL_WASH, Study
from maquette.imaging.tone import luminance

PAPER, LINER = "#fdfdfb", "#1c1d20"
STEPS = 7
"""Markers come in so many strengths of a colour."""
LAYERS = ((1.0, 17.0, 86.0, 12.5, 0.13), (0.50, 15.0, 66.0, 11.5, 0.16), (0.24, 12.0, 48.0, 10.0, 0.20))
"""Lightness below which streaks are laid, spacing, length and width in pixels, share of the colour's density."""
FLAT = 0.52
"""Density of the first, even coat."""
WHITE = 0.90
"""Lightness from which paper is left."""
AIR = 0.86
"""Power that codes are taken to: markers are paler than things."""
PALEST = 0.10
PEN = Pen(width_px=1.7, least_px=0.8, wobble_px=0.4, overshoot_px=3.5, taper=0.12)


class Marker:
    """A designer's marker rendering."""

    name = "marker"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes."""
        study = Study(passes, picture, settings)
        hand, shape = settings.hand, (study.height, study.width)
        colour = on_palette(_stepped(study), settings.palette)
        light = np.asarray(luminance(colour), np.float32)
        coat = np.clip((WHITE - ndimage.gaussian_filter(light.reshape(shape), study.scale)) * 8, 0, 1)
        density = (FLAT * coat)[..., None] * _absorbed(colour).reshape(*shape, 3)
        with ThreadPoolExecutor(1) as beside:
            finding = beside.submit(Contours(study, None, 1.5).found)
            for number, layer in enumerate(LAYERS):
                density += _streaks(study, colour, light, number, *layer)
            contours = finding.result()
        fibre = grain(*shape, study.scale, "smooth", settings.seed)
        density *= min(hand.wash / USUAL_WASH, 1.4) * (1 + 0.05 * hand.texture * fibre)[..., None]
        line = np.maximum(contours.lines(PEN), contours.marks())[..., None]
        shown = hex_colour(hand.paper_colour or PAPER) * np.exp(-density)
        return coded(shown * (1 - line) + hex_colour(hand.line_colour or LINER) * line)


def _streaks(study: Study, colour: F32, light: F32, number: int, below: float, spacing: float, length: float,
             width: float, share: float) -> F32:  # fmt: skip
    """(H, W, 3) density of one layer of streaks."""
    hand, shape = study.hand, study.surface.shape
    size = study.scale * hand.stroke_scale
    anchors = find_anchors(study.surface, spacing * size, study.settings, 110 + number)
    want = np.clip((below - light[anchors.pixel]) / 0.06 + 0.5, 0, 1) * anchors.amount
    want = want * np.clip((WHITE + 0.02 - light[anchors.pixel]) * 10, 0, 1)
    anchors, want = anchors.where(want > 0.03), want[want > 0.03]
    density = np.zeros((shape[0] * shape[1], 3), np.float32)
    if len(anchors) == 0:
        return density.reshape(*shape, 3)
    fine = _small(study, anchors.pixel)
    strokes = strokes_at(anchors, _sweep(study, number), length * size * (0.7 + 0.5 * anchors.share(2)),
                         width * size * fine, straight=True,
                         turn=(anchors.share(1) - 0.5) * 0.35 * hand.looseness)  # fmt: skip
    ink = _absorbed(sampled(colour, strokes, study.surface.part))
    touch = touched_on(strokes, study.surface.part, 7 * hand.looseness * study.scale)
    # Ink pools where the tip is set down and along both sides of a streak.
    body = 0.86 + 0.22 * np.abs(touch.across) ** 6 + 0.2 * (np.abs(touch.along) > 0.94)
    weight = np.minimum(touch.cover * 1.4, 1) * body * (share * want * np.where(fine < 1, 0.55, 1))[touch.stroke]
    for i in range(3):
        density[:, i] = summed(touch, weight * ink[touch.stroke, i], len(density))
    return density.reshape(*shape, 3)


def _stepped(study: Study) -> F32:
    """(H * W, 3) the picture in the strengths that markers come in: lightness in steps with soft borders."""
    shape = (study.height, study.width)
    colour = ndimage.gaussian_filter(study.colour.reshape(*shape, 3), (1.5 * study.scale, 1.5 * study.scale, 0))
    colour = colour**AIR
    light = np.asarray(luminance(colour), np.float32)
    exact = np.sqrt(np.clip(light, 0, 1)) * STEPS + 0.10 * study.noise(26.0, 51)
    step = np.floor(exact)
    within = np.clip((exact - step - 0.5) * 5 + 0.5, 0, 1)
    stepped = np.clip((step + within) / STEPS, 0.1, 1) ** 2
    # Markers are cleaner than things are.
    vivid = light[..., None] + (colour - light[..., None]) * 1.3
    return np.clip(vivid * (stepped / np.maximum(light, 0.01))[..., None], 0, 1).reshape(-1, 3).astype(np.float32)


def _sweep(study: Study, number: int) -> F32:
    """(H, W) streaks are swept in one direction over a plane: along its longer side, or as the hand leans."""
    direction = study.direction
    hand = np.radians(HAND_DEGREES + 14 * number)
    share = np.where(study.cast, 0.75, 0.3).astype(np.float32)
    cosine = share * np.cos(2 * direction) + (1 - share) * np.cos(2 * hand)
    sine = share * np.sin(2 * direction) + (1 - share) * np.sin(2 * hand)
    return (0.5 * np.arctan2(sine, cosine)).astype(np.float32)


def _small(study: Study, pixel: np.ndarray) -> F32:
    """(N,) a fine tip for faces."""
    return np.where(study.head_px.reshape(-1)[pixel] > 0, 0.55, 1.0).astype(np.float32)


def _absorbed(colour: F32) -> F32:
    return -np.log(np.clip(colour * 1.05, PALEST, 1)).astype(np.float32)
