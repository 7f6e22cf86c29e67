"""The house model of a look through the pipeline: trained, kept, stopped and gone on with; what to paint next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from maquette.film.errors import StoreError, UsageError
from maquette.film.look import Look
from maquette.film.request import TakeRequest
from maquette.film.style import PanelStyle
from maquette.house.paint import HousePainter
from maquette.house.train import Progress
from maquette.house.weights import read_lineage
from maquette.pipeline import Production, house, key_pairs, sights
from maquette.pipeline.house import coverage, next_keys, painted_notes, train_look
from maquette.pipeline.key_frames import Rendered, keep_frame, request_to_paint, shot_to_paint
from maquette.pipeline.looks import Looks
from maquette.pipeline.paintover import add_key, remove_key
from tests.painted_frames import file_of, passes
from tests.small_film import small_film

SIZE = "96x54"


def rendered(_studio: object, request: TakeRequest) -> Rendered:
    """Instead of tracing light: the day's frame, and a dark blue one for the scene at night."""
    seen, picture = passes()
    if request.dressing.heading.text.endswith("NIGHT"):
        picture = (picture * [0.12, 0.16, 0.4]).astype(np.uint8)
        seen = replace(seen, beauty=seen.beauty * np.float32(0.1))
    return Rendered(seen, picture)


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Production]:
    """A look with one painting, of shot 1."""
    monkeypatch.setattr(key_pairs, "rendered", rendered)
    monkeypatch.setattr(sights, "rendered", rendered)
    with small_film(tmp_path / "film") as production:
        production.database.put("look", "rust", Look(name="rust"))
        request = request_to_paint(production, "1", Fraction(0), SIZE)
        picture = rendered(None, request).picture
        keep_frame(production, shot_to_paint(production, "1"), request, picture)
        painting = np.clip(picture[..., ::-1] * 0.8 + 30, 0, 255).astype(np.uint8)
        file = tmp_path / "painting.png"
        file.write_bytes(file_of(painting))
        add_key(production, "rust", "1", file, anyway=True)
        yield production


def test_a_trained_look_is_drawn_by_its_model(film: Production) -> None:
    seen: list[tuple[int, int, str]] = []
    made = train_look(film, "Rust", steps=10, seed=3, progress=lambda *p: seen.append(p))
    look = Looks(film).look("rust")
    assert look == made.look and look.recipe.style is PanelStyle.HOUSE
    assert look.recipe.house == made.model
    assert made.model.keys == (look.keys[0].painting,) and (made.model.steps, made.model.seed) == (10, 3)
    weights = film.folder.media.get(made.model.weights, ".safetensors")
    lineage = read_lineage(weights)
    assert lineage.dataset == made.model.dataset and lineage.names == ("shot 1",)
    frame = rendered(None, request_to_paint(film, "1", Fraction(0), SIZE))
    assert HousePainter(weights).paint(frame.passes, frame.picture, None, 1).shape == (54, 96, 3)
    assert seen[-1][:2] == (100, 100) and "loss" in seen[-1][2]
    assert film.history[-1][1:] == ("train", "rust: 10 steps on 1 painting")
    assert not list(film.root.glob("house/*/state"))


def test_a_stopped_training_goes_on_and_ends_with_the_same_bytes(
    film: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "CHECKPOINT_EVERY", 5)
    before = Looks(film).look("rust")

    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_look(film, "rust", steps=10, watch=stop)
    assert Looks(film).look("rust") == before
    assert len(list(film.root.glob("house/*/state/*"))) == 1
    resumed = train_look(film, "rust", steps=10)
    film.database.put("look", "again", before.model_copy(update={"name": "again"}))
    assert train_look(film, "again", steps=10).model.weights == resumed.model.weights


def test_others_work_on_the_production_while_a_look_is_trained(film: Production) -> None:
    """What they state meanwhile is kept, and only one trains on the same paintings."""
    refused: list[str] = []

    def meanwhile(_: Progress) -> None:
        Looks(film).set("rust", ["grain=0.3"])
        try:
            train_look(film, "rust", steps=20)
        except StoreError as error:
            refused.append(str(error))

    made = train_look(film, "rust", steps=10, watch=meanwhile)
    look = Looks(film).look("rust")
    assert look == made.look and look.recipe.finish.grain == 0.3 and look.recipe.house == made.model
    assert len(refused) == 1 and "wait until it has finished" in refused[0]


def test_people_are_told_what_their_model_does_not_know(film: Production) -> None:
    train_look(film, "rust", steps=2)
    looks = Looks(film)
    assert painted_notes(film, film.shots) == (), "no shot is painted by it yet"
    looks.apply("production", "rust")
    (note,) = painted_notes(film, film.shots)
    assert note.startswith("Shot 2 lies") and "darker than anything painted" in note
    first = looks.look("rust").keys[0]
    film.database.put("look", "rust", looks.look("rust").model_copy(
        update={"keys": (first, first.model_copy(update={"painting": "0" * 64, "shot_id": "another"}))}))  # fmt: skip
    stale = "The house model of rust was trained on 1 of its 2 paintings: train it again with"
    assert looks.stale(looks.look("rust"))[0].startswith(stale)
    remove_key(film, "rust", "1")
    assert "0 of its 1 paintings, and on others that it no longer has" in looks.stale(looks.look("rust"))[0]


def test_a_shot_that_moves_is_judged_by_its_last_frame_too(film: Production, monkeypatch: pytest.MonkeyPatch) -> None:
    def darker(studio: object, request: TakeRequest) -> Rendered:
        """Whoever pushes in on 1A ends in the dark."""
        made = rendered(studio, request)
        if not request.moment_s:
            return made
        return Rendered(made.passes, (made.picture * [0.12, 0.16, 0.4]).astype(np.uint8))

    monkeypatch.setattr(sights, "rendered", darker)
    by_shot = {c.shot.number: c for c in coverage(film, "rust")}
    assert by_shot["1"].moment_s == 0 and by_shot["1A"].moment_s == Fraction(29, 10)
    assert (by_shot["1A"].outside.warning or "").startswith("Shot 1A at 2.9 s lies")


def test_what_cannot_be_trained(film: Production) -> None:
    film.database.put("look", "bare", Look(name="bare"))
    with pytest.raises(UsageError, match="The look bare has no paintings yet: `maquette look DIR paint"):
        train_look(film, "bare")
    with pytest.raises(UsageError, match=r"Training takes 0\.1 to 600 minutes"):
        train_look(film, "rust", minutes=0)
    with pytest.raises(UsageError, match='no device "tpu"'):
        train_look(film, "rust", device="tpu")


def test_the_night_lies_outside_a_painting_of_the_day_and_is_best_painted_next(film: Production) -> None:
    by_shot = {c.shot.number: c.outside for c in coverage(film, "rust")}
    assert by_shot["1"].share < 0.05 and by_shot["1"].warning is None
    assert by_shot["2"].share > 0.5 and by_shot["2"].warning is not None
    assert "darker than anything painted" in by_shot["2"].warning
    found = next_keys(film, "rust", count=3)
    assert found.frames == 4, "one of the three shots moves, and has a last frame as well"
    assert found.choices[0].name == "shot 2"
    assert found.choices[0].reason.startswith("Paint shot 2 next: ")
    assert next_keys(film, "rust", shots="1").choices == ()


def test_asking_again_what_to_paint_renders_nothing(film: Production, monkeypatch: pytest.MonkeyPatch) -> None:
    first = next_keys(film, "rust", count=3)
    known = coverage(film, "rust")
    traced: list[object] = []
    monkeypatch.setattr(sights, "rendered", lambda *a: traced.append(a))
    monkeypatch.setattr(house, "key_pairs", lambda *a: traced.append(a))
    assert next_keys(film, "rust", count=3) == first and coverage(film, "rust") == known
    assert traced == []
    monkeypatch.setattr(sights, "rendered", rendered)
    monkeypatch.setattr(house, "key_pairs", key_pairs.key_pairs)
    damaged = next(film.root.glob("house/sights/*.npz"))
    damaged.write_bytes(damaged.read_bytes()[:100])
    assert coverage(film, "rust") == known


def test_weights_that_are_gone_are_trained_again(film: Production) -> None:
    made = train_look(film, "rust", steps=2)
    Looks(film).apply("production", "rust")
    film.folder.media.path(made.model.weights, ".safetensors").unlink()
    with pytest.raises(StoreError, match="train it again with `maquette look DIR train NAME`"):
        film.board("1", size=SIZE, layout="1x1", style="house", out=film.root / "board")
