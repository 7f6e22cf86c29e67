"""Recipes of the moods that keep a distance: sorrow, emptiness, observation, strangeness."""

from __future__ import annotations

from maquette.film.camera import Composition
from maquette.film.lighting import LightPattern, Motivation, Weather
from maquette.film.mood import MoodLevers, MoodRecipe
from maquette.film.shot import Move

COOL: tuple[MoodRecipe, ...] = (
    MoodRecipe(
        name="melancholy", valence=-0.55, arousal=-0.45,
        says="A window on a day without sun, blue into the shadows, the room let go dim and a long still look from "
             "slightly above: sadness that has stopped asking why.",
        levers=MoodLevers(
            contrast_stops=2.4, key_height_deg=22, softness_m=1.8, exposure_stops=-0.6, background_stops=-1.2,
            back_stops=-3.0, key_kelvin=6800, motivation=Motivation.WINDOW, saturation=0.7, picture_contrast=0.95,
            temperature_mired=-22, shadow_tint=(-0.004, -0.026), highlight_tint=(-0.003, -0.006), lift=0.02,
            lens_factor=1.1, pitch_deg=-5, t_stop=2.8, composition=Composition.THIRDS, move=Move.STATIC,
            shot_length=1.5),
    ),
    MoodRecipe(
        name="lonely", valence=-0.6, arousal=-0.35,
        says="The figure small at one edge and the rest of the frame empty, a wide lens that keeps the empty place "
             "sharp, cold light that belongs to the place and not to the face, and the camera leaving.",
        levers=MoodLevers(
            contrast_stops=1.9, key_height_deg=42, softness_m=0.7, exposure_stops=-0.35, background_stops=-0.1,
            back_stops=-1.5, saturation=0.64, picture_contrast=1.02, temperature_mired=-18,
            shadow_tint=(-0.009, -0.018), highlight_tint=(-0.003, 0.000), lens_factor=0.8, tightness=0.6,
            pitch_deg=-6, t_stop=8.0, composition=Composition.NEGATIVE_SPACE, move=Move.PULL_OUT, move_speed=0.4,
            shot_length=1.6),
    ),
    MoodRecipe(
        name="grief", valence=-0.9, arousal=-0.15,
        says="Colour almost gone and half the face with it, close and turned towards the edge, held long after one "
             "would look away.",
        levers=MoodLevers(
            pattern=LightPattern.SPLIT, contrast_stops=3.0, key_height_deg=14, softness_m=2.2, exposure_stops=-0.8,
            background_stops=-1.6, back_stops=-6.0, key_kelvin=6200, saturation=0.38, picture_contrast=0.9,
            temperature_mired=-10, shadow_tint=(0.000, -0.014), highlight_tint=(0.000, -0.004), lift=0.035,
            lens_factor=1.35, tightness=1.25, pitch_deg=-8, t_stop=2.0, composition=Composition.SHORT_SIDED,
            move=Move.STATIC, shot_length=1.9),
    ),
    MoodRecipe(
        name="bleak", valence=-0.75, arousal=-0.4,
        says="Overcast and flat, grey on grey, the sky as bright as the people and no warmth anywhere, everything "
             "sharp and none of it of any use.",
        levers=MoodLevers(
            pattern=LightPattern.FLAT, contrast_stops=0.8, key_height_deg=62, softness_m=3.5, exposure_stops=-0.25,
            background_stops=0.5, back_stops=-5.0, weather=Weather.OVERCAST, saturation=0.34, picture_contrast=0.88,
            temperature_mired=-14, shadow_tint=(-0.003, -0.006), highlight_tint=(-0.003, -0.003), lift=0.025,
            lens_factor=0.85, tightness=0.55, t_stop=8.0, composition=Composition.THIRDS, move=Move.STATIC,
            shot_length=1.5),
    ),
    MoodRecipe(
        name="clinical", valence=-0.25, arousal=-0.2,
        says="Tubes overhead and white walls: shadowless, a little green under cyan, bright enough to see every "
             "pore, symmetrical, locked off and sharp from front to back.",
        levers=MoodLevers(
            pattern=LightPattern.FLAT, contrast_stops=0.5, key_height_deg=66, softness_m=2.6, exposure_stops=0.5,
            background_stops=0.9, back_stops=-6.0, key_kelvin=6000, green=4, saturation=0.58, picture_contrast=1.06,
            temperature_mired=-18, shadow_tint=(-0.010, -0.006), highlight_tint=(-0.010, -0.006), lens_factor=0.92,
            t_stop=11.0, composition=Composition.CENTRED, move=Move.STATIC, shot_length=1.15),
    ),
    MoodRecipe(
        name="detached", valence=-0.2, arousal=-0.5,
        says="From across the street with a long lens, a bit above, small and unlit by us: people as one watches "
             "traffic.",
        levers=MoodLevers(
            contrast_stops=1.4, key_height_deg=38, softness_m=1.2, exposure_stops=0.0, background_stops=0.0,
            back_stops=-4.0, saturation=0.74, picture_contrast=0.94, temperature_mired=-8, shadow_tint=(-0.004, -0.007),
            highlight_tint=(-0.001, 0.002), lift=0.015, lens_factor=1.8, tightness=0.58, pitch_deg=-8, t_stop=5.6,
            composition=Composition.THIRDS, move=Move.STATIC, shot_length=1.4),
    ),
    MoodRecipe(
        name="austere", valence=-0.15, arousal=-0.35,
        says="One north window, one wall, nearly no colour, and nothing done twice: a straight view from the "
             "middle that does not move and does not comment.",
        levers=MoodLevers(
            pattern=LightPattern.REMBRANDT, contrast_stops=2.6, key_height_deg=45, softness_m=1.2, exposure_stops=-0.2,
            background_stops=-0.9, back_stops=-8.0, saturation=0.46, picture_contrast=1.12, temperature_mired=-3,
            shadow_tint=(0.000, -0.003), highlight_tint=(0.000, 0.006), tightness=0.78, t_stop=5.6,
            composition=Composition.CENTRED, move=Move.STATIC, shot_length=1.55),
    ),
    MoodRecipe(
        name="surreal", valence=0.0, arousal=0.45,
        says="Light from where no light is, violet shadows under acid lights, an extreme lens from below in "
             "perfect symmetry, and a dolly zoom that changes the room while nothing in it moves.",
        levers=MoodLevers(
            contrast_stops=2.2, key_height_deg=-12, softness_m=0.3, exposure_stops=0.1, background_stops=0.6,
            back_stops=1.0, green=-8, saturation=1.3, picture_contrast=1.12, shadow_tint=(0.036, -0.040),
            highlight_tint=(-0.030, 0.022), lens_factor=0.5, pitch_deg=10, t_stop=8.0, composition=Composition.CENTRED,
            move=Move.DOLLY_ZOOM, move_speed=0.6, shot_length=1.2),
    ),
    MoodRecipe(
        name="absurd", valence=0.2, arousal=0.4,
        says="The widest lens in the kit an arm's length from a face, frontal, cheerful and evenly lit, from just "
             "above, with a zoom that arrives too fast: a serious matter seen through a doorbell.",
        levers=MoodLevers(
            contrast_stops=0.7, key_height_deg=45, softness_m=0.6, exposure_stops=0.25, background_stops=0.5,
            back_stops=-3.0, saturation=1.15, picture_contrast=1.05, temperature_mired=4, shadow_tint=(-0.004, 0.008),
            highlight_tint=(-0.004, 0.020), lens_factor=0.48, tightness=1.3, pitch_deg=-10, t_stop=8.0,
            composition=Composition.CENTRED, move=Move.ZOOM_IN, move_speed=3.0, shot_length=1.05),
    ),
    MoodRecipe(
        name="deadpan", valence=0.1, arousal=-0.45,
        says="Head on, in the middle, at a polite distance and flatly lit, the camera nailed down and the cut "
             "coming a beat too late: the picture keeps a straight face.",
        levers=MoodLevers(
            pattern=LightPattern.FLAT, contrast_stops=0.6, key_height_deg=40, softness_m=1.0, exposure_stops=0.15,
            background_stops=0.2, back_stops=-4.0, saturation=0.98, picture_contrast=1.06, temperature_mired=6,
            shadow_tint=(-0.003, 0.005), highlight_tint=(0.000, 0.012), lens_factor=0.85, tightness=0.8, t_stop=11.0,
            composition=Composition.CENTRED, move=Move.STATIC, shot_length=1.65),
    ),
)  # fmt: skip
