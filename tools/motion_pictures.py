"""The moving pictures of the documentation: a take as a short clip, and its motion vectors made visible."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import maquette
from maquette.deliver.contact_sheet import FONT
from maquette.pipeline.shoot import ShootSettings, shoot, shoot_request
from maquette.studio.shoot import Shooting

Pixels = NDArray[np.uint8]
SCRIPT = Path(__file__).resolve().parent.parent / "examples" / "the-walk.fountain"
SHOT = "1"
CLIP_SIZE, CLIP_STEP = "384x216", 2
"""The clip shows every second frame, so that it stays small."""
DRAWN_STYLE, DRAWN_SIZE, DRAWN_SECONDS = "ink-wash", "320x180", "1.5"
STRIP_FRAMES = (44, 46, 48, 50)
FULL_SCALE_PX = 12.0
"""Motion of so many pixels a frame has full brightness."""
INK, PAPER = (27, 28, 30), (250, 249, 246)


def clip(work: Path) -> list[Image.Image]:
    """Frames of a push-in on somebody who walks and talks, `CLIP_STEP` frames of the take apart."""
    with _film(work) as production:
        taken = shoot(production, SHOT, ShootSettings(size=CLIP_SIZE))
        return [Image.open(p).convert("RGB") for p in production.take_frames(taken.record)[::CLIP_STEP]]


def drawn(work: Path) -> list[Image.Image]:
    """Frames of the same shot, shorter, in a drawn medium: strokes and washes stick to what they depict."""
    with _film(work) as production:
        settings = ShootSettings(size=DRAWN_SIZE, style=DRAWN_STYLE, seconds=DRAWN_SECONDS)
        taken = shoot(production, SHOT, settings)
        return [Image.open(p).convert("RGB") for p in production.take_frames(taken.record)[::CLIP_STEP]]


def vectors(work: Path) -> Image.Image:
    """A strip of frames over their vectors to the frame before."""
    with _film(work) as production:
        request, _ = shoot_request(production, SHOT, ShootSettings(size="640x360"))
        shooting = Shooting(production.studio, request)
        shooting.starts_at = request.motion.rate.seconds(STRIP_FRAMES[0] - 3)
        columns: list[tuple[str, Pixels, Pixels]] = []
        for frame in shooting.frames():
            number = STRIP_FRAMES[0] - 3 + frame.index
            if number in STRIP_FRAMES:
                shift = frame.passes.extra["motion_back"]
                columns.append((f"frame {1001 + number}", frame.pixels, motion_as_colour(shift)))
            if number >= STRIP_FRAMES[-1]:
                break
    return _strip(columns)


def motion_as_colour(shift: NDArray[np.float32]) -> Pixels:
    """(H, W, 3) of vectors (H, W, 2): direction as hue, length as brightness."""
    wheel = np.array([colorsys.hsv_to_rgb(i / 360, 0.85, 1.0) for i in range(360)])
    angle = (np.degrees(np.arctan2(shift[..., 1], shift[..., 0])) % 360).astype(int) % 360
    length = np.clip(np.linalg.norm(shift, axis=2) / FULL_SCALE_PX, 0, 1)[..., None]
    return np.asarray(np.round((wheel[angle] * length + 0.06) / 1.06 * 255), np.uint8)


def _film(work: Path) -> maquette.pipeline.Production:
    root = work / "walk"
    return maquette.open(root) if root.exists() else maquette.new(root, script=SCRIPT)


def _strip(columns: Sequence[tuple[str, Pixels, Pixels]]) -> Image.Image:
    gap, label, width = 14, 34, 400
    font = ImageFont.truetype(str(FONT), 20)
    height = width * 9 // 16
    paper = Image.new("RGB", (gap + len(columns) * (width + gap), 3 * gap + 2 * height + label), PAPER)
    draw = ImageDraw.Draw(paper)
    for i, (name, pixels, colours) in enumerate(columns):
        x = gap + i * (width + gap)
        for row, picture in enumerate((pixels, colours)):
            scaled = Image.fromarray(picture).resize((width, height), Image.Resampling.LANCZOS)
            paper.paste(scaled, (x, gap + row * (height + gap)))
        draw.text((x, 2 * gap + 2 * height + 6), name, fill=INK, font=font)
    return paper
