"""From phrases about clothes, and from trades, to garments."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from maquette.direct.colours import CLOTH, named_colours
from maquette.film.cast import Garment, GarmentKind, Pattern, Rgb

K = GarmentKind

_KINDS: tuple[tuple[GarmentKind, str], ...] = (
    (K.SUIT_JACKET, "suit jacket, dinner jacket, tuxedo, blazer, sport coat, sports jacket, waistcoat, tailcoat, "
                    "suit, three-piece"),
    (K.UNIFORM, "uniform, fatigues, overalls, overall, boiler suit, boilersuit, jumpsuit, scrubs, dungarees, "
                "coveralls, habit, cassock, robes"),
    (K.COAT, (
        "coat, overcoat, raincoat, trench coat, trenchcoat, oilskin, oilskins, parka, duffel coat, greatcoat, "
        "peacoat, pea coat, "
        "cloak, cape, mackintosh, mac, lab coat, oilskin coat, anorak, dressing gown, bathrobe, robe, slicker, "
        "poncho, kimono, gown"
    )),
    (K.JACKET, "jacket, leather jacket, bomber, bomber jacket, windbreaker, denim jacket, cardigan, vest, fleece, "
               "hoodie, hooded sweatshirt, tracksuit, gilet, donkey jacket, life jacket"),
    (K.DRESS, "dress, sundress, evening gown, ball gown, nightgown, nightdress, sari, frock, wedding dress, cocktail "
              "dress, pinafore, slip"),
    (K.BLOUSE, "blouse, tunic, camisole"),
    (K.SWEATER, "sweater, jumper, pullover, jersey, turtleneck, polo neck, roll-neck, rollneck, sweatshirt, "
                "guernsey, knitwear, sweater vest"),
    (K.TSHIRT, "t-shirt, tshirt, tee shirt, tee, tank top, singlet, undershirt, polo shirt, football shirt, string "
               "vest"),
    (K.SHIRT, "shirt, dress shirt, button-down, flannel, pyjamas, pajamas, work shirt"),
    (K.SKIRT, "skirt, miniskirt, kilt"),
    (K.JEANS, "jeans, denims, dungaree jeans"),
    (K.SHORTS, "shorts, swimming trunks, trunks, cut-offs"),
    (K.TROUSERS, "trousers, pants, slacks, chinos, cords, corduroys, leggings, sweatpants, breeches, joggers, cargo "
                 "pants"),
    (K.BOOTS, "boots, wellingtons, wellies, gumboots, army boots, cowboy boots, work boots, waders"),
    (K.SHOES, "shoes, trainers, sneakers, heels, high heels, stilettos, loafers, sandals, slippers, brogues, pumps, "
              "flip-flops"),
    (K.APRON, "apron, pinny"),
    (K.TIE, "tie, necktie, bow tie, bowtie"),
    (K.SCARF, "scarf, shawl, headscarf, bandana, neckerchief, stole"),
    (K.CAP, "cap, baseball cap, flat cap, beanie, beret, woolly hat, watch cap, knit cap, helmet, wool hat, knitted "
            "hat"),
    (K.HAT, "hat, fedora, top hat, bowler, stetson, cowboy hat, sun hat, straw hat, hood, sou'wester, bonnet"),
    (K.GLASSES, "glasses, spectacles, sunglasses, eyeglasses, goggles, shades, horn-rims, bifocals"),
)  # fmt: skip
_NOUNS: dict[str, GarmentKind] = {w.strip(): kind for kind, text in _KINDS for w in text.split(",")}
_NOUN = re.compile(
    r"\b(" + "|".join(sorted((re.escape(n) for n in _NOUNS), key=len, reverse=True)).replace(r"\ ", r"[\s-]") + r")\b",
    re.I,
)
_PATTERNS: tuple[tuple[Pattern, str], ...] = (
    (Pattern.STRIPES, r"strip(?:ed|es|y|ey)|pin-?striped?|breton"),
    (Pattern.PLAID, r"plaid|tartan|check(?:ed|s|ered)?|chequered|gingham|flannel|lumberjack|argyle|houndstooth|tweed"),
    (Pattern.DOTS, r"polka[\s-]?dot(?:s|ted)?|dotted|spotted|spots"),
    (Pattern.KNIT, r"knit(?:ted|wear)?|cable[\s-]?knit|woollen|woolen|woolly|crochet(?:ed)?|wool|aran|fisherman['’]?s"),
)

TOPS = (K.COAT, K.JACKET, K.SUIT_JACKET, K.UNIFORM, K.DRESS, K.SWEATER, K.BLOUSE, K.SHIRT, K.TSHIRT)
"""From the outermost in: the first one worn is what the eye sees."""
_BASE_TOPS = (K.DRESS, K.UNIFORM, K.SWEATER, K.BLOUSE, K.SHIRT, K.TSHIRT)
_BOTTOMS = (K.DRESS, K.UNIFORM, K.TROUSERS, K.JEANS, K.SKIRT, K.SHORTS)

_DEFAULT_COLOUR: dict[str, str] = {
    "oilskin": "oilskin yellow", "oilskins": "oilskin yellow", "slicker": "oilskin yellow", "tuxedo": "black",
    "dinner "
    "jacket": "black", "leather jacket": "leather", "denim jacket": "denim", "jeans": "denim", "lab coat": "white",
    "scrubs": "teal", "fatigues": "army green", "wedding "
                                                "dress": "white", "boots": "dark brown", "wellies": "dark green",
    "wellingtons": "dark green", "cassock": "black", "habit": "black", "dungarees": "denim", "trench coat": "camel",
    "trenchcoat": "camel", "tweed": "tweed", "glasses": "black", "spectacles": "black", "sunglasses": "black",
    "life jacket": "orange", "raincoat": "mustard", "guernsey": "navy", "flannel": "brick", "donkey jacket": "charcoal",
    "parka": "olive", "chinos": "khaki", "cords": "light brown", "corduroys": "light brown",
}  # fmt: skip

TRADES: tuple[tuple[str, str], ...] = (
    (r"waitress", "pale blue dress, white apron, white shoes"),
    (r"waiter|barista|busboy", "white shirt, black trousers, black apron, black shoes"),
    (r"bartender|barman|barmaid|barkeep|publican", "white shirt, charcoal trousers, black apron, black shoes"),
    (r"chef|cook|baker|butcher", "white jacket, checked trousers, white apron, black shoes"),
    (r"cop|police\w*|constable|sheriff|deputy|patrol\w*|guard|bailiff|trooper|officer|"
     r"marshal", "navy uniform, black boots"),
    (r"detective|inspector|private eye|"
     r"investigator", "camel overcoat, grey shirt, dark grey trousers, maroon tie, dark brown shoes"),
    (r"doctor|physician|surgeon|scientist|chemist|pharmacist|dentist|vet|"
     r"researcher", "white lab coat, light blue shirt, grey trousers, black shoes"),
    (r"nurse|midwife|orderly|medic|paramedic", "teal uniform, white shoes"),
    (r"priest|vicar|reverend|pastor|father|monk", "black coat, black shirt, black trousers, black shoes"),
    (r"nun", "black dress, black shawl, black shoes"),
    (r"soldier|private|corporal|sergeant|lieutenant|major|colonel|general|marine|recruit|"
     r"sniper", "army green uniform, black boots"),
    (r"businessman|businesswoman|banker|lawyer|executive|attorney|ceo|broker|politician|agent|diplomat|mayor|"
     r"solicitor|barrister|manager", "charcoal suit, white shirt, navy tie, charcoal trousers, black shoes"),
    (r"butler|chauffeur|undertaker|usher|footman", "black suit, white shirt, black tie, black trousers, black shoes"),
    (r"fisherman|fisherwoman|trawlerman|deckhand|sailor|pilot|skipper|boatman|lobsterman|"
     r"ferryman", "navy guernsey, oilskin yellow coat, dark brown trousers, dark green boots"),
    (r"captain", "navy peacoat, cream sweater, charcoal trousers, black boots, navy cap"),
    (r"keeper|harbou?rmaster|caretaker|gamekeeper|janitor|"
     r"porter", "charcoal donkey jacket, oatmeal sweater, brown trousers, dark brown boots, navy cap"),
    (r"farmer|rancher|shepherd|farmhand|gardener|cowboy|"
     r"cowgirl", "checked shirt, brown jacket, jeans, dark brown boots"),
    (r"mechanic|plumber|electrician|engineer|welder|miner|builder|labou?rer|worker|handyman|trucker|"
     r"driver", "denim blue work shirt, olive jacket, dark blue trousers, dark brown boots"),
    (r"teacher|professor|librarian|academic|scholar|tutor|lecturer|headmaster|"
     r"headmistress", "tweed blazer, light blue shirt, brown trousers, dark brown shoes"),
    (r"secretary|receptionist|clerk|accountant|journalist|reporter|"
     r"assistant", "cream blouse, charcoal skirt, black shoes"),
    (r"artist|painter|musician|poet|writer|sculptor|designer", "rust sweater, dark grey trousers, dark brown boots"),
    (r"schoolboy|schoolgirl|pupil", "white shirt, navy sweater, grey trousers, black shoes"),
    (r"student|teenager|teen|skater", "hoodie, jeans, white trainers"),
    (r"runner|athlete|coach|boxer|jogger", "grey sweatshirt, navy joggers, white trainers"),
    (r"biker|punk|rocker|gangster|thug|drummer|"
     r"guitarist", "black leather jacket, grey t-shirt, dark blue jeans, black boots"),
    (r"bride", "white wedding dress, white shoes"),
    (r"groom", "black tuxedo, white shirt, black bow tie, black trousers, black shoes"),
    (r"king|queen|prince|princess|duke|duchess|"
     r"countess", "burgundy cloak, ivory tunic, black trousers, dark brown boots"),
    (r"tramp|vagrant|hobo|homeless|beggar|"
     r"drifter", "olive overcoat, taupe sweater, brown trousers, dark brown boots, grey beanie"),
    (r"patient|invalid", "pale blue pyjamas, pale blue trousers, white slippers"),
    (r"hiker|climber|ranger|forester|lumberjack|woodsman|hunter|"
     r"trapper", "checked flannel shirt, olive jacket, brown trousers, dark brown boots"),
    (r"astronaut|cosmonaut", "white uniform, white boots"),
    (r"prisoner|convict|inmate", "orange jumpsuit, white trainers"),
)  # fmt: skip
"""Words for what someone does, and what they wear when the script says nothing else."""


def read_garments(phrases: Sequence[str], rng: np.random.Generator) -> list[Garment]:
    """Garments of clothes phrases ("yellow oilskin coat", "a striped t-shirt and jeans"), in order."""
    out: list[Garment] = []
    for phrase in phrases:
        start = 0
        for m in _NOUN.finditer(phrase):
            words = phrase[start : m.end()]
            start = m.end()
            out.extend(_garments(words, re.sub(r"[\s-]", " ", m.group(1).lower()), m.group(1).lower(), rng))
    return out


def _garments(words: str, noun: str, raw: str, rng: np.random.Generator) -> list[Garment]:
    kind = _NOUNS.get(noun) or _NOUNS[raw]
    colours = named_colours(words, CLOTH)
    pattern = next((p for p, rx in _PATTERNS if re.search(rf"\b(?:{rx})\b", words, re.I)), Pattern.PLAIN)
    base = colours[0][1] if colours else _default_colour(words, noun, kind, rng)
    accent = colours[1][1] if len(colours) > 1 else (_accent(base) if pattern is not Pattern.PLAIN else None)
    if kind is K.SWEATER and pattern is Pattern.PLAIN:
        pattern = Pattern.KNIT
        accent = accent or _accent(base)
    if noun == "cardigan" and pattern is Pattern.PLAIN:
        pattern, accent = Pattern.KNIT, _accent(base)
    made = [Garment(kind=kind, color=base, accent=accent, pattern=pattern)]
    if noun in ("suit", "tuxedo", "three-piece"):
        made.append(Garment(kind=K.TROUSERS, color=base, accent=accent, pattern=pattern))
    if noun in ("pyjamas", "pajamas", "tracksuit"):
        made.append(Garment(kind=K.TROUSERS, color=base, accent=accent, pattern=pattern))
    return made


def _default_colour(words: str, noun: str, kind: GarmentKind, rng: np.random.Generator) -> Rgb:
    for word in (noun, *re.findall(r"[\w'-]+", words.lower())):
        if word in _DEFAULT_COLOUR:
            return CLOTH[_DEFAULT_COLOUR[word]]
    return pick_colour(kind, rng)


_PALETTE: dict[GarmentKind, str] = {
    K.SHIRT: "white,light blue,sage,denim,dusty pink,khaki,olive,maroon,petrol,cream,brick,lilac",
    K.TSHIRT: "white,grey,navy,rust,mustard,dark green,black,teal,coral,sky blue,burgundy,olive",
    K.BLOUSE: "cream,dusty pink,teal,burgundy,sage,powder blue,mustard,white,plum,rust",
    K.SWEATER: "oatmeal,navy,bottle green,rust,burgundy,mustard,charcoal,teal,plum,light grey,ochre,moss",
    K.JACKET: "olive,denim,charcoal,brown,navy,burgundy,tan,dark green,black,rust",
    K.SUIT_JACKET: "charcoal,navy,grey,brown,black,taupe,slate",
    K.COAT: "camel,charcoal,navy,dark green,burgundy,taupe,black,plum,rust",
    K.DRESS: "teal,burgundy,navy,mustard,dusty pink,emerald,rust,lavender,black,red,sky blue",
    K.SKIRT: "charcoal,navy,camel,burgundy,olive,black,tweed",
    K.TROUSERS: "charcoal,navy,khaki,brown,black,olive,grey,taupe,slate",
    K.JEANS: "denim,dark blue,black,steel blue",
    K.SHORTS: "khaki,navy,olive,denim",
    K.SHOES: "black,dark brown,brown,white,maroon",
    K.BOOTS: "dark brown,black,brown",
    K.APRON: "white,red,navy,dark green",
    K.TIE: "burgundy,navy,dark green,mustard",
    K.SCARF: "red,mustard,grey,teal,plum,camel",
    K.CAP: "navy,grey,brown,dark green,red",
    K.HAT: "grey,brown,black,camel",
    K.GLASSES: "black,dark brown,gunmetal",
    K.UNIFORM: "navy,khaki,grey,army green",
}


def pick_colour(kind: GarmentKind, rng: np.random.Generator) -> Rgb:
    """A colour that such a garment often has."""
    names = _PALETTE[kind].split(",")
    return CLOTH[names[int(rng.integers(len(names)))]]


def _accent(base: Rgb) -> Rgb:
    """A second colour that reads on the first: lighter on dark, darker on light."""
    light = sum(base) / 3
    f = 2.6 if light < 0.18 else 0.38
    lift = 0.06 if light < 0.18 else 0.0
    return (min(0.85, base[0] * f + lift), min(0.85, base[1] * f + lift), min(0.85, base[2] * f + lift))


def trade_of(words: str) -> tuple[str, str] | None:
    """(the word, its clothes) of the first trade that a description names, or None."""
    for pattern, clothes in TRADES:
        match = re.search(rf"\b(?:{pattern})(?:s)?\b", words, re.I)
        if match:
            return match.group().lower(), clothes
    return None


_EVERYDAY_WOMAN = (
    (K.BLOUSE, K.TROUSERS, K.SHOES), (K.SWEATER, K.JEANS, K.BOOTS), (K.DRESS, K.SHOES), (K.SWEATER, K.SKIRT, K.SHOES),
    (K.TSHIRT, K.JEANS, K.JACKET, K.SHOES), (K.SHIRT, K.TROUSERS, K.SHOES), (K.DRESS, K.JACKET, K.BOOTS),
)  # fmt: skip
_EVERYDAY_MAN = (
    (K.SHIRT, K.TROUSERS, K.SHOES), (K.SWEATER, K.TROUSERS, K.SHOES), (K.TSHIRT, K.JEANS, K.SHOES),
    (K.TSHIRT, K.JACKET, K.JEANS, K.BOOTS), (K.SHIRT, K.SUIT_JACKET, K.TROUSERS, K.SHOES), (K.SHIRT, K.JEANS, K.BOOTS),
)  # fmt: skip
_YOUNG = ((K.TSHIRT, K.JEANS, K.SHOES), (K.SWEATER, K.JEANS, K.SHOES), (K.JACKET, K.TSHIRT, K.JEANS, K.SHOES))
_SMALL = ((K.TSHIRT, K.SHORTS, K.SHOES), (K.SWEATER, K.TROUSERS, K.SHOES), (K.TSHIRT, K.JEANS, K.SHOES))
_OLD_WOMAN = ((K.BLOUSE, K.JACKET, K.SKIRT, K.SHOES), (K.DRESS, K.SHOES), (K.SWEATER, K.TROUSERS, K.SHOES))
_OLD_MAN = ((K.SHIRT, K.SWEATER, K.TROUSERS, K.SHOES), (K.SHIRT, K.JACKET, K.TROUSERS, K.SHOES))


def everyday(female: float, age: float, rng: np.random.Generator) -> list[Garment]:
    """A plausible outfit for someone of whom the script says nothing."""
    woman = female >= 0.5
    if age < 13:
        options: tuple[tuple[GarmentKind, ...], ...] = (*_SMALL, (K.DRESS, K.SHOES)) if woman else _SMALL
    elif age < 22:
        options = _YOUNG
    elif age >= 65:
        options = _OLD_WOMAN if woman else _OLD_MAN
    else:
        options = _EVERYDAY_WOMAN if woman else _EVERYDAY_MAN
    kinds = options[int(rng.integers(len(options)))]
    return [_seeded(kind, rng) for kind in kinds]


def _seeded(kind: GarmentKind, rng: np.random.Generator) -> Garment:
    color = pick_colour(kind, rng)
    pattern = Pattern.PLAIN
    if kind is K.SWEATER:
        pattern = Pattern.KNIT
    elif kind in (K.SHIRT, K.TSHIRT, K.DRESS, K.BLOUSE) and rng.random() < 0.3:
        choices = {K.SHIRT: (Pattern.PLAID, Pattern.STRIPES), K.TSHIRT: (Pattern.STRIPES,)}
        pattern = choices.get(kind, (Pattern.DOTS, Pattern.STRIPES))[int(rng.integers(len(choices.get(kind, (0, 1)))))]
    return Garment(kind=kind, color=color, accent=None if pattern is Pattern.PLAIN else _accent(color), pattern=pattern)


def complete(garments: Sequence[Garment], female: float, age: float, rng: np.random.Generator) -> tuple[Garment, ...]:
    """The same clothes with what is missing of top, bottom and shoes. One garment of each kind, the first stated."""
    worn: dict[GarmentKind, Garment] = {}
    for garment in garments:
        worn.setdefault(garment.kind, garment)
    kinds = set(worn)
    formal = K.SUIT_JACKET in kinds or K.TIE in kinds
    if not kinds & set(_BASE_TOPS):
        under = K.SHIRT if formal else (K.BLOUSE if female >= 0.5 and age >= 18 else K.SHIRT if age >= 30 else K.TSHIRT)
        if K.SKIRT in kinds:
            under = K.BLOUSE
        quiet = CLOTH[("white", "light blue", "cream", "light grey")[int(rng.integers(4))]]
        worn[under] = Garment(kind=under, color=quiet) if kinds & set(TOPS) else _seeded(under, rng)
    if not kinds & set(_BOTTOMS):
        suit = worn.get(K.SUIT_JACKET)
        if suit:
            worn[K.TROUSERS] = suit.model_copy(update={"kind": K.TROUSERS})
        else:
            bottom = K.JEANS if age < 30 and not formal else K.TROUSERS
            worn[bottom] = _seeded(bottom, rng)
    if not kinds & {K.SHOES, K.BOOTS}:
        shoe = K.BOOTS if K.COAT in kinds and K.JEANS in kinds else K.SHOES
        color = CLOTH["black"] if formal or K.UNIFORM in kinds else pick_colour(shoe, rng)
        worn[shoe] = Garment(kind=shoe, color=color)
    return tuple(worn.values())


def main_garment(wardrobe: Sequence[Garment]) -> Garment:
    """What the eye sees first of someone's clothes."""
    by_kind = {g.kind: g for g in wardrobe}
    return next((by_kind[k] for k in TOPS if k in by_kind), wardrobe[0])
