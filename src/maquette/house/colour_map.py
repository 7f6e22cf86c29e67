"""Which colour the artist gives to such a material in such a light: one smooth map of colours, fitted within a second.

It knows neither form nor place, so what it learns from one side of a room holds on the other. The network paints on top
of it, strokes and whatever else the map cannot tell.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as fn
from torch import Tensor, nn

from maquette.house.surface import REFERENCE_WIDTH

CENTRES = 128
SEEN = 7
"""Coordinates: picture, sRGB -0.5..0.5; albedo, square root, -0.5..0.5; light, see `features`."""
NEARNESS = (3.75, 3.75, 3.75, 3.75, 3.75, 3.75, 2.5)
"""Coordinates are multiplied by this before distances are taken: of one standard deviation in the kernel."""
CELL_PX = 4
"""Colours are those of means over squares of this side, in a picture 640 wide: strokes are wider, but not much."""
CENTRING = 8
"""Rounds of k-means that move the centres to where the keys' colours lie: 128 do as much as 200 picked at random."""
AT_ONCE = 4096
"""Places for which the Gaussians are taken at a time: as many as stay in the cache."""
RIDGE, LINEAR_RIDGE, JITTER = 3e-5, 3e-7, 1e-4


class ColourMap(nn.Module):
    """Colour = affine map of the picture + sum of Gaussians in `SEEN` coordinates: kernel ridge regression on a subset
    of regressors (Poggio and Girosi 1990). Begins as no change; `fit` sets it, and training leaves it alone."""

    centres: Tensor
    """(CENTRES, SEEN), coordinates times `NEARNESS`"""
    shares: Tensor
    """(3, CENTRES)"""
    affine: Tensor
    """(3, 4)"""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("centres", torch.zeros((CENTRES, SEEN)))
        self.register_buffer("shares", torch.zeros((3, CENTRES)))
        self.register_buffer("affine", torch.cat([torch.eye(3), torch.full((3, 1), 0.5)], 1))

    def forward(self, seen: Tensor) -> Tensor:
        """(SEEN, H, W) -> (3, H, W) sRGB about 0..1. The Gaussians are taken at half the size: they are smooth."""
        size = seen.shape[1:]
        half = fn.avg_pool2d(seen[None], 2, ceil_mode=True)[0]
        place = half.flatten(1)
        parts = [self.shares @ self._near(place[:, i : i + AT_ONCE]) for i in range(0, place.shape[1], AT_ONCE)]
        bent = torch.cat(parts, 1).unflatten(1, half.shape[1:])
        straight = torch.tensordot(self.affine[:, :3], seen[:3], 1) + self.affine[:, 3, None, None]
        return straight + fn.interpolate(bent[None], size=size, mode="bilinear")[0]

    def _near(self, seen: Tensor) -> Tensor:
        """(SEEN, N) -> (CENTRES, N) of 0..1: exp(-|centre - place|^2 / 2), all of the exponent in one product."""
        place = seen * seen.new_tensor(NEARNESS)[:, None]
        centres = torch.cat(
            [self.centres, -(self.centres**2).sum(1, keepdim=True) / 2, self.centres.new_full((CENTRES, 1), -0.5)], 1
        )
        places = torch.cat([place, torch.ones_like(place[:1]), (place**2).sum(0, keepdim=True)])
        return (centres @ places).exp_()

    @torch.no_grad()
    def fit(
        self,
        seen: Sequence[Tensor],
        paintings: Sequence[Tensor],
        matters: Sequence[Tensor],
        generator: torch.Generator,
        bent: bool = True,
    ) -> None:
        """Least squares over all keys: (SEEN, H, W), (3, H, W) sRGB 0..1, and (1, H, W) what each pixel counts. Without
        `bent` the affine part alone."""
        cells = [_cells(s, p, m) for s, p, m in zip(seen, paintings, matters, strict=True)]
        place, paint, matter = (torch.cat([c[i] for c in cells], 1) for i in range(3))
        self.centres.copy_(_centres(place * place.new_tensor(NEARNESS)[:, None], generator))
        straight = torch.cat([place[:3], torch.ones_like(place[:1])])
        design = torch.cat([straight, self._near(place)]).double()
        penalty = torch.zeros((len(design),) * 2, dtype=torch.float64, device=place.device)
        penalty[:4, :4] = torch.eye(4) * LINEAR_RIDGE
        kernel = self._near(self.centres.T / place.new_tensor(NEARNESS)[:, None]).double()
        penalty[4:, 4:] = RIDGE * (kernel + JITTER * torch.eye(CENTRES, device=place.device))
        # The affine part is drawn towards no change, the Gaussians towards none.
        prior = torch.zeros((len(design), 3), dtype=torch.float64, device=place.device)
        prior[:3], prior[3] = torch.eye(3), 0.5
        if not bent:
            design, penalty, prior = design[:4], penalty[:4, :4], prior[:4]
        weighed = design * matter
        total = matter.sum()
        found = torch.linalg.solve(
            weighed @ design.T + total * penalty, weighed @ paint.double().T + total * penalty @ prior
        )
        self.affine.copy_(found[:4].T)
        self.shares.copy_(found[4:].T) if bent else self.shares.zero_()


def _centres(places: Tensor, generator: torch.Generator) -> Tensor:
    """(SEEN, N) -> (CENTRES, SEEN): k-means, begun with places that lie far from each other (Arthur and Vassilvitskii
    2007), so that rare colours have theirs, too."""
    points = places.T
    first = int(torch.randint(len(points), (1,), generator=generator))
    picked = [first]
    apart = (points - points[first]).square().sum(1)
    for _ in range(CENTRES - 1):
        # Where there are fewer places than centres, some are taken twice: the ridge shares the weight out.
        chance = apart.cpu() + torch.finfo(torch.float32).tiny
        picked.append(int(torch.multinomial(chance, 1, generator=generator)))
        apart = torch.minimum(apart, (points - points[picked[-1]]).square().sum(1))
    centres = points[picked]
    for _ in range(CENTRING):
        nearest = torch.cdist(points, centres).argmin(1)
        sums = torch.zeros_like(centres).index_add_(0, nearest, points)
        counts = torch.bincount(nearest, minlength=CENTRES)[:, None]
        centres = torch.where(counts > 0, sums / counts.clamp(min=1), centres)
    return centres


def _cells(seen: Tensor, painting: Tensor, matter: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """(SEEN, N), (3, N), (1, N) means over cells; paint is averaged as light, as an eye far away does."""
    side = max(1, round(CELL_PX * seen.shape[2] / REFERENCE_WIDTH))
    rows = (fn.avg_pool2d(x[None], side)[0].flatten(1) for x in (seen, linear_of(painting), matter))
    place, paint, weight = rows
    return place, code_of(paint), weight


def linear_of(code: Tensor) -> Tensor:
    """sRGB to linear light (IEC 61966-2-1); below 0 and above 1 the curve goes on."""
    return torch.where(code <= 0.04045, code / 12.92, ((code.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4)


def code_of(linear: Tensor) -> Tensor:
    """Linear light to sRGB; below 0 and above 1 the curve goes on."""
    return torch.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear.clamp(min=0.0031308) ** (1 / 2.4) - 0.055)
