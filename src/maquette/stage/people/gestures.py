"""Gestures: what arms and hands do on top of a posture.

Places are given from the shoulder in arm lengths and body words (out, front, up), so that they fit every body; places
on the body itself (hip, chin, ear, the other arm) are taken from its skin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Gesture, Posture
from maquette.stage.people.figure import SIDES, Figure, axis_rotation, rx, rz, sign, unit, vec
from maquette.stage.people.hands import HandShape, grip_frame, shape_hand
from maquette.stage.people.poses import Situation

F64 = NDArray[np.float64]

CHIN, NOSE, CROWN = 5225, 297, 881
"""Vertex ids of the base mesh: under the chin's point, tip of the nose, top of the head."""
EARS = {"L": 12038, "R": 5439}


@dataclass(frozen=True, eq=False)
class Business:
    """What the arms have to do with the world, in the person's own frame."""

    posture: Posture
    situation: Situation
    main: str = "R"
    """The hand that acts."""
    reach: F64 | None = None
    point: F64 | None = None
    hold: F64 | None = None
    hands: tuple[F64, F64] | None = None
    """Left and right palm places: steering wheel, keyboard, table."""
    holding: bool = False
    low: bool = False
    """The held thing hangs from a straight arm: a suitcase."""
    aims: bool = False
    """The held thing is pointed with: a pistol, a flashlight."""
    width_m: float = 0.0
    """Of the held thing; what is wide takes both hands."""
    table_z: float | None = None
    """Height of a table top right ahead: hands stay above it."""


BOTH_HANDS_M = 0.28
"""From this width on a thing takes both hands."""

ArmMaker = Callable[[Figure, Business, np.random.Generator], None]


def other(side: str) -> str:
    return "R" if side == "L" else "L"


def on_head(figure: Figure, vertex: int) -> F64:
    """Where a vertex of the head is now."""
    return figure.point("head", figure.shape.rest_vertices[vertex].astype(np.float64))


def _from_shoulder(figure: Figure, side: str, out: float, front: float, up: float, *, upright: float = 0.0) -> F64:
    """A point in arm lengths from the shoulder along the chest's axes; `upright` 0..1 blends to plumb axes."""
    chest = figure.rotation("spine01") @ vec(out, front, up, side)
    plumb = vec(out, front, up, side)
    return figure.joint(f"upperarm01.{side}") + figure.size.arm * ((1 - upright) * chest + upright * plumb)


# --- one arm ---------------------------------------------------------------------------------------------------


def hang(figure: Figure, side: str, rng: np.random.Generator, swing_deg: float = 0.0) -> None:
    """An arm that gravity holds, clear of hip and thigh, palm to the thigh."""
    size = figure.size
    shoulder, hips = figure.joint(f"upperarm01.{side}"), figure.joint("root")
    flex = rng.uniform(0.0, 1.0)
    wrist = shoulder + size.arm * (rx(-swing_deg) @ vec(0.09, 0.04 + 0.11 * flex, -0.968 + 0.035 * flex, side))
    clear = size.hip_half_width + 0.036 + 0.012 * rng.random()
    out = max(sign(side) * (wrist[0] - hips[0]), clear)
    wrist[0] = hips[0] + sign(side) * out
    palm = rz(sign(side) * rng.uniform(-14, 14)) @ vec(-1.0, -0.30, 0.0, side)
    figure.reach_arm(side, wrist, rx(-swing_deg) @ vec(0.32, -1.0, 0.0, side), palm)
    shape_hand(figure, side, HandShape.RELAXED, float(rng.uniform(-0.5, 0.5)))


def on_thigh(figure: Figure, side: str, rng: np.random.Generator) -> None:
    """Sitting: the hand lies on the thigh."""
    hip, knee = figure.joint(f"upperleg01.{side}"), figure.joint(f"lowerleg01.{side}")
    along = unit(knee - hip)
    share = rng.uniform(0.52, 0.72)
    wrist = hip + share * figure.size.thigh * along + np.array([0.0, 0.0, 0.62 * figure.size.hip_half_width])
    wrist[0] -= sign(side) * 0.012
    fingers = unit(along + vec(-0.35, 0.0, -0.12, side))
    figure.reach_arm(side, wrist, vec(0.8, -0.6, -0.7, side), np.array([0.0, 0.0, -1.0]), fingers)
    shape_hand(figure, side, HandShape.RELAXED, float(rng.uniform(-0.6, 0.1)))


def _lying(figure: Figure, side: str, business: Business, rng: np.random.Generator) -> None:
    chest = figure.rotation("spine01")
    if business.situation.on_side:
        wrist = _from_shoulder(figure, side, -0.12, 0.52 if side == business.main else 0.44, 0.22 - 0.30 * rng.random())
        figure.reach_arm(side, wrist, chest @ vec(0.2, -0.1, -1, side), chest @ vec(-1.0, -0.2, 0.3, side))
    elif side == business.main:
        belly = figure.joint("spine04") + chest @ vec(0.02, figure.size.belly_front + 0.035, 0.02, side)
        figure.reach_arm(side, belly, chest @ vec(1.0, -0.4, -0.2, side), chest @ vec(0.0, -1.0, 0.0),
                         chest @ vec(-1.0, 0.0, -0.25, side))  # fmt: skip
    else:
        wrist = _from_shoulder(figure, side, 0.24 + 0.06 * rng.random(), 0.0, -0.92)
        figure.reach_arm(side, wrist, chest @ vec(0.6, -1.0, 0.0, side), chest @ vec(-0.6, -1.0, 0.0, side))
    shape_hand(figure, side, HandShape.RELAXED, float(rng.uniform(-0.4, 0.4)))


def _on_edge(figure: Figure, side: str, business: Business, rng: np.random.Generator) -> None:
    """Leaning: back to a wall, hands on a low edge behind, or forearms on a counter ahead."""
    size, seat = figure.size, business.situation.seat_m
    if not business.situation.edge_ahead and not 0.0 < seat < size.leg + size.ankle_height + 0.05:
        hang(figure, side, rng)
        return
    if business.situation.edge_ahead:
        chest = figure.joint("spine02")
        wrist = np.array([chest[0] + sign(side) * (0.02 + 0.05 * rng.random()),
                          chest[1] - 0.30 * size.arm - size.chest_front, seat + 0.045])  # fmt: skip
        wrist[1] -= 0.05 if side == business.main else 0.0
        wrist[2] += 0.035 if side == business.main else 0.0
        figure.reach_arm(side, wrist, vec(0.9, -0.15, -1.0, side), np.array([0, 0, -1.0]), vec(-1.0, 0.35, -0.05, side))
        shape_hand(figure, side, HandShape.RELAXED, float(rng.uniform(-0.3, 0.3)))
        return
    hips = figure.joint("root")
    wrist = np.array([hips[0] + sign(side) * (size.hip_half_width + 0.075), hips[1] + 0.035, seat + 0.05])
    figure.reach_arm(side, wrist, vec(0.6, -1.0, 0.1, side), vec(0.0, 0.0, -1.0), vec(0.35, 1.0, -0.55, side))
    shape_hand(figure, side, HandShape.LOOSE_GRIP)


def rest_arm(figure: Figure, side: str, business: Business, rng: np.random.Generator) -> None:
    """What an idle arm does in the posture."""
    posture, size = business.posture, figure.size
    if posture in (Posture.WALK, Posture.RUN):
        _swing(figure, side, posture, rng)
    elif posture is Posture.LIE:
        _lying(figure, side, business, rng)
    elif posture is Posture.LEAN:
        _on_edge(figure, side, business, rng)
    elif posture is Posture.SIT:
        on_thigh(figure, side, rng)
    elif posture is Posture.CROUCH:
        knee = figure.joint(f"lowerleg01.{side}")
        wrist = knee + vec(-0.05, 0.20 * size.forearm, -0.02 + 0.16 * size.forearm, side)
        figure.reach_arm(side, wrist, vec(1.0, -0.3, 0.2, side), vec(-0.5, 0.0, -1.0, side), vec(-0.5, 0.7, -0.8, side))
        shape_hand(figure, side, HandShape.RELAXED)
    elif posture is Posture.KNEEL:
        _kneeling(figure, side, rng)
    elif posture is Posture.DRIVE:
        _wheel(figure, side, business)
    else:
        hang(figure, side, rng)


def _kneeling(figure: Figure, side: str, rng: np.random.Generator) -> None:
    thigh = figure.joint(f"lowerleg01.{side}") - figure.joint(f"upperleg01.{side}")
    if abs(unit(thigh)[2]) < 0.7:
        on_thigh(figure, side, rng)
        return
    wrist = figure.joint(f"upperleg01.{side}") + 0.42 * thigh + vec(0.03, 0.78 * figure.size.hip_half_width, 0.0, side)
    figure.reach_arm(side, wrist, vec(0.6, -1.0, 0.0, side), vec(-0.6, -0.8, 0.0, side))
    shape_hand(figure, side, HandShape.RELAXED)


def _swing(figure: Figure, side: str, posture: Posture, rng: np.random.Generator) -> None:
    """Against the leg of the same side."""
    knee = figure.joint(f"foot.{side}") - figure.joint(f"upperleg01.{side}")
    forward = float(np.clip(-knee[1] / figure.size.leg, -0.6, 0.6))
    if posture is Posture.WALK:
        hang(figure, side, rng, swing_deg=-62.0 * forward + 5.0)
        return
    thigh = figure.joint(f"lowerleg01.{side}") - figure.joint(f"upperleg01.{side}")
    swing = 62.0 * float(np.clip(thigh[1] / figure.size.thigh, -0.8, 0.8)) - 8.0
    chest = figure.rotation("spine03")
    upper = chest @ rx(-swing) @ vec(0.16, 0.0, -1.0, side)
    lower = chest @ rx(-swing - 88.0 - 0.25 * swing) @ vec(-0.18, 0.0, -1.0, side)
    figure.aim_arm(side, upper, lower, np.cross(upper, lower))
    figure.set_hand(side, lower, chest @ vec(-1.0, 0.0, -0.2, side))
    shape_hand(figure, side, HandShape.LOOSE_GRIP)


def _wheel(figure: Figure, side: str, business: Business) -> None:
    size = figure.size
    if business.hands is not None:
        place = business.hands[0 if side == "L" else 1]
    else:
        middle = figure.joint("spine02") + np.array([0.0, -size.chest_front - 0.40 * size.arm, 0.0])
        place = middle + vec(0.17, 0.0, 0.06, side)
    fingers = unit(vec(-0.25, 0.6, 0.75, side))
    palm = vec(-0.75, 0.66, -0.1, side)
    put_palm(figure, side, place, vec(0.8, -0.2, -1.0, side), palm, fingers)
    shape_hand(figure, side, HandShape.GRIP)


def put_palm(figure: Figure, side: str, place: F64, elbow: F64, palm: F64, fingers: F64 | None) -> None:
    """Bring the grip point of the hand (not the wrist) to a place."""
    wrist = place
    for _ in range(3):
        figure.reach_arm(side, wrist, elbow, palm, fingers)
        wrist = wrist + (place - grip_frame(figure, side)[:3, 3])


# --- gestures --------------------------------------------------------------------------------------------------


def _rest(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    for side in SIDES:
        rest_arm(figure, side, business, rng)


def _talk(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    """Hands in front of the trunk, in one of several ways, moving with the words."""
    t, main = business.situation.t_s, business.main
    beat = np.sin(2 * np.pi * (0.7 * t + rng.random())) + 0.5 * np.sin(2 * np.pi * (1.3 * t + rng.random()))
    way = int(rng.integers(5))
    both = way in (1, 3)
    out, front, up = [(0.16, 0.50, -0.38), (0.10, 0.46, -0.50), (0.26, 0.44, -0.22), (0.22, 0.44, -0.42),
                      (0.00, 0.52, -0.30)][way]  # fmt: skip
    palms = [vec(-0.5, 0.0, 0.9), vec(-1.0, 0.0, 0.35), vec(-0.4, 0.9, 0.2), vec(0.0, 0.25, 1.0), vec(-0.9, 0.3, 0.0)]
    hand = [HandShape.RELAXED, HandShape.RELAXED, HandShape.SPREAD, HandShape.SPREAD, HandShape.PINCH][way]
    for side in SIDES:
        if side != main and (not both or business.holding):
            rest_arm(figure, side, business, rng)
            continue
        k = 0.028 * (1 if side == main else 0.6)
        wrist = _from_shoulder(
            figure, side, out + rng.uniform(-0.03, 0.03), front, up + k * beat + rng.uniform(-0.03, 0.03)
        )
        palm = palms[way] * np.array([sign(side), 1.0, 1.0])
        figure.reach_arm(side, wrist, vec(0.45, -0.5, -1.0, side), palm, _lifted(figure, side, wrist, 12 + 7 * beat))
        shape_hand(figure, side, hand, float(rng.uniform(-0.5, 0.5)))


def _lifted(figure: Figure, side: str, wrist: F64, up_deg: float) -> F64:
    """A hand direction: the way from the elbow's likely place to the wrist, raised by some degrees."""
    elbow = figure.joint(f"upperarm01.{side}") + vec(0.1, 0.05, -0.85, side) * figure.size.upper_arm
    forearm = unit(wrist - elbow)
    lift = np.cross(forearm, np.array([0.0, 0.0, 1.0]))
    return axis_rotation(lift, np.radians(up_deg)) @ forearm


def _reach(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    target = business.reach
    side = business.main
    if target is None:
        target = _from_shoulder(figure, side, 0.05, 0.86, -0.12)
    short = float(np.linalg.norm(target - figure.joint(f"upperarm01.{side}"))) - 0.96 * figure.size.arm
    if short > 0:
        lean = float(np.clip(np.degrees(short / 0.5), 0, 32))
        toward = unit((target - figure.joint("root")) * np.array([1, 1, 0]))
        figure.bend_spine(forward=lean * max(0.0, -toward[1]), side=lean * 0.5 * toward[0],
                          twist=-sign(side) * min(16.0, lean))  # fmt: skip
        figure.bend_neck(forward=-0.7 * lean * max(0.0, -toward[1]))
    rest_arm(figure, other(side), business, rng)
    d = unit(target - figure.joint(f"upperarm01.{side}"))
    put_palm(figure, side, target, vec(0.5, -0.2, -1.0, side), unit(vec(-0.75, 0.0, -0.6, side)), d)
    shape_hand(figure, side, HandShape.LOOSE_GRIP, -0.8)


def _hold(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    side = business.main
    if business.width_m >= BOTH_HANDS_M and not business.low and business.hold is None:
        _both_hands(figure, business)
        return
    rest_arm(figure, other(side), business, rng)
    hold_arm(figure, side, business)


def carry_low(figure: Figure, side: str, business: Business) -> None:
    """A bag or suitcase by its handle: the arm hangs straight, a little out, and takes no part in the walk's swing."""
    size = figure.size
    shoulder, hips = figure.joint(f"upperarm01.{side}"), figure.joint("root")
    wrist = shoulder + size.arm * vec(0.12, 0.03, -0.985, side)
    clear = size.hip_half_width + 0.06
    wrist[0] = hips[0] + sign(side) * max(sign(side) * (wrist[0] - hips[0]), clear)
    figure.reach_arm(side, wrist, vec(0.3, -1.0, 0.0, side), vec(-1.0, 0.0, 0.0, side), vec(0.0, 0.0, -1.0, side))
    shape_hand(figure, side, HandShape.GRIP)


def _both_hands(figure: Figure, business: Business) -> None:
    """A crate or a tray before the belly, a hand under each end."""
    size = figure.size
    middle = (figure.joint("upperarm01.L") + figure.joint("upperarm01.R")) / 2
    half = business.width_m / 2
    for side in SIDES:
        place = middle + vec(half, size.chest_front + 0.20, -0.62 * size.arm, side)
        if business.table_z is not None:
            place[2] = max(place[2], business.table_z + 0.10)
        put_palm(figure, side, place, vec(0.6, -0.5, -1.0, side), np.array([0.0, 0.0, 1.0]),
                 unit(vec(-1.0, 0.35, 0.0, side)))  # fmt: skip
        shape_hand(figure, side, HandShape.LOOSE_GRIP)


def _read(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    """A page before the eyes, its written side to them; what is wide is held by both edges."""
    side = business.main
    size = figure.size
    eyes = (figure.joint("eye.L") + figure.joint("eye.R")) / 2
    facing = figure.rotation("spine01") @ np.array([0.0, -1.0, 0.0])
    ahead = unit(facing * np.array([1.0, 1.0, 0.0])) if business.posture is not Posture.LIE else facing
    across = unit(np.cross(ahead, np.array([0.0, 0.0, 1.0])))  # to the reader's right
    half = max(0.5 * business.width_m, 0.07) - 0.01
    drop = 0.20 if business.posture is Posture.SIT else 0.24
    middle = eyes + 0.40 * size.arm / 0.52 * ahead - np.array([0.0, 0.0, drop])
    if business.table_z is not None:
        middle[2] = max(middle[2], business.table_z + 0.16)
    towards = unit(eyes - middle)
    for hand in SIDES:
        if hand != side and business.width_m < 0.2:
            rest_arm(figure, hand, business, rng)
            continue
        place = middle + half * across * -sign(hand)
        put_palm(figure, hand, place, vec(0.5, -0.4, -1.0, hand), towards, unit(across * sign(hand) + 0.25 * ahead))
        shape_hand(figure, hand, HandShape.PINCH)


def _to_mouth(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    """A cup's rim, a cigarette or a spoon at the lips."""
    side = business.main
    figure.bend_neck(forward=-5.0)
    head = figure.rotation("head")
    lips = 0.55 * on_head(figure, CHIN) + 0.45 * on_head(figure, NOSE)
    place = lips + head @ vec(0.035, 0.070, -0.055, side)
    rest_arm(figure, other(side), business, rng)
    put_palm(figure, side, place, vec(0.55, 0.1, -1.0, side), unit(vec(-0.75, -0.5, 0.0, side)),
             unit(vec(-0.5, 0.75, 0.35, side)))  # fmt: skip
    shape_hand(figure, side, HandShape.LOOSE_GRIP)


def _raise(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    """What is held, lifted to eye height before the shoulder."""
    side = business.main
    rest_arm(figure, other(side), business, rng)
    place = _from_shoulder(figure, side, 0.02, 0.62, 0.14, upright=1.0)
    put_palm(figure, side, place, vec(0.6, -0.1, -1.0, side), unit(vec(-1.0, 0.2, 0.0, side)),
             unit(vec(-0.25, 0.9, 0.35, side)))  # fmt: skip
    shape_hand(figure, side, HandShape.GRIP)


def hold_arm(figure: Figure, side: str, business: Business) -> None:
    """A thing in front of the lower chest, or at a given place; the handle upright. Bags hang from the arm."""
    if business.low:
        carry_low(figure, side, business)
        return
    plumb = 0.0 if business.posture is Posture.LIE else 0.6
    place = business.hold
    if place is None:
        front = 0.50 if business.posture in (Posture.SIT, Posture.DRIVE) else 0.46
        place = _from_shoulder(figure, side, -0.05, front, -0.42, upright=plumb)
    if business.table_z is not None:
        place[2] = max(place[2], business.table_z + 0.09)
    palm = unit(vec(-1.0, 0.25, 0.0, side))
    put_palm(figure, side, place, vec(0.4, -0.6, -1.0, side), palm, unit(vec(-0.30, 1.0, 0.12, side)))
    shape_hand(figure, side, HandShape.GRIP)


def _point(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    side = business.main
    rest_arm(figure, other(side), business, rng)
    shoulder = figure.joint(f"upperarm01.{side}")
    target = business.point if business.point is not None else shoulder + vec(0.25, 3.0, 0.1, side)
    d = unit(target - shoulder)
    if business.aims:
        palm = unit(vec(-1.0, 0.0, -0.15, side))
        figure.reach_arm(side, shoulder + 0.9 * figure.size.arm * d, vec(0.6, 0.0, -1.0, side), palm, d)
        shape_hand(figure, side, HandShape.GRIP)
        return
    figure.reach_arm(
        side, shoulder + 0.94 * figure.size.arm * d, vec(0.6, 0.0, -1.0, side), vec(-0.6, 0.0, -1.0, side), d
    )
    shape_hand(figure, side, HandShape.POINT)


def _crossed(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    """Forearms crossed under the chest: one hand on the other arm's biceps, the other tucked under."""
    size = figure.size
    top, under = business.main, other(business.main)
    chest = figure.rotation("spine02")
    middle = (figure.joint("upperarm01.L") + figure.joint("upperarm01.R")) / 2
    half = float(np.linalg.norm(figure.joint("upperarm01.L") - figure.joint("upperarm01.R"))) / 2
    depth = max(size.chest_front, size.belly_front)
    for side, front, up in ((under, depth + 0.045, -0.40), (top, depth + 0.110, -0.36)):
        wrist = middle + chest @ vec(-0.40 * half, front, up * size.arm, side)
        tip = vec(-0.9, -0.25 if side == under else -0.45, 0.18 if side == top else -0.05, side)
        figure.reach_arm(
            side, wrist, chest @ vec(0.9, 0.12, -1.0, side), chest @ vec(-0.2, -1.0, 0.0, side), chest @ tip
        )
        shape_hand(figure, side, HandShape.RELAXED, 0.2)


def _on_hips(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    size = figure.size
    pelvis = figure.rotation("root")
    for side in SIDES:
        crest = 0.55 * figure.joint("spine05") + 0.45 * figure.joint("spine04")
        width = 0.5 * (size.waist_half_width + size.hip_half_width)
        wrist = crest + pelvis @ vec(width + 0.050, -0.012, 0.012, side)
        figure.reach_arm(side, wrist, pelvis @ vec(1.0, -0.45, 0.0, side), pelvis @ vec(-1.0, 0.05, -0.35, side),
                         pelvis @ vec(-0.18, 1.0, -0.62, side))  # fmt: skip
        shape_hand(figure, side, HandShape.RELAXED, -0.2)


def _to_face(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    """Fingers at the chin or the cheek, the other forearm across the belly where the posture leaves it free."""
    side = business.main
    head = figure.rotation("head")
    cheek = bool(rng.random() < 0.4)
    goal = on_head(figure, CHIN) + head @ vec(0.035 if cheek else 0.01, 0.022, 0.02 if cheek else -0.012, side)
    fingers = unit(head @ vec(-0.28, -0.30, 1.0, side))
    palm = unit(head @ vec(-0.45, -1.0, -0.2, side))
    hand = figure.size.hands[side]
    wrist = goal - fingers * hand.length * 1.55 - palm * 0.022
    rest_arm(figure, other(side), business, rng)
    figure.reach_arm(side, wrist, vec(0.25, 0.12, -1.0, side), palm, fingers)
    shape_hand(figure, side, HandShape.LOOSE_GRIP, -0.5)


def _phone(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    side = business.main
    head = figure.rotation("head")
    place = on_head(figure, EARS[side]) + head @ vec(0.022, 0.018, -0.035, side)
    rest_arm(figure, other(side), business, rng)
    put_palm(figure, side, place, vec(0.55, 0.30, -1.0, side), head @ vec(-1.0, -0.15, 0.1, side),
             head @ vec(-0.05, -0.32, 1.0, side))  # fmt: skip
    shape_hand(figure, side, HandShape.LOOSE_GRIP, 0.2)


def _wave(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    side = business.main
    beat = float(np.sin(2 * np.pi * (1.6 * business.situation.t_s + rng.random())))
    rest_arm(figure, other(side), business, rng)
    wrist = _from_shoulder(figure, side, 0.36 + 0.05 * beat, 0.26, 0.36)
    figure.reach_arm(
        side, wrist, vec(1.0, -0.1, -0.8, side), vec(-0.1, 1.0, 0.0, side), vec(0.15 + 0.3 * beat, 0.05, 1.0, side)
    )
    shape_hand(figure, side, HandShape.SPREAD, 0.3)


def _type(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    size, t = figure.size, business.situation.t_s
    for side in SIDES:
        if business.hands is not None:
            place = business.hands[0 if side == "L" else 1]
        else:
            elbow_z = figure.joint(f"upperarm01.{side}")[2] - 0.96 * size.upper_arm
            chest = figure.joint("spine02")
            place = np.array(
                [chest[0] + sign(side) * 0.095, chest[1] - size.chest_front - 0.52 * size.forearm, elbow_z]
            )
        if business.hands is None and business.table_z is not None:
            place[2] = max(place[2], business.table_z + 0.035)
        tap = 0.004 * float(np.sin(2 * np.pi * (3.1 * t + (0.5 if side == "L" else 0.0))))
        put_palm(figure, side, place + np.array([0, 0, 0.03 + tap]), vec(0.5, -0.5, -1.0, side), np.array([0, 0, -1.0]),
                 vec(-0.12, 1.0, 0.05, side))  # fmt: skip
        shape_hand(figure, side, HandShape.TYPE, float(rng.uniform(-0.3, 0.3)))


def _embrace(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    """Arms around someone close ahead: one high, one low, elbows out."""
    chest = figure.rotation("spine02")
    for side in SIDES:
        up = -0.16 if side == business.main else -0.36
        wrist = _from_shoulder(figure, side, -0.14, 0.68, up)
        figure.reach_arm(side, wrist, chest @ vec(1.0, 0.25, -0.35, side), chest @ vec(-0.55, -1.0, 0.0, side),
                         chest @ vec(-1.0, -0.10, 0.12, side))  # fmt: skip
        shape_hand(figure, side, HandShape.FLAT, 0.5)


def _hands_up(figure: Figure, business: Business, rng: np.random.Generator) -> None:
    for side in SIDES:
        wrist = _from_shoulder(figure, side, 0.34 + rng.uniform(-0.04, 0.04), 0.16, 0.44 + rng.uniform(-0.04, 0.04))
        figure.reach_arm(
            side, wrist, vec(1.0, -0.05, -0.7, side), vec(-0.05, 1.0, 0.0, side), vec(0.08, 0.05, 1.0, side)
        )
        shape_hand(figure, side, HandShape.SPREAD, float(rng.uniform(0, 0.5)))


GESTURES: dict[Gesture, ArmMaker] = {
    Gesture.REST: _rest,
    Gesture.TALK: _talk,
    Gesture.REACH: _reach,
    Gesture.HOLD: _hold,
    Gesture.POINT: _point,
    Gesture.ARMS_CROSSED: _crossed,
    Gesture.HANDS_ON_HIPS: _on_hips,
    Gesture.HAND_TO_FACE: _to_face,
    Gesture.PHONE: _phone,
    Gesture.WAVE: _wave,
    Gesture.TYPE: _type,
    Gesture.EMBRACE: _embrace,
    Gesture.HANDS_UP: _hands_up,
    Gesture.TO_MOUTH: _to_mouth,
    Gesture.READ: _read,
    Gesture.RAISE: _raise,
}
