"""What all exterior sets share: scattering, ground to the horizon, and places for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maquette.stage.mesh import Color, Solid, vertex_normals
from maquette.stage.sets.noise import fbm

F64 = NDArray[np.float64]
Heights = Callable[[F64, F64], F64]
"""Ground height in metres over x and y."""


def scatter(
    template: Solid,
    at: ArrayLike,
    yaw_deg: ArrayLike = 0.0,
    scale: ArrayLike = 1.0,
    tint: ArrayLike = 1.0,
    lean: ArrayLike | None = None,
) -> Solid:
    """Copies of a template at (N, 3), turned about z, scaled by (N,) or (N, 3), colours times (N,) or (N, 3).

    `lean` (N, 2): x and y shift for each metre of height, as a tree or a blade of grass leans.
    """
    p = np.asarray(at, float).reshape(-1, 3)
    n, v = len(p), len(template.vertices)
    s = np.asarray(scale, float)
    s = np.broadcast_to(s[:, None] if s.ndim == 1 else s, (n, 3))
    a = np.broadcast_to(np.radians(np.asarray(yaw_deg, float)), (n,))
    c, sn = np.cos(a)[:, None], np.sin(a)[:, None]

    def turned(q: NDArray[np.floating]) -> NDArray[np.floating]:
        return np.stack([c * q[..., 0] - sn * q[..., 1], sn * q[..., 0] + c * q[..., 1], q[..., 2]], -1)

    vertices = turned(template.vertices[None] * s[:, None, :])
    if lean is not None:
        vertices[..., :2] += np.asarray(lean, float)[:, None, :] * vertices[..., 2:3]
    normals = turned(template.normals[None] / s[:, None, :])
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-12)
    t = np.asarray(tint, float)
    t = np.broadcast_to(t[:, None] if t.ndim == 1 else t, (n, 3))
    faces = template.faces[None].astype(np.int64) + (np.arange(n) * v)[:, None, None]
    return Solid(
        vertices=(vertices + p[:, None, :]).reshape(-1, 3).astype(np.float32),
        faces=faces.reshape(-1, 3).astype(np.uint32),
        normals=normals.reshape(-1, 3).astype(np.float32),
        color=np.clip(template.color[None] * t[:, None, :], 0.002, 0.92).reshape(-1, 3).astype(np.float32),
        roughness=np.tile(template.roughness, n),
        metallic=np.tile(template.metallic, n),
        emission=np.tile(template.emission, (n, 1)),
        part=template.part,
    )


def shaded_as(solid: Solid, normals: F64) -> Solid:
    """The same shape with other shading normals: leaves that are shaded as the round crown they belong to."""
    unit = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    return replace(solid, normals=unit.astype(np.float32))


def sound(solid: Solid) -> Solid:
    """The same solid with upright normals where none could be computed: points of faces without area."""
    lost = np.linalg.norm(solid.normals, axis=1) < 0.5
    if not lost.any():
        return solid
    return replace(
        solid, normals=np.where(lost[:, None], np.array([0, 0, 1], np.float32), solid.normals).astype(np.float32)
    )


def rings_to(horizon_m: float, fine_m: float, step_m: float, growth: float = 1.09) -> F64:
    """Radii from 0: even steps over the playing area, then growing ones out to the horizon."""
    radii = list(np.arange(0, fine_m, step_m))
    while radii[-1] < horizon_m:
        radii.append(radii[-1] + max(step_m, (radii[-1] - fine_m) * (growth - 1) + step_m))
    radii[-1] = horizon_m
    return np.array(radii)


def disc(
    radii: F64,
    heights: Heights,
    colors: Callable[[F64, F64, F64], F64],
    *,
    segments: int = 180,
    roughness: float = 0.95,
    part: str = "ground",
) -> Solid:
    """The ground out to the horizon. `colors(x, y, z)` gives (N, 3) for flat arrays."""
    a = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    # Every second ring is turned by half a step: triangles instead of visible spokes.
    r = radii[1:, None]
    angle = a[None, :] + (np.arange(len(radii) - 1) % 2)[:, None] * (np.pi / segments)
    x = np.append(0.0, (r * np.cos(angle)).ravel())
    y = np.append(0.0, (r * np.sin(angle)).ravel())
    z = heights(x, y)
    index = 1 + np.arange((len(radii) - 1) * segments).reshape(-1, segments)
    nxt = np.roll(index, -1, axis=1)
    fan = np.stack([np.zeros(segments, int), index[0], nxt[0]], -1)
    faces = [fan]
    for k in range(len(index) - 1):
        i0, j0, i1, j1 = index[k], nxt[k], index[k + 1], nxt[k + 1]
        if k % 2 == 0:  # the inner ring is straight, the outer one is ahead by half a step
            faces += [np.stack([i0, i1, j0], -1), np.stack([j0, i1, j1], -1)]
        else:
            faces += [np.stack([i0, i1, j1], -1), np.stack([i0, j1, j0], -1)]
    return ground_mesh(np.stack([x, y, z], -1), np.concatenate(faces), colors(x, y, z), roughness, part)


def patch(
    xs: F64, ys: F64, heights: Heights, colors: Callable[[F64, F64, F64], F64], *, roughness: float = 0.9,
    part: str = "ground",
) -> Solid:  # fmt: skip
    """A rectangular piece of ground over grid lines."""
    gx, gy = np.meshgrid(xs, ys)
    x, y = gx.ravel(), gy.ravel()
    z = heights(x, y)
    index = np.arange(x.size).reshape(gx.shape)
    p, q, r, s = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    faces = np.concatenate([np.stack([p, q, r], -1).reshape(-1, 3), np.stack([p, r, s], -1).reshape(-1, 3)])
    return ground_mesh(np.stack([x, y, z], -1), faces, colors(x, y, z), roughness, part)


def ground_mesh(points: F64, faces: NDArray[np.int64], color: F64, roughness: float, part: str) -> Solid:
    v, f = points.astype(np.float32), faces.astype(np.uint32)
    n = len(v)
    return Solid(
        vertices=v,
        faces=f,
        normals=vertex_normals(v, f),
        color=np.clip(color, 0.004, 0.92).astype(np.float32),
        roughness=np.full(n, roughness, np.float32),
        metallic=np.zeros(n, np.float32),
        emission=np.zeros((n, 3), np.float32),
        part=part,
    )


def blend(a: ArrayLike, b: ArrayLike, t: F64) -> F64:
    """(N, 3): `a` where t is 0, `b` where it is 1."""
    w = np.clip(t, 0, 1)[:, None]
    return np.asarray(a, float) * (1 - w) + np.asarray(b, float) * w


def step(edge0: float, edge1: float, x: F64) -> F64:
    """Smooth step from 0 at edge0 to 1 at edge1."""
    t = np.clip((x - edge0) / (edge1 - edge0), 0, 1)
    return t * t * (3 - 2 * t)


def mottled(color: Color | F64, x: F64, y: F64, seed: int, amount: float = 0.2, size_m: float = 1.0) -> F64:
    """(N, 3) of a colour with soft lighter and darker patches of two sizes."""
    f = 1 + amount * (
        0.6 * fbm(x / size_m, y / size_m, seed, 3) + 0.4 * fbm(x / size_m / 9, y / size_m / 9, seed + 5, 3)
    )
    return np.asarray(color, float) * f[:, None]


def spread(
    rng: np.random.Generator,
    count: int,
    r0: float,
    r1: float,
    *,
    falloff: float = 1.0,
    keep_out: Callable[[F64, F64], NDArray[np.bool_]] | None = None,
) -> F64:
    """(N, 2) random points in the ring r0..r1 around the origin, at most `count`.

    `falloff` 0: even over the area; 1: as many in every metre of radius (denser near the origin); 2: denser still.
    """
    u = rng.random(count)
    if falloff == 2:
        r = r0 * (r1 / r0) ** u
    else:
        k = 2 - falloff
        r = (r0**k + u * (r1**k - r0**k)) ** (1 / k)
    a = rng.uniform(0, 2 * np.pi, count)
    x, y = r * np.cos(a), r * np.sin(a)
    if keep_out is None:
        return np.stack([x, y], -1)
    keep = ~keep_out(x, y)
    return np.stack([x[keep], y[keep]], -1)


def apart(points: F64, distance: float | Sequence[float]) -> NDArray[np.int64]:
    """Indices of points kept so that no two are nearer than `distance`; earlier points win."""
    kept: list[int] = []
    limit = np.broadcast_to(np.asarray(distance, float), (len(points),))
    for i, p in enumerate(points):
        if not kept or (np.hypot(*(points[kept] - p).T) > limit[i]).all():
            kept.append(i)
    return np.array(kept, int)


def on_ground(points: F64, heights: Heights, sink: float = 0.0) -> F64:
    """(N, 3) from (N, 2)."""
    return np.column_stack([points, heights(points[:, 0], points[:, 1]) - sink])


def patch_outline(radius: float, corners: int = 12) -> tuple[tuple[float, float], ...]:
    """A round floor around the origin, counter-clockwise."""
    a = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return tuple((float(radius * np.cos(t)), float(radius * np.sin(t))) for t in a)
