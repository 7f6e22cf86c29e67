"""Small parts that many props share: flat ink, discs, edges, and colours by name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from maquette.stage.mesh import Color, Solid, join, lathe, prism, sheet, solid, srgb, tube

_NAMES = (
    "white #e6e4de, cream #e3d8bd, beige #cbb592, grey #85878a, gray #85878a, silver #b9bcbf, black #1d1d1f, "
    "charcoal #37393c, navy #22304f, blue #33619f, teal #24777a, turquoise #35a5a0, green #3f7c49, olive #69693a, "
    "yellow #dfb438, mustard #c4942d, gold #c39b3e, golden #c39b3e, brass #b5893d, orange #d3702c, rust #a3512f, "
    "brown #6b4a33, tan #b18557, leather #6a4028, red #ad2c2d, crimson #97203a, burgundy #612331, maroon #5d2a32, "
    "pink #d78ea3, purple #64407f, violet #6a4a93, copper #a8643e, wooden #8a5f3a, pewter #7d8084"
)
COLOURS: dict[str, Color] = {name: srgb(code) for name, code in (entry.split() for entry in _NAMES.split(", "))}

STEEL = srgb("#b9bcc0")
DARK_STEEL = srgb("#4a4c50")
BRASS = srgb("#c29a4b")
GOLD = srgb("#d8ac4c")
RUBBER = srgb("#1c1c1d")
PAPER = srgb("#e9e4d6")
INK = srgb("#1f2536")
WOOD = srgb("#7d5433")
DARK_WOOD = srgb("#4c3020")
LEATHER = srgb("#6a4028")
CLEAR = srgb("#cfe0df")
COFFEE = srgb("#2b170d")
GLASS = srgb("#c3d4d2")


def said_colour(words: Sequence[str], options: Sequence[str], rng: np.random.Generator) -> Color:
    """The colour that the script names ("red umbrella"), else one of `options` (names or hex) by the seed."""
    said = next((COLOURS[w] for w in words if w in COLOURS), None)
    drawn = options[int(rng.integers(len(options)))]
    if said is not None:
        return said
    return srgb(drawn) if drawn.startswith("#") else COLOURS[drawn]


def dim(color: Color, factor: float) -> Color:
    """The same hue, darker or lighter."""
    return (min(0.95, color[0] * factor), min(0.95, color[1] * factor), min(0.95, color[2] * factor))


def rects(corners: ArrayLike, z: float, color: Color, *, roughness: float = 0.8, part: str = "ink") -> Solid:
    """Flat rectangles (N, 4: x0, y0, x1, y1) that look up at height `z`: printed lines, keys, labels."""
    r = np.asarray(corners, float).reshape(-1, 4)
    x0, y0, x1, y1 = r.T
    zz = np.full(len(r), z)
    points = np.stack(
        [
            np.stack([x0, y0, zz], -1),
            np.stack([x1, y0, zz], -1),
            np.stack([x1, y1, zz], -1),
            np.stack([x0, y1, zz], -1),
        ],
        1,
    )
    base = np.arange(len(r))[:, None] * 4
    faces = np.concatenate([base + [0, 1, 2], base + [0, 2, 3]])
    return solid(points.reshape(-1, 3), faces, color, roughness=roughness, part=part)


def ribbon(
    points: ArrayLike, width: float, z: float, color: Color, *, closed: bool = False, part: str = "ink"
) -> Solid:
    """A flat line of a pen through (N, 2) points at height `z`."""
    p = np.asarray(points, float)
    t = np.roll(p, -1, 0) - np.roll(p, 1, 0) if closed else np.gradient(p, axis=0)
    t /= np.maximum(np.linalg.norm(t, axis=1, keepdims=True), 1e-12)
    side = np.stack([-t[:, 1], t[:, 0]], -1) * width / 2
    n = len(p)
    edge = np.concatenate([p + side, p - side])
    i = np.arange(n if closed else n - 1)
    j = (i + 1) % n
    faces = np.concatenate([np.stack([i, i + n, j + n], -1), np.stack([i, j + n, j], -1)])
    return solid(np.column_stack([edge, np.full(2 * n, z)]), faces, color, roughness=0.8, part=part)


def circle(radius: float, segments: int = 24, center: tuple[float, float] = (0.0, 0.0)) -> np.ndarray:
    """(N, 2) points of a circle, counter-clockwise."""
    a = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    return np.stack([center[0] + radius * np.cos(a), center[1] + radius * np.sin(a)], -1)


def disc(radius: float, z: float, color: Color, *, segments: int = 32, roughness: float = 0.6, part: str = "") -> Solid:
    """A flat disc that looks up."""
    return lathe([(radius, z), (0.0, z)], color, segments=segments, roughness=roughness, part=part)


def handwriting(
    rng: np.random.Generator, x0: float, x1: float, y: float, height: float, z: float, color: Color = INK
) -> Solid:
    """One line of joined-up writing from `x0` to at most `x1`: words of loops, with gaps."""
    strokes: list[Solid] = []
    x = x0
    while x < x1 - 3 * height:
        letters = int(rng.integers(2, 8))
        width = min(letters * height * 0.62, x1 - x)
        steps = max(8, letters * 5)
        t = np.linspace(0, letters * 2 * np.pi, steps)
        tall = 0.5 + 0.5 * (rng.random(letters + 1) > 0.7)
        swing = np.interp(t / (2 * np.pi), np.arange(letters + 1), tall)
        px = x + width * t / t[-1] + 0.22 * height * np.sin(t)
        py = y + height * 0.5 * swing * (1 - np.cos(t)) + height * 0.05 * rng.standard_normal(steps)
        strokes.append(ribbon(np.stack([px, py], -1), height * 0.13, z, color))
        x += width + height * 0.9
    return join(strokes, "ink")


def printed_lines(
    rng: np.random.Generator, box: tuple[float, float, float, float], pitch: float, z: float, color: Color
) -> Solid:
    """A block of print seen from a distance: rows of word-long strokes in the rectangle (x0, y0, x1, y1)."""
    x0, y0, x1, y1 = box
    rows: list[tuple[float, float, float, float]] = []
    y = y1 - pitch
    while y > y0:
        x, end = x0, x1 if rng.random() > 0.15 else x0 + (x1 - x0) * rng.uniform(0.3, 0.8)
        while x < end:
            w = pitch * rng.uniform(0.7, 3.2)
            rows.append((x, y, min(x + w, end), y + pitch * 0.42))
            x += w + pitch * 0.4
        y -= pitch
    return rects(rows, z, color)


def plate_with_edge(
    outline: ArrayLike, thickness: float, edge: float, color: Color, *, roughness: float = 0.5, part: str = ""
) -> Solid:
    """A flat shape (N, 2, counter-clockwise) with chamfered rims, from z = 0 to `thickness`: blades, stocks, phones."""
    p = np.asarray(outline, float)
    into = _inset(p, edge)
    n = len(p)
    layers = [(into, 0.0), (p, edge), (p, thickness - edge), (into, thickness)]
    points = np.concatenate([np.column_stack([q, np.full(n, z)]) for q, z in layers])
    i = np.arange(n)
    j = (i + 1) % n
    walls = [
        np.concatenate(
            [
                np.stack([i + k * n, j + k * n, j + (k + 1) * n], -1),
                np.stack([i + k * n, j + (k + 1) * n, i + (k + 1) * n], -1),
            ]
        )
        for k in range(3)
    ]
    caps = prism(into, thickness, color)
    flat = np.abs(caps.normals[:, 2]) > 0.9
    keep = flat[caps.faces].all(axis=1)
    body = solid(points, np.concatenate(walls), color, roughness=roughness, part=part)
    lids = solid(caps.vertices, caps.faces[keep], color, roughness=roughness, part=part)
    return join([body, lids], part)


def _inset(p: np.ndarray, amount: float) -> np.ndarray:
    """Points moved inwards along the mean of their edges' normals."""
    forward = np.roll(p, -1, 0) - p
    forward /= np.maximum(np.linalg.norm(forward, axis=1, keepdims=True), 1e-12)
    normal = np.stack([-forward[:, 1], forward[:, 0]], -1)
    mean = normal + np.roll(normal, 1, 0)
    mean /= np.maximum((mean * mean).sum(1, keepdims=True) / 2, 0.35)
    return p + mean * amount


def rounded_outline(width: float, height: float, radius: float, steps: int = 5) -> np.ndarray:
    """(N, 2) rounded rectangle around the origin, counter-clockwise."""
    points: list[tuple[float, float]] = []
    for cx, cy, start in ((1, 1, 0), (-1, 1, 90), (-1, -1, 180), (1, -1, 270)):
        for a in np.radians(np.linspace(start, start + 90, steps)):
            points.append(
                (cx * (width / 2 - radius) + radius * np.cos(a), cy * (height / 2 - radius) + radius * np.sin(a))
            )
    return np.array(points)


def smooth_curve(points: ArrayLike, steps: int = 8, *, closed: bool = False) -> np.ndarray:
    """(M, D) Catmull-Rom curve through (N, D) points."""
    p = np.asarray(points, float)
    n = len(p)
    out: list[np.ndarray] = []
    for k in range(n if closed else n - 1):
        a, b, c, d = (p[(k + s) % n] if closed else p[np.clip(k + s, 0, n - 1)] for s in (-1, 0, 1, 2))
        for t in np.linspace(0, 1, steps, endpoint=False):
            out.append(
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            )
    if not closed:
        out.append(p[-1])
    return np.array(out)


def clear_wall(profile: Sequence[tuple[float, float]], thick: float = 0.0013) -> list[Solid]:
    """The empty part of a glass. The renderer's one material is opaque, so clear glass is drawn as an artist does it:
    its rim and a few upright glints, and what lies behind shows between them.
    """
    r, z = profile[-1]
    rim = tube(
        np.column_stack([circle(r - thick / 2, 40), np.full(40, z)]),
        thick,
        CLEAR,
        segments=6,
        closed=True,
        part="glass",
    )
    out = [rim]
    for turn, wide in ((-114, 7.0), (-103, 1.4), (-25, 1.2), (35, 1.2), (68, 5.0), (80, 1.2), (150, 1.2), (205, 1.2)):
        a = np.radians(np.linspace(turn - wide / 2, turn + wide / 2, 4))
        strip = [np.stack([p * np.cos(a), p * np.sin(a), np.full(4, q)], -1) for p, q in profile]
        out.append(sheet(strip, CLEAR, thickness=0.0004, roughness=0.04, part="glass"))
    return out
