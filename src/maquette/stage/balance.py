"""The gaffer's work with the meter: dim the groups of lamps until face and background have the light that was asked.

Light adds up, so the readings of each group give the answer in closed form: a least squares problem with lamps that
cannot be darker than off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import lsq_linear

from maquette.film.face import face_angles, in_planes, lit_and_shadow
from maquette.film.metering import LightGroup, LightReading, group_of
from maquette.film.stage import Body, Haze, Lamp, LightBalance, Moment, Sky
from maquette.imaging.color import LUMINANCE_WEIGHTS
from maquette.stage.weather_light import with_weather_lit

Vec = NDArray[np.float64]
LUMINANCE = np.array(LUMINANCE_WEIGHTS)

PLACE_ON_FACE = 0.45
"""Most of the light on the lit planes that the place itself may give: more, and the key shapes nothing."""
PLACE_BESIDE_COLORED_KEY = 0.22
"""The same where the key's colour is stated: what is over cannot be gelled away."""
WIDE_EASE, WIDE_LIFT = 0.6, 0.7
"""In a wide frame the place is the picture: this share of the stops under the key is given back, and so many on top."""
DARK = 0.25
"""Backgrounds darker than this against the key give way to the face's ratio."""
MOST_OUTSIDE = 8.0
"""However bright the background is asked to be, night stays night in the windows."""
MOST_BACKGROUND = 12.0
"""Background lamps of a silhouette are lifted at most so many times."""
BACK_ON_SHADOW = 0.35
"""Most of the shadow planes' light that the back light may give."""
USUAL_BACKGROUND = -0.5
"""Background against the key in the light that a place has by itself: what is outside its windows is made for that."""
MENDED = 0.6
"""Most of any primary on the lit planes that may come from the place where the key's colour is stated."""
SAID_STOPS = 0.4
"""A miss of the ratio from here on is said."""


@dataclass(frozen=True)
class Measured:
    """Means over the planes that count, each (5, 3): what every group gives there."""

    lit: Vec
    shadow: Vec
    background: Vec | None


@dataclass(frozen=True, eq=False)
class Settled:
    """What the gaffer came to."""

    weights: Vec
    """(5,) factor on each group."""
    tint: Vec
    """(5, 3) change of its colour."""
    exposure_stops: float
    outside: float
    """Factor on what stands outside the windows."""
    notes: tuple[str, ...]


def settle(moment: Moment, reading: LightReading) -> Settled:
    """How far every group is dimmed for `moment.balance`, which must be there, and the exposure that goes with it.

    Where the place or the key's own bounce keeps the shadow side brighter than asked, the nearest is taken and a note
    says what it is.
    """
    goal = moment.balance
    assert goal is not None
    measured = _measured(moment, reading, goal)
    weights, tint = _solved(measured, goal)
    lit = (weights[:, None] * measured.lit * tint).sum(axis=0) @ LUMINANCE
    shadow = (weights[:, None] * measured.shadow * tint).sum(axis=0) @ LUMINANCE
    reached = float(lit / max(shadow, 1e-9))
    against = float(lit)
    if goal.expose_background and measured.background is not None:
        behind = (weights[:, None] * measured.background * tint).sum(axis=0) @ LUMINANCE
        against = max(float(behind) * 1.1, against)
    usual = USUAL_BACKGROUND if goal.background_stops is None else goal.background_stops
    return Settled(
        weights=weights,
        tint=tint,
        exposure_stops=float(np.log2(goal.level / max(against, 1e-9))),
        outside=min(float(lit) / goal.key_level * 2.0 ** (usual - USUAL_BACKGROUND), MOST_OUTSIDE),
        notes=() if goal.expose_background else _miss(goal.ratio, reached),
    )


def dimmed(moment: Moment, to: Settled) -> Moment:
    """The moment with its lamps dimmed and the exposure set."""
    place = float(to.weights[LightGroup.PLACE])
    camera = replace(moment.camera, exposure_stops=moment.camera.exposure_stops + to.exposure_stops, metered_level=None)
    changed = replace(
        moment,
        lamps=tuple(_lamp_dimmed(lamp, to) for lamp in moment.lamps),
        sky=None if moment.sky is None else Sky((moment.sky.radiance * np.float32(place)).astype(np.float32)),
        bodies=tuple(_backing_dimmed(body, to.outside) for body in moment.bodies),
        haze=_dimmed_haze(moment.haze, max(place, 0.5 * to.outside)),
        camera=camera,
        balance=None,
        notes=(*moment.notes, *to.notes),
    )
    return with_weather_lit(changed)


def _measured(moment: Moment, reading: LightReading, goal: LightBalance) -> Measured:
    head = moment.heads[0]
    azimuth, elevation = face_angles(head, head.normals.astype(np.float64))
    planes = [_mean(reading.face[in_planes(azimuth, elevation, p)]) for p in lit_and_shadow(goal.key_azimuth_deg)]
    behind = _middling(reading.background) if len(reading.background) else None
    return Measured(planes[0], planes[1], behind)


def _mean(values: NDArray[np.float32]) -> Vec:
    return values.mean(axis=0, dtype=np.float64) if len(values) else np.full((5, 3), 1e-6)


def _middling(values: NDArray[np.float32]) -> Vec:
    """(5, 3) mean over points without the brightest tenth: a wall beside its lamp is not the background."""
    total = values.sum(axis=1) @ LUMINANCE
    return values[total <= np.quantile(total, 0.9)].mean(axis=0, dtype=np.float64)


def _solved(m: Measured, goal: LightBalance) -> tuple[Vec, Vec]:
    """(5,) weights of the groups and (5, 3) colour changes on top."""
    if goal.expose_background:
        return _silhouetted(m, goal), np.ones((5, 3))
    lit, shadow = m.lit @ LUMINANCE, m.shadow @ LUMINANCE
    behind = m.background @ LUMINANCE if m.background is not None else None
    # The key's nominal level is 1 on a card that faces it; the back light is stated against it, and may not fill.
    back = min(1.0, BACK_ON_SHADOW / goal.ratio / max(shadow[LightGroup.BACK], 1e-9))
    place = min(
        1.0,
        _place_beside_key(m, goal),
        (0.85 / goal.ratio + goal.wideness) / max(shadow[LightGroup.PLACE], 1e-9),
        np.inf
        if behind is None or goal.background_stops is None
        else (0.9 * 2.0**goal.background_stops + goal.wideness) / max(behind[LightGroup.PLACE], 1e-9),
    )
    free = [LightGroup.KEY, LightGroup.FILL, LightGroup.BACKGROUND, LightGroup.PLACE]
    rows: list[Vec] = []
    aims: list[float] = []

    def row(values: Vec, aim: float, importance: float) -> None:
        rows.append(values[free] * importance / aim)
        aims.append((aim - back * values[LightGroup.BACK]) * importance / aim)

    row(lit, 1.0, 12.0)
    row(shadow, 1 / goal.ratio, 4.0)
    if behind is not None and goal.background_stops is not None:
        # How black a black background is matters less than the face.
        aim = 2.0 ** (goal.background_stops * (1 - WIDE_EASE * goal.wideness) + WIDE_LIFT * goal.wideness)
        row(behind, aim, 1.5 * min(1.0, aim / DARK))
    # The place stays as near to its own level as the rest allows; lamps that are not needed stay off.
    for group, wish, importance in (
        (LightGroup.PLACE, place, (0.1 + 8 * goal.wideness) / max(place, 1e-6)),
        (LightGroup.BACKGROUND, 0.0, 0.02),
    ):
        wanted = np.zeros(5)
        wanted[group] = 1.0
        rows.append(wanted[free] * importance)
        aims.append(wish * importance)
    # No lamp is darker than off, and the place never takes over from the key.
    most = np.array([np.inf, np.inf, np.inf, max(place, 1e-6)])
    solution = lsq_linear(np.array(rows), np.array(aims), bounds=(np.zeros(4), most), method="bvls").x
    weights = np.zeros(5)
    weights[free] = solution
    weights[LightGroup.BACK] = back
    tint = np.ones((5, 3))
    if goal.key_rgb is not None and weights[LightGroup.KEY] > 0:
        tint[LightGroup.KEY] = _key_tint(m.lit, weights, np.array(goal.key_rgb))
    return weights, tint


def _place_beside_key(m: Measured, goal: LightBalance) -> float:
    """Most that the place may be: it must not outshine the key, nor bring a colour that no gel on the key mends."""
    lit = m.lit[LightGroup.PLACE]
    if goal.key_rgb is None:
        return (1 + 2 * goal.wideness) * PLACE_ON_FACE / max(float(lit @ LUMINANCE), 1e-9)
    mended = float(np.min(MENDED * np.array(goal.key_rgb) / np.maximum(lit, 1e-9)))
    return min(PLACE_BESIDE_COLORED_KEY / max(float(lit @ LUMINANCE), 1e-9), mended)


def _silhouetted(m: Measured, goal: LightBalance) -> Vec:
    """(5,) weights: nothing for the face but what the place and the rim bring, the background brought above it."""
    weights = np.zeros(5)
    weights[[LightGroup.BACK, LightGroup.PLACE]] = 1.0
    if m.background is None:
        return weights
    lit, behind = m.lit @ LUMINANCE, m.background @ LUMINANCE
    above = 2.0 ** (goal.background_stops or 0.0)
    missing = above * float(weights @ lit) - float(weights @ behind)
    # What lights the background strays onto the face, too.
    weights[LightGroup.BACKGROUND] = np.clip(
        missing / max(behind[LightGroup.BACKGROUND] - above * lit[LightGroup.BACKGROUND], 0.05), 0.0, MOST_BACKGROUND
    )
    return weights


def _key_tint(lit: Vec, weights: Vec, wanted: Vec) -> Vec:
    """(3,) change of the key's colour, luminance kept, after which all light on the lit planes has the wanted colour.

    The other lamps, the place and what walls throw back colour the face, too: the key is gelled against them.
    """
    total = float((weights @ lit) @ LUMINANCE)
    others = weights @ lit - weights[LightGroup.KEY] * lit[LightGroup.KEY]
    needed = np.maximum(wanted * total - others, 0.02 * total * wanted)
    tint = needed / np.maximum(weights[LightGroup.KEY] * lit[LightGroup.KEY], 1e-9)
    return np.clip(tint, 0.05, 20.0)


def _lamp_dimmed(lamp: Lamp, to: Settled) -> Lamp:
    if lamp.name.startswith("cue/"):
        return lamp  # made against the finished key, after the meter was read
    group = group_of(lamp.role)
    r, g, b = (float(c) for c in np.array(lamp.radiance) * to.weights[group] * to.tint[group])
    return replace(lamp, radiance=(r, g, b))


def _backing_dimmed(body: Body, factor: float) -> Body:
    """What stands outside the windows or the set keeps its relation to the key, and goes with the background."""
    if not body.name.startswith(("set/outside", "set/floor beyond")) or body.emission is None:
        return body
    return replace(body, emission=(body.emission * np.float32(factor)).astype(np.float32))


def _dimmed_haze(haze: Haze, factor: float) -> Haze:
    r, g, b = (float(c) * factor for c in haze.color)
    return replace(haze, color=(r, g, b))


def _miss(asked: float, reached: float) -> tuple[str, ...]:
    stops = float(np.log2(reached / asked))
    if abs(stops) < SAID_STOPS:
        return ()
    why = "light that the walls throw back keeps the shadow side up" if stops < 0 else "no lamp reaches the shadow side"
    return (f"Key:fill comes to {reached:.1f}:1 instead of {asked:g}:1: {why}.",)
