"""Whether pictures are of one hand: distance in handling, whatever they show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from maquette.measure.texture import texture_distance

U8 = NDArray[np.uint8]

SCALES = 3


def style_distance(a: U8, b: U8) -> float:
    """Root mean squared difference of how two pictures (H, W, 3) of sRGB codes are made, 0 for one and the same.

    Sliced Wasserstein distance between patches without their mean colour at three scales (`texture_distance`): strokes,
    lines and grain count, what is shown and which colours it has hardly does. Sizes may differ.
    """
    return float(np.sqrt(texture_distance(a, b, SCALES, centred=True)))


def halves(picture: U8) -> tuple[U8, U8]:
    """The left and the right half of a picture (H, W, 3); an odd column in the middle is left out."""
    half = picture.shape[1] // 2
    return picture[:, :half], picture[:, -half:]


def within(paintings: Sequence[U8]) -> float:
    """Mean style distance between the two halves of each painting: how much one hand differs from itself.

    Raises ValueError without a painting.
    """
    if not paintings:
        raise ValueError("there is no painting to compare the halves of.")
    return float(np.mean([style_distance(*halves(p)) for p in paintings]))


def across(pictures: Sequence[U8]) -> float:
    """Mean style distance between pictures, half against half, so that it can be held against `within`.

    Of each two pictures, the left half of one against the right half of the other, both ways. Raises ValueError for
    fewer than two.
    """
    if len(pictures) < 2:
        raise ValueError("one picture has no other to be compared with.")
    cut = [halves(p) for p in pictures]
    pairs = [style_distance(x, y) for (a, b), (c, d) in combinations(cut, 2) for x, y in ((a, d), (c, b))]
    return float(np.mean(pairs))
