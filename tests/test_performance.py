"""Action lines and parentheticals -> what each character does."""

from __future__ import annotations

from pathlib import Path

import pytest

from maquette.direct.emotions import feelings, strongest
from maquette.direct.performance import opening, perform
from maquette.film.cast import Emotion, Gesture, Nearness, Performance, Posture
from maquette.film.errors import ShotError
from maquette.film.screenplay import Scene, Screenplay
from maquette.script.read import parse_text

EXAMPLES = Path(__file__).parent.parent / "examples"


def script(text: str) -> Screenplay:
    return parse_text(text, "test.fountain")


def scene(body: str, heading: str = "INT. ROOM - DAY") -> Scene:
    return script(f"{heading}\n\n{body}\n").scenes[0]


def at(where: Scene, words: str, *names: str, cast: Screenplay | None = None) -> dict[str, Performance]:
    """Everyone at the first element that holds `words`."""
    moment = next(e.id for e in where.elements if words in e.text)
    people = names or where.characters
    return {p.character: p for p in perform(where, people, moment, cast.cast if cast else ())}


@pytest.fixture(scope="module")
def cup() -> Screenplay:
    return script((EXAMPLES / "the-chipped-cup.fountain").read_text())


@pytest.fixture(scope="module")
def ferry() -> Screenplay:
    return script((EXAMPLES / "the-last-ferry.fountain").read_text())


def test_who_sat_down_stays_seated_until_they_stand_up() -> None:
    room = scene(
        "ANNA sits at the table.\n\nANNA\nOne.\n\nAnna laughs.\n\nANNA\nTwo.\n\nShe stands up.\n\nANNA\nThree."
    )
    assert at(room, "Two.", "ANNA")["ANNA"].posture is Posture.SIT
    assert at(room, "Two.", "ANNA")["ANNA"].at == "table"
    assert at(room, "Three.", "ANNA")["ANNA"].posture is Posture.STAND


@pytest.mark.parametrize(
    ("words", "posture", "place"),
    [
        ("slumps into the armchair.", Posture.SIT, "armchair"),
        ("perches on the edge of the desk.", Posture.SIT, "desk"),
        ("takes a seat.", Posture.SIT, None),
        ("lies on the bed, asleep.", Posture.LIE, "bed"),
        ("leans against the wall.", Posture.LEAN, "wall"),
        ("kneels by the door.", Posture.KNEEL, "door"),
        ("drops to his knees.", Posture.KNEEL, None),
        ("crouches behind the counter.", Posture.CROUCH, "counter"),
        ("walks along the corridor.", Posture.WALK, "corridor"),
        ("crosses to the window.", Posture.WALK, "window"),
        ("runs down the stairs.", Posture.RUN, "stairs"),
        ("stands in the doorway.", Posture.STAND, "door"),
        ("crosses to the couch and sits down.", Posture.SIT, "sofa"),
        ("does not sit.", Posture.STAND, None),
        ("lies to her.", Posture.STAND, None),
        ("runs his hand over the paint.", Posture.STAND, None),
    ],
)
def test_postures_and_places(words: str, posture: Posture, place: str | None) -> None:
    paul = at(scene(f"PAUL {words}"), words, "PAUL")["PAUL"]
    assert (paul.posture, paul.at) == (posture, place)


@pytest.mark.parametrize(
    ("words", "gesture"),
    [
        ("reaches for the door.", Gesture.REACH),
        ("points at the map.", Gesture.POINT),
        ("crosses his arms.", Gesture.ARMS_CROSSED),
        ("stands with his hands on his hips.", Gesture.HANDS_ON_HIPS),
        ("covers his face with his hands.", Gesture.HAND_TO_FACE),
        ("is on the phone.", Gesture.PHONE),
        ("waves.", Gesture.WAVE),
        ("types.", Gesture.TYPE),
        ("hugs her.", Gesture.EMBRACE),
        ("raises his hands.", Gesture.HANDS_UP),
        ("holds a knife.", Gesture.HOLD),
    ],
)
def test_gestures(words: str, gesture: Gesture) -> None:
    assert at(scene(f"PAUL {words}"), words, "PAUL")["PAUL"].gesture is gesture


@pytest.mark.parametrize(
    ("words", "emotion", "least", "most"),
    [
        ("whispering, terrified", Emotion.TERROR, 0.8, 1.0),
        ("slightly annoyed", Emotion.ANGER, 0.1, 0.35),
        ("very angry", Emotion.ANGER, 0.8, 1.0),
        ("smiling", Emotion.JOY, 0.5, 0.8),
        ("through tears", Emotion.SADNESS, 0.5, 0.9),
        ("wry", Emotion.AMUSEMENT, 0.2, 0.5),
        ("ashamed", Emotion.SHAME, 0.5, 0.8),
        ("astonished", Emotion.SURPRISE, 0.8, 1.0),
        ("wary", Emotion.SUSPICION, 0.5, 0.8),
        ("trying not to cry", Emotion.SADNESS, 0.5, 0.9),
        ("coldly", Emotion.ANGER, 0.3, 0.5),
        ("calm", Emotion.NEUTRAL, 0.0, 1.0),
    ],
)
def test_parentheticals_give_feelings_with_strength(words: str, emotion: Emotion, least: float, most: float) -> None:
    anna = at(scene(f"ANNA\n({words})\nHello."), "Hello.", "ANNA")["ANNA"]
    assert anna.emotion is emotion and least <= anna.intensity <= most
    assert words in anna.why


def test_negated_feelings_do_not_count_and_things_do_not_feel() -> None:
    assert strongest("not angry") is None
    assert strongest("He isn't afraid") is None
    assert feelings("a cup of cold coffee") == ()
    assert strongest("cold", said=True) is not None


def test_feelings_fade_and_a_dying_smile_is_no_joy() -> None:
    room = scene("ANNA\n(angry)\nOne.\n\nBEN\nTwo.\n\nANNA\nThree.\n\nBEN\nFour.\n\nANNA\nFive.\n\nBen's smile dies.")
    first, later, last = (at(room, w)["ANNA"] for w in ("One.", "Three.", "Five."))
    assert first.intensity > later.intensity > last.intensity
    assert at(room, "smile dies")["BEN"].emotion is Emotion.SADNESS


def test_speakers_and_listeners_look_at_each_other() -> None:
    room = scene("ANNA and BEN stand at the window.\n\nANNA\nHello.\n\nBEN\nHi.\n\nANNA\n(V.O.)\nI hated him.")
    now = at(room, "Hi.")
    assert (now["BEN"].speaking, now["ANNA"].speaking) == (True, False)
    assert (now["BEN"].gaze, now["ANNA"].gaze) == ("ANNA", "BEN")


def test_a_voice_over_moves_no_lips() -> None:
    room = scene("ANNA sits. BEN stands.\n\nANNA (V.O.)\nI hated him.")
    now = at(room, "hated", "ANNA", "BEN")
    assert not now["ANNA"].speaking and now["BEN"].gaze is None


def test_a_name_in_the_speech_turns_the_look() -> None:
    room = scene("ANNA, BEN and CLEO sit at the table.\n\nBEN\nWell?\n\nANNA\nCleo, tell him.\n\nCLEO\nNo.")
    assert at(room, "tell him", "ANNA", "BEN", "CLEO")["ANNA"].gaze == "CLEO"


@pytest.mark.parametrize(
    ("words", "gaze"),
    [
        ("looks at the letter.", "letter"),
        ("stares at Ben.", "BEN"),
        ("turns to him.", "BEN"),
        ("looks away.", "away"),
        ("lowers her eyes.", "down"),
        ("looks up at the sky.", "up"),
        ("looks out of the window.", "window"),
        ("studies the map.", "map"),
    ],
)
def test_gaze(words: str, gaze: str) -> None:
    room = scene(f"BEN stands at the door. ANNA {words}")
    assert at(room, words, "ANNA", "BEN")["ANNA"].gaze == gaze


def test_pronouns_follow_sex_and_recency(cup: Screenplay) -> None:
    room = cup.scenes[0]
    assert at(room, "crosses to the armchair", cast=cup)["JONAS"].posture is Posture.SIT
    laughs = at(room, "Ada laughs", cast=cup)["ADA"]
    assert laughs.gesture is Gesture.HAND_TO_FACE and laughs.emotion is Emotion.AMUSEMENT


def test_things_are_held_put_down_handed_over_and_dropped() -> None:
    room = scene(
        "ANNA stands with a chipped cup in her hand. BEN sits with a suitcase at his feet.\n\nAnna drinks.\n\n"
        "She puts the cup on the table.\n\nAnna picks up a letter.\n\nShe gives the letter to Ben.\n\nThe letter "
        "falls out of his hand."
    )
    assert at(room, "drinks", "ANNA", "BEN")["ANNA"].holding == "chipped cup"
    assert at(room, "drinks", "ANNA", "BEN")["BEN"].holding is None
    assert at(room, "puts the cup", "ANNA", "BEN")["ANNA"].holding is None
    handed = at(room, "gives", "ANNA", "BEN")
    assert (handed["ANNA"].holding, handed["BEN"].holding) == (None, "letter")
    assert at(room, "falls", "ANNA", "BEN")["BEN"].holding is None


def test_eyes_close_and_open() -> None:
    room = scene("ANNA lies in bed, asleep.\n\nA noise.\n\nShe opens her eyes.")
    assert at(room, "A noise", "ANNA")["ANNA"].eyes_closed
    assert not at(room, "opens", "ANNA")["ANNA"].eyes_closed


def test_opening_tells_who_sits_where(ferry: Screenplay) -> None:
    diner, car, roof = (ferry.scenes[i] for i in (1, 6, 8))
    first = {p.character: p for p in opening(diner, diner.characters, ferry.cast)}
    assert (first["TOM"].posture, first["TOM"].at) == (Posture.SIT, "stool")
    assert (first["MARA"].posture, first["MARA"].at) == (Posture.SIT, "stool")
    assert (first["INES"].posture, first["INES"].at) == (Posture.STAND, "counter")
    ride = {p.character: p for p in opening(car, car.characters, ferry.cast)}
    assert (ride["RUTH"].posture, ride["RUTH"].at) == (Posture.DRIVE, "wheel")
    assert (ride["MARA"].posture, ride["MARA"].at) == (Posture.SIT, "passenger seat")
    night = {p.character: p for p in opening(roof, roof.characters, ferry.cast)}
    assert night["TOM"].at == "parapet" and night["MARA"].at == "door"
    assert not any(p.speaking for p in (*first.values(), *ride.values(), *night.values()))


def test_somebody_drives_a_car_of_silent_people() -> None:
    ride = scene("ANNA\nFaster.\n\nBEN\nNo.", "INT. TAXI - NIGHT")
    states = opening(ride, ("ANNA", "BEN"))
    assert [s.posture for s in states] == [Posture.DRIVE, Posture.SIT]


def test_the_example_reads_as_a_director_reads_it(ferry: Screenplay) -> None:
    kitchen = ferry.scenes[4]
    back = at(kitchen, "I am somewhere", cast=ferry)["MARA"]
    assert back.gaze == "window" and back.holding == "letter"
    shout = at(kitchen, "You're nowhere", cast=ferry)["TOM"]
    assert (shout.posture, shout.emotion, shout.holding) == (Posture.STAND, Emotion.ANGER, None)
    wood = at(ferry.scenes[5], "terrified", "TOM", cast=ferry)["TOM"]
    assert (wood.posture, wood.emotion, wood.holding) == (Posture.STAND, Emotion.TERROR, "flashlight")
    bar = at(ferry.scenes[7], "Boys come back", cast=ferry)["PRICE"]
    assert bar.gaze == "away" and bar.speaking
    tears = at(ferry.scenes[8], "through his tears", cast=ferry)["TOM"]
    assert tears.posture is Posture.SIT and tears.emotion is Emotion.TENDERNESS


def test_every_moment_of_the_examples_can_be_performed(cup: Screenplay, ferry: Screenplay) -> None:
    for play in (cup, ferry):
        for part in play.scenes:
            for element in part.elements:
                result = perform(part, part.characters, element.id, play.cast)
                assert [p.character for p in result] == list(part.characters)
                assert all(0 <= p.intensity <= 1 and p.gaze != p.character and p.why for p in result)


def test_reading_is_repeatable_and_a_strange_moment_is_refused(cup: Screenplay) -> None:
    room = cup.scenes[0]
    last = room.elements[-1].id
    assert perform(room, room.characters, last) == perform(room, room.characters, last)
    with pytest.raises(ShotError, match="no line nowhere"):
        perform(room, room.characters, "nowhere")
    assert perform(room, (), None) == ()


def test_names_are_known_however_they_are_written() -> None:
    room = scene("DR. MCKAY sits. ANNE-MARIE O'NEILL kneels.\n\nMcKay stands up. The guard runs to the door.")
    now = at(room, "McKay stands", "MCKAY", "ANNE-MARIE", "GUARD", "GUARD #2")
    assert now["MCKAY"].posture is Posture.STAND
    assert now["ANNE-MARIE"].posture is Posture.KNEEL


def test_a_hundred_people_in_one_scene_are_read() -> None:
    names = tuple(f"SOLDIER {chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(100))
    crowd = scene("\n\n".join(f"{n}\nSir." for n in names))
    last = crowd.elements[-1].id
    people = {p.character: p for p in perform(crowd, names, last)}
    assert len(people) == 100 and people[names[-1]].speaking and people[names[0]].gaze == names[-1]


def test_who_comes_in_later_is_not_there_before_and_who_goes_out_is_gone() -> None:
    room = scene(
        "ANNA sits at the desk.\n\nANNA\nOne.\n\nThe door opens. BEN (8), a small boy in red, comes in with a "
        "suitcase.\n\nBEN\nTwo.\n\nBen walks out.\n\nANNA\nThree."
    )
    first = {p.character: p for p in opening(room, ("ANNA", "BEN"))}
    assert first["ANNA"].present and not first["BEN"].present
    assert not at(room, "One.", "ANNA", "BEN")["BEN"].present
    comes = at(room, "comes in", "ANNA", "BEN")["BEN"]
    assert comes.present and comes.at == "door" and comes.holding == "suitcase"
    arrived = at(room, "Two.", "ANNA", "BEN")["BEN"]
    assert (arrived.at, arrived.near, arrived.posture) == (None, "ANNA", Posture.STAND)
    assert at(room, "walks out", "ANNA", "BEN")["BEN"].present
    assert not at(room, "Three.", "ANNA", "BEN")["BEN"].present


def test_who_is_only_heard_is_not_there_but_who_is_only_addressed_is() -> None:
    room = scene("ANNA stands. She looks at CLEO.\n\nBEN (V.O.)\nI hated him.")
    first = {p.character: p.present for p in opening(room, ("ANNA", "BEN", "CLEO"))}
    assert first == {"ANNA": True, "BEN": False, "CLEO": True}


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("stands behind him.", Nearness.BEHIND),
        ("stands next to Ben.", Nearness.BESIDE),
        ("kneels in front of him.", Nearness.BEFORE),
        ("walks to Ben.", Nearness.WITH),
        ("hugs him.", Nearness.EMBRACING),
    ],
)
def test_people_stand_by_people(words: str, how: Nearness) -> None:
    anna = at(scene(f"BEN sits. ANNA {words}"), words, "ANNA", "BEN")["ANNA"]
    assert (anna.near, anna.nearness) == ("BEN", how)


def test_an_embrace_takes_two_and_ends_for_both() -> None:
    room = scene("ANNA and BEN stand.\n\nAnna hugs Ben.\n\nBen points at the door.")
    held = at(room, "hugs", "ANNA", "BEN")
    assert [held[n].gesture for n in ("ANNA", "BEN")] == [Gesture.EMBRACE] * 2
    after = at(room, "points", "ANNA", "BEN")
    assert (after["BEN"].gesture, after["ANNA"].gesture) == (Gesture.POINT, Gesture.REST)


def test_people_walk_side_by_side_and_list_what_they_do_together() -> None:
    walk = at(scene("ANNA and BEN walk along the beach."), "walk", "ANNA", "BEN")
    assert (walk["BEN"].near, walk["BEN"].nearness) == ("ANNA", Nearness.BESIDE)
    table = at(scene("Three friends sit around the table: ANNA (40s), a nurse, BEN (30s), bald, and CLEO (9)."),
               "table", "ANNA", "BEN", "CLEO")  # fmt: skip
    assert {p.posture for p in table.values()} == {Posture.SIT} and {p.at for p in table.values()} == {"table"}


@pytest.mark.parametrize(
    ("words", "gesture"),
    [
        ("drinks from the cup.", Gesture.TO_MOUTH),
        ("lifts the cup to his lips.", Gesture.TO_MOUTH),
        ("lights a cigarette.", Gesture.TO_MOUTH),
        ("raises his glass.", Gesture.RAISE),
        ("reads the letter.", Gesture.READ),
        ("puts his hands up.", Gesture.HANDS_UP),
    ],
)
def test_gestures_with_things(words: str, gesture: Gesture) -> None:
    assert at(scene(f"PAUL {words}"), words, "PAUL")["PAUL"].gesture is gesture


def test_eyes_follow_the_business_of_the_hands() -> None:
    room = scene("BEN stands. ANNA sits at the desk. She reads the letter.\n\nANNA\n(without looking up)\nWell?\n\n"
                 "She types.\n\nANNA\n(into phone)\nHello?")  # fmt: skip
    assert at(room, "Well?", "ANNA", "BEN")["ANNA"].gaze == "letter"
    assert at(room, "types", "ANNA", "BEN")["ANNA"].gaze == "computer"
    assert at(scene("ANNA\n(into phone)\nHello?\n\nBEN\nWho is it?"), "Hello?", "ANNA", "BEN")["ANNA"].gaze is None
    box = scene("ANNA takes a photograph out of the box and looks at it.")
    assert at(box, "photograph", "ANNA")["ANNA"].gaze == "photograph"


def test_raised_hands_give_nothing_away_and_keys_leave_the_umbrella() -> None:
    room = scene("ANNA walks in with an umbrella. BEN stands.\n\nAnna hands him the keys. He raises his hands.")
    now = at(room, "keys", "ANNA", "BEN")
    assert (now["BEN"].holding, now["BEN"].gesture) == ("keys", Gesture.HANDS_UP)
    assert now["ANNA"].holding == "umbrella"


def test_who_reads_at_the_table_sits_there() -> None:
    paul = at(scene("PAUL reads a newspaper at the table."), "reads", "PAUL")["PAUL"]
    assert (paul.posture, paul.at, paul.holding) == (Posture.SIT, "table", "newspaper")


def test_nobody_talks_into_the_cup() -> None:
    room = scene("ANNA drinks from a cup.\n\nANNA\nGood.")
    assert at(room, "drinks", "ANNA")["ANNA"].gesture is Gesture.TO_MOUTH
    assert at(room, "Good.", "ANNA")["ANNA"].gesture is Gesture.HOLD


def test_smoking_breath_is_no_cigarette_and_a_flashlight_stays_in_the_hand() -> None:
    screenplay = parse_text(
        "EXT. WOOD - NIGHT\n\nTOM (17) runs between the trees with a flashlight. His breath smokes.\n\nHe stops.\n"
    )
    scene = screenplay.scenes[0]
    (tom,) = perform(scene, ["TOM"], scene.elements[-1].id, screenplay.cast)
    assert tom.gesture is Gesture.HOLD and tom.holding == "flashlight"
