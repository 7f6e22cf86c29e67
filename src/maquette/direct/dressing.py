"""The place of a scene: which set, its weather, the props that the action names, and the light that the hour gives."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from maquette.direct.language import People, feature
from maquette.direct.performance import hands_so_far, opening, perform
from maquette.direct.places import read_place
from maquette.film.cast import Gesture, Performance
from maquette.film.lighting import Lighting
from maquette.film.props import PropKind, PropMention, find_props, prop_kind
from maquette.film.request import Dressing, PropNeed
from maquette.film.screenplay import Character, Element, ElementKind, Scene, TimeOfDay
from maquette.film.stage import SetKind

_WEATHER: tuple[tuple[str, str], ...] = (
    ("snow", r"snow(?:s|ing|fall|y|flakes?|storm)?|blizzard|sleet"),
    ("rain", r"rain(?:s|ing|y|drops?|storm)?|downpour|drizzl\w+|thunderstorm|storm(?:y|s)?|pouring|torrential"),
    ("fog", r"fog(?:gy)?|mist(?:y)?|haze|smog|sea fret"),
    ("overcast", r"overcast|cloudy|grey sky|gray sky|grey day|gray day|leaden sky|dull light|grey light|clouds "
                 r"(?:gather|hang|cover)"),
)  # fmt: skip
"""The wettest word wins."""
_NO_WEATHER = re.compile(
    r"(?:no|without|stopped|stops|after the|had been|used to|coat|boots|rain of|storms (?:in|out|off))\s*$", re.I
)
_NOT_RAIN = re.compile(r"^\s*(?:coat|boots|jacket|check|forest|hat|globe)\b|^\s+(?:in|out|off|away|past|up)\b", re.I)
_STAYS = re.compile(
    r"(?P<prep>on|upon|in|into|under|against|beside|by|at|next to|near|over)\s+(?P<what>(?:the|a|an|his|her|their|"
    r"its|another)\s+.+)",
    re.I,
)
_AT_HAND = {"stool": "counter", "bar": "bar", "sofa": "table", "armchair": "table", "chair": "table", "booth": "table"}
"""Where something stands that is "in front of" whoever sits there."""
_OUT_OF_A_POCKET = re.compile(
    r"\b(?:pull|draw|produce|fish|whip|slide|take|dig|bring)s?\b[^.;]{0,40}$|"
    r"\b(?:hands?|gives?|offers?|lights?|smokes?|carr(?:y|ies)|carrying|brings?|wears?|waves?|aims?|points?)\b[^.;]{0,30}$|"
    r"\b(?:com(?:es|ing) in|enters?|arrives?|walks? in|appears?|walks? \w+ \w+)\b[^.;]{0,40}\bwith\b[^.;]{0,20}$",
    re.I,
)
"""Before a thing that nobody saw until somebody brings it out."""
_GONE = re.compile(r"\b(?:no|without (?:a|an|any)|where is the|not a|never a)\s*$", re.I)


def dress_scene(scene: Scene, seed: int, moment_id: str | None, cast: Iterable[Character] = ()) -> Dressing:
    """The set of a scene and the props in it at the element `moment_id` (None: as the scene opens).

    Everything the action names anywhere in the scene is there from the start, so that things do not pop up between
    shots; what is in whose hand, and where things lie, is as of the moment. `seed` is the production's: the same
    location gives the same `set_seed` in every scene.

    Raises:
        ShotError: the scene has no such element.
    """
    action = [e for e in scene.elements if e.kind is ElementKind.ACTION]
    kind, _ = read_place(scene.heading, " ".join(e.text for e in action[:2]))
    return Dressing(
        heading=scene.heading,
        set_kind=kind.value,
        set_seed=_set_seed(scene, seed),
        props=_props(scene, action, moment_id, tuple(cast)),
        weather=_weather(scene.heading.text, action),
    )


def light_scene(scene: Scene) -> Lighting:
    """The light that follows from the heading: hour and place; practicals as the action switches them."""
    text = " ".join(e.text for e in scene.elements if e.kind is ElementKind.ACTION)
    practicals: bool | None = None
    if re.search(
        r"\b(?:power cut|power is out|lights? (?:is|are|go|goes|out|off)\s*(?:out|off)?|in darkness|pitch dark)\b",
        text,
        re.I,
    ):
        practicals = False
    elif re.search(
        r"\b(?:lamps? (?:burns?|glows?|is on|are on|lit)|lights? (?:is|are) on|neon|chandelier|candlelight|"
        r"lamplight)\b",
        text,
        re.I,
    ):
        practicals = True
    time = scene.heading.time_of_day
    return Lighting(
        time_of_day=TimeOfDay.DAY if time is TimeOfDay.UNKNOWN else time,
        interior=scene.heading.interior,
        practicals=practicals,
    )


def _set_seed(scene: Scene, seed: int) -> int:
    """63 bits of SHA-256 over the location's name and the production's seed."""
    heading = scene.heading
    place = " - ".join((heading.location, *heading.sub_locations)).upper()
    name = re.sub(r"\s+", " ", re.sub(r"[^\w\s'-]", "", place)).strip()
    return int.from_bytes(hashlib.sha256(f"{seed}:set:{name}".encode()).digest()[:8], "big") >> 1


def _weather(heading: str, action: list[Element]) -> str:
    text = heading + ". " + " ".join(e.text for e in action)
    for name, pattern in _WEATHER:
        for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            before, after = text[: match.start()], text[match.end() :]
            if not _NO_WEATHER.search(before) and not _NOT_RAIN.match(after):
                return name
    return "clear"


# --- props ----------------------------------------------------------------------------------------------------


def _props(
    scene: Scene, action: list[Element], moment_id: str | None, cast: tuple[Character, ...]
) -> tuple[PropNeed, ...]:
    """One need per thing: repeated mentions of one kind are the same thing unless the script gives it to two people."""
    performances = perform(scene, scene.characters, moment_id, cast)
    first = opening(scene, scene.characters, cast)
    owners, laid = hands_so_far(scene, scene.characters, moment_id, cast)
    needs = _named(scene, action, moment_id, cast)
    for before in (p for p in first if p.holding):
        kind = prop_kind(before.holding or "")
        if kind and (kind not in needs or needs[kind].at is None):
            now = next(p for p in performances if p.character == before.character)
            word = before.holding or kind.value
            at = "floor" if _dropped(action, kind) else now.at
            needs[kind] = PropNeed(word=word, kind=kind.value, at=at, near=before.character)
    for kind, need in list(needs.items()):
        changes = {"at": laid.get(kind, need.at), "near": owners.get(kind, need.near)}
        needs[kind] = need.model_copy(update=changes)
    away = {p.character for p in performances if not p.present}
    out = _in_hands(performances)
    for need in out:
        needs.pop(PropKind(need.kind), None)
    brought = {prop_kind(p.holding) for p in first if p.holding and p.character in away and not p.present}
    loose = [n for kind, n in needs.items() if kind not in brought]
    return (*out, *_one_telephone(loose, out))


def _named(
    scene: Scene, action: list[Element], moment_id: str | None, cast: tuple[Character, ...]
) -> dict[PropKind, PropNeed]:
    """Everything that the action names, where it stands; not what somebody will only bring out later."""
    needs: dict[PropKind, PropNeed] = {}
    upto = _count(scene, moment_id)
    people = People.of(scene.characters, cast)
    worn = {prop_kind(phrase) for c in cast if c.name in scene.characters for phrase in c.clothes}
    for index, element in enumerate(scene.elements):
        if element not in action:
            continue
        people.touch(n for m in people.named(element.text) for n in m.names)
        for mention in _mentions(element.text):
            old = needs.get(mention.kind)
            at = _where(element.text, mention) or _beside_sitter(scene, element, mention, cast)
            if old is None:
                if at is None and mention.kind in worn:
                    continue
                if index >= upto and at is None and _OUT_OF_A_POCKET.search(element.text[: mention.start]):
                    continue
                near = _owner(people, element.text, mention)
                needs[mention.kind] = PropNeed(word=mention.word, kind=mention.kind.value, at=at, near=near)
            elif at and (index < upto or old.at is None):
                needs[mention.kind] = old.model_copy(update={"at": at})
    return needs


def _owner(people: People, text: str, mention: PropMention) -> str | None:
    """Whoever was named last before the thing, in the same sentence."""
    sentence = re.split(r"[.!?]\s", text[: mention.start])[-1]
    named = people.named(sentence) or people.mentions(sentence)
    return named[-1].names[0] if named else None


def _in_hands(performances: tuple[Performance, ...]) -> list[PropNeed]:
    """What is held, the acting hand's thing first: who telephones has a phone at the ear, whatever else they hold."""
    out: list[PropNeed] = []
    for p in performances:
        if not p.present:
            continue
        kind = prop_kind(p.holding or "")
        if p.gesture is Gesture.PHONE:
            own = kind in (PropKind.PHONE, PropKind.TELEPHONE)
            word = p.holding if own and kind is PropKind.PHONE else "phone"
            out.append(PropNeed(word=word or "phone", kind=PropKind.PHONE.value, holder=p.character))
            if own:
                continue
        if kind:
            out.append(PropNeed(word=p.holding or kind.value, kind=kind.value, holder=p.character))
    return out


def _one_telephone(loose: list[PropNeed], held: list[PropNeed]) -> list[PropNeed]:
    """ "The telephone rings. She picks up the phone": one thing under two names."""
    phone, telephone = PropKind.PHONE.value, PropKind.TELEPHONE.value
    kinds = {n.kind for n in loose}
    if {phone, telephone} <= kinds:
        return [n for n in loose if n.kind != phone]
    return loose


def _dropped(action: list[Element], kind: PropKind) -> bool:
    """Whether the script lets the thing fall."""
    for element in action:
        for m in find_props(element.text):
            near = element.text[max(0, m.start - 25) : m.end + 45]
            if m.kind is kind and re.search(r"\b(?:falls?|drops?|slips?|shatters?|lets? go)\b", near, re.IGNORECASE):
                return True
    return False


def _mentions(text: str) -> list[PropMention]:
    """Props named in an action line. Absent things ("no gun") are left out."""
    return [m for m in find_props(text) if not _GONE.search(text[: m.start])]


def _count(scene: Scene, moment_id: str | None) -> int:
    ids = [e.id for e in scene.elements]
    return ids.index(moment_id) + 1 if moment_id is not None else 1


def _where(text: str, mention: PropMention) -> str | None:
    """The set feature that a thing is said to lie on: "a letter on the table", "puts it on the counter"."""
    rest = re.split(r"[.;!?]|\band\b|\bwho\b", text[mention.end :], maxsplit=1)[0]
    listed = re.match(
        r"\s*(?:,|and)\s+(?:(?:a|an|the|two|some)\s+)?[\w ,'’-]+?\s(?:stand|lie|sit|rest|are)s?\s(?=on\b)",
        text[mention.end :],
    )
    if listed:
        rest = re.split(r"[.;!?]", text[mention.end + listed.end() :], maxsplit=1)[0]
    if re.match(r"\s+at (?:his|her|their) (?:feet|side)\b", rest):
        return "floor"
    match = _STAYS.search(rest)
    if not match or len(rest[: match.start()].split()) > 4:
        return None
    found = feature(match["what"])
    return found if found and prop_kind(found) is None else None


def _beside_sitter(scene: Scene, element: Element, mention: PropMention, cast: tuple[Character, ...]) -> str | None:
    """ "With a cup in front of him": on whatever surface belongs to where he sits."""
    if not re.match(r"\s+(?:in front of|before) (?:him|her|them)\b", element.text[mention.end :]):
        return None
    sitters = [p for p in perform(scene, scene.characters, element.id, cast) if p.at in _AT_HAND or p.at == "desk"]
    sentence = element.text[: mention.start].rsplit(". ", 1)[-1]
    at = next((p.at for p in sitters if p.at and p.at in sentence), sitters[-1].at if sitters else "table") or "table"
    if at == "stool" and read_place(scene.heading)[0] is SetKind.BAR:
        return "bar"
    return _AT_HAND.get(at, at)
