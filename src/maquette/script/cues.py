"""Character cues: `MARA (V.O.) (CONT'D)` into name and extensions, and what is no cue although it is in capitals."""

from __future__ import annotations

import re

_BARE_EXTENSION = re.compile(r"\s(V\.\s?O\.?|O\.\s?S\.?|O\.\s?C\.?)$", re.IGNORECASE)
_LOWER_PARTICLE = re.compile(r"\b(Ma?c|De|Di|Du|La|Le|O['’]|D['’])(?=[A-Z])|['’]s\b")
_CAMERA_OPENING = re.compile(
    r"(CLOSE(R|UP|-UP)?( UP)?( ON| OF)?\b|ANGLE\b|NEW ANGLE|ANOTHER ANGLE|REVERSE (ANGLE|ON)|INSERT\b|WIDE(R|N)?( "
    r"ON| SHOT|$)"
    r"|TIGHT ON|(E|M|B)?CU\b|MCU\b|TWO[- ]SHOT|POV\b|OVER THE SHOULDER|OTS\b|TRACKING|DOLLY|CRANE|PAN(NING)? "
    r"|PUSH(ING)? IN"
    r"|PULL(ING)? (BACK|OUT)|ZOOM|RACK FOCUS|BACK TO\b|RETURN TO|RESUME|INTERCUT|INTERCUTTING|MONTAGE|SERIES OF "
    r"SHOTS|SUPER\b"
    r"|SUPERIMPOSE|TITLE( CARD|S)?$|CHYRON|CARD\b|FLASH(BACK|FORWARD| TO| CUT)?\b|END (OF|FLASHBACK|MONTAGE"
    r"|INTERCUT|CREDITS)"
    r"|THE END|FADE |DISSOLVE|SMASH|CUT |CONTINUED|ESTABLISHING|AERIAL|FREEZE|SPLIT[- ]SCREEN|ON (THE )?SCREEN$"
    r"|MOMENTS LATER"
    r"|LATER$|STOCK SHOT)"
)
_CLOSES_NO_CUE = ("!", "?", ":", ";", ",", "...", "…", "--", "—", "–", "-")
_LONGEST_CUE_WORDS = 8
_TRANSITIONS = re.compile(
    r"(FADE (IN|OUT|UP|AWAY)|FADE TO (BLACK|WHITE)|FADE (IN|UP) (ON|FROM BLACK)|(CUT|SMASH|HARD|QUICK|JUMP|MATCH"
    r"|SLOW|TIME)( CUT)?"
    r"( TO)?( BLACK| WHITE| TITLE| TITLES| CREDITS)?|DISSOLVE|CROSS[- ]?FADE|CROSS DISSOLVE|IRIS (IN|OUT)|WIPE"
    r"|BLACK ?OUT)[.:]?"
)
_VOICE_OF = re.compile(r"^(?:THE )?VOICE OF (.+)$|^(.+?)['’]S? (?:RECORDED )?VOICE$|^(.+) VOICE$")
_JOINT = re.compile(r"\s*(?:&|/|\+|,|\bAND\b)\s*")


def split_cue(text: str) -> tuple[str, tuple[str, ...]]:
    """`MARA (V.O.) (CONT'D)` as ("MARA", ("V.O.", "CONT'D")); the name in capitals, spaces made single."""
    name: list[str] = []
    extensions: list[str] = []
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char == "(":
            depth += 1
            if depth == 1:
                start = at + 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                extensions.append(text[start:at].strip())
        elif depth == 0:
            name.append(char)
    if depth:
        extensions.append(text[start:].strip())
    words = " ".join("".join(name).split())
    while bare := _BARE_EXTENSION.search(words):
        extensions.insert(0, bare.group(1))
        words = words[: bare.start()].rstrip()
    return words.upper(), tuple(e for e in extensions if e)


def is_cue(text: str) -> bool:
    """Whether a line in front of another line reads as a cue: capitals, and neither camera nor exclamation.

    Fountain takes every line in capitals; "CLOSE ON MARA" or "BANG!" above a line of action are none all the same.
    """
    if len(text) > 120:
        return False
    head = text.split("(", 1)[0].strip()
    letters = _LOWER_PARTICLE.sub("", head)
    if not any(c.isalpha() for c in head) or letters != letters.upper() or head == head.lower():
        return False
    if len(head.split()) > _LONGEST_CUE_WORDS or head.endswith(_CLOSES_NO_CUE) or head[0] in "\"“”'‘-–—":
        return False
    return not _CAMERA_OPENING.match(head) and not head.endswith(" POV") and not is_transition(head)


def is_transition(text: str) -> bool:
    """Whether a line that stands alone is a transition: capitals ending in `TO:`, or one of the field's fixed ones."""
    if len(text) > 80 or text != text.upper():
        return False
    words = " ".join(text.split())
    return (words.endswith("TO:") and len(words) > 3) or _TRANSITIONS.fullmatch(words) is not None


def voice_owner(name: str) -> str | None:
    """`MARA` of "MARA'S VOICE" or "VOICE OF MARA"."""
    match = _VOICE_OF.match(name)
    return next((g for g in match.groups() if g), None) if match else None


def joint_names(name: str) -> tuple[str, ...]:
    """("MARA", "TOM") of "MARA AND TOM", "MARA & TOM", "MARA/TOM"; () for one name."""
    parts = tuple(part for part in _JOINT.split(name) if part)
    return parts if len(parts) > 1 else ()
