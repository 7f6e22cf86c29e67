"""The seam for a language model that the user plugs in. It reads what grammar and dictionary left over; never a remote
one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from maquette.film.control_table import CONTROL_LIST, ControlSpec, Kind, format_value


class LanguageModel(Protocol):
    """Reads free words as settings."""

    def propose(self, note: str, controls_description: str, now: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
        """(setting, words) pairs: a setting such as "lens=85" and the words of the note that led to it.

        `controls_description` is one line for each control. What is returned is checked: a setting that no control
        takes is dropped with a remark.
        """
        ...


def describe_controls(now: Mapping[str, Any]) -> str:
    """One line for each control: its name, what it does, what it takes, and what holds."""
    return "\n".join(_line(spec, now.get(spec.name)) for spec in CONTROL_LIST)


def _line(spec: ControlSpec, value: Any) -> str:
    if spec.kind is Kind.NUMBER:
        takes = f"{spec.low:g} to {spec.high:g} {spec.unit}".strip()
    elif spec.kind is Kind.WORD:
        takes = ", ".join(spec.vocabulary)
    elif spec.kind is Kind.SWITCH:
        takes = "on, off"
    else:
        takes = str(spec.kind)
    return f"{spec.name}: {spec.says} ({takes}; now {format_value(spec, value)})"
