"""The house model of a look: trained on its paintings, on this machine; and which frame is best painted next."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maquette.film.errors import UsageError
from maquette.film.look import HouseModel, KeyPainting, Look
from maquette.film.shot import Shot, ShotStatus
from maquette.film.style import PanelStyle
from maquette.pipeline.frames import preview_of
from maquette.pipeline.key_frames import frame_called
from maquette.pipeline.key_pairs import KeyPair, key_pairs
from maquette.pipeline.paintover import look_named
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress, silent
from maquette.pipeline.sights import kept_sight, sight_of_request
from maquette.script.shot_list import select
from maquette.store.files import write_whole
from maquette.store.folder import only_writer

if TYPE_CHECKING:
    from maquette.house.choose import Choice, Outside, Sight
    from maquette.house.crops import Example
    from maquette.house.train import Progress as Step

FOLDER = "house"
WEIGHTS = ".safetensors"
SHORTEST_MIN, LONGEST_MIN = 0.1, 600.0
FRAME_MINUTES = 0.2
"""What it takes to make the frame of a key again."""
CHECKPOINT_EVERY = 25
"""Steps that a kill costs at most."""
STEPS_SHOWN = 100
"""A progress bar counts parts of the whole, since nobody knows beforehand how many steps the time allows."""


@dataclass(frozen=True)
class TrainedLook:
    """A look with its house model."""

    look: Look
    model: HouseModel
    loss: float
    stopped_early: bool
    """It got no better before the time was up."""
    seconds: float
    preview: Path | None
    """Parts of the keys beside what the network makes of them."""


@dataclass(frozen=True)
class NextKeys:
    """What to paint next."""

    choices: tuple[Choice, ...]
    """Best first; each counts on those before it. Empty: nothing is left to gain."""
    frames: int
    """Shots that were looked at."""


@dataclass(frozen=True)
class Covered:
    """How far one shot lies outside the paintings."""

    shot: Shot
    outside: Outside


def train_look(
    production: Production,
    name: str,
    *,
    minutes: float = 10.0,
    steps: int | None = None,
    seed: int = 0,
    device: str = "cpu",
    progress: Progress | None = None,
    watch: Callable[[Step], None] | None = None,
) -> TrainedLook:
    """Train the house model of a look from nothing but its keys, and make it what the look is drawn with.

    minutes: how long it may take, preparation included. steps: exactly so many instead, for results that can be had
    again. A call that was stopped goes on where it was, as long as keys, time and seed are the same. Raises UsageError
    for values that make no sense and for a look without keys.
    """
    from maquette.house.train import Settings, dataset_digest, device_named, train

    if not SHORTEST_MIN <= minutes <= LONGEST_MIN:
        raise UsageError(f"Training takes {SHORTEST_MIN:g} to {LONGEST_MIN:g} minutes, not {minutes:g}; 10 are usual.")
    device_named(device)
    look = look_named(production, name)
    told = progress or silent
    with only_writer(production.root):
        examples = [_example(pair) for pair in key_pairs(production, look, told)]
        dataset = dataset_digest(examples)
        learning = _learning_minutes(minutes, len(examples))
        settings = Settings(minutes=learning, steps=steps, seed=seed, device=device, checkpoint_every=CHECKPOINT_EVERY)
        folder = production.root / FOLDER / f"{dataset[:16]}-{seed}"
        preview = folder / "preview.png"

        def stepped(step: Step) -> None:
            told(round(step.share * STEPS_SHOWN), STEPS_SHOWN, f"step {step.step}, loss {step.loss:.3f}")
            if step.preview is not None:
                write_whole(preview, step.preview)
            if watch is not None:
                watch(step)

        trained = train(examples, settings, folder / "state", stepped)
        lineage = trained.lineage
        model = HouseModel(
            weights=production.folder.media.put(trained.weights, WEIGHTS),
            keys=tuple(k.painting for k in look.keys),
            dataset=lineage.dataset,
            steps=lineage.steps,
            seed=seed,
            version=lineage.version,
        )
        kept = look.model_copy(
            update={"recipe": look.recipe.model_copy(update={"house": model, "style": PanelStyle.HOUSE})}
        )
        with production.database.together():
            production.database.put("look", look.name, kept)
            production.database.log(
                "train", f"{look.name}: {lineage.steps} steps on {len(examples)} painting{'s' * (len(examples) != 1)}"
            )
        shutil.rmtree(folder / "state", ignore_errors=True)
    shown = preview if preview.is_file() else None
    return TrainedLook(kept, model, trained.loss, trained.stopped_early, lineage.seconds, shown)


def next_keys(
    production: Production, name: str, *, shots: str | None = None, count: int = 1, progress: Progress | None = None
) -> NextKeys:
    """The frames whose painting would bring most of the sequence inside what is painted, with reasons.

    A look without keys is asked, too: then it is the first frame to paint. shots: "1,3-5"; None: all that are not
    omitted.
    """
    from maquette.house.choose import ranked

    look = look_named(production, name)
    sights = [sight for _, sight in _sights(production, shots, progress or silent)]
    keys = _key_sights(production, look)
    return NextKeys(tuple(ranked(sights, keys, min(count, len(sights)))), len(sights))


def coverage(
    production: Production, name: str, *, shots: str | None = None, progress: Progress | None = None
) -> tuple[Covered, ...]:
    """How far each shot lies outside the look's paintings, in script order."""
    from maquette.house.choose import outside

    look = look_named(production, name)
    keys = _key_sights(production, look)
    return tuple(Covered(shot, outside(sight, keys)) for shot, sight in _sights(production, shots, progress or silent))


# --- inside ---------------------------------------------------------------------------------------------------------


def _example(pair: KeyPair) -> Example:
    from maquette.house.crops import Example

    called = frame_called(pair.key.shot_number, pair.key.moment_s)
    return Example(pair.passes, pair.picture, pair.painting, called)


def _learning_minutes(minutes: float, keys: int) -> float:
    """What is left for learning once the keys' frames are made; the same whenever a stopped training goes on."""
    return minutes - min(FRAME_MINUTES * keys, minutes / 3)


def _key_sights(production: Production, look: Look) -> list[Sight]:
    return [_key_sight(production, look, key) for key in look.keys]


def _key_sight(production: Production, look: Look, key: KeyPainting) -> Sight:
    name = frame_called(key.shot_number, key.moment_s)

    def made() -> Sight:
        from maquette.house.choose import sight_of

        pair = key_pairs(production, look.model_copy(update={"keys": (key,)}))[0]
        return sight_of(name, pair.passes, pair.picture)

    return kept_sight(production, [key.request, key.painting, *map(str, key.shift_px)], name, made)


def _sights(production: Production, shots: str | None, told: Progress) -> Sequence[tuple[Shot, Sight]]:
    """Every shot as it opens, small."""
    listed = select(production.shot_list, "all" if shots is None else shots)
    chosen = [s for s in listed if s.status is not ShotStatus.OMITTED]
    if not chosen:
        raise UsageError("There are no shots to look at: all of them are omitted or none was listed.")
    frame = preview_of(production.settings, PanelStyle.PHOTO.value)
    screenplay = production.screenplay
    found: list[tuple[Shot, Sight]] = []
    for done, shot in enumerate(chosen):
        told(done, len(chosen), shot.number)
        request = production.request(screenplay, shot, frame).model_copy(update={"look": None})
        name = frame_called(shot.number, request.moment_s)
        found.append((shot, sight_of_request(production, name, request)))
    told(len(chosen), len(chosen), "")
    return found
