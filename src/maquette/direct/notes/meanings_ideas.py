"""Ideas about camera, light and colour in free words: what they come to, how to say why, and examples."""

from __future__ import annotations

IDEAS: tuple[tuple[str, str, str], ...] = (
    # (effects, the idea in a few words, examples)
    ("size-", "a wider frame",
     "show us where we are|let us see the whole place|I want to see more of the location|take in the surroundings|"
     "show the geography of the room|we need more context around them|see the entire space|"
     "let me see what is around him|I want more of the place in the picture|show more of her body"),
    ("size+", "a tighter frame",
     "bring us nearer to her face|I want to see every pore|I need to see his eyes|get us closer to what he feels|"
     "we are too far from her|I can't read his expression|let me see what she is thinking|too much room around her"),
    ("composition=negative space", "the figure small at the edge of an empty frame",
     "dwarf him with the landscape|make her look lost in the space|surround him with emptiness|"
     "let the emptiness weigh on him|leave the rest of the frame empty|tuck him into a corner of the picture|"
     "lots of nothing around her"),
    ("composition=centred", "the figure in the middle",
     "perfectly symmetrical like Kubrick|put her right in the middle of the picture|"
     "line him up with the axis of the corridor|bang in the middle of the image|formal and symmetrical"),
    ("composition=short-sided", "the room behind the figure, not before it",
     "give her no room to look into|press him against the edge he is looking at|cramp him on the side he faces"),
    ("angle=low angle", "a camera that looks up",
     "make him look powerful|make her tower over us|let him loom over the audience|we look up to her|"
     "make him a giant|give him authority|give him some dignity|I want her strong|show him respect|"
     "she should dominate us|as a child would see him"),
    ("angle=high angle", "a camera that looks down",
     "make him look small and weak|as if God is judging him|look down on her like prey|make him vulnerable|"
     "we look down at the victim|she is powerless|belittle him"),
    ("angle=overhead", "the camera above",
     "like a map|seen straight from the ceiling|as if a satellite watches them|"
     "like an insect under a microscope from above"),
    ("roll=8", "a leaning horizon",
     "the world is tilting|everything is out of balance|the ground slips away under him|"
     "make the picture lean like in The Third Man|the floor is not level any more"),
    ("roll=0", "a level horizon",
     "straighten the picture|the horizon is not level fix it"),
    ("lens*0.65", "a wider, nearer lens",
     "distort the face a little|exaggerate the perspective|put the camera right in the action with a wide lens|"
     "make the room look bigger|deepen the space"),
    ("lens*1.6", "a longer, flatter lens",
     "compress the distance|flatten the perspective|as if spied on from far away|stack the background up behind her|"
     "make the background come closer"),
    ("t-stop*0.6", "shallow focus",
     "throw the background out of focus|I only want to see her the rest is blur|"
     "make her stand out from a soft background|only the eyes sharp|let everything behind him dissolve|"
     "dreamy blurred background"),
    ("deep-focus=on", "everything in focus",
     "I want to see every detail of the room sharply|both of them must be sharp|keep the far wall readable|"
     "as sharp in the distance as in front"),
    ("move=push in,move-speed=0.5", "a slow push in",
     "creep up on her|draw us in gradually|we are slowly pulled towards him|gradually get closer during the shot|"
     "let us drift into her thoughts"),
    ("move=pull out,move-speed=0.5", "a slow pull out",
     "leave her behind as we go|slowly reveal the room around him|retreat from them|abandon him there|"
     "gradually uncover how alone she is"),
    ("move=follow", "a camera that goes along",
     "stay with him as he goes|keep up with her|go along with them down the corridor|be right behind him as he goes|"
     "tag along"),
    ("move=handheld,shake=1.2", "a handheld camera",
     "like a documentary|as if the cameraman were in the fight|like a news crew|nervous restless camera|"
     "like found footage|as if we were there with them|war reporter style"),
    ("move=static", "a camera at rest",
     "just plant the camera and let them play|don't do anything with the camera|let the actors do the moving|"
     "a painting not a movie move"),
    ("move=arc left", "a camera that goes around",
     "go all the way round them|let the camera dance around the couple|wrap around them as they kiss|"
     "revolve around the table"),
    ("move=crane up", "a camera that rises",
     "lift off into the sky|soar above them at the end|rise above the crowd|float up over the rooftops"),
    ("move=dolly zoom", "a dolly zoom",
     "the background rushes away like in Vertigo|like the beach shot in Jaws|the world warps around him"),
    ("move-speed*0.6", "a slower move",
     "take your time with the camera|don't hurry the camera|let the move breathe"),
    ("move-speed*1.7", "a faster move",
     "more energy in the camera move|the camera should rush|put some pace into the move"),
    ("framing=POV", "a point of view",
     "we see what he sees|put us in her shoes|from his eyes|as if we were him"),
    ("framing=two-shot", "both in the frame",
     "I want to see them both at once|put them together in the picture|the two of them side by side"),
    ("duration*1.5", "a longer shot",
     "let it play out|don't rush the cut|stay on this for a while|let the silence hang|"
     "give the audience time to take it in|hold until it becomes uncomfortable"),
    ("duration*0.65", "a shorter shot",
     "get out of the shot sooner|just a flash of it|it goes on too long|blink and you miss it"),
    ("lighting=silhouette", "black figures against the light",
     "only black shapes against a bright doorway|I don't want to see their faces at all|"
     "backlit so that we cannot see the face|a dark outline against the sky"),
    ("lighting=low-key", "low-key light",
     "most of the room in shadow|only a pool of light in the dark|like a detective film from the forties|"
     "let the darkness swallow the rest|drown the room in shadow"),
    ("lighting=high-key", "high-key light",
     "bright like a sitcom|no shadows at all|light everything evenly|like a toothpaste advert|"
     "fresh and bright everywhere"),
    ("lighting=chiaroscuro", "light against deep shadow",
     "like a Caravaggio painting|light carving her out of the dark|like an old master painting with deep shadows"),
    ("lighting=split", "half the face in the dark",
     "one half of his face dark|he has two faces|show only half of her face"),
    ("lighting=butterfly", "light for a star",
     "make her look like a movie star|old Hollywood glamour portrait|beautify her|make her glow like Marlene Dietrich"),
    ("lighting=rembrandt", "a triangle of light on the shadow cheek",
     "a little triangle of light on the dark cheek|like a Rembrandt portrait|painterly portrait light"),
    ("key-height=-35", "light from below",
     "like a torch under the chin|like a kid telling ghost stories|light him like a monster"),
    ("key-height=70", "light from above",
     "like an interrogation lamp|eye sockets in shadow|I don't want to see his eyes in the shadow of the brow"),
    ("motivation=window", "light that comes from the window",
     "daylight pours in from outside|like a Vermeer|only the light from outside"),
    ("motivation=fire", "light from a fire",
     "everything lit by glowing embers|flames dancing on their faces|sitting around a campfire"),
    ("motivation=candle", "candlelight",
     "lit like Barry Lyndon|a single flame on the table"),
    ("motivation=screen", "light from a screen",
     "the telly flickers on his face|staring into the phone in the dark|her face lit by the computer"),
    ("motivation=neon", "neon light",
     "cyberpunk city light|like a bar sign outside the window|pink and blue city night"),
    ("motivation=moon", "moonlight",
     "cold silver light of the night|the moon shines into the room"),
    ("key-size*2", "a softer key",
     "take the edge off the light|wrap the light around her|flatter her skin|kinder light for her face"),
    ("key-size*0.4", "a harder key",
     "give the shadows a hard edge|merciless light|like the midday sun in the desert"),
    ("key-fill*2", "a darker shadow side",
     "let half of him disappear into darkness|more shape and drama in the face|sculpt her face with shadow"),
    ("key-fill*0.5", "a lighter shadow side",
     "I can't see into the shadows|open up the dark half of the face|show detail in the dark parts of her face"),
    ("back+1.5", "a stronger rim",
     "make the hair glow from behind|cut him out of the background with light|a halo around her head"),
    ("background-1.5", "a darker place behind",
     "the wall behind is too visible|lose the wall into blackness|I don't want to see the room behind them"),
    ("background+1.5", "a lighter place behind",
     "the place behind them is just black|I can't see the room behind him|let us see the wall behind"),
    ("eye-light=on", "a glint in the eyes",
     "her eyes look dead|bring his eyes to life|the eyes need a reflection"),
    ("haze=0.5", "smoke in the air",
     "I want to see the beams of light|fill the room with cigarette smoke|dust dancing in the light|"
     "like a smoky jazz club|the air should be thick"),
    ("exposure+0.7", "a brighter picture",
     "I can hardly see anything|it's murky|can't make out her face|what am I looking at it's black"),
    ("exposure-0.7", "a darker picture",
     "it's glaring|too much light everywhere|it hurts my eyes|it looks like a shopping mall"),
    ("saturation*0.6", "less colour",
     "suck the life out of the colours|colours like a rainy day|washed out like an old t-shirt|almost no colour left"),
    ("saturation*1.3", "more colour",
     "colours that jump off the screen|like a bag of sweets|make the colours scream|like Technicolor"),
    ("contrast*1.25", "more contrast",
     "the picture looks mushy|it looks like porridge|give it some crunch"),
    ("contrast*0.82", "less contrast",
     "it is too harsh on the eye|gentle and creamy picture|like a faded watercolour"),
    ("warmth+40", "a warmer picture",
     "give it a sunburnt glow|like honey|bathed in amber|autumn colours|like late summer"),
    ("warmth-40", "a colder picture",
     "like ice|like the inside of a fridge|steel and frost|winter in Norway|like moonlight on snow"),
    ("time=golden hour", "golden hour",
     "the sun is about to go down|long low sun like in Days of Heaven|last rays of the day"),
    ("time=night", "night",
     "everybody is asleep|the stars are out|the street lamps are on"),
    ("time=dawn", "dawn",
     "the birds are just waking up|the sun is not up yet|the city is waking"),
    ("time=noon", "noon",
     "the sun beats down from straight above|western duel at twelve"),
    ("weather=rain", "rain",
     "it's bucketing down|wet streets and umbrellas|water streaming down the glass"),
    ("weather=snow", "snow",
     "everything is white outside|a white Christmas|flakes in the air"),
    ("weather=storm", "storm",
     "lightning and howling wind|a hurricane outside"),
    ("weather=fog", "fog",
     "you can't see ten metres ahead|like London in Jack the Ripper's days"),
    ("weather=clear", "clear weather",
     "not a cloud in the sky|a beautiful sunny day"),
)  # fmt: skip
