"""Reading a camera back by name, and what is implausible about one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from maquette.film.camera import CameraControls, Composition, Sensor
from maquette.film.request import ScreenLine
from maquette.film.shot import ANGLE_PITCH_DEG, Angle, Framing, ShotSize, Side
from maquette.film.stage import BodyKind, PlacedCamera, SetPlan
from maquette.stage.ask import Ask
from maquette.stage.by_hand import hand_setup
from maquette.stage.camera import set_up
from maquette.stage.framing import Figure
from maquette.stage.mesh import assemble, box
from maquette.stage.plausible import CutSide, camera_warnings, crosses_the_line, cut_angle_deg, jump_cut
from maquette.stage.readback import angle_named, placement_of, read_back
from tests.test_camera import ASPECT, FLOOR, PAIR, A, figure, plan, shot
from tests.test_camera_framing import FIELD, framed

SIZES = st.sampled_from(list(ShotSize))
SIDES = st.sampled_from(list(Side))

# --- reading back ---------------------------------------------------------------------------------------------


@settings(max_examples=150)
@given(SIZES, st.floats(0.93, 1.07), st.floats(-60, 25), st.floats(8, 172), SIDES,
       st.sampled_from([18.0, 35.0, 50.0, 100.0]), st.floats(-20, 20), st.sampled_from(list(Sensor)),
       st.sampled_from([None, *Composition]))  # fmt: skip
def test_what_is_asked_for_is_read_back(
    size: ShotSize, tightness: float, pitch: float, azimuth: float, side: Side, lens: float, roll: float,
    sensor: Sensor, composition: Composition | None,
) -> None:  # fmt: skip
    asked = shot(size=size, azimuth_deg=azimuth, camera_side=side, lens_mm=lens, roll_deg=roll)
    setup = framed(asked, tightness=tightness, pitch_deg=pitch, sensor=sensor, composition=composition)
    read = read_back(setup.camera, {"A": A}, "A")
    if read is None or setup.notes:
        return  # Behind the lens, or the floor stopped it and said so.
    assert (read.size, read.side, read.sensor) == (size, side, sensor)
    assert read.tightness == approx(tightness, rel=0.06)
    assert read.pitch_deg == approx(pitch, abs=3.0)
    assert read.azimuth_deg == approx(azimuth, abs=4.0)
    assert (read.lens_mm, read.roll_deg) == (lens, approx(roll))


@settings(max_examples=100)
@given(st.floats(-70, 40), st.floats(5, 175), SIDES, st.floats(0.6, 9.0), st.sampled_from([25.0, 50.0, 85.0]))
def test_a_hand_placed_camera_set_up_by_its_name_makes_the_same_picture(
    pitch: float, azimuth: float, side: Side, distance: float, lens: float
) -> None:
    turn = np.radians(-90 + (azimuth if side is Side.LEFT else -azimuth))
    p = np.radians(pitch)
    way = np.array([np.cos(turn) * np.cos(p), np.sin(turn) * np.cos(p), -np.sin(p)])
    position = A.landmarks["eyes"] + distance * way
    if position[2] < 0.3:
        return
    eyes = A.landmarks["eyes"]
    camera = PlacedCamera(tuple(position), tuple(eyes), lens_mm=lens)  # pyright: ignore[reportArgumentType]
    read = read_back(camera, {"A": A}, "A")
    assert read is not None
    controls = read.controls()
    again = set_up(
        shot(size=read.size, azimuth_deg=controls.azimuth_deg, camera_side=read.side, lens_mm=lens), {"A": A}, (),
        FIELD, ASPECT, controls.model_copy(update={"composition": Composition.CENTRED}),
    )  # fmt: skip
    twice = read_back(again.camera, {"A": A}, "A")
    assert twice is not None
    assert twice.side is read.side
    assert twice.pitch_deg == approx(read.pitch_deg, abs=0.3)
    assert twice.azimuth_deg == approx(read.azimuth_deg, abs=1.5)
    assert twice.headroom == approx(np.clip(read.headroom, -0.6, 0.6), abs=0.03)
    # Between two sizes either name may hold: the distance says how large the figure is.
    assert twice.distance_m == approx(read.distance_m, rel=0.12)


@pytest.mark.parametrize("composition", list(Composition))
@pytest.mark.parametrize("side", list(Side))
def test_a_composition_is_read_back(composition: Composition, side: Side) -> None:
    setup = framed(shot(azimuth_deg=40.0, camera_side=side), composition=composition)
    read = read_back(setup.camera, {"A": A}, "A")
    assert read is not None and read.composition is composition


@pytest.mark.parametrize("angle", [a for a in Angle if a is not Angle.OVERHEAD])
def test_angles_have_the_name_of_the_nearest_reference(angle: Angle) -> None:
    assert angle_named(ANGLE_PITCH_DEG[angle] + 3) is angle
    assert angle_named(ANGLE_PITCH_DEG[angle] - 3) is angle


def test_words_are_those_of_a_set() -> None:
    setup = framed(shot(size=ShotSize.CU, azimuth_deg=40.0, angle=Angle.LOW), pitch_deg=28.0)
    read = read_back(setup.camera, {"A": A}, "A")
    assert read is not None
    assert read.words.startswith("CU, low angle +28°, 40° off the look, 50 mm")
    assert read_back(setup.camera, {"A": A}, "NOBODY") is None


def test_the_explicit_form_of_a_set_up_is_the_same_camera() -> None:
    setup = framed(shot())
    by_hand = hand_setup(Ask(shot(), CameraControls(), {"A": A}, (), FIELD, ASPECT), placement_of(setup.camera))
    assert by_hand.camera == setup.camera


# --- warnings -------------------------------------------------------------------------------------------------

CRATE = assemble("furniture/crate", BodyKind.SET, [box((1.0, 1.0, 1.0)).moved(1.5, -2.0, 0.5)])
WALL = assemble("wall/south", BodyKind.SET, [box((6.0, 0.1, 2.7)).moved(0.0, -4.05, 1.35)])
ROOM = SetPlan(plan().kind, (CRATE, WALL), (), (), (), (), FLOOR, 2.7, True)


def warned(position: tuple[float, float, float], look: tuple[float, float, float] = (0.0, 0.0, 1.5)) -> str:
    camera = PlacedCamera(position, look, lens_mm=32)
    return " ".join(camera_warnings(camera, {"A": A}, ROOM, ("A",)))


def test_a_good_place_is_warned_of_nothing() -> None:
    assert warned((0.5, -2.5, 1.5)) == ""


@pytest.mark.parametrize(
    ("position", "says"),
    [
        ((0.0, -2.0, -0.3), "under the floor"),
        ((0.0, -2.0, 3.1), "above the ceiling"),
        ((0.0, -5.0, 1.5), "looks through the south wall"),
        ((0.0, -4.05, 1.5), "stands in the south wall"),
        ((1.5, -2.0, 0.5), "inside the crate"),
        ((0.05, 0.05, 1.62), "inside A's head"),
        ((0.1, 0.0, 1.1), "inside A."),
    ],
)
def test_an_impossible_place_is_warned_of(position: tuple[float, float, float], says: str) -> None:
    assert says in warned(position)


def test_a_lost_subject_is_warned_of() -> None:
    assert "A is behind the camera" in warned((0.0, -2.0, 1.5), (0.0, -4.0, 1.5))
    assert "A is outside the frame" in warned((0.0, -2.0, 1.5), (3.0, -1.0, 1.5))


def test_what_stands_before_the_face_is_named() -> None:
    low = figure("A", 0.0, 0.0, (0.0, -1.0), height=0.9)
    camera = PlacedCamera((3.0, -4.0, 0.5), (0.0, 0.0, 0.8), lens_mm=32)
    assert any("crate stands before A's face" in w for w in camera_warnings(camera, {"A": low}, ROOM, ("A",)))


# --- the line and the cut -------------------------------------------------------------------------------------


@given(st.floats(-180, 180), st.floats(15, 165), SIDES, SIDES)
def test_the_line_is_crossed_exactly_on_the_other_side_of_it(
    turn: float, off: float, of_line: Side, looks: Side
) -> None:
    along = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    a, b = (figure(n, *(s * along * 0.7), look=tuple(-s * along)) for n, s in (("A", -1), ("B", 1)))
    # A looks along the line to B. From its right hand (clockwise) it is seen to look to the left.
    swing = np.radians(off if looks is Side.RIGHT else -off)
    c, s = np.cos(swing), np.sin(swing)
    way = np.array([c * along[0] + s * along[1], -s * along[0] + c * along[1]])
    camera = PlacedCamera((3 * way[0], 3 * way[1], 1.5), (0.0, 0.0, 1.5))
    said = crosses_the_line(camera, ScreenLine(character="A", looks=of_line), {"A": a, "B": b})
    assert (said is not None) == (looks is not of_line)
    assert said is None or f"looks frame {looks.value} here" in said


def test_on_the_line_nothing_is_crossed() -> None:
    camera = PlacedCamera((4.0, 0.1, 1.5), (0.0, 0.0, 1.5))
    assert crosses_the_line(camera, ScreenLine(character="A", looks=Side.LEFT), PAIR) is None


def side_of(degrees: float, size: ShotSize, subject: str = "MARA") -> CutSide:
    at = np.array([0.0, 0.0, 1.6])
    a = np.radians(degrees)
    return CutSide(PlacedCamera((3 * np.sin(a), -3 * np.cos(a), 1.6), (0, 0, 1.6)), subject, at, size, f"{degrees:.0f}")


@given(st.floats(-90, 90), st.floats(-90, 90), SIZES, SIZES)
def test_a_cut_jumps_under_thirty_degrees_and_two_sizes(one: float, two: float, a: ShotSize, b: ShotSize) -> None:
    before, after = side_of(one, a), side_of(two, b)
    assert cut_angle_deg(before, after) == approx(abs(one - two), abs=1e-4)
    if abs(abs(one - two) - 30) < 0.01:
        return
    steps = abs(list(ShotSize).index(a) - list(ShotSize).index(b))
    assert (jump_cut(before, after) is not None) == (abs(one - two) < 30 and steps < 2)


def test_another_subject_is_no_jump_and_the_sentence_is_plain() -> None:
    assert jump_cut(side_of(0, ShotSize.CU), side_of(0, ShotSize.CU, "TOM")) is None
    said = jump_cut(side_of(0, ShotSize.CU), replace(side_of(10, ShotSize.MCU), number="4B"))
    assert said == "4B shows Mara from 10 degrees beside 0 and one size apart: the cut will jump."


def test_a_point_of_view_is_not_in_its_owners_head() -> None:
    setup = set_up(shot(framing=Framing.POV, over="B", size=ShotSize.CU), PAIR, (), FIELD, ASPECT)
    people: dict[str, Figure] = dict(PAIR)
    assert not camera_warnings(setup.camera, people, FIELD, ("A",), hidden=setup.hidden)
