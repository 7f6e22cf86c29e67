"""The shot that notes are read on in tests: two people, five things, usual values."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from maquette.direct.moods import MOODS
from maquette.direct.notes import read_note
from maquette.direct.notes.model import LanguageModel
from maquette.film.notes import DirectorsDictionary, NoteReading


def _bench() -> ModuleType:
    file = Path(__file__).resolve().parents[1] / "bench" / "notes.py"
    spec = importlib.util.spec_from_file_location("bench_notes", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCH = _bench()
"""bench/notes.py: the test set's scoring and the values that hold before a note."""
PEOPLE, THINGS = BENCH.PEOPLE, BENCH.THINGS


def now(**changed: Any) -> dict[str, Any]:
    """Typed values of every control; `key_fill=8` changes "key-fill"."""
    return BENCH.holding({name.replace("_", "-"): value for name, value in changed.items()})


def read(
    note: str, dictionary: DirectorsDictionary | None = None, model: LanguageModel | None = None, **changed: Any
) -> NoteReading:
    """A note read on the usual shot, or on one with other values."""
    return read_note(note, now(**changed), PEOPLE, THINGS, dictionary or DirectorsDictionary(), MOODS, model)


def settings(note: str, dictionary: DirectorsDictionary | None = None, **changed: Any) -> list[str]:
    """What a note proposes."""
    return [c.setting for c in read(note, dictionary, **changed).changes]
