"""Finding the places where a screenplay states a shot: camera lines, shot elements and shot notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maquette.film.screenplay import Element, ElementKind, Scene
from maquette.script.beats import COVERED
from maquette.script.names import Names
from maquette.script.shot_words import ShotWords, read_shot_words

_OPENINGS = (
    r"(?:EXTREME |BIG |VERY |MEDIUM |TIGHT )?CLOSE[\s-]?UPS?",
    r"CLOSER? (?:IN )?(?:ON|SHOT|ANGLE)",
    r"TIGHT (?:ON|SHOT)",
    r"ANGLE(?: ON|:)",
    r"(?:NEW|ANOTHER|WIDER?|REVERSE|LOW|HIGH|DIFFERENT|SIDE|DUTCH) ANGLE",
    r"(?:(?:EXTREME|VERY|MEDIUM) )?(?:WIDER?|LONG|FULL|MEDIUM|MID|COWBOY) SHOT",
    r"(?:TWO|THREE|2|3|GROUP|AERIAL|TRACKING|DOLLY|CRANE|STEADICAM|HAND-?HELD|MOVING|MASTER|ESTABLISHING|REACTION|"
    r"OVERHEAD|DRONE|REVERSE|TOP|POV|OTS)[\s-]SHOT",
    r"INSERT(?: SHOT)?(?=\s*[-–—:.]|\s*$|\s+[A-Z])",
    r"OVER[\s-]THE[\s-]SHOULDER",
    r"OVER [A-Z][\w .]*?['’]S? (?:LEFT |RIGHT )?SHOULDER",
    r"OTS",
    r"POV",
    r"[A-Z][A-Z .]*['’]S? (?:POV|P\.O\.V\.|POINT OF VIEW)",
    r"[A-Z]+ POV",
    r"(?:SLOWLY )?(?:PUSH(?:ING)?|DOLLY(?:ING)?|TRACK(?:ING)?|MOV(?:E|ING)|ZOOM(?:ING)?|CREEP(?:ING)?) IN",
    r"(?:PULL(?:ING)?|DOLLY(?:ING)?|ZOOM(?:ING)?) (?:BACK|OUT)",
    r"(?:DOLLY|TRACK|TRACKING|MOVING|TRAVELLING|TRAVELING) WITH",
    r"(?:WHIP |SWISH )?PAN(?:NING)? (?:TO|LEFT|RIGHT|ACROSS|UP|DOWN|OVER|WITH|ALONG)",
    r"(?:TILT(?:ING)?|CRANE|CRANING|BOOM(?:ING)?) (?:UP|DOWN|TO)",
    r"(?:RACK|PULL) FOCUS",
    r"(?:BIRD|WORM|GOD)['’]?S[\s-]EYE",
    r"FAVOU?RING",
    r"AERIAL(?: VIEW)?",
    r"REVERSE(?: ON)?",
    r"(?:EWS|ELS|VWS|MLS|MWS|MCU|BCU|ECU|XCU)",
)
_STRONG = re.compile(rf"^(?:{'|'.join(_OPENINGS)})(?![\w'’])")
_WEAK = re.compile(
    r"^(?:WIDER?|CLOSER?|ESTABLISHING|MASTER|OVERHEAD|HAND-?HELD|STEADICAM|CU|MS|WS|LS|FS)"
    r"(?=\s*[-–—:,.](?:\s|$)|\s*$|\s+ON\s|\s+[A-Z]{2,}(?:\s|$))"
)
_ON = re.compile(r"^ON (?:THE )?[A-Z][A-Z0-9 .'’&-]*[.:]?$")
_BACK = re.compile(r"^BACK TO (?:THE )?(?:SCENE|SHOT|PREVIOUS SHOT|SCENE\.)\W*$", re.IGNORECASE)
_BACK_ON = re.compile(r"^BACK (?:TO|ON) (?=[A-Z])")
_NOTE = re.compile(r"^\W*(?:shots?|camera)\s*:\s*(.*?)\]*\s*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Statement:
    """One shot as the script states it."""

    element: Element
    words: ShotWords
    quote: str
    """The words that asked for it, as written."""
    action: str = ""
    """What the same paragraph goes on to show."""
    part: int = 0
    """0 for the first shot of an element, then 1, 2 ..."""
    back: bool = False
    """BACK TO SCENE: the set-up before the insert again."""


def statements_in(scene: Scene, names: Names) -> tuple[Statement, ...]:
    """Every shot that the scene states, in order."""
    found: list[Statement] = []
    for element in scene.elements:
        found += _in_element(element, names)
    return tuple(found)


def _in_element(element: Element, names: Names) -> list[Statement]:
    if element.kind is ElementKind.NOTE:
        match = _NOTE.match(element.text.strip())
        return _in_note(element, match.group(1), names) if match else []
    if element.kind is ElementKind.SHOT:
        text = re.sub(r"^!!\s*", "", element.text.strip())
        return [_statement(element, text, "", 0, names)]
    if element.kind is ElementKind.ACTION:
        return _in_action(element, names)
    if element.kind is ElementKind.TRANSITION and _STRONG.match(element.text.strip()):
        return [_statement(element, element.text.strip(), "", 0, names)]
    return []


def _in_note(element: Element, text: str, names: Names) -> list[Statement]:
    """A note may state several shots with ";". A part that names no shot belongs to the one before it."""
    parts: list[str] = []
    for piece in (p.strip() for p in text.split(";")):
        if not piece:
            continue
        if parts and not read_shot_words(piece, names).states_a_shot:
            parts[-1] = f"{parts[-1]}; {piece}"
        else:
            parts.append(piece)
    return [_statement(element, p, "", i, names) for i, p in enumerate(parts)]


def _in_action(element: Element, names: Names) -> list[Statement]:
    found: list[Statement] = []
    pieces = _pieces(element.text)
    for index, piece in enumerate(pieces):
        if not is_camera_line(piece, names):
            continue
        rest: list[str] = []
        for later in pieces[index + 1 :]:
            if is_camera_line(later, names):
                break
            rest.append(later)
        found.append(_statement(element, piece, " ".join(rest), len(found), names))
    return found


def _pieces(text: str) -> list[str]:
    """Lines, and sentences within lines: a camera line may open a paragraph or stand inside it."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [p.strip() for line in lines for p in re.split(r"(?<=[a-zA-Z'’\")][.!?])\s+(?=[A-Z\"“])", line) if p.strip()]


def is_camera_line(text: str, names: Names) -> bool:
    """True for "CLOSE ON MARA'S HANDS", "ANGLE ON the door", "ON TOM", "BACK TO SCENE"; false for plain action."""
    if _STRONG.match(text) or _WEAK.match(text) or (_BACK.match(text) and text[:4].isupper()):
        return True
    short = len(text.split()) <= 5 and (_ON.match(text) or (_BACK_ON.match(text) and text.isupper()))
    return bool(short and (names.found(text) or text.isupper()))


def _statement(element: Element, quote: str, action: str, part: int, names: Names) -> Statement:
    if _BACK.match(quote):
        return Statement(element, ShotWords(), quote, action, part, back=True)
    said = _BACK_ON.sub("ON ", quote)
    inline = said
    if element.kind is ElementKind.ACTION:
        inline = re.split(r"\s[-–—]+\s(?=[a-z])", said, maxsplit=1)[0].rstrip(".")
    return Statement(element, read_shot_words(inline, names), quote, action, part)


def covered_by(
    scene: Scene, statements: tuple[Statement, ...]
) -> tuple[tuple[Element, ...], dict[int, tuple[Element, ...]]]:
    """(lines before the first statement, lines of each statement by its index), the statement's own line included.

    Where one element states several shots, its first shot takes the element and the lines that follow are shared out
    in order: a later shot starts where its own subject is first named or speaks.
    """
    by_element: dict[str, list[int]] = {}
    for index, statement in enumerate(statements):
        by_element.setdefault(statement.element.id, []).append(index)
    before: list[Element] = []
    lines: dict[int, list[Element]] = {i: [] for i in range(len(statements))}
    current: list[int] = []
    run: list[Element] = []

    def close() -> None:
        for index, part in zip(current, _share([statements[i] for i in current], run), strict=True):
            lines[index] += part

    for element in scene.elements:
        if element.id in by_element:
            # A note between a cue and its words takes the whole speech.
            waiting = run if current else before
            lead: list[Element] = []
            while waiting and waiting[-1].kind in (ElementKind.CHARACTER, ElementKind.PARENTHETICAL):
                lead.insert(0, waiting.pop())
            close()
            current, run = by_element[element.id], []
            lines[current[0]] += [*lead, element]
        elif element.kind in COVERED:
            (run if current else before).append(element)
    close()
    return tuple(before), {i: tuple(v) for i, v in lines.items()}


def _share(shots: list[Statement], run: list[Element]) -> list[list[Element]]:
    """Cut a run of lines into one part a shot, in order, at speeches and paragraphs only."""
    if len(shots) < 2:
        return [run] if shots else []
    groups: list[list[Element]] = []
    for element in run:
        if groups and element.kind in (ElementKind.PARENTHETICAL, ElementKind.DIALOGUE, ElementKind.LYRIC):
            groups[-1].append(element)
        else:
            groups.append([element])
    starts = [0]
    for number, shot in enumerate(shots[1:], start=1):
        even = max(starts[-1] + 1, round(len(groups) * number / len(shots)))
        last = len(groups) - (len(shots) - 1 - number)
        own = (i for i in range(starts[-1] + 1, last) if _shows(shot, groups[i], shots[number - 1]))
        starts.append(min(next(own, even), len(groups)))
    ends = [*starts[1:], len(groups)]
    return [[e for g in groups[a:b] for e in g] for a, b in zip(starts, ends, strict=True)]


def _shows(shot: Statement, group: list[Element], before: Statement) -> bool:
    who = shot.words.subjects[:1]
    if not who or who == before.words.subjects[:1]:
        return False
    if group[0].character:
        return group[0].character == who[0]
    words = re.findall(r"\w+", " ".join(e.text for e in group).upper())
    return any(w in words for w in who[0].upper().split())
