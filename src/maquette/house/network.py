"""The network: what is seen of a frame in, a painted frame out. Small enough for two cores and for two paintings."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as fn
from torch import Tensor, nn

from maquette.house.colour_map import ColourMap
from maquette.house.features import CHANNELS, PAINTED_FROM

NETWORK_VERSION = 4
"""Goes up with every change of features or network: weights of another version do not fit."""
SLOPE = 0.1
REACH_PX = (1 + 2 + 2) + (2 + 4 + 4) + 4 * 6 + (4 + 2) + (2 + 1)
"""How far the network itself looks: 3x3 convolutions at full, half and quarter size, and the filters between sizes."""


@dataclass(frozen=True)
class Widths:
    """Channels at full, half and quarter size, and residual blocks at the last."""

    full: int = 16
    half: int = 32
    quarter: int = 48
    blocks: int = 3


class _Block(nn.Module):
    """x + conv(lrelu(conv(x))); starts as x."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(_bent(self.first(x)))


class HouseNetwork(nn.Module):
    """U-Net without normalisation, whose statistics would differ from shot to shot, on top of one map of colours.

    Sizes are changed with filters that pass little of what the smaller size cannot carry (Zhang 2019, "Making
    convolutional networks shift-invariant again"). Without them strokes changed with every pixel that a picture moved.
    """

    def __init__(self, widths: Widths | None = None) -> None:
        super().__init__()
        w = widths or Widths()
        self.widths = w
        self.enter = nn.Conv2d(CHANNELS, w.full, 1)
        self.at_full = nn.Conv2d(w.full, w.full, 3, padding=1)
        self.to_half = nn.Conv2d(w.full, w.half, 3, padding=1)
        self.to_quarter = nn.Conv2d(w.half, w.quarter, 3, padding=1)
        self.blocks = nn.Sequential(*(_Block(w.quarter) for _ in range(w.blocks)))
        self.from_quarter = nn.Conv2d(w.quarter, w.half, 1)
        self.at_half = nn.Conv2d(w.half, w.half, 3, padding=1)
        self.from_half = nn.Conv2d(w.half, w.full, 1)
        self.last = nn.Conv2d(w.full, w.full, 3, padding=1)
        self.leave = nn.Conv2d(w.full, 3, 1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias if self.leave.bias is not None else self.leave.weight)
        self.straight = nn.Conv2d(CHANNELS, 3, 1, bias=False)
        nn.init.zeros_(self.straight.weight)
        self.colours = ColourMap()

    def forward(self, x: Tensor) -> Tensor:
        """(N, CHANNELS, H, W) -> (N, 3, H, W) sRGB about 0..1; H and W multiples of 4."""
        entered, straight = self._entered(x)
        full = _bent(self.at_full(_bent(entered)))
        half = _bent(self.to_half(_halved(full)))
        deep = self.blocks(_bent(self.to_quarter(_halved(half))))
        half = _bent(self.at_half(half + _grown(self.from_quarter(deep))))
        full = _bent(self.last(full + _grown(self.from_half(half))))
        return x[:, PAINTED_FROM : PAINTED_FROM + 3] + 0.5 + straight + self.leave(full)

    def _entered(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """What `enter` and `straight` give, in one product: two convolutions would move all channels about in memory
        first, which takes longer than all the rest of the work at full size."""
        size = x.shape[2:]
        weights = torch.cat([self.enter.weight, self.straight.weight]).flatten(1)
        both = torch.matmul(weights, x.flatten(2)).unflatten(2, size)
        entered, straight = both.split([len(self.enter.weight), 3], 1)
        bias = self.enter.bias
        assert bias is not None
        return (entered + bias[:, None, None]).contiguous(memory_format=torch.channels_last), straight


def _bent(x: Tensor) -> Tensor:
    return fn.leaky_relu(x, SLOPE, inplace=True)


def _halved(x: Tensor) -> Tensor:
    """Half the size, through the binomial filter 1 3 3 1."""
    row = torch.tensor([1.0, 3.0, 3.0, 1.0], device=x.device, dtype=x.dtype) / 8
    kernel = torch.outer(row, row).expand(x.shape[1], 1, 4, 4)
    return fn.conv2d(fn.pad(x, (1, 1, 1, 1), mode="replicate"), kernel, stride=2, groups=x.shape[1])


def _grown(x: Tensor) -> Tensor:
    return fn.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
