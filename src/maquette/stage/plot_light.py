"""One lamp as a gaffer sees it: where it hangs and points, how large and warm it is, and what of it arrives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.lighting_plot import SourceKind
from maquette.film.stage import Lamp, LampRole, Sky
from maquette.imaging.color import LUMINANCE
from maquette.imaging.kelvin import rgb_to_kelvin
from maquette.stage.sightline import Obstacles

Vec = NDArray[np.float64]

ALL_AROUND = 0.35
"""Below this length of the mean normal a source shines all around: a bulb."""
FRESNEL_BELOW_M, FRESNEL_BEAM, SPOT_BEAM = 0.4, 10.0, 90.0
"""A film lamp that is smaller, or whose light is bundled more, is a fresnel; spotted in from the last on."""
FAR_M = 150.0
"""As far as the sun: it has a direction and no place."""
OFF_LOCUS = 0.02
"""Duv from which on a light has a hue and no colour temperature (ANSI C78.377 speaks of white up to 0.006)."""
GREEN_DUV = 0.004

MIREDS = (("full CTB", -137), ("1/2 CTB", -78), ("1/4 CTB", -35), ("1/8 CTB", -18), ("", 0), ("1/8 CTO", 26),
          ("1/4 CTO", 64), ("1/2 CTO", 109), ("full CTO", 159))  # fmt: skip
"""Colour correction filters by their shift in mired (Lee 201, 202, 203, 218, 223, 206, 205, 204)."""
FIXTURES_K = (5600, 3200)


@dataclass(frozen=True, eq=False)
class Source:
    """The geometry of a lamp."""

    center: Vec
    """(3,) m."""
    axis: Vec | None
    """(3,) unit direction of its light; None: all around."""
    size: tuple[float, float]
    """Width (horizontal) and height, m."""

    @property
    def in_plan(self) -> Vec | None:
        """(2,) unit direction in plan; None: all around, or straight up or down."""
        if self.axis is None or float(np.linalg.norm(self.axis[:2])) < 0.05:
            return None
        return self.axis[:2] / float(np.linalg.norm(self.axis[:2]))


def source_of(lamp: Lamp) -> Source:
    """Centre by area, mean normal, and extent along and across the horizontal."""
    corners = lamp.vertices[lamp.faces].astype(np.float64)
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) / 2
    area = np.linalg.norm(cross, axis=1)
    total = max(float(area.sum()), 1e-12)
    center = (corners.mean(axis=1) * area[:, None]).sum(axis=0) / total
    normal = cross.sum(axis=0) / total
    length = float(np.linalg.norm(normal))
    axis = normal / length if length > ALL_AROUND else None
    offset = lamp.vertices.astype(np.float64) - center
    if axis is None:
        return Source(center, None, (float(np.ptp(offset, axis=0)[:2].max()), float(np.ptp(offset[:, 2]))))
    # A panel's own edges, not its diagonal: the first edge of a square corner.
    up = np.array([0.0, 0.0, 1.0]) if abs(axis[2]) < 0.985 else np.array([0.0, 1.0, 0.0])
    right = np.cross(axis, up)
    right /= np.linalg.norm(right)
    return Source(center, axis, (float(np.ptp(offset @ right)), float(np.ptp(offset @ np.cross(right, axis)))))


def illuminance(lamp: Lamp, at: Vec, obstacles: Obstacles | None = None) -> tuple[float, float]:
    """(what a meter at `at` (3,) reads with its dome turned to the lamp, the share of the lamp that it sees).

    E = integral of L cos(e)^(1 + beam) cos(r) / d^2 dA over the lamp, direct light alone; L in luminance.
    """
    points, normals, areas = _patches(lamp)
    way = at - points
    distance = np.maximum(np.linalg.norm(way, axis=1), 1e-6)
    way /= distance[:, None]
    leaving = np.einsum("nd,nd->n", way, normals)
    center = (points * areas[:, None]).sum(axis=0) / max(float(areas.sum()), 1e-12)
    dome = center - at
    dome /= max(float(np.linalg.norm(dome)), 1e-9)
    front = leaving > 0
    if not front.any():
        return 0.0, 1.0
    power = np.where(front, np.maximum(leaving, 0.0) ** (1.0 + lamp.beam), 0.0)
    level = power * np.maximum(-(way @ dome), 0.0) * areas / distance**2
    share = 1.0
    if obstacles is not None:
        some = points[front][:: max(1, int(front.sum()) // 16)]
        share = 1.0 - obstacles.blocked_share(at, some)
    return share * float(level.sum()) * float(np.array(lamp.radiance) @ LUMINANCE), share


def _patches(lamp: Lamp) -> tuple[Vec, Vec, Vec]:
    """(N, 3) middles, (N, 3) unit normals and (N,) areas of at least 30 small pieces of the lamp."""
    corners = lamp.vertices[lamp.faces].astype(np.float64)
    steps = 1 if len(corners) >= 30 else 4
    weights: list[tuple[float, float]] = []
    for i in range(steps):
        for j in range(steps - i):
            weights.append(((i + 1 / 3) / steps, (j + 1 / 3) / steps))
            if i + j < steps - 1:
                weights.append(((i + 2 / 3) / steps, (j + 2 / 3) / steps))
    u, v = np.array(weights).T
    a, b, c = corners[:, None, 0], corners[:, None, 1], corners[:, None, 2]
    points = a + u[None, :, None] * (b - a) + v[None, :, None] * (c - a)
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) / 2
    area = np.linalg.norm(cross, axis=1)
    normal = cross / np.maximum(area[:, None], 1e-12)
    each = len(weights)
    return points.reshape(-1, 3), np.repeat(normal, each, axis=0), np.repeat(area / each, each)


def sky_level(sky: Sky) -> tuple[float, tuple[float, float, float]]:
    """(illuminance of open ground by the upper half of the sky, its colour with largest channel 1)."""
    height, width = sky.radiance.shape[:2]
    upper = sky.radiance[: height // 2].astype(np.float64)
    zenith = (np.arange(height // 2) + 0.5) * np.pi / height
    weight = np.cos(zenith) * np.sin(zenith) * (np.pi / height) * (2 * np.pi / width)
    total = np.einsum("hwc,h->c", upper, weight)
    return float(total @ LUMINANCE), shown_color(total)


def shown_color(rgb: Vec) -> tuple[float, float, float]:
    """The colour alone: largest channel 1, to three digits."""
    r, g, b = np.round(np.maximum(rgb, 0) / max(float(np.max(rgb)), 1e-12), 3)
    return (float(r), float(g), float(b))


def kind_of(lamp: Lamp, source: Source, *, outside_by_day: bool) -> SourceKind:
    """Which symbol stands for it."""
    by_role = {LampRole.PRACTICAL: SourceKind.PRACTICAL, LampRole.WINDOW: SourceKind.WINDOW,
               LampRole.SUN: SourceKind.SUN, LampRole.MOON: SourceKind.MOON}  # fmt: skip
    if lamp.role in by_role:
        # A sun that stands outside the window on a stand is a lamp.
        far = float(np.linalg.norm(source.center)) > FAR_M
        return by_role[lamp.role] if far or lamp.role not in (LampRole.SUN, LampRole.MOON) else SourceKind.FRESNEL
    words = lamp.name.lower()
    if "bounce" in words or "reflector" in words or (lamp.role is LampRole.FILL and outside_by_day):
        return SourceKind.BOUNCE
    hard = max(source.size) < FRESNEL_BELOW_M or lamp.beam >= FRESNEL_BEAM
    return SourceKind.FRESNEL if hard else SourceKind.SOFT


def color_temperature(rgb: Vec) -> tuple[int | None, float]:
    """(CCT in K to 50, None off the black body's curve; Duv, positive towards green)."""
    kelvin, duv = (float(v) for v in rgb_to_kelvin(np.asarray(rgb, np.float64)))
    if not np.isfinite(kelvin) or abs(duv) > OFF_LOCUS:
        return None, 0.0
    return int(round(kelvin / 50) * 50), duv


def gel_of(kelvin: int | None, duv: float) -> str:
    """The filter that makes a tungsten or daylight lamp this colour; blank where none is needed.

    The lamp that needs the weaker filter is taken.
    """
    if kelvin is None:
        return "colour effect"
    green = "" if abs(duv) < GREEN_DUV else "plus green" if duv > 0 else "minus green"
    # Correction papers shift by up to a full one; beyond, they are doubled or the lamp is an LED that is dialled in.
    found: list[tuple[float, float, str]] = []
    for lamp in FIXTURES_K:
        shift = 1e6 / kelvin - 1e6 / lamp
        name, mired = min(MIREDS, key=lambda m: abs(m[1] - shift))
        found.append((round(abs(mired - shift) / 25), abs(mired), f"{lamp} K" + (f" + {name}" if name else "")))
    return " + ".join(part for part in (min(found)[2], green) if part)


def grip_of(lamp: Lamp, source: Source) -> str:
    """What shapes its beam."""
    if lamp.beam >= SPOT_BEAM:
        return "spotted in"
    if lamp.beam >= FRESNEL_BEAM:
        return "barn doors"
    return "grid" if lamp.beam >= 2 and max(source.size) >= FRESNEL_BELOW_M else ""
