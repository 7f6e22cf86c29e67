# pyright: reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false
# Dr.Jit's stubs know neither swizzles nor arithmetic between its array types.
"""The path tracer: Dr.Jit code over Mitsuba's ray tracing, for the compiled variants (LLVM and CUDA).

Bodies, lamps, sky and textures are tables that are gathered from, and every count is opaque to the compiler: one
kernel serves every panel. Rays are cheap here and look-ups are dear: what the camera sees is looked up in full, and
what light bounces off on its way there is a diffuse facet of one colour, a row of eight numbers. Lamps and sky are
sampled by multiple importance sampling (Veach 1997, balance heuristic) where the path goes on, else alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import drjit as dr
import mitsuba as mi

from maquette.render.lights import SKY_COLUMNS, SKY_ROWS, SLOTS
from maquette.render.material import evaluate, luminance, sample_material
from maquette.render.rays import FAR_M, NO_HIT, Rays
from maquette.render.surface import Surface, face_rows, surface
from maquette.render.tables import OBJECT_SHIFT, Tables

LATTICE = (0.754877666, 0.569840296)
"""Steps of the plane-filling R2 sequence (Roberts 2018), here for the samples of one pixel."""
GOLDEN = 0.618033989
LENS_LATTICE = (GOLDEN, 0.414213562)
"""The same over the lens, by other steps (golden ratio, root of two): film and lens points stay unrelated."""


def sky_radiance(t: Tables, d: Any, active: Any) -> Any:
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


def sky_density(t: Tables, d: Any, active: Any) -> Any:
    """Solid-angle density with which this direction is sampled."""
    azimuth = dr.atan2(d.x, d.y) * dr.inv_two_pi
    column = dr.minimum(mi.UInt32((azimuth - dr.floor(azimuth)) * SKY_COLUMNS), SKY_COLUMNS - 1)
    row = dr.minimum(mi.UInt32(dr.clip((1 - d.z) * 0.5, 0, 1) * SKY_ROWS), SKY_ROWS - 1)
    return dr.gather(mi.Float, t.light, (t.lamps + row * SKY_COLUMNS + column) * 16 + 15, active)


def lamp_glow(t: Tables, entry: Any, direction: Any, distance: Any, active: Any) -> tuple[Any, Any]:
    """Radiance of a lamp triangle and the solid-angle density with which it is sampled at this distance."""
    red = dr.gather(mi.Float, t.light, entry * 16 + 3, active)
    green = dr.gather(mi.Float, t.light, entry * 16 + 7, active)
    blue = dr.gather(mi.Float, t.light, entry * 16 + 11, active)
    normal = dr.gather(mi.Vector4f, t.light, entry * 4 + 3, active)
    facing = -dr.dot(normal.xyz, direction)
    density = normal.w * distance * distance / dr.maximum(facing, 1e-9)
    beam = _in_beam(facing, dr.gather(mi.Float, t.beam, entry, active))
    return dr.select(active & (facing > 0), mi.Vector3f(red, green, blue) * beam, 0), density


def _in_beam(facing: Any, power: Any) -> Any:
    """How much of a lamp's radiance leaves at this cosine off its axis; exactly 1 for a bare lamp."""
    return dr.select(power > 0, dr.power(dr.clip(facing, 1e-6, 1), power), 1)


def sample_light(t: Tables, point: Any, choice: Any, u: Any, active: Any) -> tuple[Any, Any, Any, Any]:
    """Direction, distance, radiance and solid-angle density of one light sample."""
    entry = dr.gather(mi.UInt32, t.slot, dr.minimum(mi.UInt32(choice * SLOTS), SLOTS - 1), active)
    r0, r1, r2, r3 = (dr.gather(mi.Vector4f, t.light, entry * 4 + i, active) for i in range(4))
    is_sky = entry >= t.lamps
    root = dr.safe_sqrt(u.x)
    to_lamp = r0.xyz + r1.xyz * (root * (1 - u.y)) + r2.xyz * (root * u.y) - point
    squared = dr.maximum(dr.squared_norm(to_lamp), 1e-18)
    lamp_direction = to_lamp * dr.rsqrt(squared)
    facing = -dr.dot(r3.xyz, lamp_direction)
    cell = entry - dr.minimum(t.lamps, entry)
    row = cell // SKY_COLUMNS
    s, c = dr.sincos((mi.Float(cell - row * SKY_COLUMNS) + u.x) * (2 * dr.pi / SKY_COLUMNS))
    z = 1 - 2 * (mi.Float(row) + u.y) / SKY_ROWS
    radius = dr.safe_sqrt(1 - z * z)
    direction = dr.select(is_sky, mi.Vector3f(s * radius, c * radius, z), lamp_direction)
    beam = _in_beam(facing, dr.gather(mi.Float, t.beam, entry, active))
    light = dr.select(is_sky | (facing > 0), mi.Vector3f(r0.w, r1.w, r2.w) * beam, 0)
    density = r3.w * dr.select(is_sky, 1, squared / dr.maximum(facing, 1e-9))
    return direction, dr.select(is_sky, 1e6, dr.sqrt(squared)), light, density


def _lens_ray(o: dict[str, Any], x: Any, y: Any, lens: Any) -> tuple[Any, Any]:
    """Origin and unit direction through picture point (x, y) in pixels, and lens point in 0..1 squared."""
    sx = (x * o["inverse_width"] * 2 - 1) * o["tangent_x"]
    sy = (1 - y * o["inverse_height"] * 2) * o["tangent_y"]
    through = o["forward"] + o["right"] * sx + o["up"] * sy
    disk = mi.warp.square_to_uniform_disk_concentric(lens)
    shift = o["right"] * (disk.x * o["aperture_across_m"]) + o["up"] * (disk.y * o["aperture_m"])
    return mi.Point3f(o["position"] + shift), mi.Vector3f(dr.normalize(through * o["focus_m"] - shift))


def _wrapped(x: Any) -> Any:
    return x - dr.floor(x)


def around(normal: Any, u: Any) -> Any:
    """Cosine-weighted direction about a normal."""
    z = 1 - 2 * u.x
    radius = dr.safe_sqrt(1 - z * z)
    s, c = dr.sincos(2 * dr.pi * u.y)
    d = mi.Vector3f(radius * c, radius * s, z) * 0.9999 + normal
    return d * dr.rsqrt(dr.squared_norm(d))


@dataclass
class Look:
    """What one camera ray sees."""

    surface: Surface
    direction: Any
    distance: Any
    found: Any
    shines: Any
    """Whether it is a lamp."""
    radiance: Any
    """What the lamp, the surface itself or the sky sends."""
    albedo: Any
    """What the denoiser goes by."""
    normal: Any
    clear: Any
    """Transmittance of the haze."""


@dr.syntax
def _look(rays: Rays, t: Tables, o: dict[str, Any], x: Any, y: Any, lens: Any, haze: Any) -> Look:
    """From picture point (x, y) in pixels and a lens point, as `_lens_ray` takes them."""
    origin, direction = _lens_ray(o, x, y, lens)
    face, b1, b2, distance = rays.first(t, origin, direction)
    found = face != NO_HIT
    s = surface(t, face, mi.Point2f(b1, b2), direction, found)
    # A visible lamp, and the sky.
    shine = dr.gather(mi.Vector4f, t.record, face * 2, found)
    glow = dr.gather(mi.Vector4f, t.record, face * 2 + 1, found)
    shines = found & (shine.w > 0)
    radiance = mi.Vector3f(dr.select(shines & (dr.dot(shine.xyz, direction) < 0), glow.xyz, 0))
    radiance += mi.Vector3f(dr.select(found, s.emission, 0))
    if ~found:
        radiance = mi.Vector3f(sky_radiance(t, direction, ~found))
    albedo = mi.Vector3f(dr.minimum(dr.select(found & ~shines, s.base + s.emission, radiance), 1))
    reach = dr.select(found, distance, haze.y / dr.maximum(direction.z, 0.02))
    normal = mi.Vector3f(dr.select(found, s.normal, 0))
    return Look(s, direction, distance, found, shines, radiance, albedo, normal, dr.exp(-haze.x * reach))


@dr.syntax
def trace_light(rays: Rays, t: Tables, o: dict[str, Any], pixels: Any, width: Any, samples: Any, bounces: Any,
                 seed: Any, clamp: Any, haze: Any) -> tuple[Any, ...]:  # fmt: skip
    """Mean radiance, base colour, shading normal and haze transmittance of each pixel in the list."""
    row = pixels // width
    column = pixels - row * width
    state0, state1 = mi.sample_tea_32(pixels, seed, 5)
    rng = mi.PCG32(initstate=mi.UInt64(state0), initseq=mi.UInt64(state1))
    film_shift = mi.Vector2f(rng.next_float32(), rng.next_float32())
    lamp_shift = mi.Vector3f(rng.next_float32(), rng.next_float32(), rng.next_float32())
    way_shift = mi.Vector3f(rng.next_float32(), rng.next_float32(), rng.next_float32())
    total, albedo, normals = mi.Vector3f(0), mi.Vector3f(0), mi.Vector3f(0)
    clear = mi.Float(0)
    lens_shift = mi.Vector2f(0)
    sample = mi.UInt32(0)
    while sample < samples:
        step = mi.Float(sample)
        lattice = mi.Vector2f(LATTICE[0], LATTICE[1]) * step
        jitter = _wrapped(film_shift + lattice)
        drawn = mi.Vector2f(rng.next_float32(), rng.next_float32())
        # A lattice from the first draw on: four points that spread over the lens blur with half the grain.
        lens_shift = dr.select(sample == 0, drawn, lens_shift)
        lens = mi.Point2f(_wrapped(lens_shift + mi.Vector2f(LENS_LATTICE[0], LENS_LATTICE[1]) * step))
        look = _look(rays, t, o, mi.Float(column) + jitter.x, mi.Float(row) + jitter.y, lens, haze)
        s, direction, distance, found, shines = look.surface, look.direction, look.distance, look.found, look.shines
        radiance = mi.Vector3f(look.radiance)
        albedo += look.albedo
        normals += look.normal
        clear += look.clear
        found &= ~shines & (bounces > 1)
        # Light from a lamp or the sky.
        frame = mi.Frame3f(s.normal)
        wo = frame.to_local(-direction)
        start = mi.Point3f(s.lifted + s.facet * (2e-4 * (1 + 0.02 * distance)))
        choice = _wrapped(lamp_shift.z + step / mi.Float(samples))
        toward, far, light, light_density = sample_light(t, start, choice, _wrapped(lamp_shift.xy + lattice), found)
        value, density = evaluate(s.base, s.roughness, s.metallic, wo, frame.to_local(toward))
        use = found & (dr.dot(toward, s.facet) > 0) & (luminance(value * light) > 0)
        use = rays.unblocked(t, start, toward, far, use)
        radiance += mi.Vector3f(dr.select(use, value * light / dr.maximum(light_density + density, 1e-12), 0))
        # The next stretch of the path.
        lobe = _wrapped(way_shift.z + GOLDEN * step)
        wi = sample_material(s.base, s.roughness, s.metallic, wo, lobe, _wrapped(way_shift.xy + lattice))
        value, density = evaluate(s.base, s.roughness, s.metallic, wo, wi)
        direction = mi.Vector3f(frame.to_world(wi))
        throughput = mi.Vector3f(dr.select(density > 1e-9, value / dr.maximum(density, 1e-9), 0))
        alive = found & (density > 1e-9) & (dr.dot(direction, s.facet) > 0) & (dr.max(throughput) > 1e-4)
        origin = start
        depth = mi.UInt32(1)
        while alive:
            face, distance, found = rays.next(t, mi.Ray3f(origin, direction), alive)
            missed = alive & ~found
            second = depth == 1
            # A hidden lamp shines through the air: the ray sees it and goes on.
            ray = mi.Ray3f(origin, direction)
            ray.maxt = dr.select(found, distance, FAR_M)
            panel, panel_distance, lit = rays.panel(t, ray, alive)
            gained = mi.Vector3f(0)
            if lit:
                entry = dr.gather(mi.UInt32, t.hidden_light, panel, lit)
                light, light_density = lamp_glow(t, entry, direction, panel_distance, lit)
                gained += mi.Vector3f(dr.select(lit, light * (density / (density + light_density)), 0))
            facing = dr.gather(mi.Vector4f, t.record, face * 2, found)
            base = dr.gather(mi.Vector4f, t.record, face * 2 + 1, found)
            cosine = -dr.dot(facing.xyz, direction)
            shines = found & (facing.w > 0)
            light_density = facing.w * distance * distance / dr.maximum(cosine, 1e-9)
            shone = base.xyz * (density / (density + light_density))
            gained += mi.Vector3f(dr.select(shines & (cosine > 0), shone, 0))
            if missed:
                weight = density / (density + sky_density(t, direction, missed))
                gained += mi.Vector3f(dr.select(missed, sky_radiance(t, direction, missed) * weight, 0))
            added = throughput * gained
            tame = dr.minimum(1, clamp / dr.maximum(luminance(added), 1e-20))
            radiance += mi.Vector3f(added * dr.select(second, 1, tame))
            # Light from a lamp or the sky on a diffuse facet.
            found &= ~shines & (depth + 1 < bounces)
            goes_on = depth + 2 < bounces
            normal = mi.Vector3f(dr.select(cosine < 0, -facing.xyz, facing.xyz))
            start = mi.Point3f(origin + direction * distance + normal * (2e-4 * (1 + 0.02 * distance)))
            u = mi.Point2f(rng.next_float32(), rng.next_float32())
            toward, far, light, light_density = sample_light(t, start, rng.next_float32(), u, found)
            cosine = dr.dot(toward, normal)
            use = found & (cosine > 0) & (luminance(light) > 0)
            use = rays.unblocked(t, start, toward, far, use)
            throughput *= mi.Vector3f(base.xyz)
            others = dr.select(goes_on, cosine * dr.inv_pi, 0)
            added = throughput * light * (cosine * dr.inv_pi / dr.maximum(light_density + others, 1e-12))
            added *= dr.minimum(1, clamp / dr.maximum(luminance(added), 1e-20))
            radiance += mi.Vector3f(dr.select(use, added, 0))
            direction = mi.Vector3f(around(normal, mi.Point2f(rng.next_float32(), rng.next_float32())))
            density = dr.maximum(dr.dot(direction, normal), 0) * dr.inv_pi
            origin = start
            alive = found & goes_on & (dr.max(throughput) > 1e-4)
            depth += 1
        total += mi.Vector3f(dr.select(dr.isfinite(luminance(radiance)), radiance, 0))
        sample += 1
    scale = dr.rcp(mi.Float(samples))
    return total * scale, albedo * scale, normals * scale, clear * scale


@dr.syntax
def trace_guides(rays: Rays, t: Tables, o: dict[str, Any], pixels: Any, width: Any, first: Any, end: Any,
                 haze: Any) -> tuple[Any, Any, Any]:  # fmt: skip
    """Mean base colour, normal and transmittance over the pixel and the lens, by points `first` up to `end` of one
    pattern for all frames: what stands still gives the same values again, and edges do not crawl."""
    row = pixels // width
    column = pixels - row * width
    state0, state1 = mi.sample_tea_32(pixels, 1, 5)
    rng = mi.PCG32(initstate=mi.UInt64(state0), initseq=mi.UInt64(state1))
    lens_shift = mi.Vector2f(rng.next_float32(), rng.next_float32())
    albedo, normals, clear = mi.Vector3f(0), mi.Vector3f(0), mi.Float(0)
    sample = mi.UInt32(first)
    while sample < end:
        step = mi.Float(sample)
        jitter = _wrapped(mi.Vector2f(LATTICE[0], LATTICE[1]) * (step + 0.5))
        lens = mi.Point2f(_wrapped(lens_shift + mi.Vector2f(LENS_LATTICE[0], LENS_LATTICE[1]) * step))
        look = _look(rays, t, o, mi.Float(column) + jitter.x, mi.Float(row) + jitter.y, lens, haze)
        albedo += look.albedo
        normals += look.normal
        clear += look.clear
        sample += 1
    scale = dr.rcp(mi.Float(end - first))
    return albedo * scale, normals * scale, clear * scale


@dr.syntax
def trace_first(rays: Rays, t: Tables, o: dict[str, Any], points: Any, width: Any, step: Any,
                whole: bool) -> dict[str, Any]:  # fmt: skip
    """What is seen through the middle of the lens, named as in `engine.Seen`; `whole`: all of it.

    The points are those of `pixel_centres`, made here: code that reads them depends on how their memory is aligned.
    """
    row = points // width
    x, y = (mi.Float(points - row * width) + 0.5) * step, (mi.Float(row) + 0.5) * step
    origin, direction = _lens_ray(o, x, y, mi.Point2f(0.5, 0.5))
    face, b1, b2, distance = rays.first(t, origin, direction)
    found = face != NO_HIT
    s = surface(t, face, mi.Point2f(b1, b2), direction, found)
    corners = dr.gather(mi.Vector4u, t.face, face, found)
    b0 = 1 - b1 - b2
    seen: dict[str, Any] = {
        "depth": distance * dr.dot(direction, o["forward"]),
        "normal": dr.select(found, s.normal, 0),
        "albedo": dr.select(found, s.base, 0),
    }
    if dr.hint(whole, mode="scalar"):
        origins = [dr.gather(mi.Vector4f, t.origin, corners[i], found) for i in range(3)]
        p0, p1, p2 = origins[0].w, origins[1].w, origins[2].w
        seen["position"] = dr.select(found, origin + direction * distance, 0)
        seen["rest"] = dr.select(found, origins[0].xyz * b0 + origins[1].xyz * b1 + origins[2].xyz * b2, 0)
        seen["object_id"] = dr.select(found, corners.w >> OBJECT_SHIFT, 0)
        seen["face"] = face
        seen["weights"] = mi.Vector2f(b1, b2)
        seen["gloss"] = mi.Vector2f(dr.select(found, s.roughness, 1), dr.select(found, s.metallic, 0))
    else:
        p0, p1, p2 = (dr.gather(mi.Float, t.origin, corners[i] * 4 + 3, found) for i in range(3))
    # Never a mixture: the part that weighs most at the hit.
    part = dr.select(b0 >= dr.maximum(b1, b2), p0, dr.select(b1 >= b2, p1, p2))
    part = dr.select((p0 == p1) & (b0 + b1 >= 0.5), p0, part)
    part = dr.select((p0 == p2) & (b0 + b2 >= 0.5), p0, part)
    part = dr.select((p1 == p2) & (b1 + b2 >= 0.5), p1, part)
    seen["part_id"] = dr.select(found, part, 0)
    return seen


def face_records(t: Tables, count: int, lamp_faces: Any, lamp_rows: Any) -> Any:
    """`Tables.record` of the first `count` faces, with the rows of the lamps put in. One row more is nobody's."""
    lanes = max(count, 2)
    index = dr.minimum(dr.opaque(mi.UInt32, 0) + dr.arange(mi.UInt32, lanes), dr.opaque(mi.UInt32, count - 1))
    record = dr.zeros(mi.Float, (lanes + 1) * 8)
    facing, reflectance = face_rows(t, index)
    dr.scatter(record, facing, index * 2)
    dr.scatter(record, reflectance, index * 2 + 1)
    dr.eval(record)
    for half in range(2):
        row = dr.arange(mi.UInt32, dr.width(lamp_faces)) * 2 + half
        dr.scatter(record, dr.gather(mi.Vector4f, lamp_rows, row), lamp_faces * 2 + half)
    return record
