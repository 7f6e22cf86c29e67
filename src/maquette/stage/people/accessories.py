"""Ties, scarves, aprons, hats, caps and glasses."""

from __future__ import annotations

from dataclasses import dataclass, field

from maquette.film.cast import Garment, Identity
from maquette.stage.people.piece import Piece
from maquette.stage.people.rig import BodyShape
from maquette.stage.people.sheet import F64, Sheet


@dataclass(frozen=True, eq=False)
class HatLine:
    """The plane of a hat's rim: points with (p - origin) . normal > 0 are under the hat."""

    origin: F64
    normal: F64


@dataclass(frozen=True, eq=False)
class ClothTrim:
    part: str
    garment: Garment
    sheet: Sheet


@dataclass(frozen=True, eq=False)
class Extras:
    pieces: list[Piece] = field(default_factory=lambda: list[Piece]())
    cloth: list[ClothTrim] = field(default_factory=lambda: list[ClothTrim]())
    hat_line: HatLine | None = None


def accessories(shape: BodyShape, identity: Identity, worn: tuple[Garment, ...], layers: dict[str, Sheet], base: Sheet) -> Extras:
    return Extras()
