"""Makes every picture of README.md and docs/ anew, by calls of the public API: `make pictures`.

    .venv/bin/python tools/pictures.py [--only NAME] [--out FOLDER]

The examples are drawn in a fresh temporary production, so that what is shown is what this checkout makes.
"""

from __future__ import annotations

import argparse
import colorsys
import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import house_pictures
import look_pictures
import motion_pictures
import numpy as np
import style_pictures
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import maquette
from maquette.deliver.contact_sheet import FONT
from maquette.film.passes import Passes
from maquette.film.request import FrameSettings
from maquette.film.style import PanelStyle
from maquette.imaging.png import decode_png
from maquette.pipeline import Production
from maquette.studio import Drawn

HERE = Path(__file__).resolve().parent.parent
PICTURES = HERE / "docs" / "pictures"
EXAMPLES = HERE / "examples"
LARGEST_BYTES, LARGEST_CLIP_BYTES = 200_000, 185_000
WORST_QUALITY, BEST_QUALITY = 24, 88
"""Of WebP."""
CLIP_FPS = 12
INK, PAPER, GREY = (27, 28, 30), (250, 249, 246), (104, 107, 112)

BOARD_SHOTS = "2,2F,3C,6A,10"
"""Of the long example: one page with asked and proposed shots, inside and outside, and a move with its two frames."""
STYLES_SHOT = "2F"
STROKES_SHOT = "2F"
STYLES = [s for s in PanelStyle if s is not PanelStyle.HOUSE]
REFERENCE_SHOTS = ("2F", "4C", "10")
IDENTITY_SHOTS = ("1A", "2E", "7", "9C")
"""One character in four scenes."""
PASSES_SHOT = "2F"
LIGHTING_SHOT, MOOD_SHOT, ANGLE_SHOT = "2E", "5A", "4C"
PLOT_SCENE = "5"
EDIT_SHOT, EDIT_STYLE, EDIT = "2E", "watercolour", ("yellow oilskin coat", "red oilskin coat")
HOUSE_SEQUENCE, HOUSE_WIDTH = "the-bee-lesson", 1440

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Tile:
    """One picture of a combined one."""

    label: str
    detail: str
    pixels: Pixels


class Workshop:
    """A fresh production of the long example, and where pictures go."""

    def __init__(self, work: Path, out: Path) -> None:
        self.work, self.out = work, out

    @cached_property
    def ferry(self) -> Production:
        root = self.work / "demo" / "production"
        return maquette.open(root) if root.exists() else maquette.new(root, script=EXAMPLES / "the-last-ferry.fountain")

    def draw(self, number: str, style: PanelStyle = PanelStyle.PHOTO, width: int = 640) -> Drawn:
        """The first moment of a shot with all its passes."""
        shot = next((s for s in self.ferry.shots if s.number == number), None)
        if shot is None:
            sys.exit(f"The long example has no shot {number}: change the numbers at the top of tools/pictures.py.")
        frame = FrameSettings(width=width, height=width * 9 // 16, style=style)
        request = self.ferry.request(self.ferry.screenplay, shot, frame, Fraction(0))
        return self.ferry.studio.draw(request)

    def directed(self, number: str, *settings: str) -> Drawn:
        """A shot with controls tried out on it."""
        direction = self.ferry.direction
        shot = direction.shot(number)
        directed = direction.directed(shot, direction.with_settings(shot, settings))
        return self.ferry.studio.draw(
            self.ferry.request_as(directed, self.ferry.screenplay, FrameSettings(width=640, height=360))
        )


# --- the pictures ---------------------------------------------------------------------------------------------


def board(shop: Workshop) -> Image.Image:
    """Page 1 of a board as the PDF has it."""
    result = shop.ferry.board(BOARD_SHOTS, layout="3x2", out=shop.work / "board")
    return page_of(result.pdf, width=1600)


def styles(shop: Workshop) -> Image.Image:
    """One shot in every style that needs no training."""
    return sheet([Tile(s.value, "", shop.draw(STYLES_SHOT, s).pixels) for s in STYLES], columns=3, tile_width=560)


def strokes(shop: Workshop) -> Image.Image:
    """A face in every medium, enlarged."""
    tiles: list[Tile] = []
    for style in STYLES:
        drawn = shop.draw(STROKES_SHOT, style)
        window = style_pictures.around_head(drawn.passes)
        tiles.append(Tile(style.value, "", style_pictures.enlarged(drawn.pixels[window])))
    return sheet(tiles, columns=3, tile_width=400)


def looks(shop: Workshop) -> Image.Image:
    """One shot in six looks."""
    tiles = look_pictures.six_looks(shop.draw(STYLES_SHOT).pixels)
    return sheet([Tile(*tile) for tile in tiles], columns=3, tile_width=520)


def references(shop: Workshop) -> Image.Image:
    """References, and three shots in the looks fitted to them."""
    tiles = look_pictures.from_references([shop.draw(n).pixels for n in REFERENCE_SHOTS])
    return sheet([Tile(*tile) for tile in tiles], columns=4, tile_width=380)


def contact(shop: Workshop) -> Image.Image:
    """The contact sheet of `make demo`."""
    command = [sys.executable, "-m", "maquette.cli.main", "demo", "--out", str(shop.work / "demo")]
    subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    return Image.open(shop.work / "demo" / "contact-sheet.jpg").convert("RGB")


def identity(shop: Workshop) -> Image.Image:
    """One character in four scenes."""
    shots = {s.number: s for s in shop.ferry.shots}
    scenes = {s.id: s for s in shop.ferry.screenplay.scenes}
    tiles = [
        Tile(n, scenes[shots[n].scene_id].heading.text, shop.draw(n).pixels) for n in IDENTITY_SHOTS
    ]  # fmt: skip
    return sheet(tiles, columns=2, tile_width=640)


def passes(shop: Workshop) -> Image.Image:
    """What the renderer gives back for one panel, made visible."""
    drawn = shop.draw(PASSES_SHOT)
    p = drawn.passes
    tiles = [
        Tile("beauty", "graded as a photo", drawn.pixels),
        Tile("albedo", "colour without light", encoded(p.albedo)),
        Tile("normal", "world space, -1..1 as 0..1", normals_as_colour(p)),
        Tile("depth", "near is bright", depth_as_grey(p)),
        Tile("object ids", f"{len(np.unique(p.object_id))} objects, false colours", ids_as_colour(p.object_id)),
        Tile("part ids", f"{len(np.unique(p.part_id))} parts: skin, hair, shirt ...", ids_as_colour(p.part_id)),
    ]
    return sheet(tiles, columns=3, tile_width=520)


def lightings(shop: Workshop) -> Image.Image:
    """One shot under six lightings."""
    tiles = [
        Tile(name, "", shop.directed(LIGHTING_SHOT, f"lighting={name}").pixels)
        for name in ("high-key", "butterfly", "rembrandt", "split", "low-key", "silhouette")
    ]
    return sheet(tiles, columns=3, tile_width=520)


def moods(shop: Workshop) -> Image.Image:
    """One shot under six moods."""
    names = ("tender", "lonely", "dread", "clinical", "nostalgic", "joyful")
    tiles = [Tile(name, "", shop.directed(MOOD_SHOT, f"mood={name}").pixels) for name in names]
    return sheet(tiles, columns=3, tile_width=520)


def angles(shop: Workshop) -> Image.Image:
    """One shot from six angles."""
    ways = {
        "eye level": (), "low angle": ("angle=low angle",), "high angle": ("angle=high angle",),
        "bird's eye": ("angle=bird's eye",), "profile": ("azimuth=90",), "Dutch, 14 degrees": ("roll=14", "pitch=12"),
    }  # fmt: skip
    tiles = [Tile(name, "", shop.directed(ANGLE_SHOT, *settings).pixels) for name, settings in ways.items()]
    return sheet(tiles, columns=3, tile_width=520)


def plot(shop: Workshop) -> Image.Image:
    """The lighting plot of a night interior as its PDF has it."""
    from maquette.pipeline.plot import plot as lighting_plot

    return page_of(lighting_plot(shop.ferry, PLOT_SCENE, out=shop.work / "plot").pdf, width=1400)


def take(shop: Workshop) -> list[Image.Image]:
    """A clip of a take."""
    return motion_pictures.clip(shop.work)


def drawn_take(shop: Workshop) -> list[Image.Image]:
    """A clip of the same shot in a drawn medium."""
    return motion_pictures.drawn(shop.work)


def vectors(shop: Workshop) -> Image.Image:
    """Frames of that take with their motion vectors."""
    return motion_pictures.vectors(shop.work)


def edit(shop: Workshop) -> Image.Image:
    """A panel, the same after another draft with `board --keep`, and which of its pixels are others now."""
    script = EXAMPLES / "the-last-ferry.fountain"
    revised = shop.work / "revised.fountain"
    revised.write_text(script.read_text(encoding="utf-8").replace(*EDIT), encoding="utf-8")
    with maquette.new(shop.work / "edited", script=script) as film:

        def panel(keep: bool) -> Pixels:
            drawn = film.board(EDIT_SHOT, style=EDIT_STYLE, keep=keep, out=shop.work / "edited-board")
            return decode_png(drawn.panels[0][0].path.read_bytes())

        before = panel(False)
        film.update(revised)
        after = panel(True)
    changed = (before != after).any(axis=-1)
    shown = np.where(changed[..., None], INK, 255 - (255 - after) // 5).astype(np.uint8)
    tiles = [
        Tile("first draft", EDIT[0], before),
        Tile("next draft, board --keep", EDIT[1], after),
        Tile("pixels that changed", f"{changed.mean():.0%}", shown),
    ]
    return sheet(tiles, columns=3, tile_width=420)


def house(shop: Workshop) -> Image.Image:
    """Key paintings beside what the house model makes of other shots. It is trained for this: a quarter of an hour for
    the two styles, unless the benchmark has kept its weights."""
    options = ["--sequences", HOUSE_SEQUENCE, "--styles", "oil,ink", "--minutes", "8"]
    subprocess.run([sys.executable, "bench/looks.py", *options], cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    page = Image.open(HERE / ".bench" / "looks" / f"{HOUSE_SEQUENCE}.png").convert("RGB")
    return page.resize((HOUSE_WIDTH, page.height * HOUSE_WIDTH // page.width), Image.Resampling.LANCZOS)


def house_take(shop: Workshop) -> list[Image.Image]:
    """A clip of a shot that no key shows, as previs and by the house model, which is trained for it: ten minutes."""
    return house_pictures.clip(shop.work)


Picture = Image.Image | list[Image.Image]
MAKERS: dict[str, Callable[[Workshop], Picture]] = {
    "contact-sheet": contact,
    "board": board,
    "styles": styles,
    "strokes": strokes,
    "looks": looks,
    "references": references,
    "identity": identity,
    "passes": passes,
    "lightings": lightings,
    "moods": moods,
    "angles": angles,
    "plot": plot,
    "take": take,
    "drawn-take": drawn_take,
    "vectors": vectors,
    "edit": edit,
    "house": house,
    "house-take": house_take,
}
"""File name without suffix -> what makes it; a list becomes a clip of `CLIP_FPS` frames a second."""


# --- passes made visible --------------------------------------------------------------------------------------


def encoded(linear: NDArray[np.float32]) -> Pixels:
    """Linear 0..1 as sRGB codes (IEC 61966-2-1)."""
    value = np.clip(linear, 0, 1)
    code = np.where(value <= 0.0031308, value * 12.92, 1.055 * value ** (1 / 2.4) - 0.055)
    return np.round(code * 255).astype(np.uint8)


def normals_as_colour(p: Passes) -> Pixels:
    hit = np.isfinite(p.depth)[..., None]
    return np.where(hit, np.round((p.normal * 0.5 + 0.5) * 255), 0).astype(np.uint8)


def depth_as_grey(p: Passes) -> Pixels:
    """Near white to far black, by the logarithm between the 1st and 99th percentile of what was hit."""
    hit = np.isfinite(p.depth)
    logarithm = np.log(np.where(hit, np.maximum(p.depth, 1e-3), 1.0))
    near, far = np.percentile(logarithm[hit], (1, 99))
    grey = np.where(hit, 1 - np.clip((logarithm - near) / max(far - near, 1e-6), 0, 1) * 0.92, 0)
    return np.repeat(np.round(grey * 255).astype(np.uint8)[..., None], 3, axis=2)


def ids_as_colour(ids: NDArray[np.uint16]) -> Pixels:
    """Neighbouring numbers far apart in hue: golden-ratio steps; 0 (the sky) is black."""
    table = np.zeros((int(ids.max()) + 1, 3), np.uint8)
    for i in range(1, len(table)):
        rgb = colorsys.hls_to_rgb(i * 0.61803 % 1.0, 0.42 + 0.2 * (i % 3) / 2, 0.62)
        table[i] = [round(c * 255) for c in rgb]
    return table[ids]


# --- paper ----------------------------------------------------------------------------------------------------


def sheet(tiles: Sequence[Tile], columns: int, tile_width: int) -> Image.Image:
    """Labelled tiles in reading order on paper white."""
    gap, label = 16, 34
    font = ImageFont.truetype(str(FONT), 20)
    height = tile_width * tiles[0].pixels.shape[0] // tiles[0].pixels.shape[1]
    rows = -(-len(tiles) // columns)
    paper = Image.new("RGB", (gap + columns * (tile_width + gap), gap + rows * (height + label + gap)), PAPER)
    draw = ImageDraw.Draw(paper)
    for i, tile in enumerate(tiles):
        x, y = gap + i % columns * (tile_width + gap), gap + i // columns * (height + label + gap)
        picture = Image.fromarray(tile.pixels).resize((tile_width, height), Image.Resampling.LANCZOS)
        paper.paste(picture, (x, y))
        draw.rectangle((x - 1, y - 1, x + tile_width, y + height), outline=INK)
        draw.text((x, y + height + 6), tile.label, fill=INK, font=font)
        draw.text((x + draw.textlength(tile.label, font=font) + 10, y + height + 6), tile.detail, fill=GREY, font=font)
    return paper


def page_of(pdf: Path, width: int) -> Image.Image:
    """The first page as a picture, by poppler's pdftoppm, else by pypdfium2."""
    if shutil.which("pdftoppm"):
        command = [
            "pdftoppm",
            "-png",
            "-singlefile",
            "-f",
            "1",
            "-scale-to-x",
            str(width),
            "-scale-to-y",
            "-1",
            str(pdf),
        ]
        done = subprocess.run(command, check=True, capture_output=True)
        return Image.open(io.BytesIO(done.stdout)).convert("RGB")
    try:
        import pypdfium2
    except ImportError:
        sys.exit(
            "Pages need poppler-utils (apt-get install poppler-utils) or: .venv/bin/python -m pip install '.[dev]'"
        )
    page = pypdfium2.PdfDocument(pdf)[0]
    return page.render(scale=width / page.get_width()).to_pil().convert("RGB")


def save(picture: Picture, path: Path) -> int:
    """WebP at the best quality that stays under its limit. Returns the size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first, *more = picture if isinstance(picture, list) else [picture]
    moving = {"save_all": True, "append_images": more, "duration": 1000 // CLIP_FPS, "loop": 0} if more else {}
    limit = LARGEST_CLIP_BYTES if more else LARGEST_BYTES

    def encoded_at(quality: int) -> bytes:
        data = io.BytesIO()
        first.save(data, "WEBP", quality=quality, method=6, **moving)
        return data.getvalue()

    best, low, high = b"", WORST_QUALITY, BEST_QUALITY
    while low <= high:
        quality = (low + high + 1) // 2
        data = encoded_at(quality)
        best, low, high = (data, quality + 1, high) if len(data) <= limit else (best, low, quality - 1)
    if not best:
        sys.exit(f"{path.name} does not fit into {limit} bytes: make it smaller.")
    path.write_bytes(best)
    return len(best)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the pictures of README.md and docs/.")
    parser.add_argument("--only", metavar="NAME", choices=list(MAKERS), help=f"one of: {', '.join(MAKERS)}")
    parser.add_argument("--out", type=Path, default=PICTURES, help="folder of the pictures (docs/pictures)")
    arguments = parser.parse_args()
    names = [arguments.only] if arguments.only else list(MAKERS)
    with tempfile.TemporaryDirectory(prefix="maquette-pictures-") as work:
        shop = Workshop(Path(work), arguments.out)
        for i, name in enumerate(names, start=1):
            print(f"[{i}/{len(names)}] {name} ...", end=" ", flush=True)
            started = time.monotonic()
            picture = MAKERS[name](shop)
            size = save(picture, arguments.out / f"{name}.webp")
            shown = picture[0] if isinstance(picture, list) else picture
            took = time.monotonic() - started
            print(f"{shown.width}x{shown.height}, {size // 1000} kB, {took:.0f} s", flush=True)


if __name__ == "__main__":
    main()
