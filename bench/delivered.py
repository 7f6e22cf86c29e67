"""Asked and delivered on random control settings: `.venv/bin/python bench/delivered.py [--settings 200] [--seed 1]`.

Each setting states a size, an angle, a lens, a roll, a lighting pattern or an angle of the key, the side of the frame
it comes from, a ratio and a colour temperature, on shots of four sets by day and night. What the pictures came to is
measured in pictures of 640x360, the light also on a grey card that a meter holds to the face of the final stage
(another seed, four times the paths), so that it does not depend on what of the face the camera sees.

Settings that contradict themselves in the room (a low angle on a full figure needs a hole in the floor) are not
sampled: angles are steep only for close sizes. Everything else that fails counts as a miss, and is listed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import maquette
from maquette.film.delivered import Quantity
from maquette.film.face import face_angles, in_planes, lit_and_shadow
from maquette.film.metering import LightReading
from maquette.film.request import FrameSettings
from maquette.film.stage import Moment
from maquette.imaging.color import LUMINANCE
from maquette.imaging.kelvin import rgb_to_kelvin
from maquette.pipeline import Production

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SHOTS = ("2E", "2C", "3C", "3D", "5A", "5C", "4C", "4A")
"""Two single shots in each of four sets: diner by day, office by day, kitchen at night, street in the afternoon."""
PATTERNS = ("three-point", "loop", "rembrandt", "split", "broad", "short", "far-side key", "low-key", "chiaroscuro")
SIDED = ("three-point", "loop", "rembrandt", "split", "low-key", "chiaroscuro")
"""Patterns whose side is free."""
SIZES = ("FS", "MLS", "COWBOY", "MS", "MCU", "CU", "BCU")
CLOSE = ("MS", "MCU", "CU", "BCU")
FRAME = FrameSettings(width=640, height=360)
WANTED = {Quantity.SIZE: 0.98, Quantity.ANGLE: 1.0, Quantity.KEY_SIDE: 0.98, Quantity.RATIO: 1.0,
          Quantity.TEMPERATURE: 1.0}  # fmt: skip


@dataclass
class Tally:
    right: int = 0
    wrong: int = 0
    unseen: int = 0
    misses: list[str] = field(default_factory=list)

    def note(self, within: bool | None, what: str) -> None:
        if within is None:
            self.unseen += 1
        elif within:
            self.right += 1
        else:
            self.wrong += 1
            self.misses.append(what)


def random_settings(rng: np.random.Generator) -> list[str]:
    """One setting of every control that is held against the picture."""
    size = str(rng.choice(SIZES))
    low, high = (-30.0, 25.0) if size in CLOSE else (-25.0, 4.0)
    settings = [f"size={size}", f"pitch={rng.uniform(low, high):.1f}", f"roll={rng.uniform(-12, 12):.1f}"]
    if rng.random() < 0.5:
        settings.append(f"lens={rng.choice([32, 40, 50, 65, 75, 85])}")
    if rng.random() < 0.7:
        pattern = str(rng.choice(PATTERNS))
        settings.append(f"lighting={pattern}")
        sided = pattern in SIDED
    else:
        settings += [f"key-azimuth={rng.uniform(30, 95):.0f}", f"key-height={rng.uniform(-10, 45):.0f}"]
        sided = True
    if sided:
        settings.append(f"key-side={rng.choice(['left', 'right'])}")
    settings.append(f"key-fill={2 ** rng.uniform(0.6, 3.2):.2f}:1")
    settings.append(f"key-kelvin={1e6 / rng.uniform(1e6 / 7000, 1e6 / 2300):.0f}")
    return settings


def on_card(moment: Moment, reading: LightReading, key_azimuth_deg: float) -> tuple[float, float]:
    """(ratio, kelvin) on cards at the face's planes."""
    head = moment.heads[0]
    azimuth, elevation = face_angles(head, head.normals.astype(np.float64))
    lit, shadow = (
        reading.face[in_planes(azimuth, elevation, planes)].sum(axis=1).mean(axis=0, dtype=np.float64)
        for planes in lit_and_shadow(key_azimuth_deg)
    )
    return float(lit @ LUMINANCE / max(shadow @ LUMINANCE, 1e-9)), float(rgb_to_kelvin(lit)[0])


def measure(production: Production, number: str, settings: list[str], tallies: dict[str, Tally]) -> None:
    direction, studio = production.direction, production.studio
    shot = direction.shot(number)
    directed = direction.directed(shot, direction.with_settings(shot, settings))
    request = production.request_as(directed, production.screenplay, FRAME)
    drawn = studio.draw(request)
    for quantity in WANTED:
        reading = drawn.delivered.reading(quantity)
        assert reading is not None
        words = f"{number} {' '.join(settings)}: {reading.delivered or '-'} ({reading.miss or reading.note})"
        tallies[quantity.value].note(reading.within, words)
    moment, asked = studio.moment(request)
    assert asked.key_azimuth_deg is not None and asked.key_fill_ratio is not None and asked.key_kelvin is not None
    card = studio.renderer.meter(moment, FRAME.width / FRAME.height, seed=977, samples=512)
    ratio, kelvin = on_card(moment, card, asked.key_azimuth_deg)
    stops = abs(float(np.log2(ratio / asked.key_fill_ratio)))
    said = any("Key:fill comes to" in n for n in drawn.notes)
    tallies["key:fill on a card"].note(stops <= 0.5, f"{number} {' '.join(settings)}: {ratio:.2f}:1" + " (said)" * said)
    off = abs(kelvin - asked.key_kelvin)
    tallies["temperature on a card"].note(off <= 300, f"{number} {' '.join(settings)}: {kelvin:.0f} K")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="List every miss.")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    tallies: dict[str, Tally] = defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        production = maquette.new(Path(folder) / "film", script=EXAMPLES / "the-last-ferry.fountain")
        with production:
            for index in range(options.settings):
                measure(production, SHOTS[index % len(SHOTS)], random_settings(rng), tallies)
    for name, tally in tallies.items():
        judged = tally.right + tally.wrong
        share = 100 * tally.right / max(judged, 1)
        unseen = f", {tally.unseen} not in the picture" if tally.unseen else ""
        print(f"{name:<22} {share:5.1f}% within tolerance ({tally.right} of {judged}{unseen})")
        if options.misses:
            for miss in tally.misses:
                print("    ", miss)


if __name__ == "__main__":
    main()
