"""Painting with a trained house model: frame in, painted frame out, still or moving."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as fn
from numpy.typing import NDArray
from torch import Tensor

from maquette.film.errors import UsageError
from maquette.film.passes import Passes
from maquette.house.direction import box_blur
from maquette.house.features import CHANNELS, RANDOM_FROM, features_of, picture_tensor
from maquette.house.network import HouseNetwork
from maquette.house.surface import REFERENCE_WIDTH
from maquette.house.weights import Lineage, read_weights

U8 = NDArray[np.uint8]
HISTORY = 0.9
"""Share of the frame before, carried along by exact motion."""
CRISP = 0.33
"""Share of cubic in the look-up of the frame before, the rest is linear. Linear alone, repeated frame after frame,
softens strokes; cubic alone sharpens what differs."""
TONE_PX = 4
"""Tones are compared as means over squares of this side, blurred, in a picture 640 wide."""
TONE_STEP = 0.03
"""A tone that has changed by more than this is today's at once: history carries strokes, not light."""


class HousePainter:
    """Keep one for a run: weights are read once."""

    def __init__(self, weights: bytes, device: str = "cpu") -> None:
        """weights: what training gave. Raises MediaError for any other file."""
        from maquette.house.train import device_named

        self.device = device_named(device)
        self._network, self.lineage = _loaded(weights, self.device)
        self._room: Tensor | None = None

    @torch.inference_mode()
    def paint(
        self, passes: Passes, picture: U8, before: U8 | None = None, seed: int = 0, history: float = HISTORY
    ) -> U8:
        """(H, W, 3) sRGB codes. picture: the frame as developed. before: the result for the frame before, of which
        the share `history`, 0..1, is carried along by "motion_back" where the same thing was seen. seed: where strokes
        fall."""
        if picture.shape != (*passes.depth.shape, 3):
            raise UsageError("Picture and passes differ in size: develop the picture from the same passes.")
        size = (CHANNELS, *picture.shape[:2])
        if self._room is None or self._room.shape != size:
            self._room = torch.empty(size, device=self.device)
        features = features_of(passes, picture, self.lineage.rule, self._network.colours, seed, self.device, self._room)
        if not self.lineage.strokes:
            features.tensor[RANDOM_FROM:] = 0
        made = self._made(features.tensor)
        if before is not None and history > 0:
            made = self._joined(made, passes, before, history)
        return (made.permute(1, 2, 0).clamp(0, 1).cpu().numpy() * 255 + 0.5).astype(np.uint8)

    def _made(self, features: Tensor) -> Tensor:
        height, width = features.shape[1:]
        whole = features[None]
        if width % 4 or height % 4:
            whole = fn.pad(whole, (0, -width % 4, 0, -height % 4), mode="replicate")
        return self._network(whole)[0, :, :height, :width]

    def _joined(self, made: Tensor, passes: Passes, before: U8, history: float) -> Tensor:
        motion, seen = passes.extra.get("motion_back"), passes.extra.get("motion_back_visible")
        if motion is None or seen is None or before.shape[:2] != motion.shape[:2]:
            return made
        height, width = motion.shape[:2]
        shift = torch.from_numpy(motion).to(self.device)
        y, x = torch.meshgrid(
            torch.arange(height, device=self.device), torch.arange(width, device=self.device), indexing="ij"
        )
        grid = torch.stack([(x + shift[..., 0] + 0.5) * 2 / width - 1, (y + shift[..., 1] + 0.5) * 2 / height - 1], -1)
        last = picture_tensor(before, self.device)[None]
        linear, cubic = (
            fn.grid_sample(last, grid[None], mode=mode, padding_mode="border", align_corners=False)[0]
            for mode in ("bilinear", "bicubic")
        )
        known = torch.from_numpy(np.asarray(seen, np.float32)).to(self.device).clamp(0, 1)
        made = made.clamp(0, 1)
        brought = torch.lerp(linear, cubic, CRISP)
        brought = (brought + _tone_step(made - brought, known)).clamp(0, 1)
        return torch.lerp(made, brought, history * known)


def _tone_step(change: Tensor, known: Tensor) -> Tensor:
    """(3, H, W) how far tones have changed, beyond `TONE_STEP`; known: (H, W) where the change can be told."""
    height, width = known.shape
    side = max(1, round(TONE_PX * width / REFERENCE_WIDTH))
    both = fn.avg_pool2d(torch.cat([change * known, known[None]])[None], side, ceil_mode=True)[0]
    small = box_blur(both, 2)
    tone = fn.softshrink(small[:3] / (small[3] + 1e-3), TONE_STEP)
    return fn.interpolate(tone[None], size=(height, width), mode="bilinear")[0]


def _loaded(weights: bytes, device: torch.device) -> tuple[HouseNetwork, Lineage]:
    network, lineage = read_weights(weights)
    # Convolutions of few channels are twice as fast with the channels side by side.
    for weight in network.parameters():
        if weight.dim() == 4:
            weight.data = weight.data.contiguous(memory_format=torch.channels_last)
    return network.to(device), lineage
