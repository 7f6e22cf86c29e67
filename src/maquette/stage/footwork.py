"""Feet on the floor: when each foot is planted where, and how it comes from one place to the next.

A planted foot stays where it is in the world until it is lifted: the legs are solved for it, whatever the body does
above. A walk is planned as footfalls along its way, so nothing slides at any speed, on any curve, at start and stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Posture
from maquette.stage.people.figure import Figure, rx, rz, sign

F64 = NDArray[np.float64]

STRIKE_DEG, PUSH_DEG = -16.0, 46.0
"""Pitch of a walking foot as its heel comes down and as its toes leave."""
_FLAT_FROM, _PUSH_FROM = 0.16, 0.62
"""Shares of a stance at which the sole is flat and at which the heel rises."""
LIFT = 0.05
"""Height of a swinging ankle over leg length."""


@dataclass(frozen=True, eq=False)
class Foot:
    """A flat foot in the world."""

    ankle: F64
    """(3,) metres."""
    turn: F64
    """(3, 3) rest axes -> world."""


@dataclass(frozen=True, eq=False)
class Plant:
    """A foot that stands still for a while."""

    foot: Foot
    start_s: float
    end_s: float
    strike_deg: float = 0.0
    push_deg: float = 0.0

    def pitch(self, t_s: float) -> float:
        """Degrees at a time: negative on the heel, positive on the ball."""
        span = max(self.end_s - self.start_s, 1e-6)
        # A foot that stood for long rolls in the time that a walking one takes.
        landing, leaving = min(_FLAT_FROM * span, 0.12), min((1 - _PUSH_FROM) * span, 0.3)
        into = (t_s - self.start_s) / max(landing, 1e-6)
        out = (t_s - (self.end_s - leaving)) / max(leaving, 1e-6)
        pitch = self.strike_deg * float(np.clip(1 - into, 0.0, 1.0))
        return pitch + self.push_deg * float(np.clip(out, 0.0, 1.0)) ** 1.4


@dataclass(frozen=True)
class Step:
    """A foot at one moment."""

    ankle: F64
    turn: F64
    toes_deg: float
    planted: bool
    swing: float
    """0..1 of its way through the air; 0 while planted."""


def rolled(figure: Figure, foot: Foot, pitch_deg: float) -> tuple[F64, F64]:
    """Ankle and turn of a foot pitched about its heel or its ball so that this stays where it is."""
    rest, ball, height = figure.rest("foot.L"), figure.rest("toe3-1.L"), figure.size.ankle_height
    y, z = (ball[1] - rest[1], ball[2]) if pitch_deg > 0 else (0.32 * (rest[1] - ball[1]), 0.0)
    pivot = np.array([0.0, y, z - height])
    turned = rx(pitch_deg)
    return foot.ankle + foot.turn @ (pivot - turned @ pivot), foot.turn @ turned


def step_at(figure: Figure, plants: Sequence[Plant], t_s: float, lift: float = LIFT) -> Step:
    """Where a foot is at a time; before the first and after the last plant it stays there."""
    i = 0
    while i + 1 < len(plants) and t_s >= plants[i + 1].start_s:
        i += 1
    plant = plants[i]
    if i + 1 >= len(plants) or t_s < plant.end_s:
        pitch = plant.pitch(max(t_s, plant.start_s) if i else t_s)
        ankle, turn = rolled(figure, plant.foot, pitch)
        return Step(ankle, turn, -0.92 * max(0.0, pitch), True, 0.0)
    after = plants[i + 1]
    q = (t_s - plant.end_s) / max(after.start_s - plant.end_s, 1e-6)
    return _swung(figure, plant, after, float(np.clip(q, 0.0, 1.0)), lift)


def _swung(figure: Figure, before: Plant, after: Plant, q: float, lift: float) -> Step:
    ease = q * q * (3 - 2 * q)
    pitch = before.push_deg + (after.strike_deg - before.push_deg) * min(1.0, q * 1.25)
    start, _ = rolled(figure, before.foot, before.push_deg)
    end, _ = rolled(figure, after.foot, after.strike_deg)
    far = float(np.linalg.norm((end - start)[:2]))
    rise = lift * figure.size.leg * float(np.sin(np.pi * q)) * float(np.clip(0.35 + far, 0.35, 1.0))
    ankle = start * (1 - ease) + end * ease + np.array([0.0, 0.0, rise])
    turn = _between(before.foot.turn, after.foot.turn, ease) @ rx(pitch)
    return Step(ankle, turn, -0.92 * max(0.0, before.push_deg) * max(0.0, 1 - 3 * q), False, q)


def _between(a: F64, b: F64, k: float) -> F64:
    """Turns about the vertical alone, the short way: feet do not roll over."""
    twist = b @ a.T
    angle = float(np.degrees(np.arctan2(twist[1, 0] - twist[0, 1], twist[0, 0] + twist[1, 1])))
    return rz(angle * k) @ a if k < 1 else b


# --- ways ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gait:
    """Walking or running of one body."""

    posture: Posture
    duty: float
    """Share of a stride in which a foot is on the floor."""
    contact: float
    """Phase of the left leg's stride, as `poses` count it, at which its foot comes down."""
    stride_m: float
    speed_m_s: float
    half_width_m: float
    ankle_m: float
    """Height of a flat foot's ankle."""
    lift: float
    strike_deg: float
    push_deg: float

    @property
    def middle(self) -> float:
        return self.contact + self.duty / 2


def gait_of(figure: Figure, posture: Posture) -> Gait:
    """How this body runs, or walks for every other posture that it goes to."""
    leg = figure.size.leg
    half = abs(float(figure.rest("upperleg01.L")[0])) * 0.62
    if posture is Posture.RUN:
        stride = 2.35 * leg
        return Gait(posture, 0.36, 0.126, stride, stride * 1.42, half * 0.6,
                    figure.size.ankle_height, 0.22, -6.0, 40.0)  # fmt: skip
    stride = 0.86 * leg / 0.62
    return Gait(Posture.WALK, 0.62, 0.0, stride, stride * 0.98, half, figure.size.ankle_height, LIFT,
                STRIKE_DEG, PUSH_DEG)  # fmt: skip


RAMP_S = 0.7
"""From standing to full speed and back."""


@dataclass(frozen=True, eq=False)
class Way:
    """A walk along a line on the floor."""

    gait: Gait
    points: F64
    """(N, 3) world, metres; at least two, none alike."""
    start_s: float
    end_s: float
    speed_m_s: float
    from_rest: bool
    """False: already walking before `start_s`."""
    to_rest: bool
    start_yaw_deg: float
    end_yaw_deg: float
    lead: str = "L"
    """Which foot goes first."""

    @property
    def length_m(self) -> float:
        return float(self._marks[-1])

    @property
    def _marks(self) -> F64:
        return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(self.points[:, :2], axis=0), axis=1))])

    def travelled(self, t_s: float) -> float:
        """Metres along the way at a time; outside of its ends where it is open there."""
        t, span, v = t_s - self.start_s, self.end_s - self.start_s, self.speed_m_s
        if t <= 0:
            return 0.0 if self.from_rest else v * t
        ramp_in, ramp_out = (RAMP_S if r else 0.0 for r in (self.from_rest, self.to_rest))
        if span < ramp_in + ramp_out:
            ramp_in, ramp_out = (span * r / (ramp_in + ramp_out) for r in (ramp_in, ramp_out))
        if t >= span:
            return self.length_m + (0.0 if self.to_rest else v * (t - span))
        if t < ramp_in:
            return v * ramp_in * _ramp(t / ramp_in)
        if t > span - ramp_out:
            return self.length_m - v * ramp_out * _ramp((span - t) / ramp_out)
        return v * (t - 0.5 * ramp_in)

    def time_of(self, s_m: float) -> float:
        """When a place along the way is passed."""
        low, high = self.start_s - 60.0, self.end_s + 60.0
        if (s_m <= 0 and self.from_rest) or (s_m >= self.length_m and self.to_rest):
            return self.start_s if s_m <= 0 else self.end_s
        for _ in range(48):
            middle = (low + high) / 2
            low, high = (middle, high) if self.travelled(middle) < s_m else (low, middle)
        return high

    def at(self, s_m: float) -> tuple[F64, float]:
        """(place (3,), heading in degrees) after `s_m` metres; straight on beyond its ends."""
        marks, points = self._marks, self.points
        i = int(np.clip(np.searchsorted(marks, s_m, side="right") - 1, 0, len(points) - 2))
        along = (points[i + 1] - points[i]) / max(float(marks[i + 1] - marks[i]), 1e-9)
        heading = float(np.degrees(np.arctan2(along[0], -along[1])))
        return points[i] + along * (s_m - marks[i]), heading

    def phase(self, s_m: float) -> float:
        """Turns of the left leg's stride."""
        return self._first_phase + s_m / self._stride

    def ground(self, t_s: float) -> tuple[F64, float]:
        """Place and yaw of the walking body: it turns into its way at first and out of it at the end."""
        s = self.travelled(t_s)
        place, heading = self.at(s)
        # On a bend the body follows the mean of its way around it.
        near = [self.at(s + d)[1] for d in (-0.3, -0.15, 0.15, 0.3)]
        heading += float(np.mean([_turn(heading, h) for h in near])) * 0.8
        if self.from_rest:
            k = _eased((t_s - self.start_s) / 0.6)
            heading = self.start_yaw_deg + _turn(self.start_yaw_deg, heading) * k
        if self.to_rest:
            k = _eased((t_s - (self.end_s - 0.55)) / 0.6)
            heading = heading + _turn(heading, self.end_yaw_deg) * k
        return place, heading

    @property
    def _stride(self) -> float:
        if self.from_rest and self.to_rest:
            half_strides = max(1, round(self.length_m / (self.gait.stride_m / 2)))
            return 2 * self.length_m / half_strides
        return self.gait.stride_m

    @property
    def _first_phase(self) -> float:
        middle = self.gait.middle
        start = middle + (0.5 if self.lead == "L" else 0.0)
        if self.from_rest or not self.to_rest:
            return start
        return start - self.length_m / self._stride

    def plants(self, side: str, before: Foot | None, after: Foot | None) -> list[Plant]:
        """The footfalls of one foot. before, after: where it stands at rest, for ends that are not open."""
        gait, stride = self.gait, self._stride
        offset = 0.0 if side == "L" else 0.5
        low = 0.0 if self.from_rest else -4 * stride
        high = self.length_m if self.to_rest else self.length_m + 4 * stride
        first = int(np.floor((low / stride) + self._first_phase + offset - gait.contact)) - 1
        found: list[Plant] = []
        for k in range(first, first + int((high - low) / stride) + 4):
            s = (k + gait.contact - offset - self._first_phase) * stride
            if not low + 1e-6 < s < high - 1e-6:
                continue
            lift = s + gait.duty * stride
            place, heading = self.at(s + gait.duty * stride / 2)
            turn = rz(heading + 5 * sign(side))
            ankle = place + rz(heading) @ np.array([sign(side) * gait.half_width_m, 0.0, gait.ankle_m])
            end = np.inf if self.to_rest and lift >= high else self.time_of(lift)
            found.append(Plant(Foot(ankle, turn), self.time_of(s), end, gait.strike_deg, gait.push_deg))
        if self.from_rest and before is not None:
            leads = side == self.lead
            lift = 0.02 if leads else self.time_of((gait.duty / 2) * stride) - self.start_s
            found.insert(0, Plant(before, -np.inf, self.start_s + lift, 0.0, 12.0 if leads else gait.push_deg * 0.8))
        return _to_rest(self, found, after)


def _to_rest(way: Way, found: list[Plant], after: Foot | None) -> list[Plant]:
    """The last footfalls are those in which the person then stands."""
    if not way.to_rest or after is None or not found:
        return found
    last = found[-1]
    if last.end_s == np.inf and last.start_s > way.start_s:
        found[-1] = replace(last, foot=after, strike_deg=0.5 * last.strike_deg, push_deg=0.0)
    else:
        if last.end_s == np.inf or last.end_s > way.end_s:
            last = found[-1] = replace(last, end_s=way.end_s - 0.3, push_deg=0.6 * last.push_deg)
        touch = max(way.end_s + 0.1, last.end_s + 0.25)
        found.append(Plant(after, touch, np.inf))
    return found


def way_time(length_m: float, speed_m_s: float, from_rest: bool, to_rest: bool) -> tuple[float, float]:
    """(seconds, full speed) of a walk; a short one never comes up to full speed."""
    ramps = RAMP_S * (int(from_rest) + int(to_rest))
    if ramps and length_m < 0.5 * ramps * speed_m_s:
        seconds = max(2 * length_m / speed_m_s, 0.45 * ramps)
        return seconds, 2 * length_m / seconds
    return length_m / speed_m_s + 0.5 * ramps, speed_m_s


def _ramp(x: float) -> float:
    """Way made good while the speed eases from 0 to 1: the integral of smoothstep."""
    return x**3 - 0.5 * x**4


def _eased(x: float) -> float:
    x = float(np.clip(x, 0.0, 1.0))
    return x * x * (3 - 2 * x)


def _turn(start_deg: float, end_deg: float) -> float:
    """Degrees from one yaw to another, the short way."""
    return (end_deg - start_deg + 180.0) % 360.0 - 180.0
