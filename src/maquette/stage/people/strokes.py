"""Talking hands: a stroke on each word that carries the stress, and back to rest.

A gesture has a preparation, a stroke that falls on the stressed syllable, a short hold and a retraction (Kendon 1980;
McNeill, Hand and Mind, 1992). Stress is taken where English has it: on the last word of each phrase that is more than
grammar (the nucleus), and in long phrases on the first such word as well.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

import numpy as np

from maquette.stage.people.visemes import visemes_of

PREPARE_S, HOLD_S, RETRACT_S = 0.45, 0.2, 0.75
APART_S = 1.4
"""Strokes are at least so far apart: hands are slower than tongues."""
LONG_PHRASE = 6
"""From so many words on a phrase has a second stress."""
UNSPOKEN_S = 2.3
"""Between the strokes of hands that talk where no words are written."""
_GRAMMAR_WORDS = (
    "a an the this that these those some any i me my mine you your yours he him his she her hers it its we us our ours "
    "they them their who whom what which am is are was were be been being do does did have has had can could will "
    "would shall should may might must to of in on at by for from with about into over under up down out off as than "
    "and or but if so because while when where there here then it's i'm you're he's she's we're they're i've you've "
    "i'll you'll don't just"
)
_GRAMMAR = frozenset(_GRAMMAR_WORDS.split())
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,.;:!?…–—]+")
_PAUSE = 3.0
"""Mouth shapes that a pause is as long as."""


@dataclass(frozen=True)
class Strokes:
    """When somebody's hands come up."""

    apexes: tuple[tuple[float, float], ...] = ()
    """(seconds, size 0..1) of each stroke, in order."""

    def at(self, t_s: float) -> float:
        """0 at rest .. 1 raised."""
        low = 1.0
        for apex, size in self.apexes:
            up = _eased((t_s - apex + PREPARE_S) / PREPARE_S)
            down = _eased((t_s - apex - HOLD_S) / RETRACT_S)
            low *= 1 - size * up * (1 - down)
        return 1 - low


NO_STROKES = Strokes()


def strokes_of(words: str, start_s: float, end_s: float, seed: int = 0) -> Strokes:
    """The strokes that go with `words`, said from `start_s` to `end_s`."""
    tokens: list[str] = _TOKEN.findall(words.replace("...", "…"))
    lengths = [len(visemes_of(t)) + 0.3 if t[0].isalnum() else _PAUSE for t in tokens]
    ends = np.cumsum(lengths) * (end_s - start_s) / max(sum(lengths), 1e-9)
    rng = np.random.default_rng([seed & 0x7FFFFFFF, zlib.crc32(words.encode())])
    times: list[float] = []
    for i in _stressed(tokens):
        # The stressed syllable lies in the first half of most words.
        begin = float(ends[i - 1]) if i else 0.0
        t = start_s + begin + 0.4 * (float(ends[i]) - begin)
        if all(abs(t - known) >= APART_S for known in times):
            times.append(t)
    return Strokes(tuple((t, float(rng.uniform(0.75, 1.0))) for t in sorted(times)))


def unspoken(start_s: float, end_s: float, seed: int = 0) -> Strokes:
    """The strokes of hands that talk from `start_s` to `end_s` where the script writes no words."""
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 7])
    times = np.arange(start_s + 0.7, end_s - 0.4, UNSPOKEN_S)
    return Strokes(tuple((float(t + rng.uniform(-0.3, 0.3)), float(rng.uniform(0.75, 1.0))) for t in times))


def joined(*strokes: Strokes) -> Strokes:
    return Strokes(tuple(sorted(apex for each in strokes for apex in each.apexes)))


def _stressed(tokens: list[str]) -> list[int]:
    """Indices of the words that carry a stroke, those that carry it most first."""
    nuclei: list[int] = []
    others: list[int] = []
    phrase: list[int] = []
    for i, token in enumerate([*tokens, "."]):
        if token[0].isalnum():
            phrase.append(i)
            continue
        weighty = [k for k in phrase if tokens[k].lower().replace("’", "'") not in _GRAMMAR] or phrase[-1:]
        nuclei += weighty[-1:]
        if len(phrase) >= LONG_PHRASE:
            others += weighty[:1]
        phrase = []
    return [*nuclei, *others]


def _eased(x: float) -> float:
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)
