"""The lookbook: pages, words and pictures; nothing is rendered here."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdf
import pytest
from numpy.typing import NDArray
from PIL import Image

from maquette.film.errors import UsageError
from maquette.film.look import Colour, Finish, Look, Recipe, Reference, Swatch
from maquette.film.request import TakeRequest
from maquette.film.shot import ShotSize
from maquette.film.style import PanelStyle
from maquette.pipeline import Production
from maquette.pipeline.lookbook import lookbook, well_chosen
from tests.small_film import small_film

U8 = NDArray[np.uint8]
LOOKS = {
    "Harbour Rust": Recipe(finish=Finish(grain=0.4), colour=Colour(saturation=0.8)),
    "Cold Morning": Recipe(colour=Colour(contrast=1.2)),
    "Pen": Recipe(style=PanelStyle.INK),
}


class Drawing:
    """Pictures of one colour each, and what they were asked for."""

    def __init__(self) -> None:
        self.requests: list[TakeRequest] = []

    def __call__(self, request: TakeRequest) -> U8:
        self.requests.append(request)
        picture = np.zeros((36, 64, 3), np.uint8)
        picture[:] = (40 * len(self.requests) % 256, 90, 120)
        return picture


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Production]:
    with small_film(tmp_path / "film") as production:
        reference = io.BytesIO()
        Image.effect_noise((90, 60), 60).convert("RGB").save(reference, "PNG")
        media = production.folder.media.put(reference.getvalue(), ".png")
        swatches = (
            Swatch(colour="#a8452b", share=0.7, protected=True),
            Swatch(colour="#2b2d33", share=0.3, name="night"),
        )
        for name, recipe in LOOKS.items():
            look = Look(
                name=name, recipe=recipe, notes=f"Notes on {name}.", palette=swatches,
                references=(Reference(name="wharf.png", media=media, suffix=".png", width=90, height=60),),
            )  # fmt: skip
            production.database.put("look", name, look)
        yield production


def pages(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


def test_a_page_side_by_side_and_one_for_each_look(film: Production) -> None:
    drawing = Drawing()
    made = lookbook(film, draw=drawing)
    assert [f.name for f in made.files] == ["lookbook.pdf", "lookbook.png"]
    assert made.looks == tuple(LOOKS) and made.shots == ("1", "1A", "2")
    assert made.drawn == len(drawing.requests) == 9
    first, *rest = pages(made.files[0])
    assert len(rest) == 3
    for name, page in zip(LOOKS, rest, strict=True):
        assert name in first and name in page
        assert f"Notes on {name}." in page and "wharf.png" in page
        assert "#A8452B" in page and "night" in page and "kept" in page
        assert "INT. ROOM - DAY" in page and "EXT. STREET - NIGHT" in page
    assert "grain 0.4" in rest[0] and "saturation × 0.80" in rest[0]
    assert "contrast × 1.20" in rest[1] and "ink" in rest[2]
    for page in (first, *rest):
        assert "non-commercial research material" in page and "The Cut" in page
    with Image.open(made.files[1]) as sheet:
        assert sheet.format == "PNG" and sheet.width > 1200


def test_pictures_have_the_look_and_its_style(film: Production) -> None:
    drawing = Drawing()
    lookbook(film, looks=["Pen", "Cold Morning"], shots="1", intensity=0.5, draw=drawing)
    assert [r.frame.style for r in drawing.requests] == [PanelStyle.INK, PanelStyle.PHOTO]
    assert all(r.look is not None and r.look.intensity == 0.5 for r in drawing.requests)
    assert [r.look.recipe for r in drawing.requests if r.look] == [LOOKS["Pen"], LOOKS["Cold Morning"]]


def test_a_mix_is_a_page_of_five_steps(film: Production) -> None:
    drawing = Drawing()
    made = lookbook(film, looks=["Pen"], shots="1,2", mix=("Harbour Rust", "Cold Morning"), formats=["pdf"],
                    draw=drawing)  # fmt: skip
    assert len(drawing.requests) == 2 * (1 + 5)
    last = pages(made.files[0])[-1]
    assert len(pages(made.files[0])) == 3
    for words in ("Harbour Rust to Cold Morning", "75 % · 25 %", "50 % · 50 %", "25 % · 75 %"):
        assert words in last


def test_what_is_drawn_is_drawn_once_and_a_stopped_run_goes_on(film: Production) -> None:
    stopped = Drawing()

    def until_the_fourth(request: TakeRequest) -> U8:
        if len(stopped.requests) == 4:
            raise KeyboardInterrupt
        return stopped(request)

    with pytest.raises(KeyboardInterrupt):
        lookbook(film, draw=until_the_fourth)
    assert not (film.root / "lookbook" / "lookbook.pdf").exists()
    assert lookbook(film, draw=Drawing()).drawn == 5
    assert lookbook(film, draw=Drawing()).drawn == 0
    damaged = next((film.root / "lookbook" / "pictures").glob("*.png"))
    damaged.write_bytes(damaged.read_bytes()[:60])
    assert lookbook(film, draw=Drawing()).drawn == 1


def test_many_looks_go_over_several_pages(film: Production) -> None:
    for i in range(9):
        film.database.put("look", f"Look {i}", Look(name=f"Look {i}"))
    made = lookbook(film, shots="1", draw=Drawing())
    assert len(pages(made.files[0])) == 3 + 12


def test_a_lost_reference_is_said_and_left_out(film: Production) -> None:
    lost = Reference(name="gone.png", media="0" * 64, suffix=".png", width=1, height=1)
    film.database.put("look", "Pen", Look(name="Pen", references=(lost,)))
    made = lookbook(film, looks=["Pen"], shots="1", draw=Drawing())
    assert made.notes == ("Pen: the reference gone.png is no longer there or cannot be read.",)


def test_names_that_there_are_none_of(film: Production) -> None:
    with pytest.raises(UsageError, match="no look 'Blue': there are Harbour Rust, Cold Morning, Pen"):
        lookbook(film, looks=["Blue"], draw=Drawing())
    with pytest.raises(UsageError, match="written as pdf and png, not as docx"):
        lookbook(film, formats=["docx"], draw=Drawing())


def test_shots_are_chosen_that_differ(ferry: Production) -> None:
    chosen = well_chosen(ferry.screenplay, ferry.shots)
    scenes = {s.id: s for s in ferry.screenplay.scenes}
    assert len(chosen) == 4 and chosen == well_chosen(ferry.screenplay, ferry.shots)
    assert len({s.scene_id for s in chosen}) == 4
    times = {scenes[s.scene_id].heading.time_of_day for s in chosen}
    assert len(times) >= 3
    assert {scenes[s.scene_id].heading.interior for s in chosen} == {True, False}
    assert any(s.size in (ShotSize.CU, ShotSize.MCU) for s in chosen)
    assert any(s.size in (ShotSize.WS, ShotSize.VWS, ShotSize.EWS) for s in chosen)
    order = [s.id for s in ferry.shots]
    assert [order.index(s.id) for s in chosen] == sorted(order.index(s.id) for s in chosen)
