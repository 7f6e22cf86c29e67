"""Frame rates as exact fractions, and timecode (SMPTE ST 12-1)."""

from __future__ import annotations

import re
from fractions import Fraction

from pydantic import field_validator

from maquette.film.base import Noun
from maquette.film.errors import UsageError


class Rate(Noun):
    """Frames a second, and how their timecode counts."""

    fps: Fraction
    """24, 24000/1001 ... never a float."""
    drop_frame: bool = False
    """Timecode skips frame numbers (not frames) to keep up with the clock: 29.97 and 59.94 only."""

    @field_validator("fps")
    @classmethod
    def _possible(cls, value: Fraction) -> Fraction:
        if not 1 <= value <= 240:
            raise ValueError("a frame rate lies between 1 and 240 frames a second")
        return value

    @property
    def name(self) -> str:
        """As crews say it: "23.976", "25", "29.97 DF"."""
        return next((n for n, r in RATES.items() if r == self), str(self.fps))

    @property
    def nominal(self) -> int:
        """Frames that one second of timecode counts: 24 for 23.976, 30 for 29.97."""
        return round(self.fps)

    def seconds(self, frames: int) -> Fraction:
        """Exact time of the start of frame number `frames`, counted from 0."""
        return Fraction(frames) / self.fps

    def frames(self, seconds: Fraction) -> int:
        """Whole frames nearest to a running time."""
        return round(seconds * self.fps)


RATES: dict[str, Rate] = {
    "23.976": Rate(fps=Fraction(24000, 1001)),
    "24": Rate(fps=Fraction(24)),
    "25": Rate(fps=Fraction(25)),
    "29.97": Rate(fps=Fraction(30000, 1001)),
    "29.97 DF": Rate(fps=Fraction(30000, 1001), drop_frame=True),
    "30": Rate(fps=Fraction(30)),
    "47.952": Rate(fps=Fraction(48000, 1001)),
    "48": Rate(fps=Fraction(48)),
    "50": Rate(fps=Fraction(50)),
    "59.94": Rate(fps=Fraction(60000, 1001)),
    "59.94 DF": Rate(fps=Fraction(60000, 1001), drop_frame=True),
    "60": Rate(fps=Fraction(60)),
}
_SYNONYMS = {
    "23.98": "23.976", "24000/1001": "23.976", "30000/1001": "29.97", "29.97 NDF": "29.97", "48000/1001": "47.952",
    "60000/1001": "59.94", "59.94 NDF": "59.94", "29.97DF": "29.97 DF", "59.94DF": "59.94 DF", "29.97NDF": "29.97",
    "59.94NDF": "59.94", "23.98P": "23.976", "24P": "24", "25P": "25",
}  # fmt: skip


def rate_named(text: str) -> Rate:
    """The rate that crews call so: "24", "23.976", "29.97 DF", "24000/1001". Raises UsageError for another."""
    name = " ".join(text.upper().replace("FPS", "").split())
    found = RATES.get(_SYNONYMS.get(name, name))
    if found is None:
        raise UsageError(f'"{text}" is no frame rate of film or television: use one of {", ".join(RATES)}.')
    return found


FIRST_TIMECODE = "01:00:00:00"
"""Where a program starts by custom."""
_TIMECODE = re.compile(r"(\d{2}):(\d{2}):(\d{2})([:;])(\d{2})")


def timecode(frame: int, rate: Rate) -> str:
    """HH:MM:SS:FF of a frame counted from 00:00:00:00; drop frame is written with a semicolon."""
    base = rate.nominal
    if rate.drop_frame:
        dropped = base // 15  # numbers that every minute but the tenth leaves out: 2 at 29.97
        minute, ten = base * 60 - dropped, base * 600 - 9 * dropped
        tens, rest = divmod(frame, ten)
        frame += 9 * dropped * tens + (dropped * ((rest - dropped) // minute) if rest >= dropped else 0)
    seconds, ff = divmod(frame, base)
    minutes, ss = divmod(seconds, 60)
    hours, mm = divmod(minutes, 60)
    return f"{hours % 24:02d}:{mm:02d}:{ss:02d}{';' if rate.drop_frame else ':'}{ff:02d}"


def frame_at(text: str, rate: Rate) -> int:
    """The frame, counted from 00:00:00:00, that has this timecode. Raises UsageError for what is none at `rate`."""
    match = _TIMECODE.fullmatch(text.strip())
    if match is None:
        raise UsageError(f'"{text}" is no timecode: write HH:MM:SS:FF, such as {FIRST_TIMECODE}.')
    hh, mm, ss, ff = (int(match.group(i)) for i in (1, 2, 3, 5))
    base = rate.nominal
    if mm > 59 or ss > 59 or ff >= base:
        raise UsageError(f'"{text}" is no timecode at {rate.name} frames a second: frames count 00 to {base - 1:02d}.')
    frame = ((hh * 60 + mm) * 60 + ss) * base + ff
    if not rate.drop_frame:
        return frame
    dropped, minutes = base // 15, hh * 60 + mm
    if mm % 10 and ss == 0 and ff < dropped:
        raise UsageError(f'"{text}" is a number that drop-frame timecode skips: use ;{dropped:02d} or later.')
    return frame - dropped * (minutes - minutes // 10)
