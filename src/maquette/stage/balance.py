"""The gaffer's work with the meter: dim the groups of lamps until face and background have the light that was asked.

Light adds up, so the readings of each group give the answer in closed form: a least squares problem with lamps that
cannot be darker than off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from maquette.film.face import face_angles, in_planes, lit_and_shadow
from maquette.film.metering import LightGroup, LightReading, group_of
from maquette.film.stage import Body, Haze, Lamp, LampRole, LightBalance, Moment, Sky
from maquette.imaging.color import LUMINANCE_WEIGHTS

Vec = NDArray[np.float64]
LUMINANCE = np.array(LUMINANCE_WEIGHTS)

PLACE_ON_FACE = 0.45
"""Most of the light on the lit planes that the place itself may give: more, and the key shapes nothing."""
PLACE_BESIDE_COLORED_KEY = 0.22
"""The same where the key's colour is stated: what is over cannot be gelled away."""
BACK_ON_SHADOW = 0.35
"""Most of the shadow planes' light that the back light may give."""
USUAL_BACKGROUND = -0.5
"""Background against the key in the light that a place has by itself: what is outside its windows is made for that."""
SAID_STOPS = 0.4
"""A miss of the ratio from here on is said."""


@dataclass(frozen=True)
class Measured:
    """Means over the planes that count, each (5, 3): what every group gives there."""

    lit: Vec
    shadow: Vec
    background: Vec | None


def balanced(moment: Moment, reading: LightReading) -> Moment:
    """The moment with its lamps dimmed to `moment.balance` and the exposure set for the result.

    Where the place or the key's own bounce keeps the shadow side brighter than asked, the nearest is taken and a note
    says what it is.
    """
    goal = moment.balance
    if goal is None or not moment.heads:
        return moment
    measured = _measured(moment, reading, goal)
    weights, tint = _solved(measured, goal)
    lit = (weights[:, None] * measured.lit * tint).sum(axis=0) @ LUMINANCE
    shadow = (weights[:, None] * measured.shadow * tint).sum(axis=0) @ LUMINANCE
    reached = float(lit / max(shadow, 1e-9))
    against = float(lit)
    if goal.expose_background and measured.background is not None:
        behind = (weights[:, None] * measured.background * tint).sum(axis=0) @ LUMINANCE
        against = max(float(behind) * 1.1, against)
    camera = replace(
        moment.camera,
        exposure_stops=moment.camera.exposure_stops + float(np.log2(goal.level / max(against, 1e-9))),
        metered_level=None,
    )
    place = float(weights[LightGroup.PLACE])
    outside = float(lit) / goal.key_level * 2.0 ** ((goal.background_stops or USUAL_BACKGROUND) - USUAL_BACKGROUND)
    return replace(
        moment,
        lamps=tuple(_dimmed(lamp, weights, tint) for lamp in moment.lamps),
        sky=None if moment.sky is None else Sky((moment.sky.radiance * place).astype(np.float32)),
        bodies=tuple(_backing_dimmed(body, outside) for body in moment.bodies),
        haze=_dimmed_haze(moment.haze, max(place, 0.5 * outside)),
        camera=camera,
        balance=None,
        notes=(*moment.notes, *_miss(goal.ratio, reached)),
    )


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
    lit, shadow = m.lit @ LUMINANCE, m.shadow @ LUMINANCE
    behind = m.background @ LUMINANCE if m.background is not None else None
    # The key's nominal level is 1 on a card that faces it; the back light is stated against it, and may not fill.
    back = min(1.0, BACK_ON_SHADOW / goal.ratio / max(shadow[LightGroup.BACK], 1e-9))
    share = PLACE_ON_FACE if goal.key_rgb is None else PLACE_BESIDE_COLORED_KEY
    place = min(
        1.0,
        share / max(lit[LightGroup.PLACE], 1e-9),
        0.85 / goal.ratio / max(shadow[LightGroup.PLACE], 1e-9),
        np.inf
        if behind is None or goal.background_stops is None
        else 0.9 * 2.0**goal.background_stops / max(behind[LightGroup.PLACE], 1e-9),
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
        row(behind, 2.0**goal.background_stops, 1.5)
    # The place stays as near to its own level as the rest allows; lamps that are not needed stay off.
    for group, wish, importance in (
        (LightGroup.PLACE, place, 0.4 / max(place, 1e-6)),
        (LightGroup.BACKGROUND, 0.0, 0.02),
    ):
        wanted = np.zeros(5)
        wanted[group] = 1.0
        rows.append(wanted[free] * importance)
        aims.append(wish * importance)
    solution, _ = nnls(np.array(rows), np.array(aims))
    weights = np.zeros(5)
    weights[free] = solution
    weights[LightGroup.BACK] = back
    tint = np.ones((5, 3))
    if goal.key_rgb is not None and weights[LightGroup.KEY] > 0:
        tint[LightGroup.KEY] = _key_tint(m.lit, weights, np.array(goal.key_rgb))
    return weights, tint


def _key_tint(lit: Vec, weights: Vec, wanted: Vec) -> Vec:
    """(3,) change of the key's colour, luminance kept, after which all light on the lit planes has the wanted colour.

    The other lamps, the place and what walls throw back colour the face, too: the key is gelled against them.
    """
    total = float((weights @ lit) @ LUMINANCE)
    others = weights @ lit - weights[LightGroup.KEY] * lit[LightGroup.KEY]
    needed = np.maximum(wanted * total - others, 0.02 * total * wanted)
    tint = needed / np.maximum(weights[LightGroup.KEY] * lit[LightGroup.KEY], 1e-9)
    return np.clip(tint, 0.05, 20.0)


def _dimmed(lamp: Lamp, weights: Vec, tint: Vec) -> Lamp:
    group = LightGroup.KEY if lamp.role is LampRole.EYE else group_of(lamp.role)
    r, g, b = (float(c) for c in np.array(lamp.radiance) * weights[group] * tint[group])
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
