"""Exact words for the camera and the effects that they state. `|` separates phrases, `~` marks a verb with its
endings."""

from __future__ import annotations

CAMERA_TERMS: tuple[tuple[str, str], ...] = (
    # --- sizes
    ("size=EWS", "ews|els|xws|xls|extreme wide|extreme wide shot|extreme long shot|extremely wide|super wide shot|"
     "widest shot|extreme long|as wide as possible|as wide as it goes"),
    ("size=VWS", "vws|vls|very wide|very wide shot|very long shot|big wide|big wide shot"),
    ("size=WS", "ws|ls|wide shot|long shot|wide master|a wide|to a wide|the wide|wide on|go wide|in a wide|full wide"),
    ("size=FS", "fs|full shot|full figure|full length|full body|head to toe|head to toes|whole body|whole figure|"
        "entire body|entire figure|"
     "all of her body|all of his body|see body|see the body|head to foot|head to feet|"
     "see their feet|see her feet|see his feet|see the feet|feet in frame|see her shoes|see his shoes|whole person"),
    ("size=MLS", "mls|mws|medium long|medium long shot|medium wide|medium wide shot|knee shot|three quarter shot|"
     "from the knees up|knees up|cut at the knees"),
    ("size=COWBOY", "cowboy|cowboy shot|american shot|mid thigh|plan americain|from the thighs up|thighs up|hip shot|"
     "cut at the thighs"),
    ("size=MS", "ms|medium|medium shot|mid shot|midshot|waist shot|from the waist up|waist up|cut at the waist|"
     "medium single|mid"),
    ("size=MCU", "mcu|medium close up|medium close|medium closeup|chest shot|head and shoulders|bust shot|"
     "from the chest up|chest up|loose close up|loose closeup|cut at the chest|medium close shot"),
    ("size=CU", "cu|close up|closeup|close shot|head shot|headshot|tight shot|close ups|face fills the frame|tight on|"
     "just her face|just his face|just the face|only her face|only his face|tight single|close single"),
    ("size=BCU", "bcu|big close up|big closeup|very close up|choker|tight close up|tight closeup|forehead to chin|"
     "extra tight close up|very tight close up|very tight closeup|screaming close up"),
    ("size=ECU", "ecu|xcu|extreme close up|extreme closeup|extreme close|macro|macro shot|just the eyes|just her eyes|"
     "just his eyes|only the eyes|only her eyes|only his eyes|italian shot|leone close up|leone eyes|on her eyes|"
     "on his eyes|tight on the eyes|eyes fill the frame|as tight as possible|as tight as it goes|eyes only"),
    # --- angle, height, direction
    ("angle=eye level", "eye level|eyelevel|at her eye line|at his eye line|eye line height|eye height|neutral angle|"
     "level angle|at eye level|straight angle|normal angle"),
    ("angle=low angle", "low angle|low shot|looking up at|look up at|looks up at|shoot up at|shooting up at|hero angle|"
     "from a low angle|up at|look up to|looking up to|looks up to|heroic angle|tower over us|towers over us|"
     "loom over us|looms over us|looming over us|"
     "tower over the camera"),
    ("angle=high angle", "high angle|high shot|looking down on|looking down at|look down on|look down at|"
     "looks down on|shoot down on|shooting down on|from a high angle|down on them|down at her|down at him|down on her|"
     "down on him"),
    ("angle=worm's eye", "worm's eye|worms eye|worm eye|worm's eye view|worms eye view|very low angle|"
     "extreme low angle|extremely low angle|super low angle|straight up at|steep low angle|from the gutter"),
    ("angle=bird's eye", "bird's eye|birds eye|bird eye|bird's eye view|birds eye view|aerial|aerial shot|"
     "drone view|very high angle|extreme high angle|from the rafters|from the rooftop|steep high angle"),
    ("angle=overhead", "overhead|overhead shot|top shot|top down|god's eye|gods eye|god's eye view|gods eye view|"
     "straight down|directly above|from directly above|plan view|from the ceiling|straight from above|top view|"
     "looking straight down|overhead angle|birds eye straight down"),
    ("height=1.45", "shoulder height|shoulder level|at the shoulder|shoulder high"),
    ("height=1.2", "chest height|chest level|chest high|seated eye level|sitting eye level"),
    ("height=0.95", "hip height|hip level|waist height|waist level|belly height|waist high|from the hip|table height|"
     "tabletop height|table level|counter height|hip high"),
    ("height=0.5", "knee height|knee level|knee high|dog height|dog's eye level|child height|chair height|dog level"),
    ("height=0.12", "ground level|floor level|on the ground|on the floor|floor height|ankle height|ankle level|"
     "from the floor|from the ground|on a hi hat|on a high hat|hi hat|at their feet|at her feet|at his feet|"
     "camera on the floor|carpet level|camera on the ground|in the dirt|in the grass"),
    ("azimuth=0", "dead on|full front|camera dead front|straight to camera|straight at us|square to camera|square on "
                  "to us"),
    ("azimuth=45", "three quarter|three quarters|three quarter view|three quarter angle|3 4 view|three quarter front|"
     "three quarter profile"),
    ("azimuth=180", "back of her head|back of his head|back to us|back to camera|back to the camera|her back|"
     "his back|their backs|we only see her back|see the back of"),
    ("azimuth=135", "three quarter back|three quarter rear|three quarters from behind|three quarter from behind|"
     "from three quarters behind"),
    # --- whom
    ("framing=single,foreground=clean", "clean single|clean close single"),
    ("framing=single,foreground=dirty", "dirty single"),
    ("framing=single", "single|a single|solo|one shot of|alone in frame|on her own in frame|1 shot"),
    ("framing=two-shot", "two shot|twoshot|2 shot|two hander|both of them|both in frame|both in the frame|the pair|"
     "them both|the two of them|50 50|fifty fifty|see them both|both of them in frame"),
    ("framing=three-shot", "three shot|threeshot|3 shot|all three|the three of them"),
    ("framing=group", "group|group shot|crowd shot|everybody in frame|everyone in frame|the whole gang|all of them"),
    ("framing=over the shoulder", "over the shoulder|ots|over shoulder|over the shoulders|over shoulder shot"),
    ("framing=POV", "pov|point of view|subjective|subjective camera|subjective shot|through the eyes of|pov shot|"
     "first person"),
    ("framing=profile", "profile|in profile|profile shot|side view|side profile|pure profile"),
    ("framing=insert", "insert|insert shot|insert of|detail of|detail shot|cutaway to|detail"),
    ("framing=place", "establishing|establishing shot|the place itself|empty set|the location|just the room|just the "
                      "place|nobody in frame|empty room|empty of people|empty place|geography"),
    # --- composition
    ("composition=centred", "centre|center|centred|centered|~centre|~center|dead centre|dead center|in the middle|"
     "symmetrical|symmetry|symmetric|wes anderson|in the centre|in the center|middle of the frame|kubrick framing|"
     "center punched|centre punched|one point perspective|bullseye|bang in the middle|smack in the middle"),
    ("composition=thirds", "thirds|rule of thirds|left third|right third|on a third|on the third|on thirds|third of "
                           "the frame|left hand third|right hand third|on the left third|on the right third|off centre|"
                           "off center|offset"),
    ("composition=short-sided", "short side|~short side|short sided|shortside|~shortside|short siding|wrong side of "
                                "frame|wrong side of the frame|no look room|no lead room|no looking room|no nose room|"
                                "nose against the edge|crowded against the edge|jammed against the edge|looking out of "
                                "frame|nose to the edge|against the edge|"
                                "against the frame edge|against the frame line|against the edge of the frame|"
                                "over to the edge|nose at the frame line|nose nearly at the frame line"),
    ("composition=negative space", "negative space|empty frame|lots of empty space|a lot of empty frame|empty space|"
     "small in an empty frame|lost in the frame|swallowed by the frame|swallowed by the space|dead space|"
     "small in the frame with lots of space|alone in a big frame|edge of the frame|corner of the frame|"
     "edge of frame|corner of frame|void around|emptiness around|surrounded by emptiness|lots of nothing"),
    ("composition=lead room", "lead room|looking room|look room|nose room|leading room|room in front of her|"
     "room in front of him|space to look into|normal composition|usual framing|talking room|conventional framing"),
    ("foreground=dirty", "dirty|~dirty|~dirty up|dirty foreground|shoulder in the foreground|"
     "shoulder in foreground|foreground shoulder|with a piece of|piece of shoulder|shoulder in frame|dirty frame"),
    ("foreground=clean", "clean|~clean|~clean up|no shoulder|lose the shoulder|without the shoulder|clean frame|"
     "clean foreground|no foreground|lose the foreground|nothing in the foreground|clean up the foreground"),
    ("side=left", "looking left|look left|looks left|looking frame left|looking camera left|looking screen left|"
     "eyeline left|look frame left|look camera left|look screen left|looks frame left|looks camera left|"
     "looks screen left|facing left|face left|faces left|facing frame left|facing camera left|look to the left|"
     "looking to the left|looks to the left|look off left|looking off left|eyeline camera left|eyeline frame left"),
    ("side=right", "looking right|look right|looks right|looking frame right|looking camera right|looking screen right|"
                   "eyeline right|look frame right|look camera right|look screen right|looks frame right|looks camera "
                   "right|looks screen right|facing right|face right|faces right|facing frame right|facing camera "
                   "right|look to the right|looking to the right|looks to the right|look off right|looking off right|"
                   "eyeline camera right|eyeline frame right"),
    # --- lens
    ("lens=21", "wide angle|wide angle lens|wide lens|wide glass|on a wide lens"),
    ("lens=14", "fisheye|fish eye|ultra wide|ultra wide lens|super wide|super wide lens|extreme wide lens"),
    ("lens=100", "long lens|telephoto|telephoto lens|tele|long glass|portrait lens|on a long lens"),
    ("lens=50", "normal lens|standard lens|nifty fifty"),
    ("sensor=Super 16", "super 16|s16|super16|16 mm film|super sixteen|16mm|16 mil|16mm film|super 16mm"),
    ("sensor=Super 35", "super 35|s35|super35|super thirty five|super 35mm"),
    ("sensor=full frame", "full frame|large format|lf|vistavision|full frame sensor|fullframe"),
    ("sensor=65 mm", "65 mm film|65 mm sensor|imax|65mm film|70 mm|70mm|65mm sensor|alexa 65|shoot on 65|in 65 mm"),
    ("squeeze=2", "anamorphic|2 x anamorphic|anamorphic lens|anamorphic lenses|two times anamorphic"),
    ("squeeze=1.33", "1.33 x anamorphic|1.33 anamorphic|1.33 squeeze|1.33 x squeeze"),
    ("squeeze=1.5", "1.5 x anamorphic|1.5 anamorphic|1.5 squeeze|1.5 x squeeze"),
    ("squeeze=1.8", "1.8 x anamorphic|1.8 anamorphic|1.8 squeeze|1.8 x squeeze"),
    ("squeeze=1", "spherical|spherical lens|spherical lenses|no squeeze|spherical glass|not anamorphic|no anamorphic"),
    ("aspect=2.39", "scope|cinemascope|widescreen|2.35|2.40|2.4|letterbox|scope frame"),
    ("aspect=1.33", "academy 4 3|tv frame|square tv"),
    ("aspect=1.375", "academy|academy ratio|academy frame"),
    ("aspect=1.00", "square|square frame|square format|instagram square"),
    ("aspect=9:16", "vertical|vertical video|vertical frame|phone format|portrait format|upright format|tiktok"),
    ("aspect=1.78", "hd frame|tv format|hdtv"),
    # --- focus
    ("deep-focus=on", "deep focus|everything sharp|everything in focus|all in focus|all sharp|front to back|"
     "sharp front to back|pan focus|citizen kane focus|infinite focus|sharp from front to back|the whole room sharp|"
     "sharp all the way back|everything pin sharp|pin sharp|everything crisp|hold both in focus|both in focus|"
     "keep both in focus|all of it sharp|whole frame in focus|whole frame sharp|focus front to back"),
    ("t-stop*0.35", "as shallow as possible|wide open|razor thin focus|razor thin depth of field"),
    ("move=rack focus", "rack focus|~rack focus|rack|focus pull|focus rack|pull focus|~pull focus|shift focus|focus "
                        "shift"),
    # --- moves that are one expression
    ("move=static", "static|lock off|locked off|~lock off|~lock it off|lock it|lock it down|~lock down|locked|locked "
                    "down|on sticks|tripod|on a tripod|sticks|stationary|still camera|camera still|don't move the "
                    "camera|stay put|keep the camera still|no camera move|no camera movement|camera doesn't move|stop "
                    "moving|fixed|fixed camera|nailed down|motionless|don't move|planted|stop the camera|stop the "
                    "movement|stop the move|freeze the camera|frozen camera|dead still|tableau|hold static|stay still|"
                    "hold still|keep still|hold the frame"),
    ("move=dolly zoom", "dolly zoom|zolly|vertigo|vertigo effect|vertigo shot|vertigo thing|trombone shot|jaws shot|"
     "contra zoom|hitchcock zoom|vertigo zoom|jaws effect|the jaws thing"),
    ("move=whip pan", "whip pan|~whip pan|swish pan|whip|~whip|~whip over|whip around|swish|flash pan|whip right|"
        "whip pan right"),
    ("move=whip pan left", "whip pan left|~whip pan left|swish left|swish pan left|whip pan to the left"),
    ("move=whip tilt up", "whip tilt|~whip tilt|whip tilt up|~whip tilt up|whip tilt upwards"),
    ("move=whip tilt down", "whip tilt down|~whip tilt down|whip tilt downwards"),
    ("move=jib up", "jib up|~jib up|jib|jib arm|on a jib|jib shot"),
    ("move=jib down", "jib down|~jib down"),
    ("move=roll left", "roll left|~roll left|barrel roll|barrel roll left|roll anticlockwise|roll counterclockwise|"
     "camera rolls over|roll the camera left|~roll the camera left"),
    ("move=roll right", "roll right|~roll right|barrel roll right|roll clockwise|roll the camera right|"
     "~roll the camera right"),
    ("move=Steadicam", "steadicam|on steadicam|on a steadicam|steadi|stedi|steadycam|float like a steadicam|"
     "steadicam shot|steadicam move"),
    ("move=gimbal", "gimbal|on a gimbal|on the gimbal|gimbal shot|gimbal move|ronin"),
    ("move=drone", "drone|drone shot|on a drone|by drone|drone move|fpv|fpv drone|quadcopter"),
    ("move=cable", "cable cam|cablecam|spidercam|spider cam|skycam|cable camera|on a cable|on a wire|wire cam|"
     "cable shot"),
    ("move=vehicle", "car mount|car to car|car rig|hood mount|hostess tray|process trailer|insert car|tracking vehicle|"
     "camera car|from a car|from the car|vehicle shot|vehicle mount|on the car|bonnet mount|pursuit arm|russian arm"),
    ("move=reframe", "reframe|~reframe|re frame|small reframe|adjust the frame|correct the frame during|"
     "little adjustment pan"),
    ("move=reveal", "reveal|~reveal|reveal move|reveal shot|slide out from behind|come out from behind|"
     "emerge from behind the|wipe off the foreground"),
    ("move=handheld", "handheld|hand held|off the shoulder|shoulder rig|documentary camera|verite|verite camera|"
     "on the shoulder|run and gun"),
    ("move=crash zoom", "crash zoom|snap zoom|crash zoom in|snap zoom in|~crash zoom|~crash in|~snap in|"
     "smash zoom|crash zoom into|crash zoom onto"),
    ("move=push in,move-speed=0.5", "creep in|~creep in|~inch in|inch in|inch closer|~inch closer|creeping in|"
     "creep closer|~creep closer|~ease in on|~ease in closer|~creep up on|slowly closer"),
    ("move=pull out,move-speed=0.5", "creep out|~creep out|inch out|~inch out|~creep back|~inch away|~creep away|"
     "ease away|ease back"),
    ("move=push in", "start wide and end tight|start loose and end tight|start wide and end close|start wide end tight|"
                     "start wide and end up close|start loose and end up|start wide and end up tight|start loose and "
                     "finish tight|start wide and finish close|end up in her face|end up right in her face|end up "
                     "right in his face|end up tight|end up close|land in a close up|land on a close up|land in close "
                     "up|end on a close up|end in a close up|finish on a close up|finish in close up|start wide and "
                     "land tight|move in|~move in|~go in closer|closing in on|~close in on|moves in|travel in|~travel "
                     "in|walk the camera in|~walk in|~drive in|camera comes in|come in on|coming in on|get closer "
                     "during the shot"),
    ("move=pull out", "start tight and end wide|start close and end wide|start tight and finish wide|reveal the room|"
                      "~reveal the room|~reveal the place|~reveal the space|leave her behind|leave him behind|start on "
                      "her face and reveal|end wide|end up wide|start close and reveal|land in a wide|end on a wide|"
                      "finish wide|finish on a wide|back away from|~back away|back away|~retreat|~withdraw"),
    ("move=lead", "~track backwards ahead of|backwards ahead of|ahead of her|ahead of him|ahead of them|~stay ahead of|"
     "~track back in front of|backwards in front of|lead|~lead|lead her|lead him|lead them|lead the walk|"
     "in front of her as she walks|"
     "in front of him as he walks|walk backwards|walk backwards in front of|walking backwards"),
    ("move=follow", "follow|~follow|follow along|track with|~track with|~travel with|walk with|~walk with|tracking "
                    "shot|~run with|~move with|go with|~go with|tail|~tail|~trail|stay behind her|stay behind him|walk "
                    "behind|chase|~chase|come along with|walk and talk|alongside|travel alongside|steadicam behind"),
    ("shake=0,easing=ease in-out", "float like"),
    ("easing=ease in-out", "ease in and out|ease in out|ease in and ease out|ease in and out of it|soft start and stop|"
     "feather the move|feather the start and the stop|feather start and stop|feathered start and stop|"
     "smooth start and stop|soft start and end|soft start and soft stop|gentle start and stop|cushion the move"),
    ("easing=ease in", "ease in|ease into it|ease into|ease into the move|soft start|slow start|feather the start|"
     "start gently|start slowly|build up speed|accelerate into it|gentle start"),
    ("easing=ease out", "ease out|ease out of it|ease out of|soft stop|soft landing|slow stop|feather the stop|"
     "settle gently|come to rest gently|soft finish|feather the end|land softly|gentle stop|ease to a stop"),
    ("easing=linear", "linear|constant speed|even speed|mechanical move|no easing|constant move|no ease|robotic move|"
     "steady speed|at a steady pace|at a constant pace"),
    ("shake=0", "no shake|no wobble|no shaking|shake free"),
    ("place=none", "forget the hand placed camera|lose the hand placed camera"),
)  # fmt: skip

_SIDEWAYS = {"left": "truck left", "right": "truck right"}
_DEPTH = {"in": "push in", "forward": "push in", "forwards": "push in", "closer": "push in", "toward": "push in",
          "towards": "push in", "into": "push in", "out": "pull out", "back": "pull out", "away": "pull out",
          "backward": "pull out", "backwards": "pull out"}  # fmt: skip
_RISE = {"up": "pedestal up", "down": "pedestal down", "upwards": "pedestal up", "downwards": "pedestal down"}
_DOLLY = {**_DEPTH, **_SIDEWAYS, **_RISE}

MOVE_VERBS: dict[str, dict[str, str]] = {
    "push": {"": "push in", **{k: v for k, v in _DEPTH.items() if v == "push in"}},
    "pull": {k: v for k, v in _DEPTH.items() if v == "pull out"},
    "dolly": {**_DOLLY, "": "push in"},
    "track|truck|crab|slide|glide|drift|float|travel|move": _DOLLY,
    "creep|inch|ease|nudge|sneak|crawl": _DEPTH | _SIDEWAYS,
    "pan": {"left": "pan left", "right": "pan right", "up": "tilt up", "down": "tilt down", "": "pan right",
            "across": "pan right", "over": "pan right"},
    "tilt": {"up": "tilt up", "down": "tilt down", "": "tilt up"},
    "boom|ped|pedestal": {"up": "pedestal up", "down": "pedestal down"},
    "whip|swish": {"left": "whip pan left", "right": "whip pan", "up": "whip tilt up", "down": "whip tilt down"},
    "jib": {"up": "jib up", "down": "jib down", "": "jib up", "over": "jib up"},
    "crane": {"up": "crane up", "down": "crane down", "": "crane up", "over": "crane up"},
    "arc|orbit|circle|revolve|spiral|rotate": {"left": "arc left", "right": "arc right", "around": "arc left",
                                               "round": "arc left", "": "arc left"},
    "spin|go|come|swing|walk|wrap": {"around": "arc left", "round": "arc left"},
    "zoom": {"in": "zoom in", "into": "zoom in", "out": "zoom out", "back": "zoom out", "": "zoom in", "on": "zoom in"},
    "rise": {"": "pedestal up", "up": "pedestal up"},
}  # fmt: skip
"""Verbs that a direction completes; "" is the verb alone."""
NEEDS_CAMERA = frozenset({"roll", "rise", "travel", "spin", "go", "come", "swing", "walk", "wrap", "rotate", "move"})
"""Move verbs that people do, too: alone they are no camera move."""
