"""Which hand props exist, and the words a script uses for them.

Coverage (inserts), dressing (what stands where) and the prop makers all read this one table.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class PropKind(StrEnum):
    """Every prop that can be made."""

    CUP = "cup"
    GLASS = "glass"
    WINE_GLASS = "wine glass"
    BOTTLE = "bottle"
    COFFEE_POT = "coffee pot"
    PLATE = "plate"
    BOWL = "bowl"
    KNIFE = "knife"
    FORK = "fork"
    SPOON = "spoon"
    PISTOL = "pistol"
    RIFLE = "rifle"
    PHONE = "phone"
    TELEPHONE = "telephone"
    LETTER = "letter"
    CHEQUE = "cheque"
    ENVELOPE = "envelope"
    BOOK = "book"
    NEWSPAPER = "newspaper"
    PHOTOGRAPH = "photograph"
    KEYS = "keys"
    HANDBAG = "handbag"
    SUITCASE = "suitcase"
    BACKPACK = "backpack"
    BRIEFCASE = "briefcase"
    FLASHLIGHT = "flashlight"
    LANTERN = "lantern"
    CANDLE = "candle"
    CIGARETTE = "cigarette"
    LIGHTER = "lighter"
    LAPTOP = "laptop"
    CAMERA = "camera"
    UMBRELLA = "umbrella"
    HAT = "hat"
    RING = "ring"
    WATCH = "watch"
    CLOCK = "clock"
    MAP = "map"
    MONEY = "money"
    FLOWERS = "flowers"
    ROPE = "rope"
    AXE = "axe"
    HAMMER = "hammer"
    SHOVEL = "shovel"
    RADIO = "radio"
    GRAMOPHONE = "gramophone"
    TEDDY_BEAR = "teddy bear"
    BOX = "box"
    BALL = "ball"
    WALKING_STICK = "walking stick"
    SYRINGE = "syringe"
    GUITAR = "guitar"
    PAINT_CAN = "paint can"
    PAINTBRUSH = "paintbrush"
    PEN = "pen"
    SWORD = "sword"


_TABLE: dict[PropKind, str] = {
    PropKind.CUP: (
        "cup, mug, teacup, coffee cup, coffee mug, tea cup, cup of tea, cup of coffee, mug of coffee, mug of "
        "tea, tankard"
    ),
    PropKind.GLASS: (
        "glass, tumbler, shot glass, whisky glass, whiskey glass, glass of water, glass of whisky, glass of "
        "whiskey, glass of milk, pint, pint glass, glass of beer"
    ),
    PropKind.WINE_GLASS: (
        "wine glass, wineglass, goblet, champagne glass, champagne flute, glass of wine, glass of red wine, "
        "glass of champagne, glass of red, glass of white"
    ),
    PropKind.BOTTLE: (
        "bottle, beer bottle, wine bottle, whisky bottle, whiskey bottle, flask, hip flask, decanter, bottle "
        "of wine, bottle of whisky, bottle of whiskey, bottle of beer, bottle of rum"
    ),
    PropKind.COFFEE_POT: "coffee pot, coffeepot, teapot, kettle, jug, pitcher, pot of coffee, pot of tea",
    PropKind.PLATE: "plate, dish, saucer, platter, tray",
    PropKind.BOWL: "bowl, soup bowl, bowl of soup, ashtray",
    PropKind.KNIFE: (
        "knife, dagger, switchblade, penknife, blade, kitchen knife, steak knife, pocket knife, letter opener"
    ),
    PropKind.FORK: "fork",
    PropKind.SPOON: "spoon, teaspoon, ladle",
    PropKind.PISTOL: ("pistol, gun, handgun, revolver, firearm, weapon, automatic pistol, service weapon, flare gun"),
    PropKind.RIFLE: "rifle, shotgun, carbine, musket, sniper rifle",
    PropKind.PHONE: "phone, mobile, cell phone, cellphone, smartphone, smart phone, mobile phone, iphone",
    PropKind.TELEPHONE: ("telephone, landline, receiver, handset, desk phone, rotary phone, payphone, pay phone"),
    PropKind.LETTER: (
        "letter, note, paper, page, sheet of paper, piece of paper, scrap of paper, document, contract, "
        "telegram, file, report, form, manuscript, script, papers, list, receipt, will, drawing, postcard"
    ),
    PropKind.CHEQUE: "cheque, check, bank cheque, ticket",
    PropKind.ENVELOPE: "envelope",
    PropKind.BOOK: (
        "book, notebook, diary, journal, novel, bible, ledger, logbook, log book, textbook, paperback, "
        "sketchbook, passport"
    ),
    PropKind.NEWSPAPER: "newspaper, magazine, morning paper, tabloid",
    PropKind.PHOTOGRAPH: (
        "photograph, photo, picture frame, framed photo, framed photograph, framed picture, snapshot, "
        "polaroid, portrait"
    ),
    PropKind.KEYS: "key, car key, house key, key ring, bunch of keys, set of keys",
    PropKind.HANDBAG: "handbag, purse, bag, tote bag, shopping bag, shoulder bag, doctor's bag",
    PropKind.SUITCASE: "suitcase, trunk, luggage, valise, duffel bag, holdall, toolbox",
    PropKind.BACKPACK: "backpack, rucksack, knapsack, satchel, school bag, schoolbag",
    PropKind.BRIEFCASE: "briefcase, attache case, attaché case",
    PropKind.FLASHLIGHT: "flashlight, torch, electric torch",
    PropKind.LANTERN: "lantern, oil lamp, storm lamp, hurricane lamp, paraffin lamp, kerosene lamp",
    PropKind.CANDLE: "candle, candlestick, taper",
    PropKind.CIGARETTE: "cigarette, cigar, smoke, joint, cheroot",
    PropKind.LIGHTER: "lighter, zippo, cigarette lighter, matchbox, box of matches",
    PropKind.LAPTOP: "laptop, notebook computer, computer, macbook",
    PropKind.CAMERA: "camera, film camera, video camera",
    PropKind.UMBRELLA: "umbrella, parasol",
    PropKind.HAT: "hat, fedora, top hat, bowler hat, stetson",
    PropKind.RING: "ring, wedding ring, engagement ring, wedding band, signet ring",
    PropKind.WATCH: "watch, wristwatch, pocket watch, stopwatch",
    PropKind.CLOCK: "clock, alarm clock",
    PropKind.MAP: "map, road map, sea chart, chart, blueprint",
    PropKind.MONEY: (
        "money, cash, banknote, bank note, wad of cash, wad of bills, stack of bills, wad of notes, dollar "
        "bill, bundle of money"
    ),
    PropKind.FLOWERS: (
        "flower, bouquet, bunch of flowers, bouquet of flowers, rose, bunch of roses, bouquet of roses, tulip, lily"
    ),
    PropKind.ROPE: "rope, coil of rope, noose, cable",
    PropKind.AXE: "axe, ax, hatchet, cleaver",
    PropKind.HAMMER: "hammer, mallet, sledgehammer, wrench, spanner",
    PropKind.SHOVEL: "shovel, spade",
    PropKind.RADIO: "radio, transistor radio, transistor, wireless, tape recorder",
    PropKind.GRAMOPHONE: "gramophone, record player, phonograph, turntable",
    PropKind.TEDDY_BEAR: "teddy bear, teddy, stuffed bear, plush toy, stuffed animal, stuffed toy, doll",
    PropKind.BOX: "box, package, parcel, cardboard box, gift, crate, carton, shoebox, music box",
    PropKind.BALL: "ball, football, soccer ball, basketball, baseball, tennis ball",
    PropKind.WALKING_STICK: "walking stick, cane, crutch, walking cane",
    PropKind.SYRINGE: "syringe, hypodermic, needle",
    PropKind.GUITAR: "guitar, acoustic guitar, ukulele",
    PropKind.PAINT_CAN: ("paint can, can of paint, pot of paint, tin of paint, paint pot, paint tin, bucket, pail"),
    PropKind.PAINTBRUSH: "paintbrush, paint brush, brush",
    PropKind.PEN: "pen, pencil, fountain pen, biro, quill, marker",
    PropKind.SWORD: "sword, sabre, saber, rapier, cutlass, machete",
}
SYNONYMS: dict[PropKind, tuple[str, ...]] = {kind: tuple(text.split(", ")) for kind, text in _TABLE.items()}
"""Singular words and phrases; plurals are understood."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OFTEN_VERBS = _words(
    "watch ring book ball hammer rope axe ax box can map note paper page file form will list check phone radio torch "
    "cup bottle knife bag pen fork picture ticket smoke spoon blade lighter shovel trunk transistor report joint "
    "chart cable cane script needle taper rose mobile wireless"
)
"""Nouns that are also verbs or adjectives: they count only where a determiner or describing word stands before."""

_DETERMINERS = _words(
    "a an the his her their its my your our this that these those another one two three four five some several "
    "no each every"
)
_NOT_DESCRIBING = _words(
    "he she they it i we you to not will would can could and or but with of in on at by for from into onto out up down "
    "over under is are was were be been has have had does do did then as holds holding clutches carries puts takes "
    "picks raises lifts grabs drops gives hands opens closes reads drinks who which still just only there"
)
_CAMERA_TALK = _words("pans moves pushes tracks follows dollies tilts cranes zooms pulls holds finds reveals is")
_COMPOUND_TAILS = _words(
    "door shelf shelves case shop store office box drawer table wall walls window windows cutter rack seat pane "
    "stand bridge roof tower"
)
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)*")


class PropMention(NamedTuple):
    """A prop named in a text."""

    word: str
    """As the script calls it, lower case, without determiner: "chipped cup"."""
    kind: PropKind
    start: int
    """Index in the text of the first letter of `word`."""
    end: int


def prop_kind(word: str) -> PropKind | None:
    """The kind of prop that a word or phrase means ("old photographs", "chipped mug"), or None."""
    tokens = [t.lower() for t in _WORD.findall(word)]
    for first in range(len(tokens)):
        kind = _lookup(tokens[first:])
        if kind:
            return kind
    return None


@lru_cache(maxsize=4096)
def find_props(text: str) -> tuple[PropMention, ...]:
    """Every prop named in a text, in order. Verbs that look like props ("they watch") do not count."""
    matches = list(_WORD.finditer(text))
    tokens = [m.group().lower() for m in matches]
    found: list[PropMention] = []
    i = stop = 0
    while i < len(tokens):
        hit = _longest(tokens, matches, text, i)
        if hit is None:
            i += 1
            continue
        floor, (kind, stop) = stop, hit
        first = _phrase_start(tokens, matches, text, i, floor)
        if _is_noun(tokens, first, i, stop):
            start, end = matches[first].start(), matches[stop - 1].end()
            found.append(PropMention(text[start:end].lower(), kind, start, end))
        i = stop
    return tuple(found)


def _longest(tokens: list[str], matches: list[re.Match[str]], text: str, i: int) -> tuple[PropKind, int] | None:
    """The longest known phrase that starts at token `i`, and the token after it."""
    for stop in range(min(i + 4, len(tokens)), i, -1):
        if stop - i > 1 and not _joined(matches, text, i, stop):
            continue
        kind = _lookup(tokens[i:stop])
        if kind:
            return kind, stop
    return None


def _joined(matches: list[re.Match[str]], text: str, first: int, stop: int) -> bool:
    return all(text[matches[k].end() : matches[k + 1].start()].isspace() for k in range(first, stop - 1))


def _phrase_start(tokens: list[str], matches: list[re.Match[str]], text: str, i: int, floor: int) -> int:
    """Where the describing words before token `i` begin: at most three, back to a determiner, none before `floor`."""
    for back in range(1, 5):
        k = i - back
        if k < floor or not _joined(matches, text, k, i + 1):
            return i
        if tokens[k] in _DETERMINERS or tokens[k].endswith(("'s", "’s")):
            return k + 1
        if tokens[k] in _NOT_DESCRIBING:
            return i
    return i


def _is_noun(tokens: list[str], first: int, i: int, stop: int) -> bool:
    """Whether the known word at `i` is the head of a noun phrase rather than a verb or part of another noun."""
    following = tokens[stop] if stop < len(tokens) else ""
    if tokens[i : i + 1] == ["camera"] and following in _CAMERA_TALK:
        return False
    if following in _COMPOUND_TAILS:
        return False
    before = tokens[i - 1] if i else ""
    if stop - i == 1 and _singular(tokens[i]) in _OFTEN_VERBS:
        return first < i or before in _DETERMINERS or before.endswith(("'s", "’s", "s'"))
    return True


_IRREGULAR = {
    "knives": "knife",
    "glasses": "glass",
    "boxes": "box",
    "watches": "watch",
    "dishes": "dish",
    "torches": "torch",
    "axes": "axe",
    "lilies": "lily",
    "diaries": "diary",
}


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


_BY_PHRASE: dict[tuple[str, ...], PropKind] = {
    tuple(phrase.split()): kind for kind, phrases in SYNONYMS.items() for phrase in phrases
}


def _lookup(tokens: list[str]) -> PropKind | None:
    """The kind of exactly this phrase. "glasses" alone are worn, "sheets"/"wills" are no props in the plural."""
    if not tokens or tokens == ["glasses"] or tokens == ["cables"] or tokens == ["smokes"]:
        return None
    exact = _BY_PHRASE.get(tuple(tokens))
    if exact:
        return exact
    head_first = "of" in tokens
    at = tokens.index("of") - 1 if head_first else len(tokens) - 1
    if at < 0:
        return None
    return _BY_PHRASE.get((*tokens[:at], _singular(tokens[at]), *tokens[at + 1 :]))
