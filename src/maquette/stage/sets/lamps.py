"""Practical lamps: what the camera sees glowing, and the small light within it.

Radiance follows the stage's scale, where a white wall under the key light has radiance 1.
"""

from __future__ import annotations

import numpy as np

from maquette.stage.mesh import Color, Solid, box, cylinder, lathe, quad, sphere, srgb, tube
from maquette.stage.sets.build import Placed, SetBuild

TUNGSTEN: Color = (1.0, 0.66, 0.36)
"""About 2900 K, relative to a daylight-balanced white."""
COOL: Color = (0.92, 1.0, 0.96)
BRASS = srgb("#a07a3c")


def scaled(c: Color, factor: float) -> Color:
    return (c[0] * factor, c[1] * factor, c[2] * factor)


def lampshade(bottom: float, top: float, height: float, color: Color = (0.78, 0.68, 0.5), glow: float = 1.5) -> Solid:
    """A cloth shade, open above and below, standing on z = 0; brightest in the middle."""
    z = np.linspace(0, height, 7)
    r = np.linspace(bottom, top, 7)
    outer = [(float(a), float(b)) for a, b in zip(r, z, strict=True)]
    inner = [(a - 0.004, b) for a, b in reversed(outer)]
    s = lathe([*outer, *inner], color, segments=28, roughness=0.9, crease_deg=60, part="lampshade")
    t = s.vertices[:, 2:] / height
    falloff = 0.55 + 0.45 * np.sin(np.pi * np.clip(t, 0, 1))
    lit = s.glowing(scaled(TUNGSTEN, glow))
    return type(s)(**{**vars(lit), "emission": (lit.emission * falloff * np.sqrt(color)).astype(np.float32)})


def table_lamp(
    build: SetBuild,
    name: str,
    at: tuple[float, float, float],
    base: Color,
    shade_color: Color,
    *,
    height: float = 0.5,
    radiance: float = 110.0,
    body: str = "",
) -> Placed:
    """A lamp with a turned foot standing at `at`."""
    h = height * 0.55
    foot = [
        (0, 0),
        (0.07, 0),
        (0.075, 0.012),
        (0.03, 0.03),
        (0.055, h * 0.35),
        (0.062, h * 0.55),
        (0.03, h * 0.85),
        (0.012, h),
        (0.012, h + 0.06),
        (0, h + 0.06),
    ]
    items = [lathe(foot, base, segments=20, roughness=0.25, part="lamp foot")]
    items.append(lampshade(0.15, 0.1, height * 0.42, shade_color).moved(z=height * 0.58))
    placed = build.add(body or f"set/{name}", items, *at, blocks=False, word="lamp")
    build.bulb(name, (at[0], at[1], at[2] + height * 0.78), scaled(TUNGSTEN, radiance))
    return placed


def floor_lamp(
    build: SetBuild,
    name: str,
    at: tuple[float, float],
    shade_color: Color,
    metal: Color = BRASS,
    *,
    radiance: float = 140.0,
) -> Placed:
    """A standing lamp, 1.6 m."""
    foot = [(0, 0), (0.15, 0), (0.15, 0.015), (0.03, 0.03), (0.012, 0.05), (0.012, 1.34), (0, 1.34)]
    items = [lathe(foot, metal, segments=22, crease_deg=45, part="lamp foot").metal(roughness=0.35)]
    items.append(lampshade(0.23, 0.15, 0.3, shade_color).moved(z=1.3))
    placed = build.add(f"set/{name}", items, at[0], at[1], word="lamp")
    build.bulb(name, (at[0], at[1], 1.44), scaled(TUNGSTEN, radiance), radius=0.05)
    return placed


def pendant(
    build: SetBuild,
    name: str,
    at: tuple[float, float],
    bottom: float,
    ceiling: float,
    color: Color,
    *,
    radius: float = 0.2,
    style: int = 0,
    radiance: float = 130.0,
) -> None:
    """A hanging lamp whose rim is `bottom` above the floor: 0 enamel dome, 1 cloth drum, 2 glass globe."""
    r = radius
    cord = cylinder(0.004, max(0.05, ceiling - bottom - r), (0.02, 0.02, 0.02), segments=6, part="cord")
    rose = lathe([(0, 0), (0.05, 0.02), (0.055, 0.03), (0, 0.03)], (0.03, 0.03, 0.03), segments=14, part="cord")
    items = [cord.moved(z=bottom + r), rose.moved(z=ceiling - 0.03)]
    z = bottom + 0.09
    if style == 0:
        t = np.linspace(0, 1, 8)
        outer = [(float(r * np.cos(a * 1.45)), float(r * 0.85 * np.sin(a * 1.45))) for a in t]
        dome = lathe([*outer, (0.0, r * 0.86)], color, segments=28, roughness=0.3, part="dome")
        inner = [(max(0.0, a - 0.006), max(0.002, b - 0.006)) for a, b in reversed(outer)]
        lining = lathe([(0.0, r * 0.83), *inner, (r, 0)], (0.8, 0.76, 0.66), segments=28, part="lampshade")
        items += [dome.moved(z=bottom), lining.glowing(scaled(TUNGSTEN, 0.9)).moved(z=bottom)]
    elif style == 1:
        items.append(lampshade(r, r, r * 1.1, color).moved(z=bottom))
    else:
        globe = sphere(r, (0.8, 0.78, 0.7), segments=24, part="lampshade").glowing(scaled(TUNGSTEN, 2.2))
        items.append(globe.moved(z=bottom + r))
        z = bottom - 0.03
    build.add(f"set/ceiling/{name}", [s.moved(*at) for s in items], blocks=False, word="lamp")
    build.bulb(name, (at[0], at[1], z), scaled(TUNGSTEN, radiance), radius=0.055, visible=style != 2)


def sconce(color: Color = BRASS) -> list[Solid]:
    """A wall bracket with a small shade, in the wall frame, its arm at z = 0."""
    plate = cylinder(0.045, 0.015, color, segments=14, part="lamp foot").turned(x=90).metal()
    arm = tube(
        [(0, -0.01, 0), (0, -0.08, -0.03), (0, -0.12, 0.0), (0, -0.12, 0.05)], 0.008, color, part="lamp foot"
    ).metal()
    return [plate, arm, lampshade(0.085, 0.055, 0.14).moved(0, -0.12, 0.04)]


def ceiling_panel(width: float, depth: float, *, glow: float = 2.6) -> list[Solid]:
    """A luminous panel hanging under z = 0."""
    edge = box((width + 0.05, depth + 0.05, 0.035), (0.7, 0.7, 0.68), bevel=0.006, part="panel frame").moved(z=-0.035)
    face = box((width, depth, 0.006), (0.8, 0.8, 0.8), part="lampshade").moved(z=-0.04).glowing(scaled(COOL, glow))
    return [edge, face]


def panel_light(
    build: SetBuild, name: str, at: tuple[float, float, float], width: float, depth: float, radiance: float
) -> None:
    """The light of a ceiling panel: a rectangle that shines down; the panel itself is what the camera sees."""
    w, d = width / 2, depth / 2
    down = quad([(-w, d, 0), (w, d, 0), (w, -d, 0), (-w, -d, 0)])
    build.bulb(name, at, scaled(COOL, radiance), shape=down, visible=False)


def neon(points: list[list[tuple[float, float]]], color: Color, *, glow: float = 4.5) -> list[Solid]:
    """Neon strokes in the wall frame: each a list of (x, z), 5 cm off the wall."""
    hue: Color = (min(1.0, 0.12 + color[0]), min(1.0, 0.12 + color[1]), min(1.0, 0.12 + color[2]))
    items = []
    for stroke in points:
        p = np.array([(x, -0.06, z) for x, z in stroke])
        items.append(tube(_smoothed(p), 0.011, hue, segments=6, part="neon").glowing(scaled(color, glow)))
    return items


def _smoothed(p: np.ndarray) -> np.ndarray:
    """Bent glass: corners rounded by Chaikin's cutting, within an eighth of each straight run."""
    near = np.stack([p[:-1] * 0.88 + p[1:] * 0.12, p[:-1] * 0.12 + p[1:] * 0.88], 1).reshape(-1, 3)
    p = np.concatenate([p[:1], near, p[-1:]])
    for _ in range(2):
        a, b = p[:-1] * 0.75 + p[1:] * 0.25, p[:-1] * 0.25 + p[1:] * 0.75
        p = np.concatenate([p[:1], np.stack([a, b], 1).reshape(-1, 3), p[-1:]])
    return p
