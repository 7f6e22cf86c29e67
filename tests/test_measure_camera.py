"""The camera, found back from what it saw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.film.shot import Angle
from maquette.film.stage import PlacedCamera
from maquette.measure.angle import angle_named, pitch_at_subject
from maquette.measure.resection import MeasuredCamera, camera_from_passes
from tests.measure_scenes import room


def aimed(pitch_deg: float = 0.0, yaw_deg: float = 0.0, **changes: float) -> PlacedCamera:
    """From (0.4, -3, 1.4), `yaw_deg` to the right of north."""
    p, y = np.radians(pitch_deg), np.radians(yaw_deg)
    place = np.array([0.4, -3.0, 1.4])
    at = place + 5 * np.array([np.sin(y) * np.cos(p), np.cos(y) * np.cos(p), np.sin(p)])
    return replace(PlacedCamera((0.4, -3.0, 1.4), (float(at[0]), float(at[1]), float(at[2]))), **changes)


def found(camera: PlacedCamera) -> MeasuredCamera:
    measured = camera_from_passes(room(camera))
    assert measured is not None
    return measured


def test_a_camera_is_found_to_a_twentieth_of_a_millimetre_and_degree() -> None:
    camera = aimed(pitch_deg=-20, yaw_deg=30, roll_deg=7, lens_mm=28)
    measured = found(camera)
    assert np.linalg.norm(measured.position - np.array(camera.position)) < 5e-5
    assert measured.pitch_deg == pytest.approx(-20, abs=0.05)
    assert measured.roll_deg == pytest.approx(7, abs=0.05)
    assert measured.lens_mm(24.89) == pytest.approx(28, rel=1e-3)
    assert measured.forward @ np.array([np.sin(np.radians(30)), np.cos(np.radians(30)), 0]) == pytest.approx(
        np.cos(np.radians(20)), abs=1e-4
    )


@settings(max_examples=25, deadline=None)
@given(
    st.floats(-60, 25), st.floats(-40, 40), st.floats(-45, 45), st.sampled_from([14.0, 35.0, 85.0, 200.0]),
    st.sampled_from([12.52, 24.89, 36.0]),
)  # fmt: skip
def test_whatever_the_camera(pitch: float, yaw: float, roll: float, lens: float, sensor: float) -> None:
    camera = aimed(pitch, yaw, roll_deg=roll, lens_mm=lens, sensor_width_mm=sensor)
    measured = camera_from_passes(room(camera))
    if measured is None:
        return  # It looks into the sky.
    assert measured.pitch_deg == pytest.approx(pitch, abs=0.05)
    assert measured.roll_deg == pytest.approx(roll, abs=0.05)
    assert measured.lens_mm(sensor) == pytest.approx(lens, rel=2e-3)


def test_the_squeeze_belongs_to_the_lens() -> None:
    measured = found(aimed(lens_mm=50))
    assert measured.lens_mm(24.89, squeeze=2.0) == pytest.approx(100, rel=1e-3)


def test_a_flat_wall_square_to_the_axis_is_enough() -> None:
    camera = aimed(lens_mm=100)
    passes = room(camera)
    assert np.ptp(passes.depth) < 1e-4
    measured = camera_from_passes(passes)
    assert measured is not None
    assert np.linalg.norm(measured.position - np.array(camera.position)) < 5e-5


def test_wrong_pixels_do_not_matter() -> None:
    camera = aimed(pitch_deg=-15, yaw_deg=10)
    passes = room(camera)
    rng = np.random.default_rng(4)
    wrong = rng.random(passes.depth.shape) < 0.05
    position = np.where(wrong[..., None], rng.uniform(-5, 5, passes.position.shape), passes.position)
    position[0, :7] = np.nan
    measured = camera_from_passes(replace(passes, position=position.astype(np.float32)))
    assert measured is not None
    assert np.linalg.norm(measured.position - np.array(camera.position)) < 1e-3
    assert measured.pitch_deg == pytest.approx(-15, abs=0.05)


def test_straight_down_there_is_no_horizon() -> None:
    down = found(replace(aimed(), look_at=(0.4, -2.999, 0.0)))
    assert down.roll_deg is None
    assert angle_named(pitch_at_subject(down)) is Angle.OVERHEAD


def test_sky_alone_tells_nothing() -> None:
    assert camera_from_passes(room(aimed(pitch_deg=70))) is None


def test_the_frames_height_grows_with_depth() -> None:
    measured = found(aimed(lens_mm=35.0))
    # 24.89 mm wide at 16:9 is 14.0 mm high: 2 m of frame at 5 m.
    assert measured.frame_height_at(5.0) == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize(
    ("pitch", "name"),
    [(0, Angle.EYE), (-5, Angle.EYE), (-15, Angle.HIGH), (-30, Angle.BIRDS_EYE), (-88, Angle.OVERHEAD),
     (12, Angle.LOW), (30, Angle.LOW), (45, Angle.WORMS_EYE)],
)  # fmt: skip
def test_angles_have_their_names(pitch: float, name: Angle) -> None:
    assert angle_named(pitch) is name
