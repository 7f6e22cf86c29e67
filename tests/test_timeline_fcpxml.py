"""FCPXML as Final Cut Pro checks it before it reads a word: structure, order, attributes, references, times."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import pytest

from maquette.deliver.timeline_write import TimelineFormat, write_timeline
from maquette.film.rate import RATES
from maquette.film.timeline import Caption, ClipKind, Timeline, TransitionKind
from tests.fcpxml_structure import faults
from tests.timelines import clip, ferry_cut


def written(folder: Path, timeline: Timeline) -> Element:
    path = folder / "cut.fcpxml"
    write_timeline(timeline, path, TimelineFormat.FCPXML)
    text = path.read_text(encoding="utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n')
    return ElementTree.fromstring(text)


def everything(rate: str) -> Timeline:
    """All that a timeline can hold, with words that XML has to escape or cannot hold."""
    cut = ferry_cut(RATES[rate])
    said = Caption(start=0, length=9, speaker="MARA", words="\x07 <&> 'Wait' \"now\" \ud83d")
    slug = clip("6", kind=ClipKind.SLUG, media=None, media_frames=48, source_start=0, length=48, take=None,
                captions=(said,), transition=TransitionKind.FADE_IN, transition_length=12)  # fmt: skip
    wipe = clip("7", transition=TransitionKind.WIPE, transition_length=6)
    last = clip("8", transition=TransitionKind.FADE_OUT, transition_length=12)
    tap = cut.sounds[0].model_copy(update={"name": "tap", "start": 262, "length": 20, "track": 3})
    update = {"clips": (*cut.clips, slug, wipe, last), "sounds": (*cut.sounds, tap), "fade_in": 12}
    return cut.model_copy(update=update)


@pytest.mark.parametrize("rate", list(RATES))
def test_the_structure_is_what_final_cut_pro_takes(tmp_path: Path, rate: str) -> None:
    root = written(tmp_path, everything(rate))
    assert faults(root) == []
    # What the cut holds is in it: nothing was left out to please the check.
    assert len(root.findall(".//spine/*")) == 8 + 6  # clips and slugs; transitions
    assert len(root.findall(".//marker")) == 2 and len(root.findall(".//gap/asset-clip")) == 1


def test_the_smallest_cut(tmp_path: Path) -> None:
    cut = ferry_cut().model_copy(update={"clips": (clip("1"),), "sounds": (), "research_mark": ""})
    assert faults(written(tmp_path, cut)) == []


def _note_last(root: Element) -> None:
    sequence = root.find(".//sequence")
    assert sequence is not None
    note = sequence[0]
    sequence.remove(note)
    sequence.append(note)


def _of(path: str, change: Callable[[Element], object]) -> Callable[[Element], None]:
    def spoil(root: Element) -> None:
        found = root.find(path)
        assert found is not None
        change(found)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_note_last, "sequence has its children in the wrong order: spine metadata note"),
        (_of(".//spine/asset-clip", lambda e: SubElement(e, "adjust-volume")), "asset-clip has its children"),
        (_of(".//spine", lambda e: SubElement(e, "marker", start="0s", value="x")), "spine has its children"),
        (_of(".//spine", lambda e: SubElement(e, "caption")), "there is no element caption"),
        (_of(".//gap", lambda e: e.attrib.pop("duration")), "gap lacks duration"),
        (_of(".//gap", lambda e: e.set("ref", "r2")), "gap has no ref"),
        (_of(".//library", lambda e: e.set("name", "x")), "library has no name"),
        (_of(".//spine/asset-clip", lambda e: e.set("ref", "r99")), "asset-clip names r99, which is not there"),
        (_of(".//asset", lambda e: e.set("id", "r1")), "two elements have the id r1"),
        (_of(".//transition", lambda e: e.set("offset", "1.5s")), 'transition offset="1.5s" is no time'),
        (_of(".//sequence", lambda e: e.set("tcFormat", "drop")), 'sequence tcFormat="drop" is no choice'),
        (_of(".//sequence", lambda e: e.set("audioRate", "48000")), "sequence audioRate is no choice"),
        (lambda root: root.set("version", "1.99"), "the root is not fcpxml 1.10"),
    ],
)
def test_the_check_finds_what_is_wrong(tmp_path: Path, spoil: Callable[[Element], None], said: str) -> None:
    root = written(tmp_path, everything("24"))
    spoil(root)
    assert any(fault.startswith(said) for fault in faults(root))
