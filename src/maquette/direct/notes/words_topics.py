"""What a quality or an amount can be said of: the key, the rim, the lens, the haze ... and which control it then
changes.

A control grows with the quality; a leading minus says that it shrinks ("more fill" is a lower key:fill ratio). Effects
are written "control=value", "control+" (steps), "control*factor", "control+number"; a comma separates two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Topic:
    """A thing that a note can speak of."""

    name: str
    words: str
    main: str = ""
    """Control that "more of it" changes."""
    off: str = ""
    """Effects of taking it away."""
    on: str = ""
    """Effects of merely asking for it; "" where a bare mention asks for nothing."""
    of: Mapping[str, str] = field(default_factory=dict[str, str])
    """Quality -> control. Strength, size, level and height fall back to `main`."""
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    """Unit of a number -> control, where it is not `main`."""
    side: str = ""
    """Control that "left" and "right" set."""
    lit: bool = False
    """Whether it is light: "from below" then moves the light, not the camera."""
    why_off: str = ""


TOPICS: tuple[Topic, ...] = (
    # --- light
    Topic("key", "key|key light|keylight|main light|main source|key source|source|hero light",
          main="exposure", off="lighting=silhouette", side="key-side", lit=True,
          of={"warmth": "-key-kelvin", "softness": "key-size", "size": "key-size", "height": "key-height",
              "contrast": "key-fill", "green": "green", "frontal": "-key-azimuth", "flicker": "flicker",
              "sharpness": "-key-size"},
          units={"K": "key-kelvin", "deg": "key-height", "m": "key-size", ":1": "key-fill"}),
    Topic("light", "light|lighting|lights|illumination|lit|lighted|~light|lamplight level|daylight|ambience",
          main="exposure", off="exposure-1.5", side="key-side", lit=True,
          of={"warmth": "-key-kelvin", "softness": "key-size", "height": "key-height", "contrast": "key-fill",
              "green": "green", "frontal": "-key-azimuth", "flicker": "flicker", "size": "key-size",
              "sharpness": "-key-size"},
          units={"K": "key-kelvin", "deg": "key-height", ":1": "key-fill"}),
    Topic("fill", "fill|fill light|fill side|bounce|ambient|ambient light|fill level|reflector|bounce board",
          main="-key-fill", off="key-fill*5", on="key-fill-", lit=True, why_off="no fill: the shadow side goes dark",
          of={"warmth": "-fill-kelvin"}, units={"K": "fill-kelvin", ":1": "key-fill"}),
    Topic("shadows", "shadow|shadows|shadow side|dark side|shadow area|shadow areas|unlit side|far side of her face|"
          "far side of his face|dark half|negative fill|neg fill|neg",
          main="key-fill", off="key-fill=1.5", on="key-fill+", lit=True,
          of={"level": "-key-fill", "depth": "key-fill", "softness": "key-size", "contrast": "key-fill",
              "height": "key-fill", "lift": "-key-fill", "sharpness": "-key-size", "length": "-key-height"}),
    Topic("ratio", "ratio|lighting ratio|key fill ratio|key to fill|key fill|light ratio|fill ratio|contrast ratio",
          main="key-fill", units={":1": "key-fill", "": "key-fill", "stops": "key-fill"}, lit=True),
    Topic("back", "back light|backlight|backlighting|back lighting|rim|rim light|rimlight|hair light|edge light|edge|"
          "kicker|hairlight|rim lighting|halo|edge lighting|separation light|liner|backlit|~backlight",
          main="back", off="back=-10", on="back+", lit=True, of={"warmth": "-back-kelvin"},
          units={"K": "back-kelvin", "stops": "back"}, why_off="no rim light"),
    Topic("background", "background|backdrop|bg|back wall|room behind|background light|set light|set|room|wall behind|"
          "wall|walls|what's behind|behind them|behind her|behind him|back of the room|rest of the room|surroundings|"
          "rest of the frame|backgrounds",
          main="background", off="background-3", lit=True,
          of={"softness": "-t-stop", "sharpness": "t-stop", "depth": "t-stop"}, units={"stops": "background"},
          why_off="the place behind falls into the dark"),
    Topic("practicals", "practical|practicals|lamps|lamp in the room|room lights|house lights|ceiling lights|"
          "practical lights|practical lamps|lamps in the room|lamps in shot|streetlamps|street lamps|streetlights|"
          "street lights|"
          "table lamps|table lamp|desk lamp|bulbs|"
          "sconces|lanterns|chandelier|string lights|fairy lights|lamp",
          main="practical-level", off="practicals=off", on="practicals=on", lit=True),
    Topic("eye light", "eye light|eyelight|catchlight|catch light|catchlights|catch lights|glint|sparkle in the eyes|"
          "sparkle in the eye|twinkle in the eye|glint in the eye|glint in the eyes|obie|spark in the eyes|"
          "life in the eyes|light in the eyes|reflection in the eyes|eye lights|twinkle in the eyes|gleam in the eyes|"
          "eyes alive|eyes to sparkle|eyes sparkle|eyes shine",
          off="eye-light=off", on="eye-light=on", lit=True),
    Topic("sun", "sun|sunlight|sunshine|sunlight in the sky", main="exposure", of={"height": "sun-height",
          "length": "sun-height"}, units={"deg": "sun-height"}, off="weather=overcast", on="weather=clear", lit=True),
    Topic("moon", "moon in the sky|moon position", of={"height": "sun-height"}, units={"deg": "sun-height"}, lit=True),
    Topic("haze", "haze|smoke|atmos|hazer|smoke machine|fog machine|haze machine|particulate|dust in the air|smog|"
          "atmosphere in the air|volumetrics|light shafts|shafts of light|light beams|god rays|visible beams",
          main="haze", off="haze=0", on="haze+", units={"": "haze", "%": "haze"}),
    Topic("flicker", "flicker|flickering light|flickering|flame flicker|waver|wavering", main="flicker",
          off="flicker=0", on="flicker+", lit=True, of={"speed": "flicker"}),
    Topic("green", "green|green tint|green cast|plus green|green spill", main="green", off="green=0", on="green+"),
    Topic("magenta", "magenta|minus green|magenta cast|pink cast|magenta tint", main="-green", off="green=0",
          on="green-"),
    Topic("exposure", "exposure|brightness|light level|overall level|luminance|light levels", main="exposure",
          units={"stops": "exposure", "": "exposure"}),
    Topic("white balance", "white balance|wb|colour balance|color balance|balanced for|camera balance|balance it for|"
          "whitebalance|balance for|balance to", main="white-balance",
          of={"warmth": "white-balance"}, units={"K": "white-balance", "": "white-balance"}),
    # --- colour
    Topic("saturation", "saturation|colour|color|colours|colors|chroma|vibrance|colour saturation|color saturation",
          main="saturation", off="saturation=0", units={"": "saturation", "%": "saturation"},
          of={"warmth": "warmth", "contrast": "contrast", "softness": "-saturation"}),
    Topic("contrast", "contrast|punch|bite|pop|snap|picture contrast|image contrast", main="contrast",
          off="contrast-", units={"": "contrast", "%": "contrast"}, of={"softness": "-contrast"}),
    Topic("warmth", "warmth|colour temperature|color temperature|temperature|tone|colour temp|color temp|temp|palette|"
          "grade|skin|skin tones|skin tone|tones",
          main="warmth", units={"K": "key-kelvin", "mired": "warmth"}, of={"colour": "saturation",
          "contrast": "contrast", "level": "exposure", "green": "green", "height": "warmth"}),
    Topic("blacks", "blacks|black level|black point", main="-lift", of={"level": "lift", "height": "lift",
          "depth": "-lift", "strength": "-lift", "lift": "lift", "haze": "lift", "softness": "lift"}, off="lift+",
          units={"": "lift"}),
    Topic("highlights", "highlights|highlight|hot spots|hotspots|whites", main="exposure",
          of={"level": "exposure", "warmth": "warmth"}, off="exposure-"),
    # --- lens and focus
    Topic("lens", "lens|focal length|glass|lenses|optic|optics|prime", main="lens",
          of={"length": "lens", "width": "-lens", "depth": "t-stop"}, units={"mm": "lens", "": "lens"}),
    Topic("aperture", "aperture|iris|t stop|f stop|tstop|fstop|lens stop|shooting stop", main="-t-stop",
          of={"width": "-t-stop", "size": "-t-stop", "depth": "t-stop", "height": "t-stop"},
          units={"": "t-stop", "T": "t-stop", "stops": "t-stop"}),
    Topic("depth of field", "depth of field|dof|focus depth|field of focus|focal plane|focus depth of field",
          main="t-stop", off="t-stop-",
          of={"depth": "t-stop", "width": "-t-stop", "sharpness": "t-stop", "length": "t-stop"}),
    Topic("blur", "blur|bokeh|background blur|defocus|softness in the background", main="-t-stop", off="deep-focus=on",
          on="t-stop-", of={"softness": "-t-stop"}),
    Topic("focus", "focus|focus point|~focus", main="", of={"depth": "t-stop", "softness": "-t-stop",
          "sharpness": "t-stop", "length": "focus-distance"}, units={"m": "focus-distance", "": "focus-distance"}),
    # --- camera
    Topic("camera", "camera|cam|tripod head|lens height|camera height|camera position", main="height",
          of={"height": "height", "width": "-size", "speed": "move-speed", "shake": "shake", "roll": "roll",
              "frontal": "-azimuth", "strength": "move-extent"}, units={"m": "height", "deg": "pitch"}),
    Topic("angle", "angle|camera angle|shooting angle|pitch|point of view height", main="",
          of={"height": "-pitch", "width": "-lens", "strength": "pitch*1.4", "frontal": "-azimuth"},
          units={"deg": "pitch", "": "pitch"}),
    Topic("roll", "roll|dutch|dutch angle|dutch tilt|horizon|canted angle|dutching|cant|canting|camera tilt|tilted "
                  "frame",
          main="roll", off="roll=0", on="roll=10", of={"roll": "roll", "frontal": "roll", "height": "roll"},
          units={"deg": "roll", "": "roll"}),
    Topic("frame", "frame|shot size|framing|composition|image|picture|field size|crop|view", main="",
          of={"width": "-size", "size": "size", "level": "exposure", "warmth": "warmth", "colour": "saturation",
              "contrast": "contrast", "roll": "roll", "length": "duration", "height": "-headroom", "shake": "shake"}),
    Topic("figure", "figure|subject|person|people|face|faces|eyes|body|silhouette of her|profile of face", main="",
          of={"size": "size", "level": "exposure", "width": "-size", "height": "-headroom"}),
    Topic("headroom", "headroom|head room|room above the head|room above her head|room above his head|space above the "
                      "head|space above her head|space above his head|air above|air above the head|room over the head|"
                      "space over the head|air above her|air above him|air above them|space above her|"
                      "space above him|space above them|"
          "room above her|room above him|sky above|sky above the head|sky above her head|sky above his head|"
          "sky over the head|"
          "sky over her head|sky over his head|ceiling above the head|ceiling above her head|ceiling above his head|"
          "room above their heads|room over her head|room over his head",
          main="headroom", off="headroom=0", on="headroom+", units={"%": "headroom", "": "headroom"}),
    Topic("room around", "air|space|breathing room|room around|space around|air around|room around her|room around him|"
          "empty space around|room in the frame", main="-size", off="size+", on="size-"),
    Topic("foreground", "foreground|shoulder in the foreground|foreground shoulder", off="foreground=clean",
          on="foreground=dirty"),
    Topic("azimuth", "profile angle|azimuth", main="azimuth", units={"deg": "azimuth", "": "azimuth"}),
    Topic("distance", "distance|camera distance", main="-size", of={"length": "-size", "width": "-size"}),
    Topic("shot", "shot|take|the cut|cutting|running time|duration|screen time|length|runtime|shot length",
          main="duration",
          of={"length": "duration", "width": "-size", "speed": "-duration", "level": "exposure", "size": "size",
              "shake": "shake", "contrast": "contrast", "warmth": "warmth", "colour": "saturation"},
          units={"s": "duration", "": "duration"}),
    # --- moves
    Topic("move", "move|movement|camera move|camera movement|motion|~dolly|~push|pull|pan|tilt|~track|"
          "tracking|zoom|orbit|arc|drift|crane|moves", main="move-extent", off="move=static",
          of={"speed": "move-speed", "size": "move-extent", "length": "move-extent", "width": "move-extent",
              "level": "move-extent", "softness": "-move-speed", "shake": "shake"}, units={"x": "move-speed"}),
    Topic("speed", "speed|tempo|pace|rhythm|move speed|energy of the move", main="move-speed",
          of={"speed": "move-speed"}, units={"x": "move-speed", "": "move-speed"}),
    Topic("shake", "shake|camera shake|wobble|jitter|handheld feel|handheld energy|shakiness|handheld shake|vibration|"
          "handheld movement", main="shake", off="shake=0", on="shake+", units={"": "shake", "x": "shake"}),
    # --- mood
    Topic("mood", "mood|strength|intensity|feeling|emotion|vibe|mood intensity", main="mood-intensity", off="mood=none",
          units={"": "mood-intensity", "%": "mood-intensity"}),
)  # fmt: skip
