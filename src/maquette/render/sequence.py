"""Moments one after another -> passes that hold together: each frame is new light joined to what was seen before."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.film.stage import Moment
from maquette.render.denoise import denoise
from maquette.render.engine import Guides
from maquette.render.history import (
    CALM,
    EDGE_RAW,
    EDGE_SMOOTH,
    LONGEST_RAW,
    LONGEST_SMOOTH,
    History,
    agreement,
    inside_of,
    irradiance,
    joined,
    looked_up,
    moved,
    reflections_hold,
    remodulated,
    within,
    without,
)
from maquette.render.motion import MotionField, Seeing, motion
from maquette.render.renderer import Begun, Renderer, through_haze

F32 = NDArray[np.float32]

SEQUENCE_VERSION = 4
"""Goes up whenever the same moments give other frames."""
GUIDE_POINTS, EDGE_POINTS = range(4), range(4, 12)
"""Points of each pixel that base colour and normals are taken from, and further ones where colours differ from pixel to
pixel: at edges."""
EDGE_COLOR = 0.04
"""So much is such a difference, in the mean of red, green and blue."""
FIRST_WORTH = 32
"""Samples of each pixel that a frame without a history begins with."""
NEW_SAMPLES, MOST_NEW_SAMPLES, NEW_WORK = 6, 24, 0.65
"""Samples more for pixels that were hidden before: the fewer these are, the more each gets, up to so many samples for
each pixel of the whole picture."""
FALLING = "weather/"
"""Names of bodies that fall through the air begin so."""
NEW_FRAMES = 3.0
"""A pixel that remembers fewer frames than this is new."""
MOST_NEW = 0.35
"""Share of the picture that may have those: where all is new, as in a whip pan, nobody sees the grain."""


@dataclass(frozen=True)
class SequenceSettings:
    """How the frames of one take are traced."""

    width: int
    height: int
    spp: int = 2
    """New samples of each pixel in each frame."""
    path_depth: int = 4
    seed: int = 0
    for_lines: bool = False
    """Adds what drawn styles find their lines in."""


@dataclass(frozen=True, eq=False)
class Carried:
    """What a traced frame leaves behind for the next one to be traced."""

    index: int
    raw: History
    inside: NDArray[np.bool_]
    """(H, W) pixels whose neighbours show the same part."""
    seeing: Seeing


@dataclass(frozen=True, eq=False)
class Joining:
    """How a frame's denoised light is joined to that of the frame before."""

    back: MotionField
    was_inside: NDArray[np.bool_]
    error: F32
    most: F32
    """(H, W) frames that may be remembered."""
    fleeting: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Traced:
    """A frame whose light is traced; what is left to do needs no renderer, and may be done by another thread."""

    begun: Begun
    now: Carried
    guides: Guides
    joining: Joining | None
    """None: nothing was seen before."""
    extra: dict[str, F32]


@dataclass(frozen=True, eq=False)
class Finished:
    """A finished frame."""

    passes: Passes
    state: dict[str, Any] | None
    """What a later run goes on from; see `packed`."""


class FrameSequence:
    """Renders the frames of one take in order. Between frames it holds what was seen last, and nothing older."""

    def __init__(self, renderer: Renderer, settings: SequenceSettings) -> None:
        self._renderer = renderer
        self._settings = settings
        self._before: Carried | None = None
        self._smooth: History | None = None
        self.restored: dict[str, Any] = {}
        """The state that was taken up last, with what others put into it."""

    def frame(self, index: int, moment: Moment) -> Passes:
        """`trace` and `finish` at once."""
        return self.finish(self.trace(index, moment)).passes

    def trace(self, index: int, moment: Moment) -> Traced:
        """Trace frame `index`, the one after the frame traced last. The same frames and seed give the same bytes,
        however often the work was stopped in between."""
        settings = self._settings
        begun = self._renderer.begin(moment, settings.width, settings.height, in_motion=True)
        guides = _guides(begun)
        extra = begun.line_passes() if settings.for_lines else {}
        before, inside = self._before, inside_of(begun.seeing.seen.part_id)
        if before is None:
            light = self._traced(begun, FIRST_WORTH, index)
            raw = History(light, np.full(inside.shape, FIRST_WORTH / settings.spp, np.float32))
            joining = None
        else:
            back = motion(begun.seeing, before.seeing)
            extra |= {"motion_back": back.shift, "motion_back_visible": back.visible.astype(np.float32)}
            raw, joining = self._joined(begun, index, before, back, inside)
        self._before = Carried(index, raw, inside, begun.seeing)
        return Traced(begun, self._before, guides, joining, extra)

    def finish(self, traced: Traced) -> Finished:
        """Denoise a traced frame and join it to the one finished before; frames come in the order they were traced in.

        `Passes.extra` has "motion_back" (H, W, 2): pixels from here to where the same surface was in the frame before,
        x to the right and y down, and "motion_back_visible" (H, W), 1 where it was seen there; not in the first frame.
        `albedo` is the mean over the pixel.
        """
        guides, now, join, before = traced.guides, traced.now, traced.joining, self._smooth
        clean = _denoised(now.raw, guides)
        if join is None or before is None:
            smooth = History(clean, np.ones(now.inside.shape, np.float32))
        else:
            remembered = without(looked_up(before, join.back, join.was_inside, now.inside), join.fleeting)
            near = within(remembered, clean, join.error)
            kept = np.minimum(near.frames, join.most)
            smooth = joined(near, kept, clean, np.ones_like(kept))
        self._smooth = smooth
        moment = traced.begun.moment
        beauty, air = through_haze(remodulated(smooth.light, guides.albedo), guides.transmittance, moment)
        passes = replace(traced.begun.passes(beauty, traced.extra | air), albedo=guides.albedo)
        return Finished(passes, _state(now, smooth))

    def blurred(self, index: int, moments: Sequence[Moment]) -> Passes:
        """Passes of frame `index` over an open shutter: the mean of the light at `moments`, which lie evenly over it.

        Every other pass is that of the middle moment. Earlier frames play no part.
        """
        settings = self._settings
        middle = len(moments) // 2
        total, albedo, normal = (np.zeros((settings.height, settings.width, 3), np.float32) for _ in range(3))
        extra: dict[str, F32] = {}
        kept: Passes | None = None
        for i, moment in enumerate(moments):
            begun = self._renderer.begin(moment, settings.width, settings.height, in_motion=True)
            how = begun.settings(settings.spp, settings.path_depth, _seed(settings.seed, index * len(moments) + i))
            light = begun.engine.light(how)
            clear, extra_now = through_haze(light.radiance, light.transmittance, moment)
            total, albedo, normal = total + clear, albedo + light.albedo, normal + light.normal
            if i == middle:
                extra = extra_now | (begun.line_passes() if settings.for_lines else {})
                kept = begun.passes(clear, extra)
        assert kept is not None
        share = np.float32(1 / len(moments))
        beauty = denoise(total * share, albedo * share, normal * share)
        return replace(kept, beauty=beauty, albedo=(albedo * share).astype(np.float32))

    def forward(self, after: Moment) -> dict[str, F32]:
        """Motion of the frame traced last to the next frame, whose moment is `after`: passes "motion" and
        "motion_visible"."""
        assert self._before is not None
        begun = self._renderer.begin(after, self._settings.width, self._settings.height, in_motion=True)
        ahead = motion(self._before.seeing, begun.seeing)
        return {"motion": ahead.shift, "motion_visible": ahead.visible.astype(np.float32)}

    def restore(self, states: Sequence[bytes], finished: int, moment_of: Callable[[int], Moment]) -> int | None:
        """Take up the newest of `states` that is whole and belongs to one of the first `finished` frames.

        moment_of: the moment of a frame. Returns that frame's number; None where there is no such state.
        """
        settings = self._settings
        shape = (settings.height, settings.width)
        found = [s for s in map(_loaded, states) if s is not None and s["raw_frames"].shape == shape]
        usable = [s for s in found if int(s["index"]) < finished]
        if not usable:
            return None
        state = max(usable, key=lambda s: int(s["index"]))
        index = int(state["index"])
        begun = self._renderer.begin(moment_of(index), settings.width, settings.height, in_motion=True)
        raw = History(state["raw_light"], state["raw_frames"])
        self._before = Carried(index, raw, inside_of(begun.seeing.seen.part_id), begun.seeing)
        self._smooth = History(state["smooth_light"], state["smooth_frames"])
        self.restored = state
        return index

    def _joined(
        self, begun: Begun, index: int, before: Carried, back: MotionField, inside: NDArray[np.bool_]
    ) -> tuple[History, Joining]:
        """New samples joined to those of earlier frames, and how their denoised light is to be joined."""
        still = _reflections(begun, before.seeing)
        light = self._traced(begun, self._settings.spp, index)
        fleeting = _fleeting(begun.seeing)
        old = without(moved(before.raw, back, before.inside, inside), fleeting)
        agreed = agreement(old, light)
        # An edge that does not move is as good as any other pixel.
        calm = inside | (np.abs(back.shift).max(axis=2) < CALM)
        frames = np.minimum(np.minimum(agreed.frames, np.where(calm, LONGEST_RAW, EDGE_RAW)), still)
        light, worth = self._more(begun, index, light, frames)
        raw = joined(old, frames, light, worth)
        most = np.where(calm, np.float32(LONGEST_SMOOTH), np.float32(EDGE_SMOOTH))
        most = np.minimum(most, np.minimum(raw.frames, still)).astype(np.float32)
        error = (agreed.error / np.sqrt(raw.frames)).astype(np.float32)
        return raw, Joining(back, before.inside, error, most, fleeting)

    def _more(self, begun: Begun, index: int, light: F32, frames: F32) -> tuple[F32, F32]:
        """More samples where little is remembered: (light, how many frames it is worth)."""
        settings = self._settings
        worth = np.ones_like(frames)
        new = np.flatnonzero(frames < NEW_FRAMES).astype(np.uint32)
        if not 0 < len(new) <= MOST_NEW * frames.size:
            return light, worth
        samples = int(np.clip(NEW_WORK * frames.size / len(new), NEW_SAMPLES, MOST_NEW_SAMPLES))
        how = begun.settings(samples, settings.path_depth, _seed(settings.seed, index, 1))
        more, count = begun.engine.light(how, new), samples / settings.spp
        flat = light.reshape(-1, 3).copy()
        flat[new] = (flat[new] + irradiance(more.radiance, more.albedo) * count) / (1 + count)
        worth.reshape(-1)[new] += count
        return flat.reshape(light.shape), worth

    def _traced(self, begun: Begun, samples: int, index: int) -> F32:
        """(H, W, 3) irradiance of new samples."""
        settings = self._settings
        traced = begun.engine.light(begun.settings(samples, settings.path_depth, _seed(settings.seed, index)))
        return irradiance(traced.radiance, traced.albedo)


def _state(now: Carried, smooth: History) -> dict[str, Any]:
    return {
        "version": SEQUENCE_VERSION,
        "index": now.index,
        "raw_light": now.raw.light,
        "raw_frames": now.raw.frames,
        "smooth_light": smooth.light,
        "smooth_frames": smooth.frames,
    }


def packed(state: dict[str, Any]) -> bytes:
    """A state as bytes for `FrameSequence.restore`."""
    buffer = BytesIO()
    np.savez(buffer, **state)
    return buffer.getvalue()


def _loaded(state: bytes) -> dict[str, Any] | None:
    """The arrays of a state; None where it is damaged or of another version."""
    try:
        with np.load(BytesIO(state), allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        return found if int(found["version"]) == SEQUENCE_VERSION else None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _denoised(raw: History, guides: Guides) -> F32:
    """(H, W, 3) irradiance without noise."""
    return irradiance(denoise(remodulated(raw.light, guides.albedo), guides.albedo, guides.normal), guides.albedo)


def _guides(begun: Begun) -> Guides:
    """Base colour, normals and transmittance, from more points at edges."""
    how = begun.settings(1, 1, 0)
    guides = begun.engine.guides(how, GUIDE_POINTS)
    edge = np.flatnonzero(_edges(guides.albedo)).astype(np.uint32)
    if len(edge) == 0:
        return guides
    more, few, many = begun.engine.guides(how, EDGE_POINTS, edge), len(GUIDE_POINTS), len(EDGE_POINTS)

    def joined_at_edges(values: F32, further: F32) -> F32:
        flat = values.reshape(values.shape[0] * values.shape[1], -1).copy()
        flat[edge] = (flat[edge] * np.float32(few) + further * np.float32(many)) / np.float32(few + many)
        return flat.reshape(values.shape)

    return Guides(
        joined_at_edges(guides.albedo, more.albedo),
        joined_at_edges(guides.normal, more.normal),
        joined_at_edges(guides.transmittance, more.transmittance),
    )


def _edges(color: F32) -> NDArray[np.bool_]:
    """(H, W) pixels whose colour, of (H, W, 3), is not that of a neighbour to the side, above or below."""
    grey = (color[..., 0] + color[..., 1] + color[..., 2]) / 3
    found = np.zeros(grey.shape, bool)
    across = np.abs(grey[:, 1:] - grey[:, :-1]) >= EDGE_COLOR
    down = np.abs(grey[1:] - grey[:-1]) >= EDGE_COLOR
    found[:, 1:] |= across
    found[:, :-1] |= across
    found[1:] |= down
    found[:-1] |= down
    return found


def _fleeting(seeing: Seeing) -> NDArray[np.bool_]:
    """(H, W) what falls through the air: it would fade if it borrowed from earlier frames."""
    assert seeing.seen.object_id is not None
    falling = [i for i, name in enumerate(seeing.world.object_names) if name.startswith(FALLING)]
    return np.isin(seeing.seen.object_id, falling)


def _reflections(begun: Begun, before: Seeing) -> F32:
    """(H, W) frames over which reflections hold, by how far the camera went round each point."""
    seen = begun.seeing.seen
    assert seen.position is not None and seen.gloss is not None
    here, there = np.array(begun.seeing.optics.position), np.array(before.optics.position)
    step = float(np.linalg.norm(here - there))
    away = np.linalg.norm(seen.position - here.astype(np.float32), axis=2)
    turned = step / np.maximum(away, 0.1)
    return reflections_hold(seen.albedo, seen.gloss[..., 0], seen.gloss[..., 1], turned.astype(np.float32))


def _seed(seed: int, index: int, more: int = 0) -> int:
    """Another one for each frame: what one frame's pattern misses, another's finds."""
    return (seed * 0x9E3779B1 + (2 * index + more) * 0x85EBCA77 + 0x165667B1) & 0xFFFFFFFF
