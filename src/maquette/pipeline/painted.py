"""A painting that came back: read, laid flat over its frame, and moved onto it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from maquette.film.errors import MediaError

if TYPE_CHECKING:
    from maquette.imaging.register import Placed

U8 = NDArray[np.uint8]
SAME_ASPECT = 0.01
"""Aspect ratios may differ by this share: sizes are whole pixels."""
FARTHEST = 0.05
"""Share of width and height by which a painting may lie beside its frame and still be moved back."""
STILL_PX = 0.75
"""Where it lies nearer than this, it stays as it is."""
AGREES = 0.5
"""Edges of a painting agree with those of its own frame by more than this; of another by less (`imaging.register`)."""
MOST_BYTES = 1 << 30


@dataclass(frozen=True, eq=False)
class Painted:
    """A file that came back."""

    name: str
    pixels: U8
    """(H, W, 3) sRGB codes."""
    alpha: U8 | None
    """(H, W) 0..255; None: opaque."""
    size: tuple[int, int]
    """Of the file, in pixels."""
    request: str | None
    """What the file says that it was painted over."""
    notes: tuple[str, ...]

    @staticmethod
    def read(data: bytes, name: str) -> Painted:
        """Raises MediaError for what is no picture, or for one in which nothing is painted."""
        from maquette.deliver.layered import request_in
        from maquette.look.art import read_art

        art = read_art(data, name)
        if float(art.pixels[art.counted].std(axis=0).max()) < 2.0:
            raise MediaError(f"{art.name} is one colour everywhere: nothing is painted in it.")
        notes = tuple(n for n in art.notes if not n.startswith("transparent"))
        return Painted(art.name, art.pixels, art.alpha, (art.width, art.height), request_in(data), notes)


def check_size(painted: Painted, frame: U8) -> None:
    height, width = frame.shape[:2]
    said = f"{painted.name} has {painted.size[0]}x{painted.size[1]} pixels, its frame {width}x{height}"
    if not same_aspect(painted.size, (width, height)):
        raise MediaError(f"{said}: the aspect ratio is another; give it back uncropped, as it was handed out.")
    if painted.size[0] < width:
        raise MediaError(f"{said}: a smaller painting has lost its strokes; give it back at that size or larger.")


def laid_flat(painted: Painted, frame: U8) -> tuple[U8, list[str]]:
    """(h, w, 3) at the painting's size, laid over the frame where it is transparent."""
    notes: list[str] = []
    height, width = painted.pixels.shape[:2]
    under = np.asarray(Image.fromarray(frame).resize((width, height), Image.Resampling.LANCZOS))
    flat = painted.pixels
    if painted.alpha is not None:
        share = painted.alpha[..., None].astype(np.float32) / 255
        bare = float((painted.alpha < 128).mean())
        if bare > 0.98:
            raise MediaError(
                f"{painted.name} is transparent in {bare:.0%} of it: paint more of the frame, or give back the whole "
                "picture."
            )
        flat = (under + (flat - under.astype(np.float32)) * share + 0.5).astype(np.uint8)
        notes.append(f"transparent in {bare:.0%} of it: laid over the frame, which shows through there")
    if np.abs(flat.astype(np.int16) - under).mean() < 1.0:
        raise MediaError(f"{painted.name} is the frame itself: nothing is painted over it yet.")
    if painted.size != (frame.shape[1], frame.shape[0]):
        notes.append(f"{painted.size[0]}x{painted.size[1]} pixels, resampled to {frame.shape[1]}x{frame.shape[0]}")
    return flat, notes


def put_in_place(
    flat: U8, place: Placed, size: tuple[int, int], notes: list[str], name: str, anyway: bool
) -> tuple[U8, tuple[float, float]]:
    """(H, W, 3) at the frame's size, the drawing where the frame has it, and by how many pixels it was moved back.

    `notes` gets what was done.
    """
    dx, dy = place.shift_px
    width, height = size
    trusted = place.agreement >= AGREES
    if trusted and (abs(dx) > FARTHEST * width + 0.5 or abs(dy) > FARTHEST * height + 0.5):
        if not anyway:
            raise MediaError(
                f"{name} lies {_beside(dx, dy)} its frame, more than the {FARTHEST:.0%} that can be put right: move "
                "the painting back onto the frame, or take it all the same with --anyway."
            )
        trusted = False
    shift = (0.0, 0.0)
    if trusted and not _still(place):
        shift = (round(dx, 2), round(dy, 2))
        notes.append(f"lay {_beside(dx, dy)} its frame and was moved back" if place.straight else
                     f"lay {_beside(dx, dy)} its frame, {place.scale:.1%} of its size and turned by "
                     f"{place.turn_deg:+.1f} degrees: put back onto it")  # fmt: skip
    return _on_frame(flat, place, size, shift != (0.0, 0.0)), shift


def painted_in_place(alpha: U8, place: Placed, size: tuple[int, int], shift: tuple[float, float]) -> U8:
    """(H, W) 0..255 at the frame's size: where the artist painted, moved as `put_in_place` moved the painting."""
    return _on_frame(np.repeat(alpha[..., None], 3, axis=2), place, size, shift != (0.0, 0.0))[..., 0]


def _on_frame(pixels: U8, place: Placed, size: tuple[int, int], back: bool) -> U8:
    from maquette.imaging.register import put_back

    width, height = size
    moved = put_back(pixels, place, width) if back else pixels
    if moved.shape[:2] != (height, width):
        moved = np.asarray(Image.fromarray(moved).resize((width, height), Image.Resampling.LANCZOS))
    return moved


def _still(place: Placed) -> bool:
    return place.straight and max(abs(s) for s in place.shift_px) < STILL_PX


def _beside(dx: float, dy: float) -> str:
    """ "6 px to the right of and 3 px below"."""
    parts: list[str] = []
    if abs(dx) >= 0.5:
        parts.append(f"{abs(dx):.0f} px to the {'right' if dx > 0 else 'left'} of")
    if abs(dy) >= 0.5:
        parts.append(f"{abs(dy):.0f} px {'below' if dy > 0 else 'above'}")
    return " and ".join(parts) or "on"


def same_aspect(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return abs(a[0] * b[1] / (a[1] * b[0]) - 1) <= SAME_ASPECT
