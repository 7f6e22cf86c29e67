"""The documentation names what is there: links, files, commands, options, words, fields, pictures."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import typer

from maquette.cli.main import app
from maquette.cli.shapes import shot as shot_shape
from maquette.deliver.board_pdf import template_data
from maquette.film.board import ASPECT_RATIOS, LAYOUTS, Board, Cell, Paper
from maquette.film.control_table import CONTROL_LIST, Kind, format_value
from maquette.film.props import PropKind
from maquette.film.settings import Density, NumberingScheme
from maquette.film.shot import Framing, Shot, ShotRole, ShotSize, ShotStatus
from maquette.film.stage import SetKind
from maquette.film.usual import FRAMING_LENS_MM, LENS_MM
from maquette.script.camera_vocabulary import CAMERA_VOCABULARY
from maquette.script.names import names_of
from maquette.script.read import parse_text
from maquette.script.shot_list import list_shots
from maquette.script.shot_words import read_shot_words
from maquette.stage.build import MAX_CAST

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
SOURCE_FILE = re.compile(r"(?<![\w/<.])((?:[\w.-]+/)+[\w-]+\.(?:py|md|typ|sh|toml|txt|fountain))\b")
PLACEHOLDER = "NAME"
LARGEST_PICTURE, LARGEST_TOTAL = 250_000, 2_350_000

pages = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_of(page: Path) -> list[str]:
    return [block or span for block, span in CODE.findall(text_of(page))]


def anchors(page: Path) -> set[str]:
    """Anchors as GitHub makes them from headings."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pages
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(text_of(page)):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(linked), f"{page.name}: {target}"


@pages
def test_files_named_are_there(page: Path) -> None:
    for code in code_of(page):
        for name in SOURCE_FILE.findall(code):
            if PLACEHOLDER in name:
                continue
            places = [folder / name for folder in (ROOT, ROOT / "src" / "maquette", page.parent)]
            assert any(p.exists() for p in places), f"{page.name} names {name}"


@pages
def test_commands_and_options_are_there(page: Path) -> None:
    group = typer.main.get_command(app)
    commands = getattr(group, "commands")  # noqa: B009  (typer brings its own group class)
    for code in code_of(page):
        for line in code.replace("\\\n", " ").splitlines():
            for name, words in re.findall(r"(?:^|[\s/])maquette ([a-z]+)\b([^|>#`]*)", line.split("  #")[0]):
                if name not in commands:
                    assert not re.match(r"\$|[.\w/]*maquette ", line.strip()), f"{page.name}: no command in {line!r}"
                    continue
                known = {o for p in commands[name].params for o in p.opts} | {"--help"}
                for option in re.findall(r"--[a-z-]+", words):
                    assert option in known, f"{page.name}: maquette {name} has no {option}"


@pages
def test_make_targets_are_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for code in code_of(page):
        for target in re.findall(r"^\s*make (?:PYTHON=\S+ )?([a-z]+)", code, re.MULTILINE):
            assert target in targets, f"{page.name}: make {target}"


# --- words and values -----------------------------------------------------------------------------------------


def table(page: Path, name: str, end: str) -> list[list[str]]:
    """The rows between two marks, cell by cell, header left out."""
    part = text_of(page).split(f"<!-- {name}", 1)[1].split(f"<!-- {end} -->", 1)[0]
    rows = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def said(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def test_camera_words_mean_what_the_table_says() -> None:
    names = names_of(
        parse_text("INT. ROOM - DAY\n\nMARA and TOM wait.\n\nMARA\nWell?\n\nTOM\nWell.\n"), ("MARA", "TOM")
    )
    rows = table(DOCS / "screenplay.md", "camera words", "end of camera words")
    for field, value, phrases in rows:
        for phrase in re.findall(r"`([^`]+)`", phrases):
            read = getattr(read_shot_words(phrase, names), field)
            assert said(read) == value, f"{phrase!r} is read as {field} {read}, the table says {value}"
    assert {(f, said(v)) for f, v, _ in CAMERA_VOCABULARY} == {(f, v) for f, v, _ in rows}


def test_examples_of_shot_notes_are_read() -> None:
    text = "INT. ROOM - DAY\n\nMARA waits for TOM.\n\nMARA\nWell?\n\nTOM\nWell.\n"
    names = names_of(parse_text(text), ("MARA", "TOM"))
    words = read_shot_words("MCU MARA, low angle, 35mm, push in, 4s", names)
    assert (words.size, words.lens_mm, words.duration_s, words.subjects) == (ShotSize.MCU, 35, 4, ("MARA",))
    over = read_shot_words("OTS MARA on TOM", names)
    assert (over.framing, over.over, over.subjects) == (Framing.OTS, "MARA", ("TOM",))
    assert read_shot_words("at 0.5 m", names).camera_height_m == 0.5
    assert read_shot_words("dutch 10 degrees left", names).roll_deg == -10


def test_every_way_of_asking_in_the_readme_gives_a_shot() -> None:
    example = text_of(ROOT / "README.md").split("```fountain\n", 1)[1].split("```", 1)[0]
    screenplay = parse_text(f"INT. ROOM - DAY\n\nMARA (40s) waits.\n\n{example}")
    asked = [s for s in list_shots(screenplay).shots if s.status is ShotStatus.ASKED]
    assert [(s.size, s.lens_mm) for s in asked[:2]] == [(ShotSize.CU, 85), (ShotSize.MCU, 35)]
    assert asked[2].subjects == ("hands", "MARA")


def test_sizes_and_lenses_are_those_of_the_shot_list() -> None:
    rows = table(DOCS / "storyboard.md", "sizes", "end of sizes")
    assert {row[0]: row[2] for row in rows} == {size.value: f"{mm:g} mm" for size, mm in LENS_MM.items()}
    page = text_of(DOCS / "storyboard.md")
    for framing, mm in ((Framing.POV, "points of view"), (Framing.INSERT, "inserts")):
        assert f"{mm} {FRAMING_LENS_MM[framing]:g} mm" in page.replace("\n", " ")


def test_vocabularies_are_complete() -> None:
    page = text_of(DOCS / "storyboard.md")
    for word in (*Density, *NumberingScheme, *ShotStatus, *Paper, "beside"):
        assert re.search(rf'`"?{re.escape(word)}"?`', page), word
    for name in ASPECT_RATIOS:
        assert name in page
    assert set(LAYOUTS) - {"beside"} == {f"{c}x{r}" for c in (1, 2, 3) for r in (1, 2, 3)}


def test_every_control_is_in_the_table_as_it_is() -> None:
    rows = {row[0].strip("`"): row for row in table(DOCS / "directing.md", "controls", "end of controls")}
    assert list(rows) == [spec.name for spec in CONTROL_LIST]
    for spec in CONTROL_LIST:
        _, says, values, keys = rows[spec.name]
        assert says == spec.says and (keys == "yes") == spec.keyable, spec.name
        if spec.kind is Kind.NUMBER:
            assert values == f"{format_value(spec, spec.low)} .. {format_value(spec, spec.high)}", spec.name
        assert not spec.vocabulary or values == ", ".join(spec.vocabulary), spec.name


def test_json_fields_are_documented() -> None:
    shot = Shot(id="a", number="1", scene_id="s", scene_number="1", role=ShotRole.MASTER, framing=Framing.SINGLE,
                size=ShotSize.MS, lens_mm=40, status=ShotStatus.ASKED)  # fmt: skip
    page = text_of(DOCS / "json.md")
    documented = set(re.findall(r"`(\w+)`", page.split("## `maquette new")[0]))
    assert set(shot_shape(shot)) <= documented
    for file in ("shapes.py", "direct_shapes.py"):
        for shape in re.findall(r'"(maquette\.\w+/\d+)"', (ROOT / "src/maquette/cli" / file).read_text("utf-8")):
            assert shape in page


def test_board_data_fields_are_documented() -> None:
    page = text_of(DOCS / "board-data.md")
    data = template_data(Board(title="A", cells=(Cell(number="1", image=None),)))
    cells = data["cells"]
    assert isinstance(cells, list)
    for field in (*data, *cells[0]):
        assert f"`{field}`" in page, field


# --- pictures -------------------------------------------------------------------------------------------------


def test_pictures_are_small_and_each_is_shown() -> None:
    files = sorted((DOCS / "pictures").iterdir())
    assert all(f.stat().st_size <= LARGEST_PICTURE for f in files)
    assert sum(f.stat().st_size for f in files) <= LARGEST_TOTAL
    shown = {Path(target).name for page in PAGES for target in LINK.findall(text_of(page))}
    assert {f.name for f in files} <= shown
    made = set(re.findall(r'^    "([\w-]+)": \w+,$', (ROOT / "tools/pictures.py").read_text("utf-8"), re.MULTILINE))
    assert {f.stem for f in files} == made


def test_counts_in_the_readme_are_true() -> None:
    text = text_of(ROOT / "README.md").replace("\n ", "")
    assert f"{len(SetKind) - 1} kinds of sets" in text
    assert "more than 50 kinds of props" in text and len(PropKind) > 50
    assert f"at most {MAX_CAST} people" in text
