"""Between two looks: every quantity goes from one to the other in the steps that the eye sees as even."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from maquette.film.errors import UsageError
from maquette.film.look import (
    Balance,
    Colour,
    Finish,
    Hand,
    Hex,
    Look,
    Protection,
    Recipe,
    Swatch,
    Tone,
    WeightedFit,
)
from maquette.imaging.color import srgb, to_code
from maquette.imaging.lut3d import F32
from maquette.imaging.oklab import linear_to_oklab, oklab_to_linear
from maquette.look.colour import tone_curve

V = TypeVar("V")
CURVE_POINTS = 17
FACTORS = frozenset({"grain_size_px", "halation_px", "stroke_scale"})
"""Quantities whose equal steps are equal factors."""


def mixed(a: Look, b: Look, share: float, name: str) -> Look:
    """The look `share` of the way from `a` (0) to `b` (1), under a name of its own.

    0 and 1 give exactly the recipe of a and of b. What cannot lie in between (how a picture is drawn, a trained model)
    is that of the nearer one. Named colours of both stay. Raises UsageError for a share outside 0..1.
    """
    if not 0 <= share <= 1:
        raise UsageError(f"The share of a mix goes from 0 (all {a.name}) to 1 (all {b.name}), not {share:g}.")
    nearer = a if share < 0.5 else b
    return Look(
        name=name,
        recipe=mixed_recipe(a.recipe, b.recipe, share),
        notes=f"{1 - share:.0%} {a.name}, {share:.0%} {b.name}.",
        references=a.references + tuple(r for r in b.references if r not in a.references),
        palette=_palette(a.palette, b.palette, share),
        suggestions=nearer.suggestions,
        keys=nearer.keys,
        parents=((a.name, round(1 - share, 4)), (b.name, round(share, 4))),
    )


def mixed_recipe(a: Recipe, b: Recipe, share: float) -> Recipe:
    """See `mixed`."""
    if share <= 0:
        return a
    if share >= 1 or a == b:
        return b
    nearer = a if share < 0.5 else b
    return Recipe(
        colour=_colour(a.colour, b.colour, share),
        finish=_numbers(a.finish, b.finish, share, Finish),
        style=nearer.style,
        hand=_hand(a.hand, b.hand, share),
        palette=nearer.palette,
        house=nearer.house,
    )


def _colour(a: Colour, b: Colour, share: float) -> Colour:
    fits = [f.model_copy(update={"weight": f.weight * (1 - share)}) for f in a.fits]
    fits += [f.model_copy(update={"weight": f.weight * share}) for f in b.fits]
    return Colour(
        tone=_tone(a.tone, b.tone, share),
        contrast=_factor(a.contrast, b.contrast, share),
        saturation=_between(a.saturation, b.saturation, share),
        balance=_balance(a.balance, b.balance, share),
        fits=_joined(fits),
        protection=Protection(
            skin=_between(a.protection.skin, b.protection.skin, share),
            colours=tuple(dict.fromkeys((*a.protection.colours, *b.protection.colours))),
        ),
    )


def _joined(fits: list[WeightedFit]) -> tuple[WeightedFit, ...]:
    """One fit once, with the sum of its weights: mixes of mixes do not grow."""
    weights: dict[str, float] = {}
    by_digest = {f.fit.digest(): f.fit for f in fits}
    for f in fits:
        weights[f.fit.digest()] = weights.get(f.fit.digest(), 0.0) + f.weight
    return tuple(WeightedFit(fit=by_digest[d], weight=min(w, 1.0)) for d, w in weights.items() if w > 0)


def _tone(a: Tone, b: Tone, share: float) -> Tone:
    if a == b:
        return a
    at = np.linspace(0, 1, CURVE_POINTS)
    at = np.unique(np.concatenate([at, [p[0] for p in (*a.points, *b.points) if 0 <= p[0] <= 1]]).round(4))
    values = np.maximum.accumulate((1 - share) * tone_curve(a.points)(at) + share * tone_curve(b.points)(at))
    return Tone(points=tuple((float(x), round(float(y), 6)) for x, y in zip(at, values, strict=True)))


def _balance(a: Balance, b: Balance, share: float) -> Balance:
    def triple(one: tuple[float, float, float], other: tuple[float, float, float]) -> tuple[float, float, float]:
        r, g, b = (_between(x, y, share) for x, y in zip(one, other, strict=True))
        return (r, g, b)

    return Balance(
        slope=triple(a.slope, b.slope), offset=triple(a.offset, b.offset), power=triple(a.power, b.power)
    )  # fmt: skip


def _hand(a: Hand, b: Hand, share: float) -> Hand:
    hand = _numbers(a, b, share, Hand)
    colours = {n: _hex(getattr(a, n), getattr(b, n), share) for n in ("line_colour", "paper_colour")}
    nearer = a if share < 0.5 else b
    return hand.model_copy(update={**colours, "boil_hold": nearer.boil_hold, "seed": nearer.seed})


def _hex(a: Hex | None, b: Hex | None, share: float) -> Hex | None:
    """Between two colours; a medium's own colour cannot be, so the nearer one's it is."""
    if a is None or b is None:
        return a if share < 0.5 else b
    one, other = (linear_to_oklab(np.array(srgb(c), np.float32)) for c in (a, b))
    mean: F32 = np.asarray(oklab_to_linear(one + np.float32(share) * (other - one)), np.float32)
    red, green, blue = (int(v) for v in to_code(mean))
    return f"#{red:02x}{green:02x}{blue:02x}"


N = TypeVar("N", Finish, Hand)


def _numbers(a: N, b: N, share: float, kind: type[N]) -> N:
    """All quantities in between; the rest as in `a`."""
    values: dict[str, object] = a.model_dump()
    for name, value in a.model_dump().items():
        if isinstance(value, float):
            between = _factor if name in FACTORS else _between
            values[name] = between(value, float(getattr(b, name)), share)
    return kind.model_validate(values)


def _between(a: float, b: float, share: float) -> float:
    return round(a + share * (b - a), 6)


def _factor(a: float, b: float, share: float) -> float:
    return round(a ** (1 - share) * b**share, 6)


def _palette(a: tuple[Swatch, ...], b: tuple[Swatch, ...], share: float) -> tuple[Swatch, ...]:
    """Colours of both by area, at most as many as the longer palette has."""
    both = [s.model_copy(update={"share": round(s.share * (1 - share), 4)}) for s in a if share < 1]
    both += [s.model_copy(update={"share": round(s.share * share, 4)}) for s in b if share > 0]
    return tuple(sorted(both, key=lambda s: -s.share)[: max(len(a), len(b))])
