"""The film's colours carried to the reference's: a tone curve first, then what hue and chroma become at each tone."""

from __future__ import annotations

import numpy as np

from maquette.film.look import ColourFit, Lab, Tone
from maquette.imaging.lut3d import F32
from maquette.look.clusters import clustered
from maquette.look.colour import MOST_RISE, tone_curve

TONE_AT = (0.02, 0.1, 0.25, 0.42, 0.58, 0.75, 0.9, 0.98)
"""Shares of the area at which tones are matched."""
TONE_SHARE = 0.6
"""How far tones go to the reference's; all the way, a night scene becomes a page of sky."""
SLOPE = (0.45, 1.8)
"""Least and greatest slope of a fitted tone curve: a flatter one bands, a steeper one breaks."""
DARK_SLOPE, DARK_BELOW = 1.3, 0.25
"""The greatest near black, where a step of lightness is few codes: more of it would show them one by one."""
LIFT_FROM, LIFT_FULL = 0.21, 0.29
"""Lightness of the reference's black (codes 24 and 43 of 255) from which blacks are lifted, and from which on they are
lifted all the way: darker ones are what a scan or a brush makes of black."""
WHITE_BELOW = 0.9
"""Lightness of the reference's white below which whites are held down, where its blacks are lifted, too: a faded print.
A night without white is no reason to have no white by day."""
MOST_LIFT, LEAST_WHITE = 0.3, 0.78

CLUSTERS = 64
LIGHT_WEIGHT = 1.6
"""A step in lightness costs so much more than one in colour: shadows go to shadows."""
BLUR = 0.012
"""Entropy of the plan, in squared Oklab distance: smooths it and keeps it from following single strokes."""
GIVE = 0.05
"""How dearly amounts are kept (unbalanced transport): a film that has no sky must not turn a third of itself blue."""
PLAN_ROUNDS = 300
MOST_SHIFT = 0.13
FEWEST = 0.0008
"""Share of the area below which a cluster has no say."""


def fitted_tone(film: F32, reference: F32) -> Tone:
    """The curve that brings the tones of the film (N, 3 Oklab) towards the reference's: smooth, rising, with its slopes
    bounded. Black stays black and white white, unless the reference has neither."""
    ins = np.quantile(film[:, 0], TONE_AT)
    outs = np.quantile(reference[:, 0], TONE_AT)
    wanted = ins + TONE_SHARE * (outs - ins)
    low, high = (float(np.quantile(reference[:, 0], q)) for q in (0.005, 0.995))
    lifted = float(np.clip((low - LIFT_FROM) / (LIFT_FULL - LIFT_FROM), 0, 1))
    black = lifted * min(low * 0.85, MOST_LIFT)
    white = max(high * 1.03, LEAST_WHITE) if high < WHITE_BELOW and black > 0 else 1.0
    at = np.linspace(0, 1, 9)
    apart = np.maximum.accumulate(ins + 1e-3 * np.arange(len(ins)))
    target = np.interp(
        at, np.concatenate([[0], apart, [1]]), np.concatenate([[black], np.maximum(wanted, black), [white]])
    )
    smooth = np.convolve(np.pad(target - at, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid") + at
    smooth[0], smooth[-1] = black, white
    return Tone(
        points=tuple((round(float(x), 4), round(float(y), 4)) for x, y in zip(at, _bounded(at, smooth), strict=True))
    )


def _bounded(at: F32, wanted: F32) -> F32:
    """The nearest curve with the same ends whose slopes are within bounds."""
    black, white = float(wanted[0]), float(wanted[-1])
    step = at[1] - at[0]
    least = SLOPE[0] * step * (white - black)
    most = np.where(at[1:] <= DARK_BELOW, DARK_SLOPE, SLOPE[1]) * step
    rises = np.clip(np.diff(wanted), least, most)
    for _ in range(24):  # share what is missing among the steps that still can give
        missing = (white - black) - rises.sum()
        if abs(missing) < 1e-6:
            break
        rises = np.clip(rises + missing / len(rises), least, most)
    return black + np.concatenate([[0], np.cumsum(rises)])


def fitted_colour(film: F32, reference: F32, tone: Tone) -> ColourFit:
    """What hue and chroma become: pairs by optimal transport of the film's colours, tone already fitted, to the
    reference's (entropic, unbalanced: Chizat et al. 2018; each pair is the plan's mean for one cluster).

    Lightness is left to the tone curve, so that order of tones is kept everywhere.
    """
    light = tone_curve(tone.points)(film[:, 0])
    along = np.minimum(light / np.maximum(film[:, 0], 1e-4), MOST_RISE)
    toned = np.concatenate([light[:, None], film[:, 1:] * along[:, None]], axis=1).astype(np.float32)
    start, have = clustered(toned, CLUSTERS, (1, 2, 2))
    end, want = clustered(reference, CLUSTERS, (1, 2, 2))
    plan = _plan(start, have, end, want)
    mean = (plan @ end) / np.maximum(plan.sum(axis=1, keepdims=True), 1e-12)
    shift = mean[:, 1:] - start[:, 1:]
    length = np.hypot(shift[:, 0], shift[:, 1])
    shift *= (MOST_SHIFT * np.tanh(length / MOST_SHIFT) / np.maximum(length, 1e-6))[:, None]
    pairs = [
        (_rounded(*s), _rounded(s[0], s[1] + d[0], s[2] + d[1]))
        for s, d, share in zip(start.tolist(), shift.tolist(), have.tolist(), strict=True)
        if share >= FEWEST
    ]
    return ColourFit(pairs=tuple(pairs))


def _plan(start: F32, have: F32, end: F32, want: F32) -> F32:
    """(K, M) how much of each cluster goes where."""
    weights = np.array([LIGHT_WEIGHT, 1.0, 1.0])
    cost = (((start[:, None] - end[None]) * weights) ** 2).sum(axis=2, dtype=np.float64)
    kernel = np.exp(-cost / BLUR)
    power = GIVE / (GIVE + BLUR)
    u, v = np.ones(len(start)), np.ones(len(end))
    for _ in range(PLAN_ROUNDS):
        u = (have / np.maximum(kernel @ v, 1e-300)) ** power
        v = (want / np.maximum(kernel.T @ u, 1e-300)) ** power
    return (u[:, None] * kernel * v).astype(np.float32)


def _rounded(light: float, a: float, b: float) -> Lab:
    return (round(light, 4), round(a, 4), round(b, 4))
