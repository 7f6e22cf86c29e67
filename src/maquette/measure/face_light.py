"""The light that falls on a face, read off its pixels: radiance over base colour is what a white card would show."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head, face_angles, on_face
from maquette.film.passes import Passes
from maquette.imaging.color import LUMINANCE
from maquette.measure.gloss import glossy_share
from maquette.measure.two_lamps import TwoLamps, fit_two_lamps

Vec = NDArray[np.float64]
B = NDArray[np.bool_]

MOST_PIXELS = 6_000
"""Of a face that fills the frame an even choice is read."""
LEAST_PIXELS = 24
"""A smaller face cannot be metered."""
GOLDEN = 0.6180339887498949
DARKEST_BASE = 0.03
"""Luminance of base colour below which the quotient is noise: brows, nostrils."""
INNER_LEAST = 160
"""With so many pixels inside the face, those at its edge, which mix with what is behind, are left out."""
EDGE_ON = 0.2
"""Cosine of surface to view below which a pixel's area counts no more."""
TELLING_PIXELS = 300
"""Fewer lit ones do not tell a matte face: skin is then taken to shine."""
MATTE, SHINY = 0.78, 0.84
"""Scatter of blue to red as it is, over that with the gloss taken off, from which on a face is matte, and shines. Matte
faces with noise come to 0.5-0.77, faces with gloss to 0.83-2.5."""
ONE_TONE = 0.1
"""Scatter (natural log) beyond which more than one light is on the face, and nothing is told."""
OUTLIER = 0.5
AIR, CLEAR = "air", "clear"
"""Names in `Passes.extra`: (H, W, 3) radiance that haze adds, (H, W) the share of a surface's that it lets through."""
LEAST_CLEAR = 0.05
DOUBT = 2.0
"""Where gloss is a half of what the skin gives, a pixel counts half."""


@dataclass(frozen=True, eq=False)
class FaceLight:
    """Light on N pixels of one face."""

    head: Head
    azimuth: Vec
    """(N,) degrees on the head, see `film.face`."""
    elevation: Vec
    """(N,)"""
    normal: Vec
    """(N, 3) world."""
    light: Vec
    """(N, 3) linear Rec. 709 radiance of a white card that faces as the skin does; the skin's gloss taken off."""
    weight: Vec
    """(N,) surface behind each pixel, in units of the pixel's own; less where gloss outshines the skin."""
    lamps: TwoLamps
    """Key, fill and ambient light that explain it."""
    pixels: int
    """Pixels of the face in the picture."""

    @property
    def level(self) -> Vec:
        """(N,) luminance of `light`."""
        return self.light @ LUMINANCE.astype(np.float64)


def head_named(passes: Passes, name: str) -> Head | None:
    """The head of a character, if it is on the stage."""
    return next((h for h in passes.heads if h.name == name), None)


def face_light(passes: Passes, name: str, eye: Vec) -> FaceLight | None:
    """The light on a character's face; None where no face is seen or it is too small. `eye`: (3,) place of the camera.

    On skin, base colour does not explain all radiance: its gloss has the colour of the light, not of skin, and would
    make every light look bluer and brighter. It is worked out from the lamps that the face itself shows
    (`glossy_share`) and taken off as far as the pixels bear it out: on matte faces nothing is.
    """
    head = head_named(passes, name)
    if head is None or passes.rest is None:
        return None
    chosen = _face_pixels(passes, head)
    count = len(chosen)
    if count < LEAST_PIXELS:
        return None
    if count > MOST_PIXELS:
        chosen = chosen[(np.arange(MOST_PIXELS) * GOLDEN % 1 * count).astype(np.int64)]
    albedo = passes.albedo.reshape(-1, 3)[chosen].astype(np.float64)
    beauty = _without_air(passes, chosen)
    normal = passes.normal.reshape(-1, 3)[chosen].astype(np.float64)
    view = eye - passes.position.reshape(-1, 3)[chosen].astype(np.float64)
    view /= np.maximum(np.linalg.norm(view, axis=1, keepdims=True), 1e-9)
    facing = np.sum(normal * view, axis=1)
    azimuth, elevation = face_angles(head, normal)
    raw = beauty / np.maximum(albedo, 1e-3)
    lamps = fit_two_lamps(normal, raw @ LUMINANCE)
    read = FaceLight(head, np.asarray(azimuth, np.float64), np.asarray(elevation, np.float64), normal, raw,
                     1 / np.maximum(facing, EDGE_ON), lamps, count)  # fmt: skip
    share = glossy_share(lamps, normal, view)
    share = share * _gloss_seen(raw, albedo, share, lamps, normal)
    light = beauty / np.maximum(albedo + share[:, None], 1e-3)
    weight = read.weight / (1 + (DOUBT * share / (albedo @ LUMINANCE)) ** 2)
    return replace(read, light=light, weight=weight, lamps=lamps.refined(normal, light @ LUMINANCE))


def _face_pixels(passes: Passes, head: Head) -> NDArray[np.int64]:
    """Flat indices of the pixels that can be metered."""
    assert passes.rest is not None
    skin = f"cast/{head.name}:skin"
    is_skin = np.array([name == skin for name in passes.part_names], bool)
    mask = is_skin[np.minimum(passes.part_id, len(is_skin) - 1)]
    flat = np.flatnonzero(mask)
    flat = flat[on_face(head, passes.rest.reshape(-1, 3)[flat])]
    inner = flat[_inner(mask).reshape(-1)[flat]]
    if len(inner) >= INNER_LEAST:
        flat = inner
    base = passes.albedo.reshape(-1, 3)[flat] @ LUMINANCE
    lit = passes.beauty.reshape(-1, 3)[flat]
    turned = passes.normal.reshape(-1, 3)[flat]
    sound = np.isfinite(lit).all(axis=1) & (lit >= 0).all(axis=1) & np.isfinite(turned).all(axis=1)
    return flat[sound & (base > DARKEST_BASE) & (np.abs(turned).sum(axis=1) > 0.5)]


def _without_air(passes: Passes, flat: NDArray[np.int64]) -> Vec:
    """(N, 3) radiance that left the face, where the renderer says what the haze on the way did to it."""
    beauty = passes.beauty.reshape(-1, 3)[flat].astype(np.float64)
    air, clear = passes.extra.get(AIR), passes.extra.get(CLEAR)
    if air is None or clear is None:
        return beauty
    passed = np.maximum(clear.reshape(-1)[flat].astype(np.float64), LEAST_CLEAR)
    return np.maximum(beauty - air.reshape(-1, 3)[flat], 0) / passed[:, None]


def _inner(mask: B) -> B:
    """(H, W) pixels whose four neighbours are skin as well."""
    inner = mask.copy()
    inner[1:] &= mask[:-1]
    inner[:-1] &= mask[1:]
    inner[:, 1:] &= mask[:, :-1]
    inner[:, :-1] &= mask[:, 1:]
    return inner


def _gloss_seen(raw: Vec, albedo: Vec, share: Vec, lamps: TwoLamps, normal: Vec) -> float:
    """How much of the expected gloss is there, 0 or 1 with a narrow passage between.

    Where gloss is strong on skin the quotient turns blue. A matte face in one light has the same quotient of blue to
    red all over; on a glossy one it scatters, and scatters less once the expected gloss is taken off. A face that does
    not say (grey skin, few pixels) is taken to shine.
    """
    lit = lamps.key_share(normal) > 0.5
    lit &= (raw[:, 0] > 1e-9) & (raw[:, 2] > 1e-9)
    if int(lit.sum()) < TELLING_PIXELS:
        return 1.0
    base = np.maximum(albedo[lit], 1e-3)
    added = np.log1p(share[lit] / base[:, 2]) - np.log1p(share[lit] / base[:, 0])
    tone = np.log(raw[lit, 2] / raw[lit, 0])
    scatter = _scatter(tone)
    if scatter > ONE_TONE:
        return 1.0
    against = (scatter + 1e-3) / (_scatter(tone - added) + 1e-3)
    return float(np.clip((against - MATTE) / (SHINY - MATTE), 0.0, 1.0))


def _scatter(values: Vec) -> float:
    """Root mean square about the median, single outliers held back."""
    return float(np.sqrt(np.mean(np.clip(values - np.median(values), -OUTLIER, OUTLIER) ** 2)))
