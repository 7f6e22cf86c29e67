"""A contact sheet: all panels on one picture, numbered."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import ceil
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).with_name("fonts") / "Inter-SemiBold.otf"
_INK, _PAPER, _GREY = (27, 28, 30), (250, 249, 246), (120, 122, 126)


def contact_sheet(
    panels: Sequence[tuple[str, str, bytes]], columns: int = 4, tile_width: int = 400, title: str = ""
) -> bytes:
    """JPEG bytes of (number, caption, encoded picture) tiles in reading order, on paper white."""
    gap, label, head = 18, 26, 54 if title else 18
    small = ImageFont.truetype(str(FONT), 15)
    large = ImageFont.truetype(str(FONT), 24)
    tiles = [Image.open(io.BytesIO(data)).convert("RGB") for _, _, data in panels]
    tile_height = max((round(tile_width * t.height / t.width) for t in tiles), default=tile_width * 9 // 16)
    rows = max(1, ceil(len(tiles) / columns))
    size = (gap + columns * (tile_width + gap), head + rows * (tile_height + label + gap) + gap // 2)
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    if title:
        draw.text((gap, 14), title, fill=_INK, font=large)
    for i, ((number, caption, _), tile) in enumerate(zip(panels, tiles, strict=True)):
        x = gap + (i % columns) * (tile_width + gap)
        y = head + (i // columns) * (tile_height + label + gap)
        height = round(tile_width * tile.height / tile.width)
        sheet.paste(tile.resize((tile_width, height), Image.Resampling.LANCZOS), (x, y))
        draw.rectangle((x - 1, y - 1, x + tile_width, y + height), outline=_INK)
        draw.text((x, y + height + 5), number, fill=_INK, font=small)
        offset = draw.textlength(number, font=small) + 8
        draw.text((x + offset, y + height + 5), _cut(draw, caption, small, tile_width - offset), fill=_GREY, font=small)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=88)
    return out.getvalue()


def _cut(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if draw.textlength(text, font=font) <= width:
        return text
    while text and draw.textlength(text + "…", font=font) > width:
        text = text[:-1]
    return text.rstrip() + "…"
