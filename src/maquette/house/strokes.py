"""Strokes that are anchored on surfaces: a random field in the shape of brush strokes.

A network that is to paint needs something to make strokes of. Each grows from a seed, a fixed place on a surface,
to both sides along a direction field, so it is long, bends with the form, has crisp sides, and moves with what it is
painted on. Where strokes overlap, one is on top, always the same one.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from maquette.house.hashing import mixed, uniform
from maquette.house.surface import Surface

TABLE_BITS = 18
"""Cells are told apart by so many bits: collisions cost a stroke in some hundreds."""
STAMP_PX = 0.72
"""Spacing of the stamps that a stroke is made of: a square grid of them, turned anyhow, then leaves no hole."""
SHORTEST = 0.55
"""Length of the shortest strokes over that of the longest."""
STIFFNESS = 0.45
"""Share of its last direction that a stroke keeps at every look: a brush does not turn at once."""
CHUNK = 1 << 17
"""Stamps made at once: few enough to stay in the processor's cache, which is worth a factor of ten."""
STRIDE = 3
"""Stamps from one look at the direction field to the next."""
LOST = 3
"""Looks for which something else may hide a stroke, a post or the joint of two slabs, before it ends."""
CELL_CORNER = (0.371, 0.443, 0.529)
"""Where cells begin. Floors and walls stand at round numbers, where rounding would put them now in one cell, now in
another."""
LANE_PX = 1.6
"""Width of a bristle. Narrower ones would fall between pixels and be others in every frame."""
HIDDEN_PX = 3.0
"""A stroke is gone when the point that it grows from lies so far behind an edge."""
FADE = 0.1
"""Strokes grow in and out as density changes, over so much of it."""


@dataclass(frozen=True)
class Layer:
    """Strokes of one size, in pixels of a picture 640 wide."""

    width_px: float
    length_px: float
    spacing_px: float
    """Between seeds, on average."""


LAYERS = (Layer(13, 96, 23), Layer(7, 52, 11.5), Layer(3, 22, 5.6))
"""Broad to fine."""


@dataclass(frozen=True, eq=False)
class StrokeField:
    """N strokes, and which of them lies on top at each pixel."""

    pixel: Tensor
    """(N,) int64 index of the pixel that each grew from."""
    offset: Tensor
    """(N, 2) from the pixel's middle to the place itself, x and y."""
    stroke: Tensor
    """(N,) int64 random number of each, the same in every frame."""
    index: Tensor
    """(H, W) int64 which stroke; N where there is none."""
    along: Tensor
    """(H, W) -1 one end .. 1 the other; 0 where there is no stroke."""
    across: Tensor
    """(H, W) -1 one side .. 1 the other."""
    cover: Tensor
    """(H, W) 0..1 how much of the pixel it covers: its sides are soft over a pixel, so that they do not jump."""
    lanes: int
    """Bristles from one side to the other."""


@dataclass(frozen=True, eq=False)
class _Seeds:
    """What N strokes grow from, from the lowest to the topmost."""

    pixel: Tensor
    """(N,) int64 the pixel"""
    offset: Tensor
    """(N, 2) from its middle to the place itself, in pixels, x and y"""
    stroke: Tensor
    """(N,) int64 random number of each"""
    strength: Tensor
    """(N,) 0..1 how far it has grown in"""


@dataclass(frozen=True, eq=False)
class _Paths:
    """Centre lines of N strokes at S steps, (N, S) each; where a stroke has ended all are 0."""

    x: Tensor
    y: Tensor
    dx: Tensor
    dy: Tensor


def reach_px(layer: Layer, scale: float) -> int:
    """How far from its seed a stroke's last pixel can lie."""
    return int((layer.length_px / 2 + layer.width_px) * scale) + 4


def stroke_field(surface: Surface, angle: Tensor, layer: Layer, seed: int) -> StrokeField:
    """The strokes of a layer. angle: (H, W) radians, their direction. seed: of the hand."""
    scale = surface.scale
    seeds = _seeds(surface, layer.spacing_px * scale, seed)
    half = max(1, round(layer.length_px * scale / 2 / STAMP_PX / STRIDE)) * STRIDE
    sides = max(2, round(layer.width_px * scale / STAMP_PX))
    share = (SHORTEST + (1 - SHORTEST) * uniform(seeds.stroke, 1)) * seeds.strength
    paths = _grown(surface, angle, seeds, share, half)
    top = _topmost(paths, sides, angle.shape[0], angle.shape[1], reach_px(layer, scale))
    lanes = max(2, round(layer.width_px * scale / LANE_PX))
    return _field(surface, top, seeds, paths, share, sides, lanes)


def _topmost(paths: _Paths, sides: int, height: int, width: int, margin: int) -> Tensor:
    """(H, W) int32 number of the topmost stamp: (stroke * steps + step) * sides + side; -1 where there is none."""
    count, steps = paths.x.shape
    device = paths.x.device
    wide = width + 2 * margin
    top = torch.full((wide * (height + 2 * margin),), -1, dtype=torch.int32, device=device)
    offset = (torch.arange(sides, device=device) - (sides - 1) / 2) * STAMP_PX
    # Half a pixel for rounding, and the margin, so that no stamp falls off the canvas and none needs a test.
    x, y = paths.x + (margin + 0.5), paths.y + (margin + 0.5)
    alive = (paths.dx != 0) | (paths.dy != 0)
    x, y = torch.where(alive, x, 0.5), torch.where(alive, y, 0.5)
    each = max(1, CHUNK // (steps * sides))
    for start in range(0, count, each):
        part = slice(start, start + each)
        px = torch.addcmul(x[part, :, None], paths.dy[part, :, None], offset, value=-1).floor_()
        py = torch.addcmul(y[part, :, None], paths.dx[part, :, None], offset).floor_()
        place = px.add_(py, alpha=wide).to(torch.int64).reshape(-1)
        first = start * steps * sides
        numbers = torch.arange(first, first + place.numel(), dtype=torch.int32, device=device)
        top.scatter_reduce_(0, place, numbers, "amax")
    return top.reshape(-1, wide)[margin : margin + height, margin : margin + width]


def _field(
    surface: Surface, top: Tensor, seeds: _Seeds, paths: _Paths, share: Tensor, sides: int, lanes: int
) -> StrokeField:
    height, width = top.shape
    count, steps = paths.x.shape
    stamp = top.reshape(-1)
    part = surface.part.reshape(-1)
    nothing = torch.full((1,), -1, dtype=torch.int64, device=top.device)
    index = torch.where(stamp < 0, count, stamp // (steps * sides))
    # Sides of a stroke that hang over onto something else are cut off.
    there = torch.cat([part[seeds.pixel], nothing])[index] == part
    index = torch.where(there, index, count)
    at = torch.where(there, stamp // sides, count * steps)
    # Stamps lie on whole pixels; where the pixel lies on the stroke is told from the centre line itself.
    line = torch.stack([paths.x, paths.y, paths.dx, paths.dy], -1).reshape(-1, 4)
    x, y, dx, dy = torch.cat([line, line.new_zeros(1, 4)])[at].unbind(1)
    pixels = torch.arange(height * width, device=top.device)
    x, y = pixels % width - x, pixels // width - y
    half = (steps - 1) // 2
    reach = torch.cat([share * (half * STAMP_PX), share.new_ones(1)])[index]
    along = (at % steps - half) * STAMP_PX + x * dx + y * dy
    across = y * dx - x * dy
    cover = (sides * STAMP_PX / 2 + 0.5 - across.abs()).clamp(0, 1) * (reach + 0.5 - along.abs()).clamp(0, 1)
    cover = cover * torch.cat([seeds.strength, share.new_zeros(1)])[index]
    along, across = (along / reach).clamp(-1, 1), (across / (sides * STAMP_PX / 2)).clamp(-1, 1)
    fields = (index, torch.where(there, along, 0.0), torch.where(there, across, 0.0), cover)
    return StrokeField(
        seeds.pixel, seeds.offset, seeds.stroke, *(v.reshape(height, width) for v in fields), lanes=lanes
    )


def _seeds(surface: Surface, spacing_px: float, seed: int) -> _Seeds:
    """Space is cut into cells of a power of two in size, so that they are the same in every frame; a cell's stroke
    grows from the seen place that is nearest to a random point in it.
    """
    wanted = surface.pixel_m * spacing_px
    octave = torch.floor(torch.log2(wanted))
    q = surface.place * torch.exp2(-octave)[..., None] + torch.tensor(CELL_CORNER, device=octave.device)
    corner = torch.floor(q)
    inner = q - corner
    i = corner.to(torch.int64)
    key = i[..., 0] * 73856093 ^ i[..., 1] * 19349663 ^ i[..., 2] * 83492791
    key = key ^ surface.name * 0x9E3779B1
    key = mixed((key ^ octave.to(torch.int64) * 472882027) + seed * 0x2545F491).reshape(-1)
    far = torch.zeros_like(key, dtype=torch.float32)
    for axis in range(3):
        far += (inner[..., axis].reshape(-1) - _point(key, axis)) ** 2
    packed = ((far * 2.0**20).to(torch.int64) << 28) | torch.arange(len(key), device=key.device)
    best = torch.full((1 << TABLE_BITS,), 2**62, dtype=torch.int64, device=key.device)
    best.scatter_reduce_(0, key & ((1 << TABLE_BITS) - 1), packed, "amin")
    chosen = best[best < 2**62] & 0xFFFFFFF
    # Cells are smaller than wanted, by up to a half: so many of them stay empty that strokes are equally dense.
    dense = (torch.exp2(octave) / wanted).reshape(-1)[chosen] ** 2
    own = key[chosen]
    strength = ((dense - uniform(own, 5) * (1 - FADE)) / FADE).clamp(0, 1)
    point = torch.stack([_point(own, axis) for axis in range(3)], 1)
    aside = (point - inner.reshape(-1, 3)[chosen]) * torch.exp2(octave).reshape(-1, 1)[chosen]
    offset = _offset(surface, chosen, aside)
    # Where the point itself is not in sight, the nearest place would slide along what hides it.
    strength = strength * ((HIDDEN_PX - offset.abs().amax(1)) / (HIDDEN_PX - 1)).clamp(0, 1)
    order = torch.argsort(uniform(own, 6), stable=True)
    order = order[strength[order] > 0]
    return _Seeds(chosen[order], offset[order].clamp(-1, 1), own[order], strength[order])


def _point(key: Tensor, axis: int) -> Tensor:
    """(N,) 0..1 where in its cell, along an axis, the random point of each key lies."""
    return ((key >> (20 * axis)) & 0xFFFFF).to(torch.float32) * 2.0**-20


def _offset(surface: Surface, pixel: Tensor, aside: Tensor) -> Tensor:
    """(N, 2) pixels from the middle of a pixel to the place that is (N, 3) `aside` from what it shows, as far as that
    lies along the surface."""
    height, width = surface.part.shape
    place, part = surface.place.reshape(-1, 3), surface.part.reshape(-1)
    row, column = pixel // width, pixel % width
    slopes: list[Tensor] = []
    for step, at, most in ((1, column, width - 1), (width, row, height - 1)):
        before = torch.where((at > 0) & (part[(pixel - step).clamp(min=0)] == part[pixel]), pixel - step, pixel)
        after = torch.where(
            (at < most) & (part[(pixel + step).clamp(max=len(part) - 1)] == part[pixel]), pixel + step, pixel
        )
        pixels = ((after - before) // step).clamp(min=1)[:, None]
        slopes.append((place[after] - place[before]) / pixels)
    a, b, c = ((p * q).sum(1) for p, q in ((slopes[0], slopes[0]), (slopes[0], slopes[1]), (slopes[1], slopes[1])))
    u, v = ((slope * aside).sum(1) for slope in slopes)
    inverse = 1 / (a * c - b * b + 1e-3 * (a + c) ** 2 + 1e-12)
    return torch.stack([(c * u - b * v) * inverse, (a * v - b * u) * inverse], 1)


def _grown(surface: Surface, angle: Tensor, seeds: _Seeds, share: Tensor, half: int) -> _Paths:
    """The centre lines, from end to end; they end where something else is seen, if it is no thin thing."""
    height, width = angle.shape
    pixel = seeds.pixel
    count, looks = len(pixel), half // STRIDE
    table = torch.stack([torch.cos(angle).reshape(-1), torch.sin(angle).reshape(-1)], 1)
    part = surface.part.reshape(-1)
    own = part[pixel].repeat(2)
    # Both ways at once: the second half of the batch grows backwards.
    start = table[pixel]
    way = torch.cat([start, -start])
    place = (torch.stack([pixel % width, pixel // width], 1) + seeds.offset).repeat(2, 1)
    most = torch.tensor([width - 1, height - 1], dtype=torch.float32, device=angle.device)
    alive = torch.ones(2 * count, dtype=torch.bool, device=angle.device)
    lost = torch.zeros(2 * count, device=angle.device)
    out = torch.zeros((looks + 1, 2 * count, 5), device=angle.device)
    out[0] = torch.cat([place, way, alive[:, None]], 1)
    for look in range(1, looks + 1):
        place = place + (STAMP_PX * STRIDE) * way
        grid = torch.minimum(place.round().clamp(min=0), most)
        at = (grid[:, 1] * width + grid[:, 0]).to(torch.int64)
        found = table[at]
        bend = STIFFNESS * way + (1 - STIFFNESS) * found * torch.sign((found * way).sum(1, keepdim=True) + 1e-9)
        way = bend * torch.rsqrt((bend * bend).sum(1, keepdim=True) + 1e-12)
        lost = torch.where(part[at] == own, 0.0, lost + 1)
        alive = alive & (lost <= LOST) & ((place - grid).abs().amax(1) < 1)
        out[look] = torch.cat([place, way, alive[:, None]], 1)
    return _between(out, share, half, count)


def _between(out: Tensor, share: Tensor, half: int, count: int) -> _Paths:
    """Every stamp, on straight lines from look to look. out: (looks + 1, 2 N, 5) place, direction, whether alive."""
    fine = torch.arange(half + 1, device=out.device)
    low = fine // STRIDE
    high = (low + 1).clamp(max=len(out) - 1)
    part = ((fine % STRIDE).to(torch.float32) / STRIDE)[:, None, None]
    lines = torch.lerp(out[low], out[high], part)
    alive = (lines[..., 4] > 0.999) & (fine[:, None] <= (share * half).repeat(2))
    lines = lines[..., :4] * alive[..., None]
    there, back = lines[:, :count], lines[1:, count:].flip(0)
    back = torch.cat([back[..., :2], -back[..., 2:]], -1)
    x, y, dx, dy = torch.cat([back, there]).permute(2, 1, 0).contiguous()
    return _Paths(x, y, dx, dy)
