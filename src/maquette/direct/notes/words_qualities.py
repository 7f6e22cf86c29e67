"""Words for more or less of something: adjectives, their comparatives, and verbs that mean the same change.

An adjective is listed once; comparative, superlative and adverb are formed. What a quality changes depends on what it
is said of ("softer key", "soft background"): `words_topics.py`; `of_the_picture` is what it changes when said of
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """One direction of change with the words for both ends."""

    name: str
    of_the_picture: str
    """Control that grows with it, with a minus where it shrinks; "" where it says nothing without a thing."""
    more: str
    less: str
    more_verbs: str = ""
    less_verbs: str = ""


QUALITIES: tuple[Quality, ...] = (
    Quality(
        "level", "exposure",
        more="bright|luminous|lighter|radiant|glowing|overexposed|blown out|blown|overlit|airy|well lit",
        less="dark|dim|murky|gloomy|underexposed|inky|underlit|dingy|shadowy|pitch black|badly lit",
        more_verbs="over expose|over exposed|"
        "~brighten|~brighten up|~lighten|~overexpose|~light up|see more|see their faces|let more light in",
        less_verbs="under expose|under exposed|"
        "~darken|~dim|~underexpose|~shade|~flag|~burn down|fall off to black|go to black|falls off|"
        "fall off|fall into shadow|falls into shadow|fall into darkness|fade to black|drop off|~gobo",
    ),
    Quality(
        "warmth", "warmth",
        more="warm|toasty|amber|orange|golden|yellow|sun kissed|reddish|honeyed|rosy",
        less="cold|cool|icy|chilly|frosty|steely|blue|bluish|wintry|frigid|arctic|glacial|frozen",
        more_verbs="~warm|~warm up",
        less_verbs="~cool|~cool down|~cool off|~chill|take the warmth out",
    ),
    Quality(
        "softness", "key-size",
        more="soft|diffuse|diffused|wrapping|wraparound|wrapped|feathered|flattering|silky|creamy|pillowy",
        less="hard|harsh|crisp|hard edged|undiffused|specular|raw",
        more_verbs="~soften|~diffuse|~wrap|~feather|soften up",
        less_verbs="~harden|undiffuse",
    ),
    Quality("height", "height", more="high|tall|elevated|higher up|steep", less="low|low down|lower down",
            more_verbs="~go up|get up|get above|~climb|up a step|~rise|~elevate",
            less_verbs="get down|~go down|~crouch|~sink|~duck|down on the floor|down on the ground|down to the floor|"
            "down at the floor|on the deck"),
    Quality(
        "width", "-size",
        more="wide|loose|far|farther|further|further away|farther away|further back|distant|roomy|far away|further off|"
        "spacious",
        less="tight|close|near|closeup|claustro|cropped|close in|closer in|snug|in there",
        more_verbs="~back off|~come back|~drop back|~widen|~loosen|~widen out|~loosen up|~back up|step back|"
            "~get back|go back a bit|go back a little|go back some|"
                   "go further back|"
                   "~open up the frame|give it air|give her air|give him air|give them air|more air|more space|more "
                   "room|breathing room|breathing space|~get away|see more of the room|see more of the place|see the "
                   "whole room|see more room",
        less_verbs="~tighten|~tighten up|~crop|~crop in|~punch in|~come in|get in|~get in there|~close in|"
            "in her face|in his "
                   "face|in their face|in their faces|less air|less space|less room|~fill the frame|~fill frame|~step "
                   "in|go in|right in there|get in there",
    ),
    Quality("length", "duration", more="long|lengthy|drawn out", less="short|brief",
            more_verbs="~stay on|~stay with her face|~lengthen|~extend|~linger|~hold longer|~hold|~hold it|~hold on it|"
                       "~let it breathe|let it sit|let it run|let it play|let it linger|don't cut so soon|don't cut "
                       "too soon|don't cut away|cut later|give it time|take its time|take your time|~stretch|stretch "
                       "it|draw it out|~prolong|cut too soon|too soon",
            less_verbs="~shorten|~tighten the cut|~trim it|quicker cut|faster cut|snappier cut|shorter cut|"
                "cut sooner|cut earlier|get out sooner|get out earlier|cut "
                       "faster|cut quicker|out quicker|too long|drags|dragging|outstays its welcome|trim the shot"),
    Quality("size", "size", more="big|large|huge|massive|giant|prominent|enormous",
            less="small|tiny|little in frame|minuscule|dwarfed|lost in frame|insignificant|diminished|speck",
            more_verbs="~enlarge", less_verbs="~shrink|~dwarf|~diminish"),
    Quality("speed", "move-speed", more="fast|quick|rapid|brisk|snappy|swift|speedy|hasty|hurried|sudden|zippy|faster",
            less="slow|leisurely|languid|sluggish|unhurried|gradual|glacial pace|creeping|lazy|barely noticeable|"
            "imperceptible|almost imperceptible|hardly noticeable|stately|at a crawl|nobody in a hurry|in no hurry",
            more_verbs="~speed|~speed up|~accelerate|~hurry|hurry up|~rush|~quicken|pick up the pace|with more speed",
            less_verbs="~slow|~slow down|~decelerate|take it slow|take it easy|no rush|no hurry|creep"),
    Quality("depth", "t-stop", more="deep|more in focus", less="shallow|thin focus|razor thin|selective|paper thin",
            more_verbs="~stop down|~stop lens down|~stop it down|~close down|~close the iris|~close the aperture|"
            "~iris down",
            less_verbs="~open up|~open the iris|~open the aperture|wide open|~open the lens up|~iris out|~isolate|"
            "separate her from the background|separate him from the background|separate from background|"
            "separate them from the background|~melt|melt away"),
    Quality("sharpness", "t-stop", more="sharp|in focus|focused|legible|readable|defined",
            less="blurry|blurred|out of focus|defocused|unfocused|bokeh|dreamy focus|soft focus|fuzzy|unsharp|smeared",
            more_verbs="~sharpen", less_verbs="~blur|~defocus|~throw out of focus|blur out|~go soft"),
    Quality(
        "colour", "saturation",
        more="saturated|colourful|colorful|vivid|vibrant|lush|technicolor|technicolour|punchier colours|candy coloured|"
        "rich|juicy|lurid|garish",
        less="desaturated|muted|washed out|drained|faded|bleached|pale|drab|colourless|colorless|monochrome|"
        "monochromatic|grey|gray|greyish|dull|ashen|bled out|pastel",
        more_verbs="~saturate|colours sing|colors sing|make the colours sing|colours pop|colors pop|~enrich",
        less_verbs="~desaturate|~mute|~drain|~bleach|~fade|bleed out",
    ),
    Quality("contrast", "contrast", more="contrasty|punchy|stark|graphic|high contrast|snappy contrast|dramatic|"
                                         "crunchy",
            less="flat|low contrast|low con|evenly lit|uniform|gentle contrast|flattened",
            more_verbs="add punch|more punch|more bite|more pop|make it pop",
            less_verbs="~flatten|flatten out|even out"),
    Quality("haze", "haze", more="hazy|smoky|smokey|dusty|atmospheric", less="smoke free|haze free|clear air",
            more_verbs="smoke it up|~smoke the room|~haze the room", less_verbs="clear the air|clear the smoke"),
    Quality("shake", "shake", more="shaky|wobbly|jittery|jerky|unsteady|bumpy|frantic handheld|rattled",
            less="steady|smooth|stable|rock steady|stabilised|stabilized",
            more_verbs="~shake|shake it|~wobble|~jiggle", less_verbs="~steady|~stabilise|~stabilize|~smooth|smooth out|"
            "hold it still|hold the camera still|hold still|keep it still"),
    Quality("roll", "roll", more="crooked|canted|skewed|off kilter|lopsided|slanted|off level|askew|skewwhiff|tilted",
            less="upright|straight|plumb|on the level",
            more_verbs="~cant|~dutch|~slant|~skew|tip the frame|tilt the frame|tilt the horizon|lean the frame",
            less_verbs="~straighten|straighten up|straighten out|~level|level it|level the horizon|level off"),
    Quality("frontal", "-azimuth", more="frontal|head on|face on|straight on|full face|square on",
            less="sideways|side on|oblique|three quarter back|off axis",
            more_verbs="come round to the front|come around to the front|see both eyes|see more of her face|"
            "see more of his face|see more of their face",
            less_verbs="come round to the side|come around to the side|go round to the side|move round to the side|"
            "more profile|more in profile|more into profile|more from the side"),
    Quality("flicker", "flicker", more="flickery|flickering|guttering|unsteady light|dancing|wavering",
            less="unflickering|steady light|constant",
            more_verbs="~flicker|~waver|let it waver|let it flicker|~dance|~gutter|~pulse",
            less_verbs="keep it constant"),
    Quality("green", "green", more="green|greenish|sickly|fluorescent|sickly green|bilious|acid green",
            less="magenta|pinkish|pink"),
    Quality("lift", "lift", more="milky|lifted|filmy|chalky", less="inky|solid black|true black|crushed|rich black",
            more_verbs="lift the blacks|raise the blacks|milk the blacks",
            less_verbs="crush|~crush the blacks"),
    Quality("strength", "", more="strong|intense|heavy|thick|pronounced|obvious|powerful|bold|fierce|hot|emphatic|"
            "dense|forceful|aggressive|extreme|present|noticeable|generous",
            less="weak|subtle|faint|delicate|mild|light touch|restrained|gentle|discreet|understated|sparse|timid|"
                 "modest"),
)  # fmt: skip

ALWAYS_ABSOLUTE: dict[str, tuple[float, float]] = {"speed": (2.0, 0.5)}
"""Qualities that, said plainly of a move in the same note, set a value: "a slow push in" has no slowness before."""
