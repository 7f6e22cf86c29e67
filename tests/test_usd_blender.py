"""A shot as USD, read back by Blender where it is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maquette.deliver.exr import read_exr
from maquette.deliver.usd_camera import camera_matrix
from maquette.deliver.usd_lights import rectangle
from maquette.film.stage import BodyKind, Sky
from tests.usd_stages import CAMERA, box, filmed, moment, write

BLENDER = Path(__file__).resolve().parents[1] / ".bench" / "venv" / "bin" / "python"

READ = """
import sys, json
import bpy, numpy as np
bpy.ops.wm.read_factory_settings(use_empty=True)
scene = bpy.context.scene
scene.world = bpy.data.worlds.new("world")
bpy.ops.wm.usd_import(filepath=sys.argv[1])
scene = bpy.context.scene
camera = next(o for o in bpy.data.objects if o.type == "CAMERA")
found = {"frames": [scene.frame_start, scene.frame_end], "fps": scene.render.fps / scene.render.fps_base,
         "lens": camera.data.lens, "sensor": camera.data.sensor_width, "stop": camera.data.dof.aperture_fstop,
         "focus": camera.data.dof.focus_distance, "objects": sorted(o.name for o in bpy.data.objects),
         "lights": sum(o.type == "LIGHT" for o in bpy.data.objects), "at": {}}
for frame in map(int, sys.argv[2].split(",")):
    scene.frame_set(frame)
    graph = bpy.context.evaluated_depsgraph_get()
    boxes = {}
    for o in bpy.data.objects:
        if o.type == "MESH":
            e = o.evaluated_get(graph)
            p = np.zeros(len(e.data.vertices) * 3, np.float32)
            e.data.vertices.foreach_get("co", p)
            m = np.array(e.matrix_world)
            p = p.reshape(-1, 3) @ m[:3, :3].T + m[:3, 3]
            boxes[o.name] = [p.min(0).tolist(), p.max(0).tolist()]
    found["at"][frame] = {"camera": np.array(camera.evaluated_get(graph).matrix_world).tolist(), "boxes": boxes}
if len(sys.argv) > 3:
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 4
    scene.cycles.use_denoising = False
    scene.render.resolution_x, scene.render.resolution_y = 32, 18
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.filepath = sys.argv[3]
    bpy.ops.render.render(write_still=True)
print("FOUND" + json.dumps(found))
"""


def in_blender(path: Path, frames: str, picture: Path | None = None) -> dict[str, Any]:
    """What Blender's importer makes of a file."""
    command = [str(blender()), "-c", READ, str(path), frames, *([str(picture)] if picture else [])]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""})
    line = next((t for t in done.stdout.splitlines() if t.startswith("FOUND")), None)
    assert line is not None, done.stdout[-2000:] + done.stderr[-2000:]
    assert "Invalid face data" not in done.stdout + done.stderr
    return json.loads(line.removeprefix("FOUND"))


def blender() -> Path:
    """A Python that has it. Skips where there is none."""
    python = next((p for p in (BLENDER, Path(sys.executable)) if p.exists() and _has_bpy(p)), None)
    if python is None:
        pytest.skip("no Blender as a module: pip install 'bpy>=5,<6' into .bench/venv (make bench does)")
    return python


def _has_bpy(python: Path) -> bool:
    find = "import importlib.util, sys; sys.exit(importlib.util.find_spec('bpy') is None)"
    return subprocess.run([str(python), "-c", find], capture_output=True).returncode == 0


def test_blender_reads_the_same_lens_places_and_people(tmp_path: Path) -> None:
    blender()
    path, moments = filmed(tmp_path)
    found = in_blender(path, "1000,1004")
    assert found["frames"] == [1000, 1004] and found["fps"] == 24  # Blender rounds the rate; frames are the same
    camera = moments[0].camera
    assert found["lens"] == pytest.approx(camera.lens_mm, abs=0.1)
    assert found["sensor"] == pytest.approx(camera.sensor_width_mm, abs=0.1)
    for frame, now in ((1000, moments[0]), (1004, moments[4])):
        seen = found["at"][str(frame)]
        assert np.abs(np.array(seen["camera"])[:3, 3] - now.camera.position).max() < 1e-3
        assert np.allclose(np.array(seen["camera"])[:3, :3].T, camera_matrix(now.camera)[:3, :3], atol=1e-5)
        for body in now.bodies:
            if body.kind is BodyKind.CAST:
                box_of = np.array(seen["boxes"][body.name.removeprefix("cast/")])
                assert np.abs(box_of[0] - body.vertices.min(axis=0)).max() < 1e-3
                assert np.abs(box_of[1] - body.vertices.max(axis=0)).max() < 1e-3
    assert found["lights"] == sum(not la.visible and rectangle(la) is not None for la in moments[0].lamps)
    assert "wall_north" not in found["objects"] and "wall_south" in found["objects"]


def test_blender_reads_depth_of_field_squeeze_and_the_sky(tmp_path: Path) -> None:
    """The sky is bright towards +X alone, red above and green below; the camera looks there."""
    radiance = np.zeros((32, 64, 3), np.float32)
    radiance[:16, 8:24, 0] = 1
    radiance[16:, 8:24, 1] = 1
    at = {
        "east": replace(CAMERA, position=(0, 0, 1), look_at=(5, 0, 1), roll_deg=0),
        "north": replace(CAMERA, position=(0, 0, 1), look_at=(0, 5, 1), roll_deg=0),
    }
    means: dict[str, Any] = {}
    for name, camera in at.items():
        path = tmp_path / f"{name}.usdc"
        hidden = box("prop/cup", BodyKind.PROP, (0, 0, -50))
        write(path, lambda i, c=camera, b=hidden: moment(b, lamps=(), camera=c, sky=Sky(radiance)))
        found = in_blender(path, "1001", tmp_path / f"{name}.exr")
        assert found["stop"] == pytest.approx(2.8, abs=1e-4) and found["focus"] == pytest.approx(3.7, abs=1e-4)
        assert found["lens"] == pytest.approx(40, abs=0.1) and found["sensor"] == pytest.approx(24.89 * 1.8, abs=0.1)
        channels, _ = read_exr(tmp_path / f"{name}.exr")
        ends = {c.rsplit(".", 1)[-1]: v for c, v in channels.items()}
        means[name] = {c: (float(ends[c][:8].mean()), float(ends[c][10:].mean())) for c in "RG"}
    assert means["east"]["R"][0] > 0.8 and means["east"]["R"][1] < 0.1
    assert means["east"]["G"][1] > 0.8 and means["east"]["G"][0] < 0.1
    assert max(*means["north"]["R"], *means["north"]["G"]) < 0.05
