"""Renderer, stage and generators behind one call: a request goes in, a finished picture comes out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.exr import write_exr
from maquette.edit import stays
from maquette.film.delivered import Asked, Delivered
from maquette.film.passes import Passes
from maquette.film.request import TakeRequest, Versions
from maquette.film.stage import Moment
from maquette.film.style import PanelStyle
from maquette.generate import GENERATORS
from maquette.house import HOUSE_VERSION
from maquette.imaging.png import encode_png
from maquette.measure.delivered import measure_shot
from maquette.render.renderer import RENDER_VERSION, Renderer
from maquette.render.variants import describe_variant
from maquette.stage.asked import asked_of
from maquette.stage.balance import Settled, dimmed, settle
from maquette.stage.build import STAGE_VERSION, BuiltStage, build_stage
from maquette.stage.keyed import light_is_keyed
from maquette.studio.develop import DEVELOP_VERSION, balanced, metered_stops
from maquette.studio.picture import PICTURE_VERSION, Painter, picture_of


@dataclass(frozen=True, eq=False)
class Rendered:
    """A request's moment with its light traced: what a picture is made from."""

    passes: Passes
    moment: Moment
    asked: Asked
    settled: Settled | None
    """What its lamps are dimmed to."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A finished picture and what it came from."""

    pixels: NDArray[np.uint8]
    """(H, W, 3) sRGB."""
    png: bytes
    """The same as PNG; its text chunks "maquette:request" and "maquette:notes" hold the request's digest and the notes
    as JSON."""
    passes: Passes
    notes: tuple[str, ...]
    delivered: Delivered
    """What the picture came to, beside what was asked."""

    @staticmethod
    def of(
        request: TakeRequest, pixels: NDArray[np.uint8], passes: Passes, notes: tuple[str, ...], delivered: Delivered
    ) -> Drawn:
        """With its PNG."""
        text = {"maquette:request": request.digest()}
        if notes:
            text["maquette:notes"] = json.dumps(notes, ensure_ascii=False)
        return Drawn(pixels, encode_png(pixels, text), passes, notes, delivered)

    def exr(self) -> bytes:
        """All passes as multi-layer EXR."""
        with tempfile.TemporaryDirectory(prefix="maquette-") as folder:
            path = Path(folder) / "passes.exr"
            write_exr(path, self.passes)
            return path.read_bytes()


class Studio:
    """Keep one for all pictures of a run: scene and kernels persist."""

    def __init__(self, weights: Callable[[str], bytes] | None = None) -> None:
        """weights: the bytes of a house model's weights by their digest; None: there are none."""
        self._weights = weights
        self._painters: dict[str, Painter] = {}

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer()

    def versions(self, maquette: str, style: PanelStyle) -> Versions:
        """What makes pictures here."""
        return Versions(
            maquette=maquette,
            stage=STAGE_VERSION,
            render=RENDER_VERSION,
            develop=DEVELOP_VERSION,
            generate=HOUSE_VERSION if style is PanelStyle.HOUSE else GENERATORS[style].version,
            look=PICTURE_VERSION,
            renderer_variant=describe_variant().name,
        )

    def draw(self, request: TakeRequest, notes: tuple[str, ...] = ()) -> Drawn:
        """Build the stage, render its moment and draw it in the request's style. notes: what is to be said beside what
        the stage says."""
        made = self.rendered(request)
        passes = made.passes
        shown = balanced(passes)
        stops = metered_stops(shown, request) + passes.camera.exposure_stops
        pixels, _ = picture_of(shown, request, request.moment_s, stops, painter=self.painter(request))
        delivered = measure_shot(passes, pixels, made.asked, stops)
        return Drawn.of(request, pixels, passes, (*made.moment.notes, *notes), delivered)

    def rendered(self, request: TakeRequest, before: Rendered | None = None) -> Rendered:
        """Build the stage and render its moment. before: the moment that this one is an edit of; its lamps' levels are
        kept, and its camera, where that can stay (`edit.stays`)."""
        frame = request.frame
        moment, asked, found = self._settled_moment(request, None if before is None else before.settled)
        if before is not None and stays(before.moment.camera, moment.camera):
            moment = replace(moment, camera=before.moment.camera)
        passes = self.renderer.render(
            moment, frame.width, frame.height, frame.samples_per_pixel, frame.path_depth, request.seed,
            for_lines=frame.style is not PanelStyle.PHOTO,
        )  # fmt: skip
        return Rendered(passes, moment, asked, found)

    def painter(self, request: TakeRequest) -> Painter | None:
        """Who paints the request's pictures; None where its style needs nobody."""
        house = request.look.recipe.house if request.look is not None else None
        if request.frame.style is not PanelStyle.HOUSE or house is None or self._weights is None:
            return None
        if house.weights not in self._painters:
            from maquette.house.paint import HousePainter

            self._painters[house.weights] = HousePainter(self._weights(house.weights))
        return self._painters[house.weights]

    def moment(self, request: TakeRequest) -> tuple[Moment, Asked]:
        """The stage at the request's moment with its lamps dimmed as planned, and what its picture is held against."""
        moment, asked, _ = self._settled_moment(request, None)
        return moment, asked

    def _settled_moment(self, request: TakeRequest, settled: Settled | None) -> tuple[Moment, Asked, Settled | None]:
        stage = build_stage(request)
        moment = stage.at(request.moment_s)
        asked = asked_of(request, moment, stage.front)
        if settled is None:
            settled = self.settled(stage, request.moment_s if light_is_keyed(request) else Fraction(0))
        return (dimmed(moment, settled) if settled is not None else moment), asked, settled

    def settled(self, stage: BuiltStage, metered_at: Fraction = Fraction(0)) -> Settled | None:
        """What the lamps of a planned light are dimmed to; None where they are as they should be.

        Metered once, in steady light, as the shot opens: what flickers later is meant to.
        """
        steady = stage.at(metered_at, steady=True)
        if steady.balance is None:
            return None
        frame = stage.request.frame
        return settle(steady, self.renderer.meter(steady, frame.width / frame.height, stage.request.seed))
