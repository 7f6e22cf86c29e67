"""Postures: what pelvis, spine and legs do. Arms come on top (gestures.py), then head and eyes (gaze.py).

Every posture is a function of time and of a seeded generator, so that no two people stand alike and walks can run.
All heights are above the floor under the person; contact is solved on the skin, not guessed from bones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Emotion, Posture
from maquette.stage.people.figure import SIDES, SPINE, Figure, rx, ry, rz, sign, unit, vec
from maquette.stage.people.rig import load_rig

F64 = NDArray[np.float64]
I32 = NDArray[np.int32]


@dataclass(frozen=True)
class Situation:
    """What a posture needs to know."""

    seat_m: float
    """Height of seat, mattress or leaning edge above the floor under the person; 0 if there is none."""
    t_s: float
    emotion: Emotion = Emotion.NEUTRAL
    intensity: float = 0.0
    on_side: bool = False
    """Lying: on the side instead of the back."""
    edge_ahead: bool = False
    """Leaning: the edge is a counter in front, not something behind."""
    stride: float | None = None
    """Walking and running: turns of the left leg's stride, 0 where `walk`'s left heel strikes; None: by `t_s`."""


PostureMaker = Callable[[Figure, Situation, np.random.Generator], None]

# Trunk by feeling: spine forward, head forward (degrees), shoulders up and forward (degrees), at full intensity.
_BEARING: dict[Emotion, tuple[float, float, float, float]] = {
    Emotion.JOY: (-5, -4, 0, -4),
    Emotion.AMUSEMENT: (-1, -2, 2, 0),
    Emotion.TENDERNESS: (4, 5, 0, 2),
    Emotion.SADNESS: (12, 14, -2, 8),
    Emotion.GRIEF: (18, 20, 3, 12),
    Emotion.FEAR: (-3, 3, 9, 10),
    Emotion.TERROR: (-7, 2, 14, 14),
    Emotion.ANGER: (5, 9, 3, -2),
    Emotion.CONTEMPT: (-4, -7, 0, -4),
    Emotion.DISGUST: (-5, -2, 4, 2),
    Emotion.SURPRISE: (-5, -4, 6, 0),
    Emotion.AWE: (-4, -8, 0, -2),
    Emotion.SHAME: (11, 20, 4, 12),
    Emotion.PAIN: (13, 12, 8, 10),
    Emotion.SUSPICION: (3, 3, 2, 2),
    Emotion.DETERMINATION: (-2, 6, -2, -5),
    Emotion.EXHAUSTION: (14, 16, -4, 9),
}


def bear(figure: Figure, situation: Situation) -> None:
    """What the feeling does to the trunk, and breathing."""
    spine, head, up, front = (v * situation.intensity for v in _BEARING.get(situation.emotion, (0, 0, 0, 0)))
    breath = float(np.sin(2 * np.pi * situation.t_s * 0.26))
    figure.bend_spine(forward=spine * 0.8 - 0.7 * breath, low=0.3)
    figure.bend_neck(forward=head * 0.8 + 0.6 * breath)
    for side in SIDES:
        figure.shrug(side, up=up - 4.0 + 0.8 * breath, front=front)


def contact_ids(*bones: str) -> I32:
    """Skin vertices that hang mostly on these bones."""
    return _contact_ids(tuple(bones))


@lru_cache(maxsize=16)
def _contact_ids(bones: tuple[str, ...]) -> I32:
    rig = load_rig()
    wanted = [rig.bone_index[b] for b in bones] if bones else list(range(len(rig.bones)))
    return rig.body_ids[np.isin(rig.bone_ids[rig.body_ids, 0], wanted)]


_SEAT = ("root", "pelvis.L", "pelvis.R", "upperleg01.L", "upperleg01.R", "spine05")


def _ankle(figure: Figure, x: float, y: float, height: float = 0.0) -> F64:
    return np.array([x, y, figure.size.ankle_height + height])


def _settle_hips(figure: Figure, hips: F64, ankles: dict[str, F64], stretch: float) -> F64:
    """Lower the hips until every leg in `ankles` reaches its ankle with at most `stretch` of its length."""
    figure.put_hips(hips)
    for side, ankle in ankles.items():
        hip = figure.joint(f"upperleg01.{side}")
        flat = hip[:2] - ankle[:2]
        reach = stretch * figure.size.leg
        top = ankle[2] + np.sqrt(max(reach**2 - float(flat @ flat), 0.01))
        hips[2] -= max(0.0, hip[2] - top)
        figure.put_hips(hips)
    return hips


def stand(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """Relaxed contrapposto: weight on one leg, hips and shoulders tilted against each other."""
    size = figure.size
    w = 1.0 if rng.random() < 0.5 else -1.0
    weight, free = ("L", "R") if w > 0 else ("R", "L")
    ease = rng.uniform(0.35, 1.0) * (0.45 if s.emotion in (Emotion.DETERMINATION, Emotion.ANGER) else 1.0)
    turn = rng.uniform(-6, 6)
    half = abs(figure.rest("upperleg01.L")[0])
    gap = half + rng.uniform(0.00, 0.05) * size.leg
    feet = {
        weight: _ankle(figure, w * gap * 0.85, rng.uniform(-0.01, 0.02)),
        free: _ankle(figure, -w * (gap + 0.05 * ease * size.leg), -rng.uniform(0.02, 0.17) * ease * size.leg),
    }
    out = {weight: rng.uniform(4, 10), free: rng.uniform(12, 26)}
    figure.turn("root", rz(turn) @ ry(-w * 4.8 * ease) @ rx(rng.uniform(0, 2)))
    sway = 0.006 * np.sin(2 * np.pi * s.t_s * 0.11 + rng.uniform(0, 6))
    hips = np.array([w * 0.042 * ease * size.leg + sway, rng.uniform(-0.01, 0.01), size.leg + size.ankle_height])
    _settle_hips(figure, hips, {weight: feet[weight]}, 0.992)
    _settle_hips(figure, figure.joint("root"), {free: feet[free]}, 0.995)
    for side in SIDES:
        figure.reach_leg(side, feet[side], vec(0.10, 1.0, 0.0, side), rz(sign(side) * out[side]))
    figure.bend_spine(side=w * 8.4 * ease, twist=-turn * 0.9, forward=rng.uniform(-1, 2), low=0.6)
    figure.bend_neck(side=-w * 3.0 * ease)


def sit(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """On a seat: buttocks and thighs carried by it, feet on the floor, or on the ring of a bar stool."""
    size = figure.size
    seat = s.seat_m or 0.45
    back = rng.choice([-14.0, -8.0, 4.0, 10.0]) + rng.uniform(-2, 2)
    figure.turn("root", rx(-8.0 + 0.35 * back) @ rz(rng.uniform(-4, 4)))
    hips = np.array([0.0, 0.07 * size.leg, seat + 0.1])
    foot_z = max(0.0, seat - 1.10 * size.shank - size.ankle_height + 0.02)
    high = foot_z > 0.06
    spread = rng.uniform(0.02, 0.09) * size.leg
    ahead = 0.86 if high else 1.0
    for _ in range(2):
        figure.put_hips(hips)
        for side in SIDES:
            nudge = rng.uniform(-0.10, 0.06) * size.shank if not high else rng.uniform(-0.04, 0.02)
            hip = figure.joint(f"upperleg01.{side}")
            drop = float(np.clip((hip[2] - size.ankle_height - foot_z - size.shank) / size.thigh, -0.5, 0.9))
            knee_y = hip[1] - np.sqrt(1 - drop**2) * size.thigh * ahead
            ankle = np.array([hip[0] + sign(side) * spread, knee_y + nudge + 0.04, size.ankle_height + foot_z])
            figure.reach_leg(side, ankle, vec(0.12, 0.55, 0.85, side), rz(sign(side) * rng.uniform(6, 16)))
        lowest = float(figure.skin(contact_ids(*_SEAT))[:, 2].min())
        hips = figure.joint("root") + np.array([0.0, 0.0, seat - 0.012 - lowest])
    figure.put_hips(hips)
    for side in SIDES:
        ankle = figure.joint(f"foot.{side}")
        ankle[2] = size.ankle_height + foot_z
        figure.reach_leg(side, ankle, vec(0.12, 0.55, 0.85, side), rz(sign(side) * rng.uniform(6, 16)))
    figure.bend_spine(forward=8.0 + 0.75 * back, side=rng.uniform(-3, 3), twist=rng.uniform(-4, 4), low=0.55)
    figure.bend_neck(forward=-0.7 * back)


def drive(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """In a car seat: reclined, legs forward to the pedals."""
    size = figure.size
    seat = s.seat_m or 0.32
    figure.turn("root", rx(-20.0))
    hips = np.array([0.0, 0.06 * size.leg, seat + 0.1])
    for _ in range(2):
        figure.put_hips(hips)
        for side in SIDES:
            hip = figure.joint(f"upperleg01.{side}")
            far = 0.80 if side == "R" else 0.76
            ankle = np.array([hip[0] + sign(side) * 0.02, hip[1] - far * size.leg, size.ankle_height + 0.05])
            figure.reach_leg(side, ankle, vec(0.10, 0.2, 1.0, side), rx(-26.0) @ rz(sign(side) * 6))
        lowest = float(figure.skin(contact_ids(*_SEAT))[:, 2].min())
        hips = figure.joint("root") + np.array([0.0, 0.0, seat - 0.012 - lowest])
    figure.put_hips(hips)
    figure.bend_spine(forward=9.0, twist=rng.uniform(-2, 2), low=0.5)
    figure.bend_neck(forward=7.0)


def walk_speed(figure: Figure) -> float:
    """Metres per second at which a placement must move so that walking feet do not slide."""
    return _STEP * figure.size.leg * 2 * _STRIDES_PER_S / (2 * _STANCE)


_STEP = 0.86
"""Length of a foot's stance path over leg length."""
_STANCE = 0.62
_STRIDES_PER_S = 0.98


def walk(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """Mid-stride. One foot is always on the floor, rolling from heel to toe; hips rise and fall with the legs."""
    size = figure.size
    phase = (s.t_s * _STRIDES_PER_S + rng.uniform(0.02, 0.08) + 0.5 * (rng.random() < 0.5)) % 1.0
    phase = phase if s.stride is None else s.stride % 1.0
    swing_w = np.cos(2 * np.pi * phase)
    figure.turn("root", rz(-7.0 * swing_w) @ ry(2.5 * np.sin(2 * np.pi * phase)) @ rx(2.0))
    half = abs(figure.rest("upperleg01.L")[0]) * 0.62
    steps = {side: _step(figure, (phase + (0.5 if side == "R" else 0.0)) % 1.0, sign(side) * half) for side in SIDES}
    grounded = {side: ankle for side, (ankle, _, _, on_floor) in steps.items() if on_floor}
    hips = np.array([0.0, -0.02 * size.leg, size.leg + size.ankle_height])
    _settle_hips(figure, hips, grounded, 0.985)
    for side, (ankle, pitch, toes, on_floor) in steps.items():
        foot = rz(sign(side) * 5) @ rx(pitch)
        figure.reach_leg(side, ankle, vec(0.04, 1.0, 0.15, side), foot, toes)
        # The skin decides: soles roll exactly on the floor, and a swinging foot clears it.
        low = float(figure.skin(contact_ids(*(b for b in _FEET if b.endswith(side))))[:, 2].min())
        lift = -low if on_floor else max(0.0, 0.012 - low)
        figure.reach_leg(side, ankle + np.array([0.0, 0.0, lift]), vec(0.04, 1.0, 0.15, side), foot, toes)
    figure.bend_spine(twist=12.0 * swing_w, forward=3.0, side=-2.0 * np.sin(2 * np.pi * phase), low=0.4)
    figure.bend_neck(twist=-5.0 * swing_w, forward=-1.0)


def _step(figure: Figure, p: float, x: float) -> tuple[F64, float, float, bool]:
    """Ankle, foot pitch (degrees, positive toes down), toe bend and floor contact at phase p of one leg's stride."""
    size = figure.size
    reach = _STEP * size.leg / 2
    if p < _STANCE:
        q = p / _STANCE
        y = -reach + 2 * reach * q
        pitch = -16.0 * max(0.0, 1 - q / 0.16) if q < 0.62 else 46.0 * ((q - 0.62) / 0.38) ** 1.4
        return _rolled(figure, x, y, pitch) + (True,)
    q = (p - _STANCE) / (1 - _STANCE)
    start, end = _rolled(figure, x, reach, 46.0), _rolled(figure, x, -reach, -16.0)
    ease = q * q * (3 - 2 * q)
    ankle = start[0] * (1 - ease) + end[0] * ease + np.array([0, 0, 0.05 * size.leg * np.sin(np.pi * q)])
    return ankle, 46.0 + (-16.0 - 46.0) * min(1.0, q * 1.25), start[1] * max(0.0, 1 - 3 * q), False


def _rolled(figure: Figure, x: float, y: float, pitch: float) -> tuple[F64, float, float]:
    """A foot on the floor whose flat ankle would be at (x, y), pitched about heel or ball so that it stays there."""
    rest = figure.rest("foot.L")
    ball = figure.rest("toe3-1.L")
    pivot_y, pivot_z = (ball[1] - rest[1], 0.018) if pitch > 0 else (0.32 * (rest[1] - ball[1]), 0.0)
    arm = np.array([0.0, -pivot_y, figure.size.ankle_height - pivot_z])
    turned = rx(pitch) @ arm
    return np.array([x, y + pivot_y + turned[1], pivot_z + turned[2]]), pitch, -0.92 * max(0.0, pitch)


def run(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """Running, from the push off the back foot on; both feet may leave the floor."""
    size = figure.size
    phase = (s.t_s * 1.42 + rng.uniform(0.0, 0.06) + 0.5 * (rng.random() < 0.5)) % 1.0
    phase = phase if s.stride is None else s.stride % 1.0
    swing = np.cos(2 * np.pi * phase)
    figure.turn("root", rx(12.0) @ rz(-9.0 * swing))
    figure.put_hips(np.array([0.0, 0.0, size.leg]))
    for side in SIDES:
        p = 2 * np.pi * (phase + (0.5 if side == "R" else 0.0))
        thigh = 16.0 + 46.0 * np.cos(p)
        knee = 22.0 + 34.0 * (1 - np.cos(p + 1.0)) / 2 * 1.9 * (0.35 + 0.65 * max(0.0, np.sin(-p)))
        knee += 50.0 * max(0.0, np.cos(p)) ** 2
        down, x = np.array([0.0, 0.0, -1.0]), np.array([1.0, 0.0, 0.0])
        shin = thigh - knee
        figure.aim_leg(side, rx(-thigh) @ down, rx(-shin) @ down, x)
        figure.set_foot(side, rx(-shin + 18.0 - 14.0 * np.cos(p)), -max(0.0, -30.0 * np.cos(p)))
    lowest = float(figure.skin(contact_ids(*_FEET)).min(axis=0)[2])
    lift = 0.05 * size.leg * max(0.0, float(np.sin(4 * np.pi * phase)))
    figure.move(np.array([0.0, 0.0, lift - lowest]))
    figure.bend_spine(forward=4.0, twist=20.0 * swing, low=0.4)
    figure.bend_neck(forward=-12.0, twist=-9.0 * swing)


_FEET = tuple(
    name
    for side in SIDES
    for name in (f"foot.{side}", *(f"toe{i}-{j}.{side}" for i in range(1, 6) for j in (1, 2, 3) if (i, j) != (1, 3)))
)


_LEGS = tuple(f"{bone}.{side}" for side in SIDES for bone in ("upperleg02", "lowerleg01", "lowerleg02", "foot"))


def lie(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """On a bed: on the back, or on the side with knees drawn up. Yaw points from head to feet."""
    roll = (90.0 if rng.random() < 0.5 else -90.0) if s.on_side else 0.0
    body = rx(-90.0) @ rz(roll)
    figure.turn("root", body)
    bent = rng.choice(list(SIDES))
    for side in SIDES:
        if s.on_side:
            lower = (roll > 0) == (side == "L")
            thigh, shin = (38.0, -42.0) if lower else (62.0, -38.0)
        else:
            thigh, shin = (rng.uniform(26, 40), -rng.uniform(26, 36)) if side == bent else (2.0, -4.0)
        spread = 0.0 if s.on_side else sign(side) * (4.0 if side != bent else 8.0)
        down = np.array([0.0, 0.0, -1.0])
        figure.aim_leg(side, body @ ry(-spread) @ rx(-thigh) @ down, body @ ry(-spread) @ rx(-shin) @ down,
                       body @ np.array([1.0, 0.0, 0.0]))  # fmt: skip
        figure.set_foot(side, figure.rotation(f"lowerleg01.{side}") @ rx(28.0) @ rz(sign(side) * 14.0))
    curl = 14.0 if s.on_side else 3.0
    figure.bend_spine(forward=curl, twist=rng.uniform(-4, 4), low=0.5)
    figure.bend_neck(forward=12.0, side=-0.08 * roll)
    middle = (figure.joint("head") + figure.joint("foot.L")) / 2
    figure.move(np.array([-middle[0], -middle[1], 0.0]))
    lowest = float(figure.skin(contact_ids(*_SEAT, *SPINE, *_LEGS, "head"))[:, 2].min())
    figure.move(np.array([0.0, 0.0, s.seat_m - 0.035 - lowest]))


def lean(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """With the back to a wall, with the seat against an edge behind, or over a counter ahead on the forearms.

    Wall or edge is `BEHIND_M` behind the place, as the sets have it; the body is moved until it touches.
    """
    size = figure.size
    if s.edge_ahead:
        _lean_over(figure, s, rng)
        return
    w = 1.0 if rng.random() < 0.5 else -1.0
    edge = 0.0 < s.seat_m < size.leg + size.ankle_height + 0.05
    tilt = -7.0 if not edge else -3.0
    figure.turn("root", rx(tilt) @ ry(-w * 2.5))
    hips = np.array([w * 0.03, 0.13 * size.leg, size.leg * (0.985 if not edge else 0.97) + size.ankle_height])
    ahead = -0.14 * size.leg
    weight, free = ("L", "R") if w > 0 else ("R", "L")
    feet = {
        weight: _ankle(figure, w * 0.09, ahead),
        free: _ankle(figure, -w * rng.uniform(0.02, 0.11), ahead - rng.uniform(0.1, 0.2) * size.leg),
    }
    _settle_hips(figure, hips, feet, 0.985)
    for side in SIDES:
        figure.reach_leg(side, feet[side], vec(0.1, 1.0, 0.0, side), rz(sign(side) * rng.uniform(6, 18)))
    figure.bend_spine(forward=3.0 - (2.0 if edge else -4.0), side=w * 4.0, low=0.5)
    figure.bend_neck(forward=5.0, side=-w * 3.0)
    back = figure.skin(contact_ids(*_SEAT, *SPINE))
    touching = back[back[:, 2] < s.seat_m] if edge else back
    figure.move(np.array([0.0, BEHIND_M - 0.01 - float(touching[:, 1].max(initial=0.1)), 0.0]))


BEHIND_M = 0.30
"""From a leaning place to the wall or edge behind it."""


def _lean_over(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """Weight on the forearms over a counter ahead."""
    size = figure.size
    shoulder = size.leg + size.ankle_height + 0.52 * size.leg
    need = float(np.clip((shoulder - s.seat_m - 0.62 * size.upper_arm) / (0.55 * size.leg), 0.1, 0.9))
    bend = float(np.degrees(np.arccos(1 - need)) * 0.62)
    w = 1.0 if rng.random() < 0.5 else -1.0
    weight, free = ("L", "R") if w > 0 else ("R", "L")
    figure.turn("root", rx(0.5 * bend) @ ry(-w * 3.0))
    feet = {
        weight: _ankle(figure, w * 0.09, 0.05),
        free: _ankle(figure, -w * rng.uniform(0.06, 0.12), 0.05 + rng.uniform(-0.12, 0.14) * size.leg),
    }
    hips = np.array([w * 0.04, 0.06 + 0.0012 * bend, size.leg + size.ankle_height])
    _settle_hips(figure, hips, feet, 0.985)
    for side in SIDES:
        figure.reach_leg(side, feet[side], vec(0.08, 1.0, 0.0, side), rz(sign(side) * rng.uniform(4, 14)))
    figure.bend_spine(forward=0.62 * bend, side=w * 4.0, low=0.5)
    figure.bend_neck(forward=-0.75 * bend)


def kneel(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """On one knee or on both."""
    size = figure.size
    both = rng.random() < 0.4
    w = 1.0 if rng.random() < 0.5 else -1.0
    front = None if both else ("L" if w > 0 else "R")
    half = abs(figure.rest("upperleg01.L")[0])
    knee_r = 0.115 * size.shank
    sits_back = 14.0 if both else 2.0
    figure.turn("root", rx(2.0))
    figure.put_hips(np.array([0.0, 0.0, size.thigh * np.cos(np.radians(sits_back)) + knee_r]))
    down, x = np.array([0.0, 0.0, -1.0]), np.array([1.0, 0.0, 0.0])
    for side in SIDES:
        if side == front:
            ankle = _ankle(figure, sign(side) * half * 1.15, -0.86 * size.thigh)
            figure.reach_leg(side, ankle, vec(0.12, 1.0, 0.5, side), rz(sign(side) * 6))
        else:
            spread = ry(-sign(side) * 5.0)
            shank = unit(np.array([0.0, 1.0, 0.02]))
            figure.aim_leg(side, spread @ rx(-sits_back) @ down, shank, x)
            # Toes on the floor and bent, heel up: the ball carries, as a kneeling foot does.
            figure.set_foot(side, rx(62.0), -58.0)
    lowest = float(figure.skin(contact_ids(*(f"lowerleg0{i}.{q}" for i in (1, 2) for q in SIDES), *_FEET))[:, 2].min())
    figure.move(np.array([0.0, 0.0, -lowest]))
    if front is not None:
        ankle = _ankle(figure, sign(front) * half * 1.15, -0.86 * size.thigh)
        figure.reach_leg(front, ankle, vec(0.12, 1.0, 0.5, front), rz(sign(front) * 6))
    figure.bend_spine(forward=rng.uniform(2, 8), low=0.4)


def crouch(figure: Figure, s: Situation, rng: np.random.Generator) -> None:
    """Low on both feet, heels up, trunk over the thighs."""
    size = figure.size
    w = 1.0 if rng.random() < 0.5 else -1.0
    half = abs(figure.rest("upperleg01.L")[0])
    figure.turn("root", rx(16.0) @ rz(rng.uniform(-6, 6)))
    figure.put_hips(np.array([0.0, 0.20 * size.leg, 0.40 * size.leg + size.ankle_height]))
    for side in SIDES:
        ahead = -0.10 * size.leg if (side == "L") == (w > 0) else 0.06 * size.leg
        ankle, pitch, toes = _rolled(figure, sign(side) * half * 1.2, ahead, 26.0 if ahead > 0 else 12.0)
        figure.reach_leg(side, ankle, vec(0.35, 1.0, 0.5, side), rz(sign(side) * 10) @ rx(pitch), toes)
    figure.bend_spine(forward=24.0, twist=rng.uniform(-5, 5), low=0.5)
    figure.bend_neck(forward=-26.0)


POSTURES: dict[Posture, PostureMaker] = {
    Posture.STAND: stand,
    Posture.SIT: sit,
    Posture.WALK: walk,
    Posture.RUN: run,
    Posture.LIE: lie,
    Posture.LEAN: lean,
    Posture.KNEEL: kneel,
    Posture.CROUCH: crouch,
    Posture.DRIVE: drive,
}
