"""Reading OpenTimelineIO: `.otio`, the timeline inside `.otioz`, and AAF through OTIO's adapter.

Nested timelines are laid out flat. OTIO's own objects are used only after Python's JSON reader has found the text
sound: the library's reader is not made for hostile files.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlparse

import opentimelineio as otio

from maquette.deliver.timeline_cut import CutBuilder, beside, known_rate
from maquette.deliver.timeline_otio import KEY
from maquette.film.timeline import TransitionKind

_BLACK = frozenset({"black", "slug"})
_KINDS = {kind.value: kind for kind in TransitionKind}


def read_otio(data: bytes, cut: CutBuilder) -> None:
    """Gather the video of an `.otio` file's text."""
    try:
        text = data.decode("utf-8-sig")
        json.loads(text)
    except (ValueError, RecursionError) as error:
        raise cut.wrong("is no OpenTimelineIO file: it is not sound JSON.") from error
    gather(otio.adapters.read_from_string(text, "otio_json"), cut)


def read_otioz(path: Path, cut: CutBuilder, most_bytes: int) -> None:
    """Gather the video of the timeline in a bundle; its media is left where it is."""
    try:
        with zipfile.ZipFile(path) as bundle:
            inside = bundle.getinfo("content.otio")
            if inside.file_size > most_bytes:
                raise cut.wrong(f"holds a timeline of {inside.file_size // 2**20} MiB: no timeline is so large.")
            with bundle.open(inside) as file:
                data = file.read(most_bytes + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, RuntimeError) as error:
        raise cut.wrong("is no OTIOZ bundle: it holds no content.otio that can be read.") from error
    read_otio(data, cut)


def read_aaf(path: Path, cut: CutBuilder) -> None:
    """Gather the video of an AAF."""
    gather(otio.adapters.read_from_file(str(path), "AAF"), cut)


def gather(thing: Any, cut: CutBuilder) -> None:
    """Gather the video of whatever OTIO has read: the first timeline of a collection."""
    timeline = _timeline(thing, cut)
    cut.title = timeline.name or ""
    ours = _ours(timeline)
    had = ours.get("shots")
    if had is None:
        had = str(_comments(timeline).get("shots", "")).split()
    cut.had = () if isinstance(had, str) else tuple(s for s in had if isinstance(s, str))
    _gather_stack(timeline.tracks, cut)


def _gather_stack(stack: Any, cut: CutBuilder) -> None:
    """Each track of a stack as a layer, the last one uppermost."""
    for layer, track in enumerate(stack):
        if isinstance(track, otio.schema.Track) and track.kind != otio.schema.TrackKind.Video:
            continue
        if not track.enabled:
            cut.say(f"The track {track.name or 'without name'} is switched off and was left out.")
        elif isinstance(track, otio.schema.Track) and track.source_range is None:
            _Layer(cut, layer).walk(list(track))
        else:
            _Layer(cut, layer).walk([track])


def _timeline(thing: Any, cut: CutBuilder) -> Any:
    if isinstance(thing, otio.schema.Timeline):
        return thing
    if isinstance(thing, otio.schema.SerializableCollection):
        found = [t for t in thing if isinstance(t, otio.schema.Timeline)]
        for other in found[1:]:
            cut.say(f'The timeline "{other.name}" was left out: the file has more than one.')
        if found:
            return found[0]
    if isinstance(thing, otio.schema.Stack | otio.schema.Track):
        timeline = otio.schema.Timeline(thing.name)
        if isinstance(thing, otio.schema.Stack):
            timeline.tracks = thing
        else:
            timeline.tracks.append(thing)
        return timeline
    raise cut.wrong("holds no timeline: export the timeline itself.")


class _Layer:
    """One track of pictures."""

    def __init__(self, cut: CutBuilder, layer: int) -> None:
        self.cut, self.layer = cut, layer

    def walk(self, items: list[Any]) -> None:
        """Gather a track's items in order."""
        at = Fraction(0)
        for n, item in enumerate(items):
            if isinstance(item, otio.schema.Transition):
                before, after = beside(items, n)
                black = _is_black(before), _is_black(after)
                self._mix(item, at, black)
                continue
            length = self._seconds(item.trimmed_range().duration)
            if isinstance(item, otio.schema.Clip):
                self._clip(item, at, length)
            elif isinstance(item, otio.core.Composition):
                self._nested(item, at, length)
            at += length

    def _nested(self, item: Any, at: Fraction, length: Fraction) -> None:
        inside = self.cut.inside()
        if isinstance(item, otio.schema.Stack):
            _gather_stack(item, inside)
        else:
            _Layer(inside, 0).walk(list(item))
        shown = item.source_range
        first = Fraction(0) if shown is None else self._seconds(shown.start_time)
        self.cut.nest(inside, item.name, first, length, at, self.layer)

    def _clip(self, clip: Any, at: Fraction, length: Fraction) -> None:
        cut, media = self.cut, clip.media_reference
        name = _name(clip)
        if isinstance(media, otio.schema.GeneratorReference):
            if not _is_black(clip):
                cut.say(f'The title or generator "{name}" was left out.')
            return
        if not clip.enabled:
            cut.say(f"{name} is switched off and was left out.")
            return
        for effect in clip.effects:
            self._effect(effect, name)
        start = media.available_range.start_time if media is not None and media.available_range is not None else None
        shown = self._seconds(clip.trimmed_range().start_time)
        source = cut.source(shown, None if start is None else self._seconds(start))
        cut.clip(name, source, length, at, shot_id=_shot_id(clip), layer=self.layer)

    def _effect(self, effect: Any, name: str) -> None:
        if isinstance(effect, otio.schema.LinearTimeWarp) and effect.time_scalar == 1:
            return
        if isinstance(effect, otio.schema.TimeEffect):
            self.cut.say(f"{name} runs at another speed: the cut has its length and not its speed.")
        else:
            self.cut.say(f'The effect "{effect.effect_name or effect.name}" on {name} was left out.')

    def _mix(self, transition: Any, at: Fraction, black: tuple[bool, bool]) -> None:
        """A transition; `black`: whether there is nothing before it, and after it."""
        before, after = self._seconds(transition.in_offset), self._seconds(transition.out_offset)
        said = str(_ours(transition).get("kind", ""))
        kind = _KINDS.get(said) or _KINDS.get(str(transition.name).lower())
        if black[1] or black[0]:
            kind = TransitionKind.FADE_OUT if black[1] else TransitionKind.FADE_IN
        elif kind is None or kind is TransitionKind.CUT:
            kind = self.cut.mix_named(transition.name, f"{transition.transition_type} {transition.name}")
        self.cut.mix(kind, at, before, after, self.layer)

    def _seconds(self, time: Any) -> Fraction:
        """Exact seconds of OTIO's pair of floats."""
        if not (math.isfinite(time.value) and math.isfinite(time.rate) and time.rate > 0):
            raise self.cut.wrong("holds times that are no numbers: it is damaged.")
        whole = round(time.value)
        value = Fraction(whole) if abs(time.value - whole) < 1e-3 else Fraction(time.value).limit_denominator(10**6)
        return value / known_rate(time.rate)


def _is_black(item: Any) -> bool:
    """Whether nothing is shown."""
    if item is None or isinstance(item, otio.schema.Gap):
        return True
    media: Any = getattr(item, "media_reference", None)
    return isinstance(media, otio.schema.GeneratorReference) and str(media.generator_kind).lower() in _BLACK


def _name(clip: Any) -> str:
    if clip.name:
        return str(clip.name)
    url = getattr(clip.media_reference, "target_url", "") or ""
    return PurePosixPath(unquote(urlparse(url).path)).stem


def _ours(thing: Any) -> Mapping[str, Any]:
    """Our metadata, whatever an editor has made of it."""
    found = thing.metadata.get(KEY)
    return found if isinstance(found, Mapping) else {}


def _shot_id(clip: Any) -> str | None:
    said = _ours(clip).get("shot_id")
    if said is None:
        said = _comments(clip).get("shot_id") or _comments(clip.media_reference).get("shot_id")
    return said if isinstance(said, str) and said else None


def _comments(thing: Any) -> Mapping[str, Any]:
    """What an AAF's mob says about itself."""
    aaf = thing.metadata.get("AAF") if thing is not None else None
    found = aaf.get("UserComments") if isinstance(aaf, Mapping) else None
    return found if isinstance(found, Mapping) else {}
