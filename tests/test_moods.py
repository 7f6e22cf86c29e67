"""Moods: recipes that can be told apart, mixed, drawn over a scene, found on a pad and edited."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from maquette.direct.mood_mix import (
    LEVERS,
    Lever,
    Steps,
    Way,
    blend,
    curve_value,
    expand,
    levers_of,
    mood_words,
    nearest_moods,
    own_recipe,
    recipe_named,
    rest_of,
    with_own,
)
from maquette.direct.moods import MOODS
from maquette.direct.neutral import NEUTRAL
from maquette.film.camera import Composition
from maquette.film.control_table import CONTROLS, Kind
from maquette.film.errors import ControlError
from maquette.film.lighting import LightPattern
from maquette.film.mood import MoodControls, MoodLevers, MoodPoint, MoodRecipe
from maquette.film.shot import Framing, Move

VOCABULARY = [
    "tender", "intimate", "warm", "nostalgic", "wistful", "melancholy", "lonely", "serene", "dreamlike", "whimsical",
    "joyful", "hopeful", "triumphant", "romantic", "sensual", "mysterious", "uneasy", "tense", "paranoid",
    "claustrophobic", "ominous", "dread", "terror", "violent", "chaotic", "urgent", "bleak", "gritty", "clinical",
    "detached", "austere", "surreal", "absurd", "deadpan", "epic", "sacred", "grief",
]  # fmt: skip
JUST_SEEN = {
    "contrast_stops": 0.7, "key_height_deg": 15, "softness_m": 0.8, "exposure_stops": 0.35, "background_stops": 0.7,
    "back_stops": 1.2, "key_kelvin": 60, "green": 4, "flicker": 0.3, "haze": 0.15, "saturation": 0.12,
    "picture_contrast": 0.1, "temperature_mired": 10, "shadow_tint": 0.01, "highlight_tint": 0.01, "lift": 0.025,
    "lens_factor": 0.25, "tightness": 0.22, "pitch_deg": 5, "roll_deg": 4, "t_stop": 1.2, "move_speed": 0.7,
    "shake": 0.5, "shot_length": 0.3,
}  # fmt: skip
"""A difference that is plainly seen side by side, in the lever's unit: kelvins in mired, factors as logarithms."""
IN_TIME = ("flicker", "move_speed", "shake", "shot_length")
"""Levers that a single picture does not show."""
moods = st.sampled_from(sorted(MOODS)).map(lambda n: MOODS[n].levers)


def coordinates(levers: MoodLevers, lever: Lever) -> list[float]:
    value = getattr(levers, lever.field)
    value = rest_of(lever) if value is None else value
    if isinstance(value, tuple):
        return [v / JUST_SEEN[lever.field] for v in value]
    if lever.steps is Steps.MIRED:
        value = 1e6 / value
    elif lever.steps is Steps.FACTOR and lever.field != "contrast_stops":
        value = math.log(value)
    return [value / JUST_SEEN[lever.field]]


def place(recipe: MoodRecipe) -> np.ndarray:
    levers = [v for v in LEVERS if v.way is not Way.WORD and v.field not in IN_TIME]
    return np.array([c for lever in levers for c in coordinates(recipe.levers, lever)])


# --- the recipes ------------------------------------------------------------------------------------------------


def test_every_mood_of_the_vocabulary_has_a_recipe() -> None:
    assert sorted(MOODS) == sorted(VOCABULARY)
    for name, recipe in MOODS.items():
        assert recipe.name == name and not recipe.own
        assert recipe.says.endswith(".") and 60 < len(recipe.says) < 240, name
        assert -1 <= recipe.valence <= 1 and -1 <= recipe.arousal <= 1
    assert len({r.says for r in MOODS.values()}) == len(MOODS)


def test_every_lever_moves_a_control_and_every_control_is_moved_by_one() -> None:
    assert [lever.field for lever in LEVERS] == [*dict.fromkeys(lever.field for lever in LEVERS)]
    assert {lever.field for lever in LEVERS} == set(MoodLevers.model_fields)
    assert len({lever.control for lever in LEVERS}) == len(LEVERS) and {v.control for v in LEVERS} <= set(CONTROLS)


@pytest.mark.parametrize("name", VOCABULARY)
def test_a_recipe_says_something_about_light_colour_and_time(name: str) -> None:
    changed = {c.control for c in expand(MOODS[name].levers, 1, {})}
    assert {"key-fill", "exposure", "background", "saturation", "shadow-tint", "highlight-tint"} <= changed
    assert "duration" in changed and len(changed) >= 14
    own_recipe(name, "", MOODS[name].levers)  # every lever in range


def test_two_moods_can_be_told_apart_with_the_label_covered() -> None:
    for one, other in combinations(MOODS, 2):
        apart = np.abs(place(MOODS[one]) - place(MOODS[other]))
        assert np.linalg.norm(apart) > 2.9, (one, other)
        assert (apart >= 1).sum() >= 2 or np.linalg.norm(apart) > 4, (one, other)


def test_moods_agree_in_rank_with_what_colour_does_to_people() -> None:
    """Valdez and Mehrabian 1994: pleasure = .69 B + .22 S, arousal = -.31 B + .60 S, standardised."""

    def standard(field: str) -> np.ndarray:
        values = np.array([getattr(r.levers, field) for r in MOODS.values()], float)
        return (values - values.mean()) / values.std()

    brightness, saturation = standard("exposure_stops"), standard("saturation")
    pleasure, arousal = 0.69 * brightness + 0.22 * saturation, -0.31 * brightness + 0.60 * saturation
    assert spearmanr(pleasure, [r.valence for r in MOODS.values()]).statistic > 0.5
    assert spearmanr(arousal, [r.arousal for r in MOODS.values()]).statistic > 0.5


def test_dread_is_dark_cold_and_nearly_without_colour() -> None:
    changed = {c.control: c.value for c in expand(MOODS["dread"].levers, 1, {})}
    assert changed["lighting"] is LightPattern.LOW_KEY and changed["key-fill"] == 16
    # The pattern itself is half a stop down.
    assert changed["exposure"] <= -0.5 and changed["background"] <= -2 and changed["warmth"] < -10
    assert changed["saturation"] < 0.6 and changed["move"] is Move.PUSH_IN and changed["duration"] > 3


# --- strength ---------------------------------------------------------------------------------------------------

HALF = MoodLevers(contrast_stops=4, key_kelvin=2400, exposure_stops=-1, saturation=0.5, lens_factor=0.25,
                  shadow_tint=(0.02, -0.04), move=Move.PUSH_IN, shake=1.0)  # fmt: skip


def test_numbers_scale_from_what_holds_each_in_its_own_measure() -> None:
    base = {"key-fill": 4.0, "key-kelvin": 4800.0, "exposure": 0.5, "saturation": 0.8, "lens": 40.0}
    changed = {c.control: c.value for c in expand(HALF, 0.5, base)}
    assert changed["key-fill"] == 8  # half way from 2 to 4 stops
    assert changed["key-kelvin"] == 3200  # half way from 208 to 417 mired
    assert changed["exposure"] == 0 and changed["saturation"] == pytest.approx(0.6)
    assert changed["lens"] == 20 and changed["shadow-tint"] == (0.01, -0.02) and changed["shake"] == 0.5
    assert changed["move"] is Move.PUSH_IN
    assert "move" not in {c.control for c in expand(HALF, 0.49, base)}


def test_each_change_says_what_the_lever_does() -> None:
    why = {c.control: c.why for c in expand(HALF, 0.5, {})}
    assert (why["key-fill"], why["exposure"], why["lens"]) == ("towards 16:1", "-0.5 stops", "x 0.5")
    assert {c.control: c.why for c in expand(HALF, 1.0, {})}["key-fill"] == "16:1"


@given(moods, st.floats(0, 1), st.dictionaries(st.sampled_from(sorted(NEUTRAL)), st.just(None)), st.data())
def test_changes_stay_in_the_range_of_their_controls(levers, intensity, names, data) -> None:
    base: dict[str, Any] = {}
    for name in names:
        spec = CONTROLS[name]
        if spec.kind is Kind.NUMBER:
            base[name] = data.draw(st.floats(spec.low, spec.high))
    for change in expand(levers, intensity, base):
        spec = CONTROLS[change.control]
        if spec.kind is Kind.NUMBER:
            assert spec.low <= change.value <= spec.high


@given(moods)
def test_no_strength_changes_nothing(levers) -> None:
    assert expand(levers, 0.0, {}) == ()


@given(moods, st.floats(0, 1), st.floats(0, 1))
def test_more_of_a_mood_is_further_from_neutral(levers, a, b) -> None:
    less, more = sorted((a, b))
    weak = {c.control: c.value for c in expand(levers, less, {})}
    strong = {c.control: c.value for c in expand(levers, more, {})}
    for control, value in weak.items():
        if CONTROLS[control].kind is Kind.NUMBER:
            rest = NEUTRAL[control]
            assert abs(strong[control] - rest) >= abs(value - rest) - 2e-3 * max(1, abs(rest)), control


def test_single_figures_alone_are_composed_to_the_side() -> None:
    def composed(framing: Framing, word: Composition) -> bool:
        return bool(expand(MoodLevers(composition=word), 1, {"framing": framing}))

    assert composed(Framing.SINGLE, Composition.NEGATIVE_SPACE)
    assert not composed(Framing.GROUP, Composition.NEGATIVE_SPACE) and composed(Framing.GROUP, Composition.CENTRED)


# --- blending ---------------------------------------------------------------------------------------------------


@given(moods, moods, st.floats(0, 1))
def test_blending_ends_at_the_moods_themselves(one, other, share) -> None:
    assert blend(one, other, 0) == one and blend(one, other, 1) == other
    mixed = blend(one, other, share)
    for lever in LEVERS:
        a, b, m = (getattr(x, lever.field) for x in (one, other, mixed))
        if lever.way is Way.WORD or isinstance(m, tuple) or m is None:
            continue
        low, high = sorted((rest_of(lever) if a is None else a, rest_of(lever) if b is None else b))
        assert low - 1e-9 <= m <= high + 1e-9 or share in (0, 1), lever.field
    assert expand(blend(one, one, share), 0.7, {}) == expand(one, 0.7, {})


def test_a_blend_by_hand() -> None:
    one = MoodLevers(contrast_stops=4, lens_factor=0.5, exposure_stops=-1, move=Move.PUSH_IN)
    other = MoodLevers(contrast_stops=2, lens_factor=2.0, saturation=0.5, move=Move.ARC_LEFT, pattern=LightPattern.FLAT)
    mixed = blend(one, other, 0.5)
    assert mixed == MoodLevers(contrast_stops=3, lens_factor=1, exposure_stops=-0.5, saturation=0.75,
                               move=Move.PUSH_IN, pattern=LightPattern.FLAT)  # fmt: skip
    assert blend(one, other, 0.6).move is Move.ARC_LEFT and blend(one, other, 0.4).pattern is None


def test_what_is_stated_about_mood_becomes_levers_and_a_strength() -> None:
    both = MoodControls(name="dread", second="nostalgic", blend=0.3, intensity=0.6)
    levers, intensity = levers_of(both, 0.0, MOODS)
    assert intensity == 0.6 and levers == blend(MOODS["dread"].levers, MOODS["nostalgic"].levers, 0.3)
    assert mood_words(both, 0.6) == "dread and nostalgic (30%) at 0.6"
    assert levers_of(MoodControls(), 0.5, MOODS) == (MoodLevers(), 0.0)
    assert levers_of(MoodControls(second="dread"), 0.5, MOODS) == (MOODS["dread"].levers, 1.0)


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        (MoodControls(name="dredd"), r"'dredd'.*dread"),
        (MoodControls(name="qqqq"), r"'qqqq': there are tender"),
        (MoodControls(name="dread", second="joy"), r"'joy'.*joyful"),
        (MoodControls(name="dread", intensity=1.5), r"mood-intensity.*0 to 1.*nearest is 1"),
        (MoodControls(name="dread", second="joyful", blend=-1), r"mood-blend.*0 to 1.*nearest is 0"),
        (MoodControls(name="dread", curve=(MoodPoint(at=1.2, intensity=1),)), r"120% is outside, the nearest is 100%"),
        (MoodControls(name="dread", curve=(MoodPoint(at=0, intensity=-1),)), r"0 to 1"),
    ],
)
def test_impossible_moods_name_the_remedy(mood: MoodControls, words: str) -> None:
    with pytest.raises(ControlError, match=words):
        levers_of(mood, 0.5, MOODS)


# --- curve ------------------------------------------------------------------------------------------------------


def test_a_curve_is_straight_between_its_points_and_level_outside() -> None:
    curve = (MoodPoint(at=0.6, intensity=1.0), MoodPoint(at=0.2, intensity=0.0), MoodPoint(at=0.8, intensity=0.5))
    at = {0.0: 0.0, 0.2: 0.0, 0.4: 0.5, 0.5: 0.75, 0.6: 1.0, 0.7: 0.75, 0.8: 0.5, 1.0: 0.5}
    assert {x: pytest.approx(curve_value(curve, x)) for x in at} == at
    assert curve_value((), 0.3) == 1.0 and curve_value((MoodPoint(at=0.5, intensity=0.4),), 0.0) == 0.4
    jump = (MoodPoint(at=0.5, intensity=0.0), MoodPoint(at=0.5, intensity=1.0))
    assert (curve_value(jump, 0.49), curve_value(jump, 0.5)) == (0.0, 1.0)


# --- pad and own recipes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VOCABULARY)
def test_a_mood_is_found_at_its_own_place_on_the_pad(name: str) -> None:
    recipe = MOODS[name]
    assert nearest_moods(recipe.valence, recipe.arousal, MOODS) == ((recipe, 1.0),)


def test_between_two_moods_both_are_found() -> None:
    two = {n: MOODS[n] for n in ("joyful", "grief")}
    joyful, grief = two["joyful"], two["grief"]
    v = joyful.valence + 0.25 * (grief.valence - joyful.valence)
    a = joyful.arousal + 0.25 * (grief.arousal - joyful.arousal)
    assert nearest_moods(v, a, two) == ((joyful, 0.75), (grief, 0.25))


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_every_point_of_the_pad_has_moods(valence, arousal) -> None:
    found = nearest_moods(valence, arousal, MOODS)
    assert 1 <= len(found) <= 2 and sum(share for _, share in found) == pytest.approx(1)
    assert found[0][1] >= found[-1][1]


def test_off_the_pad_is_refused_with_the_range() -> None:
    with pytest.raises(ControlError, match=r"valence goes from -1 to 1: 1.2 .* nearest is 1"):
        nearest_moods(1.2, 0, MOODS)
    with pytest.raises(ControlError, match="arousal"):
        nearest_moods(0, math.nan, MOODS)


def test_a_production_saves_its_own_under_a_name() -> None:
    dread = MOODS["dread"]
    mine = own_recipe("  Dread ", "Ours.", dread.levers.model_copy(update={"saturation": 0.2}), like=dread)
    assert (mine.name, mine.own, mine.valence) == ("dread", True, dread.valence)
    recipes = with_own(MOODS, (mine, own_recipe("Ferry Blues", "", MoodLevers(saturation=0.5))))
    assert recipe_named("DREAD", recipes) == mine and "ferry blues" in recipes and MOODS["dread"] == dread


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        (MoodLevers(contrast_stops=9), r"key-fill.*1:1 to 64:1"),
        (MoodLevers(lens_factor=0), r"lens_factor goes from 0 to 5"),
        (MoodLevers(exposure_stops=-9), r"exposure_stops goes from -6 to 6"),
        (MoodLevers(t_stop=-1), r"t-stop"),
    ],
)
def test_levers_out_of_range_are_refused(levers: MoodLevers, words: str) -> None:
    with pytest.raises(ControlError, match=words):
        own_recipe("x", "", levers)
    with pytest.raises(ControlError, match="needs a name"):
        own_recipe(" ", "", MoodLevers())
