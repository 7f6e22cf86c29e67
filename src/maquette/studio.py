"""Renderer, stage and generators behind one call: a request goes in, a finished picture comes out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from maquette.film.passes import Passes
from maquette.film.request import PanelStyle, TakeRequest, Versions
from maquette.generate import GENERATORS
from maquette.imaging.exr import passes_to_exr
from maquette.render.renderer import RENDER_VERSION, Renderer
from maquette.render.variants import describe_variant
from maquette.stage.build import STAGE_VERSION, build_stage


@dataclass(frozen=True, eq=False)
class Drawn:
    """A finished picture and what it came from."""

    pixels: NDArray[np.uint8]
    """(H, W, 3) sRGB."""
    png: bytes
    """The same as PNG; the request's digest is in its text chunk "maquette:request"."""
    passes: Passes
    notes: tuple[str, ...]

    def exr(self) -> bytes:
        """All passes as multi-layer EXR."""
        return passes_to_exr(self.passes)


class Studio:
    """Keep one for all pictures of a run: scene and kernels persist."""

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer()

    def versions(self, maquette: str, style: PanelStyle) -> Versions:
        """What makes pictures here."""
        return Versions(
            maquette=maquette,
            stage=STAGE_VERSION,
            render=RENDER_VERSION,
            generate=GENERATORS[style].version,
            renderer_variant=describe_variant().name,
        )

    def draw(self, request: TakeRequest) -> Drawn:
        """Build the stage, render its moment and draw it in the request's style."""
        stage = build_stage(request)
        moment = stage.at(request.moment_s)
        frame = request.frame
        passes = self.renderer.render(
            moment, frame.width, frame.height, frame.samples_per_pixel, frame.path_depth, request.seed
        )
        pixels = GENERATORS[frame.style].draw(passes, request)
        info = PngInfo()
        info.add_text("maquette:request", request.digest())
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, "PNG", pnginfo=info)
        return Drawn(pixels, out.getvalue(), passes, moment.notes)
