"""Passes as one multi-layer OpenEXR file, with the channel names that compositing programs know.

R G B: beauty; albedo.R/G/B; N.X/Y/Z: world normal; Z: depth along the camera's axis in metres (inf: nothing);
P.X/Y/Z: world position; rest.X/Y/Z: rest-pose position; motion.X/Y and motionBackward.X/Y: pixels to the next and to
the frame before, x right and y down; crypto_object and crypto_part: Cryptomatte, see `cryptomatte`; id and part: object
and part numbers, whose names are in the attributes `objectNames` and `partNames`, one a line, line 0 the sky.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import OpenEXR
from numpy.typing import NDArray

from maquette.deliver.cryptomatte import matte_attributes, matte_channels, object_of
from maquette.deliver.exr_camera import CHROMATICITIES, FrameTime, camera_attributes, patch_rate, time_attributes
from maquette.film.errors import RenderError
from maquette.film.passes import Passes

F32 = NDArray[np.float32]
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
FINE_PART = "fine_part_id"
"""Part ids finer than a pixel in `Passes.extra`, (k H, k W): coverage of mattes comes from them."""
MOTION = {"motion": "motion", "motion_back": "motionBackward"}
"""Layers of `Passes.extra` with 2 channels, and what they are called in the file."""


class ExrCompression(StrEnum):
    """How the pixels are packed."""

    ZIP = "zip"
    """Nothing is lost."""
    DWAA = "dwaa"
    """Beauty and albedo lose what is not seen and become several times smaller; everything else is kept exactly."""


def write_exr(
    path: Path,
    passes: Passes,
    *,
    compression: ExrCompression = ExrCompression.ZIP,
    time: FrameTime | None = None,
    attributes: Mapping[str, str] = NO_ATTRIBUTES,
) -> None:
    """Beauty and albedo as half, geometry and ids as float or uint. `attributes`: words for the header.

    With DWAA, mattes and ids lie in a second part "data", because DWAA would change what is called R, G or B. Raises
    OSError."""
    colours, data = _colours(passes), _data(passes)
    header = {
        **camera_attributes(passes.camera), "objectNames": "\n".join(passes.object_names),
        "partNames": "\n".join(passes.part_names), **attributes,
    }  # fmt: skip
    mattes: dict[str, Any] = {}
    for layer, ids, names in _matte_layers(passes):
        data |= matte_channels(layer, ids, names, passes.size)
        mattes |= matte_attributes(layer, names)
    if compression is ExrCompression.ZIP:
        parts = [("", colours | data, {**header, **mattes})]
    else:
        parts = [("rgba", colours, header), ("data", data, mattes)]
    _write(path, parts, compression, time)


def write_picture_exr(
    path: Path,
    linear: F32,
    *,
    compression: ExrCompression = ExrCompression.ZIP,
    time: FrameTime | None = None,
    attributes: Mapping[str, str] = NO_ATTRIBUTES,
) -> None:
    """(H, W, 3) scene-linear Rec. 709 as half. Raises OSError."""
    _write(path, [("", _layer("", "RGB", _half(linear)), dict(attributes))], compression, time)


def read_exr(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Every channel by its full name, (H, W) each, and the header. Raises RenderError for a file that is no EXR."""
    try:
        with OpenEXR.File(str(path), separate_channels=True) as file:
            header: dict[str, Any] = {}
            channels: dict[str, NDArray[Any]] = {}
            for number in range(len(file.parts)):
                header = dict(file.header(number)) | header
                channels |= {name: np.array(channel.pixels) for name, channel in file.channels(number).items()}
            return channels, header
    except (RuntimeError, OSError) as error:
        raise RenderError(f"{path} cannot be read as OpenEXR ({error}); render the panel again.") from error


def _colours(passes: Passes) -> dict[str, Any]:
    return _layer("", "RGB", _half(passes.beauty)) | _layer("albedo.", "RGB", passes.albedo.astype(np.float16))


def _data(passes: Passes) -> dict[str, Any]:
    channels = _layer("N.", "XYZ", passes.normal) | _layer("P.", "XYZ", passes.position)
    if passes.rest is not None:
        channels |= _layer("rest.", "XYZ", passes.rest)
    for name, layer in MOTION.items():
        if name in passes.extra:
            channels |= _layer(f"{layer}.", "XY", passes.extra[name].astype(np.float32))
    channels["Z"] = np.ascontiguousarray(passes.depth, np.float32)
    channels["id"] = passes.object_id.astype(np.uint32)
    channels["part"] = passes.part_id.astype(np.uint32)
    return channels


def _matte_layers(passes: Passes) -> list[tuple[str, NDArray[Any], tuple[str, ...]]]:
    """(layer, ids, names): from the fine parts where they are there, else one object and part a pixel."""
    if FINE_PART not in passes.extra:
        return [
            ("crypto_object", passes.object_id, passes.object_names),
            ("crypto_part", passes.part_id, passes.part_names),
        ]
    fine = passes.extra[FINE_PART].astype(np.int32)
    number = {name: i for i, name in enumerate(passes.object_names)}
    owner = np.array([number.get(object_of(name), 0) for name in passes.part_names], np.int32)
    return [
        ("crypto_object", owner[fine], passes.object_names),
        ("crypto_part", fine, passes.part_names),
    ]


def _half(linear: F32) -> NDArray[np.float16]:
    limit = float(np.finfo(np.float16).max)
    return np.clip(linear, -limit, limit).astype(np.float16)


def _layer(prefix: str, axes: str, values: NDArray[Any]) -> dict[str, Any]:
    return {prefix + axis: np.ascontiguousarray(values[..., i]) for i, axis in enumerate(axes)}


def _write(
    path: Path, parts: list[tuple[str, dict[str, Any], dict[str, Any]]], compression: ExrCompression,
    time: FrameTime | None,
) -> None:  # fmt: skip
    common: dict[str, Any] = {"type": OpenEXR.scanlineimage, "chromaticities": CHROMATICITIES}
    if time is not None:
        common |= time_attributes(time)
    packed = OpenEXR.DWAA_COMPRESSION if compression is ExrCompression.DWAA else OpenEXR.ZIP_COMPRESSION
    pieces = [
        OpenEXR.Part({**common, "compression": packed if i == 0 else OpenEXR.ZIP_COMPRESSION, **header}, channels, name)
        for i, (name, channels, header) in enumerate(parts)
    ]
    try:
        with OpenEXR.File(pieces) as file:
            file.write(str(path))
    except RuntimeError as error:
        full = os.strerror(errno.ENOSPC) in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, f"{path} cannot be written: {error}") from error
    if time is not None:
        patch_rate(path, time.rate.fps)
