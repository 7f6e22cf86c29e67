"""The camera over the shot: moves, speed, easing, shake, keys, paths, and racks."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from maquette.film.camera import CameraControls, Easing, Placement, PlacementKey, eased
from maquette.film.controls import Key, Track, track_value
from maquette.film.errors import StageError
from maquette.film.shot import Angle, Framing, Move, Shot, ShotSize, Side
from maquette.film.stage import PlacedCamera
from maquette.stage.by_hand import along_path
from maquette.stage.focus import depth_of
from maquette.stage.framing import camera_axes, project
from maquette.stage.moves import camera_at, move_progress
from maquette.stage.operating import operated
from maquette.stage.setup import Setup, Thing
from maquette.stage.shot_camera import ShotCamera
from maquette.stage.sway import Axis, Mount, sway
from tests.test_camera import PAIR, A, shot
from tests.test_camera_framing import CUP, FIELD, framed

QUARTERS = [Fraction(i) for i in range(5)]


def over_time(of: Shot, seed: int = 0, things: tuple[Thing, ...] = (CUP,), tracks: tuple[Track, ...] = (),
              people: dict[str, object] | None = None, **controls: object) -> ShotCamera:  # fmt: skip
    stated = CameraControls.model_validate(controls)
    return ShotCamera(of, stated, tracks, people or {"A": A}, things, FIELD, 16 / 9, seed)  # pyright: ignore[reportArgumentType]


def at(camera: ShotCamera, t_s: float) -> PlacedCamera:
    return camera.at(Fraction(t_s), camera.figures, camera.things)


def key(control: str, *keys: tuple[float, float], easing: Easing = Easing.LINEAR) -> Track:
    return Track(control=control, keys=tuple(Key(at=a, value=v, easing=easing) for a, v in keys))


def place(x: float, y: float, z: float, look: tuple[float, float, float] = (0.0, 0.0, 1.6)) -> Placement:
    return Placement(position=(x, y, z), look_at=look)


def gone(a: PlacedCamera, b: PlacedCamera) -> float:
    return float(np.linalg.norm(np.array(a.position) - np.array(b.position)))


# --- moves ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("move", sorted(set(Move) - {Move.STATIC, Move.RACK_FOCUS}))
def test_every_move_begins_at_the_set_up_and_changes_the_picture(move: Move) -> None:
    moving = shot(move=move, framing=Framing.SINGLE, size=ShotSize.MS)
    setup = framed(moving)
    start, end = camera_at(moving, setup, Fraction(0)), camera_at(moving, setup, Fraction(4))
    assert start.position == approx(setup.camera.position)
    assert camera_axes(start)[2] == approx(camera_axes(setup.camera)[2])
    assert (start.lens_mm, start.roll_deg) == (setup.camera.lens_mm, setup.camera.roll_deg)
    assert end != setup.camera


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("angle", [Angle.EYE, Angle.LOW])
def test_no_move_sinks_into_the_floor_or_turns_over(move: Move, angle: Angle) -> None:
    moving = shot(move=move, angle=angle, size=ShotSize.MS, lens_mm=25.0)
    setup = framed(moving)
    for extent in (0.3, 1.0, 3.0):
        for t in QUARTERS:
            camera = camera_at(moving, setup, t, CameraControls(move_extent=extent))
            assert camera.position[2] > 0.05
            assert np.isfinite([*camera.position, *camera.look_at, camera.lens_mm, camera.roll_deg]).all()


@pytest.mark.parametrize(
    ("move", "changes"),
    [(Move.ROLL_RIGHT, "roll"), (Move.ROLL_LEFT, "roll"), (Move.ZOOM_IN, "lens"),
     (Move.WHIP_PAN_LEFT, "look_at"), (Move.WHIP_TILT_UP, "look_at"), (Move.PAN_RIGHT, "look_at"),
     (Move.TILT_DOWN, "look_at"), (Move.REFRAME, "look_at")],
)  # fmt: skip
def test_a_head_or_a_lens_moves_and_the_tripod_stays(move: Move, changes: str) -> None:
    moving = shot(move=move)
    start, end = (camera_at(moving, framed(moving), t) for t in (Fraction(0), Fraction(4)))
    assert end.position == start.position
    assert (end.roll_deg != start.roll_deg) == (changes == "roll")
    assert (end.lens_mm != start.lens_mm) == (changes == "lens")
    assert (end.look_at != start.look_at) == (changes == "look_at")


@pytest.mark.parametrize(("move", "sign"), [(Move.PAN_LEFT, 1), (Move.WHIP_PAN_LEFT, 1), (Move.PAN_RIGHT, -1)])
def test_a_pan_to_the_left_brings_the_subject_to_the_right(move: Move, sign: int) -> None:
    moving = shot(move=move)
    setup = framed(moving)
    ends = [project(camera_at(moving, setup, t), A.landmarks["eyes"])[0, 0] for t in (Fraction(0), Fraction(4))]
    assert np.sign(ends[1] - ends[0]) == sign


@pytest.mark.parametrize(("move", "sign"), [(Move.JIB_UP, 1), (Move.JIB_DOWN, -1), (Move.DRONE, 1)])
def test_jibs_and_drones_rise_and_sink_with_the_aim_kept(move: Move, sign: int) -> None:
    moving = shot(move=move, size=ShotSize.MS)
    start, end = (camera_at(moving, framed(moving), t, CameraControls(shake=0)) for t in (Fraction(0), Fraction(4)))
    assert np.sign(end.position[2] - start.position[2]) == sign
    assert end.look_at == approx(start.look_at)


def test_a_reveal_loses_the_middle_to_what_is_beside() -> None:
    moving = shot(move=Move.REVEAL, size=ShotSize.MCU)
    start, end = (camera_at(moving, framed(moving), t) for t in (Fraction(0), Fraction(4)))
    eyes = [project(camera, A.landmarks["eyes"])[0] for camera in (start, end)]
    assert eyes[1][2] > 1.4 * eyes[0][2] and eyes[1][0] < eyes[0][0]


def test_a_whip_and_a_crash_zoom_are_over_in_half_a_second() -> None:
    for move in (Move.WHIP_PAN, Move.WHIP_TILT_DOWN, Move.CRASH_ZOOM):
        moving = shot(move=move, duration_s=Fraction(6))
        assert move_progress(moving, Fraction(27, 10)) == 0
        assert move_progress(moving, Fraction(33, 10)) == 1


@pytest.mark.parametrize("size", [ShotSize.FS, ShotSize.MS, ShotSize.MCU])
def test_a_crash_zoom_lands_on_the_face(size: ShotSize) -> None:
    crashing = shot(move=Move.CRASH_ZOOM, size=size)
    end = camera_at(crashing, framed(crashing), Fraction(4))
    assert end.lens_mm == approx(2.4 * 50)
    across, down, _ = project(end, A.landmarks["eyes"])[0]
    assert across == approx(0.5, abs=0.09) and down == approx(0.42, abs=0.005)


def test_speed_two_is_done_at_half_time_and_half_speed_comes_half_the_way() -> None:
    pushing = shot(move=Move.PUSH_IN)
    linear = CameraControls(easing=Easing.LINEAR)
    progress = {s: [move_progress(pushing, t, linear.model_copy(update={"move_speed": s})) for t in QUARTERS]
                for s in (0.5, 1.0, 2.0)}  # fmt: skip
    assert progress[1.0] == approx([0, 0.25, 0.5, 0.75, 1])
    assert progress[2.0] == approx([0, 0.5, 1, 1, 1])
    assert progress[0.5] == approx([0, 0.125, 0.25, 0.375, 0.5])


def test_extent_makes_the_way_longer() -> None:
    trucking = shot(move=Move.TRUCK_LEFT)
    setup = framed(trucking)
    ways = [gone(setup.camera, camera_at(trucking, setup, Fraction(4), CameraControls(move_extent=e)))
            for e in (0.5, 1.0, 2.0)]  # fmt: skip
    assert ways == approx([ways[1] / 2, ways[1], ways[1] * 2])


@pytest.mark.parametrize("easing", list(Easing))
def test_the_easing_is_how_a_move_starts_and_stops(easing: Easing) -> None:
    trucking = shot(move=Move.TRUCK_RIGHT)
    setup = framed(trucking)
    end = camera_at(trucking, setup, Fraction(4))
    for t in QUARTERS:
        camera = camera_at(trucking, setup, t, CameraControls(easing=easing))
        assert gone(setup.camera, camera) == approx(eased(float(t / 4), easing) * gone(setup.camera, end))


@pytest.mark.parametrize("size", [ShotSize.CU, ShotSize.MS, ShotSize.FS])
@pytest.mark.parametrize("move", [Move.TRUCK_LEFT, Move.TRUCK_RIGHT, Move.PEDESTAL_UP, Move.PEDESTAL_DOWN,
                                  Move.FOLLOW, Move.LEAD, Move.STEADICAM, Move.GIMBAL])  # fmt: skip
def test_who_the_shot_is_about_is_still_in_the_frame_as_the_move_ends(move: Move, size: ShotSize) -> None:
    moving = shot(move=move, size=size)
    end = camera_at(moving, framed(moving), Fraction(4), CameraControls(shake=0))
    across, down, depth = project(end, A.landmarks["eyes"])[0]
    assert 0.1 < across < 0.9 and 0.05 < down < 0.85 and depth > 0.3


# --- the operator ---------------------------------------------------------------------------------------------


def home_of(setup: Setup) -> tuple[float, float]:
    assert setup.eyes is not None
    across, down, _ = project(setup.camera, setup.eyes)[0]
    return float(across), float(down)


@pytest.mark.parametrize("gone_m", [(3.0, 0.0, 0.0), (-3.0, 0.5, 0.0), (0.0, 0.0, -0.5), (1.0, 3.0, 0.0)])
def test_the_operator_turns_with_who_goes(gone_m: tuple[float, float, float]) -> None:
    of = shot(size=ShotSize.MS)
    setup = replace(framed(of), eyes=A.landmarks["eyes"])
    turned = operated(setup, np.array(gone_m), group=False)
    assert turned.camera.position == setup.camera.position and turned.camera.lens_mm == setup.camera.lens_mm
    across, down, _ = project(turned.camera, A.landmarks["eyes"] + np.array(gone_m))[0]
    home = home_of(setup)
    assert abs(across - home[0]) < 0.12 and -0.1 < down - home[1] < 0.25


def test_small_movements_turn_no_camera() -> None:
    setup = replace(framed(shot(size=ShotSize.MS)), eyes=A.landmarks["eyes"])
    assert operated(setup, np.array([0.03, 0.02, 0.0]), group=False) is setup


def test_a_camera_on_wheels_gives_ground_to_who_comes_near() -> None:
    setup = replace(framed(shot(size=ShotSize.MS)), eyes=A.landmarks["eyes"])
    to = np.subtract(setup.camera.position, A.landmarks["eyes"]) * [1, 1, 0]
    come = to * 1.5
    left = operated(setup, come, group=False, on_wheels=True)
    gap = np.linalg.norm((np.subtract(left.camera.position, A.landmarks["eyes"]) - come)[:2])
    assert 0.3 < float(np.linalg.norm(to)) - float(gap) + 0.3 < 0.7
    assert project(left.camera, A.landmarks["eyes"] + come)[0, 2] > 0.3


@pytest.mark.parametrize("side", [1.0, -1.0])
def test_who_walks_past_a_camera_that_gives_ground_does_not_end_in_profile(side: float) -> None:
    setup = framed(shot(size=ShotSize.MS))
    ahead = np.subtract(setup.camera.position, A.landmarks["eyes"])[:2]
    turn = np.radians(35.0 * side)
    c, s = np.cos(turn), np.sin(turn)
    heading = np.array([c * ahead[0] - s * ahead[1], s * ahead[0] + c * ahead[1]]) / np.linalg.norm(ahead)

    def seen_deg(on_wheels: bool, far_m: float) -> float:
        """Between the way that they walk and the way to the camera."""
        way = np.array([*(heading * far_m), 0.0])
        camera = operated(setup, way, group=False, on_wheels=on_wheels).camera
        to = np.subtract(camera.position, A.landmarks["eyes"] + way)[:2]
        return float(np.degrees(np.arccos(heading @ to / np.linalg.norm(to))))

    assert seen_deg(True, 6.0) < 60.0 < seen_deg(False, 6.0)
    turns = [seen_deg(True, far) for far in np.linspace(0.1, 6.0, 60)]
    assert max(abs(b - a) for a, b in pairwise(turns)) < 6.0


def test_an_operator_can_be_switched_off() -> None:
    def walks(_name: str, t_s: Fraction) -> tuple[float, float, float]:
        x, y, z = A.landmarks["eyes"]
        return float(x) + 0.8 * float(t_s), float(y), float(z)

    pans = replace(over_time(shot(size=ShotSize.MS)), eyes=walks)
    off = replace(over_time(shot(size=ShotSize.MS), operator=False), eyes=walks)
    assert at(pans, 4).look_at != at(pans, 0).look_at and at(pans, 4).position == at(pans, 0).position
    assert at(off, 4) == at(off, 0) == at(pans, 0)
    assert any("operator=off" in n and "pans with A" in n for n in pans.first.notes)
    assert not any("operator" in n for n in off.first.notes)
    still = over_time(shot(size=ShotSize.MS))
    assert not any("operator" in n for n in still.first.notes)


# --- shake ----------------------------------------------------------------------------------------------------


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 3.0))
def test_shake_starts_at_rest_and_is_small_smooth_and_seeded(seed: int, strength: float) -> None:
    still = shot()
    setup = framed(still)
    stated = CameraControls(shake=strength)
    path = [camera_at(still, setup, Fraction(i, 24), stated, seed) for i in range(49)]
    assert path[0].position == setup.camera.position and path[0].look_at == approx(setup.camera.look_at)
    assert path == [camera_at(still, setup, Fraction(i, 24), stated, seed) for i in range(49)]
    assert max(gone(setup.camera, c) for c in path) < 0.08 * strength
    assert max(gone(a, b) for a, b in pairwise(path)) < 0.008 * strength
    assert path[24] != camera_at(still, setup, Fraction(1), stated, seed + 1)


def test_twice_the_shake_is_twice_as_far_and_none_is_none() -> None:
    handheld = shot(move=Move.HANDHELD)
    setup = framed(handheld)
    one, two, none = (camera_at(handheld, setup, Fraction(1), CameraControls(shake=s), 5) for s in (1.0, 2.0, 0.0))
    assert gone(setup.camera, two) == approx(2 * gone(setup.camera, one), rel=1e-6)
    assert none == setup.camera


def swayed_over(mount: Mount, seed: int, seconds: float = 64.0, walking: float = 0.0) -> dict[Axis, np.ndarray]:
    """Each axis sampled 64 times a second, about its mean."""
    moved = [sway(mount, seed, i / 64, walking) for i in range(int(seconds * 64))]
    series = {axis: np.array([m[axis] for m in moved]) for axis in Axis}
    return {axis: values - values.mean() for axis, values in series.items()}


def power_between(values: np.ndarray, low_hz: float, high_hz: float) -> float:
    """Share of the power between two frequencies."""
    spectrum = np.abs(np.fft.rfft(values * np.hanning(len(values)))) ** 2
    hertz = np.fft.rfftfreq(len(values), 1 / 64)
    return float(spectrum[(hertz >= low_hz) & (hertz < high_hz)].sum() / spectrum.sum())


HELD = {seed: swayed_over(Mount.HANDS, seed) for seed in (1, 2, 3)}


@pytest.mark.parametrize("seed", HELD)
def test_a_hand_sways_slowly_breathes_and_trembles_a_little(seed: int) -> None:
    held = HELD[seed]
    for axis in (Axis.PAN, Axis.TILT, Axis.ROLL):
        assert power_between(held[axis], 0, 3) > 0.9
        assert 1e-5 < power_between(held[axis], 8, 12) < 0.02
        # A trembling that is a peak of its own, above what lies under it.
        assert power_between(held[axis], 8, 12) > 20 * power_between(held[axis], 5, 7)
    assert power_between(held[Axis.UP], 0.18, 0.42) > 0.3
    # As a body's sway, the power falls with the frequency.
    pan = [power_between(held[Axis.PAN], f, 2 * f) for f in (0.5, 1.0, 2.0)]
    assert pan == sorted(pan, reverse=True)


@pytest.mark.parametrize("seed", HELD)
def test_a_hand_is_as_unsteady_as_a_hand(seed: int) -> None:
    rms = {axis: float(values.std()) for axis, values in HELD[seed].items()}
    assert all(0.1 < rms[axis] < 0.4 for axis in (Axis.PAN, Axis.TILT, Axis.ROLL))
    assert all(0.002 < rms[axis] < 0.012 for axis in (Axis.RIGHT, Axis.UP, Axis.FORWARD))
    # At 100 mm the frame is 14 degrees wide and 3 m off it shows 0.75 m: the turns move the picture more than the ways.
    assert np.radians(rms[Axis.PAN]) * 3.0 > 1.3 * rms[Axis.RIGHT]


def test_what_a_shoulder_carries_moves_together() -> None:
    """Lean goes with sway, rise with tilt, and each turn takes the lens along."""
    lean = [np.corrcoef(held[Axis.RIGHT], held[Axis.ROLL])[0, 1] for held in HELD.values()]
    rise = [np.corrcoef(held[Axis.UP], held[Axis.TILT])[0, 1] for held in HELD.values()]
    assert max(lean) < -0.2 and min(rise) > 0.1
    seeds = list(HELD.values())
    assert abs(np.corrcoef(seeds[0][Axis.PAN], seeds[1][Axis.PAN])[0, 1]) < 0.6


def test_a_walker_bumps_with_every_step() -> None:
    standing, walking = swayed_over(Mount.HANDS, 4, 32), swayed_over(Mount.HANDS, 4, 32, 1.0)
    assert power_between(walking[Axis.UP], 1.6, 2.2) > 0.5 > power_between(standing[Axis.UP], 1.6, 2.2)
    assert power_between(walking[Axis.ROLL], 0.8, 1.1) > 3 * power_between(standing[Axis.ROLL], 0.8, 1.1)
    assert 0.004 < walking[Axis.UP].std() < 0.015
    followed = shot(move=Move.FOLLOW)
    setup = framed(followed)
    ways = [
        camera_at(followed, setup, Fraction(i, 48), CameraControls(shake=1.0), 5).position for i in range(4 * 48 + 1)
    ]
    steps = np.linalg.norm(np.diff(ways, axis=0), axis=1)
    assert max(steps) < 0.02  # no jump, neither as the walk begins nor as it ends
    assert ways[0] == setup.camera.position


def test_crews_know_their_mounts_apart() -> None:
    """Hands turn, a spring arm floats, a gyroscope leaves the steps, a drone drifts and does not turn."""
    ride = {mount: swayed_over(mount, 7, 48) for mount in Mount}
    pan = {mount: float(axes[Axis.PAN].std()) for mount, axes in ride.items()}
    up = {mount: float(axes[Axis.UP].std()) for mount, axes in ride.items()}
    assert pan[Mount.HANDS] > pan[Mount.STEADICAM] > pan[Mount.DRONE] > pan[Mount.GIMBAL] > 0
    assert up[Mount.DRONE] > up[Mount.STEADICAM]
    assert power_between(ride[Mount.GIMBAL][Axis.UP], 1.7, 2.1) > 0.95
    assert power_between(ride[Mount.STEADICAM][Axis.UP], 1.7, 2.1) < 0.15
    for mount in (Mount.STEADICAM, Mount.GIMBAL, Mount.DRONE):
        assert all(
            power_between(ride[mount][axis], 6, 20) < 1e-3 for axis in (Axis.PAN, Axis.TILT) if ride[mount][axis].any()
        )
    assert power_between(ride[Mount.STEADICAM][Axis.PAN], 0, 0.6) > 0.99
    for axes in ride.values():
        assert all(sway(mount, 7, 0.0)[axis] == 0 for mount in Mount for axis in axes)


# --- keys -----------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 50)), min_size=1, max_size=5, unique_by=lambda k: k[0]),
       st.sampled_from(["roll", "lens"]), st.sampled_from(list(Easing)))  # fmt: skip
def test_a_track_passes_exactly_through_its_keys(keys: list[tuple[float, float]], name: str, easing: Easing) -> None:
    track = key(name, *sorted(keys), easing=easing)
    for entry in track.keys:
        assert track_value(track, entry.at) == entry.value
    values = [k.value for k in track.keys]
    for share in np.linspace(0, 1, 21):
        assert min(values) - 1e-9 <= track_value(track, float(share)) <= max(values) + 1e-9


def test_lenses_go_evenly_in_their_logarithm() -> None:
    assert track_value(key("lens", (0, 25), (1, 100)), 0.5) == approx(50)
    assert track_value(key("roll", (0, 0), (1, 10)), 0.5) == approx(5)


def test_a_keyed_lens_is_a_zoom_from_where_the_camera_stands() -> None:
    camera = over_time(shot(lens_mm=25.0), tracks=(key("lens", (0, 25), (1, 75)),))
    start, end = at(camera, 0), at(camera, 4)
    assert (start.lens_mm, end.lens_mm) == (25.0, approx(75.0))
    assert start.position == end.position


def test_keyed_roll_height_pitch_azimuth_and_tightness_arrive() -> None:
    rolled = at(over_time(shot(), tracks=(key("roll", (0, 0), (1, 12)),)), 4)
    assert rolled.roll_deg == 12
    high = over_time(shot(), tracks=(key("height", (0, 1.0), (1, 2.0)),))
    assert [at(high, t).position[2] for t in (0, 2, 4)] == approx([1.0, 1.5, 2.0], abs=0.01)
    low = over_time(shot(lens_mm=35.0), tracks=(key("pitch", (0, 0), (1, 20)),))
    assert np.degrees(np.arcsin(camera_axes(at(low, 4))[2][2])) == approx(20, abs=0.5)
    side = Shot.model_validate(shot(camera_side=Side.LEFT).model_dump())
    round_it = over_time(side, tracks=(key("azimuth", (0, 20), (1, 80)),))
    away = np.array(at(round_it, 4).position[:2]) - A.landmarks["eyes"][:2]
    assert np.degrees(np.arccos(away @ A.look / np.linalg.norm(away))) == approx(80, abs=1)
    tighter = over_time(shot(), tracks=(key("tightness", (0, 1), (1, 1.5)),))
    far, near = (depth_of(at(tighter, t), A.landmarks["eyes"]) for t in (0, 4))
    assert far / near == approx(1.5, rel=0.03)


def test_keyed_stop_and_focus_distance_arrive() -> None:
    camera = over_time(
        shot(), t_stop=2.0, tracks=(key("t-stop", (0, 2), (1, 8)), key("focus-distance", (0, 1), (1, 4)))
    )
    middle, end = at(camera, 2), at(camera, 4)
    assert (middle.t_stop, middle.focus_m) == (approx(4.0), approx(2.0))
    assert (end.t_stop, end.focus_m) == (approx(8.0), approx(4.0))


def test_a_rack_takes_the_time_and_the_easing_of_the_move() -> None:
    camera = over_time(shot(), t_stop=2.0, rack_to="cup", easing=Easing.LINEAR)
    eyes, cup = (depth_of(at(camera, 0), p) for p in (A.landmarks["eyes"], CUP.center))
    assert [at(camera, t).focus_m for t in (0, 4)] == approx([eyes, cup])
    assert 1 / at(camera, 1).focus_m == approx(0.75 / eyes + 0.25 / cup)


def test_focus_follows_the_eyes_through_a_push_in() -> None:
    camera = over_time(shot(move=Move.PUSH_IN), t_stop=2.0)
    for t in range(5):
        now = at(camera, t)
        assert now.focus_m == approx(depth_of(now, A.landmarks["eyes"]))


# --- by hand --------------------------------------------------------------------------------------------------

points = st.tuples(st.floats(-8, 8), st.floats(-8, -1), st.floats(0.3, 5))
looks = st.tuples(st.floats(-3, 3), st.floats(0, 3), st.floats(0, 2))


@given(points, looks, st.sampled_from(list(ShotSize)))
def test_a_placement_is_the_last_word(position: tuple[float, float, float], look: tuple[float, float, float],
                                      size: ShotSize) -> None:  # fmt: skip
    stated = Placement(position=position, look_at=look)
    camera = at(over_time(shot(size=size, angle=Angle.LOW), placement=stated, pitch_deg=20.0), 0)
    assert camera.position == position and camera.look_at == look


@given(st.lists(st.tuples(st.floats(0, 1), points, looks, st.sampled_from(list(Easing))), min_size=1, max_size=5,
                unique_by=lambda k: round(k[0], 3)))  # fmt: skip
def test_a_path_passes_exactly_through_its_keys(keys: list[tuple[float, tuple[float, float, float],
                                                tuple[float, float, float], Easing]]) -> None:  # fmt: skip
    path = tuple(PlacementKey(at=a, placement=Placement(position=p, look_at=look), easing=e) for a, p, look, e in keys)
    start = PlacedCamera((0, -5, 1), (0, 0, 1))
    for entry in path:
        camera = along_path(start, path, entry.at)
        assert camera.position == approx(entry.placement.position, abs=1e-9)
        assert camera.look_at == approx(entry.placement.look_at, abs=1e-9)
    assert along_path(start, path, -1.0) == along_path(start, path, min(k.at for k in path))


def test_a_path_of_linear_keys_goes_on_through_the_middle_one() -> None:
    path = tuple(PlacementKey(at=a, placement=place(x, -4, 1.5), easing=Easing.LINEAR)
                 for a, x in ((0.0, 0.0), (0.5, 1.0), (1.0, 2.0)))  # fmt: skip
    camera = over_time(shot(), path=path)
    assert [at(camera, t).position[0] for t in range(5)] == approx([0, 0.5, 1, 1.5, 2])


def test_a_path_overrules_the_move_and_keeps_the_hand() -> None:
    path = (PlacementKey(at=0, placement=place(0, -4, 1.5)), PlacementKey(at=1, placement=place(1, -4, 1.5)))
    pushed, still = (over_time(shot(move=m), path=path) for m in (Move.PUSH_IN, Move.STATIC))
    assert at(pushed, 3) == at(still, 3)
    assert at(over_time(shot(move=Move.HANDHELD), path=path), 3) != at(still, 3)


def test_a_camera_that_looks_at_its_own_place_is_refused() -> None:
    with pytest.raises(StageError, match="looks at its own place"):
        _ = over_time(shot(), placement=place(1, 1, 1, (1.0, 1.0, 1.0))).first


def test_a_camera_put_down_by_hand_is_named() -> None:
    path = (PlacementKey(at=0, placement=place(0, -2.4, 1.6)), PlacementKey(at=1, placement=place(1.2, -0.4, 0.4)))
    assert over_time(shot(), placement=path[0].placement).first.notes == (
        "By hand, on A: tight MS, eye level, 0° off the look, 50 mm, 1.6 m high.",
    )
    note = over_time(shot(), path=path).first.notes[0]
    assert (
        note.startswith("By hand, on A: tight MS, eye level") and "; it ends as" in note and "worm's eye +43°" in note
    )


def test_notes_speak_of_the_whole_path() -> None:
    path = (
        PlacementKey(at=0, placement=place(0, -4, 1.5)),
        PlacementKey(at=1, placement=place(0.0, 0.05, 1.62, (0, -3, 1))),
    )
    notes = over_time(shot(), path=path).first.notes
    assert any("head" in note for note in notes)


def test_a_set_up_that_nothing_is_stated_about_warns_of_nothing() -> None:
    setup: Setup = over_time(shot(), people=dict(PAIR)).first
    assert setup.notes == ()
    assert replace(setup, notes=()).camera == setup.camera
