"""Hair that is tied: drawn over the head to a knot, and the ponytail or bun that it ends in."""

from __future__ import annotations

import numpy as np
from scipy.spatial import KDTree

from maquette.stage.people.locks import Locks
from maquette.stage.people.sheet import F64, Sheet, smoothed


def _knot(head: Sheet) -> tuple[F64, F64]:
    """Where hair is tied at the back of the head, and the way out from there."""
    wanted = np.array([0.0, 0.030, 0.775])
    near = np.argsort(np.linalg.norm(head.template - wanted, axis=1))[:12]
    normal = head.normals()[near].mean(axis=0)
    normal[0] = 0
    normal /= np.linalg.norm(normal)
    at = head.rest[near].mean(axis=0)
    at[0] = 0
    return at + normal * 0.012, normal


def tied(roots: F64, normals: F64, template: F64, shell: Sheet, scale: float, rng: np.random.Generator) -> Locks:
    """Locks drawn tight over the head to the knot."""
    knot, _ = _knot(shell)
    tree = KDTree(shell.rest)
    out = smoothed(shell.normals(), shell.adjacency(), 8)
    rows = 9
    float_ = rng.uniform(0.001, 0.006, len(roots)) * scale
    path, facing = [], []
    for t in np.linspace(0, 1, rows):
        straight = roots * (1 - t) + (knot + rng.normal(0, 0.004, roots.shape) * scale) * t
        _, near = tree.query(straight, k=4)
        normal = out[near].mean(axis=1)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        # The chord runs inside the skull: lift it to the shell, again and again, until it lies on it.
        lifted = straight
        for _ in range(4):
            _, near = tree.query(lifted, k=4)
            surface = shell.rest[near].mean(axis=1)
            normal = out[near].mean(axis=1)
            normal /= np.linalg.norm(normal, axis=1, keepdims=True)
            height = ((lifted - surface) * normal).sum(axis=1)
            lifted = lifted + normal * (float_ - height)[:, None]
        path.append(lifted)
        facing.append(normal)
    return Locks(np.array(path).transpose(1, 0, 2), np.array(facing).transpose(1, 0, 2), 0.013, template)


def tail(head: Sheet, scale: float, rng: np.random.Generator) -> Locks:
    """A ponytail: springs out from the knot and falls, narrowing."""
    knot, out = _knot(head)
    n, rows = 90, 12
    t = np.linspace(0, 1, rows)
    length = rng.uniform(0.24, 0.30, n) * scale
    ring = rng.uniform(0, 2 * np.pi, n)
    spread = (
        np.sqrt(rng.uniform(0.15, 1, n))[:, None]
        * np.interp(t, [0, 0.12, 0.4, 1], [0.010, 0.020, 0.026, 0.010])
        * scale
    )
    fall = np.interp(t, [0, 0.15, 0.4, 1], [0, -0.02, 0.20, 0.95])
    reach = np.interp(t, [0, 0.15, 0.45, 1], [0.006, 0.050, 0.075, 0.050])
    spine = knot + out * (reach[:, None] * scale)
    path = spine[None] + np.stack([np.zeros((n, rows)), np.zeros((n, rows)), -length[:, None] * fall], axis=-1)
    around = np.stack([np.cos(ring), np.sin(ring) * 0.8, np.zeros(n)], axis=1)
    path = path + around[:, None] * spread[..., None] + rng.normal(0, 0.0015, path.shape)
    facing = np.repeat(around[:, None] + (0, 0.15, 0.05), rows, axis=1)
    return Locks(path, facing, 0.013, np.repeat(np.array([[0.0, 0.03, 0.775]]), n, axis=0))


def bun(head: Sheet, scale: float, rng: np.random.Generator) -> Locks:
    """A bun: locks wound round a ball behind the knot."""
    knot, out = _knot(head)
    n, rows = 90, 12
    centre = knot + out * 0.026 * scale
    up = np.cross([1.0, 0, 0], out)
    side = np.array([1.0, 0, 0])
    start = rng.uniform(0, 2 * np.pi, n)
    tilt = np.arcsin(rng.uniform(-0.9, 0.98, n))
    t = np.linspace(0, 1, rows)
    turn = start[:, None] + t * rng.uniform(1.2, 2.6, n)[:, None]
    lean = tilt[:, None] + 0.35 * np.sin(2 * turn)
    radius = (0.036 + rng.uniform(-0.0035, 0.002, n)[:, None]) * scale
    ball = (
        np.cos(turn)[..., None] * np.cos(lean)[..., None] * side
        + np.sin(turn)[..., None] * np.cos(lean)[..., None] * up
        + 0.8 * np.sin(lean)[..., None] * out
    )
    return Locks(centre + ball * radius[..., None], ball, 0.013, np.repeat(np.array([[0.0, 0.03, 0.775]]), n, axis=0))
