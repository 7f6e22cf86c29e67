"""What is measured of each method, and the table with the targets beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.measure.coherence import warping_error
from maquette.measure.style_distance import across, within
from maquette.measure.texture import texture_distance
from maquette.measure.tint import tint_error

from .frames import Frame, Kind, motion_of

U8 = NDArray[np.uint8]


@dataclass(frozen=True)
class Row:
    """One method on one sequence in one style."""

    story: str
    style: str
    method: str
    kinds: dict[str, str]
    """Shot number -> `Kind`"""
    texture: dict[str, float]
    """Shot number -> squared patch distance to the painter's own picture"""
    strokes: dict[str, float]
    """The same without each patch's mean colour"""
    tint: dict[str, float]
    """Shot number -> low-frequency Oklab error"""
    warping: float
    """E_warp of the moving shot."""
    across: float
    """Style distance between unseen shots."""
    halves: float
    """Style distance between the halves of the key paintings."""
    fit_s: float
    frame_s: float
    """Seconds a still frame, the passes apart."""

    def json(self) -> dict[str, object]:
        return asdict(self)


def row(
    story: str, style: str, method: str, kinds: Mapping[str, Kind], made: Mapping[str, U8], painted: Mapping[str, U8],
    take: Sequence[Frame], moving: Sequence[U8], seconds: tuple[float, float],
) -> Row:  # fmt: skip
    """Measure. made and painted: shot number -> picture by the method, and by the painter; moving: the method's frames
    of `take`; seconds: (fit, frame)."""
    unseen = [n for n, kind in kinds.items() if kind is not Kind.KEY]
    return Row(
        story,
        style,
        method,
        {n: str(kind) for n, kind in kinds.items()},
        {n: texture_distance(made[n], painted[n]) for n in unseen},
        {n: texture_distance(made[n], painted[n], centred=True) for n in unseen},
        {n: tint_error(made[n], painted[n]) for n in unseen},
        warping_error(moving, *motion_of(take)),
        across([made[n] for n in unseen]),
        within([painted[n] for n, kind in kinds.items() if kind is Kind.KEY]),
        *seconds,
    )


# --- table ------------------------------------------------------------------------------------------------------

COLUMNS: tuple[tuple[str, str, float | None], ...] = (
    ("texture", "texture x1000", None),
    ("of_unstyled", "of unstyled", 0.15),
    ("of_transfer", "of transfer", 0.25),
    ("strokes", "strokes of unst.", None),
    ("tint_seen", "tint seen", None),
    ("seen_of_transfer", "of transfer", 1.0),
    ("tint_reverse", "tint reverse", None),
    ("reverse_of_transfer", "of transfer", 0.5),
    ("warping", "E_warp/previs", 1.5),
    ("shots", "shots/halves", 1.0),
)
"""(figure, heading, at most)"""
UNSTYLED, TRANSFER = "unstyled", "transfer"


def summary(rows: Sequence[Row], style: str | None, method: str) -> dict[str, float]:
    """Figures of a method over all sequences, in one style or in all (None). Ratios are ratios of means; what cannot be
    told is left out."""
    ours, raw, graded = ([r for r in rows if r.method == m and style in (None, r.style)]
                         for m in (method, UNSTYLED, TRANSFER))  # fmt: skip
    found = {"texture": 1000 * _mean(ours, "texture"), "strokes": _ratio(ours, raw, "strokes")}
    found |= {"of_unstyled": _ratio(ours, raw, "texture"), "of_transfer": _ratio(ours, graded, "texture")}
    for name, kind in (("seen", Kind.SEEN), ("reverse", Kind.REVERSE)):
        found[f"tint_{name}"] = _mean(ours, "tint", kind)
        found[f"{name}_of_transfer"] = _ratio(ours, graded, "tint", kind)
    if ours and raw:
        found["warping"] = float(np.mean([r.warping for r in ours]) / np.mean([r.warping for r in raw]))
    if ours:
        found["shots"] = float(np.mean([r.across for r in ours]) / np.mean([r.halves for r in ours]))
    return {name: value for name, value in found.items() if np.isfinite(value)}


def _mean(rows: Sequence[Row], figure: str, kind: Kind | None = None) -> float:
    values = [v for r in rows for n, v in getattr(r, figure).items() if kind is None or r.kinds[n] == kind]
    return float(np.mean(values)) if values else float("nan")


def _ratio(rows: Sequence[Row], base: Sequence[Row], figure: str, kind: Kind | None = None) -> float:
    """Ratio of means over the sequences that both have."""
    both = {(r.story, r.style) for r in rows} & {(r.story, r.style) for r in base}
    ours, theirs = ([r for r in group if (r.story, r.style) in both] for group in (rows, base))
    return _mean(ours, figure, kind) / _mean(theirs, figure, kind)


def table(rows: Sequence[Row], styles: Sequence[str], methods: Sequence[str]) -> str:
    """The rows of every style and of all together; what misses its target is marked with !."""
    wide = max(len(m) for m in (*methods, "at most")) + 2
    head = " " * (9 + wide) + "  ".join(f"{title:>{_width(title)}}" for _, title, _ in COLUMNS)
    limits = f"{'':9}{'at most':<{wide}}" + "  ".join(
        f"{'' if most is None else f'{most:.2f}':>{_width(title)}}" for _, title, most in COLUMNS
    )
    lines = [head, limits]
    for style in (*styles, None):
        for method in methods:
            figures = summary(rows, style, method)
            if "texture" in figures:
                cells = [_cell(figures, *column) for column in COLUMNS]
                lines.append(f"{style or 'all':<9}{method:<{wide}}" + "  ".join(cells))
    return "\n".join(lines)


def _width(title: str) -> int:
    return max(len(title), 7)


def _cell(figures: Mapping[str, float], name: str, title: str, most: float | None) -> str:
    if name not in figures:
        return f"{'-':>{_width(title)}}"
    missed = most is not None and figures[name] > most
    return f"{figures[name]:>{_width(title) - 1}.3g}{'!' if missed else ' '}"
