"""A set seen from above: walls cut at breast height, their windows and doors, and the outlines of what stands there."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, label
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import ConvexHull, QhullError

from maquette.film.lighting_plot import GapKind, PlotGap, PlotThing, PlotWall, Point, Polygon
from maquette.film.stage import Body, Opening, SetPlan

Vec = NDArray[np.float64]

CUT_M, SILL_M = 1.35, 0.35
"""Heights of the two cuts through walls: a window is open at the first alone, a door at both."""
TOP_M = 2.2
"""What begins higher than this is not in the drawing."""
OVERHEAD_M = 1.4
"""What begins higher than this hangs: it is drawn dashed."""
THICKEST_WALL_M = 0.6
"""What is deeper is a house."""
FLUSH_M = 0.13
"""What stands off a wall by less than this is part of the wall's face: pictures, clocks, radiators, curtains."""
LEAST_M, LEAST_NAMED_M = 0.12, 0.34
MANY_PARTS = 120
"""Bodies of more parts are leaves or bricks: their outline is taken from where they are dense."""
CELL_M = 0.15
MOST_OUTLINES = 260

_COVER = frozenset({
    "floor", "slab", "ceiling", "ground", "land", "outside", "backdrop", "sky", "town", "grass", "flowers",
    "undergrowth", "pebbles", "foam", "sea", "sand", "islands", "wires", "markings", "soil", "cyclorama", "roof",
})  # fmt: skip
"""What lies under everything or behind it."""
_KERBS = frozenset({"road", "pavement", "walkway", "pier", "jetty", "path", "track", "quay"})
_SIDES = frozenset({"north", "south", "east", "west", "left", "right", "far", "near", "single"})


@dataclass(frozen=True, eq=False)
class Region:
    """What of the set the drawing can show, metres."""

    low: Vec
    high: Vec

    def meets(self, low: Vec, high: Vec, margin: float = 0.0) -> bool:
        """Whether a box (x, y) reaches into the region."""
        return bool(np.all(high[:2] > self.low - margin) and np.all(low[:2] < self.high + margin))


# --- walls ----------------------------------------------------------------------------------------------------


def walls_of(plan: SetPlan, region: Region) -> tuple[tuple[PlotWall, ...], tuple[PlotGap, ...]]:
    """Walls and houses in the region, and the gaps in the walls. A car has no walls, but its windows are gaps."""
    walls: list[PlotWall] = []
    gaps: list[PlotGap] = []
    for body in plan.bodies:
        if not body.name.startswith("wall/") or body.name.count("/") > 1:
            continue
        if not region.meets(body.vertices.min(0), body.vertices.max(0)):
            continue
        runs = _runs(body) if plan.interior else None
        if runs is None:
            outline = None if plan.interior else hull(body.vertices[body.vertices[:, 2] < TOP_M])
            walls += [PlotWall(name=body.name, outline=outline, mass=True)] if outline else []
            continue
        walls += [PlotWall(name=body.name, outline=runs.outline(a, b)) for a, b in runs.solid]
        gaps += [_gap(plan, body.name, runs, a, b) for a, b in runs.gaps]
    loose = [o for o in plan.openings if not any(g.name == o.name and g.daylight for g in gaps)]
    gaps += [_bare(o) for o in loose if region.meets(np.array(o.center), np.array(o.center))]
    return tuple(walls), tuple(gaps)


@dataclass(frozen=True, eq=False)
class _Runs:
    """A straight wall: its frame in plan, and where along it is solid."""

    along: Vec
    across: Vec
    near: float
    far: float
    solid: tuple[tuple[float, float], ...]
    low_solid: tuple[tuple[float, float], ...]

    @property
    def gaps(self) -> list[tuple[float, float]]:
        return [(a[1], b[0]) for a, b in itertools.pairwise(self.solid) if b[0] - a[1] > 0.25]

    def outline(self, a: float, b: float) -> Polygon:
        corners = ((a, self.near), (b, self.near), (b, self.far), (a, self.far))
        return tuple(point(self.along * s + self.across * t) for s, t in corners)


def _runs(body: Body) -> _Runs | None:
    """The wall as runs; None for what is no straight wall."""
    cut, low = _section(body, CUT_M), _section(body, SILL_M)
    if not len(cut):
        return None
    steps = cut[:, 1] - cut[:, 0]
    lengths = np.linalg.norm(steps, axis=1)
    along = steps[int(np.argmax(lengths))] / max(float(lengths.max()), 1e-9)
    along = along if (along[0], along[1]) > (-along[0], -along[1]) else -along
    across = np.array([-along[1], along[0]])
    depth = cut.reshape(-1, 2) @ across
    solid = _covered(cut @ along)
    long = solid[-1][1] - solid[0][0] if solid else 0.0
    if not solid or np.ptp(depth) > THICKEST_WALL_M or long < 2 * float(np.ptp(depth)):
        return None
    if np.ptp(body.vertices[:, :2].astype(float) @ across) > THICKEST_WALL_M:
        return None
    return _Runs(along, across, float(depth.min()), float(depth.max()), solid, _covered(low @ along))


def _section(body: Body, height: float) -> Vec:
    """(S, 2, 2) segments in plan where the body's triangles cross a height."""
    triangles = body.vertices[body.faces].astype(float)
    above = triangles[:, :, 2] - (height + 1e-5)
    triangles = triangles[(above.min(axis=1) < 0) & (above.max(axis=1) > 0)]
    if not len(triangles):
        return np.zeros((0, 2, 2))
    following = np.roll(triangles, -1, axis=1)
    rise = following[:, :, 2] - triangles[:, :, 2]
    share = (height + 1e-5 - triangles[:, :, 2]) / np.where(np.abs(rise) < 1e-12, np.inf, rise)
    crosses = (share > 0) & (share < 1)
    points = triangles + share[:, :, None] * (following - triangles)
    whole = crosses.sum(axis=1) == 2
    return points[whole][crosses[whole]].reshape(-1, 2, 3)[:, :, :2]


def _covered(spans: Vec) -> tuple[tuple[float, float], ...]:
    """Union of (S, 2) intervals, as sorted pairs; what is narrower than 2 cm is trim and no wall."""
    ordered = np.sort(spans, axis=1)
    ordered = ordered[ordered[:, 1] - ordered[:, 0] > 1e-4]
    merged: list[list[float]] = []
    for a, b in ordered[np.argsort(ordered[:, 0])] if len(ordered) else []:
        if merged and a <= merged[-1][1] + 0.005:
            merged[-1][1] = max(merged[-1][1], float(b))
        else:
            merged.append([float(a), float(b)])
    return tuple((a, b) for a, b in merged if b - a > 0.02)


def _gap(plan: SetPlan, wall: str, runs: _Runs, a: float, b: float) -> PlotGap:
    mid = (runs.near + runs.far) / 2
    middle = runs.along * (a + b) / 2 + runs.across * mid
    window = any(s <= (a + b) / 2 <= e for s, e in runs.low_solid)
    kind = GapKind.WINDOW if window else GapKind.DOOR
    opening = next((o for o in plan.openings if np.linalg.norm(np.array(o.center[:2]) - middle) < 0.4), None)
    inside = np.mean(plan.floor, axis=0) if plan.floor else np.zeros(2)
    inward = runs.across if float((inside - middle) @ runs.across) > 0 else -runs.across
    names = [x.name for x in plan.bodies if x.name.startswith(wall + "/") and _near(x, middle)]
    plain = next((n.rsplit("/", 1)[-1] for n in names if kind.value in n), kind.value)
    return PlotGap(
        name=opening.name if opening else plain, kind=kind, start=point(runs.along * a + runs.across * mid),
        end=point(runs.along * b + runs.across * mid), depth_m=_round(runs.far - runs.near), inward=point(inward),
        daylight=opening is not None,
    )  # fmt: skip


def _near(body: Body, middle: Vec) -> bool:
    center = (body.vertices.min(0) + body.vertices.max(0))[:2] / 2
    return float(np.linalg.norm(center - middle)) < 0.4


def _bare(opening: Opening) -> PlotGap:
    """An opening that no wall is cut for: a car's window, one above the cut."""
    inward = np.array(opening.normal[:2], float)
    inward /= max(float(np.linalg.norm(inward)), 1e-9)
    half = np.array([-inward[1], inward[0]]) * opening.width_m / 2
    middle = np.array(opening.center[:2])
    return PlotGap(name=opening.name, kind=GapKind.WINDOW, start=point(middle - half), end=point(middle + half),
                   depth_m=0.0, inward=point(inward), daylight=True)  # fmt: skip


# --- furniture ------------------------------------------------------------------------------------------------


def things_of(
    bodies: Iterable[Body], walls: Sequence[PlotWall], region: Region
) -> tuple[tuple[PlotThing, ...], tuple[PlotThing, ...]]:
    """(kerbs and roads, furniture from the lowest to the highest) in the region."""
    ground: list[PlotThing] = []
    found: list[tuple[float, PlotThing]] = []
    left = MOST_OUTLINES
    solid = [np.array(w.outline) for w in walls if not w.mass]
    for body in bodies:
        words = set(re.split(r"[ /]", body.name)) - _SIDES
        last = body.name.rsplit("/", 1)[-1]
        if words & _KERBS:
            outline = hull(_within(body.vertices, region, 40.0))
            ground += [PlotThing(name=body.name, label=last, outlines=(outline,))] if outline else []
            continue
        wall = body.name.startswith("wall/") and body.name.count("/") == 1
        if (words & _COVER and body.name.count("/") < 2) or (wall and any(w.name == body.name for w in walls)):
            continue
        parts = [p for p in _parts(body, region) if not _flush(p, body, solid)]
        if not parts or last.endswith("things"):
            continue
        thing = _thing(body, [p for p in parts if p.low < TOP_M][:left])
        if thing is not None:
            left -= len(thing.outlines)
            found.append((max(p.high for p in parts), thing))
        if "tree" in words:
            found += _canopy(body)
    found.sort(key=lambda t: (t[1].overhead, t[0]))
    return tuple(ground), tuple(_named_once([t for _, t in found], (region.low + region.high) / 2))


@dataclass(frozen=True, eq=False)
class _Part:
    outline: Polygon
    low: float
    high: float

    @property
    def extent(self) -> float:
        return float(np.ptp(np.array(self.outline), axis=0).max())


def _parts(body: Body, region: Region) -> list[_Part]:
    """The body's connected pieces that reach into the region, as convex outlines of what is below `TOP_M`."""
    low, high = body.vertices.min(0), body.vertices.max(0)
    if not region.meets(low, high, 1.0) or not len(body.faces):
        return []
    corner, count = _pieces(body)
    if count > MANY_PARTS:
        return _dense(body, region)
    order = np.argsort(corner, kind="stable")
    vertices = body.vertices[order]
    bounds = np.searchsorted(corner[order], np.arange(count + 1))
    parts: list[_Part] = []
    for a, b in itertools.pairwise(bounds):
        part = _part(vertices[a:b])
        if part is not None and region.meets(vertices[a:b].min(0), vertices[a:b].max(0)):
            parts.append(part)
    return parts


def _pieces(body: Body) -> tuple[NDArray[np.int64], int]:
    """(V,) number of the connected piece each vertex belongs to, and how many there are.

    Vertices at one place are one: flat facets do not share theirs.
    """
    cells = np.round(body.vertices.astype(np.float64) / 0.001).astype(np.int64)
    place = np.unique(cells, axis=0, return_inverse=True)[1].reshape(-1)
    corners = place[body.faces]
    rows = np.concatenate([corners[:, 0], corners[:, 1]])
    columns = np.concatenate([corners[:, 1], corners[:, 2]])
    n = int(place.max()) + 1
    count, piece = connected_components(coo_matrix((np.ones(len(rows)), (rows, columns)), (n, n)), directed=False)
    return piece[place].astype(np.int64), int(count)


def _part(vertices: NDArray[np.float32]) -> _Part | None:
    low, high = float(vertices[:, 2].min()), float(vertices[:, 2].max())
    below = vertices[vertices[:, 2] < TOP_M]
    # A post goes through the cut with no corner below it but its foot: that is its outline.
    outline = hull(below) if len(below) > 2 else None
    return None if outline is None else _Part(outline, low, high)


def _dense(body: Body, region: Region) -> list[_Part]:
    """Outlines of where leaves, bricks or books are, each convex."""
    triangles = body.vertices[body.faces]
    points = np.concatenate([body.vertices, triangles.mean(axis=1)])
    points = _within(points[(points[:, 2] < TOP_M) & (points[:, 2] > 0.1)], region, 0.5)
    if len(points) < 3:
        return []
    cells = np.floor((points[:, :2] - points[:, :2].min(0)) / CELL_M).astype(int)
    grid = np.zeros(cells.max(0) + 3, bool)
    grid[cells[:, 0] + 1, cells[:, 1] + 1] = True
    blobs, count = label(binary_dilation(grid))  # pyright: ignore[reportGeneralTypeIssues]
    owner = blobs[cells[:, 0] + 1, cells[:, 1] + 1]
    parts = [_part(points[owner == i]) for i in range(1, min(count, MOST_OUTLINES) + 1)]
    return [p for p in parts if p is not None and p.extent > LEAST_M]


def _flush(part: _Part, body: Body, walls: Sequence[Vec]) -> bool:
    """Whether it is set in a wall or flat against one."""
    if not body.name.startswith("wall/"):
        return False
    corners = np.array(part.outline)
    middle = (corners.min(0) + corners.max(0)) / 2
    for wall in walls:
        along = wall[1] - wall[0]
        across = np.array([-along[1], along[0]]) / max(float(np.linalg.norm(along)), 1e-9)
        faces = np.sort((wall @ across)[[0, 2]])
        reach = corners @ across
        if faces[0] - FLUSH_M - 0.02 < reach.min() and reach.max() < faces[1] + FLUSH_M + 0.02:
            return True
    return bool(np.isnan(middle).any())


def _thing(body: Body, parts: Sequence[_Part]) -> PlotThing | None:
    standing = [p for p in parts if p.low < OVERHEAD_M]
    overhead = not standing
    chosen = [p for p in (standing or parts) if p.extent > LEAST_M / 2 and p.high > 0.06]
    if not chosen:
        return None
    whole = np.concatenate([np.array(p.outline) for p in chosen])
    extent = float(np.ptp(whole, axis=0).max())
    if extent < LEAST_M:
        return None
    outer = [p for p in chosen if not any(q is not p and _covers(q, p) for q in chosen)]
    seen = [p for p in chosen if p not in outer and p.extent > 0.08
            and not any(q is not p and q.high > p.high + 0.01 and _covers(q, p) for q in chosen)]  # fmt: skip
    label_ = _label(body.name) if extent > LEAST_NAMED_M else ""
    return PlotThing(name=body.name, label=label_, outlines=tuple(p.outline for p in outer),
                     details=tuple(p.outline for p in seen), overhead=overhead)  # fmt: skip


def _covers(over: _Part, under: _Part) -> bool:
    """Whether the larger outline's box holds the other's; of two alike the higher one covers."""
    a, b = np.array(over.outline), np.array(under.outline)
    inside = bool(np.all(a.min(0) <= b.min(0) + 0.01) and np.all(a.max(0) >= b.max(0) - 0.01))
    alike = bool(np.all(np.abs(np.ptp(a, axis=0) - np.ptp(b, axis=0)) < 0.02))
    return inside and (not alike or (over.high, id(over)) > (under.high, id(under)))


def _canopy(body: Body) -> list[tuple[float, PlotThing]]:
    crown = hull(body.vertices[body.vertices[:, 2] >= TOP_M])
    if crown is None:
        return []
    return [(99.0, PlotThing(name=f"{body.name} crown", outlines=(crown,), overhead=True))]


def _label(name: str) -> str:
    """ "set/booth 1 west" is a booth."""
    words = [w for w in name.rsplit("/", 1)[-1].split() if w not in _SIDES and not re.fullmatch(r"-?[\d.]+", w)]
    return " ".join(words)


def _named_once(things: Sequence[PlotThing], middle: Vec) -> list[PlotThing]:
    """Of seven stools the one nearest to the middle is named."""
    nearest: dict[str, tuple[float, str]] = {}
    for thing in things:
        if thing.label:
            away = float(np.linalg.norm(np.array(thing.outlines[0]).mean(0) - middle))
            nearest[thing.label] = min(nearest.get(thing.label, (np.inf, "")), (away, thing.name))
    return [t if not t.label or nearest[t.label][1] == t.name else t.model_copy(update={"label": ""}) for t in things]


# --- outlines -------------------------------------------------------------------------------------------------


def hull(vertices: NDArray[np.floating]) -> Polygon | None:
    """Convex outline in plan, counter-clockwise, to 4 mm; None for what has no area."""
    if len(vertices) < 3:
        return None
    points = np.unique(np.round(vertices[:, :2].astype(np.float64), 3), axis=0)
    try:
        corners = points[ConvexHull(points).vertices]
    except (QhullError, ValueError):
        return None
    return tuple(point(p) for p in _simple(corners))


def _simple(corners: Vec, tolerance: float = 0.004) -> Vec:
    """Without corners that lie nearer than `tolerance` to the line between their neighbours."""
    kept = list(range(len(corners)))
    i = 0
    while i < len(kept) and len(kept) > 4:
        a, b, c = corners[kept[i - 1]], corners[kept[i]], corners[kept[(i + 1) % len(kept)]]
        step = c - a
        off = abs(float(step[0] * (b - a)[1] - step[1] * (b - a)[0])) / max(float(np.linalg.norm(step)), 1e-9)
        if off < tolerance:
            del kept[i]
        else:
            i += 1
    return corners[kept]


def _within(vertices: NDArray[np.floating], region: Region, margin: float) -> NDArray[np.floating]:
    inside = (vertices[:, :2] > region.low - margin) & (vertices[:, :2] < region.high + margin)
    return vertices[inside.all(axis=1)]


def point(p: Vec) -> Point:
    """(x, y) to a millimetre."""
    return (_round(float(p[0])), _round(float(p[1])))


def _round(value: float) -> float:
    return round(value, 3) + 0.0
