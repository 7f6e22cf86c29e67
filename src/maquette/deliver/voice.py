"""A scratch voice for lines that no actor has read yet: espeak-ng, where it is installed, on this machine alone."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from maquette.deliver.sound import Recording, read_sound
from maquette.film.errors import MediaError

PROGRAM = "espeak-ng"
MARK = "SCRATCH"
"""Said wherever the voice is named: it stands in for an actor and is none."""
USUAL_WPM = 165
"""As the dialogue estimate counts."""
FASTEST = 1.35
"""A line that is a little long is spoken so much faster at most: beyond that it would be gabble, and runs over."""
LONGEST_SIGNS = 2000
_TIMEOUT_S = 60
_OLD, _YOUNG = 60, 16


@dataclass(frozen=True)
class Voice:
    """How somebody's scratch voice sounds."""

    variant: str
    """espeak-ng's: m1 .. m7, f1 .. f5."""
    pitch: int
    """0..99, 50 is usual."""
    wpm: int = USUAL_WPM


def voice_of(name: str, sex: str | None, age_years: int | None) -> Voice:
    """A voice for a character: the same one every time, different from the others' as far as the variants go."""
    seed = int.from_bytes(hashlib.sha256(name.upper().encode()).digest()[:8], "big")
    female = sex == "female" or (sex is None and seed % 2 == 0)
    variant = f"f{1 + seed // 2 % 5}" if female else f"m{1 + seed // 2 % 7}"
    age = age_years if age_years is not None else 35
    pitch = (52 if female else 38) + (seed // 64) % 13 - 6
    pitch += 14 if age < _YOUNG else 0
    pitch -= 6 if age >= _OLD else 0
    return Voice(variant, max(5, min(95, pitch)), USUAL_WPM - (15 if age >= _OLD else 0))


def voice_program() -> str:
    """Where espeak-ng is. Raises MediaError where it is not installed."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise MediaError(
            f"A scratch voice needs {PROGRAM}, which is not on this machine: install it (apt install {PROGRAM}, "
            f"brew install {PROGRAM}), or leave --voice out."
        )
    return found


def speak(words: str, voice: Voice, slot_s: float, *, language: str = "en", program: str | None = None) -> Recording:
    """A line, spoken in about `slot_s` seconds: a little faster where it is a little long. Raises MediaError."""
    program = program or voice_program()

    def spoken(wpm: int) -> Recording:
        return _run(program, words[:LONGEST_SIGNS], voice, wpm, language)

    first = spoken(voice.wpm)
    length = float(first.length_s)
    if length <= slot_s or slot_s <= 0:
        return first
    return spoken(round(voice.wpm * min(FASTEST, 1.03 * length / slot_s)))


def _run(program: str, words: str, voice: Voice, wpm: int, language: str) -> Recording:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "line.wav"
        command = [program, "-v", f"{language}+{voice.variant}", "-p", str(voice.pitch), "-s", str(wpm),
                   "-w", str(out), "--stdin"]  # fmt: skip
        try:
            done = subprocess.run(command, input=words.encode(), capture_output=True, timeout=_TIMEOUT_S, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise MediaError(f"{PROGRAM} did not speak ({error}): install it anew, or leave --voice out.") from error
        if done.returncode or not out.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise MediaError(f"{PROGRAM} failed ({said[0] if said else 'no reason given'}): leave --voice out.")
        return read_sound(out)
