"""The frames of a cut, one after the other: takes, panels that stand or move, cards, and the transitions between them.

Frames are made when they are asked for and forgotten again: an hour of film takes no more memory than a minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from maquette.deliver.burn_in import BurnIn, Label
from maquette.deliver.panel_move import PanelMove
from maquette.deliver.slug_card import slug_card
from maquette.deliver.timeline_parts import offsets, playable
from maquette.film.errors import MediaError
from maquette.film.rate import Rate, frame_at, timecode
from maquette.film.timeline import Caption, Clip, Timeline, TransitionKind

_WIPE_EDGE = 0.03
"""Softness of a wipe's edge over the frame's width."""


class Footage(Protocol):
    """Where the frames of a clip come from."""

    def frame(self, index: int) -> NDArray[np.uint8]:
        """(H, W, 3) sRGB of frame `index` of the clip's media; beyond its ends the first or last frame stands.

        The array belongs to the caller.
        """
        ...


class TakeFootage:
    """A take's frames on disk, at the cut's rate and size."""

    def __init__(self, frames: Sequence[Path], shot_at: Rate, cut_at: Rate, size: tuple[int, int]) -> None:
        """frames: PNG files, head handle first. shot_at, cut_at: where they differ, frames are held or left out."""
        if not frames:
            raise MediaError("A take without frames cannot be cut in: shoot it again.")
        self._frames, self._size = frames, size
        self._step = shot_at.fps / cut_at.fps
        self._last: tuple[int, NDArray[np.uint8]] | None = None

    def frame(self, index: int) -> NDArray[np.uint8]:
        at = min(max(int(index * self._step // 1), 0), len(self._frames) - 1)
        if self._last is None or self._last[0] != at:
            self._last = at, read_picture(self._frames[at], self._size)
        return self._last[1].copy()


class PanelFootage:
    """A panel that stands, or moves from its start to its end picture over the frames that are shown."""

    def __init__(self, start: Path, end: Path | None, clip: Clip, size: tuple[int, int]) -> None:
        self._still = read_picture(start, size)
        self._move = PanelMove(self._still, read_picture(end, size), clip.move) if end is not None else None
        self._first, self._length = clip.source_start, clip.length

    def frame(self, index: int) -> NDArray[np.uint8]:
        if self._move is None:
            return self._still.copy()
        return self._move.at((index - self._first) / max(1, self._length - 1))


class CardFootage:
    """A card for what is not there yet."""

    def __init__(self, clip: Clip, size: tuple[int, int]) -> None:
        self._card = slug_card(clip, *size)

    def frame(self, index: int) -> NDArray[np.uint8]:
        return self._card.copy()


def read_picture(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    """(H, W, 3) sRGB of a picture, fitted into `size` (width, height) with black around it. Raises MediaError."""
    try:
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise MediaError(f"The picture {path.name} cannot be read ({error}): draw or shoot it again.") from error
    if picture.size == size:
        return np.array(picture)
    scale = min(size[0] / picture.width, size[1] / picture.height)
    # A difference of a pixel or two is rounding of the shape, not another shape: no black hairline for it.
    fitted = tuple(s if abs(s - side * scale) <= 2 else max(1, round(side * scale))
                   for s, side in zip(size, picture.size, strict=True))  # fmt: skip
    picture = picture.resize((fitted[0], fitted[1]), Image.Resampling.LANCZOS)
    whole = Image.new("RGB", size)
    whole.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return np.array(whole)


# --- the cut --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A frame of the cut."""

    pixels: NDArray[np.uint8]
    """(H, W, 3) sRGB."""
    index: int
    """From the cut's start."""
    clip: Clip
    """The clip that the frame counts to: a transition is halfway at its cut."""
    frame: int
    """From the clip's start."""


class FootageOf(Protocol):
    """Opens the footage of a clip; asked once for each clip, shortly before it is needed."""

    def __call__(self, clip: Clip) -> Footage: ...


def cut_frames(timeline: Timeline, footage_of: FootageOf) -> Iterator[Shown]:
    """Every frame of the cut, transitions worked in; those that cannot be are cuts (`timeline_parts.playable`)."""
    timeline, _ = playable(timeline)
    clips, index = timeline.clips, 0
    before: tuple[Clip, Footage] | None = None
    current = (clips[0], footage_of(clips[0])) if clips else None
    for number, clip in enumerate(clips):
        assert current is not None
        after = (clips[number + 1], footage_of(clips[number + 1])) if number + 1 < len(clips) else None
        for frame in range(clip.length):
            pixels = _with_transitions(before, current, after, frame)
            if index < timeline.fade_in:
                pixels = _faded(pixels, index / timeline.fade_in)
            yield Shown(pixels, index, clip, frame)
            index += 1
        before, current = current, after


Opened = tuple[Clip, Footage]


def _with_transitions(before: Opened | None, current: Opened, after: Opened | None, frame: int) -> NDArray[np.uint8]:
    clip, footage = current
    pixels = footage.frame(clip.source_start + frame)
    if before is not None:
        head, tail = offsets(before[0])
        if frame < tail:
            done, total = head + frame, head + tail
            if before[0].transition is TransitionKind.FADE_IN:
                return _faded(pixels, done / total)
            late = before[1].frame(before[0].source_start + before[0].length + frame)
            return _mixed(before[0].transition, late, pixels, (done + 1) / (total + 1))
    head, tail = offsets(clip)
    left = clip.length - frame
    if left <= head:
        done, total = head - left, head + tail
        if clip.transition is TransitionKind.FADE_OUT:
            return _faded(pixels, 1 - (done + 1) / total)
        if after is not None:
            early = after[1].frame(after[0].source_start - left)
            return _mixed(clip.transition, pixels, early, (done + 1) / (total + 1))
    return pixels


def _faded(pixels: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    return (pixels * np.float32(share) + np.float32(0.5)).astype(np.uint8)


def _mixed(kind: TransitionKind, old: NDArray[np.uint8], new: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """A dissolve mixes the values as they are coded, as cutting rooms do; a wipe travels from left to right."""
    weight: NDArray[np.float32] | np.float32 = np.float32(share)
    if kind is TransitionKind.WIPE:
        across = (np.arange(old.shape[1], dtype=np.float32) + 0.5) / old.shape[1]
        place = share * (1 + _WIPE_EDGE) - _WIPE_EDGE / 2
        weight = np.clip((place - across) / _WIPE_EDGE + 0.5, 0, 1)[None, :, None]
    old_values = old.astype(np.float32)
    return (old_values + (new - old_values) * weight + np.float32(0.5)).astype(np.uint8)


# --- what is written into them --------------------------------------------------------------------------------


class Burner:
    """Writes into each frame of a cut what it is."""

    def __init__(self, timeline: Timeline, proposed: Mapping[str, bool] | None = None) -> None:
        """proposed: by shot id, whether nobody has accepted the shot yet."""
        self._timeline, self._proposed = timeline, proposed or {}
        self._burn = BurnIn(timeline.width, timeline.height)
        self._start = frame_at(timeline.start, timeline.rate)

    def label(self, shown: Shown) -> Label:
        """What stands on a frame."""
        clip = shown.clip
        return Label(
            left=self._left(clip),
            timecode=timecode(self._start + shown.index, self._timeline.rate),
            mark=self._timeline.research_mark,
            proposed=self._proposed.get(clip.shot_id, False),
            caption=_caption(clip, shown.frame),
        )

    def write(self, shown: Shown) -> None:
        """Write into the frame, in place."""
        self._burn.write(shown.pixels, self.label(shown))

    @staticmethod
    def _left(clip: Clip) -> str:
        """ "SC 3   3A   T1 ◦": slate order, from large to small."""
        scene = f"SC {clip.scene_number}" if clip.scene_number else ""
        take = f"T{clip.take}" if clip.take is not None else clip.kind.value.upper()
        return "   ".join(part for part in (scene, clip.shot_number, take) if part)


def _caption(clip: Clip, frame: int) -> Caption | None:
    return next((c for c in clip.captions if c.start <= frame < c.start + c.length), None)
