"""Cracks joined into long lines: traced from junction to junction, then through junctions where they run straight."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import hypot

import numpy as np

from maquette.generate.base import F32
from maquette.generate.linework import Cracks

TANGENT_STEPS = 8
"""A line's direction at its end is taken over this many cracks."""
STRAIGHT_ON = 0.6
"""Cosine of the turn up to which a line goes on through a junction."""


@dataclass(frozen=True, eq=False)
class Chain:
    """One line on the fine grid, N cracks long."""

    points: F32
    """(N + 1, 2) x, y of crack ends, in samples."""
    weight: F32
    """(N + 1,)"""
    depth: F32
    """(N + 1,) metres"""
    cast: F32
    """(N + 1,) 1 for lines of the cast"""
    closed: bool


def trace(cracks: Cracks, shortest: int = 6) -> list[Chain]:
    """All lines of at least `shortest` cracks."""
    runs = _runs(cracks)
    return [_chain(nodes, edges, cracks) for nodes, edges in _merge(runs, cracks) if len(edges) >= shortest]


_Run = tuple[list[int], list[int]]
"""Corner numbers, and crack numbers between them."""


def _runs(cracks: Cracks) -> list[_Run]:
    """Stretches between corners where other than two cracks meet; closed ones begin and end at the same corner."""
    if len(cracks.start) == 0:
        return []
    corners, place = np.unique(np.concatenate([cracks.start, cracks.end]), return_inverse=True)
    start, end = place[: len(cracks.start)], place[len(cracks.start) :]
    degree = np.bincount(place, minlength=len(corners))
    # Where two cracks meet, the one that a walk goes on with is what is left of both together without the one it came
    # by; so is the corner at a crack's other end.
    both = np.zeros(len(corners), np.int64)
    number = np.arange(len(start))
    np.bitwise_xor.at(both, start, number)
    np.bitwise_xor.at(both, end, number)
    through, left, across = (degree == 2).tolist(), both.tolist(), (start ^ end).tolist()
    name = corners.tolist()
    used = bytearray(len(start))
    runs: list[_Run] = []

    def walk(node: int, edge: int) -> None:
        nodes, edges = [name[node]], []
        while not used[edge]:
            used[edge] = 1
            edges.append(edge)
            node ^= across[edge]
            nodes.append(name[node])
            if not through[node]:
                break
            edge ^= left[node]
        runs.append((nodes, edges))

    ends = degree != 2
    for side in (start, end):
        for edge in np.flatnonzero(ends[side]).tolist():
            if not used[edge]:
                walk(int(side[edge]), edge)
    for edge, node in enumerate(start.tolist()):
        if not used[edge]:
            walk(node, edge)
    return runs


def _merge(runs: list[_Run], cracks: Cracks) -> list[_Run]:
    """Join runs that continue each other across a junction."""
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, (nodes, _) in enumerate(runs):
        if nodes[0] != nodes[-1]:
            ends[nodes[0]].append((i, 0))
            ends[nodes[-1]].append((i, 1))
    weight = cracks.weight.tolist()
    partner: dict[tuple[int, int], tuple[int, int]] = {}
    for meeting in ends.values():
        if len(meeting) < 2:
            continue
        away = [_direction(runs[i][0], side, cracks.columns) for i, side in meeting]
        bold = [weight[runs[i][1][0 if side == 0 else -1]] for i, side in meeting]
        pairs: list[tuple[float, int, int]] = []
        for j in range(len(meeting)):
            for k in range(j):
                cosine = away[j][0] * away[k][0] + away[j][1] * away[k][1]
                if cosine < -STRAIGHT_ON:
                    pairs.append((cosine + 0.5 * abs(bold[j] - bold[k]), j, k))
        taken: set[int] = set()
        for _, j, k in sorted(pairs):
            if j not in taken and k not in taken and meeting[j][0] != meeting[k][0]:
                taken |= {j, k}
                partner[meeting[j]], partner[meeting[k]] = meeting[k], meeting[j]
    return _strung(runs, partner)


def _strung(runs: list[_Run], partner: dict[tuple[int, int], tuple[int, int]]) -> list[_Run]:
    done: set[int] = set()
    strung: list[_Run] = []
    heads = [i for i in range(len(runs)) if (i, 0) not in partner or (i, 1) not in partner]
    for first in [*heads, *range(len(runs))]:
        if first in done:
            continue
        entry = (first, 1) if (first, 0) in partner and (first, 1) not in partner else (first, 0)
        nodes: list[int] = []
        edges: list[int] = []
        while entry[0] not in done:
            i, side = entry
            done.add(i)
            run_nodes, run_edges = runs[i]
            if side == 1:
                run_nodes, run_edges = run_nodes[::-1], run_edges[::-1]
            nodes.extend(run_nodes if not nodes else run_nodes[1:])
            edges.extend(run_edges)
            onward = partner.get((i, 1 - side))
            if onward is None:
                break
            entry = onward
        strung.append((nodes, edges))
    return strung


def _direction(nodes: list[int], side: int, columns: int) -> tuple[float, float]:
    """Unit vector from the run's end into the run."""
    far = min(TANGENT_STEPS, len(nodes) - 1)
    here, there = (nodes[0], nodes[far]) if side == 0 else (nodes[-1], nodes[-1 - far])
    dx, dy = there % columns - here % columns, there // columns - here // columns
    length = max(hypot(dx, dy), 1e-9)
    return dx / length, dy / length


def _chain(nodes: list[int], edges: list[int], cracks: Cracks) -> Chain:
    corner = np.array(nodes)
    edge = np.array(edges)
    weight, depth = cracks.weight[edge], cracks.depth[edge]
    return Chain(
        points=np.stack([corner % cracks.columns, corner // cracks.columns], axis=1).astype(np.float32),
        weight=np.append(weight, weight[-1]),
        depth=np.append(depth, depth[-1]),
        cast=cracks.cast[np.append(edge, edge[-1])].astype(np.float32),
        closed=nodes[0] == nodes[-1],
    )
