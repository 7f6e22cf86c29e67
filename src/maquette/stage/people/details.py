"""What a tailor sews on: plackets, cuffs, pockets, flaps, belts, shoulder straps, buttons, toggles and badges.

Each is a patch cut out of the garment's own cloth and raised a little, so that it lies and moves as the garment does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import KDTree

from maquette.film.cast import Garment, GarmentKind
from maquette.stage.people.cloth import hemmed
from maquette.stage.people.footwear import bound_to
from maquette.stage.people.garment_regions import WAIST_Z, Cut, arm_place, arm_share
from maquette.stage.people.piece import luminance, mixed_color
from maquette.stage.people.sheet import F64, I64, Sheet, smooth_step

_K = GarmentKind
_BRASS, _STEEL, _LEATHER = (0.55, 0.38, 0.12), (0.45, 0.46, 0.48), (0.030, 0.020, 0.014)


@dataclass(frozen=True, eq=False)
class Detail:
    """One thing on a garment. color None: the garment's own cloth."""

    sheet: Sheet
    outer: int
    """Vertices before those of the edge that is folded under."""
    color: F64 | None = None
    roughness: float = 0.8
    shade: float = 1.0


def is_oilskin(garment: Garment) -> bool:
    """A strong yellow coat is taken for oilskin: it shines a little and is closed with toggles."""
    r, g, b = garment.color
    return garment.kind is _K.COAT and r > 0.3 and 0.5 * r < g and b < 0.35 * g


def details(garment: Garment, cut: Cut, sheet: Sheet, size: float) -> list[Detail]:
    """Everything sewn on a fitted garment. size: body height over 1.72 m."""
    kind = garment.kind
    maker = {
        _K.SHIRT: _shirt, _K.BLOUSE: _blouse, _K.UNIFORM: _uniform, _K.JACKET: _jacket, _K.SUIT_JACKET: _suit,
        _K.COAT: _coat, _K.TROUSERS: _trousers, _K.JEANS: _trousers, _K.SHORTS: _trousers,
    }.get(kind)  # fmt: skip
    return [d for d in maker(garment, cut, sheet, size) if len(d.sheet.faces)] if maker else []


def _patch(sheet: Sheet, field: F64, gap: ArrayLike, fold: float = 0.003) -> tuple[Sheet, int]:
    """The part of the cloth where `field` is positive, `gap` metres above it; and its vertex count less the hem."""
    normals = sheet.normals()
    raised = sheet.moved(sheet.rest + normals * np.broadcast_to(np.asarray(gap, np.float64), (len(normals),))[:, None])
    cut = raised.clipped(field)
    return (hemmed(cut, fold, 0.004) if len(cut.faces) else cut), len(cut.rest)


def _front(sheet: Sheet, size: float) -> tuple[F64, F64, F64]:
    """(x, z, front) of every vertex in template metres; `front` is positive before the body's middle."""
    before = np.where(arm_share(sheet.skin) > 0.3, -1.0, -0.02 - sheet.template[:, 1])
    return sheet.rest[:, 0] / size, sheet.template[:, 2], before


def _box(sheet: Sheet, size: float, left: float, right: float, low: float, high: float) -> F64:
    """Positive inside a rectangle on the garment's front; left and right are the wearer's right and left."""
    x, z, before = _front(sheet, size)
    return np.minimum.reduce([x - left, right - x, z - low, high - z, before])


def _cuffs(sheet: Sheet, cut: Cut, depth: float) -> Detail:
    reach = (arm_place(sheet.template) - cut.sleeve) * 0.23 + depth
    field = np.minimum(reach, arm_share(sheet.skin) - 0.5)
    return Detail(*_patch(sheet, field, 0.0022), None, shade=0.95)


def _pockets(sheet: Sheet, size: float, x: float, z: float, half: float, deep: float, flap: bool) -> list[Detail]:
    """A pair of patch pockets centred at +-x with their upper edge at z."""
    made: list[Detail] = []
    for side in (-1, 1):
        a, b = sorted((side * (x - half), side * (x + half)))
        made.append(Detail(*_patch(sheet, _box(sheet, size, a, b, z - deep, z), 0.0022)))
        if flap:
            top = _box(sheet, size, a - 0.003, b + 0.003, z - 0.28 * deep - 0.010, z + 0.006)
            made.append(Detail(*_patch(sheet, top, 0.0055), shade=0.96))
    return made


def _buttons(
    sheet: Sheet, size: float, places: list[tuple[float, float]], radius: float, gap: float
) -> tuple[Sheet, int]:
    """Discs at (x, z) in template metres on the garment's front, slightly domed."""
    x, z, before = _front(sheet, size)
    front = np.flatnonzero(before > 0)
    _, near = KDTree(np.stack([x, z], axis=1)[front]).query(np.array(places), k=4)
    ids = front[near]
    middle = sheet.rest[ids].mean(axis=1)
    normal = sheet.normals()[ids].mean(axis=1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    middle[:, 0] = np.array([p[0] for p in places]) * size
    across = np.cross(normal, (0.0, 0.0, 1.0))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    up = np.cross(across, normal)
    turn = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    rings = []
    for share, height in ((1.0, 0.0), (0.95, 0.0022), (0.6, 0.0028)):
        ring = across[:, None] * np.cos(turn)[:, None] + up[:, None] * np.sin(turn)[:, None]
        rings.append(middle[:, None] + ring * radius * size * share + normal[:, None] * (gap + height))
    hub = (middle + normal * (gap + 0.0024))[:, None]
    points = np.concatenate([*rings, hub], axis=1)
    faces = (_disc(10)[None] + 31 * np.arange(len(places))[:, None, None]).reshape(-1, 3)
    return bound_to(points.reshape(-1, 3), faces, sheet), points.shape[0] * points.shape[1]


def _disc(n: int) -> I64:
    k = np.arange(n)
    following = (k + 1) % n
    faces: list[I64] = []
    for row in (0, n):
        a, b, c, d = row + k, row + following, row + n + following, row + n + k
        faces += [np.stack([a, c, b], axis=1), np.stack([a, d, c], axis=1)]
    faces.append(np.stack([2 * n + k, np.full(n, 3 * n), 2 * n + following], axis=1))
    return np.concatenate(faces)


def _row(low: float, high: float, count: int, x: float = 0.0) -> list[tuple[float, float]]:
    return [(x, float(z)) for z in np.linspace(low, high, count)]


def _button_color(garment: Garment) -> F64:
    """Buttons stand out against the cloth, quietly."""
    dark = luminance(garment.color) > 0.18
    return mixed_color(garment.color, (0.04, 0.03, 0.025) if dark else (0.55, 0.52, 0.46), 0.75)


def _closed(sheet: Sheet, garment: Garment, size: float, low: float, high: float, count: int) -> list[Detail]:
    placket = _patch(sheet, _box(sheet, size, -0.0165, 0.0165, low - 0.06, high + 0.03), 0.0022)
    discs = _buttons(sheet, size, _row(low, high, count), 0.0062, 0.0022)
    return [Detail(*placket, None, shade=1.03), Detail(*discs, _button_color(garment), 0.35)]


def _shirt(garment: Garment, cut: Cut, sheet: Sheet, size: float) -> list[Detail]:
    pocket = _patch(sheet, _box(sheet, size, 0.045, 0.105, 0.33, 0.405), 0.0022)
    return [
        *_closed(sheet, garment, size, max(cut.hem + 0.03, 0.14), 0.50, 6),
        Detail(*pocket),
        _cuffs(sheet, cut, 0.05),
    ]


def _blouse(garment: Garment, cut: Cut, sheet: Sheet, size: float) -> list[Detail]:
    return [*_closed(sheet, garment, size, 0.14, 0.395, 5), _cuffs(sheet, cut, 0.04)]


def _uniform(garment: Garment, cut: Cut, sheet: Sheet, size: float) -> list[Detail]:
    """A service shirt: straps, flapped pockets, brass, a badge and a leather belt."""
    brass = np.asarray(_BRASS)
    made = _closed(sheet, garment, size, 0.20, 0.50, 5)
    made[1] = Detail(made[1].sheet, made[1].outer, brass, 0.25)
    made += _pockets(sheet, size, 0.075, 0.415, 0.040, 0.095, flap=True)
    made.append(Detail(*_buttons(sheet, size, [(0.075, 0.388), (-0.075, 0.388)], 0.005, 0.007), brass, 0.25))
    made.append(Detail(*_buttons(sheet, size, [(0.075, 0.447)], 0.021, 0.002), brass, 0.22))
    made.append(Detail(*_patch(sheet, _box(sheet, size, -0.105, -0.048, 0.426, 0.440), 0.003), np.asarray(_STEEL), 0.3))
    made += [*_straps(sheet, size), _cuffs(sheet, cut, 0.06)]
    around = np.where(
        arm_share(sheet.skin) > 0.3, -1.0, np.minimum(sheet.template[:, 2] - 0.108, 0.152 - sheet.template[:, 2])
    )
    made.append(Detail(*_patch(sheet, around, 0.006, 0.006), np.asarray(_LEATHER), 0.4))
    made.append(Detail(*_patch(sheet, _box(sheet, size, -0.028, 0.028, 0.106, 0.154), 0.010), brass, 0.25))
    return made


def _straps(sheet: Sheet, size: float) -> list[Detail]:
    """Shoulder straps with a bright button at the neck's end."""
    x, y, z = sheet.template.T
    field = np.minimum.reduce([np.abs(x) - 0.088, 0.176 - np.abs(x), 0.021 - np.abs(y + 0.012), z - 0.50])
    return [Detail(*_patch(sheet, field, 0.005), None, shade=0.72)]


def _jacket(garment: Garment, cut: Cut, sheet: Sheet, size: float) -> list[Detail]:
    z = sheet.template[:, 2]
    hem = np.where(arm_share(sheet.skin) > 0.4, -1.0, cut.hem + 0.035 - z)
    made = [Detail(*_patch(sheet, hem, 0.002), shade=0.94), _cuffs(sheet, cut, 0.045)]
    made += _pockets(sheet, size, 0.098, 0.190, 0.045, 0.085, flap=False)
    made.append(Detail(*_buttons(sheet, size, _row(0.10, 0.46, 5, 0.052), 0.0078, 0.001), _button_color(garment), 0.35))
    return made


def _overlap(sheet: Sheet, size: float, low: float, high: float) -> Detail:
    """The front that laps over the other: an edge down the middle, its other side running out into the cloth."""
    x, _, _ = _front(sheet, size)
    field = _box(sheet, size, -0.018, 0.060, low, high)
    return Detail(*_patch(sheet, field, 0.0055 * smooth_step(0.055, 0.0, x) - 0.001 * (x > 0.05)))


def _suit(garment: Garment, cut: Cut, sheet: Sheet, size: float) -> list[Detail]:
    made = [_overlap(sheet, size, 0.055, 0.222), _cuffs(sheet, cut, 0.004)]
    made.append(
        Detail(*_buttons(sheet, size, [(0.004, 0.205), (0.004, 0.115)], 0.0095, 0.005), _button_color(garment), 0.35)
    )
    for side in (-1, 1):
        a, b = sorted((side * 0.070, side * 0.150))
        made.append(Detail(*_patch(sheet, _box(sheet, size, a, b, 0.070, 0.105), 0.004), shade=0.93))
    made.append(Detail(*_patch(sheet, _box(sheet, size, 0.055, 0.112, 0.375, 0.393), 0.003), shade=0.93))
    return made


def _coat(garment: Garment, cut: Cut, sheet: Sheet, size: float) -> list[Detail]:
    made = [_overlap(sheet, size, 0.06, 0.268), _cuffs(sheet, cut, 0.07)]
    made += _pockets(sheet, size, 0.125, 0.115, 0.062, 0.125, flap=True)
    if is_oilskin(garment):
        made += _toggles(sheet, size, (0.245, 0.165, 0.085))
    else:
        places = [(x, z) for x in (-0.045, 0.045) for z in (0.245, 0.155, 0.070)]
        made.append(Detail(*_buttons(sheet, size, places, 0.0120, 0.004), _button_color(garment), 0.35))
    return made


def _toggles(sheet: Sheet, size: float, heights: tuple[float, ...]) -> list[Detail]:
    """Horn bars in loops of cord."""
    made: list[Detail] = []
    for z in heights:
        cord = _patch(sheet, _box(sheet, size, -0.050, 0.055, z - 0.0035, z + 0.0035), 0.0075)
        bar = _patch(sheet, _box(sheet, size, -0.026, 0.026, z - 0.0085, z + 0.0085), 0.0125, 0.006)
        made += [Detail(*cord, np.array([0.30, 0.24, 0.14]), 0.9), Detail(*bar, np.array([0.055, 0.032, 0.016]), 0.3)]
    return made


def _trousers(garment: Garment, cut: Cut, sheet: Sheet, size: float) -> list[Detail]:
    """A belt with a buckle, and the fly."""
    z = sheet.template[:, 2]
    field = np.minimum(z - (WAIST_Z - 0.040), WAIST_Z - 0.004 - z)
    belt = Detail(*_patch(sheet, field, 0.0045, 0.004), np.asarray(_LEATHER) * 1.3, 0.42)
    frame = _box(sheet, size, -0.025, 0.025, WAIST_Z - 0.043, WAIST_Z - 0.002)
    inner = _box(sheet, size, -0.018, 0.018, WAIST_Z - 0.036, WAIST_Z - 0.009)
    buckle = Detail(*_patch(sheet, np.minimum(frame, -inner), 0.0075, 0.003), np.asarray(_STEEL), 0.25)
    fly = Detail(*_patch(sheet, _box(sheet, size, -0.006, 0.030, 0.015, WAIST_Z - 0.040), 0.0018), shade=0.97)
    return [belt, buckle, fly]
