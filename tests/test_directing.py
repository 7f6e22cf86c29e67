"""The director's commands: scopes that override one another, notes that change nothing until accepted, picks on record,
pictures that say what they came to, impossible values refused in a sentence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import maquette
from maquette.film.control_table import CONTROL_LIST, CONTROLS, Kind, format_value, parse_setting, parse_value
from maquette.film.controls import Origin, Track
from maquette.film.errors import ControlError, MaquetteError, UsageError
from maquette.pipeline import Production
from maquette.pipeline.direction import curve_of, pad_of
from maquette.pipeline.explore import explore, parse_over, pick
from maquette.pipeline.plot import plot

CUP = Path(__file__).resolve().parents[1] / "examples" / "the-chipped-cup.fountain"


@pytest.fixture
def cup(tmp_path: Path) -> Iterator[Production]:
    with maquette.new(tmp_path / "film", script=CUP) as production:
        yield production


def run(*words: object, code: int = 0) -> str:
    """Standard output of a command, or its one sentence on standard error where it fails."""
    command = [sys.executable, "-m", "maquette.cli.main", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"COLUMNS": "110"})
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stderr


def held(production: Production, number: str, control: str) -> tuple[str, Origin]:
    directed = production.direction.directed(production.direction.shot(number))
    return next((h.value, h.origin) for h in directed.holdings if h.control == control)


# --- values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("t-stop=-2", r"t-stop .* T0\.7 to T32: T-2 is not possible, the nearest is T0\.7"),
        ("lens=0", r"lens .* 8 mm to 400 mm: 0 mm .* nearest is 8 mm"),
        ("key-fill=1:0", r"no shadow side, the nearest is 64:1"),
        ("key-fill=0.5", r"nearest is 1:1"),
        ("pitch=nan", r"pitch .* is a number in deg"),
        ("lighting=rembrant", r"there is no 'rembrant', the nearest is rembrandt"),
        ("lenz=50", r"no control 'lenz': did you mean lens"),
        ("lens", r"is not NAME=VALUE"),
        ("size=8", r"size is one of"),
        ("roll=0@0% 5@0%", r"two keys at one moment"),
        ("roll=0@120%", r"from 0% to 100%"),
        ("size=CU@0%", r"cannot change by keys"),
        ("place=1,2,3 > 1,2,3", r"looks at its own place"),
        ("shadow-tint=blue", r"six hex digits"),
        ("eye-light=maybe", r"on or off"),
    ],
)
def test_impossible_values_name_control_range_and_nearest(setting: str, says: str) -> None:
    with pytest.raises(ControlError, match=says):
        parse_setting(setting)


@pytest.mark.parametrize("spec", CONTROL_LIST, ids=lambda s: s.name)
def test_a_value_is_written_as_it_is_read(spec: Any) -> None:
    values: list[Any] = []
    if spec.kind is Kind.NUMBER:
        values = [spec.low, spec.high]
    elif spec.kind is Kind.SWITCH:
        values = [True, False]
    elif spec.vocabulary:
        values = [parse_value(spec, w) for w in spec.vocabulary]
    for value in values:
        again = parse_value(spec, format_value(spec, value))
        assert again == pytest.approx(value, rel=0.01) if isinstance(value, float | int) else again == value


def test_keys_are_read_in_order_with_their_easing() -> None:
    spec, track = parse_setting("key-kelvin=2900@100% linear 5600@0%")
    assert isinstance(track, Track) and spec.name == "key-kelvin"
    assert [(k.at, k.value, k.easing.value) for k in track.keys] == [
        (0.0, 5600.0, "ease in-out"),
        (1.0, 2900.0, "linear"),
    ]


def test_curves_and_the_pad_refuse_nonsense() -> None:
    assert [(p.at, p.intensity) for p in curve_of("70%:0.9, 0:0.1")] == [(0.0, 0.1), (0.7, 0.9)]
    for text in ("", "x", "50%:2", "120%:0.5"):
        with pytest.raises(UsageError):
            curve_of(text)
    assert pad_of("0.4,-0.7") == (0.4, -0.7)
    with pytest.raises(UsageError):
        pad_of("happy")


# --- scopes ---------------------------------------------------------------------------------------------------


def test_the_nearest_scope_wins_and_says_where_it_comes_from(cup: Production) -> None:
    direction = cup.direction
    assert held(cup, "1C", "lens")[1] is Origin.SHOT_LIST
    for place, lens, origin in (("production", 28, Origin.PRODUCTION), ("scene 1", 40, Origin.SCENE),
                                ("1C", 65, Origin.SHOT)):  # fmt: skip
        direction.state(direction.where(place), [f"lens={lens}"])
        assert held(cup, "1C", "lens") == (f"{lens} mm", origin)
    direction.state(direction.where("1C"), ["lens="])
    assert held(cup, "1C", "lens") == ("40 mm", Origin.SCENE)
    direction.clear(direction.where("scene 1"))
    assert held(cup, "1C", "lens") == ("28 mm", Origin.PRODUCTION)


def test_of_several_settings_all_hold_or_none(cup: Production) -> None:
    direction = cup.direction
    with pytest.raises(ControlError):
        direction.state(direction.where("1C"), ["lens=40", "t-stop=-1"])
    assert held(cup, "1C", "lens")[1] is Origin.SHOT_LIST


@pytest.mark.parametrize("setting", ["over=BOB", "subjects=ADA,BOB", "focus=NOBODY"])
def test_nobody_who_is_not_in_the_script_can_be_framed(cup: Production, setting: str) -> None:
    with pytest.raises(UsageError, match=r"nobody in the script is called .* there are ADA, JONAS"):
        cup.direction.state(cup.direction.where("1C"), [setting])


@pytest.mark.parametrize(
    ("place", "says"), [("scene 9", "no scene 9: the scenes are 1"), ("scene", "no scene"), ("9Z", "no shot 9Z")]
)
def test_places_that_are_not_there(cup: Production, place: str, says: str) -> None:
    with pytest.raises(MaquetteError, match=says):
        cup.direction.where(place)


def test_controls_survive_a_new_draft(cup: Production, tmp_path: Path) -> None:
    cup.direction.state(cup.direction.where("1C"), ["lens=40"])
    draft = tmp_path / "draft2.fountain"
    draft.write_text(CUP.read_text().replace("That poor cat.", "That poor, poor cat."))
    cup.update(draft)
    assert held(cup, "1C", "lens") == ("40 mm", Origin.SHOT)


def test_a_stated_weather_and_hour_reach_the_request(cup: Production) -> None:
    cup.direction.state(cup.direction.where("scene 1"), ["weather=fog", "time=blue hour", "aspect=2.39"])
    shot = cup.direction.shot("1D")
    from maquette.film.request import FrameSettings

    request = cup.request(cup.screenplay, shot, FrameSettings())
    assert (request.dressing.weather, request.lighting.time_of_day.value) == ("fog", "blue hour")
    assert request.frame.width / request.frame.height == pytest.approx(2.39, abs=0.02)


# --- moods ----------------------------------------------------------------------------------------------------


def test_a_mood_shows_what_it_moves_and_leaves_what_is_stated(tmp_path: Path) -> None:
    film = tmp_path / "film"
    run("new", film, "--script", CUP)
    run("direct", film, "1D", "key-fill=2:1")
    shown = json.loads(run("mood", film, "1D", "dread", "--intensity", "0.8", "--json"))
    by_name = {c["name"]: c for c in shown["controls"]}
    assert by_name["key-fill"]["value"] == "2:1" and by_name["key-fill"]["from"] == "shot"
    moved = [c for c in shown["controls"] if c["from"] == "mood of the shot" and c["name"] != "mood"]
    assert len(moved) > 6 and all("dread at 0.8" in c["why"] for c in moved if c["why"])
    run("mood", film, "1D", "--off")
    assert "mood" not in run("direct", film, "1D")


def test_own_recipes_are_saved_and_used(tmp_path: Path) -> None:
    film = tmp_path / "film"
    run("new", film, "--script", CUP)
    saved = json.loads(run("mood", film, "dread", "exposure-stops=-0.25", "haze=", "--save", "Our Dread", "--json"))
    assert saved["name"] == "our dread" and saved["own"] and saved["levers"]["exposure_stops"] == -0.25
    assert "haze" not in saved["levers"]
    run("mood", film, "1D", "our dread")
    assert "no lever" in run("mood", film, "dread", "colour=3", "--save", "x", code=2)
    assert re.search(r"there is no mood|no mood", run("mood", film, "1D", "hungry", code=2), re.IGNORECASE)
    assert "0 to 1" in run("mood", film, "1D", "dread", "--intensity", "3", code=2)


def test_a_curve_gives_each_shot_its_share(cup: Production) -> None:
    direction = cup.direction
    from maquette.film.mood import MoodControls

    direction.state_mood(direction.where("scene 1"), MoodControls(name="dread", curve=curve_of("0:0,100%:1")))
    strengths = [direction.mood_intensity(s) for s in cup.shots]
    assert strengths == sorted(strengths) and strengths[0] < 0.3 and strengths[-1] > 0.8


# --- notes ----------------------------------------------------------------------------------------------------


def test_a_note_changes_nothing_until_it_is_accepted(tmp_path: Path) -> None:
    film = tmp_path / "film"
    run("new", film, "--script", CUP)
    before = run("direct", film, "1D")
    printed = run("note", film, "1D", "a bit wider, lose the fill, and serve it with fried onions")
    assert "->" in printed and "Not understood" in printed and "onions" in printed
    assert run("direct", film, "1D") == before
    answer = json.loads(run("note", film, "1D", "85mm, lose the fill", "--accept", "1", "--json"))
    assert [p["accepted"] for p in answer["proposals"]] == [True, False]
    assert "85 mm" in run("direct", film, "1D") and "key-fill" not in run("direct", film, "1D")
    assert "no proposal 9" in run("note", film, "1D", "85mm", "--accept", "9", code=2)


def test_a_correction_changes_how_the_next_note_is_read(tmp_path: Path) -> None:
    film = tmp_path / "film"
    run("new", film, "--script", CUP)
    run("note", film, "1D", "tighter", "--correct", "1:lens=100", "--by", "Ines")
    answer = json.loads(run("note", film, "1F", "tighter", "--json"))
    assert [(p["setting"], p["how"]) for p in answer["proposals"]] == [("lens=100", "your dictionary")]
    assert '"tighter" means lens=100 (Ines)' in run("note", film, "--dictionary")
    run("note", film, "--forget", "tighter")
    assert "0 entries" in run("note", film, "--dictionary")


# --- options --------------------------------------------------------------------------------------------------


def test_options_are_drawn_numbered_and_one_is_picked_by_somebody(cup: Production) -> None:
    over = parse_over(["lighting=rembrandt,split", "angle=low,eye"])
    done = explore(cup, "1D", over, size="64x36")
    assert [o.settings for o in done.exploration.options] == [
        ("lighting=rembrandt", "angle=low angle"), ("lighting=rembrandt", "angle=eye level"),
        ("lighting=split", "angle=low angle"), ("lighting=split", "angle=eye level"),
    ]  # fmt: skip
    assert len(done.pictures) == 4 and all(Image.open(p).size == (64, 36) for p in done.pictures)
    assert Image.open(done.sheet).width > 100
    assert held(cup, "1D", "angle")[1] is Origin.SHOT_LIST
    pick(cup, "1D", 3, by="Ines")
    assert held(cup, "1D", "lighting") == ("split", Origin.SHOT)
    assert any(action == "pick" and "chosen by Ines" in detail for _, action, detail in cup.history)
    with pytest.raises(UsageError, match="no option 9"):
        pick(cup, "1D", 9)


def test_no_more_pictures_than_asked(cup: Production) -> None:
    done = explore(cup, "1D", parse_over(["exposure=-2,-1,0,1,2", "roll=0,5,10"]), most=3, size="64x36")
    settings = [o.settings for o in done.exploration.options]
    assert len(settings) == 3 and done.exploration.left_out == 12
    assert settings[0] == ("exposure=-2", "roll=0") and settings[-1] == ("exposure=2", "roll=10")


@pytest.mark.parametrize("over", [[], ["lighting"], ["lighting="], ["lighting=rembrandt,sunny"], ["warp=1,2"]])
def test_nothing_is_drawn_for_options_that_make_no_sense(cup: Production, over: list[str]) -> None:
    with pytest.raises(MaquetteError):
        explore(cup, "1D", parse_over(over))
    assert not (cup.root / "explore").exists()


# --- plot and readings ----------------------------------------------------------------------------------------


def test_the_plot_has_the_lamps_that_were_asked_for(cup: Production) -> None:
    cup.direction.state(cup.direction.where("scene 1"), ["lighting=rembrandt", "key-kelvin=3000"])
    done = plot(cup, "1")
    svg = done.svgs[0].read_text()
    assert "key" in svg and "LIVING ROOM" in svg and done.pdf.read_bytes().startswith(b"%PDF")
    with pytest.raises(UsageError, match="no scene 7"):
        plot(cup, "7")


def test_delivered_stands_beside_asked_for_what_is_drawn(tmp_path: Path) -> None:
    film = tmp_path / "film"
    run("new", film, "--script", CUP)
    run("direct", film, "1D", "key-fill=4:1", "pitch=-8")
    assert "not drawn yet" in run("shots", film, "1D", "--delivered")
    run("board", film, "--shots", "1D", "--size", "320x180")
    (found,) = json.loads(run("shots", film, "1D", "--delivered", "--json"))
    readings = {r["quantity"]: r for r in found["readings"]}
    assert readings["angle"]["asked_value"] == -8 and readings["angle"]["within"]
    assert readings["size"]["within"] and readings["lens"]["within"]
    run("direct", film, "1D", "pitch=-20")
    assert "not drawn yet" in run("shots", film, "1D", "--delivered")


def test_a_camera_is_read_back_as_place_and_as_words(tmp_path: Path) -> None:
    film = tmp_path / "film"
    run("new", film, "--script", CUP)
    printed = run("direct", film, "1D", "--check")
    place = re.search(r'place="(.+?)"', printed)
    words = re.search(r"^ {8}(CU|MCU|MS).*mm.*high$", printed, re.MULTILINE)
    assert place and words
    by_hand = run("direct", film, "1D", f"place={place[1]}", "--check")
    assert words[0].strip() in by_hand.replace("\n", " "), "the same camera by hand has the same name"
    assert "wall" in run("direct", film, "1D", "place=60,0,1.4 > 0,0,1.2", "--check")


def test_every_control_can_be_listed() -> None:
    listed = json.loads(run("direct", ".", "--list", "--json"))
    assert [c["name"] for c in listed] == list(CONTROLS)
