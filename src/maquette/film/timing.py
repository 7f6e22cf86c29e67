"""How long words and actions take on screen: estimates that boards, animatics and performances share.

Figures, all in seconds unless said otherwise:
- Speech: 165 words a minute. The National Center for Voice and Speech gives about 150 for English conversation in the
  United States; screen dialogue is played a little faster, and 180 is the brisk end.
- Scripts without spaces between words (Chinese, Japanese, Thai ...): a sign counts 0.6 words.
- Action: 200 words a minute plus what its verbs take, so that a page comes to about a minute: the rule of thumb of
  script supervisors and of `one page is one minute` scheduling.
"""

from __future__ import annotations

import re
from fractions import Fraction

WORDS_PER_MINUTE = 165
ACTION_WORDS_PER_MINUTE = 200
SENTENCE_WORDS = 12
SIGN_WORDS = Fraction(3, 5)
TURN_S = Fraction(3, 10)
"""Between one speech and the next."""
PAUSE_S = Fraction(3, 2)
"""(beat), (pause), an ellipsis that trails off in a parenthetical."""
MANNER_S = Fraction(3, 10)
"""Any other parenthetical: acting takes time."""
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”'’)]*\s+(?=[\"“'‘(]?[^\Wa-z_])|\n+")
_PAUSE = re.compile(r"\b(?:beat|pause|pauses|silence|hesitat\w+|after a (?:moment|while)|waits?|long)\b", re.IGNORECASE)
_VERBS: tuple[tuple[re.Pattern[str], Fraction], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), seconds)
    for words, seconds in (
        (r"for a long (?:time|while|moment)|a long (?:silence|pause|beat|look)|very slowly|an eternity", Fraction(3)),
        (r"silence|beat|pause|stillness|waits?|waiting|hesitates?|a moment", Fraction(3, 2)),
        (r"slowly|gradually|stroke by stroke|one by one|little by little", Fraction(3, 2)),
        (r"walks?|crosses|climbs?|drives?|runs?|wanders?|paces|approaches|strolls|descends|rides?|crawls?",
         Fraction(1)),
        (r"sits? down|stands? up|gets? (?:up|dressed|out|in)|puts? on|takes? off|pours?|drinks?|eats?|reads?|writes?",
         Fraction(1)),
        (r"stares?|watches|listens?|weeps?|cries|sobs|embraces?|kisse?s?|dances?|prays?|sleeps?", Fraction(1)),
    )
)  # fmt: skip
_SIGN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def word_count(text: str) -> Fraction:
    """Words of a text; signs of scripts that write no spaces count `SIGN_WORDS` each."""
    signs = len(_SIGN.findall(text))
    return Fraction(len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", _SIGN.sub(" ", text)))) + signs * SIGN_WORDS


def speech_seconds(words: str) -> Fraction:
    """Seconds that the words take to say, not rounded."""
    return word_count(words) * 60 / WORDS_PER_MINUTE


def action_seconds(text: str) -> Fraction:
    """Seconds that an action takes: its words at reading speed, and what its verbs take on top. Not rounded.

    Of a long sentence the words after the first `SENTENCE_WORDS` count half: they describe what is seen at once.
    """
    words = Fraction(0)
    for sentence in sentences(text):
        count = word_count(sentence)
        words += min(count, Fraction(SENTENCE_WORDS)) + max(Fraction(0), count - SENTENCE_WORDS) / 2
    verbs = sum((seconds for pattern, seconds in _VERBS if pattern.search(text)), Fraction(0))
    return words * 60 / ACTION_WORDS_PER_MINUTE + verbs


def manner_seconds(text: str) -> Fraction:
    """Seconds that a parenthetical adds to its speech."""
    return PAUSE_S if _PAUSE.search(text) else MANNER_S


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, none empty. "Mr. Price" and "3.5" are not cut."""
    parts: list[str] = []
    for part in _SENTENCE.split(text):
        piece = part.strip()
        if not piece:
            continue
        if parts and re.search(r"\b(?:Mr|Mrs|Ms|Dr|St|Sgt|Lt|Capt|Prof|No|[A-Z])\.$", parts[-1]):
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return tuple(parts)
