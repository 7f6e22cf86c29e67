"""What every drawn style looks at before it draws: surfaces, kinds of parts, faces, directions and where detail is."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.film.face import on_face
from maquette.film.look import Hand
from maquette.film.passes import Passes
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.linework import PartKinds, part_kinds
from maquette.generate.surface import Surface, surface_noise, surface_of
from maquette.generate.view import view_axes
from maquette.generate.wash import values_of
from maquette.imaging.tone import luminance

REFERENCE_WIDTH = 640
HAND_DEGREES = -52.0
"""Where a right hand's strokes lean when no form asks for another way; 0 is to the right, negative is upwards."""
USUAL_TEXTURE, USUAL_WASH, USUAL_LOOSENESS = Hand().texture, Hand().wash, Hand().looseness
"""A hand's values at which a style looks as its own numbers say."""
LEAN_DEGREES, SKY_DEGREES = 34.0, -9.0
"""How far planes differ from the hand's lean and from one another; how strokes in the sky lie."""
FEATURES = ("eye", "iris", "lashes", "brow", "mouth", "teeth", "tongue")
"""Parts of a face that make a likeness."""
TRANSIENT = 0.04
"""Slope of the albedo's code a pixel from which an edge turns strokes along it."""


class Study:
    """One moment as a draughtsman studies it. Everything is made when it is first asked for."""

    def __init__(self, passes: Passes, picture: U8, settings: DrawSettings) -> None:
        self.passes, self.picture, self.settings = passes, picture, settings
        self.hand = settings.hand
        self.width, self.height = passes.size
        self.scale = max(self.width / REFERENCE_WIDTH, 0.4)
        """Pixels to one of a picture 640 wide."""

    @cached_property
    def surface(self) -> Surface:
        return surface_of(self.passes)

    @cached_property
    def kinds(self) -> PartKinds:
        return part_kinds(self.passes)

    @cached_property
    def colour(self) -> F32:
        """(H * W, 3) codes 0..1 of the picture."""
        return (self.picture.reshape(-1, 3) / np.float32(255)).astype(np.float32)

    @cached_property
    def value(self) -> F32:
        """(H, W) tonal value 0..1 for styles without colour."""
        settings = self.settings
        return values_of(self.passes, settings.exposure_stops, settings.grade.contrast, settings.key)

    @cached_property
    def cast(self) -> NDArray[np.bool_]:
        """(H, W)"""
        return self.kinds.cast[self.passes.part_id]

    @cached_property
    def skin(self) -> NDArray[np.bool_]:
        """(H, W)"""
        named = np.array([n == "skin" and c for n, c in zip(self.kinds.name, self.kinds.cast, strict=True)])
        return named[self.passes.part_id]

    @cached_property
    def features(self) -> NDArray[np.bool_]:
        """(H, W) eyes, brows and mouths."""
        named = np.array([n in FEATURES and c for n, c in zip(self.kinds.name, self.kinds.cast, strict=True)])
        return named[self.passes.part_id]

    @cached_property
    def head_px(self) -> F32:
        """(H, W) height of a head in pixels where a face is, 0 elsewhere."""
        out = np.zeros((self.height, self.width), np.float32)
        rest, names = self.passes.rest, self.passes.object_names
        if rest is None:
            return out
        for head in self.passes.heads:
            if head.name in names or f"cast/{head.name}" in names:
                name = head.name if head.name in names else f"cast/{head.name}"
                mine = self.passes.object_id == names.index(name)
                box = ndimage.find_objects(mine.astype(np.int8))
                if not box:
                    continue
                face = mine[box[0]] & on_face(head, rest[box[0]])
                size = 2.0 * float(head.eyes_rest[2] - head.chin_rest_m)
                out[box[0]] = np.where(face, size / self.surface.footprint[box[0]], out[box[0]])
        return out

    @cached_property
    def direction(self) -> F32:
        """(H, W) radians modulo half a turn: along the form on what is round, along edges where these are, else as a
        hand leans. From shapes and colours of things alone: light that changes turns no stroke."""
        right, up, _ = view_axes(self.passes.camera)
        normal = self.passes.normal
        nx, ny = normal @ right, -(normal @ up)
        hand = self._lean[self.passes.part_id]
        tilt = np.hypot(nx, ny)
        follow = np.clip((tilt - 0.15) * 1.6, 0, 1) * np.where(self.cast, 1.0, 0.55)
        form = 2 * np.arctan2(ny, nx) + np.pi
        # Angles that differ by half a turn are the same stroke, so directions are blended at twice the angle.
        cosine = follow * np.cos(form) + (1 - follow) * np.cos(2 * hand)
        sine = follow * np.sin(form) + (1 - follow) * np.sin(2 * hand)
        lying = np.abs(normal[..., 2]) > 0.85
        cosine, sine = np.where(lying, np.cos(0.14), cosine), np.where(lying, np.sin(0.14), sine)
        edge_cosine, edge_sine, weight = self._edges()
        cosine = (cosine * (1 - weight) + edge_cosine * weight).astype(np.float32)
        sine = (sine * (1 - weight) + edge_sine * weight).astype(np.float32)
        sigma = 4.0 * self.scale
        cosine, sine = (ndimage.gaussian_filter(v, sigma, truncate=2.5) for v in (cosine, sine))
        return (0.5 * np.arctan2(sine, cosine)).astype(np.float32)

    @cached_property
    def _lean(self) -> F32:
        """(parts,) radians: each plane is worked in a direction of its own, near to how the hand leans."""
        turn = ((self.surface.part_hash >> np.uint32(9)) % np.uint32(64)).astype(np.float32) / 63 - 0.5
        lean = np.radians(HAND_DEGREES + LEAN_DEGREES * turn)
        lean[0] = np.radians(SKY_DEGREES)
        return lean.astype(np.float32)

    def _edges(self) -> tuple[F32, F32, F32]:
        """Twice the direction of edges as cosine and sine, and how sure they are, 0..1 (structure tensor)."""
        own = np.sqrt(luminance(self.passes.albedo)).astype(np.float32)
        shade = own + 0.25 * (self.passes.normal @ view_axes(self.passes.camera)[1])
        smooth = ndimage.gaussian_filter(shade.astype(np.float32), 1.2 * self.scale, truncate=2.5)
        gy, gx = np.gradient(smooth)
        sigma = 3.0 * self.scale
        xx, yy, xy = (ndimage.gaussian_filter(v, sigma, truncate=2.0) for v in (gx * gx, gy * gy, gx * gy))
        size = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) + 1e-12
        power = np.maximum(xx + yy, 0)
        sure = size / (power + 1e-8) * np.clip(np.sqrt(power) / TRANSIENT * self.scale, 0, 1)
        # Along the edge, which is across the gradient: half a turn on at twice the angle.
        return -(xx - yy) / size, -2 * xy / size, np.clip(1.4 * sure, 0, 1).astype(np.float32)

    @cached_property
    def detail(self) -> F32:
        """(H, W) 0..1: where the picture asks for small strokes. The eyes of a face ask most."""
        grey = luminance(self.picture / np.float32(255)).astype(np.float32)
        gy, gx = np.gradient(ndimage.gaussian_filter(grey, 0.8 * self.scale))
        slope = ndimage.gaussian_filter(np.hypot(gx, gy), 2.2 * self.scale, truncate=2.5)
        detail = np.clip((slope * self.scale - 0.012) * 26, 0, 1)
        detail = np.maximum(detail, np.where(self.head_px > 0, 0.75, 0))
        return np.maximum(detail, ndimage.gaussian_filter(self.features.astype(np.float32), 1.5 * self.scale)).astype(
            np.float32
        )

    def noise(self, wave_px: float, channel: int, at: NDArray[np.int64] | None = None) -> F32:
        """Unit noise that sticks to the surfaces, (H, W) or (N,); a boiling hand has another one in every drawing."""
        noise = surface_noise(self.surface, wave_px * self.scale, self.settings.seed, channel, at)
        if self.hand.boil <= 0:
            return noise
        other = surface_noise(
            self.surface, wave_px * self.scale, self.settings.seed, channel + 101 * (self.settings.drawing + 1), at
        )
        share = min(self.hand.boil, 1.0)
        return (noise * (1 - share) + other * share) / np.sqrt((1 - share) ** 2 + share**2)
