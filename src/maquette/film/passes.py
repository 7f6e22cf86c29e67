"""What the renderer gives back for one moment."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head
from maquette.film.stage import PlacedCamera

F32 = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Passes:
    """Aligned pictures of one moment; all (H, W, ...), row 0 on top."""

    beauty: F32
    """(H, W, 3) scene-linear Rec. 709 radiance, denoised, haze included."""
    albedo: F32
    """(H, W, 3) linear base colour, 0..1; 0 where nothing was hit."""
    normal: F32
    """(H, W, 3) world-space unit shading normal; 0 where nothing was hit."""
    depth: F32
    """(H, W) metres along the camera's axis; inf where nothing was hit."""
    position: F32
    """(H, W, 3) world position in metres of the first hit; 0 where nothing was hit."""
    object_id: NDArray[np.uint16]
    """(H, W) index into `object_names`; 0 is the sky."""
    part_id: NDArray[np.uint16]
    """(H, W) unique per (object, part); 0 is the sky. Changes where skin meets shirt. See `part_names`."""
    object_names: tuple[str, ...]
    part_names: tuple[str, ...]
    """"cast/MARA:hair" ..."""
    camera: PlacedCamera
    rest: F32 | None = None
    """(H, W, 3) rest-pose position of the first hit, metres: texture coordinates that stick to surfaces."""
    heads: tuple[Head, ...] = ()
    """Where faces are, seen or not; the shot's first subject first."""
    extra: dict[str, F32] = field(default_factory=lambda: dict[str, F32]())
    """Other passes by name."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.beauty.shape[1], self.beauty.shape[0]

    def mask(self, named: str) -> NDArray[np.bool_]:
        """(H, W) True where an object of that name is seen, or one of its parts or numbers: "cast/ANN" is not ANNA,
        "wall/east" has the picture on it, "prop/cup" is each of the cups, "cast" is everybody."""
        ids = [i for i, name in enumerate(self.object_names) if i and _is_of(name, named.rstrip("/"))]
        return np.isin(self.object_id, ids)


def _is_of(name: str, named: str) -> bool:
    rest = name.removeprefix(named)
    if rest == name:
        return False
    return rest == "" or rest.startswith("/") or rest.removeprefix(" ").isdecimal()
