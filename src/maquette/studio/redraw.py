"""An edit of a finished picture: what it changed is drawn anew, every stroke elsewhere stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.edit import joined, region_of, within
from maquette.film.passes import Passes
from maquette.film.request import TakeRequest
from maquette.film.style import PanelStyle
from maquette.generate import TonalKey, photograph
from maquette.generate.wash import tonal_key
from maquette.measure.delivered import measure_shot
from maquette.stage.keyed import grade_at
from maquette.studio.develop import balanced, metered_stops
from maquette.studio.picture import in_look, picture_of
from maquette.studio.still import Drawn, Rendered, Studio

U8 = NDArray[np.uint8]
STROKE_REACH = 0.06
"""Share of the width: strokes that lie so far from what has changed may be drawn anew with it."""
MOST_NAMED = 4
MOVED = "drawn anew in whole: the shot has to be framed otherwise now"


@dataclass(frozen=True, eq=False)
class Finished:
    """A picture that an edit starts from."""

    requests: tuple[TakeRequest, ...]
    """What it was made from: a request drawn in whole, then those of the edits, oldest first."""
    pixels: U8
    """(H, W, 3) sRGB codes, as it was delivered."""


def redraw(studio: Studio, request: TakeRequest, finished: Finished) -> Drawn:
    """The picture of `request` with everything that it shares with the finished one kept, pixel for pixel.

    Kept are also the camera's place, exposure, tonal key and the lamps' levels, so that nothing shifts far from the
    edit. Where the edit asks for another view nothing can be kept: then the picture is drawn in whole, and a note says
    so.
    """
    begun = _Begun.of(studio, finished.requests[0])
    for edit in finished.requests[1:]:
        begun = begun.after(studio, edit)
    base = begun.base
    made = studio.rendered(request, base)
    if made.moment.camera != base.moment.camera:
        return studio.draw(request, (MOVED,))
    stops = begun.stops
    region = region_of(balanced(begun.passes), balanced(made.passes), stops)
    passes = joined(begun.passes, made.passes, region)
    shown = balanced(passes)
    coloured = _look_changed(shown, request, finished.requests[-1], stops)
    changed = region.mask | coloured
    painter = studio.painter(request)
    drawn, _ = picture_of(shown, request, request.moment_s, stops, painter=painter, key=begun.key)
    reach = 0 if request.frame.style is PanelStyle.PHOTO else round(STROKE_REACH * request.frame.width)
    pixels = np.where(within(changed, reach)[..., None], drawn, finished.pixels)
    delivered = measure_shot(passes, pixels, made.asked, stops)
    told = _told([*region.names, *(["its colours"] if coloured.any() else [])], changed)
    return Drawn.of(request, pixels, passes, (*made.moment.notes, told), delivered)


@dataclass(frozen=True, eq=False)
class _Begun:
    """What a finished picture was drawn from."""

    base: Rendered
    """Of the last request that was drawn in whole."""
    passes: Passes
    """With the edits since then."""
    stops: float
    key: TonalKey

    @staticmethod
    def of(studio: Studio, request: TakeRequest) -> _Begun:
        """A picture that was drawn in whole."""
        base = studio.rendered(request)
        shown = balanced(base.passes)
        stops = metered_stops(shown, request) + base.passes.camera.exposure_stops
        contrast = grade_at(request, request.moment_s).contrast
        return _Begun(base, base.passes, stops, tonal_key(shown, stops, contrast))

    def after(self, studio: Studio, edit: TakeRequest) -> _Begun:
        """The same after an edit, as `redraw` has drawn it."""
        made = studio.rendered(edit, self.base)
        if made.moment.camera != self.base.moment.camera:
            return _Begun.of(studio, edit)
        region = region_of(balanced(self.passes), balanced(made.passes), self.stops)
        return replace(self, passes=joined(self.passes, made.passes, region))


def _look_changed(shown: Passes, request: TakeRequest, before: TakeRequest, stops: float) -> NDArray[np.bool_]:
    """(H, W) where the look, or what one element has of it, gives other colours."""
    if request.look == before.look:
        return np.zeros(shown.depth.shape, bool)
    developed = photograph(shown, stops, grade_at(request, request.moment_s))
    was, now = (developed if r.look is None else in_look(developed, shown, r.look) for r in (before, request))
    return (was != now).any(axis=-1)


def _told(names: Sequence[str], changed: NDArray[np.bool_]) -> str:
    """ "only MARA and the cup drawn anew, 12% of the picture; the rest is as it was"."""
    if not changed.any():
        return "nothing to be seen has changed: the picture is as it was"
    share = f"{changed.mean():.0%} of the picture" if changed.mean() >= 0.01 else "less than 1% of the picture"
    called = list(dict.fromkeys(_called(name) for name in names)) or ["the light"]
    if len(called) > MOST_NAMED:
        called = [*called[: MOST_NAMED - 1], "other things"]
    who = " and ".join([", ".join(called[:-1])] * (len(called) > 1) + called[-1:])
    return f"only {who} drawn anew, {share}; the rest is as it was"


def _called(name: str) -> str:
    """ "MARA", "the cup"."""
    kind, _, own = name.partition("/")
    if kind == "cast" or not own:
        return own or kind
    return f"the {own.rstrip('0123456789 ') or own}"
