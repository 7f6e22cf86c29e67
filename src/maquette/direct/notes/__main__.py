"""`python -m maquette.direct.notes` embeds the described vocabulary anew: needed after a change of its examples."""

from __future__ import annotations

from maquette.direct.notes.directions import FILE, write
from maquette.direct.notes.meaning import described_phrases

if __name__ == "__main__":
    phrases = described_phrases()
    write(phrases)
    print(f"{len(set(phrases))} phrases in {FILE.name}")
