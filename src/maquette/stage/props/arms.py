"""Pistol, revolver, rifle and sword."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, lathe, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    LEATHER,
    RUBBER,
    STEEL,
    dim,
    disc,
    plate_with_edge,
    rects,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Prop, Words, grip_at, grounded

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
        box((0.020, 0.0009, 0.0007), srgb("#101011"), part="grip")
        .turned(z=-14)
        .moved(-0.058 - 0.00165 * k, -0.032 - 0.0055 * k, mid + 0.0143)
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
