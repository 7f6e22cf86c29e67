"""Frames and paintovers that nothing has to be rendered for: boxes and discs before a wall, painted in four manners."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from scipy.ndimage import gaussian_filter, map_coordinates

from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera

U8 = NDArray[np.uint8]
SIZE = (320, 180)


def frame(seed: int, size: tuple[int, int] = SIZE) -> U8:
    """(H, W, 3) a picture with a dozen things in it; another seed, another shot."""
    rng = np.random.default_rng(seed)
    up = 2
    image = Image.new("RGB", (size[0] * up, size[1] * up), tuple(int(v) for v in rng.integers(60, 200, 3)))
    draw = ImageDraw.Draw(image)
    for i in range(14):
        colour = tuple(int(v) for v in rng.integers(20, 235, 3))
        x, y = rng.integers(0, image.width), rng.integers(0, image.height)
        w, h = rng.integers(30, 190), rng.integers(30, 150)
        shape = draw.ellipse if i % 2 else draw.rectangle
        shape((int(x - w / 2), int(y - h / 2), int(x + w / 2), int(y + h / 2)), fill=colour)
    small = np.asarray(image.resize(size, Image.Resampling.BOX)).astype(np.float32)
    ramp = np.linspace(0.8, 1.1, size[0], dtype=np.float32)[None, :, None]
    return np.clip(small * ramp, 0, 255).astype(np.uint8)


def painted(picture: U8, manner: str = "oil", seed: int = 1) -> U8:
    """The picture as a loose hand paints it."""
    if manner == "ink":
        return _wobbled(_ink(picture), 0.8, seed)
    if manner == "poster":
        return np.clip((picture[..., ::-1] // 64) * 64.0 * 0.9 + 32, 0, 255).astype(np.uint8)
    rng = np.random.default_rng(seed)
    soft = Image.fromarray(picture).filter(ImageFilter.ModeFilter(5 if manner == "oil" else 3))
    loose = _wobbled(np.asarray(soft), 0.8, seed).astype(np.float32)
    grain = gaussian_filter(rng.standard_normal(picture.shape[:2]), (1, 4)) * 60
    return np.clip(loose * [1.1, 1.0, 0.8] + grain[..., None], 0, 255).astype(np.uint8)


def _ink(picture: U8) -> U8:
    grey = gaussian_filter(picture.astype(np.float32).mean(-1) / 255, 1)
    gy, gx = np.gradient(grey)
    edge = np.hypot(gx, gy)
    y, x = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    hatch = ((x + y) % 7 < 2) & (grey < 0.35)
    return np.where((edge > np.percentile(edge, 90)) | hatch, 20, 245)[..., None].repeat(3, -1).astype(np.uint8)


def _wobbled(picture: U8, px: float, seed: int) -> U8:
    rng = np.random.default_rng(seed)
    shifts = [gaussian_filter(rng.standard_normal(picture.shape[:2]), 18) for _ in range(2)]
    shifts = [s - s.mean() for s in shifts]
    y, x = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]].astype(np.float64)
    at = (y + shifts[0] / shifts[0].std() * px, x + shifts[1] / shifts[1].std() * px)
    planes = [map_coordinates(picture[..., c].astype(np.float32), at, order=1, mode="nearest") for c in range(3)]
    return np.stack(planes, -1).astype(np.uint8)


def file_of(pixels: U8, kind: str = "PNG", mode: str | None = None) -> bytes:
    """The bytes of a picture file."""
    image = Image.fromarray(pixels)
    buffer = io.BytesIO()
    (image.convert(mode) if mode else image).save(buffer, kind)
    return buffer.getvalue()


def passes(width: int = 96, height: int = 54) -> tuple[Passes, U8]:
    """Passes of a floor, a cup and a person of two parts under a sky, and a picture that is lit from the left."""
    ids = np.zeros((height, width), np.uint16)
    parts = np.zeros((height, width), np.uint16)
    ids[height // 2 :], parts[height // 2 :] = 1, 1
    ids[30:40, 10:25], parts[30:40, 10:25] = 2, 2
    ids[8:50, 50:66], parts[8:50, 50:66] = 3, 4
    parts[8:18, 50:66] = 3
    colours = np.array([[0, 0, 0], [0.5, 0.4, 0.3], [0.8, 0.1, 0.1], [0.6, 0.4, 0.3], [0.1, 0.2, 0.5]], np.float32)
    albedo = colours[parts]
    x = np.arange(width, dtype=np.float32)[None, :, None] / width
    picture = np.clip(albedo * 255 * (1.3 - x) + 30 * x, 0, 255).astype(np.uint8)
    picture[ids == 0] = (120, 150, 190)
    normal = np.zeros((height, width, 3), np.float32)
    normal[ids > 0] = (0.0, -1.0, 0.0)
    made = Passes(
        beauty=albedo, albedo=albedo, normal=normal, depth=np.where(ids > 0, 3, np.inf).astype(np.float32),
        position=np.zeros((height, width, 3), np.float32), object_id=ids, part_id=parts,
        object_names=("", "set/floor", "prop/cup", "cast/妈妈"),
        part_names=("", "set/floor:floor", "prop/cup:cup", "cast/妈妈:skin", "cast/妈妈:shoe_left"),
        camera=PlacedCamera(position=(0.0, -5.0, 1.5), look_at=(0.0, 0.0, 1.5)),
        extra={"fine_depth": np.ones((height * 2, width * 2), np.float32)},
    )  # fmt: skip
    return made, picture
