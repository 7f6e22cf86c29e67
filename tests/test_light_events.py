"""Lights that change during a shot: how they are written, that they are continuous, and that no meter sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.film.control_table import format_value, parse_setting
from maquette.film.errors import ControlError
from maquette.film.light_cues import Cue, LightCue, cues_of, cues_text
from maquette.film.lighting import Lighting, Motivation
from maquette.film.request import FrameSettings, TakeRequest
from maquette.film.screenplay import TimeOfDay
from maquette.film.shot import Shot
from maquette.film.stage import Haze, Lamp, LampRole, Moment, PlacedCamera, SetKind, SetPlan, Sky
from maquette.pipeline import Production
from maquette.stage.build import build_stage
from maquette.stage.doors import LEAST_DEG, WIDE_DEG, door_of, swung, widest
from maquette.stage.events import CUE, DOOR_S, FLASH_S, flash_at, picture_at, with_events
from maquette.stage.lamps import panel
from maquette.stage.sets import SET_BUILDERS

FRAME_S = 1 / 24
ROOM = SET_BUILDERS[SetKind.LIVING_ROOM](3, 2, ())
STREET = SET_BUILDERS[SetKind.STREET](3, 2, ())
CAMERA = PlacedCamera((2.0, -2.0, 1.6), (-1.0, 1.0, 1.4))


def opening(plan: SetPlan) -> Moment:
    """A key, a fill and a back light, and what the place has."""
    focus = np.array(CAMERA.look_at)
    film = [panel(role.value, role, focus + np.array([1.0, x, 1.0]), focus, 0.6, np.full(3, 5.0))
            for x, role in enumerate((LampRole.KEY, LampRole.FILL, LampRole.BACK))]  # fmt: skip
    sky = Sky(np.full((32, 64, 3), 0.01, np.float32))
    return Moment(plan.bodies, (*plan.practicals, *film), sky, CAMERA, Haze(0.004))


def at(text: str, t_s: float, plan: SetPlan = ROOM, seed: int = 5, motivation: Motivation | None = None) -> Moment:
    lighting = Lighting(
        time_of_day=TimeOfDay.NIGHT, interior=plan.interior, light_cues=cues_of(text), motivation=motivation
    )
    return with_events(opening(plan), plan, lighting, t_s, seed)


def lamps(moment: Moment, name: str = CUE) -> dict[str, Lamp]:
    return {x.name: x for x in moment.lamps if x.name.startswith(name)}


def power(moment: Moment, name: str = CUE) -> float:
    return sum(sum(x.radiance) for x in lamps(moment, name).values())


def steps(value: Callable[[float], float], start: float, end: float) -> NDArray[np.float64]:
    """Changes from frame to frame."""
    return np.diff([value(t) for t in np.arange(start, end, FRAME_S)])


# --- how they are written -------------------------------------------------------------------------------------


def test_cues_are_read_in_order_of_time_and_written_as_they_are_read() -> None:
    cues = cues_of("lamp off@4s, Door opens @ 2.5 s; car@3, tv")
    assert cues == (
        LightCue(cue=Cue.TV, at_s=0), LightCue(cue=Cue.DOOR_OPENS, at_s=2.5),
        LightCue(cue=Cue.CAR_PASSES, at_s=3), LightCue(cue=Cue.LAMP_OFF, at_s=4),
    )  # fmt: skip
    assert cues_of(cues_text(cues)) == cues
    spec, value = parse_setting("light-cues=lightning@1.5s")
    assert value == (LightCue(cue=Cue.LIGHTNING, at_s=1.5),) and format_value(spec, value) == "lightning@1.5s"
    assert parse_setting("light-cues=none")[1] is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lightening@2s", "there is no 'lightening', the nearest is lightning."),
        ("explosion@2s", "light-cues are door opens, door closes, car passes, lamp off, lamp on, lightning, tv"),
        ("door opens@soon", "'door opens@soon' has no time; write CUE@SECONDS, such as door opens@2s."),
        ("lamp off@-1s", "lamp off at -1 s is outside, the nearest is 0 s."),
        ("lamp off@601s", "lamp off at 601 s is outside, the nearest is 600 s."),
        (",", "light-cues needs at least one cue, such as door opens@2s."),
    ],
)
def test_what_is_no_cue_is_refused_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(ControlError, match="light-cues") as refused:
        parse_setting(f"light-cues={text}")
    assert says in str(refused.value)


def test_a_cue_after_the_end_of_the_shot_is_said(ferry: Production) -> None:
    shot = ferry.shots[0]
    seconds = float(shot.duration_s)
    directed = ferry.direction.directed(
        shot, ferry.direction.with_settings(shot, [f"light-cues=lamp off@{seconds + 1:g}s"])
    )
    (warning,) = [w for w in directed.warnings if w.startswith("light-cues")]
    assert "comes after the end of the shot" in warning and f"{seconds:g} s" in warning
    early = ferry.direction.directed(shot, ferry.direction.with_settings(shot, ["light-cues=lamp off@0.5s"]))
    assert not [w for w in early.warnings if w.startswith("light-cues")]


# --- what they do ---------------------------------------------------------------------------------------------


def test_without_cues_and_before_them_the_light_is_the_shots_own() -> None:
    moment = opening(ROOM)
    assert with_events(moment, ROOM, Lighting(), 3.0, 5) is moment
    before = at("door opens@2s, car passes@2s, lamp off@2s, lightning@2s, tv@2s", 1.99)
    assert [x.name for x in before.lamps] == [x.name for x in moment.lamps]
    assert all(a.radiance == b.radiance for a, b in zip(before.lamps, moment.lamps, strict=True))
    assert all(a is b for a, b in zip(before.bodies, moment.bodies, strict=True))


def test_a_switch_takes_the_lamps_and_their_key_and_leaves_the_ambient() -> None:
    off, was = at("lamp off@1s", 1.2), opening(ROOM)
    left = {x.name: sum(x.radiance) for x in off.lamps}
    assert left["key"] == 0 and left["fill"] == 15 and 0 < left["back"] < 15
    assert all(left[p.name] == 0 for p in ROOM.practicals) and ROOM.practicals
    assert not any(b.emission is not None and b.emission.any() for b in off.bodies if b.name != "set/outside")
    half = {x.name: sum(x.radiance) for x in at("lamp off@1s", 1.05).lamps}
    assert half["key"] == pytest.approx(7.5)
    assert [x.name for x in off.lamps] == [x.name for x in was.lamps]
    # A key that comes through the window is not theirs.
    assert {x.name: sum(x.radiance) for x in at("lamp off@1s", 1.2, motivation=Motivation.WINDOW).lamps}["key"] == 15


def test_lamps_that_go_on_were_off_and_a_switch_can_be_used_again() -> None:
    keys = [{x.name: sum(x.radiance) for x in at("lamp on@1s, lamp off@2s, lamp on@3s", t).lamps}["key"]
            for t in (0.0, 0.9, 1.2, 2.2, 3.2)]  # fmt: skip
    assert keys == pytest.approx([0, 0, 15, 0, 15])


def test_a_door_swings_inward_about_its_hinge_and_light_grows_through_it() -> None:
    door = door_of(ROOM)
    assert door is not None and door.body == "wall/east/door" and door.inward.tolist() == [-1, 0, 0]
    body = next(b for b in ROOM.bodies if b.name == door.body)
    assert (swung(body, door, 0.0).vertices == body.vertices).all()
    wide = swung(body, door, WIDE_DEG)
    moved = wide.vertices - body.vertices
    turned = np.linalg.norm(moved, axis=1) > 1e-6
    assert turned.any() and not turned.all() and (moved[turned, 2] == 0).all()
    # The handle is the free end: it comes into the room by the sine of the angle.
    handle = np.asarray(body.parts == body.part_names.index("handle"))
    reach = np.abs(body.vertices[handle, 1] - door.hinge[1]).mean()
    assert -moved[handle, 0].mean() == pytest.approx(reach * np.sin(np.radians(WIDE_DEG)), abs=0.08)
    closed = power(at("door opens@1s", 1.0))
    grown = [power(at("door opens@1s", 1 + s * DOOR_S)) for s in (0.1, 0.3, 1.0, 2.0)]
    assert closed == 0 and grown == sorted(grown) and grown[2] == grown[3] > 0
    assert power(at("door opens@1s, door closes@3s", 4.0)) == 0
    names = [b.name for b in at("door opens@1s", 1.4).bodies]
    assert names == [*(b.name for b in ROOM.bodies), "cue/hall"]


def test_a_door_opens_as_far_as_those_who_stand_there_let_it() -> None:
    door = door_of(ROOM)
    assert door is not None
    far, behind = door.center + [-3.0, 0.0, 0.0], door.center + [0.6, 0.0, 0.0]
    assert widest(door, []) == widest(door, [far, behind]) == WIDE_DEG
    before = door.center + door.inward * 0.65
    assert LEAST_DEG < widest(door, [before]) < 45
    assert widest(door, [door.center + door.inward * 0.2]) == LEAST_DEG


def test_door_and_car_are_continuous() -> None:
    whole = power(at("door opens@1s", 3.0))
    change = steps(lambda t: power(at("door opens@1s", t)), 0.8, 2.2)
    assert 0 < np.abs(change).max() < 0.35 * whole

    def free_end(t_s: float) -> float:
        leaf = next(b for b in at("door opens@1s", t_s).bodies if b.name == "wall/east/door")
        return float(leaf.vertices[:, 0].min())

    free = steps(free_end, 0.8, 2.2)
    assert np.abs(free).max() < 0.12
    for plan in (ROOM, STREET):
        light = [power(at("car passes@1s", t, plan)) for t in np.arange(0.9, 2.7, FRAME_S)]
        assert light[0] == light[-1] == 0 and max(light) > 0
        assert np.abs(np.diff(light)).max() < 0.3 * max(light)


def test_a_car_goes_by_in_one_direction_at_one_speed() -> None:
    for plan in (ROOM, STREET):
        way = np.array([lamps(at("car passes@1s", t, plan))[f"{CUE}car 1"].vertices.mean(axis=0)
                        for t in np.arange(1.1, 2.4, 0.1)])  # fmt: skip
        step = np.diff(way, axis=0)
        assert np.allclose(step, step[0], atol=1e-3) and np.linalg.norm(step[0]) > 0.3


def test_lightning_flashes_two_or_three_times_and_goes() -> None:
    for seed in range(20):
        light = np.array([flash_at(seed, 0, t) for t in np.arange(-0.1, 1.0, 0.001)])
        rises = np.flatnonzero((np.diff(light) > 0.01) & (np.concatenate([[0], np.diff(light)[:-1]]) <= 0.01))
        assert 2 <= len(rises) <= 3 and 0.9 < light.max() < 1.6
        assert (light[:100] == 0).all() and flash_at(seed, 0, 0.5 + 8 * FLASH_S) == 0
    strokes = {tuple(flash_at(seed, 0, t) for t in (0.1, 0.2, 0.3)) for seed in range(5)}
    assert len(strokes) == 5
    outside, dark = at("lightning@1s", 1.03, STREET), opening(STREET)
    assert outside.sky is not None and dark.sky is not None
    assert outside.sky.radiance[0].mean() > 2 * dark.sky.radiance[0].mean()
    r, _, b = next(iter(lamps(outside).values())).radiance
    assert b > r
    assert power(at("lightning@1s", 1.03)) > 0 and power(at("lightning@1s", 2.5)) == 0


def test_a_television_steps_at_cuts_of_one_to_three_seconds() -> None:
    times = np.arange(0.2, 60, 0.01)
    level = np.array([picture_at(4, t)[0] for t in times])
    cuts = times[1:][np.abs(np.diff(level)) > 0.02]
    gaps = np.diff(cuts)
    assert ((gaps < 0.05) | (gaps > 0.9)).all() and gaps.max() < 7
    assert 5600 <= picture_at(4, 10)[1] <= 10500 and picture_at(4, 0)[0] == 0
    assert picture_at(4, 5.0) != picture_at(5, 5.0)
    # A key that comes from a screen plays the programme itself.
    shown = at("tv@1s", 3.0, motivation=Motivation.SCREEN)
    assert not lamps(shown) and {x.name: sum(x.radiance) for x in shown.lamps}["key"] != 15


def test_what_a_set_has_no_place_for_is_said() -> None:
    cellar = SET_BUILDERS[SetKind.NEUTRAL](3, 2, ())
    assert any("no door" in n for n in at("door opens@1s", 2.0, cellar).notes)
    blind = replace(ROOM, openings=())
    assert any("no window" in n for n in at("car passes@1s", 0.0, blind).notes)
    assert any("no window" in n for n in at("lightning@1s", 0.0, blind).notes)
    by_day = replace(ROOM, practicals=())
    dark = at("lamp off@1s", 2.0, by_day)
    assert any("practicals=on" in n for n in dark.notes)
    assert {x.name: sum(x.radiance) for x in dark.lamps}["key"] == 15


# --- the meter ------------------------------------------------------------------------------------------------


def cued(production: Production, number: str, *settings: str) -> TakeRequest:
    shot: Shot = next(s for s in production.shots if s.number == number)
    directed = production.direction.directed(shot, production.direction.with_settings(shot, list(settings)))
    return production.request_as(directed, production.screenplay, FrameSettings(width=64, height=36), Fraction(0))


def test_cues_do_not_change_what_the_lamps_are_dimmed_to(ferry: Production) -> None:
    plain = cued(ferry, "5C", "lighting=loop")
    with_cues = cued(ferry, "5C", "lighting=loop", "light-cues=lamp off@0s, door opens@0s, tv@0s")
    for t_s in (Fraction(0), Fraction(2)):
        a, b = (build_stage(r).at(t_s, steady=True) for r in (plain, with_cues))
        assert [(x.name, x.radiance) for x in a.lamps] == [(x.name, x.radiance) for x in b.lamps]
        assert [x.name for x in a.bodies] == [x.name for x in b.bodies]
    studio = ferry.studio
    later = [r.model_copy(update={"moment_s": Fraction(1)}) for r in (plain, with_cues)]
    (one, _), (two, _) = (studio.moment(r) for r in later)
    assert one.camera.exposure_stops == two.camera.exposure_stops
    fill = [next(x.radiance for x in m.lamps if x.name == "fill") for m in (one, two)]
    assert fill[0] == fill[1]
    assert lamps(two) and not lamps(one)
