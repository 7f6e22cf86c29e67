# pyright: reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false
# Dr.Jit's stubs know neither swizzles nor arithmetic between its array types.
"""The path tracer: Dr.Jit code over Mitsuba's ray tracing, for the compiled variants (LLVM and CUDA).

Bodies, lamps, sky and textures are tables that are gathered from, and every count is opaque to the compiler: one
kernel serves every panel. Lamps and sky are sampled by multiple importance sampling (Veach 1997, balance heuristic).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import drjit as dr
import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import to_linear
from maquette.render.lights import SKY_CELLS, SKY_COLUMNS, SKY_ROWS, TABLE_SIZE, LightTable
from maquette.render.material import evaluate, luminance, sample_material
from maquette.render.optics import Optics
from maquette.render.world import World

F32 = NDArray[np.float32]

LIGHT_MASK = (1 << 20) - 1
TEXTURE_SHIFT = 20
NO_HIT = 0xFFFFFFFF
LATTICE = (0.754877666, 0.569840296)
"""Steps of the plane-filling R2 sequence (Roberts 2018), here for the samples of one pixel."""


@dataclass
class Tables:
    """Device arrays of one world. Held by attribute, so that Dr.Jit sees plain arrays."""

    vertex: Any
    """Float, 16 a vertex: position, roughness; normal, metalness; colour, u; emission, v."""
    face: Any
    """UInt32, 4 a face: corners; light entry + 1 in the low 20 bits, texture + 1 above."""
    hidden_light: Any
    """UInt32, light entry of each face of the hidden lamps."""
    seen_faces: Any
    """UInt32, faces from here on let the camera's own rays through."""
    any_hidden: Any
    """Bool, whether there are hidden lamps at all."""
    light: Any
    """Float, 12 a lamp triangle: corner, red; edge, green; edge, blue."""
    cumulative: Any
    probability: Any
    lamps: Any
    sky: Any
    """Float, 4 a texel."""
    sky_width: Any
    sky_height: Any
    texel: Any
    """UInt32 0xBBGGRR, sRGB."""
    texture: Any
    """UInt32, 4 a texture + 1: first texel, width, height."""
    linear: Any
    """Float, 256: linear light of an sRGB code."""


def load_tables(world: World, lights: LightTable, sky: F32) -> Tables:
    """Move a world to the device."""
    v = np.empty((len(world.vertices), 16), np.float32)
    v[:, 0:3], v[:, 3] = world.vertices, world.roughness
    v[:, 4:7], v[:, 7] = world.normals, world.metallic
    v[:, 8:11], v[:, 11] = world.color, world.uv[:, 0]
    v[:, 12:15], v[:, 15] = world.emission, world.uv[:, 1]
    f = np.empty((len(world.faces), 4), np.uint32)
    f[:, :3] = world.faces
    f[:, 3] = world.face_light | (world.face_texture << TEXTURE_SHIFT)
    lamp = np.zeros((max(len(world.lamp_corners), 1), 12), np.float32)
    if len(world.lamp_corners):
        c = world.lamp_corners
        lamp[:, 0:3], lamp[:, 4:7], lamp[:, 8:11] = c[:, 0], c[:, 1] - c[:, 0], c[:, 2] - c[:, 0]
        lamp[:, 3::4] = world.lamp_radiance
    sky4 = np.zeros((*sky.shape[:2], 4), np.float32)
    sky4[..., :3] = sky
    texels, table = _pack_textures(world)
    return Tables(
        vertex=mi.Float(v.reshape(-1)),
        face=mi.UInt32(f.reshape(-1)),
        # Never a single value: gathering from one is other code than gathering from many.
        hidden_light=mi.UInt32(np.append(world.hidden_light, np.uint32(0))),
        seen_faces=dr.opaque(mi.UInt32, world.seen_faces),
        any_hidden=dr.opaque(mi.Bool, world.any_hidden),
        light=mi.Float(lamp.reshape(-1)),
        cumulative=mi.Float(lights.cumulative),
        probability=mi.Float(lights.probability),
        lamps=dr.opaque(mi.UInt32, lights.lamps),
        sky=mi.Float(sky4.reshape(-1)),
        sky_width=dr.opaque(mi.Float, sky.shape[1]),
        sky_height=dr.opaque(mi.Float, sky.shape[0]),
        texel=mi.UInt32(texels),
        texture=mi.UInt32(table.reshape(-1)),
        linear=mi.Float(to_linear(np.arange(256, dtype=np.uint8))),
    )


def _pack_textures(world: World) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    table = np.zeros((len(world.textures) + 1, 4), np.uint32)
    table[0] = (0, 1, 1, 0)
    texels = [np.full(2, 0xFFFFFF, np.uint32)]
    start = len(texels[0])
    for i, texture in enumerate(world.textures, 1):
        p = texture.pixels.astype(np.uint32)
        texels.append((p[..., 0] | (p[..., 1] << 8) | (p[..., 2] << 16)).reshape(-1).astype(np.uint32))
        table[i] = (start, p.shape[1], p.shape[0], 0)
        start += p.shape[0] * p.shape[1]
    return np.concatenate(texels), table


def opaque_optics(optics: Optics) -> dict[str, Any]:
    """The camera as device values that are not baked into the kernel."""
    values: dict[str, Any] = {}
    for field in fields(optics):
        value = getattr(optics, field.name)
        if isinstance(value, tuple):
            values[field.name] = mi.Vector3f(*(dr.opaque(mi.Float, float(x)) for x in value))
        else:
            values[field.name] = dr.opaque(mi.Float, float(value))
    return values


def _corner(t: Tables, index: Any, block: int, active: Any) -> Any:
    return dr.gather(mi.Vector4f, t.vertex, index * 4 + block, active)


def _surface(t: Tables, prim: Any, uv: Any, direction: Any, active: Any) -> tuple[Any, ...]:
    """Point, offset point, facet normal, shading normal, base colour, roughness, metalness, emission, lamp."""
    face = dr.gather(mi.Vector4u, t.face, prim, active)
    b1, b2 = uv.x, uv.y
    b0 = 1 - b1 - b2
    p0, p1, p2 = (_corner(t, face[i], 0, active) for i in range(3))
    n0, n1, n2 = (_corner(t, face[i], 1, active) for i in range(3))
    c0, c1, c2 = (_corner(t, face[i], 2, active) for i in range(3))
    e0, e1, e2 = (_corner(t, face[i], 3, active) for i in range(3))
    a0, a1, a2 = p0.xyz, p1.xyz, p2.xyz
    point = a0 * b0 + a1 * b1 + a2 * b2
    facet = dr.normalize(dr.cross(a1 - a0, a2 - a0))
    normal_and_metal = n0 * b0 + n1 * b1 + n2 * b2
    normal = normal_and_metal.xyz
    squared = dr.squared_norm(normal)
    normal = dr.select(squared > 1e-12, normal * dr.rsqrt(dr.maximum(squared, 1e-12)), facet)
    lifted = _lifted(point, (a0, a1, a2), (n0.xyz, n1.xyz, n2.xyz), (b0, b1, b2), dr.dot(facet, normal))
    # Sheets have two sides: what is hit from behind turns round.
    behind = dr.dot(facet, direction) > 0
    agree = dr.dot(facet, normal) < 0
    facet_up = dr.select(behind, -facet, facet)
    normal = dr.select(behind ^ agree, -normal, normal)
    lifted = dr.select(behind | agree, point, lifted)
    # A smooth normal that looks away from the viewer would be black.
    toward = dr.dot(normal, direction)
    normal = dr.normalize(normal - direction * dr.maximum(toward + 0.01, 0.0))
    color_u = c0 * b0 + c1 * b1 + c2 * b2
    emission_v = e0 * b0 + e1 * b1 + e2 * b2
    base = color_u.xyz * _texel(t, face.w >> TEXTURE_SHIFT, color_u.w, emission_v.w, active)
    roughness = p0.w * b0 + p1.w * b1 + p2.w * b2
    light = face.w & LIGHT_MASK
    return (point, lifted, facet_up, normal, base, roughness, normal_and_metal.w, emission_v.xyz, light)


def _lifted(point: Any, corners: Any, normals: Any, weights: Any, same_side: Any) -> Any:
    """The point on the smooth surface that the facets stand for: no jagged shadow edge (Hanika 2021)."""
    lifted = mi.Vector3f(0)
    for corner, normal, weight in zip(corners, normals, weights, strict=True):
        lifted += (point - normal * dr.minimum(dr.dot(point - corner, normal), 0.0)) * weight
    return dr.select(same_side > 0, lifted, point)


def _texel(t: Tables, texture: Any, u: Any, v: Any, active: Any) -> Any:
    """Bilinear, repeating outside 0..1; white where there is no texture."""
    has = active & (texture > 0)
    info = dr.gather(mi.Vector4u, t.texture, texture, has)
    width, height = mi.Float(info.y), mi.Float(info.z)
    x = (u - dr.floor(u)) * width - 0.5
    y = (1 - v - dr.floor(1 - v)) * height - 0.5
    x0, y0 = dr.floor(x), dr.floor(y)
    fx, fy = x - x0, y - y0
    total = mi.Vector3f(0)
    for dx, dy, weight in ((0, 0, (1 - fx) * (1 - fy)), (1, 0, fx * (1 - fy)), (0, 1, (1 - fx) * fy), (1, 1, fx * fy)):
        column = dr.clip(x0 + dx, 0, width - 1)
        row = dr.clip(y0 + dy, 0, height - 1)
        code = dr.gather(mi.UInt32, t.texel, info.x + mi.UInt32(row) * info.y + mi.UInt32(column), has)
        for channel in range(3):
            total[channel] += weight * dr.gather(mi.Float, t.linear, (code >> (8 * channel)) & 255, has)
    return dr.select(has, total, mi.Vector3f(1))


def _sky_radiance(t: Tables, d: Any, active: Any) -> Any:
    """Bilinear across columns and rows of the map."""
    azimuth = dr.atan2(d.x, d.y) * dr.inv_two_pi
    x = (azimuth - dr.floor(azimuth)) * t.sky_width - 0.5
    y = dr.acos(dr.clip(d.z, -1, 1)) * dr.inv_pi * t.sky_height - 0.5
    x0, y0 = dr.floor(x), dr.floor(y)
    fx, fy = x - x0, y - y0
    total = mi.Vector3f(0)
    for dx, dy, weight in ((0, 0, (1 - fx) * (1 - fy)), (1, 0, fx * (1 - fy)), (0, 1, (1 - fx) * fy), (1, 1, fx * fy)):
        column = x0 + dx
        column = dr.select(column < 0, t.sky_width - 1, dr.select(column > t.sky_width - 1, 0.0, column))
        row = dr.clip(y0 + dy, 0, t.sky_height - 1)
        texel = dr.gather(mi.Vector4f, t.sky, mi.UInt32(row * t.sky_width + column), active)
        total += weight * mi.Vector3f(texel.xyz)
    return total


def _sky_pdf(t: Tables, d: Any, active: Any) -> Any:
    azimuth = dr.atan2(d.x, d.y) * dr.inv_two_pi
    column = dr.minimum(mi.UInt32((azimuth - dr.floor(azimuth)) * SKY_COLUMNS), SKY_COLUMNS - 1)
    row = dr.minimum(mi.UInt32(dr.clip((1 - d.z) * 0.5, 0, 1) * SKY_ROWS), SKY_ROWS - 1)
    p = dr.gather(mi.Float, t.probability, t.lamps + row * SKY_COLUMNS + column, active)
    return p * (SKY_CELLS / (4 * dr.pi))


def _lamp_pdf(t: Tables, entry: Any, direction: Any, distance: Any, active: Any) -> tuple[Any, Any]:
    """Radiance of a lamp triangle and the solid-angle density with which it is sampled at this distance."""
    r0 = dr.gather(mi.Vector4f, t.light, entry * 3, active)
    r1 = dr.gather(mi.Vector4f, t.light, entry * 3 + 1, active)
    r2 = dr.gather(mi.Vector4f, t.light, entry * 3 + 2, active)
    cross = dr.cross(r1.xyz, r2.xyz)
    projected = -dr.dot(cross, direction) * 0.5
    p = dr.gather(mi.Float, t.probability, entry, active)
    pdf = p * distance * distance / dr.maximum(projected, 1e-12)
    return dr.select(projected > 0, mi.Vector3f(r0.w, r1.w, r2.w), 0), pdf


def _sample_light(t: Tables, point: Any, choice: Any, u: Any, active: Any) -> tuple[Any, Any, Any, Any]:
    """Direction, distance, radiance and solid-angle density of one light sample."""
    entry = dr.binary_search(0, TABLE_SIZE - 1, lambda i: dr.gather(mi.Float, t.cumulative, i, active) <= choice)
    is_sky = entry >= t.lamps
    r0 = dr.gather(mi.Vector4f, t.light, entry * 3, active & ~is_sky)
    r1 = dr.gather(mi.Vector4f, t.light, entry * 3 + 1, active & ~is_sky)
    r2 = dr.gather(mi.Vector4f, t.light, entry * 3 + 2, active & ~is_sky)
    root = dr.safe_sqrt(u.x)
    target = r0.xyz + r1.xyz * (root * (1 - u.y)) + r2.xyz * (root * u.y)
    to_lamp = target - point
    distance = dr.norm(to_lamp)
    lamp_direction = to_lamp / dr.maximum(distance, 1e-9)
    projected = -dr.dot(dr.cross(r1.xyz, r2.xyz), lamp_direction) * 0.5
    p = dr.gather(mi.Float, t.probability, entry, active)
    lamp_density = p * distance * distance / dr.maximum(projected, 1e-12)
    lamp_light = dr.select(projected > 0, mi.Vector3f(r0.w, r1.w, r2.w), 0)
    cell = dr.minimum(entry - dr.minimum(t.lamps, entry), SKY_CELLS - 1)
    row = cell // SKY_COLUMNS
    column = cell - row * SKY_COLUMNS
    azimuth = (mi.Float(column) + u.x) * (2 * dr.pi / SKY_COLUMNS)
    z = 1 - 2 * (mi.Float(row) + u.y) / SKY_ROWS
    s, c = dr.sincos(azimuth)
    radius = dr.safe_sqrt(1 - z * z)
    sky_direction = mi.Vector3f(s * radius, c * radius, z)
    sky_light = _sky_radiance(t, sky_direction, active & is_sky)
    direction = dr.select(is_sky, sky_direction, lamp_direction)
    light = dr.select(is_sky, sky_light, lamp_light)
    density = dr.select(is_sky, p * (SKY_CELLS / (4 * dr.pi)), lamp_density)
    return direction, dr.select(is_sky, 1e6, distance), light, density


def _lens_ray(o: dict[str, Any], x: Any, y: Any, lens: Any) -> tuple[Any, Any]:
    """Origin and unit direction through picture point (x, y) in pixels, and lens point in 0..1 squared."""
    sx = (x * o["inverse_width"] * 2 - 1) * o["tangent_x"]
    sy = (1 - y * o["inverse_height"] * 2) * o["tangent_y"]
    through = o["forward"] + o["right"] * sx + o["up"] * sy
    disk = mi.warp.square_to_uniform_disk_concentric(lens) * o["aperture_m"]
    shift = o["right"] * disk.x + o["up"] * disk.y
    return mi.Point3f(o["position"] + shift), mi.Vector3f(dr.normalize(through * o["focus_m"] - shift))


@dr.syntax
def _seen(scene: Any, t: Tables, origin: Any, direction: Any) -> tuple[Any, ...]:
    """Face (NO_HIT: none), barycentrics and distance of the first hit, looking through bodies that are not seen."""
    face, b1, b2 = mi.UInt32(NO_HIT), mi.Float(0), mi.Float(0)
    distance, travelled = mi.Float(dr.inf), mi.Float(0)
    searching = mi.Bool(True)
    while searching:
        ray = mi.Ray3f(mi.Point3f(origin + direction * travelled), direction)
        hit = scene.ray_intersect_preliminary(ray, coherent=True, active=searching)
        struck = searching & hit.is_valid()
        searching = struck & (hit.prim_index >= t.seen_faces)
        kept = struck & ~searching
        face = dr.select(kept, hit.prim_index, face)
        b1 = dr.select(kept, hit.prim_uv.x, b1)
        b2 = dr.select(kept, hit.prim_uv.y, b2)
        distance = dr.select(kept, travelled + hit.t, distance)
        travelled = dr.select(searching, travelled + hit.t * (1 + 1e-5) + 1e-4, travelled)
    return face, b1, b2, distance


@dr.syntax
def trace_light(scene: Any, hidden: Any, t: Tables, o: dict[str, Any], pixels: Any, width: Any, samples: Any,
                bounces: Any, seed: Any, clamp: Any, haze: Any) -> tuple[Any, ...]:  # fmt: skip
    """Mean radiance, base colour, shading normal and haze transmittance of each pixel in the list."""
    row = pixels // width
    column = pixels - row * width
    state0, state1 = mi.sample_tea_32(pixels, seed, 5)
    rng = mi.PCG32(initstate=mi.UInt64(state0), initseq=mi.UInt64(state1))
    shift = mi.Vector2f(rng.next_float32(), rng.next_float32())
    light_shift = rng.next_float32()
    total, albedo, normals = mi.Vector3f(0), mi.Vector3f(0), mi.Vector3f(0)
    clear = mi.Float(0)
    sample = mi.UInt32(0)
    while sample < samples:
        step = mi.Float(sample)
        jitter = shift + mi.Vector2f(LATTICE[0], LATTICE[1]) * step
        jitter -= dr.floor(jitter)
        lens = mi.Point2f(rng.next_float32(), rng.next_float32())
        origin, direction = _lens_ray(o, mi.Float(column) + jitter.x, mi.Float(row) + jitter.y, lens)
        face, b1, b2, distance = _seen(scene, t, origin, direction)
        throughput, radiance = mi.Vector3f(1), mi.Vector3f(0)
        density = mi.Float(0)
        depth = mi.UInt32(0)
        alive = mi.Bool(True)
        while alive:
            first = depth == 0
            found = alive & (face != NO_HIT)
            # A hidden lamp shines through the air: a ray that bounced sees it and goes on.
            past = mi.Ray3f(origin, direction)
            past.maxt = dr.minimum(distance, 1e6)
            bounced = alive & ~first & t.any_hidden
            glow = hidden.ray_intersect_preliminary(past, coherent=False, active=bounced)
            seen = bounced & glow.is_valid()
            entry = dr.gather(mi.UInt32, t.hidden_light, glow.prim_index, seen)
            lamp_light, lamp_density = _lamp_pdf(t, entry, direction, glow.t, seen)
            gained = dr.select(seen, lamp_light * (density / (density + lamp_density)), 0)
            # The sky.
            missed = alive & ~found
            sky_light = _sky_radiance(t, direction, missed)
            weight = dr.select(first, 1, density / (density + _sky_pdf(t, direction, missed & ~first)))
            gained += dr.select(missed, sky_light * weight, 0)
            _, lifted, facet, normal, base, roughness, metallic, emission, light = _surface(
                t, face, mi.Point2f(b1, b2), direction, found
            )
            shines = found & (light > 0)
            lamp_light, lamp_density = _lamp_pdf(t, light - 1, direction, distance, shines)
            weight = dr.select(first, 1, density / (density + lamp_density))
            gained += dr.select(shines, lamp_light * weight, 0)
            gained += dr.select(found & first, emission, 0)
            added = throughput * gained
            peak = dr.maximum(luminance(added), 1e-20)
            radiance += mi.Vector3f(added * dr.select(depth > 1, dr.minimum(1, clamp / peak), 1))
            # What the denoiser goes by.
            shown = dr.select(found & ~shines, dr.minimum(base + emission, 1), dr.minimum(gained, 1))
            albedo += mi.Vector3f(dr.select(first, shown, 0))
            normals += mi.Vector3f(dr.select(first & found, normal, 0))
            reach = dr.select(found, distance, haze.y / dr.maximum(direction.z, 0.02))
            clear += dr.select(first, dr.exp(-haze.x * reach), 0)
            found &= ~shines & (depth + 1 < bounces)
            # Light from a lamp or the sky.
            frame = mi.Frame3f(normal)
            wo = frame.to_local(-direction)
            start = lifted + facet * (2e-4 * (1 + 0.02 * distance))
            choice = rng.next_float32()
            even = light_shift + (step + choice) / mi.Float(samples)
            choice = dr.select(first, even - dr.floor(even), choice)
            u = mi.Point2f(rng.next_float32(), rng.next_float32())
            toward, lamp_distance, light_in, light_density = _sample_light(t, start, choice, u, found)
            wi = frame.to_local(toward)
            value, material_density = evaluate(base, roughness, metallic, wo, wi)
            use = found & (dr.dot(toward, facet) > 0) & (luminance(value * light_in) > 0)
            shadow = mi.Ray3f(start, toward)
            shadow.maxt = lamp_distance * 0.999
            use &= ~scene.ray_test(shadow, active=use)
            weight = 1 / dr.maximum(light_density + material_density, 1e-12)
            added = throughput * value * light_in * weight
            peak = dr.maximum(luminance(added), 1e-20)
            added *= dr.select(depth > 0, dr.minimum(1, clamp / peak), 1)
            radiance += mi.Vector3f(dr.select(use, added, 0))
            # The next stretch of the path.
            u = mi.Point2f(rng.next_float32(), rng.next_float32())
            wi = sample_material(base, roughness, metallic, wo, rng.next_float32(), u)
            value, density = evaluate(base, roughness, metallic, wo, wi)
            throughput *= mi.Vector3f(dr.select(density > 1e-9, value / dr.maximum(density, 1e-9), 0))
            direction = mi.Vector3f(frame.to_world(wi))
            origin = mi.Point3f(start)
            alive = found & (density > 1e-9) & (dr.dot(direction, facet) > 0) & (dr.max(throughput) > 1e-4)
            hit = scene.ray_intersect_preliminary(mi.Ray3f(origin, direction), coherent=False, active=alive)
            struck = alive & hit.is_valid()
            face = dr.select(struck, hit.prim_index, mi.UInt32(NO_HIT))
            b1, b2 = mi.Float(hit.prim_uv.x), mi.Float(hit.prim_uv.y)
            distance = dr.select(struck, hit.t, mi.Float(dr.inf))
            depth += 1
        total += mi.Vector3f(dr.select(dr.isfinite(luminance(radiance)), radiance, 0))
        sample += 1
    scale = dr.rcp(mi.Float(samples))
    return total * scale, albedo * scale, normals * scale, clear * scale


@dr.syntax
def trace_first(scene: Any, t: Tables, o: dict[str, Any], points: Any, width: Any, step: Any) -> tuple[Any, ...]:
    """Face, barycentrics, distance, normal and base colour of what is seen through the middle of the lens.

    The points are those of `pixel_centres`, made here: code that reads them depends on how their memory is aligned.
    """
    row = points // width
    x, y = (mi.Float(points - row * width) + 0.5) * step, (mi.Float(row) + 0.5) * step
    origin, direction = _lens_ray(o, x, y, mi.Point2f(0.5, 0.5))
    face, b1, b2, distance = _seen(scene, t, origin, direction)
    found = face != NO_HIT
    surface = _surface(t, face, mi.Point2f(b1, b2), direction, found)
    return face, b1, b2, distance, dr.select(found, surface[3], 0), dr.select(found, surface[4], 0)
