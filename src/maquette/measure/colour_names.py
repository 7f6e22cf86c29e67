"""Plain words for colours, as one would say them across a table."""

from __future__ import annotations

from math import atan2, degrees, hypot

BLACK, WHITE = 0.18, 0.93
"""Oklab lightness."""
GREY, TINGED = 0.015, 0.034
"""Oklab chroma below which a colour is grey, and grey with a tinge."""
DARK, LIGHT = 0.45, 0.78
PALE = 0.085
"""Chroma below which a light colour is pale."""

_HUES: tuple[tuple[float, str], ...] = (
    (12.0, "pink"),
    (44.0, "red"),
    (80.0, "orange"),
    (116.0, "yellow"),
    (165.0, "green"),
    (222.0, "teal"),
    (285.0, "blue"),
    (318.0, "violet"),
    (345.0, "magenta"),
    (360.0, "pink"),
)
"""Oklab hue in degrees up to which a name holds."""


def colour_name(lightness: float, a: float, b: float) -> str:
    """A name such as "dark teal", "warm grey" or "beige" for an Oklab colour."""
    chroma = hypot(a, b)
    hue = degrees(atan2(b, a)) % 360
    if lightness < BLACK and chroma < 0.06:
        return "black"
    if chroma < TINGED:
        return _grey(lightness, chroma, hue)
    name = next(word for limit, word in _HUES if hue <= limit)
    special = _special(name, lightness, chroma)
    if special:
        return special
    if lightness < DARK:
        return f"dark {name}"
    if lightness > LIGHT and name != "yellow":
        return f"pale {name}" if chroma < PALE else f"light {name}"
    return f"muted {name}" if chroma < 0.07 else name


def _grey(lightness: float, chroma: float, hue: float) -> str:
    if lightness > WHITE and chroma < GREY:
        return "white"
    shade = "black" if lightness < BLACK else "dark " if lightness < DARK else "light " if lightness > LIGHT else ""
    if shade == "black":
        return shade
    if chroma < GREY:
        return f"{shade}grey"
    tinge = "warm" if hue < 120 or hue > 330 else "green" if hue < 200 else "blue"
    return f"{shade}{tinge} grey"


def _special(name: str, lightness: float, chroma: float) -> str | None:
    """Colours that have words of their own."""
    if name in ("orange", "yellow") and lightness > LIGHT and chroma < PALE:
        return "beige"
    if name == "orange" and 0.62 <= lightness <= LIGHT and chroma < 0.09:
        return "tan"
    if name == "orange" and lightness < 0.62:
        return "dark brown" if lightness < 0.35 else "brown"
    if name == "red" and chroma < 0.09:
        return "dark brown" if lightness < 0.35 else "brown" if lightness < 0.62 else "pink"
    if name == "red" and lightness > 0.72:
        return "pink"
    if name == "yellow" and lightness < 0.62:
        return "dark olive" if lightness < 0.35 else "olive"
    if name == "pink" and lightness < DARK:
        return "dark red"
    return None
