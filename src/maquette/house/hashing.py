"""Random numbers that depend on nothing but what they are asked for: a place, a cell, a stroke."""

from __future__ import annotations

import torch
from torch import Tensor

_FACTORS = (-7046029254386353131, -4658895280553007687, 7046029254386353087 - 2**40)
"""Odd 64-bit numbers with well mixed bits; products wrap round."""


def mixed(value: Tensor) -> Tensor:
    """int64 -> int64 with every bit depending on every bit (after splitmix64, Steele et al. 2014)."""
    value = (value ^ ((value >> 30) & 0x3FFFFFFFF)) * _FACTORS[0]
    value = (value ^ ((value >> 27) & 0x1FFFFFFFFF)) * _FACTORS[1]
    return value ^ ((value >> 31) & 0x1FFFFFFFF)


def joined(first: Tensor, second: Tensor | int) -> Tensor:
    """One number for two."""
    return mixed(first * _FACTORS[2] + second)


def uniform(value: Tensor, channel: int) -> Tensor:
    """float32 in [0, 1), another for each channel."""
    return ((mixed(value + channel * 0x632BE5AB) >> 40) & 0xFFFFFF).to(torch.float32) * 2.0**-24
