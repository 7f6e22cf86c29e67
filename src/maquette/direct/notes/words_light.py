"""Exact words for light, hour, weather and colour and the effects that they state."""

from __future__ import annotations

LIGHT_TERMS: tuple[tuple[str, str], ...] = (
    # --- patterns
    ("lighting=three-point", "three point|three point lighting|three point light|classic three point|3 point|"
     "standard three point"),
    ("lighting=flat", "flat light|flat lighting|flatly lit|lit flat|beauty flat|flat lit|sitcom lighting|"
     "sitcom light|tv lighting|light it flat"),
    ("lighting=butterfly", "butterfly|butterfly light|butterfly lighting|paramount|paramount light|paramount lighting|"
     "glamour light|glamour lighting|glamor light|hollywood glamour|hollywood glamour light|dietrich light|"
     "dietrich lighting|paramount glamour light|old hollywood light|beauty light|clamshell"),
    ("lighting=loop", "loop|loop light|loop lighting"),
    ("lighting=rembrandt", "rembrandt|rembrandt light|rembrandt lighting|triangle under the eye|rembrandt triangle|"
     "triangle of light on the cheek|triangle on the cheek|triangle on her cheek|triangle on his cheek"),
    ("lighting=split", "split|split light|split lighting|half the face dark|half his face dark|half her face dark|"
     "half of his face in shadow|half of her face in shadow|half his face in shadow|half her face in shadow|"
     "half face in darkness|half the face in shadow|half lit|half lit face|half the face in darkness|"
     "half her face in darkness|half his face in darkness|one half of the face"),
    ("lighting=broad", "broad light|broad lighting|broad key|broad side|broad"),
    ("lighting=short", "short light|short lighting|short key|short lit|short light her|short light him"),
    ("lighting=cross-key", "cross key|cross keyed|cross light|cross lighting|cross keys|cross keying|crosslight"),
    ("lighting=far-side key", "far side key|far key|upstage key|upstage light|key from the far side|light from upstage|"
     "upstage|key on the far side|reverse key|downside dark|shoot the dark side|shoot into the shadow side|smart side"),
    ("lighting=silhouette", "silhouette|~silhouette|silhouetted|in silhouette|as a silhouette|black shape|black shapes|"
     "cut out against|contre jour|black against the|just an outline|just outlines|only an outline|outline only"),
    ("lighting=high-key", "high key|high key lighting|high key light|bright and even|no shadows anywhere|commercial "
                          "lighting|commercial light|toothpaste commercial|bright comedy lighting"),
    ("lighting=low-key", "low key|low key lighting|low key light|pools of light|lots of darkness|mostly dark|"
     "mostly in the dark|mostly in shadow|pool of light|single pool of light|noir|film noir|noirish|noir look|"
     "noir lighting|like a film noir|godfather light|godfather lighting"),
    ("lighting=chiaroscuro", "chiaroscuro|caravaggio|caravaggio light|like a caravaggio|tenebrism|tenebrist|georges de "
                             "la tour|like caravaggio|light carving out of the dark|carved out of darkness"),
    # --- where the light seems to come from
    ("motivation=window", "motivated by the window|window light|windowlight|light from the window|"
     "key from the window|coming through the window|through the window|window motivated|motivate it from the window|"
     "vermeer|vermeer light|like a vermeer|the window as the source|window as key|window as source|by the window light|"
     "through the blinds|through the curtains|lit by the window|only the window"),
    ("motivation=lamp", "motivated by the lamp|lamp light|lamplight|light from the lamp|key from the lamp|lamp as key|"
     "lamp does the work|lamp doing the work|lamp should be doing the work|lit by the lamp|only the lamp|"
     "motivate it from the lamp|lamp as the source|lamp as source|lamp is the key|bedside lamp light|"
     "tungsten lamp|desk lamp light|streetlight|street light|street lamp|sodium light|sodium vapour|sodium vapor"),
    ("motivation=screen", "motivated by the screen|screen light|lit by the screen|tv light|light of the tv|lit by the "
                          "tv|tv glow|screen glow|lit by nothing but the tv|glow of the tv|glow of the screen|glow of "
                          "the television|television light|lit by his phone|lit by her phone|phone light|phone glow|"
                          "computer glow|laptop glow|light of the laptop|monitor glow|glow of a phone|glow of a laptop|"
                          "lit by the television|lit by the laptop|lit by the monitor|light of the screen|glow from "
                          "the tv|glow from the laptop|glow from the screen"),
    ("motivation=fire", "firelight|fire light|fireplace|lit by the fire|light of the fire|campfire|hearth|"
     "by the fire|fire glow|bonfire|motivated by the fire|flames|fireside"),
    ("motivation=candle", "candlelight|candle light|candle lit|candlelit|candles|lit by candles|by candlelight|candle|"
     "barry lyndon|lit by a candle|lit by one candle|light of a candle|"
     "motivated by the candle|single candle"),
    ("motivation=moon", "moonlight|moonlit|moon light|lit by the moon|light of the moon|moon|full moon"),
    ("motivation=sun", "sunlit|lit by the sun|hard sun|direct sun|direct sunlight|sun as key|sun as the key|"
     "harsh sun|harsh sunlight|sun streaming in|sunbeam|sun is the key|sunlight streaming in|key from the sun"),
    ("motivation=neon", "neon|neon light|neon sign|neon lights|neon lit|blade runner|blade runner light|wong kar wai|"
     "neon glow|lit by neon|neon from outside|motel sign"),
    ("motivation=none", "unmotivated|no motivation|source less|sourceless"),
    # --- where the key stands
    ("key-height=-35", "under light|underlight|underlit|underlighting|lit from underneath|~underlight|campfire ghost "
                       "story|horror light|horror lighting|torch under the chin|flashlight under the chin|light under "
                       "the chin|from under the chin|footlights|footlight|ghost story light"),
    ("key-height=75", "top light|toplight|top lit|top lighting|toplit|~toplight|overhead light|overhead lighting|"
     "light from straight above|interrogation light|godfather top light|interrogation lighting|light straight down"),
    ("key-azimuth=90", "side light|sidelight|side lit|side lighting|sidelit|cross the face|raking light|raking side "
                       "light|light raking across"),
    ("key-azimuth=10", "front light|frontlight|front lit|frontal light|frontal key|frontlit|ring light|on camera light|"
     "on camera flash|straight on key"),
    ("key-azimuth=45", "three quarter key|three quarter light|key at forty five"),
    ("key-side=left", "left key|key left|key camera left|key frame left|key on the left|left hand key|key light left"),
    ("key-side=right", "right key|key right|key camera right|key frame right|key on the right|right hand key|"
     "key light right"),
    ("key-fill-", "bounce something back|bounce some back|bounce light back|bounce some light back|bounce card|"
     "a bounce board|bring up the dark side|open up the shadows|open the shadows|fill in the shadows|fill the shadows|"
     "see into the shadows|more detail in the shadows|detail in the shadows|lift the shadows|fill her in|fill him in|"
     "fill them in|fill in the face|book light on the fill side|pop a bounce|open up the dark side|"
     "dig into the shadows|dig out the shadows"),
    ("key-fill+", "let the shadow side go|let the shadows go|let the shadows fall|let half her face go dark|let the "
                  "fill side go dark|let the dark side go|deepen the shadows|sculpt the face|model the face|~sculpt|"
                  "more modelling|more modeling|more shape on the face|more shape|carve the face|more sculpted|add "
                  "negative fill|black flag on the fill side"),
    ("back+", "separate her|separate him|separate them|lift her off the background|lift him off the background|lift "
              "them off the background|edge her out|edge him out|outline her|outline him|outline their hair|outline "
              "her hair|outline his hair|outline of light|more separation|pop off the background|pop from the "
              "background|stand out from the background|separation from the background|light around her hair|light "
              "around his hair|light on her hair|light on his hair|rim her|rim him|rim them|edge light on"),
    ("background-", "flag the key off the back wall|flag it off the wall|keep the light off the wall|take the light "
                    "off the wall|keep light off the background|cut the light off the wall|flag the background|let the "
                    "background go|let the background fall away|let the wall go dark|let the room go dark|let the room "
                    "fall away|flag the wall|light off the wall|light off the walls|light off the back wall|key off "
                    "the wall|key off the back wall"),
    ("background-", "|".join(
        f"~{verb} {what} off {place}".replace("  ", " ") for verb in ("flag", "keep", "take", "cut", "hold")
        for what in ("light", "key", "key light", "it", "spill")
        for place in ("wall", "walls", "back wall", "background")
    )),
    ("headroom+", "more air above|more space above|more room above|more sky above|lots of sky above|lots of air above|"
     "sits low in the frame|sit low in the frame|low in frame|low in the frame"),
    ("eye-light=on", "give her eyes some life|give his eyes some life|spark in her eyes|spark in his eyes|something in "
                     "the eyes|a glint|glint in her eyes|glint in his eyes|dead eyes|wake up her eyes|wake up his eyes|"
                     "eyes look dead|life into her eyes|life into his eyes|life into the eyes|eyes are dead"),
    ("key-size=2", "book light|booklight|through silk|through a silk|big soft|big soft source|huge soft source|"
     "through a big silk|softbox|soft box|through a 12 by|through diffusion|through muslin|bounced light|silk|"
     "through the silk|overcast softness"),
    ("key-size=0.15", "bare bulb|point source|fresnel|open face|hard source|hard light|hard key|hard shadows|razor "
                      "sharp shadows|crisp shadows|hard edged shadows|sharp shadows|no diffusion|lose the diffusion|"
                      "bare lamp|hard lighting|harsh light|harsh lighting|harsh shadows"),
    ("key-size=1.6", "soft light|soft key|soft lighting|soft shadows|gentle light|wrap light|wraparound light|"
     "soft as butter|soft source|diffused light|diffuse light|diffusion"),
    # --- hour
    ("time=dawn", "dawn|first light|daybreak|crack of dawn|break of day|sunrise|sun up|sunup|at dawn|early light"),
    ("time=morning", "morning|early morning|breakfast time|mid morning|in the morning|morning light|late morning"),
    ("time=day", "daytime|day|day exterior|in daylight|broad daylight|during the day"),
    ("time=noon", "noon|high noon|midday|mid day|middle of the day|sun overhead|sun directly overhead|noonday|"
                  "lunchtime"),
    ("time=afternoon", "afternoon|late afternoon|mid afternoon|siesta|early afternoon|afternoon light"),
    ("time=golden hour", "golden hour|low golden sun|late sun|last sun|low sun|sun going down|"
     "last rays|last rays of sun|long shadows|days of heaven|malick light|golden light|golden sun|honey light|"
     "evening sun|late light|low evening sun|late golden light"),
    ("time=dusk", "dusk|twilight|sunset|sundown|evening|nightfall|getting dark|after sunset|early evening|sun has set|"
     "gloaming|end of the day|at dusk"),
    ("time=blue hour", "blue hour|magic hour|just after sunset|just before sunrise|l'heure bleue|deep twilight"),
    ("time=night", "night|nighttime|night time|midnight|at night|night exterior|night scene|middle of the night|dead "
                   "of night|after dark|late at night|3 am|3am|witching hour|small hours|wee hours|pitch black night|"
                   "two in the morning|three in the morning|four in the morning|late night"),
    ("time=night,motivation=moon,exposure-", "day for night|american night|nuit americaine"),
    # --- weather
    ("weather=clear", "clear sky|clear skies|clear weather|sunny|not a cloud|cloudless|blue sky|blue skies|fair "
                      "weather|good weather|clear day|bright sunshine|no clouds|sunshine day|bright sunny|dry weather|"
                      "sun out|sun comes out|weather clear|clear up the weather|sun breaks through|glorious weather|"
                      "not a cloud in the sky"),
    ("weather=cloudy", "cloudy|partly cloudy|some clouds|clouds|broken clouds|scattered clouds|with clouds"),
    ("weather=overcast", "overcast|overcast sky|grey sky|gray sky|grey skies|gray skies|white sky|cloud cover|grey day|"
                         "gray day|leaden sky|heavy sky|blanket of cloud|dull day|lead sky|sunless|flat grey sky"),
    ("weather=rain", "rain|raining|rainy|drizzle|drizzling|downpour|rain on the window|pouring|wet down|it's pouring|"
                     "raindrops|showers|in the rain|make it rain|rainfall|drizzly|bucketing down|raining cats and dogs|"
                     "rainstorm|wet weather"),
    ("weather=storm", "storm|stormy|thunderstorm|thunder|lightning storm|tempest|gale|squall|lightning and thunder|"
        "thunder and "
                      "lightning"),
    ("weather=mist", "mist|misty|morning mist|light mist|ground mist|low mist|sea mist"),
    ("weather=fog", "fog|foggy|pea soup|thick fog|fogged in|dense fog|fogbound|heavy fog|fog bank|fog rolls in"),
    ("weather=snow", "snow|snowing|snowy|snowfall|blizzard|snowflakes|snow falling|snowstorm|falling snow|snowed in"),
    # --- colour of the finish
    ("saturation=0", "black and white|black white|b w|bw|b and w|b&w|monochrome|greyscale|grayscale|no colour|no color|"
     "colourless|take all the colour out|take all the color out|kill the colour|kill the color|lose the colour|"
     "lose the color|no colours|no colors|in black and white"),
    ("saturation=0.5,contrast=1.35", "bleach bypass|skip bleach|silver retention|saving private ryan look|bleached "
                                     "look"),
    ("saturation-,contrast+", "gritty look|rough it up"),
    ("saturation=1", "colour back to normal|color back to normal|normal colour|normal color|natural colour|natural "
                     "color|full colour|full color|normal saturation|colours back to normal|back to colour|back to "
                     "color|natural colours|natural colors|normal colours|normal colors"),
    ("lift=0.08", "milky blacks|lifted blacks|faded blacks|milky shadows|washed blacks|lift the blacks|"
     "raise the blacks|milk the blacks|faded film look|faded print|old print|matte blacks|milky black"),
    ("lift=0,contrast+", "crush the blacks|crushed blacks|~crush the blacks|inky blacks|deep blacks|solid blacks|rich "
                         "blacks|true blacks|deep black|crush blacks|crush the shadows|black blacks|sink the blacks"),
    ("shadow-tint=#1f6f78,highlight-tint=#ffb060", "teal and orange|orange and teal|teal orange|blockbuster look|"
     "blockbuster grade|blockbuster colours|blockbuster colors"),
    ("warmth=0", "neutral colour|neutral color|neutral grade|neutral temperature|neutral tone|neutral"),
    ("warmth+,saturation-,lift=0.05", "sepia|old photograph|old photo look|vintage|vintage look|polaroid|kodachrome"),
    ("green=10", "fluorescent light|fluorescents|fluorescent tubes|fluorescent lighting|office fluorescents|plus green "
                 "gel|striplights|strip lights|fluorescent"),
    ("key-kelvin=3200", "tungsten|incandescent|tungsten light|tungsten key"),
    ("key-kelvin=5600", "daylight balanced|daylight key|5600 light|hmi|daylight temperature|daylight colour"),
    ("key-kelvin=6500", "overcast light|north light"),
    ("key-kelvin=10000", "open shade|shade light|blue sky light"),
    ("key-kelvin=2900", "cto|cto gel|full cto|orange gel|amber gel|straw gel|half cto|cto on the key"),
    ("key-kelvin=8000", "ctb|full ctb|blue gel|half ctb|ctb gel|ctb on the key"),
    ("white-balance=3200", "tungsten balance|balanced for tungsten|tungsten white balance|balance for tungsten|"
     "white balance tungsten|tungsten stock"),
    ("white-balance=5600", "daylight balance|balanced for daylight|daylight white balance|balance for daylight|"
     "white balance daylight|daylight stock"),
)  # fmt: skip

SOURCES: dict[str, str] = {
    "window": "window|windows|blinds|curtains|skylight|shutters|panes|doorway|french windows|door|open door",
    "lamp": "lamp|lamps|table lamp|desk lamp|bedside lamp|streetlight|street lamp|street lamps|lantern|bulb|torch|"
    "flashlight|headlights|chandelier|practical|practicals",
    "screen": "tv|television|telly|screen|laptop|phone|computer|monitor|tablet|television set|tv set|projector",
    "fire": "fire|fireplace|campfire|flames|stove|hearth|bonfire|embers|oven",
    "candle": "candle|candles|candelabra|match",
    "moon": "moon|full moon",
    "sun": "sun|setting sun|sunset|rising sun",
    "neon": "neon|neon sign|sign outside|motel sign|signs outside|billboard",
}
"""Things that light comes from, after "from" or "by" where a note speaks of light."""

TINTS: dict[str, str] = {
    "teal": "#1f6f78", "orange": "#ffb060", "amber": "#ffb060", "blue": "#2b4a8c", "cyan": "#2f8fa8",
    "green": "#4f7f4f", "magenta": "#8f3f7f", "purple": "#5a3f8f", "violet": "#5a3f8f", "red": "#9c3b34",
    "pink": "#d98fa6", "yellow": "#e8c860", "gold": "#e8b860", "golden": "#e8b860", "brown": "#7a5a3c",
    "sepia": "#8a6a44", "navy": "#1f2f5f", "turquoise": "#2f8f8f", "copper": "#b8703c", "rose": "#d98f94",
    "olive": "#6f6f3c", "warm": "#ffb060", "cold": "#2b4a8c", "cool": "#2b4a8c", "lavender": "#9f8fc8",
    "peach": "#ffb890", "rust": "#a3532c",
}  # fmt: skip
"""Colour words before "shadows" or "highlights", and the tint that they state."""
TINTED: dict[str, str] = {
    "shadow-tint": "shadows|shadow|blacks|darks|low end",
    "highlight-tint": "highlights|highlight|whites|lights|top end|brights",
}
MOOD_FORMS: dict[str, str] = {
    "tender": "tenderness|gentle mood|tenderly",
    "intimate": "intimacy|intimately",
    "warm": "warm mood|warm feeling|warmhearted",
    "nostalgic": "nostalgia",
    "wistful": "wistfulness|wistfully",
    "melancholy": "melancholic|melancholia|sad|sadness",
    "lonely": "loneliness|lonesome|all alone|isolated|isolation|solitude|lonelier",
    "serene": "serenity|peaceful|calm|tranquil",
    "dreamlike": "dreamy|dream like|oneiric|dreaminess",
    "whimsical": "whimsy|quirky|playful",
    "joyful": "joy|joyous|happy|happier|cheerful|jubilant",
    "hopeful": "hope|optimistic|uplifting",
    "triumphant": "triumph|victorious|heroic|triumphal",
    "romantic": "romance|more romance|lovestruck",
    "sensual": "sexy|erotic|sensuality|sultry|seductive|steamy",
    "mysterious": "mystery|enigmatic|mysteriously",
    "uneasy": "unease|unsettling|unsettled|eerie|creepy|uncomfortable|disquieting|unnerving",
    "tense": "tension|suspense|suspenseful|nervous|anxious|on edge|edgy|taut",
    "paranoid": "paranoia",
    "claustrophobic": "claustrophobia|trapped|hemmed in|suffocating|boxed in|stifling|airless",
    "ominous": "menacing|menace|sinister|foreboding|threatening|doom laden|doom",
    "dread": "dreadful",
    "terror": "terrifying|terrified|horror|scary|frightening|scarier|horrific",
    "violent": "violence|brutal|savage",
    "chaotic": "chaos|frantic|frenzied|hectic|mayhem|frenetic",
    "urgent": "urgency|rushed|breathless|desperate hurry",
    "bleak": "hopeless|desolate|bleakness|grim|despairing|dismal|desolation",
    "gritty": "grit|grimy|rough|rougher|grittiness|grungy",
    "clinical": "sterile|antiseptic|hospital like|surgical",
    "detached": "distanced|aloof|emotionally distant|impersonal|remote",
    "austere": "severe|ascetic|spartan|austerity|spare",
    "surreal": "surrealist|lynchian|surrealism|trippy|hallucinatory",
    "absurd": "absurdist|ridiculous|farcical|absurdity",
    "deadpan": "dead pan|dry humour|dry humor|straight faced",
    "epic": "grandiose|monumental|sweeping|grand|majestic|mythic",
    "sacred": "holy|reverent|spiritual|religious|divine|hallowed",
    "grief": "grieving|mourning|bereaved|mournful|grief stricken",
}
"""Exact words for a mood beside its own name."""
