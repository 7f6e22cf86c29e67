"""What stands along streets and roads: lamp posts, benches, bins, parked cars, poles, rails, signs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.stage.mesh import Color, Solid, box, boxes, cylinder, join, lathe, quad, sheet, solid, srgb, tube
from maquette.stage.sets.outdoors import sound
from maquette.stage.sets.palette import shade

F64 = NDArray[np.float64]
CAR_PAINTS = tuple(
    srgb(c) for c in ("#7d1f1c", "#27415c", "#b9b6ac", "#2f3b36", "#c9b27c", "#5b6f75", "#1e2022", "#8a4a22")
)
IRON = srgb("#2b2f2e")
BIN_GREEN = srgb("#33403a")
GREY_WOOD = srgb("#85735c")
SODIUM = (22.0, 12.8, 5.4)
"""Radiance of a street lamp's globe of 0.17 m: a pool of about 0.15 on the pavement under it."""


def lamp_post(height: float = 4.4) -> list[Solid]:
    """A cast-iron post with a fluted foot and a lantern frame; its globe is a practical at `height`."""
    profile = [(0.17, 0), (0.17, 0.12), (0.13, 0.2), (0.12, 0.65), (0.08, 0.8), (0.055, 1.0), (0.045, height - 0.55),
               (0.07, height - 0.5), (0.035, height - 0.42), (0.11, height - 0.24), (0.12, height - 0.2)]  # fmt: skip
    cap = lathe(
        [
            (0.2, height + 0.16),
            (0.12, height + 0.26),
            (0.03, height + 0.34),
            (0.015, height + 0.45),
            (0.0, height + 0.46),
        ],
        IRON,
        segments=14,
        part="post",
    )
    bar = tube([(-0.28, 0, height - 0.62), (0.28, 0, height - 0.62)], 0.016, IRON, segments=6, part="post")
    return [lathe(profile, IRON, segments=14, crease_deg=40, part="post"), cap, bar]


def bench(width: float = 1.7) -> list[Solid]:
    """A park bench that faces -Y; the seat is 0.45 m high."""
    wood = srgb("#7d5636")
    slats = [(0.0, -0.22 + 0.105 * k, 0.43) for k in range(4)]
    back = [
        box((width, 0.03, 0.09), shade(wood, 1 - 0.05 * k), bevel=0.006, part="wood")
        .turned(x=-12)
        .moved(0, 0.2 + 0.03 * k, 0.52 + 0.12 * k)
        for k in range(3)
    ]
    seat = boxes(
        slats, [(width, 0.09, 0.03)] * 4, [shade(wood, 0.92 + 0.05 * k) for k in range(4)], bevel=0.006, part="wood"
    )
    legs = []
    for x in (-width / 2 + 0.12, width / 2 - 0.12):
        legs.append(
            tube(
                [(x, -0.24, 0.0), (x, -0.22, 0.42), (x, 0.14, 0.42), (x, 0.2, 0.5), (x, 0.3, 0.86)],
                0.02,
                IRON,
                segments=6,
                part="iron",
            )
        )
        legs.append(tube([(x, 0.22, 0.0), (x, 0.12, 0.42)], 0.02, IRON, segments=6, part="iron"))
        legs.append(tube([(x, -0.2, 0.43), (x, -0.21, 0.64), (x, 0.2, 0.66)], 0.017, IRON, segments=6, part="iron"))
    return [seat, *back, *legs]


def bin_(color: Color = BIN_GREEN) -> list[Solid]:
    body = lathe(
        [(0.0, 0.02), (0.2, 0.02), (0.23, 0.8), (0.25, 0.82), (0.25, 0.86), (0.2, 0.87), (0.19, 0.6), (0.0, 0.6)],
        color,
        segments=18,
        crease_deg=35,
        part="bin",
    )
    return [body]


def hydrant() -> list[Solid]:
    red = srgb("#8d2a20")
    body = lathe(
        [
            (0.14, 0),
            (0.14, 0.05),
            (0.1, 0.07),
            (0.1, 0.5),
            (0.13, 0.52),
            (0.13, 0.56),
            (0.09, 0.64),
            (0.03, 0.7),
            (0.0, 0.7),
        ],
        red,
        segments=14,
        crease_deg=35,
        part="hydrant",
    )
    arm = cylinder(0.05, 0.34, red, segments=10, part="hydrant").turned(y=90).moved(-0.17, 0, 0.42)
    return [body, arm]


def postbox() -> list[Solid]:
    profile = [(0.24, 0), (0.24, 0.1), (0.22, 0.12), (0.22, 1.35), (0.26, 1.38), (0.26, 1.44), (0.18, 1.55), (0.0, 1.6)]
    body = lathe(profile, srgb("#8f231d"), segments=20, crease_deg=35, part="postbox")
    return [body, box((0.24, 0.02, 0.03), (0.02, 0.02, 0.02), part="slot").moved(0, -0.225, 1.22)]


# Half sections of a saloon from bumper to bumper: x along the car; sill, belt, shoulder inset, roof height, roof inset.
_STATIONS = np.array([
    #   x     sill  belt  half  tuck  top   half
    (-2.20, 0.36, 0.58, 0.66, 0.60, 0.60, 0.58),
    (-2.12, 0.26, 0.70, 0.78, 0.74, 0.74, 0.70),
    (-1.75, 0.20, 0.80, 0.85, 0.82, 0.84, 0.76),
    (-1.20, 0.20, 0.86, 0.87, 0.84, 0.90, 0.77),
    (-0.80, 0.19, 0.90, 0.88, 0.85, 0.95, 0.77),
    (-0.15, 0.19, 0.92, 0.88, 0.86, 1.36, 0.60),
    (0.20, 0.19, 0.93, 0.88, 0.86, 1.43, 0.58),
    (0.80, 0.19, 0.94, 0.88, 0.86, 1.43, 0.57),
    (1.20, 0.19, 0.95, 0.88, 0.85, 1.36, 0.58),
    (1.72, 0.20, 0.96, 0.87, 0.83, 1.02, 0.70),
    (2.05, 0.27, 0.90, 0.82, 0.78, 0.97, 0.72),
    (2.20, 0.36, 0.72, 0.72, 0.68, 0.74, 0.66),
])  # fmt: skip


def car(paint: Color, *, roof: float = 1.0) -> list[Solid]:
    """A parked saloon, 4.4 m along X, nose towards -X, wheels on z = 0."""
    from scipy.interpolate import PchipInterpolator

    x = np.unique(np.concatenate([np.linspace(-2.2, 2.2, 23), _STATIONS[:, 0]]))
    sill, belt, half, tuck, top, crown = (PchipInterpolator(_STATIONS[:, 0], _STATIONS[:, k])(x) for k in range(1, 7))
    top = belt + (top - belt) * roof
    rows = []
    for f in np.linspace(0, 1, 5):  # sill to belt, bulging
        rows.append((half - 0.05 * (1 - f) ** 2 - 0.02 * f**3, sill + (belt - sill) * f))
    rows.append((tuck, belt + 0.02))
    for f in (0.5, 0.93):  # belt to roof edge
        rows.append((tuck + (crown - tuck) * f, belt + (top - belt) * f * 0.97))
    for f in (0.93, 0.6, 0.0):  # over the roof
        rows.append((crown * f, top + 0.045 * (1 - f) ** 1.5))
    right = np.array([np.stack([x, -np.asarray(w), np.asarray(z)], -1) for w, z in rows])
    left = right[::-1][1:] * np.array([1, -1, 1])
    shell = sheet(np.concatenate([right, left]), paint, roughness=0.22, part="paint").metal(0.25, 0.22)
    # Windows: the same skin a hair outside, between belt and roof.
    return [
        sound(shell),
        sound(_ends(right)),
        *(sound(s) for s in _glazing(x, rows)),
        *(sound(s) for s in _wheels()),
        *_trim(paint),
    ]


def _ends(right: F64) -> Solid:
    """Closes nose and tail with the skin's own outline."""
    pieces = []
    for k, order in ((0, (0, 1, 2)), (-1, (0, 2, 1))):
        outline = np.concatenate([right[:, k], (right[:, k] * np.array([1, -1, 1]))[::-1]])
        middle = outline.mean(0)
        n = len(outline)
        fan = np.stack([np.zeros(n, int), 1 + np.arange(n), 1 + (np.arange(n) + 1) % n], -1)[:, list(order)]
        pieces.append(solid(np.vstack([middle, outline]), fan, srgb("#33373a"), roughness=0.4, part="trim"))
    return join(pieces, "trim")


def _glazing(x: F64, rows: list[tuple[F64, F64]]) -> list[Solid]:
    dark = srgb("#14191c")
    low_w, low_z = rows[5]
    high_w, high_z = rows[7]
    pieces = []

    def panel(x0: float, x1: float, sign: int) -> None:
        keep = (x >= x0) & (x <= x1)
        a, b = 0.12, 0.9
        w0, w1 = low_w + (high_w - low_w) * a, low_w + (high_w - low_w) * b
        z0, z1 = low_z + (high_z - low_z) * a, low_z + (high_z - low_z) * b
        lower = np.stack([x, -(w0 + 0.012), z0], -1)[keep]
        upper = np.stack([x, -(w1 + 0.012), z1], -1)[keep]
        grid = np.array([lower, upper]) * np.array([1, sign, 1])
        pieces.append(sheet(grid if sign > 0 else grid[:, ::-1], dark, roughness=0.06, part="glass"))

    for sign in (1, -1):
        panel(-0.45, 0.42, sign)
        panel(0.5, 1.38, sign)
    for low, high in (((-0.76, 0.97), (-0.2, 1.37)), ((1.68, 1.04), (1.24, 1.36))):
        w = 0.70, 0.55
        p = [(low[0], -w[0], low[1]), (low[0], w[0], low[1]), (high[0], w[1], high[1]), (high[0], -w[1], high[1])]
        out = 0.03 if low[0] < 0 else -0.03
        p = [(q[0] - out, q[1], q[2] + 0.035) for q in p]
        pieces.append(quad(p if low[0] > 0 else p[::-1][2:] + p[::-1][:2], dark, roughness=0.06, part="glass"))
    return pieces


def _wheels() -> list[Solid]:
    pieces = []
    for x in (-1.38, 1.36):
        for sign in (-1, 1):
            tyre = lathe(
                [
                    (0.0, -0.1),
                    (0.2, -0.1),
                    (0.29, -0.1),
                    (0.315, -0.06),
                    (0.32, 0.0),
                    (0.315, 0.06),
                    (0.29, 0.1),
                    (0.2, 0.1),
                    (0.0, 0.1),
                ],
                srgb("#151515"),
                segments=18,
                crease_deg=50,
                roughness=0.9,
                part="tyre",
            )
            rim = lathe(
                [(0.0, 0.112), (0.05, 0.118), (0.07, 0.105), (0.185, 0.108), (0.2, 0.12), (0.205, 0.1)],
                srgb("#8d9194"),
                segments=14,
                part="rim",
            ).metal(0.9, 0.3)
            arch = cylinder(0.37, 0.03, (0.012, 0.012, 0.012), segments=18, part="arch")
            turn = 90 if sign < 0 else -90
            y = sign * 0.78
            pieces += [s.turned(x=turn).moved(x, y, 0.32) for s in (tyre, rim)]
            pieces.append(arch.turned(x=turn).moved(x, sign * 0.862, 0.34))
    return pieces


def _trim(paint: Color) -> list[Solid]:
    chrome, black = srgb("#9fa3a5"), srgb("#1b1c1d")
    made = [
        box((0.16, 1.56, 0.13), black, bevel=0.04, part="bumper").moved(-2.2, 0, 0.36),
        box((0.16, 1.56, 0.13), black, bevel=0.04, part="bumper").moved(2.2, 0, 0.38),
        box((0.05, 0.7, 0.12), black, part="grille").moved(-2.2, 0, 0.55),
        box((0.03, 0.5, 0.11), srgb("#d8d2bd"), part="plate").moved(-2.29, 0, 0.37),
        box((0.03, 0.5, 0.11), srgb("#d8d2bd"), part="plate").moved(2.29, 0, 0.6),
    ]
    for sign in (-1, 1):
        made.append(
            box((0.1, 0.3, 0.13), srgb("#c9cdca"), bevel=0.03, roughness=0.1, part="headlamp").moved(
                -2.14, sign * 0.56, 0.56
            )
        )
        made.append(
            box((0.1, 0.26, 0.13), srgb("#7c1512"), bevel=0.03, roughness=0.15, part="tail lamp").moved(
                2.14, sign * 0.58, 0.72
            )
        )
        made.append(
            box((0.12, 0.2, 0.12), paint, bevel=0.03, roughness=0.25, part="mirror").moved(-0.55, sign * 0.98, 0.93)
        )
        for x in (0.28, 1.22):
            made.append(box((0.16, 0.025, 0.03), chrome, bevel=0.008, part="handle").moved(x, sign * 0.885, 0.8))
        for x in (-0.52, 0.46, 1.4):
            made.append(box((0.012, 0.012, 0.58), (0.01, 0.01, 0.01), part="seam").moved(x, sign * 0.879, 0.26))
    return made


def pole(height: float = 8.5) -> list[Solid]:
    """A wooden telephone pole with its cross-arm along X and insulators."""
    wood = srgb("#6b5a49")
    post = lathe(
        [(0.15, -0.3), (0.14, 1.0), (0.1, height), (0.0, height)],
        wood,
        segments=10,
        crease_deg=50,
        roughness=0.95,
        part="pole",
    )
    arms = boxes(
        [(0.0, -0.1, height - 0.55), (0.0, -0.1, height - 1.15)],
        [(2.0, 0.1, 0.12), (1.5, 0.1, 0.12)],
        shade(wood, 0.85),
        bevel=0.01,
        part="pole",
    )
    knobs = [
        lathe(
            [(0.02, 0), (0.02, 0.06), (0.05, 0.08), (0.03, 0.16), (0.0, 0.17)],
            srgb("#4f6a66"),
            segments=8,
            roughness=0.2,
            part="insulator",
        ).moved(x, -0.1, height - 0.43)
        for x in (-0.9, -0.45, 0.45, 0.9)
    ]
    return [post, arms, *knobs]


def wire(a: F64, b: F64, sag: float, radius: float = 0.012) -> Solid:
    t = np.linspace(0, 1, 9)[:, None]
    path = a + t * (b - a) - np.array([0, 0, 1.0]) * (4 * sag * t * (1 - t))
    return tube(path, radius, srgb("#1c1c1c"), segments=4, part="wire")


def fence(
    length: float, height: float = 1.15, gap: float = 2.4, rails: int = 3, color: Color = GREY_WOOD
) -> list[Solid]:
    """A post-and-rail fence along X from 0 to `length`."""
    n = int(length / gap) + 1
    step = length / max(n - 1, 1)
    posts = boxes(
        [(k * step, 0.0, -0.1) for k in range(n)],
        [(0.12, 0.12, height + 0.15 + 0.05 * (k % 3)) for k in range(n)],
        [shade(color, 0.9 + 0.07 * (k % 4)) for k in range(n)],
        bevel=0.01,
        part="post",
    )
    bars = [((k + 0.5) * step, 0.0, height * (j + 0.6) / rails - 0.05) for k in range(n - 1) for j in range(rails)]
    tones = [shade(color, 0.95 + 0.06 * ((7 * i) % 5)) for i in range(len(bars))]
    return [posts, boxes(bars, [(step + 0.05, 0.045, 0.11)] * len(bars), tones, bevel=0.008, part="rail")]


def guard_rail(length: float) -> list[Solid]:
    """A steel guard rail along X, its face towards -Y."""
    steel = srgb("#8b9092")
    wave = [
        (-0.16, 0.0),
        (-0.13, 0.03),
        (-0.08, 0.07),
        (-0.04, 0.07),
        (0.0, 0.015),
        (0.04, 0.07),
        (0.08, 0.07),
        (0.13, 0.03),
        (0.16, 0.0),
    ]
    x = np.linspace(0, length, max(2, int(length / 4)))
    grid = np.array([[(a, -depth, 0.6 + z) for a in x] for z, depth in wave])
    rail = sheet(grid, steel, thickness=0.004, part="rail").metal(0.8, 0.45)
    n = int(length / 4) + 1
    posts = boxes(
        [(min(k * 4.0 + 0.02, length), 0.07, -0.2) for k in range(n)],
        [(0.06, 0.1, 0.95)] * n,
        shade(steel, 0.8),
        part="post",
    )
    return [rail, posts]
