"""Dresses a body: skin, face, eyes, hair, beard, wardrobe and accessories as one mesh that follows every pose.

The heavy work happens once per identity, in the rest pose. After that a pose is one sparse skinning product.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from maquette.film.cast import Identity
from maquette.film.stage import F32, U32, Body, BodyKind, Texture
from maquette.stage.people.coarse import coarsened
from maquette.stage.people.eyes import eye_pieces, eye_tile, lash_piece, mouth_pieces
from maquette.stage.people.face_paint import paint_face
from maquette.stage.people.garment_regions import share_of, tights
from maquette.stage.people.hair import dress_hair
from maquette.stage.people.piece import EYE, HAIR, Piece, atlas
from maquette.stage.people.rig import VERTEX_COUNT, BodyShape, Posed, load_rig
from maquette.stage.people.sheet import F64, Sparse, neighbour_mean, smooth_step, smoothed, sparse
from maquette.stage.people.skin import skin_pieces
from maquette.stage.people.wardrobe import dress_wardrobe


@dataclass(frozen=True, eq=False)
class Dressed:
    """A character ready for any pose. Get it with `dress`."""

    sole_m: float
    """How far the shoes lift the body: `body` raises everyone by it, so that soles stand where feet stood."""
    part_names: tuple[str, ...]
    faces: U32
    rest: F32
    base_color: F32
    roughness: F32
    uv: F32
    parts: NDArray[np.uint16]
    texture: Texture
    _skin: Sparse
    _face_mix: Sparse
    _face_driven: slice
    _weld: NDArray[np.int64]
    _gather: Sparse
    _combed: NDArray[np.int64]
    """Vertices of hair, which are shaded by `_combed_normals`."""
    _combed_normals: F32
    _lap: NDArray[np.int64]
    """Vertices of skirts and coat tails, which move by `_lap_shift` when their wearer sits."""
    _lap_shift: F32

    def body(self, posed: Posed, name: str) -> Body:
        """One mesh in the world: (V, 3) vertices with smooth normals, colours, parts, texture and rest places.

        posed: the pose of the same shape this character was dressed on. name: as on the stage, "cast/MARA".
        """
        transforms = posed.transforms.reshape(len(posed.transforms), 12)
        blend = (self._skin @ transforms).reshape(-1, 3, 4)
        rest = self.rest.copy()
        rest[self._face_driven] += self._face_mix @ posed.face_offset
        rest[self._lap] += np.float32(seatedness(posed)) * self._lap_shift
        vertices = np.einsum("nij,nj->ni", blend[..., :3], rest) + blend[..., 3]
        vertices[:, 2] += self.sole_m
        vertices = vertices.astype(np.float32)
        return Body(
            name=name,
            kind=BodyKind.CAST,
            vertices=vertices,
            faces=self.faces,
            base_color=self.base_color,
            roughness=self.roughness,
            normals=self._normals(vertices, blend),
            parts=self.parts,
            part_names=self.part_names,
            uv=self.uv,
            texture=self.texture,
            rest=self.rest,
        )

    def _normals(self, vertices: F32, blend: F32) -> F32:
        a, b, c = (vertices.take(self.faces[:, i], axis=0) for i in range(3))
        normals = self._gather @ _crossed(b - a, c - a)
        x, y, z = normals.T
        normals /= np.maximum(np.sqrt(x * x + y * y + z * z), 1e-12)[:, None]
        normals = normals.take(self._weld, axis=0).astype(np.float32)
        combed = np.einsum("nij,nj->ni", blend[self._combed, :, :3], self._combed_normals)
        normals[self._combed] = combed / np.maximum(np.linalg.norm(combed, axis=1, keepdims=True), 1e-9)
        return normals


def _crossed(a: F32, b: F32) -> F32:
    """(N, 3) cross products: what np.cross gives, in half the time."""
    flat = np.empty_like(a)
    for i, (j, k) in enumerate(((1, 2), (2, 0), (0, 1))):
        flat[:, i] = a[:, j] * b[:, k] - a[:, k] * b[:, j]
    return flat


_HANGING = ("coat", "dress", "skirt", "apron", "jacket")
_LEGS = ("upperleg", "lowerleg")


def seatedness(posed: Posed) -> float:
    """0 standing and walking, 1 with both thighs level: how far skirts and coat tails lie on the lap."""
    rig, shape = load_rig(), posed.shape
    pelvis = posed.rotation("root")
    bends: list[float] = []
    for side in "LR":
        thigh = shape.heads[rig.bone_index[f"lowerleg01.{side}"]] - shape.heads[rig.bone_index[f"upperleg01.{side}"]]
        now = pelvis.T @ (posed.joint(f"lowerleg01.{side}") - posed.joint(f"upperleg01.{side}"))
        bends.append(float(np.arccos(np.clip(thigh @ now / (np.linalg.norm(thigh) * np.linalg.norm(now)), -1, 1))))
    return float(smooth_step(np.radians(35), np.radians(70), min(bends)))


def _laps(pieces: Sequence[Piece], shape: BodyShape) -> list[F64]:
    """For each piece (N, 3) its rest-pose shift: hanging cloth comes close to the legs, to lie on them when they bend.

    What is sewn on a garment moves as the cloth under it does.
    """
    found: list[F64] = []
    main = {p.part: p for p in sorted(pieces, key=lambda p: len(p.sheet.rest))}
    cloth = {part: _lap(p, shape) for part, p in main.items() if part in _HANGING}
    for each in pieces:
        if each.part not in cloth:
            found.append(np.zeros((0, 3)))
        elif each is main[each.part]:
            found.append(cloth[each.part])
        else:
            _, near = KDTree(main[each.part].sheet.rest).query(each.sheet.rest, k=4)
            found.append(cloth[each.part][near].mean(axis=1))
    return found


def _lap(cloth: Piece, shape: BodyShape) -> F64:
    # The pattern's seams part vertices that lie at one place: they must move as one.
    _, first, weld = np.unique(np.round(cloth.sheet.rest, 5), axis=0, return_index=True, return_inverse=True)
    weld = weld.ravel()
    rest = cloth.sheet.rest[first]
    share = smooth_step(0.35, 0.75, share_of(cloth.sheet.skin[first], *_LEGS))
    legs = tights(shape)
    able = share_of(legs.skin, *_LEGS, "pelvis", "root") > 0.3
    _, near = KDTree(legs.rest[able]).query(rest, k=12)
    away = rest - legs.rest[able][near].mean(axis=1)
    gap = np.linalg.norm(away, axis=1)
    close = (0.016 if cloth.part in ("dress", "skirt") else 0.036) * shape.height_m / 1.72
    pull = share * np.maximum(gap - close, 0.0) / np.maximum(gap, 1e-6)
    return smoothed(-away * pull[:, None], neighbour_mean(weld[cloth.sheet.faces], len(rest)), 6)[weld]


@dataclass(frozen=True, eq=False)
class _Parts:
    """Everything that somebody is put together from, in full detail."""

    pieces: Sequence[Piece]
    laps: Sequence[F64]
    """What `_laps` says of the pieces."""
    texture: Texture
    sole_m: float
    shape: BodyShape


_WARDROBE: dict[str, Dressed] = {}
_WARDROBE_SIZE = 64
_PARTS: dict[str, _Parts] = {}
_PARTS_SIZE = 12


def dress(shape: BodyShape, identity: Identity, grain_m: float = 0.0) -> Dressed:
    """The dressed character; the same identity always gives the same bytes. Cached by identity, shape and grain.

    grain_m: what is finer than so many metres may be left out; 0: nothing is. Raises StageError where the wardrobe asks
    for what cannot be made.
    """
    key = f"{identity.digest()}|{shape.key}"
    return _kept(
        _WARDROBE,
        f"{key}|{grain_m:.6f}",
        _WARDROBE_SIZE,
        lambda: _assembled(_kept(_PARTS, key, _PARTS_SIZE, lambda: _parts(shape, identity)), grain_m),
    )


_Made = TypeVar("_Made")


def _kept(shelf: dict[str, _Made], key: str, size: int, make: Callable[[], _Made]) -> _Made:
    if key not in shelf:
        made = make()
        while len(shelf) >= size:
            shelf.pop(next(iter(shelf)))
        shelf[key] = made
    return shelf[key]


def _parts(shape: BodyShape, identity: Identity) -> _Parts:
    outfit = dress_wardrobe(shape, identity)
    hair = dress_hair(shape, identity, outfit.hat_line)
    pieces = [
        *skin_pieces(shape, identity, outfit.covered),
        *eye_pieces(shape, identity),
        lash_piece(shape, identity),
        *mouth_pieces(shape),
        *hair.pieces,
        *outfit.pieces,
    ]
    pieces = [p for p in pieces if len(p.sheet.faces)]
    # What the face moves comes first, so that one block of rows takes the facial offsets.
    pieces.sort(key=lambda p: p.sheet.face_mix is None)
    face = paint_face(identity, hair.scalp_paint)
    pixels = atlas(face, {EYE: eye_tile(identity), HAIR: hair.tile, **outfit.tiles})
    texture = Texture(key=f"person/{identity.digest()}", pixels=pixels)
    return _Parts(pieces, _laps(pieces, shape), texture, outfit.sole_m, shape)


def _assembled(parts_of: _Parts, grain_m: float) -> Dressed:
    coarse = [coarsened(p, grain_m) for p in parts_of.pieces]
    pieces = [p for p, _ in coarse]
    laps = [shift[used] if len(shift) else shift for shift, (_, used) in zip(parts_of.laps, coarse, strict=True)]
    names = tuple(dict.fromkeys(p.part for p in pieces))
    starts = np.cumsum([0, *(len(p.sheet.rest) for p in pieces)])
    faces = np.concatenate([p.sheet.faces + s for p, s in zip(pieces, starts, strict=False)])
    rest = np.concatenate([p.sheet.rest for p in pieces])
    counts = [len(p.sheet.rest) for p in pieces]
    parts = np.repeat([names.index(p.part) for p in pieces], counts)
    driven = [p.sheet.face_mix for p in pieces if p.sheet.face_mix is not None]
    mix = sparse.vstack([*driven, sparse.csr_matrix((0, VERTEX_COUNT))]).tocsr().astype(np.float32)
    piece_ids = np.repeat(np.arange(len(pieces)), counts)
    weld, gather = _welded(rest, piece_ids, faces)
    combed = [(p.normal, start) for p, start in zip(pieces, starts, strict=False) if p.normal is not None]
    lap = [(shift, start) for shift, start in zip(laps, starts, strict=False) if len(shift)]
    return Dressed(
        sole_m=parts_of.sole_m,
        part_names=names,
        faces=_frozen(faces.astype(np.uint32)),
        rest=_frozen(rest.astype(np.float32)),
        base_color=_frozen(np.concatenate([p.color for p in pieces]).astype(np.float32)),
        roughness=_frozen(np.clip(np.concatenate([p.roughness for p in pieces]), 0.05, 1).astype(np.float32)),
        uv=_frozen(np.concatenate([p.uv for p in pieces]).astype(np.float32)),
        parts=_frozen(parts.astype(np.uint16)),
        texture=parts_of.texture,
        _skin=sparse.vstack([p.sheet.skin for p in pieces]).tocsr().astype(np.float32),
        _face_mix=mix,
        _face_driven=slice(0, mix.shape[0]),
        _weld=weld,
        _gather=gather,
        _combed=np.concatenate([np.zeros(0, np.int64), *(start + np.arange(len(n)) for n, start in combed)]),
        _combed_normals=np.concatenate([np.zeros((0, 3)), *(n for n, _ in combed)]).astype(np.float32),
        _lap=np.concatenate([np.zeros(0, np.int64), *(start + np.arange(len(shift)) for shift, start in lap)]),
        _lap_shift=np.concatenate([np.zeros((0, 3)), *(shift for shift, _ in lap)]).astype(np.float32),
    )


def _welded(rest: NDArray[np.float64], owner: NDArray[np.int64], faces: NDArray[np.int64]):
    """Vertices of one piece at one place share a normal: (vertex -> weld, (welds, faces) sum of face normals)."""
    place = np.round(rest * 5e4).astype(np.int64) + (1 << 17)
    key = (owner << 54) + (place[:, 0] << 36) + (place[:, 1] << 18) + place[:, 2]
    _, weld = np.unique(key, return_inverse=True)
    weld = weld.ravel()
    corners = weld[faces].ravel()
    owner_face = np.repeat(np.arange(len(faces)), 3)
    gather = sparse.csr_matrix(
        (np.ones(len(corners), np.float32), (corners, owner_face)), shape=(weld.max() + 1, len(faces))
    )
    return weld, gather


def _frozen(array: NDArray) -> NDArray:
    array.flags.writeable = False
    return array
