"""The lines of a drawing: contours, edges, folds and faces, as strokes of one pen or another."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from maquette.generate.base import F32
from maquette.generate.chains import Chain, trace
from maquette.generate.clearing import Surroundings, surroundings
from maquette.generate.faces import Features, features_of
from maquette.generate.folds import fold_strength
from maquette.generate.linework import Buffers, buffers_of, find_cracks
from maquette.generate.marks import face_marks, shrunk
from maquette.generate.strokes import Pen, Stroke, pen_strokes, rasterise
from maquette.generate.study import REFERENCE_WIDTH, USUAL_LOOSENESS, Study


class Contours:
    """Found once, drawn with as many pens as a style likes."""

    def __init__(self, study: Study, black: np.ndarray | None = None, halo_px: float = 3.0, least: float = 0.0) -> None:
        """black: (H, W) where nothing behind people is drawn, because tone covers it; may be set until the first line
        is drawn. halo_px: paper left free between a figure and the lines behind it. least: weight of the faintest line
        that is looked for."""
        self.study, self.black, self.halo_px, self.least = study, black, halo_px, least

    @cached_property
    def buffers(self) -> Buffers:
        return buffers_of(self.study.passes)

    @cached_property
    def faces(self) -> Features:
        return features_of(self.study.passes, self.buffers, self.study.kinds, self.study.width / REFERENCE_WIDTH)

    @cached_property
    def chains(self) -> list[Chain]:
        study = self.study
        folds = None
        if self.least <= 0.3:
            folds = fold_strength(study.passes, self.buffers, study.kinds, self.faces.faces)
        return trace(find_cracks(self.buffers, study.kinds, folds, self.least))

    @cached_property
    def around(self) -> Surroundings:
        study = self.study
        black = np.zeros((study.height, study.width), bool) if self.black is None else self.black
        return surroundings(study.passes, study.kinds, black, self.halo_px * study.scale, study.scale)

    def found(self) -> Contours:
        """Itself, with everything found that lines are drawn from."""
        _ = self.chains, self.faces
        return self

    def strokes(self, pen: Pen) -> list[Stroke]:
        """Contours, edges and folds by this pen, at the hand's looseness and line width; none for a width of 0."""
        study = self.study
        hand, scale = study.hand, study.scale
        if hand.line_scale <= 0:
            return []
        loose = hand.looseness / USUAL_LOOSENESS * scale
        width = scale * hand.line_scale
        held = Pen(
            width_px=pen.width_px * width,
            least_px=max(pen.least_px * width, 0.7 * min(hand.line_scale, 1)),
            wobble_px=pen.wobble_px * loose,
            overshoot_px=pen.overshoot_px * loose,
            taper=pen.taper,
            shortest_px=pen.shortest_px * scale,
            reference_m=float(np.clip(study.passes.camera.focus_m, 0.5, 12.0)),
        )
        return pen_strokes(self.chains, self.buffers.fineness, held, self._unsteady, self.around)

    def lines(self, pen: Pen, *, faces: bool = True) -> F32:
        """(H, W) coverage 0..1 of the contours, and of the strokes in faces."""
        if self.study.hand.line_scale <= 0:
            return np.zeros((self.study.height, self.study.width), np.float32)
        strokes = self.strokes(pen) + (self.faces.strokes if faces else [])
        return rasterise(strokes, self.study.width, self.study.height)

    def marks(self) -> F32:
        """(H, W) 0..1: irises, open mouths, and the features of heads too small for strokes."""
        shape = (self.study.height, self.study.width)
        if self.study.hand.line_scale <= 0:
            return np.zeros(shape, np.float32)
        return face_marks(self.buffers, self.study.kinds, self.faces, shape)

    def bare(self) -> F32:
        """(H, W) 0..1: the whites of eyes and teeth, where no tone goes."""
        return shrunk(self.faces.bare, self.buffers.fineness, (self.study.height, self.study.width))

    def _unsteady(self, points: F32, wave_px: float, channel: int) -> F32:
        return self.study.noise(wave_px, channel, self._nearest(points))

    def _nearest(self, points: F32) -> np.ndarray:
        """Flat numbers of pixels at points (M, 2), on the nearer side where they lie on an outline."""
        depth = self.study.passes.depth.reshape(-1)
        best = np.zeros(len(points), np.int64)
        least = np.full(len(points), np.inf, np.float32)
        for dx, dy in ((-0.8, 0.0), (0.8, 0.0), (0.0, -0.8), (0.0, 0.8)):
            x = np.clip(points[:, 0] + dx, 0, self.study.width - 1).astype(np.int64)
            y = np.clip(points[:, 1] + dy, 0, self.study.height - 1).astype(np.int64)
            at = y * self.study.width + x
            nearer = (depth[at] < least) | (least == np.inf)
            best, least = np.where(nearer, at, best), np.where(nearer, depth[at], least)
        return best
