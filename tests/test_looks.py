"""The style bible: looks are made, changed, mixed, applied and exported, and the nearest scope wins."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maquette.cli import look_commands
from maquette.cli.look_commands import ACTIONS, LookAsked
from maquette.film.errors import ControlError, MaquetteError, MediaError, UsageError
from maquette.film.look import AppliedElement, AppliedLook, Colour, Look, LookUse, Recipe
from maquette.film.style import PanelStyle
from maquette.look.settings import changed_fields, look_fields, with_setting
from maquette.pipeline import Production
from maquette.pipeline.look_export import export_bible, export_cube
from maquette.pipeline.looks import Looks
from maquette.studio.picture import in_look
from tests.painted_frames import passes as painted_passes
from tests.small_film import flat, png, put_panel, small_film

PICTURES = (flat(60), flat(120), flat(200))


@pytest.fixture
def film(tmp_path: Path) -> Production:
    return small_film(tmp_path / "film")


@pytest.fixture
def looks(film: Production) -> Looks:
    return Looks(film)


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    y, x = np.mgrid[0:90, 0:160] / 160
    picture = np.stack([40 + 180 * x, 60 + 120 * x, 90 + 40 * y], axis=2).astype(np.uint8)
    Image.fromarray(picture).save(tmp_path / "dusk.png")
    return tmp_path / "dusk.png"


# --- making and changing ----------------------------------------------------------------------------------------


def test_a_look_from_art_keeps_the_art(film: Production, looks: Looks, reference: Path) -> None:
    look = looks.new("Dusk", [reference], PICTURES, by="Ana")
    (kept,) = look.references
    assert (kept.name, kept.width, kept.height) == ("dusk.png", 160, 90)
    assert film.folder.media.get(kept.media, kept.suffix) == reference.read_bytes()
    assert all(s.name for s in look.palette) and looks.look("dusk") == look
    assert film.history[-1][1:] == ("look", "new Dusk, from dusk.png (by Ana)")


def test_a_bad_reference_leaves_nothing_behind(film: Production, looks: Looks, reference: Path) -> None:
    broken = reference.with_name("broken.png")
    broken.write_bytes(reference.read_bytes()[:300])
    before = len(film.history)
    with pytest.raises(MediaError, match=r"broken\.png"):
        looks.new("Dusk", [reference, broken], PICTURES)
    with pytest.raises(UsageError, match="folder"):
        looks.new("Dusk", [reference.parent], PICTURES)
    with pytest.raises(UsageError, match="no file"):
        looks.new("Dusk", [reference.with_name("gone.png")], PICTURES)
    with pytest.raises(UsageError, match="needs pictures"):
        looks.new("Dusk", [], PICTURES)
    assert looks.names == () and len(film.history) == before


def test_names(looks: Looks) -> None:
    assert looks.new_like("My  bleach", "bleach").name == "My bleach"
    for bad in ("", "  ", "none", "Inherit", "x" * 61, "a\x07b"):
        with pytest.raises(UsageError, match="no name for a look"):
            looks.new_plain(bad)
    with pytest.raises(UsageError, match="already"):
        looks.new_plain("my BLEACH")
    with pytest.raises(UsageError, match="did you mean My bleach"):
        looks.look("my beach")


def test_settings_change_a_look_and_keep_its_versions(looks: Looks) -> None:
    looks.new_plain("A")
    look = looks.set(
        "A", ["grain=0.3", "hand.wash=80%", "style=ink", "protect=#B01C2E", "tone=0:0.1,1:0.9", "gain=1.1"]
    )
    assert look.recipe.finish.grain == 0.3 and look.recipe.hand.wash == 0.8 and look.recipe.style is PanelStyle.INK
    assert look.recipe.colour.protection.colours == ("#b01c2e",)
    assert look.recipe.colour.tone.points == ((0.0, 0.1), (1.0, 0.9))
    assert look.recipe.colour.balance.slope == (1.1, 1.1, 1.1)
    assert looks.versions("A") == 2 and looks.look("A", 1).recipe == Recipe()
    assert looks.set("A", ["grain=", "hand.wash=default"]).recipe.finish.grain == 0
    with pytest.raises(UsageError, match="there is no 9"):
        looks.look("A", 9)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("grain=3", "0 to 1.*nearest is 1"),
        ("grain=-1", "nearest is 0"),
        ("grain=−0.5", "nearest is 0"),
        ("power=0", "power cannot be 0: input should be greater than 0"),
        ("power=-1", "greater than 0"),
        ("slope=-0.1", "greater than or equal to 0"),
        (f"offset={'9' * 400}", "finite number"),
        ("tone=5:0,6:1", "from 0, black, to 1, white"),
        ("tone=0:0,1:1.2", "from 0, black, to 1, white"),
        ("boil-hold=40", "1 to 12"),
        ("boil-hold=2.5", "whole number"),
        ("grain=nan", "0 to 1"),
        ("grain=much", "0 to 1"),
        ("contrast=9", "0.25 to 4"),
        ("style=crayon", "one of photo"),
        ("grian=0.2", "did you mean grain"),
        ("zzz=1", "there are tone"),
        ("grain", "NAME=VALUE"),
        ("tone=1:0", "two points"),
        ("tone=dark", "curve"),
        ("protect=red", "six hex digits"),
        ("slope=1,2", "three for red"),
    ],
)
def test_impossible_settings_name_field_and_range(looks: Looks, setting: str, words: str) -> None:
    looks.new_plain("A")
    with pytest.raises(ControlError, match=words):
        looks.set("A", ["vignette=0.5", setting])
    assert looks.look("A").recipe == Recipe()  # all or none


def test_every_field_can_be_typed_and_is_listed() -> None:
    assert len(look_fields()) > 25 and all(takes and says for takes, says in look_fields().values())
    look = Look(name="x")
    for setting in (
        "grain-size=1.5", "halation_px=12", "finish.softness_px=1", "colour.contrast=1.2", "strokes=2", "skin=0.9",
        "line-colour=#102030", "palette=#102030,#405060", "boil-hold=3", "notes=by hand",
    ):  # fmt: skip
        look = with_setting(look, setting)
    told = dict(changed_fields(look.recipe))
    assert told["grain-size"] == "1.5" and told["palette"] == "#102030,#405060" and told["skin"] == "0.9"
    assert look.recipe.hand.boil_hold == 3 and look.notes == "by hand"


def test_a_fit_anew_keeps_what_was_stated(looks: Looks, reference: Path) -> None:
    made = looks.new("Dusk", [reference], PICTURES)
    looks.set("Dusk", ["contrast=1.3", "protect=#b01c2e", "grain=0.4"])
    darker = tuple((p // 3).astype(np.uint8) for p in PICTURES)
    fitted = looks.fit("Dusk", darker)
    assert fitted.recipe.colour.tone != made.recipe.colour.tone
    assert fitted.recipe.colour.contrast == 1.3 and fitted.recipe.finish.grain == 0.4
    assert fitted.recipe.colour.protection.colours == ("#b01c2e",)
    looks.new_plain("Plain")
    with pytest.raises(UsageError, match="not made from references"):
        looks.fit("Plain", PICTURES)


def test_mixes(looks: Looks) -> None:
    looks.new_like("A", "silver")
    looks.new_like("B", "two-strip")
    assert looks.mix("A", "B", 0.3).name == "A B 30%"
    assert looks.mix("A", "b", 1.0, "C").recipe == looks.look("B").recipe
    with pytest.raises(UsageError, match="from 0"):
        looks.mix("A", "B", 2.0, "D")


def test_a_removed_look_is_gone_and_its_name_is_free(looks: Looks) -> None:
    looks.new_like("A", "silver")
    looks.apply("scene 2", "A")
    with pytest.raises(UsageError, match="in use at scene 2"):
        looks.remove("A")
    looks.apply("scene 2", "none")
    looks.remove("a")
    assert looks.names == ()
    with pytest.raises(UsageError, match="no looks yet"):
        looks.look("A")
    looks.new_like("A", "bleach")
    assert looks.names == ("A",) and looks.versions("A") == 2


# --- where it holds ---------------------------------------------------------------------------------------------


@pytest.fixture
def three(looks: Looks) -> Looks:
    looks.new_like("silver", "silver")
    looks.new_like("bleach", "bleach")
    looks.new_plain("drawn")
    looks.set("drawn", ["style=ink"])
    return looks


def test_the_nearest_scope_wins(film: Production, three: Looks) -> None:
    one, two, street = film.shots

    def held() -> list[Recipe | None]:
        return [applied.recipe if (applied := three.applied(s)) else None for s in (one, two, street)]

    silver, bleach, drawn = (three.look(n).recipe for n in ("silver", "bleach", "drawn"))
    assert held() == [None, None, None]
    three.apply("production", "silver", 0.8)
    assert held() == [silver] * 3 and all(three.applied(s).intensity == 0.8 for s in film.shots)  # type: ignore[union-attr]
    three.apply("scene 2", "bleach")
    three.apply("1A", "drawn", 0.5)
    assert held() == [silver, drawn, bleach]
    three.apply("scene 1", "none")
    assert held() == [None, drawn, bleach]
    three.apply("scene 1", "inherit")
    three.apply("1A", "inherit")
    assert held() == [silver, silver, bleach]
    three.apply("1", "silver", 0)
    assert held()[0] is None


def test_styles_come_from_the_look_unless_it_is_one_of_colours(film: Production, three: Looks) -> None:
    three.apply("production", "silver")
    three.apply("scene 2", "drawn")
    assert [three.styled(s) for s in film.shots] == [None, None, PanelStyle.INK]
    three.apply("2", "none")
    assert three.styled(film.shots[2]) is None


def test_elements_have_looks_of_their_own(film: Production, three: Looks) -> None:
    three.apply("production", "silver")
    three.apply("scene 1", "bleach", 0.5, ["mara", "background"])
    three.apply("1A", "none", None, ["MARA"])
    one, two, street = (three.applied(s) for s in film.shots)
    assert one and two and street and not street.elements
    assert one.recipe == three.look("silver").recipe
    assert [(e.element, e.intensity) for e in one.elements] == [("cast/MARA", 0.5), ("background", 0.5)]
    assert all(e.recipe == three.look("bleach").recipe for e in one.elements)
    assert [(e.element, e.recipe) for e in two.elements][1] == ("cast/MARA", Recipe())
    three.apply("1A", "inherit", None, ["cast/mara"])
    assert three.applied(film.shots[1]) == one
    three.apply("1A", "drawn")  # a look for the whole picture replaces all that wider scopes say
    assert three.applied(film.shots[1]).elements == ()  # type: ignore[union-attr]


def test_the_same_look_on_an_element_follows_the_picture_s(film: Production, three: Looks) -> None:
    three.apply("production", "silver")
    assert three.apply("production", "silver", 0.3, ["set"]) == LookUse(
        look="silver", elements=three.uses.at["production:"].elements
    )
    (element,) = three.applied(film.shots[0]).elements  # type: ignore[union-attr]
    assert element.recipe is None and element.intensity == 0.3


def test_an_element_alone_leaves_the_rest_as_developed(film: Production, three: Looks) -> None:
    three.apply("1", "silver", 1.0, ["prop/cup"])
    applied = three.applied(film.shots[0])
    assert applied is not None and applied.recipe == Recipe() and applied.elements[0].element == "prop/cup"
    assert three.applied(film.shots[1]) is None
    for bad in ("nobody", "prop/", ""):
        with pytest.raises(UsageError, match="no element"):
            three.apply("1", "silver", 1.0, [bad])


def test_what_changes_no_picture_is_said(film: Production, three: Looks) -> None:
    use = three.apply("1", "silver", 1.0, ["mara"])
    assert three.without_effect(use) == () or "grain" in three.without_effect(use)[0]
    use = three.apply("1", "drawn", 1.0, ["mara"])
    assert three.without_effect(use)[0].startswith("cast/MARA takes the colours of drawn alone: the medium (ink)")
    three.set("bleach", ["style=house", "saturation=0"])
    (note,) = three.without_effect(three.apply("production", "bleach"))
    assert note.startswith("bleach is painted by its house model, in its paintings' colours")
    notes = three.without_effect(three.apply("production", "silver", 0.5, ["set", "mara"]))
    assert notes[0] == ("The house model of bleach paints the whole picture: what is stated for set, cast/MARA plays "
                        "no part while it does.")  # fmt: skip


def test_elements_are_whole_things_by_name() -> None:
    """ANN is not ANNA; a set has walls with what hangs on them; cups are all cups; no chair is a chairlift."""
    names = (
        "",
        "cast/ANN",
        "cast/ANNA",
        "wall/east",
        "wall/east/picture",
        "set/chair 2",
        "set/chairlift",
        "prop/cup 1",
    )
    passes, _ = painted_passes()
    there = np.arange(len(names), dtype=np.uint16)[None].repeat(2, 0)
    few = replace(passes, object_id=there, object_names=names)

    def found(named: str) -> list[str]:
        return [names[i] for i in there[0][few.mask(named)[0]]]

    assert found("cast/ANN") == ["cast/ANN"] and found("cast") == ["cast/ANN", "cast/ANNA"] == found("cast/")
    assert found("wall/east") == ["wall/east", "wall/east/picture"]
    assert found("set/chair") == ["set/chair 2"] and found("prop/cup") == ["prop/cup 1"] and found("prop/c") == []
    developed = np.full((2, len(names), 3), (200, 60, 60), np.uint8)
    grey = Recipe(colour=Colour(saturation=0.0))

    def changed(element: str) -> list[str]:
        look = AppliedLook(recipe=Recipe(), elements=(AppliedElement(element=element, recipe=grey),))
        shown = in_look(developed, few, look)
        return [n for n, pixel in zip(names, shown[0], strict=True) if abs(int(pixel[0]) - int(pixel[1])) < 50]

    assert changed("set") == ["wall/east", "wall/east/picture", "set/chair 2", "set/chairlift"]
    assert "cast/ANN" not in changed("background") and "" in changed("background")


def test_another_seed_of_a_look_places_strokes_otherwise(three: Looks) -> None:
    assert three.set("drawn", ["seed=7"]).recipe.hand.seed == 7
    with pytest.raises(ControlError, match="seed goes from 0 to 999999"):
        three.set("drawn", ["seed=-1"])


def test_places_and_intensities_are_checked(three: Looks) -> None:
    for place, name, share in (("scene 9", "silver", 1.0), ("production", "gold", 1.0), ("production", "silver", 1.5)):
        with pytest.raises(MaquetteError):
            three.apply(place, name, share)
    assert three.uses.at == {}


# --- files and commands -----------------------------------------------------------------------------------------


def test_exports(tmp_path: Path, three: Looks) -> None:
    three.apply("scene 1", "bleach", 0.7)
    cube = export_cube(three, "bleach", tmp_path)
    assert cube.files == (tmp_path / "bleach.cube",) and any("grain" in n for n in cube.notes)
    assert "LUT_3D_SIZE 33" in cube.files[0].read_text()
    video = export_cube(three, "bleach", tmp_path, "Rec.709")
    assert video.files[0].name == "bleach_rec709.cube" and "LUT_3D_SIZE 65" in video.files[0].read_text()
    with pytest.raises(UsageError, match="srgb or rec709"):
        export_cube(three, "bleach", tmp_path, "dci")
    page, data = export_bible(three, "bleach", tmp_path).files
    assert "- scene 1: bleach at 70%" in page.read_text() and "grain: 0.36" in page.read_text()
    assert Look.model_validate_json(data.read_text()) == three.look("bleach")


@pytest.fixture
def command(film: Production, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    monkeypatch.setattr(look_commands, "_pictures", lambda *_: PICTURES)
    film.close()

    def run(action: str, *words: str, **options: object) -> None:
        ACTIONS[action](LookAsked(film.root, words, **options))  # type: ignore[arg-type]

    return run


def test_the_command(command: Callable[..., None], reference: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command("list")
    assert "No looks yet" in capsys.readouterr().out
    command("new", "Dusk", str(reference), references=(reference,))
    told = capsys.readouterr().out
    assert "dusk.png, 160x90" in told and "maquette direct" in told
    command("new", "S", like="silver")
    command("set", "S", "grain=0.1", "vignette=0.2")
    command("apply", "Dusk", scene="1", intensity=0.5)
    command("apply", "S", shot="1A", elements=("MARA",))
    command("mix", "Dusk", "S", "30%", name="Half")
    capsys.readouterr()
    command("list")
    told = capsys.readouterr().out
    assert "Applied to scene 1: Dusk at 50%." in told and "Applied to shot 1A: cast/MARA S at 100%." in told
    command("show", "half", as_json=True)
    shape = json.loads(capsys.readouterr().out)
    assert shape["shape"] == "maquette.look/1" and shape["parents"] == [["Dusk", 0.7], ["S", 0.3]]
    command("fit", "Dusk")
    command("export", "Dusk")
    assert "Dusk.cube" in capsys.readouterr().out
    command("remove", "Half", as_json=True)
    assert json.loads(capsys.readouterr().out)["name"] == "Half"
    command("fields")
    assert "grain " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("action", "words", "options", "said"),
    [
        ("new", (), {}, "look DIR new NAME"),
        ("new", ("A", "x.png"), {}, "--from"),
        ("new", ("A",), {"like": "bleach", "references": (Path("x.png"),)}, "not both"),
        ("apply", ("A",), {"scene": "1", "shot": "1A"}, "not both"),
        ("mix", ("A", "B", "much"), {}, "is no share"),
        ("set", ("A",), {}, "FIELD=VALUE"),
    ],
)
def test_misused_commands_say_how(
    command: Callable[..., None], action: str, words: tuple[str, ...], options: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        command(action, *words, **options)


def test_pictures_to_fit_to_are_developed_ones(film: Production) -> None:
    from maquette.pipeline.look_pictures import developed_pictures

    for value, number in enumerate(("1", "1A", "2"), 1):
        put_panel(film, number, flat(40 * value))
    inked = film.database.panels_of(film.shots[0].id)[0]
    film.database.put_panel(
        type(inked)("ink@0", inked.shot, inked.body.replace('"photo"', '"ink"'),
                    film.folder.media.put(png(flat(250)), ".png"), ".png", {})
    )  # fmt: skip
    assert [int(p.mean()) for p in developed_pictures(film)] == [40, 80, 120]
