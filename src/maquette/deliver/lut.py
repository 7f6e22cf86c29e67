# pyright: reportAttributeAccessIssue=false
# OpenColorIO's bindings come without stubs.
"""Grades and looks as .cube files (Adobe Cube LUT Specification 1.0), for monitors on set and for the cutting room."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.whole import whole_file
from maquette.film.errors import UsageError
from maquette.film.grade import Grade
from maquette.film.look import Recipe
from maquette.film.style import PanelStyle
from maquette.imaging.grade import after_view, before_view
from maquette.imaging.lut3d import decoded, encoded

F32 = NDArray[np.floating[Any]]
LUT_SIZE = 33
MONITOR_SIZE = 65
"""Steps of a table whose codes are not the look's own."""
BT1886_GAMMA = 2.4
WARMER_SIZE = 65
"""Steps where the grade has a colour temperature: what it clips at the edge of the gamut needs a finer table."""


def lut_table(grade: Grade, size: int = LUT_SIZE) -> NDArray[np.float32]:
    """(size, size, size, 3) graded sRGB codes 0..1 of evenly spaced sRGB codes, axes in the order blue, green, red."""
    code = _codes(size)
    if grade.temperature_mired != 0:
        code = encoded(before_view(decoded(code), grade))
    return np.asarray(after_view(code, grade), np.float32).reshape(size, size, size, 3)


def write_lut(path: Path, grade: Grade, *, title: str, comment: str = "", size: int | None = None) -> tuple[str, ...]:
    """Writes the .cube of a grade, for finished sRGB pictures, and returns what it cannot carry: one sentence each.

    `size`: steps a side; None: 33, or 65 where the grade has a colour temperature. Read tetrahedrally it is within half
    a code of `apply_grade`; with a temperature 99 of 100 random colours are within one, and the most saturated ones
    further.
    Raises UsageError for a size that is no table's, MediaError and DiskFull.
    """
    if size is None:
        size = LUT_SIZE if grade.temperature_mired == 0 else WARMER_SIZE
    _write_cube(path, lut_table(grade, _sized(size)), title, comment)
    return _notes(grade)


class Monitor(StrEnum):
    """What the pictures and the screen that the LUT is for are coded in."""

    SRGB = "srgb"
    """Computer screens, and Maquette's own pictures."""
    REC709 = "rec709"
    """Video: editing programs' timelines and monitors after BT.1886, gamma 2.4."""


def write_look_lut(
    path: Path,
    recipe: Recipe,
    colours: Callable[[F32], F32],
    *,
    title: str,
    comment: str = "",
    monitor: Monitor = Monitor.SRGB,
) -> tuple[str, ...]:
    """Writes the .cube of a look's colours and returns what it cannot carry: one sentence each.

    colours: (H, W, 3) developed sRGB codes 0..1 -> the look's. Read tetrahedrally, the table for sRGB gives the look's
    own pictures to half a code. The one for Rec. 709 takes and gives codes of a screen of gamma 2.4 (ITU-R BT.1886), so
    that the same light comes out. Raises MediaError and DiskFull.
    """
    size = LUT_SIZE if monitor is Monitor.SRGB else MONITOR_SIZE
    code = _codes(size)
    if monitor is Monitor.REC709:
        shown = decoded(colours(encoded(code**BT1886_GAMMA))) ** (1 / BT1886_GAMMA)
    else:
        shown = colours(code)
    _write_cube(path, np.asarray(shown, np.float32), title, comment)
    return _look_notes(recipe, monitor)


def _look_notes(recipe: Recipe, monitor: Monitor) -> tuple[str, ...]:
    coded = "sRGB" if monitor is Monitor.SRGB else "Rec. 709 (gamma 2.4)"
    notes = [f"The LUT takes finished {coded} pictures without a look, and gives {coded}."]
    finish = recipe.finish
    lost = [
        word
        for word, amount in (
            ("grain", finish.grain), ("halation", finish.halation), ("vignette", finish.vignette),
            ("softness", finish.softness_px), ("soft corners", finish.edge_softness_px),
            ("colour fringes", finish.fringe_px),
        )
        if amount > 0
    ]  # fmt: skip
    if recipe.style is not PanelStyle.PHOTO:
        lost.append(f"what is drawn as {recipe.style.value}")
    if lost:
        notes.append(f"A LUT holds colour alone. It does not carry {', '.join(lost)}.")
    return tuple(notes)


def _codes(size: int) -> F32:
    """(size * size, size, 3) evenly spaced codes, red fastest, as the file has them."""
    axis = np.linspace(0, 1, size, dtype=np.float32)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    return np.stack([red, green, blue], axis=-1).reshape(size * size, size, 3)


def _sized(size: int) -> int:
    if not 2 <= size <= 129:
        raise UsageError(f"A LUT has 2 to 129 steps a side, not {size}: use {LUT_SIZE}.")
    return size


def _write_cube(path: Path, table: F32, title: str, comment: str) -> None:
    """table: (..., 3) codes 0..1 of a whole cube, red fastest."""
    rows = table.reshape(-1, 3)
    lines = [f"# {line}" for line in comment.splitlines() if line.strip()]
    words = " ".join(title.replace('"', "'").split())
    lines += [f'TITLE "{words}"', f"LUT_3D_SIZE {round(len(rows) ** (1 / 3))}"]
    lines += ["DOMAIN_MIN 0.0 0.0 0.0", "DOMAIN_MAX 1.0 1.0 1.0"]
    lines += [f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in rows]
    with whole_file(path) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _notes(grade: Grade) -> tuple[str, ...]:
    notes = ["The LUT takes finished sRGB pictures; it holds colour alone: no grain, halation or vignette."]
    if grade.temperature_mired != 0:
        notes.append(
            "The colour temperature acts on the light before the picture is developed; on a finished picture the LUT "
            "shifts what is left of the lights, so brightest areas differ a little."
        )
    if grade.neutral:
        notes.append("The grade is neutral: the LUT changes nothing.")
    return tuple(notes)
