"""The hand props: every `PropKind` as a thing of real size that can stand on the set or be held."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from maquette.film.errors import StageError
from maquette.film.props import PropKind, prop_kind
from maquette.stage.props.bags import BAGS
from maquette.stage.props.devices import DEVICES
from maquette.stage.props.papers import PAPERS
from maquette.stage.props.personal import PERSONAL
from maquette.stage.props.prop import Carry, Prop
from maquette.stage.props.tableware import TABLEWARE
from maquette.stage.props.tools import TOOLS

__all__ = ["PROPS", "Carry", "Prop", "make_prop"]

PropMaker = Callable[[np.random.Generator, Sequence[str]], Prop]
"""Makes one prop from a generator and the script's words for it in lower case."""

PROPS: dict[PropKind, PropMaker] = {**TABLEWARE, **PAPERS, **DEVICES, **TOOLS, **BAGS, **PERSONAL}


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
