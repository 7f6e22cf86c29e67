"""The paintings of a look beside the passes that they were painted over: what a house model is trained on."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import MediaError, UsageError
from maquette.film.look import KeyPainting, Look
from maquette.film.request import TakeRequest
from maquette.pipeline.key_frames import rendered
from maquette.pipeline.paintover import painted_share_of, painting_of
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress, silent

if TYPE_CHECKING:
    from maquette.film.passes import Passes

U8 = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class KeyPair:
    """One painting and its frame, aligned; all (H, W, ...)."""

    key: KeyPainting
    passes: Passes
    picture: U8
    """(H, W, 3) sRGB codes as developed."""
    painting: U8
    """(H, W, 3) sRGB codes."""
    painted: U8 | None = None
    """(H, W) 0..255 where the artist painted; None: everywhere."""


def key_pairs(production: Production, look: Look, progress: Progress | None = None) -> tuple[KeyPair, ...]:
    """The keys of a look with their passes, made again from the requests that are kept with them.

    A painting that had to be moved back has no paint at the border that it came from: that part is cut off both.
    Raises UsageError for a look without keys, MediaError for a key whose frame cannot be made any more.
    """
    if not look.keys:
        raise UsageError(
            f"The look {look.name} has no paintings yet: `maquette look DIR paint SHOT` writes a frame to paint over, "
            f"and `maquette look DIR add-key {look.name} SHOT FILE` takes it back."
        )
    told = progress or silent
    found: list[KeyPair] = []
    for done, key in enumerate(look.keys):
        told(done, len(look.keys), key.shot_number)
        try:
            request = TakeRequest.model_validate_json(key.body)
        except ValueError:
            raise MediaError(
                f"The painting of shot {key.shot_number} was made over a frame of another version of Maquette: hand "
                "the frame out again and move the painting onto it."
            ) from None
        made = rendered(production.studio, request)
        painting = painting_of(production, key)
        if painting.shape != made.picture.shape:
            raise MediaError(f"The painting {key.source_name} is not of its frame's size any more: add it again.")
        rows, columns = painted_part(key, made.picture.shape[0], made.picture.shape[1])
        passes = cut_passes(made.passes, rows, columns)
        share = painted_share_of(production, key)
        part = None if share is None else share[rows, columns]
        found.append(KeyPair(key, passes, made.picture[rows, columns], painting[rows, columns], part))
    told(len(look.keys), len(look.keys), "")
    return tuple(found)


def painted_part(key: KeyPainting, height: int, width: int) -> tuple[slice, slice]:
    """Rows and columns of the frame on which there is paint: not where a painting that was moved back had none."""
    dx, dy = key.shift_px
    # What lay to the right of the frame leaves the frame's right border bare once it is moved back.
    left, right, top, bottom = (ceil(max(0.0, v)) for v in (-dx, dx, -dy, dy))
    return slice(top, height - bottom), slice(left, width - right)


def cut_passes(passes: Passes, rows: slice, columns: slice) -> Passes:
    """A part of all passes of a frame; finer ones by as much more."""
    height, width = passes.depth.shape

    def cut(values: NDArray) -> NDArray:
        if values.ndim < 2 or values.shape[0] % height or values.shape[1] % width:
            return values
        y, x = values.shape[0] // height, values.shape[1] // width
        return values[rows.start * y : rows.stop * y, columns.start * x : columns.stop * x]

    changes = {f.name: cut(v) for f in fields(passes) if isinstance(v := getattr(passes, f.name), np.ndarray)}
    return replace(passes, **changes, extra={name: cut(v) for name, v in passes.extra.items()})
