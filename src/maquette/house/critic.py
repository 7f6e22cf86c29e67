"""A second small network that learns to tell painted patches from made ones (PatchGAN, Isola et al. 2017)."""

from __future__ import annotations

import torch
import torch.nn.functional as fn
from torch import Tensor, nn


class Critic(nn.Module):
    """Looks at patches of about 16 pixels at full size, and of 32 at half."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed + 1)
            self.fine, self.coarse = _judge(), _judge()

    def forward(self, picture: Tensor) -> list[Tensor]:
        """(N, 3, H, W) 0..1 -> scores, above 0 for what is taken as painted."""
        centred = picture * 2 - 1
        return [self.fine(centred), self.coarse(fn.avg_pool2d(centred, 2))]


def _judge() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(3, 16, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(16, 32, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(32, 1, 3, 1, 1),
    )  # fmt: skip


def critic_loss(critic: Critic, made: Tensor, painted: Tensor) -> Tensor:
    """Hinge: painted above 1, made below -1."""
    pairs = zip(critic(made), critic(painted), strict=True)
    return torch.stack([fn.relu(1 + m).mean() + fn.relu(1 - p).mean() for m, p in pairs]).mean()


def painter_loss(critic: Critic, made: Tensor) -> Tensor:
    """Low where the critic is taken in."""
    return -torch.stack([m.mean() for m in critic(made)]).mean()
