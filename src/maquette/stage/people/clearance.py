"""Keeps forearms and hands out of trunk, head and legs: a reach that ends inside the body is moved out of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from maquette.stage.mesh import vertex_normals
from maquette.stage.people.figure import SIDES, Figure, sign
from maquette.stage.people.rig import BodyShape, load_rig

F64 = NDArray[np.float64]
I32 = NDArray[np.int32]

TOUCH_M = 0.004
"""Skin may be pressed in this far: a hand on a thigh touches it."""
_PASSES = 6
_ARM = ("lowerarm", "wrist", "finger", "metacarpal")
_BODY = ("root", "pelvis", "spine", "neck", "head", "upperleg", "lowerleg")


@dataclass(frozen=True, eq=False)
class _Skin:
    body: I32
    """Every other vertex of trunk, head and legs."""
    normals: F64
    """(N, 3) rest normals of `body`."""
    bones: I32
    """Strongest bone of each of `body`."""
    arms: dict[str, I32]
    """A thin sample of forearm and hand."""


@lru_cache(maxsize=64)
def _skin(shape: BodyShape) -> _Skin:
    rig = load_rig()
    strongest = rig.bone_ids[:, 0]

    def hanging_on(prefixes: tuple[str, ...], side: str = "") -> I32:
        wanted = [i for i, name in enumerate(rig.bones) if name.startswith(prefixes) and name.endswith(side)]
        return rig.body_ids[np.isin(strongest[rig.body_ids], wanted)]

    normals = vertex_normals(shape.rest_vertices, rig.triangles("body").astype(np.uint32))
    body = hanging_on(_BODY)[::2]
    return _Skin(body, normals[body].astype(np.float64), strongest[body],
                 {side: hanging_on(_ARM, side)[::6] for side in SIDES})  # fmt: skip


def keep_clear(figure: Figure) -> None:
    """Move wrists out of the body until no sampled point of hand or forearm is deeper in it than `TOUCH_M`.

    Only arms that were placed with `Figure.reach_arm` are moved, each by at most a few centimetres a pass.
    """
    skin = _skin(figure.shape)
    points = figure.skin(skin.body)
    linear = np.stack([figure.rotation(name) for name in figure.rig.bones])
    normals = np.einsum("nij,nj->ni", linear[skin.bones], skin.normals)
    tree = KDTree(points)
    for side in SIDES:
        for _ in range(_PASSES):
            push = _push(figure.skin(skin.arms[side]), tree, points, normals)
            if push is None or side not in figure.reaches:
                break
            wrist, elbow, palm, fingers = figure.reaches[side]
            outward = np.array([sign(side) * 0.15, 0.0, 0.0])
            figure.reach_arm(side, wrist + push, elbow + outward, palm, fingers)


def _push(arm: F64, tree: KDTree, points: F64, normals: F64) -> F64 | None:
    """The shift that takes the deepest points of the arm out of the body; None where there is nothing to do."""
    far, near = (np.asarray(x) for x in tree.query(arm, k=4, distance_upper_bound=0.14))
    found = np.isfinite(far).all(axis=1)
    if not found.any():
        return None
    near, arm = near[found], arm[found]
    depth = np.einsum("pki,pki->pk", points[near] - arm[:, None], normals[near])
    depth = np.where((depth > 0).all(axis=1), np.minimum(depth.min(axis=1), far[found, 0]), 0.0)
    deepest = float(depth.max())
    if deepest <= TOUCH_M:
        return None
    most = depth > 0.6 * deepest
    way = normals[near[most, 0]].mean(axis=0)
    return way / max(float(np.linalg.norm(way)), 0.3) * min(deepest + 0.002, 0.05)
