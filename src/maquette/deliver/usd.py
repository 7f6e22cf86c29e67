"""A shot as a USD file: set, props, cast, camera and lights over time, for Blender, Houdini, Maya, Unreal or usdview.

/Shot (assembly)   /Set /Props /Cast (meshes)   /Camera   /Heads (nulls)   /Lights   /Materials

The world is ours: metres, Z up. Frames are numbered as image sequences are: the cut starts at 1001, the head handle
lies before it. People are cached meshes with points for every frame that changes them (`usd_bodies` says why). A wild
wall, which the camera looks through, is `visibility = invisible` on the frames where it is wild and carries
`maquette:wild`: readers then see what the shot sees, at the price that the hidden wall holds no light in either. Switch
it on for other views.

`write_camera_usd` is the small exchange of a camera: Blender, Nuke, Maya, Houdini and Unreal read it. There is no
Alembic: the registry's `alembic` migrates databases, and the one wheel of the geometry cache (`alembic3d` 1.8, not
official) ends the whole program when a file cannot grow: half a file would be left and nothing said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from maquette.deliver.usd_bodies import BodiesWriter
from maquette.deliver.usd_camera import CameraWriter, HeadsWriter
from maquette.deliver.usd_file import ROOT, SAVE_EVERY, first_frame, usd_file
from maquette.deliver.usd_library import UsdGeom
from maquette.deliver.usd_lights import LightsWriter
from maquette.deliver.usd_materials import Materials
from maquette.film.stage import Moment
from maquette.film.take import Motion

StageAt = Callable[[Fraction], Moment]
Progress = Callable[[int, int], None]


def write_usd(
    path: Path,
    stage_at: StageAt,
    motion: Motion,
    *,
    title: str,
    metadata: Mapping[str, str],
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Writes a take's stage; returns notes: what USD cannot carry of it.

    `stage_at` is asked once for every frame, in order, at its time in seconds into the shot. `.usdc`, `.usd` and
    `.usda` have their pictures in `<stem>_textures/` beside them, `.usdz` within. `metadata` goes into the layer's
    custom data, its `research_mark` into the documentation. `progress` is told frames done and to do. A few frames are
    held in memory, however long the take. Moments whose lamps are dimmed and whose exposure is set (no `balance`, no
    `metered_level`) give a file that is lit as the picture is.
    Raises MediaError for another suffix or an impossible length, DiskFull on a full disk; nothing is then left.
    """
    notes: dict[str, None] = {}
    rate = motion.rate
    if rate.fps.denominator != 1:
        notes[f"Blender rounds {rate.name} to {rate.nominal} frames a second: set its frame rate by hand."] = None
    with usd_file(path, motion) as file:
        file.head(motion, title, metadata)
        start, stage = first_frame(motion), file.stage
        UsdGeom.Scope.Define(stage, f"{ROOT}/Materials")
        materials = Materials(stage, f"{ROOT}/Materials", file.textures)
        bodies = BodiesWriter(stage, ROOT, materials, start)
        lights = LightsWriter(stage, f"{ROOT}/Lights", materials, file.textures, start)
        camera = CameraWriter(stage, f"{ROOT}/Camera", motion)
        heads = HeadsWriter(stage, f"{ROOT}/Heads")
        for index in range(motion.total):
            moment = stage_at(motion.time_of(index))
            bodies.put(start + index, moment.bodies)
            lights.put(start + index, moment.lamps, moment.sky)
            camera.put(start + index, moment)
            heads.put(start + index, moment.heads)
            if index == 0:
                notes |= dict.fromkeys(_at_start(stage, moment))
            if index % SAVE_EVERY == SAVE_EVERY - 1:
                file.save()
            if progress is not None:
                progress(index + 1, motion.total)
        if bodies.wild:
            notes["Walls that the camera looks through are invisible; switch them on for other views."] = None
    return tuple(notes)


def write_camera_usd(
    path: Path, camera_at: StageAt, motion: Motion, *, title: str, metadata: Mapping[str, str]
) -> tuple[str, ...]:
    """Writes the camera and a null for every head, nothing else, for any 3D or compositing program.

    As `write_usd`, without pictures. Bodies and lamps of the moments are not looked at, beyond the far clipping plane.
    """
    with usd_file(path, motion) as file:
        file.head(motion, title, metadata)
        start = first_frame(motion)
        camera = CameraWriter(file.stage, f"{ROOT}/Camera", motion)
        heads = HeadsWriter(file.stage, f"{ROOT}/Heads")
        for index in range(motion.total):
            moment = camera_at(motion.time_of(index))
            camera.put(start + index, moment)
            heads.put(start + index, moment.heads)
    return ()


def _at_start(stage: Any, moment: Moment) -> list[str]:
    """What is set on the root prim once, and said to the user."""
    notes: list[str] = []
    haze, root = moment.haze, stage.GetPrimAtPath(ROOT)
    if haze.extinction_per_m > 0:
        root.SetCustomDataByKey("maquette:hazeExtinctionPerM", float(haze.extinction_per_m))
        root.SetCustomDataByKey("maquette:hazeColor", " ".join(f"{c:.5g}" for c in haze.color))
        notes.append("USD has no haze: its density and colour are in the custom data of /Shot.")
    if moment.balance is not None or moment.camera.metered_level is not None:
        notes.append("Lamps and exposure are as planned: no light meter has set them.")
    if moment.camera.white_balance_k != 6500.0:
        notes.append(f"USD cameras have no white balance: {moment.camera.white_balance_k:g} K is in custom data.")
    return notes
