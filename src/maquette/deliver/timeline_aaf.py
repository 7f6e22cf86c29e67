"""AAF for Avid Media Composer, Resolve and Pro Tools: a composition, and for each clip a master, a file and a tape mob.

Edit rates are exact (24000/1001). In an AAF sequence a mix overlaps its neighbours, so clips beside one are longer by
what it covers. Media is linked, not embedded. What is made from equal timelines is equal but for dates.
"""

from __future__ import annotations

import hashlib
import uuid
from functools import cached_property
from pathlib import Path
from typing import Any

import aaf2
from aaf2 import misc, mobid, rational

from maquette.deliver.timeline_parts import (
    absolute_url,
    facts_of,
    media_start,
    mixes,
    off_frames,
    offsets,
    placed,
    sound_frames,
    tracks_of,
)
from maquette.film.rate import frame_at
from maquette.film.sound import SOUND_RATE
from maquette.film.timeline import Clip, Sound, Timeline, TransitionKind

# Identifiers of the AAF registry (AMWA AAF Effects Protocol), as Media Composer writes them.
_DISSOLVE = uuid.UUID("0c3bea40-fc05-11d2-8a29-0050040ef7d2")
_LEVEL = uuid.UUID("e4962320-2267-11d3-8a4c-0050040ef7d2")


def write_aaf(timeline: Timeline, place: Path, path: Path) -> tuple[str, ...]:
    """Write an AAF to `place` that is to be called `path`: media is named by absolute place, from its folder."""
    with aaf2.open(str(place), "w") as file:
        _Writer(file, timeline, path).write()
    notes = ["Media is linked in the AAF, not embedded, by absolute place: relink where the files have moved."]
    kinds = {c.transition for c in timeline.clips}
    if TransitionKind.WIPE in kinds:
        notes.append("Wipes are dissolves in the AAF.")
    if any(c.captions for c in timeline.clips):
        notes.append("Dialogue captions are not in the AAF.")
    if any(s.gain_db for s in timeline.sounds):
        notes.append("Levels of sounds are not in the AAF.")
    return (*notes, *off_frames(timeline, "the AAF"))


class _Writer:
    """The AAF file in work."""

    def __init__(self, file: Any, timeline: Timeline, path: Path) -> None:
        self.file, self.timeline, self.path = file, timeline, path
        self.rate = timeline.rate
        self.edit_rate = rational.AAFRational(self.rate.fps.numerator, self.rate.fps.denominator)
        self.top = file.create.CompositionMob(timeline.title)
        self.top.mob_id = _mob_id("top", timeline.title, timeline.digest())
        self.top.usage = "Usage_TopLevel"
        file.content.mobs.append(self.top)

    def write(self) -> None:
        rate = self.rate
        self._timecode_slot(self.top, frame_at(self.timeline.start, rate), self.timeline.length)
        video = self._sequence("V1", "picture")
        for at in placed(self.timeline):
            # A fade is a dissolve with black, and that black lies under the dissolve from end to end.
            if at.from_black:
                video.components.append(self.file.create.Filler("picture", at.from_black))
                video.components.append(self._dissolve(0, at.from_black))
            video.components.append(self._picture(at.clip, at.before))
            before, after = offsets(at.clip)
            if mixes(at.clip):
                video.components.append(self._dissolve(before, after))
            elif at.clip.transition is TransitionKind.FADE_OUT:
                video.components.append(self._dissolve(before, 0))
                video.components.append(self.file.create.Filler("picture", before))
        video.length = self.timeline.length
        for number, sounds in tracks_of(self.timeline):
            self._sounds(number, sounds)
        for name, value in self.timeline.metadata.items():
            self.top.comments[name] = value
        if self.timeline.research_mark:
            self.top.comments["research mark"] = self.timeline.research_mark
        self.top.comments["shots"] = " ".join(dict.fromkeys(c.shot_id for c in self.timeline.clips))

    def _sequence(self, name: str, kind: str) -> Any:
        slot = self.top.create_empty_sequence_slot(self.edit_rate, media_kind=kind)
        slot.name = name
        return slot.segment

    def _timecode_slot(self, mob: Any, start: int, length: int) -> None:
        slot = mob.create_timeline_slot(self.edit_rate)
        slot.name = "TC"
        slot["PhysicalTrackNumber"].value = 1
        code = self.file.create.Timecode(self.rate.nominal, self.rate.drop_frame)
        code.start, code.length = start, length
        slot.segment = code

    # --- picture ----------------------------------------------------------------------------------------------

    def _picture(self, clip: Clip, before: Clip | None) -> Any:
        head = offsets(before)[0] if before is not None and mixes(before) else 0
        tail = offsets(clip)[1] if mixes(clip) else 0
        master, slot = self._master(clip)
        return self._source_clip(master, slot, "picture", clip.source_start - head, clip.length + head + tail)

    def _master(self, clip: Clip) -> tuple[Any, Any]:
        """The chain that stands for a clip's media: tape (timecode) <- file (where it lies) <- master (its name)."""
        frames = max(clip.media_frames, clip.length)
        tape = self._mob("SourceMob", "tape", clip.name)
        tape.descriptor = self.file.create.TapeDescriptor()
        tape_slot = tape.create_empty_slot(self.edit_rate, "picture", slot_id=1)
        tape_slot.segment.length = frames
        self._timecode_slot(tape, media_start(clip, self.rate), frames)
        file = self._mob("SourceMob", "file", clip.name)
        file.descriptor = self._descriptor(clip, frames)
        file_slot = file.create_timeline_slot(self.edit_rate)
        file_slot.segment = self._source_clip(tape, tape_slot, "picture", 0, frames)
        master = self._mob("MasterMob", "master", clip.name)
        slot = master.create_timeline_slot(self.edit_rate)
        slot.name = "V1"
        slot.segment = self._source_clip(file, file_slot, "picture", 0, frames)
        for name, value in facts_of(clip, self.timeline).items():
            master.comments[name] = value
        return master, slot

    def _descriptor(self, clip: Clip, frames: int) -> Any:
        timeline = self.timeline
        found = self.file.create.CDCIDescriptor()
        found["ComponentWidth"].value = 8
        found["HorizontalSubsampling"].value = 2
        found["ImageAspectRatio"].value = f"{timeline.width}/{timeline.height}"
        found["StoredWidth"].value = timeline.width
        found["StoredHeight"].value = timeline.height
        found["FrameLayout"].value = "FullFrame"
        found["VideoLineMap"].value = [42, 0]
        found["SampleRate"].value = self.edit_rate
        found["Length"].value = frames
        if clip.media is not None:
            self._locate(found, absolute_url(clip.media, self.path))
        return found

    def _dissolve(self, before: int, after: int) -> Any:
        """before, after: frames on either side of the cut."""
        length = before + after
        create, kind = self.file.create, self.file.dictionary.lookup_datadef("picture")
        operation, level, linear = self.effect
        varying = create.VaryingValue()
        varying.parameterdef = level
        varying["Interpolation"].value = linear
        for at in (0, 1):
            point = create.ControlPoint()
            point["EditHint"].value = "Proportional"
            point.value = rational.AAFRational(at)
            point.time = rational.AAFRational(at)
            varying["PointList"].append(point)
        group = create.OperationGroup(operation, length)
        group["DataDefinition"].value = kind
        group["Parameters"].append(varying)
        transition = create.Transition("picture", length)
        transition["OperationGroup"].value = group
        transition["CutPoint"].value = before
        transition["DataDefinition"].value = kind
        return transition

    @cached_property
    def effect(self) -> tuple[Any, Any, Any]:
        """What a dissolve is: its operation, the parameter that it changes, and how."""
        create, dictionary = self.file.create, self.file.dictionary
        kind = dictionary.lookup_datadef("picture")
        operation = create.OperationDef(_DISSOLVE, "VideoDissolve", "Video dissolve")
        operation.media_kind = "picture"
        for name, value in (("IsTimeWarp", False), ("Bypass", 0), ("NumberInputs", 2), ("DataDefinition", kind),
                            ("OperationCategory", "OperationCategory_Effect")):  # fmt: skip
            operation[name].value = value
        level = create.ParameterDef(_LEVEL, "Level", "", dictionary.lookup_typedef("Rational"))
        linear = create.InterpolationDef(misc.LinearInterp, "LinearInterp", "Linear")
        for known in (level, linear, operation):
            dictionary.register_def(known)
        operation["ParametersDefined"].extend([level])
        return operation, level, linear

    # --- sound ------------------------------------------------------------------------------------------------

    def _sounds(self, number: int, sounds: tuple[Sound, ...]) -> None:
        track = self._sequence(f"A{number}", "sound")
        end = 0
        for sound in sounds:
            if sound.start > end:
                track.components.append(self.file.create.Filler("sound", sound.start - end))
            master, slot = self._sound_master(sound)
            track.components.append(self._source_clip(master, slot, "sound", sound.source_start, sound.length))
            end = sound.start + sound.length
        track.length = end

    def _sound_master(self, sound: Sound) -> tuple[Any, Any]:
        frames = sound_frames(sound)
        key = f"{sound.name}\n{sound.media}\n{sound.track}\n{sound.start}"
        file = self._mob("SourceMob", "sound file", key, sound.name)
        found = self.file.create.PCMDescriptor()
        for name, value in (("AverageBPS", 2 * SOUND_RATE), ("BlockAlign", 2), ("QuantizationBits", 16),
                            ("AudioSamplingRate", SOUND_RATE), ("Channels", 1), ("SampleRate", SOUND_RATE),
                            ("Length", int(self.rate.seconds(frames) * SOUND_RATE))):  # fmt: skip
            found[name].value = value
        self._locate(found, absolute_url(sound.media, self.path))
        file.descriptor = found
        file_slot = file.create_timeline_slot(self.edit_rate)
        inside = self.file.create.SourceClip(media_kind="sound")
        inside.length = frames
        file_slot.segment = inside
        master = self._mob("MasterMob", "sound", key, sound.name)
        slot = master.create_timeline_slot(self.edit_rate)
        slot.name = "A1"
        slot.segment = self._source_clip(file, file_slot, "sound", 0, frames)
        return master, slot

    # --- parts ------------------------------------------------------------------------------------------------

    def _mob(self, kind: str, what: str, key: str, name: str | None = None) -> Any:
        mob = getattr(self.file.create, kind)()
        mob.name = name or key
        mob.mob_id = _mob_id(what, key, str(self.path.name))
        self.file.content.mobs.append(mob)
        return mob

    def _source_clip(self, mob: Any, slot: Any, kind: str, start: int, length: int) -> Any:
        clip = self.file.create.SourceClip(media_kind=kind)
        clip.mob = mob
        clip.slot_id = slot.slot_id
        clip.start, clip.length = start, length
        return clip

    def _locate(self, descriptor: Any, url: str) -> None:
        locator = self.file.create.NetworkLocator()
        locator["URLString"].value = url
        descriptor["Locator"].append(locator)


def _mob_id(*parts: str) -> mobid.MobID:
    """A basic UMID (SMPTE ST 330) that equal clips share: an editor that knows the clip links to it again."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    # Universal label with "material type not identified" and "UUID method", length 13h, instance 0, material number.
    return mobid.MobID(bytes_le=bytes.fromhex("060a2b340101010501010f2013000000") + digest[:16])
