"""Small things that hands take and eyes fall on: what an insert is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maquette.script.beats import Beat, sentences

_THINGS = (
    "letter|envelope|cheque|check|contract|document|paper|newspaper|note|notebook|book|diary|map|photograph|photo|"
    "picture|postcard|card|ticket|passport|badge|file|folder|telegram|bill|receipt|banknote|money|coin|cup|mug|glass|"
    "bottle|flask|teapot|coffee pot|plate|bowl|spoon|fork|knife|phone|telephone|receiver|laptop|tablet|radio|camera|"
    "tape|cassette|remote|key|ring|necklace|locket|bracelet|medal|watch|clock|compass|gun|pistol|revolver|rifle|bullet|"
    "dagger|axe|hammer|rope|syringe|pill|candle|lamp|lantern|torch|flashlight|lighter|match|cigarette|cigar|ashtray|"
    "pipe|suitcase|bag|handbag|backpack|briefcase|box|case|basket|wallet|purse|umbrella|hat|scarf|glove|shoe|glasses|"
    "flower|rose|bouquet|doll|toy|ball|dice|chess piece|guitar|violin|harmonica|pen|pencil|brush|paintbrush|can|bucket|"
    "tool|wrench|screwdriver|egg|apple|bread|cake|handkerchief|mask|mirror|button|switch|lock|handle|wheel|flag|feather|"
    "shell|stone|bone|skull|badge|whistle|bell"
)
_THING = re.compile(rf"\b(?:(?P<lead>[a-z]+(?:-[a-z]+)?)\s+)?(?P<thing>{_THINGS})(?P<plural>e?s)?\b", re.IGNORECASE)
_STRONG = re.compile(
    r"\b(?:hands?\s+(?:him|her|them|it|the|[A-Z])|gives|slides|passes|shows|reveals|opens|unfolds|unwraps|reads|finds|drops|"
    r"falls|tears|breaks|burns|lights|signs|draws|pulls (?:out|a|an|the)|takes out|aims|points|loads|picks? up|offers|"
    r"throws|slams|smashes|snatches|pockets|hides|unlocks|dials|presses|cocks|discovers|writes|counts)\b"
)
_HANDLED = re.compile(
    r"\b(?:puts?|takes?|holds?|holding|lays?|sets?|places?|lifts?|grabs?|raises?|picks?|turns? (?:over|on|off)|closes?|"
    r"clutches|carries|fingers|touches|wipes|stubs|pushes|covers|"
    r"(?:looks?|stares?|glances?) (?:down )?at|studies|examines|inspects|watches)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:stands? up|rises|gets up|sits? down|crosses|comes in|enters|walks|runs|leaves|exits|falls to|embrac\w+|"
    r"kiss\w*)\b",
    re.IGNORECASE,
)
_PLAIN_LEADS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "my",
        "your",
        "our",
        "this",
        "that",
        "another",
        "one",
        "two",
        "three",
        "some",
        "of",
        "on",
        "in",
        "at",
        "to",
        "with",
        "from",
        "and",
        "into",
        "it",
        "him",
        "them",
        "out",
        "up",
        "down",
        "puts",
        "takes",
        "holds",
    ]
)


@dataclass(frozen=True)
class Handled:
    """A thing that a beat puts into the picture."""

    word: str
    """As the script calls it, lower case: "chipped cup"."""
    head: str
    """The noun alone: one thing may be called "cup" and "chipped cup"."""
    score: float
    sentence: str


def handled_thing(beat: Beat) -> Handled | None:
    """The small thing that the action handles or looks at, if there is one worth a shot of its own."""
    if beat.is_speech:
        return None
    best: Handled | None = None
    # An insert would take the whole line from a body that moves: then the person is the picture.
    busy = 1.0 if _BODY.search(beat.text) else 0.0
    for sentence in sentences(beat.text):
        verb = _STRONG.search(sentence)
        weak = verb or _HANDLED.search(sentence)
        if weak is None:
            continue
        for match in _THING.finditer(sentence):
            distance = abs(match.start() - weak.start())
            if distance > 60:
                continue
            lead = (match.group("lead") or "").lower()
            noun = match.group("thing").lower() + (match.group("plural") or "").lower()
            described = lead and lead not in _PLAIN_LEADS and not re.search(r"(?:s|ed|ing|ly)$", lead)
            described = described or lead in (
                "chipped",
                "folded",
                "painted",
                "sealed",
                "worn",
                "torn",
                "faded",
                "loaded",
            )
            score = (1.9 if verb else 1.2) + (0.3 if described else 0.0) - busy
            if best is None or score > best.score:
                best = Handled(f"{lead} {noun}" if described else noun, match.group("thing").lower(), score, sentence)
    return best
