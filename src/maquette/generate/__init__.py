"""Panel styles: the same passes as a photograph, an ink drawing or a pencil drawing. One style a file."""

from __future__ import annotations

from maquette.generate.base import DrawSettings, Generator
from maquette.generate.ink import Ink
from maquette.generate.pencil import Pencil
from maquette.generate.photo import Photo, photograph

GENERATORS: dict[str, Generator] = {"photo": Photo(), "ink": Ink(), "pencil": Pencil()}
"""By `PanelStyle` value."""

__all__ = ["GENERATORS", "DrawSettings", "Generator", "photograph"]
