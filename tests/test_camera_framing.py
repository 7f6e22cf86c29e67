"""Camera controls that a set-up is made of: size, composition, angle, direction, sensor, foreground, focus."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.film.camera import SENSOR_WIDTH_MM, CameraControls, Composition, Foreground, Sensor
from maquette.film.shot import ANGLE_PITCH_DEG, Angle, Framing, Move, Shot, ShotSize, Side
from maquette.film.stage import BodyKind, SetPlan
from maquette.stage.ask import Ask
from maquette.stage.camera import asked_setup, set_up
from maquette.stage.clear_view import clear_view
from maquette.stage.focus import depth_of, focus_plan, focused
from maquette.stage.framing import camera_axes, frame_figure, project
from maquette.stage.mesh import assemble, box
from maquette.stage.setup import Setup, Thing
from maquette.stage.shoulder import in_frame
from tests.test_camera import ASPECT, FLOOR, PAIR, A, plan, shot

FIELD = SetPlan(plan().kind, (), (), (), (), (), ((-30, -30), (30, -30), (30, 30), (-30, 30)), None, False)


def framed(of: Shot, **controls: object) -> Setup:
    people = PAIR if of.over or len(of.subjects) > 1 else {"A": A}
    return set_up(of, people, (), FIELD, ASPECT, CameraControls.model_validate(controls))


def pitch_of(setup: Setup) -> float:
    return float(np.degrees(np.arcsin(camera_axes(setup.camera)[2][2])))


def azimuth_of(setup: Setup) -> float:
    """Of the camera off A's look."""
    away = np.array(setup.camera.position[:2]) - A.landmarks["eyes"][:2]
    return float(np.degrees(np.arccos(np.clip(away @ A.look / np.linalg.norm(away), -1, 1))))


def seen(setup: Setup, landmark: str) -> tuple[float, float]:
    x, y, _ = project(setup.camera, A.landmarks[landmark])[0]
    return float(x), float(y)


# --- sensor and squeeze ---------------------------------------------------------------------------------------


def test_a_lens_on_a_larger_sensor_comes_closer_for_the_same_size() -> None:
    away = {s: np.linalg.norm(np.array(framed(shot(), sensor=s).camera.position) - A.landmarks["eyes"]) for s in Sensor}
    small, full = away[Sensor.SUPER_35], away[Sensor.FULL_FRAME]
    # d = h f / sensor height: 24.89 / 36 of the distance.
    assert full / small == pytest.approx(24.89 / 36, rel=0.03)
    assert list(away.values()) == sorted(away.values(), reverse=True)
    for sensor in Sensor:
        assert framed(shot(), sensor=sensor).camera.sensor_width_mm == SENSOR_WIDTH_MM[sensor]


def test_twice_the_squeeze_is_half_the_focal_length_across() -> None:
    anamorphic = framed(shot(lens_mm=100.0), squeeze=2.0)
    spherical = framed(shot(lens_mm=50.0))
    assert anamorphic.camera.squeeze == 2.0
    assert np.allclose(anamorphic.camera.position, spherical.camera.position)
    assert project(anamorphic.camera, A.landmarks["chin"]) == pytest.approx(
        project(spherical.camera, A.landmarks["chin"])
    )


# --- size and composition -------------------------------------------------------------------------------------


@given(st.sampled_from(list(ShotSize)), st.floats(0.7, 1.6))
def test_tightness_divides_the_height_of_the_frame(size: ShotSize, tightness: float) -> None:
    loose, tight = frame_figure(A, size), frame_figure(A, size, tightness)
    assert tight.height_m == pytest.approx(loose.height_m / tightness)
    eyes = A.landmarks["eyes"][2]
    assert abs(eyes - tight.center[2]) < 0.62 * tight.height_m, "the eyes stay in the frame"


def test_tightness_leads_from_one_size_to_the_next() -> None:
    close, medium = frame_figure(A, ShotSize.CU), frame_figure(A, ShotSize.MCU)
    between = frame_figure(A, ShotSize.MCU, medium.height_m / close.height_m)
    assert between.height_m == pytest.approx(close.height_m)
    assert between.center[2] == pytest.approx(close.center[2], abs=1e-6)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(
    ("composition", "off"),
    [(Composition.CENTRED, 0.0), (Composition.THIRDS, 1 / 6), (Composition.SHORT_SIDED, -0.24),
     (Composition.NEGATIVE_SPACE, 0.33)],
)  # fmt: skip
@pytest.mark.parametrize("roll", [0.0, 20.0])
def test_a_composition_puts_the_eyes_where_it_says(
    composition: Composition, off: float, side: Side, roll: float
) -> None:
    setup = framed(shot(camera_side=side, azimuth_deg=35.0, roll_deg=roll), composition=composition)
    across, down = seen(setup, "eyes")
    # Away from the look: on the left where the look goes to the right.
    assert across == pytest.approx(0.5 - off if side is Side.RIGHT else 0.5 + off, abs=0.01)
    if composition is Composition.THIRDS:
        assert down == pytest.approx(1 / 3, abs=0.01)
    assert azimuth_of(setup) == pytest.approx(35.0, abs=4.0)
    assert pitch_of(setup) == pytest.approx(pitch_of(framed(shot(camera_side=side, azimuth_deg=35.0))), abs=1.0)


@given(st.floats(-0.3, 0.5), st.sampled_from([ShotSize.MS, ShotSize.MCU, ShotSize.CU]), st.floats(-20, 20))
def test_headroom_is_the_free_share_above_the_head(headroom: float, size: ShotSize, pitch: float) -> None:
    setup = framed(shot(size=size), headroom=headroom, pitch_deg=pitch)
    assert seen(setup, "head_top")[1] == pytest.approx(headroom, abs=0.01)
    assert pitch_of(setup) == pytest.approx(pitch, abs=0.5)


def test_lead_room_is_the_usual_frame() -> None:
    assert framed(shot(), composition=Composition.LEAD_ROOM).camera == framed(shot()).camera


# --- angle, height, direction ---------------------------------------------------------------------------------


@settings(max_examples=60)
@given(
    st.floats(-90, 60), st.sampled_from([ShotSize.FS, ShotSize.MS, ShotSize.MCU, ShotSize.CU]),
    st.sampled_from([None, *Composition]),
)  # fmt: skip
def test_an_asked_pitch_is_law_within_three_degrees(pitch: float, size: ShotSize, composition: Composition) -> None:
    setup = framed(shot(size=size, lens_mm=35.0), pitch_deg=pitch, composition=composition)
    if any("floor" in note and note.startswith("The") for note in setup.notes):
        assert setup.camera.position[2] == pytest.approx(0.12, abs=0.01), "as low as it goes, and said"
        return
    assert pitch_of(setup) == pytest.approx(pitch, abs=3.0)
    assert setup.camera.position[2] > 0.11


@pytest.mark.parametrize("angle", [Angle.LOW, Angle.WORMS_EYE])
def test_furniture_does_not_change_an_asked_angle(angle: Angle) -> None:
    low = shot(angle=angle, size=ShotSize.MCU, lens_mm=35.0)
    setup = set_up(low, {"A": A}, (), FIELD, ASPECT)
    way = np.array(setup.camera.position) - A.landmarks["eyes"]
    middle = A.landmarks["eyes"] + 0.55 * way
    crate = assemble("furniture/crate", BodyKind.SET, [box((0.3, 0.3, 0.3)).moved(*middle)])
    cluttered = SetPlan(FIELD.kind, (crate,), (), (), (), (), FLOOR, None, False)
    clear = clear_view(setup, low, {"A": A}, cluttered)
    assert "stepped aside" in clear.notes[-1] or clear.struck
    assert pitch_of(clear) == pytest.approx(ANGLE_PITCH_DEG[angle], abs=3.0)
    assert clear.camera.position[2] == pytest.approx(setup.camera.position[2])


@given(st.floats(0.2, 3.5), st.sampled_from([None, *Composition]))
def test_a_stated_height_is_met_or_said(height: float, composition: Composition | None) -> None:
    setup = framed(shot(camera_height_m=height, lens_mm=85.0), composition=composition)
    met = abs(setup.camera.position[2] - height) < 0.05
    assert met or any("instead of" in note for note in setup.notes)


@given(st.floats(0, 180), st.sampled_from(list(Side)))
def test_the_azimuth_is_the_direction_off_the_look(azimuth: float, side: Side) -> None:
    setup = framed(shot(azimuth_deg=azimuth, camera_side=side))
    assert azimuth_of(setup) == pytest.approx(azimuth, abs=0.5)


def test_who_states_the_direction_keeps_it_whatever_is_in_the_way() -> None:
    stated = CameraControls(azimuth_deg=20.0)
    of = shot(azimuth_deg=20.0, camera_side=Side.LEFT)
    setup = set_up(of, {"A": A}, (), FIELD, ASPECT, stated)
    middle = (np.array(setup.camera.position) + A.landmarks["eyes"]) / 2
    crate = assemble("furniture/crate", BodyKind.SET, [box((0.3, 0.3, 0.3)).moved(*middle)])
    cluttered = SetPlan(FIELD.kind, (crate,), (), (), (), (), FLOOR, None, False)
    kept = clear_view(setup, of, {"A": A}, cluttered, stated)
    assert kept.camera == setup.camera and kept.struck == ("furniture/crate",)
    assert clear_view(setup, of, {"A": A}, cluttered).camera != setup.camera


# --- foreground -----------------------------------------------------------------------------------------------


def test_a_clean_view_over_the_shoulder_has_no_shoulder_and_a_dirty_single_has_one() -> None:
    over = shot(framing=Framing.OTS, over="B", size=ShotSize.MCU, camera_side=Side.RIGHT, stated=())
    assert in_frame(framed(over).camera, PAIR["B"])
    clean = framed(over, foreground=Foreground.CLEAN)
    assert not in_frame(clean.camera, PAIR["B"])
    assert any(note.startswith("Clean") for note in clean.notes)
    dirty = framed(shot(over="B", size=ShotSize.MCU), foreground=Foreground.DIRTY)
    assert in_frame(dirty.camera, PAIR["B"])


# --- focus ----------------------------------------------------------------------------------------------------

CUP = Thing("cup", np.array([0.5, 1.5, 0.9]), 0.12)


def focus(of: Shot, progress: float = 0.0, **controls: object) -> tuple[float | None, float, tuple[str, ...], Setup]:
    stated = CameraControls.model_validate(controls)
    setup = asked_setup(Ask(of, stated, {"A": A}, (CUP,), FIELD, ASPECT))
    found = focus_plan(of, stated, frozenset(), setup.camera, {"A": A}, (CUP,))
    if found is None:
        return None, 0.0, (), setup
    camera = focused(setup.camera, found, of, {"A": A}, (CUP,), progress)
    return camera.t_stop, camera.focus_m, found.notes, setup


def test_a_stop_alone_focuses_on_the_first_subjects_eyes() -> None:
    assert focus(shot())[0] is None
    stop, distance, _, setup = focus(shot(), t_stop=1.4)
    assert stop == 1.4
    assert distance == pytest.approx(depth_of(setup.camera, A.landmarks["eyes"]))


def test_focus_goes_to_things_and_distances_and_deep_focus_to_everything() -> None:
    stop, distance, notes, setup = focus(shot(), focus="cup")
    assert stop == 2.0 and "T2" in notes[0]
    assert distance == pytest.approx(depth_of(setup.camera, CUP.center))
    assert focus(shot(), t_stop=2.8, focus="cup", focus_m=4.0)[:2] == (2.8, 4.0)
    assert focus(shot(), t_stop=1.4, deep_focus=True)[0] is None
    assert "is not in this shot" in focus(shot(), t_stop=2.0, focus="harp")[2][0]


def test_a_rack_goes_evenly_in_dioptres_from_the_subject_to_its_goal() -> None:
    starts, middle, ends = (focus(shot(), p, rack_to="cup", t_stop=2.0)[1] for p in (0.0, 0.5, 1.0))
    setup = focus(shot())[3]
    eyes, cup = depth_of(setup.camera, A.landmarks["eyes"]), depth_of(setup.camera, CUP.center)
    assert (starts, ends) == (pytest.approx(eyes), pytest.approx(cup))
    assert 1 / middle == pytest.approx((1 / eyes + 1 / cup) / 2)
    racked = focus(shot(move=Move.RACK_FOCUS), 1.0)
    assert racked[0] == 2.0 and racked[1] != pytest.approx(eyes)
