"""What an editor has made of a timeline: order, lengths and transitions, read from any format we deliver.

Nothing in a file is taken on trust: size, text, structure and every time are checked, and whatever is wrong is one
sentence that names the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError

from maquette.deliver.timeline_cut import CutBuilder
from maquette.deliver.timeline_read_edl import read_edl
from maquette.deliver.timeline_read_fcp7 import read_fcp7
from maquette.deliver.timeline_read_fcpxml import read_fcpxml
from maquette.deliver.timeline_read_otio import read_aaf, read_otio, read_otioz
from maquette.deliver.timeline_xml import parsed
from maquette.film.errors import TimelineError
from maquette.film.rate import Rate
from maquette.film.timeline import EditedCut

READABLE = (".otio", ".otioz", ".edl", ".xml", ".fcpxml", ".aaf")
MOST_BYTES = 64 * 2**20
"""Of a timeline without media: thousands of clips are a few megabytes."""
MOST_AAF_BYTES = 2**30
"""An AAF may hold its media."""


def read_cut(
    path: Path, rate: Rate, known: Sequence[str] = (), media_starts: Mapping[str, str] | None = None
) -> EditedCut:  # fmt: skip
    """Read an editor's file; all places and lengths are frames at `rate`, sources counted from their media's start.

    known: names of the clips that were delivered: names come back without suffix and in our spelling, reels of an EDL
    as names, and a file with none of them is refused. media_starts: {clip name: timecode of its media's first frame}
    for EDLs, which do not say it; else 01:00:00:00 counts as that, or 00:00:00:00 for what begins before. What no cut
    of ours can hold is said in `unknown`. Raises TimelineError for a file that cannot be read exactly at `rate`.
    """
    cut = CutBuilder(path.name, rate, known, media_starts)
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise cut.wrong(f"is no timeline that can be read: export one of {', '.join(READABLE)}.")
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError as error:
        raise TimelineError(f"{path} cannot be read ({error.strerror}).") from error
    if size is None:
        raise TimelineError(f"There is no file {path}: name the timeline that the editor exported.")
    most = MOST_AAF_BYTES if suffix == ".aaf" else MOST_BYTES if suffix != ".otioz" else size
    if size > most:
        raise cut.wrong(f"has {size // 2**20} MiB: no timeline is so large; export it without media.")
    if not size:
        raise cut.wrong("is empty: export the timeline again.")
    try:
        _read(path, suffix, cut)
        return cut.done()
    except TimelineError:
        raise
    except OSError as error:
        raise TimelineError(f"{path} cannot be read ({error.strerror or 'it is damaged'}).") from error
    except RecursionError as error:
        raise cut.wrong("is nested too deep: it is damaged.") from error
    except Exception as error:
        # The adapters' readers raise whatever their code runs into on a file that is not as they expect.
        raise cut.wrong(f"cannot be read as {suffix[1:].upper()} ({_first_line(error)}): export it again.") from error


def _read(path: Path, suffix: str, cut: CutBuilder) -> None:
    match suffix:
        case ".otioz":
            read_otioz(path, cut, MOST_BYTES)
        case ".aaf":
            read_aaf(path, cut)
        case ".otio":
            read_otio(path.read_bytes(), cut)
        case ".edl":
            read_edl(_text(path.read_bytes(), cut), cut)
        case _:
            _read_xml(path.read_bytes(), cut)


def _read_xml(data: bytes, cut: CutBuilder) -> None:
    try:
        root = parsed(data)
    except ParseError as error:
        raise cut.wrong(f"is no sound XML ({error}): export it again.") from error
    if root.tag == "fcpxml":
        read_fcpxml(root, cut)
    elif root.tag == "xmeml":
        read_fcp7(root, cut)
    else:
        raise cut.wrong(f'is XML of another kind ("{root.tag[:40]}"): export Final Cut Pro XML.')


def _text(data: bytes, cut: CutBuilder) -> str:
    """An EDL's text: UTF-8, UTF-16 with its mark, or the old eight-bit code."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise cut.wrong("is not text: export a CMX 3600 edit list.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
