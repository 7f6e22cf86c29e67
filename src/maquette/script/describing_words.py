"""The closed word lists by which introductions are read. Lower case; a list names what its words say."""

from __future__ import annotations

from maquette.script.word_set import word_set

FEMALE = word_set(
    "woman women girl lady female mother mom mum mommy mummy mama daughter sister wife widow bride girlfriend "
    "aunt auntie niece "
    "grandmother grandma granny nana waitress actress hostess stewardess queen princess duchess countess "
    "baroness nun ms mrs "
    "miss madam schoolgirl businesswoman policewoman saleswoman barmaid housewife cowgirl maid matriarch "
    "ballerina seamstress "
    "heiress godmother stepmother stepdaughter mistress empress goddess witch priestess matron fisherwoman "
    "congresswoman "
    "showgirl landlady washerwoman spokeswoman midwife gal chick brunette tomboy teenage-girl abbess"
)
MALE = word_set(
    "man men boy guy male father dad daddy papa son brother husband widower groom boyfriend uncle nephew "
    "grandfather grandpa "
    "gramps waiter actor king prince duke count baron monk mr sir gentleman lad bloke dude schoolboy businessman "
    "policeman "
    "salesman barman cowboy patriarch godfather stepfather stepson emperor fisherman fireman postman mailman "
    "doorman milkman "
    "foreman clergyman priest bishop abbot friar rabbi congressman handyman repairman cameraman henchman hitman "
    "sportsman "
    "spokesman landlord butler fella fellow wizard swordsman nobleman frontiersman oilman ferryman boatman "
    "stableboy busboy altar-boy"
)
OTHER_PERSONS = word_set(
    "person child kid baby infant toddler teen teenager adult elder stranger figure doctor nurse surgeon "
    "paramedic medic patient "
    "cop officer detective inspector sergeant lieutenant captain colonel general major private soldier guard "
    "sheriff deputy "
    "agent spy lawyer attorney judge bailiff clerk cashier bartender barista chef cook driver cabbie pilot "
    "sailor fisher "
    "captain skipper teacher professor student pupil principal librarian writer author journalist reporter "
    "photographer editor "
    "anchor host guest singer dancer musician drummer pianist guitarist violinist painter artist sculptor "
    "director producer "
    "manager boss secretary assistant intern receptionist janitor cleaner mechanic plumber electrician carpenter "
    "builder "
    "worker farmer gardener miner smith blacksmith baker butcher tailor hairdresser barber shopkeeper owner "
    "keeper vendor "
    "dealer thief robber burglar killer murderer assassin gangster thug bouncer prisoner inmate hostage victim witness "
    "neighbor neighbour friend colleague partner lover roommate twin cousin sibling parent spouse fiance fiancée "
    "fiancé orphan "
    "beggar vagrant drifter hitchhiker tourist traveler traveller passenger pedestrian cyclist jogger runner "
    "swimmer surfer "
    "athlete boxer coach referee player scientist engineer technician programmer hacker astronaut archaeologist "
    "historian "
    "therapist psychologist psychiatrist counselor pastor minister vicar mayor senator president politician ambassador "
    "executive ceo banker accountant trader realtor landowner servant courier messenger postal-worker attendant usher "
    "conductor operator dispatcher ranger hunter trapper warden lifeguard firefighter villager peasant knight "
    "warrior archer "
    "ghost robot android vampire zombie alien customer client addict drunk punk biker skater goth hipster dwarf "
    "giant model "
    "caretaker lookout bystander onlooker mourner survivor refugee deckhand dockworker stevedore longshoreman shepherd"
)
PERSONS = FEMALE | MALE | OTHER_PERSONS
TITLES = word_set(
    "mr mrs ms miss dr doctor deputy sheriff officer detective inspector det insp sgt sergeant lt lieutenant "
    "capt captain col "
    "colonel gen general major maj private pvt cpl corporal professor prof father sister brother mother uncle "
    "aunt auntie "
    "nurse agent judge king queen prince princess lord lady sir dame madame madam monsieur senator president mayor rev "
    "reverend chief commander admiral constable principal coach chef nana grandma grandpa granny special pastor"
)
ANIMALS = word_set(
    "dog cat horse puppy kitten hound terrier retriever parrot raven crow wolf bear mule donkey cow goat pony "
    "rat mouse "
    "labrador poodle bulldog collie spaniel dachshund beagle mutt pup tabby stallion mare retriever rottweiler"
)
SETS_APART = word_set(
    "young younger old older little teen teenage adult baby child kid future past other fake second first elderly"
)
NOT_PERSONS = word_set(
    "bang boom crash thud click clang slam smash knock ring rings beep buzz crack snap pop splash whoosh scream "
    "screams gunshot "
    "gunshots thunder lightning silence darkness explosion explosions siren sirens alarm music song sound sounds "
    "noise voice "
    "voices laughter applause phone telephone door doors window bell clock radio television tv car truck bus "
    "train boat ship "
    "plane helicopter engine gun pistol rifle knife sword letter note photo photograph picture book map key keys "
    "bag box "
    "suitcase bottle glass cup table chair desk bed lamp light lights fire smoke fog rain snow wind water blood "
    "body corpse "
    "sign poster headline title super chyron montage flashback continuous later suddenly silence pause beat "
    "black white red "
    "int ext day night cut fade dissolve close angle wide insert pov shot camera we i ok okay no yes stop end "
    "the-end credits "
    "monitor screen computer laptop headlights tires brakes house building city town street road crowd dvd cd "
    "usa uk fbi cia "
    "nypd lapd police am pm id atm suv ufo vhs gps dna rv ac hud vfx sfx cgi mos o.s v.o"
)
HUMAN_VERBS = word_set(
    "walks runs sits stands enters exits leaves comes goes looks turns stares watches waits smiles laughs cries "
    "nods shakes "
    "holds takes puts opens closes reads writes drinks eats smokes sleeps wakes lies kneels leans crouches steps "
    "stumbles "
    "climbs jumps falls drives rides pours reaches grabs picks drops pulls pushes hands throws catches speaks "
    "talks says "
    "whispers shouts yells screams sighs breathes coughs listens hears sees finds searches hides appears emerges "
    "approaches "
    "follows leads crosses paces rushes hurries strides wanders dances sings plays works types cooks washes "
    "cleans wipes "
    "sweeps stirs lights points waves hugs kisses embraces fights shoots aims fires wears has is was carries "
    "drags lifts pets "
    "rises slumps slides glances peers gazes blinks frowns grins shrugs hesitates stops pauses nurses sips chews "
    "types dials "
    "answers hangs checks studies examines packs unpacks ties buttons zips folds fixes repairs paints draws "
    "sketches counts "
    "sorts serves greets shuffles limps hobbles saunters struts storms barges bursts slips sneaks creeps crawls "
    "swims floats "
    "rows steers pilots fishes digs plants feeds brushes combs shaves dresses undresses adjusts straightens rubs "
    "scratches "
    "clutches grips squeezes presses knocks rings dozes snores yawns stretches trembles shivers sweats bleeds "
    "dies lounges "
    "perches hunches squats bends bows joins meets arrives returns passes moves stays remains keeps gets gives "
    "tells asks"
)
BUILD = word_set(
    "tall short heavy heavyset heavy-set heavy-built stocky wiry thin slim slender skinny lean lanky gaunt burly broad "
    "broad-shouldered muscular muscled athletic petite plump stout fat obese chubby portly rotund big large huge "
    "small tiny "
    "little frail bony hulking massive towering lithe willowy gangly gangling svelte squat barrel-chested "
    "strapping brawny "
    "buff fit curvy round overweight underweight well-built compact sturdy beefy diminutive imposing rangy "
    "spindly scrawny "
    "bulky pudgy tubby solid powerful slight slightly-built thick-set thickset pot-bellied emaciated rail-thin "
    "bird-like "
    "statuesque voluptuous full-figured rail stooped hunched pregnant delicate wispy stick-thin long-limbed "
    "ample doughy"
)
BUILD_NOUNS = word_set("build frame figure physique body shoulders")
HAIR = word_set(
    "hair beard moustache mustache stubble goatee ponytail pony-tail braid braids plait plaits dreadlocks dreads "
    "locks curls "
    "mohawk afro bun pigtails hairline sideburns fringe bangs bob mane whiskers quiff mullet cornrows topknot "
    "crewcut buzzcut "
    "haircut pompadour perm ringlets cut"
)
HAIR_ALONE = word_set(
    "bald balding bearded moustached mustached unshaven clean-shaven blonde blond brunette redhead redheaded "
    "red-headed "
    "bald-headed goateed whiskered ponytailed dreadlocked greying graying grizzled curly-headed tonsured"
)
HAIR_SUFFIXES = ("-haired", "-bearded", "-headed", "-shaven", "-braided")
HAIR_OF = word_set("mop shock mane head tangle mass crown wisps thatch cloud halo tuft cascade nest")
HAIR_AFTER = word_set(
    "in tied pulled cropped cut worn gathered braided slicked swept parted dyed down to streaked shot shorn "
    "combed pinned "
    "shaved falling loose piled gone going gelled twisted"
)
GARMENTS = word_set(
    "shirt t-shirt tshirt tee blouse sweater jumper pullover cardigan hoodie sweatshirt turtleneck polo jacket "
    "blazer coat "
    "overcoat raincoat trenchcoat trench parka anorak oilskin oilskins windbreaker vest waistcoat suit tuxedo "
    "tux dress gown "
    "sundress skirt kilt trousers pants slacks jeans chinos leggings shorts overalls dungarees coveralls "
    "jumpsuit boilersuit "
    "uniform scrubs fatigues apron tie necktie bowtie bow-tie scarf shawl cloak cape poncho robe bathrobe "
    "dressing-gown kimono "
    "pajamas pyjamas nightgown nightdress nightshirt underwear boxers bra lingerie swimsuit bikini trunks "
    "wetsuit hat cap "
    "beanie beret fedora stetson helmet bonnet hood headscarf hijab turban bandana veil glasses spectacles "
    "sunglasses shades "
    "goggles monocle eyepatch gloves mittens socks stockings tights shoes boots sneakers trainers sandals heels "
    "loafers "
    "slippers flip-flops clogs brogues wellingtons wellies belt suspenders braces sari saree tunic toga leotard "
    "tracksuit "
    "sweatpants camisole corset bodice habit cassock collar armor armour fleece denim leathers rags tweed tweeds "
    "flannel "
    "flannels corduroys cords khakis livery smock tanktop singlet undershirt jersey onesie earrings necklace "
    "pearls badge "
    "backpack epaulettes"
)
CLOTHED_ALONE = word_set(
    "barefoot shirtless naked nude topless bespectacled bare-chested suited uniformed bare-legged hooded masked"
)
COLORS = word_set(
    "black white grey gray red blue green yellow orange brown pink purple violet beige navy khaki crimson "
    "scarlet burgundy "
    "mustard ivory cream silver gold golden turquoise teal olive maroon tan camouflage camo leather denim silk "
    "velvet tweed "
    "linen lace mourning drag scrubs uniform rags"
)
MODIFIERS = COLORS | word_set(
    "long short old new dirty clean worn faded torn ragged tattered shabby scruffy crumpled rumpled wrinkled "
    "pressed starched "
    "cheap expensive elegant tailored fitted tight loose baggy oversized big small heavy light thick thin warm "
    "woollen woolen "
    "wool cotton nylon plastic rubber knitted striped plaid checked checkered floral flowered polka-dot "
    "patterned plain "
    "dark bright pale soft stiff wet muddy dusty greasy stained simple formal casual smart fine round "
    "wire-rimmed horn-rimmed "
    "thick-rimmed curly wavy straight frizzy messy wild unruly tousled neat cropped shaggy spiky shoulder-length "
    "waist-length receding thinning full bushy trimmed salt-and-pepper white-blond auburn chestnut ginger "
    "strawberry brunette "
    "blonde blond jet platinum matted unkempt oily lank close-cropped three-piece two-piece double-breasted pinstriped "
    "pinstripe high low hooded fur fur-lined sleeveless vintage sharp dapper military naval police"
)
STOPS = word_set(
    "a an the his her their its my your some no this that these those one two with in on at of by for from to "
    "into over under "
    "behind beside near and or but as wearing wears dressed clad sporting beneath through who whose is are was "
    "has had have "
    "be been all also both very too still just always he she they him them it while up down out off back around about"
)
PREPOSITIONS = word_set(
    "with of behind on at in from by for to into over under beside near through against among between beneath "
    "across along up down toward towards past onto off out as like than without no "
    "not"
)
PRONOUNS_F = word_set("she her hers herself")
PRONOUNS_M = word_set("he him his himself")
GROUPS = word_set("all both everyone everybody together others")
FACE_AND_BODY = word_set(
    "hand hands face eyes eye arm arms fingers finger shoulder shoulders head mouth lips legs leg feet foot "
    "knees knee gaze "
    "smile voice breath back chest hair cheek cheeks jaw brow fist fists expression body grip reflection silhouette"
)
ORDINARY = word_set(
    "will may can mark art bill hope grace rose faith joy sue pat drew jack frank rich rob chase hunter summer "
    "autumn dawn "
    "june april august sky rain stone price young long black white brown green gray grey king queen day moon "
    "star angel "
    "baker cook fisher hill wood woods lake rivers field fields page read love best good little major bishop guy"
)
