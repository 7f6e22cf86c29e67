# pyright: reportAttributeAccessIssue=false
# OpenColorIO's bindings come without stubs.
"""A grade as a .cube file (Adobe Cube LUT Specification 1.0), for monitors on set and for the cutting room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.whole import whole_file
from maquette.film.errors import UsageError
from maquette.film.grade import Grade
from maquette.imaging.grade import after_view, before_view

F32 = NDArray[np.floating[Any]]
LUT_SIZE = 33
WARMER_SIZE = 65
"""Steps where the grade has a colour temperature: what it clips at the edge of the gamut needs a finer table."""


def lut_table(grade: Grade, size: int = LUT_SIZE) -> NDArray[np.float32]:
    """(size, size, size, 3) graded sRGB codes 0..1 of evenly spaced sRGB codes, axes in the order blue, green, red."""
    axis = np.linspace(0, 1, size, dtype=np.float32)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    code = np.stack([red, green, blue], axis=-1).reshape(size * size, size, 3)
    if grade.temperature_mired != 0:
        code = _encoded(before_view(_decoded(code), grade))
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
    if not 2 <= size <= 129:
        raise UsageError(f"A LUT has 2 to 129 steps a side, not {size}: use {LUT_SIZE}.")
    lines = [f"# {line}" for line in comment.splitlines() if line.strip()]
    words = " ".join(title.replace('"', "'").split())
    lines += [f'TITLE "{words}"', f"LUT_3D_SIZE {size}", "DOMAIN_MIN 0.0 0.0 0.0", "DOMAIN_MAX 1.0 1.0 1.0"]
    lines += [f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in lut_table(grade, size).reshape(-1, 3)]
    with whole_file(path) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return _notes(grade)


def _decoded(code: F32) -> F32:
    """Linear light of sRGB codes 0..1 (IEC 61966-2-1)."""
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _encoded(linear: F32) -> F32:
    x = np.clip(linear, 0, 1)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055).astype(np.float32)


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
