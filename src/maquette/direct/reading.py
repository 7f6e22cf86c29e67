"""A scene read element by element: where everyone stands, what they hold and feel, and whom they look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from maquette.direct import verbs
from maquette.direct.emotions import strongest
from maquette.direct.language import Mention, People, clauses, feature, noun, sentences
from maquette.direct.places import set_kind
from maquette.direct.wordlists import words
from maquette.film.cast import Emotion, Gesture, Nearness, Performance, Posture
from maquette.film.props import PropKind, find_props, prop_kind
from maquette.film.screenplay import Character, Element, ElementKind, Scene
from maquette.film.stage import SetKind

MOVING = (Posture.WALK, Posture.RUN)
_FADE = 0.75
"""What is left of a feeling after each further beat that does not renew it."""
_STANDING_PROPS = frozenset(
    {
        PropKind.SUITCASE,
        PropKind.CLOCK,
        PropKind.GRAMOPHONE,
        PropKind.TELEPHONE,
        PropKind.PLATE,
        PropKind.LAPTOP,
        PropKind.RADIO,
    }
)
"""Not in hand just because someone sits or stands "with" one."""
_STANDING_BY = (Posture.STAND, Posture.KNEEL, Posture.CROUCH)
_NEARNESS: dict[str, Nearness] = {
    "behind": Nearness.BEHIND,
    "in front of": Nearness.BEFORE,
    "before": Nearness.BEFORE,
    "next to": Nearness.BESIDE,
    "beside": Nearness.BESIDE,
    "alongside": Nearness.BESIDE,
    "by": Nearness.BESIDE,
    "against": Nearness.BESIDE,
}
_VOICE_ONLY = ("V.O", "VO", "VOICE", "PRE-LAP", "FILTERED")


@dataclass
class State:
    """One person while the scene is read."""

    posture: Posture = Posture.STAND
    posture_set: bool = False
    gesture: Gesture = Gesture.REST
    gesture_age: int = 0
    emotion: Emotion = Emotion.NEUTRAL
    intensity: float = 0.6
    gaze: str | None = None
    gaze_age: int = 0
    """Speeches since the gaze was stated."""
    holding: str | None = None
    at: str | None = None
    eyes_closed: bool = False
    near: str | None = None
    nearness: Nearness = Nearness.WITH
    enters: bool = False
    """As the scene first shows them, they come in."""
    leaving: bool = False
    """On the way out: gone with the next line."""
    gone: bool = False
    arrived: bool = False
    at_door: bool = False
    """In the doorway until the next line, for want of another place."""
    seen: bool = False
    why: dict[str, str] = field(default_factory=dict[str, str])
    """For each field, the words that set it."""


_NOT_FOR_THE_MOUTH = frozenset(
    {PropKind.FLASHLIGHT, PropKind.LANTERN, PropKind.CANDLE, PropKind.LETTER, PropKind.BOOK, PropKind.KEYS,
     PropKind.PISTOL, PropKind.RIFLE, PropKind.SUITCASE, PropKind.UMBRELLA, PropKind.LAPTOP, PropKind.CAMERA}
)  # fmt: skip
"""Things that stay where they are held while somebody drinks or smokes."""


class Reading:
    """A scene read element by element; `states` is where everyone stands after the last one."""

    def __init__(self, scene: Scene, names: Sequence[str], cast: Iterable[Character]) -> None:
        everyone = tuple(dict.fromkeys((*names, *scene.characters)))
        self.people = People.of(everyone, cast)
        self.states = {name: State() for name in everyone}
        self.in_car = set_kind(scene.heading) is SetKind.CAR
        self.indoors = bool(scene.heading.interior) and not self.in_car
        self.speaker: str | None = None
        self.addressee: str | None = None
        """Whom the present speaker talks to."""
        self.speaking = False
        self.off_screen = False
        self.first_seen: dict[str, State] = {}
        self.last_holder: dict[PropKind, str] = {}
        """Who had each kind of thing in hand last."""
        self.laid: dict[PropKind, str] = {}
        """Where each kind of thing was put down, by set feature."""
        self._last_subject: tuple[str, ...] = ()
        self._last_thing: str | None = None

    # --- elements ---------------------------------------------------------------------------------------------

    def take(self, element: Element) -> None:
        """Read one more element."""
        if element.kind is ElementKind.ACTION:
            self._action(element.text)
        elif element.kind is ElementKind.CHARACTER and element.character:
            self._cue(element)
        elif element.kind is ElementKind.PARENTHETICAL and self.speaker:
            self._parenthetical(element.text.strip("() \n"))
        elif element.kind is ElementKind.DIALOGUE and self.speaker:
            self._vocative(element.text)
        for name, state in self.states.items():
            if state.seen and name not in self.first_seen:
                self.first_seen[name] = replace(state, why=dict(state.why))

    def _action(self, text: str) -> None:
        self.speaking = False
        for name, state in self.states.items():
            self._part(state)
            if state.gesture not in verbs.STICKY_GESTURES:
                state.gesture_age += 1
                if state.gesture_age > 1:
                    state.gesture = Gesture.REST
            if state.arrived:
                self._arrive(name, state)
        for sentence in sentences(text):
            self._sentence(sentence)

    def _cue(self, element: Element) -> None:
        assert element.character is not None
        name = self.people.aliases.get(element.character, element.character)
        same = name == self.speaker
        if not same or self.addressee is None:
            self.speaker, self.addressee = name, self.people.other(name)
        self.speaking = True
        voice = " ".join(element.extension).upper()
        self.off_screen = any(mark in voice for mark in _VOICE_ONLY)
        for who, state in self.states.items():
            state.gaze_age += 0 if same else 1
            if state.gaze_age > 1:
                state.gaze = None
                state.why.pop("gaze", None)
            if state.gesture not in verbs.STICKY_GESTURES:
                state.gesture_age += 1
                if state.gesture_age > 2:
                    state.gesture = Gesture.REST
            if who != name:
                self._part(state)
            if state.arrived or (who == name and state.posture in MOVING and self._others_still(who)):
                self._arrive(who, state)
        state = self.states.get(name)
        if state is None:
            return
        if not self.off_screen:
            state.seen, state.gone, state.leaving = True, False, False
        self._fade(state)
        self.people.touch([name])

    def _arrive(self, name: str, state: State) -> None:
        """A move is over; who came in goes on to the others."""
        state.posture, state.arrived = Posture.STAND, False
        if state.at_door:
            state.at_door, state.at = False, None
            if state.near is None:
                state.near, state.nearness = self._someone_there(name), Nearness.WITH

    def _someone_there(self, name: str) -> str | None:
        known = (n for n in (*self.people.recent, *self.people.names) if n != name and n in self.states)
        return next((n for n in known if self.states[n].seen and not self.states[n].gone), None)

    @staticmethod
    def _part(state: State) -> None:
        """Who was on the way out is out with the next line."""
        if state.leaving:
            state.leaving, state.gone = False, True

    def _others_still(self, name: str) -> bool:
        return any(s.seen and s.posture not in MOVING for n, s in self.states.items() if n != name)

    def _parenthetical(self, text: str) -> None:
        assert self.speaker is not None
        state = self.states.get(self.speaker)
        if state is None:
            return
        feeling = strongest(text, said=True)
        if feeling:
            self._feel(state, feeling.emotion, feeling.intensity, f"({text})")
        for clause in re.split(r"[,;]|\bthen\b", text):
            clause = clause.strip()
            to = re.match(r"^(?:back )?to\s+(.+)", clause)
            if to:
                self._look(self.speaker, to.group(1), f"({text})")
            self._body((self.speaker,), clause, f"({text})")

    def _vocative(self, words: str) -> None:
        """A name set off by a comma at either end of a sentence is the one spoken to."""
        for sentence in sentences(words):
            for mention in self.people.named(sentence):
                calls = re.match(r"\s*[,!?]", sentence[mention.end :]) and not sentence[: mention.start].strip(" '\"")
                ends = re.search(r",\s*$", sentence[: mention.start]) and not sentence[mention.end :].strip(" .!?'\"")
                if (calls or ends) and mention.names[0] != self.speaker:
                    self.addressee = mention.names[0]

    # --- action -----------------------------------------------------------------------------------------------

    def _sentence(self, sentence: str) -> None:
        subject: tuple[str, ...] = ()
        listed = self._listed(sentence)
        unseen = {name for name, state in self.states.items() if not state.seen}
        for index, clause in enumerate(clauses(sentence, self.people)):
            found, owned = self._subject(clause, subject, index)
            if found:
                subject = found
                self._last_subject = found
                for name in found:
                    self._show(self.states[name], clause, name in unseen)
                if listed:
                    self._body(found, listed, listed)
            self._clause(clause, found or owned, bool(found))
            self._remember(clause)
            others = [n for m in self.people.mentions(clause, found) for n in m.names]
            self.people.touch([*found, *(n for n in others if n not in found)])

    def _listed(self, sentence: str) -> str:
        """ "Three friends sit at the table: ANNA, BEN and CLEO": what all those named after the colon do."""
        head, colon, _ = sentence.partition(":")
        does = bool(colon) and any(p.search(head) for p, _ in verbs.POSTURES)
        return head if does and not self.people.named(head) else ""

    @staticmethod
    def _show(state: State, clause: str, first: bool) -> None:
        """`first`: this sentence is the first to show them."""
        comes = bool(verbs.ENTERS.search(clause))
        if first:
            state.enters = state.enters or comes
        if verbs.EXITS.search(clause) and not comes:
            state.leaving = True
        elif comes or state.gone:
            state.gone = state.leaving = False
        state.seen = True

    def _remember(self, clause: str) -> None:
        """What a later "it" will mean: the last thing named."""
        props = find_props(clause)
        take = verbs.TAKES.search(clause)
        if take and any(p.start >= take.end() for p in props):
            # "Takes a photograph out of the box and looks at it": what was taken.
            self._last_thing = next(p.word for p in props if p.start >= take.end())
            return
        places = [f for m in verbs.PLACES.finditer(clause) if (f := feature(m["what"]))]
        self._last_thing = props[-1].word if props else (places[-1] if places else self._last_thing)

    def _subject(self, clause: str, inherited: tuple[str, ...], index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(who acts in this clause, whose face or hand is spoken of when nobody acts)."""
        mentions = self.people.mentions(clause)
        verb = self._verb_start(clause)
        owned = next((m.names for m in mentions if m.owner), ())
        first = mentions[0] if mentions else None
        if first and not first.owner and (verb is None or first.start <= verb) and _opens(clause, first):
            return first.names, ()
        if index and inherited and not _new_noun(clause):
            return inherited, ()
        if not index and verb == 0 and self._last_subject:
            return self._last_subject, ()
        return (), owned

    @staticmethod
    def _verb_start(clause: str) -> int | None:
        starts = [m.start() for p, _ in (*verbs.POSTURES, *verbs.GESTURES) if (m := p.search(clause))]
        starts += [m.start() for p in (verbs.LOOKS, verbs.WATCHES, verbs.TAKES) if (m := p.search(clause))]
        return min(starts, default=None)

    def _clause(self, clause: str, who: tuple[str, ...], acts: bool) -> None:
        slip = verbs.SLIPS.search(clause)
        if slip:
            self._slip(slip)
        feeling = strongest(clause)
        if feeling and who:
            for name in who:
                self._feel(self.states[name], feeling.emotion, feeling.intensity, clause)
        if who:
            self._body(who, clause, clause, acts=acts)

    def _slip(self, slip: re.Match[str]) -> None:
        thing = prop_kind(slip["thing"])
        for state in self.states.values():
            if state.holding and prop_kind(state.holding) is thing:
                self._let_go(state, "floor")

    def _body(self, who: tuple[str, ...], clause: str, why: str, *, acts: bool = True) -> None:
        for name in who:
            state = self.states[name]
            if verbs.EYES_CLOSE.search(clause):
                state.eyes_closed = True
                state.why["eyes"] = why
            elif verbs.EYES_OPEN.search(clause):
                state.eyes_closed = False
                state.why.pop("eyes", None)
            if acts:
                self._posture(name, clause, why)
            self._gestures(name, clause, why)
            if acts:
                self._hands(name, clause, why, first=name == who[0])
            self._gaze(name, clause, why)

    def _posture(self, name: str, clause: str, why: str) -> None:
        state = self.states[name]
        hits = [
            (m.start(), rank, m, posture)
            for rank, (pattern, posture) in enumerate(verbs.POSTURES)
            if (m := pattern.search(clause)) and not verbs.NEGATED.search(clause[: m.start()])
        ]
        if not hits and not state.posture_set and verbs.WORKS_AT.search(clause):
            state.posture, state.posture_set, state.why["posture"] = Posture.SIT, True, why
            state.at = self._place(name, clause) or state.at
            return
        if not hits:
            static = re.search(r"\b(?:behind|in front of|beside|next to|opposite|by) .+", clause)
            if static and state.at is None and not verbs.LOOKS.search(clause):
                state.at = self._place(name, static.group())
                state.why["at"] = why
                self._approach(name, static.group())
            return
        _, _, match, posture = min(hits, key=lambda h: h[:2])
        if posture is Posture.STAND and match.group().lower() in ("stop", "stops") and state.posture not in MOVING:
            return
        before = state.posture
        state.posture = self._in_a_car(name, posture)
        state.posture_set = True
        state.arrived = posture in MOVING and bool(verbs.ARRIVES.search(clause))
        state.why["posture"] = why
        place = self._place(name, clause[match.start() :])
        moved = posture in MOVING or posture is not before or place not in (None, state.at)
        if moved and state.nearness is not Nearness.EMBRACING:
            state.near, state.nearness = None, Nearness.WITH
        self._approach(name, clause[match.start() :])
        if posture in MOVING and self._last_subject[:1] and name in self._last_subject[1:]:
            state.near, state.nearness = self._last_subject[0], Nearness.BESIDE
        self._go(name, clause, why, place, before)
        if posture in (*MOVING, Posture.STAND) and before not in (*MOVING, Posture.STAND):
            state.gesture = Gesture.REST

    def _go(self, name: str, clause: str, why: str, place: str | None, before: Posture) -> None:
        """Where the new posture happens: where the script says, in the doorway for who comes or goes, else nowhere
        in particular."""
        state = self.states[name]
        posture = state.posture
        through = posture in MOVING and self.indoors and state.near is None and bool(_THROUGH_DOOR.search(clause))
        if state.at_door and not through:
            state.at = None
        state.at_door = through and not place
        if place:
            state.at = place
            state.why["at"] = why
        elif state.posture is Posture.DRIVE:
            state.at = "wheel"
        elif through:
            state.at = "door"
            if not verbs.ENTERS.search(clause):
                self._see(name, "door", why)
            state.arrived = state.arrived or bool(verbs.ENTERS.search(clause))
        elif before is not posture and posture in MOVING:
            state.at = None
            state.why.pop("at", None)

    def _in_a_car(self, name: str, posture: Posture) -> Posture:
        if not self.in_car or posture in (Posture.LIE, Posture.DRIVE):
            return posture
        return Posture.DRIVE if self.states[name].posture is Posture.DRIVE else Posture.SIT

    def _place(self, name: str, text: str) -> str | None:
        """Where the clause puts someone: a set feature, or where the person is whom they stand beside."""
        for match in verbs.PLACES.finditer(text):
            people = [m for m in self.people.mentions(match["what"], (name,)) if not m.owner and m.start == 0]
            if people:
                other = next((n for n in people[0].names if n != name), None)
                if other:
                    return self._beside(name, other)
                continue
            found = feature(match["what"])
            if found and prop_kind(found) is None:
                return found
        return None

    def _approach(self, name: str, text: str) -> None:
        """Whose place decides theirs: "stands behind him", "walks to Ada"."""
        state = self.states[name]
        if self.in_car or state.posture not in (*_STANDING_BY, *MOVING):
            return
        for match in verbs.NEAR.finditer(text):
            mention = next(
                (m for m in self.people.mentions(match["whom"], (name,)) if m.start == 0 and not m.owner), None
            )
            other = next((n for n in mention.names if n != name), None) if mention else None
            if other and self.states[other].near != name:
                state.near = other
                state.nearness = _NEARNESS.get(match["prep"].lower(), Nearness.WITH)
                return

    def _beside(self, name: str, other: str) -> str | None:
        if self.in_car and self.states[other].posture is Posture.DRIVE:
            return "passenger seat"
        return self.states[other].at

    def _gestures(self, name: str, clause: str, why: str) -> None:
        hits = sorted(
            ((m.start(), -rank, gesture) for rank, (pattern, gesture) in enumerate(verbs.GESTURES)
             if (m := pattern.search(clause)) and not verbs.NEGATED.search(clause[: m.start()])),
            key=lambda h: h[:2],
        )  # fmt: skip
        if hits:
            state = self.states[name]
            state.gesture, state.gesture_age = hits[-1][2], 0
            state.why["gesture"] = why
            self._embrace(name, clause, why)
            if state.gesture in (Gesture.TYPE, Gesture.ARMS_CROSSED) and state.holding:
                self._let_go(state, state.at)
        to = re.search(r"\b(?:to|towards?) (.+)", clause)
        if to and (hits or verbs.RELEASES.search(clause) or verbs.GIVES.search(clause)):
            people = [
                n for m in self.people.mentions(to.group(1), (name,)) if m.start == 0 for n in m.names if n != name
            ]
            if people:
                self._see(name, people[0], why)

    def _embrace(self, name: str, clause: str, why: str) -> None:
        """Whoever is held holds too; it ends when either does something else."""
        state = self.states[name]
        if state.gesture is not Gesture.EMBRACE:
            if state.nearness is Nearness.EMBRACING:
                self._release(name)
            for who, other in self.states.items():
                if other.nearness is Nearness.EMBRACING and other.near == name:
                    self._release(who)
            return
        others = [n for m in self.people.mentions(clause, (name,)) if not m.owner for n in m.names if n != name]
        partner = self.states.get(others[0] if others else self.people.other(name) or "")
        if partner is None or partner.nearness is Nearness.EMBRACING:
            return
        state.near, state.nearness = others[0] if others else self.people.other(name), Nearness.EMBRACING
        if partner.posture in MOVING:
            partner.posture = Posture.STAND
        if state.posture in MOVING:
            state.posture = Posture.STAND
        partner.gesture, partner.gesture_age, partner.why["gesture"] = Gesture.EMBRACE, 0, why
        for one in (state, partner):
            if one.holding:
                self._let_go(one, one.at or "floor")

    def _release(self, name: str) -> None:
        state = self.states[name]
        partner = self.states.get(state.near or "")
        state.nearness = Nearness.WITH
        for one in (state, partner):
            if one is not None and one.gesture is Gesture.EMBRACE:
                one.gesture = Gesture.REST

    def _let_go(self, state: State, place: str | None) -> None:
        kind = prop_kind(state.holding or "")
        if kind and place:
            self.laid[kind] = place
        if state.gaze is not None and kind is not None and prop_kind(state.gaze) is kind:
            state.gaze = None
            state.why.pop("gaze", None)
        state.holding = None
        state.why.pop("holding", None)
        if state.gesture is Gesture.READ:
            state.gesture = Gesture.REST

    def _hands(self, name: str, clause: str, why: str, *, first: bool) -> None:
        state = self.states[name]
        props = find_props(clause)
        gives = verbs.GIVES.search(clause)
        if gives and (props or state.holding):
            others = [n for m in self.people.mentions(clause[gives.end() :], (name,)) for n in m.names if n != name]
            word = props[0].word if props else state.holding
            if state.holding and word and prop_kind(word) is prop_kind(state.holding):
                self._let_go(state, None)
            if others and word:
                taker = self.states[others[0]]
                if taker.gesture is Gesture.EMBRACE:
                    self._release(others[0] if taker.near else name)
                self._hold(taker, word, why)
            return
        release = verbs.RELEASES.search(clause)
        if release and not re.search(r"\bputs? (?:on\b|it on(?:$|[.,]))", clause):
            word = props[0].word if props else state.holding
            if state.holding and word and prop_kind(word) is prop_kind(state.holding):
                place = self._put_down(clause[release.end() :])
                self._let_go(state, "floor" if verbs.DROPS.match(release.group()) else place or state.at)
            if props or release.group().lower().startswith(("put", "set", "lay", "plac", "drop")):
                return
        take = verbs.TAKES.search(clause)
        if first and (take or re.search(r"\bin (?:his|her|their) hands?\b", clause)):
            start = take.end() if take else 0
            if take and verbs.NEGATED.search(clause[: take.start()]):
                return
            for prop in props:
                if prop.start >= start and self._in_hand(clause, take, prop.start, prop.end, prop.kind):
                    self._hold(state, prop.word, why)
                    return
            if take and re.match(r"pour(?:s|ing)", take.group(), re.I):
                self._hold(state, _poured_from(clause), why)
            elif take and re.match(r"smok(?:es|ing)", take.group(), re.I):
                self._hold(state, "cigarette", why)

    @staticmethod
    def _put_down(text: str) -> str | None:
        """The feature that a thing is put on: "on the bar"."""
        for match in verbs.PLACES.finditer(text):
            found = feature(match["what"])
            if found and prop_kind(found) is None and match["prep"].lower() not in ("from", "out of"):
                return found
        return None

    def _in_hand(self, clause: str, take: re.Match[str] | None, start: int, end: int, kind: PropKind) -> bool:
        after, between = clause[end:], clause[take.end() if take else 0 : start]
        if re.match(r"\s+(?:in front|at (?:his|her|their) (?:feet|side)|on|beside|next|before|under|behind)\b", after):
            return False
        if re.search(r"\b(?:at|on|into|from|under|behind|to|off|against|in)\b", between):
            return False
        in_hand = re.search(r"\bin (?:his|her|their|one|both) (?:\w+ )?(?:hands?|arms|lap)\b", after)
        with_only = take is not None and take.group().lower() == "with" and not verbs.ENTERS.search(clause)
        if with_only and any(p.search(clause) for p, posture in verbs.POSTURES if posture in MOVING):
            with_only = False  # who walks with a suitcase carries it
        return bool(in_hand) or not (with_only and kind in _STANDING_PROPS)

    def _hold(self, state: State, word: str, why: str) -> None:
        """Take a thing in hand; what was held of the same kind keeps its first, fuller name."""
        same = state.holding and prop_kind(state.holding) is prop_kind(word)
        for other in self.states.values():
            if other is not state and other.holding and prop_kind(other.holding) is prop_kind(word) and not same:
                other.holding = None if word in other.holding else other.holding
        if state.holding and not same:
            self._let_go(state, state.at)
        state.holding = state.holding if same else word
        state.why["holding"] = why
        kind = prop_kind(word)
        if kind:
            self.laid.pop(kind, None)
            self.last_holder[kind] = next(n for n, s in self.states.items() if s is state)

    # --- eyes and feelings ------------------------------------------------------------------------------------

    def _gaze(self, name: str, clause: str, why: str) -> None:
        if verbs.EYES_MEET.search(clause):
            self._see(name, self.people.other(name), why)
        elif verbs.LOOKS_ON.search(clause):
            self._see(name, self.states[name].holding or "down", why)
        elif verbs.LOOKS_AWAY.search(clause):
            held = self.states[name].at if self.states[name].at == "window" else None
            self._see(name, held or "away", why)
            if re.search(r"\bnot\b|n['’]t\b", clause):
                self.states[name].gaze_age = -4  # refusing to turn lasts for several speeches
        elif verbs.LOOKS_UP.search(clause):
            self._see(name, "up", why)
        elif verbs.LOOKS_DOWN.search(clause):
            self._see(name, "down", why)
        elif (m := verbs.LOOKS.search(clause)) or (m := verbs.WATCHES.search(clause)):
            if not verbs.NEGATED.search(clause[: m.start()]):
                self._look(name, m["what"], why)
        elif verbs.LOOKS_FREE.search(clause):
            self.states[name].gaze = None
            self.states[name].why.pop("gaze", None)

    def _look(self, name: str, what: str, why: str) -> None:
        mentions = [m for m in self.people.mentions(what, (name,)) if m.start == 0 and not (m.owner and "hand" in what)]
        people = [n for m in mentions for n in m.names if n != name]
        if people:
            self._see(name, people[0], why)
            return
        props = find_props(what)
        if props and props[0].start <= 4:
            self._see(name, props[0].word, why)
            return
        if re.match(r"^(?:it|them)\b", what):
            if self._last_thing:
                self._see(name, self._last_thing, why)
            return
        thing = feature(what) or noun(what)
        if thing and thing not in _NOT_SEEN:
            self._see(name, thing, why)

    def _see(self, name: str, what: str | None, why: str) -> None:
        state = self.states[name]
        state.gaze, state.gaze_age = what, 0
        state.why["gaze"] = why

    @staticmethod
    def _feel(state: State, emotion: Emotion, intensity: float, why: str) -> None:
        state.emotion, state.intensity = emotion, intensity if emotion is not Emotion.NEUTRAL else 0.6
        state.why["emotion"] = why

    @staticmethod
    def _fade(state: State) -> None:
        if state.emotion is Emotion.NEUTRAL:
            return
        state.intensity = round(state.intensity * _FADE, 3)
        if state.intensity < 0.25:
            state.emotion, state.intensity = Emotion.NEUTRAL, 0.6
            state.why.pop("emotion", None)

    # --- out --------------------------------------------------------------------------------------------------

    def performance(self, name: str, state: State, *, talk: bool) -> Performance:
        """The state of one person as a value. `talk`: with speech and the eyelines of a conversation."""
        speaking = talk and self.speaking and name == self.speaker and not self.off_screen
        gesture = state.gesture
        if gesture is Gesture.READ and not state.holding:
            gesture = Gesture.REST
        if gesture is Gesture.TO_MOUTH and state.holding and prop_kind(state.holding) in _NOT_FOR_THE_MOUTH:
            gesture = Gesture.HOLD
        if gesture is Gesture.TO_MOUTH and speaking:
            gesture = Gesture.HOLD if state.holding else Gesture.REST  # nobody talks into the cup
        gaze = state.gaze or (self._listening(name) if talk else None)
        if (gesture is Gesture.PHONE and not state.gaze) or state.nearness is Nearness.EMBRACING:
            gaze = None  # the one spoken to is at the other end of the line, or at the shoulder
        if gesture is Gesture.READ and not state.gaze and not speaking:
            gaze = state.holding
        if gesture is Gesture.TYPE and not speaking and state.gaze in (None, "away", "down"):
            gaze = "computer"
        if gesture in (Gesture.REST, Gesture.REACH) and state.holding and state.gesture_age:
            gesture = Gesture.HOLD
        if gesture is Gesture.REST and state.holding:
            gesture = Gesture.HOLD
        if gesture is Gesture.REST and speaking and state.posture not in (Posture.DRIVE, Posture.LIE, Posture.RUN):
            gesture = Gesture.TALK
        why = "; ".join(dict.fromkeys(f"“{w.strip(' .').replace(' & ', ' and ')}”" for w in state.why.values()))
        return Performance(
            character=name,
            posture=state.posture,
            gesture=gesture,
            emotion=state.emotion,
            intensity=state.intensity,
            speaking=speaking,
            gaze=gaze if gaze != name else None,
            holding=state.holding,
            at=state.at,
            eyes_closed=state.eyes_closed,
            near=state.near,
            nearness=state.nearness,
            present=not state.gone,
            why=why or "the script says nothing: standing",
        )

    def _listening(self, name: str) -> str | None:
        """Whom a person looks at in a conversation: the speaker; the speaker, at whom the words are for."""
        if self.speaker is None or (self.off_screen and name != self.speaker):
            return None
        if name != self.speaker:
            return self.speaker if self.speaker in self.states else None
        return self.addressee


_THROUGH_DOOR = re.compile(rf"{verbs.ENTERS.pattern}|{verbs.EXITS.pattern}", re.IGNORECASE)
_NOT_SEEN = words("times time moment while beat all something nothing anything what how front")


def _opens(clause: str, mention: Mention) -> bool:
    """Whether a mention is the subject: no preposition before it ("behind him a branch breaks")."""
    before = clause[: mention.start]
    return not re.search(
        r"\b(?:at|to|with|behind|of|for|from|on|in|by|near|beside|over|between|around|after|onto)\s*$", before
    )


def _new_noun(clause: str) -> bool:
    """Whether a later clause brings its own subject ("the door opens") instead of going on with the old one."""
    start = re.match(
        r"^(?:the|a|an|its|this|that|there)\s+(?:[\w'’-]+\s+){1,3}?(\w+s)\b(?!\s+(?:of|and)\b)", clause, re.I
    )
    return bool(start) and not re.search(r"\b(?:with|in) \w*$", clause[: start.start(1)] if start else "")


def _poured_from(clause: str) -> str:
    return (
        "bottle" if re.search(r"\b(?:wine|whiske?y|beer|rum|gin|vodka|champagne|drinks?)\b", clause) else "coffee pot"
    )
