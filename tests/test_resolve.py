"""What holds for a shot, from everything stated at every scope; and where each value comes from."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.direct.resolve import current_values, key_side_of_frame, resolve
from maquette.film.camera import CameraControls, Placement, PlacementKey, Sensor
from maquette.film.control_table import CONTROL_LIST, CONTROLS, ControlSpec, Kind, parse_setting, with_control
from maquette.film.controls import Controls, Directed, Holding, Origin, Scope, Track
from maquette.film.errors import ControlError
from maquette.film.grade import Grade
from maquette.film.lighting import LightPattern, Weather
from maquette.film.mood import MoodControls, MoodLevers, MoodPoint, MoodRecipe
from maquette.film.shot import Angle, Framing, Move, Shot, ShotRole, ShotSize, ShotStatus, Side
from maquette.script.read import parse_text
from maquette.script.shot_list import list_shots

MOODS = {
    "dread": MoodRecipe(
        name="dread",
        says="",
        valence=-0.7,
        arousal=0.3,
        levers=MoodLevers(contrast_stops=4, exposure_stops=-1, lens_factor=0.5, pitch_deg=10, saturation=0.5,
                          move=Move.PUSH_IN, pattern=LightPattern.SPLIT, shot_length=2, weather=Weather.FOG),
    ),
    "joyful": MoodRecipe(name="joyful", says="", valence=0.8, arousal=0.5, levers=MoodLevers(exposure_stops=1)),
}  # fmt: skip


def shot(**fields: object) -> Shot:
    base = {"id": "s", "number": "1A", "scene_id": "1", "scene_number": "1", "role": ShotRole.COVERAGE,
            "framing": Framing.SINGLE, "size": ShotSize.MS, "lens_mm": 40.0, "subjects": ("MARA",),
            "azimuth_deg": 35.0, "status": ShotStatus.PROPOSED, "reason": "Proposed."}  # fmt: skip
    return Shot(**{**base, **fields})  # type: ignore[arg-type]


def says(*settings: str) -> Controls:
    controls = Controls()
    for setting in settings:
        controls = with_control(controls, *parse_setting(setting))
    return controls


def directed(
    *, shot_says: Controls | None = None, scene: Controls | None = None, production: Controls | None = None,
    of: Shot | None = None, share: float = 0.0
) -> Directed:  # fmt: skip
    stated = {Scope.SHOT: shot_says, Scope.SCENE: scene, Scope.PRODUCTION: production}
    return resolve(of or shot(), share, {s: c for s, c in stated.items() if c is not None}, MOODS)


def holding(result: Directed, control: str) -> Holding:
    return next(h for h in result.holdings if h.control == control)


ORDER = (
    (Origin.SHOT, {"shot_says": says("lens=11")}),
    (Origin.SCRIPT, {"of": shot(lens_mm=22.0, stated=("lens",), status=ShotStatus.ASKED)}),
    (Origin.SHOT_MOOD, {"shot_says": says("mood=dread")}),
    (Origin.SCENE, {"scene": says("lens=33")}),
    (Origin.SCENE_MOOD, {"scene": says("mood=dread")}),
    (Origin.PRODUCTION, {"production": says("lens=44")}),
    (Origin.PRODUCTION_MOOD, {"production": says("mood=dread")}),
    (Origin.SHOT_LIST, {}),
)


def both(a: dict[str, object], b: dict[str, object]) -> dict[str, object]:
    """Two statements at once. At one scope one of them is a lens and the other a mood."""
    out = {**a, **b}
    for key in a.keys() & b.keys():
        one, two = sorted((a[key], b[key]), key=lambda c: c.mood.name or "")  # type: ignore[attr-defined]
        out[key] = one.model_copy(update={"mood": two.mood})
    return out


@pytest.mark.parametrize(("nearer", "further"), list(pairwise(ORDER)), ids=lambda x: x[0].value)
def test_of_two_neighbours_in_the_order_the_nearer_wins(nearer, further) -> None:
    result = directed(**both(nearer[1], further[1]))
    assert holding(result, "lens").origin is nearer[0]


def test_nothing_stated_leaves_the_shot_as_it_is_and_shows_where_all_comes_from() -> None:
    plain = shot()
    result = directed(of=plain)
    assert result.shot == plain and result.grade == Grade() and result.camera == CameraControls()
    shown = {h.control: (h.value, h.origin, h.why) for h in result.holdings}
    assert shown["size"] == ("MS", Origin.SHOT_LIST, "proposed")
    assert shown["lens"] == ("40 mm", Origin.SHOT_LIST, "proposed")
    assert shown["move"][0] == "static" and shown["subjects"][0] == "MARA"
    assert [h.control for h in result.holdings] == [c for c in CONTROLS if c in shown]


def test_values_go_where_the_shot_has_a_field_and_the_rest_stays_beside_it() -> None:
    result = directed(shot_says=says("lens=85", "t-stop=2", "key-fill=8:1", "saturation=0", "duration=4.5",
                                     "subjects=tom", "roll=5"))  # fmt: skip
    assert (result.shot.lens_mm, result.shot.roll_deg, result.shot.subjects) == (85, 5, ("tom",))
    assert (result.shot.duration_s, result.shot.duration_estimated) == (Fraction(9, 2), False)
    assert result.camera == CameraControls(t_stop=2)
    assert result.lighting.key_fill_ratio == 8 and result.grade.saturation == 0
    assert holding(result, "key-fill").value == "8:1"


def test_fields_are_merged_one_by_one() -> None:
    result = directed(production=says("t-stop=8", "haze=0.5"), scene=says("haze=0.2"), shot_says=says("key-side=left"))
    assert (result.camera.t_stop, result.lighting.haze, result.lighting.key_side) == (8, 0.2, Side.LEFT)


def test_a_key_side_is_of_the_frame_only_when_the_shot_states_it() -> None:
    assert key_side_of_frame(directed(shot_says=says("key-side=left")))
    assert not key_side_of_frame(directed(scene=says("key-side=left")))
    assert not key_side_of_frame(directed())


def test_words_of_the_script_are_quoted() -> None:
    shots = list_shots(parse_text("INT. KITCHEN - NIGHT\n\nMARA waits.\n\nMCU MARA, low angle, 35mm, push in, 4 s\n\n"
                                  "Mara turns.\n")).shots  # fmt: skip
    result = resolve(shots[0], 0, {}, {})
    for control in ("size", "angle", "lens", "move", "subjects", "duration"):
        assert holding(result, control).origin is Origin.SCRIPT, control
        assert holding(result, control).why == '"MCU MARA, low angle, 35mm, push in, 4 s", line 5'
    assert holding(result, "roll").origin is Origin.SHOT_LIST


# --- moods ----------------------------------------------------------------------------------------------------


def test_a_mood_acts_on_top_of_what_holds_further_out() -> None:
    result = directed(scene=says("lens=50", "exposure=0.5", "key-fill=4:1"), shot_says=says("mood=dread"))
    assert result.shot.lens_mm == 25 and result.lighting.exposure_stops == -0.5
    assert result.lighting.key_fill_ratio == 16
    assert result.camera.pitch_deg == 10 and result.shot.move is Move.PUSH_IN
    assert result.shot.duration_s == 6 and result.shot.duration_estimated
    assert holding(result, "lens") == Holding(control="lens", value="25 mm", origin=Origin.SHOT_MOOD,
                                              why="dread at 1: x 0.5")  # fmt: skip


def test_a_mood_at_half_strength_goes_half_the_way() -> None:
    result = directed(scene=says("lens=64", "key-fill=4:1", "mood=dread", "mood-intensity=0.5"))
    assert result.shot.lens_mm == 64  # the scene's own controls win over its mood
    result = directed(production=says("lens=64", "key-fill=4:1"), scene=says("mood=dread", "mood-intensity=0.5"))
    assert result.shot.lens_mm == pytest.approx(64 * 0.5**0.5, rel=1e-3)
    assert result.lighting.key_fill_ratio == 8
    assert holding(result, "key-fill").why == "dread at 0.5: towards 16:1"


def test_a_mood_starts_from_the_numbers_of_the_pattern_that_holds() -> None:
    scene = says("lighting=rembrandt", "mood=dread", "mood-intensity=0.4")
    patterns = {LightPattern.REMBRANDT: {"key-fill": 8.0, "key-height": 44.0}}
    stated = {Scope.PRODUCTION: says("lighting=rembrandt"), Scope.SCENE: says("mood=dread", "mood-intensity=0.4")}
    result = resolve(shot(), 0, stated, MOODS, patterns)
    assert result.lighting.key_fill_ratio == pytest.approx(8 * 2**0.4, rel=1e-3)
    assert current_values(directed(scene=scene), patterns)["key-height"] == 44


def test_a_nearer_mood_replaces_the_one_further_out() -> None:
    result = directed(scene=says("mood=dread", "mood-intensity=0.4"), shot_says=says("mood=joyful"))
    assert result.lighting.exposure_stops == 1 and result.lighting.pattern is None and result.shot.lens_mm == 40


def test_strength_alone_is_said_of_the_mood_further_out() -> None:
    scene = says("mood=dread", "key-fill=2:1")
    result = directed(scene=scene, shot_says=says("mood-intensity=0.5"))
    assert result.lighting.exposure_stops == -0.5
    assert result.lighting.key_fill_ratio == 2  # still the mood of the scene: its controls win
    assert directed(scene=scene, shot_says=says("mood-intensity=0")).lighting.exposure_stops is None


def test_a_curve_over_the_scene_multiplies_the_strength() -> None:
    curve = (MoodPoint(at=0, intensity=0), MoodPoint(at=1, intensity=1))
    scene = Controls(mood=MoodControls(name="dread", intensity=0.8, curve=curve))
    result = directed(scene=scene, share=0.5)
    assert result.lighting.exposure_stops == pytest.approx(-0.4)
    assert result.shot.move is Move.STATIC  # words wait for half strength
    assert holding(result, "mood-intensity").why == "times 0.5 by the mood curve at 50% of the scene"


def test_weather_is_of_the_scene_whatever_the_curve() -> None:
    curve = (MoodPoint(at=0, intensity=0), MoodPoint(at=1, intensity=1))
    scene = Controls(mood=MoodControls(name="dread", curve=curve))
    assert {directed(scene=scene, share=x).lighting.weather for x in (0.0, 0.4, 1.0)} == {Weather.FOG}
    assert directed(shot_says=says("mood=dread")).lighting.weather is None


def test_a_mood_that_grows_during_the_shot_becomes_keys_of_the_light() -> None:
    result = directed(shot_says=says("mood=dread", "mood-intensity=0@0% 1@100%"))
    tracks = {t.control: [k.value for k in t.keys] for t in result.tracks}
    assert tracks["exposure"] == [0, -1] and tracks["key-fill"] == [3, 16] and tracks["saturation"] == [1, 0.5]
    assert "lens" not in tracks and "pitch" not in tracks
    assert result.shot.lens_mm == 20 and result.lighting.exposure_stops == 0


def test_a_mood_moves_the_keys_that_hold_further_out() -> None:
    result = directed(scene=says("exposure=0@0% 2@100%"), shot_says=says("mood=dread"))
    (track,) = result.tracks
    assert [k.value for k in track.keys] == [-1, 1] and holding(result, "exposure").origin is Origin.SHOT_MOOD


def test_moods_leave_alone_what_the_action_or_the_hand_decided() -> None:
    follow = directed(of=shot(move=Move.FOLLOW), shot_says=says("mood=dread"))
    assert follow.shot.move is Move.FOLLOW
    high = directed(scene=says("height=2.2"), shot_says=says("mood=dread"))
    assert high.shot.camera_height_m == 2.2 and high.camera.pitch_deg is None
    above = directed(of=shot(angle=Angle.OVERHEAD), shot_says=says("mood=dread"))
    assert above.camera.pitch_deg is None


def test_an_unknown_mood_names_near_ones() -> None:
    with pytest.raises(ControlError, match=r"'dred'.*dread"):
        directed(scene=says("mood=dred"))
    with pytest.raises(ControlError, match=r"mood-intensity.*0 to 1"):
        directed(scene=Controls(mood=MoodControls(name="dread", intensity=1.4)))


# --- controls that fix one thing --------------------------------------------------------------------------------


def test_a_nearer_angle_retires_the_height_that_holds_further_out() -> None:
    result = directed(production=says("height=2.4", "pitch=8"), shot_says=says("angle=low angle"))
    assert result.shot.angle is Angle.LOW and result.shot.camera_height_m is None and result.camera.pitch_deg is None
    asked = shot(angle=Angle.HIGH, stated=("angle",), status=ShotStatus.ASKED)
    assert directed(of=asked, scene=says("pitch=8")).camera.pitch_deg is None


def test_a_nearer_pattern_retires_directions_and_a_tonal_one_levels_too() -> None:
    scene = says("key-azimuth=20", "key-fill=2:1")
    split = directed(scene=scene, shot_says=says("lighting=split")).lighting
    assert (split.key_azimuth_deg, split.key_fill_ratio) == (None, 2)
    low_key = directed(scene=scene, shot_says=says("lighting=low-key")).lighting
    assert (low_key.key_azimuth_deg, low_key.key_fill_ratio) == (None, None)
    both = directed(shot_says=says("lighting=low-key", "key-fill=2:1")).lighting
    assert (both.pattern, both.key_fill_ratio) == (LightPattern.LOW_KEY, 2)


def test_a_hand_placed_camera_is_the_last_word_of_its_scope_and_says_so() -> None:
    place = says("place=0,-3,1.5 > 0,0,1.5", "size=CU", "pitch=5")
    result = directed(shot_says=place)
    assert result.camera.placement is not None
    assert result.warnings == (
        "size and pitch do nothing here, because the camera put down by hand decides: take that back with place=none.",
    )
    assert directed(scene=place, shot_says=says("size=MS")).camera.placement is None


def test_a_path_holds_though_it_is_not_in_the_table() -> None:
    path = (PlacementKey(at=0, placement=Placement(position=(0, -3, 1), look_at=(0, 0, 1))),)
    result = directed(shot_says=Controls(camera=CameraControls(path=path)))
    assert result.camera.path == path
    assert holding(result, "place").origin is Origin.SHOT


def test_a_nearer_constant_beats_keys_and_nearer_keys_a_constant() -> None:
    keyed, constant = says("exposure=0@0% 1@100%"), says("exposure=0.3")
    result = directed(scene=keyed, shot_says=constant)
    assert result.tracks == () and result.lighting.exposure_stops == 0.3
    result = directed(scene=constant, shot_says=keyed)
    assert isinstance(result.tracks[0], Track) and result.lighting.exposure_stops == 0
    assert holding(result, "exposure").value == "+0 stops at 0% > +1 stops at 100%"


# --- lens, direction, partners ------------------------------------------------------------------------------------


def test_a_lens_nobody_stated_keeps_its_field_of_view_on_another_sensor() -> None:
    result = directed(production=says("sensor=full frame"))
    assert result.shot.lens_mm == pytest.approx(40 * 36 / 24.89, rel=1e-3) and result.camera.sensor is Sensor.FULL_FRAME
    assert directed(production=says("sensor=full frame", "lens=40")).shot.lens_mm == 40
    asked = shot(stated=("lens",), status=ShotStatus.ASKED)
    assert directed(of=asked, production=says("sensor=full frame")).shot.lens_mm == 40


def test_another_size_takes_its_usual_lens_unless_one_is_named() -> None:
    assert directed(shot_says=says("size=CU")).shot.lens_mm == 75
    assert directed(shot_says=says("size=CU", "lens=35")).shot.lens_mm == 35
    assert directed(shot_says=says("framing=profile")).shot.azimuth_deg == 90


def test_the_partner_looks_the_other_way() -> None:
    mara = shot(camera_side=Side.RIGHT, eyeline="TOM")
    result = directed(of=mara, shot_says=says("subjects=TOM"))
    assert (result.shot.camera_side, result.shot.eyeline) == (Side.LEFT, "MARA")
    stranger = directed(of=mara, shot_says=says("subjects=PRICE"))
    assert (stranger.shot.camera_side, stranger.shot.eyeline) == (None, None)


def test_over_the_shoulder_means_the_partners() -> None:
    result = directed(of=shot(eyeline="TOM"), shot_says=says("framing=over the shoulder"))
    assert (result.shot.over, result.shot.subjects) == ("TOM", ("MARA",))
    turned = shot(framing=Framing.OTS, over="TOM", eyeline="TOM", camera_side=Side.RIGHT)
    result = directed(of=turned, shot_says=says("subjects=TOM"))
    assert (result.shot.over, result.shot.subjects, result.shot.camera_side) == ("MARA", ("TOM",), Side.LEFT)


# --- current values ---------------------------------------------------------------------------------------------


def test_current_values_know_every_control() -> None:
    values = current_values(directed(scene=says("mood=dread", "mood-intensity=0.5"), shot_says=says("t-stop=2.8")))
    assert list(values) == list(CONTROLS)
    assert (values["t-stop"], values["mood"], values["mood-intensity"]) == (2.8, "dread", 0.5)
    assert values["key-fill"] == pytest.approx((3 * 16) ** 0.5, rel=1e-3)
    neutral = current_values(directed())
    assert (neutral["key-fill"], neutral["key-kelvin"], neutral["background"], neutral["exposure"]) == (
        3,
        4800,
        -0.5,
        0,
    )
    assert (neutral["pitch"], neutral["duration"], neutral["saturation"]) == (0, 3.0, 1.0)
    assert current_values(directed(of=shot(angle=Angle.LOW)))["pitch"] == 30
    assert current_values(directed(shot_says=says("key-kelvin=3200")))["fill-kelvin"] == 3200


def test_current_values_of_keys_are_the_first() -> None:
    values = current_values(directed(shot_says=says("mood=dread", "mood-intensity=0.2@0% 1@100%", "roll=2@0% 8@100%")))
    assert (values["mood-intensity"], values["roll"]) == (0.2, 2)


# --- properties -------------------------------------------------------------------------------------------------


def values_of(spec: ControlSpec) -> st.SearchStrategy[object]:
    if spec.kind is Kind.NUMBER:
        return st.floats(spec.low, spec.high).map(lambda v: float(f"{v:.4g}")).filter(
            lambda v: spec.low <= v <= spec.high)  # fmt: skip
    if spec.kind is Kind.WORD:
        return st.sampled_from([parse_setting(f"{spec.name}={w}")[1] for w in spec.vocabulary])
    return st.booleans()


TYPED = [s for s in CONTROL_LIST if s.kind in (Kind.NUMBER, Kind.WORD, Kind.SWITCH) and not s.path.startswith("mood.")]


@st.composite
def some_controls(draw: st.DrawFn) -> Controls:
    controls = Controls()
    for spec in draw(st.lists(st.sampled_from(TYPED), max_size=6, unique_by=lambda s: s.name)):
        controls = with_control(controls, spec, draw(values_of(spec)))
    mood = draw(st.sampled_from([None, "dread", "joyful"]))
    if mood:
        controls = with_control(controls, CONTROLS["mood"], mood)
        controls = with_control(controls, CONTROLS["mood-intensity"], draw(st.floats(0, 1)))
    return controls


@given(some_controls(), some_controls(), some_controls(), st.floats(0, 1))
def test_whatever_is_stated_resolved_values_are_in_range_and_the_shots_own_hold(a, b, c, share) -> None:
    result = directed(shot_says=a, scene=b, production=c, share=share)
    values = current_values(result)
    for spec in CONTROL_LIST:
        if spec.kind is Kind.NUMBER:
            assert spec.low <= values[spec.name] <= spec.high, spec.name
    for spec in TYPED:
        stated = getattr(getattr(a, spec.path.split(".")[0]), spec.path.split(".")[1]) if "." in spec.path else None
        if stated is not None:
            assert values[spec.name] == stated and holding(result, spec.name).origin is Origin.SHOT


@given(some_controls(), some_controls())
def test_a_mood_of_no_strength_changes_nothing(a, b) -> None:
    def calm(controls: Controls, name: str | None) -> Controls:
        return controls.model_copy(update={"mood": MoodControls(name=name, intensity=0.0 if name else None)})

    with_mood = directed(shot_says=calm(a, "dread"), scene=calm(b, "joyful"))
    without = directed(shot_says=calm(a, None), scene=calm(b, None))
    said = {"holdings": (), "mood": MoodControls()}
    assert with_mood.model_copy(update=said) == without.model_copy(update=said)
