"""What a delivery has come to so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Delivery:
    """Files in a folder, and what is to be said about them."""

    folder: Path
    files: list[Path] = field(default_factory=list[Path])
    """Files, and folders of sequences."""
    said: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """(what about, sentence)"""

    def add(self, path: Path, notes: Sequence[str] = (), about: str = "") -> None:
        """Count a finished file, with what its format could not carry."""
        self.files.append(path)
        self.say(notes, about)

    def say(self, notes: Sequence[str], about: str = "") -> None:
        """Keep sentences for whoever asked for the delivery."""
        self.said += [(about, note) for note in notes]

    @property
    def notes(self) -> tuple[str, ...]:
        """Every sentence once, with all it is about."""
        about: dict[str, list[str]] = {}
        for what, note in self.said:
            about.setdefault(note, [])
            if what and what not in about[note]:
                about[note].append(what)
        return tuple(f"{listed(what)}: {note}" if what else note for note, what in about.items())


def listed(names: Sequence[str]) -> str:
    """The first of many, and how many more."""
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
