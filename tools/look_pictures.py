"""The pictures of looks in the documentation: one shot in six looks, and shots fitted to references."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import reference_art
from numpy.typing import NDArray
from PIL import Image

from maquette.film.look import Look
from maquette.look.art import Art
from maquette.look.colour import coloured
from maquette.look.finish import finished
from maquette.look.propose import look_from
from maquette.look.starts import STARTS

Pixels = NDArray[np.uint8]
Labelled = tuple[str, str, Pixels]
"""Name, what is said of it, (H, W, 3)."""
SEED = 1


def in_look(developed: Pixels, look: Look) -> Pixels:
    """A developed picture in a look's colours, with its film and lens."""
    return finished(coloured(developed, look.recipe.colour), look.recipe.finish, 1.0, SEED, 0)


def six_looks(developed: Pixels) -> list[Labelled]:
    """One picture in the six ready-made looks."""
    return [(look.name, "", in_look(developed, look)) for look in STARTS.values()]


def from_references(developed: Sequence[Pixels]) -> list[Labelled]:
    """A row a reference: the reference itself, and the pictures in the look that was fitted to it, one fit for all."""
    height, width = developed[0].shape[:2]
    tiles: list[Labelled] = []
    for name, make in reference_art.ART.items():
        pixels = make()
        counted = np.ones(pixels.shape[:2], bool)
        look = look_from(
            name, [Art(f"{name}.png", ".png", pixels.shape[1], pixels.shape[0], pixels, counted)], developed
        )
        tiles.append((name, "reference", _cropped(pixels, width, height)))
        tiles += [("", "", in_look(picture, look)) for picture in developed]
    return tiles


def _cropped(pixels: Pixels, width: int, height: int) -> Pixels:
    """The middle of a picture at another size."""
    image = Image.fromarray(pixels)
    scale = max(width / image.width, height / image.height)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return np.asarray(image.crop((left, top, left + width, top + height)))
