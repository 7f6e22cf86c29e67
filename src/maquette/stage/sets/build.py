"""Putting a set together: bodies, openings, spots and features, collected and closed into a `SetPlan`.

Names of directions: north is +Y, east +X. Furniture is made at the origin with its front towards -Y, like a person
with yaw 0, and a turn in degrees places it. Parts named "lampshade", "bulb", "screen" and "neon" glow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from maquette.film.stage import (
    BodyKind,
    Feature,
    Lamp,
    LampRole,
    Opening,
    SetKind,
    SetPlan,
    Spot,
    SpotUse,
    yaw_towards,
)
from maquette.stage.mesh import Color, Solid, assemble, join, rotation, sphere

EXACT_SEATS = 12
"""Sets are laid out by hand for so many people; beyond, the room grows and people stand on a grid."""


@dataclass(frozen=True)
class Placed:
    """A piece of furniture where it stands: its frame and its box in the world."""

    x: float
    y: float
    turn: float
    low: tuple[float, float, float]
    high: tuple[float, float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """World (x, y) of a point given in the piece's own frame."""
        p = rotation(z=self.turn) @ np.array([x, y, 0.0])
        return (self.x + float(p[0]), self.y + float(p[1]))


def grown(width: float, depth: float, seats: int) -> tuple[float, float]:
    """Floor of a room that also holds a crowd: 0.9 m2 for each of more than `EXACT_SEATS` people."""
    factor = float(np.sqrt(max(1.0, seats * 0.9 / (width * depth)))) if seats > EXACT_SEATS else 1.0
    return width * factor, depth * factor


class SetBuild:
    """A set in the making."""

    def __init__(self, kind: SetKind, seed: int, seats: int, words: Iterable[str]) -> None:
        self.kind = kind
        self.rng = np.random.default_rng([seed % 2**63, list(SetKind).index(kind)])
        self.seats = seats
        self.words = frozenset(words)
        self.solids: dict[str, list[Solid]] = {}
        self.practicals: list[Lamp] = []
        self.openings: list[Opening] = []
        self.spots: list[Spot] = []
        self.features: dict[str, Feature] = {}
        self.footprints: list[tuple[float, float, float, float]] = []
        self.note = ""

    def add(
        self,
        name: str,
        solids: Iterable[Solid] | Solid,
        x: float = 0.0,
        y: float = 0.0,
        z: float = 0.0,
        turn: float = 0.0,
        *,
        blocks: bool = True,
        word: str = "",
        surface: float | None = None,
    ) -> Placed:
        """Place solids under a body's name. `blocks`: nobody stands there. `word` makes it a feature."""
        items = [solids] if isinstance(solids, Solid) else list(solids)
        placed = [s.turned(z=turn).moved(x, y, z) for s in items]
        self.solids.setdefault(name, []).extend(placed)
        points = np.concatenate([s.vertices for s in placed])
        low, high = points.min(0), points.max(0)
        if blocks:
            body = points[(points[:, 2] > 0.06) & (points[:, 2] < 1.9)]
            if len(body):
                (x0, y0), (x1, y1) = body[:, :2].min(0), body[:, :2].max(0)
                self.footprints.append((float(x0), float(y0), float(x1), float(y1)))
        low3, high3 = tuple(map(float, low)), tuple(map(float, high))
        if word:
            middle = tuple(float(v) for v in (low + high) / 2)
            self.feature(word, middle, tuple(float(v) for v in high - low), surface)  # type: ignore[arg-type]
        return Placed(x, y, turn, low3, high3)  # type: ignore[arg-type]

    def feature(
        self,
        word: str,
        position: tuple[float, float, float],
        size: tuple[float, float, float],
        surface: float | None = None,
    ) -> None:
        """Name a thing; the first of a kind keeps the word."""
        self.features.setdefault(word, Feature(word, position, size, surface))

    def spot(
        self,
        name: str,
        feature: str,
        use: SpotUse,
        at: tuple[float, float],
        yaw: float,
        *,
        seat: float = 0.0,
        group: str = "",
        floor: float = 0.0,
    ) -> None:
        yaw = (yaw + 180.0) % 360.0 - 180.0
        position = (float(at[0]), float(at[1]), floor)
        self.spots.append(Spot(name, feature, use, position, float(yaw), seat, group))

    def pair(self, name: str, at: tuple[float, float], angle: float, apart: float = 1.15) -> None:
        """Two people who stand and face each other around `at`, on a line at `angle` degrees from +X."""
        d = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]) * apart / 2
        a, b = (at[0] - d[0], at[1] - d[1]), (at[0] + d[0], at[1] + d[1])
        self.spot(f"{name} left", name, SpotUse.STAND, a, yaw_towards(a, b), group=name)
        self.spot(f"{name} right", name, SpotUse.STAND, b, yaw_towards(b, a), group=name)

    def bulb(
        self,
        name: str,
        at: tuple[float, float, float],
        radiance: Color,
        *,
        radius: float = 0.045,
        shape: Solid | None = None,
        visible: bool = True,
    ) -> None:
        """A practical: a small glowing ball, or `shape` moved to `at`."""
        s = (shape or sphere(radius, segments=8)).moved(*at)
        vertices, index = np.unique(s.vertices, axis=0, return_inverse=True)
        faces = index.reshape(-1)[s.faces]
        faces = faces[(faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])]
        lamp = Lamp(name, LampRole.PRACTICAL, vertices, faces.astype(np.uint32), radiance, visible)
        self.practicals.append(lamp)

    def crowd(self, outline: tuple[float, float, float, float], focus: tuple[float, float]) -> None:
        """Standing places on a grid, nearest to `focus` first, until there is one for each who is needed."""
        needed = max(EXACT_SEATS, self.seats) + 2
        x0, y0, x1, y1 = outline
        for pitch in (0.9, 0.7, 0.6, 0.5, 0.42, 0.34):
            free = self._free_grid(x0 + 0.35, y0 + 0.35, x1 - 0.35, y1 - 0.35, pitch)
            if len(free) + len(self.spots) >= needed:
                break
        free = free[np.argsort(np.hypot(free[:, 0] - focus[0], free[:, 1] - focus[1]), kind="stable")]
        for i, (x, y) in enumerate(free[: max(0, needed - len(self.spots))].tolist()):
            near = float(np.hypot(x - focus[0], y - focus[1])) < 0.3
            yaw = 0.0 if near else yaw_towards((x, y), focus)
            self.spot(f"open floor {i + 1}", "open floor", SpotUse.STAND, (x, y), yaw)

    def _free_grid(self, x0: float, y0: float, x1: float, y1: float, pitch: float) -> np.ndarray:
        """(N, 2) grid points away from furniture and from the spots that are there."""
        xs = np.linspace(x0, x1, max(1, int((x1 - x0) / pitch) + 1))
        ys = np.linspace(y0, y1, max(1, int((y1 - y0) / pitch) + 1))
        p = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
        keep = np.ones(len(p), bool)
        for a, b, c, d in self.footprints:
            gap = np.hypot(
                np.maximum(np.maximum(a - p[:, 0], p[:, 0] - c), 0), np.maximum(np.maximum(b - p[:, 1], p[:, 1] - d), 0)
            )
            keep &= gap > 0.27
        for s in self.spots:
            keep &= np.hypot(p[:, 0] - s.position[0], p[:, 1] - s.position[1]) > min(0.6, pitch * 0.95)
        return p[keep]

    def plan(
        self, floor: tuple[tuple[float, float], ...], ceiling_m: float | None, *, interior: bool = True
    ) -> SetPlan:
        """The finished set."""
        return SetPlan(
            kind=self.kind,
            bodies=tuple(assemble(name, BodyKind.SET, merged(items)) for name, items in self.solids.items()),
            practicals=tuple(self.practicals),
            openings=tuple(self.openings),
            spots=tuple(self.spots),
            features=tuple(self.features.values()),
            floor=floor,
            ceiling_m=ceiling_m,
            interior=interior,
            note=self.note,
        )


def merged(solids: Iterable[Solid]) -> list[Solid]:
    """One solid for each part name, in order of appearance."""
    groups: dict[str, list[Solid]] = {}
    for s in solids:
        groups.setdefault(s.part, []).append(s)
    return [join(items, part) for part, items in groups.items()]


def rectangle(width: float, depth: float) -> tuple[tuple[float, float], ...]:
    """Corners of a floor around the origin, counter-clockwise."""
    w, d = width / 2, depth / 2
    return ((-w, -d), (w, -d), (w, d), (-w, d))
