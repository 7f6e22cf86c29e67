"""Light on a face: direction, side, ratio, colour and level, against what a head was lit with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maquette.film.face import lit_and_shadow
from maquette.film.passes import Passes
from maquette.film.shot import Side
from maquette.film.stage import PlacedCamera
from maquette.imaging.color import LUMINANCE
from maquette.imaging.kelvin import kelvin_to_rgb, rgb_to_kelvin
from maquette.measure.exposure import frame_exposure_stops, key_exposure_stops
from maquette.measure.face_light import AIR, CLEAR, FaceLight, face_light
from maquette.measure.key_fill import read_planes
from maquette.measure.key_side import key_side
from maquette.measure.resection import camera_from_passes
from maquette.measure.temperature import key_light, light_temperature
from maquette.measure.two_lamps import fit_two_lamps
from tests.measure_scenes import SKIN, Light, head, mean_on_planes, on_head, portrait, turned

EYES = np.array([0.3, 0.0, 1.6])


def camera_off(azimuth_deg: float, yaw_deg: float = 0.0, distance_m: float = 2.0, lens_mm: float = 135) -> PlacedCamera:
    """In front of the head, turned off its look by this (signed as on the head)."""
    x, y, z = EYES + distance_m * on_head(turned(yaw_deg), azimuth_deg, 0.0)
    return PlacedCamera((float(x), float(y), float(z)), (0.3, 0.0, 1.6), lens_mm=lens_mm, aspect=1.0)


def lit(
    azimuth: float, elevation: float = 25.0, *, ratio_to: float = 0.2, kelvin: float = 5600, camera: float = 0.0,
    yaw: float = 0.0, **looks: float,
) -> tuple[Passes, Light, np.ndarray]:  # fmt: skip
    """A head in a key from this azimuth and ambient light of this share, both of one colour."""
    of = head(EYES, turned(yaw))
    color = kelvin_to_rgb(kelvin)
    key = Light(on_head(of.rotation, azimuth, elevation), color)
    ambient = ratio_to * color
    return portrait(camera_off(camera, yaw), of, [key], ambient, **looks), key, ambient  # type: ignore[arg-type]


def read(passes: Passes) -> FaceLight:
    measured = camera_from_passes(passes)
    assert measured is not None
    face = face_light(passes, "MARA", measured.position)
    assert face is not None
    return face


def degrees_between(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.degrees(np.arccos(np.clip(a @ b, -1, 1))))


@pytest.mark.parametrize("noise", [0.0, 0.05])
@pytest.mark.parametrize("azimuth", [-85.0, -50.0, -20.0, 0.0, 35.0, 60.0, 110.0])
def test_the_key_is_found_where_it_stands(azimuth: float, noise: float) -> None:
    passes, key, _ = lit(azimuth, noise=noise)
    assert degrees_between(read(passes).lamps.source, key.direction) < 8


@pytest.mark.parametrize("yaw", [0.0, 70.0, -140.0])
@pytest.mark.parametrize(("azimuth", "camera"), [(50, 0), (-50, 0), (50, 35), (-60, 35), (70, -30), (-85, -35)])
def test_the_ratio_is_that_of_the_whole_planes(azimuth: float, camera: float, yaw: float) -> None:
    passes, key, ambient = lit(azimuth, camera=camera, yaw=yaw, noise=0.03)
    lit_planes, shadow_planes = lit_and_shadow(azimuth)
    of = passes.heads[0]
    true = mean_on_planes(of, lit_planes, [key], ambient) @ LUMINANCE
    true = true / (mean_on_planes(of, shadow_planes, [key], ambient) @ LUMINANCE)
    ratio = read_planes(read(passes), azimuth).ratio
    assert ratio is not None
    assert abs(np.log2(ratio / true)) < 0.15


def test_a_front_key_is_compared_with_the_sides_of_the_face() -> None:
    passes, key, ambient = lit(5.0, ratio_to=0.1)
    of = passes.heads[0]
    true = mean_on_planes(of, (0.0,), [key], ambient) @ LUMINANCE
    true = true / (mean_on_planes(of, (-75.0, 75.0), [key], ambient) @ LUMINANCE)
    ratio = read_planes(read(passes), 5.0).ratio
    assert ratio is not None and abs(np.log2(ratio / true)) < 0.2


def test_two_lamps_make_the_ratio_of_their_sum() -> None:
    of = head(EYES, turned(0))
    key, fill = Light(on_head(of.rotation, 50, 30), np.ones(3)), Light(on_head(of.rotation, -30, 5), np.full(3, 0.25))
    passes = portrait(camera_off(0), of, [key, fill], np.full(3, 0.05), noise=0.03)
    face = read(passes)
    planes = read_planes(face, 50)
    for mean, where in ((planes.lit, (50.0,)), (planes.shadow, (-50.0,))):
        assert mean is not None
        true = mean_on_planes(of, where, [key, fill], np.full(3, 0.05)) @ LUMINANCE
        assert mean @ LUMINANCE == pytest.approx(true, rel=0.06)
    assert degrees_between(face.lamps.source, key.direction) < 10


@pytest.mark.parametrize("kelvin", [2200, 3200, 4300, 5600, 7500])
@pytest.mark.parametrize("looks", [{}, {"noise": 0.05}, {"gloss": 0.16}], ids=["matte", "noisy", "glossy"])
def test_the_colour_of_the_light_is_not_that_of_the_skin(kelvin: float, looks: dict[str, float]) -> None:
    passes, _, _ = lit(50, kelvin=kelvin, **looks)
    face = read(passes)
    light = key_light(face, read_planes(face, 50))
    assert light is not None
    # 8 mired are 250 K of daylight.
    assert 1e6 / light_temperature(light)[0] == pytest.approx(1e6 / kelvin, abs=8)


def test_grey_skin_tells_the_colour_exactly() -> None:
    of = head(EYES, turned(0))
    color = kelvin_to_rgb(4000)
    key = Light(on_head(of.rotation, 50, 25), color)
    passes = portrait(camera_off(0), of, [key], 0.2 * color, skin=(0.18, 0.18, 0.18))
    light = read_planes(read(passes), 50).lit
    assert light is not None
    assert light_temperature(light)[0] == pytest.approx(4000, abs=20)


@pytest.mark.parametrize("share", [1.0, 0.25])
def test_dark_and_pale_skin_stand_in_the_same_light(share: float) -> None:
    of = head(EYES, turned(0))
    key = Light(on_head(of.rotation, 50, 25), np.ones(3))
    passes = portrait(camera_off(0), of, [key], np.full(3, 0.2), skin=[share * c for c in SKIN])
    light = read_planes(read(passes), 50).lit
    assert light is not None
    true = mean_on_planes(of, (50.0,), [key], np.full(3, 0.2)) @ LUMINANCE
    assert light @ LUMINANCE == pytest.approx(true, rel=0.08)


def test_gloss_is_taken_off() -> None:
    true = None
    for gloss in (0.0, 0.1):
        passes, key, ambient = lit(50, camera=20, gloss=gloss)
        light = read_planes(read(passes), 50).lit
        assert light is not None
        true = mean_on_planes(passes.heads[0], (50.0,), [key], ambient) @ LUMINANCE
        assert light @ LUMINANCE == pytest.approx(true, rel=0.08)


@pytest.mark.parametrize(("azimuth", "side"), [(60, Side.RIGHT), (-60, Side.LEFT), (30, Side.RIGHT), (0, None)])
def test_the_keys_side_is_the_frames_when_one_faces_the_camera(azimuth: float, side: Side | None) -> None:
    passes, _, _ = lit(azimuth)
    measured = camera_from_passes(passes)
    assert measured is not None
    # Seen from the front, somebody's left is on the right of the frame.
    where = key_side(read(passes), measured)
    assert where.side is side
    assert where.azimuth_deg == pytest.approx(azimuth, abs=8)
    assert not where.even


def test_from_behind_the_line_the_same_key_is_on_the_other_side() -> None:
    sides: list[Side | None] = []
    for camera in (60.0, -60.0):
        passes, _, _ = lit(0, camera=camera)
        measured = camera_from_passes(passes)
        assert measured is not None
        sides.append(key_side(read(passes), measured).side)
    assert sides == [Side.LEFT, Side.RIGHT]


def test_light_from_everywhere_is_even() -> None:
    of = head(EYES, turned(0))
    weak = Light(on_head(of.rotation, 60, 20), np.full(3, 0.08))
    passes = portrait(camera_off(0), of, [weak], np.ones(3), noise=0.02)
    measured = camera_from_passes(passes)
    assert measured is not None
    assert key_side(read(passes), measured).even


def test_in_profile_the_far_cheek_has_no_reading() -> None:
    passes, _, _ = lit(60, camera=85)
    planes = read_planes(read(passes), 60)
    assert planes.lit is not None and planes.shadow is None and planes.ratio is None


def test_haze_is_taken_off_where_the_renderer_tells_it() -> None:
    passes, _, _ = lit(50, kelvin=3200)
    clear = read_planes(read(passes), 50)
    air = np.array([0.3, 0.4, 0.5], np.float32)
    beauty = passes.beauty * np.float32(0.6) + air * np.float32(0.4)
    whole = np.ones((200, 200), np.float32)
    hazy = replace(passes, beauty=beauty, extra={AIR: whole[..., None] * air * np.float32(0.4), CLEAR: whole * 0.6})
    again = read_planes(read(hazy), 50)
    assert clear.ratio is not None and again.ratio == pytest.approx(clear.ratio, rel=1e-3)


def test_small_faces_bad_pixels_and_strangers_have_no_light() -> None:
    passes, _, _ = lit(50)
    eye = np.array(passes.camera.position)
    assert face_light(passes, "TOM", eye) is None
    assert face_light(replace(passes, rest=None), "MARA", eye) is None
    assert face_light(replace(passes, beauty=np.full_like(passes.beauty, np.nan)), "MARA", eye) is None
    far = portrait(camera_off(0, distance_m=60.0, lens_mm=35.0), passes.heads[0], [], np.ones(3))
    assert face_light(far, "MARA", np.array(far.camera.position)) is None


def test_an_unlit_face_is_black_not_an_error() -> None:
    passes = portrait(camera_off(0), head(EYES, turned(0)), [], np.zeros(3))
    face = read(passes)
    planes = read_planes(face, 50)
    assert planes.ratio is None and key_light(face, planes) is None
    assert np.isnan(light_temperature(np.zeros(3))[0])
    assert key_exposure_stops(np.zeros(3), 5600, 0.0, 0.8) is None


def test_lamps_explain_what_they_were_made_from() -> None:
    rng = np.random.default_rng(7)
    normal = rng.normal(size=(4000, 3))
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    normal = normal[normal[:, 1] < 0]
    key, fill = np.array([0.6, -0.64, 0.48]), np.array([-0.6, -0.8, 0.0])
    light = 0.1 + np.maximum(normal @ key, 0) + 0.3 * np.maximum(normal @ fill, 0)
    lamps = fit_two_lamps(normal, light)
    assert degrees_between(lamps.key, key) < 5 and degrees_between(lamps.fill, fill) < 15
    assert lamps.key_level == pytest.approx(1.0, abs=0.1) and lamps.fill_level == pytest.approx(0.3, abs=0.1)
    assert lamps.ambient == pytest.approx(0.1, abs=0.05) and lamps.miss < 0.05


# --- exposure and colour temperature ----------------------------------------------------------------------------------


def test_a_card_at_its_normal_level_is_normal() -> None:
    light = 0.2 * kelvin_to_rgb(5600)
    assert key_exposure_stops(light, 5600, 2.0, 0.8) == pytest.approx(0.0, abs=0.01)
    assert key_exposure_stops(light, 5600, 3.0, 0.8) == pytest.approx(1.0, abs=0.01)


def test_a_frame_of_middle_grey_is_normal() -> None:
    grey = np.full((9, 16, 3), 0.045, np.float32)
    stops = frame_exposure_stops(grey, 6500, 2.0)
    assert stops == pytest.approx(0.0, abs=0.02)
    assert frame_exposure_stops(np.zeros_like(grey), 6500, 2.0) is None


def test_kelvin_go_there_and_back() -> None:
    kelvins = np.geomspace(1700, 20000, 200)
    light = np.array([kelvin_to_rgb(float(k)) for k in kelvins]) * np.linspace(0.01, 50, 200)[:, None]
    back, duv = rgb_to_kelvin(light)
    assert np.abs(back - kelvins).max() < 20
    assert np.abs(duv).max() < 1e-4


def test_green_light_has_a_positive_duv_and_keeps_its_temperature() -> None:
    white = kelvin_to_rgb(4300)
    kelvin, duv = rgb_to_kelvin(white * np.array([0.97, 1.06, 0.97]))
    assert float(duv) > 0.003 and float(kelvin) == pytest.approx(4300, abs=150)
    assert float(rgb_to_kelvin(white * np.array([1.03, 0.94, 1.03]))[1]) < -0.003


def test_no_light_has_no_temperature() -> None:
    kelvin, duv = rgb_to_kelvin(np.array([[0.0, 0.0, 0.0], [np.nan, 1.0, 1.0], [1.0, 1.0, 1.0]]))
    assert np.isnan(kelvin[:2]).all() and np.isnan(duv[:2]).all() and kelvin[2] == pytest.approx(6500, abs=20)
