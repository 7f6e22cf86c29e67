"""How large a picture is."""

from __future__ import annotations

from maquette.film.board import ASPECT_RATIOS
from maquette.film.errors import UsageError
from maquette.film.production import ProductionSettings
from maquette.film.request import FrameSettings
from maquette.film.style import PanelStyle

PREVIEW_WIDTH = 320
"""Pixels across of a preview."""


def frame_of(size: str | None, settings: ProductionSettings, style: str | None) -> FrameSettings:
    """The frame for a size such as "640x360"; None: the usual width at the production's aspect ratio.

    Raises UsageError for a size or style that there is none of.
    """
    try:
        panel_style = PanelStyle(style) if style else settings.style
    except ValueError:
        raise UsageError(f"There is no style {style!r}: use one of {', '.join(PanelStyle)}.") from None
    if size is None:
        aspect = ASPECT_RATIOS[settings.aspect]
        usual = FrameSettings(style=panel_style)
        width = usual.width if aspect >= 1 else usual.height
        return usual.model_copy(update={"width": width, "height": 2 * round(width / aspect / 2)})
    parts = size.lower().replace("×", "x").split("x")
    if len(parts) != 2 or not all(p.strip().isdigit() for p in parts):
        raise UsageError(f"The size {size!r} is not WIDTHxHEIGHT in pixels, such as 640x360.")
    width, height = (int(p) for p in parts)
    if not (32 <= width <= 4096 and 32 <= height <= 4096):
        raise UsageError(f"The size {size} is out of range: both sides go from 32 to 4096 pixels.")
    return FrameSettings(width=width, height=height, style=panel_style)


def reshaped(frame: FrameSettings, aspect: str | None) -> FrameSettings:
    """The frame at another aspect ratio by name, the longer side kept; None: as it is."""
    if aspect is None:
        return frame
    ratio, longer = ASPECT_RATIOS[aspect], max(frame.width, frame.height)
    width, height = (longer, longer / ratio) if ratio >= 1 else (longer * ratio, longer)
    return frame.model_copy(update={"width": 2 * round(width / 2), "height": 2 * round(height / 2)})


def preview_of(settings: ProductionSettings, style: str | None = None) -> FrameSettings:
    """A small quick frame at the production's aspect ratio."""
    frame = frame_of(None, settings, style)
    scale = PREVIEW_WIDTH / max(frame.width, frame.height)
    return frame.model_copy(
        update={"width": 2 * round(frame.width * scale / 2), "height": 2 * round(frame.height * scale / 2)}
    )
