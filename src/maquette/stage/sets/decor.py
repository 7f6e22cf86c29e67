"""What makes a room lived in: pictures, rugs, plants, clocks, mirrors, a fireplace, bottles."""

from __future__ import annotations

import itertools

import numpy as np

from maquette.stage.mesh import Color, Solid, box, boxes, cylinder, lathe, quad, rounded_box, sheet, srgb, tube
from maquette.stage.sets.joinery import frame
from maquette.stage.sets.palette import mix, shade, varied
from maquette.stage.sets.room import pavers

LEAF = srgb("#4d6a3a")
GLASS = tuple(srgb(h) for h in ("#2f5a35", "#7a4a1c", "#a8b3ae", "#1f3f2c", "#8c5a22", "#5f2020", "#c9a24a", "#44606e"))


def picture(
    width: float, height: float, edge: Color, colors: tuple[Color, ...], rng: np.random.Generator
) -> list[Solid]:
    """A framed picture in the wall frame, standing on z = 0: mount, and a painting of a few fields of colour."""
    items = [s.moved(y=-0.015) for s in frame(width, height, 0.035, 0.03, edge, "picture frame")]
    items.append(box((width - 0.05, 0.01, height - 0.05), (0.72, 0.7, 0.64), part="mount").moved(0, -0.008, 0.025))
    w, h = width - 0.18, height - 0.18
    feet, sizes, tints = [(0.0, -0.014, 0.09)], [(w, 0.002, h)], [mix(colors[0], (0.6, 0.6, 0.55), 0.5)]
    horizon = float(rng.uniform(0.3, 0.6))
    feet.append((0.0, -0.015, 0.09))
    sizes.append((w, 0.003, h * horizon))
    tints.append(shade(colors[1 % len(colors)], 0.8))
    for k in range(4):
        bw, bh = float(rng.uniform(0.12, 0.42)) * w, float(rng.uniform(0.08, 0.4)) * h
        x, z = float(rng.uniform(-1, 1)) * (w - bw) / 2, 0.09 + float(rng.uniform(0, 1)) * (h - bh)
        feet.append((x, -0.0155 - 0.001 * k, z))
        sizes.append((bw, 0.004, bh))
        tints.append(shade(colors[k % len(colors)], float(rng.uniform(0.6, 1.2))))
    items.append(boxes(feet, sizes, np.array(tints), roughness=0.7, part="painting"))
    return items


def rug(
    width: float, depth: float, ground: Color, border: Color, accent: Color, rng: np.random.Generator
) -> list[Solid]:
    """A rug 9 mm thick: border bands and a field of lozenges or stripes."""
    top = 0.009
    items = [box((width, depth, top), border, roughness=1.0, part="rug")]

    def band(inset: float, color: Color, z: float) -> Solid:
        x, y = width / 2 - inset, depth / 2 - inset
        return quad([(-x, -y, z), (x, -y, z), (x, y, z), (-x, y, z)], color, roughness=1.0, part="rug")

    items += [
        band(0.08, accent, top + 0.0012),
        band(0.11, ground, top + 0.0024),
        band(0.22, border, top + 0.0036),
        band(0.24, shade(ground, 1.12), top + 0.0048),
    ]
    w, d = width - 0.56, depth - 0.56
    nx, ny = max(2, int(w / 0.34)), max(2, int(d / 0.34))
    if rng.random() < 0.5:
        px, py = w / nx, d / ny
        diamond = np.array([(0, -py * 0.46), (px * 0.46, 0), (0, py * 0.46), (-px * 0.46, 0)])
        for i in range(nx):
            for j in range(ny):
                c = diamond + (-w / 2 + (i + 0.5) * px, -d / 2 + (j + 0.5) * py)
                tint = (accent, border, shade(border, 1.25))[(i + 2 * j) % 3]
                items.append(quad(np.column_stack([c, np.full(4, top + 0.006)]), tint, roughness=1.0, part="rug"))
    else:
        n = max(5, int(w / 0.16))
        edges = np.linspace(-w / 2, w / 2, n + 1)
        rects = [(a + 0.02, -d / 2, b - 0.02, d / 2) for a, b in itertools.pairwise(edges)][::2]
        items.append(
            pavers(
                rects, varied(border, rng, len(rects), 0.2), bevel=0.001, roughness=1.0, top=top + 0.0066, part="rug"
            )
        )
    return items


def plant(height: float, pot: Color, rng: np.random.Generator) -> list[Solid]:
    """A leafy plant in a pot."""
    r = max(0.09, height * 0.13)
    body = [
        (0, 0),
        (r * 0.7, 0),
        (r, r * 1.7),
        (r * 1.06, r * 1.7),
        (r * 1.06, r * 1.9),
        (r * 0.9, r * 1.9),
        (r * 0.88, r * 1.7),
        (0, r * 1.7),
    ]
    items = [lathe(body, pot, segments=20, crease_deg=40, part="pot")]
    items.append(cylinder(r * 0.86, 0.01, srgb("#3a2c20"), segments=16, part="soil").moved(z=r * 1.7))
    n = 16
    for i in range(n):
        turn = 137.5 * i + float(rng.uniform(-15, 15))
        reach = (height - r * 1.8) * float(rng.uniform(0.75, 1.0))
        lean = 0.12 + 0.5 * i / n
        items.append(_leaf(reach, lean, shade(LEAF, float(rng.uniform(0.7, 1.4)))).turned(z=turn).moved(z=r * 1.6))
    return items


def _leaf(length: float, lean: float, color: Color) -> Solid:
    """A long leaf that rises and bends over."""
    t = np.linspace(0, 1, 9)
    out = length * lean * (0.25 * t + 0.9 * t**2.2)
    up = length * (t - 0.42 * lean * t**3)
    half = length * 0.085 * np.sin(np.pi * np.clip(t * 0.9 + 0.1, 0, 1)) ** 0.8 + 0.002
    middle = np.stack([out, np.zeros(9), up - 0.1 * half], -1)
    left = middle + np.stack([np.zeros(9), -half, 0.35 * half], -1)
    right = middle + np.stack([np.zeros(9), half, 0.35 * half], -1)
    grid = np.stack([left, middle, right], 1)
    return sheet(grid, color, thickness=0.003, roughness=0.5, part="leaves")


def clock(radius: float, edge: Color, hour: float = 10.15) -> list[Solid]:
    """A wall clock in the wall frame, centred on z = 0."""
    face = cylinder(radius, 0.03, (0.75, 0.74, 0.7), segments=32, part="clock face").turned(x=90)
    profile = [(radius, 0), (radius + 0.02, 0.005), (radius + 0.02, 0.035), (radius - 0.005, 0.042)]
    rim = lathe(profile, edge, segments=32, part="clock rim").turned(x=90)
    items = [face, rim]
    for k in range(12):
        tick = box((0.008, 0.002, 0.03 if k % 3 == 0 else 0.018), (0.03, 0.03, 0.03), part="clock hands")
        items.append(tick.moved(z=radius * 0.76).turned(y=30 * k).moved(y=-0.031))
    for length, angle in ((radius * 0.5, hour % 12 * 30), (radius * 0.75, hour % 1 * 360)):
        items.append(
            box((0.011, 0.002, length), (0.03, 0.03, 0.03), part="clock hands").turned(y=angle).moved(y=-0.033)
        )
    return items


def mirror(width: float, height: float, edge: Color) -> list[Solid]:
    """A mirror in the wall frame standing on z = 0."""
    glass = box((width - 0.06, 0.006, height - 0.06), (0.82, 0.84, 0.84), part="mirror glass").metal(roughness=0.05)
    return [
        *(s.moved(y=-0.02) for s in frame(width, height, 0.05, 0.04, edge, "mirror frame")),
        glass.moved(0, -0.012, 0.03),
    ]


def fireplace(stone: Color, rng: np.random.Generator) -> list[Solid]:
    """A mantelpiece in the wall frame, 1.5 m wide: a dark hearth with logs, brick lining, mantel shelf at 1.2 m."""
    items = [box((0.3, 0.3, 1.12), stone, bevel=0.012, part="mantel").moved(s * 0.58, -0.15) for s in (-1, 1)]
    items.append(box((1.46, 0.3, 0.28), stone, bevel=0.012, part="mantel").moved(0, -0.15, 0.86))
    items.append(box((1.66, 0.38, 0.06), shade(stone, 1.08), bevel=0.018, part="mantel shelf").moved(0, -0.19, 1.13))
    items += [
        box((0.2, 0.03, 0.72), shade(stone, 1.06), bevel=0.01, part="mantel").moved(s * 0.58, -0.31, 0.12)
        for s in (-1, 1)
    ]
    items.append(box((1.0, 0.03, 0.16), shade(stone, 1.06), bevel=0.01, part="mantel").moved(0, -0.31, 0.92))
    items.append(box((1.6, 0.5, 0.035), shade(stone, 0.8), bevel=0.006, part="hearth").moved(0, -0.45))
    soot = srgb("#2a2321")
    items.append(box((0.86, 0.02, 0.86), soot, part="hearth").moved(0, -0.012))
    feet = [(x, -0.03, 0.04 + 0.09 * j) for j in range(9) for x in np.linspace(-0.36, 0.36, 5) + 0.04 * (j % 2)]
    bricks = varied(srgb("#4a2f27"), rng, len(feet), 0.35)
    items.append(boxes(feet, np.tile([0.155, 0.03, 0.075], (len(feet), 1)), bricks, bevel=0.005, part="bricks"))
    for k in range(4):
        log = cylinder(0.045, 0.5, shade(srgb("#5b4430"), float(rng.uniform(0.6, 1.2))), segments=10, part="logs")
        at = (0.25, -0.12 - 0.05 * (k % 2), 0.09 + 0.07 * (k // 2))
        items.append(log.turned(y=-90, z=float(rng.uniform(-14, 14))).moved(*at))
    return items


def bottle(color: Color, height: float = 0.3, *, style: int = 0, label: Color = (0.7, 0.66, 0.5)) -> list[Solid]:
    """A bottle: 0 wine, 1 square-shouldered spirit, 2 long neck, 3 squat decanter."""
    r, neck, shoulder = ((0.037, 0.014, 0.62), (0.044, 0.015, 0.7), (0.033, 0.013, 0.5), (0.058, 0.017, 0.5))[style]
    h = height
    bend = (0.78, 0.74, 0.75, 0.62)[style]
    profile = [
        (0, 0),
        (r, 0.004),
        (r, h * shoulder),
        (r * 0.8, h * (shoulder + bend) / 2),
        (neck, h * bend),
        (neck, h * 0.97),
        (neck * 1.25, h * 0.975),
        (neck * 1.25, h),
        (0, h),
    ]
    items = [lathe(profile, color, segments=12, roughness=0.12, crease_deg=60, part="bottles")]
    ring = [(r + 0.0012, h * 0.14), (r + 0.0012, h * shoulder * 0.8)]
    items.append(lathe(ring, label, segments=12, part="labels"))
    return items


def bottle_row(width: float, rng: np.random.Generator, *, spacing: float = 0.1, depth: float = 0.0) -> list[Solid]:
    """Bottles side by side between -width/2 and width/2."""
    items: list[Solid] = []
    n = int(width / spacing)
    for i in range(n):
        if rng.random() < 0.06:
            continue
        color = shade(GLASS[int(rng.integers(len(GLASS)))], float(rng.uniform(0.7, 1.3)))
        label = ((0.66, 0.6, 0.45), (0.08, 0.07, 0.06), (0.5, 0.1, 0.07), (0.6, 0.45, 0.12))[int(rng.integers(4))]
        made = bottle(color, float(rng.uniform(0.24, 0.33)), style=int(rng.integers(4)), label=label)
        x, y = -width / 2 + (i + 0.5) * width / n, float(rng.uniform(-0.02, 0.02)) + depth
        items += [s.moved(x, y) for s in made]
    return items


def glass(height: float = 0.12, radius: float = 0.036) -> Solid:
    profile = [(0, 0), (radius * 0.85, 0), (radius, height), (radius * 0.92, height), (radius * 0.8, 0.01), (0, 0.01)]
    return lathe(profile, (0.55, 0.58, 0.58), segments=12, roughness=0.08, crease_deg=40, part="glasses")


def wall_phone(color: Color) -> list[Solid]:
    """A wall telephone in the wall frame, centred on z = 0."""
    body = rounded_box((0.17, 0.07, 0.24), color, 0.02, part="phone").moved(0, -0.035, -0.12)
    hook = rounded_box((0.055, 0.05, 0.24), shade(color, 0.85), 0.02, steps=2, part="handset").moved(-0.1, -0.07, -0.12)
    dial = cylinder(0.05, 0.012, (0.6, 0.6, 0.56), segments=18, part="dial").turned(x=90).moved(0.02, -0.07, 0.03)
    t = np.linspace(0, 1, 16)
    cord = np.column_stack([-0.1 + 0.12 * t, -0.06 + 0.012 * np.sin(20 * t), -0.12 - 0.3 * np.sin(np.pi * t)])
    return [body, hook, dial, tube(cord, 0.005, shade(color, 0.7), segments=5, part="cord")]


def television(width: float = 1.1, *, lit: bool = False) -> list[Solid]:
    """A flat television facing -Y, standing on z = 0."""
    h = width * 0.58
    black = srgb("#17181b")
    face = box((width - 0.03, 0.004, h - 0.03), srgb("#22262b"), roughness=0.12, part="screen").moved(0, -0.022, 0.075)
    return [
        rounded_box((width, 0.045, h), black, 0.01, part="television").moved(z=0.06),
        box((width * 0.4, 0.2, 0.012), black, bevel=0.004, part="television"),
        box((0.08, 0.04, 0.07), black, part="television"),
        face.glowing((0.4, 0.5, 0.7)) if lit else face,
    ]
