"""Who is where: characters on the spots of a set, from what they do as the scene opens and at the moment.

Blocking belongs to the scene, not to the shot: the same opening gives the same places in every shot, and a character
moves only when the script moves them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maquette.film.cast import Nearness, Performance, Posture
from maquette.film.stage import SetPlan, Spot, SpotUse, facing_vector, yaw_towards

PERSONAL_SPACE_M = 0.62
"""Nobody stands closer to another's middle than this unless they embrace."""

_USES: dict[Posture, tuple[SpotUse, ...]] = {
    Posture.STAND: (SpotUse.STAND, SpotUse.LEAN, SpotUse.WALK),
    Posture.WALK: (SpotUse.WALK, SpotUse.STAND),
    Posture.RUN: (SpotUse.WALK, SpotUse.STAND),
    Posture.SIT: (SpotUse.SIT, SpotUse.DRIVE),
    Posture.DRIVE: (SpotUse.DRIVE, SpotUse.SIT),
    Posture.LIE: (SpotUse.LIE, SpotUse.STAND),
    Posture.LEAN: (SpotUse.LEAN, SpotUse.STAND),
    Posture.KNEEL: (SpotUse.STAND, SpotUse.WALK),
    Posture.CROUCH: (SpotUse.STAND, SpotUse.WALK),
}


@dataclass(frozen=True)
class Place:
    """Where one character is."""

    character: str
    position: tuple[float, float, float]
    """Floor point, metres (see `Spot.position`)."""
    yaw_deg: float
    use: SpotUse
    seat_height_m: float
    spot: str
    """Name of the spot, for messages."""
    edge_ahead: bool = False
    """Leaning: what is leaned on is in front."""


def block(
    plan: SetPlan,
    opening: Sequence[Performance],
    now: Sequence[Performance],
) -> dict[str, Place]:
    """Places for everyone who is there at the moment `now`, by name.

    Those whose posture and feature are as at the opening stay where the opening put them; the others take the best
    free spot. Who comes in later keeps a place free from the start, so that nobody else moves for them. More people
    than spots stand on a loose grid.
    """
    taken: dict[str, Place] = {}
    for performance in _by_certainty(opening):
        taken[performance.character] = _choose(plan, performance, taken, opening)
    first = {p.character: p for p in opening}
    for performance in _by_certainty(now):
        before = first.get(performance.character)
        if before is not None and _same_place(before, performance):
            continue
        held = taken.pop(performance.character, None)
        taken[performance.character] = _choose(plan, performance, taken, now, near=held)
    there = [p for p in now if p.present]
    places = {p.character: taken[p.character] for p in there}
    return {p.character: _turned(places[p.character], p, places, plan) for p in there}


def _by_certainty(performances: Sequence[Performance]) -> list[Performance]:
    """Those whom the script places first, so that nobody takes their seat; then those who stand with them."""
    lies_first = (Posture.LIE, Posture.DRIVE)
    return sorted(
        performances,
        key=lambda p: (
            not p.present,
            p.near is not None,
            p.posture not in lies_first,
            p.posture in _ON_FOOT,
            p.at is None,
        ),
    )


def _same_place(before: Performance, after: Performance) -> bool:
    still = {Posture.WALK: Posture.STAND, Posture.RUN: Posture.STAND}
    posture_before = still.get(before.posture, before.posture)
    posture_after = still.get(after.posture, after.posture)
    if after.near is not None and (before.near, before.nearness) != (after.near, after.nearness):
        return False
    return posture_before == posture_after and (after.at is None or before.at == after.at)


def _choose(
    plan: SetPlan,
    performance: Performance,
    taken: Mapping[str, Place],
    others: Sequence[Performance],
    near: Place | None = None,
) -> Place:
    beside = _near_somebody(plan, performance, taken)
    if beside is not None:
        return beside
    if performance.posture is Posture.LIE and performance.at and (couch := _couch(plan, performance, taken)):
        return couch
    partner = _partner(performance, taken, others)
    free = [s for s in plan.spots if _is_free(s, taken)]
    if partner is not None and performance.posture in _ON_FOOT and performance.character not in taken:
        free += [s for s in _beside(partner, plan) if _is_free(s, taken)]
    if not free:
        return _grid_place(plan, performance.character, taken)
    best = max(free, key=lambda s: _score(s, performance, plan, taken, partner, near))
    return _placed(performance.character, best, plan)


def _couch(plan: SetPlan, performance: Performance, taken: Mapping[str, Place]) -> Place | None:
    """Stretched out on a sofa or a bench that is made for sitting; None where the set has a lying place, or none."""
    at = str(performance.at).lower()
    if any(s.use is SpotUse.LIE and _names(s, at) for s in plan.spots):
        return None
    for feature in plan.features:
        x, y, _ = feature.size
        if feature.surface_height_m is None or feature.word != at or max(x, y) < 1.35:
            continue
        px, py = feature.position[0], feature.position[1]
        if any(float(np.hypot(px - p.position[0], py - p.position[1])) < 0.5 for p in taken.values()):
            continue
        # Those who sit there tell which side is the front; the body lies along the seat, a little before its middle.
        seats = [s for s in plan.spots if s.use is SpotUse.SIT and _names(s, at)]
        seat = min(seats, key=lambda s: float(np.hypot(s.position[0] - px, s.position[1] - py)), default=None)
        front = np.array(facing_vector(seat.yaw_deg)[:2]) if seat is not None else np.zeros(2)
        floor = seat.position[2] if seat is not None else 0.0
        height = (seat.seat_height_m if seat is not None else feature.surface_height_m - floor) + 0.02
        position = (float(px + 0.05 * front[0]), float(py + 0.05 * front[1]), floor)
        return Place(performance.character, position, 90.0 if x > y else 0.0, SpotUse.LIE, height, feature.word)
    return None


def _placed(character: str, spot: Spot, plan: SetPlan) -> Place:
    ahead = spot.use is SpotUse.LEAN and spot.seat_height_m > 0 and _edge_is_ahead(spot, plan)
    return Place(character, spot.position, spot.yaw_deg, spot.use, spot.seat_height_m, spot.name, ahead)


def _edge_is_ahead(spot: Spot, plan: SetPlan) -> bool:
    """Whether what the spot leans on stands before the person (a bar, a parapet) and not behind (a car, a desk)."""
    x, y = spot.position[:2]
    nearest: tuple[float, bool] | None = None
    for feature in plan.features:
        if not (feature.word in spot.feature or spot.feature in feature.word):
            continue
        half = np.array(feature.size[:2]) / 2
        middle = np.array(feature.position[:2])
        offset = np.clip((x, y), middle - half, middle + half) - (x, y)
        if float(np.hypot(*offset)) < 0.02:
            offset = middle - (x, y)
        gap = float(np.hypot(*offset))
        if nearest is None or gap < nearest[0]:
            nearest = (gap, float(np.dot(facing_vector(spot.yaw_deg)[:2], offset)) > 0)
    return nearest is not None and nearest[0] < 1.5 and nearest[1]


_EMBRACE_M = 0.36
_BEHIND_M = (0.55, 0.7, 0.85, 1.0, 1.2)
_SIDE_M = (0.72, 0.85, 1.0)


def _near_somebody(plan: SetPlan, performance: Performance, taken: Mapping[str, Place]) -> Place | None:
    """The place that follows from another person's: behind them, at their side, in their arms; None where it is left
    to the set."""
    partner = taken.get(performance.near or "")
    if partner is None or performance.near == performance.character or performance.posture not in _ON_FOOT:
        return None
    how = performance.nearness
    at = np.array(partner.position[:2])
    others = {n: p for n, p in taken.items() if n not in (partner.character, performance.character)}
    if how is Nearness.EMBRACING:
        reach = _EMBRACE_M if partner.use in (SpotUse.STAND, SpotUse.WALK, SpotUse.LEAN) else 0.55
        tries = [(reach, -16.0), (reach, 60.0), (reach, -60.0)]  # cheek by cheek, not nose to nose
    elif how is Nearness.BEHIND:
        tries = [(d, 180.0 + turn) for turn in (0, 25, -25, 50, -50) for d in _BEHIND_M]
    elif how is Nearness.BESIDE:
        tries = [(d, turn) for turn in (90, -90, 105, -105, 70, -70) for d in _SIDE_M]
    elif how is Nearness.BEFORE:
        tries = [(d, turn) for turn in (0, 20, -20) for d in (1.0, 1.2)]
    else:
        return None if partner.use is SpotUse.LIE else _with(plan, performance, partner, others)
    for distance, turn in tries:
        x, y = at + distance * np.array(facing_vector(partner.yaw_deg + turn)[:2])
        clear = how is Nearness.EMBRACING or on_clear_floor(plan, float(x), float(y), 0.12)
        apart = all(float(np.hypot(*np.subtract((x, y), p.position[:2]))) > 0.5 for p in others.values())
        if clear and apart:
            towards = yaw_towards((float(x), float(y)), (float(at[0]), float(at[1])))
            yaw = partner.yaw_deg if how in (Nearness.BESIDE, Nearness.BEHIND) else towards
            position = (float(x), float(y), partner.position[2])
            name = f"{how.value} {partner.character}"
            return Place(performance.character, position, yaw, SpotUse.STAND, 0.0, name)
    return None


def _with(plan: SetPlan, performance: Performance, partner: Place, others: Mapping[str, Place]) -> Place | None:
    """A talking place around somebody."""
    for spot in _beside(partner, plan):
        if _is_free(spot, others):
            return _placed(performance.character, spot, plan)
    return None


_ON_FOOT = (Posture.STAND, Posture.WALK, Posture.RUN, Posture.KNEEL, Posture.CROUCH)
_TALKING_DISTANCE_M = 1.15


def _beside(partner: Place, plan: SetPlan) -> list[Spot]:
    """Talking places around somebody, on the floor and clear of what stands there; in front of them first."""
    spots: list[Spot] = []
    for turn in (0, 35, -35, 70, -70):
        ahead = facing_vector(partner.yaw_deg + turn)
        x = partner.position[0] + _TALKING_DISTANCE_M * ahead[0]
        y = partner.position[1] + _TALKING_DISTANCE_M * ahead[1]
        if on_clear_floor(plan, x, y):
            position = (x, y, partner.position[2])
            yaw = yaw_towards((x, y), partner.position[:2])
            spots.append(Spot(f"with {partner.character} {turn}", "open floor", SpotUse.STAND, position, yaw))
    return spots


def on_clear_floor(plan: SetPlan, x: float, y: float, margin_m: float = 0.25) -> bool:
    """Inside the floor's outline, and nothing between shin and chest height within a shoulder's width."""
    if not inside_outline(plan.floor, x, y):
        return False
    for body in plan.bodies:
        low, high = body.vertices.min(axis=0), body.vertices.max(axis=0)
        if high[2] < 0.25 or low[2] > 1.2 or float(np.ptp(body.vertices[:, :2], axis=0).max()) > 4.0:
            continue
        m = margin_m
        if low[0] - m < x < high[0] + m and low[1] - m < y < high[1] + m:
            return False
    return True


def inside_outline(outline: Sequence[tuple[float, float]], x: float, y: float) -> bool:
    """Even-odd rule."""
    inside = False
    for (x0, y0), (x1, y1) in zip(outline, (*outline[1:], *outline[:1]), strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def _is_free(spot: Spot, taken: Mapping[str, Place]) -> bool:
    return all(
        spot.name != p.spot and np.hypot(*np.subtract(spot.position[:2], p.position[:2])) >= PERSONAL_SPACE_M
        for p in taken.values()
    )


def _partner(performance: Performance, taken: Mapping[str, Place], others: Sequence[Performance]) -> Place | None:
    if performance.gaze in taken:
        return taken[str(performance.gaze)]
    for other in others:
        if other.gaze == performance.character and other.character in taken:
            return taken[other.character]
    return next(iter(taken.values()), None)


def _score(
    spot: Spot,
    performance: Performance,
    plan: SetPlan,
    taken: Mapping[str, Place],
    partner: Place | None,
    near: Place | None,
) -> float:
    uses = _USES[performance.posture]
    score = 12.0 - 3.0 * uses.index(spot.use) if spot.use in uses else -20.0
    if performance.posture in (Posture.LIE, Posture.LEAN) and spot.use is not uses[0]:
        score -= 12.0
    if performance.at:
        score += 16.0 if _names(spot, performance.at) else -_feature_distance(plan, performance.at, spot)
    if " behind " in f" {performance.why} ".replace("“", " "):
        # Behind a desk, a counter, a bar: the far side of it has its own spots.
        score += 6.0 if "behind" in spot.name or spot.name == spot.feature else 0.0
    if performance.posture is Posture.SIT and spot.use is SpotUse.DRIVE:
        score -= 8.0
    if partner is not None:
        distance = float(np.hypot(*np.subtract(spot.position[:2], partner.position[:2])))
        score -= 1.6 * abs(distance - 1.25)
        group = next((s.group for s in plan.spots if s.name == partner.spot), "")
        if group and spot.group == group:
            score += 4.0
        score += 1.5 * _faces(spot, partner)
        score -= 3.0 * abs(spot.position[2] - partner.position[2])
    else:
        score -= 0.35 * float(np.hypot(spot.position[0], spot.position[1]))
    if near is not None:
        score -= 0.8 * float(np.hypot(*np.subtract(spot.position[:2], near.position[:2])))
    # Between equals the set's own order decides; talking places come after its marks.
    rank = plan.spots.index(spot) if spot in plan.spots else len(plan.spots)
    return score - 0.01 * rank


def _names(spot: Spot, at: str) -> bool:
    word = at.lower().removeprefix("the ")
    return word in spot.feature.lower() or spot.feature.lower() in word or word in spot.name.lower()


def _feature_distance(plan: SetPlan, at: str, spot: Spot) -> float:
    """Up to 8: how far the spot is from the feature that the script names."""
    for feature in plan.features:
        if feature.word in at.lower() or at.lower() in feature.word:
            return min(8.0, 2.0 * float(np.hypot(*np.subtract(spot.position[:2], feature.position[:2]))))
    return 0.0


def _faces(spot: Spot, partner: Place) -> float:
    """-1 .. 1: how much somebody on the spot naturally faces the partner."""
    offset = np.subtract(partner.position[:2], spot.position[:2])
    length = float(np.hypot(*offset))
    return float(np.dot(facing_vector(spot.yaw_deg)[:2], offset) / length) if length > 1e-6 else 0.0


def _grid_place(plan: SetPlan, character: str, taken: Mapping[str, Place]) -> Place:
    """The free point of a loose grid nearest to the middle of the floor; a packed floor is packed closer."""
    corners = np.array(plan.floor) if plan.floor else np.array([[-3.0, -3.0], [3.0, 3.0]])
    low, high = corners.min(0) + 0.3, corners.max(0) - 0.3
    others = np.array([p.position[:2] for p in taken.values()]).reshape(-1, 2)
    for spacing in (0.8, PERSONAL_SPACE_M, 0.45, 0.3):
        xs = np.arange(low[0], high[0] + 1e-6, spacing)
        ys = np.arange(low[1], high[1] + 1e-6, spacing)
        points = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        points = points[np.argsort(np.linalg.norm(points - (low + high) / 2, axis=1), kind="stable")]
        gaps = np.linalg.norm(points[:, None] - others[None], axis=2).min(axis=1, initial=np.inf)
        free = points[gaps >= spacing * 0.98]
        if len(free):
            break
    else:
        free = np.array([(low + high) / 2])
    x, y = (float(v) for v in free[0])
    return Place(character, (x, y, 0.0), 0.0, SpotUse.STAND, 0.0, f"open floor {len(taken)}")


def _turned(place: Place, performance: Performance, places: Mapping[str, Place], plan: SetPlan) -> Place:
    """Standing people turn their body to whom they talk to; seated ones keep their seat's direction."""
    if place.use not in (SpotUse.STAND, SpotUse.WALK):
        return place
    partner = places.get(performance.near or "")
    if partner is not None and performance.nearness is Nearness.EMBRACING:
        return replace(place, yaw_deg=yaw_towards(place.position[:2], partner.position[:2]))
    arms = next((p for p in places.values() if p.spot == f"{Nearness.EMBRACING.value} {place.character}"), None)
    if arms is not None:
        return replace(place, yaw_deg=yaw_towards(place.position[:2], arms.position[:2]))
    if performance.posture in (Posture.WALK, Posture.RUN):
        return _walking(place, performance, places, plan)
    if partner is not None and performance.nearness is Nearness.BEHIND:
        return place
    target: Sequence[float] | None = None
    if performance.gaze and performance.gaze in places and performance.gaze != performance.character:
        target = places[performance.gaze].position
    elif performance.gaze:
        seen = [f.position for f in plan.features if f.word == performance.gaze.lower()]
        target = min(seen, key=lambda f: float(np.hypot(*np.subtract(f[:2], place.position[:2]))), default=None)
    elif performance.at is None:
        rest = [p for name, p in places.items() if name != performance.character]
        if rest:
            target = min(rest, key=lambda p: float(np.hypot(*np.subtract(p.position[:2], place.position[:2])))).position
    if target is None:
        return place
    yaw = yaw_towards(place.position[:2], (target[0], target[1]))
    # A quarter of the turn is left to the head: people stand open to the room, not like fence posts.
    natural = place.yaw_deg
    swing = (yaw - natural + 180) % 360 - 180
    turned = natural + swing * (1.0 if abs(swing) > 60 else 0.75)
    return replace(place, yaw_deg=turned)


def _walking(place: Place, performance: Performance, places: Mapping[str, Place], plan: SetPlan) -> Place:
    """Walkers go the way their spot says, side by side with whom they walk, towards whom or what they walk to."""
    partner = places.get(performance.near or "")
    if partner is not None:
        if performance.nearness is Nearness.BESIDE:
            return replace(place, yaw_deg=partner.yaw_deg)
        return replace(place, yaw_deg=yaw_towards(place.position[:2], partner.position[:2]))
    if performance.at and performance.gaze == performance.at:
        goal = [f.position for f in plan.features if f.word == performance.at]
        if goal:
            near = min(goal, key=lambda f: float(np.hypot(*np.subtract(f[:2], place.position[:2]))))
            return replace(place, yaw_deg=yaw_towards(place.position[:2], near[:2]))
    return place
