"""Faces: emotions, speech and blinking as ARKit facial actions, after FACS.

Recipes follow the action units that Ekman and Friesen's FACS and its EMFACS tables name for each emotion; the numbers
are set by eye on Anny's faces. Every face is a little lopsided, as faces are, by a seeded amount.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from maquette.film.cast import Emotion

# "Both" sides are written without Left/Right; AU numbers beside.
RECIPES: dict[Emotion, dict[str, float]] = {
    Emotion.NEUTRAL: {"mouthPress": 0.04, "eyeSquint": 0.05},
    Emotion.JOY: {  # AU 6 + 12 + 25
        "mouthSmile": 1.00, "cheekSquint": 0.90, "eyeSquint": 0.42, "jawOpen": 0.16, "mouthUpperUp": 0.45,
        "mouthLowerDown": 0.22, "browInnerUp": 0.10, "mouthDimple": 0.15,
    },
    Emotion.AMUSEMENT: {  # AU 6 + 12 + 14, one-sided
        "mouthSmileLeft": 0.92, "mouthSmileRight": 0.62, "cheekSquint": 0.62, "eyeSquint": 0.38,
        "mouthDimpleLeft": 0.35, "mouthPress": 0.18, "browOuterUpLeft": 0.22,
    },
    Emotion.TENDERNESS: {  # AU 12, soft 6, 1
        "mouthSmile": 0.55, "cheekSquint": 0.40, "eyeSquint": 0.28, "browInnerUp": 0.50, "eyeBlink": 0.10,
    },
    Emotion.SADNESS: {  # AU 1 + 4 + 15 + 17
        "browInnerUp": 0.95, "browDown": 0.18, "mouthFrown": 0.70, "mouthShrugLower": 0.45, "eyeBlink": 0.14,
        "mouthPress": 0.12, "eyeSquint": 0.10,
    },
    Emotion.GRIEF: {  # AU 1 + 4 + 6 + 15 + 20 + 25
        "browInnerUp": 1.00, "browDown": 0.55, "mouthFrown": 0.85, "mouthStretch": 0.50, "jawOpen": 0.20,
        "mouthLowerDown": 0.40, "cheekSquint": 0.55, "eyeSquint": 0.55, "noseSneer": 0.30, "eyeBlink": 0.14,
    },
    Emotion.FEAR: {  # AU 1 + 2 + 4 + 5 + 20 + 26
        "browInnerUp": 0.90, "browOuterUp": 0.45, "browDown": 0.30, "eyeWide": 0.85, "mouthStretch": 0.60,
        "jawOpen": 0.16, "mouthFrown": 0.20, "mouthLowerDown": 0.20,
    },
    Emotion.TERROR: {  # AU 1 + 2 + 4 + 5 + 20 + 27
        "browInnerUp": 1.00, "browOuterUp": 0.60, "browDown": 0.35, "eyeWide": 1.00, "mouthStretch": 0.85,
        "jawOpen": 0.62, "mouthLowerDown": 0.45, "mouthUpperUp": 0.30, "noseSneer": 0.15,
    },
    Emotion.ANGER: {  # AU 4 + 5 + 7 + 23
        "browDown": 1.00, "eyeSquint": 0.65, "eyeWide": 0.30, "noseSneer": 0.75, "mouthPress": 0.80, "mouthFrown": 0.60,
        "jawForward": 0.30, "mouthShrugLower": 0.35, "mouthRollUpper": 0.20, "mouthStretch": 0.20,
    },
    Emotion.CONTEMPT: {  # AU 14 on one side
        "mouthDimpleLeft": 0.75, "mouthSmileLeft": 0.40, "mouthPressLeft": 0.45, "mouthUpperUpLeft": 0.25,
        "browOuterUpRight": 0.40, "browDownLeft": 0.35, "eyeBlink": 0.26, "noseSneerLeft": 0.30, "mouthLeft": 0.15,
    },
    Emotion.DISGUST: {  # AU 9 + 10 + 15 + 17
        "noseSneer": 1.00, "mouthUpperUp": 0.75, "browDown": 0.60, "mouthFrown": 0.50, "eyeSquint": 0.50,
        "cheekSquint": 0.45, "mouthShrugLower": 0.40, "mouthLowerDown": 0.15,
    },
    Emotion.SURPRISE: {  # AU 1 + 2 + 5 + 26
        "browInnerUp": 0.85, "browOuterUp": 0.90, "eyeWide": 0.75, "jawOpen": 0.42, "mouthFunnel": 0.22,
    },
    Emotion.AWE: {  # AU 1 + 2 + 5 light + 26, lips soft
        "browInnerUp": 0.70, "browOuterUp": 0.40, "eyeWide": 0.45, "jawOpen": 0.24, "mouthSmile": 0.14,
        "mouthFunnel": 0.10,
    },
    Emotion.SHAME: {  # AU 1 + 14 + 24, lids down
        "browInnerUp": 0.60, "eyeBlink": 0.38, "mouthPress": 0.55, "mouthRollLower": 0.35, "mouthFrown": 0.40,
        "mouthDimple": 0.20, "cheekSquint": 0.15,
    },
    Emotion.PAIN: {  # AU 4 + 6/7 + 9/10 + 43 (Prkachin)
        "browDown": 0.90, "browInnerUp": 0.35, "cheekSquint": 0.80, "eyeSquint": 0.90, "eyeBlink": 0.45,
        "noseSneer": 0.65, "mouthUpperUp": 0.50, "mouthStretch": 0.65, "jawOpen": 0.14, "mouthLowerDown": 0.30,
    },
    Emotion.SUSPICION: {  # AU 4 + 7, one brow up, mouth aside
        "browDownLeft": 0.75, "browOuterUpRight": 0.55, "eyeSquintLeft": 0.85, "eyeSquintRight": 0.60,
        "cheekSquintLeft": 0.30, "eyeBlinkLeft": 0.16, "mouthPress": 0.40, "mouthLeft": 0.32, "mouthPucker": 0.12,
    },
    Emotion.DETERMINATION: {  # AU 4 + 7 + 24 + 29
        "browDown": 0.85, "eyeSquint": 0.55, "mouthPress": 0.90, "jawForward": 0.55, "mouthShrugLower": 0.35,
        "noseSneer": 0.10, "mouthDimple": 0.15,
    },
    Emotion.EXHAUSTION: {  # AU 43 half, jaw slack
        "eyeBlink": 0.42, "browInnerUp": 0.36, "mouthFrown": 0.32, "jawOpen": 0.10, "mouthLowerDown": 0.08,
        "cheekPuff": 0.03, "browOuterUp": 0.10,
    },
}  # fmt: skip

_SIDED = (
    "browDown", "browOuterUp", "cheekSquint", "eyeBlink", "eyeSquint", "eyeWide", "mouthDimple", "mouthFrown",
    "mouthLowerDown", "mouthPress", "mouthSmile", "mouthStretch", "mouthUpperUp", "noseSneer",
)  # fmt: skip

# Mouth shapes of connected speech; a mouth passes through about five a second.
_VISEMES: tuple[dict[str, float], ...] = (
    {"jawOpen": 0.34, "mouthLowerDown": 0.22, "mouthUpperUp": 0.12},  # a
    {"jawOpen": 0.14, "mouthStretch": 0.28, "mouthLowerDown": 0.25, "mouthUpperUp": 0.12, "mouthSmile": 0.12},  # i, e
    {"jawOpen": 0.22, "mouthFunnel": 0.45, "mouthPucker": 0.12},  # o
    {"jawOpen": 0.08, "mouthPucker": 0.50, "mouthFunnel": 0.22},  # u, w
    {"mouthPress": 0.35, "mouthRollLower": 0.18, "mouthRollUpper": 0.14},  # m, b, p
    {"jawOpen": 0.07, "mouthRollLower": 0.35, "mouthUpperUp": 0.22},  # f, v
    {"jawOpen": 0.14, "mouthLowerDown": 0.18, "mouthShrugUpper": 0.08},  # t, d, n, l
    {"jawOpen": 0.24, "mouthStretch": 0.16, "mouthLowerDown": 0.28, "mouthUpperUp": 0.10},  # eh
)
_SYLLABLE_S = 0.19


def expression(
    emotion: Emotion,
    intensity: float,
    seed: int,
    *,
    speaking: bool = False,
    eyes_closed: bool = False,
    t_s: float = 0.0,
    lids: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """ARKit weights 0..1 of a face at time `t_s`.

    intensity 0..1; seed decides asymmetry, speech and blink rhythm; lids are eyeLook weights from the gaze.
    """
    rng = np.random.default_rng([seed, 0xFACE])
    strength = float(np.clip(intensity, 0.0, 1.0)) ** 0.8
    base = 0.0 if emotion is Emotion.NEUTRAL else 1 - strength
    face = _add(_mix(_sided(RECIPES[Emotion.NEUTRAL]), base), _mix(_sided(RECIPES[emotion]), strength or 0.5))
    if rng.random() < 0.5:
        face = {_mirrored(k): v for k, v in face.items()}
    face = {k: v * (1 + rng.uniform(-0.11, 0.11)) for k, v in sorted(face.items())}
    if speaking:
        face = _speak(face, t_s, rng)
    face = _add(face, dict(lids or {}))
    face = _lids(face, eyes_closed, _blink(t_s, rng))
    return {k: float(np.clip(v, 0.0, 1.0)) for k, v in face.items() if v > 0.004}


def played(
    face: Mapping[str, float],
    *,
    mouth: Mapping[str, float],
    speech: float,
    lids: Mapping[str, float],
    blink: float,
    eyes_closed: float,
) -> dict[str, float]:
    """ARKit weights 0..1 of a face that is in motion.

    face: weights of the feeling (`expression` without speech, lids and time). mouth: weights of the sound that is made;
    speech: 0..1, how far the mouth belongs to the words. lids: eyeLook weights. blink, eyes_closed: 0..1 lid closure.
    """
    kept = {k: v * (1 - speech * (1 - _left_to_feeling(k))) for k, v in face.items()}
    out = _lids(_add(_add(kept, dict(mouth)), dict(lids)), False, max(blink, eyes_closed))
    return {k: float(np.clip(v, 0.0, 1.0)) for k, v in out.items() if v > 0.004}


def _left_to_feeling(label: str) -> float:
    if label.startswith(("mouthPress", "mouthRoll", "mouthShrug", "mouthClose", "jawOpen", "mouthFunnel", "mouthPucker",
                         "mouthUpperUp", "mouthLowerDown")):  # fmt: skip
        return 0.0
    return 0.55 if label.startswith("mouth") else 1.0


def _sided(recipe: Mapping[str, float]) -> dict[str, float]:
    face: dict[str, float] = {}
    for label, weight in recipe.items():
        for name in (f"{label}Left", f"{label}Right") if label in _SIDED else (label,):
            face[name] = face.get(name, 0.0) + weight
    return face


def _mirrored(label: str) -> str:
    if label.endswith("Left"):
        return label.removesuffix("Left") + "Right"
    return label.removesuffix("Right") + "Left" if label.endswith("Right") else label


def _mix(face: Mapping[str, float], weight: float) -> dict[str, float]:
    return {k: v * weight for k, v in face.items()}


def _add(a: Mapping[str, float], b: Mapping[str, float]) -> dict[str, float]:
    return {k: a.get(k, 0.0) + b.get(k, 0.0) for k in {**a, **b}}


def _speak(face: dict[str, float], t_s: float, rng: np.random.Generator) -> dict[str, float]:
    """Blend the mouth over to speech; brows and eyes keep the emotion. At t = 0 the mouth is on an open sound."""
    order = [0, 7, 2, 1]
    start = order[int(rng.integers(len(order)))]
    rhythm = rng.integers(len(_VISEMES), size=64)
    beat = max(0.0, t_s) / _SYLLABLE_S
    i = int(beat)
    here = start if i == 0 else int(rhythm[i % 64])
    after = int(rhythm[(i + 1) % 64])
    ease = 0.5 - 0.5 * np.cos(np.pi * (beat - i))
    mouth = _add(_mix(_sided(_VISEMES[here]), 1 - ease), _mix(_sided(_VISEMES[after]), ease))
    quiet = ("mouthPress", "mouthRoll", "mouthShrug", "mouthClose", "jawOpen", "mouthFunnel", "mouthPucker")
    kept = {k: v * (0.25 if k.startswith(quiet) else 0.6 if k.startswith("mouth") else 1.0) for k, v in face.items()}
    return _add(kept, mouth)


def _blink(t_s: float, rng: np.random.Generator) -> float:
    """0..1 lid closure: a blink of 0.2 s every 3-5 s, never within the first second."""
    period = float(rng.uniform(3.0, 5.0))
    since = (t_s - float(rng.uniform(1.3, 2.8))) % period
    return float(np.sin(np.pi * since / 0.2)) if t_s > 1.0 and since < 0.2 else 0.0


def _lids(face: dict[str, float], eyes_closed: bool, blink: float) -> dict[str, float]:
    """Closing lids overrules what else lids do, or they would pass through each other."""
    out = dict(face)
    for side in ("Left", "Right"):
        closed = 1.0 if eyes_closed else max(out.get(f"eyeBlink{side}", 0.0), blink)
        down = out.get(f"eyeLookDown{side}", 0.0)
        out[f"eyeBlink{side}"] = min(closed, 1.0 - 0.55 * down) if not eyes_closed else 1.0
        for label in ("eyeWide", "eyeSquint", "eyeLookDown", "eyeLookUp"):
            if f"{label}{side}" in out:
                out[f"{label}{side}"] *= 1.0 - closed**2
    return out
