"""A layered frame as Photoshop file: what painting programs agree on."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image, ImageCms
from psd_tools import PSDImage
from psd_tools.api.layers import GroupMixin
from psd_tools.constants import BlendMode, ProtectedFlags, Resource
from psd_tools.psd.image_resources import ImageResource

from maquette.deliver.layered import RESEARCH, Blend, Group, Layer, Layered

LARGEST = 30_000
"""Pixels a side, by the format."""
_BLEND = {Blend.NORMAL: BlendMode.NORMAL, Blend.MULTIPLY: BlendMode.MULTIPLY, Blend.SCREEN: BlendMode.SCREEN}
_LONGEST_NAME = 255


def psd(frame: Layered) -> bytes:
    """The file's bytes; the same frame gives the same bytes.

    Layers have transparency, so that a click on one loads its mask as a selection. Guides are locked.
    """
    merged = Image.fromarray(frame.merged).convert("RGBA")
    document = PSDImage.frompil(merged)
    _add(document, frame.layers)
    resources = document.image_resources
    for key, data in ((Resource.XMP_METADATA, _xmp(frame)), (Resource.ICC_PROFILE, srgb_profile())):
        resources[key] = ImageResource(key=key, data=data)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def srgb_profile() -> bytes:
    """An ICC profile for sRGB, the same on every day."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((0x07, 0xE0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # the header's date of making
    profile[84:100] = bytes(16)  # a digest of the whole, which may be left out
    return bytes(profile)


def _add(parent: GroupMixin, layers: tuple[Layer | Group, ...]) -> None:
    for layer in layers:
        if isinstance(layer, Group):
            # A closed folder: who opens the file sees what to paint on, not a hundred masks.
            made = parent.create_group(name=layer.name[:_LONGEST_NAME], open_folder=False)
            _add(made, layer.layers)
        else:
            made = parent.create_pixel_layer(
                Image.fromarray(layer.pixels), layer.name[:_LONGEST_NAME], layer.top, layer.left,
                blend_mode=_BLEND[layer.blend],
            )  # fmt: skip
            if layer.locked:
                made.lock(ProtectedFlags.COMPOSITE | ProtectedFlags.POSITION)
        made.name = layer.name[:_LONGEST_NAME]
        made.visible = layer.visible


def _xmp(frame: Layered) -> bytes:
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:maquette="urn:maquette:"
 maquette:request="{frame.request}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(frame.title)}</rdf:li></rdf:Alt></dc:title>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{RESEARCH}</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()
