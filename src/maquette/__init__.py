"""Maquette: a studio for filmmaking before the shoot.

import maquette

production = maquette.new("out/ferry", script="examples/the-last-ferry.fountain")
for shot in production.shots:
    print(shot.number, shot.size, shot.text)
production.accept("all")
result = production.board(shots="1,2A", layout="3x2")
print(result.pdf)

Everything that fails on purpose is a `maquette.MaquetteError`, whose text is one sentence with the remedy.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

# Nothing leaves the machine: libraries that could phone home are told not to before they are imported.
for _name, _value in {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DIFFUSERS_OFFLINE": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}.items():
    os.environ.setdefault(_name, _value)

from maquette.film.errors import MaquetteError  # noqa: E402  (after the environment is set)
from maquette.version import __version__  # noqa: E402

if TYPE_CHECKING:
    from maquette.pipeline import Production, new, open

__all__ = ["MaquetteError", "Production", "__version__", "new", "open"]


def __getattr__(name: str) -> object:
    """`maquette.open` and friends load the pipeline when they are first asked for, so that nouns stay light."""
    if name in ("Production", "new", "open"):
        from maquette import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'maquette' has no attribute {name!r}")
