"""A clip of a take by the house model. A stroke painter, `bench/painter`, stands in for the production's artist."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

import maquette
from maquette.film.style import PanelStyle
from maquette.imaging.png import encode_png
from maquette.pipeline.house import train_look
from maquette.pipeline.key_frames import rendered, request_to_paint
from maquette.pipeline.looks import Looks
from maquette.pipeline.paintover import add_key, paint
from maquette.pipeline.production import Production
from maquette.pipeline.shoot import ShootSettings, shoot

HERE = Path(__file__).resolve().parent.parent
SCRIPT = HERE / "examples" / "looks" / "the-bee-lesson.fountain"
KEYS, SHOT = ("1", "1C", "2"), "1D"
"""What is painted, and a push-in that looks the other way."""
STYLE, LOOK = "oil", "Meadow"
MINUTES = 8.0
SECONDS, STEP, WIDTH = "1.5", 2, 336
"""Length of the take, every so manyth frame, and the width of each half of the clip."""


def clip(work: Path) -> list[Image.Image]:
    """Frames of a shot that no painting shows: the previs, and the same as the house model paints it."""
    with maquette.new(work / "bees", script=SCRIPT) as production:
        looks = Looks(production)
        looks.new_plain(LOOK)
        for number in KEYS:
            _painted(production, number, work)
        train_look(production, LOOK, minutes=MINUTES)
        looks.apply("production", LOOK)
        previs = shoot(production, SHOT, ShootSettings(seconds=SECONDS, style=PanelStyle.PHOTO.value))
        painted = shoot(production, SHOT, ShootSettings(seconds=SECONDS, backend="house"))
        pairs = zip(*(production.take_frames(t.record)[::STEP] for t in (previs, painted)), strict=True)
        return [_beside([Image.open(p).convert("RGB") for p in pair]) for pair in pairs]


def _painted(production: Production, number: str, work: Path) -> None:
    """A frame goes out, the painter paints it, and it comes back as a key."""
    sys.path.insert(0, str(HERE / "bench"))
    import painter

    file = work / f"{number}.png"
    handed = paint(production, number, format_name="png", out=file)
    made = rendered(production.studio, request_to_paint(production, number, handed.frame.moment_s))
    file.write_bytes(encode_png(painter.paint(made.passes, made.picture, STYLE, 1)))
    add_key(production, LOOK, number, file, artist="bench/painter")


def _beside(frames: list[Image.Image]) -> Image.Image:
    halves = [f.resize((WIDTH, WIDTH * f.height // f.width), Image.Resampling.LANCZOS) for f in frames]
    return Image.fromarray(np.concatenate([np.asarray(h) for h in halves], axis=1))
