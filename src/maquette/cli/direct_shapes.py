"""The JSON of the director's commands. Every shape has a name and a version and is described in docs/json.md."""

from __future__ import annotations

from collections.abc import Sequence

from maquette.film.control_table import CONTROL_LIST, ControlSpec, format_value, get_control
from maquette.film.controls import Controls, Directed
from maquette.film.delivered import Delivered
from maquette.film.exploration import Option
from maquette.film.mood import MoodRecipe
from maquette.film.notes import Correction, NoteReading, ProposedChange
from maquette.pipeline.camera_check import CameraCheck
from maquette.pipeline.explore import Explored
from maquette.pipeline.plot import Plotted


def control(spec: ControlSpec) -> dict[str, object]:
    """maquette.control/1"""
    return {
        "shape": "maquette.control/1",
        "name": spec.name,
        "says": spec.says,
        "kind": spec.kind.value,
        "unit": spec.unit,
        "low": spec.low if spec.high > spec.low else None,
        "high": spec.high if spec.high > spec.low else None,
        "words": list(spec.vocabulary),
        "keyable": spec.keyable,
    }


def stated(label: str, controls: Controls) -> dict[str, object]:
    """maquette.stated/1"""
    values = {s.name: format_value(s, v) for s in CONTROL_LIST if (v := get_control(controls, s)) is not None}
    tracks = {t.control: [{"at": k.at, "value": k.value, "easing": k.easing.value} for k in t.keys]
              for t in controls.tracks}  # fmt: skip
    return {"shape": "maquette.stated/1", "where": label, "stated": values, "keys": tracks}


def direction(number: str, directed: Directed, warnings: Sequence[str]) -> dict[str, object]:
    """maquette.direction/1"""
    return {
        "shape": "maquette.direction/1",
        "number": number,
        "controls": [
            {"name": h.control, "value": h.value, "from": h.origin.value, "why": h.why} for h in directed.holdings
        ],
        "warnings": list(warnings),
    }


def camera(number: str, found: CameraCheck) -> dict[str, object]:
    """maquette.camera/1"""
    return {
        "shape": "maquette.camera/1",
        "number": number,
        "position": list(found.placement.position),
        "look_at": list(found.placement.look_at),
        "words": found.words,
        "warnings": list(found.warnings),
    }


def recipe(r: MoodRecipe) -> dict[str, object]:
    """maquette.mood/1"""
    return {
        "shape": "maquette.mood/1",
        "name": r.name,
        "says": r.says,
        "valence": r.valence,
        "arousal": r.arousal,
        "own": r.own,
        "levers": r.levers.model_dump(mode="json", exclude_none=True),
    }


def note(number: str, reading: NoteReading, accepted: Sequence[ProposedChange]) -> dict[str, object]:
    """maquette.note/1"""
    return {
        "shape": "maquette.note/1",
        "number": number,
        "proposals": [
            {
                "control": c.control,
                "setting": c.setting,
                "before": c.before,
                "after": c.after,
                "words": c.words,
                "sure": c.sure,
                "how": c.how.value,
                "why": c.why,
                "accepted": c in accepted,
            }
            for c in reading.changes
        ],
        "not_understood": list(reading.not_understood),
        "remarks": list(reading.remarks),
    }


def correction(entry: Correction) -> dict[str, object]:
    """maquette.correction/1"""
    return {"shape": "maquette.correction/1", "words": entry.words, "settings": list(entry.settings), "by": entry.by}


def option(o: Option) -> dict[str, object]:
    """maquette.option/1"""
    return {"shape": "maquette.option/1", "number": o.number, "settings": list(o.settings), "request": o.request}


def exploration(number: str, done: Explored) -> dict[str, object]:
    """maquette.exploration/1"""
    return {
        "shape": "maquette.exploration/1",
        "number": number,
        "sheet": str(done.sheet),
        "pictures": [str(p) for p in done.pictures],
        "options": [option(o) for o in done.exploration.options],
        "left_out": done.exploration.left_out,
    }


def plotted(done: Plotted) -> dict[str, object]:
    """maquette.plot/1"""
    return {
        "shape": "maquette.plot/1",
        "pdf": str(done.pdf),
        "svgs": [str(p) for p in done.svgs],
        "notes": list(done.notes),
    }


def delivered(number: str, frame: str, readings: Delivered | None) -> dict[str, object]:
    """maquette.delivered/1"""
    return {
        "shape": "maquette.delivered/1",
        "number": number,
        "frame": frame,
        "drawn": readings is not None,
        "readings": [r.model_dump(mode="json") for r in readings.readings] if readings is not None else [],
    }
