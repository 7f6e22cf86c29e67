"""Pieces of a person with less detail, for those who are small in the picture.

What is kept of a piece is a choice of its vertices, so colours, skinning, places on the texture and rest places are
those of the full person: what sticks to somebody sticks to the same places at every detail. Only locks of hair get
wider where they lose points, so as to cover what they did.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maquette.stage.people.collapse import collapsed
from maquette.stage.people.locks import ribbon_faces
from maquette.stage.people.piece import Piece
from maquette.stage.people.sheet import F64, I64, selection

SMALL_FACES = 64
"""Pieces with fewer faces stay as they are."""
HEAD_HEIGHT_M, HEAD_WIDTH_M, HEAD_SHARE = 0.577, 0.1, 0.5
"""In the template, what is higher and nearer the middle is the head; a face is looked at more closely than a sleeve."""
FEATURES = 8
"""Numbers that skinning weights are told apart by."""
LEAST_ROWS = 3
USUAL = 90
"""Percentile of the locks of hair that must keep their shape."""


def coarsened(piece: Piece, grain_m: float) -> tuple[Piece, I64]:
    """The piece with what is finer than `grain_m` metres left out, and the (N',) vertices that are left of it."""
    everything = np.arange(len(piece.sheet.rest))
    if grain_m <= 0 or len(piece.sheet.faces) < SMALL_FACES:
        return piece, everything
    if piece.lock is not None:
        return _fewer_rows(piece, grain_m)
    return _fewer_faces(piece, grain_m)


def _fewer_faces(piece: Piece, grain_m: float) -> tuple[Piece, I64]:
    sheet = piece.sheet
    head = (sheet.template[:, 2] > HEAD_HEIGHT_M) & (np.abs(sheet.template[:, 0]) < HEAD_WIDTH_M)
    tolerance = grain_m * np.where(head, HEAD_SHARE, 1.0)
    rng = np.random.default_rng(0)
    weights = sheet.skin @ (rng.normal(size=(sheet.skin.shape[1], FEATURES)) / FEATURES**0.5)
    faces, used = collapsed(sheet.faces, sheet.rest, tolerance, np.concatenate([weights, piece.color], axis=1))
    return _chosen(piece, used, np.searchsorted(used, faces)), used


def _fewer_rows(piece: Piece, grain_m: float) -> tuple[Piece, I64]:
    """Locks of hair with fewer points along them, without a ridge where it does not show; each covers what it did.

    Locks that a hat has cut stay as they are.
    """
    assert piece.lock is not None
    rows, columns = piece.ribbon
    _, which, count = np.unique(piece.lock, return_inverse=True, return_counts=True)
    whole = count[which] == rows * columns
    vertices, others = np.flatnonzero(whole), np.flatnonzero(~whole)
    if not len(vertices):
        return piece, others
    grid = piece.sheet.rest[vertices].reshape(-1, rows, columns, 3)
    kept = _rows_kept(grid.mean(axis=2), grain_m)
    ridge = np.linalg.norm(grid[:, :, columns // 2] - (grid[:, :, 0] + grid[:, :, -1]) / 2, axis=2).max(axis=1)
    across = [0, columns - 1] if np.percentile(ridge, USUAL) < grain_m else list(range(columns))
    index = vertices.reshape(-1, rows, columns)[:, kept][:, :, across]
    size = index.shape[1] * index.shape[2]
    starts = np.arange(len(index)) * size
    faces = (ribbon_faces(index.shape[1], index.shape[2])[None] + starts[:, None, None]).reshape(-1, 3)
    cut = piece.sheet.faces[~whole[piece.sheet.faces[:, 0]]]
    faces = np.concatenate([faces, np.searchsorted(others, cut) + index.size])
    used = np.concatenate([index.ravel(), others])
    small = _chosen(piece, used, faces)
    now = grid[:, kept][:, :, across]
    middle = (now[:, :, :1] + now[:, :, -1:]) / 2
    wider = (_covered(grid) / np.maximum(_covered(now), 1e-12))[:, None, None, None]
    rest = small.sheet.rest.copy()
    rest[: index.size] = (middle + (now - middle) * wider).reshape(-1, 3)
    return replace(small, sheet=small.sheet.moved(rest), ribbon=index.shape[1:]), used


def _chosen(piece: Piece, used: I64, faces: I64) -> Piece:
    return replace(
        piece,
        sheet=piece.sheet.mixed(selection(used, len(piece.sheet.rest)), faces),
        color=piece.color[used],
        roughness=piece.roughness[used],
        uv=piece.uv[used],
        normal=None if piece.normal is None else piece.normal[used],
        lock=None if piece.lock is None else piece.lock[used],
    )


def _rows_kept(path: F64, grain_m: float) -> I64:
    """The fewest evenly spread points that most of the (N, R, 3) paths keep their way with."""
    rows = path.shape[1]
    for count in range(LEAST_ROWS, rows):
        kept = np.unique(np.round(np.linspace(0, rows - 1, count)).astype(np.int64))
        t = np.arange(rows)
        low = np.clip(np.searchsorted(kept, t, side="right") - 1, 0, len(kept) - 2)
        share = ((t - kept[low]) / (kept[low + 1] - kept[low]))[None, :, None]
        chord = path[:, kept[low]] * (1 - share) + path[:, kept[low + 1]] * share
        if np.percentile(np.linalg.norm(path - chord, axis=2).max(axis=1), USUAL) < grain_m:
            return kept
    return np.arange(rows)


def _covered(grid: F64) -> F64:
    """(N,) square metres of ribbons (N, R, C, 3), taken as flat."""
    width = np.linalg.norm(grid[:, :, -1] - grid[:, :, 0], axis=2)
    middle = (grid[:, :, 0] + grid[:, :, -1]) / 2
    step = np.linalg.norm(np.diff(middle, axis=1), axis=2)
    return (step * (width[:, 1:] + width[:, :-1]) / 2).sum(axis=1)
