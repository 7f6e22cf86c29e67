"""Features of faces that are large enough to be read: lids, irises, brows, the nose's underside and the mouth.

Everything is found in the head's own directions, which the rest pose gives: a head that leans is drawn leaning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import F32
from maquette.generate.linework import B, Buffers, PartKinds
from maquette.generate.strokes import Stroke
from maquette.imaging.tone import luminance

HEAD_M = 0.23
LEAST_HEAD_PX = 26.0
"""Heads smaller than this in a picture 640 wide have no features worth drawing one by one."""

NOSE, MOUTH = (0.07, 0.010, 0.75, 0.05), (0.16, 0.012, 0.95, 0.14)
"""Reach to either side and width in heads, ink, and how sharp a crease is called one."""
FAINT, CLEAR = 0.55, 1.15
"""Of that sharpness: below the one there is no line, from the other on it is drawn in full."""


@dataclass(frozen=True, eq=False)
class Head:
    """One face on the fine grid, in heads from the middle of an eye."""

    owner: int
    size: float
    """Samples from chin to crown."""
    depth_m: float
    down: tuple[float, float]
    """Unit x, y in the picture from crown to chin."""

    def from_eye(self, x: F32, y: F32, eye: tuple[float, float]) -> tuple[F32, F32]:
        """Across and down from an eye, in heads."""
        dx, dy = x - eye[0], y - eye[1]
        return (dx * self.down[1] - dy * self.down[0]) / self.size, (dx * self.down[0] + dy * self.down[1]) / self.size


@dataclass(frozen=True, eq=False)
class Features:
    """What is drawn of all faces."""

    strokes: list[Stroke]
    ink: F32
    """(h, w) 0..1 on the fine grid: irises and open mouths."""
    bare: F32
    """(h, w) 0..1: the whites of eyes and teeth, where no tone goes."""
    faces: B
    """(h, w) True where no other lines go within a face."""


def features_of(passes: Passes, b: Buffers, kinds: PartKinds, scale: float) -> Features:
    """`scale`: pixels of this picture to one of a picture 640 wide."""
    shape = b.part.shape
    features = Features([], np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(shape, bool))
    eyeball = np.isin(b.part, _parts(kinds, "eye", "iris"))
    for owner in np.unique(kinds.object[b.part[eyeball]]).tolist():
        head = _head(passes, b, kinds, owner, eyeball)
        if head is not None and head.size >= LEAST_HEAD_PX * scale * b.fineness:
            _face(features, passes, b, kinds, head, eyeball & (kinds.object[b.part] == owner))
    return features


def _parts(kinds: PartKinds, *words: str) -> list[int]:
    return [i for i, n in enumerate(kinds.name) if kinds.cast[i] and n in words]


def _head(passes: Passes, b: Buffers, kinds: PartKinds, owner: int, eyeball: B) -> Head | None:
    mine = eyeball & (kinds.object[b.part] == owner)
    depth = float(np.median(b.depth[mine]))
    across = passes.camera.sensor_width_mm * passes.camera.squeeze
    size = HEAD_M * passes.camera.lens_mm / across * b.part.shape[1] / depth
    down = (0.0, 1.0)
    if passes.rest is not None:
        rows, columns = np.nonzero(mine)
        y, x, reach = float(rows.mean()) / b.fineness, float(columns.mean()) / b.fineness, 0.5 * size / b.fineness
        skin = np.isin(passes.part_id, [i for i in _parts(kinds, "skin") if kinds.object[i] == owner])
        y0, x0 = max(int(y - reach), 0), max(int(x - reach), 0)
        ys, xs = np.nonzero(skin[y0 : int(y + reach) + 1, x0 : int(x + reach) + 1])
        if len(ys) > 30:
            up = passes.rest[ys + y0, xs + x0, 2]
            a = np.stack([xs, ys, np.ones(len(xs))], axis=1)
            gx, gy, _ = np.linalg.lstsq(a, up.astype(np.float64), rcond=None)[0]
            steep = float(np.hypot(gx, gy))
            down = (-gx / steep, -gy / steep) if steep > 1e-6 else down
    return Head(owner, size, depth, down)


def _face(f: Features, passes: Passes, b: Buffers, kinds: PartKinds, head: Head, eyeball: B) -> None:
    label = np.zeros(eyeball.shape, np.int32)
    closed = ndimage.binary_closing(eyeball, iterations=max(1, round(0.012 * head.size)))
    count = int(ndimage.label(closed, output=label))  # pyright: ignore[reportArgumentType]
    skin = np.isin(b.part, [i for i in _parts(kinds, "skin") if kinds.object[i] == head.owner])
    eyes: list[tuple[float, float]] = []
    for i, box in enumerate(ndimage.find_objects(label)[:count], 1):
        rows, columns = np.nonzero(label[box] == i)
        if len(rows) < 3 * (0.012 * head.size) ** 2:
            continue
        eye = (float(columns.mean()) + box[1].start + 0.5, float(rows.mean()) + box[0].start + 0.5)
        eyes.append(eye)
        _eye(f, b, kinds, head, columns + box[1].start + 0.5, rows + box[0].start + 0.5, eye)
        _brow(f, b, head, skin, eye)
    if not eyes:
        return
    middle = (float(np.mean([e[0] for e in eyes])), float(np.mean([e[1] for e in eyes])))
    _lower_face(f, b, kinds, head, skin, middle)


def _window(head: Head, eye: tuple[float, float], shape: tuple[int, ...], reach: float) -> tuple[
    tuple[slice, slice], F32, F32
]:  # fmt: skip
    """A square of the picture around an eye, and its samples' places across and down."""
    r = reach * head.size
    y0, y1 = max(int(eye[1] - r), 0), min(int(eye[1] + r) + 2, shape[0])
    x0, x1 = max(int(eye[0] - r), 0), min(int(eye[0] + r) + 2, shape[1])
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32) + 0.5
    across, down = head.from_eye(x, y, eye)
    return (slice(y0, y1), slice(x0, x1)), across, down


def _drawn(f: Features, b: Buffers, head: Head, eye: tuple[float, float], across: F32, down: F32,
           width: F32, ink: float, smooth: float = 1.5) -> None:  # fmt: skip
    """Add a stroke through places across and down from an eye; widths in heads."""
    if len(across) < 3:
        return
    across, down, width = (
        np.asarray(ndimage.gaussian_filter1d(v, smooth, mode="nearest"), np.float64) for v in (across, down, width)
    )
    x = eye[0] + (across * head.down[1] + down * head.down[0]) * head.size
    y = eye[1] + (-across * head.down[0] + down * head.down[1]) * head.size
    points = np.stack([x, y], axis=1) / b.fineness
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    at = np.linspace(0, along[-1], max(4, round(along[-1] / 1.2)))
    xy = np.stack([np.interp(at, along, points[:, k]) for k in (0, 1)], axis=1)
    px = np.maximum(np.interp(at, along, width) * head.size / b.fineness, 0.5)
    f.strokes.append(
        Stroke(xy.astype(np.float32), px.astype(np.float32), np.full(len(at), ink, np.float32), head.depth_m, 0.8)
    )


def _eye(f: Features, b: Buffers, kinds: PartKinds, head: Head, x: F32, y: F32, eye: tuple[float, float]) -> None:
    """The opening between the lids: a bold upper lid, a thin lower one, a dark iris with a light in it."""
    across, down = head.from_eye(x, y, eye)
    f.bare[(y - 0.5).astype(int), (x - 0.5).astype(int)] = 1
    bins = np.round(across * head.size).astype(int)
    places = np.unique(bins)
    upper = np.array([down[bins == p].min() for p in places])
    lower = np.array([down[bins == p].max() for p in places])
    t = np.linspace(0, 1, len(places))
    full = np.sin(np.pi * np.clip(t * 0.86 + 0.07, 0, 1))
    smooth = max(1.0, 0.012 * head.size)
    at = places / head.size
    _drawn(f, b, head, eye, at, upper - 0.004, 0.006 + 0.012 * full, 1.0, smooth)
    inner = slice(len(t) // 5, len(t) - len(t) // 5)
    _drawn(f, b, head, eye, at[inner], lower[inner] + 0.004, np.full(len(at[inner]), 0.004), 0.62, smooth)
    iris = np.isin(b.part[(y - 0.5).astype(int), (x - 0.5).astype(int)], _parts(kinds, "iris"))
    if iris.sum() < 3:
        return
    ia, idn = across[iris], down[iris]
    # The iris is a disc that the lids cut: its width is seen, its height is not.
    radius = max(float(np.ptp(ia)) / 2, 0.012)
    centre = (float(ia.min() + ia.max()) / 2, float(idn.mean()))
    window, a, d = _window(head, eye, b.part.shape, 0.12)
    off = np.hypot(a - centre[0], d - centre[1])
    sample = 1 / head.size
    disc = np.clip((radius - off) / sample + 0.5, 0, 1)
    pupil = np.clip((0.52 * radius - off) / sample + 0.5, 0, 1)
    from_light = np.hypot(a - centre[0] + 0.35 * radius, d - centre[1] + 0.4 * radius)
    light = np.clip((0.30 * radius - from_light) / sample + 0.5, 0, 1)
    dark = float(
        np.clip(1 - 6 * luminance(b.albedo[(y - 0.5).astype(int), (x - 0.5).astype(int)][iris]).mean(), 0.45, 0.9)
    )
    open_ = np.zeros(b.part.shape, bool)
    open_[(y - 0.5).astype(int), (x - 0.5).astype(int)] = True
    rim = np.clip(1 - np.abs(off - radius) / max(0.006, sample), 0, 1) * 0.9
    ink = np.maximum(np.maximum(disc * dark, rim), pupil) * (1 - light) * open_[window]
    np.maximum(f.ink[window], ink, out=f.ink[window])


def _brow(f: Features, b: Buffers, head: Head, skin: B, eye: tuple[float, float]) -> None:
    """One tapered stroke where brows are painted, however pale they are: expressions are read from it."""
    window, across, down = _window(head, eye, b.part.shape, 0.24)
    area = skin[window] & (np.abs(across) < 0.17) & (down > -0.2) & (down < -0.035)
    if area.sum() < 12:
        return
    light = luminance(b.albedo[window])
    color = b.albedo[window]
    warmth = (color[..., 0] - color[..., 2]) / np.maximum(color[..., 0] + color[..., 2], 1e-3)
    base, warm = float(np.quantile(light[area], 0.7)), float(np.quantile(warmth[area], 0.7))
    differs = np.abs(light - base) / max(base, 1e-3) + 0.8 * np.abs(warmth - warm) / max(warm, 0.1)
    differs = ndimage.gaussian_filter(np.where(area, differs, 0).astype(np.float32), 0.006 * head.size)
    top = float(differs.max())
    if top < 0.12:
        return
    mask = (differs > 0.5 * top) & area
    label = np.zeros(mask.shape, np.int32)
    ndimage.label(mask, output=label)
    sizes = np.bincount(label.reshape(-1))
    sizes[0] = 0
    mask = label == int(sizes.argmax())
    a, d, w = across[mask], down[mask], differs[mask]
    bins = np.round(a * head.size).astype(int)
    places = np.unique(bins)
    if len(places) < 0.04 * head.size:
        return
    centre = np.array([np.average(d[bins == p], weights=w[bins == p]) for p in places])
    thick = np.array([np.ptp(d[bins == p]) + 1 / head.size for p in places])
    t = np.linspace(0, 1, len(places))
    width = np.clip(0.75 * thick, 0.010, 0.026) * (0.45 + 0.55 * np.sin(np.pi * t) ** 0.6)
    _drawn(f, b, head, eye, places / head.size, centre, width, 0.9 if base > 0 else 0.6, max(1.5, 0.02 * head.size))


def _lower_face(f: Features, b: Buffers, kinds: PartKinds, head: Head, skin: B, middle: tuple[float, float]) -> None:
    window, across, down = _window(head, middle, b.part.shape, 0.62)
    mine = kinds.object[b.part[window]] == head.owner
    face = skin[window] & (np.abs(across) < 0.26) & (down > -0.22) & (down < 0.46)
    f.faces[window] |= face
    within = [p for p in _parts(kinds, "mouth", "teeth", "tongue") if kinds.object[p] == head.owner]
    inside = np.isin(b.part[window], within) & (down > 0.1)
    opened = inside.sum() > (0.03 * head.size) ** 2
    if opened:
        _open_mouth(f, b, kinds, head, middle, window, across, down, inside)
    crease = _crease(b, head, window, skin[window] | inside)
    nose = mine & (np.abs(across) < 0.17) & (down > 0.09) & (down < 0.225)
    found = _along_crease(f, b, head, middle, crease * nose * _near(down, 0.165, 0.05), across, down, NOSE)
    if not opened:
        top = max(0.215, (found or 0.0) + 0.055)
        mouth = mine & (np.abs(across) < 0.26) & (down > top) & (down < 0.38)
        _along_crease(f, b, head, middle, crease * mouth * _near(down, 0.285, 0.07), across, down, MOUTH)


def _near(down: F32, wanted: float, spread: float) -> F32:
    """1 where a feature is expected, less above and below."""
    return np.exp(-0.5 * ((down - wanted) / spread) ** 2)


def _crease(b: Buffers, head: Head, window: tuple[slice, slice], solid: B) -> F32:
    """How sharply the surface turns from facing the chin to facing the crown, going down: lips meet, a nose ends."""
    normal = b.normal[window]
    # The head's own up in the world is not known; the world's is close enough for heads that are held up.
    rise = np.where(solid, normal[..., 2], 0).astype(np.float32)
    sigma = max(0.8, 0.008 * head.size)
    gy, gx = np.gradient(ndimage.gaussian_filter(rise, sigma))
    hurt = ndimage.gaussian_filter((~solid).astype(np.float32), sigma) > 0.02
    turn = (gx * head.down[0] + gy * head.down[1]) * 0.02 * head.size
    return np.where(hurt, 0, np.maximum(turn, 0)).astype(np.float32)


def _along_crease(f: Features, b: Buffers, head: Head, eye: tuple[float, float], crease: F32, across: F32, down: F32,
                  how: tuple[float, float, float, float]) -> float | None:  # fmt: skip
    """A stroke along the crease, from where it is strongest to both sides as far as it goes; how far down it is."""
    aside, width, ink, least = how
    # Faint creases have faint lines: as a face turns, its nose fades in and out and does not pop.
    clear = float(np.clip((crease.max() / least - FAINT) / (CLEAR - FAINT), 0, 1))
    if clear == 0:
        return None
    bins = np.round(across * head.size).astype(int)
    low = int(bins.min())
    count = int(bins.max()) - low + 1
    order = np.lexsort((-crease.reshape(-1), bins.reshape(-1)))
    sorted_bins = bins.reshape(-1)[order]
    first = order[np.searchsorted(sorted_bins, np.arange(low, low + count))]
    strength, place = crease.reshape(-1)[first], down.reshape(-1)[first]
    start = int(strength.argmax())
    ends: list[int] = []
    for step in (-1, 1):
        i = start
        while (
            0 <= i + step < count
            and strength[i + step] > 0.3 * strength[start]
            and abs(place[i + step] - place[i]) < 2.2 / head.size
            and abs(i + step - start) < 1.3 * aside * head.size
        ):
            i += step
        ends.append(i)
    a, z = ends
    if z - a < 0.05 * head.size:
        return None
    t = np.linspace(0, 1, z - a + 1)
    at = np.arange(a + low, z + low + 1) / head.size
    taper = 0.4 + 0.6 * np.sin(np.pi * t) ** 0.7
    _drawn(f, b, head, eye, at, place[a : z + 1], width * taper * (0.5 + 0.5 * clear), ink * clear,
           max(1.5, 0.012 * head.size))  # fmt: skip
    return float(place[start])


def _open_mouth(f: Features, b: Buffers, kinds: PartKinds, head: Head, eye: tuple[float, float],
                window: tuple[slice, slice], across: F32, down: F32, inside: B) -> None:  # fmt: skip
    """Dark within, teeth white, the tongue grey, between the lines of the lips."""
    part = b.part[window]
    bitten = inside & np.isin(part, _parts(kinds, "teeth"))
    teeth: B = np.asarray(ndimage.binary_opening(bitten, iterations=max(1, round(0.006 * head.size))), bool)
    ink = np.where(inside, 0.78, 0).astype(np.float32)
    ink[inside & np.isin(part, _parts(kinds, "tongue"))] = 0.5
    ink[teeth] = 0.06
    f.bare[window][teeth] = 1
    np.maximum(f.ink[window], ndimage.gaussian_filter(ink, 0.6), out=f.ink[window])
    a, d = across[inside], down[inside]
    bins = np.round(a * head.size).astype(int)
    places = np.unique(bins)
    upper = np.array([d[bins == p].min() for p in places])
    lower = np.array([d[bins == p].max() for p in places])
    full = np.sin(np.pi * np.linspace(0.05, 0.95, len(places)))
    smooth = max(1.5, 0.014 * head.size)
    _drawn(f, b, head, eye, places / head.size, upper - 0.004, 0.006 + 0.008 * full, 0.95, smooth)
    _drawn(f, b, head, eye, places / head.size, lower + 0.004, 0.004 + 0.005 * full, 0.8, smooth)
    lip = slice(len(places) // 4, len(places) - len(places) // 4)
    _drawn(f, b, head, eye, places[lip] / head.size, lower[lip] + 0.05, np.full(len(places[lip]), 0.004), 0.5, smooth)
