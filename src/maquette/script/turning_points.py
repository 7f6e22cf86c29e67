"""Where a scene turns: the lines for which an editor goes close, each with the sentence that says why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maquette.script.beats import Beat

TURN_SCORE = 1.5
"""From here on a beat is a turning point."""


@dataclass(frozen=True)
class Turn:
    """How much a beat turns the scene."""

    score: float
    who: str | None = None
    """Whose face carries it."""
    reason: str = ""
    reaction: bool = False
    """It is carried by somebody who does not speak."""


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_LOUD = _any(
    r"shout\w*|yell\w*|scream\w*|angr\w+|furious\w*|enraged|rage|cry\w*|crying|sob\w*|weep\w*|tears?|tearful\w*|"
    r"astonish\w*|shock\w*|stunned|terrified|horrified|panick\w*|pleading|begging|broken|breaking|devastated|desperate\w*|"
    r"explod\w+|cold\w*|threaten\w*|disgust\w*|ashamed|heartbroken|incredulous\w*|in disbelief"
)
_SOFT = _any(
    r"whisper\w*|soft\w*|quiet\w*|gentl\w+|tender\w*|under (?:his|her|their) breath|barely audible|low voice|hushed|"
    r"sad\w*|worried|afraid|scared|nervous\w*|hesitant\w*|bitter\w*|hurt|trembl\w+|shak\w+|voice breaking|"
    r"suspicious\w*|grim\w*|flat\w*|lying|realis\w+|realiz\w+"
)
_LIGHT = _any(r"smil\w+|laugh\w*|amused|joking|grin\w*|sarcas\w+|dry\w*|wry\w*|delighted|relieved|hopeful\w*|proud\w*")
_PAUSED = _any(r"beat|pause|after a (?:moment|beat|while)|finally|then")
_TRUTH = _any(
    r"truth|secret|lied|liar|confess\w*|pregnant|guilty|my fault|was me|was you|i was the one|i did it|adopted|"
    r"betray\w*|cheat\w*|i know what you did|always known|i never told|my real (?:father|mother|name)|murder\w*|"
    r"killed (?:him|her)"
)
_WEIGHT = _any(
    r"forgive|dead|died|die|dying|kill|killed|drown\w*|buried|i love you|love (?:him|her|you)|marry me|divorce|leaving|"
    r"never (?:coming|come) back|for the last time|it'?s over|accident|did ?n['’]t mean to|is gone|"
    r"goodbye|i'?m sorry|cancer|funeral"
)
_DOES = _any(
    r"(?:starts|begins) to (?:cry|weep|sob|shake|laugh|tremble)|"
    r"weeps|cries|sobs|stares|freezes|gasps|trembles|shakes|shudders|covers (?:his|her|their) (?:face|mouth)|"
    r"screams|breaks down|collapses|flinches|winces|blushes|holds (?:his|her|their) breath|says nothing|realises|"
    r"realizes|recognises|recognizes|understands|kisses \w+|embraces \w+|slaps \w+|punches \w+|hits \w+|"
    r"goes (?:pale|white|still)"
)
_IS = _any(r"ashamed|terrified|astonished|stunned|horrified|furious|frozen|speechless|devastated")
_HAS = _any(
    r"smile (?:dies|fades|freezes|vanishes)|face (?:falls|hardens|softens|crumples)|breath catches|voice breaks|"
    r"jaw (?:sets|clenches|tightens|drops)|eyes (?:widen|fill|close|narrow)|hands? (?:tremble|shake)s?"
)
_TEARS = _any(r"tears")
_WITHHOLDS = _any(
    r"(?:does not|doesn['’]t|cannot|can['’]t) (?:answer|move|look|speak|turn|open|reply)(?: (?:it|round|around|up))?"
)
_SMALL = _any(
    r"smiles|laughs|grins|frowns|sighs|looks away|looks down|turns(?: to \w+| away| round| around)?|hesitates|stops|"
    r"nods|shrugs|glances|watches|listens|notices|looks (?:up )?at (?:the )?\w+|waits"
)
_ACTED: tuple[tuple[float, re.Pattern[str], str], ...] = (
    (2.0, _DOES, "{who} {told}"),
    (2.0, _IS, "{who} is {told}"),
    (2.0, _HAS, "{who}'s {told}"),
    (1.9, _TEARS, "{who} is in tears"),
    (1.5, _WITHHOLDS, "{who} {told}"),
    (0.9, _SMALL, "{who} {told}"),
)
"""(score, telling words, how the reason says it)"""


def turning_points(beats: Sequence[Beat]) -> tuple[Turn, ...]:
    """How much each beat turns the scene, in order."""
    spoken = [i for i, b in enumerate(beats) if b.is_speech]
    last = spoken[-1] if len(spoken) >= 3 else None
    return tuple(
        _speech_turn(beats, i, i == last) if beat.is_speech else _action_turn(beats, i) for i, beat in enumerate(beats)
    )


def _speech_turn(beats: Sequence[Beat], index: int, is_last: bool) -> Turn:
    beat = beats[index]
    who = beat.speaker
    after = beats[index + 1] if index + 1 < len(beats) else None
    found: list[tuple[float, str]] = []
    manner = ", ".join(beat.manner)
    for pattern, weight in ((_LOUD, 2.4), (_SOFT, 1.6), (_LIGHT, 0.7), (_PAUSED, 0.8)):
        if manner and pattern.search(manner):
            found.append((weight, f"{who} says this line ({manner}), so the camera comes close"))
            break
    truth, weight = _TRUTH.search(beat.text), _WEIGHT.search(beat.text)
    if truth:
        hears = f"{beat.partner} learns the truth" if beat.partner else "The truth comes out"
        said = _phrase(beat.text, truth)
        found.append((1.8, f'{hears} in this line ("{said}"), so the camera comes close on {who}'))
    elif weight and not beat.text.rstrip().endswith("?"):
        said = _phrase(beat.text, weight)
        found.append((1.5, f'{who}\'s words weigh on the scene ("{said}"), so the camera comes close'))
    if "!" in beat.text:
        found.append((1.1, f"{who} raises the voice, so the camera comes close"))
    if beat.text.rstrip(" \"'”’").endswith("?") and _unanswered(beats, index):
        found.append((1.5, f"{who}'s question is left without an answer, so the camera waits on the face that asks"))
    elif after is not None and after.quiet:
        found.append((0.9, f"A silence follows this line of {who}'s, so the camera is close when it falls"))
    if is_last:
        found.append((1.3, f"The last word of the conversation is {who}'s, so the camera comes close for it"))
    if not found or beat.heard_only:
        return Turn(0.0, who)
    found.sort(key=lambda f: -f[0])
    return Turn(found[0][0] + 0.45 * sum(w for w, _ in found[1:]), who, found[0][1])


def _phrase(text: str, match: re.Match[str]) -> str:
    """The clause around the telling word, at most eight words."""
    start = max(text.rfind(mark, 0, match.start()) for mark in ".,;:!?") + 1
    ends = [text.find(mark, match.end()) for mark in ".,;:!?"]
    end = min((e for e in ends if e >= 0), default=len(text))
    clause = text[start:end].strip(" \"“”'")
    words = clause.split()
    if len(words) <= 8:
        return clause
    at = len(text[start : match.start()].split())
    first = max(0, min(at - 3, len(words) - 8))
    return " ".join(words[first : first + 8])


def _unanswered(beats: Sequence[Beat], index: int) -> bool:
    """A question that nobody answers in the next speech, or that ends the scene."""
    beat = beats[index]
    after = beats[index + 1] if index + 1 < len(beats) else None
    if after is None:
        return True
    if after.is_speech:
        dodged = after.speaker != beat.partner and after.text.rstrip().endswith("?")
        return after.speaker == beat.speaker or dodged
    speaks_next = beats[index + 2].speaker if index + 2 < len(beats) else None
    if speaks_next is not None and speaks_next != beat.speaker:
        return False
    silent = re.search(r"\b(?:not|n't|n’t|nothing|cannot|silent|silence|away)\b", after.text, re.IGNORECASE)
    return after.quiet or bool(silent)


def _action_turn(beats: Sequence[Beat], index: int) -> Turn:
    beat = beats[index]
    who = beat.people[0] if beat.people else None
    before = next((b for b in reversed(beats[:index]) if b.is_speech), None)
    if who is None:
        return Turn(0.0)
    if beat.quiet:
        spoke = f"Silence after {before.speaker}'s line" if before else "A silence"
        return Turn(2.2, who, f"{spoke}: the camera reads {who}'s face", reaction=True)
    found = ((score, _last(pattern, beat.text), said) for score, pattern, said in _ACTED)
    told = next(((score, match, said) for score, match, said in found if match), None)
    if told is None:
        return Turn(0.0, who)
    score, match, said = told
    reacts = before is not None and beats[index - 1].is_speech and before.speaker != who
    carried = _carrier(beat, match.start()) or who
    to = f" at {before.speaker}'s words" if reacts and before and before.speaker != carried else ""
    what = said.format(who=carried, told=match.group().lower())
    reason = f"{what}{to}: the moment is in the face, so the camera is on it"
    heard = _speech_turn(beats, index - 1, False) if reacts else Turn(0.0)
    struck = heard.score >= TURN_SCORE and before is not None and before.partner == carried
    return Turn(score + (0.3 if reacts else 0.0) + (0.9 if struck else 0.0), carried, reason, reaction=True)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda m: m.start(), default=None)


def _carrier(beat: Beat, position: int) -> str | None:
    """Who is named first in the sentence of the telling words: "Price's smile dies"."""
    start = max(beat.text.rfind(mark, 0, position) for mark in (". ", "! ", "? ")) + 1
    sentence = beat.text[start:position].upper()
    places: dict[str, int] = {}
    for person in beat.people:
        found = [sentence.find(token) for token in person.upper().split() if len(token) > 2 and token in sentence]
        if found:
            places[person] = min(found)
    return min(places, key=lambda p: places[p]) if places else None
