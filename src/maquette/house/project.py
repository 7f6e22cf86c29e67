"""Without learning: paintings laid onto the surfaces they show, seen from elsewhere. The exactly coherent baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from maquette.film.passes import Passes
from maquette.house.crops import Example
from maquette.imaging.color import to_code, to_linear

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

NEIGHBOURS = 4
REACH = 2.5
"""A place is known where a painted pixel lies nearer than so many sizes of a pixel, here or there, the larger."""
COARSEST = 4.0
"""Paintings that show a thing with pixels so many times larger are no use for it."""


def projected(examples: Sequence[Example], passes: Passes, picture: U8) -> tuple[U8, NDArray[np.bool_]]:
    """(H, W, 3) sRGB codes: paintings by part and rest position as seen in this frame, and (H, W) what they show of it.

    What no painting shows has the frame's own colours through the paintings' mean change of colour.
    """
    out = _graded(examples, picture)
    best = np.full(passes.depth.shape, np.inf, np.float32)
    place, size = _places(passes)
    for example in examples:
        source, source_size = _places(example.passes)
        paint = to_linear(example.painting)
        numbers = {name: i for i, name in enumerate(example.passes.part_names) if i}
        for index in np.unique(passes.part_id):
            number = numbers.get(passes.part_names[index]) if index else None
            if number is None:
                continue
            there, here = example.passes.part_id == number, passes.part_id == index
            if there.sum() < NEIGHBOURS:
                continue
            found, apart = _looked_up(source[there], paint[there], source_size[there], place[here], size[here])
            nearer = apart < best[here]
            rows, columns = (axis[nearer] for axis in np.nonzero(here))
            best[rows, columns] = apart[nearer]
            out[rows, columns] = found[nearer]
    known = np.isfinite(best)
    return to_code(out), known


def _looked_up(source: F32, paint: F32, source_size: F32, place: F32, size: F32) -> tuple[F32, F32]:
    """(N, 3) linear paint at places, and (N,) how coarsely it is known there; inf where it is not."""
    found: Any = KDTree(source).query(place, k=NEIGHBOURS)
    distance, index = found
    weight = 1 / (distance + 0.05 * size[:, None]) ** 2
    colour = (paint[index] * weight[..., None]).sum(1) / weight.sum(1)[:, None]
    coarse = source_size[index[:, 0]] / size
    near = distance[:, 0] < REACH * np.maximum(source_size[index[:, 0]], size)
    return colour.astype(np.float32), np.where(near & (coarse < COARSEST), np.maximum(coarse, 1), np.inf).astype(
        np.float32
    )


def _places(passes: Passes) -> tuple[F32, F32]:
    """(H, W, 3) rest positions and (H, W) metres that a pixel shows of a surface facing the camera."""
    camera = passes.camera
    size = passes.depth * (camera.sensor_width_mm * camera.squeeze / camera.lens_mm / passes.size[0])
    place = passes.position if passes.rest is None else passes.rest
    return place, np.where(np.isfinite(size), size, 1).astype(np.float32)


def _graded(examples: Sequence[Example], picture: U8) -> F32:
    """(H, W, 3) linear: the picture through one affine map of colours, fitted to all keys."""
    seen = np.concatenate([e.picture.reshape(-1, 3)[::7] for e in examples]).astype(np.float64) / 255
    wanted = np.concatenate([e.painting.reshape(-1, 3)[::7] for e in examples]).astype(np.float64) / 255
    design = np.concatenate([seen, np.ones((len(seen), 1))], 1)
    matrix = np.linalg.lstsq(design, wanted, rcond=None)[0]
    code = picture.reshape(-1, 3) / 255.0 @ matrix[:3] + matrix[3]
    return to_linear((np.clip(code, 0, 1) * 255 + 0.5).astype(np.uint8).reshape(picture.shape))
