"""Shot size as the picture shows it."""

from __future__ import annotations

import numpy as np
import pytest

from maquette.film.shot import FRAME_SHARE, FRAME_SHARE_LYING, ShotSize
from maquette.film.stage import PlacedCamera
from maquette.measure.resection import camera_from_passes
from maquette.measure.shot_size import SizeRead, nearest_size, shot_size
from maquette.stage.framing import SIZE_RULES, frame_figure
from tests.measure_scenes import head, pillar, turned
from tests.test_camera import figure

TALL = 1.75
EYES = np.array([0.0, 0.0, 0.935 * TALL])


def framed(size: ShotSize, pitch_deg: float = 0.0, lens_mm: float = 50.0) -> PlacedCamera:
    """The size's frame on an upright figure at the origin, by the stage's own rule, pitched about its middle."""
    box = frame_figure(figure("A", 0.0, 0.0, (0.0, -1.0), TALL), size)
    distance = box.height_m * lens_mm / (24.89 / (16 / 9))
    p = np.radians(pitch_deg)
    place = box.center - distance * np.array([0.0, np.cos(p), np.sin(p)])
    x, y, z = (float(v) for v in place)
    return PlacedCamera((x, y, z), (0.0, 0.0, float(box.center[2])), lens_mm=lens_mm)


def read(camera: PlacedCamera, *, with_head: bool = True) -> SizeRead | None:
    of = head(EYES, turned(0), TALL) if with_head else None
    passes = pillar(camera, TALL, of=of)
    measured = camera_from_passes(passes)
    assert measured is not None
    return shot_size(passes, measured, "MARA", TALL, of)


@pytest.mark.parametrize("size", list(ShotSize))
def test_the_stages_frames_are_called_by_their_names(size: ShotSize) -> None:
    seen = read(framed(size, lens_mm=35.0 if size is ShotSize.EWS else 50.0))
    assert seen is not None and seen.size is size


@pytest.mark.parametrize("pitch", [-15.0, -30.0, -55.0, -75.0])
@pytest.mark.parametrize("size", [ShotSize.CU, ShotSize.MS, ShotSize.MLS, ShotSize.FS])
def test_a_high_camera_is_nearer_to_the_eyes_and_is_not_fooled(size: ShotSize, pitch: float) -> None:
    seen = read(framed(size, pitch))
    assert seen is not None and seen.size is size


def test_the_frames_height_is_measured_where_the_subject_stands() -> None:
    camera = PlacedCamera((0.0, -5.0, 1.2), (0.0, 0.0, 1.2), lens_mm=35.0)
    seen = read(camera)
    assert seen is not None
    assert seen.frame_height_m == pytest.approx(2.0, abs=0.01)
    assert seen.share == pytest.approx(2.0 / TALL, abs=0.01)


def test_without_a_head_the_pixels_tell() -> None:
    seen = read(framed(ShotSize.MS), with_head=False)
    assert seen is not None and seen.size is ShotSize.MS


def test_a_head_that_is_elsewhere_than_the_pixels_is_not_believed() -> None:
    camera = framed(ShotSize.MS)
    elsewhere = head(EYES + np.array([0.0, 6.0, 0.0]), turned(0), TALL)
    passes = pillar(camera, TALL, of=elsewhere)
    measured = camera_from_passes(passes)
    assert measured is not None
    seen = shot_size(passes, measured, "MARA", TALL, elsewhere)
    assert seen is not None and seen.size is ShotSize.MS


def test_who_is_not_in_the_picture_has_no_size() -> None:
    passes = pillar(framed(ShotSize.MS), TALL)
    measured = camera_from_passes(passes)
    assert measured is not None
    assert shot_size(passes, measured, "TOM", TALL) is None


@pytest.mark.parametrize("usual", [FRAME_SHARE, FRAME_SHARE_LYING])
def test_every_size_has_its_usual_frame_in_order(usual: dict[ShotSize, float]) -> None:
    assert set(usual) == set(ShotSize)
    assert list(usual.values()) == sorted(usual.values())
    assert all(nearest_size(share, usual is FRAME_SHARE_LYING) is size for size, share in usual.items())


@pytest.mark.parametrize("size", list(ShotSize))
def test_lying_people_are_framed_by_heads(size: ShotSize) -> None:
    assert nearest_size(0.13 * SIZE_RULES[size].height_heads, lying=True) is size
