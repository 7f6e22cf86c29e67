"""Panel styles: the same passes as a photograph or drawn by hand, in one medium or another. One style a file."""

from __future__ import annotations

from maquette.generate.base import DrawSettings, Generator, TonalKey
from maquette.generate.blueprint import Blueprint
from maquette.generate.charcoal import Charcoal
from maquette.generate.gouache import Gouache
from maquette.generate.ink import Ink
from maquette.generate.ink_wash import InkWash
from maquette.generate.marker import Marker
from maquette.generate.oil import Oil
from maquette.generate.pencil import Pencil
from maquette.generate.photo import Photo, photograph
from maquette.generate.watercolour import Watercolour
from maquette.generate.woodcut import Woodcut

GENERATORS: dict[str, Generator] = {
    "photo": Photo(),
    "ink": Ink(),
    "pencil": Pencil(),
    "charcoal": Charcoal(),
    "marker": Marker(),
    "ink-wash": InkWash(),
    "watercolour": Watercolour(),
    "gouache": Gouache(),
    "oil": Oil(),
    "woodcut": Woodcut(),
    "blueprint": Blueprint(),
}
"""By `PanelStyle` value."""

__all__ = ["GENERATORS", "DrawSettings", "Generator", "TonalKey", "photograph"]
