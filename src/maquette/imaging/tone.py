# pyright: reportAttributeAccessIssue=false
# OpenColorIO's bindings come without stubs.
"""Scene-linear light to display code values: the ACES 2.0 rendering, by OpenColorIO's built-in configuration."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import PyOpenColorIO as ocio
from numpy.typing import NDArray

from maquette.imaging.color import luminance

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

CONFIG = "cg-config-v4.0.0_aces-v2.0_ocio-v2.5"
"""Named, not "default": the default moves with OpenColorIO's version, and pictures would with it."""
SOURCE, DISPLAY, VIEW = "Linear Rec.709 (sRGB)", "sRGB - Display", "ACES 2.0 - SDR 100 nits (Rec.709)"
MIDDLE_GREY = 0.18
PRINT_STOPS = 0.7
"""ACES sets middle grey at 10 nits, for dark theatres; boards are read in lit rooms and on paper."""
LUT_SIZE = 65
LUT_TOP = 256.0
"""Brightest scene value the look-up table tells from brighter ones."""
LUT_TOE = 2.0**-9
"""Offset of the table's logarithmic spacing: linear below, so that black stays black."""


def view_transform(beauty: F32, exposure_stops: float = 0.0) -> U8:
    """(H, W, 3) sRGB code values of scene-linear Rec. 709, brightened by `exposure_stops` first.

    An exposed 0.18 comes out as a middle grey (code 113). Not finite or negative light counts as black.
    """
    gain = np.float32(2.0 ** (exposure_stops + PRINT_STOPS))
    scene = np.ascontiguousarray(beauty, np.float32) * gain
    if not np.isfinite(scene).all():
        scene = np.nan_to_num(scene, nan=0.0, posinf=LUT_TOP, neginf=0.0)
    height, width = scene.shape[:2]
    shown = np.empty((height, width, 3), np.uint8)
    source = ocio.PackedImageDesc(scene, width, height, 3)
    target = ocio.PackedImageDesc(
        shown, width, height, ocio.ChannelOrdering.CHANNEL_ORDERING_RGB, ocio.BIT_DEPTH_UINT8, 1, 3, 3 * width
    )
    _table().apply(source, target)
    return shown


def meter(beauty: F32, mask: NDArray[np.bool_] | None = None, lowest: float = -12.0, highest: float = 12.0) -> float:
    """Stops that bring the log-average luminance to middle grey, within `lowest`..`highest`.

    Only pixels of `mask` (H, W) count, if there is one and it is not empty. The formula is the log-average of
    Reinhard et al. 2002; the darkest and brightest twentieth are left out, so that lamps and holes do not tip it.
    """
    light = luminance(np.asarray(beauty, np.float32))
    values = light[mask] if mask is not None and mask.any() else light.reshape(-1)
    values = values[np.isfinite(values)]
    if values.size == 0 or values.max() <= 0:
        return 0.0
    low, high = np.quantile(values, [0.05, 0.95])
    kept = np.clip(values, max(float(low), 1e-8), max(float(high), 1e-8))
    return float(np.clip(np.log2(MIDDLE_GREY) - np.log2(kept).mean(dtype=np.float64), lowest, highest))


@cache
def _table() -> Any:
    """The view as one 3D table over a logarithmic shaper: a tenth of the time of the formulas themselves."""
    shaper = _shaper()
    axis = np.linspace(0, 1, LUT_SIZE, dtype=np.float32)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    grid = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    slope = np.log2((LUT_TOP + LUT_TOE) / LUT_TOE)
    scene = np.ascontiguousarray(LUT_TOE * (2.0 ** (grid * slope) - 1), np.float32)
    config = ocio.Config.CreateFromBuiltinConfig(CONFIG)
    view = ocio.DisplayViewTransform(src=SOURCE, display=DISPLAY, view=VIEW)
    config.getProcessor(view).getDefaultCPUProcessor().applyRGB(scene)
    lut = ocio.Lut3DTransform(LUT_SIZE)
    lut.setInterpolation(ocio.Interpolation.INTERP_TETRAHEDRAL)
    red_fastest = scene.reshape(LUT_SIZE, LUT_SIZE, LUT_SIZE, 3)
    lut.setData(np.ascontiguousarray(red_fastest.transpose(2, 1, 0, 3)).reshape(-1))
    whole = ocio.GroupTransform([shaper, lut])
    processor = config.getProcessor(whole)
    return processor.getOptimizedCPUProcessor(ocio.BIT_DEPTH_F32, ocio.BIT_DEPTH_UINT8, ocio.OPTIMIZATION_DEFAULT)


def _shaper() -> Any:
    """Clamps to 0..LUT_TOP, then log2(x + toe), scaled to 0..1."""
    low, high = np.log2(LUT_TOE), np.log2(LUT_TOP + LUT_TOE)
    slope = 1 / (high - low)
    log = ocio.LogAffineTransform(
        logSideSlope=[slope] * 3,
        logSideOffset=[-low * slope] * 3,
        linSideSlope=[1.0] * 3,
        linSideOffset=[LUT_TOE] * 3,
        direction=ocio.TransformDirection.TRANSFORM_DIR_FORWARD,
    )
    clamp = ocio.RangeTransform(minInValue=0, maxInValue=LUT_TOP, minOutValue=0, maxOutValue=LUT_TOP)
    return ocio.GroupTransform([clamp, log])
