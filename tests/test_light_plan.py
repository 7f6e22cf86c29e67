"""Stated light: a meter with answers known by hand, lamps dimmed to it, patterns round the face, sides kept."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.film.controls import Key, Track
from maquette.film.face import Head, face_angles, in_planes, lit_and_shadow
from maquette.film.lighting import Lighting, LightPattern, Motivation
from maquette.film.metering import LightGroup, LightReading
from maquette.film.request import FrameSettings
from maquette.film.shot import Side
from maquette.film.stage import (
    Body,
    BodyKind,
    Lamp,
    LampRole,
    LightBalance,
    Moment,
    PlacedCamera,
    SetKind,
    SetPlan,
)
from maquette.imaging.color import LUMINANCE
from maquette.imaging.kelvin import kelvin_to_rgb, rgb_to_kelvin
from maquette.pipeline import Production
from maquette.render.renderer import Renderer
from maquette.stage.air import risen
from maquette.stage.balance import PLACE_ON_FACE, settle
from maquette.stage.build import build_stage
from maquette.stage.flicker import DEPTH, waver_at
from maquette.stage.framing import camera_axes
from maquette.stage.lamps import panel
from maquette.stage.patterns import PATTERNS, pattern_plan
from maquette.stage.rigging import SIDEWAYS, Situation, key_direction

SMALL = FrameSettings(width=320, height=180)


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


def ball(radius: float = 0.1, points: int = 400) -> Head:
    """A head that is a ball at the origin's eye height, looking along -Y, with meter points all over its front."""
    rng = np.random.default_rng(3)
    normals = rng.normal(size=(points, 3))
    normals[:, 1] = -np.abs(normals[:, 1])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    eyes = np.array([0.0, 0.0, 1.6])
    return Head("ADA", np.eye(3), eyes, 1.7, eyes, 1.48, (eyes + (radius + 0.01) * normals).astype(np.float32),
                normals.astype(np.float32))  # fmt: skip


def moment(*lamps: Lamp, bodies: tuple[Body, ...] = ()) -> Moment:
    return Moment(bodies, lamps, None, PlacedCamera((0, -3, 1.6), (0, 0, 1.6)), heads=(ball(),))


def floor() -> Body:
    corners = np.array([[-9, -9, -9], [9, -9, -9], [9, 9, -9], [-9, 9, -9]], np.float32)
    return Body("set/floor", BodyKind.SET, corners, np.array([[0, 1, 2], [0, 2, 3]], np.uint32),
                np.full((4, 3), 0.5, np.float32), np.ones(4, np.float32))  # fmt: skip


def soft_box(role: LampRole, at: tuple[float, float, float], radiance: float = 40.0, beam: float = 0.0) -> Lamp:
    box = panel(role.value, role, np.array(at), np.array([0.0, 0.0, 1.6]), 0.2, radiance * np.ones(3))
    return replace(box, beam=beam)


# --- the meter ------------------------------------------------------------------------------------------------


def test_a_card_that_faces_a_lamp_reads_its_area_over_distance_squared(renderer: Renderer) -> None:
    reading = renderer.meter(moment(soft_box(LampRole.KEY, (0, -2.11, 1.6)), bodies=(floor(),)), 16 / 9, samples=512)
    head = ball()
    facing = -head.normals[:, 1] > 0.995
    # L A / (pi d^2) = 40 * 0.04 / (pi * 4) at 2 m.
    assert reading.face[facing, LightGroup.KEY].mean() == pytest.approx(40 * 0.04 / (np.pi * 4), rel=0.03)
    assert reading.face[:, LightGroup.FILL].max() == 0


def test_groups_are_read_apart_and_add_up(renderer: Renderer) -> None:
    key, fill = soft_box(LampRole.KEY, (1.5, -1.5, 2.2)), soft_box(LampRole.FILL, (-1.5, -1.5, 1.8), 10)
    both = renderer.meter(moment(key, fill, bodies=(floor(),)), 16 / 9, seed=4, samples=512).face
    alone = renderer.meter(moment(key, bodies=(floor(),)), 16 / 9, seed=5, samples=512).face
    assert both[:, LightGroup.KEY].mean() == pytest.approx(alone[:, LightGroup.KEY].mean(), rel=0.03)
    assert both[:, LightGroup.FILL].mean() > 0


def test_the_same_seed_reads_the_same(renderer: Renderer) -> None:
    lit = moment(soft_box(LampRole.KEY, (1, -2, 2)), bodies=(floor(),))
    assert np.array_equal(renderer.meter(lit, 1.5, seed=9).face, renderer.meter(lit, 1.5, seed=9).face)


def test_a_beam_falls_off_the_axis_as_its_power_of_the_cosine(renderer: Renderer) -> None:
    # The lamp looks past the head: 30 degrees off its axis.
    at, aim = np.array([0.0, -2.11, 1.6]), np.array([2.11 * np.tan(np.radians(30)), 0.0, 1.6])
    bare = panel("key", LampRole.KEY, at, aim, 0.1, 100 * np.ones(3))
    facing = -ball().normals[:, 1] > 0.99
    readings = [
        renderer.meter(moment(replace(bare, beam=power), bodies=(floor(),)), 1.5, samples=512).face[facing, 0].mean()
        for power in (0.0, 8.0)
    ]
    assert readings[1] / readings[0] == pytest.approx(np.cos(np.radians(30)) ** 8, rel=0.06)


# --- the balance ----------------------------------------------------------------------------------------------


def reading_of(lit: dict[LightGroup, np.ndarray], shadow: dict[LightGroup, np.ndarray],
               behind: dict[LightGroup, np.ndarray] | None = None, azimuth: float = 50.0) -> LightReading:  # fmt: skip
    head = ball()
    angles = face_angles(head, head.normals.astype(np.float64))
    face = np.zeros((len(head.normals), 5, 3), np.float32)
    for planes, values in zip(lit_and_shadow(azimuth), (lit, shadow), strict=True):
        for group, rgb in values.items():
            face[in_planes(*angles, planes), group] = rgb
    background = np.zeros((8 if behind else 0, 5, 3), np.float32)
    for group, rgb in (behind or {}).items():
        background[:, group] = rgb
    return LightReading(face, background)


def goal(ratio: float = 4.0, background: float | None = None, kelvin: float | None = None) -> LightBalance:
    rgb = None if kelvin is None else tuple(float(c) for c in kelvin_to_rgb(kelvin))
    return LightBalance(50.0, ratio, background, 0.85, rgb, 0.8)  # type: ignore[arg-type]


WHITE = np.ones(3)
USUAL = (
    {LightGroup.KEY: 0.8 * WHITE, LightGroup.FILL: 0.1 * WHITE, LightGroup.PLACE: 0.2 * kelvin_to_rgb(6500)},
    {LightGroup.KEY: 0.05 * WHITE, LightGroup.FILL: 0.3 * WHITE, LightGroup.PLACE: 0.1 * kelvin_to_rgb(6500)},
    {LightGroup.KEY: 0.1 * WHITE, LightGroup.BACKGROUND: 0.5 * WHITE, LightGroup.PLACE: 0.2 * WHITE},
)


def comes_to(reading: LightReading, wanted: LightBalance) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """(3,) colours of all light on lit planes, shadow planes and background after dimming."""
    lit_at = replace(moment(), balance=wanted)
    settled = settle(lit_at, reading)
    head = ball()
    angles = face_angles(head, head.normals.astype(np.float64))
    dimmed = (settled.weights[:, None] * settled.tint).astype(np.float64)
    planes = [(reading.face[in_planes(*angles, p)].mean(axis=0) * dimmed).sum(axis=0)
              for p in lit_and_shadow(wanted.key_azimuth_deg)]  # fmt: skip
    behind = (reading.background.mean(axis=0) * dimmed).sum(axis=0) if len(reading.background) else None
    return planes[0], planes[1], behind


@given(ratio=st.floats(1.3, 12.0), stops=st.floats(-2.5, 0.5), kelvin=st.floats(2200, 7500))
def test_what_can_be_reached_is_reached(ratio: float, stops: float, kelvin: float) -> None:
    # A fill that nobody states otherwise has the key's colour.
    gel = {LightGroup.FILL: kelvin_to_rgb(kelvin)}
    planes = [p | {g: p[g] * rgb for g, rgb in gel.items()} for p in USUAL[:2]]
    lit, shadow, behind = comes_to(reading_of(*planes, USUAL[2]), goal(ratio, stops, kelvin))
    assert abs(np.log2((lit @ LUMINANCE) / (shadow @ LUMINANCE) / ratio)) < 0.15
    assert float(rgb_to_kelvin(lit)[0]) == pytest.approx(kelvin, abs=60)
    assert behind is not None
    assert abs(np.log2((behind @ LUMINANCE) / (lit @ LUMINANCE)) - stops) < 0.6


def test_the_place_never_takes_over_from_the_key() -> None:
    bright = reading_of(USUAL[0] | {LightGroup.PLACE: 5.0 * WHITE}, USUAL[1] | {LightGroup.PLACE: 0.1 * WHITE})
    settled = settle(replace(moment(), balance=goal()), bright)
    assert settled.weights[LightGroup.PLACE] * 5.0 <= PLACE_ON_FACE + 1e-6


def test_a_ratio_that_bounce_forbids_is_said() -> None:
    leaky = reading_of({LightGroup.KEY: 0.8 * WHITE}, {LightGroup.KEY: 0.4 * WHITE})
    settled = settle(replace(moment(), balance=goal(8.0)), leaky)
    assert any("2.0:1 instead of 8:1" in note for note in settled.notes)


def test_the_exposure_puts_the_lit_planes_on_their_level() -> None:
    reading = reading_of(*USUAL[:2])
    settled = settle(replace(moment(), balance=goal(4.0)), reading)
    lit, _, _ = comes_to(reading, goal(4.0))
    assert float(lit @ LUMINANCE) * 2.0**settled.exposure_stops == pytest.approx(0.8, rel=0.02)


# --- patterns and sides ---------------------------------------------------------------------------------------


def situation(look_deg: float, camera_deg: float, front_deg: float = -90.0) -> Situation:
    """Somebody at the origin who looks in a direction, seen from another; degrees counter-clockwise from +X."""
    turn = np.radians(look_deg + 90)
    rotation = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1.0]])
    head = replace(ball(), rotation=rotation)
    look = np.array([np.cos(np.radians(look_deg)), np.sin(np.radians(look_deg))])
    at = 2.5 * np.array([np.cos(np.radians(camera_deg)), np.sin(np.radians(camera_deg))])
    camera = PlacedCamera((at[0], at[1], 1.6), (0, 0, 1.6))
    front = np.array([np.cos(np.radians(front_deg)), np.sin(np.radians(front_deg))])
    plan = SetPlan(SetKind.NEUTRAL, (), (), (), (), (), ((-9, -9), (9, -9), (9, 9), (-9, 9)), None, False)
    return Situation(plan, camera, head, (), front, front, look)


def azimuth_of(here: Situation, direction: np.ndarray) -> float:
    return float(face_angles(here.head, direction[None])[0][0])


@pytest.mark.parametrize("pattern", [p for p in LightPattern if p is not LightPattern.FLAT])
def test_a_pattern_stands_at_its_angle_off_the_nose(pattern: LightPattern) -> None:
    lighting = Lighting(pattern=pattern)
    here = situation(-90, -60)
    direction = key_direction(lighting, pattern_plan(lighting), here)
    assert abs(azimuth_of(here, direction)) == pytest.approx(PATTERNS[pattern].azimuth_deg, abs=1e-6)
    assert np.degrees(np.arcsin(direction[2])) == pytest.approx(PATTERNS[pattern].height_deg, abs=1e-6)


def test_broad_lights_the_cheek_that_the_camera_sees_and_short_the_other() -> None:
    here = situation(-90, -60)  # the camera stands on the person's left: +X
    broad, short = (
        azimuth_of(here, key_direction(lighting, pattern_plan(lighting), here))
        for lighting in (Lighting(pattern=LightPattern.BROAD), Lighting(pattern=LightPattern.SHORT))
    )
    assert broad > 0 > short


@given(look=st.floats(0, 360), camera=st.floats(0, 360), side=st.sampled_from(list(Side)),
       pattern=st.sampled_from(list(LightPattern)))  # fmt: skip
def test_the_asked_side_of_the_frame_is_a_law(look: float, camera: float, side: Side, pattern: LightPattern) -> None:
    lighting = Lighting(pattern=pattern, key_side=side, key_side_of_frame=True)
    here = situation(look, camera)
    direction = key_direction(lighting, pattern_plan(lighting), here)[:2]
    right = camera_axes(here.camera)[0][:2]
    across = float(direction @ right) / float(np.linalg.norm(direction))
    assert across * (1 if side is Side.RIGHT else -1) >= SIDEWAYS - 1e-6


def test_a_reverse_angle_keeps_the_key_on_its_side_of_the_world() -> None:
    lighting = Lighting(pattern=LightPattern.REMBRANDT, key_side=Side.LEFT)
    # The master camera stands at -Y, so its left is -X. Both look out to it, each a little towards the other; the
    # single on the one is shot from the right, the one on the other from the left.
    for look, camera in ((-70, -40), (-110, -140), (-100, -60), (-80, -120)):
        key = key_direction(lighting, pattern_plan(lighting), situation(look, camera))
        assert key[0] < 0, (look, camera)


# --- over time ------------------------------------------------------------------------------------------------


def test_flicker_starts_at_the_balanced_level_and_stays_within_its_depth() -> None:
    fire = Lighting(motivation=Motivation.FIRE)
    values = [waver_at(fire, 5, t / 24) for t in range(480)]
    assert values[0] == 1.0
    assert min(values) >= 1 - DEPTH and max(values) <= 1 + DEPTH / 3
    assert np.std(values) > 0.02
    assert values != [waver_at(fire, 6, t / 24) for t in range(480)]
    assert waver_at(Lighting(motivation=Motivation.WINDOW), 5, 3.0) == 1.0


def test_the_sun_rises_to_the_stated_height_on_its_own_side() -> None:
    sun = soft_box(LampRole.SUN, (300.0, -400.0, 100.0))
    at = risen(sun, 40.0).vertices.mean(axis=0)
    assert np.degrees(np.arctan2(at[2], np.hypot(at[0], at[1]))) == pytest.approx(40.0, abs=0.05)
    assert np.degrees(np.arctan2(at[1], at[0])) == pytest.approx(np.degrees(np.arctan2(-400, 300)), abs=0.05)


# --- in pictures ----------------------------------------------------------------------------------------------


def request_with(production: Production, number: str, *settings: str):
    direction = production.direction
    shot = direction.shot(number)
    directed = direction.directed(shot, direction.with_settings(shot, settings))
    return production.request_as(directed, production.screenplay, SMALL)


def test_changing_light_lens_or_mood_compiles_nothing(ferry: Production) -> None:
    studio = ferry.studio
    studio.draw(request_with(ferry, "2E", "lighting=loop"))
    studio.draw(request_with(ferry, "5A", "lighting=split"))
    before = studio.renderer.kernel_compilations
    changes = ("lighting=low-key key-side=left key-kelvin=2500 lens=35 pitch=-12 mood=dread haze=0.4 time=night "
               "saturation=0.3 t-stop=2 roll=8 lighting=silhouette")  # fmt: skip
    for setting in changes.split():
        studio.draw(request_with(ferry, "2E", setting))
    assert studio.renderer.kernel_compilations == before


def test_a_silhouette_is_dark_before_a_bright_place(ferry: Production) -> None:
    drawn = ferry.studio.draw(request_with(ferry, "2E", "lighting=silhouette"))
    grey = drawn.pixels.mean(axis=2)
    person = drawn.passes.mask("cast/MARA")
    assert grey[person].mean() < 45 < 130 < grey[~person].mean()


def test_a_stated_ratio_side_and_colour_are_delivered(ferry: Production) -> None:
    request = request_with(ferry, "5C", "lighting=loop", "key-side=right", "key-fill=3:1", "key-kelvin=3400")
    drawn = ferry.studio.draw(request)
    readings = {r.quantity.value: r for r in drawn.delivered.readings}
    assert all(readings[name].within for name in ("key side", "key:fill", "temperature")), readings


def test_keys_change_the_light_over_the_shot(ferry: Production) -> None:
    track = Track(control="exposure", keys=(Key(at=0, value=0), Key(at=1, value=-2)))
    request = request_with(ferry, "5C").model_copy(update={"tracks": (track,)})
    stage = build_stage(request)
    end = request.shot.duration_s
    stops = [stage.at(t).camera.exposure_stops for t in (Fraction(0), end / 2, end)]
    assert stops == pytest.approx([0, -1, -2])
