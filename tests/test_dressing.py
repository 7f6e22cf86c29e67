"""Headings and action -> set, weather, props and light."""

from __future__ import annotations

from pathlib import Path

import pytest

from maquette.direct.dressing import dress_scene, light_scene
from maquette.film.props import PropKind, find_props, prop_kind
from maquette.film.request import PropNeed
from maquette.film.screenplay import Scene, Screenplay, TimeOfDay
from maquette.film.stage import SetKind
from maquette.script.read import parse_text

EXAMPLES = Path(__file__).parent.parent / "examples"


def scene(heading: str, body: str = "Nothing moves.") -> Scene:
    return parse_text(f"{heading}\n\n{body}\n", "test.fountain").scenes[0]


@pytest.fixture(scope="module")
def ferry() -> Screenplay:
    return parse_text((EXAMPLES / "the-last-ferry.fountain").read_text(), "the-last-ferry.fountain")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("INT. MIA'S FLAT - NIGHT", SetKind.LIVING_ROOM),
        ("INT. LIGHTHOUSE - KITCHEN - NIGHT", SetKind.KITCHEN),
        ("INT. HOSPITAL ROOM - DAY", SetKind.BEDROOM),
        ("INT. TOM'S ROOM - NIGHT", SetKind.BEDROOM),
        ("INT. POLICE STATION - DAY", SetKind.OFFICE),
        ("INT. CLASSROOM - DAY", SetKind.OFFICE),
        ("INT. THE ANCHOR - BAR - NIGHT", SetKind.BAR),
        ("INT. NIGHTCLUB - NIGHT", SetKind.BAR),
        ("INT. CAFE - MORNING", SetKind.DINER),
        ("INT. HOTEL - LOBBY - DAY", SetKind.CORRIDOR),
        ("INT. TOWER BLOCK - STAIRWELL - NIGHT", SetKind.STAIRWELL),
        ("INT. RUTH'S CAR - NIGHT", SetKind.CAR),
        ("INT./EXT. TAXI - MOVING - NIGHT", SetKind.CAR),
        ("EXT. BACK ALLEY - NIGHT", SetKind.STREET),
        ("EXT. DINER - NIGHT", SetKind.STREET),
        ("EXT. MARKET SQUARE - DAY", SetKind.STREET),
        ("EXT. WOODS - DUSK", SetKind.FOREST),
        ("EXT. PARK - DAY", SetKind.FOREST),
        ("EXT. FOREST ROAD - NIGHT", SetKind.FOREST),
        ("EXT. DESERT - NOON", SetKind.FIELD),
        ("EXT. COUNTRY LANE - DAY", SetKind.ROAD),
        ("EXT. HIGHWAY - NIGHT", SetKind.ROAD),
        ("EXT. HARBOUR - DAWN", SetKind.SHORE),
        ("EXT. LAKE - DAY", SetKind.SHORE),
        ("EXT. CANNERY ROOFTOP - NIGHT", SetKind.ROOFTOP),
        ("INT. BATHROOM - NIGHT", SetKind.NEUTRAL),
        ("INT. MARA'S HOUSE - BATHROOM - NIGHT", SetKind.NEUTRAL),
        ("INT. SPACESHIP - NIGHT", SetKind.NEUTRAL),
        ("INT. THE QZX - DAY", SetKind.NEUTRAL),
    ],
)
def test_headings_choose_sets(heading: str, kind: SetKind) -> None:
    assert dress_scene(scene(heading), 1, None).set_kind == kind.value


def test_action_helps_only_when_the_heading_is_silent() -> None:
    assert dress_scene(scene("INT. THE QZX - DAY", "ANNA sits on the sofa."), 1, None).set_kind == SetKind.LIVING_ROOM
    assert dress_scene(scene("INT. OFFICE - DAY", "ANNA sits on the sofa."), 1, None).set_kind == SetKind.OFFICE


def test_the_same_place_is_the_same_set_in_every_scene() -> None:
    day, night = scene("INT. MARA'S HOUSE - KITCHEN - DAY"), scene("INT. Mara's House - Kitchen - NIGHT")
    assert dress_scene(day, 5, None).set_seed == dress_scene(night, 5, None).set_seed
    assert dress_scene(day, 5, None).set_seed != dress_scene(day, 6, None).set_seed
    assert dress_scene(day, 5, None).set_seed != dress_scene(scene("INT. KITCHEN - DAY"), 5, None).set_seed


@pytest.mark.parametrize(
    ("body", "weather"),
    [
        ("Rain on the window.", "rain"),
        ("Fog lifts off flat water.", "fog"),
        ("Snow falls.", "snow"),
        ("A grey sky.", "overcast"),
        ("The sun burns. Anna hangs up her raincoat.", "clear"),
        ("She storms out.", "clear"),
        ("The rain has stopped. No rain now.", "rain"),
        ("Anna, in a rain coat, waits.", "clear"),
    ],
)
def test_weather(body: str, weather: str) -> None:
    assert dress_scene(scene("EXT. STREET - DAY", body), 1, None).weather == weather


def test_props_stand_where_the_action_puts_them(ferry: Screenplay) -> None:
    diner, office, kitchen, bar = (ferry.scenes[i] for i in (1, 2, 4, 7))
    letter = {p.kind: p for p in dress_scene(diner, 1, diner.elements[-1].id, ferry.cast).props}
    assert letter["letter"].at == "counter" and letter["cup"].at == "counter" and letter["cup"].holder is None
    assert [(p.kind, p.at) for p in dress_scene(office, 1, None, ferry.cast).props] == [("cheque", "desk")]
    first = {p.kind: p.holder for p in dress_scene(kitchen, 1, None, ferry.cast).props}
    assert first == {"book": "TOM", "letter": "MARA"}
    last = {p.kind: p.at for p in dress_scene(kitchen, 1, kitchen.elements[-1].id, ferry.cast).props}
    assert last == {"book": "table", "letter": "floor"}
    glass = dress_scene(bar, 1, bar.elements[-1].id, ferry.cast).props[0]
    assert (glass.word, glass.holder, glass.at) == ("glass of whisky", None, "bar")


def test_a_thing_is_one_thing_however_often_it_is_named() -> None:
    room = scene(
        "INT. KITCHEN - DAY",
        "A knife on the table.\n\nANNA\nWell.\n\nAnna looks at the knife.\n\nShe picks up the knife.",
    )
    before = dress_scene(room, 1, room.elements[3].id).props
    after = dress_scene(room, 1, room.elements[4].id).props
    assert [(p.kind, p.holder, p.at) for p in before] == [("knife", None, "table")]
    assert [(p.kind, p.holder) for p in after] == [("knife", "ANNA")]


def test_light_follows_the_heading() -> None:
    night = light_scene(scene("INT. LIVING ROOM - NIGHT", "A lamp burns."))
    assert (night.time_of_day, night.interior, night.practicals) == (TimeOfDay.NIGHT, True, True)
    assert light_scene(scene("INT. LIVING ROOM - NIGHT", "The power is out.")).practicals is False
    day = light_scene(scene("EXT. FIELD"))
    assert (day.time_of_day, day.interior, day.practicals) == (TimeOfDay.DAY, False, None)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("They watch the road. She rings the bell. He checks his watch.", ["watch"]),
        ("The phone rings.", ["phone"]),
        ("The camera pans to a glass door.", []),
        ("round glasses and two wine glasses", ["wine glass"]),
        ("a glass of whisky and a can of paint", ["glass", "paint can"]),
        ("He will not go. She can book a table.", []),
        ("her father's old hunting rifle", ["rifle"]),
        ("three knives and a bunch of keys", ["knife", "keys"]),
        ("INSERT - THE CHEQUE", ["cheque"]),
    ],
)
def test_props_are_found_and_verbs_are_not(text: str, kinds: list[str]) -> None:
    assert [m.kind.value for m in find_props(text)] == kinds


def test_prop_words_keep_their_description_and_every_kind_names_itself() -> None:
    mention = find_props("Ada holds a chipped cup.")[0]
    assert (mention.word, "Ada holds a chipped cup."[mention.start : mention.end]) == ("chipped cup", "chipped cup")
    assert all(prop_kind(kind.value) is kind for kind in PropKind)
    assert prop_kind("door") is None


def needs(body: str, words: str | None = None) -> dict[str, PropNeed]:
    room = scene("INT. OFFICE - DAY", f"{body}\n\nANNA\nYes.\n\nBEN\nNo.")
    moment = next((e.id for e in room.elements if words and words in e.text), None)
    return {p.kind: p for p in dress_scene(room, 1, moment).props}


def test_things_lie_where_they_were_put_down_and_belong_to_whoever_had_them() -> None:
    body = "ANNA sits at the desk with a gun in her hand. BEN stands.\n\nShe puts it on the table.\n\nBen drops a book."
    gun = needs(body, "puts it")["pistol"]
    assert (gun.holder, gun.at, gun.near) == (None, "table", "ANNA")
    assert needs("BEN holds a book.\n\nBen drops the book.", "drops")["book"].at == "floor"
    assert needs("A bottle and a cup stand on the table.")["bottle"].at == "table"


def test_nobody_sees_what_is_still_in_a_pocket_or_outside_the_door() -> None:
    body = "ANNA sits.\n\nANNA\nOne.\n\nBEN comes in with a suitcase.\n\nHe hands her the keys."
    assert set(needs(body, "One.")) == set()
    assert needs(body, "comes in")["suitcase"].holder == "BEN"
    assert needs(body, "keys")["keys"].holder == "ANNA"
    assert needs("A telephone rings.\n\nANNA picks up a letter.", "rings")["letter"].holder is None


def test_a_hat_on_a_head_does_not_lie_about_as_well() -> None:
    for said, there in (("", False), (" A hat hangs on the chair.", True)):
        play = parse_text(f"INT. ROOM - DAY\n\nTOM (50s, in a black hat and a red shirt) sits.{said}\n", "t.fountain")
        props = dress_scene(play.scenes[0], 1, None, play.cast).props
        assert any(p.kind == PropKind.HAT for p in props) is there


def test_who_telephones_has_a_phone_and_one_telephone_is_enough() -> None:
    body = "The telephone rings on the desk. ANNA drinks from a cup. BEN sits.\n\nAnna picks up the phone."
    held = [p for p in needs(body, "picks up").values() if p.holder == "ANNA"]
    assert held[0].kind == "phone"
    assert "phone" not in needs(body)
    alone = needs("ANNA sits with a cup in her hand.\n\nANNA\n(on the phone)\nYes.", "Yes.")
    assert alone["phone"].holder == alone["cup"].holder == "ANNA"
