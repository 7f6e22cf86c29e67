"""What is compared: ways from a previs frame to the painter's, given the same few key paintings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from painter import paint
from scipy.ndimage import map_coordinates

from maquette.film.passes import Passes
from maquette.house.crops import Example
from maquette.house.losses import Weights
from maquette.house.paint import HousePainter
from maquette.house.project import projected
from maquette.house.train import Settings, train

from .frames import Frame
from .transfer import fitted

U8 = NDArray[np.uint8]

Painter = Callable[[Passes, U8, U8 | None], U8]
"""(passes, picture, the frame before as this method made it, if there is one) -> picture in the style."""


@dataclass(frozen=True, eq=False)
class Key:
    """A frame and the artist's painting of it."""

    frame: Frame
    painting: U8


@dataclass(frozen=True)
class Setting:
    """What a method may need beside the keys."""

    style: str
    minutes: float
    """For training."""
    seed: int
    folder: Path
    """Where weights are kept."""


Method = Callable[[Sequence[Key], Setting], Painter]


def unstyled(keys: Sequence[Key], setting: Setting) -> Painter:
    """The previs as it is."""
    return lambda passes, picture, before: picture


def transfer(keys: Sequence[Key], setting: Setting) -> Painter:
    """Colours alone: Oklab optimal transport, one fit for the sequence."""
    fit = fitted([k.frame.picture for k in keys], [k.painting for k in keys], setting.seed)
    return lambda passes, picture, before: fit.applied(picture)


def painter(keys: Sequence[Key], setting: Setting) -> Painter:
    """The artist, painting the same frame once more: what no method can be expected to surpass."""
    seeds = iter(range(1000, 10_000))
    return lambda passes, picture, before: paint(passes, picture, setting.style, next(seeds))


def carried(keys: Sequence[Key], setting: Setting) -> Painter:
    """The artist's first frame, in takes carried from frame to frame by exact motion: strokes that stick without fail.
    Its warping error is what the measure itself makes of strokes so crisp, since it looks pictures up linearly."""
    seeds = iter(range(1000, 10_000))

    def painted(passes: Passes, picture: U8, before: U8 | None) -> U8:
        if before is None:
            return paint(passes, picture, setting.style, next(seeds))
        shift = passes.extra["motion_back"]
        y, x = np.mgrid[0 : shift.shape[0], 0 : shift.shape[1]].astype(np.float32)
        place = [y + shift[..., 1], x + shift[..., 0]]
        bands = [map_coordinates(before[..., c].astype(np.float32), place, order=3, mode="nearest") for c in range(3)]
        return (np.stack(bands, -1).clip(0, 255) + 0.5).astype(np.uint8)

    return painted


def projection(keys: Sequence[Key], setting: Setting) -> Painter:
    """The paintings laid on the surfaces that they show, without learning; elsewhere colours alone."""
    examples = examples_of(keys)
    return lambda passes, picture, before: projected(examples, passes, picture)[0]


def house(keys: Sequence[Key], setting: Setting) -> Painter:
    """The house model, every frame for itself."""
    model = HousePainter(trained(keys, setting, "house"))
    return lambda passes, picture, before: model.paint(passes, picture, None, setting.seed)


def house_with_history(keys: Sequence[Key], setting: Setting) -> Painter:
    """The house model with part of the frame before carried along."""
    model = HousePainter(trained(keys, setting, "house"))
    return lambda passes, picture, before: model.paint(passes, picture, before, setting.seed)


def without(name: str, changed: Settings) -> Method:
    """The house model with one part taken away."""

    def build(keys: Sequence[Key], setting: Setting) -> Painter:
        model = HousePainter(trained(keys, setting, name, changed))
        return lambda passes, picture, before: model.paint(passes, picture, before, setting.seed)

    return build


def trained(keys: Sequence[Key], setting: Setting, name: str, changed: Settings | None = None) -> bytes:
    """Weights trained from the keys once and kept in the setting's folder. Stopped, training goes on where it was."""
    path = setting.folder / f"{name}.safetensors"
    if not path.exists():
        folder = setting.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        settings = replace(changed or Settings(), minutes=setting.minutes, seed=setting.seed)
        result = train(examples_of(keys), settings, folder)
        part = path.with_suffix(".part")
        part.write_bytes(result.weights)
        part.replace(path)
    return path.read_bytes()


def examples_of(keys: Sequence[Key]) -> list[Example]:
    """The keys as the house model takes them."""
    return [Example(k.frame.passes, k.frame.picture, k.painting, k.frame.name) for k in keys]


METHODS: dict[str, Method] = {
    "unstyled": unstyled,
    "transfer": transfer,
    "projection": projection,
    "house": house,
    "house+history": house_with_history,
    "painter": painter,
    "carried": carried,
}
ABLATIONS: dict[str, Method] = {
    "no colour map": without("no colour map", Settings(map_colours=False)),
    "no strokes": without("no strokes", Settings(strokes=False)),
    "no texture loss": without("no texture loss", Settings(losses=Weights(texture=0.0))),
    "no critic": without("no critic", Settings(losses=Weights(adversary=0.0))),
    "neither loss": without("neither loss", Settings(losses=Weights(texture=0.0, adversary=0.0))),
}
"""Each with history."""
