"""Colour names of clothes, hair, skin and eyes, and distances between colours as the eye sees them."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maquette.film.cast import Rgb

_CLOTH_NAMES = (
    "white #ecebe6, off-white #e6e1d5, ivory #e9e2cc, cream #e8dcc0, eggshell #e6ddc8, beige #cdb894, sand #c9b287, "
    "khaki #a3935f, tan #b58a57, camel #b88b52, fawn #b79b72, taupe #8d7f70, oatmeal #cfc2a8, stone #a9a395, "
    "grey #7d7f82, gray #7d7f82, light grey #adafb1, pale grey #b5b6b7, dark grey #4b4d50, silver #b3b7bb, "
    "charcoal #36383b, slate #56626d, ash #9a9b99, graphite #3e4043, gunmetal #434b52, black #1b1b1d, jet #151517, "
    "navy #1f2c4d, navy blue #1f2c4d, midnight #19223c, blue #2f559e, dark blue #22366d, light blue #87aed1, "
    "pale blue #a4c1d8, sky blue #7fb3d9, baby blue #a5c8e2, powder blue #a8c0d4, royal blue #2a48b0, cobalt #1f4aa8, "
    "denim #46618a, indigo #353a78, azure #3a86c8, steel blue #4e7597, petrol #1f4f5c, turquoise #2ba6a3, "
    "teal #1f7073, aqua #58b8b4, cyan #2aa5b5, green #3c7a45, dark green #244a30, light green #86b27b, olive #6a6a36, "
    "army green #565c3a, moss #66713f, sage #93a185, mint #9ed0b1, emerald #1d8159, forest green #23492f, "
    "bottle green #17442f, lime #93bb37, khaki green #6f7049, yellow #e0b92f, pale yellow #e8d887, lemon #e8d94a, "
    "mustard #c6952a, ochre #b9832f, gold #c19a3c, golden #c19a3c, saffron #dd9a24, oilskin yellow #e2b01e, "
    "amber #cd8a24, orange #d9722a, burnt orange #b65a25, apricot #e2a777, peach #e6b391, rust #a14e2a, "
    "terracotta #b1603f, copper #a8623a, bronze #8a6236, brown #6b4a33, dark brown #452f22, light brown #94714f, "
    "chocolate #4b3024, coffee #5d4333, chestnut #6d3b28, red #b3282b, bright red #c7242a, dark red #7c1f23, "
    "scarlet #bf2a22, crimson #9f1d34, cherry #a51d35, burgundy #621f2f, maroon #5d2129, wine #642337, oxblood "
    "#561f22, "
    "brick #964436, coral #de7660, salmon #df8d78, pink #db8fa5, hot pink #d3447f, pale pink #e5bcc3, rose #c76f82, "
    "dusty pink #c39a9b, fuchsia #b93280, magenta #b02a78, purple #643a82, violet #6a4596, lilac #b09cc6, "
    "lavender #a99fc9, mauve #967a96, plum #5d3054, aubergine #40283c, eggplant #40283c, tweed #7a6b55, "
    "tartan #97322f, plaid #8f3a34, leather #3b2a22, denim blue #46618a"
)
_HAIR_NAMES = (
    "white #d9d7d2, silver #b4b5b6, grey #8c8a87, gray #8c8a87, steel-grey #75777a, salt-and-pepper #66625e, "
    "salt and pepper #66625e, greying #6e675f, graying #6e675f, black #15120f, jet-black #0d0b0a, raven #12100f, "
    "dark #2a1d15, dark brown #2f2017, brown #4d3422, light brown #765437, brunette #3d281b, chestnut #5a3320, "
    "auburn #6d3320, red #8b3d1e, ginger #a9562a, copper #96481f, strawberry blonde #b97f4c, blonde #bd9552, "
    "blond #bd9552, fair #b9965c, golden #bf9348, dirty blonde #94713f, sandy #a5834f, platinum #d6c69a, "
    "bleached #d8c48a, bleached blonde #d8c48a, mousy #6d5640, blue #2f5a9c, green #3c8258, pink #c8628d, purple "
    "#6c4390"
)
_EYE_NAMES = (
    "brown #4a2f1b, dark #2b1b11, blue #5585ab, pale blue #8fb3c9, green #5c7a52, hazel #77602f, grey #7b8a92, "
    "gray #7b8a92, amber #96682a, black #1f140e"
)


def hex_rgb(text: str) -> Rgb:
    """Linear Rec. 709 of an sRGB hex triplet such as "#8a5a3c"."""
    v = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    return (round(float(linear[0]), 5), round(float(linear[1]), 5), round(float(linear[2]), 5))


def _table(text: str) -> dict[str, Rgb]:
    pairs = (entry.rsplit(" ", 1) for entry in text.split(", "))
    return {name: hex_rgb(code) for name, code in pairs}


CLOTH = _table(_CLOTH_NAMES)
HAIR = _table(_HAIR_NAMES)
EYES = _table(_EYE_NAMES)


def named_colours(text: str, table: dict[str, Rgb]) -> list[tuple[str, Rgb]]:
    """Colours that a text names, in order; longer names count before the shorter ones inside them.

    "Dark", "light", "pale", "faded" and "bright" before a name that has no entry of its own shift its lightness.
    """
    found: list[tuple[str, Rgb]] = []
    for m in _pattern(tuple(table)).finditer(text):
        name = re.sub(r"\s", " ", m.group(2).lower())
        rgb = table.get(name) or table.get(name.replace("-", " ")) or table.get(name.replace(" ", "-"))
        if rgb is None:
            continue
        shade = (m.group(1) or "").lower()
        found.append((m.group().lower(), table.get(f"{shade} {name}", shaded(rgb, shade))))
    return found


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    one = sorted(
        (re.escape(n).replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]?") for n in names), key=len, reverse=True
    )
    shades = "dark|deep|light|pale|faded|washed-out|bright|worn"
    return re.compile(rf"\b(?:({shades})[\s-])?({'|'.join(one)})(?:ish|en)?\b", re.I)


def shaded(rgb: Rgb, shade: str) -> Rgb:
    """A colour made darker, lighter or duller by a word."""
    c = np.array(rgb)
    if shade in ("dark", "deep"):
        c = c * 0.42
    elif shade in ("light", "pale"):
        c = c + (1 - c) * 0.42
    elif shade in ("faded", "washed-out", "worn"):
        c = 0.72 * c + 0.28 * (c.mean() + 0.08)
    elif shade == "bright":
        c = np.clip(c + 0.35 * (c - c.mean()), 0.005, 0.9)
    return (round(float(c[0]), 5), round(float(c[1]), 5), round(float(c[2]), 5))


def lab(rgb: ArrayLike) -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of linear Rec. 709 (..., 3). Source: CIE 15:2004."""
    m = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    )
    xyz = np.asarray(rgb, float) @ m.T / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


@cache
def _lab_of(colour: Rgb) -> NDArray[np.float64]:
    return lab(colour)


def colour_distance(a: Rgb, b: Rgb) -> float:
    """CIE 1976 difference: about 2 is just noticeable, 20 and more is another colour at a glance."""
    return float(np.linalg.norm(_lab_of(a) - _lab_of(b)))
