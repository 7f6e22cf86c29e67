"""Do generated shots hold a production's style? python bench/looks.py --quick

Three short screenplays are shot. A stroke painter, who stands in for the production's artist, paints at most three key
frames of each and, for comparison, every other frame as well. From the keys alone, each method makes the frames that it
has not seen; they are held against the painter's own. docs/looks-benchmark.md says what the figures mean.

Finished rows, paintings, weights and frames are kept under .bench/looks and used again while nothing that made them has
changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from painter import STYLES, paint
from PIL import Image
from styling.figures import Row, row, table
from styling.frames import SEQUENCES, Frame, Kind, Story, keys_of, kind_of, story
from styling.methods import ABLATIONS, METHODS, Key, Painter, Setting
from styling.sheet import Strip, sheet

from maquette.imaging.png import encode_png

U8 = NDArray[np.uint8]

HERE = Path(__file__).parent
FOLDER = HERE.parent / ".bench" / "looks"
SOURCE = HERE.parent / "src" / "maquette"
KEY_SEED, TRUTH_SEED = 1, 2
"""The painter never paints a frame twice alike: keys and comparison pictures have different seeds."""


@dataclass(frozen=True)
class Run:
    """What one row depends on beside the frames."""

    width: int
    height: int
    minutes: float
    take_frames: int
    seed: int
    chosen_keys: bool

    def keys(self, one: Story) -> tuple[str, ...]:
        """Shots that are painted."""
        return keys_of(one, self.chosen_keys)


def main() -> None:
    options = _options()
    width, height = (int(v) for v in options.size.split("x"))
    run = Run(width, height, options.minutes, options.take_frames, options.seed, options.chosen_keys)
    names, styles, methods = (text.split(",") for text in (options.sequences, options.styles, options.methods))
    methods += list(ABLATIONS) if options.ablations else []
    rows: list[Row] = []
    for name in names:
        one = story(name, width, height, run.take_frames, FOLDER)
        strips = [Strip("previs", {f.name: f.picture for f in one.stills})]
        for style in styles:
            made = {m: measured(one, style, m, run) for m in methods}
            rows += [found for found, _ in made.values()]
            strips.append(Strip(f"{style}: painter", paintings(one, style, run.keys(one))))
            strips += [Strip(f"{style}: {m}", made[m][1]) for m in options.show.split(",") if m in made]
        keys = run.keys(one)
        shots = [*keys, *(f.name for f in one.stills if f.name not in keys)]
        page = sheet(f"{name}, keys {', '.join(keys)}, {run.minutes:g} minutes", shots, keys, strips)
        page.save(FOLDER / f"{name}.png")
        print(f"{FOLDER / f'{name}.png'}", flush=True)
    (FOLDER / "results.json").write_text(json.dumps([r.json() for r in rows], indent=1))
    print(table(rows, styles, methods))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one sequence, two styles, 320x180: about 12 minutes")
    parser.add_argument("--sequences", default=",".join(SEQUENCES))
    parser.add_argument("--styles", default=",".join(STYLES))
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--ablations", action="store_true", help="the house model with one part taken away, too")
    parser.add_argument("--minutes", type=float, default=10.0, help="of training for each sequence and style")
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--take-frames", type=int, default=8, help="frames of the moving shot")
    parser.add_argument("--chosen-keys", action="store_true", help="paint what the house model would ask for")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", default="transfer,house+history", help="methods on the contact sheet")
    first = parser.parse_known_args()[0]
    if first.quick:
        parser.set_defaults(
            sequences=next(iter(SEQUENCES)), styles="oil,ink", size="320x180", minutes=3.0, take_frames=4
        )
    return parser.parse_args()


# --- one row ----------------------------------------------------------------------------------------------------


def measured(one: Story, style: str, method: str, run: Run) -> tuple[Row, dict[str, U8]]:
    """The figures of a method, and its stills by shot number; from disk where nothing changed."""
    place = FOLDER / "rows" / f"{one.name}-{style}-{method}-{_row_digest(one, style, method, run)}"
    if not (place / "row.json").exists():
        place.mkdir(parents=True, exist_ok=True)
        found, made = _made(one, style, method, run)
        for name, picture in made.items():
            (place / f"{name}.png").write_bytes(encode_png(picture))
        part = place / "row.part"
        part.write_text(json.dumps(found.json(), indent=1))
        part.replace(place / "row.json")
    found = Row(**json.loads((place / "row.json").read_text()))
    print(f"{one.name:16} {style:8} {method:16} fit {found.fit_s:6.1f} s, {found.frame_s:.2f} s a frame", flush=True)
    return found, {p.stem: _picture(p) for p in place.glob("*.png")}


def _made(one: Story, style: str, method: str, run: Run) -> tuple[Row, dict[str, U8]]:
    names = run.keys(one)
    truth = paintings(one, style, names)
    keys = [Key(f, painting(one, f, style, KEY_SEED)) for f in one.stills if f.name in names]
    kinds = {f.name: kind_of(f, [k.frame for k in keys]) for f in one.stills}
    code = hashlib.sha256(json.dumps([one.digest, names, *_code(learns=True)]).encode()).hexdigest()[:16]
    weights = FOLDER / "weights" / f"{one.name}-{style}-{run.minutes:g}-{run.seed}-{code}"
    setting = Setting(style=style, minutes=run.minutes, seed=run.seed, folder=weights)
    start = time.perf_counter()
    painter = (METHODS | ABLATIONS)[method](keys, setting)
    fit_s = time.perf_counter() - start
    unseen = [f for f in one.stills if kinds[f.name] is not Kind.KEY]
    made: dict[str, U8] = {}
    took: list[float] = []
    for frame in unseen:
        start = time.perf_counter()
        made[frame.name] = painter(frame.passes, frame.picture, None)
        took.append(time.perf_counter() - start)
    found = row(one.name, style, method, kinds, made, truth, one.take, _moving(one, painter), (fit_s, median(took)))
    return found, made


def _moving(one: Story, painter: Painter) -> list[U8]:
    """The moving shot, each frame with the one before at hand."""
    frames: list[U8] = []
    for frame in one.take:
        frames.append(painter(frame.passes, frame.picture, frames[-1] if frames else None))
    return frames


def paintings(one: Story, style: str, keys: Sequence[str]) -> dict[str, U8]:
    """Shot number -> the painter's picture: of keys, as the methods get it; of others, what they are held against."""
    return {f.name: painting(one, f, style, KEY_SEED if f.name in keys else TRUTH_SEED) for f in one.stills}


def painting(one: Story, frame: Frame, style: str, seed: int) -> U8:
    """A frame by the painter, kept on disk."""
    digest = hashlib.sha256(json.dumps([one.digest, style, seed, _sources(HERE / "painter")]).encode()).hexdigest()
    path = FOLDER / "paintings" / f"{one.name}-{frame.name}-{style}-{digest[:16]}.png"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(encode_png(paint(frame.passes, frame.picture, style, seed)))
        part.replace(path)
    return _picture(path)


def _picture(path: Path) -> U8:
    with Image.open(path) as opened:
        return np.asarray(opened.convert("RGB"))


def _row_digest(one: Story, style: str, method: str, run: Run) -> str:
    """Changes with everything that the row depends on, code included."""
    learns = method not in ("unstyled", "transfer", "painter", "carried")
    facts = [one.digest, run.keys(one), style, method, run.take_frames, run.seed, *([run.minutes] if learns else [])]
    code = [*_code(learns), _sources(SOURCE / "measure")]
    return hashlib.sha256(json.dumps([facts, code]).encode()).hexdigest()[:16]


def _code(learns: bool) -> list[str]:
    """What paints, and what learns to."""
    code = [_sources(HERE / "painter"), _sources(HERE / "styling")]
    return [*code, _sources(SOURCE / "house")] if learns else code


def _sources(folder: Path) -> str:
    """SHA-256 over the Python files of a folder."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()


if __name__ == "__main__":
    main()
