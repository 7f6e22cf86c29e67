"""The words that state a shot, as crews and writers use them, read into fields.

Nothing is guessed here: a field that the words do not state stays None, and words that fit no field, or contradict
one that is already stated, are kept as notes and said in `remarks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from maquette.film.shot import Angle, Framing, Move, ShotRole, ShotSize, Side
from maquette.script.camera_vocabulary import CAMERA_VOCABULARY
from maquette.script.names import Names


@dataclass(frozen=True)
class ShotWords:
    """What the words of one shot state."""

    size: ShotSize | None = None
    framing: Framing | None = None
    role: ShotRole | None = None
    angle: Angle | None = None
    roll_deg: float | None = None
    lens_mm: float | None = None
    move: Move | None = None
    subjects: tuple[str, ...] = ()
    """Names in capitals; for a thing its word in lower case, then its owner."""
    over: str | None = None
    shoulder: Side | None = None
    """OTS: the shoulder that the camera looks over."""
    camera_height_m: float | None = None
    azimuth_deg: float | None = None
    duration_s: Fraction | None = None
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """What was contradicted or not understood, as sentences."""

    @property
    def states_a_shot(self) -> bool:
        """False for mere remarks, which belong to the shot before them."""
        return any(x is not None for x in (self.size, self.framing, self.role, self.angle, self.move))


_TABLE = tuple((f, v, re.compile(rf"(?<![\w'’])(?:{p})(?!\w)", re.IGNORECASE)) for f, v, p in CAMERA_VOCABULARY)
_LENS = re.compile(r"(?<![\w.])(?:lens\s*)?(\d{1,4}(?:\.\d+)?)\s*mm(?: lens)?\b", re.IGNORECASE)
_SECONDS = re.compile(r"(?<![\w.])(\d{1,4}(?:[.,]\d+)?)\s*(?:s|secs?|seconds?)\b", re.IGNORECASE)
_DEGREES = r"(\d{1,3}(?:\.\d+)?)\s*(?:°|deg(?:rees?)?)"
_DUTCH = re.compile(
    rf"(?<!\w)(?:{_DEGREES}\s*)?(?:dutch|canted|roll)(?:\s+(?:angle|tilt))?(?:\s+(left|right))?"
    rf"(?:\s*(?:of\s+)?{_DEGREES}(?:\s+(left|right))?)?(?!\w)",
    re.IGNORECASE,
)
_HEIGHT = re.compile(
    r"(?<!\w)(?:(?:camera )?(?:height|at)\s*(\d(?:[.,]\d+)?)\s*m|(\d(?:[.,]\d+)?)\s*m high)(?!\w)", re.IGNORECASE
)
_OVER = re.compile(
    r"(?<!\w)over\s+(?P<who>[^,;]+?)['’]s?\s+(?:(?P<side>left|right)\s+)?shoulder(?!\w)|"
    r"(?<!\w)(?:ots|over[\s-]the)\s+(?P<side2>left|right)(?:\s+shoulder)?(?!\w)",
    re.IGNORECASE,
)
_FILLERS = frozenset(
    [
        "shot",
        "angle",
        "camera",
        "on",
        "of",
        "the",
        "a",
        "an",
        "at",
        "to",
        "in",
        "and",
        "view",
        "level",
        "from",
        "is",
        "are",
        "with",
        "we",
        "see",
        "&",
        "slow",
        "slowly",
        "onto",
        "toward",
        "towards",
        "favoring",
        "favouring",
        "favour",
        "favor",
        "for",
        "lens",
        "through",
        "shoulder",
        "over",
        "new",
        "another",
        "side",
        "different",
        "his",
        "her",
        "their",
        "looking",
    ]
)
_PLAIN = frozenset(
    [
        "close",
        "closer",
        "tight",
        "wide",
        "wider",
        "group",
        "crowd",
        "place",
        "location",
        "follow",
        "follows",
        "following",
        "lead",
        "leads",
        "leading",
        "crane",
        "master",
        "medium",
        "moving",
        "frontal",
        "profile",
        "track",
        "tilt",
        "pan",
        "arc",
        "orbit",
        "zoom",
        "single",
        "roll",
    ]
)
"""Camera words that are also words of everyday prose."""
_FACE = frozenset(["face", "head", "expression", "eyes"])
_TRAILING = re.compile(
    r"\s+(?:as|while|when|which|that|who|where|in|on|at|under|behind|from|beside|against)\b.*$", re.I
)
_ARTICLE = re.compile(
    r"^(?:the|a|an|his|her|their|some|one|of|on|onto|to|at|in|new|another|angle|shot|camera|favou?ring)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    field: str
    value: object


def read_shot_words(text: str, names: Names) -> ShotWords:
    """Read the words of one shot: "MCU MARA, low angle, 35mm, push in". Commas and dashes are free."""
    hits = _best(_table_hits(text) + _number_hits(text))
    words = _assign(hits, text)
    over = _OVER.search(text)
    side = (over.group("side") or over.group("side2")) if over else None
    if over:
        words = replace(words, framing=words.framing or Framing.OTS, shoulder=Side(side.lower()) if side else None)
        hits = [*hits, _Hit(*over.span("side2" if over.group("side2") else "side"), "shoulder", side)] if side else hits
    return _with_subjects(words, text, hits, names)


def _table_hits(text: str) -> list[_Hit]:
    return [
        _Hit(m.start(), m.end(), f, v)
        for f, v, pattern in _TABLE
        for m in pattern.finditer(text)
        if _is_camera_word(m.group(), text[: m.start()], text[m.end() :])
    ]


def _is_camera_word(said: str, before: str, after: str) -> bool:
    """Plain English words count only where a camera word stands: "close the door" and "Ms Price" state no size."""
    if len(said) <= 3 and said.istitle() and said.lower() in ("ms", "ls", "ws", "fs", "cu"):
        return False
    if said.lower() not in _PLAIN or said.isupper():
        return True
    opens = re.search(r"(?:^|[,;:\n]|\s[-–—])\s*$", before)
    return bool(opens or re.match(r"\s*(?:[,;:.\n]|$|[-–—]\s|on\b)", after))


def _number_hits(text: str) -> list[_Hit]:
    hits = [_Hit(m.start(), m.end(), "lens_mm", float(m.group(1))) for m in _LENS.finditer(text)]
    hits += [
        _Hit(m.start(), m.end(), "duration_s", Fraction(m.group(1).replace(",", "."))) for m in _SECONDS.finditer(text)
    ]
    hits += [
        _Hit(m.start(), m.end(), "camera_height_m", float((m.group(1) or m.group(2)).replace(",", ".")))
        for m in _HEIGHT.finditer(text)
    ]
    for m in _DUTCH.finditer(text):
        degrees = float(m.group(1) or m.group(3) or 15.0)
        leans = (m.group(2) or m.group(4) or "right").lower()
        hits.append(_Hit(m.start(), m.end(), "roll_deg", -degrees if leans == "left" else degrees))
    return hits


def _best(hits: list[_Hit]) -> list[_Hit]:
    """Longest phrases first, none overlapping, in reading order."""
    taken: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if all(hit.end <= t.start or hit.start >= t.end for t in taken):
            taken.append(hit)
    return sorted(taken, key=lambda h: h.start)


_LIMITS: dict[str, tuple[float, float, str]] = {
    "lens_mm": (4, 1200, "a focal length between 4 and 1200 mm"),
    "roll_deg": (-90, 90, "a roll of at most 90 degrees"),
    "duration_s": (0.1, 900, "a length between 0.1 and 900 seconds"),
    "camera_height_m": (0, 9.9, "a lens height below 10 m"),
}


def _assign(hits: list[_Hit], text: str) -> ShotWords:
    """The first statement of each field holds; later ones that differ go to the notes with a remark."""
    stated: dict[str, tuple[object, str]] = {}
    notes: list[str] = []
    remarks: list[str] = []
    for hit in hits:
        said = text[hit.start : hit.end].strip()
        low, high, meaning = _LIMITS.get(hit.field, (0, 0, ""))
        if meaning and not low <= float(hit.value) <= high:  # type: ignore[arg-type]
            notes.append(said)
            remarks.append(f'"{said}" is not {meaning}: kept in the notes.')
        elif hit.field not in stated:
            stated[hit.field] = (hit.value, said)
        elif stated[hit.field][0] != hit.value:
            notes.append(said)
            remarks.append(f'"{said}" contradicts "{stated[hit.field][1]}", which comes first: kept in the notes.')
    if "camera_height_m" in stated:
        notes.append(stated["camera_height_m"][1])
    fields = {name: value for name, (value, _) in stated.items()}
    return ShotWords(**fields, notes=tuple(notes), remarks=tuple(remarks))  # type: ignore[arg-type]


def _with_subjects(words: ShotWords, text: str, hits: list[_Hit], names: Names) -> ShotWords:
    blank = list(text)
    for hit in hits:
        blank[hit.start : hit.end] = "\x00" * (hit.end - hit.start)
    rest = "".join(blank)
    people = [(start, end, name) for start, end, name in names.found(rest)]
    found = tuple(dict.fromkeys(n for _, _, n in people))
    if words.framing is Framing.OTS:
        over, found = _shoulder_and_subject(rest, people)
        words = replace(words, over=over)
    elif words.framing is Framing.POV and found:
        words = replace(words, over=found[0])
        found = found[1:]
    words = replace(words, subjects=found)
    segments = [
        s for s in re.split(r"[,;\n]|\s[-–—]+\s|:|(?<=\w)\.(?:\s|$)|^[-–—]+\s|\s[-–—]+$", rest) if _content(s, names)
    ]
    thing, segments = _thing(words, segments, names)
    if thing:
        words = replace(words, subjects=(thing, *words.subjects))
    notes = [_clean(s) for s in segments]
    return replace(words, notes=(*words.notes, *(n for n in notes if n)))


def _shoulder_and_subject(rest: str, people: list[tuple[int, int, str]]) -> tuple[str | None, tuple[str, ...]]:
    """ "OTS MARA ON TOM", "over PRICE on MARA", "OTS ON TOM", "OTS MARA": shoulder first, framed person after "on"."""
    order = list(dict.fromkeys(n for _, _, n in people))
    on = [
        n for s, _, n in people if re.search(r"\b(?:on|onto|to|towards?|at|favou?ring)\s+(?:the\s+)?$", rest[:s], re.I)
    ]
    if on:
        subject = on[0]
        shoulder = next((n for n in order if n != subject), None)
        return shoulder, (subject, *(n for n in order if n not in (subject, shoulder)))
    if not order:
        return None, ()
    return order[0], tuple(order[1:])


def _content(segment: str, names: Names) -> list[str]:
    """Words of a segment that say something and are neither names nor camera words already read."""
    text = segment
    for start, end, _ in reversed(names.found(segment)):
        text = text[:start] + " " * (end - start) + text[end:]
    words = re.findall(r"[^\W_][\w'’.-]*", text.replace("\x00", " "))
    return [w for w in words if w.lower() not in _FILLERS and w.lower() not in ("s", "left", "right")]


def _thing(words: ShotWords, segments: list[str], names: Names) -> tuple[str | None, list[str]]:
    """The thing that is framed where no person is, or what belongs to the person ("MARA'S HANDS")."""
    grouped = (Framing.TWO_SHOT, Framing.THREE_SHOT, Framing.GROUP, Framing.OTS, Framing.SINGLE, Framing.PROFILE)
    if not segments or words.framing in grouped:
        return None, segments
    first = segments[0]
    owned = re.search(r"['’]s?\s+([^\x00]+)$", first, re.I) if names.found(first) else None
    if words.framing is not Framing.POV and owned and words.subjects:
        word = _TRAILING.sub("", owned.group(1).strip()).lower()
        if word.split()[-1] in _FACE:
            return None, segments
        return word, segments[1:]
    if words.subjects:
        return None, segments
    word = _clean(first)
    while _ARTICLE.match(word):
        word = _ARTICLE.sub("", word, count=1)
    if words.framing is Framing.POV and names.found(first):
        word = re.sub(r"^.*?\b(?:looking at|sees|of|on)\b", "", _clean(first), flags=re.I).strip()
        if not word or names.found(word):
            return None, segments
    trimmed = _TRAILING.sub("", word).strip(" .'’\"").lower()
    if not trimmed or len(trimmed.split()) > 5:
        return None, segments
    left_over = word.lower() != trimmed
    return trimmed, segments if left_over else segments[1:]


def _clean(segment: str) -> str:
    text = re.sub(r"\s+", " ", segment.replace("\x00", " ")).strip(" .-–—:")
    text = re.sub(r"^['’]S?\b\s*", "", text, flags=re.IGNORECASE)
    return re.sub(r"^(?:on|of|to|and|with|the shot)\s+(?=[A-Z])", "", text)
