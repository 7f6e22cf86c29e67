"""What a look is made of, in words for a page."""

from __future__ import annotations

from maquette.film.look import Finish, Hand, Look, Recipe
from maquette.film.style import PanelStyle


def look_line(recipe: Recipe, intensity: float) -> str:
    """In a few words: "watercolour", "photo · at 80 %"."""
    return recipe.style.value + (f" · at {intensity:.0%}" if intensity < 1 else "")


def look_facts(look: Look, intensity: float) -> tuple[tuple[str, str], ...]:
    """(what, value), only what differs from a picture as developed."""
    recipe = look.recipe
    facts = [("Drawn as", recipe.style.value), ("Intensity", f"{intensity:.0%}"), *_colour(look)]
    for what, words in (("Film", _film(recipe.finish)), ("Lens", _lens(recipe.finish))):
        if words:
            facts.append((what, words))
    hand = _hand(recipe.hand)
    if recipe.style is not PanelStyle.PHOTO and hand:
        facts.append(("Hand", hand))
    if recipe.house is not None:
        paintings = len(recipe.house.keys)
        facts.append(("House model", f"trained on {paintings} painting{'s' * (paintings != 1)} of this production"))
    if look.parents:
        facts.append(("Mixed from", ", ".join(f"{name} {share:.0%}" for name, share in look.parents)))
    return tuple(facts)


def _colour(look: Look) -> list[tuple[str, str]]:
    colour = look.recipe.colour
    facts: list[tuple[str, str]] = []
    strength = sum(f.weight for f in colour.fits)
    if strength:
        count = len(look.references)
        source = f"to {count} reference{'s' * (count != 1)}" if count else "to references"
        facts.append(("Colour", f"fitted {source}" + (f", {strength:.0%} of it" if strength < 0.995 else "")))
    changes = [
        f"{name} × {value:.2f}"
        for name, value in (("contrast", colour.contrast), ("saturation", colour.saturation))
        if abs(value - 1) > 0.005
    ]
    if changes:
        facts.append(("Tone", ", ".join(changes)))
    if colour.protection.colours:
        facts.append(("Keeps", ", ".join(c.upper() for c in colour.protection.colours)))
    return facts


def _film(finish: Finish) -> str:
    named = (("grain", finish.grain), ("halation", finish.halation), ("vignette", finish.vignette))
    return ", ".join(f"{name} {value:.2g}" for name, value in named if value > 0)


def _lens(finish: Finish) -> str:
    named = (("softness", finish.softness_px), ("soft corners", finish.edge_softness_px),
             ("colour fringes", finish.fringe_px))  # fmt: skip
    return ", ".join(f"{name} {value:.2g} px" for name, value in named if value > 0)


def _hand(hand: Hand) -> str:
    usual = Hand()
    named = (
        ("lines", hand.line_scale, usual.line_scale), ("wash", hand.wash, usual.wash),
        ("strokes", hand.stroke_scale, usual.stroke_scale), ("texture", hand.texture, usual.texture),
        ("looseness", hand.looseness, usual.looseness), ("boil", hand.boil, usual.boil),
    )  # fmt: skip
    return ", ".join(f"{name} {value:.2g}" for name, value, plain in named if value != plain)
