# pyright: reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false
# Dr.Jit's stubs know neither swizzles nor arithmetic between its array types.
"""Surfaces as Dr.Jit code: what a face is like where a ray meets it, in full and as little as bounced light needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import drjit as dr
import mitsuba as mi

from maquette.render.tables import CODE_BITS, TEXTURE_MASK, Tables

GLOSS = 0.05
"""Hemispherical reflectance of the clear coat of a rough dielectric (index 1.5)."""
RETRO = 1.04
"""Hemispherical reflectance of Disney's diffuse lobe on white, for most roughnesses."""


@dataclass
class Surface:
    """One lane's point on a face."""

    point: Any
    lifted: Any
    """Where light and further rays start from."""
    facet: Any
    """Unit normal of the triangle, towards the viewer."""
    normal: Any
    """Unit shading normal, towards the viewer."""
    base: Any
    roughness: Any
    metallic: Any
    emission: Any


def _corner(t: Tables, index: Any, block: int, active: Any) -> Any:
    return dr.gather(mi.Vector4f, t.vertex, index * 4 + block, active)


def surface(t: Tables, prim: Any, uv: Any, direction: Any, active: Any) -> Surface:
    """All there is to know about a hit."""
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
    base = color_u.xyz * texel(t, face.w & TEXTURE_MASK, color_u.w, emission_v.w, active)
    roughness = p0.w * b0 + p1.w * b1 + p2.w * b2
    return Surface(point, lifted, facet_up, normal, base, roughness, normal_and_metal.w, emission_v.xyz)


def _lifted(point: Any, corners: Any, normals: Any, weights: Any, same_side: Any) -> Any:
    """The point on the smooth surface that the facets stand for: no jagged shadow edge (Hanika 2021)."""
    lifted = mi.Vector3f(0)
    for corner, normal, weight in zip(corners, normals, weights, strict=True):
        lifted += (point - normal * dr.minimum(dr.dot(point - corner, normal), 0.0)) * weight
    return dr.select(same_side > 0, lifted, point)


def texel(t: Tables, texture: Any, u: Any, v: Any, active: Any) -> Any:
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
        total += weight * _decoded(code)
    return dr.select(has, total, mi.Vector3f(1))


def nearest_texel(t: Tables, texture: Any, u: Any, v: Any) -> Any:
    """Without interpolation; white where there is no texture."""
    info = dr.gather(mi.Vector4u, t.texture, texture)
    column = dr.minimum(mi.UInt32((u - dr.floor(u)) * mi.Float(info.y)), info.y - 1)
    row = dr.minimum(mi.UInt32((1 - v - dr.floor(1 - v)) * mi.Float(info.z)), info.z - 1)
    return _decoded(dr.gather(mi.UInt32, t.texel, info.x + row * info.y + column))


def _decoded(code: Any) -> Any:
    red, green, blue = ((1 << bits) - 1 for bits in CODE_BITS)
    root = mi.Vector3f(
        mi.Float(code & red) * (1 / red),
        mi.Float((code >> CODE_BITS[0]) & green) * (1 / green),
        mi.Float(code >> (CODE_BITS[0] + CODE_BITS[1])) * (1 / blue),
    )
    return root * root


def face_rows(t: Tables, faces: Any) -> tuple[Any, Any]:
    """What indirect light sees of a face, the two halves of a `Tables.record` row: one normal, one reflectance.

    The reflectance is the colour in the middle of the face, and as much as gloss adds on average to a diffuse surface.
    """
    face = dr.gather(mi.Vector4u, t.face, faces)
    corners = [face.x, face.y, face.z]
    a, b, c = (_corner(t, corner, 0, True) for corner in corners)
    normal = dr.cross(b.xyz - a.xyz, c.xyz - a.xyz)
    normal *= dr.rsqrt(dr.maximum(dr.squared_norm(normal), 1e-30))
    metal = sum(dr.gather(mi.Float, t.vertex, corner * 16 + 7) for corner in corners) / 3
    colors = [_corner(t, corner, 2, True) for corner in corners]
    lights = [dr.gather(mi.Float, t.vertex, corner * 16 + 15) for corner in corners]
    color, tint = mi.Vector3f(0), mi.Vector3f(0)
    for weights in ((1 / 3, 1 / 3, 1 / 3), (2 / 3, 1 / 6, 1 / 6), (1 / 6, 2 / 3, 1 / 6), (1 / 6, 1 / 6, 2 / 3)):
        u = sum(w * color.w for w, color in zip(weights, colors, strict=True))
        v = sum(w * light for w, light in zip(weights, lights, strict=True))
        tint += nearest_texel(t, face.w & TEXTURE_MASK, u, v) * 0.25
    color = (colors[0].xyz + colors[1].xyz + colors[2].xyz) * (1 / 3) * tint
    reflectance = dr.minimum(RETRO * color + GLOSS * (1 - metal), 0.98)
    return mi.Vector4f(normal.x, normal.y, normal.z, 0), mi.Vector4f(reflectance.x, reflectance.y, reflectance.z, 0)
