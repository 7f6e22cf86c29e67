"""Final Draft files."""

from __future__ import annotations

from pathlib import Path

import pytest

from maquette.film.errors import ScriptError
from maquette.film.screenplay import ElementKind, Emphasis
from maquette.script import parse_text, read_screenplay, to_fountain

K = ElementKind
FDX = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
  <Content>
    <Paragraph Number="12A" Type="Scene Heading">
      <SceneProperties Length="1/8" Page="1">
        <Summary><Paragraph><Text>She wakes.</Text></Paragraph></Summary>
      </SceneProperties>
      <Text>INT. LIGHTHOUSE - LAMP ROOM - NIGHT</Text>
    </Paragraph>
    <Paragraph Type="Action">
      <ScriptNote ID="1"><Paragraph><Text>shot: CU MARA</Text></Paragraph></ScriptNote>
      <Text>MARA KELL (40s), in a </Text><Text Style="Bold+Italic">yellow </Text><Text>coat &amp; boots, wakes.</Text>
    </Paragraph>
    <Paragraph Type="Shot"><Text>CLOSE ON MARA</Text></Paragraph>
    <Paragraph Type="Character"><Text>Mara (V.O.)</Text></Paragraph>
    <Paragraph Type="Parenthetical"><Text>(softly)</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text Style="Underline">Never.</Text></Paragraph>
    <Paragraph Type="General"><Text Style="AllCaps">a sign</Text></Paragraph>
    <Paragraph Type="Action"><Text></Text></Paragraph>
    <Paragraph>
      <DualDialogue>
        <Paragraph Type="Character"><Text>TOM</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Yes.</Text></Paragraph>
        <Paragraph Type="Character"><Text>MARA</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>No.</Text></Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph Type="Transition"><Text>CUT TO:</Text></Paragraph>
  </Content>
  <TitlePage><Content>
    <Paragraph><Text>The Last </Text><Text>Ferry</Text></Paragraph>
    <Paragraph><Text>Written by</Text></Paragraph>
    <Paragraph><Text>A. Writer</Text></Paragraph>
    <Paragraph><Text>Blue draft, 2026-11-22</Text></Paragraph>
    <Paragraph><Text>a@example.org</Text></Paragraph>
  </Content></TitlePage>
</FinalDraft>
"""


def test_elements() -> None:
    script = parse_text(FDX, "ferry.fdx")
    assert script.source_format == "fdx"
    assert [(e.kind, e.text) for e in script.elements] == [
        (K.SCENE_HEADING, "INT. LIGHTHOUSE - LAMP ROOM - NIGHT"),
        (K.SYNOPSIS, "She wakes."),
        (K.ACTION, "MARA KELL (40s), in a yellow coat & boots, wakes."),
        (K.NOTE, "shot: CU MARA"),
        (K.SHOT, "CLOSE ON MARA"),
        (K.CHARACTER, "Mara (V.O.)"),
        (K.PARENTHETICAL, "softly"),
        (K.DIALOGUE, "Never."),
        (K.ACTION, "A SIGN"),
        (K.CHARACTER, "TOM"),
        (K.DIALOGUE, "Yes."),
        (K.CHARACTER, "MARA"),
        (K.DIALOGUE, "No."),
        (K.TRANSITION, "CUT TO:"),
    ]
    assert [e.dual for e in script.elements[9:13]] == [False, False, True, True]
    assert [e.character for e in script.elements[5:8]] == ["MARA"] * 3
    assert script.elements[5].extension == ("V.O.",)
    assert {r.text: r.emphasis for r in script.elements[2].runs}["yellow"] == {Emphasis.BOLD, Emphasis.ITALIC}


def test_scene_number_place_and_cast() -> None:
    script = parse_text(FDX)
    (scene,) = script.scenes
    assert (scene.number, scene.numbered_by_script, scene.place.line) == ("12A", True, 4)
    assert script.elements[4].place.line == 14
    assert scene.characters == ("MARA", "TOM")
    assert [(c.name, c.age_years) for c in script.cast] == [("MARA", 45), ("TOM", None)]


def test_title_page() -> None:
    assert parse_text(FDX).title_page == {
        "Title": "The Last Ferry",
        "Credit": "Written by",
        "Author": "A. Writer",
        "Draft date": "Blue draft, 2026-11-22",
        "Contact": "a@example.org",
    }


def test_as_fountain_it_says_the_same() -> None:
    script = parse_text(FDX)
    again = parse_text(to_fountain(script))
    assert [(e.kind, e.text, e.runs, e.character, e.dual) for e in again.elements] == [
        (e.kind, e.text, e.runs, e.character, e.dual) for e in script.elements
    ]
    assert again.title_page == script.title_page


def test_files_in_utf_16_and_without_suffix(tmp_path: Path) -> None:
    for name, encoding in (("a.fdx", "utf-16"), ("b.txt", "utf-8"), ("c.fdx", "utf-8-sig")):
        path = tmp_path / name
        path.write_bytes(FDX.replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(encoding))
        assert len(read_screenplay(path).elements) == 14


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FDX[:900], f"line {FDX[:900].count(chr(10)) + 1}:"),
        (FDX.replace("<FinalDraft", '<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<FinalDraft', 1), "document type"),
        ('<?xml version="1.0"?>\n<html></html>', "not a Final Draft script"),
        ("<FinalDraft>" + "<a>" * 5000, "nested"),
        ("<FinalDraft><Content>&nbsp;</Content></FinalDraft>", "damaged"),
    ],
)
def test_damaged_or_hostile(text: str, words: str) -> None:
    with pytest.raises(ScriptError, match=words) as error:
        parse_text(text, "draft.fdx")
    assert "draft.fdx" in str(error.value)
    assert "line " in str(error.value)
