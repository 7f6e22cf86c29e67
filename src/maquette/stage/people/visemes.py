"""Lips that follow words: letters to sounds, sounds to mouth shapes, shapes to ARKit weights over time.

The letter-to-sound rules are a compact set for English spelling; every other language is read letter by letter, which
is closer to most spellings than English's own. What the eye notices is kept exactly: lips shut on M, B and P, the lower
lip under the teeth on F and V, round lips on O and W, and a shut mouth before, after and in the pauses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

SHAPES: dict[str, dict[str, float]] = {
    "rest": {},
    "A": {"jawOpen": 0.46, "mouthLowerDown": 0.26, "mouthUpperUp": 0.14},
    "E": {"jawOpen": 0.27, "mouthStretch": 0.20, "mouthLowerDown": 0.30, "mouthUpperUp": 0.14},
    "I": {"jawOpen": 0.13, "mouthStretch": 0.30, "mouthSmile": 0.16, "mouthLowerDown": 0.26, "mouthUpperUp": 0.14},
    "O": {"jawOpen": 0.32, "mouthFunnel": 0.50, "mouthPucker": 0.16},
    "U": {"jawOpen": 0.12, "mouthPucker": 0.62, "mouthFunnel": 0.26},
    "MBP": {"mouthPress": 0.42, "mouthRollLower": 0.22, "mouthRollUpper": 0.20},
    "FV": {"jawOpen": 0.08, "mouthRollLower": 0.52, "mouthUpperUp": 0.26},
    "L": {"jawOpen": 0.22, "mouthLowerDown": 0.22, "mouthUpperUp": 0.10},
    "T": {"jawOpen": 0.12, "mouthLowerDown": 0.20, "mouthUpperUp": 0.08, "mouthStretch": 0.08},
    "S": {"jawOpen": 0.06, "mouthLowerDown": 0.28, "mouthUpperUp": 0.16, "mouthStretch": 0.20},
    "SH": {"jawOpen": 0.10, "mouthFunnel": 0.42, "mouthPucker": 0.22, "mouthLowerDown": 0.14},
    "R": {"jawOpen": 0.14, "mouthFunnel": 0.26, "mouthPucker": 0.22},
    "K": {"jawOpen": 0.20, "mouthLowerDown": 0.16, "mouthUpperUp": 0.06},
    "TH": {"jawOpen": 0.13, "mouthLowerDown": 0.24, "mouthUpperUp": 0.10},
}
"""Mouth shapes by viseme; what has two sides is written without Left and Right."""
_SIDED = frozenset({"mouthLowerDown", "mouthUpperUp", "mouthStretch", "mouthSmile", "mouthPress"})

_SOFT_S = 0.04
_LENGTH = {"A": 1.5, "E": 1.3, "I": 1.2, "O": 1.5, "U": 1.3, "rest": 1.0}
"""How long a sound is held; consonants 0.8."""
_PAUSES = {",": 2.2, ";": 2.8, ":": 2.8, "-": 1.6, "–": 2.6, "—": 3.0, ".": 4.2, "!": 4.0, "?": 4.2, "…": 5.5}

# English spelling, longest first: letters -> visemes joined by spaces ("" is silent).
_RULES: tuple[tuple[str, str], ...] = (
    ("ough", "O"), ("augh", "O"), ("eigh", "E I"), ("tion", "SH E T"), ("sion", "SH E T"), ("igh", "A I"),
    ("tch", "SH"), ("sch", "S K"), ("dge", "SH"), ("ing", "I K"), ("eau", "O"), ("air", "E R"), ("ear", "I R"),
    ("our", "O R"), ("oor", "O R"), ("ure", "U R"), ("ire", "A I R"), ("ore", "O R"), ("are", "E R"),
    ("ch", "SH"), ("sh", "SH"), ("th", "TH"), ("ph", "FV"), ("wh", "U"), ("qu", "K U"), ("ck", "K"), ("gh", ""),
    ("kn", "T"), ("wr", "R"), ("mb", "MBP"), ("ng", "K"), ("ee", "I"), ("ea", "I"), ("ei", "I"), ("ie", "I"),
    ("oo", "U"), ("ou", "A U"), ("ow", "A U"), ("oa", "O"), ("oi", "O I"), ("oy", "O I"), ("ai", "E I"),
    ("ay", "E I"), ("au", "O"), ("aw", "O"), ("ew", "U"), ("ue", "U"), ("ui", "U"), ("er", "R"), ("ir", "R"),
    ("ur", "R"), ("or", "O R"), ("ar", "A R"),
)  # fmt: skip
_LETTERS = {
    **dict.fromkeys("mbp", "MBP"), **dict.fromkeys("fv", "FV"), **dict.fromkeys("td", "T"), "n": "T", "l": "L",
    **dict.fromkeys("sz", "S"), "c": "K", **dict.fromkeys("kgq", "K"), "x": "K S", "h": "", "j": "SH", "r": "R",
    "w": "U", "y": "I", "a": "A", "e": "E", "i": "I", "o": "O", "u": "U",
}  # fmt: skip
_ALPHABETS = (
    "аA бMBP вFV гK дT еE ёO жSH зS иI йI кK лL мMBP нT оO пMBP рR сS тT уU фFV хK цS чSH шSH щSH ъ ыI ь эE юU яA",
    "αA βFV γK δTH εE ζS ηI θTH ιI κK λL μMBP νT ξS οO πMBP ρR σS ςS τT υI φFV χK ψS ωO",
)
"""Cyrillic and Greek: a letter and its mouth shape."""
_FOREIGN = {pair[0]: pair[1:] for alphabet in _ALPHABETS for pair in alphabet.split()}
_OTHER = ("A", "T", "I", "O", "K", "E", "S", "U", "L")
"""Signs of other scripts: their sound is not known, so a mouth moves that could say anything."""

_LITTLE = {"the": "TH A", "a": "A", "i": "A I", "you": "U", "to": "T U", "do": "T U", "one": "U A T", "of": "A FV",
           "was": "U A S", "is": "I S", "are": "A R", "who": "U", "what": "U A T", "said": "S E T", "say": "S E I",
           "come": "K A MBP", "some": "S A MBP", "could": "K U T", "would": "U U T", "should": "SH U T",
           "me": "MBP I", "be": "MBP I", "he": "I", "she": "SH I", "we": "U I", "no": "T O", "so": "S O",
           "go": "K O", "my": "MBP A I", "by": "MBP A I", "why": "U A I", "there": "TH E R", "where": "U E R",
           "your": "O R", "they": "TH E I", "know": "T O", "have": "A FV", "give": "K I FV",
           "love": "L A FV"}  # fmt: skip


def visemes_of(word: str) -> tuple[str, ...]:
    """The mouth shapes that a word passes through, keys of `SHAPES`; empty for what has no sound."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    plain = re.sub(r"['’]", "", plain)
    if plain in _LITTLE:
        return tuple(_LITTLE[plain].split())
    found: list[str] = []
    i = 0
    while i < len(plain):
        rule = next(((k, v) for k, v in _RULES if plain.startswith(k, i)), None)
        if rule is not None:
            found += rule[1].split()
            i += len(rule[0])
            continue
        found += _letter(plain, i)
        i += 1
    return tuple(v for k, v in enumerate(found) if k == 0 or v != found[k - 1])


def _letter(word: str, i: int) -> list[str]:
    c = word[i]
    if c == "e" and i == len(word) - 1 and len(word) > 2:
        return []  # silent
    if c == "c" and word[i + 1 : i + 2] in ("e", "i", "y"):
        return ["S"]
    known = _LETTERS.get(c) if c in _LETTERS else _FOREIGN.get(c)
    if known is not None:
        return [v for v in known.split() if v in SHAPES]
    return [_OTHER[ord(c) % len(_OTHER)]] if c.isalpha() else (["E"] if c.isdigit() else [])


@dataclass(frozen=True)
class Mouth:
    """A mouth over the time of one speech."""

    times: tuple[float, ...]
    """Middle of each shape, seconds; the first and the last are the shut mouth at both ends."""
    keys: tuple[str, ...]

    def at(self, t_s: float) -> dict[str, float]:
        """ARKit weights at a time; empty outside of the speech.

        Lips have mass: shapes run into each other over `_SOFT_S`. Only what must be shut is shut exactly: M, B, P and
        the pauses, however fast the words are.
        """
        times = self.times
        if not times[0] < t_s < times[-1]:
            return {}
        samples = [self._raw(t_s + d) for d in (-_SOFT_S, 0.0, _SOFT_S)]
        names = dict.fromkeys(n for shape in samples for n in shape)  # not a set: its order is another in each run
        soft = {
            n: sum(w * shape.get(n, 0.0) for w, shape in zip((0.28, 0.44, 0.28), samples, strict=True)) for n in names
        }
        shut, key = self._shut(t_s)
        closed = SHAPES[key]
        return sided({n: soft.get(n, 0.0) * (1 - shut) + closed.get(n, 0.0) * shut for n in {**soft, **closed}})

    def _shut(self, t_s: float) -> tuple[float, str]:
        """0..1 how far lips have to be shut now, and by which shape."""
        i = int(np.searchsorted(self.times, t_s))
        best = (0.0, "rest")
        for k in range(max(i - 2, 0), min(i + 2, len(self.times))):
            if self.keys[k] in ("rest", "MBP"):
                held = min(1.0, 1.15 * float(np.exp(-(((t_s - self.times[k]) / 0.045) ** 2))))
                best = max(best, (held, self.keys[k]))
        return best

    def _raw(self, t_s: float) -> dict[str, float]:
        """Between two shapes the mouth moves on a cosine."""
        times = self.times
        t_s = min(max(t_s, times[0]), times[-1])
        i = min(int(np.searchsorted(times, t_s, side="right")) - 1, len(times) - 2)
        k = (t_s - times[i]) / max(times[i + 1] - times[i], 1e-9)
        after = 0.5 - 0.5 * float(np.cos(np.pi * k))
        here, there = self._shape(i), self._shape(i + 1)
        return {n: here.get(n, 0.0) * (1 - after) + there.get(n, 0.0) * after for n in {**here, **there}}

    def _shape(self, i: int) -> dict[str, float]:
        """Coarticulation: what is said fast is not opened fully, and lips round early for what comes."""
        key = self.keys[i]
        shape = dict(SHAPES[key])
        if key in ("rest", "MBP"):
            return shape
        gap = self.times[min(i + 1, len(self.times) - 1)] - self.times[max(i - 1, 0)]
        full = float(np.clip(0.55 + 0.45 * (gap / 2) / 0.11, 0.55, 1.0))
        ahead = SHAPES[self.keys[min(i + 1, len(self.keys) - 1)]]
        shape = {n: v * full for n, v in shape.items()}
        if key not in ("FV", "I", "E", "A"):
            for n in ("mouthPucker", "mouthFunnel"):
                shape[n] = max(shape.get(n, 0.0), 0.55 * ahead.get(n, 0.0))
        return shape

    def speaking(self, t_s: float) -> float:
        """0..1 how far the mouth belongs to the words: eased in and out over 0.12 s around the speech."""
        lead = 0.12
        into = np.clip((t_s - self.times[0] + lead) / lead, 0.0, 1.0)
        out = np.clip((self.times[-1] + lead - t_s) / lead, 0.0, 1.0)
        k = float(min(into, out))
        return k * k * (3 - 2 * k)

    def loudness(self, t_s: float) -> float:
        """0..1 stress of what is said: brows and head move with it."""
        here = self.at(t_s)
        return float(min(1.0, here.get("jawOpen", 0.0) / 0.4))


def sided(shape: dict[str, float]) -> dict[str, float]:
    """With Left and Right where ARKit has both."""
    out: dict[str, float] = {}
    for name, weight in shape.items():
        for label in (f"{name}Left", f"{name}Right") if name in _SIDED else (name,):
            out[label] = weight
    return out


@lru_cache(maxsize=256)
def mouth_of(words: str, start_s: float, end_s: float) -> Mouth:
    """The mouth that says `words` from `start_s` to `end_s`, seconds: pauses at punctuation, shut at both ends."""
    keys: list[str] = ["rest"]
    lengths: list[float] = [0.6]
    for token in re.findall(r"[^\W_]+(?:['’][^\W_]+)*|[,.;:!?…–—-]", words.replace("...", "…")):
        if token in _PAUSES:
            if keys[-1] != "rest":
                keys.append("rest")
                lengths.append(_PAUSES[token])
            continue
        for key in visemes_of(token):
            if key != keys[-1]:
                keys.append(key)
                lengths.append(_LENGTH.get(key, 0.8))
            else:
                lengths[-1] += 0.4
    if keys[-1] != "rest":
        keys.append("rest")
        lengths.append(0.6)
    else:
        lengths[-1] = 0.6
    return _timed(keys, lengths, start_s, end_s)


def _timed(keys: Sequence[str], lengths: Sequence[float], start_s: float, end_s: float) -> Mouth:
    ends = np.cumsum(lengths)
    span = max(end_s - start_s, 1e-3)
    times: list[float] = []
    held: list[str] = []
    for key, length, end in zip(keys, lengths, ends, strict=True):
        first, last = float(end) - length, float(end)
        # A pause is a shut mouth for as long as it lasts, not a point that is passed.
        marks = [first + 0.5, last - 0.5] if key == "rest" and length > 1.4 else [(first + last) / 2]
        times += marks
        held += [key] * len(marks)
    times[0], times[-1] = 0.0, float(ends[-1])
    scaled = start_s + np.array(times) / float(ends[-1]) * span
    return Mouth(tuple(float(t) for t in scaled), tuple(held))
