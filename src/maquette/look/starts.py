"""Looks to start from: each a known way of printing, toning or lighting, in numbers that can be changed."""

from __future__ import annotations

from difflib import get_close_matches
from math import cos, pi, sin

from maquette.film.errors import UsageError
from maquette.film.look import Balance, Colour, ColourFit, Finish, Lab, Look, Protection, Recipe, Tone, WeightedFit


def start_named(name: str) -> Look:
    """A ready-made look. Raises UsageError with near names."""
    words = name.strip().lower().replace("_", " ")
    for look in STARTS.values():
        if words.replace("-", " ") == look.name.replace("-", " "):
            return look
    near = get_close_matches(words, list(STARTS), n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(STARTS)}."
    raise UsageError(f"There is no ready-made look {name!r}: {hint}")


def _split(shadow: tuple[float, float], middle: tuple[float, float], light: tuple[float, float]) -> WeightedFit:
    """A fit that moves hue by tone: so much (a, b) in shadows, middle tones and lights, all colours alike."""
    pairs: list[tuple[Lab, Lab]] = []
    for lightness, (da, db) in ((0.18, shadow), (0.34, shadow), (0.55, middle), (0.78, light), (0.94, light)):
        for a, b in ((0.0, 0.0), (0.09, 0.05), (-0.07, 0.06), (-0.03, -0.1), (0.0, 0.13)):
            pairs.append(((lightness, a, b), (lightness, round(a + da, 4), round(b + db, 4))))
    return WeightedFit(fit=ColourFit(pairs=tuple(pairs), reach=0.16))


def _two_strip() -> WeightedFit:
    """Every hue on the line between orange red and blue green, as two dyes leave it."""
    warm, cold = (0.75, 0.66), (-0.85, -0.35)
    pairs: list[tuple[Lab, Lab]] = []
    for lightness in (0.25, 0.45, 0.65, 0.85):
        for chroma in (0.0, 0.03, 0.08, 0.15):
            for turn in range(8 if chroma else 1):
                a, b = chroma * cos(turn * pi / 4), chroma * sin(turn * pi / 4)
                towards = 0.8 * a + 0.6 * b
                # Blues keep more of their strength, as blue green, than their angle would leave them.
                towards -= 0.3 * max(-b, 0.0)
                dye = warm if towards > 0 else cold
                size = abs(towards)
                pairs.append(((lightness, round(a, 4), round(b, 4)),
                              (lightness, round(size * dye[0], 4), round(size * dye[1], 4))))  # fmt: skip
    return WeightedFit(fit=ColourFit(pairs=tuple(pairs), reach=0.06))


def _look(name: str, notes: str, colour: Colour, finish: Finish) -> Look:
    return Look(name=name, notes=notes, recipe=Recipe(colour=colour, finish=finish))


STARTS: dict[str, Look] = {
    look.name: look
    for look in (
        _look(
            "silver",
            "Black and white as on a good paper: full blacks, open middle tones, fine grain.",
            Colour(
                tone=Tone(points=((0.0, 0.0), (0.2, 0.15), (0.5, 0.5), (0.8, 0.86), (1.0, 1.0))),
                contrast=1.08,
                saturation=0.0,
            ),
            Finish(grain=0.34, grain_size_px=1.1, vignette=0.1),
        ),
        _look(
            "bleach",
            "Silver left in the print (bleach bypass): hard, half of the colour gone, cold in the lights.",
            Colour(
                tone=Tone(points=((0.0, 0.0), (0.25, 0.2), (0.5, 0.5), (0.75, 0.81), (1.0, 1.0))),
                contrast=1.08,
                saturation=0.45,
                balance=Balance(slope=(0.985, 1.0, 1.005)),
            ),
            Finish(grain=0.36, grain_size_px=1.2, halation=0.08, halation_px=7),
        ),
        _look(
            "day-for-night",
            "A day that is to be a night: dark, blue, lights held down. Skies in the frame give it away.",
            Colour(
                tone=Tone(points=((0.0, 0.0), (0.3, 0.19), (0.55, 0.39), (0.8, 0.6), (1.0, 0.8))),
                saturation=0.5,
                fits=(_split((-0.012, -0.05), (-0.018, -0.055), (-0.016, -0.035)),),
                protection=Protection(skin=0.35),
            ),
            Finish(grain=0.3, grain_size_px=1.2, vignette=0.35),
        ),
        _look(
            "golden hour print",
            "A warm print of a low sun: gold in the lights, a little blue left in the shadows, soft glow.",
            Colour(
                tone=Tone(points=((0.0, 0.03), (0.25, 0.26), (0.55, 0.57), (0.8, 0.82), (1.0, 0.98))),
                saturation=1.06,
                fits=(_split((0.002, -0.012), (0.018, 0.026), (0.016, 0.044)),),
                protection=Protection(skin=0.6),
            ),
            Finish(grain=0.22, halation=0.35, halation_px=11, vignette=0.18, softness_px=0.35),
        ),
        _look(
            "two-strip",
            "Two dyes, orange red and blue green, as colour films had about 1930: skin and teal, no blue, no yellow.",
            Colour(
                tone=Tone(points=((0.0, 0.02), (0.25, 0.22), (0.5, 0.51), (0.75, 0.78), (1.0, 0.97))),
                saturation=1.05,
                fits=(_two_strip(),),
                protection=Protection(skin=0.15),
            ),
            Finish(grain=0.32, grain_size_px=1.3, vignette=0.25, softness_px=0.5, fringe_px=0.6),
        ),
        _look(
            "faded print",
            "A colour print that has hung in the light: brown milky blacks, cream whites, blues half gone.",
            Colour(
                tone=Tone(points=((0.0, 0.24), (0.25, 0.38), (0.5, 0.57), (0.75, 0.78), (1.0, 0.94))),
                saturation=0.72,
                fits=(_split((0.012, 0.014), (0.008, 0.02), (0.004, 0.035)),),
                protection=Protection(skin=0.5),
            ),
            Finish(grain=0.3, grain_size_px=1.2, vignette=0.15, softness_px=0.4, edge_softness_px=1.0),
        ),
    )
}
"""By name."""
