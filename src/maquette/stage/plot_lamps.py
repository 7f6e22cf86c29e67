"""The lamps of a scene's shots as one plan: channels, places, levels against the key, changes from shot to shot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.lighting_plot import CREW, PlotLamp, Quality, SourceKind, quality_of
from maquette.film.stage import Lamp, LampRole, Moment, SetPlan
from maquette.imaging.color import LUMINANCE
from maquette.stage.framing import project
from maquette.stage.plot_light import (
    FAR_M,
    Source,
    color_temperature,
    gel_of,
    grip_of,
    illuminance,
    kind_of,
    shown_color,
    sky_level,
    source_of,
)
from maquette.stage.plot_plan import point
from maquette.stage.sightline import Obstacles

Vec = NDArray[np.float64]

ORDER = (LampRole.KEY, LampRole.FILL, LampRole.BACK, LampRole.EYE, LampRole.BACKGROUND, LampRole.PRACTICAL,
         LampRole.WINDOW, LampRole.SUN, LampRole.MOON, LampRole.AMBIENT)  # fmt: skip
"""Channels are numbered in this order."""
SAME_PLACE_M, SAME_TURN_COS, SAME_SIZE_M = 0.06, 0.995, 0.03
LEVEL_STEP_STOPS, MIRED_STEP = 0.15, 12.0
"""Smaller changes between shots are none."""
AIMED_WITHIN_M = 0.65
"""A lamp whose axis passes a head nearer than this is aimed at that person."""
LOWEST_STOPS = -9.0
"""Less than this does not count as light on the subject."""


@dataclass(frozen=True, eq=False)
class Metered:
    """Where levels are read in one shot."""

    subject: str
    """Blank: nobody is there."""
    eyes: Vec
    """(3,) m."""
    people: Mapping[str, Vec]
    """Everybody's eyes."""


@dataclass(frozen=True, eq=False)
class Rig:
    lamps: tuple[PlotLamp, ...]
    changes: Mapping[str, Sequence[str]]
    """What the crew does for each shot."""
    reference: str
    """Channel that levels are counted against; blank: there is no lamp."""


@dataclass(eq=False)
class _Channel:
    """One lamp over the scene."""

    lamp: Lamp
    places: list[_Placed]

    def at(self, shot: str) -> tuple[int, Lamp] | None:
        """(which of its places, the lamp as it burns in this shot); None: it is off."""
        return next(((i, p.lamps[shot]) for i, p in enumerate(self.places) if shot in p.lamps), None)


@dataclass(eq=False)
class _Placed:
    source: Source
    lamps: dict[str, Lamp]
    """By shot number."""


def lamps_and_changes(
    shots: Sequence[tuple[str, Moment]], metered: Sequence[Metered], plan: SetPlan, obstacles: Obstacles
) -> Rig:
    """All lamps of the shots, each place of each lamp once, and the changes against the first shot a lamp burns in."""
    channels = _channels(shots)
    meters = {number: m for (number, _), m in zip(shots, metered, strict=True)}
    seen: dict[tuple[int, str], tuple[float, float]] = {}
    for channel in channels:
        for placed in channel.places:
            shot = next(iter(placed.lamps))
            seen[id(placed), shot] = illuminance(placed.lamps[shot], meters[shot].eyes, obstacles)
    references = {number: _reference(channels, number, meters[number], obstacles) for number, _ in shots}
    moments = dict(shots)
    lamps: list[PlotLamp] = []
    for index, channel in enumerate(channels):
        for i, placed in enumerate(channel.places):
            shot = next(iter(placed.lamps))
            name = _channel_name(index, i)
            made = _lamp(name, placed, moments, meters[shot], plan)
            level, share = seen[id(placed), shot]
            lamps.append(_with_level(made, level, share, references[shot][1]))
    sky = _sky(shots, plan, len(channels) + 1, references)
    first = references[shots[0][0]][0] if shots else None
    reference = "" if first is None else _name(channels, first)
    return Rig((*lamps, *sky), _changes(channels, [n for n, _ in shots]), reference)


def _channels(shots: Sequence[tuple[str, Moment]]) -> list[_Channel]:
    found: dict[tuple[int, str, int], _Channel] = {}
    for number, moment in shots:
        count: dict[tuple[LampRole, str], int] = {}
        for lamp in moment.lamps:
            if max(lamp.radiance) <= 0 or not len(lamp.faces):
                continue
            nth = count[lamp.role, lamp.name] = count.get((lamp.role, lamp.name), 0) + 1
            key = (ORDER.index(lamp.role), lamp.name, nth)
            channel = found.setdefault(key, _Channel(lamp, []))
            source = source_of(lamp)
            same = next((p for p in channel.places if _same(p.source, source)), None)
            if same is None:
                channel.places.append(_Placed(source, {number: lamp}))
            else:
                same.lamps[number] = lamp
    appeared = {key: i for i, key in enumerate(found)}
    return [found[key] for key in sorted(found, key=lambda k: (k[0], appeared[k]))]


def _same(a: Source, b: Source) -> bool:
    away = float(np.linalg.norm(a.center))
    if away > FAR_M:
        return float(np.linalg.norm(a.center - b.center)) < 0.01 * away
    turned = a.axis is not None and b.axis is not None and float(a.axis @ b.axis) < SAME_TURN_COS
    sized = bool(np.all(np.abs(np.subtract(a.size, b.size)) < SAME_SIZE_M))
    return float(np.linalg.norm(a.center - b.center)) < SAME_PLACE_M and sized and not turned


def _channel_name(index: int, place: int) -> str:
    return f"{index + 1}" if place == 0 else f"{index + 1}{'bcdefghijklmnopqrstuvwxyz'[(place - 1) % 25]}"


def _name(channels: Sequence[_Channel], lamp: Lamp) -> str:
    for index, channel in enumerate(channels):
        for i, placed in enumerate(channel.places):
            if any(other is lamp for other in placed.lamps.values()):
                return _channel_name(index, i)
    return ""


def _reference(
    channels: Sequence[_Channel], shot: str, meter: Metered, obstacles: Obstacles
) -> tuple[Lamp | None, float]:
    """(the shot's key, what it gives the subject): the strongest lamp of that role, else the strongest of all.

    A key that does not get there at all is counted as if nothing stood in its way; one that points elsewhere is none.
    """
    burning = [at[1] for c in channels if (at := c.at(shot)) is not None]
    keys = [lamp for lamp in burning if lamp.role is LampRole.KEY]
    if keys:
        levels = [illuminance(lamp, meter.eyes, obstacles)[0] for lamp in keys]
        if max(levels) <= 0:
            levels = [illuminance(lamp, meter.eyes)[0] for lamp in keys]
        if max(levels) > 0:
            return keys[int(np.argmax(levels))], max(levels)
    levels = [illuminance(lamp, meter.eyes, obstacles)[0] for lamp in burning]
    return (burning[int(np.argmax(levels))], max(levels)) if burning else (None, 0.0)


def _with_level(made: PlotLamp, level: float, share: float, reference: float) -> PlotLamp:
    stops = float(np.log2(level / reference)) if level > 0 and reference > 0 else -np.inf
    notes = made.notes
    if share < 0.04:
        notes = (*notes, "all hidden")
    elif share < 0.96:
        notes = (*notes, f"about {10 * max(1, round(10 * (1 - share)))}% hidden")
    reaches = stops > LOWEST_STOPS
    return made.model_copy(update={"level_stops": round(stops, 2) + 0.0 if reaches else None, "notes": notes})


def _lamp(channel: str, placed: _Placed, moments: Mapping[str, Moment], meter: Metered, plan: SetPlan) -> PlotLamp:
    lamp, source = next(iter(placed.lamps.values())), placed.source
    far = float(np.linalg.norm(source.center)) > FAR_M
    distance = float(np.linalg.norm(source.center - meter.eyes))
    by_day = not plan.interior and any(x.role is LampRole.SUN for m in moments.values() for x in m.lamps)
    kelvin, duv = color_temperature(np.array(lamp.radiance))
    aim, aimed_at = _aim(lamp, source, meter, plan)
    direction = source.in_plan
    kind = kind_of(lamp, source, outside_by_day=by_day)
    return PlotLamp(
        channel=channel, name=lamp.name.rsplit("/", 1)[-1], role=lamp.role, kind=kind,
        position=point(source.center), height_m=None if far else round(float(source.center[2]), 2),
        direction=None if direction is None else point(direction),
        aim=None if aim is None else point(aim), aimed_at=aimed_at,
        distance_m=None if far else round(distance, 2),
        size_m=(0.0, 0.0) if far else (round(source.size[0], 2), round(source.size[1], 2)),
        quality=Quality.HARD if far else quality_of(max(source.size), distance),
        kelvin=kelvin, color=shown_color(np.array(lamp.radiance, float)),
        shots=() if len(placed.lamps) == len(moments) else tuple(placed.lamps),
        notes=_notes(lamp, kind, placed, moments, gel_of(kelvin, duv)),
    )  # fmt: skip


def _notes(lamp: Lamp, kind: SourceKind, placed: _Placed, moments: Mapping[str, Moment], gel: str) -> tuple[str, ...]:
    found: list[str] = []
    if kind in (SourceKind.FRESNEL, SourceKind.SOFT):
        found += [gel, grip_of(lamp, placed.source)]
    if kind is SourceKind.FRESNEL and lamp.role in (LampRole.SUN, LampRole.MOON):
        found.append(f"plays the {lamp.role.value}")
    if lamp.role in CREW and not lamp.visible:
        framed = [n for n in placed.lamps if _in_frame(moments[n], placed.source.center)]
        found += ["in frame: " + ", ".join(framed)] if framed else []
    return tuple(note for note in found if note)


def _in_frame(moment: Moment, at: Vec) -> bool:
    x, y, depth = project(moment.camera, at)[0]
    return bool(depth > 0.1 and 0 <= x <= 1 and 0 <= y <= 1)


def _aim(lamp: Lamp, source: Source, meter: Metered, plan: SetPlan) -> tuple[Vec | None, str]:
    """((2,) where the aim line ends, whom or what it hits)."""
    if source.axis is None or lamp.role in (LampRole.WINDOW, LampRole.PRACTICAL):
        return None, ""
    if lamp.role in (LampRole.SUN, LampRole.MOON) and plan.openings:
        opening = min(plan.openings, key=lambda o: _off(source, np.array(o.center)))
        if _off(source, np.array(opening.center)) < AIMED_WITHIN_M:
            return np.array(opening.center[:2]), opening.name
    someone = None if lamp.role is LampRole.BACKGROUND else _aimed_at(lamp, source, meter, plan)
    if someone is not None:
        return someone
    if float(np.linalg.norm(source.axis[:2])) < 0.05:
        return None, "straight down" if source.axis[2] < 0 else "straight up"
    reach, what = _until_the_set(source, plan)
    return source.center[:2] + reach * source.axis[:2], what


def _aimed_at(lamp: Lamp, source: Source, meter: Metered, plan: SetPlan) -> tuple[Vec, str] | None:
    """People on the lamp's axis, or between whom it passes."""
    far = 0.02 * float(np.linalg.norm(source.center)) if not plan.interior else 0.0
    near = {n: d for n, eyes in meter.people.items() if (d := _off(source, eyes)) < max(AIMED_WITHIN_M, far)}
    middle = np.mean(list(meter.people.values()), axis=0) if len(meter.people) > 1 else None
    if near:
        best = min(near, key=lambda n: (n != meter.subject and near[n] > 0.3, near[n]))
        names = [n for n in meter.people if n == best or (n in near and near[n] < near[best] + 0.15)]
        return np.asarray(meter.people[best], float)[:2], " + ".join(names)
    if middle is not None and _off(source, middle) < AIMED_WITHIN_M:
        return middle[:2], " + ".join(meter.people)
    assert source.axis is not None
    along = float((meter.eyes - source.center) @ source.axis)
    if lamp.role in CREW and along > 0.3:
        # Past them: as far as they are.
        return source.center[:2] + along * source.axis[:2], ""
    return None


def _off(source: Source, at: Vec) -> float:
    """Metres between a point and the lamp's axis; infinite behind the lamp."""
    assert source.axis is not None
    along = float((at - source.center) @ source.axis)
    return float(np.linalg.norm(source.center + along * source.axis - at)) if along > 0 else np.inf


def _until_the_set(source: Source, plan: SetPlan) -> tuple[float, str]:
    """(metres along the axis until floor, ceiling or a wall of the room, its name); outside at most 6 m."""
    assert source.axis is not None
    found = [(6.0, "")]
    if source.axis[2] < -1e-3:
        found.append((float(-source.center[2] / source.axis[2]), "floor" if plan.interior else "ground"))
    if plan.interior and plan.ceiling_m and source.axis[2] > 1e-3:
        found.append((float((plan.ceiling_m - source.center[2]) / source.axis[2]), "ceiling"))
    if plan.interior and plan.floor:
        corners = np.array(plan.floor, float)
        for axis, names in ((0, ("west wall", "east wall")), (1, ("south wall", "north wall"))):
            step = float(source.axis[axis])
            if abs(step) > 1e-6:
                wall = corners[:, axis].max() if step > 0 else corners[:, axis].min()
                found.append((float((wall - source.center[axis]) / step), names[int(step > 0)]))
    return min((f for f in found if f[0] > 0.02), default=(1.0, ""))


def _sky(
    shots: Sequence[tuple[str, Moment]], plan: SetPlan, channel: int,
    references: Mapping[str, tuple[Lamp | None, float]],
) -> list[PlotLamp]:  # fmt: skip
    """The open sky as a lamp of its own, outside."""
    lit = [(n, m.sky) for n, m in shots if m.sky is not None]
    if plan.interior or not lit:
        return []
    number, sky = lit[0]
    level, color = sky_level(sky)
    reference = references[number][1] or level
    if level <= 0:
        return []
    kelvin, _ = color_temperature(np.array(color))
    shots_ = () if len(lit) == len(shots) else tuple(n for n, _ in lit)
    made = PlotLamp(channel=str(channel), name="open sky", role=LampRole.AMBIENT, kind=SourceKind.SKY, position=None,
                    kelvin=kelvin, color=color, shots=shots_, notes=("on open ground",))  # fmt: skip
    return [_with_level(made, level, 1.0, reference)]


# --- changes --------------------------------------------------------------------------------------------------


def _changes(channels: Sequence[_Channel], shots: Sequence[str]) -> dict[str, list[str]]:
    """What the crew does for each shot, against the first shot that each lamp burns in."""
    same: dict[str, dict[str, list[str]]] = {s: {} for s in shots}
    for index, channel in enumerate(channels):
        burns = [s for s in shots if channel.at(s) is not None]
        base = channel.at(burns[0])
        assert base is not None
        for shot in shots:
            now = channel.at(shot)
            text = "off" if now is None else _difference(_channel_name(index, now[0]), base, now)
            if text:
                same[shot].setdefault(text, []).append(f"{index + 1}")
    return {shot: [f"{', '.join(names)} {text}" for text, names in said.items()] for shot, said in same.items()}


def _difference(channel: str, base: tuple[int, Lamp], now: tuple[int, Lamp]) -> str:
    found = [f"→ {channel}"] if now[0] != base[0] else []
    was, burns = (np.array(x.radiance, float) for x in (base[1], now[1]))
    if now[0] == base[0]:
        stops = float(np.log2((burns @ LUMINANCE) / (was @ LUMINANCE)))
        found += [f"{stops:+.1f} stops".replace("-", "−")] if abs(stops) > LEVEL_STEP_STOPS else []
    (k0, _), (k1, _) = color_temperature(was), color_temperature(burns)
    if (k0 is None) != (k1 is None) or (k0 and k1 and abs(1e6 / k0 - 1e6 / k1) > MIRED_STEP):
        found.append(f"{k1} K" if k1 else "coloured")
    return ", ".join(found)
