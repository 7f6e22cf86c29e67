"""Recipes of the moods that put pressure on people: mystery, threat, fear, violence, haste."""

from __future__ import annotations

from maquette.film.camera import Composition
from maquette.film.lighting import LightPattern, Weather
from maquette.film.mood import MoodLevers, MoodRecipe
from maquette.film.shot import Move

DARK: tuple[MoodRecipe, ...] = (
    MoodRecipe(
        name="mysterious", valence=-0.15, arousal=0.15,
        says="Lit from the far side through smoke, so that outlines tell more than faces, teal where it is dark, "
             "and a camera that passes by without explaining.",
        levers=MoodLevers(
            pattern=LightPattern.FAR_SIDE, contrast_stops=3.4, key_height_deg=40, softness_m=0.6, exposure_stops=-0.8,
            background_stops=-1.4, back_stops=1.2, key_kelvin=5600, haze=0.35, weather=Weather.MIST, saturation=0.72,
            picture_contrast=1.04, temperature_mired=-14, shadow_tint=(-0.016, -0.014), highlight_tint=(-0.004, 0.004),
            lens_factor=1.1, t_stop=2.8, composition=Composition.THIRDS, move=Move.TRUCK_RIGHT, move_speed=0.4,
            shot_length=1.3),
    ),
    MoodRecipe(
        name="uneasy", valence=-0.4, arousal=0.2,
        says="Almost normal: the horizon off by a few degrees, the face too near the edge it looks at, a trace of "
             "green in the skin, and a push-in too slow to be sure of.",
        levers=MoodLevers(
            contrast_stops=2.0, key_height_deg=12, softness_m=0.6, exposure_stops=-0.3, background_stops=-0.4,
            back_stops=-3.0, green=5, saturation=0.86, picture_contrast=1.0, temperature_mired=-2,
            shadow_tint=(-0.014, 0.010), highlight_tint=(-0.007, 0.012), lens_factor=0.85, roll_deg=4,
            composition=Composition.SHORT_SIDED, move=Move.PUSH_IN, move_speed=0.25, shot_length=1.25),
    ),
    MoodRecipe(
        name="tense", valence=-0.45, arousal=0.6,
        says="Half of each face hard-lit and half gone, a long lens that presses things together, tight, "
             "steel-coloured, and a push-in that means it.",
        levers=MoodLevers(
            pattern=LightPattern.SPLIT, contrast_stops=2.8, key_height_deg=28, softness_m=0.22, exposure_stops=-0.35,
            background_stops=-1.2, back_stops=-1.0, saturation=0.84, picture_contrast=1.16, temperature_mired=-12,
            shadow_tint=(-0.006, -0.016), highlight_tint=(-0.002, 0.004), lens_factor=1.35, tightness=1.28, t_stop=2.8,
            move=Move.PUSH_IN, move_speed=0.9, shake=0.25, shot_length=0.75),
    ),
    MoodRecipe(
        name="paranoid", valence=-0.6, arousal=0.55,
        says="Watched from far off and above with a very long lens that hunts and zooms, under ugly green tubes, "
             "the face pushed against the frame's edge with its back uncovered.",
        levers=MoodLevers(
            contrast_stops=2.4, key_height_deg=58, softness_m=0.35, exposure_stops=-0.25, background_stops=-0.2,
            back_stops=-2.0, green=10, saturation=0.68, picture_contrast=1.1, temperature_mired=-6,
            shadow_tint=(-0.012, 0.004), highlight_tint=(-0.012, 0.014), lens_factor=1.9, pitch_deg=-9, roll_deg=-3,
            t_stop=2.0, composition=Composition.SHORT_SIDED, move=Move.ZOOM_IN, move_speed=0.5, shake=0.45,
            shot_length=0.85),
    ),
    MoodRecipe(
        name="claustrophobic", valence=-0.65, arousal=0.4,
        says="A wide lens much too close, so that the room leans in with the face; stale brown light from "
             "overhead, no way to see past anybody, and the camera breathing with them.",
        levers=MoodLevers(
            contrast_stops=2.8, key_height_deg=64, softness_m=0.45, exposure_stops=-0.5, background_stops=-0.8,
            back_stops=-5.0, saturation=0.88, picture_contrast=1.08, temperature_mired=14, shadow_tint=(0.006, 0.012),
            highlight_tint=(0.000, 0.014), lens_factor=0.55, tightness=1.55, pitch_deg=6, t_stop=5.6,
            composition=Composition.CENTRED, move=Move.HANDHELD, shake=0.4, shot_length=0.95),
    ),
    MoodRecipe(
        name="ominous", valence=-0.6, arousal=0.25,
        says="Heavy sky and a place that is larger than it should be, seen from low down; colour drained towards "
             "slate, and the camera closing in without hurry because nobody can leave.",
        levers=MoodLevers(
            contrast_stops=2.8, key_height_deg=45, softness_m=0.8, exposure_stops=-0.7, background_stops=-0.2,
            back_stops=-2.0, weather=Weather.OVERCAST, saturation=0.66, picture_contrast=1.14, temperature_mired=-10,
            shadow_tint=(-0.010, -0.008), highlight_tint=(-0.004, 0.002), lens_factor=0.75, tightness=0.72,
            pitch_deg=8, t_stop=5.6, move=Move.PUSH_IN, move_speed=0.3, shot_length=1.35),
    ),
    MoodRecipe(
        name="dread", valence=-0.8, arousal=0.3,
        says="Low key with the eyes left in their sockets: one hard source from above, nothing behind the figure "
             "but dark that is given more of the frame than it needs, colour nearly gone and cold, and a creeping "
             "push-in.",
        levers=MoodLevers(
            pattern=LightPattern.LOW_KEY, contrast_stops=4.0, key_height_deg=46, softness_m=0.4, exposure_stops=-0.5,
            background_stops=-2.6, back_stops=-3.5, green=3, saturation=0.52, picture_contrast=1.16,
            temperature_mired=-20, shadow_tint=(-0.014, -0.012), highlight_tint=(-0.004, 0.000), lens_factor=0.85,
            tightness=0.85, pitch_deg=-4, composition=Composition.NEGATIVE_SPACE, move=Move.PUSH_IN, move_speed=0.25,
            shot_length=1.5),
    ),
    MoodRecipe(
        name="terror", valence=-0.9, arousal=0.95,
        says="Lit from below by something hard that flickers, green-white on black, a wide lens in the face, the "
             "horizon gone and the camera shaking: there is no good place left to look.",
        levers=MoodLevers(
            contrast_stops=4.6, key_height_deg=-38, softness_m=0.12, exposure_stops=-0.6, background_stops=-3.4,
            back_stops=0.5, key_kelvin=5600, green=7, flicker=0.55, saturation=0.6, picture_contrast=1.36,
            temperature_mired=-14, shadow_tint=(-0.016, -0.006), highlight_tint=(-0.014, 0.006), lens_factor=0.55,
            tightness=1.5, pitch_deg=-8, roll_deg=9, move=Move.HANDHELD, shake=1.7, shot_length=0.45),
    ),
    MoodRecipe(
        name="violent", valence=-0.75, arousal=0.9,
        says="Hard, red and near: burnt lights over crushed blacks, a tilted wide lens at arm's length, a camera "
             "that is hit when they are, and cuts before anything can be looked at.",
        levers=MoodLevers(
            contrast_stops=3.4, key_height_deg=15, softness_m=0.1, exposure_stops=-0.1, background_stops=-1.2,
            back_stops=1.2, saturation=1.16, picture_contrast=1.42, temperature_mired=8, shadow_tint=(0.024, 0.004),
            highlight_tint=(0.014, 0.010), lens_factor=0.68, tightness=1.3, pitch_deg=6, roll_deg=-7,
            move=Move.HANDHELD, shake=2.0, shot_length=0.4),
    ),
    MoodRecipe(
        name="chaotic", valence=-0.3, arousal=0.9,
        says="Nothing agrees: bright and flickering, colours pulled apart, horizon thrown over, whip pans that "
             "miss, and shots too short to be placed.",
        levers=MoodLevers(
            contrast_stops=1.9, key_height_deg=40, softness_m=0.3, exposure_stops=0.2, background_stops=0.5,
            back_stops=1.5, flicker=0.6, saturation=1.24, picture_contrast=1.22, temperature_mired=-4,
            shadow_tint=(-0.016, -0.020), highlight_tint=(0.012, 0.020), lens_factor=0.62, roll_deg=-12,
            move=Move.WHIP_PAN, move_speed=2.5, shake=2.4, shot_length=0.35),
    ),
    MoodRecipe(
        name="urgent", valence=-0.1, arousal=0.8,
        says="Plain daylight, no time for lighting: a longer lens on the shoulder that runs to keep up, pushing in "
             "fast and cut short.",
        levers=MoodLevers(
            contrast_stops=1.8, key_height_deg=35, softness_m=0.5, exposure_stops=0.0, background_stops=0.0,
            back_stops=-1.0, saturation=0.94, picture_contrast=1.14, temperature_mired=-8, shadow_tint=(-0.005, -0.010),
            highlight_tint=(0.001, 0.008), lens_factor=1.25, tightness=1.12, move=Move.PUSH_IN, move_speed=2.2,
            shake=0.9, shot_length=0.5),
    ),
    MoodRecipe(
        name="gritty", valence=-0.4, arousal=0.4,
        says="Street light as it comes: hard from above, sodium and olive, skin with its pores, blacks that "
             "swallow the corners, and an operator who leans on a wall.",
        levers=MoodLevers(
            contrast_stops=2.8, key_height_deg=48, softness_m=0.18, exposure_stops=-0.4, background_stops=-0.9,
            back_stops=-1.5, key_kelvin=3600, green=6, saturation=0.7, picture_contrast=1.28, temperature_mired=6,
            shadow_tint=(-0.008, 0.012), highlight_tint=(0.002, 0.018), lens_factor=0.9, tightness=1.05,
            move=Move.HANDHELD, shake=0.8, shot_length=0.8),
    ),
)  # fmt: skip
