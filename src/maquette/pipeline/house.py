"""The house model of a look: trained on its paintings, on this machine; and which frame is best painted next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from maquette.film.errors import UsageError
from maquette.film.look import HouseModel, KeyPainting, Look
from maquette.film.rate import RATES
from maquette.film.shot import Shot, ShotStatus
from maquette.film.style import PanelStyle
from maquette.pipeline.frames import preview_of
from maquette.pipeline.key_frames import frame_called
from maquette.pipeline.key_pairs import KeyPair, key_pairs
from maquette.pipeline.looks import Looks
from maquette.pipeline.paintover import look_named
from maquette.pipeline.production import Production, panels_of
from maquette.pipeline.results import Progress, silent
from maquette.pipeline.sights import kept_sight, sight_of_request
from maquette.script.shot_list import select
from maquette.store.files import file_errors, write_whole
from maquette.store.folder import only_writer

if TYPE_CHECKING:
    from maquette.house.choose import Choice, Outside, Sight
    from maquette.house.crops import Example
    from maquette.house.train import Progress as Step
    from maquette.house.train import Trained

FOLDER, STATE = "house", "state"
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
    """Frames that were looked at: the first of each shot, and the last of those that move."""


@dataclass(frozen=True)
class Covered:
    """How far one shot lies outside the paintings, where it lies farthest."""

    shot: Shot
    outside: Outside
    moment_s: Fraction = Fraction(0)

    @property
    def state(self) -> str:
        """ "covered", "in part" or "outside"."""
        from maquette.house.choose import WARN

        if self.outside.warning is None:
            return "covered"
        return "outside" if self.outside.share >= WARN else "in part"


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
    again. A call that was stopped goes on where it was, as long as keys, time and seed are the same. Others may work on
    the production meanwhile. Raises UsageError for values that make no sense and for a look without keys.
    """
    from maquette.house.checkpoint import remove_checkpoints
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

    with file_errors(folder, "making"):
        folder.mkdir(parents=True, exist_ok=True)
    with only_writer(folder):
        trained = train(examples, settings, folder / STATE, stepped)
        kept = _keep(production, look, trained, seed)
        remove_checkpoints(folder / STATE, trained.identity)
    shown = preview if preview.is_file() else None
    model = kept.recipe.house
    assert model is not None
    return TrainedLook(kept, model, trained.loss, trained.stopped_early, trained.lineage.seconds, shown)


def _keep(production: Production, trained_on: Look, trained: Trained, seed: int) -> Look:
    """The look as it is by now, with its model."""
    lineage = trained.lineage
    with only_writer(production.root, waits=True), production.database.together():
        look = look_named(production, trained_on.name)
        model = HouseModel(
            weights=production.folder.media.put(trained.weights, WEIGHTS),
            keys=tuple(k.painting for k in trained_on.keys),
            dataset=lineage.dataset,
            steps=lineage.steps,
            seed=seed,
            version=lineage.version,
        )
        kept = look.model_copy(
            update={"recipe": look.recipe.model_copy(update={"house": model, "style": PanelStyle.HOUSE})}
        )
        production.database.put("look", look.name, kept)
        count = len(model.keys)
        production.database.log("train", f"{look.name}: {lineage.steps} steps on {count} painting{'s' * (count != 1)}")
    return kept


def next_keys(
    production: Production, name: str, *, shots: str | None = None, count: int = 1, progress: Progress | None = None
) -> NextKeys:
    """The frames whose painting would bring most of the sequence inside what is painted, with reasons.

    A look without keys is asked, too: then it is the first frame to paint. shots: "1,3-5"; None: all that are not
    omitted.
    """
    from maquette.house.choose import ranked

    look = look_named(production, name)
    sights = [sight for _, _, sight in _sights(production, _chosen(production, shots), progress or silent)]
    keys = _key_sights(production, look)
    return NextKeys(tuple(ranked(sights, keys, min(count, len(sights)))), len(sights))


def coverage(
    production: Production, name: str, *, shots: str | None = None, progress: Progress | None = None
) -> tuple[Covered, ...]:
    """How far each shot lies outside the look's paintings, in script order."""
    from maquette.house.choose import outside

    look = look_named(production, name)
    keys = _key_sights(production, look)
    farthest: dict[str, Covered] = {}
    for shot, moment, sight in _sights(production, _chosen(production, shots), progress or silent):
        found = Covered(shot, outside(sight, keys), moment)
        before = farthest.get(shot.id)
        if before is None or found.outside.share > before.outside.share:
            farthest[shot.id] = found
    return tuple(farthest.values())


def painted_notes(production: Production, shots: Sequence[Shot]) -> tuple[str, ...]:
    """What people should be told who have these shots painted by house models: which of them lie outside the paintings,
    and which models were trained before their paintings changed. Nothing where no look paints."""
    from maquette.house.choose import outside

    looks = Looks(production)
    notes: list[str] = []
    for shot in shots:
        use = looks.use(shot)
        if use is None or not use.look or looks.styled(shot) is not PanelStyle.HOUSE:
            continue
        look = looks.look(use.look)
        keys = _key_sights(production, look)
        told = [outside(sight, keys) for _, _, sight in _sights(production, [shot], silent)]
        worst = max(told, key=lambda o: o.share)
        notes += [*looks.stale(look), *([worst.warning] if worst.warning else [])]
    return tuple(dict.fromkeys(notes))


# --- inside ---------------------------------------------------------------------------------------------------------


def _example(pair: KeyPair) -> Example:
    from maquette.house.crops import Example

    called = frame_called(pair.key.shot_number, pair.key.moment_s)
    return Example(pair.passes, pair.picture, pair.painting, called, pair.painted)


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


def _chosen(production: Production, shots: str | None) -> list[Shot]:
    listed = select(production.shot_list, "all" if shots is None else shots)
    chosen = [s for s in listed if s.status is not ShotStatus.OMITTED]
    if not chosen:
        raise UsageError("There are no shots to look at: all of them are omitted or none was listed.")
    return chosen


def _sights(production: Production, chosen: Sequence[Shot], told: Progress) -> list[tuple[Shot, Fraction, Sight]]:
    """Every shot as it opens, and as it ends where its camera moves; small."""
    frame = preview_of(production.settings, PanelStyle.PHOTO.value)
    screenplay = production.screenplay
    found: list[tuple[Shot, Fraction, Sight]] = []
    for done, shot in enumerate(chosen):
        told(done, len(chosen), shot.number)
        directed = production.direction.directed(shot)
        for moment in _moments(production, directed.shot):
            request = production.request_as(directed, screenplay, frame, moment).model_copy(update={"look": None})
            found.append((shot, moment, sight_of_request(production, frame_called(shot.number, moment), request)))
    told(len(chosen), len(chosen), "")
    return found


def _moments(production: Production, shot: Shot) -> tuple[Fraction, ...]:
    """Seconds into the shot, of frames that can be painted over: the last tenth of a second counts as the end."""
    if panels_of(shot) == 1:
        return (Fraction(0),)
    rate = RATES[production.settings.rate]
    last = (max(1, rate.frames(shot.duration_s)) - 1) / rate.fps
    return (Fraction(0), Fraction(floor(10 * last), 10))
