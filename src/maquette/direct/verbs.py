"""What the verbs of action lines do to a body: tables of patterns, tried on one clause at a time."""

from __future__ import annotations

import re

from maquette.film.cast import Gesture, Posture


def _rx(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{' '.join(text.split())})", re.IGNORECASE)


_SELF = "(?:his|her|their)"

POSTURES: tuple[tuple[re.Pattern[str], Posture], ...] = (
    (_rx(r"(?:gets?|stands?|standing|rises?|leaps?|jumps?|climbs?|scrambles?|struggles?) (?:back )?(?:up\b|"
         r"to " + _SELF + r" feet)"), Posture.STAND),
    (_rx(r"rises?\b|straightens? up|on " + _SELF + r" feet"), Posture.STAND),
    (_rx(r"stands?\b|standing\b|stops\b|(?<=they )stop\b|(?<=both )stop\b|"
         r"halts\b|comes to a stop|comes to a halt|freezes\b|waits\b|waiting\b|"
         r"lingers\b|hovers\b|poised\b"), Posture.STAND),
    (_rx(r"dri(?:ves|ving)\b(?! (?:him|her|them) )|drive\b|(?:at|behind) the wheel|takes the wheel|steers\b|steering "
         r"the"), Posture.DRIVE),
    (_rx(r"(?:drops?|falls?|sinks?|goes|gets?|down) (?:down )?(?:to|on|onto) "
         r"(?:" + _SELF + r"|one|both) knees?|kneels?\b|kneeling\b|on " + _SELF + r" knees|genuflects"), Posture.KNEEL),
    (_rx(r"crouch\w*|squat(?:s|ting)?\b|hunkers?\b|huddl\w+|cowers?\b|cowering\b|ducks?\b(?! out)|hid(?:es|ing) "
         r"(?:behind|under|beneath|in)|curls? up behind"), Posture.CROUCH),
    (_rx(r"li(?:es|e)\b(?! to\b)(?! about\b)|lying\b(?! to\b)|sprawl\w*|sleeps?\b|sleeping\b|asleep\b|in bed\b|"
         r"tucked in|unconscious\b|passes out|faints?\b|"
         r"collapses? (?:on|onto|to) the (?:floor|ground|bed|pavement)|collapses?$|falls? to the (?:floor|ground)|"
         r"slumps? to the (?:floor|ground)|lays down|curled up"), Posture.LIE),
    (_rx(r"sits?\b|sitting\b|seated\b|slump\w*|slouch\w*|perch\w*|takes? a seat|"
         r"retakes? " + _SELF + r" seat|takes? " + _SELF + r" seat|settles? (?:down|back|in|into|onto)\b|"
         r"sinks? (?:down |back )?(?:into|in|onto|on)\b|(?:collapses?|drops?|falls?|plops?|flops?|lowers? (?:himself|"
         r"herself|themselves)) (?:down |back )?(?:into|onto|in|on) (?:the|a|an|his|her) "
         r"(?:\w+ )?(?:chair|armchair|sofa|couch|seat|stool|bench|booth)|slides? into (?:the|a) (?:\w+ )?(?:booth|"
         r"seat|chair)|enthroned|straddl\w+"), Posture.SIT),
    (_rx(r"lean(?:s|ing)? (?:\w+ly )?(?:against|on|in the door|at the|over the (?:rail|counter|bar|parapet))|"
         r"slouch\w* against|propped (?:up )?against|lounges against"), Posture.LEAN),
    (_rx(r"(?:run|runs|running|sprints?|sprinting|bolts?|dash(?:es|ing)?|rac(?:es|ing)|flees|fleeing|charg(?:es|ing)|"
         r"jogs|jogging|rush(?:es|ing)?|gallops)"
         r"(?= (?:down|up|to|into|in|out|away|along|across|through|between|from|after|towards?|past|over|for|off|"
         r"back|at|beside|behind|home|on)\b|$|[.!])"), Posture.RUN),
    (_rx(r"flees\b|sprints?\b"), Posture.RUN),
    (_rx(r"walk(?:s|ing)?\b|cross(?:es|ing) (?:to|the|toward|over|back|behind|in)|strid(?:es|ing)\b|pac(?:es|ing)\b|"
         r"step(?:s|ping)? (?:out|in|into|inside|outside|back|forward|closer|up|down|away|through|off|onto|to|over|"
         r"past|toward)|"
         r"stroll(?:s|ing)?\b|wander(?:s|ing)?\b|enter(?:s|ing)?\b|com(?:es|ing) (?:in|out|to|through|down|up|back|"
         r"over|from|into|toward|along|round|around|closer|inside)|"
         r"go(?:es|ing) (?:to|in|out|over|back|inside|outside|through|up|down|into|round|around|toward)|"
         r"approach(?:es|ing)?\b|head(?:s|ing) (?:to|for|toward|out|back|down|up|off|inside|outside|away)|"
         r"mov(?:es|ing) (?:to|toward|away|closer|past|through|across|behind|around|round|in)|exit(?:s|ing)?\b|"
         r"leav(?:es|ing)\b|follow(?:s|ing)? (?:him|her|them|[A-Z])|march(?:es|ing)?\b|limp(?:s|ing)\b|"
         r"stagger(?:s|ing)?\b|stumbl(?:es|ing)\b|shuffl(?:es|ing) (?:in|out|to|across|over|down)|hurr(?:ies|ying)\b|"
         r"tiptoe\w*|creep(?:s|ing)?\b|climb(?:s|ing)?\b|back(?:s|ing) away|"
         r"storm(?:s|ing) (?:out|in|off)|burst(?:s|ing) (?:in|out|through)|arriv(?:es|ing)\b|wad(?:es|ing)\b|"
         r"makes " + _SELF + r" way|turns and goes|appears? in|emerg(?:es|ing)\b|trudg(?:es|ing)\b|descend(?:s|"
                             r"ing)?\b|ascend(?:s|ing)?\b"), Posture.WALK),
)  # fmt: skip
"""The first of the earliest match in a clause wins."""

ARRIVES = _rx(
    r"cross\w+ (?:over |back )?to|go\w+ (?:over |back )?to|com\w+ (?:in\b|over to|up to|to\b|out\b|through|inside|"
    r"into)|"
    r"enters?\b|approach\w+|step\w+ (?:in|out|into|inside|up to|to|onto)|walks? (?:up |over )?to\b|walks? in\b|"
    r"walks? into\b|"
    r"moves? (?:over )?to\b|arriv\w+|burst\w+|appears?|emerg\w+|hurr\w+ (?:to|in)|runs? (?:up )?to\b|rush\w+ (?:to|in)"
)
"""Moves that end where they say: whoever makes them stands there afterwards."""

GESTURES: tuple[tuple[re.Pattern[str], Gesture], ...] = (
    (_rx(r"on the (?:tele|cell ?|mobile )?phone\b|(?:phone|receiver|mobile) (?:to|at|against|pressed "
         r"to) " + _SELF + r" ear|answers? the (?:tele)?phone|answers? (?:his|her) (?:cell|mobile|phone)|"
         r"picks? up the (?:tele)?(?:phone|receiver)|dial(?:s|ling|ing)\b|into (?:the |his |her )?(?:tele)?(?:phone|"
         r"receiver)|^phone\b|on speakerphone"), Gesture.PHONE),
    (_rx(r"(?:cross|fold)(?:es|s|ed|ing)? " + _SELF + r" arms|arms (?:crossed|folded)"), Gesture.ARMS_CROSSED),
    (_rx(r"hands? (?:planted |resting |firmly )?on (?:" + _SELF + r" )?hips?|arms akimbo"), Gesture.HANDS_ON_HIPS),
    (_rx(r"cover(?:s|"
         r"ing)? " + _SELF + r" (?:face|mouth|eyes|ears)|(?:claps?|puts?|presses|holds?|raises) "
                             r"(?:a|" + _SELF + r") hands? (?:to|over|"
                                                r"against) " + _SELF + r" (?:face|mouth|forehead|cheek|chin|lips|"
                                                                       r"eyes|brow|throat)|"
         r"(?:a|" + _SELF + r") hands? (?:to|"
                            r"over) " + _SELF + r" (?:face|mouth|cheek|lips|brow|eyes)|(?:face|head) "
                                                r"in " + _SELF + r" hands|rub(?:s|"
                                                                 r"bing)? " + _SELF + r" (?:eyes|face|temples?|"
                                                                                      r"forehead|chin|nose|beard)|"
         r"wip(?:es|ing) (?:away "
         r")?(?:" + _SELF + r" |a |the )(?:eyes?|tears?|face|nose|brow|mouth|sweat)|bit(?:es|"
                            r"ing) " + _SELF + r" nails|scratch(?:es|ing) " + _SELF + r" (?:head|chin|beard)|"
         r"bur(?:ies|"
         r"ying) " + _SELF + r" (?:face|head)|facepalms?|strok(?:es|"
                             r"ing) " + _SELF + r" (?:beard|chin)|"
                                                r"shields? " + _SELF + r" eyes|touch(?:es|"
                                                                       r"ing) " + _SELF + r" (?:face|cheek|lips|"
                                                                                          r"mouth|hair)|"
         r"(?:finger|hand) (?:to|on) " + _SELF + r" lips|thumb in " + _SELF + r" mouth"), Gesture.HAND_TO_FACE),
    (_rx(r"(?:hands?|arms?) (?:up|in the air|raised|"
         r"above " + _SELF + r" heads?)|(?:rais|lift|throw)(?:es|s|ing) (?:up "
                             r")?" + _SELF + r" (?:hands|arms)|"
                                             r"puts? " + _SELF + r" hands up|surrenders?\b"), Gesture.HANDS_UP),
    (_rx(r"hug(?:s|ging)?\b|embrac(?:es|ing|e)\b|(?:puts?|wraps?|throws?|slips?) (?:an "
         r"arm|" + _SELF + r" arms?) (?:a)?round|holds? (?:him|her|each other|them|[A-Z]\w+) (?:tight|close|in)|"
                           r"takes? (?:him|her|[A-Z]\w+) in " + _SELF + r" arms|"
         r"cradl(?:es|ing) (?:him|her|[A-Z]\w+)|in each other's arms|kiss(?:es|ing)?\b"), Gesture.EMBRACE),
    (_rx(r"(?<!the )(?<!some )drinks\b|drinking\b|they drink\b|sips?\b|sipping\b|gulps?\b|swigs?\b|swallows\b|"
         r"(?<!breath )smok(?:es|ing)\b|"
         r"takes? (?:a|another) (?:\w+ )?(?:sip|swig|gulp|drink|drag|puff|bite)|drains? (?:the|a|" + _SELF + r") "
         r"(?:\w+ )?(?:glass|cup|mug|bottle)|(?:lifts?|raises?|brings?|puts?) (?:the|a|an|it|" + _SELF + r")"
         r"(?: \w+){0,3} to " + _SELF + r" (?:lips|mouth)|bites? into|eats\b|lights? (?:a|the|up|" + _SELF + r") "
         r"(?:cigarette|cigar|pipe|smoke)"), Gesture.TO_MOUTH),
    (_rx(r"reads\b|reading (?:the|a|an|it|" + _SELF + r")\b|leaf(?:s|ing) through|flips? through|"
         r"stud(?:ies|ying) (?:the|a|" + _SELF + r") (?:\w+ )?(?:letter|map|newspaper|paper|book|photo\w*|menu|note)"),
     Gesture.READ),
    (_rx(r"(?:raises?|raising|lifts?|lifting|holds? up|holding up) (?:the|a|an|" + _SELF + r") (?:\w+ )?"
         r"(?:glass|cup|mug|bottle|drink|lantern|torch|flashlight|candle|lighter|axe|hammer|sword|knife|photo\w*|"
         r"letter|key|keys|newspaper)\b(?! to)|toasts?\b|clinks?\b"), Gesture.RAISE),
    (_rx(r"typ(?:es|ing)\b|at the (?:keyboard|typewriter|keys)|hammers? (?:away )?at the (?:keyboard|keys|"
         r"typewriter)|plays the piano"), Gesture.TYPE),
    (_rx(r"wav(?:es|ing)\b(?! of)|beckon(?:s|ing)?\b|signals? to|salutes?\b|raises? "
         r"(?:a|" + _SELF + r") hand\b"), Gesture.WAVE),
    (_rx(r"point(?:s|ing)?\b(?! of)|aim(?:s|ing)?\b|jabs? "
         r"(?:a|" + _SELF + r") finger|gestures? (?:at|to|toward)|indicat(?:es|ing)\b|levels? (?:the|a|his|her) "
                            r"(?:gun|pistol|rifle|revolver)"), Gesture.POINT),
    (_rx(r"reach(?:es|ing)?\b|(?:extend|hold|offer|stretch)(?:s|es|ing)? (?:out "
         r")?(?:a|" + _SELF + r") (?:hand|arm)|hold(?:s|ing) out\b|offer(?:s|ing)?\b|giv(?:es|ing) (?:him|her|it|"
                              r"[A-Z]|the|a)|"
         r"(?<!his )(?<!her )(?<!their )(?<!both )hand(?:s|ing) (?:him|her|it|them|[A-Z]|the|a|over)|"
         r"pass(?:es|ing) (?:him|her|it|the|a|[A-Z])|slid(?:es|"
         r"ing) (?:it|the|a|an)\b|push(?:es|ing) (?:it|the|a|open)|grabs?\b(?: for)?|grop(?:es|ing)|"
         r"open(?:s|ing) (?:the|a) (?:\w+ )?(?:door|drawer|window|fridge|cupboard|glovebox|box|cabinet)|put(?:s|"
         r"ting) (?:it|the|a|an|his|her|down)\b(?! hands?\b)(?! arms?\b)|set(?:s|ting) (?:it|the|a|an|down)\b|"
         r"plac(?:es|ing) (?:it|the|a|an)\b|lay(?:s|ing) (?:it|the|a|an)\b|pick(?:s|ing) up|knock(?:s|ing) (?:on|at)|"
         r"touch(?:es|ing)\b|slam(?:s|ming) (?:it|the|a|his|her)|shak(?:es|ing) hands|paint(?:s|ing)\b|serv(?:es|"
         r"ing)\b|turns on the|switch(?:es)? (?:on|off)|strok(?:es|ing)\b"), Gesture.REACH),
    (_rx(r"gesticulat\w+|gestur(?:es|ing)\b|explain(?:s|ing)\b|shrugs?\b|argu(?:es|ing)\b|lectur(?:es|"
         r"ing)\b"), Gesture.TALK),
)  # fmt: skip
"""All that match apply in the order of the text; the last one is what is seen."""

STICKY_GESTURES = frozenset(
    {Gesture.ARMS_CROSSED, Gesture.HANDS_ON_HIPS, Gesture.PHONE, Gesture.TYPE, Gesture.HANDS_UP, Gesture.READ}
)
"""Kept until the person does something else; the others last for a speech."""

TAKES = _rx(
    r"hold(?:s|ing)?\b|clutch(?:es|ing)\b|grip(?:s|ping)\b|carr(?:ies|ying)\b|cradl(?:es|ing)\b|brandish(?:es|ing)\b|"
    r"rais(?:es|ing)\b|"
    r"lift(?:s|ing)\b|pick(?:s|ing) up\b|grab(?:s|bing)?\b|tak(?:es|ing)\b|snatch(?:es|ing)\b|draw(?:s|ing)\b|"
    r"pull(?:s|ing) (?:out )?|"
    r"produc(?:es|ing)\b|wield(?:s|ing)\b|aim(?:s|ing)\b|drink(?:s|ing) (?:from|out of)?|sip(?:s|ping)\b|read(?:s|"
    r"ing)\b|light(?:s|ing)\b|"
    r"smok(?:es|ing)\b|pour(?:s|ing)\b|play(?:s|ing)\b|unfold(?:s|ing)\b|tear(?:s|ing) (?:up|open)\b|swing(?:s|"
    r"ing)\b|wav(?:es|ing)\b|"
    r"point(?:s|ing)\b|flips? through|leafs? through|nurs(?:es|ing)\b|leans on|armed with|with\b|receiv(?:es|ing)\b|"
    r"hug(?:s|ging)\b|"
    r"scribbl(?:es|ing)|wip(?:es|ing)|polish(?:es|ing)|toy(?:s|ing) with|fiddl(?:es|ing) with|examin(?:es|ing)\b|"
    r"drag(?:s|ging)\b|lug(?:s|ging)\b"
)
ENTERS = _rx(
    r"enters?\b(?! (?:a|the) (?:number|code|name))|com(?:es|ing) (?:in\b(?! front)|inside|through|into|out\b)|"
    r"(?:walk|step|burst|storm|run|rush|hurr(?:y|ie)|slip|stumble|wander|barge|stride)s? "
    r"(?:in\b(?! front)(?! the (?:rain|dark|snow|sand|street|circle))|into|inside|through the door)|"
    r"appears?\b|arriv(?:es|ing)\b|emerg(?:es|ing)\b|joins? (?:him|her|them|[A-Z])|"
    r"(?:pulls|drives) up\b"
)
"""Whoever first does this was not there before."""
EXITS = _rx(
    r"exit(?:s|ing)?\b|leav(?:es|ing)\b(?! (?:the|a|an|his|her|it|their) "
    r"(?!room|house|flat|office|bar|diner|kitchen|building|shop))|"
    r"(?:walk|go(?:e)?|step|storm|run|rush|slip|hurrie|stride|march|climb)s? (?:out\b|off\b|away\b(?! from the))|"
    r"(?:is|are) gone\b|disappears?\b|vanish(?:es)?\b|drives? (?:off|away)"
)
"""Whoever does this is not there afterwards."""
WORKS_AT = re.compile(
    r"\b(?:reads?|writes?|works?|eats?|types?|sews?|studies|draws?|plays cards)\b.*\bat (?:the|a|his|her|their) "
    r"(?:\w+ )?(?:table|desk|counter|bar)\b",
    re.IGNORECASE,
)
"""Done sitting, unless the script stands them there."""
DROPS = _rx(
    r"drop(?:s|ping)?\b(?! (?:to|into|onto|down|his|her))|lets? go|slips?\b|falls?\b|flings?\b|hurls?\b|throws?\b"
)
NEAR = re.compile(
    r"\b(?P<prep>behind|in front of|before|opposite|across from|facing|next to|beside|alongside|by|with|against|"
    r"over to|up to|towards?|to|near|joins)\s+(?P<whom>.+)",
    re.IGNORECASE,
)
RELEASES = _rx(
    r"put(?:s|ting)?\b|set(?:s|ting)?\b|lay(?:s|ing)?\b|plac(?:es|ing)\b|drop(?:s|ping)?\b|throw(?:s|ing)?\b|"
    r"toss(?:es|ing)?\b|"
    r"slam(?:s|ming)?\b|hang(?:s|ing) up\b|lets? go|slid(?:es|ing)\b|leav(?:es|ing)\b|hurl(?:s|ing)?\b|hid(?:es|"
    r"ing)\b|pocket(?:s|ing)\b|"
    r"stub(?:s|bing) out|put(?:s|ting) out|flings?\b|push(?:es|ing)\b|stows?\b|returns\b|rests\b"
)
GIVES = _rx(
    r"(?<!his )(?<!her )(?<!their )(?<!both )(?<!the )hand(?:s|ing)\b(?! up| on| in| over "
    + _SELF
    + r")|giv(?:es|ing)\b|pass(?:es|ing)\b|toss(?:es|ing) (?:him|her|[A-Z])"
)
SLIPS = re.compile(
    r"\b(?:the |a |an |her |his )?(?P<thing>[\w' -]+?) (?:falls?|drops?|slips?|slides?|tumbles?) (?:out of|from|"
    r"through) (?P<who>\w+(?:['’]s)?) (?:hands?|fingers|grip|grasp)",
    re.I,
)
_LOOK = (
    r"look(?:s|ing)?|star(?:es|ing)|stare|glanc(?:es|ing)|gaz(?:es|ing)|peer(?:s|ing)?|glar(?:es|ing)|squint(?:s|"
    r"ing)?|turn(?:s|ing)?|"
    r"smil(?:es|ing)|nod(?:s|ding)?|point(?:s|ing)?|aim(?:s|ing)?|grin(?:s|ning)?|shout(?:s|ing)?|wav(?:es|ing)|"
    r"whisper(?:s|ing)?|gap(?:es|ing)|"
    r"scowl(?:s|ing)?|frown(?:s|ing)?|beam(?:s|ing)?|wink(?:s|ing)?|blink(?:s|ing)?|yell(?:s|ing)?|talk(?:s|ing)?|"
    r"speak(?:s|ing)?|bow(?:s|ing)?|leer(?:s|ing)?"
)
LOOKS = re.compile(
    rf"\b(?:{_LOOK})\s+(?:\w+ly\s+)?(?:(?:back|straight|directly|hard|long|over|up|down|out|round|around|off|only)\s+)*"
    r"(?P<prep>at|to|towards?|into|through|on|out of|in|over|from|past|after|for)\s+(?P<what>.+)",
    re.IGNORECASE,
)
WATCHES = re.compile(
    r"\b(?:watch(?:es|ing)|faces|facing|stud(?:ies|ying)|regard(?:s|ing)|examin(?:es|ing)|inspect(?:s|ing)|scan(?:s|"
    r"ning)|eyes|eyeing|observ(?:es|ing)|contemplat(?:es|ing)|read(?:s|ing)|sees|notices|spots)\s+"
    r"(?P<what>.+)",
    re.IGNORECASE,
)
LOOKS_ON = _rx(r"(?:without|not) looking (?:up|at (?:him|her|them))\b|does(?: not|n['’]t) look up")
"""Eyes stay on what the hands do."""
LOOKS_AWAY = _rx(
    r"(?:look|glanc|gaz|turn|star)(?:s|es|ing) (?:away|aside)|avert(?:s|ing)? "
    + _SELF
    + r" (?:eyes|gaze)|avoids? (?:his|her|their|\w+['’]s) (?:eyes|gaze)|turns? "
    + _SELF
    + r" back|"
    r"(?:stares?|gazes?|looks?) (?:off )?into (?:space|nothing|nothingness|the distance|the middle distance)|without "
    r"(?:turning|looking)|not (?:turning|looking)|(?:does not|doesn['’]t|won['’]t|cannot) (?:look|turn|meet)"
)
LOOKS_DOWN = _rx(
    r"(?:look|glanc|gaz|star)(?:s|es|ing) (?:down|at (?:the|"
    + _SELF
    + r") (?:floor|ground|feet|shoes|toes|hands|lap))(?! at)(?! the)|lower(?:s|ing)? "
    + _SELF
    + r" (?:eyes|gaze|head)|hang(?:s|ing)? "
    + _SELF
    + r" head|"
    r"bow(?:s|ing|ed)? (?:" + _SELF + r" )?head|head (?:bowed|down)|eyes (?:down|downcast|lowered)"
)
LOOKS_UP = _rx(
    r"(?:look|glanc|gaz|star)(?:s|es|ing) (?:up )?at the (?:ceiling|sky|stars|heavens|moon|sun|clouds)|(?:look|glanc|"
    r"gaz|star)(?:s|es|ing) skyward|rolls? " + _SELF + r" eyes|eyes (?:on|to) (?:the )?(?:sky|heaven|ceiling)"
)
LOOKS_FREE = _rx(
    r"looks? up(?:$|[.!,])|turns?(?: (?:round|around|back))?(?:$|[.!,])|looks? (?:round|around)\b|raises? "
    + _SELF
    + r" (?:eyes|head)(?:$|[.!,])|wakes?\b"
)
EYES_MEET = _rx(
    r"(?:their )?eyes (?:meet|lock)|exchang(?:es?|ing) (?:a |an? \w+ )?(?:look|glance)s?|meets? (?:his|her|their|"
    r"\w+['’]s) (?:eyes|gaze)|lock(?:s|ing)? eyes|holds? (?:his|her|\w+['’]s) gaze|looks? at each other|stares? at "
    r"each other|face each other"
)
EYES_CLOSE = _rx(
    r"(?:clos|shut)(?:es|s|ing|ting)? "
    + _SELF
    + r" eyes|eyes (?:closed|shut|squeezed shut|fall closed)|asleep\b|sleeps?\b|sleeping\b|unconscious\b|passes out|"
    r"faints?\b|squeezes? " + _SELF + r" eyes|prays?\b|praying\b|nods? off|dozes?\b|dozing\b"
)
EYES_OPEN = _rx(
    r"opens? "
    + _SELF
    + r" eyes|eyes (?:open|snap open|flutter open|fly open)|wakes?\b|awakes?\b|stirs awake|look(?:s|ing)\b|star(?:es|"
    r"ing)\b|gets? up|stands? up|sits? up"
)
NEGATED = re.compile(
    r"(?:\b(?:not|never|without|cannot|nobody|no one|won['’]t)|n['’]t)(?:\s+\w+ly)?\s+(?:\w+\s+)?$", re.IGNORECASE
)
PLACES = re.compile(
    r"\b(?P<prep>next to|in front of|across from|opposite|out of|on top of|on|in|into|at|by|behind|against|beside|"
    r"near|under|onto|to|"
    r"towards?|through|along|down|from|between|over|inside|among|up|past|across|around|round|"
    r"alongside)\s+(?P<what>.+?)(?=$|\s+(?:with|next to|behind|beside|on|in|at|into|by|near|under|between)\s)",
    re.IGNORECASE,
)
