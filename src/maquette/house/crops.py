"""Keys as training sees them: features computed once, for several hands, and cut into crops."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from maquette.film.errors import UsageError
from maquette.film.passes import Passes
from maquette.house.colour_map import ColourMap
from maquette.house.direction import fitted_rule
from maquette.house.features import DEPTH_CHANNEL, features_of, grey_of, picture_tensor, seen_of
from maquette.house.surface import surface_of

U8 = NDArray[np.uint8]
FORGOTTEN = ((3, 4, 5), (6, 7, 8), (9,), (14,))
"""Groups of channels that are left out now and then, so that no key's depth or surface is learnt by heart."""
FORGET = 0.12
COMMON = 0.02
"""Share of a picture that a part covers which matters as it is; smaller ones matter more, larger ones less."""
UNPAINTED = 1e-3
"""What is left open matters this little: not nothing, since weighed means are divided by it."""
LEAST_MATTER, MOST_MATTER, PEOPLE = 0.6, 2.5, 1.5
DEPTH_SHIFT = 0.4
"""Depths are shifted by up to so much at random: how far away a key was is no reason for a colour."""


@dataclass(frozen=True, eq=False)
class Example:
    """A key: a frame and the artist's painting of it."""

    passes: Passes
    """Light balanced."""
    picture: U8
    """(H, W, 3) sRGB codes as developed, without a look."""
    painting: U8
    """(H, W, 3) sRGB codes, registered on the frame."""
    name: str = ""
    """What people call the frame."""
    painted: U8 | None = None
    """(H, W) 0..255 where the artist painted; None: everywhere. What she left open teaches nothing."""

    def digest(self) -> str:
        """SHA-256 of painting and picture."""
        whole = hashlib.sha256()
        for pixels in (self.painting, self.picture, *(() if self.painted is None else (self.painted,))):
            whole.update(str(pixels.shape).encode() + np.ascontiguousarray(pixels).tobytes())
        return whole.hexdigest()


def check_examples(examples: Sequence[Example]) -> None:
    """Raises UsageError for keys that nothing can be learnt from."""
    if not examples:
        raise UsageError("There is no painting to train on: add a key first.")
    for example in examples:
        size = example.passes.depth.shape
        called = example.name or "A key"
        if example.painting.shape != (*size, 3) or example.picture.shape != (*size, 3):
            raise UsageError(
                f"{called}: frame and painting differ in size; give the painting back at the frame's size."
            )
        if min(size) < 32:
            raise UsageError(f"{called}: {size[1]}x{size[0]} pixels are too few to learn from; use 640x360.")
        if float(example.painting.std()) < 2:
            raise UsageError(f"{called}: the painting is one colour everywhere; nothing can be learnt from it.")
        if example.painted is not None and example.painted.shape != size:
            raise UsageError(f"{called}: where it is painted and the frame differ in size; add the painting again.")


@dataclass(frozen=True, eq=False)
class Keys:
    """All keys on the device, at full size."""

    features: tuple[tuple[Tensor, ...], ...]
    """[key][hand]: (CHANNELS, H, W) float16"""
    paintings: tuple[Tensor, ...]
    """(3, H, W) float32, 0..1"""
    rule: tuple[float, ...]
    colours: ColourMap
    chances: tuple[Tensor, ...]
    """(h, w) cumulative chance of a crop's middle, at an eighth of the size: faces come up more often."""
    matters: tuple[Tensor, ...]
    """(1, H, W) how much a pixel's colour counts, 1 on average."""

    def crops(self, count: int, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """(count, CHANNELS, size, size), (count, 3, size, size), and (count, 1, size, size) what its pixels matter."""
        inputs: list[Tensor] = []
        wanted: list[Tensor] = []
        matter: list[Tensor] = []
        for _ in range(count):
            pick = torch.rand(4, generator=generator)
            key = int(pick[0] * len(self.paintings))
            hands = self.features[key]
            features = hands[int(pick[1] * len(hands))]
            y, x = self._corner(key, size, generator)
            part = features[:, y : y + size, x : x + size].to(torch.float32)
            inputs.append(_forgetful(part, generator))
            wanted.append(self.paintings[key][:, y : y + size, x : x + size])
            matter.append(self.matters[key][:, y : y + size, x : x + size])
        return torch.stack(inputs), torch.stack(wanted), torch.stack(matter)

    def _corner(self, key: int, size: int, generator: torch.Generator) -> tuple[int, int]:
        height, width = self.paintings[key].shape[1:]
        chance = self.chances[key]
        draw, jitter = torch.rand(1, generator=generator), torch.rand(2, generator=generator)
        cell = int(torch.searchsorted(chance.reshape(-1), draw * chance.reshape(-1)[-1]).clamp(max=chance.numel() - 1))
        row, column = divmod(cell, chance.shape[1])
        y = int((row + float(jitter[0])) * 8 - size / 2)
        x = int((column + float(jitter[1])) * 8 - size / 2)
        return min(max(y, 0), height - size), min(max(x, 0), width - size)


def _forgetful(part: Tensor, generator: torch.Generator) -> Tensor:
    draws = torch.rand(len(FORGOTTEN) + 1, generator=generator)
    part[DEPTH_CHANNEL] += (float(draws[-1]) * 2 - 1) * DEPTH_SHIFT
    for draw, channels in zip(draws, FORGOTTEN, strict=False):
        if float(draw) < FORGET:
            part[list(channels)] = 0
    return part


def keys_of(examples: Sequence[Example], hands: int, seed: int, device: torch.device, map_colours: bool = True) -> Keys:
    """The examples, ready for training. hands: random stroke fields to each; map_colours: see `train.Settings`."""
    check_examples(examples)
    seen = []
    for example in examples:
        greys = (grey_of(picture_tensor(p, device)) for p in (example.picture, example.painting))
        seen.append((surface_of(example.passes, device), *greys))
    rule = fitted_rule(seen)
    paintings = tuple(picture_tensor(e.painting, device) for e in examples)
    matters = [_matter(e.passes, e.painted) for e in examples]
    kept = tuple(torch.from_numpy(m)[None].to(device) for m in matters)
    colours = ColourMap().to(device)
    views = [seen_of(s[0], picture_tensor(e.picture, device)) for s, e in zip(seen, examples, strict=True)]
    colours.fit(views, paintings, kept, torch.Generator().manual_seed(seed), map_colours)
    features = tuple(
        tuple(
            features_of(e.passes, e.picture, rule, colours, seed + 101 * hand, device).tensor.to(torch.float16)
            for hand in range(hands)
        )
        for e in examples
    )
    chances = tuple(_chance(m) for m in matters)
    return Keys(features, paintings, rule, colours, chances, kept)


def _matter(passes: Passes, painted: U8 | None) -> NDArray[np.float32]:
    """(H, W) how much a pixel matters: people and small things more than a wall of which there is plenty, so that who
    stands far away in a painting is known when another shot shows the same person close."""
    ids, where, counts = np.unique(passes.part_id, return_inverse=True, return_counts=True)
    share = counts / passes.part_id.size
    names = [passes.part_names[i] if i else "" for i in ids]
    kind = np.array([PEOPLE if n.startswith("cast/") else 1.0 for n in names])
    weight = kind * np.clip((COMMON / share) ** 0.5, LEAST_MATTER, MOST_MATTER)
    found = weight[where].reshape(passes.part_id.shape)
    if painted is not None:
        found = found * np.maximum(painted / 255, UNPAINTED)
    return (found / found.mean()).astype(np.float32)


def _chance(matter: NDArray[np.float32]) -> Tensor:
    """(h, w) cumulative."""
    rows, columns = matter.shape[0] // 8, matter.shape[1] // 8
    cells = matter[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8).mean((1, 3), dtype=np.float64)
    return torch.from_numpy(cells.reshape(-1).cumsum().reshape(cells.shape)).to(torch.float32)
