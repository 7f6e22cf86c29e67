"""Times of what is done to a finished set of passes: python bench/drawing.py; `make bench` prints it, too.

colours    a look's colours on a picture of 640x360              wanted: at most 20 ms
finish     grain, halation, vignette and lens on it              no figure is asked
drawn      each drawn medium, from passes to picture             wanted: at most 400 ms
house      the house model's features, network and history       wanted: at most 200 ms
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

import maquette
from maquette.film.look import Finish
from maquette.film.passes import Passes
from maquette.film.request import FrameSettings
from maquette.film.style import PanelStyle
from maquette.generate import GENERATORS, DrawSettings
from maquette.house.crops import Example
from maquette.house.paint import HousePainter
from maquette.house.train import Settings, train
from maquette.look.colour import coloured
from maquette.look.finish import finished
from maquette.look.starts import STARTS
from maquette.studio.develop import balanced

EXAMPLE = Path(__file__).parents[1] / "examples" / "the-last-ferry.fountain"
SHOT = "2F"
TURNS = 5
RICH = Finish(grain=0.4, halation=0.4, vignette=0.4, softness_px=0.6, edge_softness_px=1, fringe_px=0.6)


def milliseconds(work: Callable[[], object]) -> float:
    """Median time of `TURNS` calls after one to warm up."""
    work()
    times: list[float] = []
    for _ in range(TURNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times)


def _frame() -> tuple[Passes, np.ndarray]:
    """A two-shot with everything that drawn media need, and its picture."""
    with tempfile.TemporaryDirectory() as folder, maquette.new(Path(folder) / "film", script=EXAMPLE) as film:
        shot = next(s for s in film.shots if s.number == SHOT)
        frame = FrameSettings(width=640, height=360, style=PanelStyle.INK)
        request = film.request(film.screenplay, shot, frame, Fraction(0))
        passes = balanced(film.studio.draw(request).passes)
        plain = request.model_copy(update={"frame": frame.model_copy(update={"style": PanelStyle.PHOTO})})
        return passes, film.studio.draw(plain).pixels


def _painter(passes: Passes, picture: np.ndarray) -> HousePainter:
    """Two steps of training: how well a network paints does not change how long it takes."""
    small = Example(passes, picture, picture[..., ::-1].copy(), "shot")
    return HousePainter(train([small], Settings(steps=2, hands=1)).weights)


def lines() -> list[str]:
    """What `make bench` prints."""
    passes, picture = _frame()
    colour = STARTS["bleach"].recipe.colour
    drawn = {
        name: milliseconds(lambda g=generator: g.draw(passes, picture, DrawSettings(seed=1)))
        for name, generator in GENERATORS.items()
        if name != PanelStyle.PHOTO
    }
    painter = _painter(passes, picture)
    height, width = picture.shape[:2]
    still = {
        "motion_back": np.zeros((height, width, 2), np.float32),
        "motion_back_visible": np.ones((height, width), np.float32),
    }
    moving = replace(passes, extra=passes.extra | still)
    media = [f"{name} {took:.0f}" for name, took in drawn.items()]
    return [
        f"look       {milliseconds(lambda: coloured(picture, colour)):.1f} ms for the colours of a 640x360 picture,",
        f"           {milliseconds(lambda: finished(picture, RICH, 1.0, 1, 0)):.0f} ms for grain, halation, "
        "vignette and lens together",
        f"drawn      {', '.join(media[:5])},",
        f"           {', '.join(media[5:])} ms",
        f"house      {milliseconds(lambda: painter.paint(moving, picture, picture, 1)):.0f} ms a frame, features and "
        "history included",
    ]


if __name__ == "__main__":
    print("\n".join(lines()))
