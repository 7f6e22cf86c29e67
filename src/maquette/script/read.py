"""A screenplay file as a Screenplay; every reason why it cannot be read as one sentence with its remedy."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from maquette.film.errors import ScriptError
from maquette.film.screenplay import Screenplay
from maquette.script.draft_element import Source, screenplay_from
from maquette.script.fdx import read_fdx
from maquette.script.fountain import read_fountain

LARGEST_BYTES = 10_000_000
LARGEST_FOUNTAIN = 3_000_000
"""Characters: ten long features. FDX needs several times as many bytes for the same words."""
MOST_SCENES = 5_000
_EXPORT = "export the script from its program as Fountain (.fountain) or Final Draft (.fdx) and give that file"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or a word processor's document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"\x1aE\xdf\xa3", "a video file"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9._-]{1,40})["']""")
_NEAR_HEADING = re.compile(r"[^.!?]{2,80}\s[-–—]\s(?:DAY|NIGHT|MORNING|EVENING|DAWN|DUSK|CONTINUOUS|LATER)\.?", re.I)


def read_screenplay(path: Path) -> Screenplay:
    """Read Fountain or FDX from a file. Raises ScriptError where it is none or has no scene."""
    data = _bytes_of(path)
    # A file name may hold bytes that are no text in any encoding.
    name = path.name.encode("utf-8", "replace").decode("utf-8")
    text, encoding = decode(data, name)
    digest = hashlib.sha256(data).hexdigest()
    if _is_xml(text):
        screenplay = _fdx(text, Source(name, digest, "fdx", encoding))
    elif len(text) > LARGEST_FOUNTAIN:
        raise ScriptError(
            f"{name} has {len(text) / 1e6:.1f} million characters, more than ten feature films: check that it is one "
            "script, and split it."
        )
    else:
        screenplay = _fountain(text, Source(name, digest, "fountain", encoding))
    if not screenplay.scenes:
        raise ScriptError(_no_scene(name, text, screenplay.source_format))
    if len(screenplay.scenes) > MOST_SCENES:
        raise ScriptError(
            f"{name}, line {screenplay.scenes[MOST_SCENES].place.line}: here scene {MOST_SCENES + 1} of "
            f"{len(screenplay.scenes)} begins, more than any film has: check that it is one script, and split it."
        )
    return screenplay


def parse_text(text: str, name: str = "untitled.fountain") -> Screenplay:
    """Read Fountain, or FDX where the text is XML, from a string; without scenes it gives a Screenplay without scenes.

    Raises ScriptError only for FDX that is damaged or is no Final Draft document.
    """
    data = text.encode("utf-8", "replace")
    source = Source(name, hashlib.sha256(data).hexdigest(), "fdx" if _is_xml(text) else "fountain", "utf-8")
    return _fdx(text, source) if source.format == "fdx" else _fountain(text, source)


def _fountain(text: str, source: Source) -> Screenplay:
    title_page, drafts = read_fountain(text)
    return screenplay_from(drafts, title_page, source)


def _fdx(text: str, source: Source) -> Screenplay:
    title_page, drafts = read_fdx(text, source.name)
    return screenplay_from(drafts, title_page, source)


def _is_xml(text: str) -> bool:
    head = text[:2000].lstrip("\ufeff \t\r\n")
    return head.startswith("<?xml") or head.startswith("<FinalDraft") or head.startswith("<!DOCTYPE FinalDraft")


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ScriptError(f"{path} is a folder: name the screenplay file in it.")
        if not path.exists():
            raise ScriptError(f"{path} does not exist: check the name and the folder.")
        if not path.is_file():
            raise ScriptError(f"{path} is not an ordinary file: give a .fountain or .fdx file.")
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise ScriptError(
                f"{path.name} has {size / 1e6:.0f} MB, more than the {LARGEST_BYTES // 1_000_000} MB of any "
                f"screenplay: "
                "check that it is the script, and remove embedded pictures or split it."
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ScriptError(f"{path} cannot be read ({reason}): check its permissions and the disk.") from error
    except ValueError as error:
        raise ScriptError(f"{str(path)!r} is not a possible file name: check it.") from error
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ScriptError(f"{path.name} is empty: save the script again from the program it was written in.")
    return data


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and name of the encoding. Raises ScriptError for what is no text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise ScriptError(f"{name} is {kind}, not a screenplay text: {_EXPORT}.")
    if data[4:8] == b"ftyp":
        raise ScriptError(f"{name} is a video file, not a screenplay text: {_EXPORT}.")
    encoding = _encoding(data)
    if encoding is None:
        at = data.find(b"\x00")
        line = data.count(b"\n", 0, max(at, 0)) + 1
        raise ScriptError(f"{name} is a binary file (line {line} holds bytes that no text has): {_EXPORT}.")
    try:
        text = data.decode(encoding, "replace" if encoding.startswith("utf") else "strict")
    except UnicodeDecodeError:
        text, encoding = data.decode("latin-1"), "latin-1"
    text = text.removeprefix("\ufeff")
    head = text[:200].lstrip().casefold()
    if head.startswith(("<!doctype html", "<html")):
        raise ScriptError(f"{name} is a web page, not a screenplay text: {_EXPORT}.")
    return text, encoding


def _encoding(data: bytes) -> str | None:
    """The encoding by mark, declaration and content; None for a binary file."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    sample = data[:20_000]
    if b"\x00" in sample:
        return _utf16_without_mark(sample)
    control = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1a\x1b" for byte in sample)
    if b"\x00" in data or control * 50 > len(sample):
        return None
    declared = _DECLARED.match(data.lstrip()[:200])
    if declared and (known := _codec(declared.group(1).decode("ascii"))):
        return known
    bad = len(re.findall("\ufffd", data.decode("utf-8", "replace")))
    good = sum(byte >= 0xC2 for byte in data) if bad else 0
    return "utf-8" if bad == 0 or bad * 10 < good else "cp1252"


def _utf16_without_mark(sample: bytes) -> str | None:
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if max(low, high) <= len(sample) // 40 or min(low, high) * 20 > max(low, high):
        return None
    encoding = "utf-16-le" if high > low else "utf-16-be"
    text = sample.decode(encoding, "replace")
    return encoding if sum(c < " " and c not in "\t\n\r\f\v" for c in text) * 50 <= len(text) else None


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    return found.name if found._is_text_encoding and not found.name.startswith("utf-16") else None


def _no_scene(name: str, text: str, source_format: str) -> str:
    if source_format == "fdx":
        return f"{name} has no scene heading: set the first line of each scene to “Scene Heading” in Final Draft."
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    near = next(
        ((at, li.strip()) for at, li in enumerate(lines, 1) if len(li) < 120 and _NEAR_HEADING.fullmatch(li.strip())),
        None,
    )
    hint = f" (line {near[0]}, “{near[1]}”, could be “INT. {near[1].upper()}”)" if near else ""
    return (
        f"{name} has no scene heading in its {len(lines)} lines{hint}: begin each scene with a line such as "
        "“INT. KITCHEN - NIGHT”, or force one with a full stop (“.THE VOID”), with an empty line before it."
    )
