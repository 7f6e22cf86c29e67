"""Runs of capitals in action lines: which of them bring a person on, and the words about that person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maquette.film.screenplay import Place
from maquette.script import ages
from maquette.script import describing_words as lists
from maquette.script.describe import Description, describe, is_fragment

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_PREFIX = re.compile(r"^(Ma?c|O['’]|D['’]|De|Di|Du|La|Le|Van|Von|Fitz)(?=[A-Z])")
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "la",
        "le",
        "del",
        "della",
        "di",
        "da",
        "du",
        "dos",
        "el",
        "al",
        "bin",
        "ibn",
        "of",
        "the",
    ]
)
_ARTICLES = frozenset(
    [
        "a",
        "an",
        "the",
        "another",
        "two",
        "three",
        "four",
        "five",
        "six",
        "several",
        "some",
        "many",
        "few",
        "our",
        "his",
        "her",
        "their",
        "this",
        "that",
    ]
)
_PLURAL_COUNTS = frozenset(["two", "three", "four", "five", "six", "several", "some", "many", "few", "dozen"])
_SENTENCE_END = re.compile(r"[.!?…]+[\"”')\]]*\s+(?=[A-Z\"“'(])|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sgt|Lt|Det|Capt|Prof|Rev|Jr|Sr|vs|No|MR|MRS|MS|DR|ST|SGT|LT|DET|CAPT)|\b[A-Z])$"
)
_QUOTED = re.compile(r"[\"“][^\"”\n]{0,200}[\"”]")
_CARD = re.compile(r"\s*(SUPER|TITLE|CHYRON|CARD|SUPERIMPOSE|CAPTION|LEGEND|INSERT|ON SCREEN)\b", re.IGNORECASE)


@dataclass(frozen=True)
class CapsRun:
    """Words in capitals that stand together."""

    name: str
    """Without article and possessive ending; spaces single."""
    start: int
    end: int
    article: str
    """The word before, where it is an article or a count; lower case."""
    sentence: tuple[int, int]
    possessive: bool


@dataclass(frozen=True)
class Introduction:
    """Someone brought on in capitals."""

    name: str
    place: Place
    sentence: str
    description: Description


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences of `text`."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group()[0] == "." and _ABBREVIATION.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        found.append((start, match.end()))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return found


def is_capitals(word: str) -> bool:
    """MARA, McCLANE, O'BRIEN, J."""
    letters = _PREFIX.sub("", word)
    stem = re.sub(r"['’]s$", "", letters)
    return stem == stem.upper() and stem != stem.lower() and (len(word) > 1 or word not in "AI")


def caps_runs(text: str) -> list[CapsRun]:
    """All runs of capitals, sentence by sentence. A line all in capitals (a camera line, a sign) has none."""
    found: list[CapsRun] = []
    quoted = [match.span() for match in _QUOTED.finditer(text) if len(match.group().split()) > 1]
    for first, last in sentences(text):
        sentence = text[first:last]
        if sentence == sentence.upper() or _CARD.match(sentence):
            continue
        words = list(_WORD.finditer(text, first, last))
        at = 0
        while at < len(words):
            if not is_capitals(words[at].group()) or any(a <= words[at].start() < b for a, b in quoted):
                at += 1
                continue
            end = _run_end(text, words, at)
            if run := _run(text, words, at, end, (first, last)):
                found.append(run)
            at = end
    return found


def _run_end(text: str, words: list[re.Match[str]], at: int) -> int:
    end = at + 1
    while end < len(words):
        gap = text[words[end - 1].end() : words[end].start()]
        before, word = words[end - 1].group(), words[end].group()
        title = before.casefold() in lists.TITLES or len(before) == 1
        quoted = gap in (' "', '" ', " “", "” ")
        if gap != " " and not (gap == ". " and title) and not quoted and gap != " #":
            break
        if word.isdigit() and (gap == " #" or before.casefold() in lists.PERSONS):
            end += 1
            break
        particle = word in _PARTICLES and end + 1 < len(words) and is_capitals(words[end + 1].group())
        if not is_capitals(word) and not particle:
            break
        end += 1
        if re.search(r"['’][Ss]$", before) and before != words[at].group():
            break
    while end > at + 1 and words[end - 1].group() in _PARTICLES:
        end -= 1
    return end


def _run(text: str, words: list[re.Match[str]], at: int, end: int, sentence: tuple[int, int]) -> CapsRun | None:
    article = words[at - 1].group().casefold() if at and words[at - 1].start() >= sentence[0] else ""
    while at < end and words[at].group().casefold() in _ARTICLES:
        article = words[at].group().casefold()
        at += 1
    if at == end:
        return None
    tokens = [match.group() for match in words[at:end]]
    possessive = re.search(r"['’][Ss]$", tokens[-1]) is not None
    tokens[-1] = re.sub(r"['’][Ss]$", "", tokens[-1])
    for index, match in enumerate(words[at:end]):
        numbered = tokens[index].isdigit() and text[match.start() - 1] == "#"
        stopped = index + 1 < len(tokens) and text[match.end() : match.end() + 2] == ". "
        tokens[index] = ("#" if numbered else "") + tokens[index] + ("." if stopped else "")
    name = " ".join(tokens)
    return CapsRun(
        name=name.upper().replace("’", "'"),
        start=words[at].start(),
        end=words[end - 1].end(),
        article=article if article in _ARTICLES else "",
        sentence=sentence,
        possessive=possessive,
    )


def is_person(run: CapsRun, text: str, proper: frozenset[str]) -> bool:
    """Whether a run that matches no cue is a person all the same.

    `proper`: lower-case words that the script elsewhere writes with a capital inside a sentence, as it does names.
    """
    tokens = [t.casefold() for t in re.split(r"[\s\"“”]+", run.name.replace("#", "")) if t]
    last = next((t for t in reversed(tokens) if not t.isdigit()), "")
    if run.possessive or run.article in _PLURAL_COUNTS or len(run.name) < 2 or not last or len(tokens) > 6:
        return False
    if any(t.endswith("'s") for t in tokens):
        return last in lists.PERSONS
    if last in lists.PERSONS or (last.endswith(("man", "woman")) and len(last) > 5):
        return True
    if last in lists.NOT_PERSONS or last in lists.GARMENTS or last in lists.ANIMALS:
        return False
    after = text[run.end : run.sentence[1]]
    if _aged(after):
        return True
    if run.article:
        return False
    if re.match(r",?\s(?:an?|the|his|her|their|our)\s", after) and after[:1] == ",":
        return any(t in lists.PERSONS | lists.BUILD for t in _low(after)[:12]) or any(t in proper for t in tokens)
    verb = next(iter(_low(after)), "")
    return verb in lists.HUMAN_VERBS and (
        any(t in proper for t in tokens) or any(t in lists.TITLES for t in tokens[:-1])
    )


def _low(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text[:120])]


def _aged(after: str) -> bool:
    bracket = re.match(r"\s*[(\[]([^()\[\]]{1,80})[)\]]", after)
    if bracket and _age_in(bracket.group(1)):
        return True
    phrase = re.match(r"\s*(?:,|:|-|–|—|--)\s*([^,.;:()]{1,40})(?=[,.;:()]|$)", after)
    return phrase is not None and _age_in(phrase.group(1))


def _age_in(words: str) -> bool:
    pieces = re.split(r"[,;/]", words)
    return any(ages.stated_age(p) is not None or ages.bare_age(p) is not None for p in pieces) or (
        ages.worded_age(words) is not None and "old" not in words.split()[-1:]
    )


def words_before(text: str, run: CapsRun, floor: int) -> str:
    """Describing words in front of a name: "A wiry man in a grey coat, PRICE", "the elderly PROFESSOR"."""
    head = text[max(run.sentence[0], floor) : run.start]
    if floor <= run.sentence[0] and head.rstrip().endswith((",", "—", "–", "--", ":")) and len(head) < 200:
        return head.rstrip(" ,—–-:")
    found: list[str] = []
    for match in reversed(list(_WORD.finditer(head[-80:]))):
        word = match.group()
        if word.casefold() in lists.STOPS or word.casefold() in lists.HUMAN_VERBS or word != word.lower():
            break
        if len(found) == 4 or (head[-80:][match.end() :].strip(" ").startswith((",", ".", ";")) and not found):
            break
        found.insert(0, word)
    return " ".join(found)


def introduce(text: str, next_text: str, run: CapsRun, people: list[CapsRun], place: Place) -> Introduction:
    """Read the introduction that `run` opens; `people`: all runs of the text that are persons, in order."""
    others = [p for p in people if p.start > run.start]
    floor = max((p.end for p in people if p.end <= run.start), default=0)
    end = min(run.sentence[1], others[0].start if others else len(text))
    end_of_reading = others[0].sentence[0] if others else len(text)
    following = _following(text, run, end_of_reading)
    if not others and not re.search(r"\w", text[run.sentence[1] :].replace(following, "", 1)):
        opening = _about_same(next_text[:400])
        following = f"{following} {opening}".strip()
    told, rest = _own_words(text[run.end : end]) if others and others[0].start == end else (text[run.end : end], "")
    before = ", ".join(s for s in (words_before(text, run, floor), *_fragments(text, run, end_of_reading)) if s)
    description = describe(run.name, before, told, following, rest)
    whole = _own_part(text, run, people)
    fragments = " ".join(_fragments(text, run, end_of_reading))
    words = f"{whole} {fragments} {_looks(following)}"
    return Introduction(run.name, place, " ".join(words.split()), description)


def _own_part(text: str, run: CapsRun, people: list[CapsRun]) -> str:
    """The sentence that introduces someone; of a sentence that brings on several, what is said about this one."""
    first, last = run.sentence
    before = [p for p in people if first <= p.start < run.start]
    after = [p for p in people if run.start < p.start < last]
    if not before and not after:
        return text[first:last].strip()
    lead = text[first : run.start] if not before else words_before(text, run, max(p.end for p in before)) + " "
    told = _own_words(text[run.end : after[0].start])[0] if after else text[run.end : last]
    return (lead.rpartition(":")[2] + text[run.start : run.end] + told).strip(" ,;")


def _own_words(told: str) -> tuple[str, str]:
    """The words up to the next person, parted where those about the next person begin: "(8) | and his sister"."""
    cut = max(told.rfind(mark) for mark in (",", ")", " and ", " with ", " beside ", " at ", " to ", ";"))
    if cut <= 0:
        return told, ""
    cut += told[cut] == ")"
    return told[:cut], told[cut:]


def _fragments(text: str, run: CapsRun, end: int) -> list[str]:
    """The sentences without a verb right after the introduction."""
    kept: list[str] = []
    for first, last in sentences(text):
        if first < run.sentence[1] or last > end:
            continue
        if not is_fragment(text[first:last]):
            break
        kept.append(text[first:last].strip())
    return kept


def _following(text: str, run: CapsRun, end: int) -> str:
    """The sentences after the introduction, as long as they begin with a pronoun or the person's own name."""
    own = {t.casefold() for t in run.name.split()}
    kept: list[str] = []
    for first, last in sentences(text):
        if first < run.sentence[1] or last > end:
            continue
        if not kept and is_fragment(text[first:last]):
            continue
        opening = _WORD.search(text, first, last)
        word = opening.group().casefold() if opening else ""
        if word not in ("he", "she", "they", "his", "her", "their") and re.sub(r"['’]s$", "", word) not in own:
            break
        kept.append(text[first:last])
    return " ".join(kept)


def _about_same(text: str) -> str:
    kept: list[str] = []
    for first, last in sentences(text):
        opening = _WORD.search(text, first, last)
        if not opening or opening.group() not in ("He", "She", "They", "His", "Her", "Their"):
            break
        kept.append(text[first:last])
    return " ".join(kept)


def _looks(following: str) -> str:
    """Those of the sentences that say how the person looks."""
    words = ("wears", "wearing", "dressed", "hair", "beard", " is a ", " is an ", " tall", " short", "years old")
    return " ".join(
        following[a:b].strip() for a, b in sentences(following) if any(w in following[a:b].casefold() for w in words)
    )
