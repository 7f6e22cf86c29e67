"""Passes as one multi-layer OpenEXR file, with the channel names that compositing programs know.

R G B: beauty; albedo.R/G/B; N.X/Y/Z: world normal; Z: depth along the camera's axis in metres (inf: nothing);
P.X/Y/Z: world position; rest.X/Y/Z: rest-pose position; id and part: object and part numbers, whose names are in
the attributes `objectNames` and `partNames`, one a line, line 0 the sky.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR
from numpy.typing import NDArray

from maquette.film.errors import RenderError
from maquette.film.passes import Passes

F32 = NDArray[np.float32]


def write_exr(path: Path, passes: Passes) -> None:
    """Beauty and albedo as half, geometry as float, ids as uint; ZIP-compressed. Raises OSError."""
    channels: dict[str, Any] = {}
    limit = float(np.finfo(np.float16).max)
    for prefix, axes, values in (
        ("", "RGB", np.clip(passes.beauty, -limit, limit).astype(np.float16)),
        ("albedo.", "RGB", passes.albedo.astype(np.float16)),
        ("N.", "XYZ", passes.normal),
        ("P.", "XYZ", passes.position),
        ("rest.", "XYZ", passes.rest),
    ):
        if values is not None:
            for i, axis in enumerate(axes):
                channels[prefix + axis] = np.ascontiguousarray(values[..., i])
    channels["Z"] = np.ascontiguousarray(passes.depth, np.float32)
    channels["id"] = passes.object_id.astype(np.uint32)
    channels["part"] = passes.part_id.astype(np.uint32)
    header = {
        "compression": OpenEXR.ZIP_COMPRESSION,
        "type": OpenEXR.scanlineimage,
        "objectNames": "\n".join(passes.object_names),
        "partNames": "\n".join(passes.part_names),
    }
    try:
        with OpenEXR.File(header, channels) as file:
            file.write(str(path))
    except RuntimeError as error:
        raise OSError(f"{path} cannot be written: {error}") from error


def read_exr(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Every channel by its full name, (H, W) each, and the header. Raises RenderError for a file that is no EXR."""
    try:
        with OpenEXR.File(str(path), separate_channels=True) as file:
            header = dict(file.header())
            return {name: np.array(channel.pixels) for name, channel in file.channels().items()}, header
    except (RuntimeError, OSError) as error:
        raise RenderError(f"{path} cannot be read as OpenEXR ({error}); render the panel again.") from error
