"""The line of action: who looks to which side of the frame, and what breaks the rules of the cut.

180 degrees: people stand along one line, in a fixed order from frame left to frame right, and the camera stays on one
side of it. So everybody looks right at whom stands further right, in every shot of the scene.
30 degrees: two neighbouring shots of the same subject differ by at least 30 degrees or by two steps of size, or the
cut looks like a mistake. (Mascelli, The Five C's of Cinematography; Katz, Film Directing: Shot by Shot.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from maquette.film.shot import Framing, Shot, ShotSize, ShotStatus, Side
from maquette.script.beats import Beat

SIZE_ORDER: tuple[ShotSize, ...] = tuple(ShotSize)
"""From extreme wide to extreme close: neighbours are one step apart."""
MIN_ANGLE_DEG = 30.0
MIN_SIZE_STEPS = 2
_AZIMUTHS_DEG = (0.0, 10.0, 20.0, 35.0, 50.0, 65.0, 80.0, 90.0)
"""Directions that a set-up may take: from frontal to profile."""


@dataclass(frozen=True)
class Line:
    """Where people stand along the line of action, from frame left to frame right."""

    order: tuple[str, ...]

    def side(self, who: str, looks_at: str | None) -> Side:
        """Side of the frame to which `who` looks. Alone, or looking at a thing: towards the others."""
        if who not in self.order:
            return Side.RIGHT
        here = self.order.index(who)
        if looks_at in self.order and looks_at != who:
            return Side.RIGHT if self.order.index(str(looks_at)) > here else Side.LEFT
        return Side.LEFT if here > 0 and here >= len(self.order) / 2 else Side.RIGHT

    def from_left(self, people: Sequence[str]) -> tuple[str, ...]:
        """People as the frame shows them, left to right; strangers to the line stay last."""
        known = {name: i for i, name in enumerate(self.order)}
        return tuple(sorted(people, key=lambda p: known.get(p, len(known))))


def line_of_action(beats: Sequence[Beat]) -> Line:
    """The line of a scene: the two who talk most to each other first, everyone else behind their partner."""
    talk: Counter[tuple[str, str]] = Counter()
    order: list[str] = []
    for beat in beats:
        for who in beat.people[:1]:
            if beat.partner and beat.partner != who:
                talk[(who, beat.partner)] += 2 if beat.is_speech else 1
    appear = list(dict.fromkeys(p for b in beats for p in (*b.people, *((b.partner,) if b.partner else ()))))
    rank = {name: i for i, name in enumerate(appear)}
    bonds: Counter[frozenset[str]] = Counter()
    for (a, b), weight in talk.items():
        bonds[frozenset((a, b))] += weight
    if bonds:
        best = max(bonds, key=lambda pair: (bonds[pair], [-rank[n] for n in sorted(pair, key=lambda n: rank[n])]))
        order = sorted(best, key=lambda n: rank[n])
    for name in appear:
        if name not in order:
            partner = max(order, key=lambda o: (bonds[frozenset((name, o))], -rank[o])) if order else None
            if partner is not None and order.index(partner) >= len(order) / 2:
                order.insert(0, name)
            else:
                order.append(name)
    return Line(tuple(order))


def behind_the_wheel(line: Line, driver: str) -> Line:
    """The line in a vehicle, seen through the windscreen: who drives sits frame right (left-hand drive)."""
    return Line((*(n for n in line.order if n != driver), driver))


def size_steps(a: ShotSize, b: ShotSize) -> int:
    """Steps between two sizes: WS to FS is 1."""
    return abs(SIZE_ORDER.index(a) - SIZE_ORDER.index(b))


def cuts_together(before: Shot, after: Shot) -> bool:
    """True if a cut between the two keeps the 30-degree rule, or they do not show the same subject.

    Where an azimuth is not known, only the size counts. A point of view is never the same set-up as a look at it.
    """
    if before.scene_id != after.scene_id or before.subjects[:1] != after.subjects[:1]:
        return True
    if (before.framing is Framing.POV) != (after.framing is Framing.POV):
        return True
    if size_steps(before.size, after.size) >= MIN_SIZE_STEPS:
        return True
    if before.azimuth_deg is None or after.azimuth_deg is None:
        return False
    return abs(before.azimuth_deg - after.azimuth_deg) >= MIN_ANGLE_DEG


def apart_from(before: Shot, after: Shot) -> Shot:
    """`after` with the azimuth nearest to its own that cuts together with `before`; as it is if none does."""
    if cuts_together(before, after) or after.azimuth_deg is None:
        return after
    asked = after.azimuth_deg
    for azimuth in sorted(_AZIMUTHS_DEG, key=lambda a: (abs(a - asked), a)):
        turned = after.model_copy(update={"azimuth_deg": azimuth})
        if cuts_together(before, turned):
            return turned
    return after


@dataclass(frozen=True)
class RuleBreak:
    """Two shots that do not cut together."""

    rule: str
    """"180 degrees" or "30 degrees"."""
    first_id: str
    second_id: str
    reason: str


def rule_breaks(shots: Sequence[Shot]) -> list[RuleBreak]:
    """What breaks the 180-degree line or the 30-degree rule in neighbouring shots; omitted shots do not count."""
    seen = [s for s in shots if s.status is not ShotStatus.OMITTED]
    return _line_breaks(seen) + [
        RuleBreak(
            "30 degrees",
            a.id,
            b.id,
            f"{b.number or 'The shot'} shows {_who(b)} from nearly the same angle and size as {a.number or 'the one'} "
            "before it: the cut will jump.",
        )
        for a, b in pairwise(seen)
        if not cuts_together(a, b)
    ]


def _line_breaks(shots: Sequence[Shot]) -> list[RuleBreak]:
    held: dict[tuple[str, str, str], tuple[Side, Shot]] = {}
    breaks: list[RuleBreak] = []
    for shot in shots:
        partner = _looked_at(shot)
        if shot.camera_side is None or partner is None or shot.framing is Framing.POV:
            continue
        who = shot.subjects[0]
        opposite = Side.LEFT if shot.camera_side is Side.RIGHT else Side.RIGHT
        side, first = held.setdefault((shot.scene_id, who, partner), (shot.camera_side, shot))
        held.setdefault((shot.scene_id, partner, who), (opposite, shot))
        if side is not shot.camera_side:
            reason = (
                f"{shot.number or 'The shot'} crosses the line: {who} looked frame {side.value} at {partner} in "
                f"{first.number or 'an earlier shot'} and looks {shot.camera_side.value} now."
            )
            breaks.append(RuleBreak("180 degrees", first.id, shot.id, reason))
    return breaks


def _looked_at(shot: Shot) -> str | None:
    if not shot.subjects or shot.framing in (Framing.INSERT, Framing.PLACE):
        return None
    who, *others = shot.subjects
    partner = shot.over or shot.eyeline or next(iter(others), None)
    return partner if partner != who else None


def _who(shot: Shot) -> str:
    return shot.subjects[0] if shot.subjects else "the place"
