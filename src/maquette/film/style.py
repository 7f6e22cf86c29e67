"""What a picture is drawn with."""

from __future__ import annotations

from enum import StrEnum


class PanelStyle(StrEnum):
    """How a picture is drawn from its passes."""

    PHOTO = "photo"
    """The traced picture itself, developed."""
    INK = "ink"
    PENCIL = "pencil"
    CHARCOAL = "charcoal"
    MARKER = "marker"
    INK_WASH = "ink-wash"
    """Pen contours over diluted ink."""
    WATERCOLOUR = "watercolour"
    GOUACHE = "gouache"
    OIL = "oil"
    WOODCUT = "woodcut"
    BLUEPRINT = "blueprint"
    HOUSE = "house"
    """The network that was trained on the production's own paintings."""
