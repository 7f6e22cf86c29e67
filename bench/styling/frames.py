"""Frames of the benchmark's sequences, rendered once and kept: each shot as a still, some frames of a moving one."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import maquette
from maquette.direct.beats import beats_of
from maquette.film.face import Head
from maquette.film.passes import Passes
from maquette.film.request import FrameSettings
from maquette.film.shot import Shot
from maquette.film.stage import PlacedCamera
from maquette.film.take import Motion, ShootRequest
from maquette.house.choose import ranked, sight_of
from maquette.pipeline.production import Production
from maquette.render.renderer import RENDER_VERSION
from maquette.stage.build import STAGE_VERSION
from maquette.studio.develop import DEVELOP_VERSION, balanced
from maquette.studio.shoot import COHERENCE_VERSION, Shooting

U8 = NDArray[np.uint8]

EXAMPLES = Path(__file__).parents[2] / "examples" / "looks"
SEQUENCES = {"the-night-clerk": "2", "the-bee-lesson": "1D", "the-unsent-map": "2"}
"""Screenplay -> number of the shot that moves."""
WARM = 4
"""Frames shot before the first one that is kept, so that the light has settled."""
FRAMES_VERSION = 1
MOST_KEYS = 3
WIDE = ("EWS", "VWS", "WS", "FS")
ARRAYS = ("beauty", "albedo", "normal", "depth", "position", "object_id", "part_id")


class Kind(StrEnum):
    """What a shot is to the keys."""

    KEY = "key"
    """Painted by the artist."""
    SEEN = "seen"
    """A key shows the scene's light."""
    REVERSE = "reverse"
    """So it does, but the camera looks the other way (over 90 degrees) than in every near key of the scene."""
    UNSEEN = "unseen"
    """No key is of this scene."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One frame: what a painter is given."""

    name: str
    """Number of the shot."""
    scene: str
    size: str
    """Of the shot, as a board names it ("CU")."""
    passes: Passes
    """Light balanced."""
    picture: U8
    """(H, W, 3) sRGB codes as developed."""

    @property
    def view(self) -> NDArray[np.float64]:
        """(3,) unit vector in which the camera looks."""
        camera = self.passes.camera
        way = np.array(camera.look_at) - np.array(camera.position)
        return way / np.linalg.norm(way)


@dataclass(frozen=True, eq=False)
class Story:
    """A screenplay's shots."""

    name: str
    digest: str
    """Of the script, the size and what renders it."""
    stills: tuple[Frame, ...]
    take: tuple[Frame, ...]
    """Successive frames of one shot; each has "motion_back" and "motion_back_visible" in `Passes.extra`."""


def story(name: str, width: int, height: int, take_frames: int, folder: Path) -> Story:
    """A sequence from the cache in `folder`, rendered if it is not there."""
    script = EXAMPLES / f"{name}.fountain"
    versions = (FRAMES_VERSION, STAGE_VERSION, RENDER_VERSION, DEVELOP_VERSION, COHERENCE_VERSION)
    whole = json.dumps([width, height, take_frames, SEQUENCES[name], versions]).encode() + script.read_bytes()
    digest = hashlib.sha256(whole).hexdigest()[:16]
    place = folder / "frames" / f"{name}-{width}x{height}-{digest}"
    if not (place / "finished").exists():
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as own, maquette.new(Path(own) / "film", script=script) as production:
            for i, frame in enumerate(_stills(production, width, height)):
                _write(place / f"still-{i:02d}.npz", frame)
            for i, frame in enumerate(_take(production, SEQUENCES[name], width, height, take_frames)):
                _write(place / f"take-{i:02d}.npz", frame)
        (place / "finished").touch()
    stills, take = (tuple(_read(p) for p in sorted(place.glob(f"{kind}-*.npz"))) for kind in ("still", "take"))
    return Story(name, digest, stills, take)


def _stills(production: Production, width: int, height: int) -> Iterator[Frame]:
    for shot in production.shots:
        request = production.request(production.screenplay, shot, FrameSettings(width=width, height=height))
        drawn = production.studio.draw(request)
        yield _frame(shot, drawn.passes, drawn.pixels)


def _take(production: Production, number: str, width: int, height: int, count: int) -> Iterator[Frame]:
    """The middle of a moving shot."""
    direction = production.direction
    shot = next(s for s in production.shots if s.number == number)
    directed = direction.directed(shot)
    frame = FrameSettings(width=width, height=height)
    picture = production.request_as(directed, production.screenplay, frame, timed=True)
    motion = Motion(frames=WARM + count)
    scene = next(s for s in production.screenplay.scenes if s.id == shot.scene_id)
    names = [i.name for i in picture.scene_cast]
    beats = beats_of(scene, directed.shot, names, production.screenplay.cast)
    request = ShootRequest(picture=picture, beats=beats, motion=motion, coherence=COHERENCE_VERSION)
    shooting = Shooting(production.studio, request)
    shooting.starts_at = motion.rate.seconds(motion.rate.frames(Fraction(directed.shot.duration_s) / 2))
    for shown in shooting.frames():
        if shown.index >= WARM:
            yield _frame(shot, shown.passes, shown.pixels)


def _frame(shot: Shot, passes: Passes, picture: U8) -> Frame:
    return Frame(shot.number, shot.scene_id, str(shot.size.value), balanced(passes), picture)


# --- on disk ----------------------------------------------------------------------------------------------------


def _write(path: Path, frame: Frame) -> None:
    passes = frame.passes
    arrays: dict[str, Any] = {name: getattr(passes, name) for name in ARRAYS}
    arrays |= {f"extra_{name}": value for name, value in passes.extra.items()}
    arrays |= {"picture": frame.picture} | ({} if passes.rest is None else {"rest": passes.rest})
    heads = [{f.name: np.asarray(getattr(h, f.name)).tolist() for f in fields(Head)} for h in passes.heads]
    facts = {
        "name": frame.name, "scene": frame.scene, "size": frame.size, "objects": passes.object_names,
        "parts": passes.part_names, "camera": asdict(passes.camera), "heads": heads,
    }  # fmt: skip
    part = path.with_suffix(".part.npz")
    np.savez(part, facts=np.array(json.dumps(facts)), **arrays)
    part.replace(path)


def _read(path: Path) -> Frame:
    with np.load(path, allow_pickle=False) as stored:
        facts = json.loads(str(stored["facts"]))
        arrays = {name: stored[name] for name in stored.files if name != "facts"}
    camera: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts["camera"].items()}
    passes = Passes(
        **{name: arrays[name] for name in ARRAYS},
        object_names=tuple(facts["objects"]),
        part_names=tuple(facts["parts"]),
        camera=PlacedCamera(**camera),
        rest=arrays.get("rest"),
        heads=tuple(_head(h) for h in facts["heads"]),
        extra={k.removeprefix("extra_"): v for k, v in arrays.items() if k.startswith("extra_")},
    )
    return Frame(facts["name"], facts["scene"], facts["size"], passes, arrays["picture"])


def _head(facts: dict[str, Any]) -> Head:
    whole: dict[str, Any] = {k: np.array(v) if isinstance(v, list) else v for k, v in facts.items()}
    return Head(**(whole | {k: whole[k].astype(np.float32) for k in ("points", "normals")}))


# --- keys -------------------------------------------------------------------------------------------------------


def keys_of(one: Story, chosen: bool = False) -> tuple[str, ...]:
    """Shots that the artist paints: the first one, the first close-up, and the first of the next scene. The angles
    opposite to the close-up stay unseen. chosen: those that the house model would ask for instead, one by one."""
    if chosen:
        sights = [sight_of(f"shot {f.name}", f.passes, f.picture) for f in one.stills]
        return tuple(c.name.removeprefix("shot ") for c in ranked(sights, [], MOST_KEYS))
    first = one.stills[0]
    close = next(f for f in one.stills if f.size in ("CU", "BCU", "ECU"))
    other = next(f for f in one.stills if f.scene != first.scene)
    return tuple(dict.fromkeys((first.name, close.name, other.name)))


def kind_of(frame: Frame, keys: Sequence[Frame]) -> Kind:
    """What a frame is to the painted ones. A wide key shows the whole place, but small; so what is the reverse angle is
    decided by the near keys."""
    if any(frame.name == k.name for k in keys):
        return Kind.KEY
    same = [k for k in keys if k.scene == frame.scene]
    if not same:
        return Kind.UNSEEN
    near = [float(frame.view @ k.view) for k in same if k.size not in WIDE]
    return Kind.REVERSE if near and max(near) < 0 else Kind.SEEN


def motion_of(frames: Sequence[Frame]) -> tuple[list[NDArray[np.float32]], list[NDArray[np.bool_]]]:
    """Motion to the frame before and where it was seen there, for each frame but the first."""
    back = [f.passes.extra["motion_back"] for f in frames[1:]]
    return back, [f.passes.extra["motion_back_visible"] > 0 for f in frames[1:]]
