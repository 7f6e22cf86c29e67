"""Readings in a director's words: values, and how far off they are ("" where the difference is not worth a word)."""

from __future__ import annotations

from maquette.film.shot import FRAME_SHARE, ShotSize, Side
from maquette.measure.palette import Palette

MOST_RATIO = 99.0
"""Beyond this the shadow side is black."""
_ORDER = sorted(FRAME_SHARE, key=lambda size: FRAME_SHARE[size])
_COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def person(name: str) -> str:
    """MARA as one writes her name."""
    return name.title()


def sizes_off(asked: ShotSize, delivered: ShotSize) -> str:
    """ "one size wider", "two sizes tighter"."""
    steps = _ORDER.index(delivered) - _ORDER.index(asked)
    if steps == 0:
        return ""
    return f"{_COUNTED[abs(steps)]} size{'s' if abs(steps) > 1 else ''} {'wider' if steps > 0 else 'tighter'}"


def pitch(degrees: float) -> str:
    """ "level", "12 degrees up"."""
    if abs(degrees) < 0.5:
        return "level"
    return f"{_degrees(degrees)} {'up' if degrees > 0 else 'down'}"


def pitch_off(degrees: float) -> str:
    """By how much the camera looks more up or down than asked."""
    return "" if abs(degrees) < 0.5 else f"{_degrees(degrees)} more {'up' if degrees > 0 else 'down'}"


def lens(millimetres: float) -> str:
    """ "85 mm"."""
    return f"{millimetres:.3g} mm"


def lens_off(share: float) -> str:
    """ "3% longer"."""
    return "" if abs(share) < 0.005 else f"{100 * abs(share):.0f}% {'longer' if share > 0 else 'shorter'}"


def roll(degrees: float) -> str:
    """ "level", "5 degrees clockwise"."""
    if abs(degrees) < 0.5:
        return "level"
    return f"{_degrees(degrees)} {'clockwise' if degrees > 0 else 'counter-clockwise'}"


def roll_off(degrees: float) -> str:
    """By how much the horizon leans more than asked."""
    return "" if abs(degrees) < 0.5 else f"{roll(degrees)} of what was asked"


def side(of_frame: Side | None, across_deg: float) -> str:
    """ "left", "front", "front, a little right"."""
    if of_frame is not None:
        return str(of_frame)
    if abs(across_deg) < 4:
        return "front"
    return f"front, a little {'right' if across_deg > 0 else 'left'}"


def height(elevation_deg: float) -> str:
    """Of a lamp above the eyes."""
    if abs(elevation_deg) < 5:
        return "at eye level"
    return f"{_degrees(elevation_deg)} {'above' if elevation_deg > 0 else 'below'} the eyes"


def ratio(value: float) -> str:
    """ "4:1"; "1:2" where the shadow side is the brighter one; beyond `MOST_RATIO` "over 99:1"."""
    if value >= MOST_RATIO:
        return f"over {MOST_RATIO:g}:1"
    return f"{value:.2g}:1" if value >= 0.95 else f"1:{1 / value:.2g}"


def stops(value: float) -> str:
    """ "normal", "+0.7 stops"."""
    return "normal" if abs(value) < 0.05 else f"{value:+.1f} stops"


def stops_off(value: float) -> str:
    """ "0.3 stops less"."""
    return "" if abs(value) < 0.05 else f"{abs(value):.1f} stops {'more' if value > 0 else 'less'}"


def kelvin(value: float) -> str:
    """ "3200 K"; to the nearest 10."""
    return f"{round(value, -1):.0f} K"


def kelvin_off(value: float) -> str:
    """ "250 K colder": more kelvin are bluer."""
    return "" if abs(value) < 25 else f"{round(abs(value), -1):.0f} K {'colder' if value > 0 else 'warmer'}"


def palette(read: Palette) -> str:
    """ "dark teal 34%, beige 21%": colours of one name together, down to one in a hundred."""
    shares: dict[str, float] = {}
    for swatch in read.swatches:
        shares[swatch.name] = shares.get(swatch.name, 0.0) + swatch.share
    ordered = sorted(shares.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {100 * share:.0f}%" for name, share in ordered if share >= 0.005)


def _degrees(value: float) -> str:
    whole = round(abs(value))
    return f"{whole} degree{'' if whole == 1 else 's'}"
