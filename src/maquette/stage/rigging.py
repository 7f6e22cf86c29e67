"""A stated lighting plan put up around the subject: key, fill, back, background and eye light where the pattern wants
them, on the side of the world that the scene keeps. Levels are nominal; `balance` dims them to the meter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head, face_angles
from maquette.film.lighting import Lighting, LightPattern, Motivation
from maquette.film.shot import Side
from maquette.film.stage import Body, BodyKind, Lamp, LampRole, LightBalance, PlacedCamera, SetPlan
from maquette.imaging.color import LUMINANCE_WEIGHTS
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.framing import Figure, camera_axes, rotated
from maquette.stage.lamps import in_room, panel, radiance_for, unit
from maquette.stage.levels import Level
from maquette.stage.outlook import free_run
from maquette.stage.patterns import MOTIVES, KeyFrom, PatternPlan, pattern_plan
from maquette.stage.sightline import Obstacles

Vec = NDArray[np.float64]
KEY_REACH_M, FILL_REACH_M, BACK_REACH_M = 2.2, 2.6, 1.9
LEAST_REACH_M = 0.55
"""Nearer a lamp does not come to a face."""
NEAREST_M = 0.3
NEARER = (1.0, 0.75, 0.55, 0.4)
"""Shares of the usual distance that are tried where something is in the light's way."""
LOWERED = (1.0, 0.7, 0.4, 0.0)
"""Shares of the height that are tried then."""
EYE_LIGHT_STOPS = -3.6
WIDE_FROM_M, WIDE_TO_M = 1.3, 3.6
FLAG_RATIO = 4.5
"""Ratios from here on get negative fill."""
FLAG_GAP_M, FLAG_SIZE_M = 0.5, (1.0, 1.3)
SOLID_M = (0.85, 0.75, 0.55)
"""Half width, depth before the subject and height above the eyes of the solids around a silhouette."""
SIDEWAYS = 0.36
"""Sine of the angle off the camera's axis from which on a key is plainly from one side of the frame."""


@dataclass(frozen=True, eq=False)
class Situation:
    """What a rig is put up in."""

    plan: SetPlan
    camera: PlacedCamera
    head: Head
    others: Sequence[Head]
    front: Vec
    """(2,) from the cast towards the master camera."""
    motive_from: Vec
    """(2,) from the subject towards what the light of the place comes from."""
    look: Vec
    """(2,) unit, horizontal: where the subject's nose points."""

    @property
    def to_camera(self) -> Vec:
        """(2,) unit, from the subject."""
        return unit(np.array(self.camera.position[:2]) - self.head.eyes[:2])

    @property
    def frame_right(self) -> Vec:
        """(2,) what is to the right in the picture."""
        return unit(camera_axes(self.camera)[0][:2])


def situation(plan: SetPlan, camera: PlacedCamera, heads: Sequence[Head], front: Vec, motive_from: Vec,
              figures: Mapping[str, Figure]) -> Situation:  # fmt: skip
    """The situation of the first head."""
    head = heads[0]
    flat = head.look[:2]
    look = unit(flat) if float(np.linalg.norm(flat)) > 0.35 else figures[head.name].look
    return Situation(plan, camera, head, heads[1:], front, motive_from, look)


def film_lamps(
    lighting: Lighting, level: Level, here: Situation, waver: float = 1.0
) -> tuple[list[Lamp], LightBalance]:
    """The lamps of a stated plan, and what they are to be dimmed to. `waver`: the key's flicker at this moment."""
    plan = pattern_plan(lighting)
    key_dir = key_direction(lighting, plan, here)
    colors = _colors(lighting, level)
    head = here.head.eyes + np.array([0.0, 0.0, -0.03])
    # A wide frame shows whole figures and the ground they stand on: the key goes back and opens up.
    wide = _wideness(here)
    lamps = [_lamp("key", LampRole.KEY, here.plan, head, key_dir, KEY_REACH_M * (1 + 0.6 * wide), plan.size_m, waver,
                   colors.key, plan.beam * (1 - 0.85 * wide))]  # fmt: skip
    if plan.crossed and here.others:
        lamps.append(_crossed(here, plan, colors.key, waver))
    lamps.append(_fill(here, head, key_dir, colors.fill))
    if plan.back_stops > -8:
        lamps.append(_back(here, head, key_dir, plan, colors.back))
    if not np.isnan(plan.background_stops):
        lamps += _background(here, colors.background)
    if lighting.eye_light or (lighting.eye_light is None and _wants_eye_light(lighting, plan)):
        lamps.append(_eye_light(here, head, colors.key))
    azimuth = float(face_angles(here.head, key_dir[None])[0][0])
    key_rgb = colors.stated
    balance = LightBalance(
        key_azimuth_deg=azimuth,
        ratio=plan.ratio,
        background_stops=None if np.isnan(plan.background_stops) else plan.background_stops,
        key_level=level.key,
        key_rgb=None if key_rgb is None else (float(key_rgb[0]), float(key_rgb[1]), float(key_rgb[2])),
        # A stated plan is there to be seen: its nights are dark by contrast, less by exposure.
        level=level.level**0.6 * 2.0**plan.exposure_stops,
        wideness=wide,
        expose_background=plan.expose_background,
    )
    return lamps, balance


def _wideness(here: Situation) -> float:
    """By the height of the frame at the face: 0 up to a half figure, 1 from three figures on."""
    camera = here.camera
    away = float(np.linalg.norm(np.array(camera.position) - here.head.eyes))
    height = away * camera.sensor_width_mm * camera.squeeze / (camera.lens_mm * camera.aspect)
    return float(np.clip((height - WIDE_FROM_M) / (WIDE_TO_M - WIDE_FROM_M), 0.0, 1.0))


# --- the key --------------------------------------------------------------------------------------------------


def key_direction(lighting: Lighting, plan: PatternPlan, here: Situation) -> Vec:
    """(3,) unit, from the eyes to the key."""
    flat = _key_azimuth(lighting, plan, here)
    height = np.radians(plan.height_deg)
    return np.append(flat * np.cos(height), np.sin(height))


def _key_azimuth(lighting: Lighting, plan: PatternPlan, here: Situation) -> Vec:
    """(2,) unit."""
    sides = (rotated(here.look, plan.azimuth_deg), rotated(here.look, -plan.azimuth_deg))
    if plan.key_from is KeyFrom.CAMERA:
        return here.to_camera
    if plan.key_from in (KeyFrom.NEAR, KeyFrom.FAR) and lighting.key_side is None:
        near = max(sides, key=lambda d: float(_flank(here.look, d) @ here.to_camera))
        return near if plan.key_from is KeyFrom.NEAR else (sides[1] if near is sides[0] else sides[0])
    if lighting.key_side is None:
        return max(sides, key=lambda d: float(d @ here.motive_from))
    wanted = _stated_side(lighting, here)
    best = max(sides, key=lambda d: float(d @ wanted))
    if not lighting.key_side_of_frame:
        return best
    # The asked side of the frame is a law: swing the key out until it plainly comes from there.
    for swing in range(0, 181, 5):
        for sign in (1, -1):
            swung = rotated(best, sign * swing)
            if float(swung @ wanted) >= SIDEWAYS:
                return swung
    return wanted


def _flank(look: Vec, direction: Vec) -> Vec:
    """(2,) square to the look, on the side of `direction`."""
    left = np.array([-look[1], look[0]])
    return left if float(left @ direction) >= 0 else -left


def _stated_side(lighting: Lighting, here: Situation) -> Vec:
    """(2,) where the stated side is: in this frame, or in the world as the master camera sees it."""
    sign = 1.0 if lighting.key_side is Side.RIGHT else -1.0
    if lighting.key_side_of_frame:
        return sign * here.frame_right
    return sign * np.array([-here.front[1], here.front[0]])


def motive_direction(lighting: Lighting, plan: SetPlan, focus: Vec, otherwise: Vec) -> tuple[Vec, str]:
    """(2,) from the subject towards the stated motive, and a note where the set has nothing of the kind."""
    motive = MOTIVES.get(lighting.motivation) if lighting.motivation is not None else None
    if motive is None:
        return otherwise, ""
    for word in motive.features:
        for feature in plan.features:
            if word == feature.word or word in feature.word.split():
                away = np.array(feature.position[:2]) - focus[:2]
                if float(np.linalg.norm(away)) > 0.2:
                    return unit(away), ""
    if lighting.motivation is Motivation.WINDOW and plan.openings:
        nearest = min(plan.openings, key=lambda o: float(np.linalg.norm(np.array(o.center[:2]) - focus[:2])))
        return unit(np.array(nearest.center[:2]) - focus[:2]), ""
    if lighting.motivation is Motivation.LAMP and plan.practicals:
        nearest_lamp = min(plan.practicals, key=lambda p: float(np.linalg.norm(p.vertices.mean(0)[:2] - focus[:2])))
        return unit(nearest_lamp.vertices.mean(0)[:2].astype(float) - focus[:2]), ""
    outside = not plan.interior and lighting.motivation in (Motivation.SUN, Motivation.MOON)
    note = "" if outside else f"The set has no {lighting.motivation}: the key comes as if from one outside the frame."
    return otherwise, note


# --- the other lamps ------------------------------------------------------------------------------------------


def _lamp(name: str, role: LampRole, plan: SetPlan, head: Vec, direction: Vec, reach: float, size: float,
          white: float, color: Vec, beam: float) -> Lamp:  # fmt: skip
    """A soft box `reach` away, nearer where the room ends; `white`: radiance of a card at the head that faces it."""
    direction, distance = _clear_way(plan, head, direction, reach)
    at = head + direction * distance
    # A box as large as its distance is small wraps round the head: keep it a lamp, not a wall.
    size = min(size, 1.1 * distance)
    lamp = panel(name, role, at, head, size, radiance_for(white, distance, size, 6500) * color)
    return replace(lamp, beam=beam)


def _clear_way(plan: SetPlan, head: Vec, direction: Vec, reach: float) -> tuple[Vec, float]:
    """The direction and the distance from which a lamp's light reaches the face: as asked, from nearer where something
    solid is in between (a car's roof), and from lower where nothing nearer helps."""
    distance = _reach_in_room(plan, head, direction, reach)
    if not plan.interior:
        return direction, distance
    solid = solid_of(plan)
    flat, height = unit(direction[:2]), float(np.arcsin(np.clip(direction[2], -1, 1)))
    for lower in LOWERED:
        turned = np.append(flat * np.cos(height * lower), np.sin(height * lower))
        for nearer in NEARER:
            tried = max(_reach_in_room(plan, head, turned, reach) * nearer, NEAREST_M)
            start = head + 0.12 * turned
            if solid.blocked_share(head + turned * tried, start[None]) == 0:
                return turned, tried
    return direction, distance


@lru_cache(maxsize=4)
def solid_of(plan: SetPlan) -> Obstacles:
    """Everything of the set that keeps light off."""
    return Obstacles(b for b in plan.bodies if b.name != "set/outside")


def _reach_in_room(plan: SetPlan, head: Vec, direction: Vec, reach: float) -> float:
    """Metres along the direction that are inside the room: the angle is the director's, the distance is free."""
    reach = max(reach, LEAST_REACH_M)
    for distance in np.arange(reach, LEAST_REACH_M, -0.1):
        at = head + direction * distance
        if float(np.linalg.norm(in_room(plan, at) - at)) < 1e-6:
            return float(distance)
    return LEAST_REACH_M


def _crossed(here: Situation, plan: PatternPlan, color: Vec, waver: float) -> Lamp:
    """The second person's key: from behind the first one, on the same side of the line."""
    other = min(here.others, key=lambda h: float(np.linalg.norm(h.eyes - here.head.eyes)))
    line = unit(here.head.eyes[:2] - other.eyes[:2])
    sides = (rotated(line, 0.6 * plan.azimuth_deg), rotated(line, -0.6 * plan.azimuth_deg))
    own = max(sides, key=lambda d: float(d @ -here.to_camera))
    height = np.radians(plan.height_deg)
    direction = np.append(own * np.cos(height), np.sin(height))
    # Tightly kept to its own face: on the other one it is no more than a rim.
    return _lamp("key 2", LampRole.KEY, here.plan, other.eyes, direction, KEY_REACH_M, plan.size_m, waver, color, 25.0)


def _fill(here: Situation, head: Vec, key_dir: Vec, color: Vec) -> Lamp:
    """Large and soft, from the shadow's side of the lens."""
    side = _flank(here.look, -key_dir[:2])
    flat = unit(here.look * 0.75 + side * 0.8 + here.to_camera * 0.35)
    direction = unit(np.append(flat, 0.14))
    return _lamp("fill", LampRole.FILL, here.plan, head, direction, FILL_REACH_M, 1.7, 0.3, color, 1.0)


def _back(here: Situation, head: Vec, key_dir: Vec, plan: PatternPlan, color: Vec) -> Lamp:
    flat = unit(-here.to_camera - 0.55 * key_dir[:2])
    direction = unit(np.append(flat, 0.75))
    return _lamp(
        "back", LampRole.BACK, here.plan, head, direction, BACK_REACH_M, 0.5, 2.0**plan.back_stops, color, 12.0
    )


def _background(here: Situation, color: Vec) -> list[Lamp]:
    """Two soft boxes overhead behind the subject, aimed at what the camera sees beyond."""
    away = -here.to_camera
    across = np.array([-away[1], away[0]])
    run = free_run(here.plan, here.head.eyes[:2], away, 9.0)
    top = (here.plan.ceiling_m or 4.2) - 0.25
    lamps: list[Lamp] = []
    for index, sign in enumerate((-1.0, 1.0)):
        flat = here.head.eyes[:2] + away * min(0.7, 0.4 * run) + across * sign * min(1.1, 0.4 * run)
        at = in_room(here.plan, np.append(flat, top))
        target = np.append(here.head.eyes[:2] + away * max(run, 1.2) + across * sign * 0.9, 1.2)
        distance = max(float(np.linalg.norm(target - at)), 0.5)
        lamp = panel(f"background {index + 1}", LampRole.BACKGROUND, at, target, 0.8,
                     radiance_for(0.5, distance, 0.8, 6500) * color)  # fmt: skip
        lamps.append(replace(lamp, beam=2.0))
    return lamps


def flags_for(balance: LightBalance, here: Situation) -> tuple[Body, ...]:
    """What keeps light off the subject, out of sight of the camera."""
    if balance.expose_background:
        return _solids(here)
    return (_negative_fill(balance, here),) if balance.ratio >= FLAG_RATIO else ()


def _solids(here: Situation) -> tuple[Body, ...]:
    """Black solids before, beside and above the subject: the side towards the camera gets no light at all."""
    forward = np.append(here.to_camera, 0.0)
    right = np.array([-forward[1], forward[0], 0.0])
    up = np.array([0.0, 0.0, 1.0])
    width, depth, above = SOLID_M
    foot = np.append(here.head.eyes[:2], max(here.head.eyes[2] - 1.75, 0.02))
    tall = up * (here.head.eyes[2] + above - foot[2])
    near = foot + depth * forward
    walls = {
        "front": (near - width * right, 2 * width * right, tall),
        "left": (foot - width * right, depth * forward, tall),
        "right": (foot + width * right, depth * forward, tall),
        "top": (foot - width * right + tall, 2 * width * right, depth * forward),
    }
    return tuple(_flag(f"solid {name}", a, b, c) for name, (a, b, c) in walls.items())


def _flag(name: str, corner: Vec, side: Vec, other: Vec) -> Body:
    """A black parallelogram that the camera looks through."""
    corners = np.array([corner, corner + side, corner + side + other, corner + other], np.float32)
    return Body(
        name=f"flag/{name}",
        kind=BodyKind.SET,
        vertices=corners,
        faces=np.array([[0, 1, 2], [0, 2, 3]], np.uint32),
        base_color=np.full((4, 3), 0.01, np.float32),
        roughness=np.ones(4, np.float32),
        seen=False,
    )


def _negative_fill(balance: LightBalance, here: Situation) -> Body:
    """A black flag close to the shadow side of the face: it keeps off what a bright room throws back."""
    left = here.head.rotation @ np.array([1.0, 0.0, 0.0])
    flat = unit((-left if balance.key_azimuth_deg > 0 else left)[:2])
    middle = here.head.eyes + np.append(flat * FLAG_GAP_M, -0.2)
    along = np.array([-flat[1], flat[0], 0.0]) * FLAG_SIZE_M[0]
    up = np.array([0.0, 0.0, FLAG_SIZE_M[1]])
    return _flag("negative fill", middle - (along + up) / 2, along, up)


def _wants_eye_light(lighting: Lighting, plan: PatternPlan) -> bool:
    """Close and frontal light gets a glint by itself; dark patterns and deep shadows live from having none."""
    return plan.ratio < FLAG_RATIO and lighting.pattern in _GLINTS


_GLINTS = (LightPattern.THREE_POINT, LightPattern.BUTTERFLY, LightPattern.LOOP, LightPattern.HIGH_KEY)


def _eye_light(here: Situation, head: Vec, color: Vec) -> Lamp:
    """Small and weak, just above the lens: it shows in the eyes and nowhere else."""
    direction = unit(np.array(here.camera.position) + np.array([0.0, 0.0, 0.25]) - head)
    reach = min(1.6, float(np.linalg.norm(np.array(here.camera.position) - head)))
    return _lamp("eye light", LampRole.EYE, here.plan, head, direction, reach, 0.12, 2.0**EYE_LIGHT_STOPS, color, 30.0)


# --- colour ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Colors:
    """Linear colours of luminance 1."""

    key: Vec
    stated: Vec | None
    """The key's, where somebody stated it."""
    fill: Vec
    back: Vec
    background: Vec


def _colors(lighting: Lighting, level: Level) -> Colors:
    motive = MOTIVES.get(lighting.motivation) if lighting.motivation is not None else None
    stated: Vec | None = None
    if lighting.key_kelvin is not None:
        stated = kelvin_to_rgb(lighting.key_kelvin)
    elif motive is not None and motive.rgb is not None:
        stated = _of_luminance_one(np.array(motive.rgb))
    elif motive is not None and motive.kelvin is not None:
        stated = kelvin_to_rgb(motive.kelvin)
    if lighting.green:
        stated = _greened(stated if stated is not None else kelvin_to_rgb(level.kelvin), lighting.green)
    key = stated if stated is not None else kelvin_to_rgb(level.kelvin)
    fill = kelvin_to_rgb(lighting.fill_kelvin) if lighting.fill_kelvin else stated
    back = kelvin_to_rgb(lighting.back_kelvin) if lighting.back_kelvin else None
    return Colors(
        key=key,
        stated=stated,
        fill=kelvin_to_rgb(level.fill_kelvin) if fill is None else fill,
        back=kelvin_to_rgb((level.kelvin + level.fill_kelvin) / 2) if back is None else back,
        background=(key + kelvin_to_rgb(level.fill_kelvin)) / 2,
    )


def _greened(rgb: Vec, amount: float) -> Vec:
    """The colour moved off the black body by `amount`/1000 in CIE 1960 v, towards green if positive."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = to_xyz @ rgb
    total = x + 15 * y + 3 * z
    u, v = 4 * x / total, 6 * y / total + amount / 1000
    # Back from CIE 1960: x = 3u / (2u - 8v + 4), y = 2v / (2u - 8v + 4).
    scale = 2 * u - 8 * v + 4
    cx, cy = 3 * u / scale, 2 * v / scale
    moved = np.linalg.solve(to_xyz, np.array([cx / cy, 1.0, (1 - cx - cy) / cy]))
    return _of_luminance_one(np.maximum(moved, 0.0))


def _of_luminance_one(rgb: Vec) -> Vec:
    return rgb / float(rgb @ np.array(LUMINANCE_WEIGHTS))
