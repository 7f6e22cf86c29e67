"""The contact sheet: key paintings beside generated shots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import maquette

U8 = NDArray[np.uint8]

FONTS = Path(maquette.__file__).parent / "deliver" / "fonts"
THUMB_PX, GAP_PX, LABEL_PX = 400, 10, 26
GROUND, WORDS, KEY_FRAME = (24, 24, 26), (225, 222, 214), (226, 172, 60)


@dataclass(frozen=True, eq=False)
class Strip:
    """One row of the sheet."""

    label: str
    pictures: Mapping[str, U8]
    """Shot number -> picture; a shot that is missing leaves a gap."""


def sheet(title: str, shots: Sequence[str], keys: Sequence[str], strips: Sequence[Strip]) -> Image.Image:
    """A column for each shot, painted ones framed, and a row for each strip."""
    first = next(iter(strips[0].pictures.values()))
    height = round(THUMB_PX * first.shape[0] / first.shape[1])
    step_x, step_y = THUMB_PX + GAP_PX, height + LABEL_PX + GAP_PX
    page = Image.new("RGB", (GAP_PX + step_x * len(shots), 2 * LABEL_PX + step_y * len(strips)), GROUND)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONTS / "Inter-Regular.otf"), 17)
    pen.text((GAP_PX, 8), title, WORDS, font)
    for i, strip in enumerate(strips):
        top = 2 * LABEL_PX + i * step_y
        for j, shot in enumerate(shots):
            left = GAP_PX + j * step_x
            if shot not in strip.pictures:
                continue
            thumb = Image.fromarray(strip.pictures[shot]).resize((THUMB_PX, height), Image.Resampling.LANCZOS)
            page.paste(thumb, (left, top + LABEL_PX))
            pen.text((left, top + 4), f"{strip.label}   {shot}" + (" (key)" if shot in keys else ""), WORDS, font)
            if shot in keys:
                box = (left - 2, top + LABEL_PX - 2, left + THUMB_PX + 1, top + LABEL_PX + height + 1)
                pen.rectangle(box, outline=KEY_FRAME, width=3)
    return page
