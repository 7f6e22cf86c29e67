"""Timelines for cutting rooms: one call for all formats, and what each of them cannot carry.

A file takes its name only when it is whole. What comes back from an editor is read by `timeline_read`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from maquette.deliver.timeline_aaf import write_aaf
from maquette.deliver.timeline_edl import edl
from maquette.deliver.timeline_fcp7 import fcp7_xml
from maquette.deliver.timeline_fcpxml import fcpxml
from maquette.deliver.timeline_otio import write_otio, write_otioz
from maquette.deliver.timeline_parts import TimelineFormat, playable
from maquette.deliver.whole import whole_file
from maquette.film.errors import TimelineError
from maquette.film.timeline import Timeline

__all__ = ["TimelineFormat", "write_timeline"]


def write_timeline(
    timeline: Timeline, path: Path, format: TimelineFormat, *, comments: bool = False
) -> tuple[str, ...]:  # fmt: skip
    """Write a timeline to `path`; returns a sentence for everything that the format cannot carry or play.

    Media of clips is looked for beside `path`. comments: an EDL names clips in `* FROM CLIP NAME` lines, which Avid
    and Resolve read and Premiere stumbles over. Raises TimelineError for a timeline without clips or with two clips of
    one name, and MediaError or DiskFull where the file cannot be written.
    """
    if not timeline.clips:
        raise TimelineError("There is nothing to deliver: the cut has no clips.")
    names = Counter(c.name for c in timeline.clips)
    if twice := next((n for n, count in names.items() if count > 1), None):
        raise TimelineError(f'Two clips are called "{twice}": an editor could not tell them apart.')
    if short := next((c.name for c in timeline.clips if c.length < 1), None):
        raise TimelineError(f'The clip "{short}" has no length: give its shot at least one frame.')
    cut, notes = playable(timeline)
    with whole_file(path) as part:
        more = _write(cut, part, path, format, comments)
    return (*notes, *more)


def _write(cut: Timeline, part: Path, path: Path, format: TimelineFormat, comments: bool) -> tuple[str, ...]:
    match format:
        case TimelineFormat.OTIO:
            return write_otio(cut, part)
        case TimelineFormat.OTIOZ:
            return write_otioz(cut, part, path.parent)
        case TimelineFormat.AAF:
            return write_aaf(cut, part, path)
        case TimelineFormat.EDL:
            text, notes = edl(cut, comments)
        case TimelineFormat.FCP7_XML:
            text, notes = fcp7_xml(cut, path)
        case TimelineFormat.FCPXML:
            text, notes = fcpxml(cut, path)
    part.write_text(text, encoding="utf-8", newline="\n")
    return notes
