# pyright: reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false
# Dr.Jit's stubs know neither swizzles nor arithmetic between its array types.
"""A light meter in the scene: how much light each group of lamps brings to a point, bounces included."""

from __future__ import annotations

from typing import Any

import drjit as dr
import mitsuba as mi

from maquette.render.lights import GROUPS, SLOTS
from maquette.render.rays import FAR_M, Rays
from maquette.render.tables import Tables
from maquette.render.tracer import around, lamp_glow, sample_light, sky_density, sky_radiance


def _added(totals: list[Any], group: Any, gained: Any) -> list[Any]:
    return [total + dr.select(group == g, gained, 0) for g, total in enumerate(totals)]


@dr.syntax
def trace_meter(rays: Rays, t: Tables, points: Any, lane: Any, lanes: Any, samples: Any, bounces: Any,
                seed: Any) -> list[Any]:  # fmt: skip
    """For each lane and group: radiance of a white diffuse card, mean over `samples` paths.

    points: Float, 8 a point: place, unused; normal, unused. Lane i is at point i // lanes; the lanes of one point
    differ by their random numbers only.
    """
    place = dr.gather(mi.Vector4f, points, lane // lanes * 2)
    facing = dr.gather(mi.Vector4f, points, lane // lanes * 2 + 1)
    state0, state1 = mi.sample_tea_32(lane, seed, 5)
    rng = mi.PCG32(initstate=mi.UInt64(state0), initseq=mi.UInt64(state1))
    totals = [mi.Vector3f(0) for _ in range(GROUPS)]
    sample = mi.UInt32(0)
    while sample < samples:
        origin, normal = mi.Point3f(place.xyz), mi.Vector3f(facing.xyz)
        throughput = mi.Vector3f(1)
        depth = mi.UInt32(1)
        alive = mi.Bool(True)
        while alive:
            # A lamp or a cell of the sky, chosen as for pictures.
            choice = rng.next_float32()
            u = mi.Point2f(rng.next_float32(), rng.next_float32())
            toward, far, light, light_density = sample_light(t, origin, choice, u, alive)
            entry = dr.gather(mi.UInt32, t.slot, dr.minimum(mi.UInt32(choice * SLOTS), SLOTS - 1), alive)
            share = dr.dot(toward, normal) * dr.inv_pi
            use = rays.unblocked(t, origin, toward, far, alive & (share > 0))
            gained = throughput * light * (share / dr.maximum(light_density + share, 1e-12))
            totals = _added(totals, dr.gather(mi.UInt32, t.group, entry, alive), dr.select(use, gained, 0))
            # Where the surface looks: the other half of the estimate, and the next stretch.
            direction = mi.Vector3f(around(normal, mi.Point2f(rng.next_float32(), rng.next_float32())))
            density = dr.maximum(dr.dot(direction, normal), 1e-6) * dr.inv_pi
            face, distance, found = rays.next(t, mi.Ray3f(origin, direction), alive)
            ray = mi.Ray3f(origin, direction)
            ray.maxt = dr.select(found, distance, FAR_M)
            panel, panel_distance, through = rays.panel(t, ray, alive)
            entry = dr.gather(mi.UInt32, t.hidden_light, panel, through)
            light, light_density = lamp_glow(t, entry, direction, panel_distance, through)
            gained = throughput * light * (density / (density + light_density))
            totals = _added(totals, dr.gather(mi.UInt32, t.group, entry, through), dr.select(through, gained, 0))
            record = dr.gather(mi.Vector4f, t.record, face * 2, found)
            base = dr.gather(mi.Vector4f, t.record, face * 2 + 1, found)
            cosine = -dr.dot(record.xyz, direction)
            shines = found & (record.w > 0)
            light_density = record.w * distance * distance / dr.maximum(cosine, 1e-9)
            shone = throughput * base.xyz * (density / (density + light_density))
            totals = _added(totals, mi.UInt32(base.w), dr.select(shines & (cosine > 0), shone, 0))
            missed = alive & ~found
            weight = density / (density + sky_density(t, direction, missed))
            gained = throughput * sky_radiance(t, direction, missed) * weight
            totals = _added(totals, mi.UInt32(GROUPS - 1), dr.select(missed, gained, 0))
            normal = mi.Vector3f(dr.select(cosine < 0, -record.xyz, record.xyz))
            origin = mi.Point3f(origin + direction * distance + normal * (2e-4 * (1 + 0.02 * distance)))
            throughput = mi.Vector3f(throughput * base.xyz)
            depth += 1
            alive = found & ~shines & (depth < bounces) & (dr.max(throughput) > 1e-4)
        sample += 1
    return [total * dr.rcp(mi.Float(samples)) for total in totals]
