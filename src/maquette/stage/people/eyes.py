"""Eyes, lashes and the inside of the mouth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.spatial import KDTree

from maquette.film.cast import Identity
from maquette.stage.people.piece import EYE, TILE, Piece, mixed_color, piece, tile_uv
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import F64, I64, Sparse, catmull_clark, selection, smooth_step, sparse, triangulated
from maquette.stage.people.skin import rig_sheet

IRIS_RAD = 0.47
"""Half angle of the iris seen from the eye ball's middle (12 mm wide on a ball of 26 mm)."""
PUPIL_RAD = 0.185
_EDGE_RAD = 1.7


def eye_pieces(shape: BodyShape, identity: Identity) -> list[Piece]:
    """Both eye balls with iris, pupil and a wet, slightly bulging cornea."""
    return [p for side in "lr" for p in _eye(shape, side)]


def _eye(shape: BodyShape, side: str) -> list[Piece]:
    quads = load_rig().groups[f"helper-{side}-eye"].quads
    once, q = catmull_clark(quads, len(shape.rest_vertices))
    twice, q = catmull_clark(q, once.shape[0])
    ball = rig_sheet(shape, (twice @ once).tocsr(), triangulated(q))
    middle = (ball.rest.max(axis=0) + ball.rest.min(axis=0)) / 2
    out = ball.rest - middle
    radius = float(np.median(np.linalg.norm(out, axis=1)))
    unit = out / np.linalg.norm(out, axis=1, keepdims=True)
    angle = np.arccos(np.clip(-unit[:, 1], -1, 1))
    bulge = 0.055 * radius * np.clip(1 - (angle / 0.56) ** 2, 0, 1) ** 1.2
    ball = ball.moved(middle + unit * (radius + bulge)[:, None])
    across = np.arctan2(unit[:, 2], unit[:, 0])
    r = 0.5 * np.minimum(angle / _EDGE_RAD, 0.98)
    uv = tile_uv(EYE, np.stack([0.5 + r * np.cos(across), 0.5 + r * np.sin(across)], axis=1))
    rough = 0.07 + 0.10 * smooth_step(0.5, 0.8, angle)
    whole = piece("eye", ball, (1.0, 1.0, 1.0), rough, uv)
    # Hidden half of the ball: never seen, not drawn.
    seen = angle[ball.faces].min(axis=1) < 1.45
    iris = angle[ball.faces].mean(axis=1) < IRIS_RAD
    return [whole.kept(seen & ~iris), replace(whole.kept(iris), part="iris")]


def eye_tile(identity: Identity) -> F64:
    """(256, 256, 3) linear picture of the ball seen from the front, by angle."""
    rng = np.random.default_rng([identity.seed, 71])
    at = (np.arange(TILE) + 0.5) / TILE - 0.5
    x, y = np.meshgrid(at, -at)
    angle = np.hypot(x, y) * 2 * _EDGE_RAD
    turn = np.arctan2(y, x)
    old = float(smooth_step(45, 85, identity.age_years))
    white = np.array([0.82, 0.79, 0.765]) * (1 - 0.10 * old) - np.array([0, 0.01, 0.05]) * old
    picture = white * (1 - 0.30 * smooth_step(0.75, 1.35, angle))[..., None] * np.array([1.0, 1.0, 1.0])
    picture *= np.stack(
        [np.ones_like(x), 1 - 0.16 * smooth_step(0.7, 1.3, angle), 1 - 0.2 * smooth_step(0.7, 1.3, angle)], -1
    )
    streaks = np.zeros_like(x)
    for count in (23, 41, 67, 97):
        streaks += np.sin(turn * count + rng.uniform(0, 6.28) + 2.5 * np.sin(3 * angle / IRIS_RAD + rng.uniform(0, 6)))
    iris = np.asarray(identity.iris, np.float64)
    depth = angle / IRIS_RAD
    shade = 1.25 + 0.12 * streaks / 2 + 0.55 * smooth_step(0.95, 0.55, depth) * smooth_step(0.35, 0.6, depth)
    tint = np.clip(iris[None, None] * shade[..., None], 0, 1)
    inner = mixed_color(iris, (0.35, 0.20, 0.06), 0.35)
    tint += (inner - tint) * (0.55 * smooth_step(0.62, 0.42, depth))[..., None]
    tint *= (1 - 0.82 * smooth_step(0.80, 0.98, depth))[..., None]
    tint += (np.array([0.004, 0.004, 0.005]) - tint) * smooth_step(PUPIL_RAD + 0.02, PUPIL_RAD - 0.01, angle)[..., None]
    picture += (tint - picture) * smooth_step(IRIS_RAD + 0.025, IRIS_RAD - 0.015, angle)[..., None]
    # The upper lid's shadow on the ball.
    return picture * (1 - 0.38 * smooth_step(0.08, 0.24, y))[..., None]


def lash_piece(shape: BodyShape, identity: Identity) -> Piece:
    """Upper and lower lashes: the rig's lash strips, shortened towards the lid, cut into tapering hairs."""
    rig = load_rig()
    n = len(shape.rest_vertices)
    template_ids = rig.body_ids
    length = 0.45 if identity.female > 0.5 and identity.age_years > 12 else 0.25
    tree = KDTree(shape.rest_vertices[template_ids])
    rows: list[Sparse] = []
    faces: list[I64] = []
    count = 0
    for side in "lr":
        for row, reach in ((1, 0.6), (2, 1.0)):
            quads = rig.groups[f"helper-{side}-eyelashes-{row}"].quads
            used, q = np.unique(quads, return_inverse=True)
            _, near = tree.query(shape.rest_vertices[used])
            share = length * reach
            pulled = share * selection(used, n) + (1 - share) * selection(template_ids[near], n)
            rows.append(pulled)
            faces.append(triangulated(q.reshape(-1, 4)) + count)
            count += len(used)
    sheet = rig_sheet(shape, sparse.vstack(rows).tocsr(), np.concatenate(faces))
    return piece("lashes", sheet, mixed_color(identity.brow, (0.012, 0.010, 0.009), 0.8), 0.6)


def mouth_pieces(shape: BodyShape) -> list[Piece]:
    """Teeth and tongue."""
    rig = load_rig()
    n = len(shape.rest_vertices)
    out = []
    for group, part, color, rough in (
        ("helper-upper-teeth", "teeth", (0.66, 0.60, 0.50), 0.22),
        ("helper-lower-teeth", "teeth", (0.60, 0.54, 0.44), 0.25),
        ("helper-tongue", "tongue", (0.38, 0.12, 0.11), 0.35),
    ):
        matrix, q = catmull_clark(rig.groups[group].quads, n)
        sheet = rig_sheet(shape, matrix, triangulated(q))
        out.append(piece(part, sheet, color, rough))
    return out
