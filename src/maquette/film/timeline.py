"""The cut: clips in order, with the sound under them, at one rate.

All places and lengths of pictures are whole frames; sounds lie where they lie, to the sample.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from pathlib import PurePosixPath

from pydantic import Field

from maquette.film.base import Noun
from maquette.film.rate import FIRST_TIMECODE, Rate


class ClipKind(StrEnum):
    TAKE = "take"
    """Moving frames."""
    PANEL = "panel"
    """A drawn panel that stands, or moves from its start to its end frame."""
    SLUG = "slug"
    """Nothing is drawn yet: a card with the shot's number and words."""


class TransitionKind(StrEnum):
    """How a clip gives way to the next one."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    FADE_OUT = "fade out"
    """To black at the clip's end."""
    FADE_IN = "fade in"
    """From black at the next clip's start."""
    WIPE = "wipe"


class Caption(Noun):
    """Dialogue over a stretch of a clip."""

    start: int
    """Frames into the clip."""
    length: int
    speaker: str
    words: str


class Clip(Noun):
    """One shot in the cut."""

    name: str
    """By the production's naming scheme, without suffix: "the-last-ferry_3A_t1". Unique in the timeline."""
    shot_id: str
    shot_number: str
    scene_number: str
    scene_heading: str = ""
    kind: ClipKind
    media: PurePosixPath | None = None
    """Movie or picture of the clip, relative to the file that names it; None for a slug."""
    media_frames: int
    """Frames that its media has, handles included; for a panel as many as are shown."""
    media_start: str = FIRST_TIMECODE
    """Timecode of the media's first frame."""
    source_start: int = 0
    """First frame of the media that is shown, counted from 0."""
    length: int
    """Frames shown, at least 1."""
    take: int | None = None
    circled: bool = False
    transition: TransitionKind = TransitionKind.CUT
    """Into the next clip."""
    transition_length: int = 0
    """Frames: centred on the cut for dissolve and wipe, in this clip for a fade out, in the next for a fade in."""
    captions: tuple[Caption, ...] = ()
    description: str = ""
    """What is seen, in words from the script."""
    size: str = ""
    """CU, WS ..."""
    angle: str = ""
    move: str = ""
    lens_mm: float | None = None


class SoundKind(StrEnum):
    DIALOGUE = "dialogue"
    MUSIC = "music"
    EFFECT = "effect"
    SCRATCH = "scratch"
    """A made voice that stands in for an actor."""


class SoundTimes(Noun):
    """Where a sound lies, exactly: a frame is a long time to the ear."""

    start_s: Fraction
    """Seconds from the timeline's start."""
    length_s: Fraction
    """Seconds that are heard."""
    source_s: Fraction = Fraction(0)
    """Seconds into the sound file."""


class Sound(Noun):
    """A sound file on the timeline."""

    name: str
    kind: SoundKind
    media: PurePosixPath
    """Relative to the file that names it."""
    track: int = 1
    """Audio track, from 1."""
    start: int
    """Frames from the timeline's start: the nearest, where it starts between two."""
    length: int
    """Frames that are heard, at least 1."""
    source_start: int = 0
    """Frames into the sound file."""
    exact: SoundTimes | None = None
    """Where it lies between frames; None: on whole ones. Frames are for formats that count nothing else."""
    gain_db: float = 0.0
    clip: str | None = None
    """Name of the clip that it goes with; None: it lies on a scene or on the whole."""

    def times(self, rate: Rate) -> SoundTimes:
        """Exactly where it lies on a timeline at `rate`."""
        if self.exact is not None:
            return self.exact
        start, length, source = (rate.seconds(n) for n in (self.start, self.length, self.source_start))
        return SoundTimes(start_s=start, length_s=length, source_s=source)

    def on_frames(self, rate: Rate) -> bool:
        """Whether it starts with a frame, in the timeline and in its file."""
        times = self.times(rate)
        return all((s * rate.fps).denominator == 1 for s in (times.start_s, times.source_s))


class Timeline(Noun):
    """A whole cut."""

    title: str
    rate: Rate
    start: str = FIRST_TIMECODE
    """Timecode of the first frame."""
    width: int
    height: int
    clips: tuple[Clip, ...]
    sounds: tuple[Sound, ...] = ()
    fade_in: int = 0
    """Frames over which the first clip comes up from black; a fade out at the end is the last clip's transition."""
    research_mark: str = ""
    """Said in metadata and burnt into pictures: what the material may be used for."""
    metadata: dict[str, str] = Field(default_factory=dict)

    @property
    def length(self) -> int:
        """Frames."""
        return sum(c.length for c in self.clips)

    def starts(self) -> tuple[int, ...]:
        """First frame of each clip, counted from the timeline's start."""
        total, found = 0, list[int]()
        for clip in self.clips:
            found.append(total)
            total += clip.length
        return tuple(found)


class EditedClip(Noun):
    """What an editor's file says about one of our clips."""

    name: str
    """As the file has it."""
    source_start: int
    """Frames into the media."""
    length: int
    record_start: int
    """Frames from the timeline's start."""
    transition: TransitionKind = TransitionKind.CUT
    transition_length: int = 0
    shot_id: str | None = None
    """Which shot it says that it is, where its metadata came through the editor: names get changed there."""


class EditedCut(Noun):
    """A timeline as it comes back from an editor."""

    title: str = ""
    rate: Rate
    clips: tuple[EditedClip, ...]
    fade_in: int = 0
    """Frames over which the first clip comes up from black."""
    unknown: tuple[str, ...] = ()
    """What the file holds that no cut of ours can: nested timelines, titles, speed changes; one sentence each."""
    had: tuple[str, ...] = ()
    """Ids or numbers of the shots that the timeline had when it was delivered, where the file still says so."""


class CutEntry(Noun):
    """One clip of the production's own cut."""

    shot_id: str
    source_start: int = 0
    """First frame shown, counted from the shot's first frame without handles; negative reaches into the head handle."""
    length: int
    """Frames shown, at least 1."""
    transition: TransitionKind = TransitionKind.CUT
    transition_length: int = 0


class Cut(Noun):
    """Order and lengths as an editor left them; every timeline of the production follows them from then on."""

    rate: Rate
    entries: tuple[CutEntry, ...]
    fade_in: int | None = None
    """Frames over which the first entry comes up from black; None: as the script has it."""
    known: tuple[str, ...]
    """Ids of all shots that the editor had: one that is known and not in `entries` was left out on purpose."""
    source: str
    """Name of the editor's file."""
