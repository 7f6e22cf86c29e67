"""Letters, cheques, books, newspapers, photographs, maps and money."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, box, join, sheet, srgb
from maquette.stage.props.parts import (
    INK,
    circle,
    dim,
    handwriting,
    plate_with_edge,
    printed_lines,
    rects,
    ribbon,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Prop, grip_at, grounded

Words = Sequence[str]


def _leaf(width: float, height: float, color: Color, *, curl: float = 0.0, folds: int = 0) -> Solid:
    """A sheet of paper lying on the table, lightly curled or creased where it was folded."""
    x = np.linspace(-width / 2, width / 2, 9)
    y = np.linspace(-height / 2, height / 2, 25)
    gx, gy = np.meshgrid(x, y)
    z = 0.0006 + curl * (2 * gy / height) ** 4
    if folds:
        z = z + 0.0022 * np.abs(np.sin(np.pi * (folds + 1) * (gy / height + 0.5)))
    return sheet(np.stack([gx, gy, z], -1), color, thickness=0.0005, roughness=0.95, part="paper")


def _on(solid: Solid, height: float, curl: float, folds: int, lift: float = 0.0004) -> Solid:
    """Ink drawn flat, laid on a curled or creased leaf."""
    from dataclasses import replace

    v = solid.vertices.copy()
    y = v[:, 1]
    v[:, 2] = 0.0006 + lift + curl * (2 * y / height) ** 4
    if folds:
        v[:, 2] += 0.0022 * np.abs(np.sin(np.pi * (folds + 1) * (y / height + 0.5)))
    return replace(solid, vertices=v.astype(np.float32))


_HELD = ((0.0, -0.105, 0.001), (1.0, 0.25, 0.0), (0.15, -1.0, 0.3))


def letter(rng: np.random.Generator, words: Words) -> Prop:
    """A handwritten A5 letter, twice folded; print and a stamp for contracts, files and reports."""
    typed = bool(
        {"contract", "document", "file", "report", "form", "papers", "script", "manuscript", "telegram"} & set(words)
    )
    w, h = (0.21, 0.297) if typed else (0.148, 0.21)
    paper = said_colour(words, ("#e9e4d6", "#ece9e0", "#e2dcc6"), rng)
    folds, curl = (0, 0.003) if typed else (2, 0.004)
    ink: list[Solid] = []
    if typed:
        ink.append(rects([(-0.05, h / 2 - 0.04, 0.05, h / 2 - 0.033)], 0.0, INK))
        ink.append(printed_lines(rng, (-0.08, -h / 2 + 0.06, 0.08, h / 2 - 0.055), 0.0062, 0.0, dim(INK, 1.6)))
        ink.append(handwriting(rng, 0.01, 0.075, -h / 2 + 0.028, 0.008, 0.0, srgb("#1c2f7a")))
        ink.append(rects([(0.0, -h / 2 + 0.024, 0.08, -h / 2 + 0.0247)], 0.0, INK))
        ink.append(ribbon(circle(0.013, 24, (-0.055, -h / 2 + 0.035)), 0.0012, 0.0, srgb("#9b2c2c"), closed=True))
    else:
        y = h / 2 - 0.024
        ink.append(handwriting(rng, 0.02, 0.062, y, 0.0048, 0.0))
        y -= 0.017
        ink.append(handwriting(rng, -0.058, 0.0, y, 0.0056, 0.0))
        for _ in range(11):
            y -= 0.0115
            ink.append(handwriting(rng, -0.058, float(rng.uniform(0.045, 0.063)), y, 0.0050, 0.0))
        ink.append(handwriting(rng, 0.005, 0.058, y - 0.022, 0.0072, 0.0))
    leaf = _leaf(w, h, paper, curl=curl, folds=folds)
    solids = [leaf, *(_on(s, h, curl, folds) for s in ink)]
    return grounded(PropKind.LETTER, solids, grip_at((0.0, -h / 2 + 0.012, 0.001), _HELD[1], _HELD[2]))


_SEGMENTS = {
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
}


def _digits(text: str, x: float, y: float, h: float, color: Color) -> Solid:
    """Figures by a firm hand: zeros are loops, the others strokes; commas and a pound-like mark are understood."""
    w = h * 0.55
    out: list[Solid] = []
    for c in text:
        if c == "0":
            out.append(
                ribbon(
                    circle(1.0, 18) * [w * 0.44, h * 0.5] + [x + w / 2, y + h / 2], h * 0.11, 0.0, color, closed=True
                )
            )
        elif c == ",":
            out.append(ribbon([(x + w * 0.2, y + h * 0.08), (x + w * 0.05, y - h * 0.18)], h * 0.11, 0.0, color))
            x -= w * 0.5
        elif c in _SEGMENTS:
            t, m, b, left, right = y + h, y + h / 2, y, x + w * 0.1, x + w * 0.85
            lines = {"a": ((left, t), (right, t)), "b": ((right, t), (right, m)), "c": ((right, m), (right, b)), "d": ((left, b), (right, b)),
                     "e": ((left, m), (left, b)), "f": ((left, t), (left, m)), "g": ((left, m), (right, m))}  # fmt: skip
            out += [ribbon(lines[s], h * 0.11, 0.0, color) for s in _SEGMENTS[c]]
        x += w * 1.25
    return join(out, "ink")


def cheque(rng: np.random.Generator, words: Words) -> Prop:
    """A bank cheque of 178 x 82 mm: rules, an amount with many zeros in its box, a signature."""
    w, h = 0.178, 0.082
    tint = said_colour(words, ("#cfdcd6", "#d6dbe4", "#e0dbc8"), rng)
    blue = srgb("#22428a")
    print_ink = srgb("#35506a")
    if "ticket" in words:
        w, h = 0.14, 0.058
    leaf = _leaf(w, h, tint, curl=0.0015)
    lines = [(-w / 2 + 0.006, h / 2 - 0.006, w / 2 - 0.006, h / 2 - 0.0055), (-w / 2 + 0.006, -h / 2 + 0.0055, w / 2 - 0.006, -h / 2 + 0.006),
             (-w / 2 + 0.006, -h / 2 + 0.0055, -w / 2 + 0.0065, h / 2 - 0.0055), (w / 2 - 0.0065, -h / 2 + 0.0055, w / 2 - 0.006, h / 2 - 0.0055)]  # fmt: skip
    ink = [rects(lines, 0.0, print_ink)]
    if "ticket" in words:
        ink += [
            printed_lines(rng, (-0.055, -0.016, 0.02, 0.018), 0.006, 0.0, INK),
            _digits("4287", 0.028, -0.006, 0.013, srgb("#9b2c2c")),
        ]
    else:
        rows = [(-0.078, 0.0075, 0.028, 0.008), (-0.078, -0.0085, 0.028, -0.008), (0.022, -0.0245, 0.078, -0.024), (0.034, 0.0, 0.08, 0.0005),
                (0.034, 0.0165, 0.08, 0.017), (0.034, 0.0, 0.0345, 0.017), (0.0795, 0.0, 0.08, 0.017), (-0.078, 0.029, -0.03, 0.034), (0.04, 0.028, 0.078, 0.0284)]  # fmt: skip
        ink += [rects(rows, 0.0, print_ink), _digits("2,000,000", 0.0362, 0.0042, 0.0085, blue), handwriting(rng, -0.076, -0.01, 0.0092, 0.0060, 0.0, blue),
                handwriting(rng, -0.076, 0.024, -0.0068, 0.0056, 0.0, blue), handwriting(rng, 0.026, 0.074, -0.0225, 0.0095, 0.0, blue),
                handwriting(rng, 0.042, 0.076, 0.0292, 0.0042, 0.0, blue)]  # fmt: skip
        ink.append(_digits("003914 20476", -0.072, -0.0355, 0.0045, INK))
    solids = [leaf, *(_on(s, h, 0.0015, 0) for s in ink)]
    return grounded(PropKind.CHEQUE, solids, grip_at((0.06, -h / 2 + 0.008, 0.001), _HELD[1], _HELD[2]))


def envelope(rng: np.random.Generator, words: Words) -> Prop:
    """A sealed envelope of 220 x 110 mm, address and stamp upwards."""
    paper = said_colour(words, ("#e2d8bf", "#e9e6dc", "#c6a878"), rng)
    body = plate_with_edge(
        [(-0.11, -0.055), (0.11, -0.055), (0.11, 0.055), (-0.11, 0.055)],
        0.0028,
        0.0012,
        paper,
        roughness=0.95,
        part="paper",
    )
    z = 0.0031
    flap = ribbon([(-0.109, 0.054), (0.0, -0.004), (0.109, 0.054)], 0.0011, z, dim(paper, 0.62))
    stamp = [
        rects([(0.074, 0.018, 0.100, 0.048)], z, srgb("#ded9cb")),
        rects([(0.0765, 0.0205, 0.0975, 0.0455)], z + 0.0003, srgb("#8a3136")),
    ]
    head = ribbon(circle(0.006, 16, (0.087, 0.034)), 0.004, z + 0.0005, srgb("#d9b9a7"), closed=True)
    mark = [
        ribbon(circle(r, 28, (0.062, 0.033)), 0.0008, z + 0.0006, dim(INK, 1.5), closed=True) for r in (0.015, 0.011)
    ]
    waves = [
        ribbon(
            smooth_curve([(0.01, y), (0.022, y + 0.002), (0.034, y), (0.046, y + 0.002)], 4),
            0.0007,
            z + 0.0006,
            dim(INK, 1.5),
        )
        for y in (0.026, 0.032, 0.038)
    ]
    ink = [
        handwriting(rng, -0.045, 0.05, 0.000, 0.0068, z),
        handwriting(rng, -0.045, 0.04, -0.016, 0.0064, z),
        handwriting(rng, -0.045, 0.02, -0.032, 0.0064, z),
    ]
    return grounded(
        PropKind.ENVELOPE,
        [body, flap, *stamp, head, *mark, *waves, *ink],
        grip_at((0.07, -0.045, 0.0015), _HELD[1], _HELD[2]),
    )


def book(rng: np.random.Generator, words: Words) -> Prop:
    """A cloth-bound book of 140 x 210 x 32 mm with rounded spine, page block and ribbon; smaller as diary or passport."""
    if "passport" in words:
        w, h, t = 0.088, 0.125, 0.006
    elif {"notebook", "diary", "journal", "sketchbook"} & set(words):
        w, h, t = 0.13, 0.19, 0.018
    else:
        w, h, t = 0.14, 0.21, 0.032
    color = said_colour(words, ("#5d2a2c", "#23405a", "#2f4a35", "#6b4a2a", "#3b3340", "#8a6a2c"), rng)
    gold = srgb("#c49b4a")
    pages = box((w - 0.008, h - 0.010, t - 0.006), srgb("#e3d9be"), roughness=0.95, part="pages").moved(
        x=0.001, z=0.003
    )
    n = max(3, int(t / 0.0028))
    leaves = [
        box((0.0006, h - 0.0098, 0.0007), srgb("#b9ad8d"), roughness=1.0, part="pages").moved(
            x=w / 2 - 0.0029, z=0.003 + (k + 0.5) * (t - 0.006) / n
        )
        for k in range(n)
    ]
    ends = [
        box((w - 0.012, 0.0006, 0.0006), srgb("#b9ad8d"), roughness=1.0, part="pages").moved(
            y=s * ((h - 0.010) / 2 + 0.0001), z=0.003 + (k + 0.5) * (t - 0.006) / n
        )
        for k in range(n)
        for s in (-1, 1)
    ]
    outline = [(-w / 2 + 0.003, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2 + 0.003, h / 2)]
    boards = [
        plate_with_edge(outline, 0.003, 0.0008, color, roughness=0.75, part="cover").moved(z=z)
        for z in (0.0, t - 0.003)
    ]
    a = np.linspace(-np.pi / 2, np.pi / 2, 9)
    arc = np.stack([-w / 2 + 0.004 - 0.006 * np.cos(a), t / 2 + t / 2 * np.sin(a)], -1)
    grid = np.stack([np.stack([np.full(2, px), np.array([-h / 2, h / 2]), np.full(2, pz)], -1) for px, pz in arc])
    spine = sheet(grid[:, ::-1], color, thickness=0.002, roughness=0.75, part="cover")
    top = t + 0.0003
    frame = [rects([(-w / 2 + 0.012, h / 2 - 0.014, w / 2 - 0.008, h / 2 - 0.0125), (-w / 2 + 0.012, -h / 2 + 0.0125, w / 2 - 0.008, -h / 2 + 0.014),
                    (-w / 2 + 0.012, -h / 2 + 0.0125, -w / 2 + 0.0135, h / 2 - 0.0125), (w / 2 - 0.0095, -h / 2 + 0.0125, w / 2 - 0.008, h / 2 - 0.0125)], top, gold).metal(0.8, 0.35)]  # fmt: skip
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
            _leaf(w - 0.004 * (k % 2), h - 0.005 * (k % 3), dim(paper, 0.97 - 0.02 * (k % 2)), curl=0.002).moved(
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
    ink = [rects([(-w * 0.42, h * 0.38, w * 0.42, h * 0.45)], 0.0, dark), rects([(-w * 0.47, h * 0.355, w * 0.47, h * 0.36)], 0.0, dark),
           rects([(-w * 0.47, h * 0.245, w * 0.2, h * 0.325), (-w * 0.47, h * 0.17, w * 0.05, h * 0.225)], 0.0, dark)]  # fmt: skip
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
    lifted = [_on(s, h, 0.002, 0, 0.0004 + float(s.vertices[:, 2].max())).moved(z=top) for s in ink]
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
        leaf = _leaf(w, h, srgb("#ece9e1"), curl=0.003)
        box_ = (-w / 2 + 0.005, -h / 2 + border, w / 2 - 0.005, h / 2 - 0.005)
        picture = [_on(s, h, 0.003, 0, 0.0004 + float(s.vertices[:, 2].max())) for s in _portrait(rng, box_)]
        return grounded(
            PropKind.PHOTOGRAPH, [leaf, *picture], grip_at((0.0, -h / 2 + 0.008, 0.001), _HELD[1], _HELD[2])
        )
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
        from maquette.stage.mesh import solid

        return solid(np.column_stack([p, np.full(len(p), z)]), fan, color, roughness=0.4, part="picture")

    return [
        rects([(x0, y0, x1, y1)], 0.0, srgb("#b7c0bd"), roughness=0.4, part="picture"),
        rects([(x0, y0, x1, y0 + 0.38 * h)], 0.0002, srgb("#8e9474"), roughness=0.4, part="picture"),
        blob((0.30, 0.36), (0.0, -0.42), 0.0004, coat), blob((0.075, 0.12), (0.0, -0.08), 0.0006, skin),
        blob((0.172, 0.205), (0.0, 0.115), 0.0005, hair), blob((0.138, 0.172), (0.0, 0.075), 0.0008, skin),
        blob((0.14, 0.062), (-0.01, 0.215), 0.0010, hair), blob((0.016, 0.011), (-0.05, 0.09), 0.0011, srgb("#2a2320")),
        blob((0.016, 0.011), (0.05, 0.09), 0.0011, srgb("#2a2320")), blob((0.045, 0.010), (0.0, -0.015), 0.0011, srgb("#8a4a44")),
    ]  # fmt: skip


def map_(rng: np.random.Generator, words: Words) -> Prop:
    """An unfolded map of 420 x 300 mm, creased in eight: coast, contours, roads, a red cross."""
    w, h, folds = 0.42, 0.30, 3
    x, y = np.meshgrid(np.linspace(-w / 2, w / 2, 33), np.linspace(-h / 2, h / 2, 33))

    def height(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        return (
            0.0006
            + 0.004 * np.abs(np.sin(np.pi * 4 * (px / w + 0.5)))
            + 0.0022 * np.abs(np.sin(np.pi * 2 * (py / h + 0.5)))
        )

    from dataclasses import replace

    def lay(s: Solid, lift: float) -> Solid:
        v = s.vertices.copy()
        v[:, 2] = height(v[:, 0], v[:, 1]) + lift
        return replace(s, vertices=v.astype(np.float32))

    sea = sheet(np.stack([x, y, height(x, y)], -1), srgb("#bcd0d2"), thickness=0.0004, roughness=0.95, part="paper")
    shore_y = 0.02 + 0.05 * np.sin(np.linspace(0, 7, 33) + rng.uniform(0, 6)) + 0.012 * rng.standard_normal(33)
    cols = np.linspace(-w / 2 + 0.008, w / 2 - 0.008, 33)
    land = sheet(
        [
            np.stack([cols, (1 - t) * shore_y.clip(-0.1, 0.1) + t * (h / 2 - 0.008), np.zeros(33)], -1)
            for t in np.linspace(0, 1, 17)
        ],
        srgb("#dcd6ad"),
        roughness=0.95,
        part="land",
    )
    ink: list[Solid] = []
    for r in (0.012, 0.022, 0.032, 0.042):
        wobble = circle(r, 36, (-0.07, 0.105)) + 0.0015 * rng.standard_normal((36, 2))
        ink.append(lay(ribbon(wobble, 0.0007, 0.0, srgb("#a3763f"), closed=True), 0.0016))
    for _ in range(4):
        knots = np.stack([np.linspace(-w / 2 + 0.01, w / 2 - 0.01, 7), rng.uniform(0.08, 0.14, 7)], -1)
        ink.append(lay(ribbon(smooth_curve(knots, 8), 0.0018, 0.0, srgb("#b8422f")), 0.0014))
    grid = [(gx, -h / 2 + 0.008, gx + 0.0004, h / 2 - 0.008) for gx in np.linspace(-0.18, 0.18, 9)]
    for g in grid:
        ink.append(
            lay(
                ribbon(np.stack([np.full(24, g[0]), np.linspace(g[1], g[3], 24)], -1), 0.0004, 0.0, srgb("#7d8c93")),
                0.0012,
            )
        )
    for gy in np.linspace(-0.12, 0.12, 7):
        ink.append(
            lay(
                ribbon(
                    np.stack([np.linspace(-w / 2 + 0.008, w / 2 - 0.008, 48), np.full(48, gy)], -1),
                    0.0004,
                    0.0,
                    srgb("#7d8c93"),
                ),
                0.0012,
            )
        )
    at = rng.uniform([0.03, 0.085], [0.15, 0.12])
    for d in ((1, 1), (1, -1)):
        ink.append(
            lay(
                ribbon(np.stack([at - np.array(d) * 0.009, at + np.array(d) * 0.009]), 0.003, 0.0, srgb("#c11f1f")),
                0.002,
            )
        )
    solids = [sea, lay(land, 0.0008), *ink]
    return grounded(PropKind.MAP, solids, grip_at((w / 2 - 0.02, -0.03, 0.003), (0, 1, 0), (-1, 0, 0)))


def money(rng: np.random.Generator, words: Words) -> Prop:
    """A banded wad of banknotes, 156 x 66 mm, with a loose note beneath."""
    green = said_colour(words, ("#8fa287", "#9a8fa5", "#a89878"), rng)
    solids: list[Solid] = []
    z = 0.0
    for k in range(9):
        solids.append(
            box((0.156, 0.066, 0.0016), dim(green, 0.78 if k % 2 else 1.0), roughness=0.9, part="notes")
            .turned(z=float(rng.uniform(-0.6, 0.6)))
            .moved(x=float(rng.uniform(-0.001, 0.001)), z=z)
        )
        z += 0.0017
    top = z + 0.0004
    ink = dim(green, 0.3)
    solids += [
        rects(
            [
                (-0.074, 0.0285, 0.074, 0.0295),
                (-0.074, -0.0295, 0.074, -0.0285),
                (-0.074, -0.0295, -0.073, 0.0295),
                (0.073, -0.0295, 0.074, 0.0295),
            ],
            top,
            ink,
        )
    ]
    solids += [ribbon(circle(r, 28, (-0.045, 0.0)), 0.0009, top, ink, closed=True) for r in (0.010, 0.014, 0.018)]
    solids += [
        _digits("100", 0.045, 0.012, 0.012, ink).moved(z=top),
        _digits("100", -0.071, -0.0265, 0.009, ink).moved(z=top),
    ]
    solids += [
        ribbon(
            smooth_curve(
                np.stack([np.linspace(0.03, 0.07, 12), 0.004 * np.sin(np.linspace(0, 18, 12)) - 0.012 + d], -1), 3
            ),
            0.0005,
            top,
            ink,
        )
        for d in (0.0, 0.004, 0.008)
    ]
    band = box((0.032, 0.0668, z + 0.0008), srgb("#e4d9bb"), roughness=0.9, part="band").moved(x=0.012, z=-0.0002)
    loose = (
        box((0.156, 0.066, 0.0006), green, roughness=0.9, part="notes").turned(z=14).moved(x=0.012, y=0.01, z=-0.0007)
    )
    return grounded(PropKind.MONEY, [*solids, band, loose], grip_at((0.05, -0.005, 0.008), (0, 1, 0), (-1, 0, 0)))


PAPERS = {
    PropKind.LETTER: letter, PropKind.CHEQUE: cheque, PropKind.ENVELOPE: envelope, PropKind.BOOK: book,
    PropKind.NEWSPAPER: newspaper, PropKind.PHOTOGRAPH: photograph, PropKind.MAP: map_, PropKind.MONEY: money,
}  # fmt: skip
