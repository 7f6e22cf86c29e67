"""Words and odds of looks: builds, hair styles, origins, faces, heights."""

from __future__ import annotations

import re

import numpy as np

from maquette.direct.colours import HAIR
from maquette.film.cast import HairStyle, Rgb

BUILDS: tuple[tuple[str, dict[str, float]], ...] = (
    (r"tall|towering|lanky|gangly|gangling|giant|leggy", {"height": 0.10}),
    (r"very tall|six[- ]foot\w*|huge|enormous", {"height": 0.14, "muscle": 0.15}),
    (r"short|small|petite|tiny|diminutive|little|slight", {"height": -0.10}),
    (r"thin|skinny|slim|slender|gaunt|bony|scrawny|lean|lanky|wiry|spindly|slight|emaciated|frail|willowy|petite|"
     r"gangly|lithe|rail-thin", {"weight": -0.24}),
    (r"gaunt|emaciated|skeletal|frail", {"weight": -0.12, "muscle": -0.15}),
    (r"heavy|heavyset|heavy-set|fat|stout|plump|overweight|chubby|rotund|portly|round|large|big|obese|stocky|"
     r"corpulent|hefty|pot-bellied|paunchy|ample|curvy|thickset", {"weight": 0.27}),
    (r"wiry|sinewy|athletic|fit|toned|sporty|lithe", {"muscle": 0.16}),
    (r"muscular|strong|brawny|burly|broad|broad-shouldered|powerful|hulking|strapping|bulky|beefy|stocky|thickset|"
     r"powerfully built", {"muscle": 0.27, "weight": 0.08}),
)  # fmt: skip


STYLES: tuple[tuple[str, HairStyle], ...] = (
    (r"bald(?!ing)|shaved head|shaven head|shaved scalp|hairless", HairStyle.BALD),
    (r"buzz(?:ed|[- ]?cut)?|crew[- ]?cut|shorn|skinhead|shaved|shaven|stubbled scalp", HairStyle.BUZZ),
    (r"receding|thinning|balding|comb-?over|widow's peak|bald patch|wispy", HairStyle.RECEDING),
    (r"afro", HairStyle.AFRO),
    (r"pony-?tail|pigtails|braid(?:s|ed)?|plaits?|plaited|dreadlocks|cornrows", HairStyle.PONYTAIL),
    (r"bun|chignon|topknot|pinned up|tied up|up-?do", HairStyle.BUN),
    (r"bob(?:bed)?|chin-length|pageboy|pixie", HairStyle.BOB),
    (r"curly|curls|frizzy|wavy|ringlets|tousled|wild|unruly|shock of|mop of|shaggy", HairStyle.CURLY),
    (r"side[- ]?part(?:ing|ed)?|slicked|combed|neat|parted|immaculate|brylcreem\w*|well-groomed", HairStyle.SIDE_PART),
    (r"cropped|close-cropped|short|spiky|crop", HairStyle.SHORT),
    (r"long|flowing|shoulder-length|mane|loose|straight|waist-length", HairStyle.LONG),
)


SKIN_WORDS: tuple[tuple[str, tuple[float, float, float] | None, float], ...] = (
    (r"black (?:man|woman|boy|girl|teenager|american)|african(?:[- ]american)?|nigerian|ghanaian|kenyan|jamaican|"
     r"haitian|ethiopian|somali|dark-skinned|dark skin", (0.86, 0.05, 0.09), 0.0),
    (r"japanese|chinese|korean|vietnamese|thai|asian|filipin\w+|east asian", (0.05, 0.88, 0.07), 0.0),
    (r"indian|pakistani|bengali|sri lankan|south asian|brown-skinned", (0.22, 0.40, 0.38), 0.3),
    (r"latin[oax]|hispanic|mexican|brazilian|cuban|mediterranean|italian|greek|spanish|portuguese|olive"
     r"[- ]skin\w*", (0.16, 0.24, 0.60), 0.15),
    (r"arab|persian|turkish|lebanese|moroccan|egyptian|iranian|syrian|middle eastern", (0.24, 0.18, 0.58), 0.15),
    (r"white (?:man|woman|boy|girl)|swedish|norwegian|danish|irish|scottish|english|german|dutch|russian|polish|"
     r"caucasian|scandinavian|fair-skinned|freckle[sd]|pale|ruddy|red-haired|redhead|ginger", (0.04, 0.06, 0.90), 0.0),
)  # fmt: skip


SEX_WORD = re.compile(
    r"\b(?:(?P<female>woman|girl|lady|mother|mom|mum|daughter|sister|wife|waitress|actress|nun|queen|princess|female|bride|"
    r"widow|aunt|grandmother|grandma|barmaid|policewoman|businesswoman|hostess|landlady|schoolgirl|she|mrs|miss|ms)|"
    r"man|boy|father|dad|son|brother|husband|waiter|actor|monk|king|prince|male|groom|widower|uncle|grandfather|grandpa|"
    r"barman|policeman|businessman|fisherman|host|landlord|schoolboy|gentleman|priest|he|mr)\b",
    re.IGNORECASE,
)


def mean_height(female: float, age: float) -> float:
    """Metres: medians of the WHO growth standards (2006, 2007) for children; adults 1.76 and 1.63 m, less with age."""
    ages = [2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 45, 70, 90]
    boys = [0.87, 0.96, 1.03, 1.10, 1.16, 1.27, 1.38, 1.49, 1.63, 1.73, 1.76, 1.76, 1.73, 1.70]
    girls = [0.86, 0.95, 1.03, 1.09, 1.15, 1.27, 1.39, 1.51, 1.60, 1.625, 1.63, 1.63, 1.60, 1.57]
    return float((1 - female) * np.interp(age, ages, boys) + female * np.interp(age, ages, girls))


def style_odds(
    female: float, age: float, ethnicity: tuple[float, float, float]
) -> tuple[tuple[HairStyle, ...], tuple[float, ...]]:
    h = HairStyle
    if female >= 0.5:
        options = (h.LONG, h.BOB, h.PONYTAIL, h.BUN, h.SHORT, h.CURLY, h.AFRO)
        odds = (3.0, 2.0, 2.2, 1.2, 0.6, 1.4, 0.0)
        if age < 13:
            odds = (3.0, 2.0, 3.0, 0.3, 0.4, 1.2, 0.0)
        elif age >= 60:
            odds = (0.6, 2.2, 0.3, 2.2, 2.6, 1.8, 0.0)
        if ethnicity[0] > 0.5:
            odds = (1.2, 0.8, 1.4, 1.6, 1.2, 1.0, 3.0)
        return options, odds
    options = (h.SHORT, h.SIDE_PART, h.CURLY, h.BUZZ, h.RECEDING, h.BALD, h.LONG, h.AFRO)
    odds = (3.0, 2.2, 1.4, 1.0, 0.1, 0.1, 0.3, 0.0)
    if age < 18:
        odds = (3.0, 1.6, 2.0, 0.8, 0.0, 0.0, 0.2, 0.0)
    elif age >= 45:
        odds = (2.0, 1.8, 0.7, 0.8, 2.2 if age >= 50 else 1.2, 1.2, 0.2, 0.0)
    if ethnicity[0] > 0.5:
        odds = (2.0, 0.2, 0.5, 2.4, 0.6 if age >= 45 else 0.0, 1.4 if age >= 30 else 0.0, 0.0, 1.4)
    return options, odds


def brow(hair: Rgb, ethnicity: tuple[float, float, float]) -> Rgb:
    """Brows are darker than the hair of the head and stay behind when it whitens."""
    root = np.array(HAIR["dark brown"] if ethnicity[2] > 0.6 else HAIR["black"])
    return rgb(np.array(hair) * 0.45 + root * 0.4)


def is_beard(phrase: str) -> bool:
    return bool(
        re.search(r"\b(?:beard\w*|moustache\w*|mustache\w*|stubble\w*|unshaven|goatee|whiskers|shaven)\b", phrase, re.I)
    ) and not (re.search(r"\bhair\b|\bhead\b|\bbun\b", phrase, re.I))


def without_beard(phrase: str) -> str:
    return re.sub(
        r"\b(?:full|bushy|long|short|trim\w*|neat|thick|wild)\s+(?=(?:\w+\s+)?(?:beard|moustache|mustache|goatee))",
        "",
        phrase,
    )


def hair_phrases(description: str) -> tuple[str, ...]:
    return tuple(
        m.group().strip()
        for m in re.finditer(
            r"(?:[\w'-]+[ ,]+){0,4}(?:hair(?:ed)?|beard(?:ed)?|moustache|ponytail|bald)\b(?: in a \w+)?",
            description,
            re.I,
        )
    )


def redhead(text: str) -> str:
    match = re.search(
        r"\b(?:redhead|blonde?|brunette|(?:red|white|grey|gray|dark|black|fair|silver)-haired)\b", text, re.I
    )
    return match.group().replace("redhead", "ginger").replace("red-haired", "ginger") if match else ""


FACE: tuple[tuple[str, float], ...] = (
    ("nose-hump-incr", 0.45), ("nose-scale-horiz-incr", 0.4), ("nose-scale-vert-incr", 0.35), ("nose-point-up", 0.4),
    ("nose-width2-incr", 0.35), ("nose-volume-incr", 0.3), ("chin-width-incr", 0.45), ("chin-height-incr", 0.35),
    ("chin-prominent-incr", 0.4), ("mouth-scale-horiz-incr", 0.35), ("mouth-upperlip-volume-incr", 0.35),
    ("mouth-lowerlip-volume-incr", 0.35), ("eyebrows-trans-up", 0.35), ("eyebrows-angle-up", 0.35),
    ("forehead-scale-vert-incr", 0.3), ("head-scale-horiz-incr", 0.25), ("head-scale-vert-incr", 0.25),
    ("head-fat-incr", 0.3),
)  # fmt: skip


FACE_PAIRS: tuple[tuple[str, float], ...] = (
    ("cheek-bones-incr", 0.5), ("cheek-volume-incr", 0.4), ("eye-scale-incr", 0.3), ("eye-trans-out", 0.2),
    ("ear-scale-incr", 0.35),
)  # fmt: skip


ORIGINS = ((0.86, 0.05, 0.09), (0.05, 0.88, 0.07), (0.22, 0.40, 0.38), (0.16, 0.24, 0.60), (0.04, 0.06, 0.90))


ORIGIN_ODDS = (0.2, 0.17, 0.13, 0.15, 0.35)


def rgb(values: np.ndarray) -> Rgb:
    """A linear colour of three floats, rounded so that documents stay short."""
    return (round(float(values[0]), 5), round(float(values[1]), 5), round(float(values[2]), 5))
