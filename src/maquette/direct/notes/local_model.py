"""A GGUF file of the user's own behind `LanguageModel`, through llama-cpp-python where that is installed."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from maquette.film.errors import UsageError

_PROMPT = """You read a film director's note and answer with settings of controls, one a line, as
NAME=VALUE | the words of the note
Use only these controls and only what the note asks for. Write NONE if it asks for nothing.

{controls}

Note: {note}
Settings:
"""
_LINE = re.compile(r"^\s*[-*]?\s*([a-z][a-z-]*\s*=\s*[^|]+?)\s*(?:\|\s*(.*?))?\s*$")
MAX_TOKENS = 256
CONTEXT_TOKENS = 8192
MAX_SETTINGS = 12


class LocalModel:
    """A language model that runs on this machine from a file that the user has."""

    def __init__(self, path: Path) -> None:
        """Raises UsageError if the file is missing or no GGUF, or if llama-cpp-python is not installed."""
        if not path.is_file():
            raise UsageError(f"There is no language model at {path}: give the path of a GGUF file.")
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                raise UsageError(f"{path} is not a GGUF file: give the path of a language model in that format.")
        try:
            llama_cpp = importlib.import_module("llama_cpp")
        except ImportError as error:
            raise UsageError("A language model needs llama-cpp-python: pip install 'maquette[llm]'.") from error
        self._llama = llama_cpp.Llama(model_path=str(path), n_ctx=CONTEXT_TOKENS, seed=0, verbose=False)

    def propose(self, note: str, controls_description: str, now: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
        """Settings with the words that led to them, as the model writes them, greedily and so always the same."""
        prompt = _PROMPT.format(controls=controls_description, note=note)
        answer = self._llama(prompt, max_tokens=MAX_TOKENS, temperature=0.0, stop=["\n\n", "Note:"])
        return parse_answer(str(answer["choices"][0]["text"]), note)


def parse_answer(answer: str, note: str) -> list[tuple[str, str]]:
    """The lines of an answer that have the form of a setting; words that are not in the note become the note."""
    pairs: list[tuple[str, str]] = []
    for line in answer.splitlines():
        match = _LINE.match(line)
        if match:
            words = (match[2] or "").strip(" \"'")
            spoken = bool(words) and words.lower() in note.lower()
            pairs.append((re.sub(r"\s*=\s*", "=", match[1]), words if spoken else note))
    return pairs[:MAX_SETTINGS]
