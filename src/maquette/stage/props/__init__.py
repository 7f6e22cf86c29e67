"""The hand props: every `PropKind` as a thing of real size that can stand on the set or be held."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from maquette.film.errors import StageError
from maquette.film.props import PropKind, prop_kind
from maquette.stage.props import (
    arms,
    bags,
    bottles,
    boxes,
    cups,
    devices,
    fire,
    gadgets,
    gifts,
    letters,
    maps,
    music,
    painting,
    personal,
    prints,
    tableware,
    timepieces,
    tools,
)
from maquette.stage.props.prop import Carry, Prop, Words

__all__ = ["PROPS", "Carry", "Prop", "make_prop"]

PropMaker = Callable[[np.random.Generator, Words], Prop]
"""Makes one prop from a generator and the script's words for it in lower case."""

PROPS: dict[PropKind, PropMaker] = {
    PropKind.CUP: cups.cup,
    PropKind.GLASS: cups.glass,
    PropKind.WINE_GLASS: cups.wine_glass,
    PropKind.BOTTLE: bottles.bottle,
    PropKind.COFFEE_POT: bottles.coffee_pot,
    PropKind.PLATE: tableware.plate,
    PropKind.BOWL: tableware.bowl,
    PropKind.KNIFE: tableware.knife,
    PropKind.FORK: tableware.fork,
    PropKind.SPOON: tableware.spoon,
    PropKind.PISTOL: arms.pistol,
    PropKind.RIFLE: arms.rifle,
    PropKind.PHONE: devices.phone,
    PropKind.TELEPHONE: devices.telephone,
    PropKind.LETTER: letters.letter,
    PropKind.CHEQUE: letters.cheque,
    PropKind.ENVELOPE: letters.envelope,
    PropKind.BOOK: prints.book,
    PropKind.NEWSPAPER: prints.newspaper,
    PropKind.PHOTOGRAPH: prints.photograph,
    PropKind.KEYS: personal.keys,
    PropKind.HANDBAG: bags.handbag,
    PropKind.SUITCASE: bags.suitcase,
    PropKind.BACKPACK: bags.backpack,
    PropKind.BRIEFCASE: bags.briefcase,
    PropKind.FLASHLIGHT: gadgets.flashlight,
    PropKind.LANTERN: fire.lantern,
    PropKind.CANDLE: fire.candle,
    PropKind.CIGARETTE: fire.cigarette,
    PropKind.LIGHTER: fire.lighter,
    PropKind.LAPTOP: devices.laptop,
    PropKind.CAMERA: gadgets.camera,
    PropKind.UMBRELLA: personal.umbrella,
    PropKind.HAT: personal.hat,
    PropKind.RING: personal.ring,
    PropKind.WATCH: timepieces.watch,
    PropKind.CLOCK: timepieces.clock,
    PropKind.MAP: maps.map_,
    PropKind.MONEY: maps.money,
    PropKind.FLOWERS: gifts.flowers,
    PropKind.ROPE: tools.rope,
    PropKind.AXE: tools.axe,
    PropKind.HAMMER: tools.hammer,
    PropKind.SHOVEL: tools.shovel,
    PropKind.RADIO: gadgets.radio,
    PropKind.GRAMOPHONE: music.gramophone,
    PropKind.TEDDY_BEAR: gifts.teddy,
    PropKind.BOX: boxes.box_,
    PropKind.BALL: gifts.ball,
    PropKind.WALKING_STICK: personal.walking_stick,
    PropKind.SYRINGE: tools.syringe,
    PropKind.GUITAR: music.guitar,
    PropKind.PAINT_CAN: painting.paint_can,
    PropKind.PAINTBRUSH: painting.paintbrush,
    PropKind.PEN: painting.pen,
    PropKind.SWORD: arms.sword,
}


def make_prop(kind: str, seed: int, words: Sequence[str] = ()) -> Prop:
    """The prop of a kind ("cup"), with the details that the script's words ask for ("chipped", "red").

    Equal arguments give equal meshes.

    Raises:
        StageError: no such prop.
    """
    known = prop_kind(kind)
    if known is None:
        raise StageError(f"No prop is called {kind!r}: use one of {', '.join(k.value for k in PropKind)}.")
    lowered = tuple(w.lower().strip(".,;'\"") for w in words)
    rng = np.random.default_rng([seed, list(PropKind).index(known)])
    return PROPS[known](rng, lowered)
