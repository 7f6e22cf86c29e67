"""The words that show a feeling, each with its strength, and how a text is read for them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from maquette.direct.wordlists import words
from maquette.film.cast import Emotion

_STRONG, _CLEAR, _MILD = 0.9, 0.65, 0.4

_LEXICON: dict[Emotion, tuple[str, str, str]] = {
    # emotion: (strong, clear, mild); "*" stands for any ending.
    Emotion.JOY: (
        "overjoyed, ecstatic, elated, jubilant, euphoric, triumphant*, beaming, beams, exultant, thrilled, delighted, "
        "radiant, whoops, cheers",
        "happy, happily, joy, joyful*, glad, gladly, smiles, smiling, grins, grinning, grin, excited*, bright, "
        "brightly, "
        "cheerful*, delight, pleased, lights up, brightens, laughs with joy, relieved, relief, proud, proudly, "
        "enthusias*",
        "smile, content, contented*, half-smile, half-smiles, small smile, faint smile, hopeful*, upbeat, optimistic*",
    ),
    Emotion.AMUSEMENT: (
        "roars with laughter, bursts out laughing, bursts into laughter, cracks up, howls with laughter, doubles "
        "over laughing, hysterical*",
        "laughs, laughing, laughter, laugh, amused, giggles, giggling, chuckles, chuckling, snorts, teasing, teases, "
        "joking, "
        "jokes, playful*, mischievous*, cackles",
        "wry, wryly, dry, dryly, drily, droll, bemused, smirks, smirking, smirk, winks, ironic*, deadpan",
    ),
    Emotion.TENDERNESS: (
        "adoring*, lovingly, laughs through her tears, laughs through his tears, smiles through her tears, "
        "smiles through his tears, laughs through tears, smiles through tears",
        "tender*, loving, affectionate*, warmly, fond, fondly, gentle, gently, kindly, kind, caress*, strokes, "
        "compassion*, kisses, hugs, embraces, soothing*, comforts, comforting, reassuring*, moved, touched",
        "softly, soft, warm, softens, sympathetic*, quietly fond, sentimental*, shy smile",
    ),
    Emotion.SADNESS: (
        "sobs, sobbing, weeps, weeping, cries, crying, in tears, tears stream*, tears run*, tears roll*, breaks down, "
        "heartbroken, devastated, despair*, distraught, inconsolable, miserable, miserably, wails",
        "sad, sadly, sorrow*, tears, tearful*, teary, wet eyes, eyes wet, eyes fill*, eyes well*, wells up, choked, "
        "choking up, voice breaks, voice breaking, voice cracks, voice cracking, lip trembles, hurt, wounded, forlorn, "
        "crestfallen, melanchol*, lonely, unhappy, unhappily, holds back tears, fights back tears, fighting tears, "
        "trying not to cry, near tears, close to tears, on the verge of tears, bereft",
        "wistful*, subdued, glum*, disappointed, downcast, deflated, regret*, pensive*, smile dies, smile fades, "
        "smile vanishes, smile drops, smile falters, face falls, grin fades, grin dies, resigned, sigh, sighs, "
        "sighing, gloomy",
    ),
    Emotion.GRIEF: (
        "grief, grieving, grief-stricken, anguish*, keening, mourns, mourning, howls, broken with grief, bereaved",
        "mournful*, griev*",
        "",
    ),
    Emotion.FEAR: (
        "very afraid, scared to death, trembling with fear, petrified",
        "afraid, fear, fearful*, scared, frightened, anxious*, worried, worriedly, nervous*, alarmed, panicky, "
        "trembles, "
        "trembling, shaking, shivers with fear, flinches, flinching, cowers, cowering, recoils, startled, gulps, "
        "desperate*, "
        "dread",
        "uneasy, uneasily, apprehensive*, hesitant*, concerned, tense, tensely, on edge, jumpy, unsure, uncertain*, "
        "worry, fidgets, fidgeting, timid*, awkward*, stammers, stammering, stuttering",
    ),
    Emotion.TERROR: (
        "terrified, terror, screams, screaming, horrified, horror, horror-struck, panic, panics, panicked, panicking, "
        "shrieks, shrieking, aghast, blood drains from",
        "in shock, wide-eyed with fear",
        "",
    ),
    Emotion.ANGER: (
        "furious*, enraged, rage, raging, livid, fury, shouts, shouting, yells, yelling, screams at, roars, roaring, "
        "explodes, "
        "seething, seethes, bellows, erupts, snarls, snarling, slams, slamming, smashes, loses it, incensed, "
        "outraged, wrath*",
        "angry, angrily, anger, mad, snaps, snapping, hisses, hissing, glares, glaring, glare, hostile, bitter*, "
        "through gritted teeth, "
        "through clenched teeth, clenches her fists, clenches his fists, clenched fists, fists clenched, indignant*, "
        "irate, "
        "threatening*, menacing*, scowls, scowling, growls, accusing*, barks, heated, exasperated, demanding",
        "annoyed, irritated, irritably, frowns, frowning, frustrated, impatient*, sharply, curt, curtly, terse, "
        "tersely, testy, cross, "
        "sternly, stern, brusque*, gruff, gruffly, sullen*, grumpy, grumbles, defensive*, icy, icily, coldly, cold, "
        "reproach*",
    ),
    Emotion.CONTEMPT: (
        "contempt, contemptuous*, sneers, sneering, scorn*, disdain*",
        "scoffs, scoffing, mocking*, sarcas*, derisive*, rolls her eyes, rolls his eyes, rolling her eyes, rolling "
        "his eyes, "
        "condescending*, smug, smugly, haughty, haughtily, arrogant*, dismissive*, jeers, taunting*",
        "unimpressed, aloof, superior, cynical*, sardonic*",
    ),
    Emotion.DISGUST: (
        "disgust, disgusted, revolted, repulsed, retches, retching, gags, gagging, vomits, nauseated",
        "grimaces in disgust, nauseous, sickened, wrinkles her nose, wrinkles his nose, repelled, appalled",
        "distaste*, queasy",
    ),
    Emotion.SURPRISE: (
        "astonished, astounded, stunned, shocked, thunderstruck, dumbfounded, gasps, gasping, jaw drops, "
        "flabbergasted, "
        "cannot believe, can't believe, speechless",
        "surprised, surprise, amazed, taken aback, startles, incredulous*, disbelief, disbelieving*, wide-eyed, eyes "
        "widen, "
        "eyes go wide, does a double take, double-take, shock, bewildered",
        "puzzled, confused, raises an eyebrow, raised eyebrow, blinks, baffled, perplexed, curious*, intrigued",
    ),
    Emotion.AWE: (
        "awestruck, in awe, spellbound, transfixed, mesmeri*",
        "awe, awed, wonder, marvels, marvelling, breathless*, entranced, enchanted, reverent*, captivated, "
        "overwhelmed, "
        "mouth open",
        "impressed, dreamy, dreamily",
    ),
    Emotion.SHAME: (
        "mortified, humiliated, deeply ashamed",
        "ashamed, shame, shamefaced*, guilty, guiltily, guilt, embarrassed, embarrassment, remorse*, contrite*, "
        "blushes, "
        "blushing, hangs her head, hangs his head, hanging her head, hanging his head",
        "sheepish*, apologetic*, bashful*, abashed, self-conscious*, humbled",
    ),
    Emotion.PAIN: (
        "agony, agoni*, writhes, writhing, screams in pain, cries out in pain, doubled up, doubles up",
        "pain, in pain, winces, wincing, groans, groaning, grimaces, grimacing, bleeding, wounded badly, moans, "
        "moaning, "
        "gritting her teeth, gritting his teeth, hurting, limping in pain",
        "sore, stiffly, aching",
    ),
    Emotion.SUSPICION: (
        "deeply suspicious, paranoid",
        "suspicious*, suspicion, suspects, narrows her eyes, narrows his eyes, eyes narrow, eyes narrowed, "
        "distrust*, mistrust*, "
        "sceptical*, skeptical*, wary, warily, guarded, doubtful*, dubious*",
        "cautious*, squints, squinting, searching*, probing, studying",
    ),
    Emotion.DETERMINATION: (
        "resolute*, defiant*, steely, unflinching, implacable",
        "determined, determination, firm, firmly, jaw sets, sets her jaw, sets his jaw, jaw clenched, jaw tightens, "
        "clenches her jaw, "
        "clenches his jaw, resolve, resolved, insistent*, insisting, insists, steels herself, steels himself, "
        "intent, intently, "
        "intense*, grim, grimly, stubborn*, urgent*, commanding, fierce*",
        "focused, concentrat*, serious*, confident*, businesslike, decisive*, emphatic*, stoic*, concentration, steady",
    ),
    Emotion.EXHAUSTION: (
        "exhausted, exhaustion, spent, drained, collapses with fatigue, worn out, dead tired, barely awake",
        "tired, tiredly, weary, wearily, fatigue*, sleepy, sleepily, drowsy, yawns, yawning, bleary*, out of breath, "
        "panting, pants, breathing hard, groggy, groggily, drunk, drunken, haggard",
        "half asleep, listless*, sluggish*, bored, lethargic",
    ),
    Emotion.NEUTRAL: (
        "",
        "calm, calmly, composed, impassive*, expressionless, blank, blankly, neutral*, flat, flatly, matter-of-fact*, "
        "evenly, unmoved, poker-faced, stone-faced, emotionless, collects herself, collects himself, composes herself, "
        "composes himself, pulls herself together, pulls himself together, calms down, indifferent*",
        "",
    ),
}  # fmt: skip


class Feeling(NamedTuple):
    """A feeling found in words."""

    emotion: Emotion
    intensity: float
    """0..1"""
    start: int
    """Where the words begin."""
    words: str


def _compile() -> tuple[re.Pattern[str], dict[str, tuple[Emotion, float]]]:
    table: dict[str, tuple[Emotion, float]] = {}
    for emotion, columns in _LEXICON.items():
        for text, strength in zip(columns, (_STRONG, _CLEAR, _MILD), strict=True):
            for phrase in filter(None, (p.strip() for p in text.split(","))):
                table.setdefault(phrase, (emotion, strength))
    ordered = sorted(table, key=lambda p: (-len(p), p))
    body = "|".join(
        "(" + re.escape(p).replace(r"\*", r"[a-z'-]*").replace(r"\ ", r"\s+").replace("her", "(?:her|his|their)") + ")"
        if " her " in f" {p} "
        else "(" + re.escape(p).replace(r"\*", r"[a-z'-]*").replace(r"\ ", r"\s+") + ")"
        for p in ordered
    )
    return re.compile(rf"(?<![\w'’-])(?:{body})(?![\w-])", re.IGNORECASE), {p: table[p] for p in ordered}


_PATTERN, _TABLE = _compile()
_ORDER = list(_TABLE.values())

_SCALES: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"\b(?:slightly|a little|a bit|a touch|somewhat|faintly|vaguely|barely|almost|mildly|half|kind of|"
                r"sort of|a hint of|a trace of|mock)\s*$", re.I), 0.6),
    (re.compile(r"\b(?:very|really|extremely|utterly|completely|deeply|absolutely|so|totally|visibly|genuinely|"
                r"suddenly very)\s*$", re.I), 1.35),
    (re.compile(r"\b(?:increasingly|more and more|getting|even more)\s*$", re.I), 1.15),
)  # fmt: skip
_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|without|hardly|stops|stop|stopped|cannot|neither|nor|anything but|no longer)|n['’]t)"
    r"\s+(?:(?:at all|a|the|any|even|particularly|exactly|being|is|be|look|seem|feel|in)\s+)*$",
    re.IGNORECASE,
)


_OF_THINGS = words(
    "cold soft warm flat bright kind cross touched moved firm steady spent tense gentle fierce "
    "intense wonder content "
    "dry heated blank guarded serious drunk mad superior concentrated brightens sore icy radiant regular"
)
"""In action these may describe a thing ("cold coffee"); in a parenthetical they are always about the speaker."""


@lru_cache(maxsize=4096)
def feelings(text: str, *, said: bool = False) -> tuple[Feeling, ...]:
    """Every feeling in a text, in order; negated ones ("not angry") are left out, adverbs scale the strength.

    `said`: the text is a parenthetical, so that words which may describe things count too.
    """
    found: list[Feeling] = []
    for match in _PATTERN.finditer(text):
        index = next(i for i, group in enumerate(match.groups()) if group is not None)
        emotion, strength = _ORDER[index]
        before = text[: match.start()]
        scale = 1.0
        for pattern, factor in _SCALES:
            hit = pattern.search(before)
            if hit:
                scale, before = factor, before[: hit.start()]
                break
        if _NEGATION.search(before) or (not said and match.group().lower() in _OF_THINGS):
            continue
        found.append(Feeling(emotion, round(min(1.0, strength * scale), 3), match.start(), match.group()))
    return tuple(found)


def strongest(text: str, *, said: bool = False) -> Feeling | None:
    """The feeling that rules a phrase: the strongest, the later one of equals; any feeling outranks calm."""
    found = feelings(text, said=said)
    if not found:
        return None
    return max(found, key=lambda f: (f.emotion is not Emotion.NEUTRAL, f.intensity, f.start))
