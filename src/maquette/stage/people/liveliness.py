"""What a body does without meaning to: breath, blinks, weight that shifts, eyes that are never quite still.

Everything is a function of time and of a seed of one's own: the same person does the same in every rendering, and no
two people breathe or blink together. Times may be negative: a take begins before its first word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

BLINK_S = 0.15
"""Length of a blink: lids fall in a third of it and rise in the rest."""
_SPAN_S = (-30.0, 640.0)
_DRIFT_HZ = (0.09, 0.16, 0.27)


@dataclass(frozen=True)
class Liveliness:
    """One person's own rhythms."""

    blinks: tuple[float, ...]
    """Starts of the blinks, seconds, 2..6 s apart."""
    glances: tuple[float, ...]
    """When the eyes move on to another detail of what they look at."""
    aims: tuple[tuple[float, float], ...]
    """(yaw, pitch) degrees off the target after each glance."""
    phases: tuple[float, ...]
    breath_hz: float

    def blink(self, t_s: float, extra: tuple[float, ...] = ()) -> float:
        """0..1 lid closure. extra: starts of further blinks, with large turns of the head."""
        i = int(np.searchsorted(self.blinks, t_s, side="right")) - 1
        starts = (*extra, self.blinks[i]) if i >= 0 else extra
        return max((_lid((t_s - start) / BLINK_S) for start in starts), default=0.0)

    def breath(self, t_s: float) -> float:
        """-1..1; in is quicker than out."""
        p = (t_s * self.breath_hz + self.phases[0]) % 1.0
        return float(-np.cos(np.pi * p / 0.42)) if p < 0.42 else float(np.cos(np.pi * (p - 0.42) / 0.58))

    def drift(self, channel: int, t_s: float) -> float:
        """-1..1, slow and without a period that anyone would notice; channels are independent."""
        at = self.phases[1 + 3 * channel : 4 + 3 * channel]
        waves = [
            w * np.sin(2 * np.pi * (f * (1 + 0.13 * channel) * t_s + p))
            for w, f, p in zip((0.55, 0.3, 0.15), _DRIFT_HZ, at, strict=True)
        ]
        return float(sum(waves))

    def glance(self, t_s: float) -> tuple[float, float]:
        """(yaw, pitch) degrees that the eyes are off their target: fixations with saccades of 40 ms between."""
        i = int(np.searchsorted(self.glances, t_s, side="right")) - 1
        if i < 1:
            return self.aims[0]
        k = min(max((t_s - self.glances[i]) / 0.04, 0.0), 1.0)
        a, b = self.aims[i - 1], self.aims[i]
        return a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k


def _lid(k: float) -> float:
    if not 0.0 < k < 1.0:
        return 0.0
    if k < 0.4:
        return float(np.sin(np.pi / 2 * min(k / 0.35, 1.0)))
    return float(0.5 + 0.5 * np.cos(np.pi * (k - 0.4) / 0.6))


@lru_cache(maxsize=64)
def liveliness(seed: int, key: int) -> Liveliness:
    """The rhythms of a person: `key` is their own, `seed` the shot's."""
    rng = np.random.default_rng([seed & 0x7FFFFFFF, key & 0x7FFFFFFF, 0x11FE])
    span = _SPAN_S[1] - _SPAN_S[0]
    gaps = np.clip(2.0 + 4.0 * rng.beta(1.4, 1.8, int(span / 2.0)), 2.0, 6.0)
    blinks = _SPAN_S[0] + np.cumsum(gaps)
    looks = _SPAN_S[0] + np.cumsum(rng.uniform(0.5, 2.4, int(span / 1.0)))
    aims = np.stack([rng.normal(0, 1.1, len(looks)), rng.normal(-0.2, 0.8, len(looks))], axis=1)
    # Now and then the eyes leave for a moment, as they do in thought.
    away = rng.random(len(looks)) < 0.09
    aims[away] += np.stack([rng.choice([-7.0, 7.0], away.sum()), rng.uniform(-4.0, 1.0, away.sum())], axis=1)
    return Liveliness(
        blinks=tuple(float(b) for b in blinks),
        glances=tuple(float(g) for g in looks),
        aims=tuple((float(y), float(p)) for y, p in aims),
        phases=tuple(float(p) for p in rng.random(25)),
        breath_hz=float(rng.uniform(0.21, 0.29)),
    )
