"""The small words of a note: how much, less or more, no and not, numbers, units, and what may be dropped.

`|` separates phrases; `~` before a word lists it with its verb endings too ("~raise": raises, raising, raised).
"""

from __future__ import annotations


def word_set(listed: str) -> frozenset[str]:
    """Single words, listed with spaces between."""
    return frozenset(listed.split())


DEGREES: dict[float, str] = {
    0.5: "touch|slightly|hair|tad|smidge|smidgen|fraction|whisker|notch|barely|hint of|hint|trace of|subtly|ever so|"
    "ever so slightly|just slightly|very slightly|tiny bit|tiny little bit|wee bit|teeny bit|dash|pinch|breath",
    1.0: "bit|little|little bit|somewhat|mildly|gently|kind of|sort of|rather|marginally|pretty|fairly|modestly",
    1.5: "some|more of the same",
    2.0: "much|lot|whole lot|lots|considerably|significantly|substantially|very|really|properly|seriously|strongly|"
    "clearly|quite|pure|sheer|utter|absolute|absolutely|total|complete|utterly|good deal|great deal|noticeably|"
    "even|big time|plenty|heavily|loads|so much",
    3.0: "way|far|extremely|super|hugely|massively|radically|drastically|enormously|ton|tons|as much as possible|all "
    "way|completely|totally|incredibly|right to the edge|twice over|to the max",
}
"""Steps of a control that the words stand for. A bare comparative ("wider") is `PLAIN_STEPS`."""
PLAIN_STEPS = 1.5

LESS = (
    "less|fewer|not so|not as|not that|not quite so|not quite as|not quite that|isn't so|isn't as|not nearly so|"
    "not nearly as"
)
MORE = "more|extra|additional|further"
ASIDE = (
    "further left|further right|further to the left|further to the right|more left|more right|more to the left|"
    "more to the right|a bit left|a bit right|hard cut|jump cut|smash cut|match cut"
)
"""A side of something unsaid: the camera, a figure, a light? It is reported, not guessed at."""

RAISE = (
    "~raise|~increase|~boost|~lift|~bump|~add|~crank|~pump|~up|up|~strengthen|~intensify|~heighten|~enhance|~amplify|"
    "~push up|needs more|wants more|~want more|~need more|give me more|give us more|~accentuate|~exaggerate|~deepen|"
    "not enough|too little|plus|~juice"
)
REDUCE = (
    "~reduce|~decrease|~lower|~trim|~ease|~ease off|~ease off on|~back off|~back off on|~weaken|down|~tame|~pare|"
    "~go easy on|easy on|~lighten up on|~minimize|~minimise|~curb|~restrain|~shave|~soften up|minus|too much|too many|"
    "lose some of|lose some|lose a bit of|lose a little of|lose a little|take some of|take a little of|less of|"
    "~cut back|~cut back on|~cut down|~cut down on|~pull back on|~go lighter on|~dampen|~subdue|~tame"
)
REMOVE = (
    "no|without|~drop|~lose|~kill|~remove|~cut|~ditch|~scrap|~skip|~strip|~eliminate|~get rid of|get rid|lose all|no "
    "more|off|~stop|~drop entirely|~forget|~forget about|~do away with|~turn off|~switch off|~shut off|~take out|~take "
    "away|~delete|~clear away|~omit|~banish|~shed|zero|don't want|~do without|minus all|enough of|enough with|never "
    "mind|out with|free of|~avoid|~cancel|~undo|~drop all|~erase|done with"
)
KEEP = "~keep|~stay with|~stick with|~leave|~hold on to|~hold onto|~retain|~preserve|same|~maintain|stick to"
NOT = (
    "not|don't|do not|doesn't|does not|isn't|is not|shouldn't|should not|won't|aren't|dont|nor|wouldn't|would not|"
    "never|not nearly|not remotely|not quite|not really|nowhere near|by no means|nothing|didn't|couldn't|can't have|"
    "mustn't"
)
TOO = (
    "it's so|they're so|is so|are so|looks so|look so|feels so|too|overly|excessively|bit too|little too|much too|"
    "way too|far too|so damn|so bloody|painfully"
)
ENOUGH = "enough"
CORRECTION = (
    "no wait|wait no|wait|actually no|actually|scratch that|i mean|or rather|make that|on second thought|"
    "on second thoughts|sorry|correction|instead|nope|no no|no sorry|sorry no|strike that|forget that|better"
)
FACTORS: dict[float, str] = {
    2.0: "twice|double|~double|two times|twice as much|doubled",
    3.0: "triple|~triple|three times|thrice",
    4.0: "quadruple|four times",
    0.5: "half|~halve|half as much|cut in half|by half|in half|half of",
    0.25: "quarter|quarter of",
    1 / 3: "third of|one third",
}
"""Factors on what holds now."""
FULL: dict[float, str] = {1.0: "full|full strength|fully|hundred percent", 0.0: "zero|nil"}

PARTICLE_VERBS: dict[str, dict[str, str]] = {
    "speed": {"up": "faster"},
    "slow": {"down": "slower"},
    "bring": {"up": "raise", "down": "reduce", "out": "raise", "back": "normal"},
    "turn": {"up": "raise", "down": "reduce", "off": "remove", "on": "use"},
    "switch": {"off": "remove", "on": "use"},
    "take": {"down": "reduce", "out": "remove", "off": "remove", "up": "raise", "away": "remove"},
    "dial": {"up": "raise", "down": "reduce", "back": "reduce", "in": "raise"},
    "crank": {"up": "raise", "down": "reduce"},
    "pull": {"down": "reduce"},
    "knock": {"down": "reduce", "back": "reduce", "out": "remove"},
    "kick": {"up": "raise"},
    "bump": {"up": "raise", "down": "reduce"},
    "ramp": {"up": "raise", "down": "reduce"},
    "tone": {"down": "reduce", "up": "raise"},
    "pump": {"up": "raise"},
    "jack": {"up": "raise"},
    "cut": {"out": "remove", "down": "reduce", "off": "remove"},
    "strip": {"out": "remove", "away": "remove"},
    "bleed": {"out": "reduce"},
    "drain": {"out": "reduce", "away": "reduce", "from": "reduce"},
    "suck": {"out": "reduce"},
    "wash": {"out": "reduce"},
    "shut": {"off": "remove", "down": "remove"},
    "fade": {"out": "reduce", "down": "reduce", "up": "raise"},
    "keep": {"down": "reduce", "up": "raise"},
    "put": {"out": "remove"},
    "trim": {"off": "reduce"},
    "shave": {"off": "reduce"},
    "let": {"down": "reduce"},
}
"""Verbs whose meaning is in a particle that may stand apart: "take the haze out", "bring the ratio down"."""
PARTICLE_REACH = 5
"""Words between the verb and its particle, at most."""

NUMBER_WORDS: dict[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "couple": 2, "few": 3, "several": 4, "dozen": 12,
}  # fmt: skip
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(["mm", "mil", "mill", "mils", "millimetre", "millimetres", "millimeter", "millimeters"],
                    ("mm", 1.0)),
    **dict.fromkeys(["k", "kelvin", "kelvins"], ("K", 1.0)),
    **dict.fromkeys(["deg", "degs", "degree", "degrees", "°"], ("deg", 1.0)),
    **dict.fromkeys(["%", "percent", "per-cent", "pct"], ("%", 1.0)),
    **dict.fromkeys(["stop", "stops", "ev"], ("stops", 1.0)),
    **dict.fromkeys(["s", "sec", "secs", "second", "seconds", "beat", "beats"], ("s", 1.0)),
    **dict.fromkeys(["frames"], ("s", 1 / 24)),
    **dict.fromkeys(["minute", "minutes", "min", "mins"], ("s", 60.0)),
    **dict.fromkeys(["m", "metre", "metres", "meter", "meters"], ("m", 1.0)),
    **dict.fromkeys(["cm", "centimetre", "centimetres", "centimeter", "centimeters"], ("m", 0.01)),
    **dict.fromkeys(["ft", "foot", "feet"], ("m", 0.3048)),
    **dict.fromkeys(["inch", "inches"], ("m", 0.0254)),
    **dict.fromkeys(["x", "times"], ("x", 1.0)),
    **dict.fromkeys(["mired", "mireds"], ("mired", 1.0)),
    **dict.fromkeys(["size", "sizes"], ("sizes", 1.0)),
}  # fmt: skip
"""Word -> unit and its factor."""

SHORT_FORMS: dict[str, str] = {
    "plz": "please", "pls": "please", "thx": "thanks", "n": "and", "w": "with", "u": "you", "r": "are", "ur": "your",
    "lil": "little", "jst": "just", "frm": "from", "rite": "right", "lite": "light", "les": "less", "mor": "more",
    "bac": "back", "hr": "hour", "hrs": "hours", "vibes": "vibe", "2": "too", "c": "see", "b4": "before",
    "bg": "background",
    "fg": "foreground", "cam": "camera", "cams": "camera", "abit": "bit", "alot": "lot", "lttle": "little",
    "gimme": "give", "bkgd": "background", "bkg": "background", "dof": "dof", "secs": "seconds", "lowr": "lower",
    "colr": "colour", "tite": "tight", "titer": "tighter", "nite": "night", "brite": "bright", "slo": "slow",
    "b&w": "bw", "wid": "wide", "wit": "with", "da": "the", "dat": "that", "dis": "this", "shd": "should",
    "cud": "could", "wud": "would", "sum": "some", "hndheld": "handheld", "abt": "about", "bcs": "because",
    "bc": "because", "cant": "can't", "coz": "because", "cuz": "because", "cos": "because", "umm": "um", "ummm": "um",
    "erm": "um",
}  # fmt: skip
"""How words are typed on a telephone; "2" and "c" only before words that call for it."""

DETERMINERS = word_set("the a an his her their its my our this that these those some your all")
"""Skipped between the words of a phrase."""

STOP_WORDS = word_set(
    """a about across again all also am an and any are around as at away be been being bit but by can camera come comes
    coming came could day did do does doing done else every feel feeling feels felt for from frame front get gets
    getting give gives go goes going got had has have having he her here hers herself him himself his how i i'd i'll
    i'm i've if image in into is it it's its itself just keep let let's lets like look looks made make makes making
    may maybe me might more most must my need needs no now of off on one only onto or other our out over overall own
    perhaps picture please put quite rather really scene see seem seems set shall she shoot shot should show so some
    somehow something still stuff such take than that that's the their them then there there's these they they're
    thing things think this those through til till to today together too toward towards try under until up upon us
    use very want wants was we we'd we'll we're we've well were what when where which while who whole why will with
    would yes yet you your plz pls towards'em em gonna wanna gotta kinda sorta ok okay bring play whole whilst
    during side part whatever everything anything moment bit's you'd you're he's she's it'd hers theirs people both
    instead even ever rest between against along past within same way ways end ends ending start starts swing swings
    sky place places position nothing begin begins become becomes turn turns sit sits stand stands hold holds want'd
    ought able version take's person character actor actors actress subject figure her's frame's guy man woman girl
    boy kid outside inside halfway midway walks walking walked talks talking speaks speaking"""
)
"""Words that alone say nothing about the picture: dropped, never reported."""

CHAT = (
    "i love it|love it|i like it|like it|love this|i love this|great|nice|good|perfect|beautiful|lovely|thanks|thank "
    "you|please|hello|hi|hey|cheers|well done|good job|great job|nice work|great work|good work|awesome|amazing|"
    "gorgeous|wonderful|fantastic|excellent|brilliant|cool thanks|bravo|superb|i'm happy|happy with this|that works|"
    "works for me|works|print it|moving on|that's it|that's the one|we got it|got it|there|there we go|there you go|"
    "yes|yeah|yep|yup|sure|fine|alright|all right|right then|okay|don't change anything|don't touch anything|don't "
    "touch it|leave it|leave it as it is|leave it like that|keep it|keep it as it is|keep it like this|change nothing|"
    "no changes|no change|no notes|same again|as it is|almost there|almost|nearly there|close enough|not bad|so far so "
    "good|anyway|um|uh|er|hmm|oh|ah|well|guys|folks|everyone|everybody|mate|dear|my friend|good morning|see you|bye|"
    "wow|lol|haha|for me|if you can|if possible|if you don't mind|would you|i guess|i suppose|i think|i feel|i believe|"
    "you know|as well|that's good|that's great|looks good|looks great|looks nice|it's great|it's good|it's perfect|"
    "same thing|let's try|let's see|for this one|in this one|for this shot|in this shot|this time|next time|one more|"
    "once more|first|firstly|second|secondly|third|thirdly|finally|lastly|tell me if this is stupid|"
    "tell me if i'm wrong|i like where this is going|i know i said|i know we said|it's distracting|this is stupid|"
    "the technical word|that's for costume|if that makes sense|does that make sense|honestly|to be honest|basically|"
    "i was thinking|i'm thinking|i've been thinking|what i'd love is|what i'd like is|what i want is|i'd love|"
    "i would love|i'd like|i would like|i just wish|i wish|i really like|i really love|i'm not sure about|i wonder|"
    "i was wondering|one more thing|another thing|one last thing|three things|two things|a few things|couple of things|"
    "a thought|just a thought|i was hoping|i hope|tell me|you see|the thing is|here's the thing|by the way|btw|"
    "as discussed|as we said|as i said|i'd say|say|let's say|for me|from us|for us|on our side|whatever that means|"
    "whatever that means for you|you feel me|know what i mean|i mean it|trust me|believe me|in my opinion|imho|imo|"
    "sorry to be a pain|no offence|no offense|i don't know|i don't really know|not sure|no idea|um|so"
)
"""A closed list of talk that asks for nothing."""

DIRECTIONS: dict[str, str] = {
    "below": "from below|from underneath|from beneath|from under|from down below|from the floor up",
    "above": "from above|from overhead|from high above|from up high|from up above|from the top",
    "behind": "from behind|from the back|from the rear",
    "front": "from the front|frontally|from dead ahead|from straight ahead",
    "side": "from the side|from one side|sideways on",
}
"""Where the light comes from, in a clause about light; else where the camera stands."""
