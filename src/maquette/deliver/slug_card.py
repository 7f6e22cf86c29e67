"""A card for a shot that is neither shot nor drawn: its number, how it is taken, what is seen and said."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from maquette.deliver import lettering
from maquette.deliver.lettering import BOLD, ITALIC, REGULAR
from maquette.film.timeline import Clip

_GROUND, _RULE = (24, 26, 30), (66, 70, 78)
_NUMBER, _TEXT, _SOFT, _SAID = (244, 242, 236), (226, 226, 222), (150, 155, 165), (255, 214, 120)
_TOP, _BOTTOM, _SIDE = 0.15, 0.74, 0.10
"""Kept clear for what is burnt in: parts of the height and of the width."""


def slug_card(clip: Clip, width: int, height: int) -> NDArray[np.uint8]:
    """(height, width, 3) sRGB: dark, with the shot's number large."""
    image = Image.new("RGB", (width, height), _GROUND)
    draw = ImageDraw.Draw(image)
    side = min(height, round(width * 9 / 16)) if width >= height else width
    left, room = round(width * _SIDE), round(width * (1 - 2 * _SIDE))
    large, middle, small = (max(9, round(side * share)) for share in (0.17, 0.046, 0.036))
    y = height * _TOP + large * 0.78
    number = lettering.shortened(clip.shot_number, BOLD, large, room * 0.7)
    end = lettering.line(number, BOLD, large).draw(draw, left - large * 0.06, y, _NUMBER)
    beside = end + large * 0.22
    if width - beside - left > room * 0.25:
        _beside(draw, clip, beside, y, left + room - beside, (middle, small))
        y += side * 0.05
    else:
        _beside(draw, clip, left, y + side * 0.14, room, (middle, small))
        y += side * 0.19
    draw.line((left, round(y), left + room, round(y)), fill=_RULE, width=max(1, round(side / 360)))
    _words(draw, clip, left, y + side * 0.035, room, height * _BOTTOM, middle)
    return np.array(image, np.uint8)


def _beside(
    draw: ImageDraw.ImageDraw, clip: Clip, x: float, baseline: float, room: float, sizes: tuple[int, int]
) -> None:
    """How the shot is taken, over the scene's heading."""
    middle, small = sizes
    lens = f"{clip.lens_mm:g} mm" if clip.lens_mm is not None else ""
    set_up = "  ·  ".join(part for part in (clip.size, clip.angle, clip.move, lens) if part)
    _one(draw, set_up, BOLD, middle, x, baseline - small * 1.75, room, _TEXT)
    _one(draw, clip.scene_heading, REGULAR, small, x, baseline, room, _SOFT)


def _one(
    draw: ImageDraw.ImageDraw, text: str, name: str, size: int, x: float, y: float, room: float, fill: object
) -> None:  # fmt: skip
    lettering.line(lettering.shortened(text, name, size, room), name, size).draw(draw, x, y, fill)


def _words(
    draw: ImageDraw.ImageDraw, clip: Clip, x: float, top: float, room: float, bottom: float, size: int
) -> None:  # fmt: skip
    """What is seen, then what is said, as far as there is space: at least a line of each."""
    leading = size * 1.42
    most = max(1, int((bottom - top) / leading))
    seen = lettering.wrapped(clip.description, REGULAR, size, room)
    said = [row for speaker, words in _speeches(clip) for row in _speech(speaker, words, size, room)]
    seen = _first(seen, most - min(len(said), max(1, most // 2)) if said else most)
    for i, text in enumerate(seen):
        lettering.line(text, REGULAR, size).draw(draw, x, top + leading * i + size, _TEXT)
    top += leading * (len(seen) + (0.45 if seen else 0))
    for i, (speaker, text) in enumerate(said[: max(0, int((bottom - top) / leading + 0.25))]):
        y = top + leading * i + size
        after = lettering.line(speaker, BOLD, size).draw(draw, x, y, _SAID)
        lettering.line(text, ITALIC, size).draw(draw, after, y, _TEXT)


def _first(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip(" .,;") + " …"]


def _speeches(clip: Clip) -> list[tuple[str, str]]:
    """Captions of one speech that follow one another, together again."""
    found: list[tuple[str, str]] = []
    for caption in clip.captions:
        if found and found[-1][0] == caption.speaker:
            found[-1] = (caption.speaker, f"{found[-1][1]} {caption.words}")
        else:
            found.append((caption.speaker, caption.words))
    return found


def _speech(speaker: str, words: str, size: int, room: float) -> list[tuple[str, str]]:
    name = f"{speaker}  " if speaker else ""
    indent = lettering.line(name, BOLD, size).width if name else 0.0
    rows = lettering.wrapped(words, ITALIC, size, room, indent)
    return [(name if i == 0 else "", row) for i, row in enumerate(rows)]
