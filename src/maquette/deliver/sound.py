"""Sound: any usual file in, 48 kHz stereo out, mixed to the exact sample.

A frame of picture lasts 48000 / rate samples, which is no whole number at 29.97: `samples_before` rounds the running
total, so that sound and picture never drift apart however long the film is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

from maquette.film.errors import MediaError
from maquette.film.rate import Rate
from maquette.film.sound import SOUND_RATE
from maquette.film.timeline import Sound, SoundKind, Timeline

CHANNELS = 2
FADE_S = Fraction(5, 1000)
"""At both ends of every sound: a cut in the middle of a wave clicks."""
DUCK_DB = -8.0
"""Music under dialogue."""
DUCK_RAMP_S = Fraction(15, 100)
CEILING = 0.98
"""Full scale is left alone: lossy codecs overshoot."""
KNEE = 0.8
"""Samples below it stay as they are; louder ones bend towards the ceiling."""
LONGEST_S = 4 * 3600
_FORMATS = "wav,w64,mp3,flac,ogg,aiff,aac,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,caf"
"""Demuxers that may open a file: no playlists, no picture lists, nothing that opens other files."""
_SPEAKING = (SoundKind.DIALOGUE, SoundKind.SCRATCH)


@dataclass(frozen=True)
class Recording:
    """A sound file, decoded."""

    samples: NDArray[np.float32]
    """(N, 2), -1..1 at `SOUND_RATE`; lies on disk and is read where it is needed."""
    peak: float
    """Largest absolute sample."""
    notes: tuple[str, ...] = ()

    @property
    def length_s(self) -> Fraction:
        return Fraction(len(self.samples), SOUND_RATE)


def samples_before(frame: int, rate: Rate) -> int:
    """Samples from the start to the start of a frame: 48000 * frame / rate, rounded once."""
    return round(SOUND_RATE * rate.seconds(frame))


# --- reading --------------------------------------------------------------------------------------------------


def read_sound(path: Path, scratch: Path | None = None) -> Recording:
    """Decode WAV, MP3, FLAC, OGG, M4A, AIFF or the sound of a movie.

    scratch: folder for the decoded samples; None: the system's. A file that is cut off reads as far as it goes, with a
    note. Raises MediaError, one sentence, for what is no sound.
    """
    if not path.is_file():
        raise MediaError(f"There is no sound file {path}: check the name.")
    if path.stat().st_size == 0:
        raise MediaError(f"{path.name} is empty: export the sound again.")
    options = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
    try:
        with av.open(str(path.resolve()), options=options) as container:
            if not container.streams.audio:
                raise MediaError(f"{path.name} is a movie without sound: choose a file that has some.")
            return _decoded(container, path, scratch)
    except (FFmpegError, ValueError) as error:
        raise MediaError(
            f"{path.name} is no sound that can be read: use WAV, MP3, FLAC, OGG or M4A, or export it again."
        ) from error


def _decoded(container: InputContainer, path: Path, scratch: Path | None) -> Recording:
    """Decode into a file without a name: a long track must not fill the memory."""
    peak, total, notes = 0.0, 0, list[str]()
    with tempfile.TemporaryFile(dir=scratch, suffix=".f32") as file:
        try:
            for block in _blocks(container):
                peak = max(peak, float(np.abs(block).max(initial=0.0)))
                total += len(block)
                file.write(block.tobytes())
                if total > LONGEST_S * SOUND_RATE:
                    raise MediaError(f"{path.name} is longer than {LONGEST_S // 3600} hours: cut it to what is needed.")
        except FFmpegError as error:
            if not total:
                raise
            notes.append(f"{path.name} breaks off after {total / SOUND_RATE:.1f} s ({error.strerror or 'damaged'}).")
        if not total:
            raise MediaError(f"{path.name} has no sound in it: export it again.")
        file.flush()
        expected = container.duration / av.time_base if container.duration else 0.0
        short = total / SOUND_RATE < expected - max(0.5, expected * 0.02)
        if not notes and (short or _lacks_its_end(path)):
            notes.append(f"{path.name} breaks off after {total / SOUND_RATE:.1f} s: export it again if there was more.")
        samples = np.memmap(file, dtype=np.float32, mode="r", shape=(total, CHANNELS))
    return Recording(samples, peak, tuple(notes))


def _lacks_its_end(path: Path) -> bool:
    """Whether a WAV file is shorter than it says at its beginning: FFmpeg reads on without a word."""
    with path.open("rb") as file:
        head = file.read(8)
    size = int.from_bytes(head[4:8], "little")
    return head[:4] == b"RIFF" and 0 < size < 2**32 - 1 and size + 8 > path.stat().st_size


def _blocks(container: InputContainer) -> Iterator[NDArray[np.float32]]:
    """(n, 2) float blocks at `SOUND_RATE`; samples that are no number are silence."""
    stream = container.streams.audio[0]
    # One channel is heard from both sides as it is; FFmpeg would make it 3 dB softer.
    mono = stream.codec_context.channels == 1
    resampler = av.AudioResampler(format="flt", layout="mono" if mono else "stereo", rate=SOUND_RATE)
    for frame in container.decode(stream):
        frame.pts = None  # gaps in the times of a file are not silence that anybody recorded
        for out in resampler.resample(frame):
            yield _block(out)
    for out in resampler.resample(None):
        yield _block(out)


def _block(frame: av.AudioFrame) -> NDArray[np.float32]:
    samples = frame.to_ndarray().reshape(-1, frame.layout.nb_channels).astype(np.float32, copy=False)
    stereo = np.broadcast_to(samples, (len(samples), CHANNELS))
    return np.nan_to_num(stereo, nan=0.0, posinf=0.0, neginf=0.0)


# --- mixing ---------------------------------------------------------------------------------------------------


class Mixer:
    """The sound of a timeline, block by block."""

    def __init__(self, timeline: Timeline, recordings: Mapping[str, Recording], *, duck: bool = True) -> None:
        """recordings: by the names of the timeline's sounds. duck: music steps back under dialogue.

        Raises MediaError for a sound without recording.
        """
        missing = [s.name for s in timeline.sounds if s.name not in recordings]
        if missing:
            raise MediaError(f"There is no recording of the sound {missing[0]}: add its file again.")
        self._timeline = timeline
        self._parts = [_Part(s, recordings[s.name], timeline.rate) for s in timeline.sounds]
        spoken = [(p.start, p.end) for p in self._parts if p.kind in _SPEAKING]
        self._speech = _joined(spoken, int(2 * DUCK_RAMP_S * SOUND_RATE)) if duck else []

    @property
    def length(self) -> int:
        """Samples of the whole."""
        return samples_before(self._timeline.length, self._timeline.rate)

    def frame(self, frame: int) -> NDArray[np.float32]:
        """(n, 2) samples that belong to one frame of picture; n differs by one at most."""
        rate = self._timeline.rate
        start = samples_before(frame, rate)
        return self.block(start, samples_before(frame + 1, rate) - start)

    def block(self, start: int, count: int) -> NDArray[np.float32]:
        """(count, 2) mixed samples from sample `start` on, within +-`CEILING`."""
        mixed = np.zeros((count, CHANNELS), np.float32)
        ducked: NDArray[np.float32] | None = None
        for part in self._parts:
            heard = part.block(start, count)
            if heard is None:
                continue
            if part.kind is SoundKind.MUSIC and self._speech:
                ducked = _duck(self._speech, start, count) if ducked is None else ducked
                heard = heard * ducked[:, None]
            mixed += heard
        return limited(mixed)


class _Part:
    """One sound, placed in samples."""

    def __init__(self, sound: Sound, recording: Recording, rate: Rate) -> None:
        self.kind = sound.kind
        times = sound.times(rate)
        self.start, self._from = round(SOUND_RATE * times.start_s), round(SOUND_RATE * times.source_s)
        wanted = round(SOUND_RATE * (times.start_s + times.length_s)) - self.start
        self._samples = recording.samples
        self._length = max(0, min(wanted, len(recording.samples) - self._from))
        self._gain = np.float32(10 ** (sound.gain_db / 20))
        self.end = self.start + self._length

    def block(self, start: int, count: int) -> NDArray[np.float32] | None:
        """(count, 2) samples from `start` of the timeline on; None where it is silent."""
        first, last = max(start, self.start), min(start + count, self.end)
        if first >= last:
            return None
        inside = np.arange(first - self.start, last - self.start)
        fade = max(1, min(int(FADE_S * SOUND_RATE), self._length // 2))
        # A sound that starts with its file has its own attack: only what was cut into is faded in.
        head = np.minimum((inside + 1) / fade, 1.0) if self._from else 1.0
        tail = np.minimum((self._length - inside) / fade, 1.0)
        envelope = (head * tail * self._gain).astype(np.float32)
        out = np.zeros((count, CHANNELS), np.float32)
        at = self._from + first - self.start
        out[first - start : last - start] = self._samples[at : at + last - first] * envelope[:, None]
        return out


def limited(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Samples beyond `KNEE` bent smoothly towards `CEILING`, which none exceeds: loud, not broken."""
    loud = np.abs(samples)
    if loud.max(initial=0.0) <= KNEE:
        return samples
    room = CEILING - KNEE
    bent = KNEE + room * np.tanh((loud - KNEE) / room)
    return np.where(loud > KNEE, np.copysign(bent, samples), samples).astype(np.float32)


def _joined(stretches: Sequence[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Stretches in order; those less than `gap` apart are one: music must not pump between two words."""
    found = list[tuple[int, int]]()
    for start, end in sorted(stretches):
        if found and start - found[-1][1] < gap:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _duck(speech: Sequence[tuple[int, int]], start: int, count: int) -> NDArray[np.float32]:
    """(count,) gain of the music: `DUCK_DB` while somebody speaks, with ramps before and after."""
    ramp = int(DUCK_RAMP_S * SOUND_RATE)
    at = np.arange(start, start + count)
    down = np.zeros(count)
    for first, last in speech:
        if first - ramp < start + count and last + ramp > start:
            away = np.maximum(np.maximum(first - at, at - last), 0)
            down = np.maximum(down, np.clip(1 - away / ramp, 0, 1))
    return (10 ** (DUCK_DB * down / 20)).astype(np.float32)
