"""Reading Final Cut Pro 7 XML as Premiere, Resolve and Final Cut write it: see `timeline_fcp7`."""

from __future__ import annotations

from fractions import Fraction
from xml.etree.ElementTree import Element

from maquette.deliver.timeline_cut import CutBuilder, beside
from maquette.deliver.timeline_fcp7 import OURS
from maquette.film.timeline import TransitionKind

_SHOTS = f"{OURS}shots "
_AS_THEY_ARE = frozenset({"basic", "opacity", "crop", "distort", "timeremap", "audiolevels"})
"""Filters that Premiere and Resolve put on every clip."""


def read_fcp7(root: Element, cut: CutBuilder) -> None:
    """Gather the video of the first sequence that is not inside another."""
    nested = {id(s) for item in root.iter("clipitem") for s in item.iter("sequence")}
    sequences = [s for s in root.iter("sequence") if id(s) not in nested and s.find("media") is not None]
    if not sequences:
        raise cut.wrong("holds no sequence: export the sequence itself as Final Cut Pro XML.")
    for other in sequences[1:]:
        cut.say(f'The sequence "{_text(other, "name")}" was left out: the file has more than one.')
    cut.title = _text(sequences[0], "name")
    said = (_text(m, "comment") for m in sequences[0].findall("marker"))
    cut.had = next((tuple(s.removeprefix(_SHOTS).split()) for s in said if s.startswith(_SHOTS)), ())
    _Sequence(root, sequences[0], cut).gather()


class _Sequence:
    """A sequence while it is read; whole elements stand where their id first occurs."""

    def __init__(self, root: Element, sequence: Element, cut: CutBuilder) -> None:
        self.root, self.sequence, self.cut = root, sequence, cut
        self.files = {f.get("id", ""): f for f in reversed(list(root.iter("file"))) if len(f)}
        self.fps = self._fps(sequence, cut.rate.fps)

    def gather(self) -> None:
        for layer, track in enumerate(self.sequence.findall("./media/video/track")):
            if _text(track, "enabled").upper() == "FALSE":
                self.cut.say(f"Video track {layer + 1} is switched off and was left out.")
                continue
            items = [i for i in track if i.tag in ("clipitem", "generatoritem", "transitionitem")]
            for n, item in enumerate(items):
                if item.tag == "transitionitem":
                    self._mix(item, layer)
                else:
                    self._clip(item, *beside(items, n), layer)

    def _clip(self, item: Element, before: Element | None, after: Element | None, layer: int) -> None:
        cut, name = self.cut, _text(item, "name")
        if item.tag == "generatoritem" or item.find("./file/mediaSource") is not None:
            if name.lower() != "slug":
                cut.say(f'The title or generator "{name}" was left out.')
            return
        if _text(item, "enabled").upper() == "FALSE":
            cut.say(f"{name} is switched off and was left out.")
            return
        fps = self._fps(item, self.fps)
        start, end = self._number(item, "start"), self._number(item, "end")
        source = Fraction(self._number(item, "in")) / fps
        if start == -1:
            start, head = self._cut_point(before, name), self._number(before, "start")
            source += Fraction(start - head) / self.fps
        if end == -1:
            end = self._cut_point(after, name)
        self._filters(item, name)
        length, record = Fraction(end - start) / self.fps, Fraction(start) / self.fps
        if (nested := item.find("sequence")) is not None:
            self._nested(nested, name, source, length, record, layer)
            return
        file = item.find("file")
        if not name and file is not None:
            name = _text(self.files.get(file.get("id", ""), file), "name")
        cut.clip(name, source, length, record, shot_id=_shot_id(item), layer=layer)

    def _nested(
        self, nested: Element, name: str, source: Fraction, length: Fraction, record: Fraction, layer: int
    ) -> None:  # fmt: skip
        """A sequence inside this one; where it is only named, it stands whole elsewhere in the file."""
        if not len(nested):
            ident = nested.get("id")
            nested = next((s for s in self.root.iter("sequence") if s.get("id") == ident and len(s)), nested)
        inside = self.cut.inside()
        _Sequence(self.root, nested, inside).gather()
        self.cut.nest(inside, name, source, length, record, layer)

    def _filters(self, item: Element, name: str) -> None:
        for effect in item.findall("./filter/effect"):
            ident = _text(effect, "effectid").lower()
            if ident == "timeremap":
                speed = next((p for p in effect.findall("parameter") if _text(p, "parameterid") == "speed"), None)
                if speed is None or _text(speed, "value") not in ("100", "100.0", ""):
                    self.cut.say(f"{name} runs at another speed: the cut has its length and not its speed.")
            elif ident not in _AS_THEY_ARE:
                self.cut.say(f'The effect "{_text(effect, "name")}" on {name} was left out.')

    def _mix(self, item: Element, layer: int) -> None:
        at = self._cut_point(item, "a transition")
        before, after = at - self._number(item, "start"), self._number(item, "end") - at
        alignment = _text(item, "alignment").lower()
        words = f"{_text(item, './effect/name')} {_text(item, './effect/effectid')}"
        if alignment == "end-black":
            kind = TransitionKind.FADE_OUT
        elif alignment == "start-black":
            kind = TransitionKind.FADE_IN
        else:
            kind = self.cut.mix_named(_text(item, "./effect/name"), words)
        self.cut.mix(kind, *(Fraction(n) / self.fps for n in (at, before, after)), layer=layer)

    def _cut_point(self, item: Element | None, name: str) -> int:
        """The frame at which a transition passes from one clip to the next."""
        if item is None or item.tag != "transitionitem":
            raise self.cut.wrong(f'says that a transition covers an end of "{name}", and has none there.')
        start, end = self._number(item, "start"), self._number(item, "end")
        alignment = _text(item, "alignment").lower()
        if alignment.startswith("end"):
            return end
        return start if alignment.startswith("start") else (start + end) // 2

    def _number(self, item: Element | None, tag: str) -> int:
        text = _text(item, tag)
        try:
            return int(text)
        except ValueError:
            what = _text(item, "name") or (item.tag if item is not None else "")
            raise self.cut.wrong(f'gives no whole number for "{tag}" of {what}.') from None

    def _fps(self, item: Element, otherwise: Fraction) -> Fraction:
        base = _text(item, "./rate/timebase")
        if not base:
            return otherwise
        if not base.isdigit() or not 1 <= int(base) <= 1000:
            raise self.cut.wrong(f'has a rate of "{base}" frames a second.')
        ntsc = _text(item, "./rate/ntsc").upper() == "TRUE"
        return Fraction(int(base) * 1000, 1001) if ntsc else Fraction(int(base))


def _text(item: Element | None, path: str) -> str:
    return (item.findtext(path) or "").strip() if item is not None else ""


def _shot_id(item: Element) -> str | None:
    said = _text(item, "./comments/mastercomment3")
    return said.removeprefix(OURS) if said.startswith(OURS) else None
