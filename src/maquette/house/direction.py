"""Which way an artist's strokes run, as a rule fitted to the paintings.

Directions without a sign are kept as (cos 2a, sin 2a), so that they can be added. The rule is a sum of six such
fields, each known in every frame; their weights are fitted by least squares to the painting's structure tensor.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as fn
from torch import Tensor

from maquette.house.surface import Surface

FIELDS = ("along edges", "around forms", "upwards", "level", "flat", "slanted")
DEFAULT_RULE = (1.6, 0.3, 0.0, 0.0, 0.25, -0.35)
"""For paintings without texture: along edges, else slanted as a right hand's strokes are."""
TENSOR_PX = 4.0
"""Radius over which gradients are gathered, in a picture 640 wide."""
EDGE_ENERGY = 0.002
"""Gradient energy at which an edge has half its say."""
RIDGE = 1e-3


def box_blur(value: Tensor, radius_px: float, passes: int = 2) -> Tensor:
    """(C, H, W) mean over a square of this radius, repeated; edges go on."""
    radius = max(1, round(radius_px))
    size = 2 * radius + 1
    out = value[None]
    for _ in range(passes):
        out = fn.avg_pool2d(fn.pad(out, (radius, radius, radius, radius), mode="replicate"), size, stride=1)
    return out[0]


def structure(grey: Tensor, scale: float) -> Tensor:
    """(3, H, W): (cos 2a, sin 2a) times energy of the direction ALONG edges, and the energy itself."""
    padded = fn.pad(grey[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    across = (padded[1:-1, 2:] - padded[1:-1, :-2]) / 2
    down = (padded[2:, 1:-1] - padded[:-2, 1:-1]) / 2
    tensor = torch.stack([down * down - across * across, -2 * across * down, across * across + down * down])
    return box_blur(tensor, TENSOR_PX * scale / 2)


def fields(surface: Surface, grey: Tensor) -> Tensor:
    """(6, 2, H, W) the fields of `FIELDS`; grey: (H, W) 0..1."""
    edges = structure(box_blur(grey[None], surface.scale, 1)[0], surface.scale)
    along = edges[:2] / (edges[2] + EDGE_ENERGY)
    form = -_doubled(torch.stack([surface.normal[..., 0], -surface.normal[..., 1]], -1))
    ones, zeros = torch.ones_like(grey), torch.zeros_like(grey)
    flat, slanted = torch.stack([ones, zeros]), torch.stack([zeros, ones])
    return torch.stack([along, form, _doubled(surface.rising), _doubled(surface.level), flat, slanted])


def _doubled(vector: Tensor) -> Tensor:
    """(H, W, 2) -> (2, H, W) at twice the angle, length squared."""
    x, y = vector[..., 0], vector[..., 1]
    return torch.stack([x * x - y * y, 2 * x * y])


def fitted_rule(examples: Sequence[tuple[Surface, Tensor, Tensor]]) -> tuple[float, ...]:
    """Weights of `FIELDS` for paintings, each (surface, grey picture (H, W), grey painting (H, W))."""
    left = torch.eye(len(FIELDS), dtype=torch.float64) * RIDGE
    right = torch.tensor(DEFAULT_RULE, dtype=torch.float64) * RIDGE
    for surface, grey, painting in examples:
        wanted = structure(painting, surface.scale)
        strength = wanted[2].clamp(max=float(wanted[2].median()) * 4 + 1e-6)
        target = wanted[:2] / (wanted[2] + 1e-5)
        weight = (strength / (strength.mean() + 1e-6))[None].expand_as(target).reshape(-1)
        design = fields(surface, grey).reshape(len(FIELDS), -1)
        left += ((design * weight) @ design.T).double().cpu() / weight.numel()
        right += ((design * weight) @ target.reshape(-1)).double().cpu() / weight.numel()
    return tuple(float(v) for v in torch.linalg.solve(left, right))


def angle_of(surface: Surface, grey: Tensor, rule: Sequence[float]) -> Tensor:
    """(H, W) stroke direction in radians, 0 to the right, growing downwards, by a rule."""
    weights = torch.tensor(rule, dtype=torch.float32, device=grey.device)
    # At half the size: directions are smooth, and this is four times as fast.
    half = surface.halved()
    small = fn.avg_pool2d(grey[None, None], 2, ceil_mode=True)[0, 0]
    summed = torch.einsum("k,kchw->chw", weights, fields(half, small))
    summed = box_blur(summed, TENSOR_PX * half.scale / 2, 1)
    full = fn.interpolate(summed[None], size=grey.shape, mode="bilinear")[0]
    return torch.atan2(full[1], full[0]) / 2
