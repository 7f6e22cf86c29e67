"""What the network sees of a frame: picture, form and edges, and the random strokes that it may make its own of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as fn
from numpy.typing import NDArray
from torch import Tensor

from maquette.film.passes import Passes
from maquette.house.colour_map import ColourMap
from maquette.house.direction import angle_of, box_blur
from maquette.house.hashing import mixed, uniform
from maquette.house.strokes import LAYERS, Layer, StrokeField, stroke_field
from maquette.house.surface import Surface, surface_of

U8 = NDArray[np.uint8]

CLOUDS_PX = (7.0, 26.0)
"""Sizes of the soft noise that washes and granulation are made of, in pixels of a picture 640 wide."""
VOLUME = 32
FORM = ("red", "green", "blue", "albedo red", "albedo green", "albedo blue", "right", "up", "towards", "depth",
        "outline", "crease", "cosine", "sine", "light", "skin", "hair", "face", "cloth", "place",
        "painted red", "painted green", "painted blue")  # fmt: skip
STROKE = ("seed red", "seed green", "seed blue", "tone", "warmth", "tint", "along", "across", "bristle", "present")
CHANNELS = len(FORM) + 2 * len(CLOUDS_PX) + len(LAYERS) * len(STROKE)
DEPTH_CHANNEL = FORM.index("depth")
KINDS_FROM = FORM.index("skin")
PAINTED_FROM = FORM.index("painted red")
RANDOM_FROM = len(FORM)
"""Channels from this one on are random."""
KINDS = (("skin",), ("hair", "beard", "brow", "moustache"), ("mouth", "eye", "iris", "lashes", "teeth", "tongue"))
"""Beginnings of names of people's parts; what else they have on is cloth, and the rest of the world is place."""


@dataclass(frozen=True, eq=False)
class Features:
    """A frame as the network sees it."""

    tensor: Tensor
    """(CHANNELS, H, W) float32, each about -1..1; the first three are the picture's sRGB, -0.5..0.5, and those from
    `PAINTED_FROM` on what `ColourMap` makes of it."""


def picture_tensor(picture: U8, device: torch.device) -> Tensor:
    """(3, H, W) float32, 0..1."""
    return torch.tensor(picture, device=device).permute(2, 0, 1).to(torch.float32) / 255


def grey_of(picture: Tensor) -> Tensor:
    """(H, W) luma of (3, H, W) sRGB."""
    return 0.299 * picture[0] + 0.587 * picture[1] + 0.114 * picture[2]


def seen_of(surface: Surface, rgb: Tensor) -> Tensor:
    """(7, H, W) picture, albedo and light: what a `ColourMap` goes by. rgb: (3, H, W) sRGB, 0..1."""
    albedo = surface.albedo.permute(2, 0, 1)
    light = grey_of(rgb) ** 2.2 / (grey_of(albedo) + 0.02)
    return torch.cat([rgb - 0.5, albedo.clamp(0, 1).sqrt() - 0.5, torch.log2(light + 0.05)[None] / 4])


def features_of(
    passes: Passes,
    picture: U8,
    rule: Sequence[float],
    colours: ColourMap,
    seed: int = 0,
    device: torch.device | None = None,
    room: Tensor | None = None,
) -> Features:
    """All channels of a frame. picture: (H, W, 3) sRGB as developed. rule: which way strokes run, see `direction`.
    colours: what the artist makes of colours, on the same device. room: (CHANNELS, H, W) that is written over; fresh
    memory of this size costs a tenth of the time."""
    place = device or torch.device("cpu")
    surface = surface_of(passes, place)
    rgb = picture_tensor(picture, place)
    angle = angle_of(surface, grey_of(rgb), rule)
    out = torch.empty((CHANNELS, *angle.shape), device=place) if room is None else room
    seen = seen_of(surface, rgb)
    painted = colours(seen)
    _form(out, surface, angle)
    out[0:6], out[FORM.index("light")] = seen[:6], seen[6]
    out[PAINTED_FROM : PAINTED_FROM + 3] = painted - 0.5
    _kinds(out, surface, passes.part_names)
    _clouds(out, surface, seed)
    start = len(FORM) + 2 * len(CLOUDS_PX)
    for number, layer in enumerate(LAYERS):
        field = stroke_field(surface, angle, layer, seed * 8 + number)
        _strokes(out[start : start + len(STROKE)], field, painted, layer, surface.scale)
        start += len(STROKE)
    return Features(out)


def _form(out: Tensor, surface: Surface, angle: Tensor) -> None:
    out[6:9] = surface.normal.permute(2, 0, 1)
    out[9] = torch.log2(surface.depth) / 4
    out[10], out[11] = _outline(surface), _crease(surface)
    out[12], out[13] = torch.cos(2 * angle), torch.sin(2 * angle)


def _kinds(out: Tensor, surface: Surface, names: Sequence[str]) -> None:
    """What a surface is: people's skin, hair and clothes, the place; all 0 in the sky."""
    table = torch.zeros((len(KINDS) + 2, max(len(names), 1)), device=out.device)
    for index, name in enumerate(names):
        if index:
            table[_kind(name), index] = 1
    out[KINDS_FROM : KINDS_FROM + len(table)] = table[:, surface.part]


def _kind(name: str) -> int:
    if not name.startswith("cast/"):
        return len(KINDS) + 1
    part = name.rpartition(":")[2]
    return next((i for i, words in enumerate(KINDS) if part.startswith(words)), len(KINDS))


def _outline(surface: Surface) -> Tensor:
    """(H, W) 1 where another thing begins, or the same thing much further away."""
    part, depth = surface.part, surface.depth
    edge = torch.zeros_like(depth)
    for a, b in (
        ((slice(None), slice(1, None)), (slice(None), slice(None, -1))),
        ((slice(1, None),), (slice(None, -1),)),
    ):
        jump = (depth[a] - depth[b]).abs() > 0.08 * torch.minimum(depth[a], depth[b])
        differs = ((part[a] != part[b]) | jump).to(depth.dtype)
        edge[a] = torch.maximum(edge[a], differs)
        edge[b] = torch.maximum(edge[b], differs)
    return box_blur(edge[None], surface.scale, 1)[0] * 1.5


def _crease(surface: Surface) -> Tensor:
    """(H, W) how sharply the surface bends."""
    normal = surface.normal.permute(2, 0, 1)
    soft = box_blur(normal, surface.scale, 1)
    return ((1 - (soft * soft).sum(0).sqrt()) * 6).clamp(0, 1)


def _volume(channels: int, device: torch.device) -> Tensor:
    """(1, C, D, D, D) random values -1..1 that repeat without a seam."""
    index = torch.arange(channels * VOLUME**3).reshape(channels, VOLUME, VOLUME, VOLUME)
    noise = uniform(mixed(index + 1), 9) * 2 - 1
    return fn.pad(noise[None], (0, 1, 0, 1, 0, 1), mode="circular").to(device)


_VOLUMES: dict[str, Tensor] = {}


def _clouds(out: Tensor, surface: Surface, seed: int) -> None:
    """Soft noise on surfaces: octaves fade into one another by the size of a pixel, so that it stays of one size."""
    device = surface.depth.device
    volume = _VOLUMES.setdefault(str(device), _volume(2, device))
    height, width = surface.depth.shape
    place, pixel = surface.place[::2, ::2], surface.pixel_m[::2, ::2]
    turn = uniform(mixed(torch.arange(3, device=device) + seed * 3), 7)
    start = len(FORM)
    for size in CLOUDS_PX:
        octave = torch.log2(pixel * size * surface.scale)
        low = torch.floor(octave)
        fade = (octave - low)[None]
        grids = [_wrapped(place / torch.exp2(low + k)[..., None], turn + 0.37 * k) for k in (0, 1)]
        values = [fn.grid_sample(volume, grid, align_corners=True)[0, :, 0] for grid in grids]
        # Two independent noises in these shares lose contrast in the middle: their squares' sum gives it back.
        mix = (values[0] * (1 - fade) + values[1] * fade) * torch.rsqrt((1 - fade) ** 2 + fade**2)
        out[start : start + 2] = fn.interpolate(mix[None], size=(height, width), mode="bilinear")[0]
        start += 2


def _wrapped(place: Tensor, turn: Tensor) -> Tensor:
    """(H, W, 3) places in cells -> a sampling grid of the volume."""
    inside = torch.remainder(place + turn * VOLUME, VOLUME)
    return (inside / VOLUME * 2 - 1)[None, None]


def _strokes(out: Tensor, field: StrokeField, rgb: Tensor, layer: Layer, scale: float) -> None:
    """Channels of a layer. A stroke has the colour that is wanted where it began; rgb: (3, H, W) wanted, 0..1."""
    count = len(field.pixel)
    table = torch.zeros((7, count + 1), device=out.device)
    table[0:3, :count] = _colours(rgb, field, layer.width_px * scale / 4)
    for row in (3, 4, 5):
        table[row, :count] = uniform(field.stroke, 8 + row) * 2 - 1
    table[6, :count] = 1
    found = table[:, field.index.reshape(-1)].reshape(7, *field.index.shape) * field.cover
    torch.sub(found[0:3], rgb * found[6], out=out[0:3])
    out[3:6] = found[3:6]
    out[6], out[7] = field.along * field.cover, field.across * field.cover
    out[8] = _bristles(field, count) * field.cover
    out[9] = found[6]


def _bristles(field: StrokeField, count: int) -> Tensor:
    """(H, W) -1..1 the hairs of the brush, one running into the next."""
    lanes = torch.arange(field.lanes, device=field.index.device)
    each = torch.zeros((count + 1, field.lanes), device=field.index.device)
    each[:count] = uniform(field.stroke[:, None] + lanes * 7919, 15) * 2 - 1
    place = (field.across + 1) * ((field.lanes - 1) / 2)
    low = place.floor().clamp(max=field.lanes - 2)
    first = field.index * field.lanes + low.to(torch.int64)
    flat = each.reshape(-1)
    return torch.lerp(flat[first], flat[first + 1], place - low)


def _colours(rgb: Tensor, field: StrokeField, radius_px: float) -> Tensor:
    """(3, N) colours where strokes began, from means over squares of a power of two."""
    width = rgb.shape[2]
    side = 1 << max(0, round(np.log2(max(radius_px, 1))))
    small = fn.avg_pool2d(rgb[None], side, ceil_mode=True)
    x = (field.pixel % width + field.offset[:, 0] + 0.5) / side * 2 / small.shape[3] - 1
    y = (field.pixel // width + field.offset[:, 1] + 0.5) / side * 2 / small.shape[2] - 1
    grid = torch.stack([x, y], 1)[None, None]
    return fn.grid_sample(small, grid, padding_mode="border", align_corners=False)[0, :, 0]
