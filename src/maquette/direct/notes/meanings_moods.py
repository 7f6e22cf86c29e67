"""What directors say when they mean a mood: examples that free words are compared with. `|` separates phrases."""

from __future__ import annotations

MOOD_PHRASES: dict[str, str] = {
    "tender": (
        "she looks after him|careful with each other|like a parent with a sleeping child|"
        "tender and caring|a mother's touch|soft as a lullaby|gentle love|like stroking a child's hair|"
        "a kind hand on the cheek|quiet affection|he takes care of her|as if they could break each other|"
        "a goodnight kiss|delicate and loving|gentle|caring|soft and loving|a baby sleeping|holding hands|fragile love|"
        "sweet and gentle|compassion|she comforts him|a soft embrace|motherly|delicate feelings"
    ),
    "intimate": (
        "just the two of them|whispered in the dark|like a confession|a private moment|"
        "we should feel as if we are eavesdropping|close enough to hear her breathe|a secret shared between them|"
        "nobody else exists|pillow talk|under the skin|bring us inside her head|intimacy|a whisper|"
        "only for the two of them|very private|secrets between lovers|like reading her diary|personal and close|"
        "under the covers together|sharing a secret|behind closed doors|a love letter read alone"
    ),
    "warm": (
        "they are glad to be together|it should feel like home again|"
        "cosy and warm|a family dinner|home and hearth|like a blanket|a safe home|a kitchen full of people we love|"
        "Christmas at grandmother's|a big hug|comforting|hot soup on a cold day|welcoming and friendly|warmth of home|"
        "at home|feels like home|cosy evening by the fire|friends around a table|kindness|good company|homely|"
        "hospitality|Sunday lunch with the family|snug|hearty"
    ),
    "nostalgic": (
        "like an old photograph|a childhood summer|the good old days|like a memory|grandpa's home movies|"
        "remembering better times|the way we were|long ago|faded holiday snapshots|a time that will never come back|"
        "looking back fondly|nostalgia|childhood memories|school days|the last day of school|"
        "summer holidays when we were kids|vintage|old times|remembrance|a home movie|a memory of youth|"
        "the smell of grandma's kitchen|an old love letter|years ago"
    ),
    "wistful": (
        "what might have been|bittersweet|a gentle longing|the last day of summer|he misses her a little|"
        "gazing out and sighing|a half smile for something lost|yearning|the train leaves without her|a quiet regret|"
        "sweet sorrow|longing|missing someone|a farewell at the station|autumn leaves|an old love remembered|if only|"
        "pensive|daydreaming of elsewhere|parting is sweet sorrow|the party is over"
    ),
    "melancholy": (
        "sad|heavy hearted|blue and sorrowful|a rainy Sunday feeling|quiet sadness|everything is tinged with sorrow|"
        "she is unhappy|depressed|down and gloomy|tears held back|a sad song|the weight of it all|sadness|gloom|sorrow|"
        "a heavy heart|feeling low|she is close to tears|the blues|dejected|lonely rain on the window|a sad farewell|"
        "everything hurts quietly|a tired sadness|misery|the morning after"
    ),
    "lonely": (
        "nobody comes for him|nobody will help her|no one is left|she has no one to talk to|abandoned by everyone|"
        "all alone in the world|nobody is coming for her|the last man on earth|abandoned and small|isolated|"
        "a small figure in a big empty space|no one to talk to|left behind by everyone|cut off from the others|"
        "adrift by himself|the house is too big for her|far from everyone|loneliness|alone|solitude|isolation|"
        "nobody left|without friends|a stranger everywhere|forgotten by everyone|an outsider|no one calls|"
        "eating dinner alone|out of place in his own home|unloved|the only one left"
    ),
    "serene": (
        "time stands still|as if time had stopped|all is well|"
        "peaceful|calm as a lake|quiet Sunday morning|a lazy Sunday|at rest|stillness and peace|breathing slowly|"
        "everything is alright|a quiet morning|like meditation|tranquil water|no worries in the world|"
        "lazy morning in bed|peace|calm|stillness|the calm after the storm|a lazy afternoon|at peace with himself|"
        "relaxing|she can breathe again|relief|gentle waves|a quiet garden|nothing disturbs them|harmony|restful"
    ),
    "dreamlike": (
        "like a dream|floating|half asleep|as if under water|hazy and unreal|a reverie|like a fairy tale|sleepwalking|"
        "between sleeping and waking|drifting in a dream|time stands still|in a trance|like a fever dream|dreamy|"
        "a dream|magical|enchanted|ethereal|fairy tale magic|hypnotic|feverish|weightless|otherworldly|a vision|"
        "clouds and floating|slow motion memory|like being drugged|a little magic"
    ),
    "whimsical": (
        "mischief|cheeky|a little naughty|mischievous grin|"
        "playful|quirky and charming|like a storybook|mischievous|a dollhouse|cute and funny|a children's book|"
        "light-hearted and odd|a twinkle in the eye|toys coming to life|silly and sweet|like a puppet show|"
        "charming nonsense|childlike wonder|a toy world|a circus|a carousel at the fair|cute|fanciful|silly|cheeky|"
        "like a Wes Anderson film|a fairground|a musical clock|sweet and quirky|like a cartoon"
    ),
    "joyful": (
        "the happiest day of her life|they can't stop laughing|"
        "happy|full of joy|a wedding party|dancing in the street|children laughing|celebration|"
        "the best day of their lives|cheerful and bright|pure delight|a birthday party|jumping for joy|"
        "giddy with happiness|joy|laughter|fun|exuberant|a carnival|they are so happy|a victory dance|"
        "smiles all around|merry|good times|a summer party|carefree|let's celebrate|a feel-good ending|elated"
    ),
    "hopeful": (
        "maybe it will be all right|a second chance|a new beginning|"
        "a new beginning|light at the end of the tunnel|there is still hope|things will get better|"
        "a first ray of light|she believes again|the future looks bright|rising again|the worst is over|"
        "a door opens for him|optimism|hope|a fresh start|tomorrow will be better|spring after winter|a second chance|"
        "dawn of a new day|faith in the future|encouraging|recovery|she sees a way out|relieved and looking ahead|"
        "a promise"
    ),
    "triumphant": (
        "she's the queen of the world|he has won|she is strong now|nothing can stop her|the best day of her life|"
        "victory|the hero wins|larger than life|standing tall|on top of the world|he has conquered|a champion|heroic|"
        "they made it|like a king|her moment of glory|she owns the room|powerful and proud|unstoppable|victorious|"
        "glory|a hero's welcome|he won|power|mighty|the winner takes it all|fearless|proud and strong|a conqueror|"
        "the comeback|she is in charge now|badass|like a superhero|fist in the air"
    ),
    "romantic": (
        "falling in love|a first kiss|candlelit dinner for two|love is in the air|flirting|a date in Paris|"
        "swept off her feet|sweethearts|they cannot take their eyes off each other|head over heels|"
        "butterflies in the stomach|flirty|romance|love story|sweethearts under the stars|a marriage proposal|"
        "they are in love|a dance for two|roses and candles|a crush|a valentine|longing glances|a honeymoon|"
        "lovers reunited"
    ),
    "sensual": (
        "it should feel like skin|breath on her neck|desire|"
        "sexy|desire|skin on skin|hot and heavy|seduction|lust|smouldering|erotic tension|bodies close in the heat|"
        "sultry summer night|he wants her|velvet and perfume|sensuality|passion|seductive|steamy|lovers in bed|"
        "touching skin|naked desire|intoxicating|kinky|a slow undressing|forbidden desire|lips and breath|hot"
    ),
    "mysterious": (
        "there's a secret in this house|something is hidden here|what is behind that door|we don't know who he is|"
        "a mystery|what is he hiding|secrets in the dark|enigmatic|we don't know who she is|hidden things|intrigue|"
        "something is kept from us|a riddle|a stranger without a face|veiled|puzzling and strange|mystery|secretive|"
        "unknown|a detective story|clues in the dark|what is behind the curtain|cryptic|fog and footsteps|a locked box|"
        "who is she really|shrouded|curious and dark|leave them guessing"
    ),
    "uneasy": (
        "no one is safe here|something is wrong|I don't like this house|"
        "something is wrong here|something is off|not quite right|uncomfortable|a bad feeling about this|creepy|"
        "disturbing|makes your skin crawl|unsettling|we should not be here|queasy|a smile that lasts too long|"
        "the silence is wrong|an itch you can't scratch|unease|eerie|weird feeling|guilty conscience|"
        "something bad happened here|strangely quiet|goosebumps|nervous|awkward|off balance|disquiet|"
        "a house that hates you|not safe here|spooky|a strange chill|wrong in a way you can't name"
    ),
    "tense": (
        "he's about to snap|the air before a thunderstorm|one wrong word and it explodes|we hold our breath|"
        "about to snap|suspense|on the edge of our seats|holding our breath|nerves on edge|a ticking bomb|stand-off|"
        "wound tight|the air could be cut with a knife|pressure building|before the explosion|a hostage negotiation|"
        "nail-biting|tension|suspenseful|anxiety|a duel|on the brink|you could hear a pin drop|nobody dares to move|"
        "about to explode|an interrogation|a loaded gun on the table|nerve-racking|a cat and mouse game|"
        "waiting for the shot|edge of the seat|the room holds its breath"
    ),
    "paranoid": (
        "she trusts nobody|she doesn't trust anyone|they are all lying to him|someone is listening|"
        "somebody is watching|they are after him|eyes everywhere|being followed|trust nobody|surveillance|"
        "he thinks they are listening|conspiracy|spied on through a window|she keeps looking over her shoulder|"
        "everyone is in on it|paranoia|watched|someone is following her|hidden cameras|suspicion|losing his mind|"
        "they all know|the phone is tapped|hunted|delusions|distrust|behind every door a spy|he suspects everybody"
    ),
    "claustrophobic": (
        "the walls close in|trapped|no way out|can't breathe in here|boxed in|locked in a small room|suffocating|"
        "buried alive|hemmed in on all sides|like a cage|pinned down|the ceiling presses down on him|stuck in a coffin|"
        "imprisoned|cramped|stuffy no air|closed in|confined|a prison cell|shut in|squeezed between the walls|"
        "the room gets smaller|cornered|stuck in an elevator|tight airless space|nowhere to go|under a low ceiling|"
        "smothered"
    ),
    "ominous": (
        "he will come back|something bad is coming|"
        "menacing|a storm is coming|threat in the air|something terrible will happen|foreboding|danger is near|"
        "sinister|a bad omen|evil is lurking|the calm before the storm|a shadow falls over them|he is dangerous|"
        "like a villain|threatening|evil|we should be afraid of him|dark clouds gathering|a warning|impending doom|"
        "a predator waiting|he is up to something|death is near|an evil house|a bad sign|the villain enters"
    ),
    "dread": (
        "it is behind the door|she knows what is coming|"
        "dread|creeping fear of what is behind the door|doom|nightmare slowly coming true|"
        "she knows it is coming and cannot stop it|cold sweat|fear of the inevitable|the footsteps come closer|"
        "waiting for the axe to fall|a sinking feeling|fear|fearful|horrible anticipation|the worst is about to happen|"
        "someone died in this room|terrible knowledge|heart pounding in the dark|she dares not open the door|"
        "apprehension|walking to the gallows|impending death|a curse"
    ),
    "terror": (
        "pure horror|screaming fear|scared to death|monster in the room|a nightmare|running for her life|"
        "panic and terror|blood-curdling|make them jump out of their seats|frightening|jump scare|"
        "absolutely terrifying|horror|terrified|scream|a ghost|a killer is in the house|monster in the closet|"
        "scary movie|panic|hell|shock|petrified with fear|nightmare fuel|a slasher film"
    ),
    "violent": (
        "brutal|a punch in the face|blood and fists|rage and fury|a beating|savage attack|a murder|vicious|"
        "he explodes with anger|make it hurt|smashing everything|ferocious|violence|furious|anger|wrath|a bar fight|"
        "bloody|rage|hit him hard|cruel|torture|aggressive|hatred|a boxing match|she is furious|he wants to kill him|"
        "slaughter|hostile"
    ),
    "chaotic": (
        "everything is falling apart|it all comes crashing down|nothing works any more|"
        "total chaos|everything falls apart|mayhem|a riot|madness and confusion|out of control|all hell breaks loose|"
        "disorienting|a war zone|nobody knows what's going on|people running everywhere|a whirlwind|frantic mess|chaos|"
        "confusion|frenzy|a stampede|everyone shouts at once|losing control|pandemonium|a hurricane of people|"
        "overwhelming|mad house|nothing holds together|crazy|a fever of noise|hysteria"
    ),
    "urgent": (
        "running out of time|hurry|a race against the clock|no time to lose|an emergency|breathless|"
        "the bomb goes off in a minute|desperate rush|life or death|we have to get out now|the clock is ticking|"
        "they are right behind us|urgency|quick before it is too late|a chase|emergency room|under pressure|"
        "seconds to live|hurrying|rush|run|a countdown|adrenaline|they are coming|late for the train|hot pursuit"
    ),
    "bleak": (
        "nothing matters any more|there is no way out|all is lost|no hope left|"
        "hopeless|desolate wasteland|no future|everything is grey and dead|empty and cold|despair|the end of the world|"
        "barren|nothing left to live for|a dead town in winter|joyless|miserable|all hope is gone|bleakness|desolation|"
        "emptiness|dead inside|nothing matters|a hangover|post-apocalyptic|without hope|poverty|a grey industrial town|"
        "endless winter|depressing|after the war|the end of everything|grim"
    ),
    "gritty": (
        "rough and dirty|raw street realism|grimy|documentary realism|dirt under the fingernails|harsh reality|"
        "unpolished|ugly and real|like a 1970s crime film|sweat and concrete|grungy|make it feel lived-in|"
        "not so pretty|raw|street level|dirt|a dive bar|working class realism|rusty|sweaty|true crime|"
        "a police procedural|rough edges|harsh and honest|unglamorous|war reportage|documentary truth|urban decay"
    ),
    "clinical": (
        "sterile|like a hospital|like a laboratory|cold and scientific|antiseptic|a morgue|an operating theatre|"
        "surgical|spotless and soulless|like a dentist's office|corporate and cold|germ-free|clean and cold|"
        "hospital corridor|an autopsy|a lab|bureaucracy|an office under neon tubes|impersonal institution|scientific|"
        "sanitised|tax office|dentist chair|robotic cleanliness|white tiles"
    ),
    "detached": (
        "they have nothing left to say to each other|a marriage gone cold|he feels nothing|"
        "emotionally distant|observing from afar|cold observer|like a security camera|no emotion|he doesn't care|"
        "indifferent|keep us at arm's length|we watch without judging|numb|uninvolved|matter of fact|distance|"
        "unemotional|indifference|like watching through glass|a nature documentary|like CCTV|objective|cold and remote|"
        "shut off from feeling|an observer|apathy|he feels nothing|bored|clinical distance"
    ),
    "austere": (
        "severe and plain|stripped bare|like a monastery|minimal|strict|nothing but the essentials|puritan|bare walls|"
        "simple and stern|no decoration|Bergman severity|disciplined|austerity|bare|simple and severe|a monk's cell|"
        "restraint|ascetic life|strict order|cold stone and wood|Protestant church|silent discipline|pared down|frugal|"
        "no comfort"
    ),
    "surreal": (
        "bizarre|like a Dali painting|reality is bending|nothing makes sense|like a David Lynch film|"
        "strange and impossible|a hallucination|an acid trip|the logic of a nightmare|out of this world|weird|"
        "melting clocks|surrealism|dream logic|strange world|impossible things|Kafka|upside-down world|"
        "distorted reality|absurd nightmare|like Alice in Wonderland|a mind falling apart|psychedelic|uncanny|"
        "Twin Peaks|melting reality"
    ),
    "absurd": (
        "ridiculous|a joke nobody gets|nonsense|farce|like Monty Python|ludicrous|so stupid it's funny|"
        "theatre of the absurd|comically pointless|preposterous|clownish|everybody is mad|absurdity|nonsensical|"
        "comic madness|stupid and funny|bureaucratic hell|a farce|like a bad joke|silly walks|pointless|"
        "grotesque comedy|slapstick|laughable|Kafka as comedy"
    ),
    "deadpan": (
        "dry humour|straight-faced comedy|played completely flat|expressionless and funny|like a Kaurismaki film|"
        "nobody smiles at the joke|poker face|understated comedy|as if nothing had happened|Buster Keaton|dry|"
        "dry comedy|no expression|humour without a smile|poker-faced|matter-of-fact comedy|Jarmusch|Roy Andersson|"
        "stone-faced|laconic|unimpressed|flat delivery"
    ),
    "epic": (
        "grand and sweeping|a vast landscape|like Lawrence of Arabia|monumental|a mighty battle|history in the making|"
        "huge in scale|legendary|like a myth|mountains and armies|on a massive scale|biblical|grandeur|heroic scale|"
        "enormous|a war of nations|a great journey|the whole world at stake|Ben-Hur|vast armies|majestic mountains|"
        "a saga|destiny|mythical|thousands of people"
    ),
    "sacred": (
        "holy|quiet as a church|like a prayer|divine light|a religious painting|reverence|like a cathedral|blessed|"
        "an angel appears|worship|spiritual|a saint|like an altar|holiness|a prayer|church|God is in the room|"
        "a miracle|a blessing|solemn|ritual|hymn|heavenly|a pilgrimage|like a nativity scene|awe|incense and candles|"
        "a confession in church"
    ),
    "grief": (
        "her heart is broken|quietly devastating|he has lost everything|guilt is eating him|he can't forgive himself|"
        "mourning|he has died|at a funeral|she has just lost him|heartbroken|loss and tears|a broken heart|"
        "crying for the dead|the empty chair at the table|in mourning for a child|bereavement|inconsolable|"
        "she will never see him again|loss|bereaved|a coffin|tears|weeping|death of a child|a widow|a grave|sobbing|"
        "she lost her husband|a wake|funeral|heartbreak|unbearable pain|saying goodbye for ever|"
        "his things are still in the room"
    ),
}
