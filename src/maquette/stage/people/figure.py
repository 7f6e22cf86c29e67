"""A body being posed: forward kinematics, limbs that reach for points, a spine that bends.

Everything happens in the person's own frame: yaw 0, facing -Y, their left is +X, the floor point they stand on is the
origin. A `Figure` is the one mutable thing of this package; `Figure.pose` freezes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.stage.people.rig import BodyShape, Pose, axis_rotation, load_rig

F64 = NDArray[np.float64]

SIDES = ("L", "R")
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03", "head")
_NECK_SHARE = (0.2, 0.2, 0.2, 0.4)
_TOES = tuple(f"toe{i}-1" for i in range(1, 6))


def sign(side: str) -> float:
    """+1 for the person's left (+X), -1 for their right."""
    return 1.0 if side == "L" else -1.0


def vec(out: float, front: float, up: float, side: str = "L") -> F64:
    """A direction in body words: outwards on that side, to the front, up."""
    return np.array([sign(side) * out, -front, up])


def unit(v: Sequence[float] | F64) -> F64:
    a = np.asarray(v, float)
    return a / max(float(np.linalg.norm(a)), 1e-12)


def rx(deg: float) -> F64:
    """Positive nods or bends forward."""
    return axis_rotation((1, 0, 0), np.radians(deg))


def ry(deg: float) -> F64:
    """Positive leans to the person's left."""
    return axis_rotation((0, 1, 0), np.radians(deg))


def rz(deg: float) -> F64:
    """Positive turns to the person's left."""
    return axis_rotation((0, 0, 1), np.radians(deg))


def shortest_turn(a: F64, b: F64) -> F64:
    """(3, 3) smallest rotation that takes direction a to b."""
    a, b = unit(a), unit(b)
    axis = np.cross(a, b)
    return axis_rotation(axis if np.linalg.norm(axis) > 1e-9 else (1, 0, 0),
                         float(np.arctan2(np.linalg.norm(axis), a @ b)))  # fmt: skip


def twist_angle(rotation: F64, axis: F64) -> float:
    """Radians, -pi..pi: the part of a rotation that turns about `axis` (swing-twist decomposition)."""
    w = 1.0 + rotation[0, 0] + rotation[1, 1] + rotation[2, 2]
    v = np.array([
        rotation[2, 1] - rotation[1, 2], rotation[0, 2] - rotation[2, 0], rotation[1, 0] - rotation[0, 1]
    ])  # fmt: skip
    angle = 2.0 * float(np.arctan2(v @ axis, w))
    return (angle + np.pi) % (2 * np.pi) - np.pi


def frame(along: F64, across: F64) -> F64:
    """(3, 3) right-handed frame: columns along, across made orthogonal to it, and their cross product."""
    u = unit(along)
    a = unit(across - (across @ u) * u)
    return np.stack([u, a, np.cross(u, a)], axis=1)


@dataclass(frozen=True, eq=False)
class HandFrame:
    """A hand at rest: where fingers point, where the palm faces."""

    fingers: F64
    palm: F64
    length: float
    """Wrist to middle of the knuckles, metres."""


@dataclass(frozen=True, eq=False)
class Measures:
    """Lengths of one body that poses are built from, metres."""

    upper_arm: float
    forearm: float
    thigh: float
    shank: float
    ankle_height: float
    hip_half_width: float
    chest_front: float
    """How far the chest stands out in front of the chest bone."""
    belly_front: float
    waist_half_width: float
    hands: dict[str, HandFrame]

    @property
    def arm(self) -> float:
        return self.upper_arm + self.forearm

    @property
    def leg(self) -> float:
        return self.thigh + self.shank


@lru_cache(maxsize=64)
def measure(shape: BodyShape) -> Measures:
    """Lengths of a body, from its joints and skin."""
    rig, heads = load_rig(), shape.heads
    at = {name: heads[i] for name, i in rig.bone_index.items()}
    skin = shape.rest_vertices[rig.body_ids].astype(np.float64)
    strongest = rig.bone_ids[rig.body_ids, 0]
    trunk = np.isin(strongest, [rig.bone_index[b] for b in ("root", "pelvis.L", "pelvis.R", "upperleg01.L",
                                                             "upperleg01.R", *SPINE)])  # fmt: skip
    hip_z, waist_z, chest_z = (at[b][2] for b in ("upperleg01.L", "spine04", "spine02"))

    def band(z: float) -> F64:
        return skin[trunk & (np.abs(skin[:, 2] - z) < 0.035 * shape.height_m)]

    return Measures(
        upper_arm=float(np.linalg.norm(at["lowerarm01.L"] - at["upperarm01.L"])),
        forearm=float(np.linalg.norm(at["wrist.L"] - at["lowerarm01.L"])),
        thigh=float(np.linalg.norm(at["lowerleg01.L"] - at["upperleg01.L"])),
        shank=float(np.linalg.norm(at["foot.L"] - at["lowerleg01.L"])),
        ankle_height=float(at["foot.L"][2]),
        hip_half_width=float(np.abs(band(hip_z)[:, 0]).max()),
        chest_front=float(at["spine02"][1] - band(chest_z)[:, 1].min()),
        belly_front=float(at["spine04"][1] - band(waist_z)[:, 1].min()),
        waist_half_width=float(np.abs(band(waist_z)[:, 0]).max()),
        hands={side: _hand_frame(at, side) for side in SIDES},
    )


def _hand_frame(at: dict[str, F64], side: str) -> HandFrame:
    wrist = at[f"wrist.{side}"]
    knuckles = (at[f"finger3-1.{side}"] + at[f"finger4-1.{side}"]) / 2
    fingers = unit(knuckles - wrist)
    thumbward = at[f"finger2-1.{side}"] - at[f"finger5-1.{side}"]
    palm = np.cross(fingers, thumbward) * sign(side)
    return HandFrame(fingers, unit(palm), float(np.linalg.norm(knuckles - wrist)))


class Figure:
    """One body on its way to a pose."""

    def __init__(self, shape: BodyShape) -> None:
        self.shape = shape
        self.rig = load_rig()
        self.size = measure(shape)
        self.local: dict[str, F64] = {}
        self.shift = np.zeros(3)
        self.reaches: dict[str, tuple[F64, F64, F64, F64 | None]] = {}
        """What `reach_arm` was last asked for, by side."""
        self._shrugged: dict[str, F64] = {}
        self._fk: dict[int, tuple[F64, F64]] = {}

    # --- kinematics

    def turn(self, bone: str, rotation: F64) -> None:
        """Add a rotation (rest axes) on top of what the joint already does."""
        self.local[bone] = self.local.get(bone, np.eye(3)) @ rotation
        self._fk.clear()

    def reset(self, *bones: str) -> None:
        for bone in bones:
            self.local.pop(bone, None)
        self._fk.clear()

    def set_global(self, bone: str, rotation: F64) -> None:
        """Make the bone's rest -> figure rotation exactly this."""
        parent = self.rig.parents[self.rig.bone_index[bone]]
        up = np.eye(3) if parent < 0 else self.rotation(self.rig.bones[parent])
        self.local[bone] = up.T @ rotation
        self._fk.clear()

    def rotation(self, bone: str) -> F64:
        """(3, 3) rest axes -> figure frame."""
        return self._place(self.rig.bone_index[bone])[0]

    def point(self, bone: str, rest_point: F64) -> F64:
        """Where a rest-pose point that hangs on this bone alone is now."""
        linear, shift = self._place(self.rig.bone_index[bone])
        return linear @ rest_point + shift

    def joint(self, bone: str) -> F64:
        return self.point(bone, self.shape.heads[self.rig.bone_index[bone]])

    def rest(self, bone: str) -> F64:
        return self.shape.heads[self.rig.bone_index[bone]]

    def move(self, offset: F64) -> None:
        self.shift = self.shift + offset
        self._fk.clear()

    def put_hips(self, place: F64) -> None:
        """Move the whole figure so that the middle of the hip joints is there."""
        self.move(np.asarray(place, float) - self.joint("root"))

    def _place(self, i: int) -> tuple[F64, F64]:
        """Rest -> figure rotation and shift of one bone; only its chain of parents is worked out."""
        known = self._fk.get(i)
        if known is None:
            parent = self.rig.parents[i]
            up, at = (np.eye(3), self.shift) if parent < 0 else self._place(parent)
            turn = self.local.get(self.rig.bones[i])
            if turn is None:
                known = (up, at)
            else:
                joint = self.shape.heads[i]
                known = (up @ turn, at + up @ (joint - turn @ joint))
            self._fk[i] = known
        return known

    def skin(self, vertex_ids: NDArray[np.int32]) -> F64:
        """(N, 3) skinned places of some rig vertices."""
        places = [self._place(i) for i in range(len(self.rig.bones))]
        linear, shift = np.stack([p[0] for p in places]), np.stack([p[1] for p in places])
        ids, w = self.rig.bone_ids[vertex_ids, :4], self.rig.weights[vertex_ids, :4]
        rest = self.shape.rest_vertices[vertex_ids]
        moved = np.einsum("nkij,nj->nki", linear[ids], rest) + shift[ids]
        return np.einsum("nk,nki->ni", w / w.sum(axis=1, keepdims=True), moved)

    def pose(self, position: tuple[float, float, float], yaw_deg: float) -> Pose:
        """The finished pose, standing at `position` and turned by `yaw_deg`."""
        place = np.asarray(position, float) + rz(yaw_deg) @ self.shift
        return Pose(dict(self.local), (float(place[0]), float(place[1]), float(place[2])), yaw_deg)

    # --- trunk

    def bend_spine(self, forward: float = 0.0, side: float = 0.0, twist: float = 0.0, low: float = 0.5) -> None:
        """Bend the spine by degrees in all: forward, to the person's left, turned to their left.

        low: 0..1, how much of the bend sits in the lower back rather than in the chest.
        """
        weights = np.linspace(low, 1 - low, len(SPINE)) + 1e-9
        weights /= weights.sum()
        for bone, w in zip(SPINE, weights, strict=True):
            self.turn(bone, rz(twist * w) @ ry(side * w) @ rx(forward * w))

    def bend_neck(self, forward: float = 0.0, side: float = 0.0, twist: float = 0.0) -> None:
        """Bend neck and head by degrees in all."""
        for bone, w in zip(NECK, _NECK_SHARE, strict=True):
            self.turn(bone, rz(twist * w) @ ry(side * w) @ rx(forward * w))

    def shrug(self, side: str, up: float = 0.0, front: float = 0.0) -> None:
        """Raise a shoulder and bring it forward, degrees."""
        self._shrugged[side] = rz(-sign(side) * front) @ ry(-sign(side) * up)
        self.local[f"clavicle.{side}"] = self._shrugged[side]
        self._fk.clear()

    # --- limbs

    def reach_leg(self, side: str, ankle: F64, knee: F64, foot: F64, toes_deg: float = 0.0) -> None:
        """Two-bone reach: ankle to a point, knee towards a direction, foot with a given rotation (figure frame)."""
        hip = self.joint(f"upperleg01.{side}")
        a, b = self.size.thigh, self.size.shank
        thigh_dir, shank_dir = two_bone(hip, ankle, a, b, knee)
        hinge = np.cross(knee, unit(ankle - hip))
        self.aim_leg(side, thigh_dir, shank_dir, hinge)
        self.set_foot(side, foot, toes_deg)

    def aim_leg(self, side: str, thigh: F64, shank: F64, hinge: F64) -> None:
        """Point thigh and shank along directions; `hinge` is the knee axis (the person's left for a knee ahead)."""
        rest_thigh = self.rest(f"lowerleg01.{side}") - self.rest(f"upperleg01.{side}")
        rest_shank = self.rest(f"foot.{side}") - self.rest(f"lowerleg01.{side}")
        x = np.array([1.0, 0.0, 0.0])
        self._aim_twisted(f"upperleg01.{side}", f"upperleg02.{side}", rest_thigh, x, thigh, hinge, 0.5)
        self.set_global(f"lowerleg01.{side}", frame(shank, hinge) @ frame(rest_shank, x).T)
        self.reset(f"lowerleg02.{side}", f"foot.{side}")

    def set_foot(self, side: str, foot: F64, toes_deg: float = 0.0) -> None:
        shank = unit(self.joint(f"foot.{side}") - self.joint(f"lowerleg01.{side}"))
        up = self.rotation(f"lowerleg01.{side}")
        twist = float(np.clip(twist_angle(foot @ up.T, shank), -0.6, 0.6))
        self.set_global(f"lowerleg02.{side}", axis_rotation(shank, 0.5 * twist) @ up)
        self.set_global(f"foot.{side}", foot)
        for toe in _TOES:
            self.reset(f"{toe}.{side}")
            if toes_deg:
                self.turn(f"{toe}.{side}", rx(toes_deg))

    def reach_arm(self, side: str, wrist: F64, elbow: F64, palm: F64, fingers: F64 | None = None) -> None:
        """Two-bone reach: wrist to a point, elbow towards a direction, palm facing a direction.

        fingers: direction of the hand; None keeps it in line with the forearm. A point out of reach is approached.
        """
        self.reaches[side] = (wrist, elbow, palm, fingers)
        self._follow_with_shoulder(side, wrist)
        shoulder = self.joint(f"upperarm01.{side}")
        upper, lower = two_bone(shoulder, wrist, self.size.upper_arm, self.size.forearm, elbow)
        hinge = np.cross(elbow, unit(wrist - shoulder))
        self.aim_arm(side, upper, lower, hinge)
        self.set_hand(side, lower if fingers is None else fingers, palm)

    def _follow_with_shoulder(self, side: str, wrist: F64) -> None:
        """Collar bone and shoulder blade go along when the arm goes up, across or far to the front."""
        self.reset(f"shoulder01.{side}")
        base = self._shrugged.get(side, np.eye(3))
        self.local[f"clavicle.{side}"] = base
        shoulder = self.joint(f"upperarm01.{side}")
        to = self.rotation("spine01").T @ (wrist - shoulder)
        reach = min(float(np.linalg.norm(to)) / self.size.arm, 1.0)
        d = unit(to)
        up = 26.0 * max(0.0, d[2]) * reach
        front = 24.0 * max(0.0, -d[1]) * max(0.0, reach - 0.45) / 0.55
        across = 16.0 * max(0.0, -sign(side) * d[0]) * max(0.0, -d[1] + 0.4)
        half = rz(-sign(side) * (front + across) * 0.5) @ ry(-sign(side) * up * 0.5)
        self.local[f"shoulder01.{side}"] = half
        self.local[f"clavicle.{side}"] = half @ base
        self._fk.clear()

    def aim_arm(self, side: str, upper: F64, lower: F64, hinge: F64) -> None:
        """Point upper arm and forearm along directions; `hinge` is the elbow axis they bend about."""
        at = {b: self.rest(f"{b}.{side}") for b in ("upperarm01", "lowerarm01", "wrist")}
        rest_upper, rest_lower = at["lowerarm01"] - at["upperarm01"], at["wrist"] - at["lowerarm01"]
        rest_hinge = np.cross(rest_upper, rest_lower)
        self._aim_twisted(f"upperarm01.{side}", f"upperarm02.{side}", rest_upper, rest_hinge, upper, hinge, 0.35)
        self.set_global(f"lowerarm01.{side}", frame(lower, hinge) @ frame(rest_lower, rest_hinge).T)
        self.reset(f"lowerarm02.{side}", f"wrist.{side}")

    def set_hand(self, side: str, fingers: F64, palm: F64) -> None:
        """Turn the hand; pronation is shared along the forearm so that the skin does not wring."""
        rest = self.size.hands[side]
        forearm = unit(self.joint(f"wrist.{side}") - self.joint(f"lowerarm01.{side}"))
        swing = float(np.arccos(np.clip(unit(fingers) @ forearm, -1, 1)))
        if swing > _WRIST_LIMIT:
            fingers = axis_rotation(np.cross(forearm, fingers), _WRIST_LIMIT) @ forearm
        target = frame(fingers, palm) @ frame(rest.fingers, rest.palm).T
        up = self.rotation(f"lowerarm01.{side}")
        twist = float(np.clip(twist_angle(target @ up.T, forearm), *_PRONATION_LIMIT))
        self.set_global(f"lowerarm01.{side}", axis_rotation(forearm, 0.3 * twist) @ up)
        self.set_global(f"lowerarm02.{side}", axis_rotation(forearm, 0.75 * twist) @ up)
        self.set_global(f"wrist.{side}", target)

    def _aim_twisted(self, first: str, second: str, rest_dir: F64, rest_hinge: F64, to: F64, hinge: F64,
                     share: float) -> None:  # fmt: skip
        """Aim a two-part limb bone, leaving only `share` of its twist to the part at the joint."""
        parent = self.rig.bones[self.rig.parents[self.rig.bone_index[first]]]
        up = self.rotation(parent)
        full = frame(to, hinge) @ frame(rest_dir, rest_hinge).T
        swing = shortest_turn(up @ rest_dir, to) @ up
        twist = twist_angle(full @ swing.T, unit(to))
        self.set_global(first, axis_rotation(to, share * twist) @ swing)
        self.set_global(second, full)


_WRIST_LIMIT = np.radians(65.0)
_PRONATION_LIMIT = (-np.radians(120.0), np.radians(120.0))


def two_bone(root: F64, goal: F64, a: float, b: float, pole: F64) -> tuple[F64, F64]:
    """Unit directions of two bones of lengths a and b from `root` so that their end is at `goal` (law of cosines).

    The joint between them lies towards `pole`. A goal out of reach is approached as far as it goes.
    """
    to = goal - root
    d = float(np.clip(np.linalg.norm(to), abs(a - b) + 0.02 * (a + b), 0.998 * (a + b)))
    u = unit(to)
    side = unit(pole - (pole @ u) * u)
    cos = (a * a + d * d - b * b) / (2 * a * d)
    first = cos * u + np.sqrt(max(0.0, 1 - cos * cos)) * side
    return unit(first), unit(root + d * u - (root + a * first))
