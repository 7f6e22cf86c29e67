"""A production of three shots, with pictures and sounds that nothing has to be rendered for."""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import maquette
from maquette.film.production import ProductionSettings
from maquette.film.settings import Density, ShotListSettings
from maquette.film.take import TakeRecord
from maquette.pipeline import Production
from maquette.store.database import PanelRecord

SCRIPT = """Title: The Cut

INT. ROOM - DAY

[[shot: WS MARA, static, 4s]]

MARA stands at the window.

[[shot: CU MARA, push in, 3s]]

MARA
Nobody comes here any more.

DISSOLVE TO:

EXT. STREET - NIGHT

[[shot: WS TOM, static, 5s]]

TOM runs.

FADE OUT.
"""
SIZE = (64, 36)


def small_film(root: Path, rate: str = "24", script: str = SCRIPT) -> Production:
    """The production in `root`; shots 1, 1A and 2, of 4, 3 and 5 seconds."""
    file = root.with_suffix(".fountain")
    file.write_text(script, encoding="utf-8")
    listing = ShotListSettings(density=Density.ASKED_ONLY)
    return maquette.new(root, script=file, settings=ProductionSettings(rate=rate, shot_list=listing))


def flat(value: int, size: tuple[int, int] = SIZE) -> NDArray[np.uint8]:
    """A grey picture."""
    return np.full((size[1], size[0], 3), value, np.uint8)


def png(pixels: NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def put_panel(production: Production, number: str, pixels: NDArray[np.uint8], moment: str = "0") -> None:
    """Store a picture as a drawn panel of a shot."""
    shot = next(s for s in production.shots if s.number == number)
    height, width = pixels.shape[:2]
    body = json.dumps({"moment_s": moment, "frame": {"width": width, "height": height, "style": "photo"}})
    media = production.folder.media.put(png(pixels), ".png")
    production.database.put_panel(PanelRecord(f"{number}@{moment}", shot.id, body, media, ".png", {}))


def put_take(
    production: Production, number: str, frames: int, *, take: int = 1, handles: int = 0, circled: bool = False
) -> TakeRecord:  # fmt: skip
    """Store a take whose frames grow brighter by one grey value a frame, from 40 on."""
    from maquette.film.rate import RATES

    shot = next(s for s in production.shots if s.number == number)
    record = TakeRecord(
        request=f"{shot.id}-{take}".encode().hex().ljust(64, "0"), shot_id=shot.id, shot_number=number, number=take,
        rate=RATES[production.settings.rate], frames=frames, handles=handles, width=SIZE[0], height=SIZE[1], seed=1,
        circled=circled,
    )  # fmt: skip
    production.database.put("take", record.request, record)
    folder = production.take_folder(record)
    for i in range(frames + 2 * handles):
        folder.put_frame(i, png(flat(40 + i)))
    return record


def put_wav(path: Path, samples: NDArray[np.float64], rate: int = 48_000) -> Path:
    """A 16-bit WAV of (N,) or (N, channels) samples in -1..1."""
    data = (np.clip(samples, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if data.ndim == 1 else data.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(data.tobytes())
    return path
