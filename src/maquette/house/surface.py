"""Passes as tensors: what is seen at every pixel, where it lies on its surface, and how large a pixel is there."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera

SKY_M = 60.0
"""The sky has no depth: its texture lies on a ball of this radius round the camera and moves only as the view turns."""
LEAST_COSINE = 0.12
"""Surfaces seen more edge-on than this are taken as seen at this cosine: texture on them would become needles."""
REFERENCE_WIDTH = 640
"""Lengths in pixels are meant for pictures of this width and grow with it."""


@dataclass(frozen=True, eq=False)
class Surface:
    """What passes say about every pixel, on one device; (H, W, ...) each."""

    place: Tensor
    """(H, W, 3) metres, in rest-pose coordinates, which stick to what moves."""
    pixel_m: Tensor
    """(H, W) side of a square on the surface that has the area that one pixel shows."""
    normal: Tensor
    """(H, W, 3) camera space: x right, y up, z towards the camera; 0 in the sky."""
    rising: Tensor
    """(H, W, 2) the world's up direction along the surface, as seen, x right and y down, length 0..1."""
    level: Tensor
    """(H, W, 2) the surface's horizontal direction, likewise."""
    depth: Tensor
    """(H, W) metres; the sky at `SKY_M`."""
    part: Tensor
    """(H, W) int64: a number of what is seen, the same in every frame of a take; 0 in the sky."""
    name: Tensor
    """(H, W) int64: a number made of the part's name, the same in every shot; 0 in the sky."""
    albedo: Tensor
    """(H, W, 3) linear, 0..1."""

    @property
    def scale(self) -> float:
        """Pixels of this picture to one of a picture 640 wide."""
        return self.depth.shape[1] / REFERENCE_WIDTH

    def halved(self) -> Surface:
        """Every second pixel, across and down."""
        return Surface(**{name: value[::2, ::2] for name, value in vars(self).items()})


def camera_axes(camera: PlacedCamera) -> NDArray[np.float32]:
    """(3, 3) rows: the camera's right, up and backward directions in the world."""
    forward = np.array(camera.look_at, float) - np.array(camera.position, float)
    forward /= max(float(np.linalg.norm(forward)), 1e-9)
    reference = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.9999 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, reference)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    c, s = cos(radians(camera.roll_deg)), sin(radians(camera.roll_deg))
    right, up = right * c + up * s, up * c - right * s
    return np.stack([right, up, -forward]).astype(np.float32)


def surface_of(passes: Passes, device: torch.device) -> Surface:
    """Tensors of a frame's passes."""
    height, width = passes.depth.shape
    axes = torch.from_numpy(camera_axes(passes.camera)).to(device)
    depth = torch.from_numpy(passes.depth).to(device)
    sky = ~torch.isfinite(depth)
    depth = torch.where(sky, SKY_M, depth)
    rays = _rays(passes.camera, height, width, device)
    place = torch.from_numpy(passes.position if passes.rest is None else passes.rest).to(device)
    distant = (rays @ axes) * SKY_M
    place = torch.where(sky[..., None], distant, place)
    world = torch.from_numpy(passes.normal).to(device)
    normal = world @ axes.T
    towards = -rays / rays.norm(dim=-1, keepdim=True)
    facing = torch.where(sky, 1.0, (normal * towards).sum(-1).abs().clamp(min=LEAST_COSINE))
    pixel = depth * (passes.camera.sensor_width_mm * passes.camera.squeeze / passes.camera.lens_mm / width)
    up = torch.zeros(3, device=device)
    up[2] = 1
    rising = up - world[..., 2:] * world
    level = torch.stack([-world[..., 1], world[..., 0], torch.zeros_like(depth)], -1)
    part = torch.from_numpy(passes.part_id.astype(np.int64)).to(device)
    names = torch.tensor([0, *(crc32(n.encode()) for n in passes.part_names[1:])], device=device)
    seen = (
        torch.stack([rising @ axes[0], -(rising @ axes[1])], -1),
        torch.stack([level @ axes[0], -(level @ axes[1])], -1),
    )
    albedo = torch.from_numpy(passes.albedo).to(device)
    return Surface(place, pixel / facing.sqrt(), normal, seen[0], seen[1], depth, part, names[part], albedo)


def _rays(camera: PlacedCamera, height: int, width: int, device: torch.device) -> Tensor:
    """(H, W, 3) view directions in camera space, of length 1 along its axis."""
    tangent = camera.sensor_width_mm * camera.squeeze / (2 * camera.lens_mm)
    x = ((torch.arange(width, device=device) + 0.5) / width * 2 - 1) * tangent
    y = (1 - (torch.arange(height, device=device) + 0.5) / height * 2) * tangent * height / width
    return torch.stack(
        [x.expand(height, width), y[:, None].expand(height, width), -torch.ones(height, width, device=device)], -1
    )
