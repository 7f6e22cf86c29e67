"""A director's note read: dictionary first, then film language, then meaning; proposals only, nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maquette.direct.notes.arithmetic import Effect, Op, parse_effect
from maquette.direct.notes.dictionary import find_entries, near_entry
from maquette.direct.notes.grammar import Heard, hear
from maquette.direct.notes.items import Cast, cast_of, corrected, foreign
from maquette.direct.notes.lexicon import Part
from maquette.direct.notes.meaning import (
    THRESHOLD,
    THRESHOLD_BESIDE,
    THRESHOLD_BEYOND,
    THRESHOLD_WORD,
    Meant,
    meanings_for,
)
from maquette.direct.notes.merge import Asked, merge
from maquette.direct.notes.model import LanguageModel, describe_controls
from maquette.direct.notes.subjects import unknown_name
from maquette.direct.notes.text import MAX_CHARACTERS, Clause, Word, clauses_of, plain, shortened, words_of
from maquette.film.control_table import parse_setting
from maquette.film.errors import ControlError, UsageError
from maquette.film.mood import MoodRecipe
from maquette.film.notes import Correction, DirectorsDictionary, How, NoteReading

MAX_STRETCHES = 24
"""Free stretches of one note that are compared by meaning; a note beyond that is no note."""
MAX_NOT_UNDERSTOOD = 12
"""Stretches that are listed as not understood; the rest is counted."""


_NAMING = frozenset({"subjects", "over", "focus", "rack"})
"""Controls that take someone or something of the shot."""


@dataclass
class _Desk:
    """What is gathered while a note is read."""

    note: str
    now: Mapping[str, Any]
    cast: Cast
    asked: list[Asked] = field(default_factory=list[Asked])
    left: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Places of the note that nobody understood, start and end character."""
    remarks: list[str] = field(default_factory=list[str])

    def ask(self, effect: Effect, span: tuple[int, int], sure: float, how: How, *, steps: float = 1.0, why: str = "",
            corrects: bool = False, weak: bool = False) -> None:  # fmt: skip
        words = self.note[span[0] : span[1]]
        strangers = self.cast.strangers(effect.text.split(",")) if effect.control in _NAMING and effect.text else []
        remark = unknown_name(effect.control, strangers[0], self.cast) if strangers else ""
        if remark:
            self.remarks.append(remark)
            return
        self.asked.append(Asked(effect, steps, span[0], shortened(words), round(sure, 2), how, why, corrects, weak))


def read_note(
    note: str,
    now: Mapping[str, Any],
    people: Sequence[str],
    things: Sequence[str],
    dictionary: DirectorsDictionary,
    recipes: Mapping[str, MoodRecipe],
    model: LanguageModel | None = None,
) -> NoteReading:
    """What a note asks to change.

    `now` holds the typed value of every control of the shot, `people` and `things` whom and what it shows. Any text is
    answered: what is not understood is listed, impossible values and contradictions become remarks. Raises UsageError
    only where free words need the sentence embedding and its weights are not the pinned ones.
    """
    cast = cast_of(people, things)
    desk = _Desk(note, now, cast)
    head = note[:MAX_CHARACTERS]
    words = corrected(_spoken_settings(words_of(plain(head)), desk), cast)
    if foreign(words, cast):
        desk.remarks.append("Notes are read in English: this one was not understood.")
        desk.left.append((0, len(head)))
    else:
        clauses = _dictionary_clauses(words, dictionary, desk)
        heard = hear(clauses, cast, now)
        _free_words(heard, desk, cast, dictionary, recipes, model)
        if _said_nothing(heard, desk):
            desk.left.append((words[0].start, words[-1].end))
    _unreadable(head, words, desk)
    changes, remarks = merge(desk.asked, now, recipes)
    if len(note) > MAX_CHARACTERS:
        desk.left.append((MAX_CHARACTERS, len(note)))
        desk.remarks.append(f"The note is {len(note):,} characters long; its first {MAX_CHARACTERS:,} were read.")
    return NoteReading(
        note=note,
        changes=tuple(changes),
        not_understood=_listed(desk),
        remarks=tuple(dict.fromkeys([*desk.remarks, *remarks])),
    )


def _said_nothing(heard: Sequence[Heard], desk: _Desk) -> bool:
    """Whether a note of nothing but small words ("less is more") came to nothing: no approval, nothing forbidden."""
    if desk.asked or desk.left or desk.remarks or not heard:
        return False
    return not any(h.silent or any(i.part in (Part.CHAT, Part.KEEP) for i in h.items) for h in heard)


# --- settings written out -------------------------------------------------------------------------------------


def _spoken_settings(words: list[Word], desk: _Desk) -> list[Word]:
    """ "lens=85" in a note is what it is; its words are cut out."""
    kept: list[Word] = []
    index = 0
    while index < len(words):
        following = words[index + 1].text if index + 1 < len(words) else ""
        if following != "=":
            kept.append(words[index])
            index += 1
            continue
        start = words[index].start
        while kept and kept[-1].end == start - 1 and desk.note[start - 1] == "-":  # key-fill=8
            start = kept.pop().start
        end = words[index + 1].end
        index += 2
        while index < len(words) and not _ends_setting(words, index, desk.note):
            end = words[index].end
            index += 1
        text = desk.note[start:end]
        try:
            desk.ask(parse_effect(text), (start, end), 1.0, How.GRAMMAR)
        except ControlError as error:
            desk.remarks.append(str(error))
            desk.left.append((start, end))
    return kept


def _ends_setting(words: Sequence[Word], at: int, note: str) -> bool:
    """Whether a setting's value ends before a word: at a separator, or where the next setting's name begins."""
    word = words[at]
    if word.text in (",", ";", "\n", "and") or (word.text == "." and word.end == len(note)):
        return True
    while at + 1 < len(words) and note[words[at].end : words[at + 1].start] in ("", "-"):
        at += 1
        if words[at].text == "=":
            return True
    return False


# --- dictionary -----------------------------------------------------------------------------------------------


def _dictionary_clauses(words: list[Word], dictionary: DirectorsDictionary, desk: _Desk) -> list[Clause]:
    """Ask for what entries say and return the clauses of the rest."""
    rest: list[Word] = []
    place = 0
    for found in find_entries(words, dictionary):
        span = (words[found.first].start, words[found.last].end)
        _ask_entry(found.entry, span, 1.0, desk)
        # A comma in its place keeps the words before and after apart.
        rest += [*words[place : found.first], Word(",", *span)]
        place = found.last + 1
    return clauses_of([*rest, *words[place:]])


def _ask_entry(entry: Correction, span: tuple[int, int], sure: float, desk: _Desk) -> None:
    why = f"taught by {entry.by}" if entry.by else "as you taught it"
    for setting in entry.settings:
        try:
            desk.ask(parse_effect(setting), span, sure, How.DICTIONARY, why=why, corrects=True)
        except ControlError as error:
            desk.remarks.append(f"Your dictionary's entry {entry.words!r} does not work any more: {error}")


# --- what the grammar leaves over -----------------------------------------------------------------------------


def _span(clause: Clause, first: int, last: int) -> tuple[int, int]:
    return clause.words[first].start, clause.words[last].end


def _free_words(heard: Sequence[Heard], desk: _Desk, cast: Cast, dictionary: DirectorsDictionary,
                recipes: Mapping[str, MoodRecipe], model: LanguageModel | None) -> None:  # fmt: skip
    others = sum(bool(h.wishes) for h in heard)
    free = [
        h for h in heard
        if (h.left or h.loose) and not h.clause.question and not h.stranger and not h.bare
        and not (h.clause.circumstance and others > bool(h.wishes))
    ][:MAX_STRETCHES]  # fmt: skip
    spans = [_free_span(h) for h in free]
    meant: list[Meant | None] = [None] * len(free)
    if free:
        by_entry = near_entry([_said(desk, s) for s in spans], dictionary)
        for one, span, entry in zip(free, spans, by_entry, strict=True):
            if entry is not None:
                _ask_entry(entry[0], span, entry[1] - 0.15, desk)
                _consume(one, span)
        by_model = _ask_model(free, spans, desk, model) if model is not None else set[int]()
        asked = [i for i, h in enumerate(free) if (h.left or h.loose) and i not in by_model and by_entry[i] is None]
        _drop_what_is_beyond([free[i] for i in asked], desk, recipes)
        found = meanings_for(recipes).find([_nameless(desk, spans[i]) for i in asked], 0.0) if asked else []
        for i, one in zip(asked, found, strict=True):
            beside = bool(free[i].wishes) and not free[i].loose
            alone = len(_said(desk, spans[i]).split()) == 1
            limit = THRESHOLD if not beside else THRESHOLD_WORD if alone else THRESHOLD_BESIDE
            forbids = one is not None and (_forbids(free[i], one) or _of_the_gear(free[i], one))
            meant[i] = one if one is not None and one.near >= limit and not forbids else None
    by_clause = dict(zip([id(h) for h in free], zip(spans, meant, strict=True), strict=True))
    for one in heard:
        span, meaning = by_clause.get(id(one), ((0, 0), None))
        if meaning is not None and not meaning.entry.effects:  # about something that no control can do
            if one.loose:
                one.wishes, one.left = [], [(0, len(one.clause.words) - 1)]
        elif meaning is not None:
            _ask_meaning(meaning, span, desk, corrects=one.corrects)
            _consume(one, span)
            if one.loose:
                one.wishes = []
        elif one.loose and one.left:
            one.wishes = [w for w in one.wishes if w.last < one.left[0][0] and not _is_simile(one)]
        for wish in one.wishes:
            desk.ask(wish.effect, _span(one.clause, wish.first, wish.last), wish.sure, How.GRAMMAR, steps=wish.steps,
                     why=wish.why, corrects=one.corrects, weak=wish.weak)  # fmt: skip
        desk.remarks += one.remarks
        desk.left += [_span(one.clause, *run) for run in one.left]


def _drop_what_is_beyond(heard: Sequence[Heard], desk: _Desk, recipes: Mapping[str, MoodRecipe]) -> None:
    """ "make the producer happy" names a mood and asks for none: the clause as a whole tells."""
    moody = [h for h in heard if h.wishes and all(w.effect.control.startswith("mood") for w in h.wishes)]
    whole = [_span(h.clause, 0, len(h.clause.words) - 1) for h in moody]
    found = meanings_for(recipes).find([_said(desk, s) for s in whole], THRESHOLD_BEYOND) if moody else []
    for one, meant in zip(moody, found, strict=True):
        if meant is not None and not meant.entry.effects:
            one.wishes, one.left = [], [(0, len(one.clause.words) - 1)]


def _free_span(one: Heard) -> tuple[int, int]:
    """The place of the words to compare: the whole clause where it is free speech, else what the grammar left."""
    last = len(one.clause.words) - 1
    if not one.wishes or one.loose:
        return _span(one.clause, 0, last)
    return _span(one.clause, one.left[0][0], one.left[-1][1])


def _is_simile(one: Heard) -> bool:
    return any(t in ("like", "as") for t in one.clause.texts)


def _said(desk: _Desk, span: tuple[int, int]) -> str:
    return shortened(desk.note[span[0] : span[1]], 300)


def _nameless(desk: _Desk, span: tuple[int, int]) -> str:
    """The words with people's names as "he": a name pulls towards films that have it."""
    said = _said(desk, span)
    for name in sorted({" ".join(k) for k in desk.cast.people}, key=len, reverse=True):
        said = re.sub(rf"\b{re.escape(name)}\b", "he", said, flags=re.IGNORECASE)
    return said


_GEAR = frozenset({"camera", "lens", "shot", "frame", "framing", "focus", "cut", "light", "lights", "key", "third"})
_NEAR_ENOUGH = 0.65


def _of_the_gear(one: Heard, meant: Meant) -> bool:
    """Words about the camera that sound like a mood or like haste: "can the camera kind of float"."""
    drawn = bool(meant.entry.mood) or meant.entry.effects.startswith("move-speed")
    return drawn and meant.near < _NEAR_ENOUGH and bool(_GEAR & set(one.clause.texts))


_FORBIDDING = re.compile(
    r"^(?:(?:and|but|so|i|we|please|just|really|not|no)\b ?)*\b(?:don't|do not|not|wouldn't|didn't|never)\b"
)


def _forbids(one: Heard, meant: Meant) -> bool:
    """ "I don't want her to look pathetic" asks for nothing like it."""
    if not _FORBIDDING.match(" ".join(one.clause.texts)) or "don't know" in " ".join(one.clause.texts):
        return False
    return bool(meant.entry.effects)


def _consume(one: Heard, span: tuple[int, int]) -> None:
    one.left = [r for r in one.left if _span(one.clause, *r)[1] <= span[0] or _span(one.clause, *r)[0] >= span[1]]


def _ask_meaning(meant: Meant, span: tuple[int, int], desk: _Desk, corrects: bool) -> None:
    why = f"{_said(desk, span)}: {meant.entry.says}"
    sure = min(max(meant.near, 0.3), 0.85)
    for effect in meant.entry.effects.split(","):
        desk.ask(parse_effect(effect), span, sure, How.MEANING, steps=1.5, why=why, corrects=corrects)


def _ask_model(free: Sequence[Heard], spans: Sequence[tuple[int, int]], desk: _Desk, model: LanguageModel) -> set[int]:
    """Ask the user's model about the stretches; returns the indices of those that it made something of."""
    used: set[int] = set()
    text = "; ".join(_said(desk, s) for s in spans)
    for setting, words in model.propose(text, describe_controls(desk.now), desk.now):
        try:
            spec, value = parse_setting(setting)
        except (ControlError, UsageError) as error:
            desk.remarks.append(f"The language model proposed {setting!r}: {error}")
            continue
        index = next((i for i, s in enumerate(spans) if words and words.lower() in _said(desk, s).lower()), 0)
        effect = Effect(spec.name, Op.SET, "none" if value is None else setting.partition("=")[2].strip())
        desk.ask(effect, spans[index], 0.5, How.MODEL)
        used.add(index)
    for index in used:
        _consume(free[index], spans[index])
    return used


# --- what is not understood -----------------------------------------------------------------------------------


def _unreadable(note: str, words: Sequence[Word], desk: _Desk) -> None:
    """Signs that are no words at all, such as emoji."""
    letters = [i for i, c in enumerate(note) if c.isalnum()]
    if note.strip() and not letters:
        desk.left.append((0, len(note)))
        desk.remarks.append("There are no words in this note: say what should change, such as “a bit wider”.")
        return
    covered = {i for w in words for i in range(w.start, w.end)} | {i for s in desk.left for i in range(*s)}
    run: list[int] = []
    for index, c in enumerate([*note, " "]):
        if index < len(note) and index not in covered and ord(c) > 0x2190 and not c.isspace():
            run.append(index)
        elif run and not c.isspace():
            desk.left.append((run[0], run[-1] + 1))
            run = []
    if run:
        desk.left.append((run[0], run[-1] + 1))


def _listed(desk: _Desk) -> tuple[str, ...]:
    """The stretches in the order of the note, each shortened, and how many more there are."""
    printable = "".join(c if c.isprintable() else " " for c in desk.note)
    stretches = [shortened(printable[a:b]) for a, b in sorted(desk.left)]
    unique = [s for s in dict.fromkeys(stretches) if s]
    if len(unique) > MAX_NOT_UNDERSTOOD:
        more = len(unique) - MAX_NOT_UNDERSTOOD
        return (*unique[:MAX_NOT_UNDERSTOOD], f"… and {more} more stretches")
    return tuple(unique)
