"""What a painted crop is held against: colours from afar, and how it is made, by the distribution of filter responses.

Strokes of a painting cannot be foreseen, only their kind; so pixels count little and distributions much. The sliced
Wasserstein distance (Rabin et al. 2011) is taken on random filters that are fresh at every step (as in GPDM, Elnekave
and Weiss 2022): no pretrained network, and nothing fixed that could be overfitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import torch
import torch.nn.functional as fn
from torch import Tensor

from maquette.house.colour_map import code_of, linear_of

PATCH_PX, GABOR_PX = 7, 13
LEAST_SPREAD = 0.02
STRIDE_PX = 2
"""Responses are taken at every second pixel at full size, from a random corner: a quarter of the work."""


@dataclass(frozen=True)
class Weights:
    """Shares of the parts of the loss."""

    pixel: float = 0.1
    afar: float = 1.0
    texture: float = 0.3
    adversary: float = 0.03


@dataclass(frozen=True)
class Bank:
    """Fresh filters of a step."""

    patches: Tensor
    """(K, 3, 7, 7) of length 1"""
    gabor: Tensor
    """(K, 3, 13, 13)"""


def fresh_bank(generator: torch.Generator, patches: int = 12, gabors: int = 18) -> Bank:
    """Random unit patches, as pictures are compared with, and Gabor filters, which look for strokes."""
    noise = torch.randn((patches, 3, PATCH_PX, PATCH_PX), generator=generator)
    noise /= noise.flatten(1).norm(dim=1)[:, None, None, None]
    turn, phase = (torch.rand((2, gabors), generator=generator) * 2 * pi).unbind()
    wave = 2.5 * (10 / 2.5) ** torch.rand(gabors, generator=generator)
    across = wave * (0.35 + 0.3 * torch.rand(gabors, generator=generator))
    along = across * (1 + 2.5 * torch.rand(gabors, generator=generator))
    axis = torch.arange(GABOR_PX) - (GABOR_PX - 1) / 2
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    c, s = torch.cos(turn)[:, None, None], torch.sin(turn)[:, None, None]
    u, v = c * x + s * y, c * y - s * x
    shape = torch.exp(-((u / along[:, None, None]) ** 2 + (v / across[:, None, None]) ** 2) / 2)
    carrier = torch.cos(v * (2 * pi / wave)[:, None, None] + phase[:, None, None]) * shape
    carrier -= shape * (carrier.sum((1, 2)) / shape.sum((1, 2)))[:, None, None]
    # Half of them look at colour as much as at tone: broken colour lies in hue.
    colour = torch.randn((gabors, 3), generator=generator)
    colour[::2] = colour[::2] * 0.35 + 1
    filters = colour[:, :, None, None] * carrier[:, None]
    filters /= filters.flatten(1).norm(dim=1)[:, None, None, None]
    return Bank(noise, filters)


def texture_loss(made: Tensor, wanted: Tensor, bank: Bank, generator: torch.Generator, scales: int = 3) -> Tensor:
    """Mean over crops, filters and scales of the distance between sorted responses; (N, 3, H, W) each, 0..1."""
    total = made.new_zeros(())
    for scale in range(scales):
        if scale:
            made, wanted = fn.avg_pool2d(made, 2), fn.avg_pool2d(wanted, 2)
        for filters in (bank.patches, bank.gabor):
            if min(made.shape[2:]) < 2 * filters.shape[-1]:
                continue
            corner = torch.randint(STRIDE_PX, (2,), generator=generator).tolist() if scale == 0 else (0, 0)
            pair = torch.cat([made, wanted])[:, :, corner[0] :, corner[1] :]
            responses = fn.conv2d(pair, filters.to(made.device), stride=STRIDE_PX if scale == 0 else 1)
            ours, theirs = torch.sort(responses.flatten(2), dim=-1).values.chunk(2)
            # In spreads of the painting's own responses: broad strokes count as much as the fine ones on top of them.
            spread = theirs.std(-1, keepdim=True) + LEAST_SPREAD
            total = total + ((ours - theirs).abs() / spread).mean()
    return total / (2 * scales)


def pixel_loss(made: Tensor, wanted: Tensor, matter: Tensor) -> Tensor:
    """Charbonnier; matter: (N, 1, H, W) weight of each pixel, 1 on average."""
    return (torch.sqrt((made - wanted) ** 2 + 1e-4) * matter).mean()


def afar_loss(made: Tensor, wanted: Tensor, matter: Tensor) -> Tensor:
    """Colours as seen from afar: means of light over 8 and 16 pixels, in which a pixel counts as much as it matters."""
    ours, theirs = linear_of(made) * matter, linear_of(wanted) * matter
    total = made.new_zeros(())
    for side in (8, 16):
        weight = fn.avg_pool2d(matter, side)
        near, far = (code_of(fn.avg_pool2d(x, side) / weight) for x in (ours, theirs))
        total = total + ((near - far).abs() * weight).mean()
    return total / 2
