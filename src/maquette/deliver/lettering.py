"""Words in pictures: the shipped fonts, and the system's Noto fonts for scripts that those lack."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).with_name("fonts")
BOLD, REGULAR, ITALIC, TYPEWRITER = (
    "Inter-SemiBold.otf", "Inter-Regular.otf", "Inter-Italic.otf", "CourierPrime-Regular.otf",
)  # fmt: skip

_OTHER_SCRIPTS: tuple[tuple[tuple[int, int], tuple[str, ...]], ...] = (
    ((0x0590, 0x05FF), ("NotoSansHebrew-Bold.ttf", "NotoSansHebrew-Regular.ttf")),
    ((0x0600, 0x08FF), ("NotoSansArabic-Bold.ttf", "NotoSansArabic-Regular.ttf")),
    ((0x0900, 0x097F), ("NotoSansDevanagari-Bold.ttf", "NotoSansDevanagari-Regular.ttf")),
    ((0x0980, 0x09FF), ("NotoSansBengali-Bold.ttf", "NotoSansBengali-Regular.ttf")),
    ((0x0B80, 0x0BFF), ("NotoSansTamil-Bold.ttf", "NotoSansTamil-Regular.ttf")),
    ((0x0C00, 0x0C7F), ("NotoSansTelugu-Bold.ttf", "NotoSansTelugu-Regular.ttf")),
    ((0x0E00, 0x0E7F), ("NotoSansThai-Bold.ttf", "NotoSansThai-Regular.ttf")),
    ((0x10A0, 0x10FF), ("NotoSansGeorgian-Bold.ttf", "NotoSansGeorgian-Regular.ttf")),
    ((0x0530, 0x058F), ("NotoSansArmenian-Bold.ttf", "NotoSansArmenian-Regular.ttf")),
    ((0x1100, 0xFFEF), ("NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "NotoSansCJKjp-Regular.otf")),
)
_EVERYTHING_ELSE = ("NotoSans-Bold.ttf", "NotoSans-Regular.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans.ttf")


@lru_cache(maxsize=64)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A shipped font at a size in pixels."""
    return ImageFont.truetype(str(FONTS / name), size)


@dataclass(frozen=True)
class Line:
    """Runs of text, each with the font that has its signs."""

    runs: tuple[tuple[str, ImageFont.FreeTypeFont], ...]

    @property
    def width(self) -> float:
        """Pixels."""
        return sum(f.getlength(text) for text, f in self.runs)

    def draw(self, draw: ImageDraw.ImageDraw, x: float, baseline: float, fill: object, **more: object) -> float:
        """Write it from `x` on; returns where it ends. more: Pillow's stroke_width, stroke_fill."""
        for text, f in self.runs:
            draw.text((x, baseline), text, font=f, fill=fill, anchor="ls", **more)  # type: ignore[arg-type]
            x += f.getlength(text)
        return x


def line(text: str, name: str, size: int) -> Line:
    """A line set in a shipped font, with other fonts where it lacks signs. Control signs become spaces."""
    own = font(name, size)
    runs: list[tuple[str, ImageFont.FreeTypeFont]] = []
    for sign in "".join(c if c.isprintable() else " " for c in text):
        f = runs[-1][1] if runs and sign.isspace() else _font_for(sign, name, size) or own
        if runs and runs[-1][1] is f:
            runs[-1] = (runs[-1][0] + sign, f)
        else:
            runs.append((sign, f))
    return Line(tuple(runs))


def wrapped(text: str, name: str, size: int, width: float, first_indent: float = 0.0) -> list[str]:
    """The text in lines of at most `width` pixels; a word that is wider, or signs without spaces, break anywhere."""
    lines, room = [""], width - first_indent
    for word in _pieces(text):
        grown = lines[-1] + word
        if line(grown.rstrip(), name, size).width <= room:
            lines[-1] = grown
            continue
        if lines[-1].strip():
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            room = width
        for part in _broken(word, name, size, room):
            if lines[-1]:
                lines.append("")
            lines[-1] = part
    return [text.strip() for text in lines if text.strip()]


def shortened(text: str, name: str, size: int, width: float) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if line(text, name, size).width <= width:
        return text
    while text and line(text + "…", name, size).width > width:
        text = text[:-1]
    return text.rstrip(" ,;:.-–—") + "…"


def _pieces(text: str) -> Iterator[str]:
    """Words with the space after them; signs of scripts that write no spaces stand alone."""
    word = ""
    for sign in " ".join(text.split()):
        if _wide(sign):
            if word:
                yield word
            word = sign
            continue
        if word and (word[-1].isspace() or _wide(word[-1])) and not sign.isspace():
            yield word
            word = ""
        word += sign
    if word:
        yield word


def _wide(sign: str) -> bool:
    return 0x2E80 <= ord(sign) <= 0x9FFF or 0xAC00 <= ord(sign) <= 0xD7AF or 0xF900 <= ord(sign) <= 0xFAFF


def _broken(word: str, name: str, size: int, width: float) -> list[str]:
    parts = [""]
    for sign in word:
        if parts[-1] and line(parts[-1] + sign, name, size).width > width:
            parts.append("")
        parts[-1] += sign
    return parts


# --- other scripts --------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _font_for(sign: str, name: str, size: int) -> ImageFont.FreeTypeFont | None:
    """The font that has a sign: the shipped one, else one of the system's. None: nobody has it."""
    if _has(font(name, size), sign):
        return font(name, size)
    code = ord(sign)
    names = next((names for (low, high), names in _OTHER_SCRIPTS if low <= code <= high), ())
    for file_name in (*names, *_EVERYTHING_ELSE):
        path = _system_fonts().get(file_name)
        other = _opened(path, size) if path is not None else None
        if other is not None and _has(other, sign):
            return other
    return None


def _has(f: ImageFont.FreeTypeFont, sign: str) -> bool:
    """A font draws the same box for every sign that it lacks."""
    return sign.isspace() or _shape(f, sign) != _shape(f, "\U0010fffd")


def _shape(f: ImageFont.FreeTypeFont, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = f.getmask(sign)
    return mask.size, bytes(mask)  # pyright: ignore[reportArgumentType]


@lru_cache(maxsize=64)
def _opened(path: Path, size: int) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(str(path), size)
    except OSError:
        return None


@lru_cache(maxsize=1)
def _system_fonts() -> dict[str, Path]:
    """{file name: path} of the fonts we know to ask for."""
    wanted = {n for _, names in _OTHER_SCRIPTS for n in names} | set(_EVERYTHING_ELSE)
    home = Path.home()
    folders = {
        "darwin": [Path("/Library/Fonts"), home / "Library/Fonts"],
        "win32": [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"],
    }.get(sys.platform, [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts",
                         home / ".fonts"])  # fmt: skip
    found: dict[str, Path] = {}
    for folder in folders:
        for path in folder.rglob("*") if folder.is_dir() else ():
            if path.name in wanted:
                found.setdefault(path.name, path)
    return found


def blank(width: int, height: int) -> Image.Image:
    """A transparent picture to write on."""
    return Image.new("RGBA", (width, height), (0, 0, 0, 0))
