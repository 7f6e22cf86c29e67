"""How controls, moods, notes and readings are printed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from maquette.cli.show import say, wrapped
from maquette.film.control_table import CONTROL_LIST, format_value, get_control
from maquette.film.controls import Controls, Directed, Origin
from maquette.film.delivered import Delivered
from maquette.film.mood import MoodControls, MoodRecipe
from maquette.film.notes import NoteReading

_FROM_DIRECTOR = (Origin.SHOT, Origin.SCENE, Origin.PRODUCTION)
_BARS = "▁▂▃▄▅▆▇█"


def _width() -> int:
    return max(40, min(Console().width, 110))


def held_table(number: str, directed: Directed) -> None:
    """Every control of a shot with its value and where it comes from; the director's own words first to the eye."""
    say(f"Shot {number}")
    for held in directed.holdings:
        why = f", {held.why}" if held.why else ""
        style = "bold" if held.origin in _FROM_DIRECTOR else ""
        wrapped(f"  {held.control:<15} {held.value:<22} {held.origin.value}{why}", _width(), 42, style, first="")


def stated_table(label: str, controls: Controls) -> None:
    """What is stated at a scene or the production."""
    rows = [(s.name, format_value(s, v)) for s in CONTROL_LIST if (v := get_control(controls, s)) is not None]
    rows += [(t.control, " > ".join(f"{k.value:g} at {k.at:.0%}" for k in t.keys)) for t in controls.tracks]
    if not rows:
        say(f"Nothing is stated for {label} itself.")
        return
    say(f"Stated for {label}:")
    for name, value in rows:
        say(f"  {name:<15} {value}")


def warn(sentences: Sequence[str]) -> None:
    """Warnings, each in its own lines."""
    if sentences:
        say("Good to know:")
        for sentence in sentences:
            wrapped(sentence, _width(), 2)


def mood_table(recipes: Sequence[MoodRecipe]) -> None:
    """Moods with what each does and its levers."""
    for recipe in recipes:
        own = " (your own)" if recipe.own else ""
        say(f"{recipe.name}{own}   valence {recipe.valence:+.1f}, arousal {recipe.arousal:+.1f}", "bold")
        wrapped(recipe.says, _width(), 2)
        levers = recipe.levers.model_dump(exclude_none=True)
        words = ", ".join(f"{k.replace('_', '-')}={_lever(v)}" for k, v in levers.items())
        wrapped(words, _width(), 2, "dim")


def _lever(value: object) -> str:
    if isinstance(value, tuple | list):
        return "/".join(f"{v:g}" for v in value)
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def mood_curve(label: str, mood: MoodControls, shots: Sequence[tuple[str, float, float]]) -> None:
    """The mood of each shot of a scene as a curve: a bar a shot, as strong as the mood is there."""
    if mood.name is None:
        say(f"No mood is stated for {label}.")
        return
    blended = f" with {mood.second}" if mood.second else ""
    say(f"{mood.name}{blended} over {label}")
    for number, strength, seconds in shots:
        bar = "█" * round(20 * strength) or _BARS[0]
        say(f"  {number:<6} {seconds:>5.1f} s  {bar:<20} {strength:.2f}")


def note_table(
    number: str, reading: NoteReading, accepted: Sequence[int], corrected: Sequence[tuple[int, str]]
) -> None:  # fmt: skip
    """Proposals, each with the words that led to it; then what was not understood."""
    instead = dict(corrected)
    for index, change in enumerate(reading.changes, 1):
        state = "accepted" if index in accepted else f"corrected to {instead[index]}" if index in instead else ""
        head = f"{index:>2}  {change.control}: {change.before} -> {change.after}"
        say(f"{head}   {state}".rstrip(), "green" if state else "")
        why = f"; {change.why}" if change.why else ""
        wrapped(f'"{change.words}" ({change.how.value}, {change.sure:.0%} sure{why})', _width(), 4, "dim")
    for stretch in reading.not_understood:
        wrapped(f'Not understood: "{stretch}"', _width(), 0)
    for remark in reading.remarks:
        wrapped(remark, _width(), 0)
    if not reading.changes:
        say("Nothing is proposed.")
    elif not accepted and not corrected:
        say(f"Nothing has changed on shot {number} yet: --accept all, or --accept 1,3.")


def delivered_table(number: str, frame: str, delivered: Delivered | None) -> None:
    """Asked beside delivered, with the miss."""
    label = f"{number} {frame}".strip()
    if delivered is None:
        say(f"{label}   not drawn yet")
        return
    if not delivered.readings:
        say(f"{label}   drawn before pictures were measured: draw it anew")
        return
    say(label, "bold")
    for r in delivered.readings:
        asked = r.asked or "-"
        got = r.delivered or "not seen"
        mark = "" if r.within is None else "ok" if r.within else "MISS"
        tail = "; ".join(t for t in (r.miss, r.note) if t)
        wrapped(f"  {r.quantity.value:<12} {asked:<20} {got:<26} {mark:<5} {tail}", _width(), 62,
                "red" if r.within is False else "", first="")  # fmt: skip
