"""A look from reference art: palette, tones, colours, film and lens, and the light as suggestions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maquette.film.errors import MediaError
from maquette.film.look import Colour, Finish, Look, Protection, Recipe, Swatch, WeightedFit
from maquette.imaging.color import to_code
from maquette.imaging.lut3d import F32, U8
from maquette.imaging.oklab import oklab_to_linear
from maquette.look.art import Art
from maquette.look.clusters import clustered, colours_of, pooled
from maquette.look.estimates import estimated_finish
from maquette.look.lighting import suggestions
from maquette.look.transport import fitted_colour, fitted_tone

SWATCHES = 6
GREY_CHROMA = 0.012
"""Mean Oklab chroma below which a reference is black and white."""
FLAT_SPREAD = 0.02
"""Standard deviation of Oklab lightness and colour below which there is nothing to learn from."""
DARK_L = 0.2
SKIN_KEPT = 0.75
FEW = 3
"""So many references are all used, however different: a person who names two wants both."""
CLASH = 0.13
"""Mean Oklab distance between the colours of two references from which they are of different kinds."""
PROJECTIONS = 48


def look_from(name: str, arts: Sequence[Art], pictures: Sequence[U8]) -> Look:
    """One look from references and the production's developed pictures (H, W, 3 sRGB), for the whole sequence.

    Names of the palette's colours and the references' places in the media store are for the caller to fill in. What
    was found and decided is in the look's notes. Raises MediaError where no reference has anything to learn from.
    """
    if not arts:
        raise MediaError("A look needs at least one reference: name pictures after --from.")
    notes: list[str] = []
    colours = [colours_of(a.pixels, a.counted) for a in arts]
    kept = _worth_learning(arts, colours, notes)
    kept = _one_kind(arts, colours, kept, notes)
    reference = pooled([colours[i] for i in kept])
    grey = float(np.hypot(reference[:, 1], reference[:, 2]).mean()) < GREY_CHROMA
    film = pooled([colours_of(p) for p in pictures]) if pictures else None
    colour = _colour(reference, film, grey, notes)
    finish = _finish([arts[i] for i in kept])
    palette = _palette(reference)
    return Look(
        name=name,
        recipe=Recipe(colour=colour, finish=finish, palette=tuple(s.colour for s in palette)),
        notes=" ".join(notes),
        palette=palette,
        suggestions=suggestions(reference, film),
    )


def _colour(reference: F32, film: F32 | None, grey: bool, notes: list[str]) -> Colour:
    if film is None:
        notes.append("No picture of the film is drawn yet, so colours are fitted to a plain scene: "
                     "fit it anew when there are panels.")  # fmt: skip
        film = plain_scene()
    tone = fitted_tone(film, reference)
    if grey:
        notes.append("The reference is black and white: so is the look.")
        return Colour(tone=tone, saturation=0.0, protection=Protection(skin=SKIN_KEPT))
    fit = fitted_colour(film, reference, tone)
    return Colour(tone=tone, fits=(WeightedFit(fit=fit),), protection=Protection(skin=SKIN_KEPT))


def plain_scene() -> F32:
    """(N, 3) Oklab of what most scenes have: greys of all tones, some skin, wood, leaves and sky."""
    light = np.linspace(0.02, 0.98, 49, dtype=np.float32)
    parts = [np.stack([light, 0 * light, 0 * light], axis=1)] * 3
    for a, b in ((0.045, 0.06), (0.02, 0.045), (-0.04, 0.05), (-0.02, -0.05)):
        inner = light[10:40]
        parts.append(np.stack([inner, a * inner * 1.4, b * inner * 1.4], axis=1))
    return np.concatenate(parts).astype(np.float32)


def _finish(arts: Sequence[Art]) -> Finish:
    """The middle of what the references show, quantity by quantity."""
    found = [estimated_finish(a.pixels) for a in arts]
    grains = [f for f in found if f.grain > 0]
    size = float(np.median([f.grain_size_px for f in grains])) if grains else Finish().grain_size_px
    return Finish(
        grain=round(float(np.median([f.grain for f in found])), 2),
        grain_size_px=round(size, 1),
        halation=round(float(np.median([f.halation for f in found])), 2),
        vignette=round(float(np.median([f.vignette for f in found])), 2),
    )


def _palette(reference: F32) -> tuple[Swatch, ...]:
    centres, shares = clustered(reference, SWATCHES, (1, 3, 3))
    order = np.argsort(-shares, kind="stable")
    return tuple(Swatch(colour=hex_of(centres[i]), share=round(float(shares[i]), 4)) for i in order)


def hex_of(lab: F32) -> str:
    """ "#rrggbb" of an Oklab colour (3,)."""
    red, green, blue = (int(v) for v in to_code(np.asarray(oklab_to_linear(lab), np.float32)))
    return f"#{red:02x}{green:02x}{blue:02x}"


# --- which references count -------------------------------------------------------------------------------------


def _worth_learning(arts: Sequence[Art], colours: Sequence[F32], notes: list[str]) -> list[int]:
    """Those with tones or colours in them."""
    kept: list[int] = []
    for i, (art, lab) in enumerate(zip(arts, colours, strict=True)):
        spread = float(np.sqrt((lab.std(axis=0) ** 2).sum()))
        if spread >= FLAT_SPREAD:
            kept.append(i)
            if float(np.quantile(lab[:, 0], 0.98)) < DARK_L + 0.15:
                notes.append(f"{art.name} is almost black: its tones are taken as they are, so the look is dark.")
            continue
        mean = lab.mean(axis=0)
        what = "black" if mean[0] < DARK_L else "grey" if np.hypot(mean[1], mean[2]) < GREY_CHROMA else "of one colour"
        notes.append(f"{art.name} is {what} all over: there is nothing to learn from it, and it was left out.")
    if not kept:
        words = "Every reference" if len(arts) > 1 else arts[0].name
        raise MediaError(f"{words} is of one flat colour or black: name a picture with lights, shadows and colours.")
    return kept


def _one_kind(arts: Sequence[Art], colours: Sequence[F32], kept: list[int], notes: list[str]) -> list[int]:
    """The largest group of references that go together; of equal ones the first. Few are all used."""
    if len(kept) < 2:
        return kept
    groups = _groups([colours[i] for i in kept])
    if len(groups) == 1:
        return kept
    if len(kept) <= FEW:
        notes.append("The references are of different kinds, and the look lies between them: a look from each, and "
                     "`mix`, keeps them apart.")  # fmt: skip
        return kept
    largest = max(groups, key=len)
    others = [g for g in groups if g is not largest]
    listed = "; ".join(_listed([arts[kept[i]].name for i in g]) for g in others[:6])
    notes.append(
        f"The references are of {len(groups)} different kinds. The look is from the largest, {len(largest)} of "
        f"{len(kept)}: {_listed([arts[kept[i]].name for i in largest])}. Left out, each a look of its own with --from: "
        f"{listed}{' ...' if len(others) > 6 else ''}."
    )
    return [kept[i] for i in largest]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _groups(colours: Sequence[F32]) -> list[list[int]]:
    """References that are nearer than `CLASH` on average (average linkage), in order of their first one."""
    size = len(colours)
    rng = np.random.default_rng(11)
    rays = rng.standard_normal((3, PROJECTIONS))
    rays /= np.linalg.norm(rays, axis=0)
    at = np.linspace(0.01, 0.99, 50)
    # Distance between distributions, by their quantiles along many directions; colour counts twice.
    seen = np.stack([np.quantile(c * np.array([1, 2, 2]) @ rays, at, axis=0) for c in colours])
    apart = np.sqrt(((seen[:, None] - seen[None]) ** 2).mean(axis=(2, 3)) * 3)
    groups = [[i] for i in range(size)]
    while len(groups) > 1:
        pairs = [(float(apart[np.ix_(a, b)].mean()), i, j) for i, a in enumerate(groups)
                 for j, b in enumerate(groups) if i < j]  # fmt: skip
        nearest, i, j = min(pairs)
        if nearest > CLASH:
            break
        groups[i] = sorted(groups[i] + groups.pop(j))
    return sorted(groups, key=lambda g: g[0])
