"""SVG by hand: escaped text that is measured before it is set, and numbers that stay short. Lengths are millimetres."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import ImageFont

FONTS = Path(__file__).with_name("fonts")
FAMILY = "Inter, Helvetica, Arial, 'Noto Sans', 'Noto Sans CJK SC', sans-serif"
PT = 25.4 / 72
"""One point."""
INK, GREY, PALE, RULE, PAPER = "#1b1c1e", "#5f6368", "#8d9298", "#c9cbce", "#ffffff"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MEASURED = 1000
"""Size that glyphs are measured at, so that no hinting comes in."""


def clean(text: str) -> str:
    """One line without what XML forbids or a reader could not see; direction overrides would turn the rest around."""
    text = _FORBIDDEN.sub("", text)
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def num(value: float) -> str:
    """A coordinate to 1/1000 mm."""
    short = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


@lru_cache(maxsize=4)
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / ("Inter-SemiBold.otf" if bold else "Inter-Regular.otf")), _MEASURED)


@lru_cache(maxsize=20_000)
def _ems(text: str, bold: bool) -> float:
    # Scripts that Inter lacks come from another font: an em for a wide character, 0.62 for others.
    own = "".join(c for c in text if ord(c) < 0x0530 or 0x2000 <= ord(c) < 0x2300)
    width = _font(bold).getlength(own) / _MEASURED if own else 0.0
    for c in text:
        if not (ord(c) < 0x0530 or 0x2000 <= ord(c) < 0x2300):
            width += 1.0 if unicodedata.east_asian_width(c) in "WF" else 0.62
    return width


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line set at `size` mm."""
    return _ems(clean(text), bold) * size


def fitted(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, shortened with an ellipsis where it is too long."""
    text = clean(text)
    if text_width(text, size, bold=bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def wrapped(text: str, width: float, size: float, *, most: int = 99, bold: bool = False) -> list[str]:
    """Lines no wider than `width`; at most `most` of them, the last with an ellipsis if words are left over."""
    lines: list[str] = []
    words = clean(text).split(" ")
    while words and words != [""]:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size, bold=bold) <= width:
            line = f"{line} {words.pop(0)}"
        if len(lines) + 1 == most and words:
            lines.append(fitted(" ".join([line, *words]), width, size, bold=bold))
            break
        lines.append(fitted(line, width, size, bold=bold))
    return lines


def text(
    x: float, y: float, content: str, size: float, *, bold: bool = False, fill: str = INK, anchor: str = "start",
    plate: bool = False,
) -> str:  # fmt: skip
    """One line with its baseline at `y`; anchor is start, middle or end. A plate under it keeps it legible on
    lines; an edge around the letters would cover their neighbours in print."""
    weight = ' font-weight="600"' if bold else ""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    under = ""
    if plate:
        wide = text_width(content, size, bold=bold)
        left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        box = (left - 0.14 * size, y - 0.8 * size, wide + 0.28 * size, 1.06 * size)
        under = rect(*box, fill=PAPER, radius=0.2 * size, opacity=0.8)
    return (
        f'{under}<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}" fill="{fill}"{weight}{at}>'
        f"{escape(clean(content))}</text>"
    )


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.2, color: str = INK, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{num(x0)}" y1="{num(y0)}" x2="{num(x1)}" y2="{num(y1)}" stroke="{color}" '
        f'stroke-width="{num(width)}"{dashed}/>'
    )


def rect(x: float, y: float, w: float, h: float, *, fill: str = "none", stroke: str = "none", width: float = 0.2,
         radius: float = 0.0, opacity: float = 1.0) -> str:  # fmt: skip
    corner = f' rx="{num(radius)}"' if radius else ""
    edge = f' stroke="{stroke}" stroke-width="{num(width)}"' if stroke != "none" else ""
    clear = f' opacity="{num(opacity)}"' if opacity < 1 else ""
    return f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}" fill="{fill}"{edge}{corner}{clear}/>'


def circle(x: float, y: float, r: float, *, fill: str = "none", stroke: str = "none", width: float = 0.2) -> str:
    edge = f' stroke="{stroke}" stroke-width="{num(width)}"' if stroke != "none" else ""
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"{edge}/>'


def path(d: str, *, fill: str = "none", stroke: str = "none", width: float = 0.2, dash: str = "", opacity: float = 1.0,
         join: str = "round") -> str:  # fmt: skip
    edge = ""
    if stroke != "none":
        edge = f' stroke="{stroke}" stroke-width="{num(width)}" stroke-linejoin="{join}" stroke-linecap="round"'
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    clear = f' opacity="{num(opacity)}"' if opacity < 1 else ""
    return f'<path d="{d}" fill="{fill}"{edge}{dashed}{clear}/>'


def outline(points: Iterable[tuple[float, float]], *, closed: bool = True) -> str:
    """The `d` of a polygon."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + ("Z" if closed else "")


def group(parts: Iterable[str], kind: str = "", **attributes: str) -> str:
    """`<g>` of a class; underscores in attribute names stand for hyphens. No words of the script go into attributes."""
    named = {"class": kind, **attributes}
    written = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in named.items() if v)
    return f"<g{written}>{''.join(parts)}</g>"
