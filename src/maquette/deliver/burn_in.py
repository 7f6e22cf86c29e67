"""What is written into the pictures: shot and timecode, the words that are said, and what the material may be used for.

Each distinct text is set once and kept; a frame then costs a few small blends.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from maquette.deliver import lettering
from maquette.deliver.lettering import BOLD
from maquette.film.timeline import Caption

ACTION_SAFE = 0.05
"""Nothing is written nearer to the edge than this part of the frame."""
TITLE_SAFE = 0.10
"""Captions stay within this."""
SMALL = 0.036
"""Height of the metadata over the frame's height."""
SPOKEN = 0.052
"""Height of captions over the frame's height."""
MARK_SIZE = 0.028
MOST_LINES = 2
_LEAST_PIXELS = 9
_WHITE, _NAME, _AMBER, _DARK = (255, 255, 255, 255), (255, 214, 120, 255), (255, 190, 70, 255), (10, 11, 13)
_PLATE_ALPHA = 150
_KEPT = 256


@dataclass(frozen=True)
class Label:
    """What stands on a frame."""

    left: str
    """Scene, shot and take."""
    timecode: str
    mark: str = ""
    proposed: bool = False
    """The shot is a proposal that nobody has accepted."""
    caption: Caption | None = None


@dataclass(frozen=True)
class _Patch:
    """Premultiplied colour and what is left of the picture under it, at a place."""

    x: int
    y: int
    colour: NDArray[np.uint16]
    """(h, w, 3), 0..255 times alpha."""
    under: NDArray[np.uint16]
    """(h, w, 1), 255 minus alpha."""

    def onto(self, pixels: NDArray[np.uint8], x: int | None = None) -> None:
        h, w = self.under.shape[:2]
        x = self.x if x is None else x
        part = pixels[self.y : self.y + h, x : x + w]
        # (v + 128 + (v >> 8)) >> 8 is v / 255 rounded, for v up to 65025.
        v = part * self.under[:, : part.shape[1]] + 128
        part[:] = self.colour[:, : part.shape[1]] + ((v + (v >> 8)) >> 8)


class BurnIn:
    """Writes labels into frames of one size."""

    def __init__(self, width: int, height: int) -> None:
        """width, height: pixels."""
        self._size = (width, height)
        # Text goes by the shorter side, so that an upright frame is not filled with it.
        side = min(height, round(width * 9 / 16)) if width >= height else width
        self._small = max(_LEAST_PIXELS, round(side * SMALL))
        self._spoken = max(_LEAST_PIXELS + 2, round(side * SPOKEN))
        self._mark = max(_LEAST_PIXELS - 1, round(side * MARK_SIZE))
        self._patches: OrderedDict[tuple[object, ...], _Patch] = OrderedDict()

    def write(self, pixels: NDArray[np.uint8], label: Label) -> None:
        """Write into an (H, W, 3) sRGB frame, in place."""
        if pixels.shape[:2] != self._size[::-1]:
            raise ValueError(f"frames of {self._size} are expected, not {pixels.shape[1::-1]}")
        if label.mark:
            self._patch(("mark", label.mark), lambda: self._mark_patch(label.mark)).onto(pixels)
        if label.proposed:
            self._patch(("proposed",), self._proposed_patch).onto(pixels)
        if label.left:
            self._patch(("left", label.left), lambda: self._left_patch(label.left)).onto(pixels)
        if label.timecode:
            self._write_timecode(pixels, label.timecode)
        if label.caption is not None and label.caption.words.strip():
            said = label.caption
            key = ("caption", said.speaker, said.words)
            self._patch(key, lambda: self._caption_patch(said.speaker, said.words)).onto(pixels)

    # --- parts ------------------------------------------------------------------------------------------------

    def _patch(self, key: tuple[object, ...], make: Callable[[], _Patch]) -> _Patch:
        found = self._patches.get(key)
        if found is None:
            found = self._patches[key] = make()
            if len(self._patches) > _KEPT:
                self._patches.popitem(last=False)
        self._patches.move_to_end(key)
        return found

    @property
    def _edge(self) -> tuple[int, int]:
        return round(self._size[0] * ACTION_SAFE), round(self._size[1] * ACTION_SAFE)

    @property
    def _row(self) -> int:
        """Height of a plate with metadata."""
        return round(self._small * 1.7)

    def _plate(self, text: str, size: int, x: int, y: int, fill: tuple[int, ...], right: bool = False) -> _Patch:
        """A line on a rounded plate whose left (or right) end is at `x` and whose top is at `y`."""
        room = self._size[0] - 2 * self._edge[0]
        set_line = lettering.line(lettering.shortened(text, BOLD, size, room - size), BOLD, size)
        w, h = round(set_line.width + size * 1.1), round(size * 1.7)
        image = _rounded(w, h, size * 0.38)
        set_line.draw(ImageDraw.Draw(image), size * 0.55, _baseline(h, size), fill)
        return _as_patch(image, x - w if right else x, y)

    def _left_patch(self, text: str) -> _Patch:
        x, edge = self._edge
        room = round(self._size[0] * 0.6) - x
        text = lettering.shortened(text, BOLD, self._small, room)
        return self._plate(text, self._small, x, self._size[1] - edge - self._row, _WHITE)

    def _mark_patch(self, text: str) -> _Patch:
        x, edge = self._edge
        return self._plate(text, self._mark, x, edge, (235, 235, 235, 255))

    def _proposed_patch(self) -> _Patch:
        x, edge = self._edge
        return self._plate("PROPOSED", self._mark, self._size[0] - x, edge, _AMBER, right=True)

    def _write_timecode(self, pixels: NDArray[np.uint8], text: str) -> None:
        """Figures in cells of one width, so that nothing trembles while they run."""
        size = self._small
        font = lettering.font(BOLD, size)
        cell = round(max(font.getlength(c) for c in "0123456789"))
        widths = [cell if c.isdigit() else round(font.getlength(c) + size * 0.12) for c in text]
        pad, height = round(size * 0.55), self._row
        x, y = self._size[0] - self._edge[0] - sum(widths) - 2 * pad, self._size[1] - self._edge[1] - height
        key = ("plate", sum(widths))
        self._patch(key, lambda: _as_patch(_rounded(sum(widths) + 2 * pad, height, size * 0.38), x, y)).onto(pixels)
        x += pad
        for sign, width in zip(text, widths, strict=True):
            self._patch(("figure", sign), lambda s=sign, w=width: _figure(s, w, height, y, size)).onto(pixels, x)
            x += width

    def _caption_patch(self, speaker: str, words: str) -> _Patch:
        size, lines = self._fitted(speaker, words)
        stroke, leading = max(1, round(size * 0.09)), round(size * 1.28)
        pad = stroke + round(size * 0.35)
        rows = [(speaker if i == 0 else "", text) for i, text in enumerate(lines)]
        widths = [_name_width(n, size) + _width(t, size) for n, t in rows]
        mirrored = _from_right(words)
        w, h = round(max(widths)) + 2 * pad, leading * len(rows) + 2 * pad

        def written(fill_name: object, fill: object, **more: object) -> Image.Image:
            image = lettering.blank(w, h)
            draw = ImageDraw.Draw(image)
            for i, ((n, text), width) in enumerate(zip(rows, widths, strict=True)):
                base = pad + leading * i + round(size * 0.95)
                left = (w - width) / 2
                name_x = left + width - _width(n, size) if mirrored else left
                lettering.line(n, BOLD, size).draw(draw, name_x, base, fill_name, **more)
                text_x = left if mirrored else left + _name_width(n, size)
                lettering.line(text, BOLD, size).draw(draw, text_x, base, fill, **more)
            return image

        black = (*_DARK, 255)
        soft = written(black, black, stroke_width=stroke + round(size * 0.08)).filter(
            ImageFilter.GaussianBlur(size * 0.16)
        )
        outline = written(black, black, stroke_width=stroke)
        image = Image.alpha_composite(Image.alpha_composite(soft, outline), written(_NAME, _WHITE))
        bottom = min(round(self._size[1] * (1 - TITLE_SAFE)), self._size[1] - self._edge[1] - self._row)
        return _as_patch(image, (self._size[0] - w) // 2, max(0, bottom - h + pad - round(size * 0.2)))

    def _fitted(self, speaker: str, words: str) -> tuple[int, list[str]]:
        """The caption's size and its lines: smaller where two lines do not hold it, cut off where nothing helps."""
        room = self._size[0] * (1 - 2 * TITLE_SAFE)
        for size in (self._spoken, round(self._spoken * 0.88), round(self._spoken * 0.76)):
            size = max(_LEAST_PIXELS, size)
            indent = _name_width(speaker, size)
            lines = lettering.wrapped(words, BOLD, size, room, indent)
            if len(lines) <= MOST_LINES:
                return size, _balanced(words, lines, size, room, indent)
        last = " ".join(lines[MOST_LINES - 1 :])
        return size, [*lines[: MOST_LINES - 1], lettering.shortened(last, BOLD, size, room)]


def _balanced(words: str, lines: list[str], size: int, room: float, indent: float) -> list[str]:
    """Two lines of about the same length read faster than a full one and a single word."""
    if len(lines) < 2:
        return lines
    low, high = room * 0.4, room
    for _ in range(7):
        middle = (low + high) / 2
        if len(lettering.wrapped(words, BOLD, size, middle, indent)) <= len(lines):
            high = middle
        else:
            low = middle
    return lettering.wrapped(words, BOLD, size, high, indent)


def _width(text: str, size: int) -> float:
    return lettering.line(text, BOLD, size).width if text else 0.0


def _name_width(speaker: str, size: int) -> float:
    """A speaker's name and the gap after it."""
    return _width(speaker, size) + round(size * 0.5) if speaker else 0.0


def _from_right(words: str) -> bool:
    """Whether the words are read from right to left: their first letter decides."""
    first = next((b for b in map(unicodedata.bidirectional, words) if b in ("L", "R", "AL")), "L")
    return first != "L"


def _baseline(height: int, size: int) -> float:
    """Where a line of capitals sits so that it is centred in a plate."""
    return (height + size * 0.727) / 2


def _rounded(w: int, h: int, radius: float) -> Image.Image:
    """A dark plate with smooth corners."""
    big = Image.new("L", (w * 4, h * 4), 0)
    ImageDraw.Draw(big).rounded_rectangle((0, 0, w * 4 - 1, h * 4 - 1), radius * 4, fill=_PLATE_ALPHA)
    image = Image.new("RGBA", (w, h), (*_DARK, 0))
    image.putalpha(big.resize((w, h), Image.Resampling.LANCZOS))
    return image


def _figure(sign: str, width: int, height: int, y: int, size: int) -> _Patch:
    image = lettering.blank(width, height)
    font = lettering.font(BOLD, size)
    x = (width - font.getlength(sign)) / 2
    ImageDraw.Draw(image).text((x, _baseline(height, size)), sign, font=font, fill=_WHITE, anchor="ls")
    return _as_patch(image, 0, y)


def _as_patch(image: Image.Image, x: int, y: int) -> _Patch:
    rgba = np.asarray(image, np.uint16)
    alpha = rgba[..., 3:]
    return _Patch(max(0, x), max(0, y), (rgba[..., :3] * alpha + 127) // 255, 255 - alpha)
