"""Books, newspapers, photographs, maps and money."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, box, sheet, solid, srgb
from maquette.stage.props.paper import HELD_FLAT, leaf, on_leaf
from maquette.stage.props.parts import (
    circle,
    dim,
    plate_with_edge,
    printed_lines,
    rects,
    ribbon,
    said_colour,
)
from maquette.stage.props.prop import Prop, Words, grip_at, grounded


def book(rng: np.random.Generator, words: Words) -> Prop:
    """A cloth-bound book of 140 x 210 x 32 mm with rounded spine, page block and ribbon; small for a passport."""
    if "passport" in words:
        w, h, t = 0.088, 0.125, 0.006
    elif {"notebook", "diary", "journal", "sketchbook"} & set(words):
        w, h, t = 0.13, 0.19, 0.018
    else:
        w, h, t = 0.14, 0.21, 0.032
    color = said_colour(words, ("#5d2a2c", "#23405a", "#2f4a35", "#6b4a2a", "#3b3340", "#8a6a2c"), rng)
    cover = 0.003 if t > 0.01 else 0.0012
    gold = srgb("#c49b4a")
    pages = box((w - 0.008, h - 0.010, t - 2 * cover), srgb("#e3d9be"), roughness=0.95, part="pages").moved(
        x=0.001, z=cover
    )
    n = max(3, int(t / 0.0028))
    leaves = [
        box((0.0006, h - 0.0098, 0.0007), srgb("#b9ad8d"), roughness=1.0, part="pages").moved(
            x=w / 2 - 0.0029, z=cover + (k + 0.5) * (t - 2 * cover) / n
        )
        for k in range(n)
    ]
    ends = [
        box((w - 0.012, 0.0006, 0.0006), srgb("#b9ad8d"), roughness=1.0, part="pages").moved(
            y=s * ((h - 0.010) / 2 + 0.0001), z=cover + (k + 0.5) * (t - 2 * cover) / n
        )
        for k in range(n)
        for s in (-1, 1)
    ]
    outline = [(-w / 2 + 0.003, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2 + 0.003, h / 2)]
    boards = [
        plate_with_edge(outline, cover, cover * 0.27, color, roughness=0.75, part="cover").moved(z=z)
        for z in (0.0, t - cover)
    ]
    a = np.linspace(-np.pi / 2, np.pi / 2, 9)
    arc = np.stack([-w / 2 + 0.004 - 0.006 * np.cos(a), t / 2 + t / 2 * np.sin(a)], -1)
    grid = np.stack([np.stack([np.full(2, px), np.array([-h / 2, h / 2]), np.full(2, pz)], -1) for px, pz in arc])
    spine = sheet(grid[:, ::-1], color, thickness=0.002, roughness=0.75, part="cover")
    top = t + 0.0003
    frame = [
        rects(
            [
                (-w / 2 + 0.012, h / 2 - 0.014, w / 2 - 0.008, h / 2 - 0.0125),
                (-w / 2 + 0.012, -h / 2 + 0.0125, w / 2 - 0.008, -h / 2 + 0.014),
                (-w / 2 + 0.012, -h / 2 + 0.0125, -w / 2 + 0.0135, h / 2 - 0.0125),
                (w / 2 - 0.0095, -h / 2 + 0.0125, w / 2 - 0.008, h / 2 - 0.0125),
            ],
            top,
            gold,
        ).metal(0.8, 0.35)
    ]
    title = [
        (-0.036 * w / 0.14, 0.038, 0.042 * w / 0.14, 0.046),
        (-0.022 * w / 0.14, 0.022, 0.028 * w / 0.14, 0.028),
        (-0.014 * w / 0.14, -0.058, 0.020 * w / 0.14, -0.054),
    ]
    frame += [rects(title, top, gold).metal(0.8, 0.35)]
    star = ribbon(circle(0.012, 8, (0.003, -0.012)), 0.003, top, gold, closed=True).metal(0.8, 0.35)
    mark = plate_with_edge(
        [(0.01, -h / 2 - 0.02), (0.017, -h / 2 - 0.016), (0.017, -h / 2 + 0.02), (0.01, -h / 2 + 0.02)],
        0.0006,
        0.0001,
        srgb("#a1302b"),
        roughness=0.6,
        part="ribbon",
    ).moved(z=t * 0.55)
    return grounded(
        PropKind.BOOK,
        [pages, *leaves, *ends, *boards, spine, *frame, star, mark],
        grip_at((w / 2 - 0.02, 0.0, t / 2), (0, 1, 0), (-1, 0, 0)),
    )


def newspaper(rng: np.random.Generator, words: Words) -> Prop:
    """A broadsheet folded once, 300 x 290 mm: masthead, headline, picture, columns."""
    w, h = (0.21, 0.28) if "magazine" in words else (0.30, 0.29)
    paper = srgb("#d9d3c2") if "magazine" not in words else srgb("#b54a3a")
    solids: list[Solid] = []
    for k in range(5):
        solids.append(
            leaf(w - 0.004 * (k % 2), h - 0.005 * (k % 3), dim(paper, 0.97 - 0.02 * (k % 2)), curl=0.002).moved(
                x=0.002 * (k % 2), z=0.0016 * k
            )
        )
    fold = sheet(
        [
            [
                (-w / 2, -h / 2 - 0.003 * np.sin(a), 0.004 - 0.004 * np.cos(a)),
                (w / 2, -h / 2 - 0.003 * np.sin(a), 0.004 - 0.004 * np.cos(a)),
            ]
            for a in np.linspace(0, np.pi, 6)
        ],
        paper,
        thickness=0.0004,
        part="paper",
    )
    top = 0.0016 * 4
    dark = srgb("#2a2826")
    ink = [
        rects([(-w * 0.42, h * 0.38, w * 0.42, h * 0.45)], 0.0, dark),
        rects([(-w * 0.47, h * 0.355, w * 0.47, h * 0.36)], 0.0, dark),
        rects([(-w * 0.47, h * 0.245, w * 0.2, h * 0.325), (-w * 0.47, h * 0.17, w * 0.05, h * 0.225)], 0.0, dark),
    ]
    ink.append(rects([(w * 0.07, -h * 0.14, w * 0.47, h * 0.225)], 0.0, srgb("#85817a")))
    ink.append(rects([(w * 0.07, -h * 0.14, w * 0.47, -h * 0.02)], 0.0003, srgb("#54514c")))
    ink.append(ribbon(circle(w * 0.035, 16, (w * 0.27, h * 0.09)), w * 0.05, 0.0005, srgb("#3a3733"), closed=True))
    ink.append(rects([(w * 0.19, -h * 0.14, w * 0.35, h * 0.04)], 0.0005, srgb("#3a3733")))
    for x0, x1, y1 in (
        (-0.47, -0.30, 0.15),
        (-0.285, -0.115, 0.15),
        (-0.10, 0.055, 0.15),
        (0.07, 0.26, -0.16),
        (0.28, 0.47, -0.16),
    ):
        ink.append(printed_lines(rng, (x0 * w, -h * 0.46, x1 * w, y1 * h), 0.0068, 0.0, srgb("#6a665f")))
    if "magazine" in words:
        ink = [
            rects([(-w * 0.42, h * 0.32, w * 0.42, h * 0.45)], 0.0, srgb("#f0e9dc")),
            rects([(-w * 0.3, -h * 0.42, w * 0.3, h * 0.25)], 0.0, srgb("#d8b79c")),
            rects(
                [(-w * 0.42, -h * 0.3, w * 0.1, -h * 0.24), (-w * 0.42, -h * 0.38, -w * 0.02, -h * 0.34)],
                0.0004,
                srgb("#f0d23c"),
            ),
        ]
    lifted = [on_leaf(s, h, 0.002, 0, 0.0004 + float(s.vertices[:, 2].max())).moved(z=top) for s in ink]
    return grounded(
        PropKind.NEWSPAPER, [*solids, fold, *lifted], grip_at((w / 2 - 0.02, -0.04, 0.004), (0, 1, 0), (-1, 0, 0))
    )


def photograph(rng: np.random.Generator, words: Words) -> Prop:
    """A framed photograph of 160 x 210 mm on its strut; a loose print or polaroid when the script says so."""
    loose = bool({"snapshot", "polaroid", "photo", "photos", "loose"} & set(words)) and not {"frame", "framed"} & set(
        words
    )
    if loose:
        w, h = (0.088, 0.107) if "polaroid" in words else (0.15, 0.10)
        border = 0.018 if "polaroid" in words else 0.005
        sheet_ = leaf(w, h, srgb("#ece9e1"), curl=0.003)
        box_ = (-w / 2 + 0.005, -h / 2 + border, w / 2 - 0.005, h / 2 - 0.005)
        picture = [on_leaf(s, h, 0.003, 0, 0.0004 + float(s.vertices[:, 2].max())) for s in _portrait(rng, box_)]
        return grounded(PropKind.PHOTOGRAPH, [sheet_, *picture], grip_at((w / 2 - 0.010, -0.2 * h, 0.001), *HELD_FLAT))
    w, h, rim = 0.16, 0.21, 0.018
    color = said_colour(words, ("#4c3020", "#b9bcbf", "#c39b3e", "#1d1d1f"), rng)
    bars = [
        box((w, rim, 0.016), color, bevel=0.004, roughness=0.4, part="frame").moved(y=s * (h - rim) / 2)
        for s in (-1, 1)
    ]
    bars += [
        box((rim, h, 0.0158), color, bevel=0.004, roughness=0.4, part="frame").moved(x=s * (w - rim) / 2)
        for s in (-1, 1)
    ]
    back = box((w - 0.01, h - 0.01, 0.008), srgb("#3a302a"), part="back").moved(z=0.001)
    mount = rects([(-w / 2 + rim, -h / 2 + rim, w / 2 - rim, h / 2 - rim)], 0.0095, srgb("#e6e0d2"), part="mount")
    inner = (-w / 2 + rim + 0.012, -h / 2 + rim + 0.014, w / 2 - rim - 0.012, h / 2 - rim - 0.012)
    picture = [s.moved(z=0.0099) for s in _portrait(rng, inner)]
    tilted = [s.turned(x=78).moved(y=-0.0) for s in (*bars, back, mount, *picture)]
    foot = box((0.05, 0.003, 0.16), srgb("#3a302a"), part="back").turned(x=-22).moved(y=0.064, z=-0.098)
    return grounded(PropKind.PHOTOGRAPH, [*tilted, foot], grip_at((w / 2 - 0.01, 0.01, -0.02), (0, 0.2, 1), (-1, 0, 0)))


def _portrait(rng: np.random.Generator, area: tuple[float, float, float, float]) -> list[Solid]:
    """Somebody before a landscape, in faded colours, as flat shapes in the rectangle `area`."""
    x0, y0, x1, y1 = area
    cx, w, h = (x0 + x1) / 2, x1 - x0, y1 - y0
    skin = (srgb("#d2a68a"), srgb("#8d6146"), srgb("#c39470"))[int(rng.integers(3))]
    hair = (srgb("#2b1d16"), srgb("#6d4a2c"), srgb("#b5905a"))[int(rng.integers(3))]
    coat = (srgb("#35485f"), srgb("#7a3a34"), srgb("#5a6a45"))[int(rng.integers(3))]
    u = min(w, h)
    oval = circle(1.0, 22)

    def blob(scale: tuple[float, float], at: tuple[float, float], z: float, color: Color) -> Solid:
        p = oval * [scale[0] * u, scale[1] * u] + [cx + at[0] * u, (y0 + y1) / 2 + at[1] * u]
        fan = np.array([[0, i, i + 1] for i in range(1, 21)])
        p = np.clip(p, [x0, y0], [x1, y1])
        return solid(np.column_stack([p, np.full(len(p), z)]), fan, color, roughness=0.4, part="picture")

    return [
        rects([(x0, y0, x1, y1)], 0.0, srgb("#b7c0bd"), roughness=0.4, part="picture"),
        rects([(x0, y0, x1, y0 + 0.38 * h)], 0.0002, srgb("#8e9474"), roughness=0.4, part="picture"),
        blob((0.30, 0.36), (0.0, -0.42), 0.0004, coat),
        blob((0.075, 0.12), (0.0, -0.08), 0.0006, skin),
        blob((0.172, 0.205), (0.0, 0.115), 0.0005, hair),
        blob((0.138, 0.172), (0.0, 0.075), 0.0008, skin),
        blob((0.14, 0.062), (-0.01, 0.215), 0.0010, hair),
        blob((0.016, 0.011), (-0.05, 0.09), 0.0011, srgb("#2a2320")),
        blob((0.016, 0.011), (0.05, 0.09), 0.0011, srgb("#2a2320")),
        blob((0.045, 0.010), (0.0, -0.015), 0.0011, srgb("#8a4a44")),
    ]
