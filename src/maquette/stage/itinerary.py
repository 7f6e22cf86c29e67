"""Where everybody goes in a shot: the places of its beats joined into ways over the floor.

The panel's moment is exact: whoever stands there then is where the panel has them, whoever walks there crosses it half
way through. What happens before and after follows from it outwards.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Performance, Posture
from maquette.film.stage import SetPlan, SpotUse, facing_vector
from maquette.stage.blocking import Place, inside_outline
from maquette.stage.doors import Passage, passage_of

F64 = NDArray[np.float64]
WALKS = (Posture.WALK, Posture.RUN)
SAME_PLACE_M = 0.25
"""Nobody walks for less: they shift their feet."""
SETTLE_S, STAND_S = 1.7, 0.9
"""Of its beat, an arrival leaves so much for sitting down, or for coming to a stand."""
MEETS_M = 2.2
"""Who walks by at no more than this from somebody whom the shot is about as well, meets them and stops."""
WAY_IN = "way in"
"""Name of the place where people come in and go out."""
_MARGIN_M = 0.22
_LOW = (SpotUse.SIT, SpotUse.LIE, SpotUse.DRIVE)


@dataclass(frozen=True)
class Station:
    """One beat of somebody's way."""

    start: tuple[float, float]
    """Where the beat finds them, metres."""
    end: tuple[float, float]
    """Where they are when what the beat asks for is done."""
    under_way: bool
    """They walk already as the beat begins."""
    goes_on: bool
    """They are still walking as it ends."""


@dataclass(frozen=True, eq=False)
class Floor:
    """What of a set's floor can be walked on."""

    plan: SetPlan
    boxes: F64
    """(N, 4) low x, low y, high x, high y of what stands on it."""

    @staticmethod
    def of(plan: SetPlan) -> Floor:
        boxes: list[list[float]] = []
        for body in plan.bodies:
            low, high = body.vertices.min(axis=0), body.vertices.max(axis=0)
            if high[2] < 0.25 or low[2] > 1.2 or float((high - low)[:2].max()) > 4.0:
                continue
            boxes.append([float(low[0]), float(low[1]), float(high[0]), float(high[1])])
        return Floor(plan, np.array(boxes, float).reshape(-1, 4))

    def clear(self, x: float, y: float, margin_m: float = _MARGIN_M) -> bool:
        if self.plan.floor and not inside_outline(self.plan.floor, x, y):
            return False
        b, m = self.boxes, margin_m
        return not bool(((b[:, 0] - m < x) & (x < b[:, 2] + m) & (b[:, 1] - m < y) & (y < b[:, 3] + m)).any())

    def room(self, at: Sequence[float], yaw_deg: float, most_m: float, others: Sequence[Sequence[float]]) -> float:
        """How far somebody can walk straight ahead from a place, metres."""
        ahead = np.array(facing_vector(yaw_deg)[:2])
        far = 0.0
        started_clear = self.clear(float(at[0]), float(at[1]), 0.05)
        while far < most_m:
            x, y = np.array(at[:2]) + ahead * (far + 0.1)
            near_start = far < 0.4 and not started_clear
            if not near_start and not self.clear(float(x), float(y)):
                break
            if any(np.hypot(x - o[0], y - o[1]) < 0.55 for o in others):
                break
            far += 0.1
        return min(far, most_m)

    def way(self, a: Sequence[float] | F64, b: Sequence[float] | F64, others: Sequence[Sequence[float]]) -> F64:
        """(N, 2) from a to b: straight, or around what stands between if one bend is enough."""
        start, end = np.array(a[:2], float), np.array(b[:2], float)
        through = passage_of(self.plan)
        if through is not None:
            for one, to in ((start, end), (end, start)):
                if _gap(one, through.beyond) < 0.05:
                    return self._through(through, to, others)[:: 1 if one is start else -1]
        if self._free(start, end, others):
            return np.stack([start, end])
        along = end - start
        across = np.array([-along[1], along[0]]) / max(float(np.linalg.norm(along)), 1e-9)
        for aside in (0.4, 0.7, 1.0, 1.4, 1.8, 2.3):
            for side in (1.0, -1.0):
                for share in (0.5, 0.3, 0.7):
                    bend = start + share * along + side * aside * across
                    if not self.clear(float(bend[0]), float(bend[1])):
                        continue
                    if self._free(start, bend, others) and self._free(bend, end, others):
                        return _rounded(np.stack([start, bend, end]))
        return np.stack([start, end])

    def _through(self, door: Passage, to: F64, others: Sequence[Sequence[float]]) -> F64:
        """(N, 2) from beyond a door: straight out of it first."""
        if _gap(door.before, to) < SAME_PLACE_M:
            return np.stack([door.beyond, to])
        return _rounded(np.concatenate([[door.beyond], self.way(door.before, to, others)]))

    def _free(self, a: F64, b: F64, others: Sequence[Sequence[float]]) -> bool:
        length = float(np.linalg.norm(b - a))
        if any(_passes(a, b, np.array(o[:2], float)) for o in others):
            return False
        # The first and the last half metre belong to the places themselves: chairs stand close to tables.
        return all(self.clear(*(float(v) for v in a + (b - a) * (far / length)))
                   for far in np.arange(0.5, length - 0.5, 0.12))  # fmt: skip


def _passes(a: F64, b: F64, other: F64) -> bool:
    """Whether somebody on the line from a to b comes too near to another on the way; who starts or ends near them, as
    to embrace them, comes no nearer than that."""
    along = b - a
    k = float(np.clip((other - a) @ along / max(float(along @ along), 1e-9), 0.0, 1.0))
    return _gap(a + k * along, other) < min(0.5, _gap(a, other), _gap(b, other)) - 0.04


def _rounded(points: F64) -> F64:
    """Corners cut twice by Chaikin's rule: nobody walks around a right angle."""
    for _ in range(3):
        cut = [points[0]]
        for p, q in itertools.pairwise(points):
            cut += [0.75 * p + 0.25 * q, 0.25 * p + 0.75 * q]
        points = np.array([*cut, points[-1]])
    return points


def stand_beside(place: Place) -> tuple[float, float]:
    """Where somebody stands before they sit down here, or after they got up."""
    if place.use not in _LOW:
        return place.position[0], place.position[1]
    ahead = facing_vector(place.yaw_deg)
    return place.position[0] + 0.36 * ahead[0], place.position[1] + 0.36 * ahead[1]


def stations(
    places: Sequence[Place],
    performances: Sequence[Performance],
    starts_s: Sequence[float],
    duration_s: float,
    panel: int,
    speeds_m_s: Sequence[float],
    floor: Floor,
    others: Sequence[Sequence[Sequence[float]]],
    meets: Sequence[Sequence[Sequence[float]]] | None = None,
) -> tuple[Station, ...]:
    """The way of one person. Everything by beat; `others`: where other people are then; panel: the panel's beat.

    meets: by beat, where those stand whom a walk for its own sake does not go past.
    """
    count = len(places)
    walks = [p.posture in WALKS for p in performances]
    ends_s = [*starts_s[1:], duration_s]
    spot = [stand_beside(p) for p in places]
    same = [i > 0 and _gap(spot[i], spot[i - 1]) < SAME_PLACE_M for i in range(count)]

    def ahead(i: int, at: Sequence[float], seconds: float, back: bool = False) -> tuple[float, float]:
        yaw = places[i].yaw_deg + (180.0 if back else 0.0)
        far = floor.room(at, yaw, max(seconds, 0.0) * speeds_m_s[i], others[i])
        way = facing_vector(yaw)
        if meets is not None and not back:
            far = min([far, *(_abreast(at, way, m) for m in meets[i])])
        return at[0] + far * way[0], at[1] + far * way[1]

    start: list[tuple[float, float]] = [(0.0, 0.0)] * count
    end: list[tuple[float, float]] = [(0.0, 0.0)] * count
    for i in range(panel, count):
        seconds = ends_s[i] - starts_s[i]
        goes_elsewhere = i + 1 < count and not same[i + 1]
        if i == panel:
            start[i] = spot[i] if not walks[i] else ahead(i, spot[i], seconds / 2, back=True)
            if walks[i] and i > 0 and not same[i]:
                start[i] = spot[i - 1]
            if walks[i]:
                end[i] = spot[i + 1] if goes_elsewhere else ahead(i, spot[i], seconds / 2)
            else:
                end[i] = spot[i]
            continue
        start[i] = end[i - 1]
        if walks[i] and same[i]:
            end[i] = spot[i + 1] if goes_elsewhere else ahead(i, start[i], seconds)
        else:
            end[i] = start[i] if same[i] else spot[i]
    for i in range(panel - 1, -1, -1):
        end[i] = start[i + 1] if same[i + 1] or walks[i] else spot[i]
        comes_in = i == panel - 1 and starts_s[panel] <= starts_s[i] and not performances[i].present
        if comes_in:
            # They are on their way as the shot begins, so far off that what the beat says can still be seen.
            seconds = ends_s[panel] - starts_s[panel]
            done = SETTLE_S if places[panel].use in _LOW else STAND_S
            left = seconds / 2 if walks[panel] else max(seconds - done, 0.35 * seconds)
            end[i] = _last_of(floor.way(spot[i], spot[panel], others[panel]), speeds_m_s[panel] * left)
        elif i == panel - 1 and not walks[panel] and places[i].use not in _LOW and places[i].spot != WAY_IN:
            # Whoever comes from far away for the panel's beat is on their way already: they arrive in it.
            reach = 1.2 * speeds_m_s[panel] * (ends_s[panel] - starts_s[panel]) - 0.3
            end[i] = _nearer(end[i], spot[panel], max(reach, SAME_PLACE_M), floor)
        start[i + 1] = end[i]
        start[i] = end[i]
        if walks[i]:
            start[i] = ahead(i, end[i], ends_s[i] - starts_s[i], back=True)
            if i > 0 and not same[i]:
                start[i] = spot[i - 1]
    first = start[0] if walks[0] or panel > 0 else spot[0]
    start[0] = first
    for i in range(1, count):
        start[i] = end[i - 1]
    return tuple(
        Station(
            start[i],
            end[i],
            under_way=(walks[i] and (i == 0 or walks[i - 1]))
            or (i > 0 and starts_s[i] <= starts_s[i - 1] and not performances[i - 1].present),
            goes_on=walks[i] and (i == count - 1 or (walks[i + 1] and _gap(end[i], end[i + 1]) > SAME_PLACE_M)),
        )
        for i in range(count)
    )


def _abreast(at: Sequence[float], way: Sequence[float], other: Sequence[float]) -> float:
    """How far somebody walks along `way` until they are level with another; infinite where they do not meet them."""
    x, y = other[0] - at[0], other[1] - at[1]
    along, aside = x * way[0] + y * way[1], abs(x * way[1] - y * way[0])
    return along if along > SAME_PLACE_M and aside < MEETS_M else np.inf


def _nearer(a: tuple[float, float], goal: tuple[float, float], reach_m: float, floor: Floor) -> tuple[float, float]:
    """On the line from a to the goal, at most so far from it; `a` itself where that is not on clear floor."""
    far = _gap(a, goal)
    if far <= reach_m:
        return a
    k = reach_m / far
    x, y = goal[0] + (a[0] - goal[0]) * k, goal[1] + (a[1] - goal[1]) * k
    return (x, y) if floor.clear(x, y) else a


def _last_of(way: F64, reach_m: float) -> tuple[float, float]:
    """Where a way has so much left; its start if it is shorter."""
    for a, b in itertools.pairwise(way[::-1]):
        far = _gap(a, b)
        if far >= reach_m:
            x, y = a + (b - a) * (reach_m / far)
            return float(x), float(y)
        reach_m -= far
    return float(way[0][0]), float(way[0][1])


def _gap(a: Sequence[float] | F64, b: Sequence[float] | F64) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))
