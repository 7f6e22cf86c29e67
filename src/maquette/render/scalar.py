"""The engine of scalar_rgb: Mitsuba's own plugins, for machines without a usable LLVM. Six times slower.

The light is that of the compiled engine but for four liberties: indirect light sees a texture's mean colour, film
lamps stand in each other's way and have no beams, and bodies that the camera looks through are not there at all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import to_linear
from maquette.render.engine import Guides, Light, LightSettings, Seen
from maquette.render.firsthit import (
    NO_HIT,
    Hits,
    blend,
    depths,
    faces_and_weights,
    identify,
    pixel_centres,
    positions,
    rest_positions,
)
from maquette.render.lights import LightTable
from maquette.render.optics import Optics, directions
from maquette.render.oval_lens import oval_lens
from maquette.render.scalar_probe import metered, probe_of
from maquette.render.world import World

F32 = NDArray[np.float32]
FINENESS = 2
"""What shines and what is textured is looked up this many times finer than pixels."""


class ScalarEngine:
    """Builds a scene for each world: nothing compiles here, so nothing needs to persist."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._sky: F32 = np.zeros((1, 1, 3), np.float32)
        self._optics: Optics | None = None
        self._bare: Any = None
        self._lit: Any = None
        self._lights: LightTable | None = None

    @property
    def kernel_compilations(self) -> int:
        """None: this engine is compiled ahead of time."""
        return 0

    def load(self, world: World, lights: LightTable, sky: F32, optics: Optics) -> None:
        """Put a world on the stage."""
        self._world, self._sky, self._optics = world, sky, optics
        self._bare = mi.load_dict(
            {"type": "scene", "world": _mesh(world.vertices, world.faces[: max(world.seen_faces, 1)], {})}
        )
        self._lit = mi.load_dict(_lit_scene(world, sky))
        self._lights = lights

    def guides(self, settings: LightSettings, points: range, pixels: NDArray[np.uint32] | None = None) -> Guides:
        """What a denoiser goes by; here from `FINENESS` squared points of each pixel and the middle of the lens."""
        light = self.light(replace(settings, spp=1, path_depth=1), pixels)
        clear = light.transmittance
        return Guides(light.albedo, light.normal, clear if pixels is None else clear.reshape(-1, 1))

    def light(self, settings: LightSettings, pixels: NDArray[np.uint32] | None = None) -> Light:
        """Path-traced light of the whole picture; a list of pixels is taken from it."""
        light = self._light(settings)
        if pixels is None:
            return light
        listed = (value.reshape(-1, *value.shape[2:])[pixels] for value in
                  (light.radiance, light.albedo, light.normal, light.transmittance))  # fmt: skip
        return Light(*listed)

    def _light(self, settings: LightSettings) -> Light:
        world, optics = self._loaded()
        shape = (settings.height, settings.width)
        integrator = mi.load_dict(
            {"type": "path", "max_depth": settings.path_depth, "rr_depth": 1000, "hide_emitters": True}
        )
        sensor = _sensor(optics, *shape, {"type": "independent", "sample_count": settings.spp})
        traced = np.array(
            mi.render(
                self._lit,
                sensor=sensor,
                integrator=integrator,
                spp=settings.spp,
                seed=mi.UInt32(settings.seed & 0xFFFFFFFF),
            )
        )
        radiance = np.nan_to_num(traced[..., :3].astype(np.float32))
        brightness = radiance @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        limit = 4 * settings.firefly_limit
        radiance *= np.minimum(1, limit / np.maximum(brightness, limit))[..., None]
        x, y = pixel_centres(settings.width, settings.height, FINENESS)
        hits = self._hits(settings.width, settings.height, FINENESS)
        shown, solid = self._shown(hits, x, y)
        ratio = np.ones_like(hits.albedo)
        face, weights = faces_and_weights(hits)
        textured = (hits.face != NO_HIT) & (world.face_texture[face] > 0)
        corners = world.faces[face[textured]].astype(np.int64)
        plain = blend(weights[textured], world.color, corners)
        plain *= _mean_texture_colors(world)[world.face_texture[face[textured]]]
        ratio[textured] = hits.albedo[textured] / np.maximum(plain, 1e-3)

        def mean(values: F32) -> F32:
            fine = values.reshape(shape[0], FINENESS, shape[1], FINENESS, -1)
            return fine.mean(axis=(1, 3), dtype=np.float32)

        view = directions(optics, x, y)
        path = np.where(hits.face != NO_HIT, hits.distance, settings.haze_layer_m / np.maximum(view[:, 2], 0.02))
        return Light(
            radiance=radiance * mean(ratio * solid[:, None]) + mean(shown),
            albedo=mean(np.minimum(hits.albedo * solid[:, None] + shown, 1)),
            normal=mean(hits.normal),
            transmittance=mean(np.exp(-settings.haze_per_m * path))[..., 0],
        )

    def first(self, width: int, height: int, fineness: int, whole: bool) -> Seen:
        """What is seen through the points of `pixel_centres`."""
        world, optics = self._loaded()
        hits, (x, y) = self._hits(width, height, fineness), pixel_centres(width, height, fineness)
        shape = (height * fineness, width * fineness)
        object_id, part_id = identify(world, hits)
        return Seen(
            depth=depths(optics, hits, x, y).reshape(shape),
            normal=hits.normal.reshape(*shape, 3),
            albedo=hits.albedo.reshape(*shape, 3),
            part_id=part_id.reshape(shape),
            object_id=object_id.reshape(shape) if whole else None,
            position=positions(optics, hits, x, y).reshape(*shape, 3) if whole else None,
            rest=rest_positions(world, hits).reshape(*shape, 3) if whole else None,
            face=hits.face.reshape(shape) if whole else None,
            weights=np.stack([hits.b1, hits.b2], axis=-1).reshape(*shape, 2) if whole else None,
            gloss=_gloss(world, hits).reshape(*shape, 2) if whole else None,
        )

    def meter(self, points: F32, normals: F32, samples: int, path_depth: int, seed: int) -> F32:
        """(N, GROUPS, 3) radiance of white cards."""
        world, _ = self._loaded()
        assert self._lights is not None
        probe = probe_of(self._bare, world, self._lights, self._sky)
        return metered(probe, points, normals, samples, path_depth, seed)

    def _hits(self, width: int, height: int, fineness: int) -> Hits:
        world, optics = self._loaded()
        centred = {"type": "stratified", "sample_count": 1, "jitter": False}
        sensor = _sensor(optics, height * fineness, width * fineness, centred, pinhole=True)
        integrator = mi.load_dict({"type": "aov", "aovs": "i:prim_index,d:depth"})
        seen = np.array(mi.render(self._bare, sensor=sensor, integrator=integrator, spp=1, seed=mi.UInt32(0)))
        index, depth = seen[..., -2].reshape(-1), seen[..., -1].reshape(-1)
        x, y = pixel_centres(width, height, fineness)
        return _intersect(world, optics, index, depth > 0, x, y)

    def _loaded(self) -> tuple[World, Optics]:
        assert self._world is not None and self._optics is not None
        return self._world, self._optics

    def _shown(self, hits: Hits, x: F32, y: F32) -> tuple[F32, F32]:
        """(N, 3) radiance that the camera sees without light falling on anything, and (N,) 1 where a body is hit."""
        world, optics = self._loaded()
        found = hits.face != NO_HIT
        face = np.where(found, hits.face, 0).astype(np.int64)
        corners = world.faces[face].astype(np.int64)
        weights = (1 - hits.b1 - hits.b2, hits.b1, hits.b2)
        shown = sum(w[:, None] * world.emission[corners[:, i]] for i, w in enumerate(weights)) * found[:, None]
        lamp = np.where(found, world.face_light[face], 0).astype(np.int64)
        a, b, c = (world.vertices[corners[:, i]] for i in range(3))
        view = directions(optics, x, y)
        front = np.einsum("ij,ij->i", np.cross(b - a, c - a), view) < 0
        bright = (lamp > 0) & front
        shown[bright] = world.lamp_radiance[lamp[bright] - 1]
        away = view[~found]
        height, width = self._sky.shape[:2]
        row = np.clip((np.arccos(np.clip(away[:, 2], -1, 1)) / np.pi * height).astype(int), 0, height - 1)
        column = ((np.arctan2(away[:, 0], away[:, 1]) / (2 * np.pi) % 1) * width).astype(int) % width
        shown[~found] = self._sky[row, column]
        return shown.astype(np.float32), (found & (lamp == 0)).astype(np.float32)


def _mean_texture_colors(world: World) -> F32:
    """(textures + 1, 3) linear mean of each texture; white first."""
    means = [np.ones(3, np.float32)]
    for texture in world.textures:
        means.append(to_linear(texture.pixels.reshape(-1, 3)).mean(axis=0))
    return np.stack(means).astype(np.float32)


def _lit_scene(world: World, sky: F32) -> dict[str, Any]:
    color = world.color.copy()
    corners = world.faces[world.face_texture > 0].astype(np.int64)
    texture = np.repeat(world.face_texture[world.face_texture > 0], 3)
    tint = np.ones_like(color)
    tint[corners.reshape(-1)] = _mean_texture_colors(world)[texture]
    attributes = {
        "vertex_color": np.clip(color * tint, 0, 1),
        "vertex_roughness": world.roughness[:, None],
        "vertex_metallic": world.metallic[:, None],
    }
    bsdf = {
        "type": "twosided",
        "material": {
            "type": "principled",
            "base_color": {"type": "mesh_attribute", "name": "vertex_color"},
            "roughness": {"type": "mesh_attribute", "name": "vertex_roughness"},
            "metallic": {"type": "mesh_attribute", "name": "vertex_metallic"},
        },
    }
    dark = world.face_light == 0
    dark[world.seen_faces :] = False
    scene: dict[str, Any] = {
        "type": "scene",
        "world": _mesh(
            world.vertices, world.faces[dark] if dark.any() else world.faces[:1], attributes, world.normals, bsdf
        ),
    }
    for i, radiance in enumerate(np.unique(world.lamp_radiance, axis=0)):
        corners = world.lamp_corners[(world.lamp_radiance == radiance).all(axis=1)]
        if radiance.max() > 0:
            emitter = {"type": "area", "radiance": {"type": "rgb", "value": radiance.tolist()}}
            triangles = np.arange(3 * len(corners), dtype=np.uint32).reshape(-1, 3)
            scene[f"lamp{i}"] = _mesh(corners.reshape(-1, 3), triangles, {}, None, {"type": "diffuse"}, emitter)
    if sky.any():
        turned = mi.ScalarTransform4f().rotate([1, 0, 0], 90)
        scene["sky"] = {"type": "envmap", "bitmap": mi.Bitmap(_at_least_two_wide(sky)), "to_world": turned}
    return scene


def _at_least_two_wide(sky: F32) -> F32:
    return np.tile(sky, (2, 2, 1)) if sky.shape[0] < 2 else sky


def _gloss(world: World, hits: Hits) -> F32:
    """(N, 2) roughness and metalness."""
    face, weights = faces_and_weights(hits)
    both = np.stack([world.roughness, world.metallic], axis=1)
    found = blend(weights, both, world.faces[face].astype(np.int64))
    return np.where((hits.face != NO_HIT)[:, None], found, np.array([1, 0], np.float32)).astype(np.float32)


def _mesh(vertices: F32, faces: NDArray[np.uint32], attributes: dict[str, F32], normals: F32 | None = None,
          bsdf: dict[str, Any] | None = None, emitter: dict[str, Any] | None = None) -> Any:  # fmt: skip
    properties = mi.Properties()
    if bsdf is not None:
        properties["bsdf"] = mi.load_dict(bsdf)
    if emitter is not None:
        properties["emitter"] = mi.load_dict(emitter)
    mesh = mi.Mesh("mesh", len(vertices), len(faces), has_vertex_normals=normals is not None, props=properties)
    values = mi.traverse(mesh)
    values["vertex_positions"] = np.ascontiguousarray(vertices, np.float32).reshape(-1)
    values["faces"] = np.ascontiguousarray(faces, np.uint32).reshape(-1)
    if normals is not None:
        values["vertex_normals"] = np.ascontiguousarray(normals, np.float32).reshape(-1)
    values.update()
    for name, array in attributes.items():
        mesh.add_attribute(name, array.shape[1], np.ravel(array).astype(np.float32))  # pyright: ignore[reportArgumentType]
    return mesh


def _sensor(optics: Optics, height: int, width: int, sampler: dict[str, Any], pinhole: bool = False) -> Any:
    position = np.array(optics.position)
    pose = mi.ScalarTransform4f().look_at(
        origin=list(position), target=list(position + np.array(optics.forward)), up=list(optics.up)
    )
    film = {"type": "hdrfilm", "width": width, "height": height, "rfilter": {"type": "box"}, "pixel_format": "rgba",
            "component_format": "float32"}  # fmt: skip
    sensor: dict[str, Any] = {
        "type": "perspective",
        "fov": float(2 * np.degrees(np.arctan(optics.tangent_x))),
        "fov_axis": "x",
        "to_world": pose,
        "film": film,
        "sampler": sampler,
        "near_clip": 1e-3,
        "far_clip": 1e5,
    }
    if optics.aperture_m > 0 and not pinhole:
        if optics.aperture_across_m != optics.aperture_m:
            return oval_lens(optics, sensor)
        sensor |= {"type": "thinlens", "aperture_radius": optics.aperture_m, "focus_distance": optics.focus_m}
    return mi.load_dict(sensor)


def _intersect(world: World, optics: Optics, index: F32, found: NDArray[np.bool_], x: F32, y: F32) -> Hits:
    """Exact barycentrics of rays whose face is known (Moller and Trumbore 1997)."""
    face = np.where(found, index, 0).astype(np.int64)
    corners = world.faces[face].astype(np.int64)
    a, b, c = (world.vertices[corners[:, i]].astype(np.float64) for i in range(3))
    view = directions(optics, x, y).astype(np.float64)
    e1, e2 = b - a, c - a
    p = np.cross(view, e2)
    scale = np.einsum("ij,ij->i", e1, p)
    inverse = 1 / np.where(np.abs(scale) < 1e-20, 1e-20, scale)
    t = np.array(optics.position) - a
    q = np.cross(t, e1)
    b1 = np.clip(np.einsum("ij,ij->i", t, p) * inverse, 0, 1)
    b2 = np.clip(np.einsum("ij,ij->i", view, q) * inverse, 0, 1 - b1)
    distance = np.einsum("ij,ij->i", e2, q) * inverse
    weights = np.stack([1 - b1 - b2, b1, b2], axis=1).astype(np.float32)
    weights[~found] = 0
    return Hits(
        face=np.where(found, face, NO_HIT).astype(np.uint32),
        b1=b1.astype(np.float32),
        b2=b2.astype(np.float32),
        distance=np.where(found, distance, np.inf).astype(np.float32),
        normal=_normals(world, view, np.cross(e1, e2), corners, weights),
        albedo=blend(weights, world.color, corners) * _texels(world, face, found, corners, weights),
    )


def _normals(world: World, view: NDArray[np.float64], facet: NDArray[np.float64], corners: NDArray[np.int64],
             weights: F32) -> F32:  # fmt: skip
    """(N, 3) unit shading normals, turned towards the camera."""
    normal = blend(weights, world.normals, corners)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    behind = np.einsum("ij,ij->i", facet, view) > 0
    against = np.einsum("ij,ij->i", facet, normal) < 0
    return np.where((behind ^ against)[:, None], -normal, normal).astype(np.float32)


def _texels(world: World, face: NDArray[np.int64], found: NDArray[np.bool_], corners: NDArray[np.int64],
            weights: F32) -> F32:  # fmt: skip
    """(N, 3) linear colour of the texture under each hit; white without one."""
    colors = np.ones((len(face), 3), np.float32)
    texture_of = np.where(found, world.face_texture[face], 0)
    for i, texture in enumerate(world.textures, 1):
        here = np.flatnonzero(texture_of == i)
        if len(here) == 0:
            continue
        uv = blend(weights[here], world.uv, corners[here])
        height, width = texture.pixels.shape[:2]
        column = np.minimum((np.mod(uv[:, 0], 1) * width).astype(int), width - 1)
        row = np.minimum((np.mod(1 - uv[:, 1], 1) * height).astype(int), height - 1)
        colors[here] = to_linear(texture.pixels[row, column])
    return colors
