"""Reference pictures made by procedure, so that looks can be shown and tested without anybody's art.

    .venv/bin/python tools/reference_art.py FOLDER

Each function returns (H, W, 3) sRGB codes; the same call gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

U8 = NDArray[np.uint8]
F64 = NDArray[np.float64]
WIDTH, HEIGHT = 960, 640


def night_harbour() -> U8:
    """A painter's night: teal water and sky, orange lamps and what they light."""
    x, y = _axes()
    sky = _mixed((9, 22, 32), (22, 74, 86), np.clip(y / 0.55, 0, 1) ** 1.6)
    water = _mixed((14, 58, 66), (5, 16, 24), np.clip((y - 0.55) / 0.45, 0, 1))
    picture = np.where((y < 0.55)[..., None], sky, water)
    houses = (y > 0.55 - 0.16 * (0.55 + 0.45 * np.sin(np.floor(x * 11) * 2.4))) & (y < 0.55)
    picture = np.where(houses[..., None], picture * 0.4 + np.array([4, 10, 14]), picture)
    for i, at in enumerate((0.12, 0.31, 0.46, 0.68, 0.83)):
        lamp, height = np.array([255, 158, 66]), 0.44 + 0.03 * (i % 3)
        glow = np.exp(-(((x - at) * 1.5) ** 2 + (y - height) ** 2) / 0.0036)
        spill = 0.55 * np.exp(-(((x - at) * 1.5) ** 2 + (y - height) ** 2) / 0.03)
        path = (y > 0.55) * np.exp(-(((x - at) / (0.014 + 0.06 * (y - 0.55))) ** 2)) * np.exp(-(y - 0.55) * 3.2)
        for share in (0.95 * glow, spill, 0.75 * path):
            picture = picture + (lamp - picture) * share[..., None]
    return _dabbed(picture, 9000, (7, 30), lambda px, py: 0.15 * np.sin(px * 9) + (py > 0.55) * 0.02, 6.0, seed=1)


def faded_photograph() -> U8:
    """An old colour print: blacks gone brown and milky, whites gone cream, grain."""
    x, y = _axes()
    hill = 0.52 + 0.07 * np.sin(x * 5.2) + 0.03 * np.sin(x * 13 + 1)
    picture = _mixed((226, 214, 186), (246, 232, 204), y)
    picture = np.where(
        (y > hill)[..., None], _mixed((172, 152, 100), (132, 104, 66), np.clip((y - hill) / 0.4, 0, 1)), picture
    )
    house = (np.abs(x - 0.63) < 0.1) & (y > 0.36) & (y < 0.6)
    picture = np.where(house[..., None], _mixed((196, 124, 88), (150, 88, 64), (x - 0.53) / 0.2), picture)
    roof = (np.abs(x - 0.63) < 0.13 - (0.36 - y) * 0.9) & (y > 0.27) & (y <= 0.36)
    picture = np.where(roof[..., None], np.array([84, 58, 48]), picture)
    for at, tall in ((0.2, 0.26), (0.27, 0.2)):
        coat = (np.abs(x - at) < 0.022) & (y > 0.76 - tall) & (y < 0.76)
        face = ((x - at) * 1.5) ** 2 + (y - (0.745 - tall)) ** 2 < 0.0011
        picture = np.where(coat[..., None], np.array([62, 66, 66]), picture)
        picture = np.where(face[..., None], np.array([214, 164, 128]), picture)
    picture = gaussian_filter(picture, (1.2, 1.2, 0))
    picture = 44 + picture * (232 - 44) / 255 * np.array([1.02, 0.98, 0.88]) + np.array([10, 3, -6])
    rng = np.random.default_rng(2)
    grain = gaussian_filter(rng.standard_normal((HEIGHT, WIDTH)), 0.7) * 2.4 * 5.0
    return np.clip(picture + grain[..., None], 0, 255).astype(np.uint8)


def hard_black_and_white() -> U8:
    """A street at noon or a lamp at night: black, white and little between."""
    x, y = _axes()
    shade = 0.04 + 0.06 * y
    for left, top in ((0.05, 0.1), (0.3, 0.22), (0.74, 0.05)):
        wall = (x > left) & (x < left + 0.2) & (y > top)
        shade = np.where(wall, 0.28 + 0.5 * np.clip((x - left) / 0.2, 0, 1) ** 2, shade)
        windows = wall & (np.mod((x - left) * 22, 1.6) < 0.7) & (np.mod((y - top) * 15, 1.8) < 0.9) & (y < 0.75)
        shade = np.where(windows, 0.02, shade)
    beam = np.clip(1 - np.abs(x - 0.56 - 0.25 * (y - 0.3)) / (0.05 + 0.24 * np.clip(y, 0, 1)), 0, 1)
    shade = shade + 0.75 * beam**1.5 * np.clip(y, 0.15, 1)
    shade = np.where((y > 0.8), shade * 0.75 + 0.02, shade)
    figure = (np.abs(x - 0.6) < 0.03) & (y > 0.5) & (y < 0.86)
    shade = np.where(figure, 0.015, shade)
    code = 255 * np.clip(gaussian_filter(shade, 1.0), 0, 1) ** (1 / 1.7)
    rng = np.random.default_rng(3)
    grain = gaussian_filter(rng.standard_normal((HEIGHT, WIDTH)), 0.8) * 2.8 * 5.5
    code = np.clip(code + grain * np.clip(code / 50, 0, 1), 0, 255)
    return np.repeat(code[..., None], 3, axis=2).astype(np.uint8)


def starry_strokes() -> U8:
    """Blues and yellows in long turning strokes: cobalt, ultramarine, Naples yellow, chrome, some green and white."""
    x, y = _axes()
    turn = 1.9 * np.sin(3.1 * x + 1.7 * np.sin(4.2 * y)) + 1.4 * np.cos(2.6 * y - 2.2 * x)
    picture = _mixed((28, 52, 126), (74, 128, 186), 0.5 + 0.5 * np.sin(turn * 2.1))
    for at, high, size in ((0.16, 0.2, 0.05), (0.42, 0.13, 0.035), (0.62, 0.3, 0.045), (0.86, 0.18, 0.08)):
        apart = np.hypot((x - at) * 1.5, y - high)
        ring = np.exp(-((apart / size) ** 2)) + 0.5 * np.exp(-(((apart - 1.6 * size) / (0.4 * size)) ** 2))
        picture = picture + (np.array([246, 208, 84]) - picture) * np.clip(ring, 0, 1)[..., None]
    land = y > 0.7 + 0.06 * np.sin(7 * x)
    field = _mixed((198, 158, 46), (82, 104, 52), 0.5 + 0.5 * np.sin(26 * x + 18 * y))
    picture = np.where(land[..., None], field, picture)
    tree = np.abs(x - 0.29 + 0.03 * np.sin(10 * y)) < 0.055 * np.clip((y - 0.12) * 1.6, 0, 1)
    picture = np.where(tree[..., None], np.array([22, 44, 36]), picture)
    angle = lambda px, py: 1.9 * np.sin(3.1 * px + 1.7 * np.sin(4.2 * py)) + 0.9 * np.cos(2.6 * py)  # noqa: E731
    return _dabbed(picture, 14000, (5, 26), angle, 22.0, seed=4)


ART: dict[str, Callable[[], U8]] = {
    "night-harbour": night_harbour,
    "faded-photograph": faded_photograph,
    "black-and-white": hard_black_and_white,
    "starry-strokes": starry_strokes,
}


def _axes() -> tuple[F64, F64]:
    """(H, W) x and y, 0..1."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return (x + 0.5) / WIDTH, (y + 0.5) / HEIGHT


def _mixed(low: tuple[int, int, int], high: tuple[int, int, int], share: F64) -> F64:
    return np.array(low) + (np.array(high) - np.array(low)) * np.clip(share, 0, 1)[..., None]


def _dabbed(
    picture: F64, count: int, size: tuple[int, int], angle: Callable[[F64, F64], F64], vary: float, seed: int
) -> U8:
    """Painted over with short strokes of the picture's own colours, each a little off."""
    rng = np.random.default_rng(seed)
    canvas = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(canvas)
    px, py = rng.random(count), rng.random(count)
    turn = angle(px, py) + rng.normal(0, 0.12, count)
    off = rng.normal(0, vary, (count, 1)) + rng.normal(0, vary / 3, (count, 3))
    for i in range(count):
        cx, cy = px[i] * WIDTH, py[i] * HEIGHT
        at = picture[min(int(cy), HEIGHT - 1), min(int(cx), WIDTH - 1)]
        colour = tuple(int(v) for v in np.clip(at + off[i] * (0.35 + at.mean() / 255), 0, 255))
        dx, dy = np.cos(turn[i]) * size[1] / 2, np.sin(turn[i]) * size[1] / 2
        draw.line((cx - dx, cy - dy, cx + dx, cy + dy), fill=colour, width=size[0])
    return np.asarray(canvas)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Name a folder: tools/reference_art.py FOLDER")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in ART.items():
        Image.fromarray(make()).save(folder / f"{name}.png")
        print(folder / f"{name}.png")


if __name__ == "__main__":
    main()
