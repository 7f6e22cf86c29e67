"""Reading FCPXML as Final Cut Pro and Resolve write it: see `timeline_fcpxml`."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree.ElementTree import Element

from maquette.deliver.timeline_cut import CutBuilder, beside
from maquette.deliver.timeline_fcpxml import KEY
from maquette.film.timeline import TransitionKind

_TIME = re.compile(r"(-?\d{1,15}(?:\.\d{1,9})?)(?:/(\d{1,15}))?s")
_CLIPS = frozenset({"asset-clip", "clip", "video"})
_LEFT_OUT = {
    "title": "title",
    "ref-clip": "compound clip",
    "sync-clip": "synchronized clip",
    "mc-clip": "multicam clip",
    "audition": "audition",
}
_NO_NAMES = frozenset({"", "gap"})


def read_fcpxml(root: Element, cut: CutBuilder) -> None:
    """Gather the video of the first project."""
    sequences = [s for p in root.iter("project") for s in p.findall("sequence")]
    if not sequences:
        raise cut.wrong("holds no project: select the project itself and export it as XML.")
    if len(sequences) > 1:
        cut.say(f"{len(sequences) - 1} more of the file's projects were left out.")
    cut.title = next((p.get("name", "") for p in root.iter("project")), "")
    cut.had = tuple(_said(sequences[0], "shots").split())
    _Project(root, sequences[0], cut).gather()


class _Project:
    """A project's sequence while it is read."""

    def __init__(self, root: Element, sequence: Element, cut: CutBuilder) -> None:
        self.root, self.cut, self.sequence = root, cut, sequence
        self.assets = {a.get("id", ""): a for a in root.findall("./resources/asset")}
        self.effects = {e.get("id", "") for e in root.findall("./resources/effect")}

    def gather(self) -> None:
        spine = self.sequence.find("spine")
        if spine is None:
            raise self.cut.wrong("holds a project without a timeline.")
        self._spine(spine, -(self._time(self.sequence.get("tcStart")) or Fraction(0)), Fraction(0), 0)

    def _spine(self, spine: Element, shift: Fraction, begins: Fraction, layer: int) -> None:
        """Gather a spine that `begins` so late, and whose times, moved by `shift`, are seconds from the start."""
        end = begins
        items = list(spine)
        for n, item in enumerate(items):
            if item.tag == "transition":
                before, after = beside(items, n)
                black = _is_black(before), _is_black(after)
                self._mix(item, end, shift, layer, black)
                continue
            length = self._time(item.get("duration"))
            if length is None:
                continue
            offset = self._time(item.get("offset"))
            at = end if offset is None else offset + shift
            self._item(item, at, length, layer)
            end = at + length

    def _item(self, item: Element, at: Fraction, length: Fraction, layer: int) -> None:
        cut, name = self.cut, item.get("name", "")
        start = self._time(item.get("start"))
        asset = self.assets.get(item.get("ref", "") or _inner_ref(item))
        first = (self._time(asset.get("start")) if asset is not None else None) or Fraction(0)
        start = first if start is None else start
        compound = self._compound(item)
        if compound is not None and item.get("enabled") != "0":
            inside = cut.inside()
            _Project(self.root, compound, inside).gather()
            cut.nest(inside, name, start, length, at, layer)
        elif item.tag in _LEFT_OUT:
            cut.say(f'The {_LEFT_OUT[item.tag]} "{name}" was left out.')
        elif item.get("enabled") == "0":
            cut.say(f"{name} is switched off and was left out.")
        elif item.tag == "gap":
            if not _is_black(item):
                cut.clip(name, cut.source(start, None), length, at, shot_id=_shot_id(item), layer=layer)
        elif item.tag in _CLIPS and item.get("ref", "") in self.effects:
            cut.say(f'The title or generator "{name}" was left out.')
        elif item.tag in _CLIPS and (asset is None or asset.get("hasVideo", "1") == "1"):
            if item.find("timeMap") is not None:
                cut.say(f"{name} runs at another speed: the cut has its length and not its speed.")
            for effect in item.findall("filter-video"):
                cut.say(f'The effect "{effect.get("name", "")}" on {name} was left out.')
            cut.clip(name or (asset.get("name", "") if asset is not None else ""), start - first, length, at,
                     shot_id=_shot_id(item), layer=layer)  # fmt: skip
        self._hanging(item, at - start, layer)

    def _compound(self, item: Element) -> Element | None:
        """The timeline of a compound clip."""
        if item.tag != "ref-clip" or item.get("srcEnable") == "audio":
            return None
        found = (m for m in self.root.findall("./resources/media") if m.get("id") == item.get("ref"))
        media = next(found, None)
        return media.find("sequence") if media is not None else None

    def _hanging(self, item: Element, shift: Fraction, layer: int) -> None:
        """What is connected above a clip, at times of its own source."""
        for child in item:
            lane = child.get("lane", "0")
            if not lane.lstrip("-").isdigit() or int(lane) <= 0:
                continue
            above = layer + int(lane)
            if child.tag == "spine":
                begins = shift + (self._time(child.get("offset")) or Fraction(0))
                self._spine(child, begins, begins, above)
                continue
            offset, length = self._time(child.get("offset")), self._time(child.get("duration"))
            if offset is not None and length is not None and child.tag in _CLIPS | set(_LEFT_OUT):
                self._item(child, offset + shift, length, above)

    def _mix(
        self, item: Element, cut_at: Fraction, shift: Fraction, layer: int, black: tuple[bool, bool]
    ) -> None:  # fmt: skip
        """A transition; `black`: whether there is nothing before it, and after it."""
        name = item.get("name", "")
        offset, length = self._time(item.get("offset")), self._time(item.get("duration"))
        if length is None:
            raise self.cut.wrong(f'has a transition "{name}" of no length.')
        before = length / 2 if offset is None else cut_at - offset - shift
        words = name.lower()
        if black[1] or (before == length and words.startswith("fade out")):
            kind = TransitionKind.FADE_OUT
        elif black[0] or (before == 0 and words.startswith("fade in")):
            kind = TransitionKind.FADE_IN
        else:
            kind = self.cut.mix_named(name, words)
        self.cut.mix(kind, cut_at, before, length - before, layer)

    def _time(self, text: str | None) -> Fraction | None:
        """Seconds of "1001/24000s"; None where nothing is said."""
        if text is None:
            return None
        match = _TIME.fullmatch(text.strip())
        if match is None or (match.group(2) is not None and int(match.group(2)) == 0):
            raise self.cut.wrong(f'gives "{text[:40]}" for a time: it is written as 1001/24000s.')
        return Fraction(match.group(1)) / int(match.group(2) or 1)


def _is_black(item: Element | None) -> bool:
    """Whether nothing is shown: no item, or a gap that is not the place of a shot."""
    return item is None or (item.tag == "gap" and item.get("name", "").lower() in _NO_NAMES)


def _inner_ref(item: Element) -> str:
    """The asset of a `clip`, which names it inside."""
    inner = item.find("./video") if item.tag == "clip" else None
    return inner.get("ref", "") if inner is not None else ""


def _shot_id(item: Element) -> str | None:
    return _said(item, "shot_id") or None


def _said(item: Element, name: str) -> str:
    """What our metadata says; empty where it is gone."""
    found = (m.get("value", "") for m in item.findall("./metadata/md") if m.get("key") == f"{KEY}{name}")
    return next(found, "")
