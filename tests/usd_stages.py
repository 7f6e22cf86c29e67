"""Stages for USD, and what reads it back."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pxr.UsdValidation

import maquette
from maquette.deliver.usd import write_usd
from maquette.deliver.usd_library import Usd, UsdGeom
from maquette.film.rate import RATES
from maquette.film.request import FrameSettings
from maquette.film.stage import Body, BodyKind, Lamp, LampRole, Moment, PlacedCamera
from maquette.film.take import Motion
from maquette.stage.build import build_stage

UsdValidation: Any = pxr.UsdValidation

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RATE = RATES["23.976"]
MOTION = Motion(rate=RATE, frames=3, handles=1)


# --- stages -----------------------------------------------------------------------------------------------------


def box(name: str, kind: BodyKind, shift: tuple[float, float, float] = (0, 0, 0), **more: Any) -> Body:
    """A tetrahedron with one named thing to it."""
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32) + np.array(shift, np.float32)
    faces = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.uint32)
    values: dict[str, Any] = {
        "base_color": np.full((4, 3), 0.25, np.float32), "roughness": np.full(4, 0.4, np.float32), **more,
    }  # fmt: skip
    return Body(name, kind, vertices, faces, **values)


KEY = Lamp(
    "key", LampRole.KEY,
    np.array([[0, 0, 2], [0, 0, 3], [0, 2, 3], [0, 2, 2]], np.float32), np.array([[0, 1, 2], [0, 2, 3]], np.uint32),
    (8.0, 4.0, 2.0), visible=False, beam=4.0,
)  # fmt: skip
CAMERA = PlacedCamera((0.5, -4, 1.5), (0.3, 0, 1.2), roll_deg=7, lens_mm=40, t_stop=2.8, focus_m=3.7, squeeze=1.8,
                      aspect=2.39, exposure_stops=1.5)  # fmt: skip


def moment(*bodies: Body, **more: Any) -> Moment:
    return Moment(bodies or (box("prop/cup", BodyKind.PROP),), more.pop("lamps", (KEY,)), more.pop("sky", None),
                  more.pop("camera", CAMERA), **more)  # fmt: skip


def write(path: Path, stage_at: Callable[[int], Moment], motion: Motion = MOTION) -> Any:
    """Writes a stage given by frame index and opens it."""
    write_usd(path, lambda t: stage_at(round(t * motion.rate.fps) + motion.handles), motion, title="1A", metadata={})
    return Usd.Stage.Open(str(path))


def filmed(folder: Path) -> tuple[Path, list[Moment]]:
    """The first shot of the short example, two people in a room, five frames with handles, and its moments."""
    with maquette.new(folder / "film", script=EXAMPLES / "the-chipped-cup.fountain") as production:
        frame = FrameSettings(width=160, height=90, samples_per_pixel=1, path_depth=2)
        stage = build_stage(production.request(production.screenplay, production.shots[0], frame, Fraction(0)))
    moments = [stage.at(MOTION.time_of(i)) for i in range(MOTION.total)]
    path = folder / "shot 1.usdc"
    notes = write_usd(
        path, lambda t: moments[round(t * RATE.fps) + 1], MOTION, title="The chipped cup · 1",
        metadata={"shot": "1", "research_mark": "for study only"},
    )  # fmt: skip
    assert [n.split()[0] for n in notes] == ["Blender", "Lamps", "USD", "Walls"]
    return path, moments


def errors_of(path: Path) -> list[str]:
    """What usdchecker says: its validators, all of them."""
    context = UsdValidation.ValidationContext(UsdValidation.ValidationRegistry().GetOrLoadAllValidators())
    return [f"{e.GetName()}: {e.GetMessage()}" for e in context.Validate(Usd.Stage.Open(str(path)))]


def points_at(stage: Any, path: str, frame: float) -> Any:
    return np.array(UsdGeom.Mesh.Get(stage, path).GetPointsAttr().Get(frame))
