"""How long a shot runs: an estimate from its words, good enough to plan a board and an animatic.

Figures, all in seconds unless said otherwise:
- Speech: 165 words a minute. The National Center for Voice and Speech gives about 150 for English conversation in the
  United States; screen dialogue is played a little faster, and 180 is the brisk end.
- Scripts without spaces between words (Chinese, Japanese, Thai ...): a sign counts 0.6 words.
- Action: 200 words a minute plus what its verbs take, so that a page comes to about a minute: the rule of thumb of
  script supervisors and of `one page is one minute` scheduling.
- Least time by size: the eye needs longer to read a wide frame than a face.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from maquette.film.screenplay import Element, ElementKind
from maquette.film.shot import Framing, Move, ShotSize
from maquette.script.beats import sentences

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
STEP_S = Fraction(1, 2)
"""Estimates are multiples of this: 12 frames at 24, and honest about what an estimate knows."""
LEAST_S: dict[ShotSize, Fraction] = {
    ShotSize.EWS: Fraction(4),
    ShotSize.VWS: Fraction(4),
    ShotSize.WS: Fraction(3),
    ShotSize.FS: Fraction(3),
    ShotSize.MLS: Fraction(5, 2),
    ShotSize.COWBOY: Fraction(5, 2),
    ShotSize.MS: Fraction(2),
    ShotSize.MCU: Fraction(2),
    ShotSize.CU: Fraction(3, 2),
    ShotSize.BCU: Fraction(3, 2),
    ShotSize.ECU: Fraction(3, 2),
}
LEAST_MOVE_S = Fraction(3)
"""A move that is over sooner reads as a bump."""
LEAST_INSERT_S = Fraction(2)
"""Long enough to read what is on it."""

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


def elements_seconds(elements: Iterable[Element]) -> Fraction:
    """Seconds that lines of a screenplay take on screen, not rounded. The columns of dual dialogue run together."""
    total = before = Fraction(0)
    speech: Fraction | None = None
    dual = False

    def spoken() -> Fraction:
        return max(Fraction(0), (speech or Fraction(0)) - (before if dual else 0))

    for element in elements:
        if element.kind is ElementKind.CHARACTER or element.kind in (ElementKind.ACTION, ElementKind.CENTERED):
            total += spoken()
            before, speech = speech or Fraction(0), None
        if element.kind is ElementKind.CHARACTER:
            speech, dual = TURN_S, element.dual
        elif element.kind in (ElementKind.DIALOGUE, ElementKind.LYRIC):
            speech = (speech or Fraction(0)) + speech_seconds(element.text)
        elif element.kind is ElementKind.PARENTHETICAL:
            speech = (speech or Fraction(0)) + manner_seconds(element.text)
        elif element.kind in (ElementKind.ACTION, ElementKind.CENTERED):
            total += action_seconds(element.text)
    return total + spoken()


def estimate_duration(
    elements: Sequence[Element], size: ShotSize, move: Move = Move.STATIC, framing: Framing = Framing.SINGLE
) -> Fraction:
    """Estimated running time of a shot over these lines, in seconds, a multiple of `STEP_S`."""
    least = LEAST_S[size]
    if move is not Move.STATIC and move is not Move.HANDHELD:
        least = max(least, LEAST_MOVE_S)
    if framing is Framing.INSERT:
        least = LEAST_INSERT_S
    exact = max(least, elements_seconds(elements))
    return STEP_S * math.floor(exact / STEP_S + Fraction(1, 2))
