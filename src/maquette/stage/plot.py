"""A scene's lighting plot from the very stage that its pictures are rendered from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head
from maquette.film.lighting import Lighting
from maquette.film.lighting_plot import (
    CameraPlace,
    LightingPlot,
    PlotCamera,
    PlotFlag,
    PlotMark,
    PlotSun,
    PlotWall,
    Point,
    ShotChange,
)
from maquette.film.stage import Body, BodyKind, Lamp, LampRole, Moment, PlacedCamera, SetKind, SetPlan, yaw_towards
from maquette.stage.framing import Figure
from maquette.stage.plot_lamps import Metered, lamps_and_changes
from maquette.stage.plot_light import FAR_M, source_of
from maquette.stage.plot_plan import Region, hull, point, things_of, walls_of
from maquette.stage.sightline import Obstacles

Vec = NDArray[np.float64]
PlottedMoment = tuple[str, Moment, Mapping[str, Figure]]
"""(shot number, the stage at one instant of it, everybody by name). A shot that is given twice moves from the first to
the last."""

FARTHEST_DRAWN_M = 14.0
"""Cameras and lamps that are farther from the middle of the action are shown at the edge of the sheet."""
LARGEST_ROOM_M = 30.0
ROOM_MARGIN_M, OPEN_MARGIN_M, SMALLEST_M = 0.7, 2.4, 6.0
SAME_PLACE_M, SAME_TURN_DEG, SAME_ANGLE_DEG = 0.3, 25.0, 0.7
FLAT_FROM_M = 0.2
"""A flag that is deeper than this in plan does not stand upright."""


def plot_of(
    plan: SetPlan,
    moments: Sequence[PlottedMoment],
    lighting: Lighting,
    *,
    title: str,
    scene: str = "",
    heading: str = "",
    draft: str = "",
    north_deg: float = 0.0,
) -> LightingPlot:
    """The plot of one scene. `north_deg` is where north lies, clockwise from the stage's +Y.

    Lamps, cameras and people are those of the moments; lamps that are the same in several shots are drawn once, and
    what differs is listed as changes. Without moments the set alone is drawn.
    """
    shots = _shots(moments)
    room = np.array(plan.floor, float) if plan.floor else np.zeros((1, 2))
    region = _region(plan, shots, room)
    obstacles = Obstacles(b for b in plan.bodies if b.name not in _NO_SHADE)
    metered = [_metered(s, room) for s in shots]
    rig = lamps_and_changes([(s.number, s.first) for s in shots], metered, plan, obstacles)
    walls, gaps = walls_of(plan, region)
    props = [b for s in shots[:1] for b in s.first.bodies if b.kind is BodyKind.PROP]
    ground, things = things_of([*plan.bodies, *props], walls, region)
    wild, scenery = _scenery(shots)
    north = np.array([np.sin(np.radians(north_deg)), np.cos(np.radians(north_deg))])
    return LightingPlot(
        title=title, scene=scene, heading=heading, draft=draft,
        shots=tuple(s.number for s in shots),
        facts=_facts(lighting, shots),
        interior=plan.interior, ceiling_m=plan.ceiling_m,
        low=point(region.low), high=point(region.high),
        outline=tuple(point(p) for p in room) if len(room) > 2 and any(not w.mass for w in walls) else (),
        walls=tuple(_with_shots(w, wild) for w in walls), gaps=gaps, ground=ground, things=things,
        marks=_marks(shots), cameras=_cameras(shots), lamps=rig.lamps,
        flags=_flags(shots), sun=_sun(shots, metered, north), north=point(north),
        subject=metered[0].subject if metered else "", reference=rig.reference,
        changes=_changes([s.number for s in shots], rig.changes, scenery), notes=_notes(shots),
    )  # fmt: skip


_NO_SHADE = frozenset({"set/floor", "set/slab", "set/ground", "set/land", "set/outside", "set/backdrop", "set/town"})
"""Keeps no lamp's light from the subject, or stands behind the lamps."""


@dataclass(frozen=True, eq=False)
class _Shot:
    number: str
    first: Moment
    figures: Mapping[str, Figure]
    last: Moment
    last_figures: Mapping[str, Figure]


def _shots(moments: Sequence[PlottedMoment]) -> list[_Shot]:
    found: dict[str, _Shot] = {}
    for number, moment, figures in moments:
        first = found.get(number)
        start = (first.first, first.figures) if first else (moment, figures)
        found[number] = _Shot(number, *start, moment, figures)
    return list(found.values())


def _metered(shot: _Shot, room: Vec) -> Metered:
    """Where the meter is held in a shot: at the first subject's eyes, else in the middle of the floor."""
    people = {name: figure.landmarks["eyes"] for name, figure in shot.figures.items()}
    heads: Sequence[Head] = shot.first.heads
    if heads:
        return Metered(heads[0].name, np.asarray(heads[0].eyes, float), people)
    if people:
        name = min(people, key=lambda n: _off_axis(shot.first.camera, people[n]))
        return Metered(name, np.asarray(people[name], float), people)
    return Metered("", np.append(room.mean(axis=0), 1.4), {})


def _off_axis(camera: PlacedCamera, at: Vec) -> float:
    way = np.array(camera.look_at) - np.array(camera.position)
    to = at - np.array(camera.position)
    return -float(way @ to) / max(float(np.linalg.norm(way) * np.linalg.norm(to)), 1e-9)


# --- what the sheet holds -------------------------------------------------------------------------------------


def _region(plan: SetPlan, shots: Sequence[_Shot], room: Vec) -> Region:
    """A room as a whole; outside where people, cameras and the crew's lamps are. Both with what stands a little off."""
    people = [f.landmarks["eyes"][:2] for s in shots for f in (*s.figures.values(), *s.last_figures.values())]
    # A car's floor is the road around it.
    indoors = plan.interior and plan.kind is not SetKind.CAR and float(np.ptp(room, axis=0).max()) < LARGEST_ROOM_M
    middle = room.mean(axis=0) if indoors or not people else np.mean(people, axis=0)
    points: list[Vec] = [*people, *(room if indoors else [])]
    for shot in shots:
        points += [np.array(c.position[:2]) for c in (shot.first.camera, shot.last.camera)]
        points += [source_of(lamp).center[:2] for lamp in shot.first.lamps if _drawn_in_place(lamp)]
    reach = FARTHEST_DRAWN_M if not plan.interior else float(np.ptp(room, axis=0).max()) / 2 + 4.0
    near = [p for p in points if float(np.linalg.norm(p - middle)) < reach] or [middle]
    margin = ROOM_MARGIN_M if plan.interior else OPEN_MARGIN_M
    low, high = np.min(near, axis=0) - margin, np.max(near, axis=0) + margin
    grow = np.maximum((SMALLEST_M if not indoors else 0.0) - (high - low), 0) / 2
    return Region(low - grow, high + grow)


def _drawn_in_place(lamp: Lamp) -> bool:
    far = float(np.linalg.norm(source_of(lamp).center)) > FAR_M
    return not far and lamp.role not in (LampRole.SUN, LampRole.MOON)


def _marks(shots: Sequence[_Shot]) -> tuple[PlotMark, ...]:
    """Everybody's places; a place that is kept over several shots is one, whichever way they look there."""
    found: list[tuple[PlotMark, list[str], dict[float, list[str]]]] = []
    for shot in shots:
        for name, figure in shot.figures.items():
            mark = _mark(name, figure, shot.last_figures.get(name, figure))
            same = next((f for f in found if _same_place(f[0], mark)), None)
            if same is None:
                found.append((mark, [shot.number], {}))
                continue
            same[1].append(shot.number)
            if _turn(mark.yaw_deg, same[0].yaw_deg) > SAME_TURN_DEG:
                alike = next((yaw for yaw in same[2] if _turn(mark.yaw_deg, yaw) <= SAME_TURN_DEG), mark.yaw_deg)
                same[2].setdefault(alike, []).append(shot.number)
    every = len(shots)
    return tuple(
        m.model_copy(
            update={
                "shots": () if len(n) == every else tuple(n),
                "other_yaws": tuple((yaw, tuple(theirs)) for yaw, theirs in yaws.items()),
            }
        )
        for m, n, yaws in found
    )


def _turn(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


def _mark(name: str, figure: Figure, later: Figure) -> PlotMark:
    # The middle of the head lies behind the eyes.
    at = figure.landmarks["eyes"][:2] - 0.09 * figure.look
    to = later.landmarks["eyes"][:2] - 0.09 * later.look
    walks = float(np.linalg.norm(to - at)) > SAME_PLACE_M
    yaw = yaw_towards((0.0, 0.0), (float(figure.look[0]), float(figure.look[1])))
    return PlotMark(name=name, position=point(at), yaw_deg=round(yaw, 1) + 0.0, to=point(to) if walks else None,
                    eyes_m=round(float(figure.landmarks["eyes"][2]), 2))  # fmt: skip


def _same_place(a: PlotMark, b: PlotMark) -> bool:
    return a.name == b.name and _apart(a.position, b.position) < SAME_PLACE_M and a.to == b.to


def _apart(a: Point, b: Point) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


def _cameras(shots: Sequence[_Shot]) -> tuple[PlotCamera, ...]:
    found: list[PlotCamera] = []
    for shot in shots:
        start, end = _camera_place(shot.first.camera), _camera_place(shot.last.camera)
        optics = shot.first.camera
        made = PlotCamera(shots=(shot.number,), start=start, end=None if _alike(start, end) else end,
                          squeeze=optics.squeeze, sensor_width_mm=optics.sensor_width_mm)  # fmt: skip
        same = next((i for i, c in enumerate(found) if _alike(c.start, made.start) and c.end == made.end), None)
        if same is None:
            found.append(made)
        else:
            found[same] = found[same].model_copy(update={"shots": (*found[same].shots, shot.number)})
    return tuple(found)


def _camera_place(camera: PlacedCamera) -> CameraPlace:
    half = degrees(atan2(camera.sensor_width_mm * camera.squeeze, 2 * camera.lens_mm))
    return CameraPlace(
        position=point(np.array(camera.position)), height_m=round(camera.position[2], 2),
        look_at=point(np.array(camera.look_at)), half_angle_deg=round(half, 2), lens_mm=round(camera.lens_mm, 1),
    )  # fmt: skip


def _alike(a: CameraPlace, b: CameraPlace) -> bool:
    turn = np.degrees(np.arctan2(*_way(a)) - np.arctan2(*_way(b)))
    return (
        _apart(a.position, b.position) < 0.05
        and abs(a.height_m - b.height_m) < 0.05
        and abs((turn + 180) % 360 - 180) < SAME_ANGLE_DEG
        and abs(a.lens_mm - b.lens_mm) < 0.5
    )


def _way(place: CameraPlace) -> tuple[float, float]:
    return (place.look_at[0] - place.position[0], place.look_at[1] - place.position[1])


def _flags(shots: Sequence[_Shot]) -> tuple[PlotFlag, ...]:
    """Bodies named "flag/...", each place of each once."""
    found: dict[tuple[str, Point, Point], tuple[PlotFlag, list[str]]] = {}
    for shot in shots:
        for body in (b for b in shot.first.bodies if b.name.startswith("flag/")):
            made = _flag(body)
            found.setdefault((made.name, made.start, made.end), (made, []))[1].append(shot.number)
    every = len(shots)
    return tuple(f.model_copy(update={"shots": () if len(n) == every else tuple(n)}) for f, n in found.values())


def _flag(body: Body) -> PlotFlag:
    """The widest line through it as seen from above, and its outline if it is no upright board."""
    corners = body.vertices[:, :2].astype(float)
    apart = np.linalg.norm(corners[:, None] - corners[None], axis=2)
    i, j = np.unravel_index(int(np.argmax(apart)), apart.shape)
    along = (corners[j] - corners[i]) / max(float(apart[i, j]), 1e-9)
    deep = float(np.ptp(corners @ np.array([-along[1], along[0]])))
    return PlotFlag(
        name=body.name.split("/", 1)[1], start=point(corners[i]), end=point(corners[j]),
        low_m=round(float(body.vertices[:, 2].min()), 2), high_m=round(float(body.vertices[:, 2].max()), 2),
        outline=(hull(body.vertices) or ()) if deep > FLAT_FROM_M else (),
    )  # fmt: skip


def _sun(shots: Sequence[_Shot], metered: Sequence[Metered], north: Vec) -> PlotSun | None:
    for shot, meter in zip(shots, metered, strict=True):
        for lamp in shot.first.lamps:
            if lamp.role not in (LampRole.SUN, LampRole.MOON):
                continue
            source = source_of(lamp)
            # A sun on a stand shines the way it points; the real one stands where it stands.
            way = source.center - meter.eyes if source.axis is None or _far(source.center) else -source.axis
            way = way / max(float(np.linalg.norm(way)), 1e-9)
            level = way[:2] / max(float(np.linalg.norm(way[:2])), 1e-9)
            azimuth = degrees(atan2(level[0], level[1]) - atan2(north[0], north[1])) % 360
            return PlotSun(moon=lamp.role is LampRole.MOON, azimuth_deg=round(azimuth, 1), bearing=point(level),
                           elevation_deg=round(degrees(np.arcsin(np.clip(way[2], -1, 1))), 1))  # fmt: skip
    return None


def _far(center: Vec) -> bool:
    return float(np.linalg.norm(center)) > FAR_M


# --- words ----------------------------------------------------------------------------------------------------


def _scenery(shots: Sequence[_Shot]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """({wall: shots that it is out in}, {shot: what of the set is taken out for it})."""
    wild: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for shot in shots:
        unseen = sorted(b.name for b in shot.first.bodies if not b.seen)
        walls = [n for n in unseen if n.startswith("wall/") and n.count("/") == 1]
        for wall in walls:
            wild.setdefault(wall, []).append(shot.number)
        struck = [n.rsplit("/", 1)[-1] for n in unseen if n.startswith("set/") and n != "set/ceiling"
                  and not n.startswith("set/ceiling/")]  # fmt: skip
        text = [" + ".join(w.rsplit("/", 1)[-1] for w in walls) + " wall out"] if walls else []
        text += ["ceiling out"] if "set/ceiling" in unseen else []
        text += ["struck: " + " + ".join(struck)] if struck else []
        words[shot.number] = text
    return wild, words


def _changes(numbers: Sequence[str], *parts: Mapping[str, Sequence[str]]) -> tuple[ShotChange, ...]:
    """One line for each shot that has any; shots with the same one are taken together."""
    said: dict[str, list[str]] = {}
    for number in numbers:
        text = "; ".join(t for part in parts for t in part.get(number, ()))
        if text:
            said.setdefault(text, []).append(number)
    return tuple(ShotChange(shots=tuple(n), text=t) for t, n in said.items())


def _with_shots(wall: PlotWall, wild: Mapping[str, Sequence[str]]) -> PlotWall:
    return wall.model_copy(update={"out_in": tuple(wild.get(wall.name, ()))})


def _facts(lighting: Lighting, shots: Sequence[_Shot]) -> tuple[tuple[str, str], ...]:
    """What is asked, by name; nothing where nobody asked."""
    found = [("time", lighting.time_of_day.value)] if lighting.time_of_day.value != "unknown" else []
    for name, value in (("pattern", lighting.pattern), ("motivation", lighting.motivation)):
        if value is not None:
            found.append((name, value.value))
    if lighting.key_side is not None:
        found.append(("key side", lighting.key_side.value + (" of frame" if lighting.key_side_of_frame else "")))
    if lighting.key_kelvin is not None:
        found.append(("key colour", f"{lighting.key_kelvin:.0f} K"))
    if lighting.key_fill_ratio is not None:
        found.append(("key to fill", f"{lighting.key_fill_ratio:g}:1"))
    if lighting.background_stops is not None:
        found.append(("background", f"{lighting.background_stops:+g} stops".replace("-", "−")))
    if lighting.weather is not None:
        found.append(("weather", lighting.weather.value))
    if lighting.haze:
        found.append(("haze", f"{lighting.haze:g}"))
    if lighting.flicker:
        found.append(("flicker", f"{lighting.flicker:g}"))
    whites = sorted({round(s.first.camera.white_balance_k / 50) * 50 for s in shots})
    if whites:
        found.append(("camera white", " / ".join(f"{k} K" for k in whites)))
    return tuple(found)


def _notes(shots: Sequence[_Shot]) -> tuple[str, ...]:
    """What the stage says about the shots, each once, with the shots it is said of."""
    said: dict[str, list[str]] = {}
    for shot in shots:
        for note in dict.fromkeys(shot.first.notes):
            # Struck furniture is among the changes.
            if not note.startswith("Struck for this shot"):
                said.setdefault(note, []).append(shot.number)
    every = len(shots)
    return tuple(note if len(n) == every else f"{', '.join(n)}: {note}" for note, n in said.items())
