"""Opaque paint on a ground: strokes over strokes, with the height that bristles leave."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import ndimage

from maquette.generate.base import F32
from maquette.generate.brush import Strokes, Touched

TURNS = 5
"""Strokes of one layer are laid in so many turns. Within a turn the last one on a pixel is the one that is seen."""
LIGHT = (-0.64, -0.77)
"""Where the light on the relief comes from, in the picture: from the upper left."""


class Canvas:
    """A picture in the making."""

    def __init__(self, ground: F32) -> None:
        """ground: (H * W, 3) codes 0..1."""
        self.colour = ground.astype(np.float32).copy()
        self.height = np.zeros(len(ground), np.float32)
        """Of the paint, about 0..1."""

    def lay(self, touch: Touched, strokes: Strokes, colour: F32, opacity: F32, body: F32) -> None:
        """Paint strokes.

        colour: (N, 3) of the strokes. opacity, body: (M,) of what they touch: how much they cover and how thick.
        """
        turn = np.minimum((strokes.order * TURNS).astype(np.int64), TURNS - 1)[touch.stroke]
        bounds = np.searchsorted(turn, np.arange(TURNS + 1))
        for start, end in pairwise(bounds):
            at = touch.pixel[start:end]
            a = opacity[start:end].reshape(-1, 1)
            own = colour[touch.stroke[start:end]]
            self.colour[at] = self.colour[at] * (1 - a) + own * a
            self.height[at] = self.height[at] * (1 - a[:, 0]) + body[start:end] * a[:, 0]

    def relief(self, shape: tuple[int, int], depth: float, weave: F32) -> F32:
        """(H, W, 3) the paint as seen in light from the upper left. weave: (H, W) height of the ground."""
        heights = self.height.reshape(shape) + weave
        heights = ndimage.gaussian_filter(heights, 0.55)
        gy, gx = np.gradient(heights)
        slope = np.asarray(np.clip(-(gx * LIGHT[0] + gy * LIGHT[1]) * depth, -0.5, 0.5), np.float32)[..., None]
        colour = self.colour.reshape(*shape, 3)
        # Ridges catch the light, their far sides fall into shadow; dark paint shines more than it darkens.
        return np.where(slope > 0, colour + slope * (0.25 + 0.55 * colour), colour * (1 + 1.1 * slope))
