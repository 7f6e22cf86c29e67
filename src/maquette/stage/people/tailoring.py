"""Collars, lapels, plackets and buttons: what makes a shell of cloth a shirt or a suit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from maquette.stage.people.footwear import bound_to
from maquette.stage.people.garment_regions import Cut, opening_half_width
from maquette.stage.people.sheet import F64, I64, Sheet, boundary_loops, grid_faces

_COLLAR = ((-0.006, 0.004, 0.0), (0.4, 0.0, 0.0), (0.9, 0.0, 0.0), (1.0, 0.004, 0.0),
           (0.85, 0.0085, 0.0), (0.85, 0.011, 0.5), (0.85, 0.013, 1.0), (0.85, 0.010, 1.0))  # fmt: skip
"""Rows of a collar from its seam: (height as a share of the stand, metres outwards, share of the fall)."""
_COLLAR_BACK = ((-0.004, 0.002), (0.014, 0.001), (0.026, 0.002), (0.030, 0.006), (0.026, 0.011), (0.006, 0.016))
"""Rows of a jacket's collar behind the neck: (metres up, metres outwards)."""


def neck_path(sheet: Sheet, count: int = 56) -> F64:
    """(count, 3) the neckline from the front right round the back to the front left, evenly spaced."""
    rim = _neck_rim(sheet)
    points = sheet.rest[rim]
    centre = points.mean(axis=0)
    turn = np.arctan2(points[:, 0] - centre[0], -(points[:, 1] - centre[1]))
    # From -pi..pi with 0 in front to a path that starts and ends in front.
    order = np.argsort(np.where(turn < 0, turn + 2 * np.pi, turn))
    path = points[order][::-1]
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    even = np.linspace(0, length[-1], count)
    return np.stack([np.interp(even, length, path[:, k]) for k in range(3)], axis=1)


def _neck_rim(sheet: Sheet) -> I64:
    loops = boundary_loops(sheet.faces)
    high = [rim for rim in loops if sheet.template[rim, 2].max() > 0.53 and np.abs(sheet.template[rim, 0]).max() < 0.15]
    loop = max(high, key=lambda rim: float(sheet.template[rim, 2].max())) if high else loops[0]
    near = (sheet.template[loop, 2] > 0.49) & (np.abs(sheet.template[loop, 0]) < 0.11)
    return loop[near]


def collar(sheet: Sheet, fall: float) -> Sheet:
    """A turned-down collar: stands up along the neckline, folds over, and ends in two points in front."""
    path = neck_path(sheet)
    centre = path.mean(axis=0)
    out = path - centre
    out[:, 2] = 0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    n = len(path)
    t = np.abs(np.linspace(-1, 1, n))
    front = t**6
    stand = 0.026 - 0.012 * front
    drop = fall + 0.020 * t**12
    up = np.array([0.0, 0.0, 1.0])
    lean = np.array([0.0, -0.25, 0.0])
    rows = []
    for rise, spread, share in _COLLAR:
        height = (rise * stand if rise > 0 else np.full(n, rise)) - share * drop
        tilt = (up + lean * (1 - t[:, None])) if rise > 0 else up
        rows.append(path + out * (spread + 0.012 * share) + tilt * height[:, None])
    grid = _cleared(np.array(rows), sheet, 0.0045, first=4)
    return _two_sided(grid, sheet)


def _cleared(grid: F64, sheet: Sheet, gap: float, first: int) -> F64:
    """Rows from `first` on lie at least `gap` outside the garment."""
    normals = sheet.normals()
    flat = grid[first:].reshape(-1, 3)
    _, near = KDTree(sheet.rest).query(flat, k=3)
    surface, normal = sheet.rest[near].mean(axis=1), normals[near].mean(axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    height = ((flat - surface) * normal).sum(axis=1)
    moved = flat + normal * np.maximum(gap - height, 0)[:, None]
    result = grid.copy()
    result[first:] = moved.reshape(grid[first:].shape)
    return result


def _two_sided(grid: F64, sheet: Sheet) -> Sheet:
    rows, columns = grid.shape[:2]
    faces = grid_faces(rows, columns, closed=False)
    return bound_to(grid.reshape(-1, 3), _outward(grid.reshape(-1, 3), faces), sheet)


def _outward(points: F64, faces: NDArray[np.int64]) -> NDArray[np.int64]:
    tri = points[faces]
    flat = np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0])
    away = tri.mean(axis=1) - (points.mean(axis=0) * (1, 1, 0) + (0, 0, points[:, 2].mean()))
    return faces if float((flat * away).sum()) > 0 else faces[:, ::-1].copy()


def front_edges(sheet: Sheet, cut: Cut, side: int, count: int = 24) -> F64:
    """(count, 3) the open edge of the front from the closing button up to the neck, on the cloth's surface."""
    assert cut.opening is not None
    z = np.linspace(max(cut.opening[0], cut.hem), 0.50, count)
    half = np.maximum(opening_half_width(z, cut), 0.002)
    front = np.flatnonzero(sheet.normals()[:, 1] < 0.1)
    tree = KDTree(sheet.template[front][:, [0, 2]])
    _, near = tree.query(np.stack([side * half, z], axis=1), k=3)
    return sheet.rest[front][near].mean(axis=1)


def lapels(sheet: Sheet, cut: Cut, width: float) -> list[Sheet]:
    """Two lapels that fold back along the open front, and a collar behind the neck."""
    made = [_lapel(sheet, cut, side, width) for side in (1, -1)]
    path = neck_path(sheet)
    back = path[len(path) // 6 : -len(path) // 6]
    centre = path.mean(axis=0)
    out = back - centre
    out[:, 2] = 0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    rows = []
    for rise, spread in (*_COLLAR_BACK, (-0.016 * width, 0.022), (-0.018 * width, 0.018)):
        rows.append(back + out * spread + (0, 0, rise))
    made.append(_two_sided(_cleared(np.array(rows), sheet, 0.005, first=4), sheet))
    return made


def _lapel(sheet: Sheet, cut: Cut, side: int, width: float) -> Sheet:
    edge = front_edges(sheet, cut, side)
    t = np.linspace(0, 1, len(edge))
    # Broadest at the notch, three quarters up; the notch is a step back to the collar.
    reach = width * np.interp(t, [0, 0.15, 0.70, 0.74, 0.80, 1.0], [0.004, 0.022, 0.072, 0.050, 0.055, 0.040])
    lift = np.interp(t, [0, 0.70, 0.74, 1], [0, 0.012, 0.0, 0.0])
    columns = []
    for share, gap in ((-0.03, 0.001), (0.0, 0.006), (0.35, 0.008), (0.7, 0.007), (1.0, 0.006), (1.0, 0.001)):
        row = edge.copy()
        row[:, 0] += side * share * reach
        row[:, 2] += share * lift
        columns.append((row, gap))
    grid = np.array([_on_front(row, sheet, gap) for row, gap in columns])
    faces = grid_faces(grid.shape[0], grid.shape[1], closed=False)
    points = grid.reshape(-1, 3)
    tri = points[faces]
    front = np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0])[:, 1].sum() < 0
    return bound_to(points, faces if front else faces[:, ::-1].copy(), sheet)


def _on_front(row: F64, sheet: Sheet, gap: float) -> F64:
    """Points slid onto the cloth's front, `gap` above it."""
    normals = sheet.normals()
    front = np.flatnonzero(normals[:, 1] < 0.15)
    distance, near = KDTree(sheet.rest[front][:, [0, 2]]).query(row[:, [0, 2]], k=5)
    w = 1 / (distance + 0.003)
    w /= w.sum(axis=1, keepdims=True)
    y = (sheet.rest[front][near][..., 1] * w).sum(axis=1)
    normal = (normals[front][near] * w[..., None]).sum(axis=1)
    placed = row.copy()
    placed[:, 1] = y
    return placed + normal / np.linalg.norm(normal, axis=1, keepdims=True) * gap
