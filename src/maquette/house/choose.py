"""What paintings do not show: how far a frame lies outside them, which one is best painted next, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from maquette.film.passes import Passes
from maquette.imaging.color import luminance, to_linear
from maquette.imaging.oklab import linear_to_oklab

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

ACROSS = 40
"""Samples across a frame."""
TONE, TINT, LIGHT, MATERIAL = 1.0, 4.0, 2.0, 0.35
"""What a step of lightness, of chroma, of the light's own chroma, and another kind of thing, count."""
NEAR, FAR = 0.12, 0.45
"""A place is covered where a painting has its like nearer than the first, and is not at all beyond the second."""
WARN = 0.3
"""Share of a frame outside the paintings from which on people are told in any case."""
LARGER = 2.5
"""Faces so many times larger than any painted one have detail that no painting shows."""
WORTH_NAMING = 0.04
"""Share of a frame that a thing must fill to be named."""
HUES = ((20, "pink"), (50, "red"), (80, "orange"), (115, "yellow"), (165, "green"), (215, "turquoise"), (285, "blue"),
        (335, "violet"), (361, "pink"))  # fmt: skip
"""Oklab hue angles up to which light is called so."""

COMPASS = ("north", "east", "south", "west")
SIGHT_VERSION = 1
"""Goes up when the same frame is seen otherwise."""


@dataclass(frozen=True, eq=False)
class Sight:
    """A frame in a few hundred samples: what is told apart when it is compared with paintings."""

    name: str
    """As people call it: "shot 5"."""
    points: F32
    """(N, D) the samples; distances between them are comparable."""
    things: tuple[str, ...]
    """(N) object's name of each"""
    tone: float
    """Mean Oklab lightness of the frame as developed."""
    light: tuple[float, float]
    """Mean Oklab a and b of the light on surfaces."""
    face_px: float
    """Height of the largest face, of a picture 640 wide; 0: none."""
    shares: dict[str, float] = field(default_factory=lambda: dict[str, float]())
    """Object's name -> share of the frame"""


@dataclass(frozen=True)
class Outside:
    """How far a frame lies outside what paintings show."""

    share: float
    """0 all of it is like something painted .. 1 none of it."""
    reasons: tuple[str, ...]
    """The gravest first, without an end: "no painting shows RUTH"."""
    warning: str | None
    """A sentence where people should be told."""


@dataclass(frozen=True)
class Choice:
    """The frame that is best painted next."""

    name: str
    gain: float
    """How much of all frames it brings inside, in frames."""
    reason: str
    """A sentence."""


def sight_of(name: str, passes: Passes, picture: U8) -> Sight:
    """A frame, summed up. picture: (H, W, 3) sRGB codes as developed."""
    step = max(1, round(passes.size[0] / ACROSS))
    cut = (slice(step // 2, None, step), slice(step // 2, None, step))
    seen = to_linear(picture)
    # Means of a cell, not single pixels: no noise.
    colour = np.asarray(linear_to_oklab(_soft(seen, step)[cut]), np.float32).reshape(-1, 3)
    albedo = _soft(passes.albedo, step)[cut].reshape(-1, 3)
    light = np.asarray(linear_to_oklab(_lit(_soft(seen, step)[cut].reshape(-1, 3), albedo)), np.float32)
    ids = passes.object_id[cut].reshape(-1)
    things = tuple(passes.object_names[i] for i in ids)
    kinds = np.array(
        [[t.startswith("cast/"), t == "", not t.startswith("cast/") and t != ""] for t in things], np.float32
    )
    hit = (ids > 0)[:, None]
    points = np.concatenate(
        [TONE * colour[:, :1], TINT * colour[:, 1:], LIGHT * light[:, 1:] * hit, MATERIAL * kinds], 1
    )
    tint = light[ids > 0, 1:].mean(0) if (ids > 0).any() else np.zeros(2)
    names, counts = np.unique(np.array(things), return_counts=True)
    shares = {str(n): float(c) / len(things) for n, c in zip(names, counts, strict=True)}
    return Sight(name, points.astype(np.float32), things, float(colour[:, 0].mean()), (float(tint[0]), float(tint[1])),
                 _face_px(passes), shares)  # fmt: skip


def outside(frame: Sight, keys: Sequence[Sight]) -> Outside:
    """What of a frame the keys do not show. Without keys: everything."""
    if not keys:
        return Outside(1.0, ("nothing is painted yet",), f"{_called(frame)}: nothing is painted yet.")
    gaps = _gaps(frame, keys)
    share = float(gaps.mean())
    reasons = _reasons(frame, keys, gaps)
    warning = None
    if share >= WARN or any(r.grave for r in reasons):
        # Where little of the frame is apart, what is grave about it is said.
        told = reasons if share >= WARN else sorted(reasons, key=lambda r: not r.grave)
        because = " and ".join(r.text for r in told[:2]) or "its colours are in no painting"
        warning = f"{_called(frame)} lies {share:.0%} outside the paintings: {because}."
    return Outside(share, tuple(r.text for r in reasons), warning)


def next_key(frames: Sequence[Sight], keys: Sequence[Sight]) -> Choice | None:
    """Of all frames, the one whose painting would bring the most of them inside; None where nothing is left to gain."""
    order = ranked(frames, keys, 1)
    return order[0] if order else None


def ranked(frames: Sequence[Sight], keys: Sequence[Sight], count: int) -> list[Choice]:
    """The next frames to paint, each chosen with those before it painted (greedily)."""
    chosen: list[Choice] = []
    painted = list(keys)
    now = [_gaps(f, painted) for f in frames]
    alone = [[_gaps(f, [c]) for f in frames] for c in frames]
    while len(chosen) < count:
        gains = [sum(float((n - np.minimum(n, g)).mean()) for n, g in zip(now, row, strict=True)) for row in alone]
        best = int(np.argmax(gains)) if gains else -1
        if best < 0 or gains[best] < 0.02:
            break
        frame = frames[best]
        helped = [f for f, n, g in zip(frames, now, alone[best], strict=True)
                  if f is not frame and float((n - np.minimum(n, g)).mean()) > 0.05]  # fmt: skip
        chosen.append(Choice(frame.name, gains[best], _sentence(frame, painted, now[best], helped)))
        painted.append(frame)
        now = [np.minimum(n, g) for n, g in zip(now, alone[best], strict=True)]
    return chosen


# --- in words ---------------------------------------------------------------------------------------------------


def _sentence(frame: Sight, keys: Sequence[Sight], gaps: F32, helped: Sequence[Sight]) -> str:
    if not keys:
        because = "it has the most in common with all the others"
    else:
        because = " and ".join(r.text for r in _reasons(frame, keys, gaps)[:2]) or "much of it is in no painting"
    also = ""
    if helped:
        named = ", ".join(f.name.removeprefix("shot ") for f in helped[:4]) + (" ..." if len(helped) > 4 else "")
        also = f"; it would also help {'shot' if len(helped) == 1 else 'shots'} {named}"
    return f"Paint {frame.name} next: {because}{also}."


class _Reason(NamedTuple):
    weight: float
    text: str
    grave: bool = False
    """People are told, however little of the frame it is: somebody whom no painting shows, light of another hour."""


def _reasons(frame: Sight, keys: Sequence[Sight], gaps: F32) -> list[_Reason]:
    """What is lacking, the weightiest first."""
    found: list[_Reason] = []
    open_share = float(gaps.mean())
    tones = [k.tone for k in keys]
    if frame.tone < min(tones) - 0.1:
        found.append(_Reason(open_share, "it is darker than anything painted", grave=True))
    elif frame.tone > max(tones) + 0.1:
        found.append(_Reason(open_share, "it is brighter than anything painted", grave=True))
    apart = min(float(np.hypot(frame.light[0] - k.light[0], frame.light[1] - k.light[1])) for k in keys)
    if apart > 0.025:
        found.append(_Reason(open_share + 0.05, f"no painting shows its {_hue(frame.light)}light"))
    painted = {t for k in keys for t, share in k.shares.items() if share >= WORTH_NAMING / 4}
    lacking = sorted(
        ((s, t) for t, s in frame.shares.items() if t and t not in painted and s >= WORTH_NAMING), reverse=True
    )
    if lacking:
        weight = max(share * (2 if thing.startswith("cast/") else 0.5) for share, thing in lacking[:3])
        text = f"no painting shows {_any_of([_thing(thing) for _, thing in lacking[:3]])}"
        found.append(_Reason(weight, text, grave=any(thing.startswith("cast/") for _, thing in lacking[:3])))
    largest = max(k.face_px for k in keys)
    if frame.face_px > LARGER * max(largest, 12):
        words = f"{frame.face_px / largest:.0f} times as large as in any painting" if largest else "in no painting"
        found.append(_Reason(1.0, f"faces are {words}", grave=True))
    return sorted(found, key=lambda r: -r.weight)


def _hue(light: tuple[float, float]) -> str:
    a, b = light
    if np.hypot(a, b) < 0.02:
        return "white "
    angle = float(np.degrees(np.arctan2(b, a))) % 360
    return next(word for top, word in HUES if angle < top) + " "


def _thing(name: str) -> str:
    kind, _, rest = name.partition("/")
    if kind == "cast":
        return rest
    word = (rest or kind).rpartition("/")[2].rstrip("0123456789 ").replace("_", " ")
    return f"the {word} wall" if kind == "wall" and word in COMPASS else f"the {word}"


def _any_of(things: Sequence[str]) -> str:
    *others, last = things
    return f"{', '.join(others)} or {last}" if others else last


def _called(frame: Sight) -> str:
    return frame.name[:1].upper() + frame.name[1:]


# --- in numbers -------------------------------------------------------------------------------------------------


def _gaps(frame: Sight, keys: Sequence[Sight]) -> F32:
    """(N,) 0 where a key has the like of a sample .. 1."""
    if not keys:
        return np.ones(len(frame.points), np.float32)
    nearest = np.min([KDTree(k.points).query(frame.points)[0] for k in keys], axis=0)
    return np.clip((nearest - NEAR) / (FAR - NEAR), 0, 1).astype(np.float32)


def _lit(seen: F32, albedo: F32) -> F32:
    """(N, 3) linear light on surfaces, of luminance 0.5: its tint counts here, its brightness is in the picture."""
    light = (seen + 0.01) / (albedo + 0.03)
    return (light * (0.5 / np.maximum(luminance(light), 1e-4))[:, None]).astype(np.float32)


def _soft(picture: F32, step: int) -> F32:
    """(H, W, C) mean over squares of `step`, at every pixel of which it is asked for."""
    padded = np.pad(picture, ((step // 2, step), (step // 2, step), (0, 0)), mode="edge").astype(np.float64)
    total = np.pad(padded.cumsum(0).cumsum(1), ((1, 0), (1, 0), (0, 0)))
    height, width = picture.shape[:2]
    whole = total[step:, step:] - total[:-step, step:] - total[step:, :-step] + total[:-step, :-step]
    return (whole[:height, :width] / step**2).astype(np.float32)


def _face_px(passes: Passes) -> float:
    """Height of the largest face that is seen, of a picture 640 wide."""
    tallest = 0.0
    for index, name in enumerate(passes.part_names):
        if name.startswith("cast/") and name.endswith(":hair"):
            rows = np.nonzero((passes.part_id == index).any(1))[0]
            if len(rows):
                tallest = max(tallest, float(rows[-1] - rows[0] + 1))
    return tallest * 640 / passes.size[0]
