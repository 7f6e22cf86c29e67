"""The wiring: screenplay -> shot list -> controls -> stage -> passes -> panel -> board.

Verbs do not know one another; they meet here. `production` is the way from script to board, `direction` what the
director states and notes, `explore` what is tried out, `plot` the plan for the gaffer.
"""

from __future__ import annotations

from maquette.pipeline.production import Production, new, open, panels_of
from maquette.pipeline.results import BoardResult, Panel, Progress, UpdateResult

__all__ = ["BoardResult", "Panel", "Production", "Progress", "UpdateResult", "new", "open", "panels_of"]
