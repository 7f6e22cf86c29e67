"""How many notes are read right: `python bench/notes.py`.

Prints the accuracy on the notes that the reader was developed on, on those by ten hands (one half developed on, one
half set aside, not cleanly) and, as one number, on those kept apart. A note counts
as right when each expectation is met by some proposed change, no other control is changed but those allowed, stretches
that cannot be understood are reported, and a contradiction or an impossible value proposes nothing and is remarked on.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import maquette.direct.moods as moods
from maquette.direct.notes import read_note
from maquette.film.control_table import CONTROLS, Kind, parse_setting, parse_value
from maquette.film.notes import DirectorsDictionary, NoteReading

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "notes"
PEOPLE, THINGS = ("ANNA", "BEN"), ("letter", "door", "window", "lamp", "table")
USUAL: dict[str, str] = {
    "size": "MS", "tightness": "1", "angle": "eye level", "pitch": "0", "height": "1.5", "roll": "0", "azimuth": "35",
    "side": "left", "framing": "single", "subjects": "ANNA", "composition": "lead room", "foreground": "clean",
    "headroom": "0.08", "lens": "50", "sensor": "Super 35", "squeeze": "1", "t-stop": "4", "focus-distance": "2.5",
    "deep-focus": "off", "aspect": "2.39", "move": "static", "move-speed": "1", "move-extent": "1",
    "easing": "ease in-out", "shake": "0", "key-side": "left", "key-azimuth": "45", "key-height": "35",
    "key-fill": "3", "key-size": "0.9", "key-kelvin": "4800", "fill-kelvin": "4800", "back-kelvin": "4800",
    "green": "0", "back": "0", "background": "-0.5", "eye-light": "off", "practicals": "on", "practical-level": "0",
    "motivation": "none", "flicker": "0", "time": "day", "sun-azimuth": "60", "sun-height": "35", "weather": "clear",
    "haze": "0", "exposure": "0", "white-balance": "5600", "saturation": "1", "contrast": "1", "warmth": "0",
    "lift": "0", "mood-intensity": "1", "mood-blend": "0.5", "duration": "4",
}  # fmt: skip
"""What holds before a note; `now` in a note's line says otherwise."""


def holding(changed: dict[str, Any]) -> dict[str, Any]:
    """Typed values of every control."""
    texts = {**USUAL, **{k: _text(v) for k, v in changed.items()}}
    return {name: parse_value(CONTROLS[name], text) for name, text in texts.items()}


def _text(value: Any) -> str:
    return "on" if value is True else "off" if value is False else str(value)


def wrong_with(line: dict[str, Any], reading: NoteReading, now: dict[str, Any]) -> list[str]:
    """What is wrong with a reading; nothing if it is right."""
    settings = {c.control: parse_setting(c.setting)[1] for c in reading.changes}
    wrong = [f"not met: {e}" for e in line["expect"] if not any(_met(a, settings, now) for a in e.split("|"))]
    named = {_control(a) for e in line["expect"] for a in e.split("|")} | set(line.get("allow", ()))
    wrong += [f"should not change: {c.setting}" for c in reading.changes if c.control not in named]
    if line.get("contradiction") and (reading.changes or not reading.remarks):
        wrong.append("a contradiction should propose nothing and say so")
    if line.get("impossible") and (reading.changes or not reading.remarks):
        wrong.append("an impossible value should propose nothing and say so")
    asked = line.get("not_understood")
    if asked == [] and reading.not_understood:
        wrong.append(f"understood, but reported as not: {reading.not_understood}")
    said = {w for s in reading.not_understood for w in s.lower().replace(",", " ").split()}
    for stretch in asked or ():
        if not set(stretch.lower().split()) & said:
            wrong.append(f"not reported as not understood: {stretch}")
    return wrong


def _control(alternative: str) -> str:
    return next(n for n in sorted(CONTROLS, key=len, reverse=True) if alternative.startswith(n))


def _met(alternative: str, settings: dict[str, Any], now: dict[str, Any]) -> bool:
    """ "lens>", "lens<", "lens=85", "lens~85:6%"."""
    name = _control(alternative)
    sign, text = alternative[len(name)], alternative[len(name) + 1 :]
    if name not in settings:
        return False
    value, spec = settings[name], CONTROLS[name]
    if sign in "<>":
        before = now.get(name)
        if value is None or not isinstance(before, int | float) or isinstance(before, bool):
            return False
        return value > before if sign == ">" else value < before
    if sign == "~":
        text, _, tolerance = text.partition(":")
        return value is not None and abs(value - float(text)) <= abs(float(text)) * float(tolerance.rstrip("%")) / 100
    wanted = parse_setting(f"{name}={text}")[1]
    if value is None or wanted is None:
        return value is wanted
    return abs(value - wanted) < 1e-3 * max(1.0, abs(wanted)) if spec.kind is Kind.NUMBER else value == wanted


def score(file: Path, show: bool) -> tuple[int, int, Counter[str], Counter[str]]:
    """Right ones, all, right by kind, all by kind."""
    right, total = Counter[str](), Counter[str]()
    for text in file.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        now = holding(line.get("now", {}))
        reading = read_note(line["note"], now, PEOPLE, THINGS, DirectorsDictionary(), moods.MOODS)
        wrong = wrong_with(line, reading, now)
        total[line["kind"]] += 1
        right[line["kind"]] += not wrong
        if wrong and show:
            print(f"  {line['note']!r} -> {[c.setting for c in reading.changes]} {reading.remarks or ''}")
            print(*(f"      {w}" for w in wrong), sep="\n")
    return sum(right.values()), sum(total.values()), right, total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="show what was read wrong among the notes to develop on")
    parser.add_argument("--develop", action="store_true", help="leave the notes kept apart alone")
    arguments = parser.parse_args()
    started = time.perf_counter()
    right, total, by_kind, of_kind = score(FOLDER / "develop.jsonl", arguments.show)
    seconds = time.perf_counter() - started
    print(f"developed on  {right}/{total} notes right: {right / total:.1%}   {seconds:.1f} s in all")
    print("   ", "  ".join(f"{k} {by_kind[k]}/{of_kind[k]}" for k in of_kind))
    right, total, _, _ = score(FOLDER / "develop_more.jsonl", arguments.show)
    print(f"ten hands     {right}/{total} notes right: {right / total:.1%}   (the half developed on)")
    if not arguments.develop:
        right, total, _, _ = score(FOLDER / "check.jsonl", False)
        print(f"ten hands     {right}/{total} notes right: {right / total:.1%}   (set aside, not cleanly)")
        right, total, _, _ = score(FOLDER / "held_out.jsonl", False)
        print(f"kept apart    {right}/{total} notes right: {right / total:.1%}")


if __name__ == "__main__":
    sys.exit(main())
