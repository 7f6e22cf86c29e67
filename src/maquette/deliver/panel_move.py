"""A camera move out of two drawn panels: the frame glides from the first picture into the second.

Where the second picture lies in the first (or the first in the second) is found by looking: the pictures are compared
at many scales and places, and the best normalised correlation wins. Both are then put on one plane, a window travels
over it, and the pictures dissolve into one another on the way. Where nothing fits, as after a pan that shares no
background, they only dissolve.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.signal import fftconvolve

from maquette.film.shot import Move

_ZOOMS_IN = frozenset({Move.PUSH_IN, Move.ZOOM_IN, Move.CRASH_ZOOM})
_ZOOMS_OUT = frozenset({Move.PULL_OUT, Move.ZOOM_OUT})
_LOOKED_AT = 96
"""Pixels across while the pictures are compared."""
_LEAST_LIKENESS = 0.42
_SCALES = tuple(1.03**i for i in range(38))
"""1 to 3: how much larger a thing is in the closer picture."""
_LEAST_OVERLAP = 0.35
_MIX_IN, _MIX_OUT, _MIX_LEVEL = (0.72, 0.98), (0.02, 0.28), (0.2, 0.8)
"""Part of the way during which the pictures dissolve: when going in late, when going out early, so that the edge of the
closer picture is near the edge of the frame and not in the middle of it."""
_FEATHER = 0.2
_LARGEST_GAIN = 2.0


@dataclass(frozen=True)
class Framing:
    """A window on the plane of the first picture, in parts of that picture: (0, 0, 1) is the picture itself."""

    x: float
    """Left edge, in widths."""
    y: float
    """Top edge, in heights."""
    size: float
    """Width in widths, which is height in heights too."""


WHOLE = Framing(0.0, 0.0, 1.0)


def eased(t: float) -> float:
    """0..1 -> 0..1, without a jerk at either end (Perlin's quintic)."""
    t = min(1.0, max(0.0, t))
    return t * t * t * (t * (6 * t - 15) + 10)


def end_framing(start: NDArray[np.uint8], end: NDArray[np.uint8], move: str = "") -> Framing | None:
    """Where the end picture lies on the plane of the start picture; None where the two have too little in common.

    start, end: (H, W, 3) sRGB of one size. move: a `Move`'s word, which says in which direction to look.
    """
    a, b = _small(start), _small(end)
    found: list[tuple[float, Framing]] = []
    if move not in _ZOOMS_OUT:
        found.append(_inside(a, b))
    if move not in _ZOOMS_IN:
        likeness, inside = _inside(b, a)
        found.append((likeness, _inverse(inside)))
    if move not in _ZOOMS_IN | _ZOOMS_OUT:
        found.append(_beside(a, b))
    likeness, best = max(found, key=lambda pair: pair[0])
    return best if likeness >= _LEAST_LIKENESS else None


def _inverse(f: Framing) -> Framing:
    return Framing(-f.x / f.size, -f.y / f.size, 1 / f.size)


def _small(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Grey values of the picture made small, without its slow changes of brightness: edges tell the place."""
    height = max(8, round(_LOOKED_AT * picture.shape[0] / picture.shape[1]))
    small = Image.fromarray(picture).convert("L").resize((_LOOKED_AT, height), Image.Resampling.BOX)
    return np.asarray(small, np.float64)


def _inside(wide: NDArray[np.float64], close: NDArray[np.float64]) -> tuple[float, Framing]:
    """(likeness -1..1, framing): where the close picture lies in the wide one, at the best of all scales."""
    best = (-1.0, WHOLE)
    h, w = wide.shape
    picture = Image.fromarray(close.astype(np.float32), mode="F")
    for scale in _SCALES:
        size = (round(w / scale), round(h / scale))
        part = np.asarray(picture.resize(size, Image.Resampling.BOX), np.float64)
        score = _correlation(wide, part)
        at = np.unravel_index(int(np.argmax(score)), score.shape)
        # At equal likeness a small scale is the better guess: less of a picture fits anywhere.
        likeness = float(score[at]) - 0.02 * (scale - 1)
        if likeness > best[0]:
            y, x = (float(v) for v in _refined(score, (int(at[0]), int(at[1]))))
            best = (likeness, Framing(x / w, y / h, 1 / scale))
    return best


def _correlation(wide: NDArray[np.float64], part: NDArray[np.float64]) -> NDArray[np.float64]:
    """Normalised cross-correlation at every place where the part lies inside the picture."""
    part = part - part.mean()
    n = part.size
    ones = np.ones_like(part)
    total = fftconvolve(wide, ones, mode="valid")
    square = fftconvolve(wide * wide, ones, mode="valid")
    spread = np.sqrt(np.maximum(square - total * total / n, 1e-6)) * np.sqrt(max((part * part).sum(), 1e-6))
    return fftconvolve(wide, part[::-1, ::-1], mode="valid") / spread


def _beside(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[float, Framing]:
    """(likeness, framing) where the pictures overlap in part at one scale, as before and after a pan.

    Correlation over the overlap alone (Padfield, Masked object registration in the Fourier domain, 2012).
    """
    ones, turned = np.ones_like(a), b[::-1, ::-1]
    count = np.maximum(fftconvolve(ones, ones), 1)
    sum_a, sum_b = fftconvolve(a, ones), fftconvolve(ones, turned)
    square_a, square_b = fftconvolve(a * a, ones), fftconvolve(ones, turned * turned)
    spread_a, spread_b = square_a - sum_a**2 / count, square_b - sum_b**2 / count
    score = (fftconvolve(a, turned) - sum_a * sum_b / count) / np.sqrt(np.maximum(spread_a * spread_b, 1e-3))
    score[count < _LEAST_OVERLAP * a.size] = -1
    at = np.unravel_index(int(np.argmax(score)), score.shape)
    y, x = _refined(score, (int(at[0]), int(at[1])))
    h, w = a.shape
    return float(score[at]), Framing((x - w + 1) / w, (y - h + 1) / h, 1.0)


def _refined(score: NDArray[np.float64], at: tuple[int, int]) -> tuple[float, float]:
    """The top of the parabola through the best place and its neighbours, each way."""
    found = list[float]()
    for axis, here in enumerate(at):
        if not 0 < here < score.shape[axis] - 1:
            found.append(float(here))
            continue
        before, middle, after = (
            float(score[(here + d, at[1]) if axis == 0 else (at[0], here + d)]) for d in (-1, 0, 1)
        )
        bend = before - 2 * middle + after
        found.append(here + (0.5 * (before - after) / bend if bend < 0 else 0.0))
    return found[0], found[1]


class PanelMove:
    """The frames of a move from one picture to another."""

    def __init__(self, start: NDArray[np.uint8], end: NDArray[np.uint8], move: str = "") -> None:
        """start, end: (H, W, 3) sRGB of one size. move: a `Move`'s word."""
        self._start, self._end = Image.fromarray(start), Image.fromarray(end)
        self.to = end_framing(start, end, move)
        """Where the end picture lies in the start picture; None: the pictures only dissolve."""
        self._gain = _gain(start, end, self.to) if self.to is not None else np.ones(3, np.float32)

    def at(self, t: float) -> NDArray[np.uint8]:
        """(H, W, 3) sRGB at 0 (the start picture, untouched) to 1 (the end picture)."""
        s = eased(t)
        if s <= 0:
            return np.array(self._start)
        if s >= 1:
            return np.array(self._end)
        size = self.to.size if self.to is not None else 1.0
        begin, end = _MIX_IN if size < 0.95 else _MIX_OUT if size > 1.05 else _MIX_LEVEL
        mix = eased((s - begin) / (end - begin))
        if self.to is None:
            a, b = np.asarray(self._start, np.float32), np.asarray(self._end, np.float32)
            return _rounded(a + (b - a) * mix)
        window = _between(WHOLE, self.to, s)
        in_end = Framing((window.x - self.to.x) / self.to.size, (window.y - self.to.y) / self.to.size,
                         window.size / self.to.size)  # fmt: skip
        # Both are brought to the brightness of the way between them, so that no edge shows.
        gain_a, gain_b = self._gain**s, self._gain ** (s - 1)
        if mix <= 0 and _within(window):
            return _rounded(_cut_out(self._start, window) * gain_a)
        if mix >= 1 and _within(in_end):
            return _rounded(_cut_out(self._end, in_end) * gain_b)
        a, mask_a = _seen(self._start, window)
        b, mask_b = _seen(self._end, in_end)
        a, b = a * gain_a, b * gain_b
        weight_a, weight_b = (1 - mix) * mask_a + 1e-4, mix * mask_b + 1e-4 * (mask_b > 0)
        # Beyond the edge of one picture the other one shows alone.
        share = (weight_b / (weight_a * (mask_a > 0) + weight_b + 1e-9))[..., None]
        return _rounded(a + (b - a) * share)


def _gain(start: NDArray[np.uint8], end: NDArray[np.uint8], to: Framing) -> NDArray[np.float32]:
    """(3,) how much brighter the end picture is than the start picture where both show the same."""
    seen, mask = _seen(Image.fromarray(start), to)
    both = mask[..., None] > 0
    before = (seen * both).mean(axis=(0, 1))
    after = (end * both).mean(axis=(0, 1))
    gain = (after + 1) / (before + 1)
    return np.clip(gain, 1 / _LARGEST_GAIN, _LARGEST_GAIN).astype(np.float32)


def _between(a: Framing, b: Framing, s: float) -> Framing:
    """A window on its way. Its size changes by equal factors in equal steps, and what stands still in the picture keeps
    standing still: a push-in closes in on one point."""
    size = a.size * (b.size / a.size) ** s
    along = (size - a.size) / (b.size - a.size) if abs(b.size - a.size) > 1e-4 else s
    return Framing(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along, size)


def _within(window: Framing) -> bool:
    """Whether a picture fills a window."""
    return min(window.x, window.y, 1 - window.x - window.size, 1 - window.y - window.size) >= 0


def _seen(picture: Image.Image, window: Framing) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a window shows of a picture, (H, W, 3), and a soft mask of where the picture is, (H, W)."""
    w, h = picture.size
    x = window.x + (np.arange(w, dtype=np.float32) + 0.5) / w * window.size
    y = window.y + (np.arange(h, dtype=np.float32) + 0.5) / h * window.size
    return _cut_out(picture, window), np.minimum.outer(_edge(y), _edge(x)).astype(np.float32)


def _cut_out(picture: Image.Image, window: Framing) -> NDArray[np.float32]:
    """What a window shows of a picture, resampled to the picture's size. Its edges go on beyond it."""
    w, h = picture.size
    left, top = window.x * w, window.y * h
    right, bottom = left + window.size * w, top + window.size * h
    pad = 0
    if not _within(window):
        pad = round(max(-left, -top, right - w, bottom - h)) + 4
        picture = Image.fromarray(np.pad(np.asarray(picture), ((pad, pad), (pad, pad), (0, 0)), mode="edge"))
    box = (left + pad, top + pad, right + pad, bottom + pad)
    return np.asarray(picture.resize((w, h), Image.Resampling.LANCZOS, box=box), np.float32)


def _edge(at: NDArray[Any]) -> NDArray[Any]:
    """1 inside 0..1, falling to 0 towards its ends."""
    inside = np.clip(np.minimum(at, 1 - at) / _FEATHER, 0, 1)
    return inside * inside * (3 - 2 * inside)


def _rounded(values: NDArray[Any]) -> NDArray[np.uint8]:
    return np.clip(values + 0.5, 0, 255).astype(np.uint8)
