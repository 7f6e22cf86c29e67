"""Files that are no screenplay, encodings, and texts made to hurt the reader."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.film.errors import ScriptError
from maquette.script import parse_text, read_screenplay, to_fountain

TEXT = "Title: Café\n\nINT. KÜCHE - NIGHT\n\nRené waits – alone.\n\nÉLISE\n(doucement)\nÇa va?\n"


def refusal(path: Path) -> str:
    with pytest.raises(ScriptError) as error:
        read_screenplay(path)
    message = str(error.value)
    assert path.name in message
    assert message.endswith(".") and "\n" not in message
    return message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF.*Fountain"),
        (b"PK\x03\x04zzzz", "zip archive.*Fountain"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0", "JPEG picture"),
        (b"{\\rtf1 INT. HOUSE - DAY}", "rich text"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"abc\n\x00\x01\x02\x03" * 40, "binary file .line 2"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"Once upon a time.\n\nThere was no scene.\n", "no scene heading in its 4 lines.*INT. KITCHEN - NIGHT"),
        (b"Scene.\n\nKITCHEN - NIGHT\n\nShe eats.\n", "line 3, .KITCHEN - NIGHT"),
        (b"<FinalDraft><Content></Content></FinalDraft>", "Scene Heading"),
    ],
)
def test_refused_with_a_remedy(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "draft.fountain"
    path.write_bytes(data)
    with pytest.raises(ScriptError, match=words):
        read_screenplay(path)
    refusal(path)


def test_missing_folder_and_impossible_names(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "none.fountain")
    assert "folder" in refusal(tmp_path)
    with pytest.raises(ScriptError):
        read_screenplay(Path("a\x00b"))
    with pytest.raises(ScriptError):
        read_screenplay(tmp_path / ("x" * 5000))
    with pytest.raises(ScriptError, match="not an ordinary file"):
        read_screenplay(Path("/dev/zero"))


def test_fifty_megabytes_are_refused_by_their_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.fountain"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "50 MB" in refusal(path)


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_encodings_and_line_breaks(tmp_path: Path, encoding: str, mark: bytes, told: str, line_break: str) -> None:
    path = tmp_path / "script.txt"
    path.write_bytes(mark + TEXT.replace("\n", line_break).encode(encoding))
    script = read_screenplay(path)
    assert (script.encoding, script.title) == (told, "Café")
    assert [e.text for e in script.elements] == [e.text for e in parse_text(TEXT).elements]
    assert script.elements[2].character == "ÉLISE"


def test_latin_1_where_cp1252_has_no_letter(tmp_path: Path) -> None:
    path = tmp_path / "script.txt"
    path.write_bytes(TEXT.replace("–", "-").encode("latin-1") + b"\x81")
    assert read_screenplay(path).encoding == "latin-1"


def test_a_few_damaged_bytes_do_not_spoil_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "script.txt"
    path.write_bytes((TEXT * 5).encode() + b"\xc3")
    assert "ÉLISE" in [c.name for c in read_screenplay(path).cast]


def test_a_hundred_characters_in_a_scene() -> None:
    cues = "\n\n".join(f"PILOT {a}{b}\nHere." for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ")
    script = parse_text(f"INT. HANGAR - DAY\n\n{cues}\n")
    assert len(script.cast) == len(script.scenes[0].characters) == 100


NASTY = {
    "stars": "*a" * 40_000,
    "star run": "*" * 60_000,
    "underscores": "_a " * 30_000,
    "brackets": "[[" * 80_000,
    "boneyards": "/*" * 40_000,
    "notes": "[[a]]" * 15_000,
    "parens": "MARA\n" + "(" * 60_000,
    "paren lines": "MARA\n" + "(a\n" * 40_000,
    "capitals": "A" * 150_000 + " walks.",
    "capital words": "MARA " * 60_000 + "walks.",
    "spaces": "INT." + " " * 150_000 + "X",
    "dashes": "INT. " + "- " * 100_000,
    "hashes": "INT. A " + "#" * 60_000,
    "backslashes": "\\" * 150_000 + "[[",
    "quotes": '"' * 100_000 + "A walks.",
    "numbers": "MARA (" + "4" * 100_000 + ") walks.",
    "commas": "MARA, a " + "tall, " * 20_000 + "woman.",
    "periods": "A. " * 120_000,
    "colons": ":" * 60_000,
    "title": "a" * 200_000 + ":",
    "padded": "INT. A\n\nMARA\nHi.\n" + "  \n" * 60_000 + "x",
    "cues": "A\n[[x]]\n" * 8_000,
    "early": "MARA (" + "early mid late " * 20_000 + ")",
    "carets": "MARA" + " ^" * 100_000 + "\nHi.",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", NASTY)
def test_nasty_lines_are_read_in_linear_time(name: str) -> None:
    parse_text("INT. A - DAY\n\n" + NASTY[name])
    parse_text(NASTY[name])


@given(st.text(max_size=400) | st.binary(max_size=200).map(lambda b: "<FinalDraft>" + b.decode("latin-1")))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        to_fountain(parse_text(text))
    except ScriptError:
        assert text.lstrip("\ufeff \t\r\n").startswith("<")


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.fountain"
    path.write_bytes(data)
    try:
        read_screenplay(path)
    except ScriptError as error:
        assert "any.fountain" in str(error)
