"""Recipes of the moods that are kind to people: closeness, memory, calm, joy, uplift."""

from __future__ import annotations

from maquette.film.camera import Composition
from maquette.film.lighting import LightPattern, Motivation
from maquette.film.mood import MoodLevers, MoodRecipe
from maquette.film.shot import Move

GENTLE: tuple[MoodRecipe, ...] = (
    MoodRecipe(
        name="tender", valence=0.65, arousal=-0.35,
        says="A wide soft key close to the eyes and little shadow, a longer lens and a touch of peach: nothing in "
             "the frame is hard on the face, and the camera comes nearer so slowly that it hardly shows.",
        levers=MoodLevers(
            pattern=LightPattern.LOOP, contrast_stops=1.2, key_height_deg=22, softness_m=2.0, exposure_stops=0.35,
            background_stops=-0.8, back_stops=-1.5, key_kelvin=3900, saturation=0.88, picture_contrast=0.88,
            temperature_mired=8, shadow_tint=(0.006, 0.005), highlight_tint=(0.007, 0.011), lift=0.02,
            lens_factor=1.25, tightness=1.12, t_stop=2.0, move=Move.PUSH_IN, move_speed=0.5, shot_length=1.3),
    ),
    MoodRecipe(
        name="intimate", valence=0.5, arousal=-0.1,
        says="One low bedside lamp and the room falling off behind it, the face large and only the eyes sharp: the "
             "audience is let in closer than manners allow.",
        levers=MoodLevers(
            contrast_stops=2.0, key_height_deg=10, softness_m=0.9, exposure_stops=-0.3, background_stops=-1.7,
            back_stops=-2.0, key_kelvin=2900, motivation=Motivation.LAMP, saturation=0.92, picture_contrast=1.0,
            temperature_mired=6, shadow_tint=(0.008, 0.004), highlight_tint=(0.004, 0.012), lens_factor=1.4,
            tightness=1.35, t_stop=1.4, move=Move.STATIC, shot_length=1.35),
    ),
    MoodRecipe(
        name="warm", valence=0.7, arousal=0.05,
        says="Late-day colour on everything, shadows kept open and brown instead of black: a room that somebody "
             "has heated before you came.",
        levers=MoodLevers(
            contrast_stops=1.2, key_height_deg=28, softness_m=1.2, exposure_stops=0.25, background_stops=0.0,
            back_stops=-1.0, key_kelvin=3500, saturation=1.1, picture_contrast=0.97, temperature_mired=26,
            shadow_tint=(0.010, 0.010), highlight_tint=(0.004, 0.018), t_stop=2.8, shot_length=1.05),
    ),
    MoodRecipe(
        name="nostalgic", valence=0.4, arousal=-0.35,
        says="A print that has lain in a drawer: blacks faded and a little green, lights gone amber, colour "
             "thinned, low sun from behind and the camera drifting past as memory does.",
        levers=MoodLevers(
            contrast_stops=1.4, key_height_deg=16, softness_m=1.5, exposure_stops=0.15, background_stops=0.4,
            back_stops=1.0, key_kelvin=3800, haze=0.12, saturation=0.76, picture_contrast=0.84, temperature_mired=30,
            shadow_tint=(-0.014, 0.006), highlight_tint=(0.002, 0.030), lift=0.065, lens_factor=1.15, t_stop=2.0,
            move=Move.TRUCK_RIGHT, move_speed=0.4, shot_length=1.3),
    ),
    MoodRecipe(
        name="wistful", valence=-0.05, arousal=-0.4,
        says="Large pale window light and thin blue shadows, the camera backing away a little at a time: what is "
             "looked at is outside, and leaving.",
        levers=MoodLevers(
            contrast_stops=1.8, key_height_deg=18, softness_m=2.2, exposure_stops=0.05, background_stops=0.2,
            back_stops=-2.0, motivation=Motivation.WINDOW, saturation=0.8, picture_contrast=0.9, temperature_mired=-6,
            shadow_tint=(-0.002, -0.016), highlight_tint=(0.001, 0.012), lift=0.03, lens_factor=1.2, tightness=0.88,
            t_stop=2.8, composition=Composition.THIRDS, move=Move.PULL_OUT, move_speed=0.35, shot_length=1.4),
    ),
    MoodRecipe(
        name="serene", valence=0.55, arousal=-0.7,
        says="Light from a whole sky, hardly a shadow, level and still for longer than a story needs: nothing is "
             "asked of anybody.",
        levers=MoodLevers(
            contrast_stops=0.9, key_height_deg=48, softness_m=3.0, exposure_stops=0.5, background_stops=0.3,
            back_stops=-3.0, haze=0.1, saturation=0.88, picture_contrast=0.82, temperature_mired=-10,
            shadow_tint=(-0.007, -0.010), highlight_tint=(-0.007, 0.003), lift=0.04, lens_factor=1.25, tightness=0.6,
            composition=Composition.CENTRED, move=Move.STATIC, shot_length=1.8),
    ),
    MoodRecipe(
        name="dreamlike", valence=0.3, arousal=-0.25,
        says="Haze, a rim of light on everything and blacks that never get down to black, pearl lights over violet "
             "shadows, focus as thin as paper, and a camera that floats around rather than stands.",
        levers=MoodLevers(
            contrast_stops=0.9, key_height_deg=40, softness_m=3.0, exposure_stops=0.5, background_stops=0.7,
            back_stops=1.6, haze=0.4, saturation=0.84, picture_contrast=0.76, shadow_tint=(0.012, -0.030),
            highlight_tint=(0.012, -0.004), lift=0.08, lens_factor=1.3, t_stop=1.4, move=Move.ARC_LEFT, move_speed=0.4,
            shake=0.12, shot_length=1.5),
    ),
    MoodRecipe(
        name="whimsical", valence=0.6, arousal=0.35,
        says="Sweet-shop colour, pink lights against mint shadows, everything dead centre and lit like a toy "
             "theatre, and a camera that slides along on rails in good spirits.",
        levers=MoodLevers(
            pattern=LightPattern.BUTTERFLY, contrast_stops=0.8, key_height_deg=35, softness_m=1.5, exposure_stops=0.35,
            background_stops=0.4, back_stops=-2.0, saturation=1.26, picture_contrast=0.93, temperature_mired=6,
            shadow_tint=(-0.018, 0.004), highlight_tint=(0.016, 0.008), lift=0.03, lens_factor=0.8, t_stop=8.0,
            composition=Composition.CENTRED, move=Move.TRUCK_RIGHT, move_speed=1.4, shot_length=0.85),
    ),
    MoodRecipe(
        name="joyful", valence=0.9, arousal=0.6,
        says="High-key sunshine with a bright place behind, clean strong colour, a wider lens from slightly below "
             "and cuts that do not wait: the picture is as awake as the people.",
        levers=MoodLevers(
            pattern=LightPattern.HIGH_KEY, contrast_stops=0.8, key_height_deg=35, softness_m=1.4, exposure_stops=0.55,
            background_stops=0.7, back_stops=0.6, saturation=1.24, picture_contrast=1.03, temperature_mired=14,
            shadow_tint=(-0.004, -0.004), highlight_tint=(0.002, 0.014), lens_factor=0.85, pitch_deg=4,
            move=Move.ARC_RIGHT, move_speed=1.3, shake=0.3, shot_length=0.75),
    ),
    MoodRecipe(
        name="hopeful", valence=0.65, arousal=0.15,
        says="Shadows still cool, but low light is coming in warm from behind and the place is brighter than the "
             "people: the camera looks up and begins to rise.",
        levers=MoodLevers(
            contrast_stops=1.7, key_height_deg=18, softness_m=1.2, exposure_stops=0.2, background_stops=0.8,
            back_stops=1.0, key_kelvin=4200, motivation=Motivation.WINDOW, saturation=1.04, picture_contrast=0.96,
            temperature_mired=8, shadow_tint=(-0.006, -0.018), highlight_tint=(0.004, 0.022), pitch_deg=5,
            move=Move.PEDESTAL_UP, move_speed=0.5, shot_length=1.1),
    ),
    MoodRecipe(
        name="triumphant", valence=0.8, arousal=0.75,
        says="From well below against a bright rim, gold in the lights and real black in the shadows, centred like "
             "a statue while the crane goes up.",
        levers=MoodLevers(
            contrast_stops=2.2, key_height_deg=35, softness_m=0.35, exposure_stops=0.15, background_stops=0.1,
            back_stops=1.8, saturation=1.18, picture_contrast=1.16, temperature_mired=20, shadow_tint=(-0.004, -0.010),
            highlight_tint=(0.006, 0.026), lens_factor=0.75, pitch_deg=14, composition=Composition.CENTRED,
            move=Move.CRANE_UP, move_speed=1.0, shot_length=1.1),
    ),
    MoodRecipe(
        name="romantic", valence=0.75, arousal=0.25,
        says="Candle-warm and high in front, the most flattering place for a key, rose in the lights and plum in "
             "the shadows, the room melted away, and the camera going around the two of them.",
        levers=MoodLevers(
            pattern=LightPattern.BUTTERFLY, contrast_stops=1.5, key_height_deg=32, softness_m=1.8, exposure_stops=0.0,
            background_stops=-1.2, back_stops=0.8, key_kelvin=3100, motivation=Motivation.CANDLE, flicker=0.12,
            haze=0.08, saturation=1.06, picture_contrast=0.93, temperature_mired=14, shadow_tint=(0.016, -0.008),
            highlight_tint=(0.014, 0.010), lift=0.015, lens_factor=1.45, tightness=1.1, t_stop=1.4,
            move=Move.ARC_RIGHT, move_speed=0.5, shot_length=1.25),
    ),
    MoodRecipe(
        name="sensual", valence=0.45, arousal=0.5,
        says="The near side of the face left in the dark, amber on skin and wine in the shadows, very long and "
             "very close, sliding by too slowly to be decent.",
        levers=MoodLevers(
            pattern=LightPattern.SHORT, contrast_stops=3.4, key_height_deg=18, softness_m=0.5, exposure_stops=-0.55,
            background_stops=-2.4, back_stops=0.3, key_kelvin=2700, saturation=1.14, picture_contrast=1.08,
            temperature_mired=12, shadow_tint=(0.024, 0.004), highlight_tint=(0.010, 0.016), lens_factor=1.6,
            tightness=1.4, t_stop=1.4, move=Move.TRUCK_LEFT, move_speed=0.35, shot_length=1.4),
    ),
    MoodRecipe(
        name="epic", valence=0.45, arousal=0.6,
        says="People small before a large place, wide and from below, hard low sun with teal shadows against "
             "orange lights and everything sharp to the horizon: the story is bigger than they are.",
        levers=MoodLevers(
            contrast_stops=2.3, key_height_deg=16, softness_m=0.5, exposure_stops=0.0, background_stops=0.3,
            back_stops=1.4, haze=0.1, saturation=1.12, picture_contrast=1.2, temperature_mired=8,
            shadow_tint=(-0.018, -0.020), highlight_tint=(0.010, 0.024), lens_factor=0.6, tightness=0.4, pitch_deg=8,
            t_stop=8.0, move=Move.CRANE_UP, move_speed=0.7, shot_length=1.35),
    ),
    MoodRecipe(
        name="sacred", valence=0.6, arousal=-0.2,
        says="A shaft from high above in smoke, gold where it falls and quiet dark around it, symmetrical, looking "
             "up, rising: the light is the one who speaks.",
        levers=MoodLevers(
            contrast_stops=3.0, key_height_deg=66, softness_m=0.5, exposure_stops=0.0, background_stops=-1.6,
            back_stops=1.8, key_kelvin=4200, motivation=Motivation.WINDOW, haze=0.4, saturation=0.82,
            picture_contrast=1.02, temperature_mired=8, shadow_tint=(-0.003, -0.008), highlight_tint=(0.002, 0.026),
            lens_factor=0.9, tightness=0.8, pitch_deg=11, composition=Composition.CENTRED, move=Move.PEDESTAL_UP,
            move_speed=0.35, shot_length=1.7),
    ),
)  # fmt: skip
