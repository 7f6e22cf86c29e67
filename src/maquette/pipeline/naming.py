"""The production's naming scheme for what leaves it: `<title>_<shot>` and `<title>_<shot>_t<take>`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maquette.film.screenplay import Screenplay
from maquette.film.shot import Shot
from maquette.pipeline.names import file_name

RESEARCH_MARK = "RESEARCH - NOT FOR COMMERCIAL USE"
"""What everything that leaves a production says, until people have put consent and a legal framework on record."""
_LONGEST = 48
"""Signs of a title in a name: what a file system and an editor's list can take with the rest."""


def title_slug(screenplay: Screenplay) -> str:
    """ "The Last Ferry" is "the-last-ferry"; without a title the script's file name, else "untitled"."""
    for text in (screenplay.title, screenplay.source_name.rpartition(".")[0]):
        words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
        if words:
            return "-".join(words)[:_LONGEST].rstrip("-")
    return "untitled"


class ClipNames:
    """Names of what leaves a production; no two shots share one, whatever signs their numbers have."""

    def __init__(self, screenplay: Screenplay, shots: Sequence[Shot]) -> None:
        """shots: all of the production's."""
        self._title = title_slug(screenplay)
        self._numbers = dict(zip((s.id for s in shots), _apart(file_name(s.number) for s in shots), strict=True))

    def number(self, shot: Shot) -> str:
        """The shot's number as it stands in the name."""
        return self._numbers[shot.id]

    def of(self, shot: Shot, take: int | None = None) -> str:
        """ "the-last-ferry_3A_t1"; without a take "the-last-ferry_3A"."""
        name = f"{self._title}_{self._numbers[shot.id]}"
        return name if take is None else f"{name}_t{take}"


def _apart(numbers: Iterable[str]) -> tuple[str, ...]:
    """Numbers that file names cannot tell apart ("1/A" and "1_A") get a count: "1_A" and "1_A-2"."""
    return _counted(numbers, "-")


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order; one that was there before gets `_v2`, `_v3` ..., which conforming reads as the same."""
    return _counted(names, "_v")


def _counted(names: Iterable[str], sign: str) -> tuple[str, ...]:
    """The names in their order; one that was there before, in whatever case, gets the sign and a count from 2."""
    taken, found = set[str](), list[str]()
    for name in names:
        unique, count = name, 1
        while unique.lower() in taken:
            count += 1
            unique = f"{name}{sign}{count}"
        taken.add(unique.lower())
        found.append(unique)
    return tuple(found)
