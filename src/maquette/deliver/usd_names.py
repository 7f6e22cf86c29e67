"""Names of things as identifiers that every USD reader takes: ASCII letters, digits and underscores, unique."""

from __future__ import annotations

import re
import unicodedata


def identifier(name: str) -> str:
    """One path element for `name`, never empty.

    Accents are dropped, other scripts become their code points: "Café" -> "Cafe", "李" -> "u674E". USD itself allows
    most of Unicode since 24.03, many programs that read it do not.
    """
    letters: list[str] = []
    for c in unicodedata.normalize("NFKD", name):
        if c.isascii():
            letters.append(c if c.isalnum() else "_")
        elif not unicodedata.combining(c):
            letters.append(f"_u{ord(c):04X}_")
    text = re.sub(r"_+", "_", "".join(letters)).strip("_") or "unnamed"
    return f"_{text}" if text[0].isdigit() else text


class Names:
    """Identifiers handed out below one prim: another name never gets the same one."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self._used: set[str] = set()

    def of(self, name: str) -> str:
        """The identifier of `name`; the same one each time it is asked for.

        Told apart without regard to case: programs that save each part as a file must not write over their own.
        """
        if name not in self._taken:
            base, count = identifier(name), 1
            chosen = base
            while chosen.lower() in self._used:
                count += 1
                chosen = f"{base}_{count}"
            self._used.add(chosen.lower())
            self._taken[name] = chosen
        return self._taken[name]
