"""Renders a stage that `run.py` exported, with Blender's Cycles: 4 samples, OIDN, CPU. Needs bpy; prints JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time

import bpy
import numpy as np
from mathutils import Vector


def material(name: str, emission: tuple[float, float, float] | None) -> object:
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    tree = made.node_tree
    shader = tree.nodes["Principled BSDF"]
    if emission is None:
        color = tree.nodes.new("ShaderNodeVertexColor")
        color.layer_name = "color"
        tree.links.new(color.outputs["Color"], shader.inputs["Base Color"])
        shader.inputs["Roughness"].default_value = 0.6
    else:
        shader.inputs["Emission Color"].default_value = (*emission, 1.0)
        shader.inputs["Emission Strength"].default_value = 1.0
    return made


def mesh_object(name: str, vertices: np.ndarray, faces: np.ndarray, made: object) -> object:
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(vertices))
    mesh.vertices.foreach_set("co", vertices.astype(np.float32).reshape(-1))
    mesh.loops.add(len(faces) * 3)
    mesh.loops.foreach_set("vertex_index", faces.astype(np.int32).reshape(-1))
    mesh.polygons.add(len(faces))
    mesh.polygons.foreach_set("loop_start", np.arange(0, len(faces) * 3, 3, dtype=np.int32))
    mesh.update()
    mesh.materials.append(made)
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def main(path: str) -> None:
    stage = np.load(path)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.preferences.addon_enable(module="cycles")
    scene = bpy.context.scene
    world = mesh_object("world", stage["vertices"], stage["faces"], material("world", None))
    layer = world.data.color_attributes.new("color", "FLOAT_COLOR", "POINT")
    rgba = np.ones((len(stage["colors"]), 4), np.float32)
    rgba[:, :3] = stage["colors"]
    layer.data.foreach_set("color", rgba.reshape(-1))
    for i, radiance in enumerate(stage["radiance"]):
        lamp = mesh_object(f"lamp{i}", stage[f"lamp{i}_vertices"], stage[f"lamp{i}_faces"],
                           material(f"lamp{i}", tuple(float(v) for v in radiance)))  # fmt: skip
        lamp.visible_camera = not bool(stage["hidden"][i])
    scene.world = bpy.data.worlds.new("sky")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (*(float(v) for v in stage["sky"]), 1.0)
    camera = bpy.data.cameras.new("camera")
    camera.lens, camera.sensor_width = (float(v) for v in stage["optics"])
    eye = bpy.data.objects.new("camera", camera)
    eye.location = Vector(stage["position"])
    eye.rotation_euler = (Vector(stage["look_at"]) - Vector(stage["position"])).to_track_quat("-Z", "Y").to_euler()
    scene.collection.objects.link(eye)
    scene.camera = eye
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples = 4
    scene.cycles.use_adaptive_sampling = False
    # Our path depth 4 is direct light and two bounces.
    scene.cycles.max_bounces = 2
    scene.cycles.use_denoising = True
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    scene.cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    scene.render.use_persistent_data = True
    scene.render.resolution_x, scene.render.resolution_y = (int(v) for v in stage["size"])
    scene.render.filepath = path + ".png"
    times = []
    for run in range(4):
        # A panel's camera moves: nudging it is the least that makes Cycles sync its scene.
        eye.location.x += 1e-4
        start = time.perf_counter()
        bpy.ops.render.render(write_still=run == 3)
        times.append(time.perf_counter() - start)
    print("CYCLES " + json.dumps({"median_s": statistics.median(times[1:]), "min_s": min(times[1:])}))


if __name__ == "__main__":
    main(sys.argv[1])
