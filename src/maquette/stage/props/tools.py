"""Arms and tools."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, lathe, sheet, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    DARK_STEEL,
    DARK_WOOD,
    LEATHER,
    RUBBER,
    STEEL,
    WOOD,
    circle,
    dim,
    disc,
    plate_with_edge,
    rects,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, grip_at, grounded

Words = Sequence[str]
GUN = srgb("#2b2d30")


def pistol(rng: np.random.Generator, words: Words) -> Prop:
    """A service pistol of 200 x 135 x 28 mm lying on its side; a revolver when the script says so."""
    if "revolver" in words:
        return _revolver(rng)
    mid = 0.015
    slide = (
        plate_with_edge(
            [(-0.075, 0.012), (0.108, 0.012), (0.108, 0.033), (0.104, 0.036), (-0.070, 0.036), (-0.075, 0.030)],
            0.025,
            0.003,
            GUN,
            roughness=0.35,
            part="slide",
        )
        .metal(0.85, 0.38)
        .moved(z=mid - 0.0125)
    )
    frame = plate_with_edge(
        [
            (-0.072, 0.012),
            (-0.08, 0.006),
            (-0.072, 0.0),
            (-0.066, -0.004),
            (-0.02, -0.006),
            (0.03, -0.004),
            (0.036, 0.0),
            (0.100, 0.0),
            (0.100, 0.0125),
            (-0.072, 0.0125),
        ],
        0.021,
        0.002,
        dim(GUN, 0.75),
        roughness=0.6,
        part="frame",
    ).moved(z=mid - 0.0105)
    stock = smooth_curve([(-0.066, 0.004), (-0.074, -0.02), (-0.083, -0.055), (-0.092, -0.088)], 4)
    front = smooth_curve([(-0.052, -0.094), (-0.044, -0.06), (-0.040, -0.045), (-0.036, -0.025), (-0.026, -0.002)], 4)
    grip = plate_with_edge(
        np.concatenate([stock, front]), 0.029, 0.006, srgb("#1b1b1c"), roughness=0.85, part="grip"
    ).moved(z=mid - 0.0145)
    plate = plate_with_edge(
        [(-0.094, -0.093), (-0.05, -0.099), (-0.049, -0.093), (-0.093, -0.087)],
        0.024,
        0.002,
        dim(GUN, 0.8),
        part="grip",
    ).moved(z=mid - 0.012)
    loop = smooth_curve(
        [(-0.030, -0.005), (-0.027, -0.024), (-0.010, -0.034), (0.012, -0.033), (0.024, -0.020), (0.026, -0.003)], 5
    )
    guard = tube(np.column_stack([loop, np.full(len(loop), mid)]), 0.0031, GUN, segments=8, part="guard").metal(
        0.7, 0.4
    )
    trig = smooth_curve([(-0.006, -0.003), (-0.001, -0.012), (0.001, -0.020), (0.006, -0.026)], 4)
    trigger = tube(
        np.column_stack([trig, np.full(len(trig), mid)]), 0.0024, dim(GUN, 1.6), segments=7, part="trigger"
    ).metal(0.9, 0.3)
    hammer = (
        plate_with_edge(
            [(-0.079, 0.014), (-0.072, 0.012), (-0.074, 0.030), (-0.083, 0.036), (-0.086, 0.032)],
            0.008,
            0.0015,
            dim(GUN, 1.4),
            part="hammer",
        )
        .metal(0.9, 0.35)
        .moved(z=mid - 0.004)
    )
    ribs = [
        box((0.0016, 0.021, 0.0256), dim(GUN, 0.55), roughness=0.6, part="slide").moved(
            -0.067 + 0.0042 * k, 0.024, mid - 0.0128
        )
        for k in range(6)
    ]
    port = box((0.034, 0.010, 0.0008), dim(STEEL, 0.55), part="port").metal(0.9, 0.3).moved(0.022, 0.029, mid + 0.0123)
    sights = [
        box((w, 0.004, t), RUBBER, part="sights").moved(x, 0.038, mid - t / 2)
        for x, w, t in ((0.1, 0.007, 0.004), (-0.066, 0.009, 0.018))
    ]
    bore = [
        lathe(
            [(0.0072, 0.0), (0.0072, 0.005), (0.0046, 0.005), (0.0046, 0.001), (0.0, 0.001)],
            dim(STEEL, 0.7),
            segments=24,
            part="muzzle",
            crease_deg=30,
        )
        .metal(1.0, 0.3)
        .turned(y=90)
        .moved(0.1075, 0.0235, mid)
    ]
    pins = [
        lathe([(0.0026, 0.0), (0.0026, 0.0009), (0.0, 0.001)], dim(STEEL, 0.7), segments=12, part="pins")
        .metal()
        .moved(x, y, mid + z)
        for x, y, z in ((-0.06, 0.003, 0.0103), (0.012, 0.005, 0.0103), (0.05, 0.006, 0.0103))
    ]
    screws = [
        lathe([(0.004, 0.0), (0.004, 0.0008), (0.0, 0.001)], dim(STEEL, 0.6), segments=14, part="pins")
        .metal()
        .moved(x, y, mid + 0.0143)
        for x, y in ((-0.058, -0.022), (-0.071, -0.074))
    ]
    checks = [
        box((0.024, 0.0009, 0.0007), srgb("#101011"), part="grip")
        .turned(z=-14)
        .moved(-0.0615 - 0.0027 * k, -0.032 - 0.0055 * k, mid + 0.0143)
        for k in range(8)
    ]
    return grounded(
        PropKind.PISTOL,
        [slide, frame, grip, plate, guard, trigger, hammer, *ribs, port, *sights, *bore, *pins, *screws, *checks],
        grip_at((-0.058, -0.036, mid), (0.2, 0.98, 0), (1, 0, 0)),
    )


def _revolver(rng: np.random.Generator) -> Prop:
    mid = 0.020
    barrel = (
        lathe(
            [(0.0045, 0.105), (0.0085, 0.105), (0.0092, 0.10), (0.0092, 0.0)],
            STEEL,
            segments=24,
            part="barrel",
            crease_deg=40,
        )
        .metal(1.0, 0.28)
        .turned(y=90)
        .moved(0.012, 0.022, mid)
    )
    rib = box((0.102, 0.006, 0.006), STEEL, bevel=0.001, part="barrel").metal(1.0, 0.3).moved(0.064, 0.032, mid - 0.003)
    rod = tube([(0.02, 0.008, mid), (0.085, 0.008, mid)], 0.0042, STEEL, segments=10, part="barrel").metal(1.0, 0.3)
    drum = (
        lathe(
            [(0.0, 0.0), (0.0185, 0.0), (0.0195, 0.003), (0.0195, 0.034), (0.0175, 0.038), (0.0, 0.038)],
            dim(STEEL, 0.85),
            segments=36,
            part="cylinder",
            crease_deg=50,
        )
        .metal(1.0, 0.28)
        .turned(y=90)
        .moved(-0.028, 0.014, mid)
    )
    flutes = [
        tube(
            [
                (-0.014, 0.014 + 0.0192 * np.cos(a), mid + 0.0192 * np.sin(a)),
                (0.009, 0.014 + 0.0192 * np.cos(a), mid + 0.0192 * np.sin(a)),
            ],
            0.0042,
            dim(STEEL, 0.35),
            segments=8,
            part="cylinder",
        ).metal(0.9, 0.4)
        for a in np.linspace(0.5, 6.78, 6, endpoint=False)
    ]
    strap = (
        plate_with_edge(
            [
                (-0.034, 0.032),
                (0.014, 0.034),
                (0.014, 0.039),
                (-0.036, 0.038),
                (-0.05, 0.026),
                (-0.052, 0.006),
                (-0.062, -0.004),
                (-0.06, -0.014),
                (-0.03, -0.012),
                (0.014, -0.010),
                (0.014, -0.004),
                (-0.032, -0.004),
            ],
            0.018,
            0.002,
            STEEL,
            part="frame",
        )
        .metal(1.0, 0.3)
        .moved(z=mid - 0.009)
    )
    stock = smooth_curve([(-0.058, -0.004), (-0.072, -0.03), (-0.092, -0.066), (-0.106, -0.082)], 4)
    front = smooth_curve([(-0.066, -0.09), (-0.056, -0.062), (-0.046, -0.036), (-0.034, -0.012)], 4)
    grip = plate_with_edge(
        np.concatenate([stock, front]), 0.030, 0.008, srgb("#5a3320"), roughness=0.4, part="grip"
    ).moved(z=mid - 0.015)
    loop = smooth_curve([(-0.034, -0.012), (-0.030, -0.030), (-0.014, -0.038), (0.004, -0.030), (0.012, -0.010)], 5)
    guard = tube(np.column_stack([loop, np.full(len(loop), mid)]), 0.003, STEEL, segments=8, part="guard").metal(
        1.0, 0.3
    )
    trig = smooth_curve([(-0.018, -0.008), (-0.013, -0.018), (-0.010, -0.028)], 4)
    trigger = tube(
        np.column_stack([trig, np.full(len(trig), mid)]), 0.0023, dim(STEEL, 0.8), segments=7, part="trigger"
    ).metal()
    hammer = (
        plate_with_edge(
            [(-0.05, 0.024), (-0.04, 0.03), (-0.046, 0.046), (-0.058, 0.050), (-0.054, 0.04)],
            0.008,
            0.0015,
            dim(STEEL, 0.8),
            part="hammer",
        )
        .metal()
        .moved(z=mid - 0.004)
    )
    sight = plate_with_edge(
        [(0.095, 0.034), (0.112, 0.034), (0.110, 0.043), (0.104, 0.042)], 0.004, 0.0006, RUBBER, part="sight"
    ).moved(z=mid - 0.002)
    medal = disc(0.005, mid + 0.0153, BRASS, segments=16, part="grip").metal().moved(-0.062, -0.036)
    return grounded(
        PropKind.PISTOL,
        [barrel, rib, rod, drum, *flutes, strap, grip, guard, trigger, hammer, sight, medal],
        grip_at((-0.066, -0.042, mid), (0.45, 0.9, 0), (1, 0, 0)),
    )


def rifle(rng: np.random.Generator, words: Words) -> Prop:
    """A bolt-action rifle of 1.1 m on its side, two barrels for a shotgun, a telescope for a sniper's."""
    mid = 0.022
    shotgun = "shotgun" in words
    wood = said_colour(words, ("#6a3f22", "#7d5433", "#4c3020"), rng)
    stock = np.array(
        [
            (-0.52, -0.105),
            (-0.515, 0.012),
            (-0.40, 0.004),
            (-0.29, -0.012),
            (-0.245, 0.008),
            (-0.17, 0.012),
            (0.22, 0.006),
            (0.235, -0.004),
            (0.22, -0.020),
            (-0.10, -0.034),
            (-0.20, -0.034),
            (-0.245, -0.060),
            (-0.285, -0.066),
            (-0.34, -0.052),
            (-0.44, -0.082),
        ]
    )[::-1]
    body = plate_with_edge(stock, 0.042, 0.011, wood, roughness=0.45, part="stock").moved(z=mid - 0.021)
    pad = plate_with_edge(
        [(-0.532, -0.106), (-0.519, -0.107), (-0.514, 0.012), (-0.527, 0.013)], 0.040, 0.006, RUBBER, part="pad"
    ).moved(z=mid - 0.020)
    out: list[Solid] = [body, pad]
    for dz in (-0.0095, 0.0095) if shotgun else (0.0,):
        out.append(
            lathe(
                [(0.0062, 0.72), (0.0098, 0.72), (0.0105, 0.4), (0.0135, 0.02), (0.0135, 0.0)],
                GUN,
                segments=22,
                part="barrel",
                crease_deg=40,
            )
            .metal(0.85, 0.35)
            .turned(y=90)
            .moved(-0.15, 0.02, mid + dz)
        )
    out.append(
        plate_with_edge(
            [(-0.29, 0.004), (-0.12, 0.006), (-0.12, 0.030), (-0.27, 0.032), (-0.285, 0.026)],
            0.028,
            0.005,
            GUN,
            part="action",
        )
        .metal(0.85, 0.38)
        .moved(z=mid - 0.014)
    )
    if not shotgun:
        out.append(
            tube(
                [(-0.225, 0.022, mid + 0.012), (-0.232, 0.010, mid + 0.034), (-0.236, -0.002, mid + 0.046)],
                0.0042,
                STEEL,
                segments=8,
                part="bolt",
            ).metal(1.0, 0.25)
        )
        out.append(sphere(0.0085, STEEL, segments=14, part="bolt").metal(1.0, 0.25).moved(-0.238, -0.004, mid + 0.05))
        out.append(box((0.006, 0.012, 0.003), GUN, part="sight").moved(0.555, 0.034, mid - 0.0015))
    loop = smooth_curve([(-0.285, -0.052), (-0.27, -0.076), (-0.235, -0.082), (-0.20, -0.070), (-0.19, -0.034)], 5)
    out.append(
        tube(np.column_stack([loop, np.full(len(loop), mid)]), 0.003, GUN, segments=8, part="guard").metal(0.8, 0.4)
    )
    trig = smooth_curve([(-0.244, -0.040), (-0.237, -0.054), (-0.23, -0.066)], 4)
    out.append(
        tube(np.column_stack([trig, np.full(len(trig), mid)]), 0.0025, STEEL, segments=7, part="trigger").metal()
    )
    if {"sniper", "hunting", "scope", "telescopic"} & set(words):
        out.append(
            lathe(
                [
                    (0.013, 0.0),
                    (0.021, 0.002),
                    (0.021, 0.05),
                    (0.0145, 0.08),
                    (0.0145, 0.22),
                    (0.0235, 0.25),
                    (0.0235, 0.30),
                    (0.019, 0.301),
                ],
                RUBBER,
                segments=26,
                part="scope",
                crease_deg=40,
            )
            .metal(0.4, 0.4)
            .turned(y=90)
            .moved(-0.33, 0.066, mid)
        )
        out += [box((0.014, 0.030, 0.014), GUN, part="scope").moved(x, 0.046, mid - 0.007) for x in (-0.23, -0.13)]
    else:
        sling = smooth_curve(
            [
                (0.18, -0.02, mid),
                (0.05, -0.075, 0.006),
                (-0.15, -0.12, 0.004),
                (-0.36, -0.12, 0.005),
                (-0.45, -0.085, mid),
            ],
            6,
        )
        out.append(tube(sling, 0.0055, LEATHER, segments=6, roughness=0.8, part="sling").scaled(1, 1, 0.9))
    return grounded(PropKind.RIFLE, out, grip_at((-0.295, -0.036, mid), (0.55, 0.83, 0), (1, 0, 0)))


def sword(rng: np.random.Generator, words: Words) -> Prop:
    """A sword of 0.95 m with fuller, cross guard and wrapped grip."""
    mid = 0.012
    edge = [(0.0, -0.022), (0.55, -0.017), (0.70, -0.010), (0.765, 0.0), (0.70, 0.010), (0.55, 0.017), (0.0, 0.022)]
    blade = (
        plate_with_edge(edge, 0.005, 0.0022, STEEL, roughness=0.15, part="blade").metal(1.0, 0.16).moved(z=mid - 0.0025)
    )
    fuller = rects([(0.01, -0.0045, 0.5, 0.0045)], mid + 0.0026, dim(STEEL, 0.5), roughness=0.2, part="blade").metal(
        1.0, 0.3
    )
    guard = tube(
        smooth_curve(
            [(0.012, -0.095, mid), (-0.004, -0.05, mid), (-0.006, 0.0, mid), (-0.004, 0.05, mid), (0.012, 0.095, mid)],
            5,
        ),
        0.0072,
        BRASS,
        segments=12,
        part="guard",
    ).metal(1.0, 0.3)
    balls = [
        sphere(0.0105, BRASS, segments=14, part="guard").metal(1.0, 0.3).moved(0.013, s * 0.097, mid) for s in (-1, 1)
    ]
    grip = (
        lathe(
            [(0.0105, 0.0), (0.0135, 0.04), (0.0125, 0.08), (0.0105, 0.115)],
            srgb("#3a2218"),
            segments=20,
            roughness=0.8,
            part="grip",
        )
        .turned(y=-90)
        .moved(-0.008, 0, mid)
    )
    wrap = [
        tube(
            np.column_stack(
                [
                    np.full(16, -0.014 - 0.0075 * k) + 0.002 * np.cos(np.linspace(0, 6.28, 16)),
                    0.0132 * np.cos(np.linspace(0, 6.28, 17)[:-1]),
                    mid + 0.0132 * np.sin(np.linspace(0, 6.28, 17)[:-1]),
                ]
            ),
            0.0011,
            BRASS,
            segments=5,
            closed=True,
            part="grip",
        ).metal(0.9, 0.35)
        for k in range(14)
    ]
    pommel = sphere(0.0205, BRASS, segments=18, part="pommel").metal(1.0, 0.3).scaled(1, 1, 0.8).moved(-0.138, 0, mid)
    return grounded(
        PropKind.SWORD,
        [blade, fuller, guard, *balls, grip, *wrap, pommel],
        grip_at((-0.065, 0, mid), (1, 0, 0), (0, -1, 0)),
    )


def axe(rng: np.random.Generator, words: Words) -> Prop:
    """A felling axe of 760 mm; a hatchet or cleaver is smaller."""
    k = 0.52 if {"hatchet", "cleaver", "hand"} & set(words) else 1.0
    mid = 0.019
    lower = smooth_curve(
        [(-0.40, -0.030), (-0.38, -0.016), (-0.2, -0.018), (0.1, -0.012), (0.32, -0.016), (0.36, -0.016)], 5
    )
    upper = smooth_curve([(0.36, 0.016), (0.32, 0.016), (0.1, 0.018), (-0.2, 0.010), (-0.36, 0.014), (-0.40, 0.010)], 5)
    handle = plate_with_edge(
        np.concatenate([lower, upper]),
        0.024,
        0.008,
        said_colour(words, ("#a9784a", "#8a5f3a", "#8e2b27"), rng),
        roughness=0.55,
        part="handle",
    ).moved(z=mid - 0.012)
    cheek = [
        (0.285, -0.030),
        (0.355, -0.030),
        (0.368, 0.0),
        (0.372, 0.045),
        (0.402, 0.105),
        (0.39, 0.115),
        (0.315, 0.130),
        (0.24, 0.120),
        (0.232, 0.108),
        (0.272, 0.045),
        (0.280, 0.0),
    ]
    head = plate_with_edge(
        cheek, 0.034, 0.007, srgb("#7a2520") if rng.random() < 0.5 else DARK_STEEL, roughness=0.45, part="head"
    ).moved(z=mid - 0.017)
    rim = smooth_curve([(0.228, 0.108), (0.315, 0.150), (0.408, 0.104)], 9)
    inner = smooth_curve([(0.408, 0.100), (0.316, 0.124), (0.228, 0.104)], 9)
    bit = (
        plate_with_edge(np.concatenate([rim[::-1], inner[::-1]]), 0.014, 0.006, STEEL, part="edge")
        .metal(1.0, 0.18)
        .moved(z=mid - 0.007)
    )
    return grounded(
        PropKind.AXE,
        [s.scaled(k) for s in (handle, head, bit)],
        grip_at((-0.24 * k, -0.003, mid * k), (1, 0, 0), (0, 1, 0)),
    )


def hammer(rng: np.random.Generator, words: Words) -> Prop:
    """A claw hammer of 330 mm; a combination spanner when the script says wrench or spanner."""
    if {"wrench", "spanner"} & set(words):
        bar = plate_with_edge(
            [(-0.09, -0.009), (0.09, -0.009), (0.09, 0.009), (-0.09, 0.009)], 0.008, 0.002, STEEL, part="bar"
        ).metal(1.0, 0.25)
        jaw = (
            plate_with_edge(
                [
                    (0.08, -0.012),
                    (0.10, -0.024),
                    (0.128, -0.022),
                    (0.130, -0.010),
                    (0.108, -0.010),
                    (0.104, 0.0),
                    (0.108, 0.010),
                    (0.130, 0.010),
                    (0.128, 0.022),
                    (0.10, 0.024),
                    (0.08, 0.012),
                ],
                0.012,
                0.002,
                STEEL,
                part="jaw",
            )
            .metal(1.0, 0.25)
            .moved(z=-0.002)
        )
        ring = tube(
            np.column_stack([circle(0.015, 24, (-0.104, 0)), np.full(24, 0.004)]),
            0.0062,
            STEEL,
            segments=10,
            closed=True,
            part="ring",
        ).metal(1.0, 0.25)
        return grounded(PropKind.HAMMER, [bar, jaw, ring], grip_at((-0.04, 0, 0.004), (1, 0, 0), (0, 1, 0)))
    mid = 0.016
    lower = smooth_curve([(-0.16, -0.018), (-0.1, -0.014), (0.0, -0.016), (0.12, -0.011), (0.15, -0.011)], 4)
    upper = smooth_curve([(0.15, 0.011), (0.12, 0.011), (0.0, 0.016), (-0.1, 0.014), (-0.16, 0.018)], 4)
    handle = plate_with_edge(
        np.concatenate([lower, upper]),
        0.024,
        0.008,
        said_colour(words, ("#a9784a", "#8a5f3a"), rng),
        roughness=0.55,
        part="handle",
    ).moved(z=mid - 0.012)
    neck = (
        lathe(
            [(0.0, 0.0), (0.0135, 0.0), (0.0155, 0.003), (0.0155, 0.018), (0.011, 0.023), (0.0105, 0.042)],
            DARK_STEEL,
            segments=26,
            part="head",
            crease_deg=40,
        )
        .metal(0.95, 0.3)
        .turned(x=-90)
        .moved(0.152, -0.058, mid)
    )
    eye = (
        plate_with_edge(
            [(0.133, -0.018), (0.171, -0.018), (0.171, 0.016), (0.133, 0.016)], 0.030, 0.005, DARK_STEEL, part="head"
        )
        .metal(0.95, 0.3)
        .moved(z=mid - 0.015)
    )
    claws = [
        tube(
            smooth_curve(
                [
                    (0.158, 0.012, mid + s * 0.006),
                    (0.156, 0.035, mid + s * 0.008),
                    (0.146, 0.056, mid + s * 0.011),
                    (0.126, 0.072, mid + s * 0.013),
                ],
                5,
            ),
            0.0062,
            DARK_STEEL,
            segments=8,
            part="head",
        ).metal(0.95, 0.3)
        for s in (-1, 1)
    ]
    return grounded(PropKind.HAMMER, [handle, neck, eye, *claws], grip_at((-0.09, 0, mid), (1, 0, 0), (0, -1, 0)))


def shovel(rng: np.random.Generator, words: Words) -> Prop:
    """A round-nosed shovel of 1.05 m with a D handle."""
    u, v = np.meshgrid(np.linspace(-1, 1, 13), np.linspace(0, 1, 11))
    half = 0.105 * np.sqrt(np.clip(1 - np.clip((v - 0.45) / 0.55, 0, 1) ** 2.2, 0.004, 1))
    blade = sheet(
        np.stack([0.24 + 0.28 * v, u * half, 0.018 + 0.03 * u**2 + 0.02 * (v - 0.4) ** 2], -1),
        srgb("#5c5a58"),
        thickness=0.003,
        part="blade",
    ).metal(0.85, 0.4)
    edge = sheet(
        np.stack(
            [0.24 + 0.28 * v[-3:], u[-3:] * half[-3:], 0.0186 + 0.03 * u[-3:] ** 2 + 0.02 * (v[-3:] - 0.4) ** 2], -1
        ),
        STEEL,
        part="edge",
    ).metal(1.0, 0.2)
    socket = tube(
        smooth_curve([(0.30, 0, 0.024), (0.24, 0, 0.034), (0.14, 0, 0.044)], 4),
        0.020,
        srgb("#5c5a58"),
        segments=14,
        part="blade",
    ).metal(0.85, 0.4)
    shaft = tube(
        smooth_curve([(0.2, 0, 0.040), (-0.1, 0, 0.040), (-0.42, 0, 0.024)], 6),
        0.0165,
        WOOD,
        segments=14,
        roughness=0.6,
        part="shaft",
    )
    loop = smooth_curve([(-0.42, 0, 0.024), (-0.45, -0.05, 0.023), (-0.51, -0.055, 0.022)], 5)
    loop2 = loop * [1, -1, 1]
    handle = [tube(q, 0.0115, DARK_WOOD, segments=10, part="handle") for q in (loop, loop2)] + [
        tube([(-0.51, -0.06, 0.022), (-0.51, 0.06, 0.022)], 0.0145, DARK_WOOD, segments=12, part="handle")
    ]
    return grounded(
        PropKind.SHOVEL, [blade, edge, socket, shaft, *handle], grip_at((0.0, 0, 0.040), (1, 0, 0), (0, 0, 1))
    )


def syringe(rng: np.random.Generator, words: Words) -> Prop:
    """A 10 ml syringe of 150 mm, scale and needle."""
    barrel = lathe(
        [(0.0, 0.0), (0.0045, 0.0), (0.0095, 0.002), (0.0095, 0.078), (0.0085, 0.078)],
        srgb("#d9e2e2"),
        segments=26,
        roughness=0.08,
        part="barrel",
        crease_deg=40,
    )
    drug = lathe(
        [(0.0096, 0.004), (0.0097, 0.042)],
        said_colour(words, ("#c9b56a", "#9fc7c9", "#b8483f"), rng),
        segments=26,
        roughness=0.1,
        part="drug",
    )
    stopper = lathe([(0.0098, 0.042), (0.0099, 0.050)], RUBBER, segments=26, roughness=0.5, part="stopper")
    ticks = [
        lathe([(0.0099, z), (0.0099, z + 0.0005)], srgb("#22262b"), segments=26, part="scale")
        for z in np.arange(0.012, 0.074, 0.006)
    ]
    flange = plate_with_edge(
        smooth_curve(
            [(-0.019, -0.006), (0.019, -0.006), (0.022, 0.0), (0.019, 0.006), (-0.019, 0.006), (-0.022, 0.0)],
            3,
            closed=True,
        ),
        0.0025,
        0.0008,
        srgb("#d9e2e2"),
        part="barrel",
    ).moved(z=0.077)
    rod = [
        box((0.009, 0.0016, 0.038), srgb("#dfe4e2"), part="plunger").moved(z=0.078),
        box((0.0016, 0.009, 0.038), srgb("#dfe4e2"), part="plunger").moved(z=0.078),
        lathe(
            [(0.0, 0.0), (0.0105, 0.0), (0.0105, 0.003), (0.0, 0.0035)],
            srgb("#dfe4e2"),
            segments=24,
            part="plunger",
            crease_deg=40,
        ).moved(z=0.115),
    ]
    hub = lathe([(0.0022, -0.014), (0.0036, -0.012), (0.0042, 0.0)], srgb("#4f8f5a"), segments=16, part="hub")
    needle = tube([(0, 0, -0.05), (0, 0, -0.012)], 0.0007, STEEL, segments=6, part="needle").metal(1.0, 0.15)
    laid = [s.turned(y=-90).moved(z=0.0105) for s in (barrel, drug, stopper, *ticks, flange, *rod, hub, needle)]
    return grounded(PropKind.SYRINGE, laid, grip_at((-0.045, 0, 0.0105), (1, 0, 0), (0, 0, 1)))


def rope(rng: np.random.Generator, words: Words) -> Prop:
    """A coil of laid rope, 340 mm across, its end hanging loose."""
    t = np.linspace(0, 5.4 * 2 * np.pi, 260)
    r = 0.140 + 0.012 * np.sin(t * 0.83) + 0.010 * (rng.random(260) - 0.5).cumsum() / 16
    z = 0.014 + 0.0135 * t / (2 * np.pi) + 0.003 * np.sin(2.3 * t)
    path = np.stack([r * np.cos(t), r * np.sin(t), z], -1)
    tail = path[-1] + np.array(
        [[0.02, 0.05, -0.02], [-0.01, 0.10, -0.05], [-0.06, 0.13, -0.072], [-0.12, 0.12, -0.075]]
    )
    tail[:, 2] = np.maximum(tail[:, 2], 0.014)
    path = np.concatenate([path, smooth_curve(np.concatenate([path[-1:], tail]), 8)[1:]])
    color = said_colour(words, ("#b59a68", "#c9b98f", "#8f7a55"), rng)
    core = tube(path, 0.0098, dim(color, 0.72), segments=7, roughness=0.95, part="rope")
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, [0.0, 0.0, 1.0])
    up = np.cross(side, tangent)
    a = np.arange(len(path)) * 0.72
    strands = [
        tube(
            path + 0.0056 * (np.cos(a + p)[:, None] * side + np.sin(a + p)[:, None] * up),
            0.0058,
            color,
            segments=5,
            roughness=0.95,
            part="rope",
        )
        for p in (0.0, np.pi)
    ]
    return grounded(PropKind.ROPE, [core.scaled(0.999), *strands], grip_at((0.0, 0.14, 0.05), (1, 0, 0), (0, 0, -1)))


def paint_can(rng: np.random.Generator, words: Words) -> Prop:
    """A 2.5 litre paint tin, 165 x 175 mm, open, drips down its label; an empty zinc bucket when asked."""
    if {"bucket", "pail"} & set(words):
        tin = lathe(
            [
                (0.0, 0.004),
                (0.095, 0.0),
                (0.100, 0.006),
                (0.138, 0.255),
                (0.143, 0.262),
                (0.138, 0.264),
                (0.097, 0.012),
                (0.0, 0.010),
            ],
            srgb("#9aa0a3"),
            segments=40,
            part="tin",
        ).metal(0.9, 0.4)
        hoops = [
            lathe(
                [(r, z), (r + 0.002, z + 0.004), (r + 0.0006, z + 0.008)], srgb("#7d8386"), segments=40, part="tin"
            ).metal(0.9, 0.4)
            for r, z in ((0.111, 0.07), (0.125, 0.165))
        ]
        arc = tube(
            smooth_curve(
                [
                    (-0.143, 0, 0.25),
                    (-0.13, 0, 0.33),
                    (-0.07, 0, 0.40),
                    (0, 0, 0.418),
                    (0.07, 0, 0.40),
                    (0.13, 0, 0.33),
                    (0.143, 0, 0.25),
                ],
                5,
            ),
            0.0035,
            STEEL,
            segments=7,
            part="handle",
        ).metal()
        hold = tube([(-0.045, 0, 0.416), (0.045, 0, 0.416)], 0.011, WOOD, segments=12, part="handle")
        return grounded(
            PropKind.PAINT_CAN, [tin, *hoops, arc, hold], grip_at((0, 0, 0.418), (1, 0, 0), (0, 0, -1)), Carry.HANG
        )
    paint = said_colour([w for w in words if w != "paint"], ("#e2e0da", "#8e2b27", "#2f5a8c", "#d8a53a"), rng)
    r, h = 0.080, 0.172
    tin = lathe(
        [
            (0.0, 0.003),
            (r, 0.0),
            (r + 0.003, 0.003),
            (r, 0.007),
            (r, h - 0.012),
            (r + 0.0035, h - 0.006),
            (r + 0.002, h),
            (r - 0.008, h),
            (r - 0.010, h - 0.008),
            (r - 0.003, h - 0.02),
        ],
        STEEL,
        segments=44,
        part="tin",
        crease_deg=50,
    ).metal(0.95, 0.28)
    label = lathe(
        [(r + 0.0006, 0.018), (r + 0.0006, h - 0.026)], srgb("#e6dfcf"), segments=44, roughness=0.7, part="label"
    )
    band = lathe([(r + 0.0012, 0.05), (r + 0.0012, 0.108)], paint, segments=44, roughness=0.5, part="label")
    wet = disc(r - 0.004, h - 0.022, paint, segments=44, roughness=0.1, part="paint")
    drips: list[Solid] = []
    for a in (-2.1, -1.75, -1.45, -1.2, 0.4):
        long = float(rng.uniform(0.02, 0.085))
        spot = [
            ((r + 0.0035) * np.cos(a), (r + 0.0035) * np.sin(a), z) for z in (h - 0.002, h - 0.015, h - 0.015 - long)
        ]
        drips += [
            tube(spot, 0.0032, paint, segments=7, roughness=0.15, part="paint"),
            sphere(0.0045, paint, segments=8, roughness=0.15, part="paint").moved(*spot[-1]),
        ]
    arc = tube(
        smooth_curve(
            [
                (-r - 0.003, 0, h - 0.02),
                (-0.075, 0.05, h + 0.04),
                (0, 0.075, h + 0.075),
                (0.075, 0.05, h + 0.04),
                (r + 0.003, 0, h - 0.02),
            ],
            6,
        ),
        0.0018,
        STEEL,
        segments=6,
        part="handle",
    ).metal()
    return grounded(
        PropKind.PAINT_CAN,
        [tin, label, band, wet, *drips, arc],
        grip_at((0, 0.075, h + 0.075), (1, 0, 0), (0, 0, -1)),
        Carry.HANG,
    )


def paintbrush(rng: np.random.Generator, words: Words) -> Prop:
    """A flat brush of 240 mm with wet bristles."""
    wet = said_colour(words, ("#e2e0da", "#8e2b27", "#2f5a8c"), rng)
    lower = smooth_curve([(-0.13, -0.007), (-0.105, -0.013), (-0.06, -0.010), (-0.02, -0.014), (0.015, -0.027)], 4)
    handle = plate_with_edge(
        np.concatenate([lower, (lower * [1, -1])[::-1]]),
        0.016,
        0.005,
        said_colour(words[:0], ("#a9784a", "#8e2b27", "#33619f"), rng),
        roughness=0.35,
        part="handle",
    )
    ferrule = (
        plate_with_edge(
            [(0.010, -0.030), (0.045, -0.030), (0.045, 0.030), (0.010, 0.030)], 0.018, 0.003, STEEL, part="ferrule"
        )
        .metal(1.0, 0.3)
        .moved(z=-0.001)
    )
    lines = rects(
        [(0.016, -0.029, 0.0175, 0.029), (0.039, -0.029, 0.0405, 0.029)], 0.0174, dim(STEEL, 0.5), part="ferrule"
    )
    hair: list[Solid] = []
    for k in range(26):
        y = -0.028 + 0.056 * k / 25
        end = 0.105 + 0.006 * float(rng.random())
        for z, c in ((0.0125, srgb("#3a2a1e")), (0.0045, srgb("#33241a"))):
            hair.append(
                tube(
                    [(0.044, y, z), (0.075, y * 1.04, z), (end, y * 1.02, 0.008)],
                    0.0022,
                    c,
                    segments=5,
                    roughness=0.8,
                    part="bristles",
                )
            )
    dipped = [
        tube(
            [
                (0.082, -0.0295 + 0.059 * k / 13, 0.008),
                (0.108 + 0.005 * float(rng.random()), -0.028 + 0.056 * k / 13, 0.008),
            ],
            0.0062,
            wet,
            segments=6,
            roughness=0.15,
            part="paint",
        )
        for k in range(14)
    ]
    return grounded(
        PropKind.PAINTBRUSH, [handle, ferrule, lines, *hair, *dipped], grip_at((-0.05, 0, 0.008), (1, 0, 0), (0, 0, 1))
    )


def pen(rng: np.random.Generator, words: Words) -> Prop:
    """A fountain pen of 140 mm; a yellow pencil or a quill when the script says so."""
    if "pencil" in words:
        parts = [lathe([(0.0, 0.0), (0.0006, 0.001), (0.0012, 0.006)], srgb("#2a2a2a"), segments=6, part="lead"), lathe([(0.0012, 0.006), (0.0037, 0.022)], srgb("#c9a272"), segments=6, smooth=False, part="wood"), lathe([(0.0037, 0.022), (0.0037, 0.165)], srgb("#d9a425"), segments=6, smooth=False, roughness=0.35, part="body"),
                 lathe([(0.0039, 0.165), (0.0039, 0.177)], BRASS, segments=14, part="cap").metal(), lathe([(0.0037, 0.177), (0.0037, 0.185), (0.0, 0.187)], srgb("#c77d78"), segments=14, part="rubber")]  # fmt: skip
        return grounded(
            PropKind.PEN,
            [s.turned(y=-90).moved(z=0.0037) for s in parts],
            grip_at((-0.03, 0, 0.0037), (1, 0, 0), (0, 0, 1)),
        )
    color = said_colour(words, ("#1d1d1f", "#22304f", "#612331", "#17442f"), rng)
    body = lathe(
        [
            (0.0044, 0.02),
            (0.0048, 0.026),
            (0.0060, 0.045),
            (0.0062, 0.09),
            (0.0052, 0.125),
            (0.0046, 0.136),
            (0.0, 0.138),
        ],
        color,
        segments=24,
        roughness=0.12,
        part="body",
    )
    rings = [
        lathe([(0.0063, z), (0.0066, z + 0.001), (0.0063, z + 0.002)], BRASS, segments=24, part="rings").metal(1.0, 0.2)
        for z in (0.044, 0.088)
    ]
    nib = (
        plate_with_edge(
            [(0.0, 0.0), (0.012, -0.0036), (0.021, -0.0032), (0.021, 0.0032), (0.012, 0.0036)],
            0.001,
            0.0002,
            BRASS,
            part="nib",
        )
        .metal(1.0, 0.15)
        .moved(z=-0.0005)
    )
    feed = tube([(0.005, 0, -0.001), (0.022, 0, -0.002)], 0.0022, RUBBER, segments=8, part="feed")
    slit = box((0.010, 0.0004, 0.0006), RUBBER, part="nib").moved(x=0.007, z=0.0004)
    turned = [s.turned(y=90) for s in (body, *rings)]
    return grounded(PropKind.PEN, [*turned, nib, feed, slit], grip_at((0.03, 0, 0.0), (-1, 0, 0), (0, 0, 1)))


TOOLS = {
    PropKind.PISTOL: pistol, PropKind.RIFLE: rifle, PropKind.SWORD: sword, PropKind.AXE: axe, PropKind.HAMMER: hammer,
    PropKind.SHOVEL: shovel, PropKind.SYRINGE: syringe, PropKind.ROPE: rope, PropKind.PAINT_CAN: paint_can,
    PropKind.PAINTBRUSH: paintbrush, PropKind.PEN: pen,
}  # fmt: skip
