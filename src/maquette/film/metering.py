"""What a light meter says: light adds up, so each group of lamps is read apart and any balance can be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import LampRole

F32 = NDArray[np.float32]


class LightGroup(IntEnum):
    """Lamps that are dimmed together."""

    KEY = 0
    FILL = 1
    BACK = 2
    BACKGROUND = 3
    PLACE = 4
    """What belongs to the place: windows, practicals, sun, moon and sky."""


GROUP_OF_ROLE: dict[LampRole, LightGroup] = {
    LampRole.KEY: LightGroup.KEY,
    LampRole.FILL: LightGroup.FILL,
    LampRole.BACK: LightGroup.BACK,
    LampRole.BACKGROUND: LightGroup.BACKGROUND,
    LampRole.EYE: LightGroup.KEY,
}
"""All other roles are `PLACE`."""


def group_of(role: LampRole) -> LightGroup:
    """The group that a lamp of this role is dimmed with."""
    return GROUP_OF_ROLE.get(role, LightGroup.PLACE)


@dataclass(frozen=True, eq=False)
class LightReading:
    """Readings of white diffuse cards: radiance that each group gives them, bounces included, linear Rec. 709."""

    face: F32
    """(N, 5, 3) at the points of the first head, facing its normals."""
    background: F32
    """(M, 5, 3) at what the camera sees behind the cast; M may be 0."""
