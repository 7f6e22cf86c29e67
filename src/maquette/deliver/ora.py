"""A layered frame as OpenRaster file: Krita, MyPaint, GIMP. https://www.openraster.org (version 0.0.6)."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import count
from xml.etree import ElementTree as Xml

from PIL import Image

from maquette.deliver.layered import PAINT_HERE, RESEARCH, Blend, Group, Layer, Layered

_OPERATOR = {Blend.NORMAL: "svg:src-over", Blend.MULTIPLY: "svg:multiply", Blend.SCREEN: "svg:screen"}
_THUMBNAIL = 256
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""Of every member: the same frame gives the same bytes."""


def ora(frame: Layered) -> bytes:
    """The file's bytes. Layers stand in `stack.xml` from the top down, as the format has them."""
    width, height = frame.size
    image = Xml.Element("image", {"version": "0.0.6", "w": str(width), "h": str(height), "xres": "72", "yres": "72"})
    stack = Xml.SubElement(image, "stack", {"name": "root"})
    pictures: dict[str, bytes] = {}
    _add(stack, frame.layers, pictures, count())
    merged = Image.fromarray(frame.merged)
    small = merged.copy()
    small.thumbnail((_THUMBNAIL, _THUMBNAIL), Image.Resampling.LANCZOS)
    members = {
        "stack.xml": Xml.tostring(image, encoding="UTF-8", xml_declaration=True),
        **pictures,
        "mergedimage.png": _png(merged),
        "Thumbnails/thumbnail.png": _png(small),
        "maquette.txt": f"maquette:request {frame.request}\n{frame.title}\n{RESEARCH}\n".encode(),
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and uncompressed: that is how the format is told from other archives.
        archive.writestr(zipfile.ZipInfo("mimetype", _ALWAYS), b"image/openraster", zipfile.ZIP_STORED)
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, _ALWAYS), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _add(
    stack: Xml.Element, layers: tuple[Layer | Group, ...], pictures: dict[str, bytes], numbers: count[int]
) -> None:  # fmt: skip
    for layer in reversed(layers):
        shown = {"name": layer.name, "visibility": "visible" if layer.visible else "hidden", "opacity": "1.0"}
        if isinstance(layer, Group):
            _add(Xml.SubElement(stack, "stack", shown | {"isolation": "auto"}), layer.layers, pictures, numbers)
            continue
        source = f"data/layer{next(numbers):03d}.png"
        pictures[source] = _png(Image.fromarray(layer.pixels))
        more = {"src": source, "x": str(layer.left), "y": str(layer.top), "composite-op": _OPERATOR[layer.blend]}
        if layer.locked:
            more["edit-locked"] = "true"
        if layer.name == PAINT_HERE:
            more["selected"] = "true"
        Xml.SubElement(stack, "layer", shown | more)


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
