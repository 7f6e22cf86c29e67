"""One fixed look for each character: what the script says, and plausible seeded choices for what it does not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from maquette.direct.colours import EYES, HAIR, colour_distance, hex_rgb, named_colours, shaded
from maquette.direct.looks import (
    BUILDS,
    FACE,
    FACE_PAIRS,
    ORIGIN_ODDS,
    ORIGINS,
    SEX_WORD,
    SKIN_WORDS,
    STYLES,
    brow,
    hair_phrases,
    is_beard,
    mean_height,
    redhead,
    rgb,
    style_odds,
    without_beard,
)
from maquette.direct.names import guess_origin, guess_sex, name_words
from maquette.direct.wardrobe import complete, everyday, main_garment, read_garments, trade_of
from maquette.direct.wordlists import words
from maquette.film.cast import Beard, Garment, GarmentKind, HairStyle, Identity, Rgb
from maquette.film.screenplay import Character

_SEED = "seed"
_TRIES = 28
"""Seeded candidates from which the one least like the others is taken."""
_ENOUGH = 1.0
"""A distance to everyone already cast at which no further candidate is tried."""


def cast_identity(character: Character, seed: int, taken: Sequence[Identity] = ()) -> Identity:
    """One fixed identity from the script's words about `character` and the production's `seed`.

    What the words leave open is drawn from seeded, age-appropriate distributions, so that hair and main garment differ
    clearly from everyone in `taken`. Namesakes (MARA KELL, TOM KELL) take after each other. Equal arguments give equal
    identities; `sources` says for each field which words decided it.
    """
    best: tuple[float, Identity] | None = None
    for attempt in range(_TRIES):
        draft = _Draft(character, _rng(seed, character.name, attempt), seed, tuple(taken))
        identity = draft.identity()
        distance = min((_difference(identity, other) for other in taken), default=np.inf)
        if best is None or distance > best[0]:
            best = (float(distance), identity)
        if distance >= _ENOUGH:
            break
    assert best is not None
    return best[1]


def _rng(seed: int, name: str, attempt: int = 0) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}:cast:{name.upper()}:{attempt}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def _difference(a: Identity, b: Identity) -> float:
    """How well two people are told apart at a glance: 1 is clearly, by hair, main garment and face together."""
    hair = colour_distance(a.hair, b.hair) / 45 + (0.0 if a.hair_style == b.hair_style else 0.45)
    one, two = main_garment(a.wardrobe), main_garment(b.wardrobe)
    cloth = colour_distance(one.color, two.color) / 40
    # Clothes as like as twins' must not be made up for by other hair, so the weaker of the two counts most.
    return 0.7 * min(hair, cloth) + 0.3 * min(1.2, (hair + cloth) / 2) + 0.1 * abs(a.female - b.female)


_AFRICAN, _ASIAN, _CAUCASIAN = (hex_rgb(c) for c in ("#6b4530", "#c99c74", "#d9a98c"))


@dataclass
class _Draft:
    """One attempt: the words first, then draws in a fixed order."""

    character: Character
    rng: np.random.Generator
    seed: int
    taken: tuple[Identity, ...]
    sources: dict[str, str] = field(default_factory=dict[str, str])

    def identity(self) -> Identity:
        c = self.character
        self.text = " ".join((c.description, *c.build, *c.words, c.name.lower()))
        female = self._female()
        age = self._age()
        ethnicity = self._ethnicity()
        muscle, weight, height = self._build(female, age)
        skin = self._skin(ethnicity)
        style, hair, beard = self._hair(female, age, ethnicity)
        return Identity(
            name=c.name,
            female=female,
            age_years=age,
            muscle=muscle,
            weight=weight,
            height_m=height,
            proportions=self._draw("proportions", float(np.clip(self.rng.normal(0.6, 0.1), 0.35, 0.85))),
            ethnicity=ethnicity,
            face=self._face(female),
            skin=skin,
            hair_style=style,
            hair=hair,
            beard=beard,
            brow=brow(hair, ethnicity),
            iris=self._iris(ethnicity),
            lips=self._lips(skin, female, age),
            wardrobe=self._wardrobe(female, age),
            seed=self.seed,
            sources=self.sources,
        )

    def _draw(self, name: str, value: float) -> float:
        self.sources.setdefault(name, _SEED)
        return round(value, 4)

    # --- who ------------------------------------------------------------------------------------------------

    def _female(self) -> float:
        said = SEX_WORD.search(self.text)
        sex = self.character.sex or (said and ("female" if said["female"] else "male"))
        if sex:
            agrees = said if said and bool(said["female"]) == (sex == "female") else None
            self.sources["female"] = agrees.group().lower() if agrees else f"{sex}, from the script"
        else:
            sex = guess_sex(self.character.name) or guess_sex(_full_name(self.character))
            self.sources["female"] = f"a guess from the name {self.character.name}" if sex else _SEED
        coin = self.rng.random()
        if sex is None:
            # Held over attempts: looks may be drawn again to tell people apart, who they are may not.
            sex = "female" if _rng(self.seed, self.character.name).random() < 0.5 else "male"
        spread = 0.05 * coin
        return round(1.0 - spread if sex == "female" else spread, 4)

    def _age(self) -> float:
        stated = self.character.age_years
        if stated is not None:
            self.sources["age_years"] = f"{stated} years, from the script"
            return float(np.clip(stated, 2, 90))
        lead = _rng(self.seed, self.character.name + ":age")
        for pattern, low, high in (
            (r"baby|toddler|infant", 2, 3), (r"little (?:boy|girl)|child|kid|boy|girl|schoolboy|schoolgirl", 7, 12),
            (r"teen\w*|adolescent|schoolkid", 14, 18), (r"student|young|youth|bride", 19, 27),
            (r"elderly|old|aged|ancient|grandmother|grandfather|grandma|grandpa|pensioner|retired|widow\w*", 68, 80),
            (r"middle-aged|weathered|veteran|captain|professor|judge|matron\w*", 48, 60),
        ):  # fmt: skip
            match = re.search(rf"\b(?:{pattern})\b", self.text, re.I)
            if match:
                self.sources["age_years"] = match.group().lower()
                return float(lead.integers(low, high + 1))
        self.sources["age_years"] = _SEED
        return float(np.clip(round(lead.gamma(9.0, 4.3)), 22, 74))

    def _ethnicity(self) -> tuple[float, float, float]:
        surname = _surname(self.character)
        if surname:
            self.sources["family"] = surname
        jitter = self.rng.dirichlet((1.2, 1.2, 1.2))
        for pattern, weights, _ in SKIN_WORDS:
            match = re.search(rf"\b(?:{pattern})\b", self.text, re.I)
            if match and weights:
                self.sources["ethnicity"] = match.group().lower()
                return _mixed(weights, jitter)
        for other in self.taken:
            if surname and other.sources.get("family") == surname:
                self.sources["ethnicity"] = f"the same family as {other.name}: {surname}"
                return _mixed(other.ethnicity, jitter, 0.04)
        origin = guess_origin(_full_name(self.character)) or guess_origin(self.character.name)
        if origin:
            self.sources["ethnicity"] = f"a guess from the name ({origin[1]})"
            return _mixed(origin[0], jitter)
        self.sources["ethnicity"] = _SEED
        lead = _rng(self.seed, self.character.name + ":origin")
        return _mixed(ORIGINS[int(lead.choice(len(ORIGINS), p=ORIGIN_ODDS))], jitter)

    def _build(self, female: float, age: float) -> tuple[float, float, float]:
        muscle = float(np.clip(self.rng.normal(0.52 - 0.06 * female, 0.09), 0.25, 0.8))
        weight = float(np.clip(self.rng.normal(0.47 + 0.0016 * max(0.0, age - 25), 0.09), 0.25, 0.8))
        grown = mean_height(female, age)
        height = grown + float(np.clip(self.rng.normal(0, 0.05), -0.1, 0.1)) * (grown / 1.75)
        words = " ".join(self.character.build) or _build_words(self.character)
        said: dict[str, list[str]] = {"muscle": [], "weight": [], "height": []}
        for pattern, changes in BUILDS:
            match = re.search(rf"(?<![\w-])(?:{pattern})(?![\w-])", words, re.I)
            if not match:
                continue
            for name, amount in changes.items():
                base = {"muscle": 0.5, "weight": 0.5, "height": grown}
                said[name].append(match.group().lower())
                if name == "muscle":
                    muscle = float(np.clip((muscle if len(said[name]) > 1 else base[name]) + amount, 0.1, 0.95))
                elif name == "weight":
                    weight = float(np.clip((weight if len(said[name]) > 1 else base[name]) + amount, 0.12, 0.92))
                else:
                    height = grown + amount * (grown / 1.75) + 0.15 * (height - grown)
        for name, field_name in (("muscle", "muscle"), ("weight", "weight"), ("height", "height_m")):
            self.sources[field_name] = ", ".join(dict.fromkeys(said[name])) or _SEED
        if age < 14:
            muscle = min(muscle, 0.5)
        return round(muscle, 4), round(weight, 4), round(float(np.clip(height, 0.8, 2.05)), 3)

    # --- how they look --------------------------------------------------------------------------------------

    def _skin(self, ethnicity: tuple[float, float, float]) -> Rgb:
        w = np.array(ethnicity)
        base = np.exp(w @ np.log(np.array([_AFRICAN, _ASIAN, _CAUCASIAN])))
        base = base * np.exp(self.rng.normal(0, 0.09)) * np.exp(self.rng.normal(0, 0.025, 3))
        self.sources["skin"] = self.sources["ethnicity"]
        for pattern, factor in (
            (r"pale|pallid|ashen|fair-skinned|porcelain", (1.18, 1.22, 1.26)),
            (r"tanned|sunburn\w*|weather-?\w+|weathered|bronzed|leathery", (0.82, 0.74, 0.68)),
            (r"ruddy|flushed|red-faced|florid", (1.05, 0.84, 0.82)),
            (r"dark-skinned|ebony", (0.75, 0.72, 0.7)),
        ):
            match = re.search(rf"\b(?:{pattern})\b", self.text, re.I)
            if match:
                base = base * np.array(factor)
                self.sources["skin"] = match.group().lower()
        return rgb(np.clip(base, 0.012, 0.82))

    def _hair(self, female: float, age: float, ethnicity: tuple[float, float, float]) -> tuple[HairStyle, Rgb, Beard]:
        phrases = self.character.hair or hair_phrases(self.character.description)
        head = [p for p in phrases if not is_beard(p)] or [without_beard(p) for p in phrases]
        head_text = ", ".join(head)
        style = self._style(head_text, female, age, ethnicity)
        colour = self._hair_colour(head_text, " ".join(phrases), age, ethnicity)
        return style, colour, self._beard(" ".join(phrases) + " " + self.text, female, age)

    def _style(self, text: str, female: float, age: float, ethnicity: tuple[float, float, float]) -> HairStyle:
        options, odds = style_odds(female, age, ethnicity)
        drawn = options[int(self.rng.choice(len(options), p=np.array(odds) / np.sum(odds)))]
        for pattern, style in STYLES:
            match = re.search(rf"\b(?:{pattern})\b", text, re.I) or (
                re.search(r"\bbald\b|\bbalding\b", self.text, re.I)
                if style in (HairStyle.BALD, HairStyle.RECEDING)
                else None
            )
            if match and (style is HairStyle.RECEDING) == (
                match.group().lower() == "balding" or style is HairStyle.RECEDING
            ):
                self.sources["hair_style"] = match.group().lower()
                return style
        self.sources["hair_style"] = _SEED
        return drawn

    def _hair_colour(self, text: str, all_text: str, age: float, ethnicity: tuple[float, float, float]) -> Rgb:
        natural = self._natural_hair(age, ethnicity)
        for phrase in (text, all_text, redhead(self.text)):
            colours = named_colours(phrase, HAIR)
            if colours:
                self.sources["hair"] = colours[0][0]
                return colours[0][1]
        shade = re.search(r"\bdark\b", text, re.I)
        self.sources["hair"] = "dark" if shade else _SEED
        return shaded(natural, "dark") if shade else natural

    def _natural_hair(self, age: float, ethnicity: tuple[float, float, float]) -> Rgb:
        pale = ethnicity[2]
        names = ("black", "dark brown", "brown", "light brown", "auburn", "dirty blonde", "blonde", "ginger")
        light = max(0.0, pale - 0.55) / 0.35
        odds = np.array([0.9 - 0.82 * min(1, light), 0.35, 0.1 + 0.3 * pale * light, 0.22 * light, 0.12 * light,
                         0.16 * light, (0.2 if age < 16 else 0.14) * light, 0.07 * light])  # fmt: skip
        if pale < 0.4:
            odds = np.array([0.82, 0.18, 0, 0, 0, 0, 0, 0])
        base = np.array(HAIR[names[int(self.rng.choice(len(names), p=odds / odds.sum()))]])
        grey = float(np.clip((age - 44 + self.rng.normal(0, 6)) / 26, 0, 1))
        white = np.array(HAIR["white"] if age > 70 else HAIR["grey"])
        return rgb(base * (1 - grey) + white * grey)

    def _beard(self, text: str, female: float, age: float) -> Beard:
        roll = self.rng.random()
        if female >= 0.5 or age < 16:
            self.sources["beard"] = "none: a woman or a child"
            return Beard.NONE
        if match := re.search(r"\bclean-?shaven\b|\bbeardless\b|\bfreshly shaved\b", text, re.I):
            self.sources["beard"] = match.group().lower()
            return Beard.NONE
        for pattern, beard in (
            (r"stubble\w*|unshaven|five o'clock shadow", Beard.STUBBLE),
            (r"(?:\w+ )?(?:beard|bearded|whiskers|goatee)", Beard.FULL),
            (r"moustache\w*|mustache\w*", Beard.MOUSTACHE),
        ):
            match = re.search(rf"\b(?:{pattern})\b", text, re.I)
            if match:
                self.sources["beard"] = match.group().lower()
                return beard
        self.sources["beard"] = _SEED
        if self.character.hair or age < 22:
            return Beard.NONE if roll < 0.8 or age < 19 else Beard.STUBBLE
        return (
            Beard.NONE
            if roll < 0.55
            else Beard.STUBBLE
            if roll < 0.78
            else Beard.FULL
            if roll < 0.92
            else Beard.MOUSTACHE
        )

    def _iris(self, ethnicity: tuple[float, float, float]) -> Rgb:
        roll = self.rng.random()
        match = re.search(r"\b((?:[\w-]+ )?[\w-]+)[ -]eye[sd]?\b", self.text, re.I)
        colours = named_colours(match.group(1), EYES) if match else []
        if colours:
            self.sources["iris"] = colours[0][0] + " eyes"
            return colours[0][1]
        self.sources["iris"] = _SEED
        light = max(0.0, ethnicity[2] - 0.5) / 0.5
        steps = (
            ("blue", 0.34 * light),
            ("green", 0.46 * light),
            ("hazel", 0.62 * light),
            ("grey", 0.7 * light),
            ("brown", 1.0),
        )
        name = next((n for n, limit in steps if roll < limit), "brown")
        return EYES["dark"] if name == "brown" and ethnicity[2] < 0.35 else EYES[name]

    def _lips(self, skin: Rgb, female: float, age: float) -> Rgb:
        lipstick = re.search(r"\b((?:[\w-]+ )?lipstick)\b", self.text, re.I)
        self.sources["lips"] = lipstick.group().lower() if lipstick else "from the skin"
        base = np.array(skin) * np.array([0.88, 0.66, 0.66])
        if lipstick:
            return hex_rgb("#9c2433")
        if female >= 0.5 and 16 <= age <= 75:
            base = base * np.array([1.02, 0.86, 0.9])
        return rgb(base)

    def _face(self, female: float) -> dict[str, float]:
        self.sources["face"] = _SEED
        # Faces belong to the person, not to the attempt: trying another haircut must not change them.
        rng = _rng(self.seed, self.character.name + ":face")
        soft = 0.8 if female >= 0.5 else 1.0
        face = {label: round(float(np.clip(rng.normal(0, s * soft), -0.9, 0.9)), 3) for label, s in FACE}
        for label, s in FACE_PAIRS:
            value = round(float(np.clip(rng.normal(0, s * soft), -0.9, 0.9)), 3)
            face[f"l-{label}"] = face[f"r-{label}"] = value
        return face

    # --- clothes --------------------------------------------------------------------------------------------

    def _wardrobe(self, female: float, age: float) -> tuple[Garment, ...]:
        said = read_garments(self.character.clothes, self.rng)
        trade = trade_of(" ".join((*self.character.words, self.character.name, self.character.description)))
        garments: list[Garment] = list(said)
        if said:
            self.sources["wardrobe"] = "; ".join(self.character.clothes)
        tops = {g.kind for g in said} & set(_DRESSED)
        if trade and not tops:
            worn = {g.kind for g in said}
            clothes = _for_sex(trade[1], female)
            garments += [g for g in read_garments(tuple(clothes.split(", ")), self.rng) if g.kind not in worn]
            self.sources["wardrobe"] = "; ".join(filter(None, (self.sources.get("wardrobe", ""), trade[0])))
        elif not said:
            garments = everyday(female, age, self.rng)
            self.sources["wardrobe"] = _SEED
        outfit = complete(garments, female, age, self.rng)
        if not said and age >= 60 and self.rng.random() < 0.3:
            outfit = (*outfit, Garment(kind=GarmentKind.GLASSES, color=hex_rgb("#2a2522")))
        return outfit


_DRESSED = (
    GarmentKind.COAT, GarmentKind.JACKET, GarmentKind.SUIT_JACKET, GarmentKind.UNIFORM, GarmentKind.DRESS,
    GarmentKind.SWEATER, GarmentKind.BLOUSE, GarmentKind.SHIRT, GarmentKind.TSHIRT,
)  # fmt: skip


def _for_sex(clothes: str, female: float) -> str:
    """Trades' clothes are written once; a skirt on a man or a dress on a waiter is put right here."""
    return (
        clothes
        if female >= 0.5
        else clothes.replace("skirt", "trousers").replace("blouse", "shirt").replace("dress", "shirt")
    )


def _full_name(character: Character) -> str:
    """The name as introduced in capitals ("MARA KELL"), which may be longer than the cue's."""
    for match in re.finditer(r"\b[A-Z][A-Z'’.-]+(?:\s+[A-Z][A-Z'’.-]+)*", character.description):
        if set(name_words(character.name)) & set(name_words(match.group())):
            return match.group()
    return character.name


_TITLE = words(
    "deputy dr doctor mr mrs ms miss sir captain officer detective inspector sergeant sheriff the old young little"
)


def _surname(character: Character) -> str | None:
    words = [w for w in re.findall(r"[A-Za-zÀ-ÿ'’-]+", _full_name(character)) if w.lower() not in _TITLE]
    return words[-1].upper() if len(words) > 1 else None


def _mixed(weights: Sequence[float], jitter: np.ndarray, amount: float = 0.1) -> tuple[float, float, float]:
    w = (1 - amount) * np.array(weights) + amount * jitter
    w = np.round(w / w.sum(), 4)
    return (float(w[0]), float(w[1]), round(1.0 - float(w[0]) - float(w[1]), 4))


def _build_words(character: Character) -> str:
    words = (*character.words, character.description)
    return " ".join(words)
