"""What a picture is drawn with."""

from __future__ import annotations

from enum import StrEnum


class PanelStyle(StrEnum):
    """How a picture is drawn from its passes."""

    PHOTO = "photo"
    """The traced picture itself, developed."""
    INK = "ink"
    PENCIL = "pencil"
