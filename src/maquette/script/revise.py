"""Match two drafts: every scene and line of the new one with the one it was in the old one.

Scenes are matched in this order: the same words throughout; the same written number with a like heading or content;
the same id; then the likeliest pair of heading and content, best first. Within matched scenes, lines are aligned by
equal words, and what stands between by likeness; last, longer lines that moved to another scene are found again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from maquette.film.revision import DraftChange, ElementChange, SceneChange
from maquette.film.screenplay import Element, ElementKind, Scene, Screenplay
from maquette.script.draft_element import normalized_words

_LIKE_SCENE = 0.35
_LIKE_NUMBERED = 0.3
_LIKE_LINE = 0.4
_MOVED_WORDS = 4
_LARGEST_GAP = 250_000
"""Pairs of lines compared in one gap; a larger gap is matched by equal words alone."""


@dataclass(frozen=True)
class _Line:
    """An element as it is compared."""

    id: str
    kind: ElementKind
    key: str
    words: Counter[str]

    @property
    def count(self) -> int:
        return sum(self.words.values())


@dataclass(frozen=True)
class _SceneText:
    """A scene as it is compared; for the elements before the first scene `scene` is None."""

    scene: Scene | None
    lines: tuple[_Line, ...]
    words: Counter[str]
    heading: Counter[str]


def match_drafts(old: Screenplay, new: Screenplay) -> DraftChange:
    """The step from `old` to `new`. Every old element is matched at most once."""
    before, after = _scene_texts(old), _scene_texts(new)
    scenes = _match_scenes(before[1:], after[1:])
    pairs: dict[int, int] = {0: 0} | {n + 1: o + 1 for n, o in scenes.items()}
    matched: dict[str, _Line] = {}
    for n, o in pairs.items():
        matched.update(_match_lines(before[o].lines, after[n].lines))
    _match_moved(before, after, matched)
    taken = {line.id for line in matched.values()}
    moved = _moved(scenes)
    changes: list[SceneChange] = []
    for n, text in enumerate(after[1:]):
        o = scenes.get(n)
        gone = tuple(line.id for line in before[o + 1].lines if line.id not in taken) if o is not None else ()
        changes.append(_scene_change(text, before[o + 1] if o is not None else None, matched, gone, n in moved))
    kept = set(scenes.values())
    return DraftChange(
        scenes=tuple(changes),
        front=tuple(_element_change(line, matched) for line in after[0].lines),
        removed_scenes=tuple(s.id for o, s in enumerate(old.scenes) if o not in kept),
        removed_elements=tuple(e.id for e in old.elements if e.id not in taken),
    )


def _scene_change(
    text: _SceneText, old: _SceneText | None, matched: dict[str, _Line], gone: tuple[str, ...], moved: bool
) -> SceneChange:
    assert text.scene is not None
    return SceneChange(
        id=text.scene.id,
        old_id=old.scene.id if old and old.scene else None,
        heading_changed=old is not None and text.lines[0].key != old.lines[0].key,
        moved=moved,
        elements=tuple(_element_change(line, matched) for line in text.lines),
        removed=gone,
    )


def _element_change(line: _Line, matched: dict[str, _Line]) -> ElementChange:
    old = matched.get(line.id)
    return ElementChange(
        id=line.id, old_id=old.id if old else None, words_changed=old is not None and old.key != line.key
    )


def _scene_texts(screenplay: Screenplay) -> list[_SceneText]:
    """The elements before the first scene, then each scene with its heading."""
    starts = [at for at, e in enumerate(screenplay.elements) if e.kind is ElementKind.SCENE_HEADING]
    bounds = [0, *starts, len(screenplay.elements)]
    found: list[_SceneText] = []
    for index, (first, last) in enumerate(pairwise(bounds)):
        lines = tuple(_line(e) for e in screenplay.elements[first:last])
        body = lines if index == 0 else lines[1:]
        words: Counter[str] = Counter()
        for line in body:
            words.update(line.words)
        heading = lines[0].words if index else Counter[str]()
        found.append(_SceneText(screenplay.scenes[index - 1] if index else None, lines, words, heading))
    return found


def _line(element: Element) -> _Line:
    words = normalized_words(element.text)
    return _Line(element.id, element.kind, f"{element.kind}\n{element.character or ''}\n{words}", Counter(_bare(words)))


def _bare(words: str) -> list[str]:
    kept = [word.strip(".,;:!?\"'()-") for word in words.split()]
    return [word for word in kept if word]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice coefficient of two bags of words, 0..1; 1 for two empty ones."""
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 1.0


# --- scenes --------------------------------------------------------------------------------------------------------


def _match_scenes(old: Sequence[_SceneText], new: Sequence[_SceneText]) -> dict[int, int]:
    """New index -> old index."""
    found: dict[int, int] = {}
    _match_by(old, new, found, lambda s: tuple(line.key for line in s.lines) if len(s.lines) > 1 else None)
    _match_by(old, new, found, _written_number, lambda o, n: _scene_likeness(o, n) >= _LIKE_NUMBERED)
    _match_by(
        old,
        new,
        found,
        lambda s: s.scene.id if s.scene else None,
        lambda o, n: _scene_likeness(o, n) >= _LIKE_SCENE + 0.25,
    )
    taken = set(found.values())
    free_old = [o for o in range(len(old)) if o not in taken]
    free_new = [n for n in range(len(new)) if n not in found]
    scored: list[tuple[float, int, int, int]] = []
    for n in free_new:
        for o in free_old:
            likeness = _scene_likeness(old[o], new[n])
            if likeness >= _LIKE_SCENE:
                scored.append((-round(likeness, 6), abs(o - n), n, o))
    for _, _, n, o in sorted(scored):
        if n not in found and o not in taken:
            found[n] = o
            taken.add(o)
    return found


def _match_by(
    old: Sequence[_SceneText],
    new: Sequence[_SceneText],
    found: dict[int, int],
    key: Callable[[_SceneText], Hashable | None],
    allowed: Callable[[_SceneText, _SceneText], bool] = lambda o, n: True,
) -> None:
    """Match scenes with equal keys in order, where `allowed`; None is no key."""
    taken = set(found.values())
    waiting: dict[Hashable, list[int]] = {}
    for o, text in enumerate(old):
        if o not in taken and (value := key(text)) is not None:
            waiting.setdefault(value, []).append(o)
    for n, text in enumerate(new):
        value = key(text) if n not in found else None
        if value is not None and waiting.get(value) and allowed(old[waiting[value][0]], text):
            found[n] = waiting[value].pop(0)


def _written_number(text: _SceneText) -> str | None:
    return text.scene.number if text.scene and text.scene.numbered_by_script else None


def _scene_likeness(old: _SceneText, new: _SceneText) -> float:
    """0.4 of the heading and 0.6 of the content; a scene without content has its heading alone."""
    heading = _likeness(old.heading, new.heading)
    if not old.words and not new.words:
        return heading
    return 0.4 * heading + 0.6 * _likeness(old.words, new.words)


def _moved(scenes: dict[int, int]) -> set[int]:
    """New indices of scenes outside the longest run of matched scenes that kept their order."""
    news = sorted(scenes)
    tails: list[int] = []
    tops: list[int] = []
    previous: dict[int, int | None] = {}
    for n in news:
        at = bisect_left(tops, scenes[n])
        previous[n] = tails[at - 1] if at else None
        tails[at : at + 1] = [n]
        tops[at : at + 1] = [scenes[n]]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return set(news) - kept


# --- lines ---------------------------------------------------------------------------------------------------------


def _match_lines(old: Sequence[_Line], new: Sequence[_Line]) -> dict[str, _Line]:
    """New element id -> old line, in the order of both."""
    matched: dict[str, _Line] = {}
    matcher = SequenceMatcher(a=[line.key for line in old], b=[line.key for line in new], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            matched.update({n.id: o for o, n in zip(old[a0:a1], new[b0:b1], strict=True)})
        elif tag == "replace":
            matched.update(_align(old[a0:a1], new[b0:b1]))
    return matched


def _align(old: Sequence[_Line], new: Sequence[_Line]) -> dict[str, _Line]:
    """The alignment in order with the greatest sum of likeness, of lines of one kind that are like enough."""
    if len(old) * len(new) > _LARGEST_GAP:
        return {}
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    like = [[_line_likeness(o, n) for n in new] for o in old]
    for o in range(len(old) - 1, -1, -1):
        for n in range(len(new) - 1, -1, -1):
            both = like[o][n] + best[o + 1][n + 1] if like[o][n] else 0.0
            best[o][n] = max(both, best[o + 1][n], best[o][n + 1])
    matched: dict[str, _Line] = {}
    o = n = 0
    while o < len(old) and n < len(new):
        if like[o][n] and best[o][n] == like[o][n] + best[o + 1][n + 1]:
            matched[new[n].id] = old[o]
            o, n = o + 1, n + 1
        elif best[o][n] == best[o + 1][n]:
            o += 1
        else:
            n += 1
    return matched


def _line_likeness(old: _Line, new: _Line) -> float:
    if old.kind is not new.kind:
        return 0.0
    if old.kind is ElementKind.SCENE_HEADING:
        return 1.0
    likeness = _likeness(old.words, new.words)
    return likeness if likeness >= _LIKE_LINE else 0.0


def _match_moved(before: Sequence[_SceneText], after: Sequence[_SceneText], matched: dict[str, _Line]) -> None:
    """Longer lines with equal words that stand in another place or scene now."""
    taken = {line.id for line in matched.values()}
    free: dict[str, list[_Line]] = {}
    for text in before:
        for line in text.lines:
            if line.id not in taken and line.count >= _MOVED_WORDS and line.kind is not ElementKind.SCENE_HEADING:
                free.setdefault(line.key, []).append(line)
    for text in after:
        for line in text.lines:
            if line.id not in matched and free.get(line.key):
                matched[line.id] = free[line.key].pop(0)
