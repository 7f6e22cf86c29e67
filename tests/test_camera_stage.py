"""Camera controls from a production's words to a camera on its stage."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from pytest import approx

from maquette.direct.resolve import stated_camera
from maquette.film.camera import CameraControls
from maquette.film.request import FrameSettings
from maquette.pipeline.production import Production
from maquette.stage import shot_camera
from maquette.stage.build import BuiltStage, build_stage
from maquette.stage.framing import camera_axes
from maquette.stage.readback import read_back
from maquette.stage.setup import Setup


def stage(ferry: Production, number: str, *settings: str) -> BuiltStage:
    shot = next(s for s in ferry.shots if s.number == number)
    directed = ferry.direction.directed(shot, ferry.direction.with_settings(shot, settings))
    return build_stage(ferry.request_as(directed, ferry.screenplay, FrameSettings(width=320, height=180)))


def direction(setup: Setup) -> float:
    """Degrees around the target."""
    away = np.array(setup.camera.position) - setup.target
    return float(np.degrees(np.arctan2(away[1], away[0])))


def test_what_a_director_states_reaches_the_stage_as_stated(ferry: Production) -> None:
    shot = next(s for s in ferry.shots if s.number == "2E")
    asked = ferry.direction.directed(shot, ferry.direction.with_settings(shot, ["lens=65", "azimuth=20", "t-stop=2"]))
    assert stated_camera(asked) == CameraControls(lens_mm=65.0, azimuth_deg=20.0, t_stop=2.0)
    plain = ferry.direction.directed(shot)
    assert stated_camera(plain) == CameraControls()


def test_an_anamorphic_lens_that_nobody_stated_keeps_the_view(ferry: Production) -> None:
    plain, anamorphic = stage(ferry, "2B").setup, stage(ferry, "2B", "squeeze=2").setup
    assert anamorphic.camera.lens_mm == approx(2 * plain.camera.lens_mm)
    assert anamorphic.camera.position == approx(plain.camera.position, abs=1e-6)


@pytest.mark.parametrize("composition", ["thirds", "short-sided", "negative space", "centred"])
def test_who_recomposes_keeps_the_view(ferry: Production, composition: str) -> None:
    plain, composed = stage(ferry, "2C").setup, stage(ferry, "2C", f"composition={composition}").setup
    assert direction(composed) == approx(direction(plain), abs=12.0)
    assert composed.camera.position[2] == approx(plain.camera.position[2], abs=0.15)


def test_a_built_in_that_stands_before_an_asked_angle_goes_with_everything_on_it(ferry: Production) -> None:
    built = stage(ferry, "2A", "angle=low angle")
    assert {"set/counter", "set/counter things"} <= set(built.setup.struck)
    moment = built.at(Fraction(0))
    pitch = np.degrees(np.arcsin(camera_axes(moment.camera)[2][2]))
    assert pitch == approx(30.0, abs=3.0)
    counter = next(b for b in moment.bodies if b.name == "set/counter")
    low, high = counter.vertices.min(axis=0), counter.vertices.max(axis=0)
    for body in moment.bodies:
        middle, foot = body.vertices.mean(axis=0), float(body.vertices[:, 2].min())
        above = np.all((middle[:2] > low[:2]) & (middle[:2] < high[:2])) and abs(foot - high[2]) < 0.03
        assert not (above and body.seen), f"{body.name} is left in the air"


def test_a_stated_side_is_not_stepped_out_of(ferry: Production) -> None:
    for side in ("left", "right"):
        built = stage(ferry, "2C", f"side={side}", "size=MLS")
        read = read_back(built.setup.camera, built.figures(Fraction(0)), "TOM")
        assert read is not None and read.side is not None and read.side.value == side


def test_light_focus_and_moves_look_for_no_set_up_anew(ferry: Production, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stage(ferry, "2E", "lens=60").setup
    found: list[Sequence[object]] = []
    monkeypatch.setattr(shot_camera, "clear_view", lambda *a: found.append(a) or pytest.fail("looked for a set-up"))
    for settings in ((), ("t-stop=2",), ("move=push in", "easing=linear"), ("shake=1",), ("key-fill=8:1",)):
        assert stage(ferry, "2E", "lens=60", *settings).setup
    assert not found
