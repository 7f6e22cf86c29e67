# pyright: reportAttributeAccessIssue=false
"""A cut made by hand, with everything that a timeline can hold."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import opentimelineio as otio

from maquette.film.rate import RATES, Rate
from maquette.film.timeline import Caption, Clip, ClipKind, Sound, SoundKind, Timeline, TransitionKind

FIVE_RATES = ("24", "23.976", "25", "29.97 DF", "59.94 DF")
HANDLES = 12


def clip(number: str, **changes: object) -> Clip:
    """Take 1 of a shot: 120 frames with handles, of which 60 are shown."""
    name = f"the-last-ferry_{number}_t1"
    fields: dict[str, object] = {
        "name": name,
        "shot_id": f"shot-{number}",
        "shot_number": number,
        "scene_number": "3",
        "scene_heading": "INT. FERRY - NIGHT",
        "kind": ClipKind.TAKE,
        "media": PurePosixPath(f"media/{name}.mov"),
        "media_frames": 120,
        "source_start": HANDLES,
        "length": 60,
        "take": 1,
    }
    return Clip.model_validate(fields | changes)


def ferry_cut(rate: Rate = RATES["24"]) -> Timeline:
    """Five clips, a dissolve, a fade, a slug, and two sounds. 261 frames."""
    said = Caption(start=5, length=20, speaker="MARA", words='Wait <here> & "now".')
    clips = (
        clip("3A", transition=TransitionKind.DISSOLVE, transition_length=13, captions=(said,), size="CU", lens_mm=85.0,
             circled=True, description="MARA at the rail.", angle="low angle", move="push in"),
        clip("3B", source_start=20),
        clip("3C", kind=ClipKind.SLUG, media=None, media_frames=48, source_start=0, length=48, take=None),
        clip("4", transition=TransitionKind.FADE_OUT, transition_length=10),
        clip("5", length=33),
    )  # fmt: skip
    sounds = (
        Sound(name="wind", kind=SoundKind.EFFECT, media=PurePosixPath("sound/wind.wav"), start=30, length=100,
              source_start=4, gain_db=-6.0),
        Sound(name="line", kind=SoundKind.SCRATCH, media=PurePosixPath("sound/line 1.wav"), track=2, start=70,
              length=40, clip=clips[1].name),
    )  # fmt: skip
    return Timeline(title="The Last Ferry", rate=rate, width=640, height=360, clips=clips, sounds=sounds,
                    research_mark="research only")  # fmt: skip


FERRY_NAMES = [c.name for c in ferry_cut().clips]
FERRY_SOURCES = [(12, 60), (20, 60), (0, 48), (12, 60), (12, 33)]
"""First frame of the media and frames shown of each clip, known by hand."""
FERRY_STARTS = [0, 60, 120, 168, 228]


def span(start: int, length: int, rate: float = 24) -> Any:
    """A range of OTIO's."""
    return otio.opentime.TimeRange(otio.opentime.RationalTime(start, rate), otio.opentime.RationalTime(length, rate))


FCPX_XML = """<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.11"><resources>
<format id="r1" frameDuration="100/2400s"/><effect id="r9" uid="x"/>
<asset id="r2" name="a" start="3600s" duration="10s" hasVideo="1" format="r1"/>
<asset id="r3" name="wind" start="0s" duration="10s" hasAudio="1"/></resources>
<library><event><project name="P"><sequence tcStart="3600s"><spine>
<asset-clip ref="r2" name="the-last-ferry_3A_t1" offset="3600s" start="7203/2s" duration="2s">
<asset-clip ref="r3" lane="-1" name="wind" offset="3602s" duration="1s"/>
<video ref="r2" lane="1" name="the-last-ferry_5_t1" offset="7204/2s" start="3600s" duration="1s"/></asset-clip>
<gap name="Gap" offset="3602s" duration="1s"/>
<title ref="r9" name="Card" offset="3603s" duration="1s"/>
<clip name="the-last-ferry_4_t1" offset="3604s" start="3605s" duration="1s"><timeMap/><video ref="r2"/></clip>
</spine></sequence></project></event></library></fcpxml>"""
"""As Final Cut writes it: connected clips, a gap, a title, a clip with a changed speed."""


def timeline_read(path: Path) -> otio.schema.Timeline:
    """A delivered timeline by its adapter."""
    if path.suffix == ".edl":
        return otio.adapters.read_from_file(str(path), rate=24)
    adapter = "fcpx_xml" if path.suffix == ".fcpxml" else None
    read = otio.adapters.read_from_file(str(path), adapter_name=adapter)
    if not isinstance(read, otio.schema.Timeline):
        read = next(iter(read.find_children(descended_from_type=otio.schema.Timeline)), read[0])
    return read
